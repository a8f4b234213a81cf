"""How a function becomes a command: the options that all commands share are added here, once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

import typer

from graphkam.cli.session import Session, startup_language
from graphkam.settings import AnalysisSettings
from graphkam.text import Words

_WORDS = Words(startup_language())
_BY_NAME = {"_by_tier": "A=DAYS", "_by_criterion": "NAME=POINTS"}
"""Ends of the names of settings that have a value for each tier, for each criterion; how it is typed."""
_BANDS = "_bands"
"""End of the name of a setting that is five amounts."""


def _by_name(name: str) -> str | None:
    """Give how one value of a setting with several is typed; None for other settings."""
    return next((typed for end, typed in _BY_NAME.items() if name.endswith(end)), None)


def told(key: str) -> str:
    """Give the help text of a command or option."""
    return _WORDS.say(f"cli.help.{key}")


def _option(name: str, kind: Any, flag: str, key: str, metavar: str | None = None) -> inspect.Parameter:
    annotation = Annotated[kind, typer.Option(flag, help=told(key), metavar=metavar)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


LANG = _option("lang", str | None, "--lang", "lang", "en|fr")
AS_OF = _option("as_of", str | None, "--as-of", "as_of", "YYYY-MM-DD")
JSON = inspect.Parameter(
    "json",
    inspect.Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[bool, typer.Option("--json", help=told("json"))],
)
EXPLAIN = inspect.Parameter(
    "explain",
    inspect.Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[bool, typer.Option("--explain", help=told("explain"))],
)


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


SETTINGS = tuple(_setting(name) for name in AnalysisSettings.model_fields)
FOR_ALL = (LANG,)
FOR_FILES = (LANG, AS_OF, JSON)
FOR_QUESTIONS = (LANG, AS_OF, JSON, EXPLAIN, *SETTINGS)


def add(
    app: typer.Typer,
    name: str,
    common: tuple[inspect.Parameter, ...] = FOR_ALL,
    *,
    help_key: str | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add a function to an app as a command.

    Parameters
    ----------
    app
        The app.
    name
        Name of the command.
    common
        Options it shares with others. They are made into the :class:`Session` that the function
        gets as its first argument.
    help_key
        Key of its help under ``cli.help.``, where it is not the name.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(function, include_extras=True)
        own = [
            p.replace(annotation=hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY)
            for p in list(inspect.signature(function).parameters.values())[1:]
        ]
        shared = {p.name for p in common}

        def run(**given: Any) -> None:
            options = {key: given.pop(key) for key in list(given) if key in shared}
            function(Session.begin(_tiers(options)), **given)

        parameters = [*own, *common]
        run.__name__ = function.__name__
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        app.command(name, help=told(help_key or name))(run)
        return function

    return decorate


def _tiers(options: dict[str, Any]) -> dict[str, Any]:
    """Read ``A=90`` of the options that have a value for each tier, or criterion."""

    def read(name: str, given: Any) -> Any:
        if _by_name(name) is None:
            return given
        return dict(item.partition("=")[::2] for item in given or ()) or None

    return {name: read(name, given) for name, given in options.items()}
