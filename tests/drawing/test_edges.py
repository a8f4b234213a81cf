"""The lines between nodes, and what is told of them."""

from datetime import date

from graphkam.drawing.edges import Edges
from graphkam.drawing.relations import Relations
from graphkam.settings import AnalysisSettings
from graphkam.text import Words


def edges(sketch, language="en", **options):
    relations = Relations(sketch.graph(), AnalysisSettings())
    return Edges(relations, Words(language), **options)


def test_a_contact_tells_kind_level_day_and_whether_it_is_live(sketch):
    sketch.person("p")
    sketch.tie("Kim", "p", 2, kind="owner", last=date(2026, 11, 3), desired=3)
    [tie] = edges(sketch).contacts()
    assert tie.note == "Owner \u00b7 Working relation \u00b7 3 Nov 2026 \u00b7 live \u00b7 wanted: Trusted"


def test_an_unknown_level_is_said_to_be_unknown_and_not_called_short_of_the_wanted(sketch):
    sketch.person("p")
    sketch.tie("Kim", "p", None, last=None, desired=3)
    [tie] = edges(sketch).contacts()
    assert "level unknown" in tie.note
    assert (tie.is_dashed, tie.is_hollow) == (True, False)


def test_an_influence_of_unknown_weight_is_told_as_unknown(sketch):
    sketch.person("p")
    sketch.person("q")
    sketch.influence("p", "q")
    [tie] = edges(sketch).influences()
    assert tie.note == "Advice \u00b7 unknown"


def test_a_tie_to_somebody_who_holds_no_position_is_not_drawn(sketch):
    sketch.person("p")
    sketch.person("q", until="2020-01")
    sketch.influence("p", "q")
    sketch.tie("Kim", "q")
    assert edges(sketch).all() == ()


def test_a_seat_tells_roles_votes_and_veto(sketch):
    sketch.person("p")
    sketch.centre("c", [("p", ("decider", "user"), True)])
    [seat] = edges(sketch, "fr").seats()
    assert (seat.source, seat.target, seat.is_major) == ("c:c", "p:p", False)
    assert seat.note == "Décideur \u00b7 Utilisateur \u00b7 veto"


def test_when_contacts_are_what_is_looked_at_all_are_drawn_and_no_influence(sketch):
    for n in range(150):
        sketch.person(f"p{n}")
        sketch.tie("Kim", f"p{n}", 1)
    sketch.influence("p0", "p1", weight=5)
    found = edges(sketch, view="mesh").all()
    assert {(e.layer, e.is_major) for e in found} == {("contact", True), ("influence", False)}


def test_where_no_weight_is_known_live_ties_are_drawn_all_the_same(sketch):
    for n in range(60):
        sketch.person(f"p{n}")
        sketch.tie("Kim", f"p{n}", 3 if n % 2 else 1)
    assert [tie.is_major for tie in edges(sketch).contacts()] == [
        tie.width > 3 for tie in edges(sketch).contacts()
    ]


def test_of_a_crowd_everybody_of_us_has_the_tie_to_whom_matters_most(sketch):
    for n in range(60):
        sketch.person(f"p{n}", weight=1 + n % 2)
    for n in range(10):
        sketch.tie("Kim", f"p{n}", 2)
    sketch.tie("Old", "p1", 3, last=date(2020, 1, 1))
    sketch.tie("Old", "p2", 2, last=date(2020, 1, 1))
    drawn = [(t.source, t.target, t.is_dashed) for t in edges(sketch).contacts() if t.is_major]
    assert sorted(drawn) == [("m:Kim", "p:p9", False), ("m:Old", "p:p1", True)]
