"""A reader who tries everything on a page: every choice, every button, every row, one after the other.

What is clicked is sent as the browser sends it, so that elements need no form that AppTest knows.
"""

import json
import re
from collections.abc import Callable, Iterator

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from .shown import elements

MOST = 120
"""Steps on one page: a page that is not at an end then has a button that makes buttons."""

_OF_A_RECORD = re.compile(r"\S*\d\S*")
"""What in a name tells one record from another: the same button of each is tried once."""


class Crawl:
    """One walk over one page.

    Parameters
    ----------
    open_page
        Opens the page anew.
    tried
        Buttons tried on other pages: a card is the same beside each.
    """

    def __init__(self, open_page: Callable[[], AppTest], tried: set[str]) -> None:
        self._open, self._tried = open_page, tried
        self._done: set[str] = set()
        self._rows: dict[str, WidgetState] = {}
        """Rows ticked: the browser says so again with every click."""
        self._opened_by = ""
        """The last button outside a form."""

    def steps(self) -> Iterator[tuple[str, AppTest]]:
        """Take one step after the other; give the name of each, and what the page answers.

        Where nothing new is offered the page is opened anew, and the rows ticked again, until that
        leads to nothing new either.
        """
        self._app = self._open()
        yield "opened", self._app
        while True:
            before = len(self._done)
            yield from self._onward()
            if len(self._done) == before:
                return
            self._app, self._rows, self._opened_by = self._open(), {}, ""
            for name, state in list(self._offered()):
                if name in self._done and name.startswith("Dataframe"):
                    self._send(state, is_row=True)

    def _onward(self) -> Iterator[tuple[str, AppTest]]:
        before = self._tried - self._done
        while step := next((s for s in self._offered() if s[0] not in self._done | before), None):
            name, state = step
            assert len(self._done) < MOST, f"still something new: {sorted(self._done)}"
            self._done.add(name)
            if name.startswith("Button open ") or " in open " in name:
                self._tried.add(name)
            if name.startswith("Button ") and " in " not in name:
                self._opened_by = name.removeprefix("Button ")
            self._send(state, is_row=name.startswith("Dataframe"))
            yield name, self._app

    def _send(self, state: WidgetState, *, is_row: bool) -> None:
        tree = self._app._tree
        present = {getattr(e, "id", None) for e in elements(self._app)}
        self._rows = {i: row for i, row in self._rows.items() if i in present}
        sent = tree.get_widget_states()
        kept = [w for w in (*sent.widgets, *self._rows.values()) if w.id != state.id]
        del sent.widgets[:]
        sent.widgets.extend([*kept, state])
        tree.get_widget_states = lambda: sent
        tree.run()
        if is_row:
            self._rows[state.id] = state

    def _offered(self) -> Iterator[tuple[str, WidgetState]]:
        """Give what the page offers beside the choices of the frame: its name, and what to send."""
        for element in elements(self._app, only_main=True):
            kind = type(element).__name__
            form = getattr(element, "form_id", "")
            # What is chosen in a form is sent with its button.
            if kind not in _WAYS or getattr(element, "disabled", False) or (form and kind != "Button"):
                continue
            for what, values in _WAYS[kind](element):
                state = WidgetState(id=element.id)
                for field, value in values.items():
                    if isinstance(value, list):
                        getattr(state, field).data.extend(value)
                    else:
                        setattr(state, field, value)
                key = element.id.rpartition("-")[2]
                named = element.label if form or key == "None" else _OF_A_RECORD.sub("", key)
                yield " ".join([kind, named, what, *(["in", self._opened_by] if form else [])]), state


def _group(element):
    return [(f"option {n}", {"string_array_value": [o.content]}) for n, o in enumerate(element.options)]


def _box(element):
    return [("on", {"bool_value": not element.default})]


def _list(element):
    return [(f"option {n}", {"string_value": option}) for n, option in enumerate(element.options[:3])]


def _several(element):
    return [("first", {"string_array_value": list(element.options[:1])})]


def _button(element):
    return [("", {"trigger_value": True})]


def _grid(element):
    if not element.selection_mode:
        return []
    return [("row", {"string_value": json.dumps({"selection": {"rows": [0], "columns": [], "cells": []}})})]


_WAYS = {
    "ButtonGroup": _group, "Checkbox": _box, "Selectbox": _list, "Radio": _list, "MultiSelect": _several,
    "Dataframe": _grid, "Button": _button,
}  # fmt: skip
