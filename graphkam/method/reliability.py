"""How likely it is that any way at all holds: two-terminal reliability.

Counting ways is #P-complete (Valiant 1979), and ways that share a link are not independent: the answer
is never 1 - prod(1 - p) over paths. Links that lie on no way are left out; up to ``EXACT`` uncertain ones
every state of the world is tried, beyond that so many are drawn, from a fixed seed, and the answer comes
with its standard error.

All states are tried at once: of each link one bit per state says whether it holds there, and what is
reached in which state spreads along the links until nothing changes.

Source: the bridge network R = 2p^2 + 2p^3 - 5p^4 + 2p^5 (Barlow & Proschan, *Mathematical Theory of
Reliability*, 1965).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

EXACT = 14
"""Uncertain links up to which every state is tried."""
SEED = 20261123
_MOST = 400_000_000
"""Bits drawn at most; with more links fewer states are."""


class Link(NamedTuple):
    """A link that holds with a probability."""

    start: int
    end: int
    p: float
    both_ways: bool = False
    """It leads back as well: one link, not two."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How likely any way is to hold."""

    value: float
    error: float
    """Standard error; 0 if exact."""
    draws: int | None
    """States drawn; None = all were tried."""


def reliability(
    links: Iterable[Link], sources: Collection[int], targets: Collection[int], draws: int
) -> Reliability:
    """Give the probability that some target can be reached from some source.

    Parameters
    ----------
    links
        Which hold independently of each other.
    sources, targets
        Nodes.
    draws
        States to draw where there are too many to try.
    """
    if set(sources) & set(targets):
        return Reliability(1.0, 0.0, None)
    useful = _useful([link for link in links if link.p > 0], sources, targets)
    uncertain = sum(link.p < 1 for link in useful)
    if uncertain <= EXACT:
        return Reliability(_tried(useful, sources, targets, uncertain), 0.0, None)
    count = max(2, min(draws, _MOST // uncertain))
    value = _drawn(useful, sources, targets, count)
    # Two more of each, so that a value of 0 or 1 is not taken for certain (Agresti & Coull 1998).
    likely = (value * count + 2) / (count + 4)
    return Reliability(value, sqrt(likely * (1 - likely) / count), count)


def _arcs(links: Sequence[Link]) -> Iterable[tuple[int, int, int]]:
    """Give start, end and place of each link, twice if it leads both ways."""
    for i, link in enumerate(links):
        yield link.start, link.end, i
        if link.both_ways:
            yield link.end, link.start, i


def _useful(links: Sequence[Link], sources: Collection[int], targets: Collection[int]) -> list[Link]:
    """Leave out links that are on no way from a source to a target."""
    forward: dict[int, list[int]] = {}
    backward: dict[int, list[int]] = {}
    for start, end, _ in _arcs(links):
        forward.setdefault(start, []).append(end)
        backward.setdefault(end, []).append(start)
    after, before = _reached(forward, sources, targets), _reached(backward, targets, sources)

    def is_on(start: int, end: int) -> bool:
        return start in after and end in before and end not in sources and start not in targets

    return [
        link
        for link in links
        if is_on(link.start, link.end) or (link.both_ways and is_on(link.end, link.start))
    ]


def _reached(following: Mapping[int, list[int]], begin: Collection[int], end: Collection[int]) -> set[int]:
    """Give what can be reached, going no further than the end."""
    found, waiting = set(begin), list(begin)
    while waiting:
        node = waiting.pop()
        if node not in end:
            new = [other for other in following.get(node, ()) if other not in found]
            found.update(new)
            waiting += new
    return found


def _tried(
    links: Sequence[Link], sources: Collection[int], targets: Collection[int], uncertain: int
) -> float:
    """Try every state of the uncertain links."""
    states = 1 << uncertain
    chance, place = np.ones(states), 0
    held: list[int] = []
    for link in links:
        if link.p >= 1:
            held.append((1 << states) - 1)
            continue
        holds = (np.arange(states) >> place & 1).astype(np.bool_)
        chance *= np.where(holds, link.p, 1 - link.p)
        held.append(_bits(holds))
        place += 1
    reached = _spread(links, held, sources, targets, states)
    size = (states + 7) // 8
    flags = np.unpackbits(np.frombuffer(reached.to_bytes(size, "little"), np.uint8), bitorder="little")
    return float(chance[flags[:states].astype(np.bool_)].sum())


def _drawn(links: Sequence[Link], sources: Collection[int], targets: Collection[int], draws: int) -> float:
    """Draw states."""
    dice = np.random.default_rng(SEED)
    held = [_bits(dice.random(draws) < link.p) for link in links]
    return _spread(links, held, sources, targets, draws).bit_count() / draws


def _bits(flags: np.ndarray) -> int:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def _spread(
    links: Sequence[Link],
    held: Sequence[int],
    sources: Collection[int],
    targets: Collection[int],
    states: int,
) -> int:
    """Give the states in which a target is reached, as bits."""
    ways: dict[int, list[tuple[int, int]]] = {}
    for start, end, i in _arcs(links):
        ways.setdefault(start, []).append((end, held[i]))
    reached = dict.fromkeys(sources, (1 << states) - 1)
    waiting = deque(reached)
    while waiting:
        node = waiting.popleft()
        here = reached[node]
        for end, holds in ways.get(node, ()):
            before = reached.get(end, 0)
            if (after := before | (here & holds)) != before:
                reached[end] = after
                waiting.append(end)
    total = 0
    for node in targets:
        total |= reached.get(node, 0)
    return total
