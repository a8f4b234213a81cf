"""Dependency: on whom of us does the account depend, and what if they leave?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.ui.fields import told_apart
from graphkam.ui.parts import (
    Figure,
    figures,
    findings,
    heading,
    money_column,
    number_column,
    percent,
    share_column,
    table,
    text_column,
)
from graphkam.ui.questions import departure_of, dependency_of, resilience_of
from graphkam.ui.state import asked_all, remember_next, remembered, shown_view

if TYPE_CHECKING:
    from graphkam.analysis.departure import Departure
    from graphkam.analysis.dependency import Dependency
    from graphkam.analysis.resilience import Resilience
    from graphkam.text import Words
    from graphkam.ui.state import View


def show(view: View) -> None:
    """Show what depends on whom of us, and try departures."""
    words = view.words
    depends = view.answer(dependency_of)
    breaks = view.answer(resilience_of)
    heading(words, view.title, "app.dependency.what")
    findings(words, (*depends.findings, *breaks.findings))
    st.subheader(words.say("app.dependency.members"), anchor=False)
    st.caption(words.say("app.dependency.members_what"))
    _members(words, depends)
    st.subheader(words.say("app.dependency.leave"), anchor=False)
    _suppose(words, breaks)
    leaves = _chosen(view)
    if leaves:
        _departure(words, view.answer(departure_of, leaves))
    else:
        st.caption(words.say("app.dependency.choose"))
        _worst(words, breaks)


def _members(words: Words, depends: Dependency) -> None:
    rows = [
        {
            "member": m.member,
            "sole": percent(m.sole),
            "loss": percent(m.loss),
            "share": percent(m.share),
            "exposure": m.exposure,
            "unknown": m.unknown_amounts,
            "live_ties": m.live_ties,
            "names": ", ".join(m.sole_of),
        }
        for m in depends.members
    ]
    columns = {
        "member": text_column(words, "member"),
        **{name: share_column(words, name) for name in ("sole", "loss", "share")},
        "exposure": money_column(words, "at_stake", depends.currency),
        "unknown": number_column(words, "unknown_amounts"),
        "live_ties": number_column(words, "live_ties"),
        "names": text_column(words, "names"),
    }
    table(rows, columns, key="members")


def _suppose(words: Words, breaks: Resilience) -> None:
    """Offer the departures worth trying."""
    if not breaks.member_ids or breaks.members is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            words.say("app.dependency.suppose", count=len(breaks.members)),
            icon=":material/group_remove:",
            help=words.say("app.dependency.suppose_help", theta=words.percent(breaks.theta)),
        ):
            remember_next("leaves", list(breaks.member_ids))
            st.rerun()
        if st.button(words.say("app.dependency.nobody"), icon=":material/restart_alt:"):
            remember_next("leaves", [])
            st.rerun()


def _chosen(view: View) -> tuple[str, ...]:
    """Let the reader choose who leaves, of ours and of theirs."""
    words, graph = view.words, view.graph()
    offered = {m.id: words.say("app.dependency.ours", name=m.name) for m in graph.members}
    for person_id, held in graph.by_person.items():
        offered[person_id] = words.say(
            "app.dependency.theirs", name=held[0].name, title=held[0].position.title
        )
    names = told_apart(offered)
    # Another account, or another day, has other people.
    asked = [i for i in asked_all("leaves") if i in names]
    leaves = [i for i in remembered("leaves", [], asked or None) if i in names]
    st.session_state["leaves"] = leaves
    chosen = tuple(
        st.multiselect(
            words.say("app.dependency.who"),
            list(names),
            key="leaves",
            format_func=names.__getitem__,
            placeholder=words.say("app.dependency.placeholder"),
        )
    )
    view.address["leaves"] = chosen
    return chosen


def _departure(words: Words, gone: Departure) -> None:
    """Show before and after, who goes dark, who could take over, what is at stake."""
    _before_and_after(words, gone)
    findings(words, gone.findings)
    if gone.touched:
        st.subheader(words.say("app.dependency.touched"), anchor=False)
        _touched(words, gone)
    if gone.stakes:
        st.subheader(words.say("app.dependency.stakes"), anchor=False)
        _stakes(words, gone)
    if gone.orphans:
        st.subheader(words.say("app.dependency.orphans", count=gone.orphan_count), anchor=False)
        _orphans(words, gone)


def _before_and_after(words: Words, gone: Departure) -> None:
    exposure = words.money(gone.exposure, gone.currency)
    unknown = words.say("app.dependency.unknown", count=gone.unknown_amounts) if gone.unknown_amounts else ""
    sole = words.say("app.dependency.sole_after", count=gone.sole)
    shown = (
        Figure("c2", words.percent(gone.after.c2, 1), *_change(words, gone.before.c2, gone.after.c2)),
        Figure("c1", words.percent(gone.after.c1, 1), *_change(words, gone.before.c1, gone.after.c1)),
        Figure("dark_after", words.number(gone.dark, 0), sole),
        Figure("at_stake", exposure, unknown),
    )
    figures(words, shown)


def _change(words: Words, before: float | None, after: float | None) -> tuple[str, str | None]:
    under = words.say("app.dependency.before", value=words.percent(before, 1))
    if before is None or after is None or round(after - before, 3) == 0:
        return under, None
    points = words.say("app.dependency.points", points=words.number(100 * abs(after - before), 1))
    return under, f"{'-' if after < before else '+'}{points}"


def _touched(words: Words, gone: Departure) -> None:
    rows = [
        {
            "name": t.name,
            "title": t.title,
            "weight": t.weight,
            "before": t.live_before,
            "after": t.live_after,
            "left_with": ", ".join(t.left_with),
            "successors": ", ".join(t.successors),
        }
        for t in gone.touched
    ]
    columns: dict[str, Any] = {
        "name": text_column(words, "name"),
        "title": text_column(words, "title"),
        **{name: number_column(words, name) for name in ("weight", "before", "after")},
        "left_with": text_column(words, "left_with"),
        "successors": text_column(words, "successors"),
    }
    table(rows, columns, key="touched")


def _stakes(words: Words, gone: Departure) -> None:
    rows = [
        {"name": s.name, "before": s.live_before, "after": s.live_after, "amount": s.amount}
        for s in gone.stakes
    ]
    columns = {
        "name": text_column(words, "business"),
        "before": number_column(words, "before"),
        "after": number_column(words, "after"),
        "amount": money_column(words, "at_stake", gone.currency),
    }
    table(rows, columns, key="stakes")


def _orphans(words: Words, gone: Departure) -> None:
    rows = [
        {
            "kind": words.say(f"departure.kind.{o.kind}"),
            "name": o.name,
            "due": "" if o.due is None else words.day(o.due),
        }
        for o in gone.orphans
    ]
    columns = {name: text_column(words, name) for name in ("kind", "name", "due")}
    table(rows, columns, key="orphans")


def _worst(words: Words, breaks: Resilience) -> None:
    rows = [
        {"departures": w.departures, "loss": percent(w.loss), "members": ", ".join(w.members)}
        for w in breaks.worst.values()
    ]
    columns = {
        "departures": number_column(words, "departures", is_narrow=True),
        "members": text_column(words, "who_leaves"),
        "loss": share_column(words, "loss"),
    }
    table(rows, columns, key="worst")


if __name__ == "__main__":
    show(shown_view())
