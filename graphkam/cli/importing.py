"""``import``: what a workbook would change is shown, asked about and, once accepted, written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from graphkam.cli.command import told
from graphkam.cli.plans import DETAILED, DRY_RUN, YES, Acceptance, carry_out, is_yes, show_questions
from graphkam.cli.session import Session
from graphkam.errors import InputError

if TYPE_CHECKING:
    from graphkam.exchange.alike import Alike
    from graphkam.exchange.choices import Choices
    from graphkam.exchange.plan import Plan
    from graphkam.exchange.renames import Rename
    from graphkam.workspace import Workspace

PLAN_FILE = Annotated[Path | None, typer.Option("--plan", help=told("plan_file"), metavar="PLAN.json")]
LOCALE = Annotated[str | None, typer.Option("--locale", help=told("locale"), metavar="en|fr")]
PREFER = Annotated[str | None, typer.Option("--prefer", help=told("prefer"), metavar="file|store")]
MODE = Annotated[str, typer.Option("--mode", help=told("mode"), metavar="merge|replace")]
SCOPE = Annotated[str | None, typer.Option("--scope", help=told("scope"), metavar="ACCOUNT")]
DELETIONS = Annotated[int | None, typer.Option("--deletions", help=told("deletions"), metavar="COUNT")]
RENAMES = Annotated[
    bool | None, typer.Option("--accept-renames/--refuse-renames", help=told("accept_renames"))
]
DUPLICATES = Annotated[
    bool | None, typer.Option("--accept-duplicates/--refuse-duplicates", help=told("accept_duplicates"))
]

T = TypeVar("T")


def import_(
    session: Session,
    file: Annotated[Path, typer.Argument(help=told("import_file"))],
    *,
    yes: YES = False,
    dry_run: DRY_RUN = False,
    locale: LOCALE = None,
    prefer: PREFER = None,
    mode: MODE = "merge",
    scope: SCOPE = None,
    deletions: DELETIONS = None,
    accept_renames: RENAMES = None,
    accept_duplicates: DUPLICATES = None,
    plan_file: PLAN_FILE = None,
    detailed_exitcode: DETAILED = False,
) -> None:
    """Show what a workbook would change and, once accepted, write it."""
    how = Acceptance(yes=yes, dry_run=dry_run, detailed=detailed_exitcode, deletions=deletions)
    with session.open() as workspace:
        if file.suffix.casefold() == ".json":
            plan = workspace.read_plan(file)
        else:
            choices = _choices(workspace, prefer=prefer, mode=mode, scope=scope)
            asked = {"renames": accept_renames, "duplicates": accept_duplicates}
            asking = _Asking(session, workspace, file, session.as_of, locale)
            plan = asking.planned(choices.model_copy(update=asked), how)
        if plan_file is not None:
            workspace.save_plan(plan, plan_file)
        carry_out(session, workspace, plan, "import", how)


def _choices(workspace: Workspace, *, prefer: str | None, mode: str, scope: str | None) -> Choices:
    """Understand the options.

    Raises
    ------
    InputError
        If one of them is none of its words, or a file is to replace nobody knows what.
    """
    from graphkam.exchange.choices import Choices, Mode
    from graphkam.model.clashes import Side

    sides = {"file": Side.MINE, "store": Side.THEIRS}
    side = None if prefer is None else _one_of("--prefer", prefer, sides)
    how = _one_of("--mode", mode, {one.value: one for one in Mode})
    if how is Mode.REPLACE and scope is None:
        raise InputError("replace_needs_scope")
    account_id = None if scope is None else workspace.find_account(scope).id
    return Choices(prefer=side, mode=how, scope=account_id)


def _one_of(option: str, value: str, allowed: dict[str, T]) -> T:
    if value not in allowed:
        raise InputError("not_a_choice", option=option, value=value, allowed=tuple(allowed))
    return allowed[value]


@dataclass(frozen=True)
class _Asking:
    """One file on its way to a plan in which nothing is left to be said, if there is somebody to ask."""

    session: Session
    workspace: Workspace
    file: Path
    today: date
    locale: str | None

    def planned(self, choices: Choices, how: Acceptance) -> Plan:
        """Give the plan."""
        plan = self._plan(choices)
        if plan.renames and how.can_ask:
            choices = choices.model_copy(update={"renames": self._is_so(plan.renames, "cli.ask_renames")})
            plan = self._plan(choices)
        if choices.duplicates is None and any(one.is_known for one in plan.alike) and how.can_ask:
            choices = choices.model_copy(update={"duplicates": self._is_so(plan.alike, "cli.ask_alike")})
            plan = self._plan(choices)
        return plan

    def _plan(self, choices: Choices) -> Plan:
        return self.workspace.plan_import(self.file, today=self.today, locale=self.locale, choices=choices)

    def _is_so(self, asked: tuple[Rename, ...] | tuple[Alike, ...], key: str) -> bool:
        show_questions(self.session, asked)
        return is_yes(self.session, key, count=len(asked))
