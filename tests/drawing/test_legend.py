"""A legend names everything that can be seen."""

import pytest

from graphkam.drawing.legend import legend
from graphkam.drawing.picture import picture
from graphkam.text import LANGUAGES, Words


def entries(language="en", **options):
    given = {"hide_stance": False, "is_counted": False, "has_centres": True, **options}
    return legend(Words(language), **given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_meaning_has_one_sample(language):
    labels = [entry.label for entry in entries(language)]
    assert len(set(labels)) == len(labels) == 26
    assert all((entry.node is None) != (entry.edge is None) for entry in entries(language))


def test_every_look_in_a_picture_is_in_its_legend(acme):
    drawn = picture(acme)
    samples = [entry.node for entry in drawn.legend if entry.node]
    people = [n for n in drawn.nodes if n.kind in {"person", "vacant", "unknown"}]
    assert {n.fill for n in people} <= {s.fill for s in samples}
    assert {n.sign for n in people} <= {s.sign for s in samples}
    assert {n.mark for n in people} <= {s.mark for s in samples}
    assert {(n.border, n.is_dashed) for n in people} <= {(s.border, s.is_dashed) for s in samples}
    assert {b for n in people for b in n.badges} <= {b for s in samples for b in s.badges}
    assert {n.kind for n in drawn.nodes} <= {s.kind for s in samples}
    layers = {entry.edge.layer for entry in drawn.legend if entry.edge}
    assert {layer.code for layer in drawn.layers} <= layers


def test_samples_differ_in_grey_too():
    """No two stances or coverages are told apart by colour alone."""
    looks = [
        (e.group, e.node.sign, e.node.mark, e.node.is_dashed, e.node.badges, e.node.border_width, e.node.kind)
        for e in entries()
        if e.node
    ]
    assert len(set(looks)) == len(looks)


def test_hidden_stances_are_not_explained():
    assert "Champion" not in {entry.label for entry in entries(hide_stance=True)}
