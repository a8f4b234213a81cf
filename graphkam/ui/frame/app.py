"""The frame around every page: navigation, the reader's choices, what happens when something fails.

Streamlit runs this file from top to bottom for every click.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.errors import GraphkamError
from graphkam.text import LANGUAGES, Words
from graphkam.ui import state
from graphkam.ui.beside import close_card
from graphkam.ui.choices import choices, language
from graphkam.ui.components.clicks import keep_clicks
from graphkam.ui.components.language import tell_language
from graphkam.ui.data import importing
from graphkam.ui.desk import desk
from graphkam.ui.escape import md
from graphkam.ui.parts import footer
from graphkam.ui.writing import forget_saved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.navigation.page import Page

_ASSETS = Path(__file__).parents[1] / "assets"
_LAST = "page turned to"
_HOME = "portfolio"
"""The page that has no name in the address."""
_PAGES = {
    "": {"portfolio": ":material/grid_view:"},
    "client": {
        "account": ":material/apartment:",
        "map": ":material/account_tree:",
        "people": ":material/group:",
        "centres": ":material/how_to_vote:",
        "business": ":material/contract:",
    },
    "team": {
        "coverage": ":material/grid_on:",
        "owners": ":material/badge:",
        "dependency": ":material/group_remove:",
        "paths": ":material/route:",
    },
    "records": {"changes": ":material/history:", "data": ":material/database:"},
}
"""The pages with their icons, in groups: all accounts, the client's side, ours, the records."""


def show() -> None:
    """Show the page that the address names."""
    words = Words(language(_own_language()))
    # From a file: a page icon given by a name is fetched from another machine.
    st.set_page_config(page_title="graphkam", page_icon=_ASSETS / "mark.svg", layout="wide")
    st.html(_ASSETS / "app.css")
    tell_language(words.language)
    keep_clicks()
    st.logo(_ASSETS / "logo.svg", icon_image=_ASSETS / "mark.svg", size="large")
    pages = _pages(words)
    page = _asked_for(pages, words)
    _navigate(pages)
    _turn(page.url_path)
    try:
        view = choices(desk(), words)
        if (done := desk().take_migration()) is not None:
            said = words.say("cli.migrated", before=done.before, after=done.after, file=str(done.backup))
            st.info(md(said), icon=":material/update:")
        state.show_view(view)
        _name_tab(page.title, view.account.name if view.account and page.url_path else "")
        with st.container(key="printed"):
            st.caption(words.say("app.printed", page=page.title, day=view.as_of))
        if view.account is None:
            importing.begin(view)
        else:
            page.run()
        state.write_address(state.link(view, **view.address))
    except GraphkamError as error:
        st.error(md(words.error(error)), icon=":material/error:")
    except Exception:
        # The reader gets a sentence; the details go to the terminal that runs the app.
        logging.getLogger("graphkam").exception("A page failed")
        st.error(words.say("app.unforeseen"), icon=":material/error:")
    footer(words)


def _asked_for(pages: Mapping[str, Sequence[Page]], words: Words) -> Page:
    """Give the page that the address names; the first one by its own name, too, which Streamlit knows not."""
    [first] = (page for own in pages.values() for page in own if page.url_path == "")
    named = st.Page(lambda: None, title=words.say(f"app.page.{_HOME}"), url_path=_HOME, visibility="hidden")
    page = st.navigation([*(page for own in pages.values() for page in own), named], position="hidden")
    if page.url_path == _HOME:
        asked = st.query_params
        st.switch_page(first, query_params={name: asked.get_all(name) for name in asked})
    return page


def _navigate(pages: Mapping[str, Sequence[Page]]) -> None:
    """Link to all pages: Streamlit's own list of groups is one that screen readers cannot follow."""
    with st.sidebar.container(key="navigation", gap=None):
        for group, own in pages.items():
            if group:
                st.caption(group)
            for page in own:
                st.page_link(page, width="stretch")


def _name_tab(*names: str) -> None:
    """Say in the browser's tab what it shows: it tells several apart, and a screen reader begins with it."""
    st.set_page_config(page_title=" – ".join(filter(None, [*names, "graphkam"])))


def _turn(name: str) -> None:
    """Leave behind what belongs to the page before: what is said of a write, and the card beside it."""
    if st.session_state.get(_LAST, name) != name:
        forget_saved()
        close_card()
    st.session_state[_LAST] = name


def _own_language() -> str:
    try:
        return desk().settings.language
    except GraphkamError:
        return LANGUAGES[0]


def _pages(words: Words) -> dict[str, list[Page]]:
    return {
        words.say(f"app.group.{group}") if group else "": [
            st.Page(
                state.page_file(name),
                title=words.say(f"app.page.{name}"),
                icon=icon,
                url_path="" if name == _HOME else name,
                default=name == _HOME,
            )
            for name, icon in pages.items()
        ]
        for group, pages in _PAGES.items()
    }


if __name__ == "__main__":
    show()
