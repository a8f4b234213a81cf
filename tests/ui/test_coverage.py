"""The page of the coverage, and its pictures."""

import pytest

from graphkam.model.organisation import Account, DecisionCentre, Position, Seat
from graphkam.model.people import TeamMember
from graphkam.model.records import RecordSet
from graphkam.text import LANGUAGES, Words
from graphkam.ui.charts.team import _ink, mirror_matrix, team_matrix
from graphkam.ui.questions import coverage_of, matrix_of
from graphkam.ui.state import page_file
from graphkam.ui.tables import coverage as tables

from .conftest import DAY
from .test_pages import metrics

EN = Words("en")


def test_the_answer_comes_first(stage):
    app = stage.page("coverage", account="bow")
    assert "Two of us or more cover 14% of the weight, one or more 100%" in app.markdown[0].value.replace(
        "\\", ""
    )
    assert metrics(app)["By one of us only"] == "6"


def test_the_gaps_name_who_is_known_by_one_only(stage):
    gaps = stage.page("coverage", account="bow").dataframe[0].value
    assert list(gaps["name"]) == ["C1", "C2", "C3", "C4", "C6", "C8"]
    assert set(gaps["known_by"]) == {"KAM"}
    assert list(gaps["live"]) == ["1 / 2"] * 3 + ["1 / 1"] * 3


def test_a_row_opens_the_card_and_the_address_leads_to_it(stage):
    app = stage.page("coverage", account="bow", who="bow:seat:C1")
    assert "C1" in [s.value for s in app.subheader]
    assert app.query_params["who"] == "bow:seat:C1"
    app.button(key="close card").click().run()
    assert "who" not in app.query_params
    assert "C1" not in [s.value for s in app.subheader]


def test_the_card_of_somebody_elsewhere_is_not_opened(stage):
    app = stage.page("coverage", account="bow", who="dia:C1")
    assert not app.subheader
    assert not app.exception


def test_the_team_can_be_seen_as_a_table(stage):
    app = stage.page("coverage", account="dia", show="team")
    assert not app.dataframe
    app.toggle(key="coverage_table").set_value(True).run()
    shown = app.dataframe[0].value
    assert len(shown) == 8
    told = shown[shown["name"] == "C4"].iloc[0]
    assert (told["m:dia:PROD"], told["m:dia:KAM"], told["m:dia:DG"]) == ("\u25cf 3", "\u25cb 1", "")


def test_only_key_people_can_be_looked_at(stage):
    app = stage.page("coverage", account="dia", show="team")
    app.toggle(key="coverage_table").set_value(True).run()
    app.toggle(key="coverage_key").set_value(True).run()
    assert set(app.dataframe[0].value["name"]) == {"C1", "C2", "C3"}


def test_who_decides_is_said_and_can_be_looked_at_alone(stage):
    post = {"account_id": "a", "occupancy": "unknown"}
    made = [Account(id="a", name="Acme"), DecisionCentre(id="c", account_id="a", name="Board")]
    made += [Position(id=name, title=name, **post) for name in ("Boss", "Jury", "Clerk")]
    seat = {"account_id": "a", "centre_id": "c"}
    made += [
        Seat(id="1", position_id="Boss", roles=("user", "decider"), **seat),
        Seat(id="2", position_id="Jury", roles=("gatekeeper",), veto=True, **seat),
    ]
    stage.store.records = RecordSet(made)
    app = stage.page("coverage", account="a")
    told = app.dataframe[0].value
    assert dict(zip(told["title"], told["roles"], strict=True)) == {
        "Boss": "Decider, User",
        "Jury": "Veto, Gatekeeper",
        "Clerk": "",
    }
    app.toggle(key="coverage_deciders").set_value(True).run()
    assert set(app.dataframe[0].value["title"]) == {"Boss", "Jury"}


@pytest.mark.parametrize("show", ["gaps", "team", "mirror", "parts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_opens(stage, show, language):
    app = stage.page("coverage", account="dia", show=show, lang=language)
    assert not app.exception
    assert not app.error
    assert app.query_params["show"] == show


def drawn(stage, make, account="dia"):
    known = stage.desk.answer(matrix_of, account, DAY)
    if make is team_matrix:
        return make(EN, known, known.rows)
    return make(EN, stage.desk.answer(coverage_of, account, DAY), known)


def test_the_picture_of_the_team_draws_every_tie_and_says_which_are_live(stage):
    cells = drawn(stage, team_matrix)["data"]["values"]
    assert len(cells) == 14
    assert {(c["person"], c["member"]) for c in cells if not c["is_live"]} == {("C4", "KAM (4)")}


def test_two_of_one_name_have_rows_of_their_own(stage):
    axis = drawn(stage, team_matrix)["encoding"]["y"]
    assert len(axis["scale"]["domain"]) == 8
    assert all(position.startswith("dia:seat:") for position in axis["scale"]["domain"])


def test_two_of_us_of_one_name_have_columns_of_their_own(stage):
    def named(record):
        return record.model_copy(update={"last_name": "Kim"}) if isinstance(record, TeamMember) else record

    stage.store.records = RecordSet(map(named, stage.store.records))
    spec = drawn(stage, team_matrix)
    columns = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert len(columns) == 1 + 7
    assert {cell["column"] for cell in spec["data"]["values"]} == {*columns[1:]}


def test_writing_on_every_blue_can_be_read():
    def light(colour):
        part = {"#000000": 0.0, "#ffffff": 1.0}
        return part[colour]

    def background(share):
        mixed = [a + (b - a) * share for a, b in ((0xDB, 0x1B), (0xE8, 0x5E), (0xF5, 0x9E))]
        linear = [((c / 255 + 0.055) / 1.055) ** 2.4 for c in mixed]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for share in (i / 100 for i in range(101)):
        low, high = sorted((light(_ink(share)), background(share)))
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_function_facing_function_has_a_row_for_each_of_theirs_and_a_column_for_each_of_ours(stage):
    spec = drawn(stage, mirror_matrix)
    assert spec["encoding"]["y"]["scale"]["domain"] == ["Function not known"]
    [cell] = spec["data"]["values"]
    assert (cell["value"], cell["facing"]) == (1.0, "22 · 13")


def test_the_table_of_functions_says_the_same_as_the_picture(stage):
    known = stage.desk.answer(matrix_of, "dia", DAY)
    table = tables.mirror(EN, stage.desk.answer(coverage_of, "dia", DAY), known)
    assert table.rows[0]["our ?"] == "22 · 13"
    pair = tables.pair(EN, known, "Function not known", "Function not known")
    assert len(pair.rows) == 14
    assert {r["name"]: r["tie"] for r in pair.rows if r["member"] == "PROD"} == {"C4": "\u25cf 3"}


def test_the_card_stays_on_its_page_and_a_link_leads_to_it(stage):
    app = stage.page("coverage", account="bow", who="bow:C1")
    assert "close card" in {b.key for b in app.button}
    app.query_params.clear()
    app.switch_page(str(page_file("dependency"))).run()
    app.session_state["dependency_part"] = "team"
    app.run()
    assert "close card" not in {b.key for b in app.button}
    assert "who" not in app.query_params
    app.query_params["who"] = "bow:C1"
    app.run()
    assert "close card" in {b.key for b in app.button}
    app.switch_page(str(page_file("coverage"))).run()  # by a link to the same person
    assert app.query_params["who"] == "bow:C1"
    assert "close card" in {b.key for b in app.button}
