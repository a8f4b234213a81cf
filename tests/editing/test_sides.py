"""Two people changed one thing."""

from graphkam.editing.facts import change, put, said_of, together
from graphkam.editing.sides import on_top, sides
from graphkam.model.changes import Overtaken
from graphkam.model.organisation import Position
from graphkam.model.people import Person


def overtaken(records, mine, theirs):
    read = records.get(Position, "ACM-p001")
    now = said_of(read, theirs).model_copy(update={"version": 9})
    return Overtaken(wanted=said_of(read, mine), read=read, now=now)


def test_each_field_says_what_it_was_and_what_both_say(records):
    met = overtaken(records, {"title": "Chair", "weight": 4}, {"title": "President", "seniority": 1})
    assert [(s.field, s.before, s.mine, s.theirs, s.is_clash) for s in sides(met)] == [
        ("title", "Director", "Chair", "President", True),
        ("seniority", None, None, 1, False),
        ("weight", 5, 4, 5, False),
    ]


def test_what_both_say_alike_is_no_clash(records):
    met = overtaken(records, {"title": "Chair"}, {"title": "Chair"})
    assert [s.is_clash for s in sides(met)] == [False]


def test_mine_on_top_keeps_what_i_did_not_touch(records):
    met = overtaken(records, {"title": "Chair"}, {"title": "President", "seniority": 1})
    other = records.get(Person, "ACM-n001")
    made = on_top(together(put(met.wanted), change(other, language="French")), met)
    position, person = made.puts
    assert (position.title, position.seniority, position.version) == ("Chair", 1, 9)
    assert person.language == "French"


def test_where_one_of_us_does_not_have_it_there_is_nothing_to_compare(records):
    met = overtaken(records, {"title": "Chair"}, {"title": "President"})
    for nothing in ({"now": None}, {"read": None}, {"is_attached": True}):
        assert sides(met.model_copy(update=nothing)) == ()
