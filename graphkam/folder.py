"""The data folder: where it is, what its settings file says, and the language to speak until that is checked.

It stands below the settings because help needs no more than this, and must not wait for their classes.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, get_args

from graphkam.errors import SettingsError

FILE_NAME = "settings.toml"
Language = Literal["en", "fr"]
_LANGUAGES = get_args(Language)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


def home_of(environ: Mapping[str, str]) -> Path:
    """Give the data folder that an environment names, or that of the user."""
    home = Path(environ.get("GRAPHKAM_HOME") or _of_the_user())
    with suppress(RuntimeError):  # there is no such user
        home = home.expanduser()
    return home.absolute()


def _of_the_user() -> Path:
    from platformdirs import user_data_path

    return user_data_path("graphkam", appauthor=False)


def read_file(path: Path) -> dict[str, Any]:
    """Read a settings file as it stands; one that is not there says nothing.

    Raises
    ------
    SettingsError
        If it cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError("settings_unreadable", file=str(path), why=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise SettingsError("settings_not_text", file=str(path)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place else len(path.read_text(encoding="utf-8").splitlines())
        raise SettingsError("settings_broken", file=str(path), line=line) from error


def chosen_language(environ: Mapping[str, str] | None = None) -> Language:
    """Give the language that no option needs to name, for what is said before the settings are read."""
    env = os.environ if environ is None else environ
    chosen: Any = env.get("GRAPHKAM_LANG")
    if chosen not in _LANGUAGES:
        with suppress(SettingsError):  # told when the settings are read
            chosen = read_file(home_of(env) / FILE_NAME).get("language")
    return "fr" if (chosen if chosen in _LANGUAGES else language_of_the_system(env)) == "fr" else "en"


def language_of_the_system(environ: Mapping[str, str]) -> Language:
    """Give the language that an environment asks of all programs; English if it is none of ours."""
    system = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "fr" if system.startswith("fr") else "en"
