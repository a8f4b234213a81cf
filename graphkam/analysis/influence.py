"""Whom to convince, and where do stances settle when people influence each other?

Friedkin & Johnsen 1999, on the positive influence ties of the day (:mod:`graphkam.graph.influence`):
x = (I - LW)^-1 (I - L) s, with s the stance of each (-2 to 2), W how much each listens to each other
and L how far people give way (``susceptibility``, 0.5). Per decision centre the stance is weighted by
votes, for the account by influence weight (:mod:`graphkam.graph.sway`):

- **now** and **after**: the weighted stance before and after everybody has given way;
- equilibrium: where somebody settles, with what it could be over all that is unknown. A person of
  unknown stance is taken for what others make of him; null where nobody of known stance reaches him;
- **leverage**: what one step of somebody's own stance adds to the weighted stance in the end, whether
  or not he sits in the centre; all leverages sum to 1. Whom to convince: the greatest leverage among
  those who can still come up.

Conflict is shown and told, not propagated: signed dynamics is another model. With a susceptibility of 1
nobody holds to his own (DeGroot 1974); those who then only go round in circles settle nowhere: null.

Source: design, analyses.md, "influence"; Friedkin & Johnsen 1999; DeGroot 1974.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.influence import Influencer
from graphkam.graph.strength import Panel, panel
from graphkam.graph.sway import Sway, sway
from graphkam.graph.sway_terms import explain_people, explain_stance
from graphkam.graph.terms import Ledger
from graphkam.graph.voters import MOST_STANCE
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.settings import AnalysisSettings

_FIRST = 3
"""Of those with the most leverage, so many are looked at."""
_DRAGS = 0.25
"""Loss of weighted stance through influence from which a finding is made."""
_NOTHING = 1e-9
"""Leverage that is none."""


class Swayed(Frozen):
    """Somebody who has a say, or influences those who have."""

    person: str
    id: str
    """Of the first position, or of a person who holds none."""
    is_external: bool
    weight: float
    """What he or she counts: votes in a centre, influence weight in the account; 0 = only influences."""
    stance: int | None
    equilibrium: float | None
    low: float | None
    high: float | None
    leverage: float | None
    room: int | None
    """Steps of stance still to be won; null = stance unknown."""
    influences: int
    """How many people he or she influences directly."""
    known_by: tuple[str, ...]
    """Names of the members with a live tie."""


class Clash(Frozen):
    """A conflict, which is not propagated."""

    id: str
    source: str
    source_id: str
    target: str
    target_id: str
    weight: int | None


class CentreSwayed(Frozen):
    """Where one decision centre settles."""

    id: str
    name: str
    now: Interval
    after: Interval
    first: str | None
    """Whom to convince first."""
    leverage: float | None
    """What one step of that person adds."""


class Influence(Result):
    """Where stances settle, and whom to convince."""

    centre: str | None
    """Name of the centre asked for; null for the account as a whole."""
    susceptibility: float
    now: Interval
    """The weighted stance, before influence."""
    after: Interval
    people: tuple[Swayed, ...]
    """All who count or have leverage; the greatest leverage first."""
    convince: tuple[str, ...]
    """Names of those to convince, first to last; bounded by ``top``."""
    centres: tuple[CentreSwayed, ...]
    """All centres of the account, or the one asked for."""
    conflicts: tuple[Clash, ...]
    unknown_stances: int
    """Of those listed."""
    unknown_ties: int
    """Influence ties of unknown weight."""


def influence(
    graph: AccountGraph,
    *,
    centre: str | None = None,
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> Influence:
    """Answer where stances settle and whom to convince.

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
    asked = graph.centres_asked(centre)
    ties, swayed = panel(graph, chosen), {c.id: sway(graph, chosen, c) for c in asked}
    main = swayed[centre] if centre else sway(graph, chosen)
    ranked = sorted(_listed(graph, main, centre), key=lambda i: _rank(main, i))
    people = _people(ties, main, ranked)
    centres = tuple(_centre(c.id, c.name, swayed[c.id]) for c in asked)
    conflicts = _conflicts(main, set(ranked))
    found = chain(
        _about_people(graph, main, people, ranked),
        _about_stances(main, people, centre or graph.account.id),
        _about_centres(centres),
        _about_conflicts(conflicts),
        _about_ties(graph, main),
    )
    ledger = _explained(ties, main, swayed, ranked, centre) if with_terms else Ledger(ties)
    return Influence(
        account=graph.account.name,
        as_of=graph.as_of,
        centre=centres[0].name if centre else None,
        susceptibility=chosen.susceptibility,
        now=main.now,
        after=main.after,
        people=people,
        convince=tuple(p.person for p in _to_convince(people))[: chosen.top],
        centres=tuple(sorted(centres, key=_worst)),
        conflicts=conflicts,
        unknown_stances=sum(p.stance is None for p in people),
        unknown_ties=main.network.unknown,
        findings=worst_first(found, chosen.top),
        explained=ledger.explained,
        terms=ledger.terms,
    )


def _listed(graph: AccountGraph, main: Sway, centre: str | None) -> tuple[int, ...]:
    """Give who is shown: of the account everybody, of a centre who sits in it or has leverage on it."""
    if centre is None:
        return tuple(range(len(main.field.nodes)))
    sitting = {seat.position_id for seat in graph.seats_of[centre]}
    leverage = np.nan_to_num(main.leverage)
    return tuple(
        i
        for i, n in enumerate(main.field.nodes)
        if leverage[i] > _NOTHING or any(s.id in sitting for s in n.positions)
    )


def _rank(main: Sway, i: int) -> tuple[float, float, tuple[str, str]]:
    node = main.field.nodes[i]
    return -_some(main.leverage[i], 0.0), -float(main.weight[i]), by_name(node.name, node.id)


def _some(value: float, otherwise: float) -> float:
    return otherwise if np.isnan(value) else round(float(value), 12)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _people(ties: Panel, main: Sway, ranked: Sequence[int]) -> tuple[Swayed, ...]:
    return tuple(_swayed(ties, main, i) for i in ranked)


def _swayed(ties: Panel, main: Sway, i: int) -> Swayed:
    node, (low, high) = main.field.nodes[i], main.field.ends
    known_by = ties.who(ties.graph.place[s.id] for s in node.positions)
    return Swayed(
        person=node.name,
        id=node.id,
        is_external=_is_external(node.person),
        weight=float(main.weight[i]),
        stance=node.stance,
        equilibrium=_number(main.field.settled[i]),
        low=_number(low[i]),
        high=_number(high[i]),
        leverage=_number(main.leverage[i]),
        room=None if node.stance is None else MOST_STANCE - node.stance,
        influences=int((main.field.ties.source == i).sum()),
        known_by=tuple(ties.graph.members[m].name for m in known_by),
    )


def _is_external(person: Influencer | None) -> bool:
    return person is not None and bool(person.person.external)


def _to_convince(people: Sequence[Swayed]) -> Iterator[Swayed]:
    """Give those with leverage who can still come up."""
    return (p for p in people if (p.leverage or 0) > _NOTHING and p.room != 0)


def _centre(centre_id: str, name: str, found: Sway) -> CentreSwayed:
    nodes = found.field.nodes
    can_come_up = np.array([n.stance != MOST_STANCE for n in nodes], dtype=np.bool_)
    leverage = np.where(can_come_up, np.nan_to_num(found.leverage), 0.0)
    most = leverage.max(initial=0.0)
    best = np.flatnonzero(leverage > max(most - _NOTHING, _NOTHING)).tolist()
    first = min(best, key=lambda i: _rank(found, i), default=None)
    return CentreSwayed(
        id=centre_id,
        name=name,
        now=found.now,
        after=found.after,
        first=None if first is None else nodes[first].name,
        leverage=None if first is None else float(found.leverage[first]),
    )


def _worst(centre: CentreSwayed) -> tuple[float, tuple[str, str]]:
    value = centre.after.value
    return float("inf") if value is None else value, by_name(centre.name, centre.id)


def _conflicts(main: Sway, listed: set[int]) -> tuple[Clash, ...]:
    found = []
    for tie in main.network.conflicts:
        source, target = (main.network.index[p] for p in (tie.from_id, tie.to_id))
        if {source, target} & listed:
            one, other = main.field.nodes[source], main.field.nodes[target]
            found.append(
                Clash(
                    id=tie.id,
                    source=one.name,
                    source_id=one.id,
                    target=other.name,
                    target_id=other.id,
                    weight=tie.weight,
                )
            )
    return tuple(
        sorted(
            found,
            key=lambda c: (
                -(c.weight or 0),
                *by_name(c.source, c.source_id),
                *by_name(c.target, c.id),
            ),
        )
    )


def _explained(
    ties: Panel, main: Sway, swayed: Mapping[str, Sway], listed: Sequence[int], centre: str | None
) -> Ledger:
    ledger = Ledger(ties)
    explain_stance(ledger, main, "", "")
    if centre is None:
        for centre_id, found in swayed.items():
            explain_stance(ledger, found, f"centres[{centre_id}].", f":{centre_id}")
    explain_people(ledger, main, listed)
    return ledger


def _about_people(
    graph: AccountGraph, main: Sway, people: Sequence[Swayed], ranked: Sequence[int]
) -> Iterator[Finding]:
    """Tell whom to convince first, who sways unseen, and who does so from outside."""
    sitting = {seat.position_id for seat in graph.seats}
    able = list(_to_convince(people))
    for p in able[:1]:
        params = {"person": p.person, "leverage": p.leverage, "members": p.known_by or None}
        code = "influence_convince" if p.known_by else "influence_convince_nobody"
        yield finding(code, Severity.INFO, [p.id], params)
    for place, p in enumerate(able[:_FIRST], start=1):
        positions = next(n for n in main.field.nodes if n.id == p.id).positions
        if not p.known_by and p.influences and not any(s.id in sitting for s in positions):
            params = {"person": p.person, "place": place, "count": p.influences, "leverage": p.leverage}
            yield finding("influence_hidden", Severity.WARNING, [p.id], params)
    for i, p in zip(ranked, people, strict=True):
        if p.is_external and (p.leverage or 0) > _NOTHING:
            swayed = main.field.ties.target[main.field.ties.source == i]
            names = tuple(main.field.nodes[k].name for k in swayed.tolist())
            if names:
                params = {"person": p.person, "names": names, "leverage": p.leverage}
                yield finding("influence_external", Severity.NOTICE, [p.id], params)


def _about_stances(main: Sway, people: Sequence[Swayed], subject: str) -> Iterator[Finding]:
    """Tell what is not known of stances, and whether they can settle at all."""
    unknown = [p for p in people if p.stance is None and (p.leverage or 0) > _NOTHING]
    after = main.after
    if unknown and after.low is not None and after.high is not None:
        yield finding(
            "influence_unknown_stances",
            Severity.NOTICE,
            [subject, unknown[0].id],
            {"count": len(unknown), "person": unknown[0].person, "low": after.low, "high": after.high},
        )
    elif main.weight.any() and after.low is None:
        yield finding("influence_unsettled", Severity.WARNING, [subject])


def _about_centres(centres: Sequence[CentreSwayed]) -> Iterator[Finding]:
    """Tell which centres lose through influence."""
    for c in centres:
        now, after = c.now.value, c.after.value
        if now is not None and after is not None and after <= now - _DRAGS:
            yield finding(
                "influence_drags", Severity.WARNING, [c.id], {"name": c.name, "now": now, "after": after}
            )


def _about_conflicts(conflicts: Sequence[Clash]) -> Iterator[Finding]:
    for c in conflicts:
        params = {"source": c.source, "target": c.target, "weight": c.weight}
        yield finding("influence_conflict", Severity.NOTICE, [c.source_id, c.target_id], params, [c.id])


def _about_ties(graph: AccountGraph, main: Sway) -> Iterator[Finding]:
    if main.field.nodes and not len(main.network.source):
        yield finding("influence_none", Severity.NOTICE, [graph.account.id])
    if main.network.unknown:
        yield finding("influence_unknown_ties", Severity.INFO, (), {"count": main.network.unknown})
