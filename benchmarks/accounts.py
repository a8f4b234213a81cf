"""Accounts of any size, made up from a seed: the same arguments give the same account.

``account(400, 12, 900)`` is a client with 400 positions, 12 of us and 900 contact ties. A few of us
know many (Zipf), unless ``is_even``: then everybody knows as many, which is the state of a well-meshed
account, and the hardest for the search of a breaking set.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from graphkam.model.base import Entity
from graphkam.model.business import Contract, Pursuit
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, Mandate
from graphkam.model.vocabulary import BuyingRole, ContactKind, DecisionRule, Occupancy, UnitKind

DAY = date(2026, 11, 23)
FUNCTIONS = ("purchasing", "engineering", "production", "quality", "logistics", "finance", "sales")
VACANT, NAMELESS, UNWEIGHED, UNDATED = 0.03, 0.03, 0.05, 0.02
"""Shares of positions that are vacant or whose holder or weight is unknown, and of undated ties."""
SKEW = 0.8
"""Exponent of the Zipf law by which some of us know more than others."""
_PEOPLE_PER_UNIT, _SEATS_PER_CENTRE, _MOST_CENTRES = 12, 6, 60


def account(
    positions: int,
    members: int,
    ties: int,
    *,
    seed: int = 1,
    is_even: bool = False,
    skew: float = SKEW,
    name: str = "A",
) -> RecordSet:
    """Make the records of one account.

    Parameters
    ----------
    positions
        At the client; a few are vacant or held by nobody knows whom.
    members
        People of ours, each with a mandate.
    ties
        Contact ties, each of another pair.
    seed
        Of the random numbers.
    is_even
        Everybody of ours knows as many.
    skew
        Otherwise, exponent of the Zipf law by which some of us know more than others.
    name
        Id and name of the account, and the beginning of the ids of its records.
    """
    maker = _Maker(random.Random(seed), name, positions)
    return RecordSet(maker.records(members, ties, skew=0.0 if is_even else skew))


class _Maker:
    def __init__(self, dice: random.Random, name: str, positions: int) -> None:
        self._dice, self._name, self._positions = dice, name, positions
        self._units = max(positions // _PEOPLE_PER_UNIT, 1)
        self._held: list[int] = []

    def _id(self, kind: str, number: int) -> str:
        return f"{self._name}-{kind}{number}"

    def records(self, members: int, ties: int, *, skew: float) -> Iterator[Entity]:
        yield Account(id=self._name, name=self._name, lead_id="M1", revenue=Decimal(40_000_000))
        for m in range(1, members + 1):
            function = self._dice.choice(FUNCTIONS)
            yield TeamMember(id=f"M{m}", last_name=f"Ours {m:04}", function=function, seniority=1 + m % 5)
            yield Mandate(id=self._id("m", m), account_id=self._name, member_id=f"M{m}", role="expert")
        yield from self._organisation()
        yield from self._centres()
        yield from self._contacts(members, ties, skew)

    def _organisation(self) -> Iterator[Entity]:
        kinds = tuple(UnitKind)
        for u in range(self._units):
            parent = None if u == 0 else self._id("u", (u - 1) // 4)
            kind = kinds[min(u.bit_length() // 2, len(kinds) - 1)]
            yield OrgUnit(
                id=self._id("u", u), account_id=self._name, name=f"Unit {u:04}", kind=kind, parent_id=parent
            )
        for p in range(self._positions):
            yield from self._position(p)

    def _position(self, p: int) -> Iterator[Entity]:
        dice, draw = self._dice, self._dice.random()
        occupancy = Occupancy.VACANT if draw < VACANT else None
        occupancy = Occupancy.UNKNOWN if VACANT <= draw < VACANT + NAMELESS else occupancy
        yield Position(
            id=self._id("p", p),
            account_id=self._name,
            title=f"Post {p:05}",
            unit_id=self._id("u", dice.randrange(self._units)),
            function=dice.choice(FUNCTIONS),
            seniority=min(1 + p.bit_length() // 3, 5),
            weight=None if dice.random() < UNWEIGHED else dice.choice((1, 1, 2, 2, 3, 3, 4, 5)),
            reports_to_id=None if p == 0 else self._id("p", (p - 1) // 6),
            occupancy=occupancy,
        )
        if occupancy is None:
            self._held.append(p)
            person, position = self._id("h", p), self._id("p", p)
            yield Person(id=person, account_id=self._name, last_name=f"Theirs {p:05}")
            yield Holding(id=self._id("o", p), account_id=self._name, person_id=person, position_id=position)

    def _centres(self) -> Iterator[Entity]:
        dice, roles = self._dice, tuple(BuyingRole)
        for c in range(min(max(self._positions // 20, 1), _MOST_CENTRES)):
            yield DecisionCentre(
                id=self._id("c", c),
                account_id=self._name,
                name=f"Centre {c:03}",
                yearly_value=None if c % 5 == 4 else Decimal(dice.randrange(50, 2000) * 1000),
                rule=DecisionRule.MAJORITY,
            )
            sitting = dice.sample(range(self._positions), min(_SEATS_PER_CENTRE, self._positions))
            for i, p in enumerate(sitting):
                yield Seat(
                    id=self._id(f"c{c}s", i),
                    account_id=self._name,
                    position_id=self._id("p", p),
                    centre_id=self._id("c", c),
                    roles=(roles[i % len(roles)],),
                )
            yield Pursuit(
                id=self._id("d", c),
                account_id=self._name,
                name=f"Pursuit {c:03}",
                centre_id=self._id("c", c) if c % 2 else None,
                position_ids=(self._id("p", dice.randrange(self._positions)),),
                amount=Decimal(dice.randrange(50, 2000) * 1000),
            )
        yield Contract(
            id=self._id("f", 0),
            account_id=self._name,
            name="Framework",
            signatory_id=self._id("p", 0),
            value=Decimal(1_500_000),
        )

    def _contacts(self, members: int, ties: int, skew: float) -> Iterator[Entity]:
        dice = self._dice
        for k, (m, p) in enumerate(self._pairs(members, ties, skew)):
            last = None if dice.random() < UNDATED else DAY - timedelta(days=int(dice.expovariate(1 / 90)))
            yield ContactTie(
                id=self._id("k", k),
                account_id=self._name,
                member_id=f"M{m}",
                person_id=self._id("h", p),
                kind=ContactKind.OWNER if m == 1 else ContactKind.CONTACT,
                level=dice.choice((1, 2, 2, 3, 3)),
                stated_on=last or DAY - timedelta(days=30),
                last_contact=last,
            )

    def _pairs(self, members: int, ties: int, skew: float) -> Iterator[tuple[int, int]]:
        """Draw whom each of us knows, without drawing anybody twice."""
        shares = [m**-skew for m in range(1, members + 1)]
        wanted = [round(ties * share / sum(shares)) for share in shares]
        wanted[0] += ties - sum(wanted)
        left = 0
        for m, count in enumerate(wanted, start=1):
            known = min(count + left, len(self._held))
            left += count - known
            yield from ((m, p) for p in self._dice.sample(self._held, known))
