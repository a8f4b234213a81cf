"""What is worth telling of a decision centre: where it stands, and what is odd about what we know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from graphkam.errors import Param
from graphkam.graph.centre import Centre
from graphkam.graph.findings import finding
from graphkam.graph.standing import cost
from graphkam.graph.voters import Voter, total
from graphkam.model.base import Finding, Severity
from graphkam.model.vocabulary import DecisionRule, PersonStatus

_TOP_LEVELS = 2


def about_centre(centre: Centre) -> Iterator[Finding]:
    """Tell what is worth telling of a centre, in a fixed order."""
    if not centre.electorate.voters:
        yield _told(centre, "decision_empty", Severity.NOTICE)
        return
    yield from _about_rule(centre)
    yield from _about_votes(centre)
    yield from _about_outcome(centre)
    yield from _about_vetoes(centre)
    yield from _about_hinges(centre)
    yield from _about_stances(centre)
    yield from _about_cover(centre)


def _told(
    centre: Centre,
    code: str,
    severity: Severity,
    people: Iterable[Voter] = (),
    params: Mapping[str, Param] | None = None,
) -> Finding:
    who = tuple(people)
    evidence = (said for v in who if (said := v.said) is not None)
    return finding(
        code, severity, [centre.id, *(v.id for v in who)], {"name": centre.name, **(params or {})}, evidence
    )


def _names(voters: Iterable[Voter]) -> tuple[str, ...]:
    return tuple(v.name for v in voters)


def _votes(votes: Fraction | None) -> float | None:
    return None if votes is None else float(votes)


def _about_rule(centre: Centre) -> Iterator[Finding]:
    voters, deciders = centre.electorate, centre.electorate.deciders
    alone = voters.rule is DecisionRule.SINGLE_DECIDER
    if not any(v.is_there for v in deciders):
        severity = Severity.CRITICAL if alone else Severity.WARNING
        yield _told(centre, "decision_no_decider", severity, deciders)
    if alone and len(deciders) > 1:
        params: dict[str, Param] = {"count": len(deciders), "names": _names(deciders)}
        yield _told(centre, "decision_several_deciders", Severity.WARNING, deciders, params)
    has_veto = any(v.has_veto for v in voters.voters)
    if voters.needed is not None and not has_veto and 2 * voters.needed <= total(voters.voters):
        params = {"needed": _votes(voters.needed), "votes": _votes(total(voters.voters))}
        yield _told(centre, "decision_quota_low", Severity.WARNING, (), params)


def _about_votes(centre: Centre) -> Iterator[Finding]:
    voters = centre.electorate.voters
    if absent := [v for v in voters if not v.is_there and v.cast > 0]:
        params: dict[str, Param] = {"votes": _votes(total(absent)), "of": _votes(total(voters))}
        params |= {"count": len(absent), "names": _names(absent)}
        yield _told(centre, "decision_vacant_votes", Severity.NOTICE, absent, params)
    if centre.is_too_large:
        yield _told(centre, "decision_too_large", Severity.NOTICE)
    if centre.power is not None:
        powerless = zip(voters, centre.power.banzhaf, strict=True)
        if dummies := [v for v, own in powerless if own == 0 and v.cast > 0]:
            params = {"count": len(dummies), "names": _names(dummies)}
            yield _told(centre, "decision_dummies", Severity.NOTICE, dummies, params)


def _about_outcome(centre: Centre) -> Iterator[Finding]:
    """Tell where the centre stands, and what would win it or is to be asked first."""
    standing, voters = centre.standing, centre.electorate
    params: dict[str, Param] = {
        "votes": _votes(total(v for v in voters.there if v.is_for)),
        "needed": _votes(voters.needed_today),
    }
    if voters.needed_today and not standing.can_be_won:
        yield _told(centre, "decision_cannot_win", Severity.WARNING, (), params)
    elif standing.outcome == "won":
        yield _told(centre, "decision_won", Severity.INFO, (), params)
    elif standing.outcome == "open":
        unknown = sorted(_deciding(centre), key=lambda v: -(centre.banzhaf_today(v) or 0))
        params |= {"unknown": _votes(total(unknown)), "person": unknown[0].name, "names": _names(unknown)}
        yield _told(centre, "decision_open", Severity.WARNING, unknown, params)
    elif standing.outcome == "lost":
        moved = standing.surest or ()
        params |= {"names": _names(s.voter for s in moved), "cost": cost(moved)}
        yield _told(centre, "decision_lost", Severity.NOTICE, (s.voter for s in moved), params)


def _deciding(centre: Centre) -> list[Voter]:
    """Give those of unknown stance whose vote or veto counts, by name."""
    there = centre.electorate.there
    return [v for v in there if v.stance is None and (v.cast > 0 or v.has_veto)]


def _about_vetoes(centre: Centre) -> Iterator[Finding]:
    for v in centre.electorate.there:
        params: dict[str, Param] = {"person": v.name, "stance": v.stance}
        if v.has_veto and v.stance is None:
            yield _told(centre, "decision_veto_unknown", Severity.NOTICE, [v], params)
        elif v.has_veto and v.stance is not None and v.stance < centre.settings.veto_from:
            yield _told(centre, "decision_veto_against", Severity.WARNING, [v], params)


def _about_hinges(centre: Centre) -> Iterator[Finding]:
    """Tell who alone makes the majority, where it is one: each without whom it would be lost."""
    voters, standing = centre.electorate, centre.standing
    by_votes = voters.rule in {DecisionRule.MAJORITY, DecisionRule.QUOTA}
    if not by_votes or voters.needed_today is None or not standing.is_won:
        return
    for v in sorted((v for v in voters.there if v.is_for), key=lambda v: -v.cast):
        left = standing.without(v)
        if left < voters.needed_today and not v.has_veto:
            person = v.holder.person
            is_leaving = person is not None and person.status is PersonStatus.LEAVING
            yield _told(
                centre,
                "decision_hinges_leaving" if is_leaving else "decision_hinges",
                Severity.WARNING if is_leaving else Severity.NOTICE,
                [v],
                {
                    "person": v.name,
                    "votes": _votes(total(o for o in voters.there if o.is_for)),
                    "needed": _votes(voters.needed_today),
                    "without": _votes(left),
                },
            )


def _about_stances(centre: Centre) -> Iterator[Finding]:
    there = centre.electorate.there
    friends = [v for v in there if v.is_for]
    foes = [v for v in there if v.is_against]
    is_any_known = any(v.stance is not None for v in there)
    if is_any_known and not foes:
        yield _told(centre, "decision_no_opponent", Severity.NOTICE)
    if is_any_known and len(friends) <= len(foes):
        params: dict[str, Param] = {"friends": len(friends), "opponents": len(foes)}
        yield _told(centre, "decision_supporters_not_more", Severity.WARNING, foes, params)
    key_weight = centre.settings.key_weight
    keys = [v for v in there if centre.graph.is_key(v.holder, key_weight)]
    behind = [v for v in keys if v.is_for]
    if keys and 2 * len(behind) <= len(keys):
        others = [v for v in keys if not v.is_for]
        params = {"friends": len(behind), "keys": len(keys), "names": _names(others)}
        yield _told(centre, "decision_keys_not_behind", Severity.WARNING, others, params)


def _about_cover(centre: Centre) -> Iterator[Finding]:
    top = [
        v
        for v in centre.electorate.there
        if v.holder.position.seniority is not None and v.holder.position.seniority <= _TOP_LEVELS
    ]
    if top and not any(centre.known_by(v) for v in top):
        yield _told(centre, "decision_top_uncovered", Severity.WARNING, top, {"names": _names(top)})
    due, settings = centre.electorate.centre.next_decision, centre.settings
    days = None if due is None else (due - centre.graph.as_of).days
    thin = centre.c2 is not None and centre.c2 < settings.decision_cover
    if due is not None and days is not None and 0 <= days <= settings.decision_days and thin:
        params: dict[str, Param] = {"days": days, "day": due.isoformat()}
        params["percent"] = round(100 * (centre.c2 or 0))
        yield _told(centre, "decision_soon", Severity.WARNING, (), params)
