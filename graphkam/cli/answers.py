"""How the answer of each question looks on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graphkam.cli.tables import show, show_findings, span, table
from graphkam.text import UNKNOWN

if TYPE_CHECKING:
    from graphkam.analysis.coverage import Coverage, Covered
    from graphkam.analysis.departure import Departure
    from graphkam.analysis.dependency import Dependency
    from graphkam.analysis.resilience import BlindSpot, Resilience
    from graphkam.cli.session import Session
    from graphkam.model.organisation import Account
    from graphkam.review.audit import Audit
    from graphkam.review.who import Known

_FINDINGS = 12
_ROWS = 15


def show_accounts(session: Session, found: Sequence[Account]) -> None:
    """Show the list of accounts."""
    if not found:
        session.say("error.no_accounts")
        return
    status = {a.id: _label(session, "account_status", a.status) for a in found}
    rows = [(a.name, status[a.id], a.segment or "", a.country or "", a.id) for a in found]
    columns = ["col.account", "col.status", "col.segment", "col.country", "col.id"]
    show(session, table(session, columns, rows))


def _label(session: Session, name: str, code: str | None) -> str:
    from graphkam.model.vocabulary import label

    return label(name, code, session.words.language) if code and code != UNKNOWN else UNKNOWN


def _title(session: Session, account: str) -> None:
    from rich.text import Text

    session.console.print(Text(f"{account}, {session.words.day(session.as_of)}", style="bold"))
    session.console.print()


def show_audit(session: Session, found: Audit) -> None:
    """Show the headline figures of one account and its findings."""
    words = session.words
    _title(session, found.account)
    theta = words.percent(found.theta)
    share = words.percent

    def line(key: str, value: str, could_be: str = "") -> tuple[str, str, str]:
        return words.say(f"cli.head.{key}", theta=theta), value, could_be

    breaking = UNKNOWN if found.breaking_set is None else words.show(found.breaking_set)
    if found.breaking_set and not found.breaking_set_proved:
        bounds = words.say("cli.head.at_least", bound=found.breaking_set_bound, size=len(found.breaking_set))
        breaking = f"{breaking} ({bounds})"
    sole = f"{share(found.bow_tie, 1)}  {found.bow_tie_member or ''}".strip()
    rows = [
        line("people", str(found.people)),
        line("seats", str(found.seats), _beside(session, found)),
        line("members", str(found.members)),
        line("c2", share(found.c2, 1), span(session, found.c2_low, found.c2_high)),
        line("c1", share(found.c1, 1), span(session, found.c1_low, found.c1_high)),
        line("bow_tie", sole, span(session, found.bow_tie_low, found.bow_tie_high)),
        line("max_loss_long", f"{share(found.max_loss, 1)}  {found.max_loss_member or ''}".strip()),
        line("hhi", words.number(found.hhi, 3)),
        line("effective_interlocutors", words.number(found.effective_interlocutors, 1)),
        line("breaking_set", breaking),
    ]
    show(session, table(session, ["head.figure", "head.value", "head.could_be"], rows))
    show_findings(session, found.findings, _FINDINGS)


def _beside(session: Session, found: Audit) -> str:
    words = session.words
    parts = []
    if found.vacant:
        weight = words.say("cli.head.of_weight", weight=words.number(found.vacant_weight, 1))
        parts.append(f"{words.say('cli.head.vacant')}: {found.vacant} ({weight})")
    if found.unknown_holder:
        parts.append(f"{words.say('cli.head.unknown_holder')}: {found.unknown_holder}")
    return ", ".join(parts)


def show_audits(session: Session, found: Sequence[Audit]) -> None:
    """Show the headline figures of all accounts, the most dependent first."""
    words = session.words
    ranked = sorted(found, key=lambda a: -(a.max_loss or 0))
    rows = [
        (
            a.account,
            str(a.people),
            str(a.members),
            words.percent(a.c2, 1),
            words.percent(a.c1, 1),
            words.percent(a.max_loss, 1),
            a.max_loss_member or "",
            UNKNOWN if a.breaking_set is None else str(len(a.breaking_set)),
        )
        for a in ranked
    ]
    columns = ["head.account", ">head.people", ">head.members", ">head.c2_short", ">head.c1_short"]
    columns += [">head.max_loss", "col.with", ">head.breaking_set_short"]
    show(session, table(session, columns, rows))
    for audit in ranked[:_FINDINGS]:
        if audit.findings and len(found) <= _FINDINGS:
            session.console.print(audit.account, style="bold")
            show_findings(session, audit.findings, 5)


def show_who(session: Session, name: str, ident: str, found: Sequence[Known]) -> None:
    """Show who of us knows a person, or whom one of us knows."""
    words = session.words
    is_ours = bool(found) and found[0].member_id == ident
    rows = [
        (
            tie.person if is_ours else tie.member,
            _kind(session, tie),
            tie.account,
            "; ".join(tie.titles),
            _label(session, "level", _text(tie.level)),
            words.day(tie.last_contact),
            words.number(tie.strength, 2),
            words.say("cli.col.yes" if tie.is_live else "cli.col.no"),
        )
        for tie in found
    ]
    columns = ["col.stakeholder" if is_ours else "col.member", "col.kind", "col.account", "col.title"]
    columns += ["col.level", "col.last_contact", ">col.strength", "col.live"]
    session.console.print(words.say("cli.title.knows" if is_ours else "cli.title.contacts", name=name))
    show(session, table(session, columns, rows))
    if not found:
        session.say("cli.head.nobody")


def _kind(session: Session, tie: Known) -> str:
    kind = _label(session, "know_kind", tie.kind)
    return f"{kind} ({session.words.say('cli.col.proposed')})" if tie.is_proposed else kind


def _text(level: int | None) -> str | None:
    return None if level is None else str(level)


def show_coverage(session: Session, found: Coverage) -> None:
    """Show coverage and its gaps."""
    words = session.words
    _title(session, found.account)
    rows = [
        (words.say(f"cli.head.{key}"), words.percent(i.value, 1), span(session, i.low, i.high))
        for key, i in (("c2", found.c2), ("c1", found.c1))
    ]
    show(session, table(session, ["head.figure", "head.value", "head.could_be"], rows))
    gaps = [
        (
            g.name,
            g.title,
            g.unit,
            words.number(g.weight, 1),
            f"{g.live_ties}/{g.wanted}",
            words.show(g.known_by),
        )
        for g in found.gaps[:_ROWS]
    ]
    columns = ["col.stakeholder", "col.title", "col.unit", ">col.weight", ">col.ties", "col.member"]
    show(session, table(session, columns, gaps, "title.gaps"))
    for title, parts, names in (
        ("units", found.units, ""),
        ("centres", found.centres, ""),
        ("roles", found.roles, "buying_role"),
        ("functions", found.functions, "function"),
        ("levels", found.levels, ""),
    ):
        show(session, table(session, _PARTS, _parts(session, parts, names), f"title.{title}"))
    show_findings(session, found.findings, _FINDINGS)


_PARTS = ["col.name", ">head.seats", ">col.weight", ">head.c2_short", ">head.c1_short", ">head.vacant"]


def _parts(session: Session, parts: Sequence[Covered], names: str) -> list[tuple[Any, ...]]:
    words = session.words
    return [
        (
            _label(session, names, p.name) if names else p.name,
            p.seats,
            words.number(p.weight, 1),
            words.percent(p.c2),
            words.percent(p.c1),
            p.vacant or "",
        )
        for p in parts[:_ROWS]
    ]


def show_dependency(session: Session, found: Dependency) -> None:
    """Show on whom the account depends."""
    words = session.words
    _title(session, found.account)
    rows = [
        (
            m.member,
            words.percent(m.sole, 1),
            words.percent(m.loss, 1),
            words.percent(m.share, 1),
            str(m.live_ties),
            words.money(m.exposure, m.currency),
        )
        for m in found.members[: session.settings.analysis.top]
    ]
    columns = ["col.member", ">col.sole", ">col.loss", ">col.share", ">col.ties", ">col.exposure"]
    show(session, table(session, columns, rows, "title.members"))
    show_findings(session, found.findings, _FINDINGS)


def show_departure(session: Session, found: Departure) -> None:
    """Show what a departure changes."""
    words = session.words
    _title(session, f"{found.account}: {words.show(found.leaves)}")
    before, after = found.before, found.after
    rows = [
        (words.say(f"cli.head.{key}"), words.percent(old, 1), words.percent(new, 1))
        for key, old, new in (
            ("c2", before.c2, after.c2),
            ("c1", before.c1, after.c1),
            ("bow_tie", before.bow_tie, after.bow_tie),
        )
    ]
    rows.append((words.say("cli.head.hhi"), words.number(before.hhi, 3), words.number(after.hhi, 3)))
    show(session, table(session, ["head.figure", ">col.before", ">col.after"], rows))
    lost = [
        (
            t.name,
            t.title,
            words.number(t.weight, 1),
            f"{t.live_before} → {t.live_after}",
            words.show(t.successors),
        )
        for t in found.touched[:_ROWS]
    ]
    columns = ["col.stakeholder", "col.title", ">col.weight", ">col.ties", "col.successor"]
    show(session, table(session, columns, lost, "title.lost"))
    stakes = [
        (s.name, f"{s.live_before} → {s.live_after}", words.money(s.amount, found.currency))
        for s in found.stakes
    ]
    show(session, table(session, ["col.centre", ">col.ties", ">col.value"], stakes))
    show_findings(session, found.findings, _FINDINGS)


def show_departures(session: Session, names: Sequence[str], found: Sequence[Departure]) -> None:
    """Show what a departure changes in each account."""
    words = session.words
    _title(session, words.show(list(names)))
    rows = [
        (
            d.account,
            words.percent(d.before.c2, 1),
            words.percent(d.after.c2, 1),
            words.percent(d.loss, 1),
            str(d.dark),
            words.money(d.exposure, d.currency),
        )
        for d in found[: session.settings.analysis.top]
    ]
    columns = ["col.account", ">col.c2_before", ">col.c2_after", ">col.loss", ">col.dark", ">col.exposure"]
    show(session, table(session, columns, rows))
    if not found:
        session.say("cli.no_findings")


def show_resilience(session: Session, found: Resilience) -> None:
    """Show what breaks the account."""
    words = session.words
    _title(session, found.account)
    show_findings(session, found.findings, _FINDINGS)
    worst = [(str(w.departures), words.show(w.members), words.percent(w.loss, 1)) for w in found.worst]
    show(session, table(session, [">col.departures", "col.who", ">col.loss"], worst, "title.worst"))
    for title, spots in (("blind_spots", found.blind_spots), ("dark", found.dark)):
        rows = [_spot(session, spot) for spot in spots[:_ROWS]]
        columns = ["col.name", ">col.weight", ">col.departures", "col.who"]
        show(session, table(session, columns, rows, f"title.{title}"))
    lines = [
        (words.say(f"cli.head.{key}"), words.percent(value, 1))
        for key, value in (("expected_loss", found.expected_loss), ("shortfall", found.expected_shortfall))
    ]
    lines.append((words.say("cli.col.expected_loss"), words.money(found.expected_sales_lost, found.currency)))
    show(session, table(session, ["head.figure", ">head.value"], lines))


def _spot(session: Session, spot: BlindSpot) -> tuple[str, str, str, str]:
    return (
        spot.name,
        session.words.number(spot.weight, 1),
        str(spot.departures),
        session.words.show(spot.members),
    )
