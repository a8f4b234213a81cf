"""``buying-centre``: how far those who buy talk with each other, and what form that has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import (
    ACCOUNT,
    CENTRE,
    FINDINGS,
    ROWS,
    centre_id,
    give,
    label_of,
    opened,
    show_title,
)
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table

if TYPE_CHECKING:
    from graphkam.analysis.buying_centre import BuyingCentre, CentreInvolved, Structure
    from graphkam.model.base import Interval

_FORM = ("density", "connectedness", "efficiency", "hierarchy", "lub")


def buying_centre(session: Session, account: ACCOUNT, *, centre: CENTRE = None) -> None:
    """None"""
    from graphkam.analysis.buying_centre import buying_centre as question

    graph = opened(session, account)
    wanted, settings = centre_id(graph, centre), session.settings.analysis
    found = question(graph, centre=wanted, settings=settings, with_terms=session.is_explained)
    give(session, found, show_buying_centre, graph)


def show_buying_centre(session: Session, found: BuyingCentre) -> None:
    """Show the dimensions, each decision centre, who buys, and the form of both networks."""
    words = session.words
    show_title(session, f"{found.account}: {found.centre}" if found.centre else found.account)
    areas = [label_of(session, "function", a) if found.lateral_by == "function" else a for a in found.areas]
    lateral = words.say(
        "buying_centre.functions" if found.lateral_by == "function" else "buying_centre.units"
    )
    rows = [
        (words.say("buying_centre.extensivity"), str(found.extensivity), _of(session, found.members)),
        (
            words.say("buying_centre.vertical"),
            _could_be(session, found.vertical_involvement, found.vertical_could_be),
            words.show(found.levels),
        ),
        (lateral, _could_be(session, found.lateral_involvement, found.lateral_could_be), words.show(areas)),
        (words.say("buying_centre.arcs"), words.percent(found.connectedness_arcs, 1), ""),
        (words.say("buying_centre.dyads"), words.percent(found.connectedness_dyads, 1), ""),
        (
            words.say("buying_centre.centrality"),
            words.number(found.centrality),
            words.show([b.person for b in found.buyers]),
        ),
    ]
    show(session, table(session, ["head.figure", "head.value", "col.which"], rows))
    if found.centre is None:
        _show_centres(session, found.centres)
    _show_structure(session, found.structure)
    show_findings(session, found.findings, FINDINGS)


def _of(session: Session, members: int) -> str:
    return session.words.say("buying_centre.of_members", members=members)


def _could_be(session: Session, value: int, found: Interval) -> str:
    words = session.words
    if found.low == found.high == value:
        return str(value)
    low, high = words.number(found.low), words.number(found.high)
    return f"{value} {words.say('cli.head.interval', low=low, high=high)}"


def _show_centres(session: Session, centres: Sequence[CentreInvolved]) -> None:
    words = session.words
    rows = [
        (
            c.name,
            f"{c.extensivity}/{c.members}",
            str(c.vertical_involvement),
            str(c.lateral_involvement),
            words.percent(c.connectedness_arcs),
            words.percent(c.connectedness_dyads),
            words.number(c.centrality),
        )
        for c in centres[:ROWS]
    ]
    columns = ["col.centre", ">col.talking", ">col.levels", ">col.functions", ">col.arcs", ">col.dyads"]
    show(session, table(session, [*columns, ">col.buyer_centrality"], rows, "title.centres"))


def _show_structure(session: Session, found: Structure) -> None:
    words = session.words
    rows = [
        (
            words.say(f"buying_centre.form.{name}"),
            words.percent(getattr(found.influence, name), 1),
            words.percent(getattr(found.reporting, name), 1),
        )
        for name in _FORM
    ]
    columns = ["head.figure", ">col.of_influence", ">col.of_reporting"]
    show(session, table(session, columns, rows, "title.structure"))
