"""What several pages show: a figure with its meaning, findings as sentences, tables, the footer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import streamlit as st

from graphkam.model.base import Finding, Interval, Severity
from graphkam.ui.escape import md
from graphkam.ui.exports import tables_address
from graphkam.ui.fields import told_apart
from graphkam.ui.grid import let_open
from graphkam.ui.state import remember_next, remembered_choice

if TYPE_CHECKING:
    from graphkam.text import Words
    from graphkam.ui.state import View

_ICONS = {
    Severity.CRITICAL: ":red[:material/error:]",
    Severity.WARNING: ":orange[:material/warning:]",
    Severity.NOTICE: ":blue[:material/info:]",
    Severity.INFO: ":gray[:material/check_circle:]",
}
_WORST_FIRST = tuple(_ICONS)
_SHOWN = 8
"""Findings shown at once."""
BREAK = "\\\n"
"""Markdown's line break."""
_UNKNOWN = "\u2013"
"""In a cell that has nothing to say; never a zero."""


class Figure(NamedTuple):
    """A figure to be shown."""

    name: str
    """``app.figure.<name>`` is its label, ``app.meaning.<name>`` its meaning."""
    value: str
    """As shown."""
    under: str = ""
    """A line under the value: how sure it is."""
    change: str | None = None
    """How it differs from before; a loss is shown in red."""


def figures(words: Words, shown: Sequence[Figure], **params: str) -> None:
    """Show figures side by side, each a card: its name, its value, what it means, and how sure it is.

    Parameters
    ----------
    words
        The reader's language.
    shown
        The figures.
    **params
        What their labels and meanings name.
    """
    for column, one in zip(st.columns(len(shown)), shown, strict=True):
        with column, st.container(border=True, height="stretch", gap="xxsmall"):
            st.metric(
                words.say(f"app.figure.{one.name}", **params),
                md(one.value),
                one.change,
                help=words.say(f"app.meaning.{one.name}", **params),
            )
            if one.under:
                st.caption(md(one.under))


def findings(words: Words, found: Iterable[Finding], *, about: str = "") -> None:
    """Show findings as sentences, the worst first; of a long list the rest is folded.

    Parameters
    ----------
    words
        The reader's language.
    found
        The findings.
    about
        A name with which the sentences need not begin: all are about it.
    """
    ordered = sorted(found, key=lambda finding: _WORST_FIRST.index(finding.severity))
    # Two analyses may notice the same.
    said = ((f.severity, sentence(words, f, about=about)) for f in ordered)
    lines = list(dict.fromkeys(f"{_ICONS[severity]}\u2002{md(text)}" for severity, text in said))
    if not lines:
        st.caption(words.say("app.no_findings"))
        return
    st.markdown(BREAK.join(lines[:_SHOWN]))
    if rest := lines[_SHOWN:]:
        with st.expander(words.say("app.more_findings", count=len(rest))):
            st.markdown(BREAK.join(rest))


def sentence(words: Words, finding: Finding, *, about: str = "") -> str:
    """Give a finding as a sentence, without the name of what the page is about."""
    said = words.finding(finding)
    head, colon, rest = said.partition(":")
    return rest.lstrip()[:1].upper() + rest.lstrip()[1:] if colon and head.rstrip() == about else said


def table(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Any], *, key: str, choose: bool = False
) -> int | None:
    """Show rows as a table that can be sorted, searched, copied and saved.

    Text from outside needs no escaping here: the cells of the grid show it as it is.

    Parameters
    ----------
    rows
        The rows, by name of column.
    columns
        For each column its heading, or a column configuration.
    key
        Name of the table on its page.
    choose
        Whether a row can be chosen: by its box, or by a click on its first text.

    Returns
    -------
    int | None
        The row chosen.
    """
    frame = {name: [row[name] for row in rows] for name in columns}
    shown = dict(columns)
    if not choose:
        st.dataframe(frame, column_config=shown, hide_index=True, key=key, placeholder=_UNKNOWN)
        return None
    named = next(name for name in columns if _is_text(columns[name]))
    let_open(key, named, frame, shown)
    event = st.dataframe(
        frame,
        column_config=shown,
        hide_index=True,
        key=key,
        placeholder=_UNKNOWN,
        on_select="rerun",
        selection_mode="single-row",
    )
    return next(iter(event.selection.rows), None)


def _is_text(column: Any) -> bool:
    return isinstance(column, str) or column["type_config"]["type"] == "text"


def share_column(words: Words, name: str) -> Any:
    """Give the column of a share, in percent; its bar is left out where it is not known."""
    return st.column_config.ProgressColumn(
        words.say(f"app.column.{name}"),
        help=words.say(f"app.meaning.{name}"),
        format="%.0f\u00a0%%" if words.language == "fr" else "%.0f%%",
        min_value=0,
        max_value=100,
    )


def percent(share: float | None) -> float | None:
    """Give a share as a share column wants it."""
    return None if share is None else 100 * share


def text_column(words: Words, name: str) -> Any:
    """Give the column of a text."""
    return st.column_config.TextColumn(words.say(f"app.column.{name}"))


def heading(words: Words, title: str, what: str, answer: str = "") -> None:
    """Show the heading of a page, the question it answers, and the answer in a sentence.

    Parameters
    ----------
    words
        The reader's language.
    title
        Name of the account, or of the page.
    what
        Key of the question.
    answer
        The answer, as shown.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.title(md(title), anchor=False, width="content")
        st.caption(words.say(what), width="content")
    if answer:
        with st.container(key="answer"):
            st.markdown(md(answer))


def between(words: Words, found: Interval) -> str:
    """Say what a share could be, where something it rests on is not known."""
    if found.value is None or found.low is None or found.high is None or found.low == found.high:
        return ""
    return words.say("app.between", low=words.percent(found.low, 1), high=words.percent(found.high, 1))


def choose(label: str, names: Mapping[str, str], *, key: str, **more: Any) -> str:
    """Let the reader choose one of several; two of one name are told apart.

    Parameters
    ----------
    label
        What is chosen.
    names
        Names by id, in the order shown.
    key
        Key of the widget.
    **more
        What else ``st.selectbox`` takes.

    Returns
    -------
    str
        The id.
    """
    shown = told_apart(names)
    chosen: str = st.selectbox(label, list(shown), key=key, format_func=shown.__getitem__, **more)
    return chosen


def part(view: View, page: str, names: Sequence[str]) -> str:
    """Let the reader choose which part of a page is shown; the address leads back to it.

    Parameters
    ----------
    view
        What the page is asked to show.
    page
        Name of the page: ``app.<page>.<name>`` is the label of a part.
    names
        The parts; the first is shown at first.
    """
    key = f"{page}_part"
    remembered_choice(key, names, "show")
    chosen = choose_in_a_row(
        view.words.say("app.part"), names, key, lambda name: view.words.say(f"app.{page}.{name}")
    )
    view.address["show"] = chosen
    return chosen


def choose_in_a_row(
    label: str,
    names: Sequence[str],
    key: str,
    told: Callable[[str], str],
    width: Literal["content", "stretch"] = "content",
) -> str:
    """Let the reader choose one of a few, in a row; give it.

    Parameters
    ----------
    label
        What is chosen, for those who listen: it is not shown.
    names
        What can be chosen; one always is.
    key
        Key of the widget.
    told
        How each is called.
    width
        How wide the row is.
    """
    chosen = st.segmented_control(
        label,
        names,
        key=key,
        required=True,
        format_func=told,
        label_visibility="collapsed",
        width=width,
    )
    return chosen or names[0]


def save_as_workbook(view: View, page: str, **more: str | Sequence[str]) -> None:
    """Offer the tables of a page as a workbook."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.link_button(
            view.words.say("app.save"),
            tables_address(view, page, **more),
            icon=":material/download:",
            help=view.words.say("app.save_help"),
            type="tertiary",
        )


def on_the_clock(at: str) -> datetime:
    """Give a stored moment as the reader's own clock shows it, for the cell of a table."""
    return datetime.fromisoformat(at).astimezone().replace(tzinfo=None)


def all_is_cold(words: Words, newest: date | None) -> None:
    """Offer to look at the day of the newest contact, where no tie is live on the day chosen."""
    if newest is None:
        return
    st.info(words.say("app.cold", day=newest), icon=":material/ac_unit:")
    if st.button(words.say("app.cold_look", day=newest), icon=":material/event:"):
        remember_next("as_of", newest)
        st.rerun()


def footer(words: Words) -> None:
    """Say that nobody else sees this."""
    with st.container(key="footer"):
        st.caption(words.say("app.local"), text_alignment="center")
