"""Messages of a CSV log: the columns ``at``, ``sender`` and ``recipient``, and no other is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from graphkam.exchange.mail_addresses import split_addresses
from graphkam.exchange.mail_message import Message, read_time
from graphkam.exchange.mail_tally import Tally
from graphkam.exchange.problems import nearest
from graphkam.model.base import fold

COLUMNS = ("at", "sender", "recipient")
DELIMITERS = ",;\t|"

Numbered = Iterator[tuple[int, str]]


class Heading:
    """Which columns of a CSV file are wanted, and what separates them.

    Parameters
    ----------
    line
        Number of the line with the headers.
    text
        That line.
    wanted
        The headers that must be there.
    tally
        Where faults are counted.

    Raises
    ------
    ImportRejected
        If one of the columns is missing or there twice.
    """

    def __init__(self, line: int, text: str, wanted: Sequence[str], tally: Tally) -> None:
        readings = {d: [fold(cell) for cell in split_row(text, d) or ()] for d in DELIMITERS}
        self.delimiter = max(readings, key=lambda d: sum(name in readings[d] for name in wanted))
        headers = readings[self.delimiter]
        for name in wanted:
            if headers.count(name) > 1:
                tally.error("mail_column_twice", line, name)
            elif name not in headers:
                near = nearest(name, [h for h in headers if h not in wanted and h])
                tally.error("mail_no_column", line, name, allowed=tuple(wanted), nearest=near)
        tally.reject()
        self.width = len(headers)
        self._places = [headers.index(name) for name in wanted]
        if ignored := tuple(h for h in headers if h and h not in wanted):
            tally.warn("mail_columns_not_read", line, ", ".join(ignored))
        self._tally = tally

    def row(self, line: int, text: str) -> list[str] | None:
        """Give the wanted cells of a line; None, and a fault, if it is not a row.

        Parameters
        ----------
        line
            Its number.
        text
            The line.
        """
        cells = split_row(text, self.delimiter)
        if cells is None:
            self._tally.drop("mail_quotes", line)
        elif "\0" in text:
            self._tally.drop("mail_nul", line)
        elif len(cells) < self.width or any(map(str.strip, cells[self.width :])):
            self._tally.drop("mail_ragged", line, wanted=self.width, found=len(cells))
        else:
            return [cells[place] for place in self._places]
        return None


def split_row(text: str, delimiter: str) -> list[str] | None:
    """Split one line of a CSV file; None if its quotation marks are not balanced.

    Each line stands alone: a quotation mark left open must not swallow the lines that follow.
    """
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None


def read_csv(lines: Numbered, tally: Tally) -> Iterator[Message]:
    """Give the messages of a CSV log; faulty rows are left out and counted.

    Parameters
    ----------
    lines
        The lines with their numbers.
    tally
        Where faults are counted.

    Raises
    ------
    ImportRejected
        If there is no heading with the three columns.
    """
    heading: Heading | None = None
    for number, text in lines:
        if not text.strip():
            continue
        if heading is None:
            heading = Heading(number, text, COLUMNS, tally)
        elif (row := heading.row(number, text)) is not None:
            at, sender, recipients = row
            if (time := read_time(at)) is None:
                tally.drop("mail_no_time", number, at)
            else:
                yield Message(number, *time, (sender,), tuple(split_addresses(recipients, ";")))
