"""Plans on file: looked at today, applied tomorrow, unless the store has moved on."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from graphkam.errors import InputError
from graphkam.exchange.layout import save_bytes
from graphkam.exchange.plan import FORM, Plan


def save_plan(made: Plan, path: Path) -> None:
    """Write a plan to a file, to be applied later.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    save_bytes(path, made.model_dump_json(indent=2).encode("utf-8"))


def load_plan(path: Path, *, revision: int) -> Plan:
    """Read a plan back.

    Parameters
    ----------
    path
        The file.
    revision
        The revision of the store now.

    Raises
    ------
    InputError
        If the file is not a plan, if something in it is still to be said, or if the store has changed
        since it was made.
    """
    if path.exists() and not path.is_file():
        raise InputError("plan_unreadable", file=path.name)
    try:
        made = Plan.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError("plan_unreadable", file=path.name) from error
    if made.form != FORM:
        raise InputError("plan_unreadable", file=path.name)
    if made.is_open:
        raise InputError("plan_open", file=path.name)
    if made.revision != revision:
        raise InputError("plan_stale", planned=made.revision, now=revision)
    return made
