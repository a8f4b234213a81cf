"""How a record stands in the graph: its key, its properties, its references.

A key is the kind and the id, so that a position and a colleague may both be called ``7``. Days and
instants are ISO text, for months are allowed where a day is not known; amounts are exact decimal
text; what is not known is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter

from graphkam.model.base import Entity, Node, Tie
from graphkam.model.records import KIND_BY_NAME, account_of
from graphkam.model.targets import targets

E = TypeVar("E", bound=Entity)

Properties = dict[str, Any]


class Link(NamedTuple):
    """A relationship by which a node refers to another; both by key."""

    type: str
    start: str
    end: str


def key_of(record: Entity) -> str:
    """Give the key of a record."""
    return key(type(record), record.id)


def key(kind: type[Entity], record_id: str) -> str:
    """Give the key of the record of a kind with an id."""
    return f"{kind.__name__}/{record_id}"


def is_node(kind: type[Entity]) -> bool:
    """Tell whether records of a kind are nodes; the others are relationships."""
    return isinstance(kind.GRAPH, Node)


def ends(record: Entity) -> tuple[str, str]:
    """Give the keys of the start and the end of a record that is a relationship."""
    graph = record.GRAPH
    if not isinstance(graph, Tie):
        raise TypeError(type(record).__name__)
    start, end = (
        key(targets(type(record), field)[0], getattr(record, field)) for field in (graph.start, graph.end)
    )
    return start, end


def properties(record: Entity) -> Properties:
    """Give what is stored of a record."""
    stored = record.model_dump(mode="json", exclude_defaults=True)
    stored.update(id=record.id, version=record.version)
    if is_node(type(record)):
        stored["key"] = key_of(record)
    return stored


def links(record: Entity) -> Iterator[Link]:
    """Give the relationships by which a node refers to others.

    Where a field may lead to several kinds, one link for each: those without a node match nothing.
    """
    graph = record.GRAPH
    if not isinstance(graph, Node):
        return
    for field, type_ in graph.references.items():
        value = getattr(record, field)
        for target in value if isinstance(value, tuple) else (value,):
            if target is not None:
                for kind in targets(type(record), field):
                    yield Link(type_, key_of(record), key(kind, target))


def account_key(record: Entity) -> str | None:
    """Give the key of the account that a node is tied to; None for accounts and our own people."""
    account_id = account_of(record)
    return None if account_id is None or account_id == record.id else f"Account/{account_id}"


def read_nodes(rows: Iterable[Properties]) -> Iterator[Entity]:
    """Make records of the properties of nodes, whatever their kinds."""
    by_kind: dict[str, list[Properties]] = {}
    for row in rows:
        by_kind.setdefault(row.pop("key").partition("/")[0], []).append(row)
    for name, found in by_kind.items():
        yield from read_kind(KIND_BY_NAME[name], found)


def read_kind(kind: type[E], rows: Sequence[Properties]) -> list[E]:
    """Make records of one kind of their properties."""
    for row in rows:
        row.pop("key", None)
    return _reader(kind).validate_python(rows)


@cache
def _reader(kind: type[E]) -> TypeAdapter[list[E]]:
    return TypeAdapter(list[kind])  # type: ignore[valid-type]
