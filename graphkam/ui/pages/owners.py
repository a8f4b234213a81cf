"""Who owns what: my contacts, who backs up, who has how much, who is nobody's?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui import bulk
from graphkam.ui.beside import people_grid, with_card
from graphkam.ui.elsewhere import elsewhere
from graphkam.ui.parts import Figure, choose, figures, heading, part, save_as_workbook
from graphkam.ui.questions import charges_of
from graphkam.ui.state import remembered_choice, shown_view
from graphkam.ui.tables import owners as tables
from graphkam.ui.writing import say_conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkam.review.charges import Charge, Charges, Load
    from graphkam.text import Words
    from graphkam.ui.state import View

_PARTS = ("contacts", "load", "unowned")
_EVERYBODY = ""


def show(view: View) -> None:
    """Show who of us owns what."""
    words = view.words
    found = view.answer(charges_of, elsewhere(view))
    member_id = remembered_choice("member", [_EVERYBODY, *(one.member_id for one in found.loads)])
    load = next((one for one in found.loads if one.member_id == member_id), None)
    heading(words, view.title, "app.owners.what", _of_one(words, load) if load else _of_all(words, found))
    if member_id:
        view.address["member"] = member_id
    match part(view, "owners", _PARTS):
        case "contacts":
            _contacts(view, found, member_id)
        case "load":
            st.caption(words.say("app.owners.load_what"))
            with_card(view, lambda: people_grid(view, tables.loads(words, found.loads)))
        case _:
            st.caption(words.say("app.owners.unowned_what"))
            with_card(view, lambda: people_grid(view, tables.unowned(words, found.unowned), height=420))
    save_as_workbook(view, "owners", member=member_id)


def _of_all(words: Words, found: Charges) -> str:
    """Say what is wrong with who owns what."""
    over = [one.name for one in found.loads if one.over]
    said = [
        words.say("app.owners.no_owner", count=sum(one.owner is None for one in found.unowned)),
        words.say("app.owners.no_backup", count=sum(one.owner is not None for one in found.unowned)),
        words.say("app.owners.overdue", count=sum(c.is_overdue for c in found.ties)),
    ]
    said += [words.say("app.owners.over_room", count=len(over), names=over)] if over else []
    return " ".join(said)


def _of_one(words: Words, load: Load) -> str:
    """Say what one of us has to do."""
    key = "app.owners.of_one" if load.capacity is None else "app.owners.of_one_with_room"
    return words.say(
        key,
        name=load.name,
        owner=load.owner,
        backup=load.backup,
        live=load.live + load.elsewhere,
        room=load.capacity,
        count=load.overdue,
    )


def _contacts(view: View, found: Charges, member_id: str) -> None:
    words = view.words
    shown = tables.of_member(found.ties, member_id)
    _choose(view, found, shown)
    if (grid := bulk.opened(view)) is not None:
        if not say_conflict(view):
            bulk.show_grid(view, grid)
        return
    if load := next((one for one in found.loads if one.member_id == member_id), None):
        _figures(words, load)
    st.caption(words.say("app.owners.contacts_what"))
    table = tables.contacts(words, shown, with_member=not member_id)
    with_card(view, lambda: people_grid(view, table, height=385 if member_id else 490))


def _choose(view: View, found: Charges, shown: Sequence[Charge]) -> None:
    """Let the reader choose whose contacts are shown, and whether they are edited."""
    words = view.words
    names = {_EVERYBODY: words.say("app.owners.everybody"), **{m.member_id: m.name for m in found.loads}}
    with st.container(horizontal=True, vertical_alignment="center"):
        choose(
            words.say("app.owners.whose"),
            names,
            key="member",
            label_visibility="collapsed",
            width=330,
            disabled=bulk.opened(view) is not None,
        )
        if bulk.opened(view) is None and shown:
            st.button(
                words.say("app.owners.edit"),
                icon=":material/edit_note:",
                on_click=bulk.open_grid,
                args=(view, shown),
                key="edit in grid",
            )


def _figures(words: Words, load: Load) -> None:
    room = words.say("mesh.no_limit") if load.capacity is None else words.number(load.capacity, 0)
    agreed = "" if load.days_asked is None else words.say("app.owners.asked", days=load.days_asked)
    shown = (
        Figure("owner_of", words.number(load.owner, 0)),
        Figure("backup_of", words.number(load.backup, 0)),
        Figure(
            "load",
            f"{load.live + load.elsewhere} / {room}",
            words.say("app.owners.there", count=load.elsewhere),
        ),
        Figure("overdue_count", words.number(load.overdue, 0)),
        Figure("days_agreed", words.number(load.days, 1), agreed),
    )
    figures(words, shown)


if __name__ == "__main__":
    show(shown_view())
