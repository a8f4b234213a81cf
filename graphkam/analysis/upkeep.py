"""What is to be done this week, and what in the records is stale or missing?

**The weekly list** is at most ``week_items`` (12) things to do, the most valuable first; reasons that
are about the same person, incident or contract make one thing to do, as valuable as the most valuable of
them; the gravest is told first. *Value* = weight x lateness:

- weight: the sum of the influence weights (1-5; unknown = the median of the known) of the stakeholders
  concerned: the person; those whom an action or an incident is about; for a contract those of the
  decision centre that its signatory sits in. What concerns nobody who counts weighs 1;
- lateness, 0 to 1: 1 - limit / days for what has lasted longer than its limit, 1 - days left / horizon
  for what is to come, 1 for what is overdue (see :mod:`graphkam.graph.alerts`).

Reasons (each limit is a setting, in days):

- a tie *gone stale*, by tier of its stakeholder (``stale_by_tier``: A 90, B 180, C 365), where fewer
  fresh ones are left than wanted;
- a person silent for longer than ``rhythm_factor`` (2) times the median gap between contacts, from
  ``rhythm_contacts`` (4) days with a contact on, and for ``rhythm_least`` (14) at least; a champion
  (stance +2) silent for ``champion_days`` (30); anybody silent for ``gone_days`` (730): still there?
- an assessment older than ``assessment_days`` (365);
- a holder who is marked as leaving, or whose time ends within ``leaving_days`` (365), or who has left;
- an action overdue; an incident open for ``incident_days`` (30);
- a notice, else the end of a contract, within ``notice_days`` (90); the review of a clause within
  ``clause_days`` (30); a contract whose signatory's position nobody holds any more;
- somebody without a position of whom nothing was heard for ``retention_days`` (1095): still to be kept?

**Completeness**: of each area, what is filled in over what should be; green from ``green_from`` (0.9),
amber from ``amber_from`` (0.6), red below (see :mod:`graphkam.graph.completeness`).

Source: design, analyses.md, "upkeep"; retention: CNIL, three years after the last contact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Literal

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.alerts import Alert
from graphkam.graph.clocks import Clocks
from graphkam.graph.completeness import Area, Name, areas
from graphkam.graph.findings import finding, severity_rank, worst_first
from graphkam.graph.silence import Silence, Stale
from graphkam.graph.strength import Panel, panel
from graphkam.graph.terms import Ledger
from graphkam.graph.turnover import Turnover
from graphkam.model.base import Finding, Frozen, Result, Severity
from graphkam.settings import AnalysisSettings

_DIGITS = 9
"""Beyond these, two values are equal."""


class Item(Frozen):
    """One thing to do."""

    id: str
    value: float
    """Weight x lateness, of the reason for which it is greatest."""
    weight: float
    lateness: float
    concerns: tuple[str, ...]
    """Names of the stakeholders concerned."""
    position_ids: tuple[str, ...]
    act: str | None
    """Who of us should; null: nobody is on the account."""
    act_id: str | None
    due: date | None
    why: Finding
    """The gravest reason."""
    also: tuple[Finding, ...]
    """Further reasons."""


class StaleTie(Frozen):
    """A contact tie that nobody has tended for too long."""

    tie_id: str
    member: str
    person: str
    person_id: str
    tier: str
    """Of the stakeholder: A, B or C."""
    level: int | None
    last_contact: date
    days: int
    limit: float


class Completeness(Frozen):
    """How complete one area of the records is."""

    area: Name
    filled: int
    asked: int
    share: float | None
    """Null: there is nothing to fill in."""
    state: Literal["green", "amber", "red"] | None
    missing: tuple[str, ...]
    """Names of what is not filled in; bounded."""
    missing_ids: tuple[str, ...]


class Upkeep(Result):
    """What is to be done, what is stale and what is missing."""

    week: tuple[Item, ...]
    """The most valuable first; at most ``week_items``."""
    waiting: int
    """Things to do beyond the list."""
    reasons: Mapping[str, int]
    """How many reasons there are of each code, the list and beyond."""
    stale_ties: int
    stale: tuple[StaleTie, ...]
    """The furthest beyond its limit first; bounded."""
    filled: float | None
    """Of all areas together, what is filled in over what should be."""
    areas: tuple[Completeness, ...]


def upkeep(
    graph: AccountGraph, *, settings: AnalysisSettings | None = None, with_terms: bool = True
) -> Upkeep:
    """Answer what is to be done, what is stale and what is missing.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Limits and horizons.
    with_terms
        Say where the values and the parts filled in come from.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    silence = Silence(ties, chosen)
    clocks, turnover = Clocks(ties, chosen, silence.charge), Turnover(ties, chosen, silence)
    alerts = list(chain(silence.alerts(), clocks.alerts(), turnover.alerts()))
    items, found = _items(ties, alerts), areas(graph, chosen)
    complete = tuple(_complete(area, chosen) for area in found)
    asked = sum(c.asked for c in complete)
    ledger = Ledger(ties)
    if with_terms:
        _explain(ledger, ties, items[: chosen.week_items], found)
    return Upkeep(
        account=graph.account.name,
        as_of=graph.as_of,
        week=tuple(items[: chosen.week_items]),
        waiting=max(0, len(items) - chosen.week_items),
        reasons=dict(sorted(Counter(a.finding.code for a in alerts).items())),
        stale_ties=len(silence.stale),
        stale=tuple(_stale(graph, s) for s in silence.stale[: chosen.top]),
        filled=sum(c.filled for c in complete) / asked if asked else None,
        areas=complete,
        findings=worst_first(
            chain((a.finding for a in _ranked(ties, alerts)), _about_areas(complete, chosen)), chosen.top
        ),
        explained=ledger.explained,
        terms=ledger.terms,
    )


def _value(ties: Panel, a: Alert) -> float:
    return a.weight(ties) * a.lateness


def _ranked(ties: Panel, alerts: Iterable[Alert]) -> list[Alert]:
    """Give reasons by their value, then by what they are about."""
    return sorted(
        alerts, key=lambda a: (-round(_value(ties, a), _DIGITS), a.about, a.finding.code, a.finding.subjects)
    )


def _items(ties: Panel, alerts: Iterable[Alert]) -> list[Item]:
    """Make one thing to do of all reasons about the same, the most valuable first."""
    groups: dict[str, list[Alert]] = {}
    for a in _ranked(ties, alerts):
        groups.setdefault(a.about, []).append(a)
    items = [_item(ties, about, reasons) for about, reasons in groups.items()]
    return sorted(items, key=lambda i: (-round(i.value, _DIGITS), *by_name(", ".join(i.concerns), i.id)))


def _item(ties: Panel, about: str, reasons: Sequence[Alert]) -> Item:
    most = reasons[0]
    first, *others = sorted(reasons, key=lambda a: severity_rank(a.finding))
    concerned = [ties.graph.counted[j] for j in most.seats]
    return Item(
        id=about,
        value=_value(ties, most),
        weight=most.weight(ties),
        lateness=most.lateness,
        concerns=tuple(dict.fromkeys(s.name for s in concerned)),
        position_ids=tuple(s.id for s in concerned),
        act=first.member.name if first.member else None,
        act_id=first.member.id if first.member else None,
        due=first.due,
        why=first.finding,
        also=tuple(a.finding for a in others),
    )


def _stale(graph: AccountGraph, s: Stale) -> StaleTie:
    c = s.contact
    return StaleTie(
        tie_id=c.tie.id,
        member=graph.by_member[c.member_id].name,
        person=graph.person_name(c.person_id),
        person_id=c.person_id,
        tier=s.tier,
        level=c.level,
        last_contact=c.last_contact or c.stated_on,
        days=s.days,
        limit=s.limit,
    )


def _complete(area: Area, settings: AnalysisSettings) -> Completeness:
    asked, missing = len(area.entries), area.missing
    share = area.filled / asked if asked else None
    state: Literal["green", "amber", "red"] | None = None
    if share is not None:
        state = "amber" if share >= settings.amber_from else "red"
        state = "green" if share >= settings.green_from else state
    return Completeness(
        area=area.name,
        filled=area.filled,
        asked=asked,
        share=share,
        state=state,
        missing=tuple(e.name for e in missing[: settings.top]),
        missing_ids=tuple(e.id for e in missing[: settings.top]),
    )


def _about_areas(complete: Iterable[Completeness], settings: AnalysisSettings) -> Iterator[Finding]:
    """Tell how many areas are red."""
    if red := [c.area for c in complete if c.state == "red"]:
        params: dict[str, Param] = {"count": len(red), "percent": round(100 * settings.amber_from)}
        yield finding("upkeep_red", Severity.INFO, red, params)


def _explain(ledger: Ledger, ties: Panel, items: Iterable[Item], found: Iterable[Area]) -> None:
    """Say whose weights make the value of each thing to do, and what is filled in of each area."""
    for i in items:
        name = f"week[{i.id}].value"
        for p in i.position_ids:
            shown, weight = ties.graph.by_position[p].name, float(ties.weight[ties.graph.place[p]])
            ledger.term(name, p, shown, weight * i.lateness, weight=weight)
        if not i.position_ids:
            ledger.term(name, i.id, i.id, i.value, weight=i.weight)
        ledger.figure(name, i.value, name)
    for area in found:
        name = f"areas[{area.name}].share"
        for e in area.entries:
            ledger.term(f"{name} of", e.id, e.name, 1.0)
            if e.is_filled:
                ledger.term(name, e.id, e.name, 1.0)
        if area.entries:
            ledger.figure(name, area.filled / len(area.entries), name, f"{name} of")
