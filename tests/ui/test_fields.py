"""Fields of a form: what asks for each type, and that what is typed is understood as in a file."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from graphkam.ui.fields import told_apart


def asking():
    import streamlit as st

    from graphkam.exchange.problems import CellFault
    from graphkam.text import Words
    from graphkam.ui.fields import Form

    form = Form(Words("en"), "test")
    kind, name, value = st.session_state["asked"]
    form.ask(kind, name, value, options={"a": "Anne", "b": "Bruno"})
    try:
        st.session_state["said"] = form.said()[name]
    except CellFault as fault:
        st.session_state["said"] = form.problem(fault).code


def asked(kind, field, value=None):
    app = AppTest.from_function(asking)
    app.session_state["asked"] = (kind, field, value)
    return app.run()


def asking_everything():
    import streamlit as st

    from graphkam.model.table import columns
    from graphkam.text import Words
    from graphkam.ui.fields import Form

    form = Form(Words("fr"), "test")
    found = [c for c in columns() if c.type not in {"id", "emails", "days", "statements"}]
    fields = {(c.record, c.field) for c in found if c.record != "Assessment" or c.field != "value"}
    for kind, field in sorted(fields):
        form.ask(kind, field, name=f"{kind} {field}")
    st.session_state["said"] = form.said()


def test_every_field_that_a_user_fills_in_can_be_asked_for():
    app = AppTest.from_function(asking_everything, default_timeout=60).run()
    assert not app.exception
    said = app.session_state["said"]
    assert len(said) > 150
    assert {name for name, value in said.items() if value not in {None, ()}} == set()


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("Position", "title", "Head of quality"),
        ("Position", "weight", 4),
        ("Position", "function", "purchasing"),
        ("Position", "since", "2026-11"),
        ("Position", "dotted_to_ids", ("a", "b")),
        ("Position", "reports_to_id", "b"),
        ("Person", "external", True),
        ("Person", "external", False),
        ("ContactTie", "level", 2),
        ("ContactTie", "level", 0),
        ("ContactTie", "last_contact", date(2026, 11, 2)),
        ("Seat", "roles", ("decider", "user")),
        ("Seat", "votes", 1.5),
        ("DecisionCentre", "yearly_value", Decimal(250_000)),
        ("DecisionCentre", "quota", 3),
        ("Person", "note", "Two\nlines"),
        ("Position", "weight", None),
        ("Person", "external", None),
    ],
)
def test_what_is_known_is_shown_and_given_back_as_it_was(kind, field, value):
    said = asked(kind, field, value).session_state["said"]
    assert said == value or (value == () and not said)
    assert type(said) is type(value)


@pytest.mark.parametrize(
    ("kind", "field", "typed", "understood"),
    [
        ("Person", "email", "Anne.Mercier@Acme.FR", "anne.mercier@acme.fr"),
        ("Person", "email", "nobody", "not_an_email"),
        ("Position", "since", "November 2026", "2026-11"),
        ("Position", "since", "23.11.2026", "2026-11-23"),
        ("Position", "since", "soon", "not_a_day"),
        ("Position", "title", "  Head   of quality ", "Head of quality"),
        ("Position", "title", "-", None),
        ("OrgUnit", "country", "Allemagne", "DE"),
    ],
)
def test_what_is_typed_is_understood_as_in_a_file(kind, field, typed, understood):
    app = asked(kind, field)
    assert app.text_input[0].set_value(typed).run().session_state["said"] == understood


def test_two_of_one_name_are_told_apart():
    assert told_apart({"a": "Anne", "b": "Anne", "c": "Bruno"}) == {
        "a": "Anne (a)",
        "b": "Anne (b)",
        "c": "Bruno",
    }


@pytest.mark.parametrize(("kind", "field"), [("Seat", "roles"), ("Position", "dotted_to_ids")])
def test_no_list_asks_in_streamlits_own_english(kind, field):
    [several] = asked(kind, field).multiselect
    assert several.proto.placeholder  # with nothing there the browser puts its own words
