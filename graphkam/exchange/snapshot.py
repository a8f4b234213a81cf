"""A portfolio in columns as a folder of Parquet files, one per table: saved, and read back after checks.

Any program that reads Parquet can read them, or write them: each file has the columns of its table in
:mod:`graphkam.graph.columns`. What comes from outside is checked before it is used: the tables and
columns, how much there is of it, that every index is inside its table, every level and weight in range.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from graphkam.errors import InputError
from graphkam.exchange.layout import save_into
from graphkam.graph.columns import TABLES, Columns, type_of
from graphkam.model.base import MAX_NAME, clean_name

if TYPE_CHECKING:
    import pyarrow as pa

ABOUT = "graphkam.json"
"""The file of the folder that says which day it is of."""
FORMAT = 1
MOST_ROWS = 50_000_000
"""Rows of a table that are read."""
MOST_BYTES = 4 * 1024**3
"""Bytes of a table, unpacked, that are read."""
_MOST_ABOUT = 10_000
_INDEX_OF = {"account": "accounts", "member": "members", "person": "people", "seat": "seats", "team": "team"}
_INDEX_OF |= {"business": "business"}
"""The table that a column of this name points into."""
_RANGES = {"level": (-1, 3), "weight": (0, 5), "day": (1, date.max.toordinal()), "amount": (-np.inf, np.inf)}
_ASCENDING = {"seats": ("account", "account"), "team": ("account", "account"), "ties": ("seat", "team")}
_OF_ONE_ACCOUNT = {
    "ties": (("seats", "seat"), ("team", "team")),
    "behind": (("seats", "seat"), ("business", "business")),
}
"""Tables whose two ends are of the same account."""


def save_snapshot(folder: Path, columns: Columns) -> None:
    """Write a portfolio, whole or not at all.

    Parameters
    ----------
    folder
        Where; made if it is not there. Other files in it are left alone.
    columns
        All accounts as of a day.

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = {}
    for name in TABLES:
        columns_of = {key: pa.array(values) for key, values in _arrays(columns, name).items()}
        stream = io.BytesIO()
        pq.write_table(
            pa.table(columns_of, schema=_schema(name)), stream, compression="zstd", write_page_checksum=True
        )
        files[f"{name}.parquet"] = stream.getvalue()
    about = {"format": FORMAT, "as_of": columns.as_of.isoformat()}
    files[ABOUT] = (json.dumps(about) + "\n").encode()
    save_into(folder, files)


def read_snapshot(folder: Path) -> Columns:
    """Read a portfolio.

    Parameters
    ----------
    folder
        Where :func:`save_snapshot` wrote it, or another program did.

    Raises
    ------
    InputError
        If there is none, or it is not one; it says which file and what is wrong.
    """
    as_of = _day(folder)
    tables = {name: _read(folder / f"{name}.parquet", name) for name in TABLES}
    sizes = {name: len(next(iter(table.values()))) for name, table in tables.items()}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        for column, values in table.items():
            if len(values) and not _is_fit(column, values, sizes):
                _refuse(path, "snapshot_out_of_range", column=column)
        if not _is_in_order(name, table):
            _refuse(path, "snapshot_out_of_order", column=_ASCENDING[name][0])
    for name, (one, other) in _OF_ONE_ACCOUNT.items():
        owners = (tables[table]["account"][tables[name][column]] for table, column in (one, other))
        if not np.array_equal(*owners):
            _refuse(folder / f"{name}.parquet", "snapshot_out_of_range", column=other[1])
    made: dict[str, Any] = {name: kind(**tables[name]) for name, kind in TABLES.items()}
    return Columns(as_of=as_of, **made)


def _arrays(columns: Columns, name: str) -> Mapping[str, NDArray[Any]]:
    table = getattr(columns, name)
    return {field.name: getattr(table, field.name) for field in fields(table)}


def _schema(name: str) -> pa.Schema:
    import pyarrow as pa

    def of(kind: np.dtype[Any]) -> pa.DataType:
        return pa.string() if kind.hasobject else pa.from_numpy_dtype(kind)

    return pa.schema([pa.field(key, of(kind), nullable=False) for key, kind in type_of(name).items()])


def _refuse(path: Path, key: str, **params: str | int) -> NoReturn:
    raise InputError(key, file=str(path), **params)


def _day(folder: Path) -> date:
    path = folder / ABOUT
    try:
        with path.open("rb") as stream:
            about = json.loads(stream.read(_MOST_ABOUT))
        if about["format"] > FORMAT:
            _refuse(path, "snapshot_newer")
        return date.fromisoformat(about["as_of"])
    except OSError as error:
        _refuse(path, "snapshot_unreadable", why=error.strerror or str(error))
    except (ValueError, TypeError, KeyError, RecursionError):
        _refuse(path, "snapshot_not_one")


def _read(path: Path, name: str) -> dict[str, NDArray[Any]]:
    """Read one table, if it is of a size and a shape that can be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if not path.is_file():
            _refuse(path, "snapshot_missing")
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            about, schema = file.metadata, _schema(name)
            size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
            if about.num_rows > MOST_ROWS or size > MOST_BYTES:
                _refuse(path, "snapshot_too_large")
            for field in schema:
                if file.schema_arrow.names.count(field.name) != 1:
                    _refuse(path, "snapshot_no_column", column=field.name)
            table = file.read(columns=schema.names).select(schema.names).cast(schema)
            table.validate(full=True)
            if any(column.null_count for column in table.columns):
                _refuse(path, "snapshot_not_one")
            return {key: _array(table.column(key), kind) for key, kind in type_of(name).items()}
    except OSError as error:
        _refuse(path, "snapshot_unreadable", why=error.strerror or "Parquet")
    except (pa.ArrowException, ValueError, MemoryError):
        _refuse(path, "snapshot_not_one")


def _array(column: pa.ChunkedArray, kind: np.dtype[Any]) -> NDArray[Any]:
    found: NDArray[Any] = column.to_numpy().astype(kind, copy=False)
    return found


def _is_fit(column: str, values: NDArray[Any], sizes: Mapping[str, int]) -> bool:
    """Tell whether no index of a column leads nowhere, and no value is out of its range."""
    if values.dtype.hasobject:
        texts = set(values.tolist())
        if max(map(len, texts)) > MAX_NAME:
            return False
        plain = {text for text in texts if text.isascii() and text.isprintable() and " " not in text}
        return all(clean_name(text) == text for text in texts - plain)
    low, high = _RANGES.get(column, (0, np.inf))
    if column in _INDEX_OF:
        low, high = (-1 if column == "person" else 0), sizes[_INDEX_OF[column]] - 1
    known = values[~np.isnan(values)]
    return not np.isinf(known).any() and (not len(known) or low <= known.min() <= known.max() <= high)


def _is_in_order(name: str, table: Mapping[str, NDArray[Any]]) -> bool:
    """Tell whether the entries stand in the order that is relied on."""
    if name not in _ASCENDING:
        return True
    major, minor = (table[key] for key in _ASCENDING[name])
    step = np.diff(major)
    return not ((step < 0) | ((step == 0) & (np.diff(minor) < 0))).any()
