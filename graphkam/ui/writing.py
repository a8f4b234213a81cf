"""What happens when a page writes: what was saved, what was refused, what somebody else wrote meanwhile.

Every page writes through here. What was saved is said once, with a way to take it back. What cannot be
is said where it was typed, and what was typed stays there. A conflict shows who, what and when, and both
values; nothing is overwritten unless the reader says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.editing.sides import Sides, on_top, sides
from graphkam.errors import GraphkamError, ImportRejected, WriteConflict
from graphkam.exchange.called import Called, field_label, value_label
from graphkam.exchange.problems import CellFault, told
from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import Position
from graphkam.ui.escape import md

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from graphkam.exchange.lines import PlanLine
    from graphkam.model.changes import Operation
    from graphkam.model.records import RecordSet
    from graphkam.ui.fields import Form
    from graphkam.ui.state import View

Make = Callable[["RecordSet"], ChangeSet]
"""Makes changes of the records as they stand; what was open in a form it has with it."""

_SAVED, _MET = "what was saved", "what was met"
OPENED = "opened form"
"""Under which name the form that is open is kept."""
_QUICKER = frozenset({"changed", "removed", "made", "attached"})
"""What somebody else has done, as the last part of a conflict's key says it."""
_TOLD = 4
"""Lines that are told of what was saved."""


@dataclass(frozen=True)
class Saved:
    """What was written last in this session."""

    operation_id: str
    lines: tuple[str, ...]
    """The first of what was written."""
    count: int
    is_undo: bool = False
    """Whether it took something back."""


@dataclass(frozen=True)
class Met:
    """A write that was refused because somebody else was quicker."""

    changes: ChangeSet
    conflict: WriteConflict


def write(
    view: View, make: Make, *, what: str = "edit", form: Form | None = None, said: Sequence[str] = ()
) -> bool:
    """Write what a reader said; tell whether it was written, and otherwise show why not.

    Parameters
    ----------
    view
        What is shown: its account is written to.
    make
        Makes the changes.
    what
        The act, for the record of operations.
    form
        The form that it was said in.
    said
        What was done, in words; by default the lines that were written.
    """
    changes = ChangeSet()
    try:
        changes = make(view.graph().records)
        if not changes.is_empty:
            _remember(view, changes, lambda: view.desk.apply(changes, what=what), said)
        return True
    except WriteConflict as conflict:
        if _is_new_only(conflict) and what == "edit":
            return _once_more(view, make)
        st.session_state[_MET] = Met(changes, conflict)
        st.rerun()
    except CellFault as fault:
        _refuse(told(form.problem(fault), view.words) if form else fault.code)
    except ImportRejected as refused:
        for problem in refused.problems:
            _refuse(view.words.problem(problem))
    except GraphkamError as error:
        _refuse(view.words.error(error))
    return False


def _is_new_only(conflict: WriteConflict) -> bool:
    """Tell whether the conflict is only that another new record was given the same id."""
    met = conflict.overtaken
    return met is not None and met.wanted.version == 0 and met.now is not None and not met.is_attached


def _once_more(view: View, make: Make) -> bool:
    """Write anew what was given an id that somebody else's new record has meanwhile."""
    try:
        changes = make(view.graph().records)
        _remember(view, changes, lambda: view.desk.apply(changes, what="edit"))
        return True
    except GraphkamError as error:
        _refuse(view.words.error(error))
        return False


def _remember(view: View, changes: ChangeSet, act: Callable[[], Operation], said: Sequence[str] = ()) -> None:
    lines = view.desk.act(lambda workspace: workspace.plan_edit(changes)).lines
    operation = act()
    say_written(operation.id, said or told_lines(view, lines))


def told_lines(view: View, lines: Sequence[PlanLine]) -> tuple[str, ...]:
    """Say what is written, line by line; of a position, who holds it."""
    return tuple(line.model_copy(update={"name": named(view, line)}).told(view.words) for line in lines)


def named(view: View, line: PlanLine) -> str:
    """Give what a line of a plan is about: a position by its holder first, as everywhere on a page."""
    if line.kind != Position.__name__ or line.account_id != view.account_id:
        return line.name
    post = view.graph().by_position.get(line.id)
    return line.name if post is None or post.person is None else f"{post.person.name}, {line.name}"


def say_written(operation_id: str, lines: Sequence[str], *, is_undo: bool = False) -> None:
    """Have it said what was written or taken back, once the page is shown anew."""
    st.session_state[_SAVED] = Saved(operation_id, tuple(lines[:_TOLD]), len(lines), is_undo)


def _refuse(sentence: str) -> None:
    st.error(md(sentence), icon=":material/error:")


def say_saved(view: View, *, buttons: DeltaGenerator | None = None) -> None:
    """Say what was saved, with a way to take it back, or what was taken back, until something else is done.

    Parameters
    ----------
    view
        What is shown.
    buttons
        Where it can be taken back; by default beside it.
    """
    saved: Saved | None = st.session_state.get(_SAVED)
    if saved is None:
        return
    words = view.words
    own = st.container(horizontal=True, vertical_alignment="center", key="saved")
    with own:
        lines = list(saved.lines)
        if saved.count > len(lines):
            lines.append(words.say("cli.and_more", count=saved.count - len(lines)))
        told = " · ".join(lines)
        if saved.is_undo:
            st.info(md(words.say("card.undone", lines=told)), icon=":material/undo:")
            return
        st.success(md(words.say("card.saved", lines=told)), icon=":material/check:")
    with own if buttons is None else buttons:
        is_undone = st.button(words.say("card.undo"), icon=":material/undo:", key="undo")
    if is_undone:
        undo(view, saved.operation_id)


def forget_saved() -> None:
    """Say no more what was saved."""
    st.session_state.pop(_SAVED, None)


def undo(view: View, operation_id: str) -> None:
    """Take a write back, and show the page anew; or say why it cannot be taken back."""
    try:
        done, plan = view.desk.act(lambda workspace: workspace.plan_undo(operation_id))
        lines = told_lines(view, plan.lines)
        operation = view.desk.apply(plan.changes, what="undo", undoes=done.id)
    except GraphkamError as error:
        forget_saved()  # it stands, and cannot be taken back from here any more
        _refuse(view.words.error(error))
        return
    say_written(operation.id, lines, is_undo=True)
    st.rerun()


def say_conflict(view: View) -> bool:
    """Show a conflict with what both said, and what each choice does; tell whether there is one."""
    met: Met | None = st.session_state.get(_MET)
    if met is None:
        return False
    words = view.words
    with st.container(border=True, key="conflict"):
        st.warning(md(_met(view, met.conflict)), icon=":material/call_split:")
        overtaken = met.conflict.overtaken
        found = sides(overtaken) if overtaken else ()
        if overtaken and found:
            st.table(_compared(view, type(overtaken.wanted).__name__, met, found))
        theirs, mine = st.columns(2)
        with theirs:
            if st.button(words.say("card.keep_theirs"), key="keep theirs", width="stretch"):
                _forget_conflict()
            st.caption(words.say("card.keep_theirs_does"))
        if found:
            with mine:
                if st.button(words.say("card.write_mine"), key="write mine", width="stretch"):
                    _write_on_top(view, met)
                st.caption(words.say("card.write_mine_does"))
    return True


def _met(view: View, conflict: WriteConflict) -> str:
    """Say who was quicker, where the choices stand below: nothing has to be done again."""
    words, what = view.words, conflict.key.removeprefix("error.store_conflict_")
    if what not in _QUICKER:
        return words.error(conflict)
    params = dict(conflict.params)
    if params.get("who") == view.desk.settings.user:  # under the same name: it can only be another window
        params["who"] = words.say("card.another_window", who=params["who"])
    return words.say(f"card.met.{what}", **params)


def _forget_conflict() -> None:
    st.session_state.pop(_MET, None)
    st.rerun()


def _write_on_top(view: View, met: Met) -> None:
    overtaken = met.conflict.overtaken
    if overtaken is None:
        return
    changes = on_top(met.changes, overtaken)
    try:
        _remember(view, changes, lambda: view.desk.apply(changes, what="edit"))
    except WriteConflict as again:
        st.session_state[_MET] = Met(changes, again)
        st.rerun()
    except GraphkamError as error:
        _refuse(view.words.error(error))
        return
    st.session_state.pop(OPENED, None)  # what was typed is written: the form that it was typed in is done
    _forget_conflict()


def _compared(view: View, kind: str, met: Met, found: tuple[Sides, ...]) -> dict[str, list[str]]:
    """Give a table of what each said, field by field."""
    words, overtaken = view.words, met.conflict.overtaken
    if overtaken is None:
        return {}
    called = Called(view.graph().records)

    def shown(field: str, value: Any) -> str:
        text = called.shown(overtaken.wanted, field, value)
        return md(value_label(kind, field, text, words.language))

    said: dict[str, list[str]] = {
        md(words.say("card.field")): [
            md(("≠ " if one.is_clash else "") + field_label(kind, one.field, words.language)) for one in found
        ]
    }
    for name in ("before", "theirs", "mine"):
        said[md(words.say(f"card.side.{name}"))] = [shown(one.field, getattr(one, name)) for one in found]
    return said
