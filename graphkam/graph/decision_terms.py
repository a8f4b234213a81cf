"""What the figures of a decision centre are summed from."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from graphkam.graph.centre import Centre
from graphkam.graph.standing import cost
from graphkam.graph.terms import Ledger
from graphkam.graph.voters import LEAST_STANCE, MOST_STANCE, Voter, total
from graphkam.method.voting import Power
from graphkam.model.base import Interval


def explain_centre(ledger: Ledger, centre: Centre, bargain: Interval) -> None:
    """Say where the headline of a centre comes from: votes for us, weighted stance, C2, cost of winning.

    Parameters
    ----------
    ledger
        Where it is said.
    centre
        The centre.
    bargain
        The cost of winning.
    """
    place = f"centres[{centre.id}]"
    _explain_votes(ledger, centre, place)
    _explain_stance(ledger, centre, place)
    if centre.c2 is not None:
        chosen = np.zeros(len(centre.ties.weight), dtype=np.bool_)
        for name, seats in ((f"weight:{centre.id}", None), (f"c2:{centre.id}", centre.twice)):
            chosen[list(centre.part.seats)] = True if seats is None else seats
            ledger.seats(name, centre.ties.weight, chosen)
        ledger.figure(f"{place}.c2", centre.c2, f"c2:{centre.id}", f"weight:{centre.id}")
    for end, moved in (("low", centre.standing.luckiest), ("high", centre.standing.surest)):
        name = f"cost.{end}:{centre.id}"
        ledger.figure(f"{place}.cost.{end}", cost(moved), name)
        for s in moved or ():
            _term(ledger, name, s.voter, s.cost)
    if bargain.value is not None:
        ledger.figure(f"{place}.cost.value", bargain.value, f"cost.high:{centre.id}")


def explain_people(ledger: Ledger, centre: Centre) -> None:
    """Say where the power of each voter comes from: his swings, over all and by the size of coalitions."""
    voters = centre.electorate
    for today, power, players in (
        ("", centre.power, voters.voters),
        ("_today", centre.power_today, voters.there),
    ):
        if power is not None:
            _explain_power(ledger, today, power, players)


def _explain_power(ledger: Ledger, today: str, power: Power, players: tuple[Voter, ...]) -> None:
    for i, v in enumerate(players):
        place, own = f"people[{v.id}]", Fraction(sum(power.swings[i]))
        _term(ledger, f"swings{today}", v, own)
        _term(ledger, f"swings{today}:{v.id}", v, own)
        for size, part in enumerate(power.orders[i]):
            if part:
                ledger.term(f"orders{today}:{v.id}", v.id, v.name, float(part), weight=float(size))
        name = f"banzhaf{today}"
        ledger.figure(f"{place}.{name}", float(power.banzhaf[i]), f"swings{today}:{v.id}", f"swings{today}")
        name = f"shapley_shubik{today}"
        ledger.figure(f"{place}.{name}", float(power.shapley_shubik[i]), f"orders{today}:{v.id}")


def _explain_votes(ledger: Ledger, centre: Centre, place: str) -> None:
    there = centre.electorate.there
    sides = {"for": [v for v in there if v.is_for], "against": [v for v in there if v.is_against]}
    for side, voters in sides.items():
        name = f"votes_{side}:{centre.id}"
        for v in voters:
            _term(ledger, name, v, v.cast)
        ledger.figure(f"{place}.votes_{side}", float(total(voters)), name)


def _explain_stance(ledger: Ledger, centre: Centre, place: str) -> None:
    found, there = centre.standing.stance, centre.electorate.there
    for end, unknown in (("value", None), ("low", LEAST_STANCE), ("high", MOST_STANCE)):
        value = getattr(found, end)
        if value is None:
            continue
        votes = f"votes known:{centre.id}" if unknown is None else f"votes:{centre.id}"
        ledger.figure(f"{place}.stance.{end}", value, f"stance.{end}:{centre.id}", votes)
        for v in there:
            stance = unknown if v.stance is None else v.stance
            if stance is not None:
                _term(ledger, f"stance.{end}:{centre.id}", v, v.cast * stance)
                if end != "high":
                    _term(ledger, votes, v, v.cast)


def _term(ledger: Ledger, name: str, voter: Voter, value: Fraction) -> None:
    because = [voter.said] if voter.said else ()
    ledger.term(name, voter.id, voter.name, float(value), weight=float(voter.cast), because=because)
