"""A plan on the screen: what would be written, what is to be said first, and its acceptance.

Nothing is written before the reader accepts it. What is to be said first (whose word counts, what is only
renamed, who is somebody known, how much may be deleted) is asked here; the plan is then made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.errors import GraphkamError, ImportRejected
from graphkam.exchange.called import field_label, kind_label, value_label
from graphkam.exchange.choices import AS_IT_COMES
from graphkam.model.clashes import Side
from graphkam.text import UNKNOWN
from graphkam.ui.escape import md
from graphkam.ui.parts import table
from graphkam.ui.writing import named, say_written, told_lines

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from graphkam.exchange.choices import Choices
    from graphkam.exchange.conflicts import Conflict
    from graphkam.exchange.plan import Plan
    from graphkam.model.base import Problem
    from graphkam.text import Words
    from graphkam.ui.state import View

Replan = Callable[["Choices"], "Plan"]

_PROPOSED = "proposed plan"
_LINES = 2_000
"""Lines of a plan that are shown; its totals are of all."""
_MANY = 30
"""Lines from which they are also counted by kind."""
SIGNS: Mapping[str, str] = {"create": "+", "change": "~", "end": ">", "delete": "\u2212"}


@dataclass(frozen=True)
class Proposed:
    """A plan that waits to be accepted, or the reasons why there is none."""

    place: str
    """The part of the page that shows it."""
    what: str
    """The act, for the record of operations."""
    replan: Replan
    choices: Choices = AS_IT_COMES
    plan: Plan | None = None
    problems: tuple[Problem, ...] = ()
    sentence: str = ""
    """What is told of a file that cannot be used."""
    undoes: str = ""
    then: Callable[[], None] | None = None
    """What is done once it is written."""


def propose(
    view: View,
    place: str,
    what: str,
    replan: Replan,
    *,
    undoes: str = "",
    then: Callable[[], None] | None = None,
) -> None:
    """Make a plan, to be shown at a place of the page."""
    _make(view, Proposed(place, what, replan, undoes=undoes, then=then))


def _make(view: View, wanted: Proposed) -> None:
    """Make a plan, or make it anew."""
    with st.spinner(view.words.say("data.planning")):
        try:
            made = replace(wanted, plan=wanted.replan(wanted.choices), problems=(), sentence="")
        except GraphkamError as error:
            found = error.problems if isinstance(error, ImportRejected) else ()
            made = replace(wanted, plan=None, problems=found, sentence=view.words.error(error))
    st.session_state[_PROPOSED] = made


def proposed(place: str) -> Proposed | None:
    """Give the plan that waits at a place."""
    found: Proposed | None = st.session_state.get(_PROPOSED)
    return found if found is not None and found.place == place else None


def withdraw() -> None:
    """Let no plan wait any more."""
    st.session_state.pop(_PROPOSED, None)


def show_proposed(view: View, place: str, *, buttons: DeltaGenerator | None = None) -> bool:
    """Show the plan that waits at a place, if one does; tell whether it does.

    Parameters
    ----------
    view
        What is shown.
    place
        The part of the page.
    buttons
        Where it is accepted or withdrawn; by default below it.
    """
    waiting = proposed(place)
    if waiting is None:
        return False
    with st.container(border=True, key=f"plan {place}"):
        if waiting.plan is None:
            _refused(view.words, waiting)
        is_counted = waiting.plan is not None and _plan(view, waiting, waiting.plan)
        with st.container(horizontal=True) if buttons is None else buttons:
            is_accepted = _is_accepted(view.words, waiting, is_counted=is_counted)
        if is_accepted and waiting.plan is not None:
            _accept(view, waiting, waiting.plan)
    return True


def _is_accepted(words: Words, waiting: Proposed, *, is_counted: bool) -> bool:
    """Let a plan be accepted or withdrawn; one that is refused can only be closed."""
    plan, is_accepted = waiting.plan, False
    if plan is not None:
        can = not plan.is_open and not plan.is_empty and is_counted
        label = words.say("data.accept")
        is_accepted = st.button(
            label, key="accept plan", type="primary", disabled=not can, icon=":material/check:"
        )
    is_closed = plan is None or plan.is_empty
    st.button(words.say("data.close" if is_closed else "data.drop"), key="close plan", on_click=withdraw)
    return is_accepted


# ------------------------------------------------------------------ a file that cannot be used


def _refused(words: Words, waiting: Proposed) -> None:
    st.error(md(waiting.sentence), icon=":material/error:")
    if waiting.problems:
        problems(words, waiting.problems, key="problems")


def problems(words: Words, found: Sequence[Problem], *, key: str) -> None:
    """Show problems as a table: where, what stands there, what is wrong, what would be right."""
    rows = [
        {
            "sign": "\u2717" if one.severity == "error" else "!",
            "where": f"{one.sheet}!{one.cell}" if one.sheet and one.cell else one.sheet or one.file,
            "column": one.column,
            "value": one.value,
            "problem": words.problem(one),
            "right": words.show(one.nearest or one.allowed),
            "count": one.count,
        }
        for one in found
    ]
    table(rows, _named(words, "sign", "where", "column", "value", "right", "problem", "count"), key=key)


def _named(words: Words, *names: str) -> dict[str, Any]:
    named: dict[str, Any] = {name: words.say(f"data.column.{name}") for name in names}
    if "sign" in named:
        named["sign"] = st.column_config.TextColumn(named["sign"], width=40)
    return named


# ------------------------------------------------------------------ a plan


def _plan(view: View, waiting: Proposed, plan: Plan) -> bool:
    """Show what would be written; tell whether it can be accepted as far as deletions are counted."""
    words = view.words
    st.markdown(f"**{md(_headline(words, waiting.what, plan))}**")
    if plan.is_empty and not plan.warnings:
        st.caption(words.say("data.nothing_to_do"))
    choices = _asked(view, waiting, plan)
    if choices != waiting.choices:
        _make(view, replace(waiting, choices=choices))
        st.rerun()
    _by_kind(words, plan)
    _lines(view, plan)
    for event in plan.events:
        st.caption(f":material/swap_horiz: {md(event.told(words))}")
    for dropped in plan.dropped:
        st.caption(f":material/filter_alt_off: {md(dropped.told(words))}")
    if plan.warnings:
        with st.expander(words.say("data.warnings", count=len(plan.warnings)), icon=":material/warning:"):
            problems(words, plan.warnings, key="warnings")
    return _counted(words, plan)


def _headline(words: Words, what: str, plan: Plan) -> str:
    totals = [words.say(f"cli.plan.{action}", count=count) for action, count in plan.totals.items() if count]
    if what != "edit" or not totals:  # of what was typed by hand the rest is no news
        totals.append(words.say("cli.plan.unchanged", count=plan.unchanged))
    told_totals = ", ".join(totals)
    return words.say("data.plan_of", file=plan.file, totals=told_totals) if plan.file else told_totals


def _by_kind(words: Words, plan: Plan) -> None:
    """Say how much there is of each kind, where the lines are too many to be read."""
    if len(plan.lines) <= _MANY:
        return
    told_kinds = []
    for kind, counted in plan.by_kind.items():
        said = [words.say(f"cli.plan.{action}", count=count) for action, count in counted.items() if count]
        told_kinds.append(f"{kind_label(kind, words.language)}: {', '.join(said)}")
    st.caption(md(" \u00b7 ".join(told_kinds)))


def _lines(view: View, plan: Plan) -> None:
    words = view.words
    if not plan.lines:
        return
    rows = [
        {
            "sign": SIGNS[line.action],
            "kind": kind_label(line.kind, words.language),
            "name": named(view, line),
            "changes": words.say("plan.separator").join(
                change.told(line.kind, words) for change in line.fields
            ),
            "origin": line.origin.rpartition("!")[2],
        }
        for line in plan.lines[:_LINES]
    ]
    table(rows, _named(words, "sign", "kind", "name", "changes", "origin"), key="plan lines")
    if len(plan.lines) > _LINES:
        st.caption(words.say("cli.and_more", count=len(plan.lines) - _LINES))


def _accept(view: View, waiting: Proposed, plan: Plan) -> None:
    """Write it; who was quicker is told, and the plan can be made anew."""
    lines = told_lines(view, plan.lines)
    try:
        operation = view.desk.act(
            lambda workspace: workspace.apply(
                plan.changes, what=waiting.what, file=plan.file, sha256=plan.sha256, undoes=waiting.undoes
            )
        )
    except GraphkamError as error:
        st.error(md(view.words.error(error)), icon=":material/error:")
        # In the run that the click causes nothing is accepted: only what is called back comes to it.
        label = view.words.say("data.plan_again")
        st.button(label, key="plan again", on_click=_make, args=(view, waiting))
        return
    withdraw()
    if waiting.then is not None:
        waiting.then()
    say_written(operation.id, lines, is_undo=bool(waiting.undoes))
    st.rerun()


# ------------------------------------------------------------------ what is to be said first


def _asked(view: View, waiting: Proposed, plan: Plan) -> Choices:
    """Ask what the plan leaves open, and give the choices."""
    words, choices = view.words, waiting.choices
    said: dict[str, Any] = {}
    if plan.conflicts:
        said["prefer"] = _conflicts(words, plan.conflicts, choices.prefer)
    if plan.renames or choices.renames is not None:
        asked = [one.told(words) for one in plan.renames]
        said["renames"] = _is_so(words, "renames", asked, choices.renames)
    known = [one for one in plan.alike if one.is_known]
    if known or choices.duplicates is not None:
        said["duplicates"] = _is_so(words, "alike", [one.told(words) for one in known], choices.duplicates)
    return choices.model_copy(update=said)


def _is_so(words: Words, name: str, asked: Sequence[str], chosen: bool | None) -> bool | None:
    st.markdown(f"**{md(words.say(f'data.ask.{name}'))}**")
    for line in asked:
        st.text(line)
    options = (True, False)
    return st.radio(
        words.say(f"data.ask.{name}"),
        options,
        None if chosen is None else options.index(chosen),
        format_func=lambda is_so: words.say(f"data.{name}.{'yes' if is_so else 'no'}"),
        key=f"asked {name}",
        label_visibility="collapsed",
    )


def _conflicts(words: Words, found: Sequence[Conflict], prefer: Side | None) -> Side | None:
    st.warning(md(words.say("data.conflicts", count=len(found))), icon=":material/call_split:")
    rows = [
        {
            "name": f"{kind_label(one.kind, words.language)}  {one.name}",
            "field": field_label(one.kind, one.field, words.language) if one.field else one.told(words),
            "before": _value(words, one, one.base),
            "mine": _value(words, one, one.mine),
            "theirs": _value(words, one, one.theirs),
            "who": one.who,
            "at": one.at.replace("T", " ")[:16],
        }
        for one in found
    ]
    table(rows, _named(words, "name", "field", "before", "mine", "theirs", "who", "at"), key="conflicts")
    sides = (Side.MINE, Side.THEIRS)
    return st.radio(
        words.say("data.ask.conflicts"),
        sides,
        None if prefer is None else sides.index(prefer),
        format_func=lambda side: words.say(f"data.prefer.{side}"),
        key="asked conflicts",
    )


def _value(words: Words, one: Conflict, value: str | None) -> str:
    if one.field in {"holder", "owner", ""}:
        return value or UNKNOWN
    return value_label(one.kind, one.field, value, words.language)


def _counted(words: Words, plan: Plan) -> bool:
    """Have the number of many deletions typed, so that nobody accepts them unread."""
    if not plan.deletions_to_count:
        return True
    typed = st.number_input(
        words.say("data.count_deletions", count=plan.deletions_to_count), value=None, step=1, min_value=0,
        key="count deletions",
    )  # fmt: skip
    return typed == plan.deletions_to_count
