"""Each row of who knows whom is a dated statement; earlier ones are kept."""

from datetime import date

import pytest

from graphkam.model.organisation import Account, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.ties import ContactTie

A = {"account_id": "a"}
D = date.fromisoformat
BASE = (
    Account(id="a", name="Acme", status="client"),
    TeamMember(id="CV", last_name="Vasseur", first_name="Claire"),
    Position(id="p1", **A, title="Director"),
    Position(id="p2", **A, title="Deputy"),
    Position(id="p3", **A, title="Buyer", occupancy="vacant"),
    Person(id="bq", **A, last_name="Quillien", first_name="Bernard"),
    Holding(id="h1", **A, person_id="bq", position_id="p1"),
    Holding(id="h2", **A, person_id="bq", position_id="p2"),
)
TIE = ContactTie(
    id="k", **A, member_id="CV", person_id="bq", kind="owner", level=2,
    stated_on=D("2026-05-01"), last_contact=D("2026-05-01"), version=3,
)  # fmt: skip
HEAD = "member | position | kind | level | stated_on | last_contact\n"


@pytest.fixture
def tie(book):
    """Read one row, and give the tie."""

    def read(row, *known, **options):
        made = book((*BASE, *known), knows=HEAD + row, **options)
        [found] = made.records.of(ContactTie)
        return found

    return read


def said(tie):
    return [str(statement) for statement in tie.statements()]


def test_a_level_is_known_on_the_day_of_the_last_contact_or_of_the_import(tie):
    assert said(tie("CV | Bernard Quillien | Owner | Trusted | | 2026-11-18")) == ["2026-11-18:3:2026-11-18"]
    assert said(tie("CV | Bernard Quillien | Owner | Trusted | |")) == ["2026-11-23:3:?"]
    assert said(tie("CV | Bernard Quillien | Owner | Trusted | 2026-01-01 |")) == ["2026-01-01:3:?"]
    assert said(tie("CV | Bernard Quillien | Owner | | |")) == []


def test_what_changes_goes_into_the_past(tie):
    changed = tie("CV | Quillien Bernard | Owner | Trusted | | 2026-11-18", TIE)
    assert said(changed) == ["2026-05-01:2:2026-05-01", "2026-11-18:3:2026-11-18"]
    assert (changed.id, changed.version) == ("k", 3)


def test_a_new_level_without_a_day_is_of_today(tie):
    changed = tie("CV | p1 | Owner | Met | | 2026-05-01", TIE)
    assert said(changed) == ["2026-05-01:2:2026-05-01", "2026-11-23:1:2026-05-01"]


def test_the_same_again_changes_nothing_on_any_day(tie):
    assert tie("CV | p1 | Owner | 2 | | 2026-05-01", TIE, today=date(2027, 1, 1)) is not None
    assert tie("CV | p1 | Owner | 2 | | 2026-05-01", TIE, today=date(2027, 1, 1)) == TIE
    assert tie("CV | p1 | Owner | | |", TIE) == TIE


def test_what_is_said_again_on_a_later_day_was_so_before_too(tie):
    again = tie("CV | p1 | Owner | 2 | 2026-11-20 | 2026-05-01", TIE)
    assert said(again) == ["2026-05-01:2:2026-05-01", "2026-11-20:2:2026-05-01"]


def test_a_statement_of_the_same_day_is_corrected(tie):
    changed = tie("CV | p1 | Owner | 1 | 2026-05-01 | 2026-05-01", TIE)
    assert changed.level == 1
    assert "2026-05-01:1:2026-05-01" in said(changed)


def test_a_tie_of_a_mail_log_keeps_its_days(tie):
    mailed = ContactTie(
        id="k", **A, member_id="CV", person_id="bq", kind="contact", proposed=True,
        days_out=(D("2026-01-05"),), days_in=(D("2026-01-06"),), last_contact=D("2026-01-06"),
    )  # fmt: skip
    edited = tie("CV | p1 | Owner | Trusted | |", mailed)
    assert (edited.kind, edited.level, edited.stated_on) == ("owner", 3, D("2026-11-23"))
    assert (edited.days_out, edited.days_in) == (mailed.days_out, mailed.days_in)
    assert tie("CV | p1 | Contact | | |", mailed) == mailed


def test_a_person_with_two_posts_is_one_and_rows_about_both_are_one_tie(book):
    rows = "CV | Director | Owner | 1 | | 2026-11-18\n CV | Deputy | Owner | 1 | | 2026-10-30"
    made = book(BASE, knows=HEAD + rows)
    [found] = made.records.of(ContactTie)
    assert said(found) == ["2026-10-30:1:2026-10-30", "2026-11-18:1:2026-11-18"]
    assert [p.code for p in made.warnings] == ["same_tie"]
    assert book(made.records, knows=HEAD + rows).records == made.records
    by_name = book(BASE, knows=HEAD + "CV | Bernard Quillien | Owner | 1 | | 2026-11-18")
    assert len(by_name.records.of(ContactTie)) == 1


def test_rows_that_contradict_each_other(refused):
    owner = "CV | Director | Owner | 1 | | 2026-11-18\n"
    assert refused(BASE, knows=HEAD + owner + " CV | Deputy | Backup | 1 | | 2026-10-30") == [
        ("owner_is_backup", "knows!C2")
    ]
    assert refused(BASE, knows=HEAD + owner + " CV | Deputy | Contact | 1 | | 2026-10-30") == [
        ("duplicate_row", "knows!B2")
    ]
    assert (
        refused(BASE, knows=HEAD + owner + " CV | Deputy | Owner | 2 | | 2026-11-18")[0][0] == "duplicate_row"
    )


def test_ties_are_to_people_not_to_seats(refused):
    assert refused(BASE, knows=HEAD + "CV | Buyer | Owner | 1 | |") == [("vacant_seat", "knows!B2")]


def test_what_a_row_needs(refused):
    assert refused(BASE, knows=HEAD + " | Director | Owner | 1 | |") == [("required", "knows!A2")]
    assert refused(BASE, knows=HEAD + "CV | | Owner | 1 | |") == [("required", "knows!B2")]
    assert refused(BASE, knows=HEAD + "CV | Director | | 1 | |") == [("required", "knows!C2")]


def test_two_owners_of_one_person(refused):
    other = TeamMember(id="NB", last_name="Benhaddou", first_name="Nadia")
    rows = "CV | Director | Owner | 1 | |\n NB | Director | Owner | 1 | |"
    assert refused((*BASE, other), knows=HEAD + rows) == [("two_owners", "knows!C3")]
