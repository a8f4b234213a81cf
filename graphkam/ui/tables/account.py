"""One account: what is to be done this week, what to ask, and what C1 and C2 are summed from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graphkam.ui.questions import coverage_of, uncertainty_of, upkeep_of
from graphkam.ui.table import Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.coverage import Coverage
    from graphkam.analysis.uncertainty import Question, Uncertainty
    from graphkam.analysis.upkeep import Item, Upkeep
    from graphkam.text import Words
    from graphkam.ui.state import View


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:  # noqa: ARG001 - as every page
    """Give the tables of the page."""
    words = view.words
    names = {m.id: m.name for m in view.graph().members}
    return (
        week(words, view.answer(upkeep_of)),
        questions(words, view.answer(uncertainty_of)),
        terms(view.answer(coverage_of), names),
    )


def week(words: Words, found: Upkeep) -> Table:
    """Give what is to be done this week, the most valuable first."""
    rows = [
        {
            "id": next(iter(item.position_ids), item.act_id),
            "act": item.act or "",
            "todo": todo(words, item),
            "due": item.due,
            "concerns": ", ".join(item.concerns),
            "worth": round(item.value, 1),
        }
        for item in found.week
    ]
    return Table(
        "week",
        "app.account.week",
        columns("act", "sentence:todo", "day:due", "concerns", "number:worth"),
        rows,
    )


def todo(words: Words, item: Item) -> str:
    """Say what is to be done and why, the gravest first."""
    return " + ".join(words.finding(f) for f in (item.why, *item.also))


def questions(words: Words, found: Uncertainty) -> Table:
    """Give what to ask, what narrows the figures most first."""
    rows = [
        {
            "id": q.position_id,
            "ask": q.ask or "",
            "question": words.finding(q.says),
            "narrows": _figure(words, q),
            "expected": q.expected,
        }
        for q in found.questions
    ]
    return Table(
        "questions", "app.account.ask", columns("ask", "sentence:question", "narrows", "share:expected"), rows
    )


def _figure(words: Words, question: Question) -> str:
    if question.figure == "stance":
        return ", ".join((words.say("app.column.stance"), *question.centres[:1]))
    return words.say(f"app.figure.{question.figure}")


def terms(found: Coverage, names: Mapping[str, str]) -> Table:
    """Give what C1 and C2 are summed from: every position that counts, with its weight."""
    counted = {figure: {t.subject for t in found.terms if t.figure == figure} for figure in ("c1", "c2")}
    rows = [
        {
            "id": term.subject,
            "name": term.name,
            "weight": term.value,
            "in_c1": term.subject in counted["c1"],
            "in_c2": term.subject in counted["c2"],
            "known_by": ", ".join(names.get(m, m) for m in term.because),
        }
        for term in found.terms
        if term.figure == "weight"
    ]
    named = columns("name", "number:weight", "flag:in_c1", "flag:in_c2", "known_by")
    return Table("terms", "app.account.terms", named, rows)
