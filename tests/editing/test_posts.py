"""Positions, and who holds them from when to when."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.editing.facts import after
from graphkam.editing.posts import abolish, add_person, add_position, before, leave, move, place, succeed
from graphkam.errors import InputError
from graphkam.graph.build import account_graph
from graphkam.model.organisation import Position
from graphkam.model.people import Holding, Person

from .conftest import DAY, RECORDS, broken


def holder(records, position_id, day=DAY):
    stakeholder = account_graph(records, "ACM", day).by_position.get(position_id)
    return stakeholder and (stakeholder.person.name if stakeholder.person else stakeholder.occupancy.value)


def test_a_vacant_seat_is_a_position_that_nobody_holds(records):
    made = add_position(records, "ACM", title="Head of quality", reports_to_id="ACM-p001", weight=4)
    now = after(records, made)
    assert holder(now, "ACM-p004") == "vacant"
    assert now.get(Position, "ACM-p004").reports_to_id == "ACM-p001"


def test_a_new_person_takes_a_position_that_was_vacant(records):
    now = after(records, add_person(records, "ACM", last_name="Blanc", position_id="ACM-p003"))
    assert holder(now, "ACM-p003") == "Blanc"


def test_a_new_person_comes_with_a_new_position(records):
    post = {"title": "Plant manager", "reports_to_id": "ACM-p001"}
    made = add_person(records, "ACM", last_name="Blanc", first_name="Eva", since="2026-09", post=post)
    now = after(records, made)
    assert holder(now, "ACM-p004") == "Eva Blanc"
    assert holder(now, "ACM-p004", date(2026, 8, 31)) == "vacant"
    assert broken(records, made) == []


def test_a_person_without_a_place_is_a_person(records):
    [person] = add_person(records, "ACM", last_name="Blanc").puts
    assert isinstance(person, Person)


def test_a_change_of_holder_ends_the_one_and_begins_the_other(records):
    made = add_person(records, "ACM", last_name="Blanc", position_id="ACM-p002", since="2026-11-01")
    now = after(records, made)
    assert [holder(now, "ACM-p002", day) for day in (date(2026, 10, 31), date(2026, 11, 1))] == [
        "Luc Roux",
        "Blanc",
    ]
    assert now.get(Holding, "h2").until == "2026-10-31"
    assert now.get(Position, "ACM-p002") == records.get(Position, "ACM-p002")
    assert broken(records, made) == []


def test_somebody_known_moves_into_a_second_post_and_keeps_the_first(records):
    now = after(records, place(records, "ACM-n002", "ACM-p003", on="2026-11"))
    assert {holder(now, p) for p in ("ACM-p002", "ACM-p003")} == {"Luc Roux"}


def test_who_comes_before_the_present_holder_ends_where_that_one_begins(records):
    now = after(
        records, add_person(records, "ACM", last_name="Vieux", position_id="ACM-p002", since="2019-05")
    )
    assert holder(now, "ACM-p002", date(2024, 1, 14)) == "Vieux"
    assert holder(now, "ACM-p002") == "Luc Roux"


def test_a_position_falls_vacant_from_a_day_on(records):
    now = after(records, succeed(records, "ACM-p002", person_id=None, on="2026-11-20"))
    assert holder(now, "ACM-p002") == "vacant"
    assert holder(now, "ACM-p002", date(2026, 11, 19)) == "Luc Roux"


def test_who_leaves_leaves_every_position(records):
    both = after(records, place(records, "ACM-n002", "ACM-p003", on="2026-11-01"))
    now = after(both, leave(both, "ACM-n002", on="2026-11-15"))
    assert [holder(now, p) for p in ("ACM-p002", "ACM-p003")] == ["vacant", "vacant"]
    assert now.get(Person, "ACM-n002").status == "left"
    assert holder(now, "ACM-p003", date(2026, 11, 14)) == "Luc Roux"


def test_a_position_that_is_abolished_is_there_until_then(records):
    now = after(records, abolish(records, "ACM-p002", until="2026-11-10"))
    assert holder(now, "ACM-p002") is None
    assert holder(now, "ACM-p002", date(2026, 11, 10)) == "Luc Roux"


def test_a_circle_of_reporting_lines_is_told_with_its_list(records):
    made = move(records.get(Position, "ACM-p001"), boss_id="ACM-p003")
    assert broken(records, made) == ["reporting_cycle"]
    assert broken(records, move(records.get(Position, "ACM-p003"), boss_id="ACM-p001")) == []


@pytest.mark.parametrize(
    ("position", "person", "on", "key"),
    [
        ("ACM-p002", "ACM-n001", None, "edit_when"),
        ("ACM-p003", None, None, "edit_when"),
        ("ACM-p002", "ACM-n001", "2024-01-15", "edit_too_early"),
        ("ACM-p002", None, "2023-01", "edit_too_early"),
        ("ACM-p002", "ACM-n002", "2026-01", "edit_holds_already"),
        ("gone", "ACM-n002", "2026-01", "edit_gone"),
    ],
)
def test_what_cannot_be_is_refused(records, position, person, on, key):
    with pytest.raises(InputError) as refused:
        succeed(records, position, person_id=person, on=on)
    assert refused.value.key == f"error.{key}"


def test_the_day_before_a_month_is_a_month():
    assert [before(day) for day in ("2026-11-01", "2026-11", "2026-01")] == [
        "2026-10-31",
        "2026-10",
        "2025-12",
    ]


@given(st.lists(st.tuples(st.sampled_from(["ACM-n001", "ACM-n002", None]), st.integers(0, 4000)), max_size=6))
def test_a_position_never_has_two_holders_at_once(changes):
    """However hands change, in whatever order it is said."""
    now = RECORDS
    for person_id, days in changes:
        on = (date(2018, 1, 1) + timedelta(days=days)).isoformat()
        try:
            made = succeed(now, "ACM-p003", person_id=person_id, on=on)
        except InputError:
            continue
        assert broken(now, made) == []
        now = after(now, made)
    held = [h for h in now.of(Holding) if h.position_id == "ACM-p003"]
    days = sorted((h.since, h.until or "9999") for h in held)
    assert all(one[1] < other[0] for one, other in pairwise(days))
