"""What the days of a mail log say of a contact tie (design: inputs.md, "The mail log", rule 5)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

WINDOW = timedelta(days=365)
"""The level looks at the days after ``as_of - WINDOW``, up to and including ``as_of``."""
REPEATED_MONTHS = 4
"""Calendar months with a message from which a two-way tie is trusted."""


def level_on(days_out: Sequence[date], days_in: Sequence[date], as_of: date) -> int:
    """Give the level of a tie on a day.

    Parameters
    ----------
    days_out, days_in
        Days with a message from us, and from them; in order.
    as_of
        The day.

    Returns
    -------
    int
        0 no message in the window; 1 at least one, one way only; 2 at least one each way; 3 both
        ways and in at least 4 different calendar months.
    """
    sent, received = _window(days_out, as_of), _window(days_in, as_of)
    if not sent and not received:
        return 0
    if not sent or not received:
        return 1
    months = {(day.year, day.month) for day in (*sent, *received)}
    return 3 if len(months) >= REPEATED_MONTHS else 2


def last_contact_on(days_out: Sequence[date], days_in: Sequence[date], as_of: date) -> date | None:
    """Give the newest day with a message up to and including a day; None if there is none."""
    latest = [days[i - 1] for days in (days_out, days_in) if (i := bisect_right(days, as_of))]
    return max(latest, default=None)


def _window(days: Sequence[date], as_of: date) -> Sequence[date]:
    return days[bisect_right(days, as_of - WINDOW) : bisect_right(days, as_of)]
