"""Records as files: routes of our own that ask the workspace each time, and keep nothing.

As with the map: Streamlit's own download button would leave the bytes where anybody who has the
address gets them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from graphkam.ui.desk import desk
from graphkam.ui.exports import WORKBOOK, answered, as_file

if TYPE_CHECKING:
    from starlette.requests import Request

    from graphkam.text import Words

_RECORDS, _TEMPLATE = "/export/records", "/export/template"
_TYPES = {"xlsx": WORKBOOK, "zip": "application/zip"}


def records_address(account_id: str, language: str, *, form: str) -> str:
    """Give the address of an account's records as a file.

    Parameters
    ----------
    account_id
        Id of the account; empty = all.
    language
        ``en`` or ``fr``.
    form
        ``xlsx``, or ``zip`` for CSV files.
    """
    asked = {"lang": language, "form": form} | ({"account": account_id} if account_id else {})
    return f"{_RECORDS}?{urlencode(asked)}"


def template_address(language: str, *, is_empty: bool = False) -> str:
    """Give the address of the workbook to be filled in, with example rows or empty."""
    return f"{_TEMPLATE}?{urlencode({'lang': language} | ({'empty': '1'} if is_empty else {}))}"


def _records(request: Request) -> Response:
    """Answer with the records of an account, or of all that the reader may see."""
    asked = request.query_params
    account_id, form = asked.get("account", ""), asked.get("form", "")

    def made(folder: Path, words: Words) -> tuple[Path, str]:
        accounts = {a.id: a.name for a in desk().accounts()}
        wanted = [account_id] if account_id else list(accounts)
        name = accounts[account_id] if account_id else words.say("data.all_accounts")
        path = folder / f"records.{form if form in _TYPES else 'xlsx'}"
        desk().act(lambda workspace: workspace.export(path, account_ids=wanted, language=words.language))
        return path, name

    return _file(request, made)


def _template(request: Request) -> Response:
    """Answer with the workbook to be filled in."""

    def made(folder: Path, words: Words) -> tuple[Path, str]:
        from graphkam.exchange.workbook import save_template

        path = folder / "template.xlsx"
        save_template(path, language=words.language, example=not request.query_params.get("empty"))
        return path, words.say("data.template")

    return _file(request, made)


def _file(request: Request, make: Callable[[Path, Words], tuple[Path, str]]) -> Response:
    def answer(words: Words) -> Response:
        with TemporaryDirectory() as folder:
            path, name = make(Path(folder), words)
            data = path.read_bytes()
        form = path.suffix.removeprefix(".")
        headers = {"cache-control": "no-store"} | as_file(name, form)
        return Response(data, media_type=_TYPES[form], headers=headers)

    return answered(request, answer)


ROUTES = (
    Route(_RECORDS, _records, methods=["GET"]),
    Route(_TEMPLATE, _template, methods=["GET"]),
)
