"""Who may talk to the page: a token or password, a session cookie, one origin, bounded requests.

The guard stands before every route. It answers only to names of this machine (or any, once a
password protects it), takes changes only from its own pages, and sends a policy under which a
browser runs nothing but the bundled script.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import time
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard", "Session", "Sessions", "is_loopback"]

LARGEST_BODY = 8_000_000
MOST_SESSIONS = 1_000
FAILURES_A_MINUTE = 10
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With "no-referrer" a browser sends the log-in form with the origin "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
SAFE = frozenset({"GET", "HEAD"})


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(slots=True)
class Session:
    """One browser: ``annotator`` is who sits there, ``csrf`` what its changes must carry."""

    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    annotator: str | None = None


class Sessions:
    """The browsers that showed the token or password. The secret is compared in constant time."""

    def __init__(self, token: str | None, password: str | None) -> None:
        self._token = token
        self._password = password
        self._sessions: dict[str, Session] = {}
        self._failures: list[float] = []
        self._lock = Lock()

    @property
    def asks_password(self) -> bool:
        """Whether a person logs in with a password, rather than by the address."""
        return self._password is not None

    def get(self, key: str | None) -> Session | None:
        """The session of a cookie."""
        return self._sessions.get(key or "")

    def by_token(self, given: str) -> str | None:
        """A new session's key if the token is right."""
        return self._opened(given, self._token)

    def by_password(self, given: str) -> str | None:
        """A new session's key if the password is right and there were few wrong ones of late."""
        with self._lock:
            now = time.monotonic()
            self._failures = [at for at in self._failures if now - at < 60]
            if len(self._failures) >= FAILURES_A_MINUTE:
                return None
        key = self._opened(given, self._password)
        if key is None:
            with self._lock:
                self._failures.append(now)
        return key

    def _opened(self, given: str, secret: str | None) -> str | None:
        if secret is None or not hmac.compare_digest(given.encode(), secret.encode()):
            return None
        key = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._sessions) >= MOST_SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[key] = Session()
        return key


class Guard:
    """The outermost layer: names, origins, sizes, headers."""

    def __init__(self, app: ASGIApp, sessions: Sessions, cookie: str) -> None:
        self._app = app
        self._sessions = sessions
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 400, 403, 411 or 413 where a request is not allowed; else pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            status, message = refusal
            answer = JSONResponse({"error": message}, status)
            await answer(scope, receive, _with_headers(send))
            return
        await self._app(scope, _Bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        name = urlsplit(f"//{host}").hostname or ""
        if not self._sessions.asks_password and not is_loopback(name):
            return 400, f"this page answers to localhost only, not to {name[:80]!r}"
        if scope["method"] in SAFE:
            return None
        origin = headers.get("origin")
        if origin is None or urlsplit(origin).netloc != host:
            return 403, "changes are taken from this page's own address only"
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, "changes are taken from this page's own address only"
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return 411, "a change must say its length"
        if int(length) > LARGEST_BODY:
            return 413, f"a change may have {LARGEST_BODY:,} bytes at most, not {int(length):,}"
        return None


class _Bounded:
    """Stops reading a body that is longer than it may be."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
