"""Where the boxes of maps were put by hand, kept beside the records.

They are no facts about anybody: they have a version, so that nobody's arrangement is overwritten
unseen, but no history, and keeping one makes no revision of the store.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graphkam.errors import WriteConflict
from graphkam.model.places import MapPlaces
from graphkam.store.statements import answer, statement
from graphkam.store.writing import locked

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphkam.store.accounts import Store
    from graphkam.store.reading import Ask


def read_map_places(store: Store, wanted: MapPlaces) -> MapPlaces:
    """Give what is kept of a map; of one that nobody arranged, what was asked with."""
    return _kept(store.ask, wanted) or wanted


def _kept(ask: Ask, wanted: MapPlaces) -> MapPlaces | None:
    forms = ask("read/map_places", keys=[wanted.key])
    return MapPlaces.model_validate_json(forms[0]) if forms else None


def save_map_places(store: Store, wanted: MapPlaces, *, who: str) -> MapPlaces:
    """Keep the places of a map.

    Parameters
    ----------
    store
        Where.
    wanted
        The places, with the version that they were read with.
    who
        Who arranged them.

    Raises
    ------
    WriteConflict
        If somebody else has arranged the map since.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kept = wanted.model_copy(update={"version": wanted.version + 1, "who": who, "at": now})

    def work(tx: ManagedTransaction) -> None:
        locked(tx)
        there = _kept(lambda name, /, **parameters: answer(tx, name, parameters), wanted)
        if there is not None and there.version == kept.version and there.places == kept.places:
            return  # done before, and only the answer was lost
        if (there.version if there else 0) != wanted.version:
            raise WriteConflict("map_places_conflict", who=there.who if there else "?")
        tx.run(statement("write/map_places"), rows=[row_of(kept)]).consume()

    store.change(work)
    return kept


def row_of(kept: MapPlaces) -> dict[str, str]:
    """Give the places of a map as they are stored."""
    form = json.dumps(kept.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return {"key": kept.key, "account": kept.account_id, "form": form}
