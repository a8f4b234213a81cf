"""What differs at the client between two days: people, positions, stances, influence, cover, business."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from graphkam.graph.account_graph import AccountGraph, Stakeholder
from graphkam.graph.parts import Part, by_centre, by_unit
from graphkam.graph.stakes import contracts_in_force
from graphkam.graph.tie_changes import team_changes, tie_changes
from graphkam.graph.two_days import Difference, TwoDays
from graphkam.model.base import Severity
from graphkam.model.business import Incident, Pursuit
from graphkam.model.people import Assessment
from graphkam.model.vocabulary import Attribute, Occupancy
from graphkam.settings import AnalysisSettings

_OCCUPANCY: Mapping[tuple[Occupancy, Occupancy], str] = {
    (Occupancy.HELD, Occupancy.VACANT): "changes_vacated",
    (Occupancy.HELD, Occupancy.UNKNOWN): "changes_unnamed",
    (Occupancy.VACANT, Occupancy.HELD): "changes_filled",
    (Occupancy.UNKNOWN, Occupancy.HELD): "changes_named",
    (Occupancy.HELD, Occupancy.HELD): "changes_succeeded",
}


def differences(days: TwoDays, settings: AnalysisSettings) -> Iterator[Difference]:
    """Give all that differs between two days, in no order."""
    return chain(
        _people(days, settings),
        _positions(days, settings),
        team_changes(days),
        tie_changes(days, settings),
        _stances(days),
        _influences(days),
        _cover(days, by_centre, "changes_centre_dark", "changes_centre_lit"),
        _cover(days, by_unit, "changes_unit_dark", "changes_unit_lit"),
        _contracts(days),
        _incidents(days),
        _pursuits(days),
    )


def _titles(held: Iterable[Stakeholder]) -> tuple[str, ...]:
    return tuple(s.position.title for s in held)


def _day(days: TwoDays, person: str, positions: Iterable[str], *, is_end: bool) -> str | None:
    """Give since when somebody holds one of some positions, or until when."""
    wanted = set(positions)
    found = (h for h in days.holdings.get(person, ()) if h.position_id in wanted)
    return max((day for h in found if (day := h.until if is_end else h.since)), default=None)


def _people(days: TwoDays, settings: AnalysisSettings) -> Iterator[Difference]:
    """Give who arrived, who left, and who holds other positions than before."""
    for person in {**days.was.by_person, **days.now.by_person}:
        old, new = (graph.by_person.get(person, ()) for graph in (days.was, days.now))
        was, now = ({s.id for s in held} for held in (old, new))
        if was == now:
            continue
        code = "changes_moved" if old and new else "changes_arrived" if new else "changes_left"
        is_key = days.is_key(was ^ now, settings.key_weight)
        grave = Severity.WARNING if not new else Severity.NOTICE
        came, went = [s.id for s in new if s.id not in was], [s.id for s in old if s.id not in now]
        yield days.differs(
            "people",
            code,
            [person, *came, *went],
            {
                "name": days.now.person_name(person),
                "titles": _titles(new or old),
                "before": _titles(old),
                "after": _titles(new),
            },
            positions=[*came, *went],
            on=_day(days, person, came or went, is_end=not came),
            severity=grave if is_key else Severity.INFO,
        )


def _positions(days: TwoDays, settings: AnalysisSettings) -> Iterator[Difference]:
    """Give positions that are held by somebody else or by nobody, that are new, or that are no more."""
    was, now = days.was.by_position, days.now.by_position
    for position in {**was, **now}:
        old, new = was.get(position), now.get(position)
        s = new or old
        if s is None or (code := _position_code(old, new)) is None:
            continue
        became_empty = code in {"changes_vacated", "changes_unnamed"}
        is_grave = became_empty and days.is_key([position], settings.key_weight)
        before = old.person if old else None
        after = new.person if new else None
        yield days.differs(
            "positions",
            code,
            [position, *(p.id for p in (before, after) if p)],
            {
                "name": s.position.title,
                "before": before.name if before else None,
                "after": after.name if after else None,
            },
            positions=[position],
            on=_since(days, s, code),
            severity=Severity.WARNING if is_grave else Severity.INFO,
        )


def _position_code(old: Stakeholder | None, new: Stakeholder | None) -> str | None:
    if old is None or new is None:
        return "changes_created" if new else "changes_abolished"
    if (old.occupancy, old.person) == (new.occupancy, new.person):
        return None
    return _OCCUPANCY.get((old.occupancy, new.occupancy))


def _since(days: TwoDays, s: Stakeholder, code: str) -> str | None:
    """Give since when a position is what it is, or until when it was."""
    p = s.position
    if code in {"changes_created", "changes_abolished"}:
        return p.since if code == "changes_created" else p.until
    if s.person is not None:
        return _day(days, s.person.id, [s.id], is_end=False)
    before = days.was.by_position[s.id].person
    return p.occupancy_since or (_day(days, before.id, [s.id], is_end=True) if before else None)


def _value(said: Assessment | None) -> int | None:
    return None if said is None or said.value == "?" else int(said.value)


def _stances(days: TwoDays) -> Iterator[Difference]:
    """Give the stances, in general or within a decision centre, that are not as they were said to be."""
    centres = {c.id: c.name for c in days.now.centres}
    for key in {**days.was.assessments, **days.now.assessments}:
        person, attribute, centre = key
        said = days.now.assessments.get(key)
        if attribute is not Attribute.STANCE or said is None:
            continue
        old, new = _value(days.was.assessments.get(key)), _value(said)
        if old == new:
            continue
        name = days.now.person_name(person)
        held = [s.id for s in days.now.by_person.get(person, ())]
        worse = old is not None and new is not None and new < old
        is_against = new is not None and new < 0
        severity = Severity.INFO
        if worse or (old is None and is_against):
            severity = Severity.WARNING if is_against else Severity.NOTICE
        yield days.differs(
            "stances",
            _stance_code(old, new),
            [person, *held, *([centre] if centre else [])],
            {
                "name": f"{name} ({centres.get(centre, centre)})" if centre else name,
                "before": old,
                "after": new,
            },
            positions=held,
            on=said.date,
            severity=severity,
            evidence=[said.id],
        )


def _stance_code(old: int | None, new: int | None) -> str:
    if old is None or new is None:
        return "changes_stance_known" if old is None else "changes_stance_unknown"
    return "changes_stance_up" if new > old else "changes_stance_down"


def _influences(days: TwoDays) -> Iterator[Difference]:
    """Give the influence that is known of since, and the influence that is no more."""
    was, now = ({t.id: t for t in graph.influences} for graph in (days.was, days.now))
    for tie_id in was.keys() ^ now.keys():
        is_new = tie_id in now
        tie = now[tie_id] if is_new else was[tie_id]
        source, target = (days.now.person_name(p) for p in (tie.from_id, tie.to_id))
        yield days.differs(
            "influence",
            "changes_influence_new" if is_new else "changes_influence_gone",
            [tie_id, tie.from_id, tie.to_id],
            {"name": source, "target": target},
            positions=[
                s.id
                for graph in (days.was, days.now)
                for p in (tie.from_id, tie.to_id)
                for s in graph.by_person.get(p, ())
            ],
            on=(tie.since or tie.known_on) if is_new else tie.until,
        )


def _cover(
    days: TwoDays, parts: Callable[[AccountGraph], tuple[Part, ...]], dark: str, lit: str
) -> Iterator[Difference]:
    """Give the decision centres or units into which nobody of us has a live tie any more, or has now."""
    was, now = ({p.id: p for p in parts(graph)} for graph in (days.was, days.now))
    for part in {**was, **now}.values():
        before = days.before.who(was[part.id].seats) if part.id in was else ()
        after = days.after.who(now[part.id].seats) if part.id in now else ()
        if bool(before) == bool(after):
            continue
        members = [days.now.members[m].name for m in after] or [days.was.members[m].name for m in before]
        held = {
            graph.counted[i].id
            for graph, found in ((days.was, was), (days.now, now))
            if part.id in found
            for i in found[part.id].seats
        }
        yield days.differs(
            "cover",
            lit if after else dark,
            [part.id],
            {"name": part.name, "members": tuple(members)},
            positions=sorted(held),
            severity=Severity.INFO if after else Severity.WARNING,
        )


def _contracts(days: TwoDays) -> Iterator[Difference]:
    was, now = ({c.id: c for c in contracts_in_force(graph)} for graph in (days.was, days.now))
    for contract_id in was.keys() ^ now.keys():
        is_new = contract_id in now
        c = now[contract_id] if is_new else was[contract_id]
        yield days.differs(
            "business",
            "changes_contract_began" if is_new else "changes_contract_ended",
            [c.id],
            {"name": c.name},
            positions=[c.signatory_id] if c.signatory_id else [],
            on=c.start if is_new else c.end,
        )


def _is_between(days: TwoDays, day: date | None) -> bool:
    return day is not None and days.was.as_of < day <= days.now.as_of


def _incidents(days: TwoDays) -> Iterator[Difference]:
    for i in days.now.own(Incident):
        for code, day in (("changes_incident_opened", i.opened), ("changes_incident_closed", i.closed)):
            if _is_between(days, day):
                params = {"name": i.name, "before": i.trust_before, "after": i.trust_after}
                yield days.differs("business", code, [i.id], params, positions=i.position_ids, on=day)


def _pursuits(days: TwoDays) -> Iterator[Difference]:
    """Give the pursuits that were begun; when one was won or lost is in no record."""
    for p in days.now.own(Pursuit):
        if _is_between(days, p.opened):
            yield days.differs(
                "business",
                "changes_pursuit_opened",
                [p.id],
                {
                    "name": p.name,
                    "amount": None if p.amount is None else float(p.amount),
                    "currency": p.currency or days.now.currency,
                },
                positions=p.position_ids,
                on=p.opened,
            )
