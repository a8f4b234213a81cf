"""One sheet of an account, to be edited in a grid, and what was edited, read as a file that we exported.

So an edit in the grid is understood, checked and brought together with what others wrote meanwhile in the
very way in which a workbook is: a blank clears, another name in a row of positions is a change of
holder, a conflict says who, what and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from graphkam.errors import ImportRejected
from graphkam.exchange.book import OPERATION as MADE_BY
from graphkam.exchange.book import REVISION as SHOWS
from graphkam.exchange.flat import rows_of
from graphkam.exchange.identity import KEYS
from graphkam.exchange.layout import OPERATION, REVISION, Cell, Row, ordered
from graphkam.exchange.naming import Naming, kinds_meant
from graphkam.exchange.problems import Faults
from graphkam.exchange.rows import read_tables
from graphkam.exchange.source import Raw, Sheet, Source
from graphkam.model.base import Problem, fold
from graphkam.model.records import RecordSet
from graphkam.model.table import Column, kind_of
from graphkam.model.vocabulary import choices

_NOT_TYPED = frozenset({"id", "days", "statements", "emails"})
"""Types of columns that nobody edits here."""
SEVERAL = "; "
"""Between several values of one cell."""
_CALLED = (("first_name", "last_name"), ("name",), ("member",), ("position",), ("person",), ("title",))
"""Columns that say whom or what a row is about."""
_FIRST_ROW = 2
"""Number of the first row below the headings."""


class Grid(NamedTuple):
    """One sheet of one account."""

    sheet: str
    account_id: str
    language: str
    columns: tuple[Column, ...]
    """Those that can be edited, in the order of the workbook."""
    rows: tuple[Row, ...]
    """What each row says, by key of column."""
    options: Mapping[str, tuple[str, ...]]
    """What a column takes, where that is a list."""
    revision: int
    operation: str
    """Id of the write that made the revision."""


class Edits(NamedTuple):
    """What was done in a grid."""

    changed: Mapping[int, Mapping[str, Raw]]
    """What cells say now, by place of the row and key of the column; None = nothing."""
    added: Sequence[Mapping[str, Raw]] = ()
    deleted: Sequence[int] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done."""
        return not (self.changed or any(self.added) or self.deleted)

    @property
    def rows(self) -> int:
        """How many rows say something else."""
        return len(self.changed) + sum(map(bool, self.added)) + len(self.deleted)


NOTHING = Edits({})
"""Nothing was done."""


def grid(
    records: RecordSet, sheet: str, account_id: str, *, language: str, today: date, stands: tuple[int, str]
) -> Grid:
    """Give a sheet of an account.

    Parameters
    ----------
    records
        The account, with our own people and offerings.
    sheet
        Key of the sheet.
    account_id
        Id of the account.
    language
        Language of headers and labels.
    today
        The day whose holders stand in the rows of positions.
    stands
        Revision of the store that the records stand at, and id of the write that made it.
    """
    columns = tuple(c for c in ordered(sheet) if c.type not in _NOT_TYPED and c.key != "account")
    naming = Naming(records, today)
    return Grid(
        sheet=sheet,
        account_id=account_id,
        language=language,
        columns=columns,
        rows=tuple(rows_of(records, language=language, today=today)[sheet]),
        options={c.key: options for c in columns if (options := _options(c, records, naming, language))},
        revision=stands[0],
        operation=stands[1],
    )


def _options(column: Column, records: RecordSet, naming: Naming, language: str) -> tuple[str, ...]:
    if column.type in {"enum", "enums"}:
        return tuple(choice.label(language) for choice in choices(column.allowed))
    if column.type not in {"ref", "refs"}:
        return ()
    names = {naming.refer(record.id, column) for kind in kinds_meant(column) for record in records.of(kind)}
    return tuple(sorted(names, key=lambda name: (fold(name), name)))


def edited(shown: Grid, edits: Edits) -> Source:
    """Give what was edited as a file that shows the store as the grid did.

    Rows keep their places, so that a problem's cell is that of the grid; rows left alone are blank. A
    tie has no id of its own but its ends: other ends are another tie, and the one before goes.
    """
    columns = [c for c in ordered(shown.sheet) if c.type not in _NOT_TYPED - {"id"}]
    keys = [*(c.key for c in columns), OPERATION, REVISION]
    header: list[Raw] = [*(c.header(shown.language) for c in columns), OPERATION, REVISION]
    rows: list[Mapping[str, Raw]] = [{} for _ in shown.rows]
    more: list[Mapping[str, Raw]] = []
    for place, cells in edits.changed.items():
        before: dict[str, Raw] = {key: _raw(value) for key, value in shown.rows[place].items()}
        if _is_another(shown, before, cells):
            rows[place] = {**before, OPERATION: "delete"}
            more.append({**before, **cells, REVISION: None})
        else:
            rows[place] = {**before, **cells}
    for place in edits.deleted:
        rows[place] = {**{k: _raw(v) for k, v in shown.rows[place].items()}, OPERATION: "delete"}
    own = {"account": shown.account_id} if any(c.key == "account" for c in columns) else {}
    rows += [{**own, **row} for row in edits.added if any(v not in {None, ""} for v in row.values())]
    rows += more
    name = columns[0].sheet_name(shown.language)
    sheet = Sheet(name, [header, *([row.get(key) for key in keys] if row else [] for row in rows)])
    properties = {SHOWS: str(shown.revision), MADE_BY: shown.operation}
    return Source(name, (sheet,), properties, "")


def misread(shown: Grid, edits: Edits) -> tuple[Problem, ...]:
    """Give the cells that cannot be understood, whatever the store says: they would be refused."""
    source = edited(shown, edits)
    faults = Faults(source.name)
    read_tables(source, faults)
    try:
        faults.reject()
    except ImportRejected as refused:
        return in_the_grid(shown, edits, refused.problems)
    return ()


def in_the_grid(shown: Grid, edits: Edits, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give problems with what their rows are called: the grid does not show the number that a cell has."""
    rows: list[Mapping[str, object]] = [*shown.rows, *(row for row in edits.added if any(row.values()))]
    return tuple(_called(rows, problem) for problem in problems)


def _called(rows: Sequence[Mapping[str, object]], problem: Problem) -> Problem:
    place = int("".join(filter(str.isdigit, problem.cell)) or 0) - _FIRST_ROW
    if not 0 <= place < len(rows):
        return problem
    said = ("\u00a0".join(str(rows[place].get(key) or "") for key in keys).strip() for keys in _CALLED)
    called = " \u00b7 ".join(filter(None, said))
    return problem.model_copy(update={"file": called, "sheet": "", "cell": ""}) if called else problem


def _is_another(shown: Grid, before: Mapping[str, Raw], cells: Mapping[str, Raw]) -> bool:
    """Tell whether a row without an id speaks of something else now."""
    columns = ordered(shown.sheet)
    if any(c.key == "id" for c in columns):
        return False
    natural = {field for names in KEYS[kind_of(columns[0])][:1] for field in names}
    return any(c.field in natural and c.key in cells and cells[c.key] != before.get(c.key) for c in columns)


def _raw(value: Cell) -> Raw:
    """Give a value of a row as a file would hold it."""
    return value if isinstance(value, (str, date)) else float(value)
