"""What falls due: notices and ends of contracts, clauses to review, actions, incidents that stay open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from graphkam.errors import Param
from graphkam.graph.account_graph import Member
from graphkam.graph.alerts import OVERDUE, Alert, ahead, alert, lasted
from graphkam.graph.charge import Charge
from graphkam.graph.findings import finding
from graphkam.graph.stakes import contracts_in_force, open_actions, seats_behind
from graphkam.graph.strength import Panel
from graphkam.model.base import Severity
from graphkam.model.business import Action, Clause, Contract, Incident, Pursuit, Signal
from graphkam.model.vocabulary import BuyingRole
from graphkam.settings import AnalysisSettings

_LENGTH = 200
"""Characters of a text that are shown."""


class Clocks:
    """Finds what falls due.

    Parameters
    ----------
    ties
        The ties of the account on its day.
    settings
        The limits and horizons.
    charge
        Who of us is in charge.
    """

    def __init__(self, ties: Panel, settings: AnalysisSettings, charge: Charge) -> None:
        self._graph, self._settings, self._charge = ties.graph, settings, charge

    def alerts(self) -> Iterator[Alert]:
        """Give all reasons to act."""
        return chain(self._contracts(), self._actions(), self._incidents())

    def _days(self, day: date) -> int:
        return (day - self._graph.as_of).days

    def _by(self, member_id: str | None) -> Member | None:
        """Give the member named, if on the account; else whoever leads it."""
        return self._graph.by_member.get(member_id or "") or self._charge.of_account()

    def _contracts(self) -> Iterator[Alert]:
        for c in sorted(contracts_in_force(self._graph), key=lambda c: c.id):
            clauses = sorted(
                (k for k in self._graph.own(Clause) if k.contract_id == c.id), key=lambda k: k.id
            )
            keeper = next((k.owner_id for k in clauses if k.kind == "termination" and k.owner_id), None)
            member, seats = self._by(keeper), seats_behind(self._graph, c)
            yield from self._clock(c, member, seats)
            yield from self._signatory(c, member, seats)
            for k in clauses:
                yield from self._review(c, k, seats)

    def _clock(self, c: Contract, member: Member | None, seats: Sequence[int]) -> Iterator[Alert]:
        """Tell the notice; the end, where the notice is past or none is needed."""
        notice = c.notice if c.notice is not None and c.notice >= self._graph.as_of else None
        code, day = ("upkeep_notice", notice) if notice else ("upkeep_contract_end", c.end)
        if day is None or self._days(day) > self._settings.notice_days:
            return
        params: dict[str, Param] = {
            "name": c.name,
            "count": self._days(day),
            "day": day.isoformat(),
            "amount": None if c.value is None else float(c.value),
            "currency": self._graph.currency,
        }
        yield alert(
            f"contract:{c.id}",
            finding(code, Severity.CRITICAL, [c.id], params),
            seats=seats,
            lateness=ahead(self._days(day), self._settings.notice_days),
            member=member,
            due=day,
        )

    def _signatory(self, c: Contract, member: Member | None, seats: Sequence[int]) -> Iterator[Alert]:
        """Tell a contract whose signatory's position nobody holds any more."""
        s = self._graph.by_position.get(c.signatory_id or "")
        if s is not None and (not s.counts or s.has_left):
            params: dict[str, Param] = {"name": c.name, "title": s.position.title}
            told = finding("upkeep_signatory", Severity.WARNING, [c.id, s.id], params)
            yield alert(f"contract:{c.id}", told, seats=seats, lateness=0.0, member=member)

    def _review(self, c: Contract, k: Clause, seats: Sequence[int]) -> Iterator[Alert]:
        if k.review_on is None or k.status == "waived":
            return
        days, horizon = self._days(k.review_on), self._settings.clause_days
        if days <= horizon:
            params: dict[str, Param] = {"name": k.name, "contract": c.name, "day": k.review_on.isoformat()}
            yield alert(
                f"contract:{c.id}",
                finding("upkeep_clause", Severity.NOTICE, [k.id, c.id], params),
                seats=seats,
                lateness=ahead(days, horizon),
                member=self._by(k.owner_id),
                due=k.review_on,
            )

    def _actions(self) -> Iterator[Alert]:
        for a in sorted(open_actions(self._graph), key=lambda a: a.id):
            if a.due is not None and a.due < self._graph.as_of:
                params: dict[str, Param] = {
                    "what": a.text[:_LENGTH],
                    "count": -self._days(a.due),
                    "day": a.due.isoformat(),
                }
                yield alert(
                    self._key(a),
                    finding("upkeep_overdue", Severity.WARNING, [a.id, a.owner_id], params),
                    seats=self._about(a.about_id or ""),
                    lateness=OVERDUE,
                    member=self._by(a.owner_id),
                    due=a.due,
                )

    def _key(self, a: Action) -> str:
        """Give what an action is about, so that it stands with other reasons about the same."""
        about, records = a.about_id or "", self._graph.records
        s = self._graph.by_position.get(about)
        if s is not None and s.person is not None:
            return f"person:{s.person.id}"
        if records.get(Incident, about) is not None:
            return f"incident:{about}"
        return f"contract:{about}" if records.get(Contract, about) is not None else f"action:{a.id}"

    def _about(self, record_id: str) -> tuple[int, ...]:
        """Give the positions that something is about."""
        graph, records = self._graph, self._graph.records
        if found := records.get(Signal, record_id) or records.get(Incident, record_id):
            return self._seats(found.position_ids)
        if business := records.get(Pursuit, record_id) or records.get(Contract, record_id):
            return seats_behind(graph, business)
        return self._seats((record_id,))

    def _seats(self, position_ids: Sequence[str]) -> tuple[int, ...]:
        place = self._graph.place
        return tuple(place[i] for i in dict.fromkeys(position_ids) if i in place)

    def _incidents(self) -> Iterator[Alert]:
        as_of, limit = self._graph.as_of, self._settings.incident_days
        for i in sorted(self._graph.own(Incident), key=lambda i: i.id):
            days = -self._days(i.opened)
            if days <= limit or (i.closed is not None and i.closed <= as_of):
                continue
            severity = Severity.CRITICAL if i.severity == "high" else Severity.WARNING
            params: dict[str, Param] = {
                "name": i.name,
                "count": days,
                "before": i.trust_before,
                "after": i.trust_after,
                "centres": self._decided_by(i.position_ids),
            }
            code = "upkeep_incident_decider" if params["centres"] else "upkeep_incident"
            yield alert(
                f"incident:{i.id}",
                finding(code, severity, [i.id, *i.position_ids], params),
                seats=self._seats(i.position_ids),
                lateness=lasted(days, limit),
                member=self._by(i.owner_id),
            )

    def _decided_by(self, position_ids: Sequence[str]) -> tuple[str, ...]:
        """Give the decision centres in which one of some people decides."""
        seats = (s for s in self._graph.seats if s.position_id in position_ids)
        deciding = {s.centre_id for s in seats if BuyingRole.DECIDER in s.roles}
        return tuple(c.name for c in self._graph.centres if c.id in deciding)
