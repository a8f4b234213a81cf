"""What is known of one message: when, from whom, to whom; and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1971, 2199
"""Years in which a mail may have been sent; others come from a clock that was not set."""

_OF_A_HEADER = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s.{5,}")
_LONGEST = 100


class Message(NamedTuple):
    """One message, or one row of a log."""

    line: int
    """Where it stands in the file."""
    at: datetime
    """When it was sent, UTC."""
    is_zoned: bool
    """Whether the file says in which zone its time is."""
    senders: tuple[str, ...]
    """Addresses as they are written."""
    recipients: tuple[str, ...]

    @property
    def day(self) -> date:
        """Day on which it was sent, UTC."""
        return self.at.date()


def read_time(text: str) -> tuple[datetime, bool] | None:
    """Read a time: ISO 8601, or as in the header of a mail; None if it is neither.

    Parameters
    ----------
    text
        What was written. A time without a zone is UTC.

    Returns
    -------
    tuple of datetime and bool, or None
        The time in UTC, and whether its zone was given.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        time = parsedate_to_datetime(text) if _OF_A_HEADER.match(text) else datetime.fromisoformat(text)
        is_zoned = time.tzinfo is not None
        time = time.astimezone(UTC) if is_zoned else time.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return (time, is_zoned) if FIRST_YEAR <= time.year <= LAST_YEAR else None
