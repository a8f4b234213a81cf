"""The forms of a card: each asks for one thing, and says it to the editing functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.editing import leaving, posts, ties
from graphkam.editing.facts import FieldName, change, together
from graphkam.errors import InputError
from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import Position
from graphkam.model.people import Person
from graphkam.model.ties import ContactTie
from graphkam.model.vocabulary import Attribute, ContactKind, Occupancy
from graphkam.ui import subject as offers
from graphkam.ui.dialogue import Dialogue, needed
from graphkam.ui.escape import md
from graphkam.ui.opened import Opened

if TYPE_CHECKING:
    from graphkam.model.base import Entity
    from graphkam.model.records import RecordSet
    from graphkam.ui.state import View
    from graphkam.ui.subject import Subject

POSITION_FACTS = ("title", "unit_id", "function", "seniority", "weight", "since", "role_comment")
PERSON_FACTS = (
    "last_name", "first_name", "email", "phone", "language", "external", "status", "criteria", "motivation",
    "note", "restricted",
)  # fmt: skip
_POST = ("title", "unit_id", "function", "seniority", "weight")


def show_form(view: View, about: Subject, opened: Opened) -> None:
    """Show the form that is open."""
    at = Dialogue(view, about, opened)
    with st.form(opened.key):
        st.markdown(f"**{md(view.words.say(f'card.form.{opened.name}'))}**")
        _FORMS[opened.name](at)


def _facts(at: Dialogue) -> None:
    """Edit what is known of a position and of its holder."""
    own = {type(record): record for record in at.opened.records}
    position, person = own.get(Position), own.get(Person)
    if person is not None:
        at.beside(
            lambda: at.ask("Person", "first_name", record=person),
            lambda: at.ask("Person", "last_name", record=person, is_required=True),
        )
        at.ask("Person", *PERSON_FACTS[2:], record=person)
    if position is not None:
        at.ask("Position", "title", record=position, is_required=True)
        at.ask("Position", "unit_id", "function", record=position)
        at.beside(
            lambda: at.ask("Position", "seniority", record=position),
            lambda: at.ask("Position", "weight", record=position),
        )
        at.ask("Position", "since", "role_comment", record=position)

    def make(_: RecordSet, said: dict[str, Any]) -> ChangeSet:
        return together(
            *(change(record, **{f: said[f] for f in facts if f in said}) for record, facts in parts if record)
        )

    parts: Sequence[tuple[Entity | None, Sequence[str]]] = (
        (person, PERSON_FACTS),
        (position, POSITION_FACTS),
    )
    at.send(make)


def _contact(at: Dialogue, kind: ContactKind = ContactKind.CONTACT) -> None:
    """Say how one of us knows somebody; a new tie is of the given kind until another is chosen."""
    tie, latest = at.record, at.today
    if tie is None:
        offered = offers.members(at.graph, without=_owners(at) if kind == ContactKind.BACKUP else ())
        at.form.ask("ContactTie", "member_id", options=offered, is_required=True)
    at.form.ask("ContactTie", "kind", tie.kind if tie else kind, is_required=True)
    at.beside(
        lambda: at.ask("ContactTie", "level", record=tie), lambda: at.ask("ContactTie", "desired", record=tie)
    )
    st.caption(at.words.say("card.level_needed"))
    at.beside(
        lambda: at.ask("ContactTie", "last_contact", record=tie, latest=latest),
        lambda: at.form.ask("ContactTie", "stated_on", at.day, latest=latest),
    )
    at.ask("ContactTie", "source", "note", record=tie)
    person = at.about.person
    if person is None:
        return

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        on = said.pop("stated_on") or at.day
        member_id = tie.member_id if tie else needed(said, "ContactTie", "member_id")
        said.pop("member_id", None)
        if tie is None:
            said = {name: value for name, value in said.items() if value is not None}
        return ties.contact(records, member_id, person.id, on=on, base=tie, **said)

    at.send(make, removes=tie is not None)


def _owners(at: Dialogue) -> set[str]:
    """Give who of us owns the contact with somebody: nobody backs up himself."""
    person_id = at.about.person.id if at.about.person else None
    ties = (tie for tie in at.graph.own(ContactTie) if tie.person_id == person_id)
    return {tie.member_id for tie in ties if tie.kind == ContactKind.OWNER}


def _influence(at: Dialogue) -> None:
    """Tie somebody to another of the client: influence, or conflict."""
    tie, person = at.record, at.about.person
    if person is None:
        return
    towards = "card.direction.to"
    if tie is None:
        others = offers.people(at.graph, without=person.id)
        at.form.ask("InfluenceTie", "to_id", options=others, name="other", is_required=True)
        directions = (towards, "card.direction.from")
        towards = st.radio(
            md(at.words.say("card.direction.label")),
            directions,
            format_func=lambda key: md(at.words.say(key, name=person.name)),
            key=f"{at.opened.key} direction",
        )
    at.form.ask("InfluenceTie", "kind", getattr(tie, "kind", None), is_required=True)
    at.ask("InfluenceTie", "weight", "source", record=tie)
    at.ask("InfluenceTie", "known_on", record=tie, latest=at.today)
    at.ask("InfluenceTie", "note", record=tie)
    if tie is not None:
        at.ask("InfluenceTie", "since", "until", record=tie)

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        if tie is not None:
            return change(tie, **said)
        other = needed({"to_id": said.pop("other")}, "InfluenceTie", "to_id")
        ends = (person.id, other) if towards == "card.direction.to" else (other, person.id)
        return ties.influence(records, *ends, **said)

    at.send(make, removes=tie is not None)


def _seat(at: Dialogue) -> None:
    """Seat a position in a decision centre."""
    seat, post = at.record, at.about.post
    if post is None:
        return
    if seat is None:
        at.ask("Seat", "centre_id", is_required=True)
    at.ask("Seat", "roles", record=seat, is_required=True)
    at.beside(lambda: at.ask("Seat", "votes", record=seat), lambda: at.ask("Seat", "veto", record=seat))

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        if seat is not None:
            return change(seat, **said)
        centre_id = needed(said, "Seat", "centre_id")
        return ties.seat(records, post.id, centre_id, **{n: v for n, v in said.items() if n != "centre_id"})

    at.send(make, removes=seat is not None)


def _stance(at: Dialogue) -> None:
    """Say what somebody's position toward our offer is, since when, and how we know."""
    person = at.about.person
    if person is None:
        return
    at.form.ask("Assessment", "stance", name="value", is_required=True)
    at.form.ask("Assessment", "source", is_required=True)
    at.form.ask("Assessment", "date", at.day, latest=at.today)
    at.ask("Assessment", "centre_id", "confidence", "by")

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        if said["value"] is None:
            raise InputError("edit_required", field=FieldName(kind="Assessment", field="stance"))
        on = said.pop("date") or at.day
        return ties.assess(records, person.id, attribute=Attribute.STANCE, on=on, **said)

    at.send(make)


def _below(at: Dialogue) -> None:
    """Add who reports to a position: somebody, or a seat without a known holder."""
    at.ask("Position", "title", is_required=True)
    at.form.ask(
        "Position",
        "unit_id",
        at.about.post and at.about.post.position.unit_id,
        options=offers.units(at.graph),
    )
    at.ask("Position", "function")
    at.beside(lambda: at.ask("Position", "seniority"), lambda: at.ask("Position", "weight"))
    st.caption(at.words.say("card.who_holds"))
    at.beside(lambda: at.ask("Person", "first_name"), lambda: at.ask("Person", "last_name"))
    at.form.ask("Holding", "since")
    at.form.ask("Position", "occupancy", Occupancy.VACANT)
    boss_id = at.about.post.id if at.about.post else None

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        post = {"title": needed(said, "Position", "title"), "reports_to_id": boss_id}
        post |= {name: said[name] for name in _POST}
        if said["last_name"]:
            names = {name: said[name] for name in ("last_name", "first_name")}
            return posts.add_person(records, at.graph.account.id, post=post, since=said["since"], **names)
        occupancy = said["occupancy"] if said["occupancy"] != Occupancy.HELD else Occupancy.UNKNOWN
        since = {"occupancy_since": said["since"]}
        return posts.add_position(records, at.graph.account.id, occupancy=occupancy, **post, **since)

    at.send(make)


def _move(at: Dialogue) -> None:
    """Move a reporting line."""
    position = at.record
    offered = offers.positions(at.graph, without=position.id)
    at.form.ask("Position", "reports_to_id", position.reports_to_id, options=offered)
    at.form.ask("Position", "dotted_to_ids", position.dotted_to_ids, options=offered)
    at.send(lambda _, said: change(position, **said))


def _holder(at: Dialogue) -> None:
    """Let a position change hands."""
    position = at.record
    offered = offers.people(at.graph, without=at.about.person.id if at.about.person else None)
    at.form.ask("Holding", "person_id", options=offered)
    st.caption(at.words.say("card.or_new"))
    at.beside(lambda: at.ask("Person", "first_name"), lambda: at.ask("Person", "last_name"))
    at.form.ask("Position", "occupancy", Occupancy.HELD)
    is_held = at.about.person is not None
    at.form.ask("Holding", "since", at.day.isoformat() if is_held else None, is_required=is_held)
    st.caption(at.words.say("card.holder_what"))

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        since, names = said["since"], {name: said[name] for name in ("last_name", "first_name")}
        if said["person_id"]:
            return posts.place(records, said["person_id"], position.id, on=since)
        if names["last_name"]:
            account_id = at.graph.account.id
            return posts.add_person(records, account_id, position_id=position.id, since=since, **names)
        if said["occupancy"] in {None, Occupancy.HELD}:
            raise InputError("edit_who")
        occupancy = Occupancy(said["occupancy"])
        return posts.succeed(records, position.id, person_id=None, on=since, occupancy=occupancy)

    at.send(make)


def _place(at: Dialogue) -> None:
    """Give somebody a position."""
    person = at.record
    at.form.ask("Holding", "position_id", options=offers.positions(at.graph), is_required=True)
    at.form.ask("Holding", "since", at.day.isoformat())

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        position_id = needed(said, "Holding", "position_id")
        return posts.place(records, person.id, position_id, on=said["since"])

    at.send(make)


def _leaves(at: Dialogue) -> None:
    """Say that somebody left the client."""
    person = at.record
    at.form.ask("Holding", "since", at.day.isoformat(), name="on", is_required=True)
    st.caption(at.words.say("card.leaves_what"))

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        if said["on"] is None:
            raise InputError("edit_when")
        return posts.leave(records, person.id, on=said["on"])

    at.send(make)


def _abolish(at: Dialogue) -> None:
    """Say that a position is there no more."""
    position = at.record
    at.form.ask("Position", "until", at.day.isoformat(), is_required=True)

    def make(records: RecordSet, said: dict[str, Any]) -> ChangeSet:
        until = needed(said, "Position", "until")
        return posts.abolish(records, position.id, until=until)

    at.send(make)


def _remove(at: Dialogue) -> None:
    """Take out what was never so, after showing all that goes with it."""
    # What is shown is what goes: something that is added meanwhile is a conflict.
    pinned = f"{at.opened.key} gone"
    gone: ChangeSet = st.session_state.setdefault(
        pinned, leaving.remove(at.graph.records, *at.opened.records)
    )
    lines = at.view.desk.act(lambda workspace: workspace.plan_edit(gone)).lines
    st.caption(at.words.say("card.remove_what", count=len(lines)))
    for line in lines:
        st.text(line.told(at.words))
    at.send(lambda *_: gone)


_FORMS: Mapping[str, Callable[[Dialogue], None]] = {
    "facts": _facts,
    "contact": _contact,
    "backup": lambda at: _contact(at, ContactKind.BACKUP),
    "influence": _influence,
    "seat": _seat,
    "stance": _stance,
    "below": _below,
    "move": _move,
    "holder": _holder,
    "place": _place,
    "leaves": _leaves,
    "abolish": _abolish,
    "remove": _remove,
}
