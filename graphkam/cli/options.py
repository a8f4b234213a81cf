"""How a function becomes a command: the options that commands share are added here, once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any, get_type_hints

import typer
from typer.main import get_command

from graphkam.cli.command import AS_OF, EXPLAIN, JSON, LANG, SETTINGS, told
from graphkam.cli.session import Session
from graphkam.settings import AnalysisSettings

_BY_NAME = {"_by_tier": "A=DAYS", "_by_criterion": "NAME=POINTS"}
"""Ends of the names of settings that have a value for each tier, for each criterion; how it is typed."""
_BANDS = "_bands"
"""End of the name of a setting that is five amounts."""


def _by_name(name: str) -> str | None:
    """Give how one value of a setting with several is typed; None for other settings."""
    return next((typed for end, typed in _BY_NAME.items() if name.endswith(end)), None)


def _option(name: str, kind: Any, flag: str, key: str, metavar: str | None = None) -> inspect.Parameter:
    default = False if kind is bool else None
    annotation = Annotated[kind, typer.Option(flag, help=told(key), metavar=metavar)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _setting(name: str) -> inspect.Parameter:
    if name == "half_life":
        return _option(name, str | None, "--half-life", f"setting.{name}", "DAYS|none")
    flag = "--time" if name == "seconds" else f"--{name.replace('_', '-')}"
    if typed := _by_name(name):
        return _option(name, list[str] | None, flag, f"setting.{name}", typed)
    if name.endswith(_BANDS):
        return _option(name, str | None, flag, f"setting.{name}", "A,B,C,D,E")
    kind = AnalysisSettings.model_fields[name].annotation
    return _option(name, kind | None, flag, f"setting.{name}")  # type: ignore[operator]


_SHARED = {
    LANG: (_option(LANG, str | None, "--lang", "lang", "en|fr"),),
    AS_OF: (_option(AS_OF, str | None, "--as-of", "as_of", "YYYY-MM-DD"),),
    JSON: (_option(JSON, bool, "--json", "json"),),
    EXPLAIN: (_option(EXPLAIN, bool, "--explain", "explain"),),
    SETTINGS: tuple(_setting(name) for name in AnalysisSettings.model_fields),
}


def loaded(function: Callable[..., None], common: Sequence[str]) -> Any:
    """Make a command of a function.

    Parameters
    ----------
    function
        What it runs.
    common
        What it shares with others. It is made into the :class:`Session` that the function gets as its
        first argument.
    """
    hints = get_type_hints(function, include_extras=True)
    own = [
        p.replace(annotation=hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY)
        for p in list(inspect.signature(function).parameters.values())[1:]
    ]
    shared = [parameter for name in common for parameter in _SHARED[name]]
    names = {p.name for p in shared}

    def run(**given: Any) -> None:
        options = {key: given.pop(key) for key in list(given) if key in names}
        function(Session.begin(_tiers(options)), **given)

    parameters = [*own, *shared]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command()(run)
    return get_command(alone)


def _tiers(options: dict[str, Any]) -> dict[str, Any]:
    """Read ``A=90`` of the options that have a value for each tier, or criterion."""

    def read(name: str, given: Any) -> Any:
        if _by_name(name) is None:
            return given
        return dict(item.partition("=")[::2] for item in given or ()) or None

    return {name: read(name, given) for name, given in options.items()}
