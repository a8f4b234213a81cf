"""What one run of a command has: its settings, its words, its day, its screen."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from graphkam.errors import InputError
from graphkam.folder import chosen_language
from graphkam.text import LANGUAGES, Words

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console

    from graphkam.settings import Settings
    from graphkam.workspace import Progress, Workspace

_PIPED_WIDTH = 120
"""Columns of an answer that does not go to a terminal."""

_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)
"""What a terminal would obey or hide: in JSON it is written as an escape, which means the same."""

R = TypeVar("R", bound="BaseModel")


def as_json(answer: BaseModel | Mapping[str, Any]) -> str:
    """Give an answer for a program: JSON that no terminal obeys and that any encoding can write."""
    import json

    from pydantic_core import to_jsonable_python

    plain = to_jsonable_python(answer, inf_nan_mode="null")
    is_unicode = (sys.stdout.encoding or "").casefold().startswith("utf")
    text = json.dumps(plain, ensure_ascii=not is_unicode, indent=2)
    return _UNSEEN.sub(lambda found: json.dumps(found.group())[1:-1], text)


def startup_language() -> str:
    """Give the language of help and failures: ``--lang``, otherwise what environment or file says."""
    for i, word in enumerate(sys.argv):
        if word == "--lang" and i + 1 < len(sys.argv):
            return sys.argv[i + 1] if sys.argv[i + 1] in LANGUAGES else "en"
        if word.startswith("--lang="):
            return word[-2:] if word[-2:] in LANGUAGES else "en"
    return chosen_language()


def day(text: str | None) -> date:
    """Give the day of an option ``YYYY-MM-DD``; today where it says nothing.

    Raises
    ------
    InputError
        If it is not a day.
    """
    if text is None:
        return date.today()  # noqa: DTZ011 - the user's own calendar day
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("not_a_day", value=text) from error


class Session:
    """One run of a command.

    Parameters
    ----------
    settings
        Settings, options of the command line included.
    as_of
        The day that is looked at.
    is_json
        Whether the answer is for a program.
    is_explained
        Whether it says where its figures come from.
    """

    def __init__(self, settings: Settings, as_of: date, *, is_json: bool, is_explained: bool = False) -> None:
        self.settings = settings
        self.as_of = as_of
        self.is_json = is_json
        self.is_explained = is_explained
        self.words = Words(settings.language)

    @classmethod
    def begin(cls, options: Mapping[str, Any]) -> Session:
        """Begin a run from the common options of a command."""
        from graphkam.settings import read_settings

        rest = dict(options)
        as_of, is_json = day(rest.pop("as_of", None)), bool(rest.pop("json", False))
        is_explained = bool(rest.pop("explain", False))
        language = rest.pop("lang", None)
        if language is not None and language not in LANGUAGES:
            raise InputError("not_a_language", value=str(language))
        settings = read_settings(language=language, **rest)
        return cls(settings, as_of, is_json=is_json, is_explained=is_explained)

    @cached_property
    def console(self) -> Console:
        """The terminal for answers."""
        from rich.console import Console

        width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPED_WIDTH
        return Console(highlight=False, markup=False, emoji=False, width=width)

    @cached_property
    def notes(self) -> Console:
        """The terminal for everything that is not the answer."""
        from rich.console import Console

        return Console(stderr=True, highlight=False, markup=False, emoji=False)

    def open(self) -> Workspace:
        """Open the workspace."""
        from graphkam.workspace import Workspace

        workspace = Workspace.open(self.settings)
        if (done := workspace.migration) is not None:
            said = self.words.say("cli.migrated", before=done.before, after=done.after, file=str(done.backup))
            self.notes.print(said)
        return workspace

    def say(self, key: str, /, **params: Any) -> None:
        """Print the sentence of a key, unless the answer is for a program."""
        if not self.is_json:
            self.console.print(self.words.say(key, **params))

    def answer(self, found: R, show: Callable[[Session, R], None]) -> None:
        """Print an answer: as JSON for a program, otherwise as its function shows it."""
        if self.is_json:
            self.print_json(found)
        else:
            show(self, found)

    def print_json(self, answer: BaseModel | Mapping[str, Any]) -> None:
        """Print an answer for a program."""
        sys.stdout.write(as_json(answer) + "\n")

    @contextmanager
    def progress(self, key: str) -> Iterator[Progress]:
        """Show a progress bar on the terminal while something long goes on."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        bar = Progress(*columns, console=self.notes, transient=False)
        task = bar.add_task(self.words.say(key), total=None)

        def tell(done: int, total: int) -> None:
            bar.start()  # not before: of what is refused there is nothing to show
            bar.update(task, completed=done, total=total)

        try:
            yield tell
        finally:
            if bar.live.is_started:
                bar.stop()
