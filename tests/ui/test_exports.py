import asyncio
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
import python_calamine
from starlette.applications import Starlette

from graphkam.errors import StoreUnavailable
from graphkam.text import LANGUAGES, Words
from graphkam.ui.exports import map_address, tables_address
from graphkam.ui.server import PARTS
from graphkam.ui.state import View
from graphkam.ui.tables import OF_ALL, PAGES

from .conftest import DAY


def ask(address):
    """Ask for an address as a browser would."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    path, query = urlsplit(address).path, urlsplit(address).query
    scope = {
        "type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(),
        "query_string": query.encode(), "headers": [(b"host", b"localhost")], "server": ("localhost", 80),
    }  # fmt: skip
    asyncio.run(Starlette(routes=list(PARTS["routes"]))(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = "" if body.startswith((b"PK", b"\x89PNG")) else body.decode()
    return SimpleNamespace(status_code=sent[0]["status"], headers=headers, text=text, body=body)


def address(account_id="dia", **more):
    return map_address(account_id, DAY, "en", **{"view": "org", "hide_stance": False, **more})


def test_the_map_is_one_page_shut_off_from_the_app(stage):
    answer = ask(address())
    assert answer.status_code == 200
    assert "Diamond" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "content-disposition" not in answer.headers


def test_51_a_file_has_a_name_that_is_only_a_name(hostile_stage):
    said = ask(address("evil", is_file=True)).headers["content-disposition"]
    assert said.startswith("attachment; filename*=UTF-8''")
    name = unquote(said.partition("''")[2])
    assert name.startswith("graphkam Evil")
    assert name.endswith(".html")
    assert not set(name) & set('/\\<>:"|?*')


def test_the_map_can_be_had_as_an_image(stage):
    answer = ask(address(kind="svg", view="influence", is_file=True))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].endswith(".svg")
    assert answer.text.startswith("<?xml")


def test_nothing_is_given_of_what_is_not_there(stage):
    assert ask(address("secret")).status_code == 404
    assert ask(address(view="other")).status_code == 404
    assert ask(address(kind="exe")).status_code == 404
    assert ask(address(unit="secret")).status_code == 404
    assert ask("/export/map/dia").status_code == 404
    assert ask("/export/map/dia?as_of=then").status_code == 404
    assert "secret" not in ask(address("secret")).text


def test_a_store_that_is_gone_is_one_sentence(stage):
    stage.store.failure = StoreUnavailable("no_accounts")
    answer = ask(address())
    assert answer.status_code == 503
    assert "Traceback" not in answer.text


def test_stances_can_be_left_out(stage):
    assert "stance=hidden" in address(hide_stance=True)
    assert "Opponent" in ask(address()).text
    hidden = ask(address(hide_stance=True))
    assert hidden.status_code == 200
    assert "Opponent" not in hidden.text


def test_an_id_cannot_leave_its_place_in_the_address():
    assert map_address("../x?y#z", DAY, "fr", view="org", hide_stance=False).startswith(
        "/export/map/..%2Fx%3Fy%23z?"
    )


def tables_of(stage, page, account_id="dia", language="en", **more):
    account = {a.id: a for a in stage.desk.accounts()}[account_id]
    return ask(tables_address(View(stage.desk, Words(language), DAY, account), page, **more))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_page_with_tables_gives_them_as_a_workbook(stage, page, language):
    answer = tables_of(stage, page, language=language)
    assert answer.status_code == 200
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.body))
    about = Words(language).say(f"app.page.{page}") if page in OF_ALL else "Diamond"
    assert book.get_sheet_by_index(0).to_python()[0][0].startswith(f"{about} · ")
    name = unquote(answer.headers["content-disposition"].partition("''")[2])
    assert name.startswith(f"graphkam {about} ")
    assert name.endswith(f" {DAY}.xlsx")
    assert answer.headers["cache-control"] == "no-store"


def test_the_tables_of_a_page_are_those_of_what_it_shows(stage):
    book = python_calamine.CalamineWorkbook.from_filelike(
        BytesIO(tables_of(stage, "centres", centre="dia:dc").body)
    )
    assert book.sheet_names[:2] == ["Decision centres", "Who decides"]


def test_no_tables_are_given_of_what_is_not_there(stage):
    assert ask(f"/export/tables/secret/dia?as_of={DAY}").status_code == 404
    assert ask(f"/export/tables/__init__/dia?as_of={DAY}").status_code == 404
    assert ask(f"/export/tables/centres/secret?as_of={DAY}").status_code == 404
    assert tables_of(stage, "centres", centre="secret").status_code == 404
