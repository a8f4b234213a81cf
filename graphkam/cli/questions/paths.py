"""``paths``: who can introduce us to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, give, opened, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table
from graphkam.model.search import find
from graphkam.review.saying import how_known

if TYPE_CHECKING:
    from graphkam.analysis.paths import Paths, Route
    from graphkam.graph.account_graph import AccountGraph

TARGET = Annotated[str | None, typer.Argument(help=told("paths_target"))]
FROM = Annotated[str | None, typer.Option("--from", help=told("paths_from"), metavar="MEMBER")]
RELIABILITY = Annotated[bool, typer.Option("--reliability", help=told("paths_reliability"))]
_MANY = 1e-9


def paths(
    session: Session,
    account: ACCOUNT,
    target: TARGET = None,
    *,
    start: FROM = None,
    reliability: RELIABILITY = False,
) -> None:
    """None"""
    from graphkam.analysis.paths import paths as question

    graph = opened(session, account)
    found = question(
        graph,
        target=None if target is None else find(target, _targets(graph)),
        start=None if start is None else find(start, {m.id: m.name for m in graph.members}),
        with_reliability=reliability,
        settings=session.settings.analysis,
        with_terms=session.is_explained,
    )
    give(session, found, show_paths, graph)


def _targets(graph: AccountGraph) -> dict[str, str]:
    """Give what can be named as a target, by id: people, positions, decision centres."""
    names = {s.id: s.position.title for s in graph.stakeholders} | {c.id: c.name for c in graph.centres}
    return names | {person: graph.person_name(person) for person in graph.by_person}


def show_paths(session: Session, found: Paths) -> None:
    """Show the ways, step by step."""
    words = session.words
    title = found.account if found.target is None else f"{found.account}: {found.target}"
    show_title(session, title)
    _show_routes(session, found.routes, "paths" if found.target else "paths_to_all")
    if found.target is not None:
        _show_figures(session, found)
    if found.nearest is not None:
        session.console.print(words.say("paths.nearest", name=found.nearest.person, count=found.nearest.away))
        _show_routes(session, [found.nearest.route], "")
    show_findings(session, found.findings, FINDINGS)


def _show_routes(session: Session, routes: Sequence[Route], title: str) -> None:
    words = session.words
    rows = [
        (
            str(i) if j == 0 else "",
            words.say("paths.asks", asker=s.asker, asked=s.asked),
            how_known(words, s),
            words.percent(s.probability),
            words.percent(route.probability, 1) if j == 0 else "",
        )
        for i, route in enumerate(routes, start=1)
        for j, s in enumerate(route.steps)
    ]
    columns = [">col.number", "col.asks", "col.how_known", ">col.step_works", ">col.way_works"]
    show(session, table(session, columns, rows, f"title.{title}" if title else ""))


def _show_figures(session: Session, found: Paths) -> None:
    """Show what the warmest way could be, who is on every way, and whether any works."""
    words = session.words
    rows = []
    if found.routes and found.low is not None and found.high is not None and found.high - found.low > _MANY:
        span = words.say(
            "cli.head.interval", low=words.percent(found.low, 1), high=words.percent(found.high, 1)
        )
        rows.append((words.say("paths.warmest"), words.percent(found.probability, 1), span))
    if found.any_way is not None:
        error = words.say("paths.error", error=words.percent(found.any_way.standard_error, 2))
        exact = words.say("paths.exact")
        rows.append(
            (
                words.say("paths.any_way"),
                words.percent(found.any_way.probability, 1),
                exact if found.any_way.draws is None else error,
            )
        )
    show(session, table(session, ["head.figure", ">head.value", "head.could_be"], rows))
