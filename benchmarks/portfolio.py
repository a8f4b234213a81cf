"""How long the headline figures of a whole portfolio take, beside every other way to have them.

A million stakeholders and two million ties: at most half as long again as the bare numpy passes that the
figures are made of, and ahead of polars, DuckDB and pandas; a hundred thousand: ahead of those, of
networkx and of a Cypher query on Neo4j. All start from tables in their own memory, all give equal
figures, all in one run, the best of some runs each. Ends with 1 where a wish is missed.

Usage: ``python benchmarks/portfolio.py [SMALL [LARGE]]``. It needs what nothing else here does:
``pip install --group bench``, and ``make neo4j``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import rivals
from numpy.typing import NDArray
from portfolios import portfolio

from graphkam.graph.column_departures import interlocutors, leaving
from graphkam.graph.column_figures import bounds, by_account, by_country, loads, measured
from graphkam.graph.columns import Columns
from graphkam.settings import AnalysisSettings

SMALL, LARGE = 100_000, 1_000_000
RUNS = 9
MOST = 1.5
"""Times the bare passes."""
SETTINGS = AnalysisSettings(half_life=rivals.HALF_LIFE, live_from=rivals.LIVE_FROM)
FIGURES = ("seats", "weight", "c1", "c2", "bow_tie", "max_loss", "hhi", "effective")
Floats = NDArray[np.float64]
Figures = Mapping[str, Floats]


def ours(columns: Columns) -> Figures:
    """Work them out as graphkam does; what columns keep of an earlier run is forgotten."""
    heads = by_account(measured(replace(columns), SETTINGS, with_bounds=False))
    return {name: getattr(heads, name) for name in FIGURES}


def bare(columns: Columns) -> Figures:
    """Work them out in the passes over the arrays that it takes, and nothing else."""
    seats, ties, team = columns.seats, columns.ties, columns.team
    accounts, teams = len(columns.accounts.id), len(team.account)
    weight = seats.weight.astype(np.float64)
    held = np.bincount(seats.account * 6 + seats.weight, minlength=accounts * 6).reshape(accounts, 6)[:, 1:]
    up_to = held.cumsum(axis=1)
    last = up_to[:, -1]
    middles = [(up_to > ((last - 1 + more) // 2)[:, None]).argmax(axis=1) + 1 for more in (0, 1)]
    unknown = seats.weight == 0
    weight[unknown] = np.where(last > 0, (middles[0] + middles[1]) / 2, 1.0)[seats.account[unknown]]
    level = np.maximum(ties.level, 0).astype(np.float64)
    days = (columns.as_of.toordinal() - ties.day).astype(np.float64)
    strength = level * np.exp2(-days / rivals.HALF_LIFE) * ~seats.has_left[ties.seat]
    live = (level >= 2) & (strength >= rivals.LIVE_FROM)
    seat = ties.seat[live]
    n = np.bincount(seat, minlength=len(weight))
    total = np.bincount(seats.account, weight, accounts)
    covered = np.bincount(seats.account, weight * (n >= 1), accounts)
    twice = np.bincount(seats.account, weight * (n >= 2), accounts)
    once = n[seat] == 1
    sole = np.bincount(ties.team[live][once], weight[seat[once]], teams)
    most = np.zeros(accounts)
    np.maximum.at(most, team.account, sole)
    amount = np.bincount(ties.team, weight[ties.seat] * strength, teams)
    sums = {
        "seats": np.bincount(seats.account, minlength=accounts),
        "weight": total,
        "covered": covered,
        "twice": twice,
        "most": most,
        "total": np.bincount(team.account, amount, accounts),
        "squares": np.bincount(team.account, amount * amount, accounts),
    }
    return figures(sums)


def figures(sums: rivals.Found) -> Figures:
    """Give the figures that the sums make."""
    with np.errstate(divide="ignore", invalid="ignore"):
        hhi = sums["squares"] / sums["total"] ** 2
        return {
            "seats": sums["seats"],
            "weight": sums["weight"],
            "c1": sums["covered"] / sums["weight"],
            "c2": sums["twice"] / sums["weight"],
            "bow_tie": sums["most"] / sums["weight"],
            "max_loss": sums["most"] / sums["covered"],
            "hhi": hhi,
            "effective": 1 / hhi,
        }


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Give the best time of some runs, after one that counts for nothing."""
    work()
    spent = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return min(spent)


class Race:
    """Ways to one answer, each timed and compared with ours."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._wanted = ours(columns)
        self.missed = False
        print(f"{len(columns.seats.account):,} stakeholders, {len(columns.ties.seat):,} ties")
        # In turns: what else goes on in the machine is then the same for both.
        pairs = [(seconds(lambda: ours(columns), 1), seconds(lambda: bare(columns), 1)) for _ in range(RUNS)]
        self._best, plain = (min(found) for found in zip(*pairs, strict=True))
        self._compare("bare numpy passes", bare(columns))
        times = self._best / plain
        self.missed |= times > MOST
        print(f"  {'graphkam':24} {self._best:8.4f} s")
        print(f"  {'bare numpy passes':24} {plain:8.4f} s; graphkam {times:.2f} times, at most {MOST}")

    def against(self, name: str, way: rivals.Way, runs: int = RUNS) -> None:
        """Time another way, and see that it says the same."""
        self._compare(name, figures(way()))
        taken = seconds(way, runs)
        self.missed |= taken <= self._best
        print(f"  {name:24} {taken:8.4f} s; {taken / self._best:.1f} times as long", flush=True)

    def _compare(self, name: str, found: Figures) -> None:
        for figure, values in self._wanted.items():
            if not np.allclose(values, found[figure], rtol=1e-9, atol=1e-12, equal_nan=True):
                raise SystemExit(f"{name} says something else of {figure}")

    def besides(self) -> None:
        """Time what else the command works out; there is no wish."""
        columns = self.columns
        found = measured(columns, SETTINGS)
        gone = [columns.members.id[0]]
        others = {
            "what they could be": lambda: bounds(measured(columns, SETTINGS)),
            "load of each member": lambda: loads(found),
            "business by interlocutors": lambda: interlocutors(found),
            "by country": lambda: by_country(found),
            "one departure everywhere": lambda: leaving(found, gone),
        }
        for name, work in others.items():
            print(f"  besides: {name:26} {seconds(work, 3):.3f} s", flush=True)


def main(small: int, large: int) -> int:
    """Measure, compare and print."""
    race = Race(portfolio(small, 2 * small))
    columns = race.columns
    race.against("polars", rivals.polars_way(columns))
    race.against("DuckDB", rivals.duckdb_way(columns))
    race.against("pandas", rivals.pandas_way(columns), 3)
    race.against("networkx", rivals.networkx_way(columns), 2)
    with rivals.neo4j_way(columns) as way:
        race.against("Cypher on Neo4j", way, 3)
    other = Race(portfolio(large, 2 * large))
    other.against("polars", rivals.polars_way(other.columns))
    other.against("DuckDB", rivals.duckdb_way(other.columns))
    other.against("pandas", rivals.pandas_way(other.columns), 2)
    other.besides()
    return int(race.missed or other.missed)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *(SMALL, LARGE)[len(given) :]))
