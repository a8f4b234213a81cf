"""How a plan is shown, accepted and carried out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from graphkam.cli.command import told
from graphkam.cli.session import Session
from graphkam.errors import InputError

if TYPE_CHECKING:
    from graphkam.exchange.alike import Alike
    from graphkam.exchange.lines import PlanAction
    from graphkam.exchange.plan import Plan
    from graphkam.exchange.renames import Rename
    from graphkam.text import Words
    from graphkam.workspace import Workspace

YES = Annotated[bool, typer.Option("--yes", "-y", help=told("yes"))]
DRY_RUN = Annotated[bool, typer.Option("--dry-run", help=told("dry_run"))]
DETAILED = Annotated[bool, typer.Option("--detailed-exitcode", help=told("detailed_exitcode"))]

T = TypeVar("T")

_SHOWN = 40
"""Lines of a plan that a terminal shows; the totals are of all."""
_SIGN = {"create": "+", "change": "~", "end": ">", "delete": "-"}
_CHANGES = 3
"""Exit code of ``--detailed-exitcode`` where there was something to do."""


@dataclass(frozen=True)
class Acceptance:
    """How a plan is accepted."""

    yes: bool
    """Without asking."""
    dry_run: bool
    """Not at all: it is only shown."""
    detailed: bool
    """Whether the exit code tells that there was something to do."""
    deletions: int | None = None
    """How many records may be deleted, if that was said beforehand."""

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody to ask, and anything to be asked."""
        return not self.yes and not self.dry_run and sys.stdin.isatty()


def carry_out(
    session: Session, workspace: Workspace, plan: Plan, what: str, how: Acceptance, *, undoes: str = ""
) -> None:
    """Show a plan, have it accepted, write it.

    Parameters
    ----------
    session, workspace, plan, what, how
        The run, where, what, its name, and how it is accepted.
    undoes
        Id of the operation that it undoes, if any.

    Raises
    ------
    InputError
        If something is still to be said before it can be written.
    """
    if not session.is_json:
        show_plan(session, plan)
    elif how.dry_run or plan.is_empty or plan.is_open:
        session.print_json(plan)
    if how.dry_run and not session.is_json:
        for question in _open(plan):
            session.notes.print(session.words.error(question))
    if how.dry_run or plan.is_empty:
        raise typer.Exit(_CHANGES if how.detailed and not plan.is_empty else 0)
    for question in _open(plan):
        raise question
    _have_counted(session, plan.deletions_to_count, how)
    if not how.yes:
        have_accepted(session)
    with session.progress("cli.writing") as progress:
        operation = workspace.apply(
            plan.changes, what=what, file=plan.file, sha256=plan.sha256, undoes=undoes, progress=progress
        )
    if session.is_json:
        session.print_json({**operation.model_dump(), "totals": plan.totals, "warnings": plan.warnings})
    session.say("cli.written", puts=operation.puts, removals=operation.removals)
    if how.detailed:
        raise typer.Exit(_CHANGES)


def _open(plan: Plan) -> Iterator[InputError]:
    """Give what is still to be said before a plan can be written."""
    if plan.renames:
        yield InputError("plan_renames", count=len(plan.renames))
    if plan.is_disputed:
        yield InputError("plan_disputed", count=len(plan.conflicts))


def _have_counted(session: Session, count: int, how: Acceptance) -> None:
    """Have the number of many deletions typed, so that nobody accepts them unread."""
    if not count or how.deletions == count:
        return
    if how.deletions is None and how.can_ask:
        if typed(session, "cli.count_deletions", count=count) == str(count):
            return
        session.say("cli.declined")
        raise typer.Exit(1)
    raise InputError("count_deletions", count=count)


def have_accepted(session: Session) -> None:
    """Have what was shown accepted; anything but a yes is a no.

    Raises
    ------
    InputError
        If there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise InputError("no_terminal")
    if not is_yes(session, "cli.accept"):
        session.say("cli.declined")
        raise typer.Exit(1)


def is_yes(session: Session, key: str, /, **params: Any) -> bool:
    """Ask a question; anything but a yes is a no."""
    return typed(session, key, **params).casefold() in session.words.say("cli.yes_words").split()


def typed(session: Session, key: str, /, **params: Any) -> str:
    """Ask a question and give what was typed; nothing at the end of the input."""
    try:
        return session.notes.input(f"{session.words.say(key, **params)} ", markup=False).strip()
    except EOFError:
        return ""


def show_plan(session: Session, plan: Plan) -> None:
    """Print the first lines of a plan, its events and warnings, and its totals."""
    from graphkam.exchange import problems

    words, console = session.words, session.console
    _show(session, plan.lines, lambda line: f"{_SIGN[line.action]} {line.told(words)}")
    _show(session, plan.conflicts, lambda conflict: f"! {conflict.told(words)}")
    if plan.conflicts and plan.prefer is not None:
        session.say(f"cli.prefer.{plan.prefer}", count=len(plan.conflicts))
    _show(session, plan.dropped, lambda one: f"x {one.told(words)}")
    show_questions(session, (*plan.renames, *plan.alike))
    for event in plan.events:
        console.print(f"> {event.told(words)}")
    for problem in plan.warnings:
        session.notes.print(f"! {problems.told(problem, words)}")
    if plan.is_empty:
        session.say("cli.nothing_to_do")
        return
    if len(plan.lines) > _SHOWN:
        for kind, counted in plan.by_kind.items():
            named = words.say(f"plan.kind.{kind}")
            session.say("cli.plan.of_kind", kind=named, total=_total(words, counted))
    unchanged = words.say("cli.plan.unchanged", count=plan.unchanged)
    console.print(f"{_total(words, plan.totals)}, {unchanged}.")


def show_questions(session: Session, asked: Sequence[Rename | Alike]) -> None:
    """Print what looks renamed and who may be somebody else."""
    _show(session, asked, lambda one: f"? {one.told(session.words)}")


def _show(session: Session, several: Sequence[T], line_of: Callable[[T], str]) -> None:
    """Print the first of several things, and how many more there are."""
    for one in several[:_SHOWN]:
        session.console.print(line_of(one))
    if len(several) > _SHOWN:
        session.say("cli.and_more", count=len(several) - _SHOWN)


def _total(words: Words, counted: Mapping[PlanAction, int]) -> str:
    said = (words.say(f"cli.plan.{action}", count=count) for action, count in counted.items() if count)
    return ", ".join(said)
