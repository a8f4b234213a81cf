"""What can be said of commands before any is loaded: their help, and the names of what they share."""

from __future__ import annotations

from graphkam.cli.session import startup_language
from graphkam.text import catalogue

_HELP = catalogue(startup_language(), "help")

LANG, AS_OF, JSON, EXPLAIN = "lang", "as_of", "json", "explain"
SETTINGS = "settings"
"""All settings of the analyses."""
FOR_ALL = (LANG,)
FOR_FILES = (LANG, AS_OF, JSON)
FOR_QUESTIONS = (LANG, AS_OF, JSON, EXPLAIN, SETTINGS)


def told(key: str) -> str:
    """Give the help text of a command or option."""
    return _HELP[f"cli.help.{key}"]
