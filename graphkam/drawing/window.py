"""The window that a picture is made for, and how large the picture is in it."""

from __future__ import annotations

from dataclasses import dataclass

COLUMN = 188.0
"""Width of a column beside the client's units: our team, the decision centres."""
READABLE = 0.42
"""Scale at which a name can just be read."""
MOST_MAGNIFIED = 6.0


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a screen.

    Parameters
    ----------
    width, height
        In pixels.
    columns
        How many columns stand beside the client's units.
    largest
        Scale to which a small picture is enlarged.
    away
        Between such a column and the units: lines must be told apart there.
    """

    width: float
    height: float
    columns: int = 0
    largest: float = 1.3
    away: float = 70.0

    def scale(self, width: float, height: float) -> float:
        """Give how large something of this size is shown when all of it is in view."""
        down = min(self.height / max(height, 1.0), self.largest)

        def across(magnified: float) -> float:
            return self.width / max(width + self.columns * (COLUMN * magnified + self.away), 1.0)

        if (plain := min(across(1.0), down)) >= READABLE:
            return plain
        rest = self.width - self.columns * COLUMN * READABLE
        fixed = min(rest / (width + self.columns * self.away), down)
        return fixed if magnification(fixed) < MOST_MAGNIFIED else min(across(MOST_MAGNIFIED), down)


def magnification(scale: float) -> float:
    """Give how much larger the columns are drawn, so that they can be read in a large picture."""
    return min(max(READABLE / scale, 1.0), MOST_MAGNIFIED)


WINDOW = Window(1120.0, 810.0)
"""A page of its own."""
BESIDE_A_CARD = Window(760.0, 460.0)
"""What a page of the app has for a map on a 13-inch screen."""
