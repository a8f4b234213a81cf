"""A folder of CSV files as one archive."""

import io
import tempfile
import zipfile
from datetime import date

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange import zipped
from graphkam.exchange.book import read_book
from graphkam.exchange.export import save_csv_folder
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from tests.editing.conftest import RECORDS

TODAY = date(2026, 11, 23)


@pytest.fixture
def made(tmp_path):
    """Give the small account as an archive."""
    save_csv_folder(RECORDS, tmp_path / "csv", language="fr", revision=3)
    zipped.save_zip(tmp_path / "csv", tmp_path / "acme.zip")
    return tmp_path / "acme.zip"


def archive(path, files, *, flag=0):
    with zipfile.ZipFile(path, "w") as made:
        for name, text in files:
            info = zipfile.ZipInfo(name)
            made.writestr(info, text)
    if flag:
        data = bytearray(path.read_bytes())
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + at] |= flag
        path.write_bytes(bytes(data))
    return path


def refused(path):
    with pytest.raises(ImportRejected) as caught:
        read_book(path, known=RecordSet(), today=TODAY)
    return [problem.code for problem in caught.value.problems if problem.severity == "error"]


def test_what_goes_out_as_an_archive_comes_in_the_same(made):
    book = read_book(made, known=RECORDS, today=TODAY, past=lambda *_: RECORDS)
    assert book.records == RECORDS
    assert book.file == "acme.zip"
    again = made.with_name("again.zip")
    zipped.save_zip(made.with_name("csv"), again)
    assert again.read_bytes() == made.read_bytes()


def test_files_in_a_folder_of_the_archive_and_others_beside_them(tmp_path, made):
    with zipfile.ZipFile(made) as whole:
        files = [(f"acme/{n}", whole.read(n)) for n in whole.namelist()]
    more = [("acme/readme.txt", "hello"), ("__MACOSX/acme/._team.csv", "x"), ("acme/.hidden.csv", "x")]
    path = archive(tmp_path / "folder.zip", [*files, *more])
    assert len(read_book(path, known=RecordSet(), today=TODAY).records.of(ContactTie)) == 1


def test_an_archive_cannot_write_outside(tmp_path, monkeypatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "a" / "b"))  # so that outside is seen here
    elsewhere = [("../../team.csv", "last_name\nX"), (str(tmp_path / "accounts.csv"), "name\nA")]
    path = archive(tmp_path / "evil.zip", elsewhere)
    before = set(tmp_path.rglob("*"))
    assert refused(path) == ["missing_column"]
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "no_csv"),
        ([("readme.txt", "x")], "no_csv"),
        ([("team.csv", "a"), ("x/team.csv", "b")], "zip_twice"),
    ],
)
def test_what_an_archive_lacks_or_has_twice_is_told(tmp_path, files, code):
    assert refused(archive(tmp_path / "odd.zip", files)) == [code]


def test_what_inflates_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(zipped, "MAX_INFLATED", 1000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("team.csv", "x" * 600)
        whole.writestr("knows.csv", "x" * 600)
    (tmp_path / "bomb.zip").write_bytes(made.getvalue())
    assert refused(tmp_path / "bomb.zip") == ["zip_too_large"]


def test_a_protected_or_damaged_archive_is_refused(tmp_path, made):
    assert refused(archive(tmp_path / "locked.zip", [("team.csv", "x")], flag=1)) == ["zip_damaged"]
    (tmp_path / "cut.zip").write_bytes(made.read_bytes()[:-200])
    assert refused(tmp_path / "cut.zip") == ["zip_damaged"]
    (tmp_path / "none.zip").write_bytes(b"")
    assert refused(tmp_path / "none.zip") == ["zip_damaged"]
    assert refused(tmp_path / "missing.zip") == ["not_opened"]
