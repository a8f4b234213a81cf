"""Stakeholders against us, and function against function, as coloured squares."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.ui.charts.look import FAINT, Spec, as_said, config, tip
from graphkam.ui.tables.coverage import facing, function, our_functions, tie

if TYPE_CHECKING:
    from graphkam.analysis.coverage import Coverage
    from graphkam.review.matrix import Matrix, Row
    from graphkam.text import Words

MOST_ROWS = 60
"""Stakeholders drawn at once; the table has them all."""
_SCALE = ((0xDB, 0xE8, 0xF5), (0x1B, 0x5E, 0x9E))
"""From hardly live to as strong as can be, from nothing to all: our blue."""
_LIVE, _TOP = 1, 3
"""Strengths at the ends of the scale."""
_ROW, _FACING = 21, 32
"""Points of a row."""
_BLACK, _WHITE = "#000000", "#ffffff"
"""One of them can be read on any colour (contrast 4.5 or more); our softer ink cannot on the middle blue."""
_TEXT = {"type": "text", "fontSize": 12}
_TOTAL = "*"
"""Id of the column of totals."""


def team_matrix(words: Words, found: Matrix, shown: Sequence[Row]) -> Spec:
    """Draw who of us is what to whom: blue is live, white is not; a click chooses the stakeholder.

    Parameters
    ----------
    words
        The reader's language.
    found
        All of us.
    shown
        The stakeholders to draw, in their order.
    """
    rows = shown[:MOST_ROWS]
    heads = {head.member_id: f"{head.name} ({head.live})" for head in found.members}
    tips = [tip(words, name) for name in ("person", "member", "tie", "last_contact")]
    across = _across({_TOTAL: words.say("app.column.live"), **heads})
    at_total = {name: said for name, said in across.items() if name != "field"} | {"datum": _TOTAL}
    return {
        "height": {"step": _ROW},
        "data": {"values": _ties(words, heads, rows)},
        "encoding": {"y": _down({one.position_id: one.name for one in rows})},
        "layer": [
            {
                "params": [
                    {"name": "chosen", "select": {"type": "point", "fields": ["id"], "toggle": False}}
                ],
                "mark": {"type": "rect", "stroke": FAINT, "cursor": "pointer"},
                "encoding": {
                    "x": across,
                    "fill": {
                        "condition": {"test": "datum.is_live", **_blue(_LIVE, _TOP)},
                        "value": palette.PAPER,
                    },
                    "tooltip": tips,
                },
            },
            {
                "mark": _TEXT,
                "encoding": {"x": across, "text": {"field": "tie"}, "color": as_said("ink")},
            },
            {
                "data": {"values": _totals(rows)},
                "mark": {"type": "rect", "fill": palette.PAPER, "strokeWidth": 2, "height": _ROW - 5},
                "encoding": {"x": at_total, "stroke": as_said("ring")},
            },
            {
                "data": {"values": _totals(rows)},
                "mark": _TEXT,
                "encoding": {"x": at_total, "text": {"field": "live"}},
            },
        ],
        "config": config(words),
    }


def _ties(words: Words, heads: Mapping[str, str], rows: Sequence[Row]) -> list[Spec]:
    return [
        {
            "id": one.position_id,
            "column": cell.member_id,
            "person": one.name,
            "member": heads[cell.member_id],
            "tie": tie(words, cell),
            "value": cell.strength,
            "is_live": cell.is_live,
            "ink": _ink((cell.strength - _LIVE) / (_TOP - _LIVE) if cell.is_live else 0),
            "last_contact": words.day(cell.last_contact),
        }
        for one in rows
        for cell in one.cells
    ]


def _totals(rows: Sequence[Row]) -> list[Spec]:
    most = len(palette.COVERAGE) - 1
    return [
        {
            "id": one.position_id,
            "live": f"{one.live} / {one.wanted}",
            "ring": palette.COVERAGE[min(one.live, most)].colour,
        }
        for one in rows
    ]


def _ink(part: float) -> str:
    """Give the colour in which writing is read best on a part of the scale."""
    mixed = (low + (high - low) * min(max(part, 0.0), 1.0) for low, high in zip(*_SCALE, strict=True))
    red, green, blue = (((c / 255 + 0.055) / 1.055) ** 2.4 for c in mixed)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return _WHITE if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else _BLACK


def _blue(low: float, high: float) -> Spec:
    colours = [f"rgb{colour}" for colour in _SCALE]
    scale = {"domain": [low, high], "range": colours, "clamp": True, "interpolate": "rgb"}
    return {"field": "value", "type": "quantitative", "scale": scale, "legend": None}


def _across(names: Mapping[str, str]) -> Spec:
    return _ordered("column", names, {"orient": "top", "labelAngle": -30, "labelLimit": 170})


def _down(names: Mapping[str, str]) -> Spec:
    return _ordered("id", names, {"labelLimit": 230, "labelPadding": 6, "grid": True, "zindex": 0})


def _ordered(field: str, names: Mapping[str, str], looks: Spec) -> Spec:
    """Give an axis by id, with the names: two may have the same."""
    said = f"{json.dumps(names, ensure_ascii=False)}[datum.value]"
    return {
        "field": field,
        "type": "ordinal",
        "title": None,
        "scale": {"domain": list(names)},
        "sort": list(names),
        "axis": {"labelExpr": said, "ticks": False, "domain": False, **looks},
    }


def mirror_matrix(words: Words, found: Coverage, known: Matrix) -> Spec:
    """Draw function facing function: how much of theirs ours cover; a click chooses the pair.

    Parameters
    ----------
    words
        The reader's language.
    found
        What is covered.
    known
        All of us.
    """
    whole = {part.name: part.weight for part in found.functions}
    cells = [
        {
            "theirs": function(words, m.client_function),
            "member": function(words, m.our_function),
            "value": (
                share := m.covered_weight / whole[m.client_function] if whole.get(m.client_function) else 0
            ),
            "facing": facing(words, m.covered_weight, m.live_ties),
            "ink": _ink(share),
            "ring": palette.INK if m.client_function == m.our_function else FAINT,
            "width": 2 if m.client_function == m.our_function else 1,
        }
        for m in found.mirror
    ]
    names = {
        (name := function(words, part.name)): f"{name} ({words.number(part.weight, 0)})"
        for part in found.functions
    }
    ours = (function(words, code) for code in our_functions(known))
    x = _across({name: name for name in ours}) | {"field": "member"}
    tips = [tip(words, "theirs"), tip(words, "member"), tip(words, "facing")]
    return {
        "height": {"step": _FACING},
        "data": {"values": cells},
        "encoding": {"y": _down(names) | {"field": "theirs"}, "x": x},
        "layer": [
            {
                "params": [
                    {
                        "name": "chosen",
                        "select": {"type": "point", "fields": ["theirs", "member"], "toggle": False},
                    }
                ],
                "mark": {"type": "rect", "cursor": "pointer"},
                "encoding": {
                    "fill": _blue(0, 1),
                    "stroke": as_said("ring"),
                    "strokeWidth": as_said("width", "quantitative"),
                    "tooltip": tips,
                },
            },
            {"mark": _TEXT, "encoding": {"text": {"field": "facing"}, "color": as_said("ink")}},
        ],
        "config": config(words),
    }
