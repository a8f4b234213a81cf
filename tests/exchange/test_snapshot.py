"""A portfolio in columns goes to a folder and comes back the same; what is not one is told in a sentence."""

import json
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graphkam.errors import InputError
from graphkam.exchange.snapshot import ABOUT, read_snapshot, save_snapshot
from graphkam.graph.columns import TABLES, columns
from graphkam.text import Words
from tests.analysis.accounts import BOW_TIE, DAY, centre, graph, member, seat, tie


@pytest.fixture
def saved(tmp_path):
    extra = [*centre("D", ["C1", "C2"], value=100), *centre("E", ["C3"]), member("KAM", capacity=3)]
    extra += [seat("C8", None), tie("SAV", "C8", None, last=None)]
    save_snapshot(tmp_path / "kept", columns([graph(BOW_TIE, extra=extra)], DAY))
    return tmp_path / "kept"


def rewritten(folder, table, column, change):
    """Change one column of a file."""
    path = folder / f"{table}.parquet"
    found = pq.read_table(path)
    values = change(found.column(column).to_pylist())
    made = pa.array(values, type=found.schema.field(column).type)
    pq.write_table(found.set_column(found.schema.names.index(column), column, made), path)


def told(folder):
    with pytest.raises(InputError) as refused:
        read_snapshot(folder)
    for language in ("en", "fr"):
        assert Words(language).error(refused.value).count("\n") == 0
    return refused.value.key.removeprefix("error.snapshot_"), refused.value.params.get("column")


def test_it_comes_back_the_same(saved):
    found = read_snapshot(saved)
    save_snapshot(saved.with_name("again"), found)
    again = read_snapshot(saved.with_name("again"))
    assert found.as_of == again.as_of == DAY
    for table in TABLES:
        for key, values in vars(getattr(found, table)).items():
            other = vars(getattr(again, table))[key]
            assert values.dtype == other.dtype
            assert np.array_equal(values, other, equal_nan=values.dtype == np.float64)
    assert found.ties.level.min() == -1
    assert found.seats.weight.min() == 0


def test_nothing_comes_back_as_nothing(tmp_path):
    save_snapshot(tmp_path, columns([], DAY))
    assert len(read_snapshot(tmp_path).accounts.id) == 0


def test_names_of_the_clients_people_are_not_in_it(saved):
    names = {f"p{name}" for name in BOW_TIE}
    found = read_snapshot(saved)
    assert set(found.people.id) == names
    texts = {
        t for table in TABLES for v in vars(getattr(found, table)).values() if v.dtype == object for t in v
    }
    assert not texts & set(BOW_TIE)


@pytest.mark.parametrize(
    ("table", "column", "change"),
    [
        ("ties", "seat", lambda v: [*v[:-1], 99]),
        ("ties", "team", lambda v: [-1, *v[1:]]),
        ("ties", "level", lambda v: [4, *v[1:]]),
        ("ties", "day", lambda v: [0, *v[1:]]),
        ("seats", "weight", lambda v: [6, *v[1:]]),
        ("seats", "account", lambda v: [*v[:-1], 1]),
        ("seats", "person", lambda v: [-2, *v[1:]]),
        ("team", "member", lambda v: [7, *v[1:]]),
        ("team", "days", lambda v: [-1.0, *v[1:]]),
        ("members", "capacity", lambda v: [float("inf"), *v[1:]]),
        ("members", "name", lambda v: ["\x1b[2J", *v[1:]]),
        ("accounts", "name", lambda v: ["x" * 501, *v[1:]]),
        ("business", "amount", lambda v: [float("inf"), *v[1:]]),
        ("behind", "business", lambda v: [9, *v[1:]]),
    ],
)
def test_what_cannot_be_is_told_with_its_column(saved, table, column, change):
    rewritten(saved, table, column, change)
    assert told(saved) == ("out_of_range", column)


def test_rows_out_of_order_are_told(saved):
    rewritten(saved, "ties", "seat", lambda v: v[::-1])
    assert told(saved) == ("out_of_order", "seat")


def test_other_folders_files_and_versions_are_told(saved, tmp_path):
    assert told(tmp_path / "nowhere")[0] == "unreadable"
    for text, key in (("{}", "not_one"), ("[" * 9_000, "not_one"), ("\ufffd", "not_one")):
        (tmp_path / ABOUT).write_text(text, encoding="utf-8")
        assert told(tmp_path)[0] == key
    (tmp_path / ABOUT).write_text(json.dumps({"format": 2, "as_of": "2026-11-23"}))
    assert told(tmp_path)[0] == "newer"
    (tmp_path / ABOUT).write_text(json.dumps({"format": 1, "as_of": "2026-11-23"}))
    assert told(tmp_path)[0] == "missing"
    (saved / "ties.parquet").write_bytes(b"PAR1 nothing of the kind PAR1")
    assert told(saved)[0] == "not_one"


def test_a_column_that_is_missing_twice_or_of_another_type_is_told(saved):
    path = saved / "seats.parquet"
    found = pq.read_table(path)
    pq.write_table(found.drop_columns(["weight"]), path)
    assert told(saved) == ("no_column", "weight")
    pq.write_table(found.append_column("weight", found.column("weight")), path)
    assert told(saved) == ("no_column", "weight")
    texts = pa.array(["heavy"] * found.num_rows)
    pq.write_table(found.set_column(found.schema.names.index("weight"), "weight", texts), path)
    assert told(saved)[0] == "not_one"
    nothing = pa.nulls(found.num_rows, pa.uint8())
    pq.write_table(found.set_column(found.schema.names.index("weight"), "weight", nothing), path)
    assert told(saved)[0] == "not_one"


def test_too_much_is_not_unpacked(saved, monkeypatch):
    monkeypatch.setattr("graphkam.exchange.snapshot.MOST_ROWS", 5)
    assert told(saved)[0] == "too_large"


def test_damaged_files_are_told_or_read(saved):
    """Bytes changed at random never end in anything but an answer or a sentence."""
    path, dice = saved / "ties.parquet", Random(1)  # noqa: S311 - bytes
    whole = path.read_bytes()
    refused = 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(bytes(data[: dice.randint(1, len(data))] if dice.random() < 0.2 else data))
        try:
            read_snapshot(saved)
        except InputError:
            refused += 1
    assert refused > 30
