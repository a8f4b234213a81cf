"""The mesh plan on the page of the coverage: accepted and refused, each."""

import pytest

from graphkam.model.business import Action
from graphkam.text import LANGUAGES

from .conftest import DAY


@pytest.fixture
def plan(stage):
    return stage.page("coverage", account="bow", show="mesh")


def tick(app, *rows):
    app.session_state["proposals"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return app.run()


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


def test_a_refused_proposal_is_remembered_and_not_proposed_again(stage, plan):
    first = tuple(plan.dataframe[0].value.iloc[0][["member", "person"]])
    tick(plan, 0)
    plan.button(key="refuse mesh").click().run()
    [action] = actions(stage)
    assert action.state == "cancelled"
    again = stage.page("coverage", account="bow", show="mesh").dataframe[0].value
    assert first not in set(zip(again["member"], again["person"], strict=True))


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
