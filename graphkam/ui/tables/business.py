"""Business: contracts with their clocks, clauses, pursuits, projects, the books, incidents and signals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from graphkam.graph.account_graph import by_name
from graphkam.graph.stakes import open_pursuits
from graphkam.model.business import Clause, Contract, Incident, Project, Pursuit, Signal
from graphkam.model.vocabulary import label
from graphkam.ui.questions import profitability_of
from graphkam.ui.table import Column, Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.profitability import Profitability, Statement
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.text import Words
    from graphkam.ui.state import View

_LINES = (
    "revenue", "rebates", "net_sales", "cogs", "gross_margin", "service_cost", "other", "contribution",
    "team_cost", "net",
)  # fmt: skip
_SAID = {"other": "other_amounts"}
_LATEST = date.max


class Clock(NamedTuple):
    """What falls due next of a contract."""

    kind: str
    """``notice``, ``end``, ``ended`` or empty: nothing is known to fall due."""
    day: date | None
    left: int | None
    """Days left; negative = past."""


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:  # noqa: ARG001 - as every page
    """Give the tables of the page."""
    words, graph = view.words, view.graph()
    earned = view.answer(profitability_of)
    return (
        contracts(words, graph),
        clauses(words, graph),
        pursuits(words, graph),
        projects(words, graph),
        statements(words, earned),
        incidents(words, graph),
        signals(words, graph),
    )


def _names(graph: AccountGraph, ids: Iterable[str | None]) -> str:
    """Name people: of a position who holds it, otherwise one of us."""
    posts, names = graph.by_position, graph.records.names
    return ", ".join(posts[i].name if i in posts else names.get(i, i) for i in ids if i)


def _said(words: Words, name: str, code: object) -> str:
    return "" if code is None else label(name, str(code), words.language)


def _first(*ids: str | None) -> str:
    """Give whose card a row opens."""
    return next((i for i in ids if i), "")


# ------------------------------------------------------------------ contracts


def clock(contract: Contract, as_of: date) -> Clock:
    """Give what falls due next: the notice, or the end where the notice is past or none is needed."""
    if contract.end is not None and contract.end < as_of:
        return Clock("ended", contract.end, (contract.end - as_of).days)
    if contract.notice is not None and contract.notice >= as_of:
        return Clock("notice", contract.notice, (contract.notice - as_of).days)
    if contract.end is not None:
        return Clock("end", contract.end, (contract.end - as_of).days)
    return Clock("", None, None)


def running(graph: AccountGraph) -> list[tuple[Contract, Clock]]:
    """Give the contracts, what falls due first on top, those that have ended last."""
    found = [(c, clock(c, graph.as_of)) for c in graph.own(Contract)]
    return sorted(
        found, key=lambda f: (f[1].kind == "ended", f[1].day or _LATEST, *by_name(f[0].name, f[0].id))
    )


def contracts(words: Words, graph: AccountGraph) -> Table:
    """Give the contracts with their clocks."""
    rows = [
        {
            "id": _first(c.signatory_id, c.our_signatory_id),
            "contract": c.name,
            "falls_due": words.say(f"app.business.clock.{due.kind}") if due.kind else "",
            "due": due.day,
            "days_left": due.left,
            "contract_value": None if c.value is None else float(c.value),
            "renewal": _said(words, "renewal", c.renewal),
            "start": c.start,
            "end": c.end,
            "signatory": _names(graph, [c.signatory_id]),
            "our_signatory": _names(graph, [c.our_signatory_id]),
        }
        for c, due in running(graph)
    ]
    named = columns("contract", "falls_due", "day:due", "number:days_left", "money:contract_value", "renewal")
    named += columns("signatory", "our_signatory", "day:start", "day:end")
    return Table("contracts", "app.business.contracts", named, rows, graph.currency)


def clauses(words: Words, graph: AccountGraph) -> Table:
    """Give the clauses, the next to be reviewed first."""
    names = {c.id: c.name for c in graph.own(Contract)}
    found = sorted(graph.own(Clause), key=lambda k: (k.review_on or _LATEST, *by_name(k.name, k.id)))
    rows = [
        {
            "id": _first(k.owner_id),
            "clause": k.name,
            "contract": names.get(k.contract_id, k.contract_id),
            "review_on": k.review_on,
            "days_left": None if k.review_on is None else (k.review_on - graph.as_of).days,
            "state": _said(words, "clause_status", k.status),
            "kind": _said(words, "clause_kind", k.kind),
            "owner": _names(graph, [k.owner_id]),
            "text": k.text or "",
        }
        for k in found
    ]
    named = columns("clause", "contract", "day:review_on", "number:days_left", "state", "kind", "owner")
    return Table("clauses", "app.business.clauses", (*named, Column("text", "sentence")), rows)


# ------------------------------------------------------------------ pursuits and projects


def pursuits(words: Words, graph: AccountGraph) -> Table:
    """Give the pursuits, the open ones first, the next to close on top."""
    still = {p.id for p in open_pursuits(graph)}
    centres = {c.id: c.name for c in graph.centres}
    found = sorted(
        graph.own(Pursuit), key=lambda p: (p.id not in still, p.close or _LATEST, *by_name(p.name, p.id))
    )
    rows: list[dict[str, Any]] = [
        {
            "id": _first(*p.position_ids, p.owner_id),
            "pursuit": p.name,
            "state": _said(words, "opp_stage", p.stage),
            "close": p.close,
            "days_left": (p.close - graph.as_of).days if p.close and p.id in still else None,
            "amount": None if p.amount is None else float(p.amount),
            "currency": p.currency or graph.currency,
            "chance": p.probability,
            "centre": centres.get(p.centre_id or "", ""),
            "competitor": p.competitor or "",
            "owner": _names(graph, [p.owner_id]),
            "theirs_concerned": _names(graph, p.position_ids),
        }
        for p in found
    ]
    # An amount in another currency than the account's has no rate: it is said with its own.
    is_single = all(row["currency"] == graph.currency for row in rows)
    if not is_single:
        for row in rows:
            row["amount"] = words.money(row["amount"], str(row["currency"]))
    amount = "money:amount" if is_single else "amount"
    named = columns("pursuit", "state", "day:close", "number:days_left", amount)
    named += columns("share:chance", "centre", "owner", "theirs_concerned", "competitor")
    return Table("pursuits", "app.business.pursuits", named, rows, graph.currency if is_single else "")


def projects(words: Words, graph: AccountGraph) -> Table:
    """Give the client's own projects, the next to end first."""
    found = sorted(graph.own(Project), key=lambda p: (p.end or "9999", *by_name(p.name, p.id)))
    rows = [
        {
            "id": _first(p.sponsor_id),
            "project": p.name,
            "state": _said(words, "state", p.state),
            "from_month": p.start or "",
            "to_month": p.end or "",
            "budget": None if p.budget is None else float(p.budget),
            "sponsor": _names(graph, [p.sponsor_id]),
            "unit": _names(graph, [p.unit_id]),
            "stake": p.stake or "",
        }
        for p in found
    ]
    named = columns("project", "state", "from_month", "to_month", "money:budget", "sponsor", "unit")
    return Table(
        "projects", "app.business.projects", (*named, Column("stake", "sentence")), rows, graph.currency
    )


# ------------------------------------------------------------------ the books


def statements(words: Words, found: Profitability) -> Table:
    """Give what was earned, line by line: the last twelve months, those before, and each year."""
    shown = _statements(words, found)
    rows = [
        {
            "line": words.say(f"app.business.line.{_SAID.get(line, line)}"),
            **{str(i): _line(s, line) for i, (_, s) in shown},
        }
        for line in _LINES
    ]
    named = (Column(str(i), "number", heading=head) for i, (head, _) in shown)
    return Table(
        "statements", "app.business.books", (*columns("line"), *named), rows if shown else (), found.currency
    )


def _statements(words: Words, found: Profitability) -> list[tuple[int, tuple[str, Statement]]]:
    if not found.last_year.months:
        return []
    made = [(words.say("app.business.last_year", count=found.last_year.months), found.last_year)]
    if found.year_before is not None:
        made.append((words.say("app.business.year_before"), found.year_before))
    made += [(f"{s.first} \u2013 {s.last}", s) for s in found.years]
    return list(enumerate(made))


def _line(statement: Statement, line: str) -> float | None:
    if line != "net_sales":
        found: float | None = getattr(statement, line)
        return found
    return net_sales(statement)


def net_sales(statement: Statement) -> float | None:
    """Give revenue less rebates; not known where one of them is not."""
    if statement.revenue is None or statement.rebates is None:
        return None
    return statement.revenue + statement.rebates


# ------------------------------------------------------------------ incidents and signals


def is_open(incident: Incident, as_of: date) -> bool:
    """Tell whether an incident is open on a day."""
    return incident.closed is None or incident.closed > as_of


def incidents(words: Words, graph: AccountGraph) -> Table:
    """Give the incidents of until the day, the open ones first, the longest open on top."""
    known = (i for i in graph.own(Incident) if i.opened <= graph.as_of)
    found = sorted(known, key=lambda i: (not is_open(i, graph.as_of), i.opened, i.id))
    rows = [
        {
            "id": _first(*i.position_ids, i.owner_id),
            "incident": i.name,
            "days_open": (graph.as_of - i.opened).days if is_open(i, graph.as_of) else None,
            "severity": _said(words, "severity", i.severity),
            "opened": i.opened,
            "closed": None if is_open(i, graph.as_of) else i.closed,
            "trust_before": i.trust_before,
            "trust_after": i.trust_after,
            "owner": _names(graph, [i.owner_id]),
            "theirs_concerned": _names(graph, i.position_ids),
        }
        for i in found
    ]
    named = columns("incident", "number:days_open", "severity", "day:opened", "day:closed", "owner")
    named += columns("theirs_concerned", "number:trust_before", "number:trust_after")
    return Table("incidents", "app.business.incidents", named, rows)


def signals(words: Words, graph: AccountGraph) -> Table:
    """Give the signals of until the day, the newest first; those that have expired last."""

    def has_expired(signal: Signal) -> bool:
        return signal.expires is not None and signal.expires < graph.as_of

    known = [s for s in graph.own(Signal) if s.date <= graph.as_of]
    found = sorted(known, key=lambda s: (has_expired(s), -s.date.toordinal(), s.id))
    rows = [
        {
            "id": _first(*s.position_ids, s.informant_id),
            "signal": s.text,
            "direction": _said(words, "direction", s.direction),
            "kind": _said(words, "signal_kind", s.kind),
            "told_on": s.date,
            "expires": s.expires,
            "trust": f"{s.reliability or '?'}{s.credibility or '?'}",
            "informant": _names(graph, [s.informant_id]),
            "theirs_concerned": _names(graph, s.position_ids),
            "readers": _said(words, "confidentiality", s.confidentiality),
        }
        for s in found
    ]
    named = (
        Column("signal", "sentence"),
        *columns("direction", "kind", "day:told_on", "day:expires", "trust"),
    )
    named += columns("informant", "theirs_concerned", "readers")
    return Table("signals", "app.business.signals", named, rows)


# ------------------------------------------------------------------ the answer


def answer(words: Words, graph: AccountGraph, found: Profitability) -> str:
    """Say what falls due next, what is open, and what was earned."""
    said = [_next(words, graph, running(graph))]
    said.append(words.say("app.business.open_pursuits", count=len(open_pursuits(graph))))
    still = [i for i in graph.own(Incident) if i.opened <= graph.as_of and is_open(i, graph.as_of)]
    said.append(words.say("app.business.open_incidents", count=len(still)))
    if found.last_year.months:
        sales = words.money(net_sales(found.last_year), found.currency)
        contribution = words.money(found.last_year.contribution, found.currency)
        said.append(words.say("app.business.earned", sales=sales, contribution=contribution))
    else:
        said.append(words.say("app.business.no_books"))
    return " ".join(said)


def _next(words: Words, graph: AccountGraph, found: Sequence[tuple[Contract, Clock]]) -> str:
    for contract, due in found:
        if due.kind in {"notice", "end"}:
            told: dict[str, Any] = {"contract": contract.name, "day": due.day, "count": due.left}
            return words.say(f"app.business.next.{due.kind}", **told)
    return words.say("app.business.nothing_due" if graph.own(Contract) else "app.business.no_contract")
