"""What is to be told of a departure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphkam.errors import Param
from graphkam.graph.emptied import EmptiedPart
from graphkam.graph.findings import finding
from graphkam.graph.leaving import Leaving, Orphan
from graphkam.graph.strength import Panel
from graphkam.model.base import Finding, Severity

_NAMED = 5
"""Names that a finding tells."""


def findings(
    after: Panel,
    gone: Leaving,
    touched: Sequence[int],
    parts: Sequence[EmptiedPart],
    left: Sequence[Orphan],
    loss: float | None,
) -> Iterator[Finding]:
    """Give who and what is left with nobody, or with one of us.

    Parameters
    ----------
    after
        The ties that stay.
    gone
        Who leaves.
    touched
        Indexes of the positions that lose live ties.
    parts
        Units and centres left with nobody, or with one of us.
    left
        What nobody is left for.
    loss
        The share of the covered weight that goes dark.
    """
    graph = after.graph
    names, evidence = tuple(gone.names.values()), tuple(gone.names)

    def told(code: str, severity: Severity, ids: Sequence[str], **params: Param) -> Finding:
        return finding(code, severity, ids, {"names": names, "count": len(ids), **params}, evidence)

    for code, rest, severity in (
        ("departure_dark", 0, Severity.CRITICAL),
        ("departure_sole", 1, Severity.WARNING),
    ):
        hit = [graph.counted[i] for i in touched if len(after.live_members[i]) == rest]
        if hit:
            who = tuple(s.name for s in hit[:_NAMED])
            yield told(code, severity, [s.id for s in hit], who=who, percent=round(100 * (loss or 0)))
    for code, kind, rest, severity in (
        ("departure_centres_dark", "centre", 0, Severity.CRITICAL),
        ("departure_centres_sole", "centre", 1, Severity.WARNING),
        ("departure_units_dark", "unit", 0, Severity.CRITICAL),
    ):
        found = {p.id: p.name for p in parts if (p.kind, p.live_after) == (kind, rest)}
        if found:
            yield told(code, severity, list(found), **{f"{kind}s": tuple(found.values())})
    if left:
        what = tuple(o.name for o in left[:_NAMED])
        yield told("departure_orphans", Severity.WARNING, [o.id for o in left], what=what)
    if names and not touched:
        yield told("departure_nothing", Severity.INFO, evidence)
