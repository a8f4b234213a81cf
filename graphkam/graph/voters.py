"""Who votes in a decision centre, by which rule, and how each stands toward our offer.

Blank votes are one. Somebody who holds several seats of a centre casts them together, as one voter. A
vacant seat casts no vote and objects to nothing: what is needed stays what it is, only a unanimity is
one of those who are there. A holder whom nobody can name votes, and how is not known; so does one who
is marked as gone, for whoever follows.

- single decider: the one voter with that role decides, whatever the votes; without exactly one nothing
  can be told;
- majority: more than half of all votes, for whole votes their half rounded down and one;
- quota: as many votes as it says, the majority where it does not say;
- unanimity: all votes.

A veto must be in every winning coalition, whatever the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from graphkam.graph.account_graph import AccountGraph, Stakeholder
from graphkam.method.voting import Game, majority, whole
from graphkam.model.organisation import DecisionCentre, Seat
from graphkam.model.vocabulary import Attribute, BuyingRole, DecisionRule

FOR = 1
"""Stance from which somebody votes for us."""
LEAST_STANCE, MOST_STANCE = -2, 2


@dataclass(frozen=True, slots=True)
class Voter:
    """Who sits in a centre: a person with all his seats of it, or a seat without a known holder."""

    holder: Stakeholder
    """Of the first seat, by name and id."""
    seats: tuple[Seat, ...]
    votes: Fraction
    """As recorded, of all seats."""
    cast: Fraction
    """What counts under the rule: of a single decider one, of all others then none."""
    has_veto: bool
    roles: tuple[BuyingRole, ...]
    stance: int | None
    """-2 to 2; None = unknown."""
    said: str | None
    """Id of the assessment that says so."""

    @property
    def id(self) -> str:
        """Id of the first position."""
        return self.holder.id

    @property
    def name(self) -> str:
        """Name of the holder, or title of the position."""
        return self.holder.name

    @property
    def is_there(self) -> bool:
        """Whether the seat is not vacant."""
        return self.holder.counts

    @property
    def is_for(self) -> bool:
        """Whether the vote is known to be ours."""
        return self.stance is not None and self.stance >= FOR

    @property
    def is_against(self) -> bool:
        """Whether the voter is known to be against us."""
        return self.stance is not None and self.stance < 0


@dataclass(frozen=True)
class Electorate:
    """A decision centre on the day."""

    centre: DecisionCentre
    rule: DecisionRule
    voters: tuple[Voter, ...]
    """By name; vacant seats included."""
    needed: Fraction | None
    """Votes needed; None where nothing can be told: no votes, or no single decider."""

    @cached_property
    def there(self) -> tuple[Voter, ...]:
        """Those who can vote today."""
        return tuple(v for v in self.voters if v.is_there)

    @cached_property
    def needed_today(self) -> Fraction | None:
        """Votes needed of those who are there."""
        is_all = self.rule is DecisionRule.UNANIMITY and self.needed is not None
        return total(self.there) if is_all else self.needed

    @cached_property
    def deciders(self) -> tuple[Voter, ...]:
        """Those with the role of a decider, vacant seats included."""
        return tuple(v for v in self.voters if BuyingRole.DECIDER in v.roles)

    @property
    def game(self) -> Game | None:
        """The game over all seats; its players are ``voters``."""
        return _game(self.voters, self.needed)

    @property
    def game_today(self) -> Game | None:
        """The game without the vacant seats; its players are ``there``."""
        return _game(self.there, self.needed_today)


def total(voters: Iterable[Voter]) -> Fraction:
    """Give the votes that some voters cast."""
    return sum((v.cast for v in voters), Fraction(0))


def electorate(graph: AccountGraph, centre: DecisionCentre) -> Electorate:
    """Give who votes in a centre, and what is needed.

    Parameters
    ----------
    graph
        The account as of a day.
    centre
        One of its decision centres.
    """
    key = ("electorate", centre.id)
    if key not in graph.kept:
        graph.kept[key] = _electorate(graph, centre)
    found: Electorate = graph.kept[key]
    return found


def _electorate(graph: AccountGraph, centre: DecisionCentre) -> Electorate:
    rule = centre.rule or (DecisionRule.MAJORITY if centre.quota is None else DecisionRule.QUOTA)
    voters = _voters(graph, centre)
    if rule is DecisionRule.SINGLE_DECIDER:
        deciders = [v.id for v in voters if BuyingRole.DECIDER in v.roles]
        voters = tuple(replace(v, cast=Fraction([v.id] == deciders)) for v in voters)
    return Electorate(centre, rule, voters, _needed(centre, rule, voters))


def _needed(centre: DecisionCentre, rule: DecisionRule, voters: Sequence[Voter]) -> Fraction | None:
    votes = total(voters)
    if votes == 0:
        return None
    if rule in {DecisionRule.UNANIMITY, DecisionRule.SINGLE_DECIDER}:
        return votes
    if rule is DecisionRule.QUOTA and centre.quota is not None:
        return Fraction(centre.quota)
    return majority([v.cast for v in voters])


def _voters(graph: AccountGraph, centre: DecisionCentre) -> tuple[Voter, ...]:
    by_position = {seat.position_id: seat for seat in graph.seats_of[centre.id]}
    seats: dict[str, list[tuple[Stakeholder, Seat]]] = {}
    for s in graph.stakeholders:  # they are in the order of names
        if s.id in by_position:
            seats.setdefault(s.person.id if s.person else s.id, []).append((s, by_position[s.id]))
    return tuple(_voter(graph, centre, held) for held in seats.values())


def _voter(graph: AccountGraph, centre: DecisionCentre, held: Sequence[tuple[Stakeholder, Seat]]) -> Voter:
    holder, seats = held[0][0], tuple(seat for _, seat in held)
    votes = sum((Fraction(1) if s.votes is None else Fraction(str(s.votes)) for s in seats), Fraction(0))
    has = {role for seat in seats for role in seat.roles}
    stance, said = None, None
    if holder.person is not None and not holder.has_left:
        stance = graph.stance(holder.person.id, centre.id)
        said = graph.said(holder.person.id, Attribute.STANCE, centre.id)
    return Voter(
        holder=holder,
        seats=seats,
        votes=votes,
        cast=votes,
        has_veto=any(seat.veto for seat in seats),
        roles=tuple(role for role in BuyingRole if role in has),
        stance=stance,
        said=said.id if said else None,
    )


def _game(voters: Sequence[Voter], needed: Fraction | None) -> Game | None:
    if needed is None:
        return None
    weights, quota = whole([v.cast for v in voters], needed)
    return Game(weights, quota, frozenset(i for i, v in enumerate(voters) if v.has_veto))
