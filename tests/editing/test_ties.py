"""Influence, contacts, seats, stances, actions."""

from datetime import date

import pytest

from graphkam.editing.facts import after
from graphkam.editing.ties import assess, contact, influence, seat
from graphkam.errors import InputError
from graphkam.graph.build import account_graph
from graphkam.model.people import Assessment
from graphkam.model.ties import ContactTie, InfluenceTie
from graphkam.model.vocabulary import Attribute

from .conftest import DAY, broken


def tie(records, member_id="KAM", person_id="ACM-n001"):
    return next(t for t in records.of(ContactTie) if (t.member_id, t.person_id) == (member_id, person_id))


def known_on(records, day):
    [found] = [c for c in account_graph(records, "ACM", day).contacts if c.member_id == "KAM"]
    return found.level, found.last_contact


def test_a_conflict_is_a_tie_of_that_kind(records):
    made = influence(records, "ACM-n002", "ACM-n001", kind="conflict", weight=4, source="Left the meeting")
    now = after(records, made)
    assert now.get(InfluenceTie, "ACM-l001").kind == "conflict"
    assert broken(records, made) == []


@pytest.mark.parametrize(
    ("ends", "code"),
    [(("ACM-n002", "ACM-n002"), "influences_itself"), (("ACM-n001", "ACM-n002"), "duplicate_tie")],
)
def test_a_tie_that_cannot_be_is_refused_where_it_is_written(records, ends, code):
    assert broken(records, influence(records, *ends, kind="advice")) == [code]


def test_a_backup_has_a_level_now_and_one_desired(records):
    said = {"kind": "backup", "level": 1, "desired": 2, "last_contact": date(2026, 11, 2)}
    made = contact(records, "SAV", "ACM-n001", on=DAY, **said)
    assert broken(records, made) == []
    [added] = made.puts
    assert (added.kind, added.level, added.desired, added.stated_on) == ("backup", 1, 2, DAY)


def test_without_a_level_nothing_is_stated(records):
    [added] = contact(records, "SAV", "ACM-n002", on=DAY, kind="contact").puts
    assert (added.level, added.stated_on) == (None, None)


def test_a_new_owner_takes_over_from_the_one_before(records):
    made = contact(records, "SAV", "ACM-n001", on=DAY, kind="owner", level=2)
    now = after(records, made)
    assert (tie(now, "SAV").kind, tie(now).kind) == ("owner", "contact")
    assert broken(records, made) == []


def test_a_new_level_keeps_what_was_said_before(records):
    made = contact(records, "KAM", "ACM-n001", on=DAY, base=tie(records), level=3, last_contact=DAY)
    now = after(records, made)
    assert tie(now).past == ("2026-05-02:2:2026-04-20",)
    assert known_on(now, DAY) == (3, DAY)
    assert known_on(now, date(2026, 6, 1)) == known_on(records, date(2026, 6, 1)) == (2, date(2026, 4, 20))


def test_said_twice_on_a_day_the_later_word_counts(records):
    once = after(records, contact(records, "KAM", "ACM-n001", on=DAY, level=3))
    twice = after(once, contact(once, "KAM", "ACM-n001", on=DAY, base=tie(once), level=1))
    assert (tie(twice).level, tie(twice).past) == (1, ("2026-05-02:2:2026-04-20",))


def test_what_is_said_of_an_earlier_day_does_not_become_the_newest(records):
    made = contact(records, "KAM", "ACM-n001", on=date(2025, 1, 1), base=tie(records), level=1)
    now = tie(after(records, made))
    assert (now.level, now.stated_on) == (2, date(2026, 5, 2))
    assert now.past == ("2025-01-01:1:2026-04-20",)


def test_what_is_no_statement_leaves_the_statements_alone(records):
    made = contact(records, "KAM", "ACM-n001", on=DAY, base=tie(records), desired=2, note="Prefers calls")
    assert (tie(after(records, made)).stated_on, tie(after(records, made)).past) == (date(2026, 5, 2), ())
    assert contact(records, "KAM", "ACM-n001", on=DAY, base=tie(records), level=2).is_empty


def test_a_second_tie_of_the_same_two_is_said_of_the_first(records):
    now = after(records, contact(records, "KAM", "ACM-n001", on=DAY, kind="backup"))
    assert len(now.of(ContactTie)) == 1
    assert (tie(now).kind, tie(now).level) == ("backup", 2)


def test_a_seat_has_roles(records):
    made = seat(records, "ACM-p002", "ACM-d001", roles=("buyer", "user"), veto=True)
    assert broken(records, made) == []
    assert (made.puts[0].roles, made.puts[0].votes, made.puts[0].veto) == (("buyer", "user"), None, True)
    with pytest.raises(InputError):
        seat(records, "ACM-p002", "ACM-d001", roles=())
    assert broken(records, seat(records, "ACM-p001", "ACM-d001", roles=("user",))) == ["duplicate_tie"]


def test_a_stance_has_a_source_and_a_day_and_leaves_earlier_ones(records):
    said = {"attribute": Attribute.STANCE, "value": "-1"}
    now = after(records, assess(records, "ACM-n001", on=DAY, source="Cut our trial short", **said))
    assert account_graph(now, "ACM", DAY).stance("ACM-n001") == -1
    assert account_graph(now, "ACM", date(2026, 11, 22)).stance("ACM-n001") == 1
    again = after(now, assess(now, "ACM-n001", on=DAY, source="Meant it", **said | {"value": "-2"}))
    assert len(again.of(Assessment)) == 2
    assert account_graph(again, "ACM", DAY).stance("ACM-n001") == -2
    for nothing in (None, "  "):
        with pytest.raises(InputError) as refused:
            assess(records, "ACM-n001", on=DAY, source=nothing, **said)
        assert refused.value.key == "error.edit_source"
