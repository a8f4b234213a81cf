"""The mesh plan: which ties to make, what is planned, who stays short, what could be handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graphkam.model.business import Action
from graphkam.review.saying import why_handed, why_this_cost
from graphkam.ui.table import Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.mesh import Mesh, Proposed
    from graphkam.model.changes import Operation
    from graphkam.model.records import RecordSet
    from graphkam.review.meshing import Refusal
    from graphkam.text import Words


def proposals(words: Words, ties: Sequence[Proposed]) -> Table:
    """Give the ties to make, the most weight first."""
    rows = [
        {
            "id": t.position_id,
            "member": t.member,
            "person": t.stakeholder,
            "weight_in_all": t.weight,
            "tie_cost": t.cost,
            "because": why_this_cost(words, t),
            "introduced_by": t.through or "",
            "title": t.title,
        }
        for t in ties
    ]
    named = columns(
        "member", "person", "number:weight_in_all", "number:tie_cost", "because", "introduced_by", "title"
    )
    return Table("proposals", "app.coverage.mesh", named, rows)


def refused(words: Words, found: Sequence[Refusal], told: Mapping[str, Operation | None]) -> Table:
    """Give the proposals that stand refused: why, by whom and when, the last first.

    Parameters
    ----------
    words
        The reader's language.
    found
        The refusals.
    told
        By the action's id, who wrote it last; none = before the history began.
    """
    rows = [
        {
            "id": r.position_id,
            "action_id": r.action_id,
            "member": r.member,
            "person": r.stakeholder,
            "reason": r.why,
            "refused_on": ""
            if (by := told.get(r.action_id)) is None
            else words.moment(datetime.fromisoformat(by.at)),
            "refused_by": "" if by is None else by.who,
            "title": r.title,
            "at": "" if by is None else by.at,
        }
        for r in found
    ]
    rows.sort(key=lambda row: row["at"], reverse=True)
    named = columns("member", "person", "reason", "refused_on", "refused_by", "title")
    return Table("refused", "app.coverage.mesh_refusals", named, rows)


def waiting(found: Mesh, records: RecordSet) -> Table:
    """Give what was accepted earlier and is not made yet, the soonest due first."""
    rows: list[dict[str, Any]] = [
        {
            "id": t.position_id,
            "member": t.member,
            "person": t.stakeholder,
            "due": None if (action := records.get(Action, t.id)) is None else action.due,
            "title": t.title,
        }
        for t in found.planned
    ]
    rows.sort(key=lambda row: row["due"] or date.max)
    return Table("planned", "cli.title.planned", columns("member", "person", "day:due", "title"), rows)


def short(words: Words, found: Mesh) -> Table:
    """Give who does not get as many ties as needed."""
    rows = [
        {
            "id": s.position_id,
            "person": s.stakeholder,
            "weight_in_all": s.weight,
            "missing": s.missing,
            "because": words.say(f"mesh.reason.{s.reason}"),
        }
        for s in found.short
    ]
    return Table(
        "short",
        "cli.title.short",
        columns("person", "number:weight_in_all", "number:missing", "because"),
        rows,
    )


def handovers(words: Words, found: Mesh) -> Table:
    """Give what somebody with too many could hand over, and to whom."""
    rows = [
        {
            "id": h.position_id,
            "member": h.member,
            "person": h.stakeholder,
            "hand_to": h.to or words.say("mesh.nobody_free"),
            "why_them": why_handed(words, h),
        }
        for h in found.handovers
    ]
    return Table("handovers", "cli.title.handovers", columns("member", "person", "hand_to", "why_them"), rows)
