"""Runs the page on this machine."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from pobratim.errors import InputError
from pobratim.review.app import Review, application
from pobratim.review.folder import documents_in
from pobratim.review.security import Sessions, is_loopback
from pobratim.review.store import FILE, Store

__all__ = ["open_store", "serve"]


def open_store(folder: Path) -> tuple[Store, list[str]]:
    """The store in ``folder`` with the folder's documents, and what is to be told about them."""
    documents = documents_in(folder)
    store = Store(folder / FILE)
    kept = store.add_documents(documents)
    return store, [
        f"{identity} in the folder differs from the document that was corrected; "
        "the page goes on with the latter"
        for identity in kept
    ]


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    password: str | None = None,
    annotator: str | None = None,
    out: Path | None = None,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the page until interrupted; ``ready`` is told the address to open.

    Port 0 takes a free one. Raises :class:`~pobratim.errors.InputError` for a host beyond loopback
    without a password, or an address that cannot be bound.
    """
    import uvicorn

    if not is_loopback(host) and not password:
        raise InputError(
            f"--host {host} lets other machines in; give a password too "
            "(--password, or the variable POBRATIM_REVIEW_PASSWORD)"
        )
    store, notices = open_store(folder)
    listener = _bound(host, port)
    number = listener.getsockname()[1]
    token = None if password else secrets.token_urlsafe(24)
    review = Review(
        store,
        folder,
        Sessions(token, password),
        f"pobratim-review-{number}",
        annotator,
        out,
        tuple(notices),
    )
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{number}/" + (f"?token={token}" if token else "")
    config = uvicorn.Config(
        application(review), log_level="warning", access_log=False, server_header=False
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready(address)

    # Ctrl-C is how the page is ended.
    with closing(store), suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise InputError(
            f"cannot listen on {host} port {port}: {error.strerror or error}; "
            "choose another with --port"
        ) from error
    return listener
