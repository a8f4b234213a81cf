"""``decision``: who decides in a decision centre, and what it would take to win."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import (
    ACCOUNT,
    CENTRE,
    FINDINGS,
    ROWS,
    centre_id,
    give,
    label_of,
    opened,
    show_title,
    stance_of,
)
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table
from graphkam.errors import InputError
from graphkam.model.search import find

if TYPE_CHECKING:
    from graphkam.analysis.decision import CentreStanding, Decision, Voting
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.model.base import Interval

STEP_COST = Annotated[
    list[str] | None, typer.Option("--step-cost", help=told("step_cost"), metavar="NAME=COST")
]


def decision(
    session: Session, account: ACCOUNT, *, centre: CENTRE = None, step_cost: STEP_COST = None
) -> None:
    """None"""
    from graphkam.analysis.decision import decision as question

    graph = opened(session, account)
    found = question(
        graph,
        centre=centre_id(graph, centre),
        step_costs=_step_costs(graph, step_cost or ()),
        settings=session.settings.analysis,
        with_terms=session.is_explained,
    )
    give(session, found, show_decision, graph)


def _step_costs(graph: AccountGraph, given: Sequence[str]) -> dict[str, float]:
    """Read what one step of somebody's stance costs: ``NAME=COST``."""
    names = {s.person.id if s.person else s.id: s.name for s in graph.counted}
    found = {}
    for text in given:
        name, _, amount = text.rpartition("=")
        try:
            price = float(amount.replace(",", "."))
        except ValueError as error:
            raise InputError("not_a_step_cost", value=text) from error
        if not 0 < price < float("inf"):
            raise InputError("not_a_step_cost", value=text)
        found[find(name.strip(), names)] = price
    return found


def show_decision(session: Session, found: Decision) -> None:
    """Show where the centres stand, or who decides in the one that was asked for."""
    show_title(session, f"{found.account}: {found.centre}" if found.centre else found.account)
    if found.centre is None:
        _show_all(session, found.centres)
    else:
        _show_one(session, found, found.centres[0])
    show_findings(session, found.findings, FINDINGS)


def _show_all(session: Session, centres: Sequence[CentreStanding]) -> None:
    words = session.words
    rows = [
        (
            c.name,
            words.day(c.next_decision),
            _outcome(session, c),
            f"{words.number(c.votes_for)}/{words.number(c.needed)}",
            words.number(c.votes_against),
            words.number(c.votes_unknown),
            words.percent(c.c2),
        )
        for c in centres[: session.settings.analysis.top]
    ]
    columns = ["col.centre", "col.next_decision", "col.outcome", ">col.votes_for", ">col.votes_against"]
    columns += [">col.votes_unknown", ">head.c2_short"]
    show(session, table(session, columns, rows))


def _show_one(session: Session, found: Decision, centre: CentreStanding) -> None:
    words = session.words
    rows = [
        (words.say("cli.head.next_decision"), words.day(centre.next_decision), ""),
        (words.say("cli.head.rule"), label_of(session, "decision_rule", centre.rule), ""),
        (words.say("cli.head.needed"), words.number(centre.needed), _castable(session, centre)),
        (words.say("cli.head.votes_for"), words.number(centre.votes_for), _up_to(session, centre)),
        (words.say("cli.col.outcome"), _outcome(session, centre), ""),
        (words.say("cli.head.stance"), words.number(centre.stance.value), _between(session, centre.stance)),
        (words.say("cli.head.cost"), _cost(session, centre.cost), _between(session, centre.cost)),
        (words.say("cli.head.c2"), words.percent(centre.c2, 1), ""),
    ]
    show(session, table(session, ["head.figure", "head.value", "head.could_be"], rows))
    is_less = any(p.is_vacant for p in found.people)
    people = [_person(session, p, is_less=is_less) for p in found.people]
    columns = [
        "col.stakeholder",
        "col.role",
        ">col.votes",
        "col.stance",
        ">col.banzhaf",
        ">col.shapley_shubik",
    ]
    title = "title.voters_today" if is_less else "title.voters"
    show(session, table(session, [*columns, "col.swing", "col.member"], people, title))
    moves = [
        (m.person, f"{stance_of(session, m.stance)} → {stance_of(session, m.to)}", words.number(m.cost))
        for m in found.moves
    ]
    show(session, table(session, ["col.stakeholder", "col.stance", ">col.cost"], moves, "title.moves"))
    coalitions = [(words.show(names),) for names in found.minimal_winning_coalitions[:ROWS]]
    show(session, table(session, ["col.who"], coalitions, "title.coalitions"))
    if (found.minimal_winning_count or 0) > len(coalitions):
        session.console.print(words.say("cli.coalitions_in_all", count=found.minimal_winning_count))
        session.console.print()
    if found.missing_roles:
        missing = [label_of(session, "buying_role", role) for role in found.missing_roles]
        session.console.print(words.say("cli.missing_roles", roles=missing))
        session.console.print()


def _person(session: Session, p: Voting, *, is_less: bool) -> tuple[str, ...]:
    """Give the row of a voter: power over all seats, and beside it that of today where some are vacant."""
    words = session.words
    powers = []
    for of_all, today in ((p.banzhaf, p.banzhaf_today), (p.shapley_shubik, p.shapley_shubik_today)):
        beside = "–" if p.is_vacant else words.percent(today, 1)
        powers.append(f"{words.percent(of_all, 1)} / {beside}" if is_less else words.percent(of_all, 1))
    return (
        f"{p.person} ({words.say('cli.col.vacant')})" if p.is_vacant else p.person,
        words.show([label_of(session, "buying_role", role) for role in p.roles]),
        f"{words.number(p.votes)} + {words.say('cli.col.veto')}" if p.veto else words.number(p.votes),
        "" if p.is_vacant else stance_of(session, p.stance),
        *powers,
        words.say("cli.col.yes") if p.is_swing else "",
        words.show(p.known_by),
    )


def _cost(session: Session, found: Interval) -> str:
    words = session.words
    return words.number(found.value) if found.low is not None else words.say("cli.out_of_reach")


def _outcome(session: Session, centre: CentreStanding) -> str | None:
    return session.words.say(f"decision.{centre.outcome}") if centre.outcome else None


def _castable(session: Session, centre: CentreStanding) -> str:
    words = session.words
    return words.say("cli.of_votes", votes=centre.votes, today=centre.votes_today)


def _up_to(session: Session, centre: CentreStanding) -> str:
    if not centre.votes_unknown:
        return ""
    return _between_numbers(session, centre.votes_for, centre.votes_for + centre.votes_unknown)


def _between(session: Session, found: Interval) -> str:
    return "" if found.low == found.high else _between_numbers(session, found.low, found.high)


def _between_numbers(session: Session, low: float | None, high: float | None) -> str:
    words = session.words
    return words.say("cli.head.interval", low=words.number(low), high=words.number(high))
