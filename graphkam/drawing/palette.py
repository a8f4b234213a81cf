"""Colours and signs: one meaning per channel, and never by colour alone.

Stance is ColorBrewer's PuOr (purple for us, orange against; told apart by colour-blind readers) with
a sign; unknown is white, never the neutral colour. Coverage is the outer border with a number.
"""

from __future__ import annotations

from typing import NamedTuple

INK = "#1f2933"
MUTED = "#5f6b7a"
PAPER = "#ffffff"
LINE = "#3e4c59"
OURS = "#1b5e9e"
OURS_INK = "#ffffff"
CONFLICT = "#b8002a"
INFLUENCE = "#00735c"
DOTTED = "#7b8794"
PROPOSED = "#9b5fd0"
"""A tie that is proposed, and nobody has yet."""
GONE = "#b8002a"
"""The stroke through somebody supposed to leave."""
LOST = "\u25bc"
"""Before the number of somebody who loses live ties with those who leave."""
TAKES_OVER = "\u21c4"
"""On the line to somebody whom one of us could take over, and before how many that one could."""


class Fill(NamedTuple):
    """How a stance looks: fill, colour of the writing on it, and sign."""

    fill: str
    ink: str
    sign: str


STANCE = {
    2: Fill("#542788", "#ffffff", "++"),
    1: Fill("#b2abd2", INK, "+"),
    0: Fill("#d9d9d9", INK, "0"),
    -1: Fill("#fdb863", INK, "\u2212"),
    -2: Fill("#b35806", "#ffffff", "\u2212\u2212"),
}
UNKNOWN = Fill(PAPER, INK, "?")
PLAIN = Fill(PAPER, INK, "")
"""A person in a picture that does not tell stances."""
EMPTY = Fill("#fafbfc", MUTED, "")
"""A vacant position."""


class Border(NamedTuple):
    """How coverage looks: colour, dashed or not, and what is written in the corner."""

    colour: str
    is_dashed: bool
    mark: str


COVERAGE = (
    Border("#d95f02", is_dashed=True, mark="0"),
    Border("#c4001a", is_dashed=False, mark="1"),
    Border("#6b7683", is_dashed=False, mark="2+"),
)
"""Nobody of us has a live tie; only one of us; two or more."""
CENTRE = "#fff6d6"
"""A decision centre."""
VACANT = Border("#9aa5b1", is_dashed=True, mark="")

_WIDTHS = {None: 1.5, 1: 1.5, 2: 2.1, 3: 2.8, 4: 3.7, 5: 4.8}


def border_width(weight: int | None) -> float:
    """Give the width of the border of somebody with this influence weight; unknown is thin."""
    return _WIDTHS[weight]


def line_width(strength: float) -> float:
    """Give the width of a line from a strength of 0 to 1."""
    return round(0.9 + 3.1 * min(max(strength, 0.0), 1.0), 2)
