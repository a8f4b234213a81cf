"""What an import would change: told line by line, and made so by its changes."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.errors import InputError
from graphkam.exchange.called import field_label, kind_label, value_label
from graphkam.exchange.lines import FieldChange, PlanAction
from graphkam.exchange.plan import Plan, plan
from graphkam.exchange.saved import load_plan, save_plan
from graphkam.model.base import Problem
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.ties import ContactTie
from graphkam.text import LANGUAGES, UNKNOWN, Words

ACME = Account(id="acme", name="Acme", version=3)
GLASS = OrgUnit(id="g", account_id="acme", name="Glass", kind="site", version=1)
HEAD = Position(id="A16", account_id="acme", title="Technical director", unit_id="g", weight=4, version=7)
BERNARD = Person(id="bq", account_id="acme", last_name="Quillien", first_name="Bernard", version=1)
JEROME = Person(id="js", account_id="acme", last_name="Sabatier", first_name="Jérôme")
HELD = Holding(id="h1", account_id="acme", person_id="bq", position_id="A16", since="2004-02", version=2)
ANNE = TeamMember(id="av", last_name="Vasseur", first_name="Anne", version=1)
TIE = ContactTie(
    id="t", account_id="acme", member_id="av", person_id="bq", kind="owner", level=3, version=4,
    days_out=(date(2026, 1, 5),),
)  # fmt: skip
KNOWN = RecordSet([ACME, GLASS, HEAD, BERNARD, HELD, ANNE, TIE])


def changed(record, **fields):
    return record.model_copy(update=fields)


def only(made):
    [line] = made.lines
    return line


def test_nothing_to_do():
    made = plan(KNOWN, KNOWN)
    assert (made.is_empty, made.lines, made.unchanged) == (True, (), len(KNOWN))


def test_where_and_when_a_record_comes_from_is_no_change():
    moved = changed(HEAD, origin="book.xlsx Positions!5", updated_at="2026-11-23T09:00:00+00:00", version=0)
    assert plan(KNOWN, KNOWN.merged([moved])).is_empty


def test_a_new_record():
    made = plan(KNOWN, KNOWN.merged([changed(JEROME, origin="book.xlsx!7")]))
    line = only(made)
    assert (line.action, line.kind, line.name) == (PlanAction.CREATE, "Person", "Jérôme Sabatier")
    assert line.origin == "book.xlsx!7"
    assert made.changes.puts[0].version == 0


def test_a_changed_field_tells_old_and_new_and_keeps_the_version_that_was_read():
    made = plan(KNOWN, KNOWN.merged([changed(HEAD, weight=5, unit_id=None, version=0)]))
    line = only(made)
    assert (line.action, line.name) == (PlanAction.CHANGE, "Technical director")
    assert line.fields == (
        FieldChange(field="unit_id", old="Glass", new=None),
        FieldChange(field="weight", old="4", new="5"),
    )
    assert made.changes.puts[0].version == 7


def test_an_end_date_is_an_end():
    assert only(plan(KNOWN, KNOWN.merged([changed(HELD, until="2027-03-31")]))).action is PlanAction.END
    ended = KNOWN.merged([changed(HELD, until="2027-03-31")])
    assert only(plan(ended, ended.merged([changed(HELD, until="2027-04")]))).action is PlanAction.CHANGE


def test_what_is_not_wanted_is_deleted_ties_before_what_they_tie():
    made = plan(KNOWN, RecordSet([ACME, GLASS, HEAD, ANNE]))
    assert {line.action for line in made.lines} == {PlanAction.DELETE}
    kinds = [KINDS.index(type(record)) for record in made.changes.removals]
    assert kinds == sorted(kinds, reverse=True)


def test_another_holder_is_an_event():
    came = Holding(id="h2", account_id="acme", person_id="js", position_id="A16", since="2026-11")
    made = plan(KNOWN, KNOWN.merged([changed(HELD, until="2026-10-31"), JEROME, came]))
    [event] = made.events
    assert (event.leaves, event.arrives, event.since) == ("Bernard Quillien", "Jérôme Sabatier", "2026-11")
    assert event.told(Words("en")).startswith(
        "A16, Technical director @ Glass: Bernard Quillien leaves, Jérôme Sabatier arrives."
    )
    assert "do not pass on" in event.told(Words("en"))
    assert "ne passent pas" in event.told(Words("fr"))


def test_a_holder_for_an_empty_seat_is_an_event_and_for_a_new_one_is_none():
    empty = RecordSet([ACME, HEAD, JEROME])
    came = Holding(id="h2", account_id="acme", person_id="js", position_id="A16")
    [event] = plan(empty, empty.merged([came])).events
    assert event.leaves is None
    assert "arrives" in event.told(Words("en"))
    assert plan(RecordSet(), empty.merged([came])).events == ()


def test_a_holder_of_long_ago_who_is_only_now_written_down_does_not_arrive():
    was = Holding(
        id="h0", account_id="acme", person_id="js", position_id="A16", since="1999-01", until="2004-01"
    )
    assert plan(KNOWN.merged([JEROME]), KNOWN.merged([JEROME, was])).events == ()


def test_totals_by_action_and_by_kind():
    made = plan(KNOWN, KNOWN.merged([JEROME, changed(TIE, level=2)], [HELD]))
    assert made.totals == {"create": 1, "change": 1, "end": 0, "delete": 1}
    assert list(made.by_kind) == ["Person", "Holding", "ContactTie"]
    assert made.by_kind["ContactTie"] == {"create": 0, "change": 1, "end": 0, "delete": 0}


def test_unchanged_counts_the_accounts_concerned():
    other = Account(id="other", name="Other")
    both = KNOWN.merged([other])
    made = plan(both, both.merged([changed(HEAD, weight=1)]))
    assert made.unchanged == sum(getattr(r, "account_id", r.id) == "acme" for r in KNOWN) - 1


def test_what_a_reader_says_is_carried_on():
    problem = Problem(code="unknown_column", severity="warning")
    book = SimpleNamespace(records=KNOWN, file="book.xlsx", sha256="abc", warnings=(problem,))
    made = plan(KNOWN, book, revision=9)
    assert (made.file, made.sha256, made.revision, made.warnings) == ("book.xlsx", "abc", 9, (problem,))


def test_lines_are_worded_by_the_table():
    said = Assessment(
        id="s", account_id="acme", person_id="bq", attribute="stance", value="2", date=date(2026, 10, 8)
    )
    lines = plan(KNOWN, KNOWN.merged([said, changed(TIE, level=None, days_out=())])).lines
    tie, assessment = lines
    assert (tie.name, assessment.name) == ("Anne Vasseur → Bernard Quillien", "Bernard Quillien")
    words = [
        f"{field_label(tie.kind, f.field, 'fr')}: {value_label(tie.kind, f.field, f.old, 'fr')}"
        f" → {value_label(tie.kind, f.field, f.new, 'fr')}"
        for f in tie.fields
    ]
    assert words == [
        f"Niveau actuel: Confiance → {UNKNOWN}",
        f"Jours où nous avons écrit: 1 jour → {UNKNOWN}",
    ]
    assert [f.field for f in assessment.fields] == ["attribute", "value"]
    assert assessment.told(Words("en")) == (
        "Assessment  Bernard Quillien (Attribute: Position toward our offer; Value: Champion)"
    )
    assert tie.told(Words("en")).startswith(
        "Contact  Anne Vasseur → Bernard Quillien (Level now: Trusted → ?; "
    )
    assert {kind_label(kind.__name__, language) for kind in KINDS for language in LANGUAGES}
    assert {field_label(kind.__name__, f, "fr") for kind in KINDS for f in set(kind.model_fields) - HIDDEN}


HIDDEN = {"id", "version", "origin", "updated_at"}


def test_a_plan_on_file_is_the_same_plan(tmp_path):
    account = changed(ACME, revenue=Decimal("12.50"))
    made = plan(KNOWN, KNOWN.merged([JEROME, account], [TIE]), revision=4)
    save_plan(made, tmp_path / "plan.json")
    again = load_plan(tmp_path / "plan.json", revision=4)
    assert again == made
    assert [type(r) for r in again.changes.puts] == [Account, Person]
    assert again.changes.removals == (TIE,)


def test_a_plan_of_an_older_store_is_refused(tmp_path):
    save_plan(plan(KNOWN, KNOWN, revision=4), tmp_path / "plan.json")
    with pytest.raises(InputError) as caught:
        load_plan(tmp_path / "plan.json", revision=5)
    assert caught.value.key == "error.plan_stale"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"form": 2}', '{"changes": {"puts": [{"type": "Spy"}]}}', '{"changes": 3}', "\0"],
)
def test_a_file_that_is_no_plan_is_refused(tmp_path, text):
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(InputError):
        load_plan(tmp_path / "plan.json", revision=1)


NAMES = st.text("abc", min_size=1, max_size=3)
PEOPLE = st.builds(
    Person, id=st.sampled_from("pqrst"), account_id=st.just("acme"), last_name=NAMES,
    version=st.integers(0, 3), origin=NAMES,
)  # fmt: skip
UNITS = st.builds(
    OrgUnit, id=st.sampled_from("pqrst"), account_id=st.sampled_from(["acme", "other"]), name=NAMES,
    kind=st.just("site"), version=st.integers(0, 3),
)  # fmt: skip
SETS = st.lists(PEOPLE | UNITS).map(RecordSet)


def content(records):
    dull = {"version": 0, "origin": "", "updated_at": ""}
    return RecordSet(record.model_copy(update=dull) for record in records)


@given(SETS, SETS)
def test_applying_a_plan_to_what_is_known_gives_what_is_wanted(known, wanted):
    made = plan(known, wanted)
    reached = known.merged(made.changes.puts, made.changes.removals)
    assert content(reached) == content(wanted)
    assert plan(reached, wanted).is_empty
    assert sum(made.totals.values()) == len(made.changes.puts) + len(made.changes.removals)
    for put in made.changes.puts:
        old = known.get(type(put), put.id)
        assert put.version == (old.version if old else 0)


def test_nothing_of_a_plan_can_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Plan().file = "x"
