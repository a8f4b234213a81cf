"""Who is in which box."""

from graphkam.drawing.cells import Unit
from graphkam.drawing.grouping import NOWHERE, Groups, by_function, by_site, by_unit, coarse
from graphkam.text import Words

WORDS = Words("en")


def world(sketch):
    sketch.unit("group", "Group", "group")
    sketch.unit("fr", "France SAS", "subsidiary", "group", country="FR", city="Lyon")
    sketch.unit("roanne", "Roanne plant", "site", "fr", city="Roanne")
    sketch.unit("shop", "Workshop", "department", "roanne")
    sketch.person("ceo", unit="group")
    sketch.person("chief", unit="fr")
    sketch.person("worker", unit="shop")
    sketch.person("adviser")
    return sketch.graph()


def test_the_site_is_the_one_on_the_way_down_or_else_the_nearest_city(sketch):
    graph = world(sketch)
    groups = by_site(graph, graph.stakeholders, WORDS)
    assert groups.homes == {"ceo": NOWHERE, "chief": "fr", "worker": "roanne", "adviser": NOWHERE}


def test_sites_stand_in_their_country_and_name_their_city(sketch):
    graph = world(sketch)
    told = {unit.name: unit.parent_id for unit in by_site(graph, graph.stakeholders, WORDS).units}
    assert told == {
        "France": None,
        "France SAS \u00b7 Lyon": "country:FR",
        "Roanne plant": "country:FR",
        "No site given": None,
    }
    assert Words("fr").country("DE") == "Allemagne"


def test_inside_a_unit_only_its_own_boxes_are_drawn(sketch):
    graph = world(sketch)
    inside = [one for one in graph.stakeholders if one.id in {"chief", "worker"}]
    groups = by_unit(graph, inside, WORDS, "fr")
    assert {unit.id for unit in groups.units} == {"fr", "roanne", "shop"}


def test_an_unknown_function_has_a_box_of_its_own(sketch):
    sketch.person("a", function="finance")
    sketch.person("b")
    graph = sketch.graph()
    assert {unit.name for unit in by_function(graph.stakeholders, WORDS).units} == {"Finance", "?"}


def test_of_many_boxes_the_largest_are_opened_and_everybody_is_still_in_one():
    units = [Unit("all", ""), *(Unit(f"u{n}", "", "all") for n in range(3))]
    units += [Unit(f"u0-{n}", "", "u0") for n in range(5)] + [Unit("u1-0", "", "u1")]
    homes = {f"p{n}": f"u0-{n % 5}" for n in range(50)} | {"q": "u1-0", "r": "u2", "s": "~"}
    found = coarse(Groups(units, homes), 5)
    assert {unit.id for unit in found.units} == {"all", "u0", "u1", "u2", *(f"u0-{n}" for n in range(5))}
    assert (found.homes["p3"], found.homes["q"], found.homes["s"]) == ("u0-3", "u1", "~")
    assert coarse(Groups(units, homes), 100) == Groups(units, homes)
