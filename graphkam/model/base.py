"""What every record, every result, every finding and every import problem has."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from graphkam.errors import Param

MAX_TEXT = 32_767
"""Longest text of one field, in characters: what one Excel cell holds."""

MAX_NAME = 500
"""Longest name or title, in characters."""

_KEPT_FORMAT_CHARACTERS = {"\u200c", "\u200d"}  # joiners: needed by Persian, Hindi and emoji
_LINE_BREAKS = {"\n", "\t"}


def clean(text: str) -> str:
    """Give the text in one canonical form, without characters that cannot be seen.

    Parameters
    ----------
    text
        Any text from outside.

    Returns
    -------
    str
        NFC; control, zero-width, direction and surrogate characters removed (line breaks and tabs
        stay); outer white space stripped. Letters are never changed or guessed.
    """
    if text.isprintable():  # the same, sooner: nearly every text
        return unicodedata.normalize("NFC", text).strip()
    kept = (
        c
        for c in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if c in _LINE_BREAKS
        or c in _KEPT_FORMAT_CHARACTERS
        or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return "".join(kept).strip().strip("\u200c\u200d")


def clean_name(text: str) -> str:
    """Give the text cleaned and on one line."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Give the text without case or accents, for comparing and for ordering names."""
    if text.isascii():
        return " ".join(text.casefold().split())
    # Taking a sign apart can bring out capitals again: a mathematical letter is one.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.replace("\u0142", "l").replace("\u00f8", "o").replace("\u0131", "i").split())


def _is_partial_day(value: str) -> str:
    date.fromisoformat(value if len(value) == len("2026-11-23") else f"{value}-01")
    return value


def _days(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return tuple(date.fromisoformat(v) if isinstance(v, str) else v for v in value)
    return value


Name = Annotated[str, AfterValidator(clean_name), Field(min_length=1, max_length=MAX_NAME)]
Text = Annotated[str, AfterValidator(clean), Field(max_length=MAX_TEXT)]
PartialDay = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$"), AfterValidator(_is_partial_day)]
"""A day, or a month when the day is not known: ``2026-11-23`` or ``2026-11``."""
Days = Annotated[tuple[date, ...], BeforeValidator(_days)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
OneToFive = Annotated[int, Field(ge=1, le=5)]
ZeroToFive = Annotated[int, Field(ge=0, le=5)]
Ids = tuple[str, ...]


def first_day(day: str) -> date:
    """Give the earliest day that a partial day can mean."""
    return date.fromisoformat(day if len(day) > len("2026-11") else f"{day}-01")


def last_day(day: str) -> date:
    """Give the latest day that a partial day can mean."""
    if len(day) > len("2026-11"):
        return date.fromisoformat(day)
    year, month = int(day[:4]), int(day[5:7])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def is_valid_on(as_of: date, *, since: str | None, until: str | None) -> bool:
    """Tell whether a fact dated from ``since`` to ``until`` (both included) holds on a day.

    An imprecise month is read generously: from its first day, or until its last.
    """
    if since is not None and first_day(since) > as_of:
        return False
    return until is None or last_day(until) >= as_of


class Node:
    """How a record is kept in the graph: as a node with a label.

    Parameters
    ----------
    label
        Label of the node.
    references
        For each field that holds an id (or ids) of another record: the type of the relationship
        that leads to it.
    """

    def __init__(self, label: str, **references: str) -> None:
        self.label = label
        self.references: Mapping[str, str] = references


class Tie:
    """How a record is kept in the graph: as a relationship.

    Parameters
    ----------
    type
        Type of the relationship.
    start, end
        Fields that hold the ids of the two ends.
    """

    def __init__(self, type: str, start: str, end: str) -> None:  # noqa: A002 - Neo4j's own word
        self.type = type
        self.start = start
        self.end = end


class Frozen(BaseModel):
    """Base of everything that is handed out: never changed after it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entity(Frozen):
    """A stored record."""

    GRAPH: ClassVar[Node | Tie]

    id: str = Field(min_length=1, max_length=200)
    version: int = 0
    """Revision of the store that last wrote it; 0 = not stored yet."""
    origin: str = ""
    """Where the record comes from: file, sheet and row; mail log; or the user."""
    updated_at: str = ""
    """When it was last written, UTC, ISO 8601."""


class AccountEntity(Entity):
    """A stored record that belongs to one account."""

    account_id: str


def said(record: Entity | None, field: str) -> Any:
    """Give what a record says in a field; None where its kind has no such field, or there is no record.

    Pydantic takes fifty times as long to say that something is not there as to give what is.
    """
    return None if record is None else record.__dict__.get(field)


class Severity(StrEnum):
    """How much a finding matters, worst last."""

    INFO = "info"
    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"


class Finding(Frozen):
    """One thing an analysis noticed: a code, whom it is about, and numbers; never a sentence.

    The sentence is ``finding.<code>`` of the message catalogue, filled from ``params``.
    """

    code: str
    severity: Severity
    subjects: Ids = ()
    """Ids of the people, seats, units, centres or members it is about."""
    evidence: Ids = ()
    """Ids of the records it rests on."""
    params: Mapping[str, Param] = {}
    """Numbers and names that the sentence shows."""


class Interval(Frozen):
    """A figure that rests on unknown facts: its point value and what it could be."""

    value: float | None
    low: float | None
    high: float | None


class Term(Frozen):
    """One addend: what :class:`Explained` sums."""

    figure: str
    """Name of the sum it belongs to."""
    subject: str
    """Id of the position, tie or centre."""
    name: str
    value: float
    weight: float | None = None
    because: Ids = ()
    """Ids of the members or records that make it count."""


class Explained(Frozen):
    """Where a figure comes from: the sum of some terms, over the sum of others if it is a share."""

    figure: str
    """Its place in the result: ``c2.low``, ``members[CV].share``."""
    value: float | None
    terms: str
    """The ``figure`` of the terms that are summed."""
    over: str | None = None
    """The ``figure`` of the terms that it is a share of; null = it is the sum itself."""


class Result(Frozen):
    """What an analysis answers."""

    account: str
    as_of: date
    findings: tuple[Finding, ...] = ()
    explained: tuple[Explained, ...] = ()
    """Where its figures come from, if asked for."""
    terms: tuple[Term, ...] = ()
    """What they are summed from, if asked for."""


class Problem(Frozen):
    """One fault of a file, with its place and its mend."""

    code: str
    severity: Literal["error", "warning"] = "error"
    file: str = ""
    sheet: str = ""
    cell: str = ""
    """Cell (``C8``) of a workbook, line (``L8``) of a text file, or empty."""
    column: str = ""
    value: str = ""
    allowed: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    count: int = 1
    """How many rows have the same fault."""
    params: Mapping[str, Param] = {}
