"""Ctrl-C within a commit: too late to undo, too early to know."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self


class Shield:
    """Keeps Ctrl-C from a commit that has begun.

    Once a commit is on its way nobody can take it back, and whoever runs away from it cannot tell
    whether it was done. So the first Ctrl-C that comes then is let go by: what was asked is done, and
    is said. A second one is heeded, for a database that never answers.

    A context manager; outside the main thread, which alone is interrupted, it does nothing.
    """

    def __init__(self) -> None:
        self._before: Any = None
        self.is_up = False

    def __enter__(self) -> Self:
        """Stand by."""
        return self

    def raise_(self) -> None:
        """Hold the shield up: the commit begins."""
        is_main = threading.current_thread() is threading.main_thread()
        if is_main and not self.is_up and callable(signal.getsignal(signal.SIGINT)):
            self._before = signal.signal(signal.SIGINT, self._let_go_by)
            self.is_up = True

    def _let_go_by(self, _signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, self._before)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lower it."""
        if self.is_up:
            signal.signal(signal.SIGINT, self._before)
