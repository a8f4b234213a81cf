"""All accounts: which are at risk, who of us carries them, what one departure changes, how it has gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from graphkam.graph.account_graph import by_name
from graphkam.model.vocabulary import label
from graphkam.ui.departing import departure_of
from graphkam.ui.questions import portfolio_of
from graphkam.ui.table import Column, Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.departure import Departure
    from graphkam.model.organisation import Account
    from graphkam.review.portfolio import Portfolio
    from graphkam.review.portfolio_rows import AccountRow, LeftAccount, MemberRow, TrendRow
    from graphkam.text import Words
    from graphkam.ui.state import View
    from graphkam.ui.table import Kind

FIELDS = ("lead", "segment", "country", "kind")
"""By what the accounts can be chosen."""
NOT_SAID = "?"
"""The choice of those of which it is not said."""
MONTHS = ("12", "6", "24", "36")
"""How far back it is looked, the usual first."""
_POINTS = 5
"""Days that a trend is shown at."""
_MONTH = 30.4375
_OPENED = 10
"""Accounts, the worst, of which is told who is left with nobody."""


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:
    """Give the tables of all parts: of the accounts chosen, of the departure asked for."""
    words = view.words
    wanted = {field: asked[field][0] for field in FIELDS if asked.get(field)}
    found = view.desk.overall(portfolio_of, (view.as_of,), "account")
    shown = chosen(view, found.accounts, wanted)
    if "only" in asked:
        shown = tuple(row for row in shown if is_at_risk(row, view.desk.settings.analysis.theta))
    made = [
        accounts(words, shown),
        members(words, view.desk.overall(portfolio_of, (view.as_of,), "member").members),
    ]
    if leaves := asked.get("leaves"):
        gone = view.desk.overall(portfolio_of, (view.as_of,), "member", leaves)
        made += [left(words, gone.departures), uncovered(opened(view, gone.departures, leaves))]
    past = view.desk.overall(portfolio_of, days(view.as_of, asked.get("months", MONTHS)[0]), "account")
    return (*made, trend(words, of_accounts(past.trend, shown)))


# ------------------------------------------------------------------ which accounts


def facets(view: View) -> Mapping[str, Mapping[str, str]]:
    """Give by what the accounts can be chosen: of each field the values that there are, in words."""
    found: dict[str, dict[str, str]] = {}
    for field in FIELDS:
        said = {value: _said(view, field, value) for a in view.desk.accounts() if (value := _of(a, field))}
        if len(said) + any(not _of(a, field) for a in view.desk.accounts()) > 1:
            found[field] = dict(sorted(said.items(), key=lambda item: by_name(item[1], item[0])))
            if any(not _of(a, field) for a in view.desk.accounts()):
                found[field][NOT_SAID] = view.words.say("app.portfolio.not_said")
    return found


def _of(account: Account, field: str) -> str:
    return getattr(account, {"lead": "lead_id"}.get(field, field)) or ""


def _said(view: View, field: str, value: str) -> str:
    match field:
        case "lead":
            return view.graph().records.names.get(value, value)
        case "country":
            return view.words.country(value)
        case "kind":
            return label("account_kind", value, view.words.language)
    return value


def chosen(view: View, found: Sequence[AccountRow], wanted: Mapping[str, str]) -> tuple[AccountRow, ...]:
    """Give the accounts chosen, the worst first."""
    ids = {
        a.id
        for a in view.desk.accounts()
        if all((_of(a, field) or NOT_SAID) == value for field, value in wanted.items())
    }
    return worst_first(row for row in found if row.account_id in ids)


def is_at_risk(row: AccountRow, theta: float) -> bool:
    """Tell whether one departure breaks an account, or takes business with it."""
    return breaks(row, theta) or bool(row.exposure) or row.unknown_amounts > 0


def breaks(row: AccountRow, theta: float) -> bool:
    """Tell whether one departure breaks an account."""
    return row.max_loss is not None and row.max_loss > theta


def worst_first(found: Iterable[AccountRow]) -> tuple[AccountRow, ...]:
    """Order by what hangs on one of us, where it can be compared, then by what one departure loses."""
    rows = tuple(found)
    is_single = single_currency(rows) is not None

    def key(row: AccountRow) -> tuple[Any, ...]:
        exposure = (row.exposure or 0.0) if is_single else 0.0
        loss = -1.0 if row.max_loss is None else row.max_loss
        return -exposure, -row.unknown_amounts, -loss, *by_name(row.account, row.account_id)

    return tuple(sorted(rows, key=key))


def single_currency(rows: Iterable[AccountRow | LeftAccount]) -> str | None:
    """Give the currency of all, if they have one."""
    found = {row.currency for row in rows}
    return next(iter(found)) if len(found) == 1 else None


# ------------------------------------------------------------------ the answers


def answer(words: Words, rows: Sequence[AccountRow], theta: float) -> str:
    """Say which accounts are at risk, and with how much."""
    broken = sum(breaks(row, theta) for row in rows)
    said = [
        words.say(
            "app.portfolio.answer",
            count=broken,
            accounts=words.number(len(rows), 0),
            theta=words.percent(theta),
        )
    ]
    said += _hanging(words, rows)
    if unknown := sum(row.unknown_amounts for row in rows):
        said.append(words.say("app.portfolio.unknown", count=unknown))
    if any(row.dark for row in rows):
        dark = amounts(words, ((r.currency, r.dark) for r in rows))
        said.append(words.say("app.portfolio.dark", amount=dark))
    return " ".join(said)


def _hanging(words: Words, rows: Sequence[AccountRow]) -> list[str]:
    """Say how much hangs on one of us alone, and where most of it."""
    hanging = [row for row in rows if row.exposure]
    if not hanging:
        return [words.say("app.portfolio.hangs_not")]
    hangs = amounts(words, ((row.currency, row.exposure) for row in hanging))
    total = amounts(words, ((row.currency, row.value) for row in rows))
    said = words.say("app.portfolio.hangs", amount=hangs, total=total)
    most = max(hanging, key=lambda row: row.exposure or 0.0)
    if len(hanging) == 1:
        return [said, words.say("app.portfolio.there", account=most.account)]
    if single_currency(hanging) is None:
        return [said, words.say("app.portfolio.each")]
    money = words.money(most.exposure, most.currency)
    return [said, words.say("app.portfolio.most", account=most.account, amount=money)]


def amounts(words: Words, found: Iterable[tuple[str, float | None]]) -> str:
    """Add up amounts, currency by currency: those of different ones do not add up."""
    total: dict[str, float] = {}
    for currency, amount in found:
        if amount:
            total[currency] = total.get(currency, 0.0) + amount
    return " + ".join(words.money(amount, code) for code, amount in sorted(total.items()))


def left_answer(words: Words, name: str, found: Portfolio, rows: Sequence[LeftAccount]) -> str:
    """Say what the departure of one of us changes over all accounts."""
    total = words.number(found.totals.accounts, 0)
    said = [words.say("app.portfolio.leaves", name=name, count=len(rows), total=total)]
    if dark := sum(row.dark for row in rows):
        said.append(words.say("app.portfolio.leaves_dark", count=dark))
    if sole := sum(row.sole for row in rows):
        said.append(words.say("app.portfolio.leaves_sole", count=sole))
    if lost := amounts(words, ((row.currency, row.exposure) for row in rows)):
        said.append(words.say("app.portfolio.leaves_business", amount=lost))
    if unknown := sum(row.unknown_amounts for row in rows):
        said.append(words.say("app.portfolio.unknown", count=unknown))
    return " ".join(said)


# ------------------------------------------------------------------ the tables


def accounts(words: Words, rows: Sequence[AccountRow]) -> Table:
    """Give the accounts, the worst first."""
    currency = single_currency(rows)
    made = [
        {
            "id": row.account_id,
            "account": row.account,
            "hanging": row.exposure,
            "unknown_amounts": row.unknown_amounts or None,
            "business_value": row.value,
            "unreached": row.dark,
            "currency": row.currency,
            "max_loss": row.max_loss,
            "through": row.bow_tie_member or "",
            "c2": row.c2,
            "c1": row.c1,
            "bow_tie": row.bow_tie,
            "people": row.people,
            "members": row.members,
        }
        for row in rows
    ]
    named = (
        *columns("account"),
        *_money(words, currency, "hanging"),
        *columns("share:max_loss", "through"),
        *_money(words, currency, "business_value", "unreached"),
        *([] if currency else columns("currency")),
        *columns("number:unknown_amounts", "share:c2", "share:c1", "share:bow_tie"),
        Column("people", "number", is_narrow=True),
        Column("members", "number", is_narrow=True),
    )
    return Table("accounts", "app.portfolio.accounts", named, made, currency or "")


def _money(words: Words, currency: str | None, *names: str) -> tuple[Column, ...]:
    """Make columns of amounts; where they are of several currencies another column says which."""
    if currency:
        return tuple(Column(name, "money") for name in names)
    return tuple(Column(name, "money", heading=words.say(f"app.column.{name}_mixed")) for name in names)


def members(words: Words, found: Sequence[MemberRow]) -> Table:
    """Give what each of us carries over all accounts, those with whom most would go first."""
    codes = {code for row in found for code in row.exposure}
    currency = next(iter(codes)) if len(codes) == 1 else None
    kind: Kind = "money" if currency else "text"
    rows = [
        {
            "id": row.member_id,
            "member": row.member,
            "loss_of_all": row.loss,
            "sole_of": row.sole_of,
            "carries": row.carries or None,
            "accounts": row.accounts,
            "live_ties": row.load,
            "room": words.say("mesh.no_limit") if row.capacity is None else words.number(row.capacity, 0),
            "hanging": row.exposure.get(currency) if currency else amounts(words, row.exposure.items()),
            "unknown_amounts": row.unknown_amounts or None,
            "days_asked": row.days_asked,
            "days_agreed": row.days,
        }
        for row in found
    ]
    hanging = Column("hanging", kind, heading=None if currency else words.say("app.column.hanging_mixed"))
    named = (
        *columns("member", "share:loss_of_all", "number:sole_of", hanging, "number:unknown_amounts"),
        *columns("number:carries", "number:accounts", "number:live_ties", "room"),
        *columns("number:days_asked", "number:days_agreed"),
    )
    return Table("members", "app.portfolio.members", named, rows, currency or "")


def left(words: Words, found: Sequence[LeftAccount]) -> Table:
    """Give what a departure changes in each account, the greatest loss first."""
    currency = single_currency(found)
    rows = [
        {
            "id": row.account_id,
            "account": row.account,
            "loss": row.loss,
            "c2_before": row.c2_before,
            "c2_after": row.c2_after,
            "c1_before": row.c1_before,
            "c1_after": row.c1_after,
            "go_dark": row.dark,
            "go_sole": row.sole,
            "lost": row.exposure,
            "currency": row.currency,
            "unknown_amounts": row.unknown_amounts or None,
        }
        for row in found
    ]
    named = (
        *columns("account", "share:loss"),
        *_money(words, currency, "lost"),
        *([] if currency else columns("currency")),
        *columns("number:unknown_amounts", "number:go_dark", "number:go_sole"),
        *columns("share:c2_before", "share:c2_after", "share:c1_before", "share:c1_after"),
    )
    return Table("left", "app.portfolio.left", named, rows, currency or "")


def opened(view: View, found: Sequence[LeftAccount], leaves: tuple[str, ...]) -> list[tuple[str, Departure]]:
    """Give what happens in the accounts that a departure hits worst, with the id of each."""
    hit = [row.account_id for row in found if row.dark][:_OPENED]
    return [(i, view.desk.answer(departure_of, i, view.as_of, leaves)) for i in hit]


def uncovered(found: Iterable[tuple[str, Departure]]) -> Table:
    """Give who is left with nobody, and who of us could take over."""
    rows = [
        {
            "id": f"{account_id} {one.position_id}",
            "account": gone.account,
            "name": one.name,
            "title": one.title,
            "weight": one.weight,
            "successors": ", ".join(one.successors),
        }
        for account_id, gone in found
        for one in gone.touched
        if one.live_after == 0
    ]
    named = columns("account", "name", "title", "number:weight", "successors")
    return Table("uncovered", "app.portfolio.uncovered", named, rows)


# ------------------------------------------------------------------ how it has gone


def days(last: date, months: str) -> tuple[date, ...]:
    """Give the days of a trend over some months, evenly apart, both ends among them."""
    whole = round(_MONTH * int(months if months in MONTHS else MONTHS[0]))
    return tuple(last - timedelta(days=round(whole * (1 - i / (_POINTS - 1)))) for i in range(_POINTS))


def of_accounts(found: Sequence[TrendRow], shown: Iterable[AccountRow]) -> list[TrendRow]:
    """Give the trend of the accounts chosen, the greatest fall first."""
    ids = {row.account_id for row in shown}
    return [row for row in found if row.account_id in ids]


def trend(words: Words, found: Sequence[TrendRow]) -> Table:
    """Give how C2 of each account has gone, the greatest fall first."""
    rows = [
        {
            "id": row.account_id,
            "account": row.account,
            "c2_change": words.points(row.c2_change),
            "loss_change": words.points(row.max_loss_change),
            **{p.day.isoformat(): p.c2 for p in row.points},
        }
        for row in found
    ]
    points = found[0].points if found else ()
    at = (Column(p.day.isoformat(), "share", heading=words.day(p.day)) for p in points)
    named = (*columns("account", "c2_change"), *at, *columns("loss_change"))
    return Table("trend", "app.portfolio.trend", named, rows)
