"""The page of data: nothing is written before it is accepted; what was can be taken back."""

from pathlib import Path

import pytest

from graphkam.exchange.export import save_workbook
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Position
from graphkam.model.people import Assessment, Person
from graphkam.model.records import RecordSet
from graphkam.model.table import sheets as all_sheets
from graphkam.model.ties import ContactTie
from graphkam.text import LANGUAGES, Words
from graphkam.ui.data import drafts, importing, twins, writes
from graphkam.ui.state import page_file
from tests.ui.editable import EditableStore

FIXTURES = Path(__file__).parents[3] / "fixtures"
PARTS = ("import", "grid", "quality", "twins", "export", "writes")


@pytest.fixture
def nothing(empty_stage):
    empty_stage.store = EditableStore(RecordSet())
    return empty_stage


def page(stage, part, **address):
    app = stage.page("data", account="bow", **address)
    app.query_params["show"] = part
    return app.run()


def press(app, label):
    [button] = [b for b in app.button if b.label == label]
    return button.click().run()


def written(stage):
    return [(o.what, o.file) for o in stage.store.done]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_in_every_language(editing, part, language):
    app = page(editing, part, lang=language)
    assert not app.exception
    assert not app.error
    assert app.query_params["show"] == part


def test_an_empty_store_offers_the_demo_and_shows_it_first(nothing):
    app = nothing.page()
    app = press(app, "Show the demo accounts")
    assert any("872" in m.value for m in app.markdown)
    assert written(nothing) == []
    app = press(app, "Save these changes")
    assert written(nothing) == [("import", "demo-en.xlsx")]
    assert "Groupe Aubrévoie" in {a.name for a in nothing.store.accounts()}
    assert not app.error


def test_a_plan_that_is_dropped_writes_nothing(nothing):
    app = press(press(nothing.page(), "Show the demo accounts"), "Cancel")
    assert written(nothing) == []
    assert "Show the demo accounts" in [b.label for b in app.button]


def upload(app, key, name, data):
    [uploader] = [f for f in app.file_uploader if f.key == key]
    return uploader.upload(name, data).run()


def plan(app, key="plan book"):
    return app.button(key=key).click().run()


def test_a_workbook_is_shown_then_written_then_taken_back(editing):
    data = (FIXTURES / "mini.xlsx").read_bytes()
    app = plan(upload(page(editing, "import"), "book", "mini.xlsx", data))
    assert not app.exception
    assert written(editing) == []
    app = press(app, "Save these changes")
    assert written(editing) == [("import", "mini.xlsx")]
    assert len(editing.store.done[0].sha256) == 64
    assert len(editing.store.accounts()) == 3
    press(app, "Undo")
    assert len(editing.store.accounts()) == 2


def test_a_bad_workbook_is_told_cell_by_cell(nothing):
    app = plan(upload(nothing.page(), "book", "dirty.xlsx", (FIXTURES / "dirty.xlsx").read_bytes()))
    assert "was not imported" in app.error[0].value.replace("\\", "")
    shown = app.dataframe[0].value
    assert {"where", "value", "problem", "right"} <= set(shown.columns)
    assert any("!" in where for where in shown["where"])
    assert any(shown["right"])
    assert written(nothing) == []
    assert "Show the demo accounts" in [b.label for b in press(app, "Close").button]


def test_what_is_no_workbook_is_told(nothing):
    app = plan(upload(nothing.page(), "book", "x.xlsx", b"hello"))
    assert app.error
    assert "not an Excel workbook" in app.dataframe[0].value["problem"][0]


@pytest.mark.parametrize(
    "name", ["../../evil.xlsx", "a/b\\c.xlsx", "...", "\u202egnp.xlsx", "x" * 300 + ".xlsx"]
)
def test_the_name_of_an_upload_is_only_a_name(name):
    seen = []
    importing.on_disk(name, b"data", lambda path: seen.append((path.exists(), path.name, path.parent)))
    [(was_there, shown, folder)] = seen
    assert was_there
    assert not folder.exists()
    assert not set(shown) & set('/\\<>:"|?*')
    assert 0 < len(shown) <= 120


def test_a_mail_log_needs_our_domains(nothing):
    log = "at,sender,recipient\n" + "\n".join(
        f"2026-{m:02}-05T09:00:00Z,ana@ours.example,bob@client.example\n"
        f"2026-{m:02}-06T09:00:00Z,bob@client.example,ana@ours.example"
        for m in range(5, 11)
    )
    app = upload(nothing.page(), "mail", "log.csv", log.encode())
    assert app.button(key="plan mail").disabled
    app = app.text_input(key="domains").set_value("ours.example; other.example").run()
    app = press(plan(app, "plan mail"), "Save these changes")
    assert written(nothing) == [("import-mail", "log.csv")]
    assert len(nothing.store.records.of(ContactTie)) == 1
    assert not app.error


def test_what_file_and_store_both_changed_is_asked_about(editing, tmp_path):
    def writes(title, **more):
        now = editing.store.records.get(Position, "bow:seat:C1")
        changed = now.model_copy(update={"title": title, **more})
        editing.store.write(ChangeSet(puts=(changed,)), Operation(who="Bruno", what="edit"))

    writes("As exported")
    base = editing.store.current
    writes("As in the file")
    shown = editing.store.states[editing.store.current].of_account("bow")
    path = tmp_path / "out.xlsx"
    operation = editing.store.operation_at(base).id
    save_workbook(shown, path, language="en", revision=base, operation=operation)
    writes("As Bruno says", seniority=2)
    app = plan(upload(page(editing, "import"), "book", "out.xlsx", path.read_bytes()))
    assert app.warning
    assert app.button(key="accept plan").disabled
    conflicts = app.dataframe[0].value
    assert list(conflicts["mine"]) == ["As in the file"]
    assert list(conflicts["theirs"]) == ["As Bruno says"]
    assert list(conflicts["who"]) == ["Bruno"]
    app = app.radio(key="asked conflicts").set_value("mine").run()
    press(app, "Save these changes")
    now = editing.store.records.get(Position, "bow:seat:C1")
    assert (now.title, now.seniority) == ("As in the file", 2)


def test_many_deletions_are_counted_by_the_reader(editing, tmp_path):
    path = tmp_path / "out.xlsx"
    few = [r for r in editing.store.records.of_account("bow") if not isinstance(r, ContactTie)]
    save_workbook(RecordSet(few), path, language="en", revision=1)
    app = upload(page(editing, "import"), "book", "out.xlsx", path.read_bytes())
    app = plan(app.checkbox[0].check().run())
    assert not app.error
    assert app.button(key="accept plan").disabled
    count = sum(sign == "\u2212" for sign in app.dataframe[0].value["sign"])
    assert count == 10
    app = app.number_input(key="count deletions").set_value(count).run()
    press(app, "Save these changes")
    assert {t.account_id for t in editing.store.records.of(ContactTie)} == {"dia"}


# ------------------------------------------------------------------ the grid


@pytest.mark.parametrize("sheet", all_sheets())
def test_every_sheet_can_be_edited(editing, sheet):
    app = page(editing, "grid")
    app = app.selectbox(key="sheet").select(sheet).run()
    assert not app.exception
    assert app.button(key="save grid").disabled


def test_the_grid_shows_what_others_wrote_while_nothing_is_typed(editing):
    app = page(editing, "grid")
    now = editing.store.records.get(Position, "bow:seat:C1")
    changed = now.model_copy(update={"title": "President"})
    editing.store.write(ChangeSet(puts=(changed,)), Operation(who="Bruno", what="edit"))
    app = app.run()
    assert "President" in list(app.dataframe[0].value["title"])


def unescaped(text):
    return text.replace("\\", "")


def typed_weight(stage, monkeypatch, weight):
    """Open the grid, and let the weight of a position say something else, which only a browser can do."""
    app = page(stage, "grid")
    [draft] = app.session_state["drafts in the grid"].values()
    [place] = [n for n, row in enumerate(draft.grid.rows) if row["title"] == "Seat of C1"]
    real = drafts._state

    def state(key):
        found = real(key)
        return found and ({"edited_rows": {place: {"weight": weight}}} if key == draft.key else found)

    monkeypatch.setattr(drafts, "_state", state)
    return app.run()


def weights(app):
    shown = app.data_editor[0].value
    return dict(zip(shown["title"], shown["weight"], strict=True))


@pytest.mark.parametrize("elsewhere", ["part", "sheet", "page"])
def test_what_is_typed_in_the_grid_is_still_there_after_a_look_at_something_else(
    editing, monkeypatch, elsewhere
):
    app = typed_weight(editing, monkeypatch, "2")
    match elsewhere:
        case "part":
            app = app.segmented_control(key="data_part").set_value("writes").run()
            assert "Positions and people (1 row)" in unescaped(app.warning[0].value)
            app = app.segmented_control(key="data_part").set_value("grid").run()
        case "sheet":
            app = app.selectbox(key="sheet").select("team").run()
            assert app.button(key="save grid").disabled
            assert any("Positions and people (1 row)" in unescaped(c.value) for c in app.caption)
            app = app.selectbox(key="sheet").select("positions").run()
        case "page":
            app = app.switch_page(str(page_file("people"))).run()
            app = app.switch_page(str(page_file("data"))).run()
    assert weights(app)["Seat of C1"] == "2"
    assert not app.button(key="save grid").disabled
    app = press(app.button(key="save grid").click().run(), "Save these changes")
    written_now = editing.store.records.get(Position, "bow:seat:C1")
    assert (written_now.weight, written_now.origin) == (2, "app"), "typed in the app, whatever sheet it was"
    assert app.button(key="save grid").disabled
    assert weights(app)["Seat of C1"] == "2"


def test_another_language_leaves_a_grid_in_which_something_is_typed_as_it_is(editing, monkeypatch):
    app = typed_weight(editing, monkeypatch, "2")
    before = app.data_editor[0].proto.id
    app.query_params["lang"] = "fr"
    app = app.run()
    assert any("Pas encore enregistr\u00e9" in m.value for m in app.markdown)
    assert app.data_editor[0].proto.id == before, "Streamlit would forget what was typed in another"
    app = app.button(key="discard grid").click().run()
    assert app.data_editor[0].proto.id != before


def test_what_somebody_else_wrote_meanwhile_meets_what_was_typed_and_no_other_row(editing, monkeypatch):
    app = typed_weight(editing, monkeypatch, "2")
    app = app.segmented_control(key="data_part").set_value("writes").run()
    first = Position(id="bow:seat:A", account_id="bow", title="A seat above all others")
    other = editing.store.records.get(Position, "bow:seat:C1").model_copy(update={"weight": 1})
    editing.store.write(ChangeSet(puts=(first, other)), Operation(who="Bruno", what="edit"))
    app = app.segmented_control(key="data_part").set_value("grid").run()
    app = app.button(key="save grid").click().run()
    assert app.button(key="accept plan").disabled, "it is asked whose word counts"
    assert "Bruno" in app.dataframe[1].value["who"].tolist()
    app = press(app.radio(key="asked conflicts").set_value("mine").run(), "Save these changes")
    assert editing.store.records.get(Position, "bow:seat:C1").weight == 2
    assert editing.store.records.get(Position, "bow:seat:A") == first.model_copy(
        update={"version": 2, "updated_at": editing.store.done[0].at}
    )


def test_what_was_saved_is_said_no_more_once_something_is_typed(editing, monkeypatch):
    app = typed_weight(editing, monkeypatch, "2")
    app = press(app.button(key="save grid").click().run(), "Save these changes")
    assert app.success

    monkeypatch.setattr(drafts, "_state", lambda _: {"edited_rows": {0: {"weight": "1"}}})
    assert not app.run().success


def test_discarding_shows_the_rows_as_they_are(editing, monkeypatch):
    app = typed_weight(editing, monkeypatch, "2")
    app = app.button(key="discard grid").click().run()
    assert weights(app)["Seat of C1"] == "5"
    assert app.button(key="discard grid").disabled


def test_a_number_beyond_what_is_allowed_is_told_by_its_row_before_it_is_saved(editing, monkeypatch):
    app = typed_weight(editing, monkeypatch, "9")
    [said] = [m.value for m in app.markdown if "Not saved yet" in m.value]
    assert "C1 · Seat of C1, Influence weight (1-5): 9 is out of range. Allowed: 1 – 5." in unescaped(said)
    app = app.button(key="save grid").click().run()
    assert unescaped(app.error[0].value).startswith("Not saved: 1 problem in Positions and people.")
    [row] = [r for _, r in app.dataframe[1].value.iterrows()]
    assert (row["where"], row["value"], row["right"]) == ("C1 \u00b7 Seat of C1", "9", "1 \u2013 5")
    assert written(editing) == []


def test_a_position_is_named_by_its_holder_before_and_after_it_is_written(editing, monkeypatch):
    app = typed_weight(editing, monkeypatch, "2").button(key="save grid").click().run()
    assert list(app.dataframe[1].value["name"]) == ["C1, Seat of C1"]
    assert "unchanged" not in " ".join(m.value for m in app.markdown)
    app = press(app, "Save these changes")
    assert "C1, Seat of C1" in app.success[0].value.replace("\\", "")


# ------------------------------------------------------------------ twins, writes


def chosen(monkeypatch, module):
    """Let the first row of a part's table be ticked, which only a browser can do."""
    real = module.table
    monkeypatch.setattr(module, "table", lambda rows, columns, **more: real(rows, columns, **more) or 0)


def test_two_who_are_one_become_one_and_two_again(editing, monkeypatch):
    email = {"email": "c1@client.example"}
    twin = Person(id="bow:twin", account_id="bow", last_name="C1", first_name="Anne", **email)
    first = editing.store.records.get(Person, "bow:C1").model_copy(update=email)
    editing.store.write(ChangeSet(puts=(twin, first)), Operation(who="Bruno", what="import"))
    before = editing.store.records
    chosen(monkeypatch, twins)
    app = page(editing, "twins")
    assert list(app.dataframe[0].value["reason"]) == [Words("en").say("plan.reason.email")]
    app = app.button(key="merge bow:C1").click().run()
    assert editing.store.records is before
    app = press(app, "Save these changes")
    assert "bow:twin" not in {p.id for p in editing.store.records.of(Person)}
    assert editing.store.done[-1].what == "merge"
    press(app, "Undo")
    assert {r.id for r in editing.store.records} == {r.id for r in before}


def test_any_write_can_be_taken_back_after_a_look(editing, monkeypatch):
    chosen(monkeypatch, writes)
    person = editing.store.records.get(Person, "bow:C1").model_copy(update={"first_name": "Anne"})
    editing.store.write(ChangeSet(puts=(person,)), Operation(who="Bruno", what="edit"))
    app = page(editing, "writes")
    assert list(app.dataframe[0].value["who"]) == ["Bruno"]
    assert list(app.dataframe[0].value["changed"]) == ["Anne C1: First name: ? \u2192 Anne"]
    app = press(app, "Take it back \u2026")
    assert any("Anne" in told for told in app.dataframe[0].value["changes"])
    app = press(app, "Save these changes")
    assert editing.store.records.get(Person, "bow:C1").first_name is None
    assert editing.store.done[-1].undoes == editing.store.done[0].id
    assert any(told.value.startswith("Taken back") for told in app.info)
    assert app.dataframe[0].value["what"][0].startswith("undo of 20")


def test_a_large_write_is_told_by_its_size_and_one_with_a_stance_without_it_where_stances_are_hidden(editing):
    people = editing.store.records.of(Person)
    many = tuple(Person(id=f"bow:x{n}", account_id="bow", last_name=f"X{n}") for n in range(21))
    editing.store.write(ChangeSet(puts=many), Operation(who="Bruno", what="import", file="a.xlsx"))
    said = Assessment(
        id="s", account_id="bow", person_id=people[0].id, attribute="stance", value="-2", date="2026-01-01"
    )
    editing.store.write(ChangeSet(puts=(said,)), Operation(who="Bruno", what="edit"))
    told = list(page(editing, "writes").dataframe[0].value["changed"])
    assert told[1] == "21 records"
    assert told[0].startswith("+ ")
    assert "Opponent" in told[0]
    app = page(editing, "writes")
    app.session_state["hide_stance"] = True
    hidden = list(app.run().dataframe[0].value["changed"])
    assert hidden[0].startswith("+ ")
    assert "Opponent" not in hidden[0]


def test_a_plan_that_somebody_overtook_is_told_and_made_anew(editing, monkeypatch):
    chosen(monkeypatch, writes)

    def says(name):
        now = editing.store.records.get(Person, "bow:C1").model_copy(update={"first_name": name})
        return editing.store.write(ChangeSet(puts=(now,)), Operation(who="Bruno", what="edit"))

    says("Anne")
    app = press(page(editing, "writes"), "Take it back \u2026")
    says("Zoe")
    app = press(app, "Save these changes")
    assert app.error
    app = app.button(key="plan again").click().run()
    assert not app.error
    assert any("Zoe" in told for told in app.dataframe[0].value["changes"])
    assert editing.store.records.get(Person, "bow:C1").first_name == "Zoe"


def test_what_is_missing_is_red_amber_or_green(editing):
    app = page(editing, "quality")
    states = {state for cell in app.dataframe[0].value["state"] for state in cell}
    assert states <= {"red", "amber", "green"}
    assert "red" in states
    shares = [share for share in app.dataframe[0].value["share"] if share is not None]
    assert shares == sorted(shares)


def test_everything_that_goes_out_is_on_a_route_of_our_own(editing):
    app = page(editing, "export")
    links = [link.proto.url for link in app.get("link_button")]
    assert len(links) == 12
    assert all(link.startswith("/export/") for link in links)
