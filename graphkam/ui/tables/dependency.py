"""Dependency: what hangs on whom of us, what breaks the account, and a departure before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphkam.review.saying import amount_of, expected_from
from graphkam.ui.departing import answer_if_gone, at_risk, departure_of, in_place
from graphkam.ui.questions import dependency_of, resilience_of
from graphkam.ui.table import Column, Table, columns

if TYPE_CHECKING:
    from graphkam.analysis.departure import Departure, Headlines, Single, Touched
    from graphkam.analysis.dependency import Dependency
    from graphkam.analysis.resilience import BlindSpot, Resilience
    from graphkam.text import Words
    from graphkam.ui.state import View


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:
    """Give the tables of the page: of a departure, if somebody is supposed to leave; and what it rests on."""
    words, leaves = view.words, asked.get("leaves", ())
    depends, breaks = view.answer(dependency_of), view.answer(resilience_of)
    gone = view.answer(departure_of, leaves)
    told = (
        (
            in_short(words, gone),
            figures(words, gone),
            amounts(words, gone),
            touched(view, leaves),
            stakes(words, gone),
            orphans(words, gone),
        )
        if leaves
        else (singles(words, gone.singles),)
    )
    return (
        *told,
        members(depends),
        worst(breaks),
        blind_spots(words, breaks.blind_spots),
    )


def in_short(words: Words, gone: Departure) -> Table:
    """Give who is supposed to leave, and what is lost, in a sentence: a file has no page around it."""
    row = {"who_leaves": ", ".join(gone.leaves), "answer": answer_if_gone(words, gone)}
    return Table("in short", "app.dependency.in_short", columns("who_leaves", "sentence:answer"), [row])


def figures(words: Words, gone: Departure) -> Table:
    """Give the headline figures before and after."""
    rows = [_row(words, name, gone.before, gone.after) for name in ("c2", "c1", "bow_tie")]
    for name, digits in (("covered", 0), ("covered_weight", 1), ("hhi", 3), ("effective_interlocutors", 1)):
        rows.append(_row(words, name, gone.before, gone.after, digits))
    named = (Column("figure"), *(Column(name, is_narrow=True) for name in ("was", "is", "change")))
    return Table("before and after", "app.dependency.figures", named, rows)


def amounts(words: Words, gone: Departure) -> Table:
    """Give the decisions at risk and the sales to expect to lose, each with what it is and is made of."""
    told = [("at_stake", at_risk(words, gone), words.say("app.dependency.at_risk"))]
    if gone.expected_loss is not None:
        made = words.say("app.dependency.a_year", formula=expected_from(words, gone))
        told.append(("expected_loss", words.money(gone.expected_loss, gone.currency), made))
    rows = [
        {"figure": words.say(f"app.figure.{name}"), "said_amount": said, "amount_is": what}
        for name, said, what in told
    ]
    named = columns("figure", "said_amount", "sentence:amount_is")
    return Table("amounts", "app.dependency.amounts", named, rows)


def _row(
    words: Words, name: str, before: Headlines, after: Headlines, digits: int | None = None
) -> dict[str, Any]:
    """Give a figure before and after; without digits it is a share."""
    was, now = getattr(before, name), getattr(after, name)
    is_share = digits is None
    return {
        "figure": words.say(f"app.figure.{name}"),
        "was": words.percent(was, 1) if is_share else words.number(was, digits or 0),
        "is": words.percent(now, 1) if is_share else words.number(now, digits or 0),
        "change": words.points_from(was, now) if is_share else words.change(was, now, digits or 0),
    }


def touched(view: View, leaves: tuple[str, ...]) -> Table:
    """Give who loses live ties, who of us is left, and who could take over and why."""
    words, gone = view.words, view.answer(departure_of, leaves)
    rows = [
        {
            "id": t.position_id,
            "name": t.name,
            "weight": t.weight,
            "live_change": f"{t.live_before} \u2192 {t.live_after}",
            "left_with": ", ".join(t.left_with),
            "successors": _takers(words, t),
            "title": t.title,
        }
        for t in gone.touched
    ]
    named = columns("name", "number:weight", "live_change", "left_with", "successors", "title")
    return Table("touched", "app.dependency.people", named, rows)


def _takers(words: Words, one: Touched) -> str:
    nobody = words.say("app.dependency.vacant" if one.is_vacated else "app.dependency.none_near")
    return " · ".join(in_place(words, one)) or nobody


def stakes(words: Words, gone: Departure) -> Table:
    """Give the business that loses live ties, and what each amount is: of a year, or in all."""
    rows = [
        {
            "business": s.name,
            "live_change": f"{s.live_before} \u2192 {s.live_after}",
            "at_stake": s.amount,
            "amount_is": amount_of(words, s),
        }
        for s in gone.stakes
    ]
    named = columns("business", "live_change", "money:at_stake", "amount_is")
    return Table("stakes", "app.dependency.stakes", named, rows, gone.currency)


def orphans(words: Words, gone: Departure) -> Table:
    """Give what nobody is left for."""
    rows = [
        {"kind": words.say(f"departure.kind.{o.kind}"), "name": o.name, "due": o.due} for o in gone.orphans
    ]
    return Table("orphans", "app.dependency.orphans", columns("kind", "day:due", "name"), rows)


def singles(words: Words, found: Sequence[Single]) -> Table:
    """Give what each departure alone would lose, of ours and of theirs, the most first."""
    rows = [
        {
            "id": s.id,
            "who_leaves": s.name,
            "side": words.say(f"app.dependency.side.{s.side}"),
            "loss": s.loss,
            "dark_count": s.dark,
            "c2_then": s.c2,
        }
        for s in found
        if s.dark
    ]
    named = columns("who_leaves", "side", "share:loss", "number:dark_count", "share:c2_then")
    return Table("singles", "app.dependency.singles", named, rows)


def members(depends: Dependency) -> Table:
    """Give what depends on whom of us."""
    rows = [
        {
            "id": m.member_id,
            "member": m.member,
            "sole": m.sole,
            "loss": m.loss,
            "share": m.share,
            "at_stake": m.exposure,
            "unknown_amounts": m.unknown_amounts or None,
            "live_ties": m.live_ties,
            "names": ", ".join(m.sole_of),
        }
        for m in depends.members
    ]
    named = columns("member", "share:sole", "share:loss", "share:share", "money:at_stake")
    named += columns("number:unknown_amounts", "number:live_ties", "names")
    return Table("members", "app.dependency.team", named, rows, depends.currency)


def worst(breaks: Resilience) -> Table:
    """Give the one, two and three departures that lose most, and the smallest set that breaks the account."""
    rows: list[dict[str, Any]] = [
        {"ids": w.member_ids, "departures": w.departures, "who_leaves": ", ".join(w.members), "loss": w.loss}
        for w in breaks.worst.values()
    ]
    if breaks.member_ids and breaks.size not in breaks.worst:
        who = ", ".join(breaks.members or ())
        rows.append(
            {"ids": breaks.member_ids, "departures": breaks.size, "who_leaves": who, "loss": breaks.loss}
        )
    named = columns("number:departures", "who_leaves", "share:loss")
    return Table("worst", "app.dependency.worst", named, rows)


def blind_spots(words: Words, found: Sequence[BlindSpot]) -> Table:
    """Give who and what goes dark with the fewest departures."""
    rows = [
        {
            "departures": spot.departures,
            "name": spot.name,
            "kind": words.say(f"app.dependency.spot.{spot.kind}"),
            "weight": spot.weight,
            "known_by": ", ".join(spot.members),
        }
        for spot in found
    ]
    named = columns("number:departures", "name", "kind", "number:weight", "known_by")
    return Table("blind", "app.dependency.blind", named, rows)
