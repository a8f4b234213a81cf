"""Reporting lines in a crowd: a unit keeps those to the boss of its first person."""

from graphkam.drawing.edges import CROWD
from graphkam.drawing.picture import picture


def crowd(sketch, *, units=10, each=12):
    """Make units whose heads report to the chief, but whose last person reports to another unit's head."""
    sketch.unit("top", kind="group")
    sketch.person("chief", unit="top", seniority=1)
    for u in range(units):
        sketch.unit(f"u{u}", parent="top")
        sketch.person(f"head{u}", unit=f"u{u}", boss="chief", seniority=2)
        for n in range(each - 2):
            sketch.person(f"p{u}-{n}", unit=f"u{u}", boss=f"head{u}", seniority=3)
        sketch.person(f"stray{u}", unit=f"u{u}", boss=f"head{(u + 1) % units}", seniority=4)
    return sketch.graph()


def lines(drawn):
    """Give the lines drawn at rest, and those that wait to be asked for."""
    waiting = [edge for edge in drawn.edges if edge.layer == "reports"]
    assert not any(edge.is_major for edge in waiting)
    return {(line.target, line.source) for line in drawn.lines}, {
        (edge.source, edge.target) for edge in waiting
    }


def test_in_a_crowd_lines_across_units_other_than_the_heads_wait_to_be_asked_for(sketch):
    drawn = picture(crowd(sketch))
    at_rest, waiting = lines(drawn)
    assert waiting == {(f"p:stray{u}", f"p:head{(u + 1) % 10}") for u in range(10)}
    assert ("p:head0", "p:chief") in at_rest
    assert ("p:p0-0", "p:head0") in at_rest
    [layer] = [layer for layer in drawn.layers if layer.code == "reports"]
    assert layer.count == len(at_rest) + len(waiting) == 120
    assert drawn.has_minor_edges


def test_where_people_are_few_every_line_is_drawn(sketch):
    drawn = picture(crowd(sketch, each=9))
    assert len(drawn.nodes) <= CROWD
    at_rest, waiting = lines(drawn)
    assert ("p:stray0", "p:head1") in at_rest
    assert waiting == set()


def test_people_of_one_unit_who_share_the_heads_boss_keep_their_lines(sketch):
    graph = crowd(sketch)
    sketch.person("second", unit="u0", boss="chief", seniority=2)
    assert ("p:second", "p:chief") in lines(picture(sketch.graph()))[0]
    assert len(graph.stakeholders) > CROWD


def test_where_places_tell_something_else_reporting_is_drawn_when_looked_at(sketch):
    graph = crowd(sketch)
    for view in ("mesh", "influence"):
        at_rest, waiting = lines(picture(graph, view=view))
        assert at_rest == set()
        assert ("p:head0", "p:chief") in waiting


def test_by_site_the_lines_inside_a_site_are_drawn(sketch):
    sketch.unit("s", kind="site")
    sketch.person("boss", unit="s")
    sketch.person("near", unit="s", boss="boss")
    sketch.person("far", boss="boss")
    at_rest, waiting = lines(picture(sketch.graph(), view="site"))
    assert (at_rest, waiting) == ({("p:near", "p:boss")}, {("p:far", "p:boss")})
