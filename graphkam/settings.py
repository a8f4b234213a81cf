"""Settings: every default of graphkam, in one place, visible and editable.

Read once at the edge (command line, app), from ``settings.toml`` in the data folder and from the
environment, then passed down. Never a global.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from platformdirs import user_data_path
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from graphkam.errors import SettingsError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FILE_NAME = "settings.toml"
Language = Literal["en", "fr"]
Tier = Literal["A", "B", "C"]
"""Of a stakeholder: weight 4-5, 2-3 or 1."""
Days = Annotated[float, Field(gt=0, le=36_500, allow_inf_nan=False)]
_NoneByName = BeforeValidator(lambda days: None if days == "none" else days)
HalfLife = Annotated[Days | None, _NoneByName]
_STALE: Mapping[Tier, float] = {"A": 90, "B": 180, "C": 365}


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnalysisSettings(_Section):
    """Defaults of the analyses (design: ``analyses.md``, last table)."""

    half_life: Annotated[float | None, _NoneByName] = Field(default=180, gt=0, le=36_500, allow_inf_nan=False)
    """Days after which an untended contact tie has half its strength; None = no decay."""
    half_life_by_tier: Mapping[Tier, HalfLife] = {}
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
    stale_by_tier: Mapping[Tier, Days] = _STALE
    """Days without a contact after which a stakeholder of a tier is marked on the map."""
    susceptibility: float = Field(default=0.5, ge=0, le=1)
    """How far people give way to those who influence them: 0 = never, 1 = entirely."""
    reporting_strength: float = Field(default=0.0, ge=0, le=0.95)
    """Strength with which a boss influences a subordinate by rank alone; 0 = reporting is no influence."""
    decision_days: int = Field(default=90, ge=0, le=3_650)
    """Days before a decision from which thin coverage of its centre is warned of."""
    decision_cover: float = Field(default=0.5, ge=0, le=1)
    """C2 of a decision centre below which it is thin."""
    veto_from: int = Field(default=0, ge=0, le=2)
    """Least stance with which the holder of a veto lets a decision pass."""
    seconds: float = Field(default=1.0, gt=0, le=3600)
    """Time that the search for the smallest breaking set may take."""
    top: int = Field(default=20, ge=1, le=100_000)
    """Rows shown of a long list; totals are always exact."""

    @field_validator("stale_by_tier")
    @classmethod
    def _all_tiers(cls, given: Mapping[Tier, float]) -> Mapping[Tier, float]:
        return {**_STALE, **given}


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
    language: Language = "en"
    """The language of answers: from the option, the environment, the file, or the system's own."""
    user: str = "local"
    """Who you are, in the record of changes and on maps."""
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
    home = _home(env)
    values = _file_values(home / FILE_NAME)
    values["home"] = home
    store = dict(values.get("store") or {})
    for name in ("uri", "user", "password"):
        if given := env.get(f"GRAPHKAM_{name.upper()}"):
            store[name] = given
    analysis = dict(values.get("analysis") or {})
    values["language"] = options.pop("language", None) or _language(env, values)
    analysis.update({name: value for name, value in options.items() if value is not None})
    return _checked(home, values | {"store": store, "analysis": analysis})


def chosen_language(environ: Mapping[str, str] | None = None) -> Language:
    """Give the language that no option needs to name, for what is said before the settings are read."""
    env = os.environ if environ is None else environ
    try:
        language = _language(env, _file_values(_home(env) / FILE_NAME))
    except SettingsError:  # told when the settings are read
        language = _language(env, {})
    return "fr" if language == "fr" else "en"


def _home(env: Mapping[str, str]) -> Path:
    return Path(env.get("GRAPHKAM_HOME") or user_data_path("graphkam", appauthor=False))


def _language(env: Mapping[str, str], values: Mapping[str, Any]) -> Any:
    """Give what the environment or the file says, otherwise the system's own language."""
    system = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    own = "fr" if system.startswith("fr") else "en"
    return env.get("GRAPHKAM_LANG") or values.get("language") or own


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
        raise _refused(name, first) from error


def _refused(name: str, fault: ErrorDetails) -> SettingsError:
    """Tell what a setting may be, in signs that need no language."""
    signs = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
    limits = [f"{signs[key]} {limit:g}" for key, limit in fault.get("ctx", {}).items() if key in signs]
    allowed = limits or re.findall(r"'([^']+)'", str(fault.get("ctx", {}).get("expected", "")))
    key, value = ("settings_refused" if allowed else "settings_not_understood"), str(fault["input"])
    return SettingsError(key, name=name.removesuffix(".[key]"), value=value, allowed=tuple(allowed))


def _nearest(name: str) -> str:
    from rapidfuzz import process

    known = [*Settings.model_fields]
    known += [f"analysis.{field}" for field in AnalysisSettings.model_fields]
    known += [f"store.{field}" for field in StoreSettings.model_fields]
    known += [f"query.{field}" for field in QuerySettings.model_fields]
    return str(process.extractOne(name, known)[0])
