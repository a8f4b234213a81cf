"""Which boxes there are and who is in which: by unit, by function, by site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graphkam.drawing.cells import Unit
from graphkam.model.base import fold
from graphkam.model.vocabulary import UnitKind, label
from graphkam.text import UNKNOWN

if TYPE_CHECKING:
    from graphkam.graph.account_graph import AccountGraph, Stakeholder
    from graphkam.model.organisation import OrgUnit
    from graphkam.text import Words

NOWHERE = "~"
"""Id of the box for people without a unit, or without a site."""


class Groups(NamedTuple):
    """The boxes, and the box of each position."""

    units: Sequence[Unit]
    homes: Mapping[str, str]


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Give a key that sorts names as people do: without case or accents, 2 before 10."""
    parts = re.split(r"(\d+)", fold(text))
    return tuple((bool(i % 2), int(p) if i % 2 else 0, p) for i, p in enumerate(parts))


def by_unit(graph: AccountGraph, ordered: Sequence[Stakeholder], words: Words, within: str | None) -> Groups:
    """Give a box for each unit of the client, or for those inside one of them.

    Parameters
    ----------
    graph
        The account.
    ordered
        The people drawn.
    words
        The reader's language.
    within
        Id of the unit that the picture is limited to.
    """
    inside = [unit for unit in graph.units if within is None or within in graph.unit_path(unit.id)]
    units = [
        Unit(unit.id, unit.name, unit.parent_id, is_department=unit.kind == UnitKind.DEPARTMENT)
        for unit in sorted(inside, key=lambda unit: (natural(unit.name), unit.id))
    ]
    homes = {one.id: one.position.unit_id or NOWHERE for one in ordered}
    if units and NOWHERE in homes.values():
        units.append(Unit(NOWHERE, words.say("map.no_unit")))
    return Groups(units, homes)


def by_function(ordered: Sequence[Stakeholder], words: Words) -> Groups:
    """Give a box for each function of the client."""
    homes = {one.id: f"f:{one.position.function or ''}" for one in ordered}
    codes = {one.position.function or "" for one in ordered}
    units = [
        Unit(f"f:{code}", label("function", code, words.language) if code else UNKNOWN) for code in codes
    ]
    return Groups(sorted(units, key=lambda unit: natural(unit.name)), homes)


def by_site(graph: AccountGraph, ordered: Sequence[Stakeholder], words: Words) -> Groups:
    """Give a box for each site, in a box for its country where that is known.

    A person's site is the outermost site on the way down to his or her unit; without one, the
    innermost unit of which a city is known.
    """
    sites = {one.id: _site(graph, one.position.unit_id) for one in ordered}
    found = {site.id: site for site in sites.values() if site is not None}
    countries = {country for site in found.values() if (country := graph.countries.get(site.id))}
    units = [Unit(f"country:{code}", words.country(code)) for code in countries]
    for site in found.values():
        country = graph.countries.get(site.id)
        units.append(Unit(site.id, _named(site), f"country:{country}" if country else None))
    homes = {position: site.id if site else NOWHERE for position, site in sites.items()}
    units.sort(key=lambda unit: (natural(unit.name), unit.id))
    if NOWHERE in homes.values():
        units.append(Unit(NOWHERE, words.say("map.no_site")))
    return Groups(units, homes)


def _site(graph: AccountGraph, unit_id: str | None) -> OrgUnit | None:
    path = [graph.unit_by_id[unit] for unit in graph.unit_path(unit_id)]
    sites = [unit for unit in path if unit.kind == UnitKind.SITE]
    placed = [unit for unit in reversed(path) if unit.city]
    return next(iter((*sites, *placed)), None)


def _named(site: OrgUnit) -> str:
    if not site.city or fold(site.city) in fold(site.name):
        return site.name
    return f"{site.name} \u00b7 {site.city}"


def coarse(groups: Groups, most: int) -> Groups:
    """Give fewer boxes, each for all who are in it and in the boxes inside: the largest are opened.

    Parameters
    ----------
    groups
        The boxes.
    most
        From how many boxes on none is opened any more.
    """
    inside: dict[str, list[Unit]] = {}
    known = {unit.id for unit in groups.units}
    for unit in groups.units:
        inside.setdefault(unit.parent_id if unit.parent_id in known else "", []).append(unit)
    sizes = _sizes(groups)
    shown = {unit.id for unit in inside.get("", ())}
    opened: set[str] = set()
    while len(shown) < most:
        closed = [unit for unit in shown - opened if unit in inside]
        if not closed:
            break
        largest = max(closed, key=lambda unit: (sizes[unit], unit))
        opened.add(largest)
        shown |= {unit.id for unit in inside[largest]}
    above = {unit.id: unit.parent_id for unit in groups.units}

    def home(box: str) -> str:
        while box in above and box not in shown:
            box = above[box] or ""
        return box

    homes = {position: home(box) for position, box in groups.homes.items()}
    return Groups([unit for unit in groups.units if unit.id in shown], homes)


def _sizes(groups: Groups) -> Mapping[str, int]:
    """Count who is in each box and in the boxes inside."""
    above = {unit.id: unit.parent_id for unit in groups.units}
    counts: Counter[str] = Counter()
    for box in groups.homes.values():
        seen: set[str] = set()
        around: str | None = box
        while around is not None and around not in seen:
            seen.add(around)
            counts[around] += 1
            around = above.get(around)
    return counts
