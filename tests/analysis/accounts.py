"""Small accounts for tests, written as tables: who of us knows whom, at which level."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.build import account_graph
from graphkam.model.base import Entity
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie

DAY = date(2026, 11, 23)
WEIGHTS = dict(zip(("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"), (5, 4, 4, 3, 2, 2, 1, 1), strict=True))
BOW_TIE = {
    **{f"C{i}": {"KAM": 3} for i in range(1, 9)},
    "C5": {"KAM": 3, "SAV": 2},
    "C7": {"KAM": 3, "LOG": 2},
}
DIAMOND = {
    "C1": {"DG": 3, "KAM": 3},
    "C2": {"RD": 3, "KAM": 2},
    "C3": {"MKT": 2, "KAM": 2},
    "C4": {"PROD": 3, "KAM": 1},
    "C5": {"SAV": 3, "LOG": 2},
    "C6": {"RD": 2, "KAM": 2},
    "C7": {"LOG": 3},
    "C8": {"SAV": 2},
}
"""The oracle of the design: the last contact of every tie is today."""

Ties = dict[str, dict[str, int | None]]


def tie(member: str, person: str, level: int | None, *, last: date | None = DAY, **options) -> ContactTie:
    """Make a contact tie to the holder of the seat of that name."""
    return ContactTie(
        id=f"{member}-{person}",
        account_id="a",
        member_id=member,
        person_id=f"p{person}",
        level=level,
        last_contact=last,
        **{"kind": "contact", "stated_on": DAY, **options},
    )


def member(name: str, **options) -> TeamMember:
    return TeamMember(id=name, last_name=name, **options)


def seat(name: str, weight: int | None, **options) -> Position:
    return Position(id=name, account_id="a", title=f"Seat of {name}", weight=weight, **options)


def holder(name: str, **options) -> tuple[Person, Holding]:
    """Make the person of a seat, with its holding."""
    person = Person(id=f"p{name}", account_id="a", last_name=name, **options)
    return person, Holding(id=f"h{name}", account_id="a", person_id=f"p{name}", position_id=name)


def unit(name: str, parent: str | None = None, **options) -> OrgUnit:
    given = {"kind": "site", **options}
    return OrgUnit(id=name, account_id="a", name=f"Unit {name}", parent_id=parent, **given)


def centre(name: str, seats: Iterable[str], *, value: int | None = None, **options) -> tuple[Entity, ...]:
    """Make a decision centre in which some positions sit, the first as its decider."""
    sitting = [
        Seat(
            id=f"{name}-{s}",
            account_id="a",
            position_id=s,
            centre_id=name,
            roles=("decider",) if i == 0 else ("user",),
            **options,
        )
        for i, s in enumerate(seats)
    ]
    return DecisionCentre(id=name, account_id="a", name=f"Centre {name}", yearly_value=value), *sitting


def records(
    ties: Ties,
    weights: dict[str, int | None],
    *,
    last: date | None = DAY,
    extra: Iterable[Entity] = (),
    **account,
) -> RecordSet:
    """Make the records of an account; an extra record replaces the one of its kind and id."""
    members = sorted({m for known in ties.values() for m in known})
    made: list[Entity] = [Account(**{"id": "a", "name": "Acme", **account}), *(member(m) for m in members)]
    for person, weight in weights.items():
        made += [seat(person, weight), *holder(person)]
    made += [tie(m, person, level, last=last) for person, known in ties.items() for m, level in known.items()]
    return RecordSet((*made, *extra))


def graph(
    ties: Ties, weights: dict[str, int | None] = WEIGHTS, *, as_of: date = DAY, **options
) -> AccountGraph:
    """Make an account as of a day."""
    return account_graph(records(ties, weights, **options), "a", as_of)


def empty() -> AccountGraph:
    """Make an account of which nothing is known."""
    return graph({}, {})
