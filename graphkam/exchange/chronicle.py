"""What was written of some records, by whom and when, in the words of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphkam.exchange.called import Called
from graphkam.exchange.lines import PlanLine, line
from graphkam.model.base import Frozen
from graphkam.model.changes import Operation, Version


class Entry(Frozen):
    """One record's becoming what it was, or its removal."""

    by: Operation | None
    """Who wrote it; None = before the history began, and nobody knows."""
    line: PlanLine


def chronicle(histories: Iterable[Sequence[Version]], called: Called) -> tuple[Entry, ...]:
    """Give what was written, newest first.

    Parameters
    ----------
    histories
        Of each record the forms it had, newest first.
    called
        What records are called.
    """
    found: list[Entry] = []
    for versions in histories:
        befores = [version.record for version in versions[1:]]
        for version, before in zip(versions, [*befores, None], strict=True):
            if version.is_removed:
                found.append(Entry(by=version.ended_by, line=line(version.record, None, called)))
            found.append(Entry(by=version.by, line=line(before, version.record, called)))
    return tuple(sorted(found, key=_revision, reverse=True))


def _revision(entry: Entry) -> int:
    return entry.by.revision if entry.by else -1
