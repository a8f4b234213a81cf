"""The legend: a sample and its meaning for everything that can be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.elements import Edge, LegendEntry, Node
from graphkam.drawing.overlay import NOTHING, Overlay
from graphkam.model.vocabulary import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkam.text import Words


def legend(
    words: Words,
    *,
    hide_stance: bool,
    is_counted: bool,
    has_centres: bool,
    overlay: Overlay = NOTHING,
) -> tuple[LegendEntry, ...]:
    """Give the legend of a picture.

    Parameters
    ----------
    words
        The reader's language.
    hide_stance
        Whether stances are kept out of the picture.
    is_counted
        Whether people are counted instead of drawn.
    has_centres
        Whether decision centres are drawn.
    overlay
        What is laid over the picture.
    """
    ours = tuple(_ours(words))[: 1 + has_centres]
    if is_counted:
        return (*ours, *_edges(words, ("contact", "strong")))
    stances = () if hide_stance else tuple(_stances(words))
    shapes = (*_shapes(words), *ours)
    laid = {"proposed": overlay.proposals, "successor": overlay.successors}
    lines = [code for code in _SAMPLES if laid.get(code, True)]
    lost = _lost(words) if overlay.leaves else ()
    return (*lost, *stances, *_coverage(words), *shapes, *_badges(words), *_edges(words, lines))


_PERSON = Node("", "person", "", width=34.0, height=20.0, border=palette.COVERAGE[2].colour, border_width=1.5)


def _sample(fill: palette.Fill = palette.PLAIN, kind: str = "person") -> Node:
    return replace(_PERSON, kind=kind, fill=fill.fill, ink=fill.ink, sign=fill.sign)


def _bordered(node: Node, border: palette.Border) -> Node:
    return replace(node, border=border.colour, is_dashed=border.is_dashed)


def _stances(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.stance")
    for code, fill in (*((str(k), v) for k, v in palette.STANCE.items()), ("?", palette.UNKNOWN)):
        yield LegendEntry(group, label("stance", code, words.language), _sample(fill=fill))


def _coverage(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.coverage")
    for code, border in zip(("nobody", "one", "more"), palette.COVERAGE, strict=True):
        node = replace(_bordered(_sample(), border), border_width=2.8, mark=border.mark)
        yield LegendEntry(group, words.say(f"map.legend.{code}"), node)
    thick = replace(_sample(), border_width=palette.border_width(5))
    yield LegendEntry(group, words.say("map.legend.weight"), thick)


def _shapes(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.shape")
    vacant = _bordered(_sample(palette.EMPTY, "vacant"), palette.VACANT)
    yield LegendEntry(group, words.say("map.vacant"), vacant)
    unknown = _bordered(_sample(palette.UNKNOWN, "unknown"), palette.COVERAGE[0])
    yield LegendEntry(group, words.say("map.unknown"), unknown)


def _lost(words: Words) -> Iterator[LegendEntry]:
    """Give what a departure changes, first: it is what is looked for."""
    group = words.say("map.legend.departure")
    yield LegendEntry(group, words.say("map.legend.gone"), replace(_sample(), is_gone=True))
    for code, border in zip(("left_dark", "left_sole", "left_fewer"), palette.COVERAGE, strict=True):
        node = replace(_bordered(_sample(), border), border_width=2.8, mark=f"{palette.LOST}{border.mark}")
        yield LegendEntry(group, words.say(f"map.legend.{code}"), node)


def _badges(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.badge")
    for badge in ("key", "lock", "clock"):
        yield LegendEntry(group, words.say(f"map.legend.{badge}"), replace(_sample(), badges=(badge,)))


def _ours(words: Words) -> Iterator[LegendEntry]:
    group = words.say("map.legend.shape")
    for code, colour in (("member", palette.OURS), ("centre", palette.CENTRE)):
        node = replace(_sample(palette.Fill(colour, palette.INK, ""), code), border=palette.LINE)
        yield LegendEntry(group, words.say(f"map.legend.{code}"), node)


_SAMPLES = {
    "reports": Edge("", "", "", "reports", palette.LINE, 1.6, ""),
    "dotted": Edge("", "", "", "dotted", palette.DOTTED, 1.6, "", is_dotted=True),
    "influence": Edge("", "", "", "influence", palette.INFLUENCE, 2.2, "", has_arrow=True),
    "conflict": Edge("", "", "", "conflict", palette.CONFLICT, 2.0, "", is_dashed=True, mark="\u2715"),
    "contact": Edge("", "", "", "contact", palette.OURS, 1.8, ""),
    "seat": Edge("", "", "", "seat", palette.LINE, 1.4, ""),
    "proposed": Edge("", "", "", "proposed", palette.PROPOSED, 4.2, "", is_hollow=True, mark="+"),
    "successor": Edge(
        "", "", "", "successor", palette.PROPOSED, 4.2, "", is_hollow=True, mark=palette.TAKES_OVER
    ),
    "strong": Edge("", "", "", "contact", palette.OURS, 4.2, ""),
    "lapsed": Edge("", "", "", "contact", palette.OURS, 1.6, "", is_dashed=True),
    "desired": Edge("", "", "", "contact", palette.OURS, 4.2, "", is_hollow=True),
}


def _edges(words: Words, codes: Sequence[str]) -> Iterator[LegendEntry]:
    group = words.say("map.legend.line")
    for code in codes:
        yield LegendEntry(group, words.say(f"map.legend.{code}"), edge=_SAMPLES[code])
