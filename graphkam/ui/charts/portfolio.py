"""Accounts by what they are worth and by how far they hang on one of us; and how C2 has gone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.ui.charts.look import Spec, as_said, config, tip
from graphkam.ui.tables.portfolio import breaks

if TYPE_CHECKING:
    from graphkam.review.portfolio_rows import AccountRow, TrendRow
    from graphkam.text import Words

_ASIDE = -0.11
"""Where what is not known stands, as a part of the axis."""
_LEAST, _MOST = 220.0, 1350.0
"""Area of the circles of the fewest and of the most people."""
_NEAR = (0.2, 0.17)
"""Names nearer than this to each other, across and up, cannot both be read."""
_NAMES = 14
_UNITS = ((1e9, "billions"), (1e6, "millions"), (1e3, "thousands"), (1.0, "whole"))
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Steps of an axis, times a power of ten."""
LINES = 8
"""Accounts whose trend is drawn; the table has them all."""
_LINE = "#8d99a5"
_SIGN = {"type": "text", "fontSize": 14, "fontWeight": "bold", "color": palette.INK}
_NAMED = {"type": "text", "fontSize": 13, "color": palette.INK, "dy": -29, "limit": 240}
_FELL = "#b2182b"
_FALL = -0.005
"""Change from which C2 fell."""


def risk_map(words: Words, found: Sequence[AccountRow], *, theta: float, currency: str) -> Spec:
    """Draw value against dependency: up and right is what hurts; a click chooses the account.

    Parameters
    ----------
    words
        The reader's language.
    found
        The accounts, the worst first; of one currency.
    theta
        Loss from which one departure breaks an account.
    currency
        In which the business is.
    """
    most = max((row.value or 0.0 for row in found), default=0.0) or 1.0
    size = max((row.people for row in found), default=0) or 1
    points = [_point(words, row, most, size, theta) for row in found]
    _name(points, most)
    tips = [
        tip(words, name) for name in ("account", "hanging_said", "value_said", "max_loss_said", "through")
    ]
    tips += [tip(words, "people")]
    x: Spec = {"type": "quantitative", "axis": _share_axis(words)}
    x["scale"] = {"domain": [1.6 * _ASIDE, 1.06], "nice": False}
    y: Spec = {"type": "quantitative", "axis": _money_axis(words, most, currency)}
    y["scale"] = {"domain": [1.6 * _ASIDE * most, 1.25 * most], "nice": False}
    at: Spec = {"x": x | {"field": "x"}, "y": y | {"field": "y"}}
    circle: Spec = {
        **at,
        "size": as_said("size", "quantitative"),
        "fill": as_said("fill"),
        "stroke": as_said("stroke"),
        "strokeDash": {"condition": {"test": "datum.is_dashed", "value": [5, 3]}, "value": [1, 0]},
        "tooltip": tips,
    }
    return {
        "height": 285,
        "data": {"values": points},
        "layer": [
            _rule("x", x | {"datum": 0}, _LINE),
            _rule("y", y | {"datum": 0}, _LINE),
            _rule("x", x | {"datum": theta}, palette.COVERAGE[1].colour, is_dashed=True),
            {
                "params": [
                    {"name": "chosen", "select": {"type": "point", "fields": ["id"], "toggle": False}}
                ],
                "mark": {"type": "circle", "opacity": 0.92, "strokeWidth": 2.4, "cursor": "pointer"},
                "encoding": circle,
            },
            {"mark": _SIGN, "encoding": at | {"text": {"field": "sign"}}},
            {"mark": _NAMED, "encoding": at | {"text": {"field": "name"}}},
        ],
        "config": config(words),
    }


def _point(words: Words, row: AccountRow, most: float, size: int, theta: float) -> Spec:
    is_dark = row.max_loss is None
    look = palette.COVERAGE[0 if is_dark else 1 if breaks(row, theta) else 2]
    hanging = words.money(row.exposure, row.currency)
    if row.unknown_amounts:
        hanging = words.say("app.portfolio.and_unknown", amount=hanging, count=row.unknown_amounts)
    return {
        "id": row.account_id,
        "account": row.account,
        "x": _ASIDE if row.max_loss is None else row.max_loss,
        "y": _ASIDE * most if row.value is None else row.value,
        "size": _LEAST + (_MOST - _LEAST) * row.people / size,
        "sign": "?" if row.value is None or is_dark else "",
        "fill": palette.PAPER if row.value is None or is_dark else _FILLS[look.colour],
        "stroke": look.colour,
        "is_dashed": look.is_dashed,
        "hanging_said": hanging,
        "value_said": words.money(row.value, row.currency),
        "max_loss_said": words.percent(row.max_loss, 1),
        "through": row.bow_tie_member or "",
        "people": words.number(row.people, 0),
    }


_FILLS = {palette.COVERAGE[1].colour: "#f9d0cd", palette.COVERAGE[2].colour: "#dfe4e9"}


def _name(points: Sequence[Spec], most: float) -> None:
    """Name the worst that can be told apart; the others are told when pointed at."""
    named: list[tuple[float, float]] = []
    for point in points:
        at = (point["x"], point["y"] / most)
        is_free = all(abs(at[0] - x) > _NEAR[0] or abs(at[1] - y) > _NEAR[1] for x, y in named)
        point["name"] = point["account"] if is_free and len(named) < _NAMES else ""
        if point["name"]:
            named.append(at)


def _rule(axis: str, at: Spec, colour: str, *, is_dashed: bool = False) -> Spec:
    mark: Spec = {"type": "rule", "color": colour, "strokeWidth": 1.5}
    mark |= {"strokeDash": [6, 4]} if is_dashed else {}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {axis: at}}


def _share_axis(words: Words) -> Spec:
    return {
        "values": [_ASIDE, 0, 0.25, 0.5, 0.75, 1],
        "labelExpr": "datum.value < 0 ? '?' : format(datum.value, '.0%')",
        "title": words.say("app.chart.dependency"),
        "grid": True,
    }


def _money_axis(words: Words, most: float, currency: str) -> Spec:
    unit, name = next((u, n) for u, n in _UNITS if most >= u or u == 1)
    step = _step(most / 4)
    steps = [step * i for i in range(int(1.2 * most / step) + 1)]
    said = f"format(datum.value / {unit:.0f}, '~g')"
    return {
        "values": [_ASIDE * most, *steps],
        "labelExpr": f"datum.value < 0 ? '?' : {said}",
        "title": words.say(f"app.chart.value.{name}", currency=currency),
        "grid": True,
    }


def _step(wanted: float) -> float:
    """Give the least round step that is not less than one wanted."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(part * power for part in _ROUND if part * power >= wanted * (1 - 1e-9))


def trend_lines(words: Words, found: Sequence[TrendRow]) -> Spec:
    """Draw how C2 of the accounts that fell most has gone, each with its name at the end.

    Parameters
    ----------
    words
        The reader's language.
    found
        The accounts, the greatest fall first.
    """
    drawn = [row for row in found if any(p.c2 is not None for p in row.points)][:LINES]
    days = [words.day(p.day) for p in drawn[0].points] if drawn else []
    points = [
        {
            "id": row.account_id,
            "account": row.account,
            "day": words.day(p.day),
            "c2": p.c2,
            "colour": _FELL if (row.c2_change or 0.0) <= _FALL else palette.MUTED,
        }
        for row in drawn
        for p in row.points
        if p.c2 is not None
    ]
    ends = _ends(words, {row.account_id: row for row in drawn})
    x: Spec = {"field": "day", "type": "ordinal", "sort": days, "scale": {"domain": days, "padding": 0.1}}
    x["axis"] = {"title": None, "labelAngle": 0}
    y: Spec = {"type": "quantitative", "scale": {"domain": [0, 1.04], "nice": False}}
    y["axis"] = {"format": ".0%", "tickCount": 5, "title": words.say("app.chart.c2")}
    tips = [tip(words, "account"), tip(words, "day"), tip(words, "c2", ".0%")]
    line: Spec = {"x": x, "y": y | {"field": "c2"}, "detail": {"field": "id"}, "color": as_said("colour")}
    return {
        "height": 330,
        "data": {"values": points},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2.2}, "encoding": line},
            {
                "mark": {"type": "circle", "size": 90, "opacity": 1},
                "encoding": line | {"tooltip": tips},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "text", "align": "left", "dx": 10, "fontSize": 13, "limit": 260},
                "encoding": {
                    "x": x,
                    "y": y | {"field": "height"},
                    "text": {"field": "said"},
                    "color": as_said("colour"),
                },
            },
        ],
        "config": config(words) | {"padding": {"right": 10}},
    }


_GAP = 0.065
"""Least distance of two names at the ends of lines."""


def _ends(words: Words, drawn: Mapping[str, TrendRow]) -> list[Spec]:
    """Give the names at the ends of the lines, no two upon each other."""
    known = [(p.c2, row, p.day) for row in drawn.values() for p in row.points[-1:] if p.c2 is not None]
    made, last = [], -1.0
    for c2, row, day in sorted(known, key=lambda one: (one[0], one[1].account_id)):
        last = max(c2, last + _GAP)
        change = words.points(row.c2_change)
        made.append(
            {
                "day": words.day(day),
                "height": last,
                "said": f"{row.account}  {change}" if change else row.account,
                "colour": _FELL if (row.c2_change or 0.0) <= _FALL else palette.MUTED,
            }
        )
    return made
