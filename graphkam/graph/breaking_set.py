"""The smallest group of us whose departure breaks an account, and what is told of it.

Definition and source: :mod:`graphkam.analysis.resilience`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.parts import by_centre
from graphkam.graph.strength import Panel
from graphkam.method.breaking import smallest_breaking_set
from graphkam.method.rows import Breaking, Rows, merged
from graphkam.model.base import Finding, Severity
from graphkam.settings import AnalysisSettings

_FRAGILE = 2
"""Departures up to which a breaking set is warned of."""


def live_rows(ties: Panel) -> Rows:
    """Give the weight of the positions covered by each group of members."""
    return merged(ties.live_members, ties.weight.tolist())


def breaking_set(rows: Rows, settings: AnalysisSettings, *, seconds: float | None = None) -> Breaking | None:
    """Give the smallest breaking set, or the best that was found in the time; None = nothing is covered."""
    return smallest_breaking_set(rows, settings.theta, seconds=seconds or settings.seconds)


def breaking_findings(
    ties: Panel, breaking: Breaking | None, settings: AnalysisSettings
) -> tuple[Finding, ...]:
    """Tell the breaking set, and which centres go dark with one departure."""
    found = chain(_about_set(ties, breaking, settings.theta), _about_centres(ties))
    return worst_first(found, settings.top)


def names_of(graph: AccountGraph, members: Iterable[int]) -> tuple[str, ...]:
    """Give members' names; their indexes are in the order of names already."""
    return tuple(graph.members[m].name for m in members)


def _about_set(ties: Panel, breaking: Breaking | None, theta: float) -> Iterator[Finding]:
    graph = ties.graph
    if breaking is None:
        if graph.counted:
            yield finding("resilience_nothing", Severity.CRITICAL, [graph.account.id])
        return
    size = len(breaking.chosen)
    yield finding(
        "resilience_breaking_set" if breaking.proved else "resilience_unproved",
        Severity.CRITICAL if size == 1 else Severity.WARNING if size <= _FRAGILE else Severity.INFO,
        [graph.members[m].id for m in breaking.chosen],
        {
            "count": size,
            "bound": breaking.bound,
            "names": names_of(graph, breaking.chosen),
            "percent": round(100 * breaking.loss / ties.covered),
            "theta": round(100 * theta),
        },
    )


def _about_centres(ties: Panel) -> Iterator[Finding]:
    """Tell which centres go dark with one departure, by the one who leaves."""
    graph = ties.graph
    through: dict[int, list[tuple[str, str]]] = {}
    for part in by_centre(graph):
        who = ties.who(part.seats)
        if len(who) == 1:
            through.setdefault(who[0], []).append((part.id, part.name))
    for m, centres in sorted(through.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(centres) > 1:
            names = tuple(name for _, name in sorted(centres, key=lambda c: by_name(c[1], c[0])))
            yield finding(
                "resilience_blind_centres",
                Severity.WARNING,
                [graph.members[m].id, *(ident for ident, _ in centres)],
                {"member": graph.members[m].name, "count": len(centres), "centres": names},
            )
