"""Whom a card is about: a position with its holder, a person without one, or one of us."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkam.drawing.stakeholders import path_text
from graphkam.graph.account_graph import by_name
from graphkam.model.organisation import DecisionCentre, OrgUnit, Position
from graphkam.model.people import Person, TeamMember
from graphkam.model.vocabulary import PersonStatus

if TYPE_CHECKING:
    from graphkam.graph.account_graph import AccountGraph, Stakeholder
    from graphkam.ui.fields import Options

_MARKS = ("p:", "m:", "t:")
"""What a drawing puts before the ids of its nodes."""


@dataclass(frozen=True)
class Subject:
    """Whom a card is about."""

    id: str
    graph: AccountGraph
    person: Person | None
    """None = a position that nobody holds, or one of us."""
    posts: tuple[Stakeholder, ...]
    """The positions of the day, the one asked for first."""
    member: TeamMember | None = None

    @property
    def post(self) -> Stakeholder | None:
        """The position, if there is one."""
        return self.posts[0] if self.posts else None

    @property
    def name(self) -> str:
        """What is written on top."""
        if self.member is not None:
            return self.member.name
        return self.person.name if self.person else self.posts[0].position.title


def subject(graph: AccountGraph, wanted: str) -> Subject | None:
    """Give whom an id means, of a person, a position or one of us; None = nobody on this day.

    Parameters
    ----------
    graph
        The account as of the day.
    wanted
        The id, or that of a node of a drawing.
    """
    for record_id in (wanted, *(wanted.removeprefix(mark) for mark in _MARKS if wanted.startswith(mark))):
        if (post := graph.by_position.get(record_id)) is not None:
            held = graph.by_person.get(post.person.id, ()) if post.person else ()
            others = tuple(other for other in held if other.id != post.id)
            return Subject(wanted, graph, post.person, (post, *others))
        person = graph.records.get(Person, record_id)
        if person is not None and person.account_id == graph.account.id:
            return Subject(wanted, graph, person, graph.by_person.get(person.id, ()))
        if (member := graph.records.get(TeamMember, record_id)) is not None:
            return Subject(wanted, graph, None, (), member)
    return None


# ------------------------------------------------------------------ what a form offers to choose from


def members(graph: AccountGraph, *, without: Collection[str] = ()) -> Options:
    """Give those of us with what they do: first who is on the account, then the others."""
    found = {m.id: _titled(m.member) for m in graph.members}
    others = (m for m in graph.records.of(TeamMember) if m.status is not PersonStatus.LEFT)
    found |= {m.id: _titled(m) for m in sorted(others, key=lambda m: by_name(m.name, m.id))}
    return {member: told for member, told in found.items() if member not in without}


def _titled(member: TeamMember) -> str:
    return f"{member.name} \u00b7 {member.title}" if member.title else member.name


def people(graph: AccountGraph, *, without: str | None = None) -> Options:
    """Give the people of the account, with their positions of the day."""
    found = {}
    for person in sorted(graph.own(Person), key=lambda p: by_name(p.name, p.id)):
        if person.id != without:
            titles = ", ".join(s.position.title for s in graph.by_person.get(person.id, ()))
            found[person.id] = f"{person.name} \u00b7 {titles}" if titles else person.name
    return found


def positions(graph: AccountGraph, *, without: str | None = None) -> Options:
    """Give the positions of the day, with their holders."""
    found = {}
    for post in graph.stakeholders:
        if post.id != without:
            unit = path_text(graph, post.position.unit_id)
            titled = f"{post.position.title} @ {unit}" if unit else post.position.title
            found[post.id] = f"{post.person.name} \u00b7 {titled}" if post.person else titled
    return found


def units(graph: AccountGraph) -> Options:
    """Give the units, by their way from the outermost."""
    paths = {unit.id: path_text(graph, unit.id) for unit in graph.own(OrgUnit)}
    return dict(sorted(paths.items(), key=lambda item: by_name(item[1], item[0])))


def centres(graph: AccountGraph) -> Options:
    """Give the decision centres."""
    return {centre.id: centre.name for centre in graph.own(DecisionCentre)}


def reports(graph: AccountGraph, position_id: str) -> tuple[Position, ...]:
    """Give who reports to a position."""
    return tuple(s.position for s in graph.stakeholders if s.position.reports_to_id == position_id)
