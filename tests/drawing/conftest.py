"""Accounts sketched in a few words."""

from datetime import date

import pytest

from graphkam.graph.build import account_graph
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie

DAY = date(2026, 11, 23)


class Sketch:
    """An account to which people, units and ties are added by name."""

    def __init__(self, name="Acme"):
        self.records = [Account(id="a", name=name)]

    def add(self, record, /, **fields):
        self.records.append(record(account_id="a", **fields))

    def unit(self, unit_id, name=None, kind="department", parent=None, **fields):
        self.add(OrgUnit, id=unit_id, name=name or unit_id, kind=kind, parent_id=parent, **fields)

    def person(self, person_id, name=None, *, stance=None, seat=None, **position):
        self.seat(seat or person_id, **position)
        self.add(Person, id=f"person {person_id}", last_name=name or person_id)
        self.holds(person_id, seat or person_id)
        if stance is not None:
            self.add(
                Assessment,
                id=f"stance {person_id}",
                person_id=f"person {person_id}",
                attribute="stance",
                value=stance,
                date=DAY,
            )

    def seat(self, seat_id, *, title=None, unit=None, boss=None, **position):
        self.add(
            Position,
            id=seat_id,
            title=title or f"Seat of {seat_id}",
            unit_id=unit,
            reports_to_id=boss,
            **position,
        )

    def holds(self, person_id, seat_id):
        self.add(
            Holding, id=f"{person_id} holds {seat_id}", person_id=f"person {person_id}", position_id=seat_id
        )

    def tie(self, member_id, person_id, level=3, *, kind="contact", last=DAY, desired=None):
        if not any(r.id == member_id for r in self.records if isinstance(r, TeamMember)):
            self.records.append(TeamMember(id=member_id, last_name=member_id))
        self.add(
            ContactTie,
            id=f"{member_id} knows {person_id}",
            member_id=member_id,
            person_id=f"person {person_id}",
            kind=kind,
            level=level,
            desired=desired,
            last_contact=last,
            stated_on=last or DAY,
        )

    def influence(self, source, target, kind="advice", weight=None):
        self.add(
            InfluenceTie,
            id=f"{source} {kind} {target}",
            from_id=f"person {source}",
            to_id=f"person {target}",
            kind=kind,
            weight=weight,
        )

    def centre(self, centre_id, seats, **fields):
        self.add(DecisionCentre, id=centre_id, name=centre_id, **fields)
        for position, roles, veto in seats:
            self.add(
                Seat,
                id=f"{position} in {centre_id}",
                position_id=position,
                centre_id=centre_id,
                roles=roles,
                veto=veto,
            )

    def graph(self, as_of=DAY):
        return account_graph(RecordSet(self.records), "a", as_of)


@pytest.fixture
def sketch():
    return Sketch()


@pytest.fixture
def acme():
    """A small account in which everything occurs once."""
    made = Sketch()
    made.unit("group", "Acme Group", "group")
    made.unit("buying", "Purchasing", parent="group")
    made.person("ceo", "Ann Lee", unit="group", title="CEO", weight=5, seniority=1, stance="?")
    made.person("buyer", "Bob Ray", unit="buying", boss="ceo", weight=4, stance="-2", title="Head buyer")
    made.person("clerk", "Cid Fox", unit="buying", boss="buyer", stance="2", dotted_to_ids=("ceo",))
    made.seat("free", unit="buying", boss="buyer", occupancy="vacant", weight=3, title="Buyer, steel")
    made.seat("hidden", unit="buying", boss="buyer", occupancy="unknown", weight=2, title="Buyer, glass")
    made.person("adviser", "Dee Orr", stance="0")
    made.tie("Kim", "buyer", 3, kind="owner")
    made.tie("Lou", "buyer", 2, kind="backup", desired=3)
    made.tie("Kim", "clerk", 2)
    made.tie("Kim", "ceo", 3, kind="owner", last=date(2024, 1, 10))
    made.influence("adviser", "buyer", weight=4)
    made.influence("clerk", "ceo", "conflict")
    made.centre("Frame contract", [("buyer", ("decider",), False), ("ceo", ("influencer",), True)])
    return made.graph()
