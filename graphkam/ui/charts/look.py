"""What all pictures of figures look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkam.drawing import palette

if TYPE_CHECKING:
    from graphkam.text import Words

Spec = dict[str, Any]
GRID, FAINT = "#e9edf2", "#c3ccd6"
_FRENCH = {
    "decimal": ",",
    "thousands": "\u202f",
    "grouping": [3],
    "currency": ["", "\u202f€"],
    "percent": "\u00a0%",
}
"""How a chart writes numbers in French; in English it does by itself."""
_FONT = "'Source Sans', sans-serif"


def config(words: Words) -> Spec:
    """Give the look: quiet lines, the writing of the page, numbers as its language writes them."""
    axis = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelColor": palette.INK}
    axis |= {"titleColor": palette.MUTED, "gridColor": GRID, "domainColor": FAINT, "tickColor": FAINT}
    # To those who listen a picture is one thing with one description: the table beside it says the rest.
    axis["aria"] = False
    quiet = {"mark": {"aria": False}, "legend": {"aria": False}}
    return {"font": _FONT, "axis": axis, "view": {"stroke": None}, "background": palette.PAPER, **quiet} | (
        {"locale": {"number": _FRENCH}} if words.language == "fr" else {}
    )


def as_said(name: str, kind: str = "nominal") -> Spec:
    """Give a channel whose values are said by the data as they are: without scale and legend."""
    return {"field": name, "type": kind, "scale": None, "legend": None}


def tip(words: Words, name: str, form: str = "") -> Spec:
    """Give a line of what is told when something is pointed at."""
    made = {"field": name, "title": words.say(f"app.column.{name}")}
    return made | ({"type": "quantitative", "format": form} if form else {"type": "nominal"})
