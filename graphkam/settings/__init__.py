"""Settings: every default of graphkam, in one place, visible and editable.

Read once at the edge (command line, app), from ``settings.toml`` in the data folder and from the
environment, then passed down. Never a global.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar, get_args

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo

from graphkam.errors import SettingsError
from graphkam.folder import FILE_NAME, Language, home_of, language_of_the_system, read_file
from graphkam.settings.analysis import AnalysisSettings
from graphkam.settings.section import Section

__all__ = [
    "AnalysisSettings",
    "QuerySettings",
    "ServerSettings",
    "Settings",
    "StoreSettings",
    "allowed",
    "read_settings",
]

_SERVER = ("uri", "user", "password")
_LOGIN = ("LOGNAME", "USER", "USERNAME")
_LIKE = 60
"""Likeness (0 to 100) from which a name is proposed for one that does not exist."""
_SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_S = TypeVar("_S", bound="ServerSettings")


class QuerySettings(Section):
    """Limits of ``graphkam query``."""

    limit: int = Field(default=100, ge=1, le=1_000_000)
    """Rows shown at most."""
    timeout: float = Field(default=30, gt=0, le=3_600, allow_inf_nan=False)
    """Seconds that a query may take; then the database ends it."""


class ServerSettings(Section):
    """A server: where it is and as whom we come."""

    uri: str | None = None
    """Address of a Neo4j; in ``[store]``, None = the embedded database."""
    user: str | None = None
    password: SecretStr | None = None
    database: str | None = None
    """None = the one that the server gives the user."""
    certificates: Path | None = None
    """For ``bolt+s://`` and ``neo4j+s://``: a file (PEM) with the certificate to trust, the server's own or
    that of who signed it; None = those that this machine trusts."""


class StoreSettings(ServerSettings):
    """Where the data are."""

    idle_minutes: float = Field(default=10, gt=0, le=10_000)
    """After how long without a client the embedded database ends by itself."""


class Settings(Section):
    """All settings, frozen."""

    home: Path
    """The data folder."""
    language: Language = "en"
    """The language of answers: from the option, the environment, the file, or the system's own."""
    user: str = "local"
    """Who you are, in the record of changes and on maps; the name of your login unless it is set."""
    analysis: AnalysisSettings = AnalysisSettings()
    store: StoreSettings = StoreSettings()
    servers: Mapping[str, ServerSettings] = {}
    """Other servers, by a name of your choice: what the store can be copied to."""
    query: QuerySettings = QuerySettings()

    @model_validator(mode="after")
    def _absolute(self) -> Self:
        object.__setattr__(self, "home", self.home.expanduser().absolute())
        object.__setattr__(self, "store", self._found(self.store))
        object.__setattr__(self, "servers", {name: self._found(s) for name, s in self.servers.items()})
        return self

    def _found(self, server: _S) -> _S:
        """Give a server with its file of certificates as seen from the data folder."""
        if server.certificates is None:
            return server
        return server.model_copy(update={"certificates": self.home / server.certificates.expanduser()})


def read_settings(environ: Mapping[str, str] | None = None, **options: Any) -> Settings:
    """Read the settings file of the data folder, then the environment, then the options given.

    Parameters
    ----------
    environ
        Environment; the process's own by default. ``GRAPHKAM_HOME`` names the data folder,
        ``GRAPHKAM_URI``, ``GRAPHKAM_USER`` and ``GRAPHKAM_PASSWORD`` a server, ``GRAPHKAM_LANG``
        the language, and the login says who writes.
    **options
        Settings of the analyses by name, and ``language``; None says nothing.

    Raises
    ------
    SettingsError
        If the file cannot be read, or a setting is unknown or out of range.
    """
    env = os.environ if environ is None else environ
    home = home_of(env)
    file = home / FILE_NAME
    values = read_file(file)
    if "home" in values:
        raise SettingsError("settings_home", file=str(file))
    language = options.pop("language", None) or env.get("GRAPHKAM_LANG")
    given = {"language": language} if language else {}
    values.setdefault("language", language_of_the_system(env))
    if login := next(filter(None, map(env.get, _LOGIN)), None):
        values.setdefault("user", login)
    store = {name: env[f"GRAPHKAM_{name.upper()}"] for name in _SERVER if env.get(f"GRAPHKAM_{name.upper()}")}
    analysis = {name: value for name, value in options.items() if value is not None}
    for section in ("analysis", "store", "servers"):
        if not isinstance(values.setdefault(section, {}), Mapping):
            raise SettingsError("settings_section", file=str(file), name=section)
    analysis_here, store_here = {**values["analysis"], **analysis}, {**values["store"], **store}
    values |= given | {"home": home, "analysis": analysis_here, "store": store_here}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        here = {"language": "--lang or GRAPHKAM_LANG"} if given else {}
        here |= {f"store.{name}": f"GRAPHKAM_{name.upper()}" for name in store}
        here |= {f"analysis.{name}": f"--{name.replace('_', '-')}" for name in analysis}
        raise _refusal(error, file, here) from error


def _refusal(error: ValidationError, file: Path, here: Mapping[str, str]) -> SettingsError:
    """Give what is wrong with the first faulty setting, where it stands, and what is allowed.

    Parameters
    ----------
    error
        All that is wrong.
    file
        The settings file.
    here
        Settings that do not come from the file, and what they come from.
    """
    first = error.errors()[0]
    path = [str(part) for part in first["loc"] if part != "[key]"]
    name = ".".join(path)
    if first["type"] == "extra_forbidden":
        names = _names(path)
        if near := _nearest(name, names):
            return SettingsError("settings_unknown", name=name, file=str(file), nearest=near)
        return SettingsError("settings_unknown_at_all", name=name, file=str(file), allowed=tuple(names))
    if first["type"] == "model_type":
        return SettingsError("settings_section", file=str(file), name=name)
    field = _field(path)
    is_secret = SecretStr in get_args(field.annotation)
    value = "…" if is_secret else str(first["input"])
    where = f"{here.get('.'.join(path[:2]), file)}, {name}"
    if first["type"] == "not_100":
        return SettingsError("settings_not_100", where=where, value=first["ctx"]["sum"])
    if first["type"] == "not_rising":
        return SettingsError("settings_not_rising", where=where, value=value)
    return SettingsError("settings_refused", where=where, value=value, allowed=allowed(field))


def _field(path: Sequence[str]) -> FieldInfo:
    """Give the field that a path of names leads to; what lies within its value is not a field."""
    section: Any = Settings
    for part in path:
        if _is_section(section):
            field: FieldInfo = section.model_fields[part]
            section = field.annotation
        else:  # a name of the user's choice, if sections go by it
            section = next(filter(_is_section, get_args(section)), None)
    return field


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


def _names(path: Sequence[str]) -> list[str]:
    """Give the full names of what the section of a path, or the file, can hold; sections with their own."""
    if len(path) > 2:  # noqa: PLR2004 - servers.NAME.setting
        return [".".join((*path[:2], name)) for name in ServerSettings.model_fields]
    section = path[0] if len(path) > 1 else ""
    found: list[str] = []
    for name, field in Settings.model_fields.items():
        own = getattr(field.annotation, "model_fields", {}) if _is_section(field.annotation) else {}
        names = [name, *(f"{name}.{inner}" for inner in own)]
        found += [n for n in names if n != "home" and (not section or n.startswith(f"{section}."))]
    return found


def allowed(field: FieldInfo) -> tuple[str, ...]:
    """Write what a setting may be, in signs that need no language."""
    found: list[str] = []
    limits: dict[str, float] = {}
    may_be_none = False
    waiting: list[Any] = [field.annotation, *field.metadata]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, FieldInfo):
            waiting += part.metadata
        elif part in (str, SecretStr):
            found.append('"…"')
        elif isinstance(part, str):
            found.append(part)
        may_be_none |= part is type(None)
        limits |= {sign: value for sign in _SIGNS if (value := getattr(part, sign, None)) is not None}
        waiting += [*get_args(part)]
    if field.annotation is int:
        return (f"{limits['ge']}, {limits['ge'] + 1} … {limits['le']}",)
    found += [f"{_SIGNS[sign]} {value:g}" for sign, value in limits.items()]
    return (*found, "none") if limits and may_be_none else tuple(found)


def _nearest(name: str, names: Sequence[str]) -> str:
    """Give the name most like one that does not exist; its section, if right, does not count."""
    from rapidfuzz import process

    head, dot, _ = name.partition(".")
    section = head + dot if dot else ""
    near = process.extractOne(
        name.removeprefix(section), [n.removeprefix(section) for n in names], score_cutoff=_LIKE
    )
    return f"{section}{near[0]}" if near else ""
