"""A longer log over what is known: days are added, what was touched by hand stays and is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.exchange.export import save_csv_folder, save_workbook
from graphkam.exchange.mail import read_mail
from graphkam.exchange.mail_records import as_id
from graphkam.exchange.plan import plan
from graphkam.model.integrity import check
from graphkam.model.joining import joined
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, Mandate

DAY = date(2001, 6, 30)
FIRST = """2001-03-01,claire@ours.example,Anne Roy <anne@client.fr>
2001-04-02,anne@client.fr,claire@ours.example
2001-05-03,anne@client.fr,henri@ours.example
"""
MORE = """2001-01-15,bob@client.fr,claire@ours.example
2001-06-10,Anne Duval <anne@client.fr>,henri@ours.example
2001-02-10,henri@ours.example,anne@client.fr
"""
ANNE = "anne~client.fr"
CLAIRES, HENRIS = f"claire~ours.example~{ANNE}", f"henri~ours.example~{ANNE}"


@pytest.fixture
def read(tmp_path):
    def mail(rows, known=(), *, as_of=DAY, **options):
        path = tmp_path / "log.csv"
        path.write_text("at,sender,recipient\n" + rows, encoding="utf-8")
        team = ["ours.example"]
        return read_mail(path, team_domains=team, known=RecordSet(known), as_of=as_of, **options)

    return mail


@pytest.fixture
def known(read):
    """Give what the first log left in the store."""
    stored = {"version": 1, "updated_at": "2001-07-01T00:00:00+00:00"}
    return RecordSet(record.model_copy(update=stored) for record in read(FIRST).records)


def edited(known, kind, record_id, /, **fields):
    """Give what is known after somebody edited a record by hand."""
    record = known.get(kind, record_id)
    return known.merged([record.model_copy(update={**fields, "origin": "book.xlsx Positions!2"})])


def told(log):
    return {problem.code: problem for problem in log.warnings}


def test_the_same_log_again_changes_nothing_at_all(read, known):
    again = read(FIRST, known)
    assert again.records == known
    assert all(record is known.get(type(record), record.id) for record in again.records)
    assert plan(known, again).is_empty


def test_a_longer_log_adds_days_people_and_earlier_beginnings(read, known):
    log = read(FIRST + MORE, known)
    assert log.records.get(ContactTie, HENRIS).days_in == (date(2001, 5, 3), date(2001, 6, 10))
    assert log.records.get(ContactTie, HENRIS).days_out == (date(2001, 2, 10),)
    assert log.records.get(ContactTie, CLAIRES) is not None
    assert log.records.get(Person, ANNE).name == "Anne Duval"
    assert log.records.get(Position, f"{ANNE}~seat").since == "2001-02-10"
    assert log.records.get(Holding, f"{ANNE}~holds").since == "2001-02-10"
    assert {m.member_id: m.since for m in log.records.of(Mandate)} == {
        "claire~ours.example": "2001-01-15",
        "henri~ours.example": "2001-02-10",
    }
    assert check(log.records) == ()
    assert [(line.action, line.kind) for line in plan(known, log).lines if line.kind == "Person"] == [
        ("change", "Person"), ("create", "Person"),
    ]  # fmt: skip


def test_two_logs_one_after_the_other_say_the_same_as_both_together(read, known):
    def content(records):
        return {(type(r), r.id): r.model_copy(update={"version": 0, "updated_at": ""}) for r in records}

    assert content(read(MORE, known).records) == content(read(FIRST + MORE).records)


def test_the_proposal_follows_the_log_and_the_day(read, known):
    assert known.get(ContactTie, CLAIRES).kind == "owner"
    log = read(MORE, known)
    kinds = [
        (log.records.get(ContactTie, t).kind, log.records.get(ContactTie, t).proposed)
        for t in (CLAIRES, HENRIS)
    ]
    assert kinds == [("backup", True), ("owner", True)]
    later = read(FIRST, known, as_of=date(2005, 1, 1)).records.get(ContactTie, CLAIRES)
    assert (later.kind, later.proposed) == ("contact", None)


def test_an_older_log_does_not_bring_back_an_older_name(read, known):
    assert read("2001-01-01,Anne Old <anne@client.fr>,claire@ours.example\n", known).records.get(
        Person, ANNE
    ).name == ("Anne Roy")


def test_a_name_written_by_hand_stays_and_the_other_is_told(read, known):
    mine = edited(known, Person, ANNE, first_name="Anne", last_name="Roy-Duval")
    log = read(FIRST + MORE, mine)
    assert log.records.get(Person, ANNE) is mine.get(Person, ANNE)
    assert (told(log)["mail_kept_name"].value, told(log)["mail_kept_name"].params["kept"]) == (
        "Anne Duval", "Anne Roy-Duval",
    )  # fmt: skip


def test_a_name_in_another_order_is_the_same(read, known):
    mine = edited(known, Person, ANNE, first_name="Anne", last_name="Roy")
    row = '2001-06-12,"""Roy, Anne"" <anne@client.fr>",claire@ours.example\n'
    assert "mail_kept_name" not in told(read(row, mine))
    mine = edited(known, Person, ANNE, first_name="Anne", last_name="Roy")
    assert "mail_kept_name" not in told(read(FIRST, mine))


def test_a_tie_touched_by_hand_keeps_what_was_said_and_still_takes_days(read, known):
    mine = edited(known, ContactTie, CLAIRES, kind="owner", proposed=None, level=3, stated_on=DAY, note="met")
    log = read(FIRST + MORE + "2001-06-11,claire@ours.example,anne@client.fr\n", mine)
    found = log.records.get(ContactTie, CLAIRES)
    assert (found.kind, found.proposed, found.level, found.note) == ("owner", None, 3, "met")
    assert found.days_out[-1] == date(2001, 6, 11)
    assert found.origin == "book.xlsx Positions!2"
    assert log.records.get(ContactTie, HENRIS).kind == "backup"
    assert check(log.records) == ()


def test_where_the_log_would_propose_another_owner_that_is_told(read, known):
    mine = edited(known, ContactTie, CLAIRES, proposed=None)
    log = read(FIRST + MORE, mine)
    assert log.records.get(ContactTie, CLAIRES).kind == "owner"
    problem = told(log)["mail_kept_owner"]
    assert (problem.value, problem.params) == ("Anne Duval", {"member": "henri", "kept": "claire"})


def test_an_ended_holding_a_deleted_position_and_an_ended_mandate_stay_so(read, known):
    mine = edited(known, Holding, f"{ANNE}~holds", until="2001-05-31")
    mandate = next(m for m in known.of(Mandate) if m.member_id == "claire~ours.example")
    mine = edited(mine, Mandate, mandate.id, until="2001-05-31")
    log = read(FIRST + MORE, mine)
    assert log.records.get(Holding, f"{ANNE}~holds") is mine.get(Holding, f"{ANNE}~holds")
    assert log.records.get(Mandate, mandate.id) is mine.get(Mandate, mandate.id)
    without = known.merged([], [known.get(Holding, f"{ANNE}~holds"), known.get(Position, f"{ANNE}~seat")])
    assert read(FIRST, without).records == without


def test_a_renamed_account_and_an_edited_address_are_found_by_their_ids(read, known):
    mine = edited(known, Account, "client.fr", name="Client SA")
    mine = edited(mine, Person, ANNE, email="anne.duval@client.fr")
    log = read(FIRST, mine)
    assert log.records == mine


WORKBOOK = (
    Account(id="CLI", name="Client SA"),
    OrgUnit(id="CLI-u1", account_id="CLI", name="Works", kind="site"),
    OrgUnit(id="CLI-u2", account_id="CLI", name="Client SA", kind="group"),
    Person(id="n1", account_id="CLI", last_name="Roy", first_name="Anne", email="Anne@client.fr"),
    Position(id="p1", account_id="CLI", title="Buyer", unit_id="CLI-u1"),
    Holding(id="h1", account_id="CLI", person_id="n1", position_id="p1"),
    TeamMember(id="CV", last_name="Vasseur", first_name="Claire", email="claire@ours.example"),
    Mandate(id="m1", account_id="CLI", member_id="CV", role="lead"),
)


def test_people_of_a_workbook_are_found_by_their_addresses_in_the_mapped_account(read):
    log = read(FIRST + MORE, WORKBOOK, accounts_map={"client.fr": "client sa"})
    assert [a.id for a in log.records.of(Account)] == ["CLI"]
    assert {p.id for p in log.records.of(Person)} == {"n1", "bob~client.fr"}
    assert log.records.get(Position, "bob~client.fr~seat").unit_id == "CLI-u2"
    assert {(m.member_id, m.role) for m in log.records.of(Mandate)} == {
        ("CV", "lead"), ("henri~ours.example", "mail"),
    }  # fmt: skip
    assert {t.id for t in log.records.of(ContactTie)} == {
        "CV~n1", "henri~ours.example~n1", "CV~bob~client.fr",
    }  # fmt: skip
    assert all(log.records.get(type(record), record.id) is record for record in WORKBOOK)
    assert check(log.records) == ()


def test_people_known_in_another_account_stay_there_and_that_is_told(read):
    log = read(FIRST + MORE, WORKBOOK)
    assert {p.id: p.account_id for p in log.records.of(Person)} == {"n1": "CLI", "bob~client.fr": "client.fr"}
    assert {t.account_id for t in log.records.of(ContactTie) if t.person_id == "n1"} == {"CLI"}
    problem = told(log)["mail_known_elsewhere"]
    assert (problem.value, problem.params) == ("client.fr", {"count": 1, "other": "Client SA"})
    assert check(log.records) == ()


def test_known_people_count_for_the_size_of_an_account(read, known):
    log = read("2001-06-20,bob@client.fr,claire@ours.example\n", known, min_people=2)
    assert len(log.records.of(Person)) == 2


@pytest.mark.parametrize("save", [save_csv_folder, save_workbook])
def test_an_export_imports_back_to_the_same(read, tmp_path, save):
    from graphkam.exchange.book import read_book

    records = read(FIRST + MORE).records
    path = tmp_path / ("out" if save is save_csv_folder else "out.xlsx")
    save(records, path, language="fr", revision=1, today=DAY)
    assert plan(records, read_book(path, known=records, today=DAY)).is_empty
    fresh = read_book(path, known=RecordSet(), today=DAY)
    assert plan(records, fresh).is_empty


@given(st.lists(st.tuples(st.text("ab~%.", min_size=1), st.text("ab.", min_size=1)), unique=True, max_size=6))
def test_every_address_has_an_id_of_its_own(addresses):
    assert len({as_id(f"{local}@{domain}") for local, domain in addresses}) == len(addresses)


def test_a_very_long_address_has_a_short_id():
    assert len(as_id(f"{'a' * 300}@{'b' * 300}.fr")) <= 200
    assert as_id("a" * 300 + "@x.fr") != as_id("a" * 301 + "@x.fr")


TWO = """2001-03-01,claire@ours.example,Anne Roy <anne@client.fr>
2001-04-02,a.roy@client.fr,claire@ours.example
2001-05-03,henri@ours.example,A. Roy <a.roy@client.fr>
"""


def merged(known, kept, gone):
    """Give what is known after somebody made two people one."""
    found = joined(known, known.get(Person, kept), known.get(Person, gone))
    assert check(found.records) == ()
    return found.records


def test_who_was_made_one_stays_one_whatever_address_is_used(read):
    before = read(TWO).records
    assert len(before.of(Person)) == 2
    known = merged(before, ANNE, "a.roy~client.fr")
    assert plan(known, read(TWO, known)).is_empty
    more = "2001-06-01,a.roy@client.fr,henri@ours.example\n2001-06-02,henri@ours.example,anne@client.fr\n"
    log = read(TWO + more, known)
    [anne] = log.records.of(Person)
    assert (anne.name, anne.other_emails) == ("Anne Roy", ("a.roy@client.fr",))
    assert {tie.member_id: (len(tie.days_out), len(tie.days_in)) for tie in log.records.of(ContactTie)} == {
        "claire~ours.example": (1, 1),
        "henri~ours.example": (2, 1),
    }
    assert len(log.records.of(Position)) == len(log.records.of(Holding)) == 1


def test_in_one_log_two_addresses_of_one_person_add_up(read):
    anne = Person(
        id="ar",
        account_id="client.fr",
        last_name="Roy",
        email="anne@client.fr",
        other_emails=("a.roy@client.fr",),
    )
    log = read(TWO, [Account(id="client.fr", name="client.fr"), anne])
    assert {tie.member_id: (len(tie.days_out), len(tie.days_in)) for tie in log.records.of(ContactTie)} == {
        "claire~ours.example": (1, 1),
        "henri~ours.example": (1, 0),
    }
