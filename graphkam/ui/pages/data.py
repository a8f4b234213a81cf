"""Data: what comes in and goes out, what is missing, what is there twice, what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.ui.data import exporting, importing, quality, sheets, twins, writes
from graphkam.ui.parts import heading, part
from graphkam.ui.state import shown_view
from graphkam.ui.writing import say_saved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphkam.ui.state import View

_PARTS: Mapping[str, Callable[[View], None]] = {
    "import": importing.show,
    "grid": sheets.show,
    "quality": quality.show,
    "twins": twins.show,
    "export": exporting.show,
    "writes": writes.show,
}


def show(view: View) -> None:
    """Show one part of the data of an account."""
    heading(view.words, view.title, "data.what")
    shown = part(view, "data", tuple(_PARTS))
    if shown != sheets.PLACE:  # which says both where the grid is not moved by it
        say_saved(view)
        sheets.say_unsaved(view)
    _PARTS[shown](view)


if __name__ == "__main__":
    show(shown_view())
