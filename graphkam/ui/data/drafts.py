"""What was typed in the grid and is not saved: kept while the reader looks at something else.

Streamlit forgets what was typed in a grid as soon as the grid is not shown. So it is noted here, by account
and sheet, as what was said of the rows as they were read, and never of places on the screen: whoever comes
back finds it in the grid, and what somebody else wrote meanwhile meets it when it is saved, as it meets a
file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.exchange.cells import text_of
from graphkam.exchange.grid import NOTHING, SEVERAL, Edits, Grid
from graphkam.ui.writing import forget_saved

if TYPE_CHECKING:
    from graphkam.exchange.source import Raw
    from graphkam.model.table import Column
    from graphkam.ui.state import View

_DRAFTS, _TURN = "drafts in the grid", "grid turn"


@dataclass(frozen=True)
class Draft:
    """A sheet that is shown to be edited, or was, and what was typed on it."""

    grid: Grid
    """As it was when it was first shown: what was typed was typed on that."""
    turn: int
    kept: Edits = NOTHING
    """What the grid on the screen begins with."""
    now: Edits = NOTHING
    """All that is not saved."""

    @property
    def key(self) -> str:
        """Another for each time that the grid begins anew."""
        return f"grid {self.turn}"


def drawn(view: View, sheet: str) -> Draft:
    """Give a sheet as it is to be shown now, with what was typed on it before."""
    found = _drafts().get((view.account_id, sheet))
    if found is not None:
        found = _noted(found)
        if found.now.is_empty and (found.grid.language != view.words.language or _is_old(view, found.grid)):
            found = None
        elif not found.now.is_empty and _state(found.key) is None:
            found = replace(found, kept=found.now, turn=_next_turn())  # it was out of sight
    if found is None:
        found = Draft(_read(view, sheet), _next_turn())
    _drafts()[view.account_id, sheet] = found
    return found


def note(account_id: str, sheet: str) -> None:
    """Note what was typed, even if the reader turned away with the same click."""
    found = _drafts().get((account_id, sheet))
    if found is not None:
        _drafts()[account_id, sheet] = _noted(found)


def drop(account_id: str, sheet: str) -> None:
    """Drop what was typed on a sheet: it is saved, or not wanted."""
    _drafts().pop((account_id, sheet), None)


def unsaved(account_id: str) -> tuple[Draft, ...]:
    """Give the sheets of an account on which something typed is not saved."""
    return tuple(one for (owner, _), one in _drafts().items() if owner == account_id and not one.now.is_empty)


def _drafts() -> dict[tuple[str, str], Draft]:
    found: dict[tuple[str, str], Draft] = st.session_state.setdefault(_DRAFTS, {})
    return found


def _next_turn() -> int:
    turn: int = st.session_state.get(_TURN, 0) + 1
    st.session_state[_TURN] = turn
    return turn


def _noted(draft: Draft) -> Draft:
    state = _state(draft.key)
    if state is None:
        return draft
    now = typed(draft.grid, draft.kept, state)
    if now == draft.now:
        return draft
    forget_saved()  # what was saved before is not what stands on the screen now
    return replace(draft, now=now)


def _state(key: str) -> Mapping[str, Any] | None:
    """Give what was typed in a grid since it began; None = it is not on the screen."""
    state: Mapping[str, Any] | None = st.session_state.get(key)
    return state


def _read(view: View, sheet: str) -> Grid:
    account_id, language = view.account_id, view.words.language
    today = date.today()  # noqa: DTZ011 - the reader's own calendar day
    return view.desk.act(lambda workspace: workspace.grid(account_id, sheet, language=language, today=today))


def _is_old(view: View, shown: Grid) -> bool:
    return view.desk.act(lambda workspace: workspace.revision) != shown.revision


# ------------------------------------------------------------------ rows on the screen


def laid_out(shown: Grid, kept: Edits) -> list[tuple[int, Mapping[str, Any]]]:
    """Give the rows on the screen, each with its place in the sheet: beyond its end if it is new."""
    stay = [place for place in range(len(shown.rows)) if place not in kept.deleted]
    old = [(place, {**shown.rows[place], **kept.changed.get(place, {})}) for place in stay]
    return [*old, *enumerate(kept.added, start=len(shown.rows))]


def typed(shown: Grid, kept: Edits, state: Mapping[str, Any]) -> Edits:
    """Give all that was done to a sheet.

    Parameters
    ----------
    shown
        The sheet as it was read.
    kept
        What was done before, with which the grid on the screen began.
    state
        What was done on the screen since, by places there.
    """
    by_key = {column.key: column for column in shown.columns}

    def read(cells: Mapping[str, Any]) -> dict[str, Raw]:
        return {key: raw(by_key[key], value) for key, value in cells.items() if key in by_key}

    places = [place for place, _ in laid_out(shown, kept)]
    changed = {place: dict(cells) for place, cells in kept.changed.items()}
    added = dict(enumerate(map(dict, kept.added), start=len(shown.rows)))
    for place, cells in state.get("edited_rows", {}).items():
        own = added if places[int(place)] in added else changed
        own.setdefault(places[int(place)], {}).update(read(cells))
    gone = {*kept.deleted, *(places[int(place)] for place in state.get("deleted_rows", ()))}
    more = map(read, state.get("added_rows", ()))
    said = {
        place: _other(shown, place, cells) for place, cells in sorted(changed.items()) if place not in gone
    }
    new = [*(cells for place, cells in added.items() if place not in gone), *more]
    return Edits(
        changed={place: cells for place, cells in said.items() if cells},
        added=tuple(cells for cells in new if any(cells.values())),
        deleted=tuple(sorted(place for place in gone if place < len(shown.rows))),
    )


def _other(shown: Grid, place: int, cells: Mapping[str, Raw]) -> dict[str, Raw]:
    """Give the cells that do not say what they said before."""
    by_key = {column.key: column for column in shown.columns}
    before = {key: raw(by_key[key], cell(by_key[key], shown.rows[place].get(key))) for key in cells}
    return {key: value for key, value in cells.items() if value != before[key]}


def cell(column: Column, value: Any) -> Any:
    """Give a value as its column shows it: a number as a text, for what is no number would vanish unsaid."""
    if column.type in {"enums", "refs"}:
        return [] if value is None else str(value).split(SEVERAL)
    return value if value is None or column.type == "date" else text_of(value)


def raw(column: Column, value: Any) -> Raw:
    """Give what a cell of the grid says, as a file would say it."""
    if not value and value != 0:
        return None
    if column.type in {"enums", "refs"}:
        return SEVERAL.join(map(str, value))
    return date.fromisoformat(str(value)[:10]) if column.type == "date" else str(value)
