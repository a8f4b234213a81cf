"""Every error graphkam raises on purpose.

Each carries a catalogue key and its parameters, never a finished sentence: ``graphkam.text`` makes
the sentence in the reader's language, so terminal, page and log cannot disagree.

::

    GraphkamError                       exit code 1: a failure of ours or of the machine
    ├── StoreError                      the database
    │   ├── StoreUnavailable            cannot be started or reached
    │   ├── StoreRefused                reached, but refuses us (password, rights, foreign process)
    │   ├── StoreDamaged                the data folder does not pass its check
    │   ├── StoreTooNew                 written by a newer graphkam; left untouched
    │   └── WriteConflict               somebody else changed the same record first
    └── InputError                      exit code 2: what was asked or given cannot be used
        ├── ImportRejected              a file with problems, all of them listed
        ├── NotFound                    no such account, person, member …; the nearest are named
        ├── Ambiguous                   several fit; the candidates are named
        ├── SettingsError               a settings file or option out of range
        └── NotAllowed                  the policy does not let this user do that
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkam.model.base import Problem
    from graphkam.model.changes import Overtaken
    from graphkam.text import Words


class Told(Protocol):
    """Something that says itself in the reader's words."""

    def told(self, words: Words) -> str:
        """Say it."""
        ...


Param = str | int | float | date | tuple[str, ...] | None
"""What a sentence may name."""


class GraphkamError(Exception):
    """Something that graphkam can explain to its user.

    Parameters
    ----------
    key
        Key of the sentence in the message catalogue, under ``error.``.
    params
        What the sentence names.
    """

    exit_code = 1

    def __init__(self, key: str, **params: Param | Told) -> None:
        self.key = f"error.{key}"
        self.params: Mapping[str, Param | Told] = params
        super().__init__(f"{self.key} {params}" if params else self.key)

    def told(self, words: Words) -> str:
        """Give the sentence, for another that tells of what came of it."""
        return words.error(self)


class StoreError(GraphkamError):
    """The database failed."""


class StoreUnavailable(StoreError):
    """The database cannot be started or reached."""


class StoreRefused(StoreError):
    """The database answers but refuses us."""


class StoreDamaged(StoreError):
    """The data folder does not pass its check."""


class StoreTooNew(StoreError):
    """The database was written by a newer graphkam and is left untouched."""


class WriteConflict(StoreError):
    """A record was changed by somebody else since it was read.

    Parameters
    ----------
    key, params
        The sentence and what it names.
    overtaken
        The record, before and now, and who did it; None = nobody knows.
    """

    def __init__(self, key: str, *, overtaken: Overtaken | None = None, **params: Param | Told) -> None:
        self.overtaken = overtaken
        super().__init__(key, **params)


class InputError(GraphkamError):
    """What was asked or given cannot be used."""

    exit_code = 2


class ImportRejected(InputError):
    """A file was refused whole.

    Parameters
    ----------
    file
        Name of the file, without its folder.
    problems
        All problems found, in the order of the file; at least one is an error.
    key
        What is said of it: what was typed in a grid is no file to its reader.
    """

    def __init__(self, file: str, problems: Sequence[Problem], *, key: str = "import_rejected") -> None:
        self.problems = tuple(problems)
        errors = sum(problem.count for problem in self.problems if problem.severity == "error")
        super().__init__(key, file=file, count=errors)


class NotFound(InputError):
    """Nothing has that name."""


class Ambiguous(InputError):
    """Several things have that name."""


class SettingsError(InputError):
    """A settings file or option cannot be used."""


class NotAllowed(InputError):
    """The policy does not let this user do that."""
