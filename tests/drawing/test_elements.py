"""A picture is plain frozen data."""

from dataclasses import FrozenInstanceError

import pytest

from graphkam.drawing.picture import picture


def test_nothing_of_a_picture_can_be_changed(acme):
    drawn = picture(acme)
    with pytest.raises(FrozenInstanceError):
        drawn.account = "other"
    with pytest.raises(FrozenInstanceError):
        drawn.nodes[0].label = "other"


def test_the_places_of_all_nodes_are_known(acme):
    drawn = picture(acme)
    assert set(drawn.places()) == {node.id for node in drawn.nodes}
