"""Fields of a form, made from the one table of fields: each column's type says what asks for it.

Lists are chosen from, days picked, references found by name; what is typed is understood by the same
readers as a cell of a workbook, so that a form accepts what a file would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.exchange.called import column_of
from graphkam.exchange.cells import CLEAR, Habits, bounds, read_cell
from graphkam.exchange.problems import CellFault
from graphkam.model.base import Problem
from graphkam.model.vocabulary import choices, label
from graphkam.ui.escape import md

if TYPE_CHECKING:
    from graphkam.model.table import Column
    from graphkam.text import Words

Options = Mapping[str, str]
"""What a reference may mean: names by id, in the order shown."""

_ASKED_AS_TEXT = frozenset(
    {"text", "partial_date", "month", "email", "phone", "country", "currency", "siren", "siret", "lei"}
)
_SMALL = 10
"""Whole numbers up to which are chosen rather than typed."""


class Form:
    """The fields of one form.

    Parameters
    ----------
    words
        The reader's language.
    key
        Name of the form: another for each time it is opened, so that it begins anew.
    """

    def __init__(self, words: Words, key: str) -> None:
        self._words, self._key = words, key
        self._asked: list[tuple[str, Column, Any]] = []

    def ask(
        self,
        kind: str,
        field: str,
        value: Any = None,
        *,
        options: Options | None = None,
        latest: date | None = None,
        name: str = "",
        is_required: bool = False,
    ) -> None:
        """Ask for a field of a kind of record.

        Parameters
        ----------
        kind, field
            Which; its column gives the label, the type and what is allowed.
        value
            What is known.
        options
            Of a reference: what it may mean.
        latest
            Of a day: the last that is allowed.
        name
            Under what it is given; by default the field's own name.
        is_required
            Whether the form needs it; told by a star.
        """
        column = column_of(kind, field)
        if column is None:
            raise LookupError(field)
        text = md(column.header(self._words.language)) + (" \\*" if is_required else "")
        raw = self._input(column, text, value, name or field, options=options or {}, latest=latest)
        self._asked.append((name or field, column, raw))

    def said(self) -> dict[str, Any]:
        """Give what was said, by name; None where nothing was.

        Raises
        ------
        CellFault
            If something cannot be understood; its parameters name the column.
        """
        return {name: self._understood(column, raw) for name, column, raw in self._asked}

    def problem(self, fault: CellFault) -> Problem:
        """Give a fault of one of the fields as a problem that can be told."""
        params = {name: value for name, value in fault.params.items() if name not in {"value", "column"}}
        told = {name: str(fault.params.get(name) or "") for name in ("value", "column")}
        return Problem(code=fault.code, allowed=fault.allowed, nearest=fault.nearest, params=params, **told)

    def _understood(self, column: Column, raw: Any) -> Any:
        if column.type not in _ASKED_AS_TEXT and column.type != "note":
            return _from_widget(column, raw)
        try:
            found = read_cell(column, raw, Habits(self._words.language))
        except CellFault as fault:
            fault.params |= {"value": raw, "column": column.header(self._words.language)}
            raise
        return None if found is CLEAR else found

    # ------------------------------------------------------------------ what asks

    def _input(
        self, column: Column, text: str, value: Any, name: str, *, options: Options, latest: date | None
    ) -> Any:
        key = f"{self._key} {name}"
        if column.type in {"ref", "refs"}:
            return _reference(column, text, value, key, options)
        if column.type in {"enum", "enums"}:
            return self._list(column, text, value, key)
        if column.type == "date":
            return st.date_input(text, value, max_value=latest, format="DD/MM/YYYY", key=key)
        if column.type in {"int", "number", "money", "ratio"}:
            return _number(column, text, value, key)
        said = "" if value is None else str(value)
        if column.type == "note":
            return st.text_area(text, said, key=key, height=80)
        example = self._words.say(f"card.example.{column.type}") if column.type == "partial_date" else None
        return st.text_input(text, said, key=key, placeholder=example)

    def _list(self, column: Column, text: str, value: Any, key: str) -> Any:
        codes = [choice.code for choice in choices(column.allowed)]

        def named(code: str) -> str:
            return label(column.allowed, code, self._words.language)

        if column.type == "enums":
            given = [_code(v) for v in value or ()]
            return st.multiselect(text, codes, given, format_func=named, key=key, placeholder=self._unknown)
        chosen = None if value is None else codes.index(_code(value))
        return st.selectbox(text, codes, chosen, format_func=named, key=key, placeholder=self._unknown)

    @property
    def _unknown(self) -> str:
        return self._words.say("card.not_known")


def told_apart(options: Options) -> Options:
    """Give options of which no two look the same: Streamlit knows by its text which one was chosen."""
    counted = Counter(options.values())
    return {one: text if counted[text] == 1 else f"{text} ({one})" for one, text in options.items()}


def _reference(column: Column, text: str, value: Any, key: str, options: Options) -> Any:
    options = told_apart(options)
    ids: Sequence[str] = list(options)
    if column.type == "refs":
        chosen = [one for one in value or () if one in options]
        return st.multiselect(text, ids, chosen, format_func=options.__getitem__, key=key, placeholder="")
    index = ids.index(value) if value in options else None
    return st.selectbox(
        text,
        ids,
        index,
        format_func=options.__getitem__,
        key=key,
        placeholder="",
        filter_mode="contains",  # of hundreds of people, only those that are called so
    )


def _number(column: Column, text: str, value: Any, key: str) -> Any:
    low, high = bounds(column)
    if column.type == "int" and low is not None and high is not None and high <= _SMALL:
        whole = list(range(int(low), int(high) + 1))
        return st.selectbox(
            text, whole, None if value is None else whole.index(value), key=key, placeholder="?"
        )
    least, most = (None if bound is None else float(bound) for bound in (low, high))
    if column.type == "int":
        return st.number_input(
            text, None if least is None else int(least), None, value, step=1, key=key, placeholder="?"
        )
    given = None if value is None else float(value)
    return st.number_input(text, least, most, given, key=key, placeholder="?")


def _from_widget(column: Column, raw: Any) -> Any:
    """Give what was chosen as the model takes it."""
    if raw is None:
        return None
    if column.type == "enum":
        return raw == "yes" if column.allowed == "yesno" else int(raw) if column.allowed == "level" else raw
    if column.type in {"enums", "refs"}:
        return tuple(raw)
    return Decimal(str(raw)) if column.type == "money" else raw


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Enum) else str(value)
