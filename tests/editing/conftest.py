"""A small account to edit: a director, her buyer, a vacant post, and two of us."""

from datetime import date

import pytest

from graphkam.model.business import Interaction
from graphkam.model.integrity import check
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie

DAY = date(2026, 11, 23)


def of_account(record_class, record_id, **fields):
    return record_class(id=record_id, account_id="ACM", version=3, **fields)


RECORDS = RecordSet(
    [
        Account(id="ACM", name="Acme"),
        TeamMember(id="KAM", last_name="Vasseur", first_name="Claire"),
        TeamMember(id="SAV", last_name="Ott", first_name="Nils"),
        of_account(OrgUnit, "ACM-u001", name="Lyon", kind="site"),
        of_account(Position, "ACM-p001", title="Director", weight=5, unit_id="ACM-u001"),
        of_account(Position, "ACM-p002", title="Buyer", weight=3, reports_to_id="ACM-p001"),
        of_account(Position, "ACM-p003", title="Assistant", reports_to_id="ACM-p002", occupancy="vacant"),
        of_account(Person, "ACM-n001", last_name="Mercier", first_name="Anne"),
        of_account(Person, "ACM-n002", last_name="Roux", first_name="Luc"),
        of_account(Holding, "h1", person_id="ACM-n001", position_id="ACM-p001", since="2020-03"),
        of_account(Holding, "h2", person_id="ACM-n002", position_id="ACM-p002", since="2024-01-15"),
        of_account(DecisionCentre, "ACM-d001", name="Packaging"),
        of_account(Seat, "s1", position_id="ACM-p001", centre_id="ACM-d001", roles=("decider",)),
        of_account(
            ContactTie, "KAM~ACM-n001", member_id="KAM", person_id="ACM-n001", kind="owner", level=2,
            stated_on=date(2026, 5, 2), last_contact=date(2026, 4, 20), desired=3,
        ),
        of_account(InfluenceTie, "l1", from_id="ACM-n001", to_id="ACM-n002", kind="advice", weight=3),
        of_account(Assessment, "a1", person_id="ACM-n001", attribute="stance", value="1",
            date=date(2026, 1, 5), source="Said so at the fair",
        ),
        of_account(Interaction, "m1", date=date(2026, 4, 20), member_ids=("KAM",), person_ids=("ACM-n001",)),
    ]
)  # fmt: skip


@pytest.fixture
def records():
    return RECORDS


def broken(before, changes):
    """Give what does not hold after some changes and held before."""
    now = check(before.merged(changes.puts, changes.removals))
    return [v.code for v in now if v.severity == "error" and v not in set(check(before))]
