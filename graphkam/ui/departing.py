"""The questions about a departure that pages and files ask, and the sentence that answers first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphkam.model.base import fold
from graphkam.review.saying import near_because

if TYPE_CHECKING:
    from graphkam.analysis.departure import Departure, Proposal, Touched
    from graphkam.analysis.dependency import Dependency
    from graphkam.analysis.resilience import Resilience
    from graphkam.drawing.overlay import Overlay
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.settings import AnalysisSettings
    from graphkam.text import Words
    from graphkam.ui.state import View

_NAMED = 6
"""Of those who could take over, so many are named in the answer."""
_OF_THE_SET = frozenset({"resilience_breaking_set", "resilience_unproved", "resilience_nothing"})
"""Findings that tell the smallest breaking set, and whether it is proved."""


def departure_of(graph: AccountGraph, settings: AnalysisSettings, leaves: tuple[str, ...]) -> Departure:
    """Ask what happens if some people leave; all who are touched, however many.

    Raises
    ------
    NotFound
        If an id is nobody's.
    """
    from graphkam.analysis.departure import departure

    everybody = len(graph.counted) + len(graph.members)
    whole = settings.model_copy(update={"top": max(settings.top, everybody)})
    return departure(graph, leaves=leaves, settings=whole, with_terms=False)


def overlay_of(view: View, leaves: tuple[str, ...], *, is_after: bool) -> Overlay:
    """Give what is laid over the map if some people leave; before, the same boxes are open.

    Raises
    ------
    NotFound
        If an id is nobody's.
    """
    from graphkam.drawing.overlay import NOTHING
    from graphkam.drawing.supposing import as_it_is, supposed

    if not leaves:
        return NOTHING
    gone = view.answer(departure_of, leaves)
    return supposed(leaves, gone, view.words) if is_after else as_it_is(gone)


def in_place(words: Words, one: Touched) -> list[str]:
    """Say who could take over somebody who loses ties, and why, the nearest first."""
    return [successor(words, p) for p in one.proposals]


def successor(words: Words, proposal: Proposal) -> str:
    """Say who could take over, why, and how many ties that one could still keep."""
    why = near_because(words, proposal)
    if proposal.free is None:
        return words.say("app.dependency.successor", name=proposal.member, why=why)
    return words.say(
        "app.dependency.successor_room", name=proposal.member, why=why, count=max(proposal.free, 0)
    )


def takers(gone: Departure) -> list[tuple[str, int]]:
    """Give for how many of those left with nobody each is the nearest to take over, most first."""
    nearest = Counter(t.successors[0] for t in gone.touched if t.successors and not t.live_after)
    return sorted(nearest.items(), key=lambda taker: (-taker[1], fold(taker[0])))


def answer_if_gone(words: Words, gone: Departure) -> str:
    """Say who is left with nobody, with which weight and worth, what to expect, and who could take over."""
    said = [_left(words, gone), _worth(words, gone), _expected(words, gone), _taken(words, gone)]
    return " ".join(filter(None, said))


def _left(words: Words, gone: Departure) -> str:
    if not gone.dark:
        nobody = words.say("app.dependency.none_dark", names=gone.leaves)
        return f"{nobody} {words.say('app.dependency.sole_after', count=gone.sole)}" if gone.sole else nobody
    return words.say(
        "app.dependency.if_gone",
        names=gone.leaves,
        count=gone.dark,
        covered=gone.before.covered,
        percent=words.percent(gone.loss),
        lost=words.number(gone.before.covered_weight - gone.after.covered_weight, 1),
        weight=words.number(gone.before.covered_weight, 1),
    )


def _worth(words: Words, gone: Departure) -> str:
    if gone.exposure:
        return words.say("app.dependency.worth", amount=at_risk(words, gone))
    unknown = gone.unknown_amounts
    return words.say("app.dependency.worth_unknown", count=unknown) if unknown else ""


def at_risk(words: Words, gone: Departure) -> str:
    """Give what is left with nobody: the sum known, and how many amounts are not."""
    return f"{words.money(gone.exposure, gone.currency)} {unknown_too(words, gone)}".strip()


def unknown_too(words: Words, gone: Departure) -> str:
    """Say how many amounts are not known besides the sum; nothing where there is no sum."""
    if not gone.unknown_amounts or gone.exposure is None:
        return ""
    return words.say("app.dependency.unknown", count=gone.unknown_amounts)


def _expected(words: Words, gone: Departure) -> str:
    if not gone.expected_loss:
        return ""
    return words.say("app.dependency.expected", amount=words.money(gone.expected_loss, gone.currency))


def _taken(words: Words, gone: Departure) -> str:
    found, vacant = takers(gone), sum(not t.live_after and t.is_vacated for t in gone.touched)
    alone = gone.dark - vacant - sum(n for _, n in found)
    if not found:
        return words.say("app.dependency.no_taker") if alone else ""
    rest = sum(n for _, n in found[_NAMED:])
    shown = [*found[:_NAMED], *([(words.say("app.dependency.others"), rest)] if rest else [])]
    named = [words.say("app.dependency.taker", name=name, number=n) for name, n in shown]
    if alone:
        return words.say("app.dependency.nearest_but", takers=named, count=alone)
    return words.say("app.dependency.nearest", takers=named)


def answer_as_it_is(words: Words, depends: Dependency, breaks: Resilience) -> str:
    """Say on whom the account depends most, and what it takes to break it."""
    most = next((m for m in depends.members if m.member == depends.max_loss_member and m.loss), None)
    said = [words.finding(f) for f in breaks.findings if f.code in _OF_THE_SET]
    if most is not None and breaks.size != 1:
        sole, loss = words.percent(most.sole), words.percent(most.loss)
        said.insert(0, words.say("app.dependency.most", name=most.member, sole=sole, loss=loss))
    return " ".join(said)
