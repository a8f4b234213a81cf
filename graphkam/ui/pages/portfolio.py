"""Portfolio: all accounts, worst first, and what passes through whom of us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.model.base import fold
from graphkam.text import UNKNOWN
from graphkam.ui.parts import (
    Figure,
    all_is_cold,
    figures,
    heading,
    money_column,
    number_column,
    percent,
    share_column,
    table,
    text_column,
)
from graphkam.ui.questions import Carried, Headline, headline_of
from graphkam.ui.state import page_file, remember_next, shown_view

if TYPE_CHECKING:
    from graphkam.text import Words
    from graphkam.ui.state import View

_TOLD_EVERY = 20
Table = tuple[list[dict[str, Any]], Mapping[str, Any]]


def show(view: View) -> None:
    """Show all accounts; the one chosen is opened."""
    words = view.words
    heading(words, words.say("app.page.portfolio"), "app.portfolio.what")
    found = sorted(_headlines(view), key=_worst_first)
    if not any(row.c1 for row in found):
        all_is_cold(words, max((row.newest for row in found if row.newest), default=None))
    _summary(words, found, view.desk.settings.analysis.theta)
    st.subheader(words.say("app.portfolio.accounts"), anchor=False)
    chosen = table(*_accounts(words, found), key="accounts", choose=True)
    st.caption(words.say("app.portfolio.open"))
    if chosen is not None:
        remember_next("account", found[chosen].account_id)
        st.switch_page(page_file("account"))
    st.subheader(words.say("app.portfolio.members"), anchor=False)
    st.caption(words.say("app.portfolio.members_what"))
    table(*_members(words, found), key="members")


def _headlines(view: View) -> tuple[Headline, ...]:
    """Ask all accounts, and show how far it is where they are many."""
    bar = st.empty()

    def told(done: int, total: int) -> None:
        if total > _TOLD_EVERY and done % _TOLD_EVERY == 0:
            bar.progress(done / total, view.words.say("app.portfolio.asking", done=done, total=total))

    found = view.desk.overview(headline_of, view.as_of, progress=told)
    bar.empty()
    return found


def _worst_first(row: Headline) -> tuple[Any, ...]:
    """Order by what one departure can lose, then by how much of the client there is."""
    return (-(-1 if row.max_loss is None else row.max_loss), -row.weight, fold(row.name), row.account_id)


def _summary(words: Words, found: Sequence[Headline], theta: float) -> None:
    broken = [row for row in found if row.max_loss is not None and row.max_loss > theta]
    dark = [row for row in found if row.max_loss is None]
    counts = {"accounts": len(found), "one_departure": len(broken), "dark": len(dark)}
    shown = [Figure(name, words.number(count, 0)) for name, count in counts.items()]
    figures(words, shown, theta=words.percent(theta))


def _accounts(words: Words, found: Sequence[Headline]) -> Table:
    currencies = {row.currency for row in found if row.value is not None}
    single = next(iter(currencies)) if len(currencies) == 1 else None
    rows = [
        {
            "account": row.name,
            "max_loss": percent(row.max_loss),
            "through": row.through or "",
            "c2": percent(row.c2),
            "c1": percent(row.c1),
            "bow_tie": percent(row.bow_tie),
            "people": row.people,
            "members": row.members,
            "value": row.value if single or row.value is None else words.money(row.value, row.currency),
        }
        for row in found
    ]
    columns = {
        "account": text_column(words, "account"),
        "max_loss": share_column(words, "max_loss"),
        "through": text_column(words, "through"),
        "value": money_column(words, "value", single) if single else text_column(words, "value_mixed"),
        "c2": share_column(words, "c2"),
        "c1": share_column(words, "c1"),
        "bow_tie": share_column(words, "bow_tie"),
        "people": number_column(words, "people", is_narrow=True),
        "members": number_column(words, "members", is_narrow=True),
    }
    if not any(row.value is not None for row in found):
        del columns["value"]
    return rows, columns


def _members(words: Words, found: Sequence[Headline]) -> Table:
    """Add up what passes through each of us, over all accounts."""
    carried: dict[str, list[Carried]] = {}
    for row in found:
        for one in row.carried:
            carried.setdefault(one.member_id, []).append(one)
    rows: list[dict[str, Any]] = [
        {
            "member": mine[0].name,
            "accounts": sum(bool(one.live_ties) for one in mine),
            "live_ties": sum(one.live_ties for one in mine),
            "sole_of": sum(one.sole_of for one in mine),
            "exposure": _at_stake(words, mine),
        }
        for mine in carried.values()
    ]
    columns = {
        "member": text_column(words, "member"),
        "sole_of": number_column(words, "sole_of"),
        "live_ties": number_column(words, "live_ties"),
        "accounts": number_column(words, "accounts"),
        "exposure": text_column(words, "exposure"),
    }
    ordered = sorted(rows, key=lambda m: (-m["sole_of"], -m["live_ties"], fold(m["member"])))
    return ordered, columns


def _at_stake(words: Words, mine: Sequence[Carried]) -> str:
    """Say what is at stake with one of us, currency by currency; unknown amounts are not zero."""
    amounts: dict[str, float] = {}
    for one in mine:
        amounts[one.currency] = amounts.get(one.currency, 0) + (one.exposure or 0)
    said = [words.money(amount, code) for code, amount in sorted(amounts.items()) if amount]
    return " + ".join([*said, *([UNKNOWN] if any(one.unknown_amounts for one in mine) else [])])


if __name__ == "__main__":
    show(shown_view())
