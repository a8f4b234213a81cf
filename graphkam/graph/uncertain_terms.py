"""What the bounds of the headline figures, and the questions that narrow them, are summed from."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from graphkam.graph.asking import Asked
from graphkam.graph.dependence_terms import explain_most
from graphkam.graph.standing import Standing
from graphkam.graph.strength import Panel
from graphkam.graph.terms import Ledger
from graphkam.graph.voters import LEAST_STANCE, MOST_STANCE
from graphkam.model.base import Interval


def explain_worst(ledger: Ledger, ties: Panel, sole: Interval, loss: Interval) -> None:
    """Say where the greatest sole and the greatest loss come from, and at whom their bounds are."""
    if not ties.members:
        return
    m = int(ties.sole.argmax())
    ledger.seats("weight", ties.weight)
    ledger.seats("covered", ties.weight, ties.count(ties.live) >= 1)
    ledger.seats("sole", ties.weight, np.array([who == (m,) for who in ties.live_members], dtype=np.bool_))
    ledger.figure("bow_tie.value", sole.value, "sole", "weight")
    ledger.figure("max_loss.value", loss.value, "sole", "covered")
    if sole.low is not None:
        explain_most(ledger, ties, "bow_tie", sole)
    if loss.low is not None:
        explain_most(ledger, ties, "max_loss", loss)


def explain_stances(ledger: Ledger, standings: Iterable[Standing]) -> None:
    """Say whose votes and stances the weighted stance of each centre is made of."""
    for standing in standings:
        found, name = standing.stance, f"stances[{standing.electorate.centre.id}]"
        for end, unknown in (("value", None), ("low", LEAST_STANCE), ("high", MOST_STANCE)):
            for v in standing.electorate.there:
                stance, votes = unknown if v.stance is None else v.stance, float(v.cast)
                if stance is not None:
                    ledger.term(f"{name}.{end}", v.id, v.name, votes * stance, weight=votes)
                    ledger.term(f"{name}.{end} of", v.id, v.name, votes)
            ledger.figure(f"{name}.{end}", getattr(found, end), f"{name}.{end}", f"{name}.{end} of")


def explain_questions(ledger: Ledger, asked: Iterable[Asked]) -> None:
    """Say what each answer to a question narrows, times how likely it is; a stance, its part of the votes."""
    for question in asked:
        fact, name = question.unknown, f"questions[{question.unknown.key}].expected"
        for centre, share in fact.votes[:1]:
            ledger.term(name, centre, question.name, share)
        for narrowed, answer in zip(question.by_answer.get(question.figure, ()), fact.answers, strict=False):
            ledger.term(name, fact.id, answer.label, narrowed * answer.probability)
        ledger.figure(name, question.expected, name)
