"""What is drawn, where and how."""

import csv
from datetime import date

import pytest

from graphkam.drawing import palette
from graphkam.drawing.grouping import natural
from graphkam.drawing.picture import picture
from graphkam.drawing.views import MOST_PEOPLE
from graphkam.model.base import fold
from graphkam.settings import AnalysisSettings


def node(drawn, node_id):
    [found] = [n for n in drawn.nodes if n.id == node_id]
    return found


def edge(drawn, source, target, layer="contact"):
    [found] = [e for e in drawn.edges if (e.source, e.target, e.layer) == (source, target, layer)]
    return found


def test_a_stance_is_a_fill_and_a_sign(acme):
    drawn = picture(acme)
    against, champion, neutral = (node(drawn, f"p:{p}") for p in ("buyer", "clerk", "adviser"))
    assert (against.fill, against.sign) == (palette.STANCE[-2].fill, "\u2212\u2212")
    assert (champion.fill, champion.sign) == (palette.STANCE[2].fill, "++")
    assert (neutral.fill, neutral.sign) == (palette.STANCE[0].fill, "0")


def test_what_is_not_known_is_white_with_a_question_mark(acme):
    drawn = picture(acme)
    for who in ("p:ceo", "p:hidden"):
        assert (node(drawn, who).fill, node(drawn, who).sign) == ("#ffffff", "?")


def test_a_vacant_seat_is_a_dashed_empty_box(acme):
    vacant = node(picture(acme), "p:free")
    assert (vacant.kind, vacant.is_dashed, vacant.sign, vacant.mark) == ("vacant", True, "", "")
    assert (vacant.label, vacant.title) == ("Buyer, steel", "Vacant")


def test_a_holder_nobody_can_name_shows_the_seat(acme):
    unknown = node(picture(acme), "p:hidden")
    assert (unknown.kind, unknown.label, unknown.title, unknown.mark) == (
        "unknown",
        "Buyer, glass",
        "Holder unknown",
        "0",
    )


def test_the_border_tells_how_many_of_us_have_a_live_tie(acme):
    drawn = picture(acme)
    assert [node(drawn, p).mark for p in ("p:ceo", "p:clerk", "p:buyer")] == ["0", "1", "2+"]
    assert [node(drawn, p).is_dashed for p in ("p:ceo", "p:clerk", "p:buyer")] == [True, False, False]
    assert [node(drawn, p).border for p in ("p:ceo", "p:clerk", "p:buyer")] == [
        border.colour for border in palette.COVERAGE
    ]


def test_the_settings_decide_what_is_live(acme):
    assert node(picture(acme, settings=AnalysisSettings(half_life=None)), "p:ceo").mark == "1"


def test_weight_is_the_width_of_the_border(acme):
    drawn = picture(acme)
    assert node(drawn, "p:ceo").border_width > node(drawn, "p:buyer").border_width
    assert node(drawn, "p:buyer").border_width > node(drawn, "p:clerk").border_width


def test_badges_tell_deciders_vetoes_and_contacts_gone_stale(acme):
    drawn = picture(acme)
    assert node(drawn, "p:buyer").badges == ("key",)
    assert node(drawn, "p:ceo").badges == ("lock", "clock")
    assert node(drawn, "p:clerk").badges == ()


def test_our_people_stand_left_of_the_client_and_decision_centres_right(acme):
    drawn = picture(acme)
    people = [n.x for n in drawn.nodes if n.kind not in {"member", "centre"}]
    assert max(n.x for n in drawn.nodes if n.kind == "member") < min(people)
    assert min(n.x for n in drawn.nodes if n.kind == "centre") > max(people)
    assert {box.kind for box in drawn.boxes} == {"unit", "team", "centres"}


def test_a_contact_is_wide_when_strong_dashed_when_not_live_hollow_when_more_is_wanted(acme):
    drawn = picture(acme)
    strong, weak = edge(drawn, "m:Kim", "p:buyer"), edge(drawn, "m:Kim", "p:clerk")
    assert strong.width > weak.width
    assert not strong.is_dashed
    assert edge(drawn, "m:Kim", "p:ceo").is_dashed
    assert edge(drawn, "m:Lou", "p:buyer").is_hollow
    assert not strong.is_hollow


def test_influence_is_an_arrow_and_conflict_a_dashed_line_with_a_cross(acme):
    drawn = picture(acme)
    advice = edge(drawn, "p:adviser", "p:buyer", "influence")
    conflict = edge(drawn, "p:clerk", "p:ceo", "conflict")
    dotted = edge(drawn, "p:clerk", "p:ceo", "dotted")
    assert (advice.has_arrow, advice.is_dashed, advice.mark) == (True, False, "")
    assert (conflict.has_arrow, conflict.is_dashed, conflict.mark) == (False, True, "\u2715")
    assert (dotted.has_arrow, dotted.is_dotted) == (False, True)


def test_every_line_ends_at_somebody_who_is_drawn(acme):
    drawn = picture(acme)
    ids = {n.id for n in drawn.nodes}
    assert {end for e in drawn.edges for end in (e.source, e.target)} <= ids
    assert {end for line in drawn.lines for end in (line.source, line.target)} <= ids
    assert len({e.id for e in drawn.edges}) == len(drawn.edges)


def test_people_without_a_unit_have_a_box_of_their_own(acme):
    assert "No unit given" in {box.label for box in picture(acme).boxes}


def test_a_unit_without_anybody_says_so(sketch):
    sketch.unit("dark", "Dark site", "site")
    sketch.person("p")
    [dark] = [box for box in picture(sketch.graph()).boxes if box.id == "dark"]
    assert dark.note == "nobody known here"


def test_the_table_says_what_the_picture_says(acme):
    drawn = picture(acme)
    said = {row.id: dict(zip(drawn.columns, row.cells, strict=True)) for row in drawn.rows}
    assert said["p:buyer"] == {
        "Person": "Bob Ray",
        "Unit": "Acme Group \u203a Purchasing",
        "Title": "Head buyer",
        "Influence": "4/5",
        "Stance": "Opponent",
        "Live tie with": "Kim, Lou",
        "Owner": "Kim",
        "Backup": "Lou",
        "Reports to": "Ann Lee",
    }
    assert said["p:ceo"]["Live tie with"] == "nobody of us"
    assert said["p:clerk"]["Influence"] == "unknown"
    assert said["p:free"]["Person"] == "Vacant"
    assert set(said) == {n.id for n in drawn.nodes if n.id.startswith("p:")}


def test_in_french_everything_is_in_french(acme):
    drawn = picture(acme, language="fr")
    assert drawn.columns[0] == "Personne"
    assert "Notre équipe" in {box.label for box in drawn.boxes}
    assert ("Position vis-à-vis de notre offre", "Opposant") in node(drawn, "p:buyer").facts


def test_a_picture_to_be_shown_to_others_holds_no_stance(acme):
    drawn = picture(acme, hide_stance=True)
    said = repr(drawn)
    assert drawn.hides_stance
    assert "Stance" not in drawn.columns
    assert not any(n.sign for n in drawn.nodes if n.kind == "person")
    for word in ("Opponent", "Champion", palette.STANCE[-2].fill, palette.STANCE[2].fill):
        assert word not in said


def test_the_same_account_gives_the_same_picture(acme):
    assert picture(acme) == picture(acme)


def test_a_person_in_two_positions_is_drawn_twice_and_reached_twice(sketch):
    sketch.person("jerome", seat="works manager")
    sketch.seat("deputy")
    sketch.holds("jerome", "deputy")
    sketch.tie("Kim", "jerome")
    drawn = picture(sketch.graph())
    assert {e.target for e in drawn.edges} == {"p:works manager", "p:deputy"}


def test_an_account_without_anybody_can_be_drawn(sketch):
    drawn = picture(sketch.graph())
    assert (drawn.nodes, drawn.edges, drawn.rows) == ((), (), ())


def crowd(sketch, people, units=10):
    for n in range(units):
        sketch.unit(f"u{n}", f"Unit {n}", "site")
    for n in range(people):
        boss = f"p{n % units}" if n >= units else None
        sketch.person(f"p{n}", unit=f"u{n % units}", boss=boss, weight=1 + n % 5)
    return sketch


def test_in_a_crowd_only_the_main_lines_are_drawn_at_rest(sketch):
    crowd(sketch, 120)
    for n in range(120):
        sketch.tie("Kim", f"p{n}", kind="owner" if n % 2 else "contact")
    for n in range(118):
        sketch.influence(f"p{n}", f"p{n + 1}", weight=1 + n % 5)
    drawn = picture(sketch.graph())
    main = [e for e in drawn.edges if e.is_major]
    assert drawn.has_minor_edges
    assert {e.target for e in main if e.layer == "contact"} == {f"p:p{n}" for n in range(120) if n % 10 == 9}
    assert all(e.width >= palette.line_width(4 / 5) for e in main if e.layer == "influence")
    assert 0 < len(main) < len(drawn.edges) / 3


def test_above_two_thousand_people_units_are_drawn_with_counts(sketch):
    crowd(sketch, MOST_PEOPLE + 1)
    sketch.tie("Kim", "p0")
    sketch.tie("Kim", "p10")
    drawn = picture(sketch.graph())
    assert {n.kind for n in drawn.nodes} == {"count", "member"}
    assert node(drawn, "u:u0").label == "201 positions"
    assert node(drawn, "u:u0").title == "199 without a live tie"
    [tie] = drawn.edges
    assert (tie.source, tie.target, tie.note) == ("m:Kim", "u:u0", "2 live ties")
    assert len(drawn.rows) == MOST_PEOPLE + 1


def test_the_mesh_puts_our_functions_beside_theirs(sketch):
    sketch.person("a", function="purchasing")
    sketch.person("b", function="finance")
    sketch.tie("Kim", "a")
    drawn = picture(sketch.graph(), view="mesh")
    units = [box for box in drawn.boxes if box.kind == "unit"]
    assert [box.label for box in sorted(units, key=lambda box: box.y)] == ["Finance", "Purchasing"]
    assert all(e.is_major for e in drawn.edges)


def test_the_mesh_of_many_people_has_its_functions_closed_at_first(sketch):
    for n in range(60):
        sketch.person(f"p{n}", function="purchasing" if n % 3 else "finance")
    sketch.tie("Kim", "p0")
    drawn = picture(sketch.graph(), view="mesh")
    tiles = {box.label: box.figures for box in drawn.boxes if box.is_closed}
    assert tiles == {
        "Finance": ("20 positions", "19 without a live tie", "1 with one of us only"),
        "Purchasing": ("40 positions", "40 without a live tie"),
    }
    assert {n.home for n in drawn.nodes if n.kind == "person"} == {"f:finance", "f:purchasing"}


def test_names_are_sorted_as_people_do():
    assert sorted(["Site 10", "site 2", "Ébène", "Zoo"], key=natural) == ["Ébène", "site 2", "Site 10", "Zoo"]


def test_the_picture_is_of_its_day(sketch):
    sketch.person("old", until="2025-12")
    sketch.person("new", since="2026-01")
    assert {n.id for n in picture(sketch.graph(date(2025, 6, 1))).nodes} == {"p:old"}
    assert {n.id for n in picture(sketch.graph(date(2026, 6, 1))).nodes} == {"p:new"}


@pytest.mark.data
def test_krackhardts_managers_read_right(sketch, needs_data):
    folder = needs_data("krackhardt-hightech")
    with (folder / "reports_to.csv").open(encoding="utf-8") as lines:
        boss = {row["person"]: row["manager"] for row in csv.DictReader(lines)}
    with (folder / "people.csv").open(encoding="utf-8") as lines:
        people = list(csv.DictReader(lines))
    for number in range(5):
        sketch.unit(f"d{number}", f"Department {number}")
    for row in people:
        sketch.person(
            row["id"],
            unit=f"d{row['department']}",
            seniority=int(row["level"]),
            boss=boss.get(row["id"]),
        )
    drawn = picture(sketch.graph())
    at = {n.id.removeprefix("p:"): (n.x, n.y) for n in drawn.nodes}
    box = {b.id: b for b in drawn.boxes}
    vice = {"2", "14", "18", "21"}
    assert min(at, key=lambda p: at[p][1]) == "7"
    assert len({at[p][1] for p in vice}) == 1, "side by side"
    for row in people:
        if row["id"] in {"7", *vice}:
            continue
        assert at[row["id"]][1] > max(at[p][1] for p in vice)
        home, head = box[f"d{row['department']}"], boss[row["id"]]
        assert home.x < at[head][0] < home.x + home.width, "each over his own department"
    assert all(box["d0"].y + box["d0"].height <= box[f"d{n}"].y for n in range(1, 5))
    assert len(drawn.lines) == 20


def test_a_name_is_found_without_its_accents(sketch):
    sketch.person("p", "Élodie Müller")
    [found] = picture(sketch.graph()).nodes
    assert fold("elodie muller") in found.find
