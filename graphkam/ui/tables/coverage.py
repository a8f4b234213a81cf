"""Coverage: the gaps, who of us is what to whom, function facing function, and part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphkam.exchange.called import roles_label
from graphkam.model.vocabulary import label
from graphkam.text import UNKNOWN
from graphkam.ui.elsewhere import elsewhere
from graphkam.ui.questions import coverage_of, gaps_of, matrix_of, mesh_of
from graphkam.ui.table import Column, Table, columns
from graphkam.ui.tables import mesh

if TYPE_CHECKING:
    from graphkam.analysis.coverage import Coverage, Covered, Gap, Parity
    from graphkam.review.matrix import Cell, Matrix, Row
    from graphkam.text import Words
    from graphkam.ui.state import View

PARTS = ("units", "centres", "functions", "roles", "levels")
_LISTS = {"functions": "function", "roles": "buying_role"}
LIVE, NOT_LIVE = "\u25cf", "\u25cb"
"""Before the level of a tie."""


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:  # noqa: ARG001 - as every page
    """Give the tables of the page."""
    words, found = view.words, view.answer(coverage_of)
    known = view.answer(matrix_of)
    return (
        gaps(words, view.answer(gaps_of), view.graph().currency),
        mesh.proposals(words, view.answer(mesh_of, elsewhere(view)).ties),
        team(words, known, known.rows),
        mirror(words, found, known),
        levels(words, found.parity),
        *(parts(words, name, getattr(found, name)) for name in PARTS if getattr(found, name)),
    )


def gaps(words: Words, found: Sequence[Gap], currency: str) -> Table:
    """Whom fewer of us cover than wanted, the least covered and most influential first."""
    rows = [
        {
            "id": gap.position_id,
            "name": gap.name if gap.is_holder_known else words.say("app.account.find_name"),
            "title": gap.title,
            "unit": gap.unit,
            "weight": f"{words.number(gap.weight, 1)}{'' if gap.is_weight_known else ' ?'}",
            "is_key": gap.is_key,
            "roles": roles_label(gap.roles, words.language),
            "live": f"{gap.live_ties} / {gap.wanted}",
            "known_by": ", ".join(gap.known_by),
            "owner": gap.owner or "",
            "backup": gap.backup or "",
            "centre_value": gap.centre_value,
        }
        for gap in found
    ]
    who = columns("name", "weight", "roles", "live", "known_by", "owner", "backup", "flag:is_key")
    named = (*who, *columns("title", "unit", "money:centre_value"))
    return Table("gaps", "app.coverage.gaps", named, rows, currency)


def team(words: Words, found: Matrix, shown: Sequence[Row]) -> Table:
    """All stakeholders against all of us."""
    rows = []
    for one in shown:
        row: dict[str, Any] = {
            "id": one.position_id,
            "name": one.name,
            "weight": UNKNOWN if one.weight is None else str(one.weight),
            "live": f"{one.live} / {one.wanted}",
            "title": one.title,
            "unit": one.unit,
        }
        row |= {head.member_id: "" for head in found.members}
        row |= {cell.member_id: tie(words, cell) for cell in one.cells}
        rows.append(row)
    members = tuple(Column(head.member_id, heading=head.name) for head in found.members)
    named = (*columns("name", "weight", "live"), *members, *columns("title", "unit"))
    return Table("team", "app.coverage.team", named, rows)


def tie(words: Words, cell: Cell) -> str:
    """Say what one of us is to somebody: live or not, owner or backup, and the level."""
    kind = "" if cell.kind == "contact" else words.say(f"app.tie.{cell.kind}")
    level = UNKNOWN if cell.level is None else str(cell.level)
    return f"{LIVE if cell.is_live else NOT_LIVE} {kind}{level}"


def mirror(words: Words, found: Coverage, known: Matrix) -> Table:
    """Give function facing function: the weight that ours cover of theirs, and by how many live ties."""
    ours = our_functions(known)
    cells = {(m.client_function, m.our_function): m for m in found.mirror}
    rows = []
    for part in found.functions:
        row: dict[str, Any] = {
            "function": function(words, part.name),
            "weight": part.weight,
            "c2": part.c2,
        }
        for code in ours:
            cell = cells.get((part.name, code))
            row[f"our {code}"] = facing(words, cell.covered_weight, cell.live_ties) if cell else ""
        rows.append(row)
    heads = tuple(Column(f"our {code}", heading=function(words, code)) for code in ours)
    named = (*columns("function", "number:weight", "share:c2"), *heads)
    return Table("mirror", "app.coverage.mirror", named, rows)


def our_functions(known: Matrix) -> tuple[str, ...]:
    """Give our functions, those with most live ties first; ``?`` where it is not known."""
    live: dict[str, int] = {}
    for head in known.members:
        code = head.function or UNKNOWN
        live[code] = live.get(code, 0) + head.live
    return tuple(sorted(live, key=lambda code: (-live[code], code)))


def function(words: Words, code: str) -> str:
    """Give the name of a function."""
    return words.say("app.no_function") if code == UNKNOWN else label("function", code, words.language)


def facing(words: Words, weight: float, live: int) -> str:
    """Say how much of a function is covered, and by how many live ties."""
    return f"{words.number(weight, 1)} · {live}"


def pair(words: Words, known: Matrix, theirs: str, ours: str) -> Table:
    """Give who of one function of ours knows whom of one of theirs; both by name."""
    members = {h.member_id: h.name for h in known.members if function(words, h.function or UNKNOWN) == ours}
    rows = [
        {
            "id": one.position_id,
            "name": one.name,
            "member": members[cell.member_id],
            "tie": tie(words, cell),
            "last_contact": cell.last_contact,
        }
        for one in known.rows
        if function(words, one.function or UNKNOWN) == theirs
        for cell in one.cells
        if cell.member_id in members
    ]
    return Table("pair", "app.coverage.mirror", columns("name", "member", "tie", "day:last_contact"), rows)


def levels(words: Words, found: Sequence[Parity]) -> Table:
    """Level facing level; whom we meet from farthest below first."""
    rows = [
        {
            "id": one.position_id,
            "name": one.name,
            "level": one.level,
            "our_level": one.our_level,
            "below": words.say("app.coverage.below", count=-gap) if (gap := one.gap or 0) < 0 else "",
        }
        for one in found
    ]
    named = columns("name", "number:level", "number:our_level", "below")
    return Table("parity", "app.coverage.parity", named, rows)


def parts(words: Words, kind: str, found: Sequence[Covered]) -> Table:
    """One way to cut the account into parts, the least covered first."""
    rows = [
        {
            "part": _part_name(words, kind, part),
            "c2": part.c2,
            "c1": part.c1,
            "seats": part.seats,
            "weight": part.weight,
            "vacant": part.vacant,
        }
        for part in found
    ]
    named = columns("part", "share:c2", "share:c1", "number:seats", "number:weight", "number:vacant")
    return Table(f"parts_{kind}", f"app.account.{kind}", named, rows)


def _part_name(words: Words, kind: str, part: Covered) -> str:
    if kind == "functions":
        return function(words, part.name)
    return label(_LISTS[kind], part.name, words.language) if kind in _LISTS else part.name
