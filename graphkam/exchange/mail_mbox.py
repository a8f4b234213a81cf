"""Messages of an mbox: From, To, Cc, Date and what betrays a list or a robot; nothing else is kept.

Lines are looked at one by one. Those of other headers (the subject among them) and of the bodies are
dropped as they pass, before any of them is put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from graphkam.exchange.mail_addresses import split_addresses
from graphkam.exchange.mail_message import Message, read_time
from graphkam.exchange.mail_tally import Tally

_BEGINNING = re.compile(r"From \S.*\d\d:\d\d.*\d{4}")
"""The line before each message; a sentence of a body that begins with From has no time and year."""
_LONGEST_BEGINNING = 500
_HEADER = re.compile(r"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_KEPT = frozenset({"from", "to", "cc", "date", "precedence", "auto-submitted"})
_LISTS = re.compile(r"list-(?:id|post|unsubscribe|subscribe|help|owner|archive)")
_TO_MANY = frozenset({"bulk", "list", "junk"})
_COMMENTS = re.compile(r"\([^()]*\)")
_LONGEST = 1 << 20
"""Characters of all kept headers of one message."""

Numbered = Iterator[tuple[int, str]]


def is_beginning(line: str) -> bool:
    """Tell whether a line is the one before a message of an mbox."""
    return len(line) <= _LONGEST_BEGINNING and _BEGINNING.match(line) is not None


class _Head:
    """The kept headers of one message."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.headers: dict[str, list[str]] = {}
        self.is_of_list = False
        self.is_broken = False
        self._current: list[str] | None = None
        self._size = 0

    def add(self, text: str) -> None:
        """Take in one line: the start of a header, or more of the one before."""
        if text[0] in " \t":
            if self._current is not None:
                self._append(" " + text.strip())
            return
        match = _HEADER.fullmatch(text)
        self._current = None
        if match is None:
            self.is_broken = True
            return
        name = match[1].lower()
        if _LISTS.fullmatch(name):
            self.is_of_list = True
        elif name in _KEPT:
            self._current = self.headers.setdefault(name, [])
            self._current.append("")
            self._append(match[2].strip())

    def _append(self, text: str) -> None:
        self._size += len(text)
        if self._current is not None and self._size <= _LONGEST:
            self._current[-1] += text
        else:
            self.is_broken = True

    @property
    def is_robot(self) -> bool:
        """Whether a list or a machine sent it."""
        submitted = self.headers.get("auto-submitted", ["no"])[0].partition(";")[0].strip().lower()
        precedence = self.headers.get("precedence", [""])[0].strip().lower()
        return self.is_of_list or submitted not in {"no", ""} or precedence in _TO_MANY


def read_mbox(lines: Numbered, tally: Tally) -> Iterator[Message]:
    """Give the messages of an mbox that people wrote; faulty ones are left out and counted.

    Parameters
    ----------
    lines
        The lines with their numbers.
    tally
        Where faults, and messages of lists and robots, are counted.
    """
    for head in _heads(lines):
        if head.is_robot:
            tally.dropped["robot"] += 1
        elif (message := _message(head, tally)) is not None:
            yield message


def _heads(lines: Numbered) -> Iterator[_Head]:
    head: _Head | None = None
    is_head, after_blank = False, True
    for number, text in lines:
        if after_blank and is_beginning(text):
            if head is not None:
                yield head
            head, is_head = _Head(number), True
        elif is_head and head is not None:
            if text and not text.isspace():
                head.add(text)
            else:
                is_head = False
        after_blank = not text
    if head is not None:
        yield head


def _message(head: _Head, tally: Tally) -> Message | None:
    if head.is_broken:
        tally.warn("mail_broken_header", head.line)
    date = _COMMENTS.sub("", head.headers.get("date", [""])[0])
    if (time := read_time(date)) is None:
        tally.drop("mail_no_time", head.line, date)
        return None
    recipients = (*_addresses(head, "to"), *_addresses(head, "cc"))
    return Message(head.line, *time, tuple(_addresses(head, "from")), recipients)


def _addresses(head: _Head, name: str) -> Iterator[str]:
    for header in head.headers.get(name, ()):
        for part in split_addresses(header, ",;"):
            text = part.strip()
            if "<" not in text and text.endswith(":") and "@" not in text:
                continue  # the name of a group without members: undisclosed-recipients:;
            yield _decoded(text)


def _decoded(text: str) -> str:
    """Decode the name beside an address; as it stands where that fails."""
    name, bracket, rest = text.partition("<")
    if "=?" not in name:
        return text
    try:
        plain = str(make_header(decode_header(name.strip().strip('"'))))
    except (HeaderParseError, LookupError, ValueError):
        return text
    # What was hidden in the name must not look like an address.
    return "".join(c for c in plain if c not in "<>") + bracket + rest
