"""``store copy``: everything to another store, named by the settings, an address or a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.session import Session
from graphkam.errors import InputError
from graphkam.settings import Settings, StoreSettings

TARGET = Annotated[str, typer.Argument(help=told("copy_target"))]
REPLACE = Annotated[bool, typer.Option("--replace", help=told("copy_replace"))]


def copy(session: Session, target: TARGET, *, replace: REPLACE = False) -> None:
    """Put everything into another store, and compare."""
    where = target_of(session.settings, target, os.environ)
    with session.open() as workspace, session.progress("cli.writing") as told_of:
        found = workspace.copy_to(where, is_replaced=replace, progress=told_of)
    if session.is_json:
        session.print_json(found)
        return
    session.say(
        "cli.copied",
        target=target,
        server=found.server,
        accounts=sum(map(bool, found.accounts)),
        records=sum(counted.records for counted in found.accounts.values()),
        operations=found.operations,
    )
    if found.backup:
        session.say("cli.copy_backup", file=str(found.backup))


def target_of(settings: Settings, target: str, environ: Mapping[str, str]) -> Settings:
    """Give the settings of the store that a word of the command line means.

    Parameters
    ----------
    settings
        Our own.
    target
        Name of a server in them, address of a server, or a data folder, which is written with a slash.
    environ
        Environment: user and password for an address; no secret is ever on the command line.

    Raises
    ------
    InputError
        If it means nothing, or there is a secret in it.
    """
    if target in settings.servers:
        server = settings.servers[target]
        if server.uri is None:
            raise InputError("copy_no_address", name=target)
        return _at(settings, StoreSettings(**dict(server)))
    if "://" in target:
        if "@" in target:
            raise InputError("copy_secret")
        said = {name: environ.get(f"GRAPHKAM_TARGET_{name.upper()}") or None for name in ("user", "password")}
        return _at(settings, StoreSettings.model_validate({"uri": target, **said}))
    if {"/", os.sep} & {*target} or os.path.isdir(target):  # noqa: PTH112 - whatever the word, it does not raise
        folder = Path(os.path.expanduser(target)).absolute()  # noqa: PTH111 - nor does this
        return _at(settings, StoreSettings(idle_minutes=settings.store.idle_minutes), home=folder)
    if settings.servers:
        raise InputError("copy_no_such_server", value=target, known=tuple(sorted(settings.servers)))
    raise InputError("copy_no_target", value=target)


def _at(settings: Settings, store: StoreSettings, **changed: Path) -> Settings:
    return settings.model_copy(update={"store": store, **changed})
