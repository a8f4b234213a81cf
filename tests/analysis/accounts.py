"""Small accounts for the tests of analyses, written as tables."""

from __future__ import annotations

from datetime import date

from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.build import account_graph
from graphkam.model.base import Entity
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie

DAY = date(2026, 11, 23)
WEIGHTS = dict(zip(("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"), (5, 4, 4, 3, 2, 2, 1, 1), strict=True))
BOW_TIE = {**{f"C{i}": {"KAM": 3} for i in range(1, 9)}, "C5": {"KAM": 3, "SAV": 2}, "C7": {"KAM": 3, "LOG": 2}}
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

Ties = dict[str, dict[str, int | None]]


def records(ties: Ties, weights: dict[str, int | None], *, last: date | None = DAY, extra: tuple[Entity, ...] = ()):
    """Make the records of an account: who of us knows whom, at which level, since today."""
    members = sorted({m for known in ties.values() for m in known})
    made: list[Entity] = [Account(id="a", name="Acme"), *(TeamMember(id=m, last_name=m) for m in members)]
    for person, weight in weights.items():
        made += [
            Person(id=f"p{person}", account_id="a", last_name=person),
            Position(id=person, account_id="a", title=f"Seat of {person}", weight=weight),
            Holding(id=f"h{person}", account_id="a", person_id=f"p{person}", position_id=person),
        ]
    made += [
        ContactTie(
            id=f"{m}-{person}",
            account_id="a",
            member_id=m,
            person_id=f"p{person}",
            kind="contact",
            level=level,
            stated_on=DAY,
            last_contact=last,
        )
        for person, known in ties.items()
        for m, level in known.items()
    ]
    return RecordSet((*made, *extra))


def graph(ties: Ties, weights: dict[str, int | None] = WEIGHTS, **options) -> AccountGraph:
    return account_graph(records(ties, weights, **options), "a", DAY)
