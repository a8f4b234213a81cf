"""What is ended and what is removed."""

from datetime import date

import pytest

from graphkam.editing.facts import after
from graphkam.editing.leaving import can_end, end, remove
from graphkam.errors import InputError
from graphkam.graph.build import account_graph
from graphkam.model.business import Interaction
from graphkam.model.organisation import Position, Seat
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.ties import ContactTie, InfluenceTie

from .conftest import RECORDS, broken


def test_what_ends_was_so_until_then(records):
    now = after(records, end(records.get(InfluenceTie, "l1"), until="2026-06-30"))
    assert account_graph(now, "ACM", date(2026, 6, 30)).influences
    assert not account_graph(now, "ACM", date(2026, 7, 1)).influences


def test_a_contact_cannot_end_but_only_be_removed(records):
    tie = records.get(ContactTie, "KAM~ACM-n001")
    assert not can_end(tie)
    with pytest.raises(InputError):
        end(tie, until="2026-06-30")
    assert remove(records, tie).removals == (tie,)


def test_with_a_person_goes_what_was_known_of_the_person(records):
    now = after(records, remove(records, records.get(Person, "ACM-n001")))
    assert [now.of(kind) for kind in (ContactTie, InfluenceTie, Assessment, Interaction)] == [()] * 4
    assert [h.id for h in now.of(Holding)] == ["h2"]
    assert now.get(Position, "ACM-p001") is not None


def test_who_reported_to_a_position_that_goes_reports_to_the_one_above(records):
    now = after(records, remove(records, records.get(Position, "ACM-p002")))
    assert now.get(Position, "ACM-p003").reports_to_id == "ACM-p001"
    both = (records.get(Position, "ACM-p001"), records.get(Position, "ACM-p002"))
    now = after(records, remove(records, *both))
    assert now.get(Position, "ACM-p003").reports_to_id is None
    assert now.of(Seat) == ()


@pytest.mark.parametrize("record", list(RECORDS), ids=lambda record: record.id)
def test_whatever_is_removed_leaves_nothing_that_leads_nowhere(records, record):
    assert broken(records, remove(records, record)) == []
