"""The questions that pages ask of an account, each with the settings and the reader's choices.

Plain functions, so that a desk can keep their answers, and tests can ask without Streamlit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from graphkam.drawing.elements import Picture
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.settings import AnalysisSettings


def picture_of(
    graph: AccountGraph, settings: AnalysisSettings, language: str, view: str, hide_stance: bool
) -> Picture:
    """Draw an account.

    Raises
    ------
    ValueError
        If there is no such view.
    """
    from graphkam.drawing.picture import picture

    if view not in {"org", "mesh"}:
        raise ValueError(view)
    wanted = cast("Literal['org', 'mesh']", view)
    return picture(graph, settings=settings, language=language, view=wanted, hide_stance=hide_stance)
