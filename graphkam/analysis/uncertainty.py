"""How far do the figures hang on what we do not know, and what should we ask first, of whom?

Every headline is given with what it could be, jointly over all that is said to be unknown: a weight (1
to 5), a level (0 to 3), a last contact (any day), the stance of somebody who votes (-2 to 2), and the
holder of a position whom nobody can name or who is marked as gone. Any of us may know such a holder,
so intervals here contain those of :mod:`graphkam.analysis.coverage`, where such a position is
uncovered, and equal them where every holder is known. An interval is *exact*, reached at both ends, or
an *outer bound*, which the truth cannot pass (see :mod:`graphkam.graph.headlines`). What nobody has
recorded at all is in no interval; of that the robustness speaks.

- **Weighted stance** of a decision centre: sum of votes x stance over sum of votes, of those known;
  exact, -2 to 2 (see :mod:`graphkam.graph.standing`).
- **Questions**: each unknown fact that can narrow the headline, the most first. *Narrows* is the width
  of the interval before less the width after, as a part of the figure's range, worked out anew for
  each answer: on average over the answers, and at least, whatever the answer. The headline is C2; of a
  stance it is the weighted stance of a centre; of equals the one that narrows C1 more is asked first
  (see :mod:`graphkam.graph.asking`).
- **Robustness** of rankings: a share of the recorded ties (``missing_ties``, 0.2) is left out at
  random, ``draws`` times, seeded: how often the first stays first (share with its Wilson interval),
  and the probability that two who differ stay in order.

Source: design, analyses.md, "uncertainty"; bounds: Manski 1995; robustness: Borgatti, Carley &
Krackhardt 2006, Social Networks 28; Martin & Niemeyer 2017; Wilson 1927, checked against Newcombe 1998.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.asking import Asked, Asking, Figure
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.headlines import concentration, covered_share, greatest_loss, greatest_sole
from graphkam.graph.rankings import Name, Ranking, rankings
from graphkam.graph.standing import Standing
from graphkam.graph.terms import Ledger
from graphkam.graph.uncertain_terms import explain_questions, explain_stances, explain_worst
from graphkam.graph.unknowns import Kind, Unknowns
from graphkam.graph.voters import total
from graphkam.method.ratio import sampled_share_bounds
from graphkam.method.robustness import robustness
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.settings import AnalysisSettings

_TWO = 2
"""C2 asks for so many of us."""
_ASKS: Mapping[Kind, str] = {
    "weight": "uncertainty_ask_weight",
    "level": "uncertainty_ask_level",
    "contact": "uncertainty_ask_contact",
    "tie": "uncertainty_ask_tie",
    "holder": "uncertainty_ask_holder",
    "stance": "uncertainty_ask_stance",
}
_NOT_SURE: Mapping[Name, str] = {
    "sole": "uncertainty_rank_sole",
    "share": "uncertainty_rank_share",
    "influence": "uncertainty_rank_influence",
}


class Bounds(Interval):
    """A figure with what it could be."""

    is_exact: bool
    """Both ends can come about; if not, they are outer bounds."""


class CentreStance(Bounds):
    """Where a decision centre stands, weighted by votes; -2 to 2."""

    id: str
    name: str
    votes: float
    """That can be cast on the day."""
    unknown_votes: float
    """Of them, those of people whose stance is not known."""
    unknown: tuple[str, ...]
    """Names of these people."""


class Question(Frozen):
    """Something to ask."""

    id: str
    kind: Kind
    position_id: str
    name: str
    """Of the stakeholder; the title of the position where nobody can name the holder."""
    ask: str | None
    """Whom of us; null: nobody is on the account."""
    ask_id: str | None
    figure: Figure
    """Which figure it narrows."""
    expected: float
    """By how much on average, as a part of that figure's range."""
    at_least: float
    """By how much whatever the answer."""
    c1: float
    """By how much it narrows C1 on average."""
    centres: tuple[str, ...]
    """Names of the decision centres in which a stance counts, most votes first."""
    says: Finding
    """The question as a sentence."""


class Robust(Frozen):
    """How far a ranking can be trusted if ties are missing."""

    ranking: Name
    """Of us by weight that one alone covers, or by share of all ties; of theirs by influence given."""
    first: str
    first_id: str
    ties: int
    """That it rests on."""
    missing: float
    draws: int
    first_kept: float
    """Share of the draws in which the first stays first."""
    first_kept_low: float
    first_kept_high: float
    top_kept: float
    """Mean part of the first three who stay among them."""
    agreement: float
    """Mean probability that two who differ stay in order."""
    agreement_low: float
    """The same in the worst 5 % of draws."""


class Uncertainty(Result):
    """What the figures could be, what to ask, and how robust the rankings are."""

    c1: Bounds
    c2: Bounds
    bow_tie: Bounds
    max_loss: Bounds
    hhi: Bounds
    effective_interlocutors: Bounds
    stances: tuple[CentreStance, ...]
    """The widest first; bounded."""
    unknown: Mapping[Kind, int]
    """How many facts of each kind are not known."""
    narrowing: int
    """How many of them would narrow the headline."""
    questions: tuple[Question, ...]
    """The first of them; bounded."""
    rankings: tuple[Robust, ...]


def uncertainty(
    graph: AccountGraph, *, settings: AnalysisSettings | None = None, with_terms: bool = True
) -> Uncertainty:
    """Answer what the figures could be, and what to ask first.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    with_terms
        Say where the ends of the intervals come from.
    """
    chosen = settings or AnalysisSettings()
    unknowns = Unknowns(graph, chosen)
    ties, facts = unknowns.ties, list(unknowns.facts())
    ledger = Ledger(ties) if with_terms else None
    sole_, loss, hhi = greatest_sole(ties), greatest_loss(ties), concentration(ties, ledger)
    is_exact = not chosen.half_life_by_tier or all(s.weight is not None for s in graph.counted)
    ranked = Asking(unknowns).ranked(facts)
    standings = sorted(unknowns.standings, key=_width_first)[: chosen.top]
    stances = tuple(map(_stance, standings))
    questions = [_question(graph, asked) for asked in ranked[: chosen.top]]
    robust = tuple(r for ranking in rankings(ties) if (r := _robust(ranking, chosen)))
    c1, c2 = (_bounds(covered_share(ties, k, ledger), is_exact=is_exact) for k in (1, _TWO))
    if ledger:
        explain_worst(ledger, ties, sole_, loss)
        explain_stances(ledger, standings)
        explain_questions(ledger, ranked[: chosen.top])
    found = chain(
        _about_questions(questions, len(facts)),
        _about_spans(c1, c2, len(facts)),
        _about_stances(stances),
        _about_rankings(robust, chosen),
    )
    return Uncertainty(
        account=graph.account.name,
        as_of=graph.as_of,
        c1=c1,
        c2=c2,
        bow_tie=_bounds(sole_),
        max_loss=_bounds(loss),
        hhi=_bounds(hhi),
        effective_interlocutors=_bounds(_inverse(hhi)),
        stances=stances,
        unknown=dict(sorted(Counter(fact.kind for fact in facts).items())),
        narrowing=len(ranked),
        questions=tuple(questions),
        rankings=robust,
        findings=worst_first(found, chosen.top),
        explained=ledger.explained if ledger else (),
        terms=ledger.terms if ledger else (),
    )


def _bounds(found: Interval, *, is_exact: bool = False) -> Bounds:
    """Give a figure with its bounds; where there is no width they are exact."""
    return Bounds(**found.model_dump(), is_exact=is_exact or found.low == found.high)


def _inverse(found: Interval) -> Interval:
    """Give 1 over a figure."""
    value, low, high = (None if v is None else 1 / v for v in (found.value, found.high, found.low))
    return Interval(value=value, low=low, high=high)


def _stance(standing: Standing) -> CentreStance:
    voters = standing.electorate
    unknown = [v for v in voters.there if v.stance is None and v.cast > 0]
    return CentreStance(
        **standing.stance.model_dump(),
        is_exact=True,
        id=voters.centre.id,
        name=voters.centre.name,
        votes=float(total(voters.there)),
        unknown_votes=float(total(unknown)),
        unknown=tuple(v.name for v in unknown),
    )


def _robust(ranking: Ranking, settings: AnalysisSettings) -> Robust | None:
    """Say how far a ranking can be trusted; None if there is none."""
    found = robustness(ranking.score, ranking.ties, missing=settings.missing_ties, draws=settings.draws)
    if found is None:
        return None
    first = int(ranking.score(np.ones(ranking.ties, dtype=np.bool_)).argmax())
    low, high = sampled_share_bounds(found.first_kept, found.draws)
    return Robust(
        ranking=ranking.name,
        first=ranking.names[first],
        first_id=ranking.ids[first],
        ties=ranking.ties,
        missing=settings.missing_ties,
        draws=found.draws,
        first_kept=found.first_kept / found.draws,
        first_kept_low=low,
        first_kept_high=high,
        top_kept=found.top_kept,
        agreement=found.agreement,
        agreement_low=found.agreement_low,
    )


def _width_first(s: Standing) -> tuple[float, tuple[str, str]]:
    found, centre = s.stance, s.electorate.centre
    return (found.low or 0.0) - (found.high or 0.0), by_name(centre.name, centre.id)


def _question(graph: AccountGraph, asked: Asked) -> Question:
    fact, s = asked.unknown, graph.by_position[asked.unknown.position_id]
    names = {c.id: c.name for c in graph.centres}
    centres = tuple(names[c] for c, _ in fact.votes)
    unit = graph.unit_by_id.get(s.position.unit_id or "")
    params: dict[str, Param] = {
        "member": asked.member.name if asked.member else None,
        "name": asked.name,
        "title": s.position.title,
        "unit": unit.name if unit else graph.account.name,
        "percent": round(100 * asked.expected),
        "centres": centres,
    }
    subjects = dict.fromkeys((s.id, fact.id))
    return Question(
        id=fact.key,
        kind=fact.kind,
        position_id=s.id,
        name=asked.name,
        ask=asked.member.name if asked.member else None,
        ask_id=asked.member.id if asked.member else None,
        figure=asked.figure,
        expected=asked.expected,
        at_least=asked.at_least,
        c1=asked.mean("c1"),
        centres=centres,
        says=finding(_ASKS[fact.kind], Severity.NOTICE, subjects, params),
    )


def _about_questions(questions: Sequence[Question], unknown: int) -> Iterator[Finding]:
    if questions:
        yield questions[0].says
    elif unknown:
        yield finding("uncertainty_idle", Severity.INFO, (), {"count": unknown})
    else:
        yield finding("uncertainty_nothing", Severity.INFO, ())


def _about_spans(c1: Bounds, c2: Bounds, unknown: int) -> Iterator[Finding]:
    """Tell how far C2 can go; C1, where C2 is certain."""
    for code, i in (("uncertainty_span", c2), ("uncertainty_span_once", c1)):
        if i.low != i.high:
            low, high = (round(100 * (v or 0.0)) for v in (i.low, i.high))
            params: dict[str, Param] = {"low": low, "high": high, "count": unknown}
            yield finding(code, Severity.INFO, (), params)
            return


def _about_stances(stances: Sequence[CentreStance]) -> Iterator[Finding]:
    """Tell the centres of which it cannot be said whether they lean for or against."""
    for s in stances:
        if s.unknown_votes and (s.low or 0.0) < 0 < (s.high or 0.0):
            params: dict[str, Param] = {
                "name": s.name,
                "low": s.low,
                "high": s.high,
                "unknown": s.unknown_votes,
                "votes": s.votes,
                "who": s.unknown,
            }
            yield finding("uncertainty_open_centre", Severity.WARNING, [s.id], params)


def _about_rankings(robust: Sequence[Robust], settings: AnalysisSettings) -> Iterator[Finding]:
    for r in robust:
        if r.first_kept < settings.stable_from:
            params: dict[str, Param] = {
                "first": r.first,
                "missing": round(100 * r.missing),
                "percent": round(100 * r.first_kept),
            }
            yield finding(_NOT_SURE[r.ranking], Severity.NOTICE, [r.first_id], params)
