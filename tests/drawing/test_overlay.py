"""Who leaves and what is proposed, on a drawing that stays as it is."""

import pytest

from graphkam.analysis.departure import departure
from graphkam.drawing.elements import VIEWS
from graphkam.drawing.overlay import Overlay, Proposal
from graphkam.drawing.picture import picture
from graphkam.drawing.supposing import as_it_is, supposed
from graphkam.drawing.svg import svg
from graphkam.text import Words


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
    assert (node(after, "p:buyer").mark, node(after, "p:clerk").mark) == ("\u25bc1", "\u25bc0")
    ties = {e.target: e.is_dashed for e in after.edges if e.source == "m:Kim"}
    assert ties == {"p:buyer": True, "p:clerk": True, "p:ceo": True}
    said = {entry.label: entry.node for entry in after.legend}
    assert said["Supposed to leave"].is_gone
    assert said["Loses the last live tie"].mark == "\u25bc0"


def test_who_of_theirs_leaves_is_known_by_nobody_any_more(acme):
    after = picture(acme, overlay=Overlay(frozenset({"person buyer"})))
    assert node(after, "p:buyer").is_gone
    assert node(after, "p:buyer").mark == "\u25bc0"
    assert node(after, "p:clerk").mark == "1", "who loses nothing has no sign of a loss"


def test_a_tie_proposed_is_a_hollow_line_that_is_explained(acme):
    overlay = Overlay(proposals=(Proposal("x:1", "Lou", "ceo", "by March"), Proposal("x:2", "Lou", "nobody")))
    drawn = picture(acme, view="mesh", overlay=overlay)
    [line] = [e for e in drawn.edges if e.layer == "proposed"]
    assert (line.id, line.source, line.target, line.note) == ("x:1", "m:Lou", "p:ceo", "by March")
    assert line.is_hollow
    assert "proposed" in {layer.code for layer in drawn.layers}
    assert "Tie proposed, not made yet" in {entry.label for entry in drawn.legend}
    assert "Tie proposed" in svg(drawn, author="Kim", language="en")


def test_who_could_take_over_is_a_line_a_sign_and_a_fact(acme):
    gone = departure(acme, leaves=["Kim", "Lou"])
    assert {t.name: t.live_after for t in gone.touched} == {"Bob Ray": 0, "Cid Fox": 0}
    overlay = supposed(["Kim"], departure(acme, leaves=["Kim"]), Words("en"))
    assert overlay.successors == (Proposal("t:Lou>clerk", "Lou", "clerk", "introduced by Bob Ray"),)
    drawn = picture(acme, view="mesh", overlay=overlay)
    [line] = [e for e in drawn.edges if e.layer == "successor"]
    assert (line.source, line.target, line.mark, line.is_hollow) == ("m:Lou", "p:clerk", "\u21c4", True)
    assert node(drawn, "m:Lou").mark == "\u21c41"
    assert ("Could take over the contact with", "Cid Fox") in node(drawn, "m:Lou").facts
    assert ("Could take over", "Lou") in node(drawn, "p:clerk").facts
    assert "Could take over, the nearest" in {entry.label for entry in drawn.legend}
    assert "\u21c41" in svg(drawn, author="Kim", language="en")


def test_the_table_says_who_was_live_before(acme):
    after = picture(acme, overlay=Overlay(frozenset({"Kim"})))
    at = after.columns.index("Live tie before")
    [bob] = [row for row in after.rows if row.id == "p:buyer"]
    assert bob.cells[at : at + 2] == ("Kim, Lou", "Lou")
    assert "Live tie before" not in picture(acme).columns


def test_the_same_boxes_are_open_before_and_after(sketch):
    for n in range(60):
        sketch.person(f"p{n}", function="purchasing" if n % 3 else "finance")
    sketch.tie("Kim", "p0", 3)
    gone = departure(sketch.graph(), leaves=["Kim"])
    for overlay in (as_it_is(gone), supposed(["Kim"], gone, Words("en"))):
        drawn = picture(sketch.graph(), view="mesh", overlay=overlay)
        assert [box.label for box in drawn.boxes if box.is_closed] == ["Purchasing"]


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
