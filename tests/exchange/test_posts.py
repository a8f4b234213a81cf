"""A row of the positions is the position with its holder; a change of holder is an event."""

from datetime import date

import pytest

from graphkam.exchange.tenure import before
from graphkam.model.organisation import Account, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie

A = {"account_id": "a"}
ACME = Account(id="a", name="Acme", status="client", country="FR")
KNOWN = (
    ACME,
    OrgUnit(id="u", **A, name="Glass", kind="site"),
    Position(id="A16", **A, title="Technical director", unit_id="u", weight=4),
    Person(id="bq", **A, last_name="Quillien", first_name="Bernard"),
    Holding(id="h", **A, person_id="bq", position_id="A16", since="2004-02"),
    Assessment(
        id="s", **A, person_id="bq", attribute="stance", value="2", date=date(2026, 10, 8), source="act"
    ),
)
HEAD = "Id | Account | Occupancy | Last name | First name | In post since | Expected end\n"


def row(text):
    return HEAD + text


def holdings(made):
    return [(h.person_id, h.since, h.until) for h in made.records.of(Holding)]


def test_a_successor_is_an_event_and_nothing_personal_passes_on(book):
    made = book(KNOWN, positions=row("A16 | a | Held | Sabatier | Jérôme | 2026-09 |"))
    old, new = made.records.of(Holding)
    assert (old.id, old.until) == ("h", "2026-08")
    assert (new.position_id, new.since) == ("A16", "2026-09")
    [event] = made.events
    assert (event.what, event.on, event.leaves, event.arrives) == (
        "succession",
        "2026-09",
        "bq",
        new.person_id,
    )
    assert made.records.get(Position, "A16") is KNOWN[2]
    assert [s.person_id for s in made.records.of(Assessment)] == ["bq"]


@pytest.mark.parametrize(
    ("day", "last"), [("2026-09", "2026-08"), ("2026-01", "2025-12"), ("2024-03-01", "2024-02-29")]
)
def test_the_predecessor_leaves_the_day_or_the_month_before(day, last):
    assert before(day) == last


def test_a_successor_without_a_date_may_be_a_spelling_and_is_asked(refused):
    undated = [("undated_succession", "positions!D2")]
    assert refused(KNOWN, positions=row("A16 | a | Held | Sabatier | Jérôme | |")) == undated
    assert refused(KNOWN, positions=row("A16 | a | Held | Sabatier | Jérôme | 2004-02 |")) == undated


def test_a_name_better_spelt_is_the_same_person(book):
    made = book(KNOWN, positions=row("A16 | a | Held | Quilien | Bernard | |"))
    [person] = made.records.of(Person)
    assert (person.id, person.last_name) == ("bq", "Quilien")
    assert made.events == ()


def test_a_position_falls_vacant_on_the_day_told_or_today(book):
    told = book(KNOWN, positions=row("A16 | a | Vacant | | | 2026-10 |"))
    assert holdings(told) == [("bq", "2004-02", "2026-09")]
    position = told.records.get(Position, "A16")
    assert (position.occupancy, position.occupancy_since) == ("vacant", "2026-10")
    assert [e.what for e in told.events] == ["departure"]
    untold = book(KNOWN, positions=row("A16 | a | Vacant | | | |"))
    assert holdings(untold) == [("bq", "2004-02", "2026-11-22")]
    assert [p.code for p in untold.warnings] == ["emptied_today"]


def test_a_vacant_position_is_filled(book):
    vacant = book(KNOWN, positions=row("A16 | a | Vacant | | | 2026-06 |")).records
    filled = book(vacant, positions=row("A16 | a | Held | Sabatier | Jérôme | 2026-11 |"))
    assert [(since, until) for _, since, until in holdings(filled)] == [
        ("2004-02", "2026-05"),
        ("2026-11", None),
    ]
    assert filled.events == ()
    again = book(filled.records, positions=row("A16 | a | Held | Sabatier | Jérôme | 2026-11 |"))
    assert again.records == filled.records


def test_who_comes_back_holds_the_position_a_second_time(book):
    vacant = book(KNOWN, positions=row("A16 | a | Vacant | | | 2026-06 |")).records
    back = book(vacant, positions=row("A16 | a | Held | Quillien | Bernard | 2026-11 |"))
    assert holdings(back) == [("bq", "2004-02", "2026-05"), ("bq", "2026-11", None)]


def test_an_announced_end_is_only_a_date(book):
    made = book(KNOWN, positions=row("A16 | a | Held | Quillien | Bernard | 2004-02 | 2027-03-31"))
    assert holdings(made) == [("bq", "2004-02", "2027-03-31")]
    assert made.events == ()


def test_vacant_and_unknown_positions_have_no_name_and_no_stance(refused):
    assert refused(KNOWN[:2], positions=HEAD.replace("Id", "title") + "X | a | Vacant | Quillien | | |") == [
        ("vacant_with_name", "positions!D2")
    ]
    stance = "title | Account | Occupancy | Position toward our offer | How do you know? | Known on\n"
    assert refused(KNOWN[:2], positions=stance + "X | a | Unknown | Champion | act | 2026-01-01") == [
        ("stance_on_vacant", "positions!D2")
    ]
    email = "title | Account | Occupancy | E-mail\n X | a | Vacant | a@b.example"
    assert refused(KNOWN[:2], positions=email) == [("person_without_name", "positions!D2")]


def test_unknown_as_a_stance_says_nothing(book):
    table = "title | Account | Occupancy | Position toward our offer\n X | a | Holder unknown | Unknown"
    made = book(KNOWN[:2], positions=table)
    assert made.records.of(Assessment) == ()
    assert made.records.of(Position)[0].occupancy == "unknown"


def test_held_by_somebody_without_a_name_is_holder_unknown_and_said(book):
    made = book(KNOWN[:2], positions="title | Account | Occupancy\n X | a | Held")
    assert made.records.of(Position)[0].occupancy == "unknown"
    assert [p.code for p in made.warnings] == ["held_by_whom"]


STANCE = (
    "Id | Account | Last name | First name | stance | stance_source | stance_date | orientation\n A16 | a | "
)


def test_a_stance_needs_its_source_and_its_day(refused):
    assert refused(KNOWN, positions=STANCE + "Quillien | Bernard | Neutral | | |") == [
        ("required_with", "positions!F2"),
        ("required_with", "positions!G2"),
    ]


def test_a_newer_stance_is_added_and_the_older_stays(book):
    made = book(KNOWN, positions=STANCE + "Quillien | Bernard | Neutral | lunch | 2026-11-01 | Technical")
    said = {(s.attribute.value, s.value, s.date.isoformat()) for s in made.records.of(Assessment)}
    assert said == {
        ("stance", "2", "2026-10-08"),
        ("stance", "0", "2026-11-01"),
        ("orientation", "technical", "2026-11-01"),
    }
    again = book(
        made.records, positions=STANCE + "Quillien | Bernard | Neutral | lunch | 2026-11-01 | Technical"
    )
    assert again.records == made.records


def test_a_stance_of_the_same_day_is_corrected(book):
    made = book(KNOWN, positions=STANCE + "Quillien | Bernard | Neutral | lunch | 2026-10-08 |")
    [stance] = made.records.of(Assessment)
    assert (stance.id, stance.value, stance.source) == ("s", "0", "lunch")


def test_a_stance_can_be_taken_away(book):
    made = book(KNOWN, positions=STANCE + "Quillien | Bernard | - | | |")
    assert [r.id for r in made.removed] == ["s"]


def test_a_row_without_a_name_speaks_of_the_known_holder(book):
    made = book(KNOWN, positions="Id | Account | E-mail\n A16 | a | bq@acme.example")
    assert made.records.get(Person, "bq").email == "bq@acme.example"


def test_phones_are_of_the_country_of_the_account(book):
    made = book(KNOWN, positions="Id | Account | Phone\n A16 | a | 01 23 45 67 89")
    assert made.records.get(Person, "bq").phone == "+33 1 23 45 67 89"


TWO = "Account | title | Last name | First name | E-mail | Phone\n"


def test_the_same_name_twice_is_one_person_and_said(book):
    made = book((ACME,), positions=TWO + "a | X | Martin | Anne | |\n a | Y | Martin | Anne | |")
    assert (len(made.records.of(Person)), len(made.records.of(Holding))) == (1, 2)
    assert [(p.code, p.cell) for p in made.warnings] == [("same_person", "C3")]


def test_the_same_name_with_other_addresses_is_two_people_and_said(book):
    made = book(
        (ACME,),
        positions=TWO + "a | X | Martin | Anne | a@x.example |\n a | Y | Martin | Anne | b@x.example |",
    )
    assert len(made.records.of(Person)) == 2
    assert [p.code for p in made.warnings] == ["namesake"]


def test_two_rows_must_not_contradict_each_other_about_one_person(refused):
    rows = "a | X | Martin | Anne | | +33123456789\n a | Y | Martin | Anne | | +33123456780"
    assert refused((ACME,), positions=TWO + rows) == [("contradiction", "positions!F3")]


def test_known_namesakes_must_be_told_apart(refused):
    namesakes = (Person(id="m1", **A, last_name="Martin"), Person(id="m2", **A, last_name="Martin"))
    assert refused((ACME, *namesakes), positions=TWO + "a | X | Martin | | |") == [
        ("ambiguous_person", "positions!C2")
    ]


BUYERS = "Account | title | Last name | Influence weight (1-5)\n a | Buyer | Vial | 1\n a | Buyer | Morin | 2"


def test_positions_of_one_title_are_known_by_their_holders(book):
    known = book((ACME,), positions=BUYERS).records
    assert len(known.of(Position)) == 2
    swapped = (
        "Account | title | Last name | Influence weight (1-5)\n a | Buyer | Morin | 3\n a | Buyer | Vial | 1"
    )
    made = book(known, positions=swapped).records
    assert [p.weight for p in made.of(Position)] == [1, 3]


def test_a_third_of_that_title_is_new_but_an_unclear_one_is_asked(book, refused):
    known = book((ACME,), positions=BUYERS).records
    assert len(book(known, positions=BUYERS + "\n a | Buyer | Petit | 1").records.of(Position)) == 3
    alone = "Account | title | Last name\n a | Buyer | Petit"
    assert refused(known, positions=alone) == [("ambiguous_position", "positions!B2")]


def test_an_end_of_a_position_ends_its_holding(book):
    made = book(KNOWN, positions="Id | Account | Post abolished | Operation\n A16 | a | 2026-10-31 | end")
    assert made.records.get(Position, "A16").until == "2026-10-31"
    assert holdings(made) == [("bq", "2004-02", "2026-10-31")]


def test_what_goes_with_a_deleted_position(book):
    known = (*KNOWN, ContactTie(id="k", **A, member_id="m", person_id="bq", kind="owner"))
    made = book(known, positions="Id | Account | Operation\n A16 | a | delete")
    assert {type(r) for r in made.removed} == {Position, Holding}
    assert made.records.get(Person, "bq") is not None
    assert made.records.of(ContactTie)
    assert made.records.of(Seat) == ()


def test_a_person_is_deleted_with_all_that_is_said_of_him(book):
    known = RecordSet(KNOWN)
    made = book(
        known, people="Account | Last name | First name | Operation\n a | Quillien | Bernard | delete"
    )
    assert {type(r) for r in made.removed} == {Person, Holding, Assessment}
    assert made.records.get(Position, "A16") is not None


def test_people_without_a_post_and_earlier_holders(book):
    sheets = {
        "people": "Account | Last name | First name | E-mail\n a | Perrin | Gilles | g@x.example",
        "holdings": "account | person | position | since | until\na|Gilles Perrin|A16|1999-01 | 2004-01",
    }
    made = book(KNOWN, **sheets)
    assert ("1999-01", "2004-01") in {(since, until) for _, since, until in holdings(made)}
    assert book(made.records, **sheets).records == made.records
