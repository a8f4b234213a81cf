"""Who of us knows whom, and since when nobody has spoken to them."""

from datetime import date, timedelta

import pytest

from graphkam.drawing.relations import Relations
from graphkam.model.vocabulary import ContactKind
from graphkam.settings import AnalysisSettings

DAY = date(2026, 11, 23)


def relations(sketch):
    made = Relations(sketch.graph(), AnalysisSettings())
    return made, {one.id: one for one in made.graph.stakeholders}


def test_those_with_a_live_tie_come_by_name(sketch):
    sketch.person("p")
    for member in ("Zoe", "Ada", "Éva"):
        sketch.tie(member, "p", 3)
    sketch.tie("Bob", "p", 1)
    made, _ = relations(sketch)
    assert made.named("p") == ("Ada", "Éva", "Zoe")
    assert not made.is_live("Bob", "p")
    assert 0 < made.strength("Bob", "p") < made.strength("Ada", "p") == 1


def test_owner_and_backup_are_told_apart(sketch):
    sketch.person("p")
    sketch.tie("Ada", "p", kind="owner")
    sketch.tie("Bob", "p", kind="backup")
    made, people = relations(sketch)
    assert made.those(people["p"], ContactKind.OWNER) == ("Ada",)
    assert made.those(people["p"], ContactKind.BACKUP) == ("Bob",)


@pytest.mark.parametrize(("weight", "days"), [(5, 90), (3, 180), (1, 365)])
def test_the_more_somebody_weighs_the_sooner_the_clock_shows(sketch, weight, days):
    sketch.person("fresh", weight=weight)
    sketch.tie("Kim", "fresh", last=DAY - timedelta(days=days))
    sketch.person("stale", weight=weight)
    sketch.tie("Kim", "stale", last=DAY - timedelta(days=days + 1))
    made, people = relations(sketch)
    assert made.badges(people["fresh"]) == ()
    assert made.badges(people["stale"]) == ("clock",)


def test_without_a_known_contact_there_is_no_clock(sketch):
    sketch.person("p", weight=5)
    sketch.tie("Kim", "p", last=None)
    made, people = relations(sketch)
    assert made.badges(people["p"]) == ()
