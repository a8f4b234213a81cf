"""Published networks, and drawn ones."""

import csv

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from graphkam.method.arcs import Arcs

FLORENCE = (
    "Acciaiuoli-Medici Albizzi-Ginori Albizzi-Guadagni Albizzi-Medici Barbadori-Castellani "
    "Barbadori-Medici Bischeri-Guadagni Bischeri-Peruzzi Bischeri-Strozzi Castellani-Peruzzi "
    "Castellani-Strozzi Guadagni-Lamberteschi Guadagni-Tornabuoni Medici-Ridolfi Medici-Salviati "
    "Medici-Tornabuoni Pazzi-Salviati Peruzzi-Strozzi Ridolfi-Strozzi Ridolfi-Tornabuoni"
)
"""Marriages among the families of Florence (Padgett & Ansell 1993), without the Pucci, who have none."""
KITE = "A-B A-C A-D A-F B-D B-E B-G C-D C-F D-E D-F D-G E-G F-G F-H G-H H-I I-J"
"""Krackhardt 1990."""
HOLES = "A-B A-F A-G A-E E-G F-G B-G B-D D-G G-C"
"""Borgatti 1997, *Connections* 20(1)."""


def named(lines, *alone):
    """Give the names of a network of undirected lines, and its arcs: one each way."""
    pairs = [line.split("-") for line in lines.split()]
    names = sorted({name for pair in pairs for name in pair} | set(alone))
    place = {name: i for i, name in enumerate(names)}
    return names, made(len(names), [(place[a], place[b]) for p in pairs for a, b in (p, p[::-1])])


def directed(lines):
    """Give the names and arcs of a network of directed lines ``a>b``."""
    pairs = [line.split(">") for line in lines.split()]
    names = sorted({name for pair in pairs for name in pair})
    return names, made(len(names), [(names.index(a), names.index(b)) for a, b in pairs])


def made(nodes, pairs, strength=None):
    """Give arcs of pairs."""
    source, target = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    return Arcs(nodes, source, target, np.ones(len(pairs)) if strength is None else np.array(strength))


def managers(needs_data, name):
    """Give who asks, or befriends, whom among Krackhardt's 21 managers; of reports, who is whose boss."""
    with needs_data(f"krackhardt-hightech/{name}.csv").open(encoding="utf-8") as stream:
        pairs = [tuple(int(v) - 1 for v in row.values()) for row in csv.DictReader(stream)]
    return made(21, [(b, a) for a, b in pairs] if name == "reports_to" else pairs)


def as_networkx(arcs):
    """The same in networkx; arcs carry ``strength`` and ``length``."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(arcs.nodes))
    rows = zip(*(c.tolist() for c in (arcs.source, arcs.target, arcs.strength, arcs.length)), strict=True)
    graph.add_edges_from((s, t, {"strength": a, "length": b}) for s, t, a, b in rows)
    return graph


@st.composite
def networks(draw, most=9):
    """Draw a network: several parts, isolates, arcs one way or both, five strengths."""
    nodes = draw(st.integers(1, most))
    pairs = [(a, b) for a in range(nodes) for b in range(nodes) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    strength = [draw(st.sampled_from([0.2, 0.4, 0.5, 0.6, 0.8, 0.95])) for _ in chosen]
    return made(nodes, chosen, strength)
