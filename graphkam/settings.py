"""Settings: every default of graphkam, in one place, visible and editable.

Read once at the edge (command line, app), from ``settings.toml`` in the data folder and from the
environment, then passed down. Never a global.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from graphkam.errors import SettingsError

FILE_NAME = "settings.toml"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnalysisSettings(_Section):
    """Defaults of the analyses (design: ``analyses.md``, last table)."""

    half_life: float | None = Field(default=180, gt=0, le=36_500, allow_inf_nan=False)
    """Days after which an untended contact tie has half its strength; None = no decay."""
    half_life_by_tier: Mapping[Literal["A", "B", "C"], float] = {}
    """Half-life of a tier, where it differs. Tier A/B/C = weight 4–5 / 2–3 / 1."""
    live_from: float = Field(default=1, gt=0, le=3, allow_inf_nan=False)
    """Least strength of a live tie (its level is at least 2 besides)."""
    theta: float = Field(default=0.5, gt=0, le=1, allow_inf_nan=False)
    """Share of the covered weight whose loss breaks the account."""
    key_weight: int = Field(default=4, ge=1, le=5)
    """Influence weight from which a stakeholder is key (deciders and vetoes are too)."""
    target_key: int = Field(default=2, ge=1, le=10)
    """Live ties wanted to a key stakeholder."""
    target_other: int = Field(default=1, ge=0, le=10)
    """Live ties wanted to any other."""
    departure_probability: float = Field(default=0.20, ge=0, le=1)
    """A year, of a member whose own is not given."""
    common_shock: float = Field(default=0.0, ge=0, le=1)
    """Probability that the whole team leaves together."""
    loss_rate: float = Field(default=0.176, ge=0, le=1)
    """Share of yearly sales lost with a departed contact (Shi et al. 2017: 13.2–17.6 %)."""
    seconds: float = Field(default=1.0, gt=0, le=3600)
    """Time that the search for the smallest breaking set may take."""
    top: int = Field(default=20, ge=1, le=100_000)
    """Rows shown of a long list; totals are always exact."""


class QuerySettings(_Section):
    """Limits of ``graphkam query``."""

    limit: int = Field(default=100, ge=1, le=1_000_000)
    """Rows shown at most."""
    timeout: float = Field(default=30, gt=0, le=3_600, allow_inf_nan=False)
    """Seconds that a query may take; then the database ends it."""


class StoreSettings(_Section):
    """Where the data are."""

    uri: str | None = None
    """None = the embedded database of the data folder."""
    user: str | None = None
    password: SecretStr | None = None
    database: str = "graphkam"
    idle_minutes: float = Field(default=10, gt=0, le=10_000)
    """After how long without a client the embedded database ends by itself."""


class Settings(_Section):
    """All settings, frozen."""

    home: Path
    """The data folder."""
    language: Literal["en", "fr"] = "en"
    user: str = "local"
    analysis: AnalysisSettings = AnalysisSettings()
    store: StoreSettings = StoreSettings()
    query: QuerySettings = QuerySettings()

    @model_validator(mode="after")
    def _absolute(self) -> Self:
        object.__setattr__(self, "home", self.home.expanduser().absolute())
        return self


def read_settings(environ: Mapping[str, str] | None = None, **options: Any) -> Settings:
    """Read the settings file of the data folder, then the environment, then the options given.

    Parameters
    ----------
    environ
        Environment; the process's own by default. ``GRAPHKAM_HOME`` names the data folder,
        ``GRAPHKAM_URI``, ``GRAPHKAM_USER`` and ``GRAPHKAM_PASSWORD`` a server, ``GRAPHKAM_LANG``
        the language.
    **options
        Settings of the analyses by name, and ``language``; None says nothing.

    Raises
    ------
    SettingsError
        If the file cannot be read, or a setting is unknown or out of range.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("GRAPHKAM_HOME") or user_data_path("graphkam", appauthor=False))
    values = _file_values(home / FILE_NAME)
    values["home"] = home
    store = dict(values.get("store") or {})
    for name in ("uri", "user", "password"):
        if given := env.get(f"GRAPHKAM_{name.upper()}"):
            store[name] = given
    analysis = dict(values.get("analysis") or {})
    language = options.pop("language", None) or env.get("GRAPHKAM_LANG") or values.get("language")
    if language:
        values["language"] = language
    analysis.update({name: value for name, value in options.items() if value is not None})
    if analysis.get("half_life") == "none":
        analysis["half_life"] = None
    return _checked(home, values | {"store": store, "analysis": analysis})


def _file_values(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError("settings_unreadable", file=str(path), why=str(error)) from error


def _checked(home: Path, values: Mapping[str, Any]) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(
                "settings_unknown", name=name, file=str(home / FILE_NAME), nearest=_nearest(name)
            ) from error
        raise SettingsError(
            "settings_refused", name=name, value=str(first["input"]), why=first["msg"]
        ) from error


def _nearest(name: str) -> str:
    from rapidfuzz import process

    known = [*Settings.model_fields]
    known += [f"analysis.{field}" for field in AnalysisSettings.model_fields]
    known += [f"store.{field}" for field in StoreSettings.model_fields]
    known += [f"query.{field}" for field in QuerySettings.model_fields]
    return str(process.extractOne(name, known)[0])
