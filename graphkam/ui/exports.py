"""Files that the pages show or give away: on routes of our own, behind the gate.

Streamlit's own download button puts the bytes where anybody who has the address gets them, still
a minute after the page is closed. These routes ask the workspace each time, and keep nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graphkam.drawing.elements import VIEWS
from graphkam.errors import GraphkamError, InputError
from graphkam.text import LANGUAGES, Words
from graphkam.ui.departing import departure_of, overlay_of
from graphkam.ui.desk import desk
from graphkam.ui.questions import one_of
from graphkam.ui.state import View
from graphkam.ui.tables import OF_ALL, PAGES

if TYPE_CHECKING:
    from starlette.requests import Request

_MAP, _TABLES = "/export/map", "/export/tables"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNSAFE_IN_A_NAME = re.compile(r"[^\w .-]+")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts allow-downloads"
)
"""The page's own policy, stricter by a nonce, holds besides. The sandbox keeps the page apart from
the app: even a script that got in could ask the app nothing."""


def map_address(
    account_id: str,
    as_of: date,
    language: str,
    *,
    view: str,
    hide_stance: bool,
    kind: str = "html",
    is_file: bool = False,
    **about: str | Sequence[str],
) -> str:
    """Give the address of an account's map on this server.

    Parameters
    ----------
    account_id
        Id of the account.
    as_of
        The day.
    language
        ``en`` or ``fr``.
    view
        ``org``, ``influence``, ``mesh`` or ``site``.
    hide_stance
        Whether stances are left out.
    kind
        ``html``, ``svg`` or ``png``.
    is_file
        Whether the browser is to save it.
    **about
        ``unit``: id of the unit that it is limited to; ``leaves``: ids of those supposed to leave.
    """
    asked: dict[str, str | Sequence[str]] = {"as_of": as_of.isoformat(), "lang": language, "view": view}
    asked |= {name: value for name, value in about.items() if value}
    asked |= {"stance": "hidden"} if hide_stance else {}
    asked |= {} if kind == "html" else {"kind": kind}
    asked |= {"save": "1"} if is_file else {}
    return f"{_MAP}/{quote(account_id, safe='')}?{urlencode(asked, doseq=True)}"


def tables_address(view: View, page: str, **more: str | Sequence[str]) -> str:
    """Give the address of the tables of a page as a workbook.

    Parameters
    ----------
    view
        What the page shows.
    page
        Name of the page.
    **more
        What else it depends on.
    """
    asked = {"as_of": view.as_of.isoformat(), "lang": view.words.language, **more}
    return f"{_TABLES}/{page}/{quote(view.account_id, safe='')}?{urlencode(asked, doseq=True)}"


def as_file(name: str, form: str) -> dict[str, str]:
    """Give the header by which the browser saves an answer, under a name that is only a name."""
    file_name = f"graphkam {_UNSAFE_IN_A_NAME.sub('_', name).strip(' .')[:120]}.{form}"
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(file_name)}"}


def answered(request: Request, answer: Callable[[Words], Response]) -> Response:
    """Answer with what is asked for; what is not there is not told apart from what may not be seen."""
    language = request.query_params.get("lang", "")
    words = Words(language if language in LANGUAGES else LANGUAGES[0])
    try:
        return answer(words)
    except (InputError, ValueError, LookupError):
        return PlainTextResponse(words.say("app.no_such_page"), status_code=404)
    except GraphkamError as error:
        return PlainTextResponse(words.error(error), status_code=503)


def _view(request: Request, words: Words) -> View:
    here = desk()
    account = {a.id: a for a in here.accounts()}[request.path_params["account_id"]]
    return View(here, words, date.fromisoformat(request.query_params.get("as_of", "")), account)


def _map(request: Request) -> Response:
    """Answer with the map of an account: a page that needs nothing else, or an image."""
    return answered(request, lambda words: _map_page(request, _view(request, words)))


def _map_page(request: Request, at: View) -> Response:
    from graphkam.drawing.files import FORMATS, MEDIA, map_file

    asked, settings = request.query_params, at.desk.settings
    leaves = tuple(asked.getlist("leaves"))
    kind = one_of(FORMATS, asked.get("kind", "html"))
    made = map_file(
        at.graph(),
        kind,
        author=settings.user,
        view=one_of(VIEWS, asked.get("view", "org")),
        language=at.words.language,
        settings=settings.analysis,
        hide_stance=asked.get("stance") == "hidden",
        within=asked.get("unit"),
        overlay=overlay_of(at, leaves, is_after=True),
        places=lambda view: at.desk.map_places(at.graph().account.id, view, asked.get("unit", "")).places,
    )
    headers = {"content-security-policy": _PAGE_POLICY, "cache-control": "no-store"}
    if asked.get("save"):
        gone = at.answer(departure_of, leaves).leaves if leaves else ()
        without = at.words.say("app.dependency.without", names=gone) if gone else ""
        headers |= as_file(" ".join(filter(None, (at.title, without, at.as_of.isoformat()))), kind)
    return Response(made, media_type=MEDIA[kind], headers=headers)


def _tables(request: Request) -> Response:
    """Answer with the tables of a page as a workbook."""
    return answered(request, lambda words: _workbook(request, _view(request, words)))


def _workbook(request: Request, at: View) -> Response:
    from graphkam.ui.spreadsheet import workbook_of

    page = request.path_params["page"]
    if page not in PAGES:
        raise LookupError(page)
    asked = {name: tuple(request.query_params.getlist(name)) for name in request.query_params}
    tables = import_module(f"graphkam.ui.tables.{page}").tables(at, asked)
    title = at.words.say(f"app.page.{page}")
    of = () if page in OF_ALL else (at.title,)
    told = (
        *(of or (title,)),
        at.words.say("map.ui.as_of", day=at.as_of),
        at.words.say("map.ui.confidential"),
    )
    data = workbook_of(at.words, tables, about=" · ".join(told))
    named = " ".join((*of, title, at.as_of.isoformat()))
    headers = {"cache-control": "no-store"} | as_file(named, "xlsx")
    return Response(data, media_type=WORKBOOK, headers=headers)


ROUTES = (
    Route(f"{_MAP}/{{account_id}}", _map, methods=["GET"]),
    Route(f"{_TABLES}/{{page}}/{{account_id}}", _tables, methods=["GET"]),
)
