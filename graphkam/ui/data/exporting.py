"""Files out: the account, or all, as a workbook or as CSV files, and the empty workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.text import LANGUAGES
from graphkam.ui.downloads import records_address, template_address
from graphkam.ui.escape import md

if TYPE_CHECKING:
    from graphkam.ui.state import View


def show(view: View) -> None:
    """Show what can be taken out."""
    words = view.words
    st.caption(words.say("data.export_what"))
    for title, account_id in ((view.title, view.account_id), (words.say("data.all_accounts"), "")):
        st.markdown(f"**{md(title)}**")
        with st.container(horizontal=True):
            for form in ("xlsx", "zip"):
                for language in LANGUAGES:
                    st.link_button(
                        words.say(f"data.as.{form}", language=words.say(f"data.language.{language}")),
                        records_address(account_id, language, form=form),
                        icon=":material/download:",
                    )
    st.markdown(f"**{md(words.say('data.template'))}**")
    with st.container(horizontal=True):
        for language in LANGUAGES:
            for is_empty in (False, True):
                name = "template_empty" if is_empty else "template_example"
                st.link_button(
                    words.say(f"data.{name}", language=words.say(f"data.language.{language}")),
                    template_address(language, is_empty=is_empty),
                    icon=":material/download:",
                )
