"""Every figure that an analysis explains is the sum of its terms, on the demo accounts."""

import importlib
import inspect
import pkgutil
from datetime import date
from functools import cache

import pytest

import graphkam.analysis
from graphkam.exchange.book import read_book
from graphkam.graph.build import account_graph
from graphkam.model.records import RecordSet
from graphkam.settings import AnalysisSettings
from tests.analysis.resumming import assert_it_sums

NAMES = sorted(module.name for module in pkgutil.iter_modules(graphkam.analysis.__path__))
DAY = date(2026, 11, 23)
ACCOUNTS = ("AUB", "NAV", "TES")
ASKED = {
    "departure": {"leaves": lambda graph: [graph.members[0].id]},
    "changes": {
        "before": lambda graph: account_graph(graph.records, graph.account.id, DAY.replace(year=2025))
    },
}
"""What an analysis must be told besides, by its name and that of the option."""


@cache
def demo(root):
    return read_book(root / "fixtures" / "demo-en.xlsx", known=RecordSet(), today=DAY).records


def answers(name, root):
    question = getattr(importlib.import_module(f"graphkam.analysis.{name}"), name)
    told = ASKED.get(name, {})
    needed = [p.name for p in inspect.signature(question).parameters.values() if p.default is p.empty][1:]
    assert set(needed) <= set(told), f"say in ASKED what {name} is to be told"
    for account in ACCOUNTS:
        graph = account_graph(demo(root), account, DAY)
        given = {option: choose(graph) for option, choose in told.items()}
        for half_life in (180, None):
            settings = AnalysisSettings(half_life=half_life, seconds=10)
            yield question(graph, settings=settings, with_terms=True, **given)


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_is_the_sum_of_its_terms(name, root):
    found = list(answers(name, root))
    for answer in found:
        assert_it_sums(answer)
    assert any(answer.explained for answer in found), "no figure says where it comes from"
    for answer in found:
        summed = {e.terms for e in answer.explained} | {e.over for e in answer.explained}
        assert {term.figure for term in answer.terms} <= summed, "a term that no figure uses"
