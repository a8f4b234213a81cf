"""Lines of a file, whatever the file is: compressed, in another encoding, without end."""

import gzip
import hashlib

import pytest

from graphkam.exchange import mail_lines
from graphkam.exchange.mail_lines import LONGEST_LINE, UNREADABLE, Bomb, Lines
from graphkam.exchange.mail_tally import Tally


@pytest.fixture
def read(tmp_path):
    """Give the lines of a file with some bytes, what is said of it, and its hash."""

    def lines(data, progress=None):
        path, tally = tmp_path / "log.csv", Tally("log.csv")
        path.write_bytes(data)
        with Lines(path, tally, progress) as opened:
            return list(opened), {p.code: p for p in tally.problems()}, opened.sha256

    return lines


@pytest.mark.parametrize(
    "data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb", b"\xef\xbb\xbfa\nb", gzip.compress(b"a\nb\n", mtime=0)]
)
def test_lines_are_numbered_and_bare(read, data):
    lines, said, sha256 = read(data)
    assert lines == [(1, "a"), (2, "b")]
    assert said == {}
    assert sha256 == hashlib.sha256(data).hexdigest()


def test_utf_16_is_read_and_said(read):
    lines, said, _ = read("é\nb\n".encode("utf-16"))
    assert lines == [(1, "é"), (2, "b")]
    assert "mail_utf16" in said


def test_windows_1252_is_read_line_by_line_and_said_where(read):
    lines, said, _ = read("é\n".encode() + "é\n".encode("cp1252") * 3)
    assert lines == [(n, "é") for n in range(1, 5)]
    assert (said["mail_cp1252"].cell, said["mail_cp1252"].count) == ("L2", 3)


def test_a_line_of_absurd_length_is_passed_over(read):
    lines, said, _ = read(b"a\n" + b"x" * (3 * LONGEST_LINE) + b"\nb\n")
    assert lines == [(1, "a"), (3, "b")]
    assert said["mail_long_line"].cell == "L2"


def test_a_line_of_just_the_greatest_length_is_read(read):
    lines, said, _ = read(b"x" * (LONGEST_LINE - 1) + b"\nb")
    assert [number for number, _ in lines] == [1, 2]
    assert said == {}


def test_a_line_of_a_hundred_megabytes_takes_no_room(read):
    import tracemalloc

    data = gzip.compress(b"x" * 60_000_000 + b"\nb\n")  # below the size that is suspected
    tracemalloc.start()
    lines, _, _ = read(data)
    assert lines == [(2, "b")]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_bomb_is_not_unpacked(read, monkeypatch):
    monkeypatch.setattr(mail_lines, "SURELY_HARMLESS", 1 << 20)
    with pytest.raises(Bomb):
        read(gzip.compress(b"x" * (64 << 20)))


@pytest.mark.parametrize("cut", [4, 12, 40, -4])
def test_a_compressed_file_cut_short_is_told_apart(read, cut):
    with pytest.raises(UNREADABLE):
        read(gzip.compress(bytes(range(256)) * 100)[:cut])


def test_two_compressed_files_in_one_are_read(read):
    assert read(gzip.compress(b"a\n") + gzip.compress(b"b\n"))[0] == [(1, "a"), (2, "b")]


def test_progress_is_told_in_bytes_of_the_file(read, monkeypatch):
    monkeypatch.setattr(mail_lines, "_STEP", 10)
    told = []
    read(b"a\n" * 100, lambda done, total: told.append((done, total)))
    assert told[-1] == (200, 200)
    assert len(told) == 11
