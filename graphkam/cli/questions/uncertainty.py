"""``uncertainty`` (``ask``): how far the figures hang on what is not known, and what to ask first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ask, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, show_rest, span, span_of_numbers, table

if TYPE_CHECKING:
    from graphkam.analysis.uncertainty import Bounds, Question, Uncertainty
    from graphkam.text import Words


def uncertainty(session: Session, account: ACCOUNT) -> None:
    """None"""
    from graphkam.analysis.uncertainty import uncertainty as question

    ask(session, account, question, show_uncertainty)


def show_uncertainty(session: Session, found: Uncertainty) -> None:
    """Show what the figures could be, what to ask, and whether the rankings hold."""
    words = session.words
    show_title(session, found.account)
    columns = ["head.figure", "head.value", "head.could_be", "col.bound"]
    show(session, table(session, columns, _figures(session, found)))
    questions = [
        (i, q.ask, _worded(words, q), _narrowed(words, q), words.percent(q.expected, 1))
        for i, q in enumerate(found.questions, start=1)
    ]
    columns = [">col.number", "col.ask", "col.question", "col.narrows", ">col.expected"]
    show(session, table(session, columns, questions, "title.questions"))
    show_rest(session, found.narrowing - len(questions))
    rankings = [
        (
            words.say(f"uncertainty.ranking.{r.ranking}"),
            r.first,
            words.percent(r.missing),
            f"{words.percent(r.first_kept)} {span(session, r.first_kept_low, r.first_kept_high)}",
            words.percent(r.agreement),
        )
        for r in found.rankings
    ]
    columns = ["col.ranking", "col.first", ">col.missing", ">col.stays", ">col.in_order"]
    show(session, table(session, columns, rankings, "title.rankings"))
    told = {q.says.code for q in found.questions}
    show_findings(session, [f for f in found.findings if f.code not in told], FINDINGS)


def _figures(session: Session, found: Uncertainty) -> Iterator[tuple[str, str, str, str]]:
    words = session.words
    for key, i in (
        ("c2", found.c2),
        ("c1", found.c1),
        ("bow_tie", found.bow_tie),
        ("max_loss_long", found.max_loss),
    ):
        yield (
            words.say(f"cli.head.{key}"),
            words.percent(i.value, 1),
            span(session, i.low, i.high),
            _bound(words, i),
        )
    for key, i, digits in (
        ("hhi", found.hhi, 3),
        ("effective_interlocutors", found.effective_interlocutors, 1),
    ):
        yield (
            words.say(f"cli.head.{key}"),
            words.number(i.value, digits),
            span_of_numbers(session, i.low, i.high, digits),
            _bound(words, i),
        )
    for s in found.stances:
        if s.low is not None:
            name = words.say("cli.head.stance_of", name=s.name)
            yield name, words.number(s.value, 1), span_of_numbers(session, s.low, s.high, 1), _bound(words, s)


def _bound(words: Words, i: Bounds) -> str:
    """Word whether an interval is exact; nothing where there is none."""
    if i.low is None or i.low == i.high:
        return ""
    return words.say("uncertainty.bound.exact" if i.is_exact else "uncertainty.bound.outer")


def _worded(words: Words, q: Question) -> str:
    return words.say(f"uncertainty.kind.{q.kind}", **q.says.params)


def _narrowed(words: Words, q: Question) -> str:
    return words.say(f"uncertainty.figure.{q.figure}", centres=q.centres)
