"""The headline figures of a portfolio by other means, as one would write them there.

Each is given its tables as it likes them best, and answers the same: of each account the positions, the
weight, what one and two of us cover, the greatest weight that hangs on one of us, and the sum of the
members' amounts and of their squares.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graphkam.graph.columns import Columns

HALF_LIFE, LIVE_FROM = 180.0, 1.0
SUMS = ("seats", "weight", "covered", "twice", "most", "total", "squares")
Found = Mapping[str, NDArray[Any]]
Way = Callable[[], Found]
CYPHER = Path(__file__).parent / "cypher"
_BATCH = 20_000


def tables(columns: Columns) -> dict[str, dict[str, NDArray[Any]]]:
    """Give positions and ties as plain tables; what is not known is a missing value."""
    seats, ties = columns.seats, columns.ties
    count = len(seats.account)
    return {
        "seats": {
            "seat": np.arange(count),
            "account": seats.account,
            "weight": np.where(seats.weight == 0, np.nan, seats.weight),
            "has_left": seats.has_left,
        },
        "ties": {
            "seat": ties.seat,
            "team": ties.team,
            "level": np.where(ties.level < 0, np.nan, ties.level),
            "day": ties.day.astype(np.int64),
        },
    }


def pandas_way(columns: Columns) -> Way:
    import pandas as pd

    seats, ties = (pd.DataFrame(table) for table in tables(columns).values())
    accounts, today = len(columns.accounts.id), columns.as_of.toordinal()

    def answer() -> Found:
        typical = seats.groupby("account")["weight"].transform("median")
        s = seats.assign(w=seats["weight"].fillna(typical).fillna(1.0))
        t = ties.merge(s[["seat", "account", "w", "has_left"]], on="seat")
        strength = t["level"].fillna(0.0) * np.exp2((t["day"] - today) / HALF_LIFE) * ~t["has_left"]
        live = (t["level"] >= 2) & (strength >= LIVE_FROM)
        known = (
            t[live]
            .groupby("seat")
            .agg(account=("account", "first"), team=("team", "first"), w=("w", "first"), n=("w", "size"))
        )
        sole = known[known["n"] == 1].groupby(["account", "team"])["w"].sum()
        amount = t.assign(amount=t["w"] * strength).groupby(["account", "team"])["amount"].sum()
        by = {
            "seats": s.groupby("account").size(),
            "weight": s.groupby("account")["w"].sum(),
            "covered": known.groupby("account")["w"].sum(),
            "twice": known[known["n"] >= 2].groupby("account")["w"].sum(),
            "most": sole.groupby("account").max(),
            "total": amount.groupby("account").sum(),
            "squares": (amount**2).groupby("account").sum(),
        }
        every = range(accounts)
        return {name: column.reindex(every, fill_value=0).to_numpy() for name, column in by.items()}

    return answer


def polars_way(columns: Columns) -> Way:
    import polars as pl

    frames = {name: pl.DataFrame(table).fill_nan(None).lazy() for name, table in tables(columns).items()}
    accounts, today = len(columns.accounts.id), columns.as_of.toordinal()
    every = pl.LazyFrame({"account": np.arange(accounts)})

    def answer() -> Found:
        col = pl.col
        typical = col("weight").median().over("account")
        s = frames["seats"].with_columns(w=col("weight").fill_null(typical).fill_null(1.0))
        left = pl.when(col("has_left")).then(0.0).otherwise(1.0)
        decay = ((col("day") - today) * (np.log(2) / HALF_LIFE)).exp()
        t = frames["ties"].join(s, on="seat").with_columns(s=col("level").fill_null(0.0) * decay * left)
        live = t.filter((col("level") >= 2) & (col("s") >= LIVE_FROM))
        known = live.group_by("seat").agg(
            col("account").first(), col("team").first(), col("w").first(), n=pl.len()
        )
        sole = known.filter(col("n") == 1).group_by("account", "team").agg(col("w").sum())
        amount = t.group_by("account", "team").agg(amount=(col("w") * col("s")).sum())
        parts = (
            s.group_by("account").agg(seats=pl.len(), weight=col("w").sum()),
            known.group_by("account").agg(covered=col("w").sum(), twice=col("w").filter(col("n") >= 2).sum()),
            sole.group_by("account").agg(most=col("w").max()),
            amount.group_by("account").agg(
                total=col("amount").sum(), squares=(col("amount") * col("amount")).sum()
            ),
        )
        found = every
        for part in parts:
            found = found.join(part, on="account", how="left")
        done = found.sort("account").fill_null(0).collect()
        return {name: done[name].to_numpy() for name in SUMS}

    return answer


SQL = """
WITH typical AS (SELECT account, median(weight) AS typical FROM seats GROUP BY account),
s AS (
  SELECT seat, account, has_left, coalesce(weight, typical, 1.0) AS w
  FROM seats JOIN typical USING (account)
),
t AS (
  SELECT seat, team, account, w, level,
    CASE WHEN has_left THEN 0.0
         ELSE coalesce(level, 0.0) * exp((day - $today) * ln(2.0) / $half_life) END AS strength
  FROM ties JOIN s USING (seat)
),
known AS (
  SELECT seat, any_value(account) AS account, any_value(team) AS team, any_value(w) AS w, count(*) AS n
  FROM t WHERE level >= 2 AND strength >= $live_from GROUP BY seat
),
sole AS (SELECT account, team, sum(w) AS w FROM known WHERE n = 1 GROUP BY account, team),
amount AS (SELECT account, team, sum(w * strength) AS amount FROM t GROUP BY account, team),
a AS (SELECT account, count(*) AS seats, sum(w) AS weight FROM s GROUP BY account),
c AS (
  SELECT account, sum(w) AS covered, sum(CASE WHEN n >= 2 THEN w ELSE 0.0 END) AS twice
  FROM known GROUP BY account
),
m AS (SELECT account, max(w) AS most FROM sole GROUP BY account),
h AS (SELECT account, sum(amount) AS total, sum(amount * amount) AS squares FROM amount GROUP BY account)
SELECT accounts.account, coalesce(seats, 0) AS seats, coalesce(weight, 0) AS weight,
  coalesce(covered, 0) AS covered, coalesce(twice, 0) AS twice, coalesce(most, 0) AS most,
  coalesce(total, 0) AS total, coalesce(squares, 0) AS squares
FROM accounts LEFT JOIN a USING (account) LEFT JOIN c USING (account)
LEFT JOIN m USING (account) LEFT JOIN h USING (account) ORDER BY account
"""


def duckdb_way(columns: Columns) -> Way:
    import duckdb
    import pyarrow as pa

    database = duckdb.connect()
    made = tables(columns) | {"accounts": {"account": np.arange(len(columns.accounts.id))}}
    for name, table in made.items():
        arrow = pa.table({key: pa.array(values, from_pandas=True) for key, values in table.items()})
        database.from_arrow(arrow).create(name)
    given = {"today": columns.as_of.toordinal(), "half_life": HALF_LIFE, "live_from": LIVE_FROM}

    def answer() -> Found:
        found = database.execute(SQL, given).fetchnumpy()
        return {name: np.asarray(found[name]) for name in SUMS}

    return answer


def networkx_way(columns: Columns) -> Way:
    graph = nx.Graph()
    seats, ties = columns.seats, columns.ties
    facts = zip(seats.account.tolist(), seats.weight.tolist(), seats.has_left.tolist(), strict=True)
    for i, (account, weight, has_left) in enumerate(facts):
        graph.add_node(("seat", i), account=account, weight=weight or None, has_left=has_left)
    for j, account in enumerate(columns.team.account.tolist()):
        graph.add_node(("team", j), account=account)
    known = zip(ties.seat.tolist(), ties.team.tolist(), ties.level.tolist(), ties.day.tolist(), strict=True)
    for i, j, level, day in known:
        graph.add_edge(("seat", i), ("team", j), level=None if level < 0 else level, day=day)
    accounts, today = len(columns.accounts.id), columns.as_of.toordinal()
    return lambda: _walked(graph, accounts, today)


def _walked(graph: nx.Graph, accounts: int, today: int) -> Found:
    weights: dict[int, list[int]] = defaultdict(list)
    for (kind, _), node in graph.nodes(data=True):
        if kind == "seat" and node["weight"] is not None:
            weights[node["account"]].append(node["weight"])
    typical = {account: median(found) for account, found in weights.items()}
    found = {name: np.zeros(accounts) for name in SUMS}
    sole: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    amount: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (kind, i), node in graph.nodes(data=True):
        if kind != "seat":
            continue
        account = node["account"]
        w = typical.get(account, 1.0) if node["weight"] is None else node["weight"]
        live = []
        for _, (_, team), tie in graph.edges(("seat", i), data=True):
            level = tie["level"] or 0
            strength = 0.0 if node["has_left"] else level * 2 ** ((tie["day"] - today) / HALF_LIFE)
            amount[account][team] += w * strength
            if level >= 2 and strength >= LIVE_FROM:
                live.append(team)
        found["seats"][account] += 1
        found["weight"][account] += w
        found["covered"][account] += w * (len(live) >= 1)
        found["twice"][account] += w * (len(live) >= 2)
        if len(live) == 1:
            sole[account][live[0]] += w
    for account, members in sole.items():
        found["most"][account] = max(members.values())
    for account, members in amount.items():
        found["total"][account] = sum(members.values())
        found["squares"][account] = sum(a * a for a in members.values())
    return found


@contextmanager
def neo4j_way(columns: Columns) -> Iterator[Way]:
    """Have a Neo4j with the portfolio in it; give the way that asks it."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    import neo4j
    from targets import Neo4j

    with TemporaryDirectory() as folder:
        target = Neo4j(Path(folder))
        store = target.settings.store
        driver = neo4j.GraphDatabase.driver(store.uri, auth=(store.user, store.password.get_secret_value()))
        try:
            with driver.session(database=store.database) as session:
                _load(session, columns)
                given = {"day": columns.as_of.toordinal(), "half_life": HALF_LIFE, "live_from": LIVE_FROM}
                statement = (CYPHER / "headlines.cypher").read_text("utf-8")

                def answer() -> Found:
                    rows = session.run(statement, given).data()
                    return {name: np.array([row[name] for row in rows]) for name in SUMS}

                yield answer
        finally:
            driver.close()
            target.stop()


def _load(session: Any, columns: Columns) -> None:
    made = tables(columns) | {"team": {"team": np.arange(len(columns.team.account))}}
    for name in ("constraint_accounts", "constraint_seats", "constraint_team"):
        session.run((CYPHER / f"{name}.cypher").read_text("utf-8")).consume()
    for name in ("seats", "team", "ties"):
        statement = (CYPHER / f"{name}.cypher").read_text("utf-8")
        lists = {key: [_plain(v) for v in values.tolist()] for key, values in made[name].items()}
        rows = [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]
        for start in range(0, len(rows), _BATCH):
            session.run(statement, rows=rows[start : start + _BATCH]).consume()


def _plain(value: Any) -> Any:
    return None if value != value else value  # noqa: PLR0124 - nan alone differs from itself
