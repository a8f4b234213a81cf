"""The page of who owns what, and many contacts edited in one grid."""

from datetime import date

import pytest

from graphkam.errors import WriteConflict
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.text import LANGUAGES, Words
from graphkam.ui import bulk

from .conftest import DAY, HOSTILE
from .test_pages import metrics

EN = Words("en")


def said(app):
    return app.markdown[0].value.replace("\\", "")


def test_the_answer_says_what_is_wrong(stage):
    assert said(stage.page("owners", account="bow")).startswith(
        "8 stakeholders have no owner, 0 key ones have no backup."
    )


def test_one_of_us_is_looked_at_by_link(stage):
    app = stage.page("owners", account="dia", member="m:dia:KAM")
    assert said(app).startswith("KAM owns 0 and backs up 0; 4 live ties over all accounts")
    assert metrics(app)["Live ties / room"] == "4 / not said"
    assert len(app.dataframe[0].value) == 5
    assert app.query_params["member"] == "m:dia:KAM"


def test_a_member_of_another_account_is_not_looked_at(stage):
    app = stage.page("owners", account="dia", member="m:bow:LOG")
    assert app.selectbox(key="member").value == ""
    assert not app.exception


def test_contacts_come_by_what_is_shown_then_by_name(stage):
    ties = {
        "dia:KAM:C2": {"kind": "owner", "last_contact": date(2025, 1, 1), "stated_on": date(2025, 1, 1)},
        "dia:KAM:C1": {"kind": "owner", "last_contact": date(2024, 1, 1), "stated_on": date(2024, 1, 1)},
    }
    stage.store.records = RecordSet(
        r.model_copy(update=ties.get(r.id, {})) for r in reversed(list(stage.store.records))
    )
    app = stage.page("owners", account="dia", member="m:dia:KAM")
    shown = app.dataframe[0].value
    assert list(shown["person"]) == ["C1", "C2", "C3", "C4", "C6"]
    assert [bool(said) for said in shown["overdue"]] == [True, True, False, False, False]
    assert any("then by name" in c.value for c in app.caption)


@pytest.mark.parametrize("show", ["contacts", "load", "unowned"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_opens(stage, show, language):
    app = stage.page("owners", account="dia", show=show, lang=language)
    assert not app.exception
    assert not app.error
    assert app.dataframe


def test_the_grid_opens_and_closes_without_writing(stage):
    app = stage.page("owners", account="dia", member="m:dia:KAM")
    app.button(key="edit in grid").click().run()
    assert not app.exception
    assert app.button(key="save grid").disabled
    app.button(key="cancel grid").click().run()
    assert app.button(key="edit in grid")
    assert stage.store.current == 1


def test_hostile_names_stand_in_the_grid_as_they_are(hostile_stage):
    app = hostile_stage.page("owners")
    app.button(key="edit in grid").click().run()
    assert not app.exception
    assert all(HOSTILE in name for name in app.dataframe[0].value["person"])


@pytest.fixture
def ties(stage):
    records = stage.desk.graph("dia", DAY).records
    return tuple(records.get(ContactTie, f"dia:{pair}") for pair in ("DG:C1", "KAM:C1", "KAM:C2"))


def made(stage, ties, typed, words=EN):
    records = stage.desk.graph("dia", DAY).records
    return {t.id: t for t in bulk.changes(words, records, ties, typed, on=DAY).puts}


def test_what_was_typed_is_written_and_nothing_else(stage, ties):
    [one] = made(stage, ties, {2: {"level_now": 3, "desired": 3, "last_contact": "2026-11-20"}}).values()
    assert (one.id, one.level, one.desired, str(one.last_contact)) == ("dia:KAM:C2", 3, 3, "2026-11-20")
    assert one.kind == "contact"
    assert made(stage, ties, {}) == {}


def test_an_emptied_cell_takes_away_what_was_known(stage, ties):
    [one] = made(stage, ties, {2: {"desired": None, "level_now": None}}).values()
    assert (one.level, one.desired) == (None, None)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_owner_chosen_twice_for_one_person_is_the_one_chosen_last(stage, ties, order):
    words = Words("fr")
    rows = tuple(ties[i] for i in order)
    found = made(stage, rows, {0: {"kind": "Titulaire"}, 1: {"kind": "Titulaire"}}, words)
    assert [found[t.id].kind for t in rows] == ["contact", "owner"]


def test_who_wrote_meanwhile_is_not_overwritten(stage, ties):
    """The grid keeps the versions that it was opened with; the store refuses what is older."""
    newer = ties[2].model_copy(update={"version": 7, "level": 1})
    stage.store.records = stage.store.records.merged([newer])
    stage.store.current += 1
    [one] = made(stage, ties, {2: {"level_now": 3}}).values()
    assert one.version == ties[2].version != newer.version


def test_a_conflict_is_shown_and_the_grid_stays(stage, monkeypatch):
    app = stage.page("owners", account="dia", member="m:dia:KAM")
    app.button(key="edit in grid").click().run()

    def refuse(*_, **__):
        raise WriteConflict("store_conflict_key")

    monkeypatch.setattr(stage.store, "write", refuse)
    monkeypatch.setattr(bulk, "changes", lambda *_, **__: bulk.contact(
        stage.desk.graph("dia", DAY).records, "m:dia:KAM", "dia:C2", on=DAY, level=3
    ))  # fmt: skip
    app.session_state["grid 1"] = {"edited_rows": {0: {"level_now": 3}}, "added_rows": [], "deleted_rows": []}
    app.run()
    app.button(key="save grid").click().run()
    assert app.warning
    assert app.button(key="keep theirs")


def test_hostile_text_in_the_answer_is_escaped(hostile_stage):
    app = hostile_stage.page("owners", member="m:evil:KAM")
    assert HOSTILE in said(app)
    assert HOSTILE not in app.markdown[0].value
