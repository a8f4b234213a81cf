"""Business: what falls due, what is pursued, what is earned, and what was heard?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.model.business import Pursuit
from graphkam.ui.beside import people_grid, with_card
from graphkam.ui.escape import md
from graphkam.ui.fields import told_apart
from graphkam.ui.grid import grid
from graphkam.ui.parts import findings, heading, part, save_as_workbook
from graphkam.ui.questions import profitability_of
from graphkam.ui.state import page_file, remember_next, shown_view
from graphkam.ui.tables import business as tables

if TYPE_CHECKING:
    from graphkam.ui.state import View
    from graphkam.ui.table import Table

_PARTS = ("contracts", "pursuits", "books", "heard")


def show(view: View) -> None:
    """Show the business with the client, part by part."""
    words, graph, found = view.words, view.graph(), view.answer(profitability_of)
    heading(words, view.title, "app.business.what", tables.answer(words, graph, found))
    match part(view, "business", _PARTS):
        case "contracts":
            _two(view, tables.contracts(words, graph), tables.clauses(words, graph))
        case "pursuits":
            _centres(view)
            _two(view, tables.pursuits(words, graph), tables.projects(words, graph))
        case "books":
            st.caption(words.say("app.business.books_what", currency=found.currency))
            grid(words, tables.statements(words, found), height=367)
            findings(words, found.findings)
        case _:
            _two(view, tables.incidents(words, graph), tables.signals(words, graph))
    save_as_workbook(view, "business")


def _two(view: View, first: Table, second: Table) -> None:
    """Show two tables, whose rows open the card of whom they concern."""
    words = view.words

    def content() -> None:
        st.caption(words.say("app.business.open"))
        for table in (first, second):
            st.subheader(words.say(table.title), anchor=False)
            people_grid(view, table)

    with_card(view, content)


def _centres(view: View) -> None:
    """Lead to the decision centres on which pursuits hang."""
    wanted = {p.centre_id for p in view.graph().own(Pursuit)}
    names = told_apart({c.id: c.name for c in view.graph().centres if c.id in wanted})
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(view.words.say("app.business.centres"), width="content")
        for centre_id, name in names.items():
            if st.button(md(name), key=f"centre {centre_id}", type="tertiary", icon=":material/how_to_vote:"):
                remember_next("centre", centre_id)
                st.switch_page(page_file("centres"))


if __name__ == "__main__":
    show(shown_view())
