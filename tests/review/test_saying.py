"""How a step of an introduction, and the cost of a tie, are said."""

from datetime import date

import pytest

from graphkam.analysis.mesh import mesh
from graphkam.analysis.paths import Step
from graphkam.review.saying import how_known, why_this_cost
from graphkam.text import Words
from tests.analysis.accounts import BOW_TIE, graph

EN = Words("en")


def step(kind, **known):
    made = {
        "asker": "Kim", "asker_id": "k", "asked": "Ann", "asked_id": "a", "probability": 0.5, "low": 0.4,
        "high": 0.6, "tie_id": None, "level": None, "last_contact": None, "link": None, "weight": None,
        "source": None, "known_on": None, "unit": None,
    }  # fmt: skip
    return Step(kind=kind, **made | known)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            step("contact", level=3, last_contact=date(2026, 11, 2)),
            "Trusted, last contact 2 Nov 2026",
        ),
        (step("contact"), "?, last contact ?"),
        (step("influence", link="advice", weight=4, source="a call"), "Advice, 4 of 5: a call"),
        (step("influence"), "?, ? of 5"),
        (step("reporting"), "reports to"),
        (step("colleague", unit="Purchasing"), "assumed: colleagues at Purchasing"),
    ],
)
def test_it_is_said_how_we_know_that_somebody_can_ask(one, said):
    assert how_known(EN, one) == said


def test_what_makes_a_tie_dear_or_cheap_is_named_and_what_is_not_known_has_a_question_mark():
    tie = mesh(graph(BOW_TIE)).ties[0].model_copy(
        update={"function": 0.5, "level": 0.0, "country": 1.0, "language": 0.0, "unknown": ("country",),
                "warm": 0.2, "is_reactivated": True}
    )  # fmt: skip
    assert why_this_cost(EN, tie) == (
        "another function +0.5, another country +1 ?, a warm way −0.2, a tie to revive"
    )
