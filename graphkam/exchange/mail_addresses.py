"""Mail addresses: read, brought to one form, told apart: people, roles and machines, free mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.utils import getaddresses
from fnmatch import translate
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graphkam.model.base import clean_name

_PLAIN = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+")
_LONGEST = 254


class Address(NamedTuple):
    """One address in its one form, and the name it was written with."""

    address: str
    name: str
    """Display name; empty if there was none."""

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.address.rpartition("@")[0]

    @property
    def domain(self) -> str:
        """What stands behind it."""
        return self.address.rpartition("@")[2]


def addresses(text: str) -> Iterator[Address | None]:
    """Give the addresses of a field; None for each that is malformed.

    Lower case; a plus-suffix is dropped; several are separated by ``;`` or ``,``.
    """
    if _PLAIN.fullmatch(text):
        yield _address("", text)
        return
    for name, address in getaddresses([text.replace(";", ",")], strict=False):
        if name or address:
            yield _address(name, address)


def _address(name: str, text: str) -> Address | None:
    local, _, domain = text.strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    address = f"{local}@{domain.rstrip('.')}"
    if not _PLAIN.fullmatch(address) or len(address) > _LONGEST:
        return None
    shown = clean_name(name.strip("'\" "))
    return Address(address, "" if "@" in shown else shown[:200])


@cache
def free_mail_domains() -> frozenset[str]:
    """Give the domains of free-mail and access providers."""
    return frozenset(_lines("free_mail_domains.txt"))


@cache
def _role_pattern(more: tuple[str, ...]) -> re.Pattern[str]:
    patterns = (*_lines("role_addresses.txt"), *more)
    return re.compile("|".join(f"(?:{translate(pattern)})" for pattern in patterns))


def is_role(local: str, more: Iterable[str] = ()) -> bool:
    """Tell whether a local part is a role, a list or a machine and not a person.

    Parameters
    ----------
    local
        What stands before the @, in lower case.
    more
        Further patterns, with ``*`` for anything.
    """
    return _role_pattern(tuple(more)).match(local) is not None


def _lines(name: str) -> list[str]:
    text = files("graphkam.exchange").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
