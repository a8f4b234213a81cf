"""Commands that read or write files: template, import-mail, export; and import, which has its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.plans import DETAILED, DRY_RUN, YES, Acceptance, carry_out
from graphkam.cli.session import Session
from graphkam.errors import InputError


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
        how = Acceptance(yes=yes, dry_run=dry_run, detailed=detailed_exitcode)
        carry_out(session, workspace, plan, "import-mail", how)


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
