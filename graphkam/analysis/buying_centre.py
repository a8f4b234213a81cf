"""How far do those who buy talk with each other, across levels and functions?

The dimensions of a buying centre (Johnston & Bonoma 1981), with positive influence ties as a proxy for
communication (:mod:`graphkam.graph.buying`), over those who communicate; who does not is counted apart:

- **vertical involvement**: levels of the hierarchy that communicate;
- **lateral involvement**: functions that do (units where no function is known);
- **extensivity**: people who do, n;
- **connectedness**: ties over n (n - 1) (*arcs*), and pairs over n (n - 1) / 2 (*dyads*): what is meant
  differs among authors, so both; null below two;
- **centrality** of who buys: ties sent and received over n; of several the greatest, each is reported.

Formal structure (Krackhardt 1994, :mod:`graphkam.method.hierarchy`) of two networks: influence, among all
members, and solid reporting lines from boss to subordinate, among all positions, vacant ones included;
of a decision centre only what runs between its members. Efficiency counts arcs.

Source: design, analyses.md, "influence"; science.md, 1 and 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Literal

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.buying import Circle, circle
from graphkam.graph.buying_terms import explain_circle
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.strength import panel
from graphkam.graph.terms import Ledger
from graphkam.method.hierarchy import Form
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.settings import AnalysisSettings


class Buyer(Frozen):
    """Somebody who buys."""

    person: str
    id: str
    sent: int
    """Members he or she influences."""
    received: int
    """Members by whom he or she is influenced."""
    centrality: float | None
    """Both, for each member who communicates."""
    normalised: float | None
    """Both, over all that there could be."""


class Shape(Frozen):
    """The form of a network, compared with a tree: 1 each."""

    nodes: int
    arcs: int
    parts: int
    density: float | None
    connectedness: float | None
    efficiency: float | None
    """Of arcs."""
    hierarchy: float | None
    lub: float | None
    """Least upper boundedness."""


class Structure(Frozen):
    """The form of who influences whom, and of who reports to whom."""

    influence: Shape
    reporting: Shape


class CentreInvolved(Frozen):
    """The dimensions of one decision centre."""

    id: str
    name: str
    members: int
    vertical_involvement: int
    lateral_involvement: int
    extensivity: int
    connectedness_arcs: float | None
    connectedness_dyads: float | None
    centrality: float | None


class BuyingCentre(Result):
    """How far those who buy talk with each other."""

    centre: str | None
    """Name of the decision centre asked for; null for the account as a whole."""
    members: int
    """People in it whose names are known."""
    unnamed: int
    """Positions in it held by somebody nobody can name."""
    isolates: tuple[str, ...]
    """Names of members who communicate with no other."""
    around: tuple[str, ...]
    """Names of people who are not in the centre and influence somebody who is."""
    levels: tuple[int, ...]
    vertical_involvement: int
    vertical_could_be: Interval
    unknown_levels: int
    lateral_by: Literal["function", "unit"]
    areas: tuple[str, ...]
    """Codes of the functions, or names of the units."""
    lateral_involvement: int
    lateral_could_be: Interval
    """Of functions, also where units are counted."""
    unknown_areas: int
    extensivity: int
    connectedness_arcs: float | None
    connectedness_dyads: float | None
    centrality: float | None
    buyers: tuple[Buyer, ...]
    """Whoever deals with most first."""
    structure: Structure
    centres: tuple[CentreInvolved, ...]
    """All decision centres of the account, or the one asked for; who involves most people first."""


def buying_centre(
    graph: AccountGraph,
    *,
    centre: str | None = None,
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> BuyingCentre:
    """Answer how far those who buy talk with each other.

    Parameters
    ----------
    graph
        The account as of a day.
    centre
        Id of a decision centre; the account as a whole by default.
    settings
        Defaults of the analyses.
    with_terms
        Say where the figures come from.

    Raises
    ------
    NotFound
        If the account has no such centre.
    """
    chosen = settings or AnalysisSettings()
    of_centres = [circle(graph, chosen, c) for c in graph.centres_asked(centre)]
    main = circle(graph, chosen) if centre is None else of_centres[0]
    about = chain(_about_all(main), chain.from_iterable(map(_about_centre, of_centres)))
    ledger = _ledger(main, chosen, with_terms=with_terms)
    buyers = _buyers(main)
    return BuyingCentre(
        account=graph.account.name,
        as_of=graph.as_of,
        centre=main.centre.name if main.centre else None,
        members=len(main.people),
        unnamed=len(main.unnamed),
        isolates=tuple(main.member(i).name for i in main.silent),
        around=_around(main),
        levels=tuple(main.levels),
        vertical_involvement=len(main.levels),
        vertical_could_be=main.vertical,
        unknown_levels=main.unknown_levels,
        lateral_by=main.lateral_by,
        areas=_areas(main),
        lateral_involvement=len(main.areas),
        lateral_could_be=main.lateral,
        unknown_areas=main.unknown_areas,
        extensivity=len(main.talking),
        connectedness_arcs=main.connectedness_arcs,
        connectedness_dyads=main.connectedness_dyads,
        centrality=buyers[0].centrality if buyers else None,
        buyers=buyers,
        structure=Structure(influence=_shape(main.of_influence), reporting=_shape(main.of_reporting)),
        centres=tuple(sorted(map(_involved, of_centres), key=_widest)),
        findings=worst_first(about, chosen.top),
        explained=ledger.explained,
        terms=ledger.terms,
    )


def _ledger(found: Circle, settings: AnalysisSettings, *, with_terms: bool) -> Ledger:
    ledger = Ledger(panel(found.graph, settings))
    if with_terms:
        explain_circle(ledger, found)
    return ledger


def _areas(found: Circle) -> tuple[str, ...]:
    if found.lateral_by == "function":
        return tuple(sorted(found.areas))
    units = found.graph.unit_by_id
    return tuple(units[u].name for u in sorted(found.areas, key=lambda u: by_name(units[u].name, u)))


def _around(found: Circle) -> tuple[str, ...]:
    return tuple(found.network.people[i].name for i in found.around)


def _buyers(found: Circle) -> tuple[Buyer, ...]:
    others = len(found.talking) - 1
    made = []
    for i in sorted(found.buyers, key=lambda i: (-found.dealings(i), i)):  # places are by name
        p = found.member(i)
        made.append(
            Buyer(
                person=p.name,
                id=p.id,
                sent=int(found.arcs.out_degree[i]),
                received=int(found.arcs.in_degree[i]),
                centrality=found.centrality(i),
                normalised=found.dealings(i) / (2 * others) if others > 0 else None,
            )
        )
    return tuple(made)


def _shape(found: Form) -> Shape:
    return Shape(
        nodes=found.nodes,
        arcs=found.arcs,
        parts=len(found.parts),
        density=found.density,
        connectedness=found.connectedness,
        efficiency=found.efficiency,
        hierarchy=found.hierarchy,
        lub=found.lub,
    )


def _involved(found: Circle) -> CentreInvolved:
    assert found.centre is not None  # noqa: S101 - a circle of a centre
    buyers = [found.centrality(i) for i in found.buyers]
    return CentreInvolved(
        id=found.centre.id,
        name=found.centre.name,
        members=len(found.people),
        vertical_involvement=len(found.levels),
        lateral_involvement=len(found.areas),
        extensivity=len(found.talking),
        connectedness_arcs=found.connectedness_arcs,
        connectedness_dyads=found.connectedness_dyads,
        centrality=max((c for c in buyers if c is not None), default=None),
    )


def _widest(row: CentreInvolved) -> tuple[int, tuple[str, str]]:
    return -row.extensivity, by_name(row.name, row.id)


def _about_all(found: Circle) -> Iterator[Finding]:
    """Tell what is not known of those who communicate, or that nobody does."""
    subject = [found.centre.id if found.centre else found.graph.account.id]
    if found.people and not found.talking:
        yield finding("buying_centre_none", Severity.NOTICE, subject)
    if found.talking and not found.buyers:
        yield finding("buying_centre_no_buyer", Severity.NOTICE, subject)
    if found.unknown_levels:
        params = {"count": found.unknown_levels, "high": found.vertical.high}
        yield finding("buying_centre_unknown_levels", Severity.INFO, subject, params)
    if found.unknown_areas:
        params = {"count": found.unknown_areas, "high": found.lateral.high}
        yield finding("buying_centre_unknown_functions", Severity.INFO, subject, params)
    if found.centre is None and found.talking and found.silent:
        yield finding("buying_centre_silent", Severity.INFO, subject, {"count": len(found.silent)})


def _about_centre(found: Circle) -> Iterator[Finding]:
    """Tell who is left aside in a centre, and who is not in it but has influence on it."""
    assert found.centre is not None  # noqa: S101 - a circle of a centre
    name, centre_id = found.centre.name, found.centre.id
    around = _around(found)
    if around:
        params: dict[str, Param] = {"name": name, "count": len(around), "names": around}
        yield finding("buying_centre_around", Severity.NOTICE, [centre_id], params)
    if not found.talking:
        return
    for i in found.buyers:
        if not found.dealings(i):
            p = found.member(i)
            told: dict[str, Param] = {"name": name, "person": p.name}
            yield finding("buying_centre_buyer_aside", Severity.NOTICE, [p.id, centre_id], told)
    aside = [found.member(i) for i in found.silent if i not in found.buyers]
    if aside:
        params = {"name": name, "count": len(aside), "names": tuple(p.name for p in aside)}
        yield finding("buying_centre_aside", Severity.INFO, [centre_id, *(p.id for p in aside)], params)
