"""Who wrote to whom on which days: a mail log, message by message, made into pairs of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from graphkam.exchange.layout import is_endless
from graphkam.exchange.mail_addresses import Address, Kind, Sorter
from graphkam.exchange.mail_csv import read_csv
from graphkam.exchange.mail_lines import UNREADABLE, Bomb, Lines
from graphkam.exchange.mail_mbox import is_beginning, read_mbox
from graphkam.exchange.mail_message import Message
from graphkam.exchange.mail_tally import Tally

MOST_ADDRESSES = 1_000_000
"""Different people that one log may name."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Writer:
    """Somebody who wrote to, or was written to by, the other side."""

    address: str
    first: date
    last: date
    named: tuple[datetime, str] | None = None
    """The newest name, and when it was used."""

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


@dataclass(slots=True)
class Pair:
    """The days with messages between one of ours and one person."""

    out: set[date] = field(default_factory=set)
    """From ours to the person."""
    back: set[date] = field(default_factory=set)


@dataclass
class Log:
    """All that is kept of a mail log."""

    members: dict[str, Writer] = field(default_factory=dict)
    people: dict[str, Writer] = field(default_factory=dict)
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    """By the addresses of ours and of the person."""
    messages: int = 0
    kept: int = 0
    first: date | None = None
    """Day of the first message that is kept."""
    domains: dict[str, int] = field(default_factory=dict)
    """How many messages name each domain, as long as none of ours was met."""
    sha256: str = ""

    def add(self, ours: Address, person: Address, message: Message, *, is_out: bool) -> None:
        """Take in one message between two people."""
        pair = self.pairs.get((ours.address, person.address))
        if pair is None:
            pair = self.pairs[ours.address, person.address] = Pair()
        day = message.day
        (pair.out if is_out else pair.back).add(day)
        _meet(self.members, ours, day, message.at)
        _meet(self.people, person, day, message.at)
        if self.first is None or day < self.first:
            self.first = day


def _meet(writers: dict[str, Writer], who: Address, day: date, at: datetime) -> None:
    found = writers.get(who.address)
    if found is None:
        found = writers[who.address] = Writer(who.address, day, day)
    elif day < found.first:
        found.first = day
    elif day > found.last:
        found.last = day
    if who.name and (found.named is None or (at, who.name) > found.named):
        found.named = (at, who.name)


def read_log(path: Path, sorter: Sorter, tally: Tally, progress: Progress | None) -> Log:
    """Read a mail log once, from its first line to its last.

    Parameters
    ----------
    path
        A CSV file or an mbox, plain or gzip.
    sorter
        Tells who is ours.
    tally
        Where faults are counted.
    progress
        Told how many bytes of how many are read.

    Raises
    ------
    ImportRejected
        If the file cannot be read, or is no mail log.
    """
    log = Log()
    try:
        if is_endless(path):
            tally.error("not_a_file")
            tally.reject()
        with Lines(path, tally, progress) as lines:
            for message in _messages(lines, tally):
                _take(log, message, sorter, tally)
                if len(log.people) > MOST_ADDRESSES:
                    tally.error("mail_too_many", most=MOST_ADDRESSES)
                    break
            log.sha256 = lines.sha256
    except OSError as error:
        if isinstance(error, UNREADABLE):
            tally.error("mail_damaged")
        else:
            tally.error("not_opened", why=error.strerror or type(error).__name__)
    except UNREADABLE:
        tally.error("mail_damaged")
    except Bomb:
        tally.error("mail_bomb")
    tally.reject()
    log.messages += tally.dropped["robot"] + tally.dropped["unreadable"]
    return log


def _messages(lines: Iterable[tuple[int, str]], tally: Tally) -> Iterable[Message]:
    """Give the messages, whichever kind of log it is."""
    numbered = iter(lines)
    for number, text in numbered:
        if text.strip():
            first = (number, text)
            reader = read_mbox if is_beginning(text) else read_csv
            return reader(_with(first, numbered), tally)
    tally.error("mail_empty")
    return ()


def _with(first: tuple[int, str], rest: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _take(log: Log, message: Message, sorter: Sorter, tally: Tally) -> None:
    """Count a message once per pair of one of ours and one person, in the direction it went."""
    log.messages += 1
    if not message.is_zoned:
        tally.warn("mail_no_zone", message.line)
    senders = _sorted(message.senders, message.line, sorter, tally)
    recipients = _sorted(message.recipients, message.line, sorter, tally)
    met = False
    for one, other, is_out in ((senders, recipients, True), (recipients, senders, False)):
        for ours in one.get(Kind.OURS, ()):
            for person in other.get(Kind.PERSON, ()):
                log.add(ours, person, message, is_out=is_out)
                met = True
    if met:
        log.kept += 1
    else:
        tally.dropped[_reason(senders, recipients)] += 1
        if not log.members:
            _note_domains(log, (senders, recipients))


Sorted = Mapping[Kind, list[Address]]


def _sorted(texts: Iterable[str], line: int, sorter: Sorter, tally: Tally) -> Sorted:
    found: dict[Kind, list[Address]] = {}
    for text in texts:
        kind, address = sorter.sort(text)
        if address is None:
            if text.strip():
                tally.warn("mail_address", line, text)
            address = Address("")
        found.setdefault(kind, []).append(address)
    return found


def _reason(senders: Sorted, recipients: Sorted) -> str:
    """Tell why a message has no pair of one of ours and one person: the first reason that fits."""
    kinds = {*senders, *recipients}
    if not senders or not recipients or Kind.MALFORMED in kinds:
        return "address"
    for kind, reason in ((Kind.NOBODY, "nobody"), (Kind.FREE_MAIL, "free_mail")):
        if kind in kinds:
            return reason
    return "internal" if Kind.OURS in kinds else "outside"


def _note_domains(log: Log, sides: Iterable[Sorted]) -> None:
    for address in (a for side in sides for kind in side.values() for a in kind):
        if address.domain and len(log.domains) < MOST_ADDRESSES:
            log.domains[address.domain] = log.domains.get(address.domain, 0) + 1
