"""Who can introduce us to somebody, and how likely is it to work?

A *way* goes from one of us to somebody who is known, from there to whom he or she can ask, and so on to
the target: a person, the holder of a position, or anybody who sits in a decision centre. Each step works
with a probability (see :mod:`graphkam.graph.introductions`): a contact with strength / 3, influence with
its strength, a colleague of the same unit with ``colleague_introduction`` (0.5), which is assumed. The
probabilities are declared, not measured; a way's is their product. The ``routes`` (3) warmest loopless
ways are given; of equally warm ones first the shorter (see :mod:`graphkam.method.paths`).

What a way *could be* takes every unknown strength from its least to its most. A *gate* is somebody
through whom every way leads. Where there is no way, the *nearest* is the one whom we do reach and who
stands nearest to the target in the organisation (see :mod:`graphkam.graph.nearness`). Whether *any* way
works is not 1 - prod(1 - p) over ways that share steps: it is tried or drawn state by state, if asked for
(see :mod:`graphkam.method.reliability`). Without a target: the warmest way to everybody whom nobody of us
has a live tie with.

Source: design, analyses.md, "paths"; Yen 1971; Valiant 1979.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import log
from typing import Literal

from graphkam.errors import NotFound, Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.goals import Goal, goal
from graphkam.graph.introductions import Introduction, Introductions, introductions
from graphkam.graph.nearness import distances
from graphkam.graph.strength import panel
from graphkam.graph.terms import Ledger
from graphkam.method.paths import Path, best_paths, best_to_each, gates
from graphkam.method.reliability import reliability
from graphkam.model.base import Finding, Frozen, Result, Severity
from graphkam.settings import AnalysisSettings

_NAMED = 5
"""Names that a finding tells."""


class Step(Frozen):
    """Who asks whom, and how we know that they can."""

    asker: str
    asker_id: str
    asked: str
    asked_id: str
    kind: Literal["contact", "influence", "reporting", "colleague"]
    probability: float
    low: float
    high: float
    tie_id: str | None
    level: int | None
    """Of a contact."""
    last_contact: date | None
    link: str | None
    """Kind of an influence tie."""
    weight: int | None
    """Of an influence tie."""
    source: str | None
    """What is said to prove it."""
    known_on: date | None
    unit: str | None
    """That colleagues share."""


class Route(Frozen):
    """One way."""

    id: str
    target: str
    target_id: str
    probability: float
    low: float
    high: float
    length: float
    """Sum of -ln p of its steps: probability = exp(-length)."""
    steps: tuple[Step, ...]


class Nearest(Frozen):
    """Whom we reach, where the target cannot be reached."""

    person: str
    person_id: str
    away: int
    """Steps in the organisation from there to the target."""
    route: Route


class AnyWay(Frozen):
    """Whether any way at all works."""

    probability: float
    standard_error: float
    draws: int | None
    """Null: all states were tried; exact."""


class Paths(Result):
    """The ways."""

    target: str | None = None
    """Null: everybody whom nobody of us has a live tie with."""
    target_id: str | None = None
    start: str | None = None
    """Of us, whom ways begin with; null: any of us."""
    routes: tuple[Route, ...] = ()
    """To one target: the warmest first. To everybody: one to each, most weight first; bounded."""
    probability: float | None = None
    """Of the warmest; null without a target or a way."""
    low: float | None = None
    high: float | None = None
    gates: tuple[str, ...] = ()
    """Names of those through whom every way leads, as they stand on the warmest."""
    nearest: Nearest | None = None
    any_way: AnyWay | None = None
    """Null: not asked for."""
    unreached: tuple[str, ...] = ()
    """Without a target: names of those to whom no way leads; bounded."""
    unreached_count: int = 0


def paths(
    graph: AccountGraph,
    *,
    target: str | None = None,
    start: str | None = None,
    with_reliability: bool = False,
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> Paths:
    """Answer who can introduce us to somebody.

    Parameters
    ----------
    graph
        The account as of a day.
    target
        Id of a person, a position or a decision centre; None = everybody whom nobody of us covers.
    start
        Id of the one of us whom ways begin with; None = any of us.
    with_reliability
        Whether to say how likely any way at all is to work.
    settings
        Number of ways, colleagues, decay of contacts.
    with_terms
        Say where the length of each way comes from.

    Raises
    ------
    NotFound
        If an id is nobody's of the account on the day.
    """
    chosen = settings or AnalysisSettings()
    ways = introductions(graph, chosen)
    if start is not None and start not in graph.by_member:
        raise NotFound("nobody_of_the_account", value=start, account=graph.account.name)
    begin = list(ways.members) if start is None else [ways.node_of[start]]
    answer = Paths(
        account=graph.account.name,
        as_of=graph.as_of,
        start=None if start is None else graph.by_member[start].name,
    )
    if target is None:
        found = _everybody(answer, ways, begin, chosen)
    else:
        wanted = goal(ways, target)
        found = _one(answer, ways, begin, wanted, chosen)
        if with_reliability:
            found = found.model_copy(update={"any_way": _any_way(ways, begin, wanted, chosen)})
    if not with_terms:
        return found
    ledger = Ledger(panel(graph, chosen))
    _explain(ledger, found.routes)
    return found.model_copy(update={"explained": ledger.explained, "terms": ledger.terms})


def _one(
    answer: Paths, ways: Introductions, begin: Sequence[int], wanted: Goal, settings: AnalysisSettings
) -> Paths:
    """Give the ways to one target."""
    best = best_paths(ways.links, begin, wanted.nodes, settings.routes)
    routes = tuple(_route(ways, path) for path in best)
    through = gates(ways.links, begin, wanted.nodes, best[0]) if best else ()
    inner = tuple(node for node in through if node not in ways.units)
    near = None if best else _nearest(ways, begin, wanted)
    ends = {
        chance: next((p.probability for p in best_paths(ways.linked(chance), begin, wanted.nodes, 1)), 0.0)
        for chance in ("low", "high")
    }
    return answer.model_copy(
        update={
            "target": wanted.name,
            "target_id": wanted.id,
            "routes": routes,
            "probability": routes[0].probability if routes else None,
            "low": ends["low"] if routes or ends["high"] else None,
            "high": ends["high"] if routes or ends["high"] else None,
            "gates": tuple(map(ways.name, inner)),
            "nearest": near,
            "findings": worst_first(_findings(ways, wanted, routes, inner, near), settings.top),
        }
    )


def _any_way(ways: Introductions, begin: Sequence[int], wanted: Goal, settings: AnalysisSettings) -> AnyWay:
    found = reliability(ways.events(), begin, wanted.nodes, settings.states)
    return AnyWay(probability=found.value, standard_error=found.error, draws=found.draws)


def _everybody(answer: Paths, ways: Introductions, begin: Sequence[int], settings: AnalysisSettings) -> Paths:
    """Give the warmest way to each of those whom nobody of us has a live tie with."""
    ties = panel(ways.graph, settings)
    best = best_to_each(ways.links, begin)
    seats = [
        (weight, s)
        for s, weight, who in zip(ways.graph.counted, ties.weight.tolist(), ties.live_members, strict=True)
        if s.person is not None and s.person.id in ways.node_of and not who
    ]
    ranked = sorted(seats, key=lambda row: (-row[0], *by_name(row[1].name, row[1].id)))
    nodes = list(dict.fromkeys(ways.node_of[s.person.id] for _, s in ranked if s.person is not None))
    missed = [node for node in nodes if node not in best]
    return answer.model_copy(
        update={
            "routes": tuple(_route(ways, best[node]) for node in nodes if node in best)[: settings.top],
            "unreached": tuple(map(ways.name, missed))[: settings.top],
            "unreached_count": len(missed),
            "findings": tuple(_about_everybody(ways, nodes, missed)),
        }
    )


def _route(ways: Introductions, path: Path) -> Route:
    steps = tuple(_step(ways, s) for s in ways.steps(path.nodes))
    low = high = 1.0
    for s in steps:
        low, high = low * s.low, high * s.high
    people = [node for node in path.nodes if node not in ways.units]
    return Route(
        id=">".join(map(ways.id, people)),
        target=ways.name(people[-1]),
        target_id=ways.id(people[-1]),
        probability=path.probability,
        low=low,
        high=high,
        length=path.length,
        steps=steps,
    )


def _step(ways: Introductions, s: Introduction) -> Step:
    graph = ways.graph
    contact = ways.contacts.get(s.record or "") if s.kind == "contact" else None
    tie = ways.influence.get(s.record or "") if s.kind == "influence" else None
    return Step(
        asker=ways.name(s.asker),
        asker_id=ways.id(s.asker),
        asked=ways.name(s.asked),
        asked_id=ways.id(s.asked),
        kind=s.kind,
        probability=s.p,
        low=s.low,
        high=s.high,
        tie_id=s.record if contact or tie else None,
        level=contact.level if contact else None,
        last_contact=contact.last_contact if contact else None,
        link=tie.kind if tie else None,
        weight=tie.weight if tie else None,
        source=(tie.source if tie else contact.tie.source if contact else None) or None,
        known_on=tie.known_on if tie else None,
        unit=graph.unit_by_id[s.record].name if s.kind == "colleague" and s.record else None,
    )


def _nearest(ways: Introductions, begin: Sequence[int], wanted: Goal) -> Nearest | None:
    away = distances(ways.graph, wanted.near)
    best = best_to_each(ways.links, begin)
    reached = [n for n in best if n not in ways.members and n not in ways.units and ways.id(n) in away]
    if not reached:
        return None

    def key(node: int) -> tuple[object, ...]:
        return away[ways.id(node)], best[node].length, *by_name(ways.name(node), ways.id(node))

    node = min(reached, key=key)
    route = _route(ways, best[node])
    return Nearest(person=ways.name(node), person_id=ways.id(node), away=away[ways.id(node)], route=route)


def _findings(
    ways: Introductions, wanted: Goal, routes: Sequence[Route], through: Sequence[int], near: Nearest | None
) -> Iterator[Finding]:
    target: dict[str, Param] = {"target": wanted.name}
    if wanted.nobody == "nameless":
        yield finding("paths_nameless", Severity.NOTICE, [wanted.id], target)
    elif wanted.nobody == "vacant":
        yield finding("paths_vacant", Severity.NOTICE, [wanted.id], target)
    if not routes:
        if near is None:
            yield finding("paths_none", Severity.WARNING, [wanted.id], target)
        else:
            params: dict[str, Param] = {**target, "name": near.person, "count": near.away}
            yield finding("paths_nearest", Severity.WARNING, [wanted.id, near.person_id], params)
        return
    best = routes[0]
    ties = [s.tie_id for s in best.steps if s.tie_id]
    if through:
        names = tuple(ways.name(n) for n in through)
        yield finding(
            "paths_gate", Severity.NOTICE, [ways.shown_id(n) for n in through], {**target, "names": names}
        )
    told: dict[str, Param] = {
        "target": best.target,
        "percent": round(100 * best.probability),
        "member": best.steps[0].asker,
    }
    if len(best.steps) == 1:
        yield finding("paths_known", Severity.INFO, [best.steps[0].asker_id, best.target_id], told, ties)
        return
    ids = [ways.shown_id(ways.node_of[s.asked_id]) for s in best.steps]
    names = tuple(s.asked for s in best.steps[:-1])
    yield finding("paths_best", Severity.INFO, ids, {**told, "names": names}, ties)
    if assumed := sum(s.kind == "colleague" for s in best.steps):
        yield finding("paths_assumed", Severity.INFO, [best.target_id], {**told, "count": assumed})


def _about_everybody(ways: Introductions, nodes: Sequence[int], missed: Sequence[int]) -> Iterator[Finding]:
    if missed:
        params: dict[str, Param] = {
            "count": len(missed),
            "names": tuple(ways.name(n) for n in missed[:_NAMED]),
        }
        yield finding("paths_unreached", Severity.NOTICE, [ways.shown_id(n) for n in missed], params)
    if not nodes and ways.people:
        yield finding("paths_all_known", Severity.INFO, [ways.graph.account.id])


def _explain(ledger: Ledger, routes: Sequence[Route]) -> None:
    """Say what each step adds to the length of its way."""
    for route in routes:
        name = f"routes[{route.id}].length"
        for s in route.steps:
            because = [s.tie_id] if s.tie_id else []
            ledger.term(name, s.asked_id, f"{s.asker} → {s.asked}", -log(s.probability), because=because)
        ledger.figure(name, route.length, name)
