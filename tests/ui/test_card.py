"""The card: what it says, what it adds in two clicks, what it does when somebody else was quicker."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Position
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.ties import ContactTie, InfluenceTie
from graphkam.text import LANGUAGES, Words

from .conftest import DAY, HOSTILE


def card(stage, who, **address) -> AppTest:
    return asking(stage.page("people", account="bow", **address), who)


def asking(app, who):
    """Give a page after its address asked for somebody's card."""
    app.query_params["who"] = who
    return app.run()


def said(app):
    return " ".join(e.value for e in (*app.markdown, *app.caption, *app.subheader)).replace("\\", "")


def click(app, label):
    [button] = [b for b in app.button if b.label == label]
    return button.click().run()


def field(app, kind, label):
    [found] = [w for w in getattr(app, kind) if w.label.replace("\\", "") == label]
    return found


def save(app):
    return click(app, "Save")


def records(stage, kind):
    return {r.id: r for r in stage.store.records.of(kind)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_who_it_is_and_what_is_not_known(editing, language):
    app = card(editing, "bow:C1", lang=language)
    assert not app.exception
    words = Words(language)
    assert app.subheader[-1].value == "C1"
    assert "Seat of C1" in said(app)
    assert words.say("card.stance_unknown") in said(app)
    assert "KAM" in said(app)
    assert words.say("card.live") in said(app)


def test_whoever_is_asked_for_has_a_card(editing):
    assert card(editing, "bow:seat:C1").subheader[-1].value == "C1"
    assert card(editing, "p:bow:seat:C1").subheader[-1].value == "C1"
    assert card(editing, "m:bow:KAM").subheader[-1].value == "KAM"
    assert "not there" in card(editing, "somebody").info[0].value


def test_a_contact_is_added_in_two_clicks(editing):
    app = click(card(editing, "bow:C2"), "Contact")
    field(app, "selectbox", "Team member *").select("m:bow:SAV")
    field(app, "selectbox", "Owner / backup / contact *").select("backup")
    field(app, "selectbox", "Level now").select("2")
    field(app, "selectbox", "Level desired").select("3")
    app = save(app)
    assert not app.error
    [tie] = [
        t
        for t in records(editing, ContactTie).values()
        if t.member_id == "m:bow:SAV" and t.person_id == "bow:C2"
    ]
    assert (tie.kind, tie.level, tie.desired, tie.stated_on) == ("backup", 2, 3, DAY)
    assert "Saved" in app.success[0].value
    assert "Save" not in [b.label for b in app.button]
    assert editing.store.done[-1].what == "edit"


def test_a_backup_has_a_button_of_its_own_and_what_it_needs_is_said(editing):
    owns = ContactTie(
        id="o", account_id="bow", member_id="m:bow:LOG", person_id="bow:C2", kind="owner", level=1
    )
    editing.store.records = editing.store.records.merged([owns], [])
    app = click(card(editing, "bow:C2"), "Backup")
    assert field(app, "selectbox", "Owner / backup / contact *").value == "backup"
    assert "It counts from" in said(app)
    offered = field(app, "selectbox", "Team member *").options
    assert [one for one in offered if "bow:SAV" in one]
    assert not [one for one in offered if "bow:LOG" in one], "nobody backs up himself"
    field(app, "selectbox", "Team member *").select("m:bow:SAV")
    app = save(app)
    assert not app.error
    ties = [t for t in records(editing, ContactTie).values() if t.person_id == "bow:C2"]
    assert ("m:bow:SAV", "backup", None) in [(t.member_id, t.kind, t.level) for t in ties]
    assert "does not count yet" in said(app)


@pytest.mark.parametrize(
    ("level", "last", "why"),
    [
        (None, DAY, "does not count yet"),
        (1, DAY, "Having met is not enough"),
        (2, date(2024, 1, 1), "too long ago"),
    ],
)
def test_a_tie_that_does_not_count_says_why(editing, level, last, why):
    tie = ContactTie(
        id="new", account_id="bow", member_id="m:bow:SAV", person_id="bow:C2", kind="contact", level=level,
        stated_on=last, last_contact=last,
    )  # fmt: skip
    editing.store.records = editing.store.records.merged([tie], [])
    assert why in said(card(editing, "bow:C2"))


def test_what_was_saved_can_be_taken_back(editing):
    app = click(card(editing, "bow:C1"), "Stance")
    field(app, "selectbox", "Position toward our offer *").select("-1")
    field(app, "text_input", "How do you know? *").input("Cut our trial short")
    app = save(app)
    assert [a.value for a in records(editing, Assessment).values()] == ["-1"]
    assert "Reserved" in said(app)
    app = click(app, "Undo")
    assert records(editing, Assessment) == {}
    assert editing.store.done[-1].undoes == editing.store.done[-2].id
    assert not app.success
    [told] = app.info
    assert told.value.startswith("Taken back")
    assert "C1" in told.value
    assert "Undo" not in [b.label for b in app.button], "once"


def test_what_is_missing_is_said_and_what_was_typed_stays(editing):
    app = click(card(editing, "bow:C1"), "Stance")
    field(app, "selectbox", "Position toward our offer *").select("2")
    app = save(app)
    assert "how you know" in app.error[0].value
    assert field(app, "selectbox", "Position toward our offer *").value == "2"
    assert records(editing, Assessment) == {}
    field(app, "text_input", "How do you know? *").input("Recommended us")
    assert not save(app).error


def test_what_cannot_be_understood_is_said_by_its_field(editing):
    app = click(card(editing, "bow:C1"), "Edit facts")
    field(app, "text_input", "E-mail").input("nobody")
    assert "not an e" in save(app).error[0].value.replace("\\", "")


def test_facts_are_edited_in_place(editing):
    app = click(card(editing, "bow:C1"), "Edit facts")
    field(app, "text_input", "Job title *").input("Chair")
    field(app, "selectbox", "Influence weight (1-5)").select(3)
    field(app, "text_input", "First name").input("Anne")
    app = save(app)
    position, person = records(editing, Position)["bow:seat:C1"], records(editing, Person)["bow:C1"]
    assert (position.title, position.weight, person.name) == ("Chair", 3, "Anne C1")
    assert app.subheader[-1].value == "Anne C1"


def test_of_each_record_it_is_said_where_it_comes_from_and_together_if_it_is_the_same(editing):
    position, person = records(editing, Position)["bow:seat:C1"], records(editing, Person)["bow:C1"]
    origin = {"origin": "plan.xlsx!Positions and people 4"}
    read = ChangeSet(puts=tuple(one.model_copy(update=origin) for one in (position, person)))
    at = "2026-11-20T08:00:00+00:00"
    editing.store.write(read, Operation(who="Bruno", what="import", at=at))
    app = card(editing, "bow:C1")
    assert said(app).count("Read from plan.xlsx (Positions and people 4) on 20 Nov 2026") == 1
    app = click(app, "Edit facts")
    field(app, "text_input", "Phone").input("+33 1 23 45 67 89")
    app = save(app)
    assert "Position: Read from plan.xlsx (Positions and people 4) on 20 Nov 2026" in said(app)
    assert "Person: Last written in the app on" in said(app)


def test_somebody_and_a_vacant_seat_are_added_below(editing):
    app = click(card(editing, "bow:C1"), "Add below")
    field(app, "text_input", "Job title *").input("Assistant")
    field(app, "text_input", "Last name").input("Blanc")
    app = save(app)
    [person] = [p for p in records(editing, Person).values() if p.last_name == "Blanc"]
    [holding] = [h for h in records(editing, Holding).values() if h.person_id == person.id]
    assert records(editing, Position)[holding.position_id].reports_to_id == "bow:seat:C1"
    app = click(app, "Add below")
    field(app, "text_input", "Job title *").input("Deputy")
    app = save(app)
    [vacant] = [p for p in records(editing, Position).values() if p.title == "Deputy"]
    assert (vacant.occupancy, vacant.reports_to_id) == ("vacant", "bow:seat:C1")
    assert "2 report here" in said(app)


def test_a_circle_of_reporting_lines_is_refused_with_its_list(editing):
    app = click(card(editing, "bow:C1"), "Change boss")
    field(app, "selectbox", "Reports to").select("bow:seat:C2")
    app = save(app)
    app = click(card(editing, "bow:C2"), "Change boss")
    field(app, "selectbox", "Reports to").select("bow:seat:C1")
    error = save(app).error[0].value.replace("\\", "")
    assert "Seat of C1 → Seat of C2 → Seat of C1" in error or "Seat of C2 → Seat of C1 → Seat of C2" in error
    assert records(editing, Position)["bow:seat:C2"].reports_to_id is None


def test_a_conflict_tie_has_a_direction(editing):
    app = click(card(editing, "bow:C1"), "Tie")
    field(app, "selectbox", "To *").select("bow:C3")
    app.radio[0].set_value("card.direction.from")
    field(app, "selectbox", "Kind *").select("conflict")
    field(app, "selectbox", "Weight (1-5)").select(4)
    app = save(app)
    [tie] = records(editing, InfluenceTie).values()
    assert (tie.from_id, tie.to_id, tie.kind, tie.weight) == ("bow:C3", "bow:C1", "conflict", 4)
    assert "← C3 · Conflict · 4/5" in said(app)


def test_a_change_of_holder_is_an_event(editing):
    app = click(card(editing, "bow:seat:C1"), "Change holder")
    field(app, "text_input", "Last name").input("Neuf")
    field(app, "text_input", "In post since *").input("2026-11-20")
    app = save(app)
    assert not app.error
    assert records(editing, Holding)["bow:holds:C1"].until == "2026-11-19"
    assert app.subheader[-1].value == "Neuf"


def test_somebody_leaves_and_the_seat_falls_vacant(editing):
    app = save(click(card(editing, "bow:seat:C1"), "Leaves the client"))
    assert records(editing, Person)["bow:C1"].status == "left"
    assert app.subheader[-1].value == "Seat of C1"
    assert "vacant" in said(app).casefold()


def test_what_goes_is_shown_before_it_goes(editing):
    app = click(card(editing, "bow:seat:C1"), "Remove")
    assert [t.value for t in app.text if "C1" in t.value]
    app = save(app)
    assert "bow:C1" not in records(editing, Person)
    assert "bow:seat:C1" in records(editing, Position)


def test_cancel_writes_nothing(editing):
    app = click(card(editing, "bow:C1"), "Edit facts")
    field(app, "text_input", "Job title *").input("Chair")
    app = click(app, "Cancel")
    assert editing.store.done == []
    assert "Save" not in [b.label for b in app.button]


def other_writes(stage, **said):
    """Let another editor write while the form is open."""
    now = stage.store.records.get(Position, "bow:seat:C1")
    from graphkam.editing.facts import change

    return stage.store.write(change(now, **said), Operation(who="Bruno", what="edit"))


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_conflict_shows_both_values_and_overwrites_nothing_unless_told(editing, is_mine):
    app = click(card(editing, "bow:C1"), "Edit facts")
    field(app, "text_input", "Job title *").input("Chair")
    other_writes(editing, title="President", seniority=1)
    app = save(app)
    assert records(editing, Position)["bow:seat:C1"].title == "President"
    assert "Bruno" in app.warning[0].value
    shown = app.table[0].value
    assert {"Chair", "President"} <= {str(v) for v in shown.to_numpy().flatten()}
    said = {caption.value for caption in app.caption}
    assert {Words("en").say("card.keep_theirs_does"), Words("en").say("card.write_mine_does")} <= said
    app = click(app, "Write mine over it" if is_mine else "Keep what is there")
    now = records(editing, Position)["bow:seat:C1"]
    assert (now.title, now.seniority) == ("Chair" if is_mine else "President", 1)
    assert not app.warning


def test_what_somebody_else_wrote_does_not_slip_under_an_open_form(editing):
    """The page is run anew in between: the form still knows what it was opened on."""
    app = click(card(editing, "bow:C1"), "Edit facts")
    other_writes(editing, title="President")
    app = app.run()
    assert field(app, "text_input", "Job title *").value == "Seat of C1"
    field(app, "selectbox", "Influence weight (1-5)").select(2)
    app = save(app)
    assert app.warning
    assert records(editing, Position)["bow:seat:C1"].title == "President"


def test_two_new_positions_of_one_id_are_two(editing, monkeypatch):
    """Somebody else adds one in the very moment, and his is given the id that ours wanted."""
    write = editing.store.write

    def overtaken(changes, operation, **more):
        monkeypatch.setattr(editing.store, "write", write)
        [ours] = changes.puts
        theirs = ours.model_copy(update={"role_comment": "Bruno's"})
        write(ChangeSet(puts=(theirs,)), Operation(who="Bruno", what="edit"))
        return write(changes, operation, **more)

    app = click(card(editing, "bow:C1"), "Add below")
    field(app, "text_input", "Job title *").input("Assistant")
    monkeypatch.setattr(editing.store, "write", overtaken)
    app = save(app)
    assert not app.error
    assert not app.warning
    added = [p for p in records(editing, Position).values() if p.title == "Assistant"]
    assert len({p.id for p in added}) == 2
    assert {p.role_comment for p in added} == {None, "Bruno's"}


def test_the_history_says_who_wrote_what(editing):
    other_writes(editing, title="President")
    app = card(editing, "bow:C1")
    app = app.toggle(key="history bow:C1").set_value(True).run()
    shown = app.dataframe[-1].value
    assert "Bruno" in list(shown["who"])
    assert any("President" in what for what in shown["what"])


def test_hostile_names_stay_text(hostile_stage):
    app = asking(hostile_stage.page("people", account="evil"), "evil:C1")
    assert not app.exception
    shown = [e.value for e in (*app.markdown, *app.caption, *app.subheader, *app.title)]
    assert any("leak" in text for text in shown)
    assert not any("![x](" in text or "<img" in text.replace("\\<", "") for text in shown)
    assert HOSTILE not in " ".join(shown)


def test_a_person_without_a_position_waits_to_be_placed(editing):
    newcomer = Person(id="bow:new", account_id="bow", last_name="Neuf")
    editing.store.write(ChangeSet(puts=(newcomer,)), Operation(who="Bruno", what="import-mail"))
    app = card(editing, "bow:new")
    assert "Not placed yet: 1" in said(app)
    assert list(app.dataframe[1].value["name"]) == ["Neuf"]
    app = click(app, "Give a position")
    field(app, "selectbox", "Position *").select("bow:seat:C8")
    field(app, "text_input", "In post since").input("2026-11-20")
    app = save(app)
    assert not app.error
    assert "Not placed yet: 1" in said(app)  # the one before has no position now
    assert records(editing, Holding)["bow:holds:C8"].until == "2026-11-19"


def test_the_people_of_an_account_are_listed_and_found(stage):
    app = stage.page("people", account="bow")
    assert app.dataframe[0].value["name"][0] == "C1"
    app = app.text_input(key="find people").set_value("seat of c7").run()
    assert list(app.dataframe[0].value["name"]) == ["C7"]
