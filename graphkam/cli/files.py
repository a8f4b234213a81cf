"""Commands that read or write files: template, import, import-mail, export."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import FOR_ALL, FOR_FILES, add, told
from graphkam.cli.session import Session
from graphkam.errors import InputError

if TYPE_CHECKING:
    from graphkam.exchange.plan import Plan, PlanAction
    from graphkam.text import Words
    from graphkam.workspace import Workspace

YES = Annotated[bool, typer.Option("--yes", "-y", help=told("yes"))]
DRY_RUN = Annotated[bool, typer.Option("--dry-run", help=told("dry_run"))]
DETAILED = Annotated[bool, typer.Option("--detailed-exitcode", help=told("detailed_exitcode"))]
PLAN_FILE = Annotated[Path | None, typer.Option("--plan", help=told("plan_file"), metavar="PLAN.json")]

_SHOWN = 40
"""Lines of a plan that a terminal shows; the totals are of all."""
_SIGN = {"create": "+", "change": "~", "end": ">", "delete": "-"}
_CHANGES = 3
"""Exit code of ``--detailed-exitcode`` where there was something to do."""


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to an app."""
    add(app, "template", FOR_ALL)(template)
    add(app, "import", FOR_FILES)(import_)
    add(app, "import-mail", FOR_FILES)(import_mail)
    add(app, "export", FOR_ALL)(export)


def template(
    session: Session,
    output: Annotated[Path, typer.Option("--output", "-o", help=told("template_output"))] = Path(
        "graphkam.xlsx"
    ),
    *,
    empty: Annotated[bool, typer.Option("--empty", help=told("empty"))] = False,
) -> None:
    """Write an empty workbook, or one with ten example rows."""
    from graphkam.exchange.workbook import save_template

    _fit_to_write(output)
    save_template(output, language=session.settings.language, example=not empty)
    session.say("cli.template_written", file=str(output))


def import_(
    session: Session,
    file: Annotated[Path, typer.Argument(help=told("import_file"))],
    *,
    yes: YES = False,
    dry_run: DRY_RUN = False,
    locale: Annotated[str | None, typer.Option("--locale", help=told("locale"), metavar="en|fr")] = None,
    plan_file: PLAN_FILE = None,
    detailed_exitcode: DETAILED = False,
) -> None:
    """Show what a workbook would change and, once accepted, write it."""
    with session.open() as workspace:
        if file.suffix.casefold() == ".json":
            plan = workspace.read_plan(file)
        else:
            plan = workspace.plan_import(file, today=session.as_of, locale=locale)
        if plan_file is not None:
            workspace.save_plan(plan, plan_file)
        _carry_out(session, workspace, plan, "import", yes=yes, dry_run=dry_run, detailed=detailed_exitcode)


def import_mail(
    session: Session,
    file: Annotated[Path, typer.Argument(help=told("mail_file"))],
    *,
    team_domain: Annotated[list[str], typer.Option("--team-domain", help=told("team_domain"))],
    accounts: Annotated[Path | None, typer.Option("--accounts", help=told("accounts_map"))] = None,
    keep_free_mail: Annotated[bool, typer.Option("--keep-free-mail", help=told("keep_free_mail"))] = False,
    min_people: Annotated[int, typer.Option("--min-people", min=1, help=told("min_people"))] = 1,
    active_within: Annotated[
        int | None, typer.Option("--active-within", min=1, metavar="DAYS", help=told("active_within"))
    ] = None,
    yes: YES = False,
    dry_run: DRY_RUN = False,
    detailed_exitcode: DETAILED = False,
) -> None:
    """Turn the headers of a mail log into accounts, people and contact ties."""
    with session.open() as workspace:
        with session.progress("cli.reading") as progress:
            plan = workspace.plan_mail(
                file,
                team_domains=team_domain,
                as_of=session.as_of,
                accounts_file=accounts,
                keep_free_mail=keep_free_mail,
                min_people=min_people,
                active_within=active_within,
                progress=progress,
            )
        _carry_out(
            session, workspace, plan, "import-mail", yes=yes, dry_run=dry_run, detailed=detailed_exitcode
        )


def export(
    session: Session,
    account: Annotated[str | None, typer.Argument(help=told("export_account"))] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help=told("export_output"))] = Path(
        "graphkam.xlsx"
    ),
) -> None:
    """Write one account, or all, to a workbook or a folder of CSV files."""
    _fit_to_write(output)
    with session.open() as workspace:
        chosen = workspace.accounts() if account is None else (workspace.find_account(account),)
        workspace.export(output, account_ids=[a.id for a in chosen], language=session.settings.language)
    session.say("cli.exported", count=len(chosen), file=str(output))


def _fit_to_write(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise InputError("no_folder", folder=str(path.absolute().parent))


def _carry_out(
    session: Session,
    workspace: Workspace,
    plan: Plan,
    what: str,
    *,
    yes: bool,
    dry_run: bool,
    detailed: bool,
) -> None:
    """Show a plan, have it accepted, write it."""
    if not session.is_json:
        show_plan(session, plan)
    elif dry_run or plan.is_empty:
        session.print_json(plan)
    if dry_run or plan.is_empty:
        raise typer.Exit(_CHANGES if detailed and not plan.is_empty else 0)
    if not yes:
        _ask(session)
    with session.progress("cli.writing") as progress:
        operation = workspace.apply(
            plan.changes, what=what, file=plan.file, sha256=plan.sha256, progress=progress
        )
    if session.is_json:
        session.print_json({**operation.model_dump(), "totals": plan.totals, "warnings": plan.warnings})
    session.say("cli.written", puts=operation.puts, removals=operation.removals)
    if detailed:
        raise typer.Exit(_CHANGES)


def _ask(session: Session) -> None:
    """Have the plan accepted; anything but a yes is a no."""
    if not sys.stdin.isatty():
        raise InputError("no_terminal")
    try:
        answer = session.notes.input(f"{session.words.say('cli.accept')} ", markup=False)
    except EOFError:
        answer = ""
    if answer.strip().casefold() not in session.words.say("cli.yes_words").split():
        session.say("cli.declined")
        raise typer.Exit(1)


def show_plan(session: Session, plan: Plan) -> None:
    """Print the first lines of a plan, its events and warnings, and its totals."""
    from graphkam.exchange import problems

    words, console = session.words, session.console
    for line in plan.lines[:_SHOWN]:
        console.print(f"{_SIGN[line.action]} {line.told(words)}")
    if len(plan.lines) > _SHOWN:
        session.say("cli.and_more", count=len(plan.lines) - _SHOWN)
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


def _total(words: Words, counted: Mapping[PlanAction, int]) -> str:
    said = (words.say(f"cli.plan.{action}", count=count) for action, count in counted.items() if count)
    return ", ".join(said)
