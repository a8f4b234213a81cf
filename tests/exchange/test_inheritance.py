"""Who comes after somebody in a position takes over the position, and nothing that was said of a person."""

import pytest

from graphkam.errors import ImportRejected
from graphkam.model.business import Interaction
from graphkam.model.organisation import Position
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.ties import ContactTie, InfluenceTie
from graphkam.text import Words
from tests.exchange.exports import BASE, BERNARD, HEAD, HEADS, TIE, A, D, but

SUCCESSOR = {"last_name": "Sabatier", "first_name": "Jérôme", "since": "2026-11"}


def codes(book):
    return [problem.code for problem in book.warnings]


def successor(book):
    return next(person for person in book.records.of(Person) if person.last_name == "Sabatier")


def test_cells_left_as_they_were_do_not_pass_on(export):
    export.change("positions", "A16", **SUCCESSOR)
    book = export.read(BASE)
    jerome = successor(book)
    assert (jerome.email, jerome.phone) == (None, None)
    assert [a.person_id for a in book.records.of(Assessment)] == ["bq"], "a stance is a person's"
    assert [t.person_id for t in book.records.of(ContactTie)] == ["bq"]
    assert book.records.get(Person, "bq") == BERNARD
    assert book.records.get(Holding, "bq~A16").until == "2026-10"
    [warning] = book.warnings
    assert warning.code == "not_passed_on"
    assert warning.params["columns"] == (
        "E-mail", "Position toward our offer", "How do you know?", "Known on",
    )  # fmt: skip


def test_the_position_keeps_its_weight_and_its_lines(export):
    export.change("positions", "A16", **SUCCESSOR)
    made = export.plan(BASE)
    assert made.events[0].told(Words("en")) == (
        "A16, Technical director @ Plant: Bernard Quillien leaves, Jérôme Sabatier arrives. "
        "Weight, role and reporting line stay; stance, level and contacts do not pass on."
    )
    assert [line.kind for line in made.lines] == ["Person", "Holding", "Holding"]
    assert export.read(BASE).records.get(Position, "A16") == HEAD


def test_what_is_new_in_the_row_is_said_of_the_successor(export):
    export.change(
        "positions", "A16", **SUCCESSOR,
        email="js@acme.example", stance="Opponent", stance_date=D("2026-11-10"), stance_source="call",
    )  # fmt: skip
    book = export.read(BASE)
    jerome = successor(book)
    assert jerome.email == "js@acme.example"
    assert {a.person_id: a.value for a in book.records.of(Assessment)} == {"bq": "1", jerome.id: "-2"}
    assert codes(book) == []


def test_an_expected_end_is_the_predecessor_s(export):
    base = BASE.merged([but(HEADS, until="2027-03")])
    export.change("positions", "A16", **SUCCESSOR, until="2027-03", email=None)
    holdings = [h for h in export.read(base, base=base).records.of(Holding) if h.position_id == "A16"]
    assert [(h.person_id == "bq", h.until) for h in holdings] == [(True, "2026-10"), (False, None)]


def test_a_successor_who_is_known_keeps_what_is_known_of_him(export):
    stance = Assessment(
        id="lp~stance", **A, person_id="lp", attribute="stance", value="-1", date=D("2026-02-01"), source="x"
    )
    base = BASE.merged([stance])
    export.change("positions", "A16", last_name="Pradier", first_name="Laurent", since="2026-11")
    book = export.read(base, base=base)
    assert book.records.get(Assessment, "lp~stance") == stance
    assert book.records.get(Person, "bq") == BERNARD


def test_without_a_day_somebody_else_is_no_successor(export):
    export.change("positions", "A16", last_name="Sabatier", first_name="Jérôme")
    with pytest.raises(ImportRejected) as caught:
        export.read(BASE)
    assert [(p.code, p.cell) for p in caught.value.problems if p.severity == "error"] == [
        ("undated_succession", "K3")
    ]


@pytest.mark.parametrize("name", ["Quillien-Morel", "Morel"])
def test_the_same_address_and_first_name_since_the_same_day_is_somebody_married(export, name):
    export.change("positions", "A16", last_name=name)
    book = export.read(BASE)
    assert book.records.get(Person, "bq").last_name == name
    assert codes(book) == []


def test_the_last_name_alone_is_the_holder_s(book):
    rows = "account | title | unit | last_name | weight\n Acme | Technical director | Plant | QUILLIEN | 5"
    made = book(BASE, positions=rows)
    assert made.records.get(Person, "bq") == BERNARD
    assert (made.records.get(Position, "A16").weight, len(made.records.of(Holding))) == (5, 2)


def test_a_row_of_a_tie_that_named_the_post_stays_with_whom_it_was_about(export):
    export.change("positions", "A16", **SUCCESSOR, email=None)
    export.change("knows", "Anne Vasseur", position="Technical director @ Plant", level="3")
    book = export.read(BASE)
    assert book.records.get(ContactTie, "AV~bq").level == 3
    assert [t.person_id for t in book.records.of(ContactTie)] == ["bq"]
    assert "stays_with" in codes(book)


def test_a_tie_to_the_successor_by_name_is_the_successor_s(export):
    export.change("positions", "A16", **SUCCESSOR, email=None)
    export.add("knows", member="Anne Vasseur", position="Jérôme Sabatier", kind="contact", level="1")
    book = export.read(BASE)
    assert {t.person_id: t.level for t in book.records.of(ContactTie)} == {"bq": 2, successor(book).id: 1}


HAND = {
    "accounts": "name | status\n Acme | client",
    "positions": "id | account | title | unit | last_name | first_name | since \n"
    " A16 | Acme | Technical director | Plant | Sabatier | Jérôme | 2026-11",
}


def test_in_a_file_written_by_hand_a_tie_that_repeats_what_is_known_stays_where_it_is(book):
    known = [*BASE, Interaction(id="m1", **A, date=D("2026-03-01"), member_ids=("AV",), person_ids=("bq",))]
    known.append(InfluenceTie(id="l1", **A, from_id="bq", to_id="lp", kind="advice", weight=4))
    made = book(
        known, **HAND,
        knows="member | position | kind | level | last_contact\n"
        " Anne Vasseur | A16 | owner | 2 | 2026-01-10",
        influence="from | to | kind | weight\n A16 | A07 | advice | 4",
        interactions="date | members | people\n 2026-03-01 | Anne Vasseur | A16",
    )  # fmt: skip
    assert made.records.of(ContactTie) == (TIE,)
    assert [t.from_id for t in made.records.of(InfluenceTie)] == ["bq"]
    assert [i.person_ids for i in made.records.of(Interaction)] == [("bq",)]
    assert codes(made) == ["stays_with"] * 3


def test_in_a_file_written_by_hand_another_level_is_said_of_the_successor(book):
    made = book(BASE, **HAND, knows="member | position | kind | level\n Anne Vasseur | A16 | contact | 1")
    assert {t.person_id: t.level for t in made.records.of(ContactTie)} == {"bq": 2, "acme-n001": 1}


def test_the_address_of_one_and_the_name_of_another_is_a_fault(refused):
    people = "account | last_name | first_name | email\n Acme | Pradier | Laurent | bq@acme.example"
    assert refused(BASE, people=people) == [("email_of_another", "people!D2")]
