"""``mesh``: which contact ties to make, by whom; proposals that are accepted become actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.plans import DRY_RUN, YES, have_accepted
from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ROWS, give, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, show_rest, table
from graphkam.model.search import find
from graphkam.review.saying import why_handed, why_this_cost

if TYPE_CHECKING:
    from graphkam.analysis.mesh import Mesh, Proposed
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.model.changes import ChangeSet, Operation
    from graphkam.workspace import Workspace

ACCEPT = Annotated[bool, typer.Option("--accept", help=told("mesh_accept"))]
REFUSE = Annotated[list[str] | None, typer.Option("--refuse", help=told("mesh_refuse"), metavar="NAME")]


def mesh(
    session: Session,
    account: ACCOUNT,
    *,
    accept: ACCEPT = False,
    refuse: REFUSE = None,
    yes: YES = False,
    dry_run: DRY_RUN = False,
) -> None:
    """Give the ties to make; accept or refuse them."""
    from graphkam.analysis.mesh import mesh as question
    from graphkam.review.meshing import elsewhere

    settings, terms = session.settings.analysis, session.is_explained
    with session.open() as workspace:
        graph = workspace.graph(workspace.find_account(account).id, as_of=session.as_of)
        others = workspace.graphs(as_of=session.as_of, about=[m.id for m in graph.members])
        load = elsewhere(others, graph.account.id, settings)
        found = question(graph, elsewhere=load, settings=settings, with_terms=terms)
        dropped = _named(found.ties, refuse or ())
        if dropped:
            out = [(t.member_id, t.person_id) for t in dropped]
            found = question(graph, elsewhere=load, excluded=out, settings=settings, with_terms=terms)
        if dry_run or not (accept or dropped):
            give(session, found, show_mesh, graph)
            return
        _carry_out(session, workspace, graph, found, found.ties if accept else (), dropped, yes=yes)


def _named(ties: Sequence[Proposed], names: Iterable[str]) -> list[Proposed]:
    """Give the proposals that a name is part of, theirs or ours.

    Raises
    ------
    NotFound, Ambiguous
        If no proposal has such a name, or several.
    """
    people = {t.person_id: t.stakeholder for t in ties} | {t.member_id: t.member for t in ties}
    chosen = {find(name, people) for name in names}
    return [t for t in ties if {t.person_id, t.member_id} & chosen]


def _carry_out(
    session: Session,
    workspace: Workspace,
    graph: AccountGraph,
    found: Mesh,
    ties: Sequence[Proposed],
    dropped: Sequence[Proposed],
    *,
    yes: bool,
) -> None:
    """Show the proposals, have them accepted or refused, write them."""
    changes = _changes(session, graph, ties, dropped)
    if not session.is_json:
        give(session, found, show_mesh, graph)
        for t in dropped:
            session.say("mesh.refused", member=t.member, name=t.stakeholder)
    operation: Operation | None = None
    if not changes.is_empty:
        if not yes:
            have_accepted(session)
        operation = workspace.apply(changes, what="mesh")
        session.say("mesh.written", count=len(ties), refused=len(dropped))
    else:
        session.say("cli.nothing_to_do")
    if session.is_json:
        session.print_json({**found.model_dump(mode="json"), "operation": operation})


def _changes(
    session: Session, graph: AccountGraph, ties: Sequence[Proposed], dropped: Sequence[Proposed]
) -> ChangeSet:
    from graphkam.model.changes import ChangeSet
    from graphkam.review.meshing import accepted, refused

    due = session.as_of + timedelta(days=session.settings.analysis.mesh_days)
    made = accepted(graph, ties, due=due, words=session.words)
    not_made = refused(graph, dropped, words=session.words)
    return ChangeSet(puts=(*made.puts, *not_made.puts))


def show_mesh(session: Session, found: Mesh) -> None:
    """Show the plan, what it would change, who is short, who has too much."""
    words = session.words
    show_title(session, found.account)
    rows = [
        (
            words.say(f"cli.head.{key}"),
            words.percent(getattr(found.before, key), 1),
            _after(session, found, key),
        )
        for key in ("c2", "c1", "bow_tie")
    ]
    show(session, table(session, ["head.figure", ">col.before", ">col.after"], rows))
    ties = [
        (
            t.member,
            t.stakeholder,
            t.title,
            words.number(t.weight),
            words.number(t.cost),
            why_this_cost(words, t),
            t.through or "",
        )
        for t in found.ties[: session.settings.analysis.top]
    ]
    columns = ["col.member", "col.stakeholder", "col.title", ">col.weight", ">col.tie_cost", "col.why_cost"]
    show(session, table(session, [*columns, "col.through"], ties, "title.mesh"))
    if found.ties:
        show_rest(session, len(found.ties) - len(ties))
        session.say("mesh.cost", count=len(found.ties), cost=found.cost)
        session.console.print()
    waiting = [(t.member, t.stakeholder, t.title) for t in found.planned[:ROWS]]
    show(session, table(session, ["col.member", "col.stakeholder", "col.title"], waiting, "title.planned"))
    show_rest(session, len(found.planned) - len(waiting))
    short = [
        (s.stakeholder, words.number(s.weight), s.missing, words.say(f"mesh.reason.{s.reason}"))
        for s in found.short[:ROWS]
    ]
    columns = ["col.stakeholder", ">col.weight", ">col.missing_ties", "col.because"]
    show(session, table(session, columns, short, "title.short"))
    _show_handovers(session, found)
    _show_members(session, found)
    show_findings(session, found.findings, FINDINGS)


def _after(session: Session, found: Mesh, key: str) -> str:
    return session.words.percent(getattr(found.after, key), 1)


def _show_handovers(session: Session, found: Mesh) -> None:
    words = session.words
    rows = [
        (
            h.member,
            h.stakeholder,
            words.number(h.weight),
            h.to or words.say("mesh.nobody_free"),
            why_handed(words, h),
        )
        for h in found.handovers[:ROWS]
    ]
    columns = ["col.from_whom", "col.stakeholder", ">col.weight", "col.to_whom", "col.why_cost"]
    show(session, table(session, columns, rows, "title.handovers"))
    show_rest(session, len(found.handovers) - len(rows))


def _show_members(session: Session, found: Mesh) -> None:
    words = session.words
    rows = [
        (
            m.member,
            m.live,
            m.elsewhere,
            m.planned,
            m.proposed,
            words.say("mesh.no_limit") if m.capacity is None else m.capacity,
            m.over or "",
        )
        for m in found.members[:ROWS]
    ]
    columns = ["col.member", ">col.live_here", ">col.elsewhere", ">col.planned", ">col.proposed_ties"]
    show(session, table(session, [*columns, ">col.capacity", ">col.over"], rows, "title.room"))
    show_rest(session, len(found.members) - len(rows))
