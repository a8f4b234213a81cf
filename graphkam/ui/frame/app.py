"""The frame around every page: navigation, the reader's choices, what happens when something fails.

Streamlit runs this file from top to bottom for every click.
"""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.errors import GraphkamError
from graphkam.text import LANGUAGES, Words
from graphkam.ui import state
from graphkam.ui.desk import desk
from graphkam.ui.escape import md
from graphkam.ui.parts import footer, no_account_yet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.navigation.page import Page

    from graphkam.model.organisation import Account

_ASSETS = Path(__file__).parents[1] / "assets"
_PAGES = {
    "portfolio": ":material/grid_view:",
    "account": ":material/apartment:",
    "map": ":material/account_tree:",
    "dependency": ":material/group_remove:",
}
_NAMES_OF_LANGUAGES = {"en": "English", "fr": "Français"}


def show() -> None:
    """Show the page that the address names."""
    language = state.remembered("lang", state.asked_language(_own_language()))
    words = Words(language)
    # From a file: a page icon given by a name is fetched from another machine.
    st.set_page_config(page_title="graphkam", page_icon=_ASSETS / "mark.svg", layout="wide")
    st.html(_ASSETS / "app.css")
    st.logo(_ASSETS / "logo.svg", icon_image=_ASSETS / "mark.svg", size="large")
    page = st.navigation(_pages(words))
    try:
        view = _choices(words)
        if (done := desk().take_migration()) is not None:
            said = words.say("cli.migrated", before=done.before, after=done.after, file=str(done.backup))
            st.info(md(said), icon=":material/update:")
        state.show_view(view)
        if view.account is None:
            no_account_yet(words)
        else:
            page.run()
    except GraphkamError as error:
        st.error(md(words.error(error)), icon=":material/error:")
    except Exception:
        # The reader gets a sentence; the details go to the terminal that runs the app.
        logging.getLogger("graphkam").exception("A page failed")
        st.error(words.say("app.unforeseen"), icon=":material/error:")
    footer(words)


def _own_language() -> str:
    try:
        return desk().settings.language
    except GraphkamError:
        return LANGUAGES[0]


def _pages(words: Words) -> list[Page]:
    return [
        st.Page(
            state.page_file(name),
            title=words.say(f"app.page.{name}"),
            icon=icon,
            url_path=name,
            default=name == "portfolio",
        )
        for name, icon in _PAGES.items()
    ]


def _choices(words: Words) -> state.View:
    """Show the reader's choices in the sidebar, and give what is chosen."""
    here = desk()
    accounts = here.accounts()
    with st.sidebar:
        account = _chosen_account(accounts, words)
        today = date.today()  # noqa: DTZ011 - the reader's own calendar day
        state.remembered("as_of", state.asked_day(today))
        as_of = st.date_input(
            words.say("app.choice.as_of"),
            key="as_of",
            min_value=state.EARLIEST,
            max_value=state.LATEST,
            format="DD/MM/YYYY",
            help=words.say("app.choice.as_of_help"),
        )
        st.segmented_control(
            words.say("app.choice.language"),
            LANGUAGES,
            key="lang",
            required=True,
            format_func=_NAMES_OF_LANGUAGES.__getitem__,
        )
    view = state.View(here, words, as_of or today, account)
    state.write_address(state.link(view))
    return view


def _chosen_account(accounts: Sequence[Account], words: Words) -> Account | None:
    if not accounts:
        return None
    by_id = {account.id: account for account in accounts}
    asked = state.remembered("account", st.query_params.get("account") or accounts[0].id)
    if asked not in by_id:
        st.warning(words.say("app.no_such_account"), icon=":material/search_off:")
        state.remember("account", accounts[0].id)
    chosen = st.selectbox(
        words.say("app.choice.account"), list(by_id), key="account", format_func=lambda i: by_id[i].name
    )
    return by_id[chosen]


if __name__ == "__main__":
    show()
