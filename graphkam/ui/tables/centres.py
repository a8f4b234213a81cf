"""Decision centres: where they stand, who decides in one of them, what it would take to win it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphkam.model.vocabulary import label
from graphkam.text import UNKNOWN
from graphkam.ui.questions import decision_of, influence_of
from graphkam.ui.table import Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.decision import CentreStanding, Decision, Voting
    from graphkam.analysis.influence import Influence
    from graphkam.text import Words
    from graphkam.ui.state import View

_NOTHING = 1e-9
"""Leverage that is none."""


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:
    """Give the tables of all centres, or of the one asked for."""
    words = view.words
    every = centres(words, view.answer(decision_of, None), view.graph().currency)
    if not (wanted := asked.get("centre")):
        return (every,)
    found, swayed = view.answer(decision_of, wanted[0]), view.answer(influence_of, wanted[0])
    return (
        every,
        people(words, found, swayed),
        moves(words, found),
        coalitions(found),
        convince(words, swayed),
    )


def centres(words: Words, found: Decision, currency: str) -> Table:
    """Where the centres stand, the next to decide first."""
    rows = [
        {
            "id": c.id,
            "centre": c.name,
            "next_decision": c.next_decision,
            "outcome": outcome(words, c),
            "votes_for": f"{words.number(c.votes_for)} / {words.number(c.needed)}",
            "votes_against": c.votes_against,
            "votes_unknown": c.votes_unknown,
            "cost": cost(words, c),
            "c2": c.c2,
            "value": c.yearly_value,
            "warnings": len(c.warnings),
        }
        for c in found.centres
    ]
    named = columns("centre", "day:next_decision", "outcome", "votes_for", "number:votes_against")
    named += columns("number:votes_unknown", "cost", "share:c2", "money:value", "number:warnings")
    return Table("centres", "app.page.centres", named, rows, currency)


def outcome(words: Words, centre: CentreStanding) -> str:
    """Say where a centre stands; of some nothing can be told."""
    return words.say(f"app.outcome.{centre.outcome}") if centre.outcome else UNKNOWN


def cost(words: Words, centre: CentreStanding) -> str:
    """Say how many steps of stance would win a centre, or between how many and how many."""
    low, high = centre.cost.low, centre.cost.high
    if low is None:
        return words.say("cli.out_of_reach")
    return words.number(low) if low == high else f"{words.number(low)}\u2013{words.number(high)}"


def people(words: Words, found: Decision, swayed: Influence) -> Table:
    """Who sits in the centre, the most powerful first, and where they settle."""
    settles = {p.id: p for p in swayed.people}
    rows = [_person(words, p, settles) for p in found.people]
    is_less = any(p.is_vacant for p in found.people)
    powers = ("share:power_today", "share:power_all") if is_less else ("share:power_today",)
    named = columns(
        "person", "role", "stance", "settles", "votes", *powers, "flag:swing", "known_by", "title"
    )
    return Table("voters", "app.centres.people", named, rows)


def _person(words: Words, p: Voting, settles: Mapping[str, Any]) -> Mapping[str, Any]:
    end = settles.get(p.position_id)
    return {
        "id": p.position_id,
        "person": f"{p.person} ({words.say('app.vacant')})" if p.is_vacant else p.person,
        "title": p.title,
        "role": ", ".join(label("buying_role", role, words.language) for role in p.roles),
        "votes": f"{words.number(p.votes)} + {words.say('cli.col.veto')}"
        if p.veto
        else words.number(p.votes),
        "stance": "" if p.is_vacant else stance(words, p.stance),
        "settles": "" if p.is_vacant or end is None else signed(words, end.equilibrium),
        "power_today": p.banzhaf_today,
        "power_all": p.banzhaf,
        "swing": p.is_swing,
        "known_by": ", ".join(p.known_by),
    }


def stance(words: Words, value: int | None) -> str:
    """Say a stance with its number, so that it sorts and reads without colour."""
    if value is None:
        return UNKNOWN
    return f"{value:+d} {label('stance', str(value), words.language)}".replace("-", "\u2212").replace(
        "+0", "0"
    )


def signed(words: Words, value: float | None, digits: int = 1) -> str:
    """Say a stance between the degrees, with its sign."""
    said = words.number(value, digits).replace("-", "\u2212")
    return f"+{said}" if value is not None and value > 0 else said


def moves(words: Words, found: Decision) -> Table:
    """Whom it would take to win, enough whatever the unknown stances are."""
    known_by = {p.position_id: p.known_by for p in found.people}
    rows = [
        {
            "id": m.position_id,
            "person": m.person,
            "stance": stance(words, m.stance),
            "to": stance(words, m.to),
            "steps": m.steps,
            "known_by": ", ".join(known_by.get(m.position_id, ())),
        }
        for m in found.moves
    ]
    return Table(
        "moves", "app.centres.moves", columns("person", "stance", "to", "number:steps", "known_by"), rows
    )


def coalitions(found: Decision) -> Table:
    """Who wins together today, nobody to spare; those nearest to us first."""
    rows = [{"who": ", ".join(names), "people": len(names)} for names in found.minimal_winning_coalitions]
    return Table("coalitions", "app.centres.coalitions", columns("who", "number:people"), rows)


def convince(words: Words, swayed: Influence) -> Table:
    """Whom to convince: whose step moves the whole most, of those who can still come up."""
    rows = [
        {
            "id": p.id,
            "person": f"{p.person} ({words.say('cli.col.external')})" if p.is_external else p.person,
            "stance": stance(words, p.stance),
            "settles": signed(words, p.equilibrium),
            "leverage": p.leverage,
            "influences": p.influences,
            "known_by": ", ".join(p.known_by),
        }
        for p in swayed.people
        if (p.leverage or 0) > _NOTHING and p.room != 0
    ]
    named = columns("person", "stance", "settles", "number:leverage", "number:influences", "known_by")
    return Table("convince", "app.centres.convince", named, rows)
