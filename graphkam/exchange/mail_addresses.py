"""Mail addresses: read, never guessed; and which of them are ours, people, or nobody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graphkam.exchange.codes import read_email
from graphkam.exchange.problems import CellFault
from graphkam.model.base import MAX_NAME, clean_name

LONGEST = 1000
"""Characters of the longest text that is looked at as one address with its name."""

_IN_BRACKETS = re.compile(r"([^<>]*)<([^<>]*)>")
_WITH_COMMENT = re.compile(r"([^\s()]+)\s*\(([^()]*)\)")
_LABEL = r"[a-z0-9](?:(?!.?--)[a-z0-9-]{0,61}[a-z0-9])?"
_PLAIN = re.compile(
    r"(?=[^@]{1,64}@[^@]{4,180}$)"
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    rf"@(?:{_LABEL}\.)+[a-z][a-z0-9]{{1,60}}",
    re.ASCII,
)
"""What is surely an address; whatever does not fit is asked of the slower, exact reader."""
_CACHED = 200_000


class Address(NamedTuple):
    """One mail address, with the name written beside it."""

    address: str
    """In lower case, without a plus-suffix."""
    name: str = ""

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.address.rpartition("@")[0]

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


def parse_address(text: str) -> Address | None:
    """Read one address, with or without a name; None if it is malformed.

    ``a@b.fr``, ``<a@b.fr>``, ``Anne Roy <a@b.fr>``, ``"Roy, Anne" <a@b.fr>`` and ``a@b.fr (Anne Roy)``
    are read.

    Parameters
    ----------
    text
        What was written.
    """
    text = text.strip()
    name, written = "", text
    if match := _IN_BRACKETS.fullmatch(text):
        name, written = match[1], match[2].strip()
    elif match := _WITH_COMMENT.fullmatch(text):
        written, name = match[1], match[2]
    address = _read(written)
    return Address(address, _display_name(name)) if address else None


def _read(written: str) -> str | None:
    address = written.lower().removeprefix("mailto:")
    if not _PLAIN.fullmatch(address):
        if address.count("@") != 1:
            return None
        try:
            address = read_email(address)
        except CellFault:
            return None
    local, _, domain = address.partition("@")
    local = local.partition("+")[0]
    return f"{local}@{domain}" if local and not local.endswith(".") else None


def _display_name(text: str) -> str:
    """Give the name written beside an address; nothing where that is the address again, or too long."""
    name = clean_name(text.replace('\\"', '"').replace("\\\\", "\\")).strip("\"'\u201c\u201d ")
    return "" if "@" in name or len(name) > MAX_NAME or not any(map(str.isalnum, name)) else name


def split_addresses(text: str, separators: str) -> list[str]:
    """Split a list of addresses; separators within quotes, brackets and comments do not count.

    Parameters
    ----------
    text
        The list.
    separators
        Characters that stand between two addresses.
    """
    if not any(c in text for c in separators):
        return [text] if text.strip() else []
    parts: list[str] = []
    start, quoted, depth, skips = 0, False, 0, False
    for i, character in enumerate(text):
        if skips:
            skips = False
        elif character == "\\" and quoted:
            skips = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif character in "(<":
            depth += 1
        elif character in ")>":
            depth = max(0, depth - 1)
        elif character in separators and not depth:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return [part for part in parts if part.strip()]


class Kind(StrEnum):
    """What an address is to us."""

    OURS = "ours"
    PERSON = "person"
    """Somebody outside, of an account."""
    NOBODY = "nobody"
    """A role, a list or a machine."""
    FREE_MAIL = "free_mail"
    MALFORMED = "malformed"


class Sorter:
    """Tells what an address is to us.

    Parameters
    ----------
    team_domains
        Our own domains.
    free_mail
        Domains that are no accounts.
    roles
        Local parts that are not people; a ``*`` at either end stands for anything.
    """

    def __init__(
        self, team_domains: Collection[str], free_mail: Collection[str], roles: Iterable[str]
    ) -> None:
        self._team = frozenset(team_domains)
        self._free = frozenset(free_mail)
        patterns = {role.lower() for role in roles}
        self._exact = frozenset(p for p in patterns if "*" not in p)
        self._starts = tuple(p.removesuffix("*") for p in patterns if p.endswith("*"))
        self._ends = tuple(p.removeprefix("*") for p in patterns if p.startswith("*"))
        self._known: dict[str, tuple[Kind, Address | None]] = {}

    def sort(self, text: str) -> tuple[Kind, Address | None]:
        """Give what a written address is, and the address; None if it is malformed.

        Parameters
        ----------
        text
            What was written.
        """
        if len(text) > LONGEST:
            return Kind.MALFORMED, None
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            address = parse_address(text)
            found = (self._kind(address), address)
            self._known[text] = found
        return found

    def _kind(self, address: Address | None) -> Kind:
        if address is None:
            return Kind.MALFORMED
        local = address.local
        if local in self._exact or local.startswith(self._starts) or local.endswith(self._ends):
            return Kind.NOBODY
        if address.domain in self._team:
            return Kind.OURS
        return Kind.FREE_MAIL if address.domain in self._free else Kind.PERSON


@cache
def free_mail_domains() -> frozenset[str]:
    """Give the domains of free-mail and access providers."""
    return frozenset(_listed("free_mail_domains.txt"))


@cache
def role_addresses() -> tuple[str, ...]:
    """Give the local parts of roles, lists and machines."""
    return tuple(_listed("role_addresses.txt"))


def _listed(name: str) -> Iterator[str]:
    text = files("graphkam.exchange").joinpath("data", name).read_text(encoding="utf-8")
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def read_domain(text: str) -> str | None:
    """Read a domain as people type it: ``@W3.org`` is ``w3.org``; None if it is none."""
    address = parse_address(f"x@{text.strip().removeprefix('@')}")
    return address.domain if address else None
