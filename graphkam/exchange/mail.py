"""A mail log made into accounts by domain, people, our members and dated contact ties.

The rule is the design's (inputs.md, "The mail log"): a message counts once per pair of one of ours
and one person outside, in the direction it went. All days are kept, whatever the day of the import,
so that any other day can be recomputed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graphkam.exchange.mail_accounts import read_accounts_map
from graphkam.exchange.mail_addresses import Sorter, free_mail_domains, read_domain, role_addresses
from graphkam.exchange.mail_log import Log, read_log
from graphkam.exchange.mail_records import Maker
from graphkam.exchange.mail_tally import Tally
from graphkam.model.base import Problem, fold
from graphkam.model.contact_level import WINDOW
from graphkam.model.organisation import Account
from graphkam.model.people import Person
from graphkam.model.records import RecordSet

__all__ = ["MailCounts", "MailLog", "read_accounts_map", "read_mail"]

Progress = Callable[[int, int], None]

_LISTED = 5
"""Domains that are named where none of ours is met."""
_REASONS = {
    "robot": "mail_dropped_robot",
    "nobody": "mail_dropped_nobody",
    "free_mail": "mail_dropped_free_mail",
    "internal": "mail_dropped_internal",
    "outside": "mail_dropped_outside",
}
"""Why a message is left out, where its file is not at fault, and what is told of it."""


@dataclass(frozen=True)
class MailCounts:
    """What a log holds, and what is taken of it."""

    messages: int
    """Messages, or rows of a CSV log, that were read."""
    kept: int
    """Those between one of ours and a person outside."""
    dropped: Mapping[str, int]
    """Those left out, by reason."""
    accounts: int
    people: int
    members: int
    ties: int


@dataclass(frozen=True)
class MailLog:
    """What a mail log wants."""

    file: str
    """Name of the file, without its folder."""
    sha256: str
    records: RecordSet
    """Everything as it should be: what is known, with what the log says put in. Unchanged records
    are the known ones themselves."""
    counts: MailCounts
    warnings: tuple[Problem, ...]


def read_mail(  # noqa: PLR0913 - each is an option of the command
    path: Path,
    *,
    team_domains: Sequence[str],
    known: RecordSet,
    as_of: date,
    accounts_map: Mapping[str, str] | None = None,
    keep_free_mail: bool = False,
    min_people: int = 1,
    active_within: int | None = None,
    not_people: Sequence[str] = (),
    progress: Progress | None = None,
) -> MailLog:
    """Read a mail log.

    Parameters
    ----------
    path
        CSV with the columns ``at``, ``sender``, ``recipient``, or an mbox; plain or gzip.
    team_domains
        Our own mail domains.
    known
        All that the store holds.
    as_of
        The day for which owner and backup are proposed.
    accounts_map
        The account of each domain that is not an account by itself.
    keep_free_mail
        Whether people of free-mail providers are taken.
    min_people
        Accounts with fewer people are left out.
    active_within
        People without a message for longer than so many days before ``as_of`` are left out.
    not_people
        More local parts of addresses that are not people; ``*`` at either end is anything.
    progress
        Told how many bytes of how many are read.

    Raises
    ------
    ImportRejected
        If the file cannot be used; everything found is listed.
    """
    tally = Tally(path.name)
    mapped = accounts_map or {}
    free = frozenset[str]() if keep_free_mail else free_mail_domains() - set(mapped)
    sorter = Sorter(_domains(team_domains, tally), free, (*role_addresses(), *not_people))
    log = read_log(path, sorter, tally, progress)
    _check_met(log, team_domains, tally)
    maker = Maker(known, as_of, tally)
    account_of = _taken(log, mapped, maker, min_people=min_people, active_within=active_within, as_of=as_of)
    _tell(log, account_of, maker, tally, as_of=as_of, active_within=active_within)
    tally.reject()
    maker.put(log, account_of)
    records, counts = known.merged(maker.made.values()), _counts(log, account_of, tally)
    return MailLog(tally.file, log.sha256, records, counts, tally.problems())


def _domains(texts: Sequence[str], tally: Tally) -> list[str]:
    domains = []
    for text in texts:
        domain = read_domain(text)
        if domain is None:
            tally.error("mail_not_a_domain", 0, text)
        else:
            domains.append(domain)
    tally.reject()
    return domains


def _check_met(log: Log, team_domains: Sequence[str], tally: Tally) -> None:
    """Refuse a log in which none of ours has a message with a person outside."""
    if log.pairs:
        return
    if not log.messages:
        tally.error("mail_empty")
    elif tally.dropped["outside"] and not any(read_domain(text) in log.domains for text in team_domains):
        frequent = sorted(log.domains, key=lambda domain: (-log.domains[domain], domain))[:_LISTED]
        tally.error("mail_none_of_ours", 0, ", ".join(team_domains), frequent=tuple(frequent))
    else:
        tally.error("mail_nobody", count=log.messages)
        _tell_dropped(tally)
    tally.reject()


def _taken(
    log: Log,
    mapped: Mapping[str, str],
    maker: Maker,
    *,
    min_people: int,
    active_within: int | None,
    as_of: date,
) -> dict[str, str]:
    """Give the account of each person that is taken, by address."""
    found: dict[str, str] = {}
    for address, writer in log.people.items():
        last = _last(log, maker, address)
        if active_within is None or (as_of - last).days < active_within:
            found[address] = mapped.get(writer.domain, writer.domain)
    sizes: dict[str, set[str]] = {}
    for address, account in found.items():
        sizes.setdefault(account, set()).add(address)
    for account, people in _known_people(maker.known).items():
        if account in sizes:
            sizes[account] |= people
    return {address: account for address, account in found.items() if len(sizes[account]) >= min_people}


def _last(log: Log, maker: Maker, address: str) -> date:
    """Give the day of a person's newest message, in the log or known before."""
    last = log.people[address].last
    return max(last, maker.last_known(address) or last)


def _known_people(known: RecordSet) -> Mapping[str, set[str]]:
    """Give the addresses known of each account, by its name and by its id."""
    names = {account.id: account.name for account in known.of(Account)}
    found: dict[str, set[str]] = {}
    for person in known.of(Person):
        if person.email:
            for account in (person.account_id, names.get(person.account_id, "")):
                found.setdefault(account, set()).add(person.email.casefold())
    return found


def _tell(
    log: Log,
    account_of: Mapping[str, str],
    maker: Maker,
    tally: Tally,
    *,
    as_of: date,
    active_within: int | None,
) -> None:
    """Say what was left out, and what the figures will suffer from."""
    _tell_dropped(tally)
    if not account_of:
        tally.error("mail_all_left_out", count=len(log.people))
    elif len(account_of) < len(log.people):
        tally.warn("mail_left_out", count=len(log.people) - len(account_of))
    if log.first is not None and log.first > as_of:
        tally.warn("mail_all_later", first=log.first.isoformat(), day=as_of.isoformat())
    silent = sum((as_of - _last(log, maker, address)).days >= WINDOW.days for address in account_of)
    if silent and active_within is None:
        tally.warn(
            "mail_silent", count=silent, people=len(account_of), days=WINDOW.days, day=as_of.isoformat()
        )
    _tell_elsewhere(account_of, maker, tally)


def _tell_dropped(tally: Tally) -> None:
    for reason, code in _REASONS.items():
        if tally.dropped[reason]:
            tally.warn(code, count=tally.dropped[reason])


def _tell_elsewhere(account_of: Mapping[str, str], maker: Maker, tally: Tally) -> None:
    """Say where people are known already in another account than their domain's: they stay there."""
    names = {account.id: account.name for account in maker.known.of(Account)}
    met: dict[tuple[str, str], int] = {}
    for address, account in account_of.items():
        person = maker.known_person(address)
        if (
            person is not None
            and account != person.account_id
            and fold(account) != fold(names[person.account_id])
        ):
            key = (account, names[person.account_id])
            met[key] = met.get(key, 0) + 1
    for (account, other), count in sorted(met.items()):
        tally.warn("mail_known_elsewhere", 0, account, count=count, other=other)


def _counts(log: Log, account_of: Mapping[str, str], tally: Tally) -> MailCounts:
    ties = [pair for pair in log.pairs if pair[1] in account_of]
    return MailCounts(
        messages=log.messages,
        kept=log.kept,
        dropped=dict(sorted(tally.dropped.items())),
        accounts=len(set(account_of.values())),
        people=len(account_of),
        members=len({ours for ours, _ in ties}),
        ties=len(ties),
    )
