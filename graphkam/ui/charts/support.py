"""Power against support: who decides how much, and how far for us."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.model.vocabulary import label
from graphkam.ui.charts.look import Spec, as_said, config, tip

if TYPE_CHECKING:
    from graphkam.analysis.decision import Voting
    from graphkam.text import Words

_STANCES = ("-2", "-1", "0", "1", "2", "?")
_MOST_NAMES = 16
"""Names written into the picture; the others are told when pointed at."""
_ASIDE = 0.17
"""Distance of dots that would cover each other, as a part of the distance of two stances."""
_BAND = 0.8
"""Width that they may take together."""
_TO_THE_EDGE = 25
"""Points from the last stance to where names end there."""
_GAP = 1 / 16
"""Least distance of two names, as a part of the height."""


def support_matrix(words: Words, people: Sequence[Voting]) -> Spec:
    """Draw power against support.

    Parameters
    ----------
    words
        The reader's language.
    people
        Who sits in a decision centre.
    """
    points = _points(words, people)
    most = max((p["power"] for p in points), default=0.0) or 1.0
    top = max(most * 1.1, max((p["height"] for p in points), default=0.0) + most * _GAP)
    x = _support(words)
    y: Spec = {"type": "quantitative", "scale": {"domain": [0, top], "nice": False}}
    y["axis"] = {"format": ".0%", "tickCount": 5, "title": words.say("app.chart.power")}
    tips = [tip(words, "person"), tip(words, "title"), tip(words, "stance"), tip(words, "power", ".0%")]
    dot = {"type": "circle", "size": 190, "stroke": palette.INK, "strokeWidth": 1.2, "opacity": 1}
    text = {"type": "text", "dy": -17, "fontSize": 13, "color": palette.INK, "limit": 230, **_within()}
    power, height = y | {"field": "power"}, y | {"field": "height"}
    return {
        "data": {"values": points},
        "height": 310,
        "encoding": {"x": x},
        "layer": [
            {
                "mark": {"type": "rule", "color": "#aab5c0"},
                "encoding": {"y": power, "y2": {"field": "height"}},
            },
            {"mark": dot, "encoding": {"y": power, "fill": as_said("fill"), "tooltip": tips}},
            {"mark": text, "encoding": {"y": height, "text": {"field": "name"}}},
        ],
        "config": config(words),
    }


def _within() -> Spec:
    """Give how names stand: above their dots, but for the last stance, where they would leave the picture."""
    is_last = f"datum.x > {len(_STANCES) - 1.5}"
    return {
        "align": {"expr": f"{is_last} ? 'right' : 'center'"},
        "dx": {"expr": f"{is_last} ? {_TO_THE_EDGE} : 0"},
    }


def _support(words: Words) -> Spec:
    names = [_stance_name(words, code) for code in _STANCES]
    scale = {"domain": [-0.6, len(names) - 0.4], "nice": False}
    axis = {
        "values": list(range(len(names))),
        "labelExpr": f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
        "grid": False,
        "title": words.say("app.chart.support"),
        "labelLimit": 120,
        "ticks": False,
    }
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}


def _points(words: Words, people: Sequence[Voting]) -> list[Spec]:
    """Give one dot for each who can vote today; the most powerful are named."""
    shown = sorted((p for p in people if not p.is_vacant), key=lambda p: p.banzhaf_today or 0)
    powers = [p.banzhaf_today or 0.0 for p in shown]
    most, unnamed = max(powers, default=0.0) or 1.0, max(len(shown) - _MOST_NAMES, 0)
    heights = [*powers[:unnamed], *(most * h for h in _apart([power / most for power in powers[unnamed:]]))]
    stances = [_STANCES.index("?" if p.stance is None else str(p.stance)) for p in shown]
    across = _beside(stances, powers)
    return [
        {
            "person": p.person,
            "title": p.title,
            "stance": _stance_name(words, _STANCES[stances[i]]),
            "power": powers[i],
            "x": across[i],
            "fill": (palette.UNKNOWN if p.stance is None else palette.STANCE[p.stance]).fill,
            "name": _marked(words, p) if i >= unnamed else "",
            "height": heights[i],
        }
        for i, p in enumerate(shown)
    ]


def _beside(stances: Sequence[int], powers: Sequence[float]) -> list[float]:
    """Give where dots stand across: side by side where several have the same stance and power."""
    same: dict[tuple[int, float], list[int]] = {}
    for i, pair in enumerate(zip(stances, powers, strict=True)):
        same.setdefault(pair, []).append(i)
    found = [0.0] * len(stances)
    for (at, _), who in same.items():
        step = min(_ASIDE, _BAND / max(len(who) - 1, 1))
        for n, i in enumerate(who):
            found[i] = at + step * (n - (len(who) - 1) / 2)
    return found


def _stance_name(words: Words, code: str) -> str:
    said = label("stance", code, words.language)
    return said if code == "?" else f"{palette.STANCE[int(code)].sign} {said}"


def _marked(words: Words, p: Voting) -> str:
    """Give the name, with what makes somebody decide."""
    marks = [label("buying_role", "decider", words.language)] if "decider" in p.roles else []
    marks += [words.say("cli.col.veto")] if p.veto else []
    return " · ".join([p.person, *marks])


def _apart(wanted: Sequence[float]) -> list[float]:
    """Give places at or above those wanted, from low to high, no two of which are too near to each other."""
    found: list[float] = []
    for place in wanted:
        found.append(max(place, found[-1] + _GAP) if found else place)
    return found
