"""Every fault of a file: collected, folded, told in the reader's language, never only the first.

A fault names its sheet and cell, what stands there, what is allowed and what is nearest. The codes
are keys of the catalogue (``problem.<code>``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graphkam.errors import ImportRejected, Param
from graphkam.model.base import Problem
from graphkam.text import Words, visible

SHOWN = 120
"""Longest value shown in a message."""
LISTED = 12
"""How many faults of the same kind in the same column are told one by one."""


class Place(NamedTuple):
    """Where something stands in a file."""

    sheet: str = ""
    cell: str = ""
    column: str = ""
    """Header of the column, as it stands in the file."""


class CellFault(Exception):
    """What one cell says cannot be used.

    Parameters
    ----------
    code
        What is wrong: a key of the catalogue under ``problem.``.
    allowed
        What would be right.
    nearest
        What may be meant.
    **params
        What the sentence names besides.
    """

    def __init__(
        self, code: str, *, allowed: Sequence[str] = (), nearest: Sequence[str] = (), **params: Param
    ) -> None:
        self.code = code
        self.allowed = tuple(allowed)
        self.nearest = tuple(nearest)
        self.params = params
        super().__init__(code)

    @classmethod
    def of(cls, code: str, params: Mapping[str, Param]) -> CellFault:
        """Make a fault that has only a sentence."""
        fault = cls(code)
        fault.params = dict(params)
        return fault


def shown(value: object) -> str:
    """Give a value of a file as a message shows it: on one line, and cut."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


class Faults:
    """Collects what is wrong with one file.

    Parameters
    ----------
    file
        Name of the file, without its folder.
    """

    def __init__(self, file: str) -> None:
        self.file = visible(file)
        self._found: list[Problem] = []

    def branch(self) -> Faults:
        """Give another collection that begins with what is here."""
        other = Faults(self.file)
        other._found = list(self._found)
        return other

    def error(self, code: str, place: Place = Place(), value: object = "", **params: Param) -> None:  # noqa: B008
        """Add a fault for which the file is refused."""
        self.add(CellFault.of(code, params), place, value)

    def warn(self, code: str, place: Place = Place(), value: object = "", **params: Param) -> None:  # noqa: B008
        """Add something to be said that does not stop the import."""
        self.add(CellFault.of(code, params), place, value, is_warning=True)

    def add(self, fault: CellFault, place: Place, value: object, *, is_warning: bool = False) -> None:
        """Add the fault of a cell."""
        self._found.append(
            Problem(
                code=fault.code,
                severity="warning" if is_warning else "error",
                file=self.file,
                sheet=place.sheet,
                cell=place.cell,
                column=place.column,
                value=shown(value),
                allowed=fault.allowed,
                nearest=fault.nearest,
                params=fault.params,
            )
        )

    @property
    def has_errors(self) -> bool:
        """Whether the file is to be refused."""
        return any(problem.severity == "error" for problem in self._found)

    @property
    def errors(self) -> int:
        """How many faults there are."""
        return sum(problem.severity == "error" for problem in self._found)

    def warnings(self) -> tuple[Problem, ...]:
        """Give what is to be said, same things folded."""
        return folded(problem for problem in self._found if problem.severity == "warning")

    def reject(self) -> None:
        """Refuse the file if it has faults.

        Raises
        ------
        ImportRejected
            With all faults and all warnings, faults first, in the order of the file.
        """
        if self.has_errors:
            ordered = sorted(folded(self._found), key=lambda problem: problem.severity != "error")
            raise ImportRejected(self.file, ordered)


def folded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Fold the same fault in several rows into one, and the last of a long list into one.

    The first keeps its place; ``count`` says how many there are.
    """
    same: tuple[object, ...]
    first: dict[tuple[object, ...], Problem] = {}
    counts: dict[tuple[object, ...], int] = {}
    listed: dict[tuple[object, ...], int] = {}
    for problem in problems:
        column = (problem.severity, problem.code, problem.sheet, problem.column)
        same = (*column, problem.value, tuple(problem.params.items()))
        if same not in first and listed.get(column, 0) >= LISTED:
            same = column
        if same in first:
            counts[same] += problem.count
        else:
            first[same] = problem
            counts[same] = problem.count
            listed[column] = listed.get(column, 0) + 1
    return tuple(p.model_copy(update={"count": counts[same]}) for same, p in first.items())


def told(problem: Problem, words: Words) -> str:
    """Give one line: place, what is wrong, what is allowed, what is nearest.

    Parameters
    ----------
    problem
        The fault.
    words
        The reader's language.
    """
    place = f"{problem.sheet}!{problem.cell}" if problem.cell and problem.sheet else problem.sheet
    place = visible(place or problem.file)
    if problem.count > 1:
        place = words.say("problem.frame.and_more", place=place, count=problem.count - 1)
    parts = [words.problem(problem)]
    if problem.allowed:
        parts.append(words.say("problem.frame.allowed", allowed=problem.allowed))
    if problem.nearest:
        parts.append(words.say("problem.frame.nearest", nearest=problem.nearest))
    return f"{place}  {' '.join(parts)}" if place else " ".join(parts)


def nearest(wanted: str, labels: Iterable[str], *, limit: int = 1) -> tuple[str, ...]:
    """Give the labels most like a text, case and accents aside; none if none is like it.

    Parameters
    ----------
    wanted
        What was written.
    labels
        What could be meant.
    limit
        How many at most.
    """
    from rapidfuzz import fuzz, process

    from graphkam.model.base import fold
    from graphkam.model.search import PROPOSED

    by_fold = {fold(label): label for label in labels}
    found = process.extract(
        fold(wanted), list(by_fold), scorer=fuzz.WRatio, limit=limit, score_cutoff=PROPOSED
    )
    return tuple(by_fold[name] for name, _, _ in found)
