"""A new store: made once, however many open it first, and only where nothing else is."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING

from graphkam.errors import StoreError, StoreRefused, WriteConflict
from graphkam.model.base import Node
from graphkam.model.records import KINDS
from graphkam.store.bolt import told
from graphkam.store.folder import Folder
from graphkam.store.graph_form import is_node, key, properties
from graphkam.store.reading import read_meta
from graphkam.store.schema import CONSTRAINTS, INDEXES, SCHEMA_VERSION
from graphkam.store.steps import Steps, creating

if TYPE_CHECKING:
    from neo4j import Transaction

    from graphkam.settings import Settings
    from graphkam.store.accounts import Store

_TRIES = 3


def begin(store: Store) -> None:
    """Make what a new store needs.

    Raises
    ------
    StoreRefused
        If the database holds what is not ours.
    """
    holds_something = bool(store.ask("read/anything"))
    if read_meta(store.ask) is not None:
        return  # another opener was quicker: that is what it holds
    if holds_something:
        raise StoreRefused("store_not_ours")
    make_schema(store)
    with suppress(WriteConflict):  # another opener did the same at this very moment
        store.ask_nothing("schema/begin", version=SCHEMA_VERSION)


def make_schema(store: Store) -> None:
    """Make constraints and indexes; what is there already stays."""
    with _alone(store.settings):
        for name in (*CONSTRAINTS, *INDEXES):
            _make(store, name)
        if store.settings.store.uri is None:
            with told(), store.session() as session, session.begin_transaction() as tx:
                _name_all_kinds(tx)
                tx.rollback()


def _make(store: Store, name: str) -> None:
    """Make a constraint or an index in a transaction of its own.

    On Neo4j, IF NOT EXISTS fails where another opener makes the same just then; the next time it sees it.
    """
    for attempt in range(_TRIES):
        try:
            store.ask_nothing(f"schema/{name}")
        except StoreError as error:
            if error.key != "error.store_failed" or attempt == _TRIES - 1:
                raise
        else:
            return


def _alone(settings: Settings) -> AbstractContextManager[None]:
    """Keep other openers of a data folder waiting; a server sees to it itself."""
    return Folder(settings.home).lock() if settings.store.uri is None else nullcontext()


def _name_all_kinds(tx: Transaction) -> None:
    """Make one record of each kind and one relationship of each type; to be taken back.

    ArcadeDB makes a type of its own for a label that it has not met, and two writers who bring it the
    same one fail (``TypeAlreadyExistsException``). What it has met it keeps, whatever is rolled back.
    """
    steps = Steps(tx, properties)
    nodes = [kind for kind in KINDS if is_node(kind)]
    for kind in nodes:
        steps.each(creating(kind), [{"key": key(kind, "")}])
    pair = {"start": key(nodes[0], ""), "end": key(nodes[1], "")}
    steps.each("write/in_account", [{"key": pair["start"], "account": pair["end"]}])
    references = {t for kind in nodes if isinstance(kind.GRAPH, Node) for t in kind.GRAPH.references.values()}
    for type_ in sorted(references):
        steps.each(f"write/link_{type_.lower()}", [pair])
    for kind in KINDS:
        if not is_node(kind):
            steps.each(creating(kind), [{**pair, "record": {}}])
