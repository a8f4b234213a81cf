"""The gate before every request: who may ask, and what the answer may do in the browser.

Bound to 127.0.0.1 is not enough: a web page can point its own name at this computer (DNS
rebinding) and then ask as if it were ours. So the names that a request carries are looked at, on
every request and on the websocket alike.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names under which this computer may call itself."""

_HTTP_PORT = 80
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class Gate:
    """Lets through what comes from this computer's own pages, and adds the security headers.

    Parameters
    ----------
    app
        What is behind the gate.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or open one websocket."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        host = own_host(scope)
        if host is None:
            await _refuse(scope, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message, host)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def own_host(scope: Scope) -> str | None:
    """Give the host that a request names, or None if it is not for us or not from our own pages."""
    port = (scope.get("server") or ("", None))[1]
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    hosts = headers.get("host", [])
    if len(hosts) != 1 or not _is_ours(f"//{hosts[0]}", port):
        return None
    origins = headers.get("origin", [])
    return hosts[0] if all(o.startswith("http://") and _is_ours(o, port) for o in origins) else None


def _is_ours(address: str, port: int | None) -> bool:
    try:
        parts = urlsplit(address)
        named = parts.port or _HTTP_PORT
    except ValueError:
        return False
    is_bare = not (parts.path or parts.query or parts.fragment or parts.username)
    return is_bare and parts.hostname in LOOPBACK and named == port


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"Refused: not a page of graphkam on this computer.\n"})


def _add_headers(message: Message, host: str) -> None:
    given: list[Any] = list(message.get("headers", []))
    present = {name.lower() for name, _ in given}
    for name, value in _headers(host):
        # The answer may be stricter than the rule, as the map is.
        if name not in present or name != b"content-security-policy":
            given = [pair for pair in given if pair[0].lower() != name]
            given.append((name, value))
    message["headers"] = given


@cache
def _headers(host: str) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode(), value.encode()) for name, value in security_headers(host).items())


def security_headers(host: str) -> dict[str, str]:
    """Give what every answer says about itself: nothing from elsewhere, nowhere else.

    Parameters
    ----------
    host
        Name and port of this server, as the browser knows it.
    """
    policy = {
        "default-src": "'none'",
        # blob: is how Streamlit loads the line that loads the map.
        "script-src": " ".join(["'self'", "blob:", *_inline_scripts()]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' ws://{host}",
        "frame-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }


@cache
def _inline_scripts() -> tuple[str, ...]:
    """Give the hashes of the scripts that Streamlit's own first page has in its text."""
    import streamlit

    page = Path(streamlit.__file__).parent / "static" / "index.html"
    found = _INLINE_SCRIPT.findall(page.read_bytes())
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in found)
    return tuple(f"'sha256-{digest}'" for digest in hashes)
