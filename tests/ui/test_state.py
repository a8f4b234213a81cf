from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from graphkam.ui.state import page_file


def remembering():
    import streamlit as st

    from graphkam.ui.state import remember_next, remembered

    remembered("choice", "a")
    st.selectbox(st.query_params.get("label", "Choice"), ["a", "b", "c"], key="choice")
    if st.button("c, please"):
        remember_next("choice", "c")
        st.rerun()


def test_a_choice_begins_with_its_default_and_stays_when_its_label_changes():
    app = AppTest.from_function(remembering).run()
    assert app.selectbox[0].value == "a"
    app.selectbox[0].select("b").run()
    app.query_params["label"] = "Choix"
    app.run()
    assert (app.selectbox[0].label, app.selectbox[0].value) == ("Choix", "b")


def test_a_choice_can_be_made_for_a_widget_that_is_already_there():
    app = AppTest.from_function(remembering).run()
    app.button[0].click().run()
    assert app.selectbox[0].value == "c"
    assert not app.exception


def reading():
    import streamlit as st

    from graphkam.ui.state import asked_day, asked_language

    st.text(f"{asked_language('en')} {asked_day(st.session_state['today'])}")


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ({}, "en 2026-11-23"),
        ({"lang": "fr", "as_of": "2025-01-31"}, "fr 2025-01-31"),
        ({"lang": "de", "as_of": "31/01/2025"}, "en 2026-11-23"),
        ({"lang": "<b>", "as_of": "1600-01-01"}, "en 2026-11-23"),
    ],
)
def test_an_address_is_read_as_far_as_it_makes_sense(address, read):
    app = AppTest.from_function(reading)
    app.session_state["today"] = date(2026, 11, 23)
    app.query_params.update(address)
    assert app.run().text[0].value == read


@pytest.mark.parametrize("name", ["portfolio", "account", "map", "dependency"])
def test_every_page_is_a_file(name):
    assert page_file(name).is_file()
