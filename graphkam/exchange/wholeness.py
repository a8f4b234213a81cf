"""What changes would break, asked before each write, wherever they come from.

A workbook is checked when it is read, with its cells. A plan from a file, or an edit, is checked here: a
file could say anything.
"""

from __future__ import annotations

from graphkam.model.base import Problem
from graphkam.model.changes import ChangeSet
from graphkam.model.integrity import Violation, check
from graphkam.model.records import RecordSet


def broken(known: RecordSet, changes: ChangeSet, *, file: str = "") -> tuple[Problem, ...]:
    """Give what would not hold any more after some changes, and held before.

    Parameters
    ----------
    known
        Whole accounts, all that the changes touch, with our own people and offerings.
    changes
        What is to be put and removed.
    file
        Where the changes come from.
    """
    found = violated(known, known.merged(changes.puts, changes.removals))
    return tuple(Problem(code=v.code, file=file, params=dict(v.params)) for v in found)


def violated(known: RecordSet, goal: RecordSet) -> tuple[Violation, ...]:
    """Give what does not hold of records as they are to be, and holds as they are."""
    found = [v for v in check(goal) if v.severity == "error"]
    before = set(check(known)) if found else set()
    return tuple(v for v in found if v not in before)
