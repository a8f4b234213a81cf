"""Ways of being introduced: who asks whom, how we know, and how likely each works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graphkam.review.saying import how_known
from graphkam.ui.questions import paths_of
from graphkam.ui.table import Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.paths import Route
    from graphkam.text import Words
    from graphkam.ui.state import View


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:
    """Give the ways to the one asked for, or the warmest to everybody whom nobody covers."""
    target, start = (next(iter(asked.get(name, ())), "") or None for name in ("target", "start"))
    found = view.answer(paths_of, target, start)
    if target is None:
        return (everybody(found.routes),)
    return (steps(view.words, found.routes),)


def everybody(routes: Sequence[Route]) -> Table:
    """Give the warmest way to each, on one line."""
    rows = [
        {
            "id": route.target_id,
            "person": route.target,
            "works": route.probability,
            "count_of_steps": len(route.steps),
            "way": line(route),
        }
        for route in routes
    ]
    named = columns("person", "share:works", "number:count_of_steps", "way")
    return Table("ways", "app.paths.everybody", named, rows)


def line(route: Route) -> str:
    """Give a way on one line: from the one of us to the target."""
    return " \u2192 ".join(
        [route.steps[0].asker, *(step.asked for step in route.steps)] if route.steps else []
    )


def steps(words: Words, routes: Sequence[Route]) -> Table:
    """Give the ways step by step, the warmest first."""
    rows = [
        {
            "id": step.asked_id,
            "way_number": number,
            "works": route.probability if place == 0 else None,
            "asks": words.say("paths.asks", asker=step.asker, asked=step.asked),
            "how_known": how_known(words, step),
            "step_works": step.probability,
        }
        for number, route in enumerate(routes, start=1)
        for place, step in enumerate(route.steps)
    ]
    named = columns("number:way_number", "share:works", "asks", "how_known", "share:step_works")
    return Table("steps", "app.paths.ways", named, rows)
