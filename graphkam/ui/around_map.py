"""The files of a map, behind one button: opened in a tab of its own, or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.drawing.files import FORMATS
from graphkam.ui.exports import map_address

if TYPE_CHECKING:
    from graphkam.ui.state import View


def map_files(view: View, drawn: str, *, hide_stance: bool, **more: Any) -> None:
    """Offer a map as files.

    Parameters
    ----------
    view
        What the page is asked to show.
    drawn
        Which view of the account.
    hide_stance
        Whether stances are left out.
    **more
        What else ``map_address`` takes: the unit, who leaves.
    """
    words = view.words
    with st.popover(words.say("app.map.files"), icon=":material/download:", width="stretch"):
        st.caption(words.say("app.map.files_what"))

        def address(kind: str, *, is_file: bool) -> str:
            return map_address(
                view.account_id,
                view.as_of,
                words.language,
                view=drawn,
                hide_stance=hide_stance,
                kind=kind,
                is_file=is_file,
                **more,
            )

        opened = address("html", is_file=False)
        st.link_button(words.say("app.map.alone"), opened, icon=":material/open_in_new:", width="stretch")
        for kind in FORMATS:
            st.link_button(
                words.say(f"app.map.save.{kind}"),
                address(kind, is_file=True),
                icon=":material/download:",
                width="stretch",
            )
