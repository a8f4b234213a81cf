"""Accounts drawn by hypothesis: some weights, levels, dates and holders are not known."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.build import account_graph
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import DAY, centre, holder, member, seat, tie, unit

MEMBERS = ("Anne", "Bob", "Chloé", "Dora", "Émile")
HELD, VACANT, UNKNOWN = "held", "vacant", "unknown"
SETTINGS = st.builds(
    AnalysisSettings,
    half_life=st.sampled_from([None, 90.0, 180.0]),
    half_life_by_tier=st.sampled_from([{}, {"A": 60.0, "C": 400.0}]),
    live_from=st.sampled_from([0.5, 1.0, 2.0]),
)


class Drawn(NamedTuple):
    """An account as a table."""

    weights: tuple[int | None, ...]
    """Of the positions."""
    occupancy: tuple[str, ...]
    ties: tuple[tuple[int, int, int | None, int | None], ...]
    """Member, position, level, days since the last contact."""

    def graph(self, **options) -> AccountGraph:
        return account_graph(self.records(**options), "a", DAY)

    def records(self, *, is_reversed: bool = False) -> RecordSet:
        made = [Account(id="a", name="Acme"), *(member(m) for m in MEMBERS), unit("U"), unit("V", "U")]
        seats = [f"S{i}" for i in range(len(self.weights))]
        for i, name in enumerate(seats):
            place = "UV"[i % 2]
            occupancy = None if self.occupancy[i] == HELD else self.occupancy[i]
            made.append(seat(name, self.weights[i], unit_id=place, occupancy=occupancy))
            made += holder(name) if self.occupancy[i] == HELD else ()
        made += centre("D", seats[:3], value=100)
        made += self.contacts()
        return RecordSet(reversed(made) if is_reversed else made)

    def contacts(self) -> list[ContactTie]:
        return [
            tie(
                MEMBERS[m],
                f"S{p}",
                level,
                last=None if days is None else DAY - timedelta(days=days),
                stated_on=DAY - timedelta(days=100),
            )
            for m, p, level, days in self.ties
            if self.occupancy[p] == HELD
        ]


@st.composite
def accounts(draw, most=6, is_certain=False) -> Drawn:
    """Draw an account; without anything unknown if ``is_certain``."""
    count = draw(st.integers(1, most))
    maybe = [] if is_certain else [None]
    weights = tuple(draw(st.sampled_from([1, 2, 3, 4, 5, *maybe])) for _ in range(count))
    occupancy = tuple(draw(st.sampled_from([HELD, HELD, HELD, VACANT, UNKNOWN])) for _ in range(count))
    pairs = st.tuples(st.integers(0, len(MEMBERS) - 1), st.integers(0, count - 1))
    chosen = draw(st.lists(pairs, unique=True, max_size=12))
    level = st.sampled_from([0, 1, 2, 3, 3, *maybe])
    days = st.sampled_from([0, 30, 170, 190, 300, 700, *maybe])
    return Drawn(weights, occupancy, tuple((m, p, draw(level), draw(days)) for m, p in chosen))
