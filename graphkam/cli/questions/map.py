"""``map``: the map of an account in one file, to work with or for a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import ACCOUNT
from graphkam.cli.session import Session
from graphkam.drawing.elements import VIEWS, View
from graphkam.errors import InputError

_VIEWS = "|".join(VIEWS)


def map_(
    session: Session,
    account: ACCOUNT,
    output: Annotated[Path, typer.Option("--output", "-o", help=told("map_output"))] = Path("map.html"),
    *,
    view: Annotated[str, typer.Option("--view", help=told("map_view"), metavar=_VIEWS)] = VIEWS[0],
    unit: Annotated[str | None, typer.Option("--unit", help=told("map_unit"))] = None,
    hide_stance: Annotated[bool, typer.Option("--hide-stance", help=told("hide_stance"))] = False,
) -> None:
    """Write the map of an account: an interactive page, offline (.html), or an image (.svg, .png)."""
    from graphkam.drawing.files import FORMATS, map_file
    from graphkam.exchange.layout import save_bytes
    from graphkam.model.search import find

    kind = output.suffix.lower().removeprefix(".")
    _known("--view", view, VIEWS)
    _known("--output", output.suffix, tuple(f".{one}" for one in FORMATS))
    with session.open() as workspace:
        account_id = workspace.find_account(account).id
        graph = workspace.graph(account_id, as_of=session.as_of)
        within = None if unit is None else find(unit, {one.id: one.name for one in graph.units})
        kept = {one: workspace.map_places(account_id, one, within or "").places for one in VIEWS}
    made = map_file(
        graph,
        kind,
        author=session.settings.user,
        view=cast("View", view),
        language=session.settings.language,
        settings=session.settings.analysis,
        hide_stance=hide_stance,
        within=within,
        places=kept.__getitem__,
    )
    save_bytes(output, made)
    session.say(f"cli.map_written.{kind}", account=graph.account.name, file=str(output))


def _known(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value.lower() not in allowed:
        raise InputError("not_a_choice", option=option, value=value, allowed=allowed)
