"""How a record stands in the graph: its key, its properties, its references.

A key is the kind and the id, so that a position and a colleague may both be called ``7``. Days and
instants are ISO text, for months are allowed where a day is not known; amounts are exact decimal
text; what is not known is absent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter

from graphkam.model.base import Entity, Node, Tie
from graphkam.model.organisation import Account
from graphkam.model.records import KIND_BY_NAME, KINDS, account_of
from graphkam.model.targets import ids_in, targets

E = TypeVar("E", bound=Entity)

Properties = dict[str, Any]

KIND_BY_TYPE: Mapping[str, type[Entity]] = {
    kind.GRAPH.type: kind for kind in KINDS if isinstance(kind.GRAPH, Tie)
}
"""The kinds that are relationships, by their type."""


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
    (start, start_kind), (end, end_kind) = _end_kinds(type(record))
    return key(start_kind, getattr(record, start)), key(end_kind, getattr(record, end))


@cache
def _end_kinds(kind: type[Entity]) -> tuple[tuple[str, type[Entity]], tuple[str, type[Entity]]]:
    """Give the fields of the start and the end of a kind that is a relationship, and the kinds there."""
    graph = kind.GRAPH
    if not isinstance(graph, Tie):
        raise TypeError(kind.__name__)
    return (graph.start, targets(kind, graph.start)[0]), (graph.end, targets(kind, graph.end)[0])


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
        for target in ids_in(getattr(record, field)):
            for kind in targets(type(record), field):
                yield Link(type_, key_of(record), key(kind, target))


def account_key(record: Entity) -> str | None:
    """Give the key of the account that a node is tied to; None for accounts and our own people."""
    account_id = account_of(record)
    return None if account_id is None or account_id == record.id else f"Account/{account_id}"


class Row(NamedTuple):
    """A record as it is stored: the name of its kind, and its properties without the key."""

    kind: str
    form: Properties


def row_of(record: Entity) -> Row:
    """Give a record as it is stored."""
    form = properties(record)
    form.pop("key", None)
    return Row(type(record).__name__, form)


def node_rows(forms: Iterable[Properties]) -> Iterator[Row]:
    """Give the properties of nodes as rows, whatever their kinds."""
    for form in forms:
        yield Row(form.pop("key").partition("/")[0], form)


def read_rows(rows: Iterable[Row]) -> Iterator[Entity]:
    """Make records of rows, kind by kind."""
    by_kind: dict[str, list[Properties]] = {}
    for kind, form in rows:
        by_kind.setdefault(kind, []).append(form)
    for kind, forms in by_kind.items():
        yield from read_kind(KIND_BY_NAME[kind], forms)


def read_kind(kind: type[E], forms: Sequence[Properties]) -> list[E]:
    """Make records of one kind of their properties."""
    for form in forms:
        form.pop("key", None)
    return _reader(kind).validate_python(forms)


@cache
def _reader(kind: type[E]) -> TypeAdapter[list[E]]:
    return TypeAdapter(list[kind])  # type: ignore[valid-type]


def fingerprint(records: Iterable[Entity]) -> Mapping[str, tuple[int, str]]:
    """Give for each account id, and for ``""`` (ours), the count of records and a hash of their contents."""
    return fingerprint_of_rows(map(row_of, records))


def fingerprint_of_rows(rows: Iterable[Row]) -> Mapping[str, tuple[int, str]]:
    """Give the same of rows; versions and times, which the store makes, do not count."""
    lines: dict[str, list[str]] = {}
    for kind, form in rows:
        said = {name: value for name, value in form.items() if name not in {"version", "updated_at"}}
        if is_node(KIND_BY_NAME[kind]):
            said["key"] = f"{kind}/{form['id']}"
        text = json.dumps([kind, said], sort_keys=True, ensure_ascii=False)
        account = form["id"] if kind == Account.__name__ else form.get("account_id", "")
        lines.setdefault(account, []).append(text)
    return {account: (len(found), hashed(found)) for account, found in sorted(lines.items())}


def hashed(lines: Iterable[str]) -> str:
    """Give a hash of lines, whatever their order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
