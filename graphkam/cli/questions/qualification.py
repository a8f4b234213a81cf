"""``qualification``: whether an account is a key account by the criteria; all of them, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import ask, label_of, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table

if TYPE_CHECKING:
    from graphkam.analysis.qualification import Qualification, Worth
    from graphkam.model.base import Interval
    from graphkam.review.ranking import Ranked

_AMOUNTS = {"revenue", "potential"}


def qualification(
    session: Session,
    account: Annotated[str | None, typer.Argument(help=told("qualification_account"))] = None,
) -> None:
    """None"""
    if account is not None:
        from graphkam.analysis.qualification import qualification as question

        ask(session, account, question, show_qualification)
        return
    from graphkam.review.ranking import ranking

    with session.open() as workspace:
        found = ranking(workspace.graphs(as_of=session.as_of), settings=session.settings.analysis)
    if session.is_json:
        session.print_json({"accounts": found})
    else:
        show_ranking(session, found)


def show_qualification(session: Session, found: Qualification) -> None:
    """Show the score, the verdict and what each criterion adds."""
    words = session.words
    show_title(session, found.account)
    limits = {
        "key": words.number(found.key_score),
        "potential": words.number(found.potential_score),
    }
    rows = [
        (words.say("qualification.score"), _between(session, found.score)),
        (words.say("qualification.verdict"), _kinds(session, found.could_be)),
        (words.say("qualification.stated"), _kinds(session, [found.status] if found.status else [])),
        (words.say("qualification.limits"), words.say("qualification.from", **limits)),
    ]
    if found.kept is not None:
        span = {"low": words.percent(found.kept_low), "high": words.percent(found.kept_high)}
        kept = f"{words.percent(found.kept)} {words.say('cli.head.interval', **span)}"
        rows.append((words.say("qualification.kept"), kept))
    show(session, table(session, ["head.figure", "head.value"], rows))
    columns = ["col.criterion", ">col.weight", ">col.given", ">col.worth", ">col.points"]
    criteria = [_criterion(session, c, found.currency) for c in found.criteria]
    show(session, table(session, columns, criteria, "title.criteria"))
    show_findings(session, found.findings, len(found.findings))


def show_ranking(session: Session, found: Sequence[Ranked]) -> None:
    """Show all accounts by their scores."""
    if not found:
        session.say("error.no_accounts")
        return
    words = session.words
    rows = [
        (
            str(r.best) if r.best == r.worst else f"{r.best}–{r.worst}",
            r.account,
            _between(session, r.score),
            _kinds(session, r.could_be),
            _kinds(session, [r.status] if r.status else []),
            words.percent(r.kept),
        )
        for r in found
    ]
    columns = [">col.place", "col.account", ">col.score", "col.verdict", "col.stated", ">col.place_kept"]
    show(session, table(session, columns, rows))


def _criterion(session: Session, c: Worth, currency: str) -> tuple[str, ...]:
    words = session.words
    amount = words.money(c.given, currency) if c.id in _AMOUNTS else words.number(c.given)
    return (
        words.say(f"qualification.of.{c.id}"),
        words.number(c.weight),
        amount,
        _between(session, c.score),
        _between(session, c.points),
    )


def _between(session: Session, found: Interval) -> str:
    """Give a figure; where it is not known, what it could be."""
    words = session.words
    if found.value is not None or found.low is None:
        return words.number(found.value)
    return words.say("cli.head.interval", low=words.number(found.low), high=words.number(found.high))


def _kinds(session: Session, kinds: Sequence[str]) -> str:
    """Give the labels of what an account is, or could be."""
    if not kinds:
        return label_of(session, "account_kind", None)
    labels = [label_of(session, "account_kind", kind) for kind in kinds]
    return session.words.say("qualification.or").join(labels)
