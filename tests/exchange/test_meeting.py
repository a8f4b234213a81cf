"""A file that we exported, read after somebody else has changed the store."""

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.choices import Choices, Mode
from graphkam.model.clashes import Side
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.ties import ContactTie
from graphkam.text import Words
from tests.exchange.exports import BASE, BUYER, BUYS, HEAD, HEADS, STANCE, TIE, A, D, but


def codes(book):
    return [problem.code for problem in book.warnings]


def test_an_untouched_export_takes_nothing_back_of_what_others_did(export):
    came = Holding(id="lp~A16", **A, person_id="lp", position_id="A16", since="2026-10")
    theirs = BASE.merged(
        [
            but(HEAD, weight=5, role_comment="new"),
            but(HEADS, until="2026-09"),
            came,
            but(BUYS, until="2026-09"),
            but(TIE, level=3, stated_on=D("2026-11-01"), past=("2026-01-10:2:2026-01-10",)),
            Assessment(id="new", **A, person_id="bq", attribute="stance", value="-1", date=D("2026-11-01")),
        ],
        [STANCE],
    )
    made = export.plan(theirs)
    assert (made.lines, made.conflicts, made.changes.is_empty) == ((), (), True)


def test_the_file_and_the_store_each_change_something_else(export):
    export.change("positions", "A16", weight=4)
    theirs = BASE.merged([but(HEAD, role_comment="decides alone")])
    book = export.read(theirs)
    assert book.clashes == ()
    head = book.records.get(Position, "A16")
    assert (head.weight, head.role_comment) == (4, "decides alone")


def test_a_blank_clears_only_where_the_author_saw_a_value(export):
    export.change("positions", "A16", weight=None)
    theirs = BASE.merged([but(HEAD, role_comment="decides alone")])
    head = export.read(theirs).records.get(Position, "A16")
    assert (head.weight, head.role_comment) == (None, "decides alone")


def test_a_row_added_by_hand_clears_nothing(export):
    export.add(
        "knows", member="Anne Vasseur", position="Bernard Quillien", level="3", stated_on=D("2026-11-02")
    )
    tie = export.read(BASE).records.get(ContactTie, "AV~bq")
    assert (tie.level, tie.desired, tie.kind) == (3, 3, "owner")


def test_a_field_changed_on_both_sides_is_a_conflict_with_its_cell_and_its_author(export):
    export.change("positions", "A16", weight=5)
    made = export.plan(BASE.merged([but(HEAD, weight=1)]))
    [conflict] = made.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("3", "5", "1")
    assert (conflict.who, conflict.at[:10]) == ("zoe", "2026-11-20")
    assert (conflict.sheet, conflict.cell) == ("positions", "G3")
    assert made.changes.is_empty
    assert not made.is_empty
    assert conflict.told(Words("en")) == (
        "positions!G3  Position  Technical director @ Plant: Influence weight (1-5) was 3; "
        "the file says 5, the store 1 (by zoe, 2026-11-20 08:15 UTC)"
    )
    assert "le fichier dit 5, la base 1 (par zoe" in conflict.told(Words("fr"))


@pytest.mark.parametrize(("side", "weight"), [(Side.MINE, 5), (Side.THEIRS, 1)])
def test_who_is_preferred_is_right(export, side, weight):
    export.change("positions", "A16", weight=5)
    export.change("units", "p", city="Roanne")
    theirs = BASE.merged([but(HEAD, weight=1)])
    made = export.plan(theirs, prefer=side)
    assert not made.is_open
    reached = theirs.merged(made.changes.puts, made.changes.removals)
    assert reached.get(Position, "A16").weight == weight
    assert reached.get(OrgUnit, "p").city == "Roanne"
    assert {put.version for put in made.changes.puts} <= {1, 2}


def test_mending_the_file_ends_the_conflict(export):
    export.change("positions", "A16", weight=1)
    assert export.plan(BASE.merged([but(HEAD, weight=1)])).is_empty


def test_deleted_in_the_file_and_changed_in_the_store(export):
    export.change("knows", "Anne Vasseur", operation="delete")
    theirs = BASE.merged([but(TIE, note="dinner")])
    [conflict] = export.plan(theirs).conflicts
    assert conflict.told(Words("en")).endswith(
        "Contact  Anne Vasseur → Bernard Quillien: the file deletes it; "
        "the store has come to say (by zoe, 2026-11-20 08:15 UTC): Note: ? → dinner"
    )
    assert export.read(theirs, prefer=Side.MINE).records.get(ContactTie, "AV~bq") is None
    assert export.read(theirs, prefer=Side.THEIRS).records.get(ContactTie, "AV~bq").note == "dinner"


def test_changed_in_the_file_and_deleted_in_the_store(export):
    export.change("positions", "A07", weight=5)
    theirs = BASE.merged([], [BUYER, BUYS])
    [conflict] = export.plan(theirs).conflicts
    assert conflict.told(Words("en")).endswith(
        "Position  Buyer @ Plant: the store has deleted it (by zoe, 2026-11-20 08:15 UTC); "
        "the file says: Influence weight (1-5): 2 → 5"
    )
    kept = export.plan(theirs, prefer=Side.MINE)
    assert {(type(r), r.id, r.version) for r in kept.changes.puts} == {
        (Position, "A07", 0),
        (Holding, "lp~A07", 0),
    }, "what the store has not is written as new, and its holder comes back with it"
    assert export.plan(theirs, prefer=Side.THEIRS).is_empty


def test_the_same_successor_named_on_both_sides_arrives_once(export):
    export.change("positions", "A16", last_name="Pradier", first_name="Laurent", since="2026-11", email=None)
    came = Holding(id="other-id", **A, person_id="lp", position_id="A16", since="2026-11", version=8)
    theirs = BASE.merged([but(HEADS, until="2026-10"), came])
    book = export.read(theirs)
    assert book.clashes == ()
    assert [h.id for h in book.records.of(Holding) if h.person_id == "lp" and h.position_id == "A16"] == [
        "other-id"
    ]


def test_two_successors_are_a_conflict_about_the_holder(export):
    export.change("positions", "A16", last_name="Pradier", first_name="Laurent", since="2026-11", email=None)
    zoe = Person(id="zr", **A, last_name="Rey", first_name="Zoé", version=8)
    came = Holding(id="zr~A16", **A, person_id="zr", position_id="A16", since="2026-10", version=8)
    theirs = BASE.merged([zoe, came, but(HEADS, until="2026-09")])
    told = [conflict.told(Words("en")) for conflict in export.plan(theirs).conflicts]
    assert told[0] == (
        "positions!K3  Position  Technical director @ Plant: Holder was Bernard Quillien; "
        "the file says Laurent Pradier, the store Zoé Rey (by zoe, 2026-11-20 08:15 UTC)"
    )
    mine = export.read(theirs, prefer=Side.MINE).records
    assert [h.person_id for h in mine.of(Holding) if h.position_id == "A16" and h.until is None] == ["lp"]


def test_somebody_new_on_both_sides_is_one(export):
    export.add("people", account="Acme", last_name="Rey", first_name="Zoe", phone="+33 4 77 00 00 00")
    theirs = BASE.merged([Person(id="x9", **A, last_name="Rey", first_name="Zoé", email="z@x.example")])
    book = export.read(theirs)
    [zoe] = [person for person in book.records.of(Person) if person.last_name == "Rey"]
    assert (zoe.id, zoe.email, zoe.phone, zoe.first_name) == (
        "x9", "z@x.example", "+33 4 77 00 00 00", "Zoé",
    )  # fmt: skip
    assert codes(book) == ["read_as"]


def test_a_new_id_is_none_that_the_store_gave_since(export):
    export.add("people", account="Acme", last_name="Nouveau")
    theirs = BASE.merged([Person(id="acme-n001", **A, last_name="Autre", version=8)])
    names = {person.id: person.last_name for person in export.read(theirs).records.of(Person)}
    assert names["acme-n001"] == "Autre"
    assert names["acme-n002"] == "Nouveau"


def test_what_would_not_hold_together_is_refused_at_its_cell(export):
    export.change("positions", "A16", reports_to="A07")
    export.change("positions", "A07", reports_to=None)
    theirs = BASE.merged([but(BUYER, reports_to_id="A16", weight=5)])
    assert export.read(theirs).clashes == ()
    plant = Position(id="A99", **A, title="Plant manager", unit_id="p", reports_to_id="A16", version=8)
    theirs = BASE.merged([plant, but(BUYER, reports_to_id="A99")])
    export.change("positions", "A07", reports_to="Bernard Quillien")
    with pytest.raises(ImportRejected) as caught:
        export.read(theirs)
    [problem] = [p for p in caught.value.problems if p.severity == "error"]
    assert (problem.code, problem.sheet, problem.cell) == ("reporting_cycle", "positions", "H3")


def test_an_export_older_than_the_history_is_noticed_row_by_row(export):
    export.change("positions", "A16", weight=5)
    with pytest.raises(ImportRejected) as caught:
        export.read(BASE.merged([but(HEAD, role_comment="x")]), base=None)
    assert [p.code for p in caught.value.problems] == ["changed_since_export", "base_unknown"]
    book = export.read(BASE.merged([Person(id="new", **A, last_name="New")]), base=None)
    assert book.records.get(Position, "A16").weight == 5
    assert codes(book) == ["base_unknown"]


def test_only_the_account_in_scope_is_changed(export):
    other = Account(id="other", name="Other", status="prospect", version=1)
    theirs = BASE.merged([other])
    export.change("positions", "A16", weight=5)
    export.add("accounts", name="Other", status="client")
    export.add("units", account="Other", name="HQ", kind="site")
    book = export.read(theirs, base=theirs, scope="acme")
    assert (book.records.get(Account, "other"), book.records.get(Position, "A16").weight) == (other, 5)
    assert [(p.code, p.params["count"]) for p in book.warnings] == [("outside_scope", 2)]
    assert export.read(theirs, base=theirs, scope="other").records.get(Position, "A16") == HEAD


REPLACE = {"mode": Mode.REPLACE, "scope": "acme"}


def test_a_file_that_replaces_deletes_what_it_does_not_speak_of(export):
    export.drop("positions", "A07")
    made = export.plan(BASE, **REPLACE)
    assert {(line.action, line.kind, line.id) for line in made.lines} == {
        ("delete", "Position", "A07"),
        ("delete", "Holding", "lp~A07"),
        ("delete", "Person", "lp"),
    }
    assert export.plan(BASE).is_empty, "by itself a row that is not there says nothing"


def test_many_deletions_are_counted(export):
    export.drop("positions", "A07")
    made = export.plan(BASE, **REPLACE)
    assert (made.replaceable, made.deletions_to_count) == (9, 3)
    assert made.model_copy(update={"replaceable": 30}).deletions_to_count == 0


def test_what_the_author_did_not_see_is_not_replaced(export):
    new = Position(id="A99", **A, title="New", unit_id="p", version=8)
    theirs = BASE.merged([new])
    assert export.plan(theirs, **REPLACE).is_empty


def test_what_others_changed_meanwhile_is_not_replaced_silently(export):
    export.drop("positions", "A07")
    theirs = BASE.merged([but(BUYER, weight=5)])
    [conflict] = export.plan(theirs, **REPLACE).conflicts
    assert (conflict.id, conflict.is_kept_by_file, conflict.cell) == ("A07", False, "")


def test_replacing_by_a_file_about_something_else_is_refused(export):
    other = Account(id="other", name="Other", status="prospect", version=1)
    with pytest.raises(ImportRejected) as caught:
        export.read(BASE.merged([other]), mode=Mode.REPLACE, scope="other")
    assert [p.code for p in caught.value.problems] == ["scope_not_in_file"]


def test_a_handmade_file_replaces_the_kinds_of_its_sheets_only(book):
    made = book(
        BASE, choices=Choices(**REPLACE),
        accounts="name | status\n Acme | client",
        positions="account | unit | title \n Acme | Plant | Technical director",
    )  # fmt: skip
    left = {(type(r), r.id) for r in made.records}
    assert (Position, "A07") not in left
    assert {(Person, "lp"), (Person, "bq"), (ContactTie, "AV~bq"), (OrgUnit, "p")} <= left
