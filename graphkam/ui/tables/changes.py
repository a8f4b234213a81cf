"""Changes between two days: the figures of both, what moved them, and what is not as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graphkam.ui.questions import changes_of
from graphkam.ui.since import earlier
from graphkam.ui.table import Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.changes import Change, Changes, Moved
    from graphkam.model.base import Finding, Interval
    from graphkam.text import Words
    from graphkam.ui.state import View

LEAST = 0.0005
"""Least difference of a share that is shown."""
_STANCES = "stances"
_REASONS = 3
"""Changes shown of one position that moved a figure."""


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:
    """Give the tables of the page, from the day asked for."""
    found = view.compare(changes_of, earlier(view, asked.get("since", ("",))[0]))
    return (
        figures(view.words, found),
        movers(view.words, found, "c2"),
        movers(view.words, found, "c1"),
        what(view.words, found, hide_stance="hidden" in asked.get("stance", ())),
    )


def figures(words: Words, found: Changes) -> Table:
    """Give the size of the account and the headline figures on both days."""
    rows = [
        {
            "figure": words.say(f"app.figure.{name}"),
            "was": words.number(old),
            "is": words.number(new),
            "change": words.signed(new - old),
        }
        for name, old, new in (
            ("people", found.before.people, found.after.people),
            ("positions", found.before.positions, found.after.positions),
            ("vacant", found.before.vacant, found.after.vacant),
            ("members", found.before.members, found.after.members),
            ("live_ties", found.before.live_ties, found.after.live_ties),
        )
    ]
    rows = [_moved(words, m) for m in found.figures] + rows
    return Table("changed_figures", "app.changes.figures", columns("figure", "was", "is", "change"), rows)


def _moved(words: Words, moved: Moved) -> dict[str, Any]:
    is_share = moved.figure != "hhi"
    return {
        "figure": words.say(f"app.figure.{moved.figure}"),
        "was": _with_bounds(words, moved.before) if is_share else words.number(moved.before.value, 3),
        "is": _with_bounds(words, moved.after) if is_share else words.number(moved.after.value, 3),
        "change": words.points(moved.change) if is_share else words.signed(moved.change, 3),
    }


def _with_bounds(words: Words, found: Interval) -> str:
    said = words.percent(found.value, 1)
    if found.low is None or found.low == found.high:
        return said
    return f"{said} [{words.percent(found.low, 1)} \u2013 {words.percent(found.high, 1)}]"


def movers(words: Words, found: Changes, figure: str) -> Table:
    """Give what moved C1 or C2, the most first."""
    moved = next(m for m in found.figures if m.figure == figure)
    rows: list[dict[str, Any]] = [
        {
            "id": m.position_id,
            "name": m.name,
            "moved_by": words.points(m.by),
            "why": " ".join(words.finding(f) for f in m.why[:_REASONS]),
        }
        for m in moved.movers
    ]
    if rows and moved.rescaled and abs(moved.rescaled) >= LEAST:
        rows.append(
            {
                "id": None,
                "name": words.say("changes.rescaled"),
                "moved_by": words.points(moved.rescaled),
                "why": "",
            }
        )
    return Table(
        f"movers_{figure}", f"cli.title.movers.{figure}", columns("name", "moved_by", "sentence:why"), rows
    )


def what(words: Words, found: Changes, *, hide_stance: bool) -> Table:
    """Give what is not as it was."""
    rows = [_change(words, c) for c in found.changes if not (hide_stance and c.area == _STANCES)]
    return Table("changed", "app.changes.changed", columns("area", "when", "sentence:changed"), rows)


def noticed(found: Changes, *, hide_stance: bool) -> Iterable[Finding]:
    """Give what is worth noticing."""
    hidden = [c.says for c in found.changes if hide_stance and c.area == _STANCES]
    return (f for f in found.findings if f not in hidden and f.code != "changes_undated")


def _change(words: Words, change: Change) -> dict[str, Any]:
    return {
        "id": next(iter(change.position_ids), None),
        "area": words.say(f"cli.title.changes.{change.area}"),
        "when": words.when(change.on) if change.on else "",
        "changed": words.finding(change.says),
    }
