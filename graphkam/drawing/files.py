"""A map as the bytes of a file: a page to work with, or an image for documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkam.drawing.elements import VIEWS
from graphkam.drawing.moving import moved
from graphkam.drawing.picture import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkam.drawing.elements import View
    from graphkam.drawing.moving import Places
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.settings import AnalysisSettings

FORMATS = ("html", "svg", "png")
MEDIA = {"html": "text/html; charset=utf-8", "svg": "image/svg+xml", "png": "image/png"}
MOST_TO_SWITCH = 200
"""People up to which one page holds all views."""


def map_file(
    graph: AccountGraph,
    kind: str,
    *,
    author: str,
    view: View = "org",
    language: str = "en",
    settings: AnalysisSettings | None = None,
    places: Callable[[View], Places] | None = None,
    **options: Any,
) -> bytes:
    """Give the map of an account as a file.

    Parameters
    ----------
    graph
        The account.
    kind
        One of ``FORMATS``. A page of a small account has all four views, to switch between.
    author
        Who makes the file; it is named in it.
    view
        What the places tell; of a page, what is shown first.
    language
        ``en`` or ``fr``.
    settings
        When a contact tie is live.
    places
        Gives where the boxes of a view were put by hand.
    **options
        What else ``picture`` takes.

    Raises
    ------
    NotFound
        If it is to be limited to a unit that the account does not have.
    """

    def drawn(of: View) -> Any:
        made = picture(graph, settings=settings, language=language, view=of, **options)
        return moved(made, places(of)) if places is not None else made

    shown = drawn(view)
    if kind == "html":
        from graphkam.drawing.page import map_page

        small = len(shown.rows) <= MOST_TO_SWITCH
        others = [drawn(other) for other in VIEWS if other != view] if small else []
        return map_page(shown, author=author, language=language, others=others).encode()
    if kind == "svg":
        from graphkam.drawing.svg import svg

        return svg(shown, author=author, language=language).encode()
    from graphkam.drawing.image import png

    return png(shown, author=author, language=language)
