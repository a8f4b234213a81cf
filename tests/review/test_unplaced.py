"""Who is not placed yet."""

from datetime import date

from graphkam.editing.facts import after
from graphkam.editing.posts import add_person, leave, place, succeed
from graphkam.editing.ties import contact
from graphkam.graph.build import account_graph
from graphkam.model.people import Person
from graphkam.review.unplaced import unplaced
from tests.editing.conftest import DAY, RECORDS


def names(records, day=DAY):
    return [one.name for one in unplaced(account_graph(records, "ACM", day))]


def known():
    """Give the account with three people more: two that we know, one that nobody of us does."""
    now = RECORDS
    for name in ("Noir", "Blanc", "Gris"):
        now = after(now, add_person(now, "ACM", last_name=name))
    people = {p.last_name: p.id for p in now.of(Person)}
    for who, on in (("Blanc", date(2026, 11, 2)), ("Gris", date(2026, 11, 20))):
        now = after(now, contact(now, "SAV", people[who], on=DAY, kind="contact", last_contact=on))
    return now


def test_those_whom_we_met_last_come_first():
    assert names(RECORDS) == []
    assert names(known()) == ["Gris", "Blanc", "Noir"]
    first = unplaced(account_graph(known(), "ACM", DAY))[0]
    assert (first.known_by, first.last_contact, first.last_post) == (("SAV",), date(2026, 11, 20), None)


def test_who_is_placed_or_has_left_is_not_among_them():
    now = after(known(), place(known(), "ACM-n003", "ACM-p003", on="2026-11-23"))
    assert names(now) == ["Gris", "Blanc"]
    assert names(now, date(2026, 11, 22)) == ["Gris", "Blanc", "Noir"]
    assert names(after(now, leave(now, "ACM-n005", on="2026-11-01"))) == ["Blanc"]


def test_who_lost_a_post_is_not_placed_and_the_post_is_told():
    now = after(RECORDS, succeed(RECORDS, "ACM-p002", person_id=None, on="2026-11-20"))
    [one] = unplaced(account_graph(now, "ACM", DAY))
    assert (one.name, one.last_post) == ("Luc Roux", "Buyer")
