"""Sums an answer's figures again, from what it prints of them and nothing else."""

from __future__ import annotations

import math
import re
from typing import Any


def summed_again(printed: dict[str, Any]) -> dict[str, float]:
    """Give each explained figure of a printed answer, from its terms alone."""
    total: dict[str, list[float]] = {}
    for term in printed["terms"]:
        total.setdefault(term["figure"], []).append(term["value"])
    found = {}
    for e in printed["explained"]:
        above = math.fsum(total.get(e["terms"], ()))
        found[e["figure"]] = above if e["over"] is None else above / math.fsum(total[e["over"]])
    return found


def shown(printed: dict[str, Any], place: str) -> float:
    """Give the figure that stands at a place of a printed answer: ``members[CV].share``."""
    here: Any = printed
    for name, key in re.findall(r"(\w+)(?:\[([^\]]+)\])?", place):
        here = here[name]
        if isinstance(here, dict) and key:
            here = here[key]
        elif key:
            [here] = [
                row for row in here if key in {str(v) for v in row.values() if isinstance(v, (str, int))}
            ]
    return here


def assert_it_sums(found: Any) -> None:
    """Each explained figure is the sum of its terms, and stands where it says that it does."""
    printed = found if isinstance(found, dict) else found.model_dump(mode="json")
    again = summed_again(printed)
    assert again.keys() == {e["figure"] for e in printed["explained"]}
    for e in printed["explained"]:
        assert math.isclose(again[e["figure"]], e["value"], rel_tol=1e-9, abs_tol=1e-9), e
        assert shown(printed, e["figure"]) == e["value"], e
