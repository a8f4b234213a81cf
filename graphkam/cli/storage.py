"""Commands about the database and the app."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.session import Session
from graphkam.cli.tables import show, table

FILE = Annotated[Path, typer.Argument(help=told("backup_file"))]


def status(
    session: Session, *, check: Annotated[bool, typer.Option("--check", help=told("check"))] = False
) -> None:
    """Say whether the database runs, and what is in it."""
    from graphkam.workspace import store_status

    found = store_status(session.settings, check_files=check)
    if session.is_json:
        session.print_json(found)
        return
    words = session.words
    kind = words.say("store.kind_embedded" if found.is_embedded else "store.kind_server")
    state = words.say("store.running" if found.is_running else "store.stopped")
    rows = [(words.say("store.state"), f"{kind}, {state}")]
    for key, value in (
        ("server", found.server),
        ("home", found.home),
        ("where", found.uri),
        ("process", found.pid),
        ("port", found.port),
        ("clients", found.clients),
        ("schema", found.schema_version),
        ("revision", found.revision),
        ("accounts", found.accounts),
        ("records", found.records),
    ):
        if value is not None:
            rows.append((words.say(f"store.{key}"), str(value)))
    show(session, table(session, ["head.figure", "head.value"], rows))
    if found.is_checked:
        session.say("store.checked")


def start(session: Session) -> None:
    """Start the embedded database."""
    from graphkam.workspace import store_status

    with session.open():
        found = store_status(session.settings)
    session.say("cli.store_started", home=found.home or found.uri, pid=found.pid, port=found.port)


def stop(session: Session) -> None:
    """Stop the embedded database."""
    from graphkam.workspace import stop_store

    stopped = stop_store(session.settings)
    session.say("cli.store_stopped" if stopped else "cli.store_not_running", home=str(session.settings.home))


def backup(session: Session, file: FILE) -> None:
    """Write everything to one file."""
    with session.open() as workspace:
        workspace.backup(file)
    session.say("cli.backup_written", file=str(file))


def restore(session: Session, file: FILE) -> None:
    """Put everything back from a backup."""
    with session.open() as workspace:
        workspace.restore(file)
    session.say("cli.restored", file=str(file))


def open_app(
    session: Session,
    *,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65_535, help=told("port"))] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=told("no_browser"))] = False,
) -> None:
    """Open the app."""
    # By name: the command line and the app stand side by side and do not import each other.
    server = importlib.import_module("graphkam.ui.server")
    server.run(session.settings, port=port, open_browser=not no_browser)
