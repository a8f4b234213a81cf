"""People who leave or have left, and what is said of people too long ago.

Whom nobody has had to do with for so long after the last position must not be kept without a reason:
it is asked, never done.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from graphkam.errors import Param
from graphkam.graph.account_graph import Stakeholder
from graphkam.graph.alerts import OVERDUE, Alert, ahead, alert, lasted
from graphkam.graph.findings import finding
from graphkam.graph.silence import Silence
from graphkam.graph.strength import Panel
from graphkam.model.base import Severity, last_day
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.vocabulary import PersonStatus
from graphkam.settings import AnalysisSettings
from graphkam.text import UNKNOWN


class Turnover:
    """Finds who leaves, and what is said of people too long ago.

    Parameters
    ----------
    ties
        The ties of the account on its day.
    settings
        The limits and horizons.
    silence
        Who has been heard of, and when.
    """

    def __init__(self, ties: Panel, settings: AnalysisSettings, silence: Silence) -> None:
        self._graph, self._settings, self._silence = ties.graph, settings, silence
        self._charge = silence.charge

    def alerts(self) -> Iterator[Alert]:
        """Give all reasons to act."""
        return chain(self._leaving(), self._assessments(), self._retention())

    def _days(self, day: date) -> int:
        return (day - self._graph.as_of).days

    def _leaving(self) -> Iterator[Alert]:
        ends = {(h.person_id, h.position_id): h.until for h in self._graph.own(Holding) if h.until}
        for s in self._graph.counted:
            if s.person is None:
                continue
            until = ends.get((s.person.id, s.id))
            day = last_day(until) if until else None
            is_soon = day is not None and 0 <= self._days(day) <= self._settings.leaving_days
            if s.has_left:
                yield self._leaves(s, "upkeep_left", None)
            elif is_soon:
                yield self._leaves(s, "upkeep_leaving", day)
            elif s.person.status is PersonStatus.LEAVING:
                yield self._leaves(s, "upkeep_leaving" if day else "upkeep_leaving_undated", day)

    def _leaves(self, s: Stakeholder, code: str, day: date | None) -> Alert:
        """Tell who leaves; where nobody knows when, it may be tomorrow."""
        seat = self._graph.place[s.id]
        params: dict[str, Param] = {"name": s.name, "title": s.position.title}
        if day is not None:
            params |= {"day": day.isoformat(), "count": self._days(day)}
        return alert(
            f"leaving:{s.id}",
            finding(code, Severity.WARNING, [s.id], params),
            seats=[seat],
            lateness=OVERDUE if day is None else ahead(self._days(day), self._settings.leaving_days),
            member=self._charge.of_seat(seat),
            due=day,
        )

    def _assessments(self) -> Iterator[Alert]:
        """Tell of each person the assessment of longest ago, if it is old."""
        limit, oldest = self._settings.assessment_days, dict[str, Assessment]()
        for a in sorted(self._graph.assessments.values(), key=lambda a: (a.date, a.id)):
            if a.value != UNKNOWN:
                oldest.setdefault(a.person_id, a)
        for person_id, seats in self._graph.there.items():
            said, s = oldest.get(person_id), self._graph.counted[seats[0]]
            if said is None or (days := -self._days(said.date)) <= limit:
                continue
            params: dict[str, Param] = {
                "name": s.name,
                "title": s.position.title,
                "count": days,
                "day": said.date.isoformat(),
            }
            yield alert(
                f"person:{person_id}",
                finding("upkeep_assessment", Severity.NOTICE, [s.id, person_id], params, [said.id]),
                seats=seats,
                lateness=lasted(days, limit),
                member=self._charge.of_person(person_id),
            )

    def _retention(self) -> Iterator[Alert]:
        """Tell of whom nothing has been heard for so long since the last position ended."""
        ends: dict[str, list[date]] = {}
        for h in self._graph.own(Holding):
            if h.until is not None:
                ends.setdefault(h.person_id, []).append(last_day(h.until))
        for p in sorted(self._graph.own(Person), key=lambda p: p.id):
            known = [*self._silence.days.get(p.id, ())[-1:], *ends.get(p.id, ())]
            if p.id in self._graph.by_person or not known:
                continue
            days = -self._days(max(known))
            if days > self._settings.retention_days:
                params: dict[str, Param] = {"name": p.name, "count": days, "last": max(known).isoformat()}
                yield alert(
                    f"person:{p.id}",
                    finding("upkeep_retention", Severity.NOTICE, [p.id], params),
                    seats=(),
                    lateness=lasted(days, self._settings.retention_days),
                    member=self._charge.of_account(),
                )
