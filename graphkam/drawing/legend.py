"""The legend: a sample and its meaning for everything that can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.elements import Edge, LegendEntry, Node
from graphkam.model.vocabulary import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkam.text import Words

_SIZE = (34.0, 20.0)


def legend(words: Words, *, hide_stance: bool, is_counted: bool) -> tuple[LegendEntry, ...]:
    """Give the legend of a picture.

    Parameters
    ----------
    words
        The reader's language.
    hide_stance
        Whether stances are kept out of the picture.
    is_counted
        Whether people are counted instead of drawn.
    """
    if is_counted:
        return (*_ours(words), *_edges(words, ("contact",)))
    stances = () if hide_stance else tuple(_stances(words))
    return (*stances, *_coverage(words), *_shapes(words), *_badges(words), *_ours(words), *_edges(words))


def _sample(kind: str = "person", fill: palette.Fill = palette.PLAIN, **style: object) -> Node:
    given = {"border": palette.COVERAGE[2].colour, "border_width": 1.5, **style}
    return Node(  # type: ignore[arg-type]
        "", kind, "", width=_SIZE[0], height=_SIZE[1], fill=fill.fill, ink=fill.ink, sign=fill.sign, **given
    )


def _stances(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.stance")
    for code, fill in (*((str(k), v) for k, v in palette.STANCE.items()), ("?", palette.UNKNOWN)):
        yield LegendEntry(group, label("stance", code, words.language), _sample(fill=fill))


def _coverage(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.coverage")
    for code, border in zip(("nobody", "one", "more"), palette.COVERAGE, strict=True):
        node = _sample(
            border=border.colour, border_width=2.8, is_dashed=border.is_dashed, mark=border.mark
        )
        yield LegendEntry(group, words.say(f"map.legend.{code}"), node)
    yield LegendEntry(group, words.say("map.legend.weight"), _sample(border_width=palette.border_width(5)))


def _shapes(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.shape")
    vacant = palette.VACANT
    yield LegendEntry(
        group,
        words.say("map.vacant"),
        _sample("vacant", palette.EMPTY, border=vacant.colour, is_dashed=vacant.is_dashed),
    )
    nobody = palette.COVERAGE[0]
    yield LegendEntry(
        group,
        words.say("map.unknown"),
        _sample("unknown", palette.UNKNOWN, border=nobody.colour, is_dashed=nobody.is_dashed),
    )


def _badges(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.badge")
    for badge in ("key", "lock", "clock"):
        yield LegendEntry(group, words.say(f"map.legend.{badge}"), _sample(badges=(badge,)))


def _ours(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.shape")
    ours = palette.Fill(palette.OURS, palette.OURS_INK, "")
    yield LegendEntry(group, words.say("map.legend.member"), _sample("member", ours, border=palette.OURS))
    centre = palette.Fill(palette.CENTRE, palette.INK, "")
    yield LegendEntry(group, words.say("map.legend.centre"), _sample("centre", centre, border=palette.LINE))


_SAMPLES = {
    "reports": Edge("", "", "", "reports", palette.LINE, 1.6, ""),
    "dotted": Edge("", "", "", "dotted", palette.DOTTED, 1.6, "", is_dotted=True),
    "influence": Edge("", "", "", "influence", palette.INFLUENCE, 2.2, "", has_arrow=True),
    "conflict": Edge("", "", "", "conflict", palette.CONFLICT, 2.0, "", is_dashed=True, mark="\u2715"),
    "contact": Edge("", "", "", "contact", palette.OURS, 3.2, ""),
    "lapsed": Edge("", "", "", "contact", palette.OURS, 1.6, "", is_dashed=True),
    "desired": Edge("", "", "", "contact", palette.OURS, 3.2, "", is_hollow=True),
}


def _edges(words: Words, codes: tuple[str, ...] = tuple(_SAMPLES)) -> Iterator[LegendEntry]:
    group = words.say("map.legend.line")
    for code in codes:
        yield LegendEntry(group, words.say(f"map.legend.{code}"), edge=_SAMPLES[code])
