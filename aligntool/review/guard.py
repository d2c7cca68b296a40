"""Who may talk to the local server: only the browser of the person who started it.

A page anywhere on the web, or of another program on this machine, can make a browser send requests to
127.0.0.1 (cross-site request forgery), and can have its own name resolve to 127.0.0.1 (DNS rebinding). So the
name a request asks for, where it comes from and a secret are checked for every single one.
"""

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

__all__ = ["HEADER", "Guard"]

HEADER = "x-aligntool"
"""A header that no form and no link of another page can send."""
_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SENT = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
_LARGEST = 16_000_000  # bytes a request may bring: a cell of 1 MB, escaped
_SAFE = frozenset({"GET", "HEAD"})


class Guard:
    """Lets a request through to the application, or refuses it.

    Attributes:
        token: Opens the door once; then it is worth nothing.

    Args:
        app: The application.
        hosts: Names (with port) by which the server may be asked.
    """

    def __init__(self, app: _App, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self.token = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        # Cookies do not know ports, so a program at another port of this machine would be sent this one too:
        # a path that nobody can guess keeps it here.
        self._root = f"/{secrets.token_urlsafe(16)}"
        self._cookie = f"aligntool-{secrets.token_hex(4)}"

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """An ASGI application around the other."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        status, reason = self._refusal(scope, headers)
        if status:
            await _answer(send, status, reason)
        elif scope["path"] == "/enter":
            await self._enter(scope, send)
        else:
            await self._app({**scope, "root_path": self._root}, receive, _with_headers(send))

    def _refusal(self, scope: _Scope, headers: dict[str, str]) -> tuple[int, str]:
        """Status and reason; 0 where nothing speaks against the request."""
        # Two Host headers could mean two things to two readers.
        named = [value for key, value in scope["headers"] if key.lower() == b"host"]
        if len(named) != 1 or headers["host"] not in self._hosts:
            return 400, "this server answers to its own address only"
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return 403, "this request comes from another page"
        if scope["path"] == "/enter" and scope["method"] == "GET":
            return 0, ""
        if not (scope["path"].startswith(f"{self._root}/") and self._known(headers.get("cookie", ""))):
            return 403, "open the address that aligntool printed; it works once"
        if scope["method"] not in _SAFE:
            return self._refusal_to_write(headers)
        return 0, ""

    def _refusal_to_write(self, headers: dict[str, str]) -> tuple[int, str]:
        if headers.get("origin", "") not in {
            f"http://{host}" for host in self._hosts if host == headers["host"]
        }:
            return 403, "this request comes from another page"
        if headers.get(HEADER) != "1":
            return 403, "this request does not come from the review page"
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415, "only JSON is taken"
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return 411, "how long is it?"
        return (413, "that is too large") if int(length) > _LARGEST else (0, "")

    def _known(self, header: str) -> bool:
        try:
            found = SimpleCookie(header).get(self._cookie)
        except CookieError:
            return False
        return found is not None and secrets.compare_digest(found.value.encode(), self._session.encode())

    async def _enter(self, scope: _Scope, send: _Send) -> None:
        """Trade the token, which works once, for a cookie that no script and no other site can use."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not self.token or not secrets.compare_digest(given.encode(), self.token.encode()):
            await _answer(
                send, 403, "this address was used already, or is not complete: start the review again"
            )
            return
        self.token = ""
        cookie = f"{self._cookie}={self._session}; HttpOnly; SameSite=Strict; Path={self._root}/"
        await _answer(
            send, 303, "", (b"location", f"{self._root}/".encode()), (b"set-cookie", cookie.encode())
        )


async def _answer(send: _Send, status: int, reason: str, *headers: tuple[bytes, bytes]) -> None:
    text = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [text, *_SENT, *headers]})
    await send({"type": "http.response.body", "body": f"{reason}\n".encode()})


def _with_headers(send: _Send) -> _Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_SENT]
        await send(message)

    return sending
