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

    from graphkam.ui.state import asked_all, asked_choice, asked_day, asked_language

    st.text(f"{asked_language()} {asked_day()} {asked_choice('show', ('a', 'b'))} {asked_all('who')}")


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ({}, "None None None ()"),
        ({"lang": "fr", "as_of": "2025-01-31", "show": "b", "who": ["x", "y"]}, "fr 2025-01-31 b ('x', 'y')"),
        ({"lang": "de", "as_of": "31/01/2025", "show": "c"}, "None None None ()"),
        ({"lang": "<b>", "as_of": "1600-01-01"}, "None None None ()"),
    ],
)
def test_an_address_is_read_as_far_as_it_makes_sense(address, read):
    app = AppTest.from_function(reading)
    app.query_params.update(address)
    assert app.run().text[0].value == read


def writing():
    import streamlit as st

    from graphkam.ui.state import asked, asked_choice, remembered, write_address

    st.text(str(asked("show")))
    chosen = remembered("show", "a", asked_choice("show", ("a", "b", "c")))
    st.selectbox("Show", ["a", "b", "c"], key="show")
    write_address({"show": chosen, "empty": "", "who": ("x", "y")})


def test_what_was_written_here_is_not_asked_for_again():
    app = AppTest.from_function(writing)
    app.query_params["show"] = "b"
    assert app.run().selectbox[0].value == "b"
    app.selectbox[0].select("c").run()
    assert (app.text[0].value, app.selectbox[0].value) == ("None", "c")
    assert app.query_params == {"show": "c", "who": ["x", "y"]}


def test_the_back_of_the_browser_is_obeyed():
    app = AppTest.from_function(writing)
    app.query_params["show"] = "b"
    app.run().selectbox[0].select("c").run()
    app.query_params["show"] = "b"
    assert app.run().selectbox[0].value == "b"


@pytest.mark.parametrize("name", ["portfolio", "account", "map", "dependency"])
def test_every_page_is_a_file(name):
    assert page_file(name).is_file()
