"""Files that the pages show or give away: on routes of our own, behind the gate.

Streamlit's own download button puts the bytes where anybody who has the address gets them, still
a minute after the page is closed. These routes ask the workspace each time, and keep nothing.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from graphkam.errors import GraphkamError, InputError
from graphkam.text import LANGUAGES, Words
from graphkam.ui.desk import Desk, desk
from graphkam.ui.questions import picture_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from graphkam.drawing.elements import Picture

_MAP = "/export/map"
_UNSAFE_IN_A_NAME = re.compile(r"[^\w .-]+")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts allow-downloads"
)
"""The page's own policy, stricter by a nonce, holds besides. The sandbox keeps the page apart from
the app: even a script that got in could ask the app nothing."""


def map_address(
    account_id: str, as_of: date, language: str, *, view: str, hide_stance: bool, is_file: bool = False
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
        ``org`` or ``mesh``.
    hide_stance
        Whether stances are left out.
    is_file
        Whether the browser is to save it.
    """
    asked = {"as_of": as_of.isoformat(), "lang": language, "view": view}
    asked |= {"stance": "hidden"} if hide_stance else {}
    asked |= {"save": "1"} if is_file else {}
    return f"{_MAP}/{quote(account_id, safe='')}?{urlencode(asked)}"


def _map(request: Request) -> Response:
    """Answer with the map of an account as one page that needs nothing else."""
    asked = request.query_params
    language = asked.get("lang", "")
    words = Words(language if language in LANGUAGES else LANGUAGES[0])
    try:
        return _map_page(desk(), words, request)
    except (InputError, ValueError, LookupError):
        return PlainTextResponse(words.say("app.no_such_page"), status_code=404)
    except GraphkamError as error:
        return PlainTextResponse(words.error(error), status_code=503)


def _map_page(at: Desk, words: Words, request: Request) -> Response:
    from graphkam.drawing.page import map_page

    asked = request.query_params
    as_of = date.fromisoformat(asked.get("as_of", ""))
    account = {a.id: a for a in at.accounts()}[request.path_params["account_id"]]
    view, hide_stance = asked.get("view", "org"), asked.get("stance") == "hidden"
    picture: Picture = at.answer(picture_of, account.id, as_of, words.language, view, hide_stance)
    headers = {"content-security-policy": _PAGE_POLICY, "cache-control": "no-store"}
    if asked.get("save"):
        name = _UNSAFE_IN_A_NAME.sub("_", f"{account.name} {as_of.isoformat()}").strip(" .")[:120]
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(f'graphkam {name}.html')}"
    page = map_page(picture, author=at.settings.user, language=words.language)
    return HTMLResponse(page, headers=headers)


ROUTES = (Route(f"{_MAP}/{{account_id}}", _map, methods=["GET"]),)
