"""All that is stored, just as it is stored, as of one revision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from graphkam.store.graph_form import Row
from graphkam.store.reading import Ask, Meta, rows_now_at, stands, undisturbed


class Contents(NamedTuple):
    """All that a store of some schema holds."""

    schema_version: int
    revision: int
    history_from: int
    rows: Sequence[Row]
    operations: Sequence[Mapping[str, Any]]
    """Oldest first."""
    past: Sequence[Mapping[str, Any]]
    places: Sequence[Mapping[str, Any]] = ()
    """Of maps, by key."""


def contents(ask: Ask) -> Contents:
    """Give all that is stored.

    Of a store of the first schema, which has no history, a write in the middle of it may be half
    seen: its revision then differs from what is noted here.
    """
    return undisturbed(ask, lambda meta: _contents(ask, meta))


def _contents(ask: Ask, meta: Meta) -> tuple[Contents, Meta]:
    rows, _ = rows_now_at(ask, meta.revision)
    operations = [o for o in ask("read/all_operations") if o["revision"] <= meta.revision]
    held = Contents(
        meta.schema_version,
        meta.revision,
        meta.history_from,
        rows,
        sorted(operations, key=lambda o: int(o["revision"])),
        list(chain.from_iterable(ask("read/all_past", revision=meta.revision))),
        sorted(map(json.loads, ask("read/all_map_places")), key=str),
    )
    return held, stands(ask)
