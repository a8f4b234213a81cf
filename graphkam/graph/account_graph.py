"""An account as of a day: read-only, and asked in the words of the field.

P, the positions that count, are those held on the day by a known or an unknown holder. M, the
members, are those of us with a mandate valid on the day who have not left; a colleague with a
contact tie and no mandate row at all has an implied mandate.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from graphkam.errors import NotFound
from graphkam.model.base import AccountEntity, fold
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate
from graphkam.model.vocabulary import Attribute, BuyingRole, Occupancy

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]


A = TypeVar("A", bound=AccountEntity)

_ROLES = tuple(dict.fromkeys([BuyingRole.DECIDER.value, "veto", *(role.value for role in BuyingRole)]))
"""In what order roles are said: those first that decide."""


class Stakeholder(NamedTuple):
    """A position with its holder on the day; or vacant, or held by somebody we cannot name."""

    position: Position
    person: Person | None
    occupancy: Occupancy
    has_left: bool = False
    """The holder is said to have left."""

    @property
    def id(self) -> str:
        """Id of the position."""
        return self.position.id

    @property
    def weight(self) -> int | None:
        """Influence weight 1-5; None = unknown."""
        return self.position.weight

    @property
    def counts(self) -> bool:
        """Whether it is in P: held, by a known or an unknown holder."""
        return self.occupancy is not Occupancy.VACANT

    @property
    def name(self) -> str:
        """The holder's name, or the title of the position."""
        return self.person.name if self.person else self.position.title


@dataclass(frozen=True, slots=True)
class Member:
    """One of us, on this account, on the day."""

    member: TeamMember
    mandates: tuple[Mandate, ...]

    @property
    def id(self) -> str:
        """Id of the team member."""
        return self.member.id

    @property
    def name(self) -> str:
        """First and last name."""
        return self.member.name

    @property
    def is_implied(self) -> bool:
        """Whether there is no mandate, only a contact tie."""
        return not self.mandates


class Contact(NamedTuple):
    """A contact tie as it was on the day."""

    tie: ContactTie
    member_id: str
    """Id of the one of us."""
    person_id: str
    """Id of the client person."""
    level: int | None
    """0-3; None = unknown."""
    last_contact: date | None
    """None = unknown."""
    stated_on: date
    """Day of the statement of level; the decay starts there where the last contact is unknown."""


@dataclass(frozen=True)
class AccountGraph:
    """One account as of a day; made by :func:`graphkam.graph.build.account_graph`."""

    account: Account
    as_of: date
    records: RecordSet
    """All records of the account, whatever their dates, and our own people."""
    units: tuple[OrgUnit, ...]
    stakeholders: tuple[Stakeholder, ...]
    """All positions that exist on the day, vacant ones included, by name."""
    members: tuple[Member, ...]
    """M, by name."""
    contacts: tuple[Contact, ...]
    """Ties between members of M and people of the account that exist on the day."""
    centres: tuple[DecisionCentre, ...]
    seats: tuple[Seat, ...]
    influences: tuple[InfluenceTie, ...]
    assessments: Mapping[tuple[str, Attribute, str | None], Assessment]
    """The latest on the day, by person, attribute and centre (None = in general)."""

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What has been worked out from this graph, so that several questions do it once."""
        return {}

    @cached_property
    def counted(self) -> tuple[Stakeholder, ...]:
        """P: the stakeholders that count, by name."""
        return tuple(s for s in self.stakeholders if s.counts)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each position that counts stands in ``counted``, by its id."""
        return {s.id: i for i, s in enumerate(self.counted)}

    @cached_property
    def there(self) -> Mapping[str, tuple[int, ...]]:
        """Of each person who has not left: where his or her positions stand in ``counted``."""
        found: dict[str, list[int]] = {}
        for i, s in enumerate(self.counted):
            if s.person is not None and not s.has_left:
                found.setdefault(s.person.id, []).append(i)
        return {person: tuple(places) for person, places in found.items()}

    @cached_property
    def by_position(self) -> Mapping[str, Stakeholder]:
        """Each stakeholder, by the id of the position."""
        return {s.id: s for s in self.stakeholders}

    @cached_property
    def by_person(self) -> Mapping[str, tuple[Stakeholder, ...]]:
        """The positions of each person, by the person's id."""
        held: dict[str, list[Stakeholder]] = {}
        for s in self.stakeholders:
            if s.person is not None:
                held.setdefault(s.person.id, []).append(s)
        return {person: tuple(positions) for person, positions in held.items()}

    @cached_property
    def by_member(self) -> Mapping[str, Member]:
        """Each member of M, by id."""
        return {m.id: m for m in self.members}

    @cached_property
    def seats_of(self) -> Mapping[str, tuple[Seat, ...]]:
        """The seats of each centre, by its id."""
        found: dict[str, list[Seat]] = {centre.id: [] for centre in self.centres}
        for seat in self.seats:
            found.setdefault(seat.centre_id, []).append(seat)
        return {centre: tuple(seats) for centre, seats in found.items()}

    def centres_asked(self, centre_id: str | None) -> tuple[DecisionCentre, ...]:
        """Give the decision centre that is asked for; all where none is.

        Raises
        ------
        NotFound
            If the account has no such centre.
        """
        found = tuple(c for c in self.centres if centre_id in {None, c.id})
        if centre_id is not None and not found:
            raise NotFound("no_such_name_at_all", value=centre_id)
        return found

    @cached_property
    def unit_by_id(self) -> Mapping[str, OrgUnit]:
        """Each unit, by id."""
        return {unit.id: unit for unit in self.units}

    def own(self, kind: type[A]) -> tuple[A, ...]:
        """Give the account's records of a kind, whatever their dates."""
        return tuple(r for r in self.records.of(kind) if r.account_id == self.account.id)

    def person_name(self, person_id: str) -> str:
        """Give the name of a person of the account, whether or not a position is held."""
        person = self.records.get(Person, person_id)
        return person.name if person else person_id

    def unit_path(self, unit_id: str | None) -> tuple[str, ...]:
        """Give the ids from the root unit down to a unit; empty for no unit."""
        path: list[str] = []
        while unit_id is not None and unit_id in self.unit_by_id and unit_id not in path:
            path.append(unit_id)
            unit_id = self.unit_by_id[unit_id].parent_id
        return tuple(reversed(path))

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """The country of each unit: its own, otherwise that of the nearest above it that has one."""
        found = {}
        for unit in self.units:
            path = (self.unit_by_id[i].country for i in reversed(self.unit_path(unit.id)))
            if country := next((c for c in path if c), None):
                found[unit.id] = country
        return found

    def said(self, person_id: str, attribute: Attribute, centre_id: str | None = None) -> Assessment | None:
        """Give the latest that was said of a person; for the decision centre rather than in general."""
        for where in (centre_id, None):
            if (found := self.assessments.get((person_id, attribute, where))) is not None:
                return found
        return None

    def stance(self, person_id: str, centre_id: str | None = None) -> int | None:
        """Give a person's position toward our offer, -2 to 2; None = unknown.

        What was said for the decision centre wins over what was said in general.
        """
        found = self.said(person_id, Attribute.STANCE, centre_id)
        return None if found is None or found.value == "?" else int(found.value)

    def is_key(self, stakeholder: Stakeholder, key_weight: int) -> bool:
        """Tell whether a stakeholder is key: of that weight, a decider, or with a veto."""
        roles = self.roles_of.get(stakeholder.id, ())
        return (stakeholder.weight or 0) >= key_weight or "decider" in roles or "veto" in roles

    @cached_property
    def roles_of(self) -> Mapping[str, tuple[str, ...]]:
        """What each position that sits in a centre is there, in any of them: ``veto``, buying roles."""
        found: dict[str, set[str]] = {}
        for seat in self.seats:
            found.setdefault(seat.position_id, set()).update(seat.roles, ["veto"] if seat.veto else [])
        return {position: tuple(filter(roles.__contains__, _ROLES)) for position, roles in found.items()}

    @cached_property
    def currency(self) -> str:
        """Currency of the account's amounts; euros where nothing is said."""
        return self.account.currency or "EUR"

    @cached_property
    def networkx(self) -> Network:
        """The account as a frozen networkx graph: people, positions, units, centres, members.

        Nodes carry ``kind`` and ``name``, edges ``kind`` (the relationship type in the database).
        """
        import networkx as nx

        made: Network = nx.MultiDiGraph()
        for unit in self.units:
            made.add_node(unit.id, kind="OrgUnit", name=unit.name)
        for centre in self.centres:
            made.add_node(centre.id, kind="DecisionCentre", name=centre.name)
        for s in self.stakeholders:
            made.add_node(s.id, kind="Position", name=s.position.title)
            if s.person:
                made.add_node(s.person.id, kind="Person", name=s.person.name)
        for m in self.members:
            made.add_node(m.id, kind="TeamMember", name=m.name)
        for start, end, kind in self._edges():
            if start in made and end in made:
                made.add_edge(start, end, kind=kind)
        nx.freeze(made)
        return made

    def _edges(self) -> list[tuple[str, str, str]]:
        edges = [(u.id, u.parent_id, "PART_OF") for u in self.units if u.parent_id]
        for s in self.stakeholders:
            p = s.position
            edges += [(p.id, p.unit_id, "AT")] if p.unit_id else []
            edges += [(p.id, p.reports_to_id, "REPORTS_TO")] if p.reports_to_id else []
            edges += [(p.id, other, "DOTTED_TO") for other in p.dotted_to_ids]
            edges += [(s.person.id, p.id, "HOLDS")] if s.person else []
        edges += [(t.from_id, t.to_id, "INFLUENCES") for t in self.influences]
        edges += [(s.position_id, s.centre_id, "SITS_IN") for s in self.seats]
        edges += [(c.member_id, c.person_id, "KNOWS") for c in self.contacts]
        return edges


def by_name(name: str, record_id: str) -> tuple[str, str]:
    """Give the key by which everything listed is ordered after its figure."""
    return fold(name), record_id
