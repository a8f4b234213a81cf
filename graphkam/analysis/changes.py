"""What has changed since a day, and what moved the figures?

Two views of the same records are compared: as of the earlier day and as of the later. So a change is told
when the dates of the records tell it: of holdings (people arrived, left and moved; positions vacated and
filled), of mandates, of statements and contacts (ties new, live again, faded, warmer, cooler), of
assessments, of influence, of contracts, incidents and pursuits. What has no date is the same on both
days: no change of it can be told, and how many such facts there are is said. A tie or an influence that is
*new* is one of which nothing was known on the earlier day; it may be older.

- **Figures**: C1, C2, bow-tie index, greatest loss and concentration on both days, as their analyses define
  them, with what they could be.
- **What moved C1 and C2**: the difference is the sum over the positions of in/W after less in/W before
  (in = its weight if covered), which leaves nothing over. A *mover* is a position that changed: covered or
  not, counting or not, of another weight; the rest, *rescaled*, is the same weight over another total.
- **No trace**: a tie of the later day both ends of which were there on the earlier, but of which nothing is
  recorded from then. It may be older than the records: C1 and C2 of the earlier day are given with what
  they were if all such ties were live. So an account is not said to have got better by being written down.
- **Dark**: a decision centre or unit into which somebody of us had a live tie and nobody has now.

Source: design, analyses.md, "changes".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from graphkam.errors import InputError, Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.changes import differences
from graphkam.graph.findings import finding, severity_rank, worst_first
from graphkam.graph.headlines import concentration, covered_share, greatest_loss, greatest_sole
from graphkam.graph.strength import Panel, panel
from graphkam.graph.terms import Ledger
from graphkam.graph.tie_changes import unseen
from graphkam.graph.two_days import AREAS, Area, Difference, TwoDays, undated
from graphkam.method.difference import Flags, Floats, share_difference
from graphkam.method.ratio import share_bounds
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.settings import AnalysisSettings

_DIGITS = 9
"""Beyond these, two figures are equal."""
_MOVED = 0.005
"""Change of C1 or C2 from which it is told: what is shown of it is whole hundredths."""
_NAMED = 3
"""Movers that a sentence names."""
_OF_POSITIONS: frozenset[Area] = frozenset({"people", "positions", "ties"})
"""What moves the cover of a position."""


class Change(Frozen):
    """One thing that is not as it was."""

    area: Area
    what: str
    """Code of the change."""
    id: str
    name: str
    on: str | None
    """Day, or month, since when; null: the records do not tell, or it came about by degrees."""
    weight: float
    """Of the positions concerned."""
    position_ids: tuple[str, ...]
    says: Finding
    """The change as a sentence."""


class Mover(Frozen):
    """A position that moved C1 or C2."""

    position_id: str
    name: str
    """Of its holder, on the later day if there is one; else its title."""
    by: float
    """What it adds to the difference."""
    why: tuple[Finding, ...]
    """The changes that concern it."""


class Moved(Frozen):
    """A headline figure on both days."""

    figure: str
    before: Interval
    after: Interval
    change: float | None
    """After less before; null where one of them is undefined."""
    movers: tuple[Mover, ...] = ()
    """What moved it most first; bounded. Of C1 and C2 only."""
    rescaled: float | None = None
    """What is due to the total weight alone. Of C1 and C2 only."""


class Size(Frozen):
    """How large an account is on a day."""

    people: int
    positions: int
    """That count: held by somebody, known or not."""
    vacant: int
    members: int
    live_ties: int
    weight: float


class Changes(Result):
    """What differs between two days."""

    since: date
    before: Size
    after: Size
    figures: tuple[Moved, ...]
    counts: Mapping[str, int]
    """How many changes there are of each kind."""
    changes: tuple[Change, ...]
    """By area, the weightiest first; of each area bounded."""
    unseen: int
    """Ties of the later day of which no trace is as old as the earlier, though both ends were there."""
    undated: Mapping[str, int]
    """How many facts have no date, so that no change of them can be told."""


def changes(
    graph: AccountGraph,
    *,
    before: AccountGraph,
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> Changes:
    """Answer what has changed since a day.

    Parameters
    ----------
    graph
        The account as of the later day.
    before
        The same account as of the earlier day.
    settings
        Defaults of the analyses.
    with_terms
        Say where the figures come from.

    Raises
    ------
    InputError
        If the earlier day is not before the later.
    """
    if before.as_of >= graph.as_of:
        raise InputError("not_before", value=before.as_of, day=graph.as_of)
    chosen = settings or AnalysisSettings()
    days = TwoDays(panel(before, chosen), panel(graph, chosen))
    found = sorted(differences(days, chosen), key=_order)
    ledger = Ledger(days.after) if with_terms else None
    figures = tuple(_figures(days, _by_position(found), chosen, ledger))
    missing, older = undated(graph), len(unseen(days))
    return Changes(
        account=graph.account.name,
        as_of=graph.as_of,
        since=before.as_of,
        before=_size(days.before),
        after=_size(days.after),
        figures=figures,
        counts=dict(sorted(Counter(d.told.code.removeprefix("changes_") for d in found).items())),
        changes=tuple(_change(d) for area in AREAS for d in _of_area(found, area)[: chosen.top]),
        unseen=older,
        undated=missing,
        findings=worst_first(_findings(figures, found, older, missing), chosen.top),
        explained=ledger.explained if ledger else (),
        terms=ledger.terms if ledger else (),
    )


def _order(d: Difference) -> tuple[int, float, tuple[str, str], str]:
    return (
        AREAS.index(d.area),
        -round(d.weight, _DIGITS),
        by_name(d.name, d.told.subjects[0]),
        d.told.code,
    )


def _of_area(found: Iterable[Difference], area: Area) -> list[Difference]:
    return [d for d in found if d.area == area]


def _change(d: Difference) -> Change:
    return Change(
        area=d.area,
        what=d.told.code.removeprefix("changes_"),
        id=d.told.subjects[0],
        name=d.name,
        on=d.on,
        weight=d.weight,
        position_ids=d.positions,
        says=d.told,
    )


def _size(ties: Panel) -> Size:
    graph = ties.graph
    return Size(
        people=len({s.person.id for s in graph.counted if s.person}),
        positions=ties.seats,
        vacant=len(graph.stakeholders) - ties.seats,
        members=ties.members,
        live_ties=len(set(ties.tie[ties.live].tolist())),
        weight=ties.total,
    )


def _figures(
    days: TwoDays,
    about: Mapping[str, Sequence[Difference]],
    settings: AnalysisSettings,
    ledger: Ledger | None,
) -> Iterator[Moved]:
    for least in (2, 1):
        yield _share(days, least, about, settings, ledger)
    for name, measure in (("bow_tie", greatest_sole), ("max_loss", greatest_loss), ("hhi", concentration)):
        before, after = measure(days.before), measure(days.after)
        yield Moved(figure=name, before=before, after=after, change=_less(after.value, before.value))


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _share(
    days: TwoDays,
    least: int,
    about: Mapping[str, Sequence[Difference]],
    settings: AnalysisSettings,
    ledger: Ledger | None,
) -> Moved:
    """Give C1 or C2 on both days, and what each position adds to the difference."""
    ids = tuple(days.weights)
    was, is_ = (_aligned(ids, ties, least) for ties in (days.before, days.after))
    first, last, parts = share_difference(*was, *is_)
    name = f"c{least}"
    moved = [
        i
        for i in range(len(ids))
        if (was[0][i], was[1][i]) != (is_[0][i], is_[1][i]) and parts is not None and parts[i] != 0
    ]
    change = _less(last, first)
    if ledger and parts is not None:
        _explain(ledger, days, least, (first, last), dict(zip(ids, parts.tolist(), strict=True)), about)
    by = [] if parts is None else [(float(parts[i]), ids[i]) for i in moved]
    movers = sorted(
        (_mover(days, position, part, about.get(position, ())) for part, position in by),
        key=lambda m: (-round(abs(m.by), _DIGITS), by_name(m.name, m.position_id)),
    )
    return Moved(
        figure=name,
        before=_could_be(days, least, first),
        after=covered_share(days.after, least),
        change=change,
        movers=tuple(movers[: settings.top]),
        rescaled=None if change is None else change - sum(part for part, _ in by),
    )


def _could_be(days: TwoDays, least: int, value: float | None) -> Interval:
    """Give C1 or C2 of the earlier day, with what it was if ties first recorded later were live then."""
    ties = days.before
    also = Counter(person for _, person in unseen(days))
    extra = [also[s.person.id] if s.person else 0 for s in ties.graph.counted]
    surely = ties.count(ties.surely_live) >= least
    maybe = ties.count(ties.maybe_live) + np.array(extra, dtype=np.int64) >= least
    low, high = share_bounds(ties.weight_low, ties.weight_high, surely, maybe) or (None, None)
    return Interval(value=value, low=low, high=high)


def _aligned(ids: Sequence[str], ties: Panel, least: int) -> tuple[Floats, Flags]:
    """Give the weight of each position on a day, and whether so many of us cover it."""
    covered, place = ties.count(ties.live) >= least, ties.graph.place
    weight = [float(ties.weight[place[p]]) if p in place else 0.0 for p in ids]
    return np.array(weight), np.array([p in place and bool(covered[place[p]]) for p in ids], dtype=np.bool_)


def _mover(days: TwoDays, position: str, by: float, why: Iterable[Difference]) -> Mover:
    s = days.now.by_position.get(position) or days.was.by_position[position]
    return Mover(
        position_id=position,
        name=s.name,
        by=by,
        why=tuple(d.told for d in why),
    )


def _by_position(found: Iterable[Difference]) -> Mapping[str, Sequence[Difference]]:
    """Give the changes that concern each position; a change of holder once, told of the position."""
    here: dict[str, list[Difference]] = {}
    for d in found:
        for position in d.positions if d.area in _OF_POSITIONS else ():
            here.setdefault(position, []).append(d)
    told = {position for position, changes in here.items() if any(d.area == "positions" for d in changes)}
    return {
        position: [d for d in changes if not (position in told and d.area == "people")]
        for position, changes in here.items()
    }


def _explain(
    ledger: Ledger,
    days: TwoDays,
    least: int,
    shares: tuple[float | None, float | None],
    parts: Mapping[str, float],
    about: Mapping[str, Sequence[Difference]],
) -> None:
    """Say what C1 or C2 is summed from on both days, and the difference."""
    name = f"c{least}"
    sides = (("before", days.before, shares[0]), ("after", days.after, shares[1]))
    for end, ties, share in sides:
        covered = ties.count(ties.live) >= least
        ledger.seats(f"weight {end}", ties.weight, ties=ties)
        ledger.seats(f"{name} {end}", ties.weight, covered, ties=ties)
        ledger.figure(f"figures[{name}].{end}.value", share, f"{name} {end}", f"weight {end}")
    for position, part in parts.items():
        if part:
            s = days.now.by_position.get(position) or days.was.by_position[position]
            because = dict.fromkeys(d.told.subjects[0] for d in about.get(position, ()))
            ledger.term(f"{name} change", position, s.name, part, because=because)
    ledger.figure(f"figures[{name}].change", _less(shares[1], shares[0]), f"{name} change")


def _findings(
    figures: Iterable[Moved], found: Sequence[Difference], older: int, missing: Mapping[str, int]
) -> Iterator[Finding]:
    """Tell how the cover moved and why, then what matters of the changes, then what cannot be told."""
    for m in figures:
        if m.change is not None and m.movers and abs(m.change) >= _MOVED:
            yield _about_figure(m)
    ranked = sorted(found, key=lambda d: (severity_rank(d.told), -round(d.weight, _DIGITS), _order(d)))
    yield from (d.told for d in ranked if d.told.severity is not Severity.INFO)
    if older:
        yield finding("changes_unseen", Severity.NOTICE, (), {"count": older})
    if not found:
        yield finding("changes_nothing", Severity.INFO, ())
    if count := sum(missing.values()):
        yield finding("changes_undated", Severity.INFO, (), {"count": count})


_CODES: Mapping[tuple[str, bool], str] = {
    ("c2", True): "changes_c2_rose",
    ("c2", False): "changes_c2_fell",
    ("c1", True): "changes_c1_rose",
    ("c1", False): "changes_c1_fell",
}


def _about_figure(m: Moved) -> Finding:
    rose = (m.change or 0.0) > 0
    toward = [mover for mover in m.movers if (mover.by > 0) == rose]
    params: dict[str, Param] = {
        "before": round(100 * (m.before.value or 0.0)),
        "after": round(100 * (m.after.value or 0.0)),
        "names": tuple(mover.name for mover in toward[:_NAMED]),
    }
    severity = Severity.INFO if rose else Severity.WARNING if m.figure == "c2" else Severity.NOTICE
    return finding(_CODES[m.figure, rose], severity, [mover.position_id for mover in toward[:_NAMED]], params)
