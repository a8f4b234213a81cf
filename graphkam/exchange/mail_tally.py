"""What is wrong with single lines of a mail log, counted as they pass and never all kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graphkam.errors import ImportRejected, Param
from graphkam.exchange.problems import shown
from graphkam.model.base import Problem
from graphkam.text import visible

TOLD = 6
"""How many different values with the same fault are told one by one."""


@dataclass
class _Fault:
    line: int
    value: str
    severity: Literal["error", "warning"]
    count: int = 0
    params: Mapping[str, Param] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


class Tally:
    """Counts the faults of one file; of many alike only the first few are kept.

    Parameters
    ----------
    file
        Name of the file, without its folder.
    """

    def __init__(self, file: str) -> None:
        self.file = visible(file)
        self.dropped: Counter[str] = Counter()
        """How many messages were left out, by reason."""
        self._faults: dict[tuple[str, str | None], _Fault] = {}
        self._values: dict[str, int] = {}

    def warn(self, code: str, line: int = 0, value: str = "", **params: Param) -> None:
        """Count something that is said and does not stop the import.

        Parameters
        ----------
        code
            What is wrong: a key of the catalogue under ``problem.``.
        line
            Where, counted from 1; 0 = it concerns the file.
        value
            What stands there.
        **params
            What the sentence names besides.
        """
        self._count(code, line, value, "warning", params)

    def drop(self, code: str, line: int, value: str = "", **params: Param) -> None:
        """Count a message that cannot be used."""
        self.warn(code, line, value, **params)
        self.dropped["unreadable"] += 1

    def error(
        self,
        code: str,
        line: int = 0,
        value: str = "",
        *,
        allowed: tuple[str, ...] = (),
        nearest: tuple[str, ...] = (),
        **params: Param,
    ) -> None:
        """Count something for which the file is refused.

        Parameters
        ----------
        code, line, value, **params
            As for a warning.
        allowed
            What would be right.
        nearest
            What may be meant.
        """
        fault = self._count(code, line, value, "error", params)
        fault.allowed, fault.nearest = allowed, nearest

    def _count(
        self,
        code: str,
        line: int,
        value: str,
        severity: Literal["error", "warning"],
        params: Mapping[str, Param],
    ) -> _Fault:
        value = shown(value[:1000])
        key: tuple[str, str | None] = (code, value)
        if key not in self._faults:
            self._values[code] = self._values.get(code, 0) + 1
            if self._values[code] > TOLD:
                key = (code, None)
            self._faults.setdefault(key, _Fault(line, value, severity, params=params))
        self._faults[key].count += 1
        return self._faults[key]

    def count(self, code: str) -> int:
        """Give how often a fault was counted."""
        return sum(fault.count for (of, _), fault in self._faults.items() if of == code)

    def problems(self) -> tuple[Problem, ...]:
        """Give all that was counted, errors first, otherwise as first met."""
        ordered = sorted(self._faults.items(), key=lambda item: item[1].severity != "error")
        return tuple(
            Problem(
                code=code,
                severity=fault.severity,
                file=self.file,
                sheet=self.file if fault.line else "",
                cell=f"L{fault.line}" if fault.line else "",
                value=fault.value,
                allowed=fault.allowed,
                nearest=fault.nearest,
                count=fault.count,
                params=fault.params,
            )
            for (code, _), fault in ordered
        )

    def reject(self) -> None:
        """Refuse the file if it has errors.

        Raises
        ------
        ImportRejected
            With everything that was counted.
        """
        if any(fault.severity == "error" for fault in self._faults.values()):
            raise ImportRejected(self.file, self.problems())
