"""One person's departure over all accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphkam.analysis.departure import Departure, departure
from graphkam.graph.account_graph import AccountGraph
from graphkam.settings import AnalysisSettings


def departures(
    graphs: Iterable[AccountGraph], *, leaves: Sequence[str], settings: AnalysisSettings | None = None
) -> tuple[Departure, ...]:
    """Give what changes in each account where one of those who leave is known, worst first.

    Parameters
    ----------
    graphs
        The accounts as of a day.
    leaves
        Ids of members of the team or of persons of the clients.
    settings
        Defaults of the analyses.
    """
    found = []
    for graph in graphs:
        here = [i for i in leaves if i in graph.by_member or i in graph.by_person]
        if here:
            found.append(departure(graph, leaves=here, settings=settings))
    return tuple(sorted(found, key=lambda d: (-(d.loss or 0), d.account)))
