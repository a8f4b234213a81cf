"""A table on a page: sorted, searched and copied by the reader; one of its rows can be opened."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from graphkam.text import Words
    from graphkam.ui.table import Column, Table

_UNKNOWN = "\u2013"
"""In a cell that has nothing to say; never a zero."""

_WIDTHS = {"share": 125, "day": 105, "sentence": 470}
"""Points, where Streamlit's own are wider or narrower than a 13-inch screen wants."""

CHOSEN = "row chosen in "
"""Before the key of a table: under which name a page remembers what it has opened from there."""

_LINE, _BETWEEN, _SIGNS = 18, 8, 70
"""Points of a line in a row, and around all of them; and signs of a sentence that a line holds."""
_LEAST_LINES, _MOST_LINES = 3, 7
"""Streamlit breaks sentences into lines only where a row has room for more than four of its letters."""


def grid(
    words: Words,
    table: Table,
    *,
    choose: bool = False,
    height: int | None = None,
    is_whole: bool = False,
) -> int | None:
    """Show a table.

    Text from outside needs no escaping here: the cells of the grid show it as it is.

    Parameters
    ----------
    words
        The reader's language.
    table
        The table.
    choose
        Whether a row can be chosen: by its box, or by a click on its first words, which are a button then.
    height
        Points; by default as high as its rows, up to ten.
    is_whole
        Whether rows are so high that the longest sentence can be read in its cell.

    Returns
    -------
    int | None
        The row chosen.
    """
    more: dict[str, Any] = {"row_height": _whole(table)} if is_whole else {}
    if choose:
        return next(iter(_chosen(words, table, "single-row", height, more)), None)
    _shown(words, table, height, more)
    return None


def grid_of_many(words: Words, table: Table, *, height: int | None = None) -> list[int]:
    """Show a table of which several rows can be chosen, and give those."""
    return _chosen(words, table, "multi-row", height, {})


def _chosen(words: Words, table: Table, mode: str, height: int | None, more: dict[str, Any]) -> list[int]:
    asked = {**more, "on_select": "rerun", "selection_mode": mode}
    event = _shown(words, table, height, asked, opens=mode == "single-row")
    return [] if event is None else [row for row in event.selection.rows if row < len(table.rows)]


def _shown(
    words: Words, table: Table, height: int | None, more: dict[str, Any], *, opens: bool = False
) -> Any:
    """Show a table; None = there is nothing in it."""
    if not table.rows:
        st.caption(words.say("app.no_rows"))
        return None
    asked = more | ({} if height is None else {"height": height})
    show: Any = st.dataframe
    config = {c.name: _config(words, c, table.currency) for c in table.columns}
    named = next((c.name for c in table.columns if c.kind == "text"), None) if opens else None
    said = {c.name: [_cell(c, row[c.name]) for row in table.rows] for c in table.columns}
    if named is not None:
        let_open(table.name, named, said, config)
    return show(
        said,
        column_config=config,
        hide_index=True,
        key=table.name,
        placeholder=_UNKNOWN,
        alt=words.say(table.title),
        **asked,
    )


def let_open(table: str, named: str, cells: dict[str, list[Any]], config: dict[str, Any]) -> None:
    """Make each text of a column a button: a click on it ticks the row's box.

    Parameters
    ----------
    table
        Key of the table.
    named
        The column.
    cells
        What stands in the columns, by name.
    config
        How they are shown, by name: a heading, or the configuration of a column of texts.
    """
    key, column = f"opened in {table}", config[named]
    about: dict[str, Any] = {"label": column} if isinstance(column, str) else column
    said = {name: about[name] for name in ("label", "width", "help") if about.get(name) is not None}
    cells[named] = [_unmarked(text) for text in cells[named]]
    config[named] = st.column_config.ButtonColumn(
        **said, type="tertiary", alignment="left", key=key, on_click=_tick, args=(table, key)
    )


def _tick(table: str, key: str) -> None:
    st.session_state.pop(CHOSEN + table, None)  # a click opens again what has been closed
    tick(table, st.session_state[key]["row"])


def tick(table: str, *rows: int) -> None:
    """Have rows of a table chosen, or none, before it is shown."""
    st.session_state[table] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}


def _unmarked(text: str | None) -> str | None:
    """Give a text as a button shows it: what would be an icon's name at its beginning stays text."""
    return f"\u200b{text}" if text and text.startswith(":") else text


def _whole(table: Table) -> int:
    """Give how high rows are in which the longest sentence has all its lines."""
    sentences = [column.name for column in table.columns if column.kind == "sentence"]
    longest = max((len(row[name] or "") for row in table.rows for name in sentences), default=0)
    return _BETWEEN + _LINE * min(max(ceil(longest / _SIGNS), _LEAST_LINES), _MOST_LINES)


def _cell(column: Column, value: Any) -> Any:
    return 100 * value if column.kind == "share" and value is not None else value


def _config(words: Words, column: Column, currency: str) -> Any:
    heading = column.headed(words, currency)
    about: dict[str, Any] = {"width": _WIDTHS[column.kind]} if column.kind in _WIDTHS else {}
    about |= {"width": "small"} if column.is_narrow else {}
    if column.heading is None and words.has(f"app.meaning.{column.name}"):
        about["help"] = words.say(f"app.meaning.{column.name}")
    match column.kind:
        case "share":
            form = "%.0f\u00a0%%" if words.language == "fr" else "%.0f%%"
            return st.column_config.ProgressColumn(heading, format=form, min_value=0, max_value=100, **about)
        case "number" | "money":
            return st.column_config.NumberColumn(heading, format="localized", **about)
        case "flag":
            return st.column_config.CheckboxColumn(heading, **about)
        case "day":
            return st.column_config.DateColumn(heading, format="DD/MM/YYYY", **about)
        case "text" | "sentence":
            return st.column_config.TextColumn(heading, **about)
