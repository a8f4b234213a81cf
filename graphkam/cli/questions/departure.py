"""``departure``: what happens if some people leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import FINDINGS, ROWS, give, opened, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table
from graphkam.errors import InputError
from graphkam.model.search import find
from graphkam.review.saying import amount_of, expected_from

if TYPE_CHECKING:
    from graphkam.analysis.departure import Departure, Single

LEAVES = Annotated[list[str] | None, typer.Option("--leaves", help=told("leaves"))]


def departure(
    session: Session,
    account: Annotated[str | None, typer.Argument(help=told("account"))] = None,
    *,
    leaves: LEAVES = None,
    all_accounts: Annotated[bool, typer.Option("--all-accounts", help=told("all_accounts"))] = False,
) -> None:
    """Give what happens if some people leave."""
    if (account is None) != all_accounts:
        raise InputError("account_or_all")
    if account is None:
        _everywhere(session, leaves or ())
        return
    from graphkam.analysis.departure import departure as question

    graph = opened(session, account)
    here = {m.id: m.name for m in graph.members} | {i: held[0].name for i, held in graph.by_person.items()}
    gone = [find(name, here) for name in leaves or ()]
    settings, terms = session.settings.analysis, session.is_explained
    give(session, question(graph, leaves=gone, settings=settings, with_terms=terms), show_departure, graph)


def _everywhere(session: Session, leaves: Sequence[str]) -> None:
    """Print what their departure changes in each account."""
    if not leaves:
        raise InputError("nobody_leaves")
    from graphkam.review.departures import departures

    with session.open() as workspace:
        names = workspace.people()
        gone = [find(name, names) for name in leaves]
        graphs = workspace.graphs(as_of=session.as_of, about=gone)
        found = departures(graphs, leaves=gone, settings=session.settings.analysis)
    if session.is_json:
        session.print_json({"accounts": found})
    else:
        show_departures(session, [names[i] for i in gone], found)


def show_departure(session: Session, found: Departure) -> None:
    """Show what a departure changes; if nobody was named, what each would change."""
    words = session.words
    if not found.leaves:
        show_title(session, found.account)
        _show_singles(session, found.singles)
        return
    show_title(session, words.say("cli.head.leaving", account=found.account, names=found.leaves))
    before, after = found.before, found.after
    rows = [
        (words.say(f"cli.head.{key}"), words.percent(old, 1), words.percent(new, 1))
        for key, old, new in (
            ("c2", before.c2, after.c2),
            ("c1", before.c1, after.c1),
            ("bow_tie", before.bow_tie, after.bow_tie),
        )
    ]
    rows.append((words.say("cli.head.hhi"), words.number(before.hhi, 3), words.number(after.hhi, 3)))
    show(session, table(session, ["head.figure", ">col.before", ">col.after"], rows))
    lost = [
        (
            t.name,
            t.title,
            words.number(t.weight, 1),
            f"{t.live_before} → {t.live_after}",
            words.show(t.successors),
        )
        for t in found.touched[:ROWS]
    ]
    columns = ["col.stakeholder", "col.title", ">col.weight", ">col.ties", "col.successor"]
    show(session, table(session, columns, lost, "title.lost"))
    stakes = [
        (
            s.name,
            f"{s.live_before} → {s.live_after}",
            words.money(s.amount, found.currency),
            amount_of(words, s),
        )
        for s in found.stakes
    ]
    columns = ["col.business", ">col.ties", ">col.value", "col.amount_of"]
    show(session, table(session, columns, stakes, "title.stakes"))
    orphans = [
        (words.say(f"departure.kind.{o.kind}"), o.name, words.day(o.due) if o.due else "")
        for o in found.orphans
    ]
    show(session, table(session, ["col.what", "col.name", "col.due"], orphans, "title.orphans"))
    _show_money(session, found)
    show_findings(session, found.findings, FINDINGS)


def _show_money(session: Session, found: Departure) -> None:
    """Show what the departure puts at stake, and what is to be expected of it."""
    words = session.words
    exposure = words.money(found.exposure, found.currency)
    if found.unknown_amounts:
        exposure = words.say("cli.head.and_unknown", amount=exposure, count=found.unknown_amounts)
    rows = [
        (words.say("cli.head.loss"), words.percent(found.loss, 1)),
        (words.say("cli.head.exposure"), exposure),
        (words.say("cli.head.expected_sales"), words.money(found.expected_loss, found.currency)),
    ]
    if found.expected_loss is not None:
        rows.append((words.say("cli.head.expected_of"), expected_from(words, found)))
    show(session, table(session, ["head.figure", ">head.value"], rows))


def _show_singles(session: Session, singles: Sequence[Single]) -> None:
    """Show each single departure, what loses most first."""
    words = session.words
    rows = [
        (
            s.name,
            words.say(f"cli.col.{s.side}"),
            words.percent(s.loss, 1),
            words.percent(s.c2, 1),
            words.percent(s.c1, 1),
            str(s.dark),
        )
        for s in singles
    ]
    columns = ["col.who", "col.side", ">col.loss", ">col.c2_after", ">col.c1_after", ">col.dark"]
    show(session, table(session, columns, rows, "title.singles"))


def show_departures(session: Session, names: Sequence[str], found: Sequence[Departure]) -> None:
    """Show what a departure changes in each account."""
    words = session.words
    show_title(session, words.show(list(names)))
    rows = [
        (
            d.account,
            words.percent(d.before.c2, 1),
            words.percent(d.after.c2, 1),
            words.percent(d.loss, 1),
            str(d.dark),
            words.money(d.exposure, d.currency),
        )
        for d in found[: session.settings.analysis.top]
    ]
    columns = ["col.account", ">col.c2_before", ">col.c2_after", ">col.loss", ">col.dark", ">col.exposure"]
    show(session, table(session, columns, rows))
    if not found:
        session.say("cli.no_findings")
