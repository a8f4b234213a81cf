"""The mesh plan on the page of the coverage: accepted and refused, each."""

import pytest

from graphkam.model.business import Action
from graphkam.text import LANGUAGES
from graphkam.ui.components.map import MapEvent

from .conftest import DAY


@pytest.fixture
def plan(stage):
    return stage.page("coverage", account="bow", show="mesh")


def tick(app, *rows):
    app.session_state["proposals"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return app.run()


def plain(text):
    """Give a text without the signs that keep Markdown from it."""
    return text.replace("\\", "")


def actions(stage):
    return stage.store.records.of(Action)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_opens_with_what_it_would_change(stage, language):
    app = stage.page("coverage", account="bow", show="mesh", lang=language)
    assert not app.exception
    assert not app.error
    assert len(app.metric) == 3


def test_proposals_name_who_should_meet_whom(plan):
    shown = plan.dataframe[0].value
    assert len(shown) >= 3
    assert set(shown["member"]) <= {"KAM", "SAV", "LOG"}
    assert {"C1", "C2", "C3"} <= set(shown["person"])


def test_nothing_can_be_accepted_before_something_is_ticked(plan):
    assert plan.button(key="accept mesh").disabled
    assert plan.button(key="refuse mesh").disabled


def test_an_accepted_proposal_is_an_action_with_owner_and_date(stage, plan):
    first = plan.dataframe[0].value.iloc[0]
    tick(plan, 0)
    plan.button(key="accept mesh").click().run()
    assert not plan.exception
    [action] = actions(stage)
    assert action.state == "open"
    assert action.owner_id == f"m:bow:{first['member']}"
    assert action.about_id == f"bow:seat:{first['person']}"
    assert (action.due - DAY).days == 30
    waiting = plan.dataframe[-1].value
    assert list(waiting["due"]) == [action.due]
    assert any("stands under To do" in c.value for c in plan.caption)


def test_a_refused_proposal_is_remembered_and_not_proposed_again(stage, plan):
    first = tuple(plan.dataframe[0].value.iloc[0][["member", "person"]])
    tick(plan, 0)
    plan.button(key="refuse mesh").click().run()
    told = plain(plan.success[0].value)
    assert told.startswith(f"Saved: refused: {first[0]} and {first[1]} · ")
    [action] = actions(stage)
    assert action.state == "cancelled"
    again = stage.page("coverage", account="bow", show="mesh").dataframe[0].value
    assert first not in set(zip(again["member"], again["person"], strict=True))


def test_why_a_proposal_is_refused_is_kept_and_said(stage, plan):
    tick(plan, 0)
    plan.text_input(key="mesh why 0").input("They fell out").run()
    plan.button(key="refuse mesh").click().run()
    [action] = actions(stage)
    assert action.text.endswith(". Refused: They fell out")
    assert " · reason: They fell out · " in plain(plan.success[0].value)


def proposed(shown):
    return set(zip(shown["member"], shown["person"], strict=True))


def test_a_refusal_says_what_else_it_changes(plan):
    """Another takes the place, or nobody; what the message names is what the list shows."""
    before = proposed(plan.dataframe[0].value)
    tick(plan, 0)
    plan.button(key="refuse mesh").click().run()
    said = plain(plan.success[0].value)
    [new] = proposed(plan.dataframe[0].value) - before
    assert f"in its place now: {new[0]} and {new[1]}" in said
    rest = proposed(plan.dataframe[0].value)
    everybody = {"rows": list(range(len(rest))), "columns": [], "cells": []}
    plan.session_state["proposals 1"] = {"selection": everybody}
    plan.run()
    plan.button(key="refuse mesh").click().run()
    said, left = plain(plan.success[0].value), plan.dataframe[0].value
    come = proposed(left) - rest if "because" in left else set()
    assert all(f"{one} and {other}" in said for one, other in come)
    assert ("nobody takes their place" in said) == (not come)


def test_what_was_refused_is_listed_and_can_be_taken_back(stage, plan):
    first = tuple(plan.dataframe[0].value.iloc[0][["member", "person"]])
    tick(plan, 0)
    plan.text_input(key="mesh why 0").input("They fell out").run()
    plan.button(key="refuse mesh").click().run()
    [shown] = [d.value for d in plan.dataframe if "reason" in d.value]
    [row] = shown.to_dict("records")
    assert (row["member"], row["person"], row["reason"]) == (*first, "They fell out")
    assert row["refused_by"] == "local"
    assert row["refused_on"]
    assert any("(#refused)" in c.value for c in plan.caption)
    assert plan.button(key="take refusals back").disabled
    plan.session_state["refused 1"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    plan.run()
    plan.button(key="take refusals back").click().run()
    assert not plan.exception
    assert actions(stage) == ()
    assert first in proposed(plan.dataframe[0].value)
    assert plain(plan.success[0].value).startswith("Saved: proposals may be made again: ")


def test_what_was_accepted_says_where_it_stands(plan):
    tick(plan, 0)
    plan.button(key="accept mesh").click().run()
    assert plain(plan.success[0].value).endswith("now below, under “Accepted earlier, not made yet”")
    assert any(plain(c.value) == "[Accepted, not made yet: 1](#accepted)" for c in plan.caption)


def test_once_decided_nothing_is_ticked(plan):
    tick(plan, 0)
    plan.button(key="accept mesh").click().run()
    assert plan.button(key="accept mesh").disabled
    assert plain(plan.success[0].value).startswith("Saved: accepted: ")


def test_what_was_accepted_stands_on_both_cards(stage, plan):
    first = plan.dataframe[0].value.iloc[0]
    tick(plan, 0)
    plan.button(key="accept mesh").click().run()
    for who in (f"bow:seat:{first['person']}", f"m:bow:{first['member']}"):
        card = stage.page("people", account="bow", who=who)
        assert not card.exception
        assert any("Get to know" in one.value and first["member"] in one.value for one in card.markdown)


def test_a_scenario_of_who_leaves_is_kept_by_its_link(stage):
    app = stage.page("dependency", account="bow", leaves=["m:bow:KAM", "bow:C1"])
    assert app.multiselect[0].value == ["m:bow:KAM", "bow:C1"]
    assert app.query_params["leaves"] == ["m:bow:KAM", "bow:C1"]
    app.multiselect[0].unselect("bow:C1").run()
    assert app.query_params["leaves"] == "m:bow:KAM"


def test_a_scenario_of_somebody_elsewhere_is_nobody(stage):
    app = stage.page("dependency", account="bow", leaves="m:dia:DG")
    assert not app.multiselect[0].value
    assert not app.exception


@pytest.fixture
def clicks(monkeypatch):
    """Say what the reader does to the map: a line clicked on, a person chosen; see what was drawn."""
    done = {"edge": None, "chosen": None}

    def played(picture, **_):
        done["picture"] = picture
        return MapEvent(edge=done["edge"], chosen=done["chosen"])

    monkeypatch.setattr("graphkam.ui.plan_map.map_component", played)
    return done


def on_the_map(stage, clicks):
    app = stage.page("coverage", account="bow", show="mesh", plan="map")
    lines = [e.id for e in clicks["picture"].edges if e.is_hollow]
    return app, lines


def test_on_the_map_each_proposal_is_a_hollow_line_that_says_what_it_costs(stage, clicks):
    app, lines = on_the_map(stage, clicks)
    assert not app.exception
    assert len(lines) == len(stage.page("coverage", account="bow", show="mesh").dataframe[0].value)
    assert all(e.note for e in clicks["picture"].edges if e.is_hollow)
    assert not [b for b in app.button if b.key == "accept mesh"]


def test_a_line_clicked_on_is_accepted(stage, clicks):
    app, [line, *_] = on_the_map(stage, clicks)
    clicks["edge"] = line
    app.run()
    clicks["edge"] = None  # a click is told once
    app.button(key="accept mesh").click().run()
    assert not app.exception
    [action] = actions(stage)
    assert line == f"plan:{action.owner_id}:{action.about_id}"
    assert line not in [e.id for e in clicks["picture"].edges]


def test_of_a_person_chosen_all_proposals_are_decided_at_once(stage, clicks):
    app, lines = on_the_map(stage, clicks)
    member = lines[0].removeprefix("plan:").rpartition(":bow:seat:")[0]
    clicks["edge"] = lines[0]
    app.run()
    clicks.update(edge=None, chosen=f"m:{member}")
    app.run()
    own = [line for line in lines if line.startswith(f"plan:{member}:")]
    app.button(key="refuse mesh").click().run()
    assert len(actions(stage)) == len(own) > 0
    assert {action.owner_id for action in actions(stage)} == {member}
