"""Dependency: who leaves, before and after on the same map, kept by its link; what breaks the account."""

import json
from datetime import date
from io import BytesIO

import pytest
import python_calamine

from graphkam.analysis.departure import departure
from graphkam.model.business import Action
from graphkam.model.organisation import Account
from graphkam.model.people import Holding
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.text import Words
from graphkam.ui.departing import answer_if_gone, departure_of, takers
from graphkam.ui.state import View, page_file
from graphkam.ui.tables import dependency as tables

from .conftest import DAY
from .test_exports import address, ask, tables_of


def opened(stage, account="bow", **asked):
    return stage.page("dependency", account=account, **asked)


def answer(app):
    return app.main.markdown[0].value.replace("\\", "")


def grids(app):
    return {tuple(frame.value.columns): frame.value for frame in app.dataframe}


def drawn(app):
    """Give the picture that is sent to the browser."""
    [part] = [e for e in app.get("bidi_component") if e.proto.component_name.endswith("graphkam_map")]
    return json.loads(part.proto.bytes or part.proto.mixed.json)["picture"]


def marks(app):
    return {node["label"]: node["mark"] for node in drawn(app)["details"] if node["mark"]}


def test_at_first_the_page_says_on_whom_it_hangs_and_what_each_departure_would_lose(stage):
    app = opened(stage)
    assert answer(app) == "The departure of KAM alone would lose 86% of what is covered (more than 50%)."
    [alone] = [g for g in grids(app).values() if "who_leaves" in g]
    assert list(alone["who_leaves"][:2]) == ["KAM", "C1"]
    assert list(alone["side"][:2]) == ["of us", "of theirs"]
    assert not any(node["is_gone"] for node in drawn(app)["details"])


def test_the_answer_says_who_is_left_with_nobody_and_what_it_is_worth(stage):
    app = opened(stage, leaves="m:bow:KAM")
    assert answer(app) == (
        "If KAM left, 6 of the 8 people covered would be left with nobody of us: 86% of the weight covered "
        "(19 of 22). Decisions under way where nobody of us would be left in touch: €250,000, at risk, not "
        "lost. Nobody of us is near enough to take over."
    )
    app = opened(stage, "dia", leaves="m:dia:KAM", lang="fr")
    assert answer(app).startswith("Sans KAM, personne ne resterait sans l'un des nôtres. 4 de plus")


def test_the_figures_stand_before_and_after(stage):
    app = opened(stage, leaves="m:bow:KAM")
    [shown] = [g for g in grids(app).values() if "was" in g]
    rows = {row["figure"]: (row["was"], row["is"], row["change"]) for _, row in shown.iterrows()}
    assert rows["Covered by one or more"] == ("100.0%", "13.6%", "−86.4 pts")
    assert rows["People covered"] == ("8", "2", "−6")
    assert rows["Weight covered"] == ("22", "3", "−19")
    assert {"Concentration (HHI)", "Covered by two or more"} <= rows.keys()


def test_before_and_after_are_the_same_map_and_the_toggle_is_in_the_address(stage):
    app = opened(stage, leaves="m:bow:KAM")
    after = drawn(app)
    assert [n["label"] for n in after["details"] if n["is_gone"]] == ["KAM"]
    assert {marks(app)[f"C{n}"] for n in (1, 2, 3, 4, 6, 8)} == {"▼0"}
    assert (marks(app)["C5"], marks(app)["C7"]) == ("▼1", "▼1")
    assert "state" not in app.query_params
    state = next(g for g in app.get("button_group") if g.key == "state")
    state.set_value("before").run()
    before = drawn(app)
    assert set(marks(app).values()) == {"1", "2+"}
    places = [[(n["id"], n["x"], n["y"]) for n in one["details"]] for one in (before, after)]
    assert places[0] == places[1]
    assert app.query_params["state"] == "before"
    assert set(marks(opened(stage, leaves="m:bow:KAM", state="before")).values()) == {"1", "2+"}


def test_who_could_take_over_stands_on_the_map_and_why_in_the_table(stage):
    app = opened(stage, "dia", leaves=["m:dia:SAV", "m:dia:LOG"])
    gone = departure(stage.desk.graph("dia", DAY), leaves=["m:dia:SAV", "m:dia:LOG"])
    lines = [e for e in drawn(app)["edges"] if e["layer"] == "successor"]
    assert len(lines) == sum(n for _, n in takers(gone))
    app = opened(stage, "dia", leaves=["m:dia:SAV", "m:dia:LOG"], show="people")
    shown = app.dataframe[0].value
    assert list(shown["live_change"]) == [f"{t.live_before} → {t.live_after}" for t in gone.touched]


def test_a_backup_who_does_not_count_yet_is_named_until_he_leaves_too(stage):
    tie = ContactTie(
        id="named", account_id="bow", member_id="m:bow:SAV", person_id="bow:C1", kind="backup", stated_on=DAY
    )
    stage.store.records = RecordSet([*stage.store.records, tie])

    def of_c1(*leaves, language="en"):
        rows = tables.touched(seen(stage, language), leaves).rows
        return {row["name"]: row["successors"] for row in rows}["C1"]

    assert of_c1("m:bow:KAM") == "SAV (named backup, no live tie yet)"
    assert "suppléance prévue" in of_c1("m:bow:KAM", language="fr")
    assert of_c1("m:bow:KAM", "m:bow:SAV") == "nobody is near"
    app = stage.page("people", account="bow", who="bow:C1")
    assert any("it does not count yet" in line.value for line in app.markdown)
    faint = tie.model_copy(update={"level": 1, "last_contact": date(2025, 11, 1)})
    stage.store.records = RecordSet([*(r for r in stage.store.records if r.id != "named"), faint])
    stage.store.current += 1
    assert of_c1("m:bow:KAM") == "SAV (named backup, knows him or her)"


def test_headline_map_and_table_name_the_same_who_could_take_over(stage):
    """The first of each row is who is counted in the sentence and drawn on the map; the rest have nobody."""
    named = ContactTie(
        id="named", account_id="bow", member_id="m:bow:SAV", person_id="bow:C1", kind="backup", stated_on=DAY
    )
    near = ContactTie(
        id="near", account_id="bow", member_id="m:bow:LOG", person_id="bow:C2", kind="contact", level=1,
        stated_on=DAY, last_contact=date(2025, 11, 1),
    )  # fmt: skip
    stage.store.records = RecordSet([*stage.store.records, named, near])
    app = opened(stage, leaves="m:bow:KAM")
    assert answer(app).endswith("Nearest to take over: LOG for 1, SAV for 1; for 4 of them nobody is near.")
    lines = {e["id"] for e in drawn(app)["edges"] if e["layer"] == "successor"}
    assert lines == {"t:m:bow:LOG>bow:seat:C2", "t:m:bow:SAV>bow:seat:C1"}
    rows = {row["name"]: row["successors"] for row in tables.touched(seen(stage), ("m:bow:KAM",)).rows}
    assert rows["C1"].startswith("SAV (")
    assert rows["C2"].startswith("LOG (")
    assert [rows[f"C{n}"] for n in (3, 4, 6, 8)] == ["nobody is near"] * 4


def test_each_amount_of_a_departure_stands_with_what_it_is(stage):
    account = stage.store.records.of(Account)
    rich = [a.model_copy(update={"revenue": 1_000_000}) for a in account]
    stage.store.records = RecordSet([*(r for r in stage.store.records if r not in account), *rich])
    app = opened(stage, leaves="m:bow:KAM")
    assert {"€250,000", "€152,000"} == {m.value.replace("\\", "") for m in app.metric}
    told = {c.value.replace("\\", "") for c in app.caption}
    at_risk = "nobody of us left in touch: whole opportunities, contracts by the year; at risk, not lost"
    expected = "a year, on all sales of the account: €1,000,000 × 86% (19/22) × 17.6%"
    assert {at_risk, expected} <= told
    assert (
        "€250,000, at risk, not lost. Sales to expect to lose, reckoned on all yearly sales of the account, "
        "not on single decisions: €152,000 a year." in answer(app)
    )
    rows = tables.amounts(Words("en"), seen(stage).answer(departure_of, ("m:bow:KAM",))).rows
    assert [row["amount_is"] for row in rows] == [at_risk, expected]
    [why] = [m.proto.help for m in app.metric if m.label == "Sales to expect to lose"]
    assert "17.6%. This rate is the setting loss_rate" in why
    assert "Shi, Sridhar, Grewal & Lilien 2017" in why


def test_what_is_in_nobodys_charge_is_not_taken_for_who_is_in_touch(stage):
    work = Action(id="t", account_id="bow", text="Call the mill", owner_id="m:bow:KAM")
    stage.store.records = RecordSet([*stage.store.records, work])
    app = opened(stage, leaves="m:bow:KAM", show="business")
    assert [h.value for h in app.subheader] == ["Business that loses live ties", "Nobody in charge any more"]
    told = [c.value.replace("\\", "") for c in app.caption]
    assert any(t.endswith("comes first. These alone, €250,000, are the decisions at risk.") for t in told)
    assert any(t.startswith("On our side KAM would leave 1 thing without another owner") for t in told)
    both = opened(stage, leaves=["m:bow:KAM", "bow:C1"], show="business")
    assert any("no other signatory or decider of theirs" in c.value for c in both.caption)


def test_what_changes_agrees_with_before_and_after_as_they_are_written(stage):
    gone = seen(stage).answer(departure_of, ("m:bow:KAM",))
    before = gone.before.model_copy(update={"effective_interlocutors": 2.14, "c1": 0.4549, "hhi": 0.4676})
    after = gone.after.model_copy(update={"effective_interlocutors": 5.26, "c1": 0.1386, "hhi": 0.1899})
    rounded = gone.model_copy(update={"before": before, "after": after})
    rows = {row["figure"]: row for row in tables.figures(Words("en"), rounded).rows}
    told = {name: (row["was"], row["is"], row["change"]) for name, row in rows.items()}
    assert told["Effective interlocutors"] == ("2.1", "5.3", "+3.2")
    assert told["Covered by one or more"] == ("45.5%", "13.9%", "−31.6 pts")


def test_a_scenario_is_the_same_by_its_link_in_the_other_language(stage):
    app = opened(stage, leaves=["m:bow:KAM", "bow:C1"], show="people", lang="en")
    link = dict(app.query_params) | {"lang": "fr"}
    again = opened(stage, **{name: value for name, value in link.items() if name != "account"})
    assert again.multiselect[0].value == ["m:bow:KAM", "bow:C1"]
    assert answer(again).startswith("Sans KAM, C1, 6 des 8 personnes couvertes")
    columns = ["name", "weight", "live_change", "left_with"]
    assert again.dataframe[0].value[columns].equals(app.dataframe[0].value[columns])
    assert again.query_params["leaves"] == ["m:bow:KAM", "bow:C1"]


def test_names_that_are_not_there_are_told_and_stay_in_the_link(stage):
    app = opened(stage, leaves=["m:bow:KAM", "**nobody**"])
    assert app.multiselect[0].value == ["m:bow:KAM"]
    [told] = app.warning
    assert told.value.replace("\\", "") == (
        "The link names somebody who is not there on this day, and is left out: **nobody**."
    )
    assert "\\*\\*nobody" in told.value
    assert app.query_params["leaves"] == ["m:bow:KAM", "**nobody**"]
    app.button(key="nobody leaves").click().run()
    assert not app.warning
    assert "leaves" not in app.query_params


def test_who_is_there_on_another_day_is_back_with_the_day(stage):
    held = stage.store.records.get(Holding, "bow:holds:C1").model_copy(update={"since": "2026-06-01"})
    stage.store.records = RecordSet([*(r for r in stage.store.records if r.id != held.id), held])
    app = opened(stage, leaves="bow:C1", as_of="2026-01-01")
    assert "C1" in app.warning[0].value
    assert not app.multiselect[0].value
    app.date_input[0].set_value(DAY).run()
    assert not app.warning
    assert app.multiselect[0].value == ["bow:C1"]
    assert app.query_params["leaves"] == "bow:C1"


def test_the_day_chosen_in_the_frame_changes_answer_figures_and_map(stage):
    app = opened(stage, leaves="m:bow:KAM")
    today = (answer(app), marks(app)["C1"])
    app.date_input[0].set_value(date(2029, 1, 1)).run()
    later = (answer(app), marks(app)["C1"])
    assert today == (today[0], "▼0")
    assert later == ("If KAM left, nobody would be left without one of us.", "0")


def test_a_row_of_what_breaks_it_is_supposed_and_the_set_can_be_taken_back(stage):
    app = opened(stage, "dia", show="breaks")
    [worst] = [g for g in grids(app).values() if "who_leaves" in g]
    assert list(worst["departures"]) == [1, 2, 3, 4]
    app.button(key="suppose").click().run()
    assert app.multiselect[0].value == ["m:dia:DG", "m:dia:KAM", "m:dia:MKT", "m:dia:RD"]
    assert "4" in app.main.markdown[-1].value
    app.button(key="nobody leaves").click().run()
    assert not app.multiselect[0].value


def test_the_scenario_can_be_saved_as_a_map_and_as_a_workbook(stage):
    answered = ask(address("bow", leaves=["m:bow:KAM"], kind="svg"))
    assert answered.status_code == 200
    assert "▼0" in answered.text
    assert "As if KAM had left." in answered.text
    assert ask(address("bow", leaves=["nobody"])).status_code == 404
    book = python_calamine.CalamineWorkbook.from_filelike(
        BytesIO(tables_of(stage, "dependency", "bow", leaves=["m:bow:KAM"]).body)
    )
    assert book.sheet_names[:3] == ["In short", "Before and after", "What is at stake"]
    assert "If KAM left" in str(book.get_sheet_by_name("In short").to_python())
    saved = ask(address("bow", leaves=["m:bow:KAM"], kind="svg", is_file=True))
    assert "without%20KAM" in saved.headers["content-disposition"]
    assert tables_of(stage, "dependency", "bow", leaves=["nobody"]).status_code == 404


def seen(stage, language="en"):
    return View(stage.desk, Words(language), DAY, {a.id: a for a in stage.desk.accounts()}["bow"])


@pytest.mark.parametrize("name", ["figures", "amounts", "touched", "orphans"])
def test_every_table_of_a_departure_has_its_columns_in_each_row(stage, name):
    view, leaves = seen(stage), ("m:bow:KAM",)
    gone = departure(view.graph(), leaves=leaves)
    table = tables.touched(view, leaves) if name == "touched" else getattr(tables, name)(view.words, gone)
    assert all({c.name for c in table.columns} <= row.keys() for row in table.rows)


def test_an_amount_that_is_not_known_is_said_and_never_zero(stage):
    gone = departure(stage.desk.graph("bow", DAY), leaves=["m:bow:KAM"])
    unknown = gone.model_copy(update={"exposure": None, "unknown_amounts": 2})
    assert "2 decisions under way, of which no amount is recorded" in answer_if_gone(Words("en"), unknown)
    both = gone.model_copy(update={"unknown_amounts": 1})
    assert "in touch: €250,000 and 1 unknown amount, at risk" in answer_if_gone(Words("en"), both)


def test_the_page_is_the_same_page_after_another(stage):
    app = opened(stage, leaves="m:bow:KAM")
    app.switch_page(str(page_file("people"))).run()
    app.switch_page(str(page_file("dependency"))).run()
    assert app.multiselect[0].value == ["m:bow:KAM"]
