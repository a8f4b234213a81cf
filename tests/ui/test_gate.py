import asyncio

import pytest

from graphkam.ui.gate import Gate, security_headers

PORT = 8123


def ask(headers, kind="http"):
    """Give what is sent to somebody who asks, and whether the app was reached."""
    sent, reached = [], []

    async def app(scope, receive, send):
        reached.append(scope["type"])
        if scope["type"] == "http":
            await send(
                {"type": "http.response.start", "status": 200, "headers": [(b"X-Frame-Options", b"DENY")]}
            )
            await send({"type": "http.response.body", "body": b"hello"})

    async def send(message):
        sent.append(message)

    encoded = [(name.encode(), value.encode()) for name, value in headers]
    scope = {"type": kind, "path": "/", "server": ("127.0.0.1", PORT), "headers": encoded}
    asyncio.run(Gate(app)(scope, None, send))
    return sent, bool(reached)


@pytest.mark.parametrize(
    "host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}", f"LOCALHOST:{PORT}"]
)
def test_this_computer_gets_in_under_its_own_names(host):
    [start, _], reached = ask([("host", host)])
    assert reached
    assert start["status"] == 200


@pytest.mark.parametrize(
    "host",
    ["leak.example", f"leak.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.leak.example:{PORT}",
     f"localhost@leak.example:{PORT}", f"leak@127.0.0.1:{PORT}", "", "::1", "127.0.0.1:x",
     f"127.0.0.1:{PORT}/x"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_name_of_another_is_refused_on_every_request(host, kind):
    sent, reached = ask([("host", host)], kind)
    assert not reached
    assert sent[0].get("status", 403) == 403
    assert sent[0]["type"] in {"http.response.start", "websocket.close"}


def test_no_name_and_two_names_are_refused():
    assert not ask([])[1]
    assert not ask([("host", f"localhost:{PORT}"), ("host", f"localhost:{PORT}")])[1]


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [(f"http://127.0.0.1:{PORT}", True), (f"http://localhost:{PORT}", True), ("http://127.0.0.1:1", False),
     (f"https://127.0.0.1:{PORT}", False), ("null", False), ("https://leak.example", False)],
)  # fmt: skip
def test_only_our_own_pages_may_open_the_websocket(origin, let_in):
    assert ask([("host", f"127.0.0.1:{PORT}"), ("origin", origin)], "websocket")[1] is let_in


def test_an_answer_says_what_it_may_do():
    headers = dict(ask([("host", f"127.0.0.1:{PORT}")])[0][0]["headers"])
    policy = headers[b"content-security-policy"].decode()
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert f"connect-src 'self' ws://127.0.0.1:{PORT};" in policy
    assert headers[b"x-frame-options"] == b"SAMEORIGIN"
    assert b"X-Frame-Options" not in headers


def test_no_address_but_our_own_is_in_the_policy():
    policy = security_headers("127.0.0.1:1")["content-security-policy"]
    assert [word for word in policy.split() if "://" in word] == ["ws://127.0.0.1:1;"]
