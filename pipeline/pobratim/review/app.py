"""The web application: the page, and the JSON that it reads and writes."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, get_args
from urllib.parse import parse_qs

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pobratim import schema
from pobratim.errors import AnnotationError, InputError, PobratimError
from pobratim.exchange.check import check_document
from pobratim.review import suggestions
from pobratim.review.changes import Change, document_of, state_of
from pobratim.review.differences import aligned, differences
from pobratim.review.folder import export, file_name, write_document
from pobratim.review.overview import ADJUDICATED, preferred, queue
from pobratim.review.security import Guard, Session, Sessions
from pobratim.review.store import Conflict, Store

__all__ = ["Review", "application"]

STATIC = Path(str(files("pobratim.review").joinpath("static")))
NAME = re.compile(r"[\w][\w .'-]{0,39}")
MOST_CHANGES = 20_000


class Review(NamedTuple):
    """What one running page works on; ``out`` gets a file for each document as it is corrected."""

    store: Store
    folder: Path
    sessions: Sessions
    cookie: str
    annotator: str | None = None
    out: Path | None = None
    notices: tuple[str, ...] = ()


class Edit(BaseModel):
    """What the page sends to save one edit."""

    model_config = ConfigDict(extra="forbid")
    base: int = Field(ge=0)
    kind: str = Field("edit", max_length=40)
    undoes: int | None = None
    changes: list[Change] = Field(min_length=1, max_length=MOST_CHANGES)


Handler = Callable[[Request, Review, Session], Any]


def application(review: Review) -> Starlette:
    """The application over one store; :class:`~pobratim.review.security.Guard` stands before it."""

    def guarded(path: str, handler: Handler, method: str = "GET") -> Route:
        return Route(f"/api{path}", _guarded(review, handler), methods=[method])

    return Starlette(
        routes=[
            Route("/", _page(review)),
            Route("/login", _login(review), methods=["POST"]),
            guarded("/session", _session),
            guarded("/session", _introduce, "POST"),
            guarded("/queue", _queue),
            guarded("/edtf", _edtf),
            guarded("/places", _places),
            guarded("/suggest", _suggest),
            guarded("/agreement", _agreement),
            guarded("/export", _export, "POST"),
            guarded("/version", _open),
            guarded("/version", _save, "POST"),
            guarded("/file", _file),
            guarded("/compare", _compare),
            guarded("/adjudicate", _adjudicate, "POST"),
            Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
        ],
        middleware=[Middleware(Guard, sessions=review.sessions, cookie=review.cookie)],
    )


def _guarded(review: Review, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        session = review.sessions.get(request.cookies.get(review.cookie))
        if session is None:
            return _error(401, "open the address that `pobratim review` printed")
        if request.method != "GET":
            if request.headers.get("x-csrf-token") != session.csrf:
                return _error(403, "the page is out of date; load it anew")
            request.state.body = await request.body()
        try:
            answer = await run_in_threadpool(handler, request, review, session)
        except InputError as error:
            return _error(404, str(error))
        except PobratimError as error:
            return _error(422, str(error))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "request"
            return _error(422, f"{where}: {first['msg']}")
        return answer if isinstance(answer, Response) else JSONResponse(answer)

    return endpoint


def _error(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status)


def _page(review: Review) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        sessions = review.sessions
        if token := request.query_params.get("token"):
            return _entered(review, sessions.by_token(token))
        if sessions.get(request.cookies.get(review.cookie)):
            return HTMLResponse((STATIC / "index.html").read_text("utf-8"))
        name = "login.html" if sessions.asks_password else "token.html"
        return HTMLResponse((STATIC / name).read_text("utf-8"), 401)

    return page


def _entered(review: Review, key: str | None) -> Response:
    answer = RedirectResponse("/", 303)
    if key is not None:
        answer.set_cookie(review.cookie, key, httponly=True, samesite="strict", path="/")
    return answer


def _login(review: Review) -> Callable[[Request], Awaitable[Response]]:
    async def login(request: Request) -> Response:
        form = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=4)
        given = form.get("password", [""])[0]
        return _entered(review, review.sessions.by_password(given))

    return login


def _session(request: Request, review: Review, session: Session) -> dict[str, Any]:
    if session.annotator is None:
        session.annotator = review.annotator
    return {
        "annotator": session.annotator,
        "csrf": session.csrf,
        "folder": review.folder.name,
        "out": str(review.out) if review.out else None,
        "notices": review.notices,
        "labels": schema.LABELS,
        "relations": {
            name: [sorted(head), sorted(tail)]
            for name, (head, tail) in schema.RELATION_ENDS.items()
        },
        "choices": {
            "office": get_args(schema.Office),
            "instrument": get_args(schema.Instrument),
            "purpose": get_args(schema.Purpose),
            "status": get_args(schema.Status),
            "category": get_args(schema.Category),
        },
    }


def _introduce(request: Request, review: Review, session: Session) -> dict[str, Any]:
    body = json.loads(request.state.body)
    name = body.get("annotator") if isinstance(body, dict) else None
    if not isinstance(name, str) or not NAME.fullmatch(name.strip()) or name == ADJUDICATED:
        raise AnnotationError(
            f"{str(name)[:60]!r} cannot be an annotator's name: letters, digits, spaces, "
            f"at most 40, and not {ADJUDICATED!r}"
        )
    session.annotator = name.strip()
    return _session(request, review, session)


def _queue(request: Request, review: Review, session: Session) -> list[dict[str, Any]]:
    return queue(review.store)


def _edtf(request: Request, review: Review, session: Session) -> dict[str, Any]:
    return suggestions.dated(request.query_params.get("value", ""))


def _places(request: Request, review: Review, session: Session) -> list[dict[str, Any]]:
    query = request.query_params
    return suggestions.places(query.get("q", ""), 10, query.get("label"))


def _suggest(request: Request, review: Review, session: Session) -> dict[str, Any]:
    query = request.query_params
    return suggestions.suggested(
        query.get("label", ""),
        query.get("text", ""),
        query.get("language", "und"),
        query.get("reference"),
    )


def _ids(request: Request) -> tuple[str, str]:
    query = request.query_params
    return query.get("document", ""), query.get("version", "")


def _open(request: Request, review: Review, session: Session) -> dict[str, Any]:
    identity, name = _ids(request)
    original = review.store.original(identity)
    version = review.store.version(identity, name)
    return {
        "id": identity,
        "version": name,
        "kind": version.kind,
        "parent": version.parent,
        "revision": version.revision,
        "text": original.text,
        "language": original.language,
        "source": original.source.uri,
        "warnings": [notice.model_dump() for notice in original.warnings],
        "content": version.content,
        "history": [event.to_json() for event in review.store.history(identity, name)],
        "problems": _problems(review, identity, name),
    }


def _problems(review: Review, identity: str, name: str) -> list[str]:
    version = review.store.version(identity, name)
    found = check_document(document_of(review.store.original(identity), version.content))
    return [f"{problem.subject} {problem.what}. {problem.remedy}" for problem in found]


def _save(request: Request, review: Review, session: Session) -> Any:
    if session.annotator is None:
        raise AnnotationError("say who you are before you change anything")
    identity, name = _ids(request)
    edit = Edit.model_validate_json(request.state.body)
    try:
        event, missed = review.store.commit(
            identity,
            name,
            edit.base,
            session.annotator,
            edit.changes,
            kind=edit.kind,
            undoes=edit.undoes,
        )
    except Conflict as conflict:
        told = {
            "fork": conflict.fork,
            "revision": conflict.revision,
            "missed": [event.to_json() for event in conflict.missed],
        }
        return JSONResponse({"error": str(conflict), **told}, 409)
    problems = _problems(review, identity, name)
    if review.out is not None and not problems and preferred(review.store, identity) == name:
        content = review.store.version(identity, name).content
        write_document(document_of(review.store.original(identity), content), review.out)
    return {
        "event": event.to_json(),
        "missed": [one.to_json() for one in missed],
        "problems": problems,
    }


def _file(request: Request, review: Review, session: Session) -> Response:
    identity, name = _ids(request)
    content = review.store.version(identity, name).content
    told = document_of(review.store.original(identity), content).to_json()
    headers = {"content-disposition": "attachment; filename*=UTF-8''" + file_name(identity)}
    return Response(told + "\n", media_type="application/json", headers=headers)


def _compare(request: Request, review: Review, session: Session) -> dict[str, Any]:
    identity = request.query_params.get("document", "")
    names = [request.query_params.get(side, "") for side in ("first", "second")]
    one, two = (review.store.version(identity, name) for name in names)
    return {
        "id": identity,
        "text": review.store.original(identity).text,
        "language": review.store.original(identity).language,
        "names": names,
        "revisions": [one.revision, two.revision],
        "states": [state_of(one.content), state_of(two.content)],
        "first": one.content,
        "second": aligned(one.content, two.content),
        "differences": differences(one.content, two.content),
    }


def _adjudicate(request: Request, review: Review, session: Session) -> dict[str, Any]:
    """Begin the adjudicated version from the first of two; decisions are edits of it."""
    if session.annotator is None:
        raise AnnotationError("say who you are before you decide anything")
    identity = request.query_params.get("document", "")
    body = json.loads(request.state.body)
    first = str(body.get("first", "")) if isinstance(body, dict) else ""
    if first not in review.store.names(identity):
        raise InputError(f"{identity!r} has no version {first!r} to begin from")
    version = review.store.fork(identity, first, ADJUDICATED, ADJUDICATED, session.annotator)
    return {"version": version.name, "revision": version.revision, "parent": version.parent}


def _agreement(request: Request, review: Review, session: Session) -> dict[str, Any]:
    from pobratim.exchange.gold.agreement import compare

    first, second = (request.query_params.get(side, "") for side in ("first", "second"))
    store = review.store
    common = [identity for identity in store.ids() if {first, second} <= set(store.names(identity))]
    pairs = [
        [document_of(store.original(i), store.version(i, name).content) for i in common]
        for name in (first, second)
    ]
    found = compare(*pairs)
    rows = [*found.labels, found.overall, found.relations]
    return {"documents": common, "rows": [row._asdict() for row in rows]}


def _export(request: Request, review: Review, session: Session) -> dict[str, Any]:
    if review.out is None:
        raise AnnotationError("start the page with --out FOLDER to write files")
    written, left_out = export(review.store, review.out)
    return {"written": [path.name for path in written], "left_out": left_out}
