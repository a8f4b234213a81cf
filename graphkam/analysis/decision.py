"""Who decides in a centre, with which power, and what would it take to win?

Per decision centre, over its seats (rules and votes: :mod:`graphkam.graph.voters`; outcome, weighted
stance and cost of winning: :mod:`graphkam.graph.standing`):

- power under the rule by Banzhaf (normalised: share of all swings) and Shapley-Shubik (share of the
  orders in which the voter turns the outcome), exact, over all seats and over those that can vote
  today; null where nobody can win. A dummy has votes and no power;
- minimal winning coalitions: those that win today and lose whoever leaves;
- swing: a voter whose change of mind alone would turn the outcome, as far as is known;
- roles present and missing, and how many of those who have them one of us covers;
- C2 of the seats that count, as in :mod:`graphkam.analysis.coverage`.

Warnings: nobody has the role of decider; key people (weight, decider, veto) not behind us in majority;
no opponent known (a map with only friends is a wrong map); supporters not more numerous than opponents;
nobody covered at level 1 or 2; decision within 90 days and C2 below 50 %; a quota at or below half of
the votes, with which two groups could decide against each other (not where a veto forbids it); votes
that cannot be cast; a dummy; a veto against us; a majority that hangs on one.

Source: design, analyses.md, "decision"; Banzhaf 1965; Shapley & Shubik 1954; Webster & Wind 1972.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, islice
from typing import Literal

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.centre import Centre, centre_of
from graphkam.graph.decision_findings import about_centre
from graphkam.graph.decision_terms import explain_centre, explain_people
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.standing import Outcome, cost
from graphkam.graph.strength import panel
from graphkam.graph.terms import Ledger
from graphkam.graph.voters import Voter, total
from graphkam.method.coalitions import minimal_winning, minimal_winning_count
from graphkam.method.voting import Game
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.model.organisation import DecisionCentre
from graphkam.model.vocabulary import BuyingRole
from graphkam.settings import AnalysisSettings

Rule = Literal["single_decider", "majority", "quota", "unanimity"]
_RANKED = 2000
"""Minimal winning coalitions that are ranked by how near they are to us, before the first are shown."""


class Voting(Frozen):
    """Somebody who sits in the centre."""

    person: str
    """Name of the holder, or title of a seat whose holder is not known, or vacant."""
    position_id: str
    """Id of the first seat."""
    title: str
    seats: int
    """Seats of the centre that he or she holds, cast together."""
    is_vacant: bool
    is_holder_known: bool
    roles: tuple[str, ...]
    votes: float
    veto: bool
    stance: int | None
    banzhaf: float | None
    """Over all seats; null where nobody can win."""
    shapley_shubik: float | None
    banzhaf_today: float | None
    """Over the seats that can vote today; null for a vacant one."""
    shapley_shubik_today: float | None
    swings: int | None
    """Losing coalitions, over all seats, that win when he or she joins."""
    is_swing: bool
    """Whether this change of mind alone would turn the outcome."""
    known_by: tuple[str, ...]
    """Names of the members with a live tie."""


class Role(Frozen):
    """A buying role and who has it."""

    role: str
    people: tuple[str, ...]
    covered: int
    """How many of them at least one of us covers."""


class Move(Frozen):
    """Somebody to be won over."""

    person: str
    position_id: str
    stance: int | None
    """Today; unknown counts as -2."""
    to: int
    steps: int
    cost: float


class CentreStanding(Frozen):
    """Where one decision centre stands."""

    id: str
    name: str
    subject: str | None
    yearly_value: float | None
    next_decision: date | None
    rule: Rule
    votes: float
    """Of all seats, under the rule: of a single decider one."""
    votes_today: float
    """Without the vacant ones."""
    needed: float | None
    """Null where nothing can be told: no votes, or no single decider."""
    votes_for: float
    votes_against: float
    votes_unknown: float
    """Votes of unknown stance that can be cast."""
    outcome: Outcome | None
    stance: Interval
    """Weighted by votes, of those whose stance is known; unknown ones at -2 and at +2."""
    c2: float | None
    cost: Interval
    """Of winning, in steps of stance; the value is null where it depends on unknown ones."""
    warnings: tuple[str, ...]
    """Codes of the findings about it, other than where it stands."""


class Decision(Result):
    """Where the decision centres stand; and of one, asked for or the only one, who decides in it."""

    centre: str | None
    """Name of the centre that the lists below are about; null for several."""
    centres: tuple[CentreStanding, ...]
    """Those asked for; the next to decide first."""
    people: tuple[Voting, ...]
    """All who sit in the centre, the most powerful first."""
    minimal_winning_coalitions: tuple[tuple[str, ...], ...]
    """Names; those who need fewest to be won over first, bounded by ``top``."""
    minimal_winning_count: int | None
    """How many there are; null where they cannot be counted."""
    roles: tuple[Role, ...]
    """Roles that somebody has."""
    missing_roles: tuple[str, ...]
    moves: tuple[Move, ...]
    """The cheapest way to win, enough whatever the unknown stances are; the dearest first."""
    warnings: tuple[str, ...]
    """Of all the centres."""


def decision(
    graph: AccountGraph,
    *,
    centre: str | None = None,
    step_costs: Mapping[str, float] | None = None,
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> Decision:
    """Answer who decides, and what it would take to win.

    Parameters
    ----------
    graph
        The account as of a day.
    centre
        Id of a decision centre; all by default.
    step_costs
        What one step of stance costs, where it is not 1, by the id of a person or of a position.
    settings
        Defaults of the analyses.
    with_terms
        Say where the figures come from.

    Raises
    ------
    NotFound
        If the account has no such centre.
    """
    chosen, costs = settings or AnalysisSettings(), step_costs or {}
    ties = panel(graph, chosen)
    exact = {position: Fraction(str(c)) for position, c in costs.items()}
    found = [centre_of(ties, c, chosen, exact) for c in sorted(graph.centres_asked(centre), key=_soonest)]
    findings = {c.id: tuple(about_centre(c)) for c in found}
    ledger = Ledger(ties)
    standings = tuple(_standing(c, findings[c.id], ledger if with_terms else None) for c in found)
    only = found[0] if len(found) == 1 else None
    if only and with_terms:
        explain_people(ledger, only)
    told = chain(*findings.values()) if found else _about_nothing(graph)
    return Decision(
        account=graph.account.name,
        as_of=graph.as_of,
        centre=only.name if only else None,
        centres=standings,
        people=_people(only) if only else (),
        minimal_winning_coalitions=_coalitions(only, chosen.top) if only else (),
        minimal_winning_count=_count(only.electorate.game_today) if only else None,
        roles=_roles(only) if only else (),
        missing_roles=_missing(only) if only else (),
        moves=_moves(only) if only else (),
        warnings=tuple(dict.fromkeys(code for s in standings for code in s.warnings)),
        findings=worst_first(told, chosen.top),
        explained=ledger.explained,
        terms=ledger.terms,
    )


def _soonest(centre: DecisionCentre) -> tuple[date, tuple[str, str]]:
    return centre.next_decision or date.max, by_name(centre.name, centre.id)


def _standing(centre: Centre, findings: Sequence[Finding], ledger: Ledger | None) -> CentreStanding:
    voters, standing = centre.electorate, centre.standing
    known, there = voters.centre, voters.there
    low, high = cost(standing.luckiest), cost(standing.surest)
    bargain = Interval(value=low if low == high else None, low=low, high=high)
    if ledger:
        explain_centre(ledger, centre, bargain)
    return CentreStanding(
        id=centre.id,
        name=centre.name,
        subject=known.subject,
        yearly_value=None if known.yearly_value is None else float(known.yearly_value),
        next_decision=known.next_decision,
        rule=voters.rule.value,
        votes=float(total(voters.voters)),
        votes_today=float(total(there)),
        needed=None if voters.needed_today is None else float(voters.needed_today),
        votes_for=float(total(v for v in there if v.is_for)),
        votes_against=float(total(v for v in there if v.is_against)),
        votes_unknown=float(total(v for v in there if v.stance is None)),
        outcome=standing.outcome,
        stance=standing.stance,
        c2=centre.c2,
        cost=bargain,
        warnings=tuple(dict.fromkeys(f.code for f in findings if f.severity is not Severity.INFO)),
    )


def _people(centre: Centre) -> tuple[Voting, ...]:
    voters = centre.electorate
    found = [_voting(centre, i, v) for i, v in enumerate(voters.voters)]
    return tuple(
        sorted(found, key=lambda p: (-(p.banzhaf or 0), -p.votes, *by_name(p.person, p.position_id)))
    )


def _voting(centre: Centre, index: int, voter: Voter) -> Voting:
    members = centre.graph.members
    of_all, of_today = centre.power, centre.power_today
    today = centre.electorate.there.index(voter) if voter.is_there else None
    return Voting(
        person=voter.name,
        position_id=voter.id,
        title=voter.holder.position.title,
        seats=len(voter.seats),
        is_vacant=not voter.is_there,
        is_holder_known=voter.holder.person is not None,
        roles=tuple(role.value for role in voter.roles),
        votes=float(voter.votes),
        veto=voter.has_veto,
        stance=voter.stance,
        banzhaf=float(of_all.banzhaf[index]) if of_all else None,
        shapley_shubik=float(of_all.shapley_shubik[index]) if of_all else None,
        banzhaf_today=None if of_today is None or today is None else float(of_today.banzhaf[today]),
        shapley_shubik_today=(
            None if of_today is None or today is None else float(of_today.shapley_shubik[today])
        ),
        swings=sum(of_all.swings[index]) if of_all else None,
        is_swing=centre.standing.turns(voter),
        known_by=tuple(members[m].name for m in centre.known_by(voter)),
    )


def _coalitions(centre: Centre, top: int) -> tuple[tuple[str, ...], ...]:
    """Give the minimal winning coalitions of those who can vote today, nearest to us first."""
    game, there = centre.electorate.game_today, centre.electorate.there
    if game is None:
        return ()
    found = list(islice(minimal_winning(game), max(top, _RANKED)))
    missing = [not v.is_for for v in there]

    def key(coalition: Sequence[int]) -> tuple[int, int, Sequence[int]]:
        return sum(missing[i] for i in coalition), len(coalition), coalition  # voters are by name

    return tuple(tuple(there[i].name for i in c) for c in sorted(found, key=key)[:top])


def _count(game: Game | None) -> int | None:
    return None if game is None else minimal_winning_count(game)


def _roles(centre: Centre) -> tuple[Role, ...]:
    found = []
    for role in BuyingRole:
        if who := [v for v in centre.electorate.there if role in v.roles]:
            covered = sum(bool(centre.known_by(v)) for v in who)
            found.append(Role(role=role.value, people=tuple(v.name for v in who), covered=covered))
    return tuple(found)


def _missing(centre: Centre) -> tuple[str, ...]:
    held = {role for v in centre.electorate.there for role in v.roles}
    return tuple(role.value for role in BuyingRole if role not in held)


def _moves(centre: Centre) -> tuple[Move, ...]:
    return tuple(
        Move(
            person=s.voter.name,
            position_id=s.voter.id,
            stance=s.voter.stance,
            to=s.to,
            steps=s.steps,
            cost=float(s.cost),
        )
        for s in centre.standing.surest or ()
    )


def _about_nothing(graph: AccountGraph) -> Iterable[Finding]:
    yield finding("decision_no_centres", Severity.NOTICE, [graph.account.id])
