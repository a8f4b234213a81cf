"""Where figures come from, on a terminal: each sum with its terms, the greatest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graphkam.cli.tables import show, table
from graphkam.model.base import fold

if TYPE_CHECKING:
    from graphkam.cli.session import Session
    from graphkam.model.base import Explained, Term


def show_explained(
    session: Session, explained: Sequence[Explained], terms: Sequence[Term], names: Mapping[str, str]
) -> None:
    """Show how each figure is summed, then the terms of each sum.

    Parameters
    ----------
    session
        The run.
    explained, terms
        Of the answer.
    names
        What the records are called that a term rests on, by id.
    """
    words = session.words
    sums: dict[str, list[Term]] = {}
    for term in terms:
        sums.setdefault(term.figure, []).append(term)
    total = {name: sum(t.value for t in found) for name, found in sums.items()}
    rows = []
    for e in explained:
        above, below = total.get(e.terms, 0.0), total.get(e.over or "", 0.0)
        how = words.say("cli.explain.sum", terms=e.terms)
        if e.over:
            how = words.say("cli.explain.share", terms=e.terms, over=e.over)
        parts = f"{words.number(above, 3)} / {words.number(below, 3)}" if e.over else words.number(above, 3)
        rows.append((e.figure, words.number(e.value, 6), parts, how))
    columns = ["col.figure", ">head.value", ">col.sum", "col.how"]
    show(session, table(session, columns, rows, "title.explained"))
    for name, found in sums.items():
        _show_sum(session, name, found, names)


def _show_sum(session: Session, name: str, terms: Sequence[Term], names: Mapping[str, str]) -> None:
    """Show the terms of one sum, bounded."""
    words, most = session.words, session.settings.analysis.top
    ranked = sorted(terms, key=lambda t: (-t.value, fold(t.name), t.subject))
    rows = [
        (t.name, words.number(t.value, 3), words.show([names.get(i, i) for i in t.because]))
        for t in ranked[:most]
    ]
    session.console.print(words.say("cli.explain.of", terms=name, total=sum(t.value for t in terms)))
    show(session, table(session, ["col.name", ">col.term", "col.because"], rows))
    if len(ranked) > most:
        session.console.print(words.say("cli.and_more", count=len(ranked) - most))
        session.console.print()
