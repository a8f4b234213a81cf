"""A workbook is read in a process of its own, a CSV folder is read as if it were one."""

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from graphkam.errors import ImportRejected
from graphkam.exchange import guard, reader
from graphkam.exchange.problems import Faults
from graphkam.exchange.reader import read_source


def read(path):
    faults = Faults(path.name)
    source = read_source(path, faults)
    return source, [p.code for p in faults.warnings()]


def refused(path):
    with pytest.raises(ImportRejected) as caught:
        read(path)
    [problem] = caught.value.problems
    return problem.code


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(made) as workbook:
        workbook.set_custom_property("graphkam.revision", "7")
        sheet = workbook.add_worksheet("Accounts")
        sheet.write_string("C4", "Acmé\n=1+1")
        sheet.write_number("D4", 18_400_000)
        sheet.write_boolean("E4", boolean=True)
        sheet.write_datetime("F4", date(2026, 11, 23), workbook.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_formula("G4", "=1+1", None, 2)
    return made


def test_cells_keep_their_place_and_kind(path):
    source, told = read(path)
    assert source.sheets[0].rows[3] == ["", "", "Acmé\n=1+1", 18_400_000.0, True, date(2026, 11, 23), 2.0]
    assert [any(row) for row in source.sheets[0].rows] == [False, False, False, True]
    assert source.properties["graphkam.revision"] == "7"
    assert told == []


def test_what_is_said_is_what_was_read(path):
    first, _ = read(path)
    path.write_bytes(path.read_bytes() + b"\0")
    assert len(first.sha256) == 64
    assert read(path)[0].sha256 != first.sha256


def test_a_reader_that_dies_is_a_file_that_cannot_be_read(path, tmp_path, monkeypatch):
    killer = tmp_path / "killer.py"
    killer.write_text("import os; os.abort()", encoding="utf-8")
    monkeypatch.setattr(reader.child, "__file__", str(killer))
    assert refused(path) == "unreadable"


def test_a_reader_that_talks_nonsense(path, tmp_path, monkeypatch):
    liar = tmp_path / "liar.py"
    liar.write_text("print('[[')", encoding="utf-8")
    monkeypatch.setattr(reader.child, "__file__", str(liar))
    assert refused(path) == "unreadable"


def test_a_reader_that_does_not_end(path, tmp_path, monkeypatch):
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)", encoding="utf-8")
    monkeypatch.setattr(reader.child, "__file__", str(sleeper))
    monkeypatch.setattr(reader, "SECONDS", 0.5)
    assert refused(path) == "too_slow"


def test_the_child_has_limits_of_its_own(path):
    pytest.importorskip("resource")
    greedy = "import runpy, sys; sys.argv = ['child']; m = runpy.run_path(sys.stdin.readline().strip()); "
    greedy += "m['_limit'](); bytearray(3 * 1024**3)"
    command = [reader.sys.executable, "-I", "-c", greedy]
    done = subprocess.run(
        command, input=f"{reader.child.__file__}\n".encode(), capture_output=True, check=False
    )
    assert done.returncode != 0
    assert b"MemoryError" in done.stderr


def test_files_that_are_not_there_or_too_large(path, tmp_path, monkeypatch):
    assert refused(tmp_path / "nothing.xlsx") == "not_opened"
    monkeypatch.setattr(guard, "MAX_FILE", 100)
    assert refused(path) == "too_large"


def test_a_single_csv_is_not_an_account(tmp_path):
    (tmp_path / "accounts.csv").write_text("Account;Status\n", encoding="utf-8")
    assert refused(tmp_path / "accounts.csv") == "single_csv"


# ---------------------------------------------------------------------- CSV folders


def folder(tmp_path, text, encoding="utf-8"):
    (tmp_path / "accounts.csv").write_bytes(text.encode(encoding))
    return tmp_path


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found_out(tmp_path, delimiter):
    text = f'Account{delimiter}"a;b,c"\r\nAcme{delimiter}"1 234,56 ""x"""\r\n'
    source, told = read(folder(tmp_path, text))
    assert source.sheets[0].rows == [["Account", "a;b,c"], ["Acme", '1 234,56 "x"']]
    assert (source.is_csv, told) == (True, [])


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["encoding"]),
        ("utf-32", ["encoding"]),
        ("cp1252", ["encoding"]),
    ],
)
def test_the_encoding_is_found_out_and_said(tmp_path, encoding, told):
    source, warnings = read(folder(tmp_path, "Compte;Statut\r\nAcmé;œuvre\r\n", encoding))
    assert source.sheets[0].rows[1] == ["Acmé", "œuvre"]
    assert warnings == told


def test_the_apostrophe_that_tames_a_formula_is_taken_away(tmp_path):
    source, _ = read(folder(tmp_path, "Account;a;b;c;d\nAcme;'=1+1;'+33 1;''@x;l'eau\n"))
    assert source.sheets[0].rows[1] == ["Acme", "=1+1", "+33 1", "'@x", "l'eau"]


def test_properties_of_an_exported_folder(tmp_path):
    (tmp_path / "graphkam.json").write_text(json.dumps({"graphkam.revision": 7}), encoding="utf-8")
    assert read(folder(tmp_path, "Account\n"))[0].properties == {"graphkam.revision": "7"}
    (tmp_path / "graphkam.json").write_text("[", encoding="utf-8")
    assert read(tmp_path)[0].properties == {}


def test_rows_that_do_not_fit_their_headers(tmp_path):
    assert refused(folder(tmp_path, "a;b\n1;2;3\n")) == "ragged_row"
    assert refused(folder(tmp_path, 'a;b\n"1;2\n')) == "unbalanced_quotes"
    source, told = read(folder(tmp_path, "a;b\n1\n\n1;2;;;\n"))
    assert source.sheets[0].rows[1:] == [["1"], [], ["1", "2", "", "", ""]]
    assert told == ["short_row"]


def test_an_empty_folder_and_a_folder_of_other_things(tmp_path):
    assert refused(tmp_path) == "no_csv"
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert refused(tmp_path) == "no_csv"


def test_59_text_without_its_mark_is_not_guessed(tmp_path):
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        assert refused(folder(tmp_path, "Account;Status\r\nAcme;Client\r\n", encoding)) == "not_text"


def test_55_a_nul_here_and_there_is_only_a_character(tmp_path):
    source, told = read(folder(tmp_path, "Account;Status\r\nAc\0me;Client\r\n"))
    assert (source.sheets[0].rows[1], told) == (["Ac\0me", "Client"], [])


def test_67_a_long_cell_is_a_long_cell_and_no_quotation_mark(tmp_path):
    source, told = read(folder(tmp_path, f"a;b\n1;{'x' * 200_000}\n"))
    assert (len(source.sheets[0].rows[1][1]), told) == (200_000, [])
    assert refused(folder(tmp_path, f'a;b\n1;"{"x" * 200_000}\n')) == "unbalanced_quotes"


def test_55_a_text_that_looks_like_an_escape_stays_one(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as workbook:
        workbook.add_worksheet("Accounts").write_string("A1", "_x0041_ and _x000D_")
    assert read(tmp_path / "book.xlsx")[0].sheets[0].rows == [["_x0041_ and _x000D_"]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such things here")
def test_01_what_has_no_end_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert refused(tmp_path / "pipe.xlsx") == "not_a_file"
    assert refused(Path(os.devnull)) == "not_a_file"
    (tmp_path / "book").mkdir()
    os.mkfifo(tmp_path / "book" / "accounts.csv")
    os.mkfifo(tmp_path / "book" / "graphkam.json")
    assert refused(tmp_path / "book") == "not_a_file"


def test_the_properties_of_a_folder_cannot_hurt(tmp_path):
    folder(tmp_path, "Account\n")
    for text in ("[" * 100_000, '{"a": ' * 100_000, "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe"):
        data = text.encode() if isinstance(text, str) else text
        (tmp_path / "graphkam.json").write_bytes(data)
        assert read(tmp_path)[0].properties == {}
