"""A wire between driver and server that can be cut at the very moment of a commit."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

_COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The whole message COMMIT in Bolt: it has no fields, and no text of ours holds such bytes."""
_BEGIN, _RUN, _LOGON = b"\xb1\x11", b"\xb3\x10", b"\xb1\x6a"
_READS = b"mode\x81r"


Act = Callable[["Wire", socket.socket, socket.socket, bytes], bool]
"""Called with the wire, both its ends and the bytes of a commit; tells whether the wire is cut."""


class Wire:
    """Hands on what driver and server say to each other, on a port of the loopback.

    Parameters
    ----------
    uri
        Where the server is.
    """

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._to = (parts.hostname or "127.0.0.1", parts.port or 7687)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self.commits = self.logons = self.runs = 0
        """Of commits, those of transactions that write."""
        self.at_commit: Act | None = None
        self.is_mute = False
        self.cut_at_run = 0
        """The statement, counted from the start, at which the wire is cut."""
        self.is_down = False
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.is_down = True
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                driver, _ = self._listener.accept()
                if self.is_down:
                    driver.close()
                    continue
                server = socket.create_connection(self._to)
                threading.Thread(target=self._hand_on, args=(driver, server), daemon=True).start()
                threading.Thread(target=self._hand_back, args=(server, driver), daemon=True).start()

    def _hand_on(self, driver: socket.socket, server: socket.socket) -> None:
        reads = False
        with suppress(OSError):
            while data := driver.recv(65_536):
                reads = _READS in data if _BEGIN in data else reads
                self.logons += data.count(_LOGON)
                self.runs += data.count(_RUN)
                if self.cut_at_run and self.runs >= self.cut_at_run:
                    self.cut_at_run = 0
                    break
                if _COMMIT in data and not reads:
                    self.commits += 1
                    if self.at_commit and self.at_commit(self, driver, server, data):
                        break
                server.sendall(data)
        cut(driver, server)

    def _hand_back(self, server: socket.socket, driver: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65_536):
                if not self.is_mute:
                    driver.sendall(data)
        cut(driver, server)


def cut(*ends: socket.socket) -> None:
    """Close both ends, whoever is reading from them."""
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def before_the_server_hears(_: Wire, driver: socket.socket, __: socket.socket, ___: bytes) -> bool:
    """Cut before the commit is handed on."""
    driver.close()
    return True


def before_the_driver_hears(wire: Wire, driver: socket.socket, server: socket.socket, data: bytes) -> bool:
    """Hand the commit on, give the server its time, keep its answer back, and cut."""
    wire.is_mute = True
    server.sendall(data)
    time.sleep(1)
    cut(driver, server)
    wire.is_mute = False
    return True


def long_before_the_server_hears(_: Wire, driver: socket.socket, server: socket.socket, data: bytes) -> bool:
    """Cut the driver off at once; the server hears of the commit only when the driver has looked."""
    driver.shutdown(socket.SHUT_RDWR)
    time.sleep(0.5)
    server.sendall(data)
    time.sleep(0.5)
    return True


def once(act: Act) -> Act:
    """Do so at the first commit only."""
    left = [act]
    return lambda *args: bool(left) and left.pop()(*args)
