"""What stands in the store of some records: their forms, and the ends of those that are relationships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from graphkam.model.base import Entity
from graphkam.store.graph_form import Properties, Row, ends, is_node, key, key_of, node_rows, read_rows
from graphkam.store.steps import by_kind, type_of


class Each(Protocol):
    """Runs a statement over rows and gives what it returned, inside a transaction or outside."""

    def __call__(self, name: str, rows: list[Any], parameter: str = "rows") -> list[dict[str, Any]]:
        """Run it."""
        ...


class Stored(NamedTuple):
    """A record as it stands; a relationship with the keys of its two ends."""

    kind: str
    form: Properties
    start: str = ""
    finish: str = ""

    @property
    def version(self) -> int:
        """The revision that last wrote it."""
        return int(self.form["version"])

    def record(self) -> Entity:
        """Give the record."""
        return next(read_rows([Row(self.kind, dict(self.form))]))


def stored(each: Each, records: Iterable[Entity]) -> Mapping[str, Stored]:
    """Give what stands of some records, by key.

    A relationship is looked for where it should end. One that is known to exist and is not there is
    looked for everywhere: somebody changes where it leads.
    """
    wanted = tuple(records)
    nodes = [key_of(r) for r in wanted if is_node(type(r))]
    found: dict[str, Stored] = {}
    for row in each("read/stored", nodes, "keys"):
        found[row["node"]] = _node(row)
    for kind, ties in by_kind(r for r in wanted if not is_node(type(r))):
        rows = [{"end": ends(t)[1], "id": t.id} for t in ties]
        there = each(f"read/stored_{type_of(kind)}", rows)
        seen = {row["form"]["id"] for row in there}
        if strays := [t.id for t in ties if t.version and t.id not in seen]:
            there += each(f"read/stray_{type_of(kind)}", strays, "ids")
        found |= {key(kind, row["form"]["id"]): _tie(kind, row) for row in there}
    return found


def find_stored(each: Each, kind: type[Entity], record_id: str) -> Stored | None:
    """Give one record as it stands, wherever it leads; None if it is not there."""
    if is_node(kind):
        return next(map(_node, each("read/stored", [key(kind, record_id)], "keys")), None)
    there = each(f"read/stray_{type_of(kind)}", [record_id], "ids")
    return next((_tie(kind, row) for row in there), None)


def _node(row: Mapping[str, Any]) -> Stored:
    return Stored(*next(node_rows([row["form"]])))


def _tie(kind: type[Entity], row: Mapping[str, Any]) -> Stored:
    return Stored(kind.__name__, row["form"], row["start"], row["finish"])
