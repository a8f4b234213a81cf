"""``map``: the interactive map of an account in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import ACCOUNT, opened
from graphkam.cli.session import Session
from graphkam.exchange.layout import save_bytes


def map_(
    session: Session,
    account: ACCOUNT,
    output: Annotated[Path, typer.Option("--output", "-o", help=told("map_output"))] = Path("map.html"),
    *,
    hide_stance: Annotated[bool, typer.Option("--hide-stance", help=told("hide_stance"))] = False,
) -> None:
    """Write an interactive map of an account: one HTML file, offline."""
    from graphkam.drawing.page import map_page
    from graphkam.drawing.picture import picture

    language = session.settings.language
    graph = opened(session, account)
    drawn = picture(graph, settings=session.settings.analysis, language=language, hide_stance=hide_stance)
    page = map_page(drawn, author=session.settings.user, language=language)
    save_bytes(output, page.encode("utf-8"))
    session.say("cli.map_written", account=graph.account.name, file=str(output))
