"""The app's server: bound to this computer, behind the gate, gone within seconds of Ctrl-C."""

from __future__ import annotations

import gc
import signal
import socket
import sys
import threading
import webbrowser
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from graphkam.errors import InputError
from graphkam.text import Words
from graphkam.ui import downloads
from graphkam.ui.components.map import ROUTES as MAP_ROUTES
from graphkam.ui.desk import Desk, take_desk
from graphkam.ui.exports import ROUTES
from graphkam.ui.gate import Gate
from graphkam.ui.options import set_options

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from types import FrameType

    from graphkam.settings import Settings

SCRIPT = Path(__file__).parent / "frame" / "app.py"
PARTS: dict[str, Any] = {
    "script_path": SCRIPT,
    "middleware": [Middleware(Gate)],
    "routes": (*ROUTES, *MAP_ROUTES, *downloads.ROUTES),
}
"""What ``st.App`` is made of; ``app.py`` makes the same for ``streamlit run``."""

HOST = "127.0.0.1"
_LINGER = 2
"""Seconds that open connections are given when the app ends."""
_LONGEST_MESSAGE = 200 * 1024 * 1024
_NEEDED_BY_PAGES = (
    "graphkam.drawing.page",
    "graphkam.drawing.picture",
    "graphkam.review.audit",
    "babel.numbers",
    "babel.dates",
    "pandas",
    "pyarrow",
    "highspy",
)


class Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._when_ready()


def run(
    settings: Settings,
    *,
    port: int | None = None,
    open_browser: bool = True,
    as_of: date | None = None,
) -> None:
    """Serve the app to this computer until Ctrl-C.

    Parameters
    ----------
    settings
        The settings, read at the edge.
    port
        Port to listen on; None = a free one.
    open_browser
        Whether to show the app in the browser.
    as_of
        Day that the app begins with; None = today.

    Raises
    ------
    InputError
        If another program listens on the port.
    StoreError
        If the database cannot be started, reached or used.
    """
    gc.set_threshold(200_000, 20, 20)  # pages leave circles behind, and an app goes on: they are to be found
    set_options()
    threading.Thread(target=_load_ahead, name="load-ahead", daemon=True).start()
    words = Words(settings.language)
    # A closed terminal or a polite kill ends like Ctrl-C: the database is told good-bye.
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    with closing(listen(port)) as listener, Desk(settings) as desk:
        desk.accounts()  # starts the database: what is wrong with it is told before the app opens
        take_desk(desk)
        url = f"http://{HOST}:{listener.getsockname()[1]}"
        page = f"{url}/?as_of={as_of.isoformat()}" if as_of else url

        def announce() -> None:
            _print(words.say("cli.app_at", url=page), words.say("cli.app_local"), words.say("cli.app_stop"))
            if open_browser and _has_screen():
                threading.Thread(target=webbrowser.open, args=(page,), daemon=True).start()

        with suppress(KeyboardInterrupt):
            Server(_config(), announce).run(sockets=[listener])
        take_desk(None)


def listen(port: int | None) -> socket.socket:
    """Give a socket that listens on this computer only.

    Raises
    ------
    InputError
        If another program listens on the port, or the system forbids it.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port or 0))
    except OSError as error:
        listener.close()
        raise InputError("app_port", port=str(port), why=error.strerror or str(error)) from error
    listener.settimeout(0)
    return listener


def _config() -> uvicorn.Config:
    return uvicorn.Config(
        st.App(**PARTS),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_max_size=_LONGEST_MESSAGE,
        ws_per_message_deflate=False,  # it never leaves this computer: pressing it costs more than sending it
        timeout_graceful_shutdown=_LINGER,
    )


def _load_ahead() -> None:
    """Load what the first page needs while the database starts."""
    for name in _NEEDED_BY_PAGES:
        with suppress(ImportError):
            import_module(name)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _has_screen() -> bool:
    """Tell whether a browser has somewhere to open; a browser in the terminal would take it over."""
    import os

    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
