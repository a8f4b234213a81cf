"""Who leaves and what is proposed, on a drawing that stays as it is."""

import pytest

from graphkam.drawing.elements import VIEWS
from graphkam.drawing.overlay import Overlay, Proposal
from graphkam.drawing.picture import picture
from graphkam.drawing.svg import svg


def node(drawn, node_id):
    [found] = [n for n in drawn.nodes if n.id == node_id]
    return found


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("leaves", [{"Kim"}, {"person buyer"}, {"Kim", "Lou", "person ceo"}])
def test_before_and_after_everybody_and_every_line_is_in_the_same_place(acme, view, leaves):
    before = picture(acme, view=view)
    after = picture(acme, view=view, overlay=Overlay(frozenset(leaves)))
    assert after.places() == before.places()
    assert {(e.id, e.is_major) for e in after.edges} == {(e.id, e.is_major) for e in before.edges}
    assert after.lines == before.lines


def test_who_of_us_leaves_is_struck_out_and_knows_nobody_any_more(acme):
    after = picture(acme, overlay=Overlay(frozenset({"Kim"})))
    assert [n.id for n in after.nodes if n.is_gone] == ["m:Kim"]
    assert (node(after, "p:buyer").mark, node(after, "p:clerk").mark) == ("1", "0")
    ties = {e.target: e.is_dashed for e in after.edges if e.source == "m:Kim"}
    assert ties == {"p:buyer": True, "p:clerk": True, "p:ceo": True}
    assert "Supposed to leave" in {entry.label for entry in after.legend}


def test_who_of_theirs_leaves_is_known_by_nobody_any_more(acme):
    after = picture(acme, overlay=Overlay(frozenset({"person buyer"})))
    assert node(after, "p:buyer").is_gone
    assert node(after, "p:buyer").mark == "0"
    assert node(after, "p:clerk").mark == "1"


def test_a_tie_proposed_is_a_hollow_line_that_is_explained(acme):
    overlay = Overlay(proposals=(Proposal("x:1", "Lou", "ceo", "by March"), Proposal("x:2", "Lou", "nobody")))
    drawn = picture(acme, view="mesh", overlay=overlay)
    [line] = [e for e in drawn.edges if e.layer == "proposed"]
    assert (line.id, line.source, line.target, line.note) == ("x:1", "m:Lou", "p:ceo", "by March")
    assert line.is_hollow
    assert "proposed" in {layer.code for layer in drawn.layers}
    assert "Tie proposed, not made yet" in {entry.label for entry in drawn.legend}
    assert "Tie proposed" in svg(drawn, author="Kim", language="en")


def test_the_box_of_somebody_to_be_met_is_open(sketch):
    for n in range(60):
        sketch.person(f"p{n}", function="purchasing" if n % 3 else "finance")
    sketch.tie("Kim", "p0")
    overlay = Overlay(proposals=(Proposal("x:1", "Kim", "p1"),))
    drawn = picture(sketch.graph(), view="mesh", overlay=overlay)
    assert [box.label for box in drawn.boxes if box.is_closed] == ["Finance"]


def test_without_anything_laid_over_nothing_of_it_is_explained(acme):
    labels = {entry.label for entry in picture(acme).legend}
    assert not labels & {"Supposed to leave", "Tie proposed, not made yet"}
