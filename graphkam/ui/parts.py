"""What several pages show: a figure with its meaning, findings as sentences, tables, the footer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.model.base import Finding, Severity
from graphkam.ui.escape import md

if TYPE_CHECKING:
    from graphkam.text import Words

_ICONS = {
    Severity.CRITICAL: ":red[:material/error:]",
    Severity.WARNING: ":orange[:material/warning:]",
    Severity.NOTICE: ":blue[:material/info:]",
    Severity.INFO: ":gray[:material/check_circle:]",
}
_WORST_FIRST = tuple(_ICONS)


def figure(words: Words, name: str, value: str, *, under: str = "") -> None:
    """Show a figure as a card: its name, its value, what it means, and how sure it is.

    Parameters
    ----------
    words
        The reader's language.
    name
        Name of the figure: ``app.figure.<name>`` is its label, ``app.meaning.<name>`` its meaning.
    value
        The value, as shown.
    under
        A line under the value.
    """
    with st.container(border=True, height="stretch"):
        st.metric(
            words.say(f"app.figure.{name}"),
            md(value),
            help=words.say(f"app.meaning.{name}"),
            label_visibility="visible",
        )
        if under:
            st.caption(md(under))


def findings(words: Words, found: Iterable[Finding]) -> None:
    """Show findings as sentences, the worst first."""
    ordered = sorted(found, key=lambda finding: _WORST_FIRST.index(finding.severity))
    if not ordered:
        st.caption(words.say("app.no_findings"))
        return
    st.markdown("\n".join(f"- {_ICONS[f.severity]} {md(words.finding(f))}" for f in ordered))


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Any], *, key: str) -> None:
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
    """
    import pandas as pd

    st.dataframe(
        pd.DataFrame(list(rows), columns=list(columns)),
        column_config=dict(columns),
        hide_index=True,
        key=key,
    )


def heading(words: Words, title: str, what: str) -> None:
    """Show the heading of a page and the question it answers."""
    st.title(md(title), anchor=False)
    st.caption(words.say(what))


def no_account_yet(words: Words) -> None:
    """Say how to begin."""
    st.title(words.say("app.begin.title"), anchor=False)
    st.markdown(words.say("app.begin.how"))
    ways = (
        ("demo", "graphkam import fixtures/demo-en.xlsx --yes"),
        ("workbook", "graphkam template my-account.xlsx\ngraphkam import my-account.xlsx"),
        ("mail", "graphkam import-mail mail.csv --team-domain our-company.example"),
    )
    for column, (name, command) in zip(st.columns(len(ways)), ways, strict=True):
        with column.container(border=True, height="stretch"):
            st.subheader(words.say(f"app.begin.{name}"), anchor=False)
            st.markdown(words.say(f"app.begin.{name}_how"))
            st.code(command, language=None, wrap_lines=True)
    st.button(words.say("app.begin.again"), icon=":material/refresh:")


def footer(words: Words) -> None:
    """Say that nobody else sees this."""
    st.caption(words.say("app.local"), text_alignment="center")
