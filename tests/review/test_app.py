"""The web application: who gets in, what is refused, what is answered."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from review_builders import TEXT, report, running, span
from starlette.testclient import TestClient

from pobratim.errors import InputError
from pobratim.review.app import Review, application
from pobratim.review.security import LARGEST_BODY, Sessions, is_loopback
from pobratim.review.serve import serve
from pobratim.review.store import Store

BASE = "http://127.0.0.1:8000"


def client_of(store: Store, folder: Path, **options: Any) -> TestClient:
    sessions = options.pop("sessions", None) or Sessions("secret", None)
    review = Review(store, folder, sessions, "session", **options)
    return TestClient(application(review), base_url=BASE, headers={"origin": BASE})


@pytest.fixture
def client(store: Store, folder: Path) -> Iterator[TestClient]:
    with client_of(store, folder, annotator="Anna") as client:
        client.get("/?token=secret")
        client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
        yield client


def edit(base: int, **after: Any) -> dict[str, Any]:
    before = json.loads(report().to_json())["mentions"][5]
    change = {"on": "mentions", "id": "m6", "before": before, "after": {**before, **after}}
    return {"base": base, "changes": [change]}


VERSION = "/api/version?document=report&version=Anna"


@pytest.mark.parametrize(
    "path", ["/api/queue", VERSION, "/api/session", "/api/file?document=report"]
)
def test_nothing_is_told_without_the_token(store: Store, folder: Path, path: str) -> None:
    with client_of(store, folder) as stranger:
        assert stranger.get(path).status_code == 401
        assert stranger.get("/?token=wrong", follow_redirects=False).cookies.get("session") is None


def test_the_token_gives_a_cookie_that_scripts_and_other_sites_do_not_get(
    store: Store, folder: Path
) -> None:
    with client_of(store, folder) as client:
        answer = client.get("/?token=secret", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", ""])
def test_other_names_for_this_machine_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/api/queue", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"x-csrf-token": "wrong"},
    ],
)
def test_a_change_from_elsewhere_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post(VERSION, json=edit(0, value=71), headers=headers).status_code == 403


def test_a_change_without_origin_is_refused(client: TestClient) -> None:
    del client.headers["origin"]
    assert client.post(VERSION, json=edit(0, value=71)).status_code == 403


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post(VERSION, content=b" " * (LARGEST_BODY + 1))
    assert answer.status_code == 413


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for path in (
        "/",
        "/api/queue",
        "/static/index.js",
        "/static/none",
        "/api/version?document=none",
    ):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fstore.py",
        "/static//etc/passwd",
        "/api/file?version=Anna&document=../documents.jsonl",
    ],
)
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_edit_is_saved_and_told_with_what_is_to_mend(client: TestClient, store: Store) -> None:
    answer = client.post(VERSION, json=edit(0, value=71)).json()
    assert answer["event"]["author"] == "Anna"
    assert store.version("report", "Anna").content["mentions"]["m6"]["value"] == 71
    assert client.get(VERSION).json()["revision"] == 1


def test_a_conflict_names_the_fork(client: TestClient) -> None:
    client.post(VERSION, json=edit(0, value=71))
    answer = client.post(VERSION, json=edit(0, value=72))
    assert answer.status_code == 409
    assert answer.json()["fork"] == "Anna~2"
    assert answer.json()["missed"][0]["changes"][0]["after"]["value"] == 71


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"base": -1, "changes": []}', '{"base": 0, "changes": [{"on": "x"}]}']
)
def test_an_unsound_request_is_refused_with_a_reason(client: TestClient, body: str) -> None:
    answer = client.post(VERSION, content=body)
    assert answer.status_code == 422
    assert answer.json()["error"]


@pytest.mark.parametrize("name", ["", "<b>", "a" * 41, "adjudicated", "x~2", 7])
def test_a_name_that_cannot_be_an_annotators_is_refused(client: TestClient, name: object) -> None:
    assert client.post("/api/session", json={"annotator": name}).status_code == 422


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2002/2019", "2002-01-01", "2019-12-31"),
        ("1964-21", "1964-03-01", "1964-05-31"),
        ("2005/..", "2005-01-01", None),
    ],
)
def test_a_date_is_told_as_its_days(
    client: TestClient, value: str, first: str, last: str | None
) -> None:
    answer = client.get("/api/edtf", params={"value": value}).json()
    assert (answer["earliest"], answer["latest"]) == (first, last)


def test_a_value_that_is_no_date_is_told_why(client: TestClient) -> None:
    assert "month" in client.get("/api/edtf", params={"value": "2002-77"}).json()["fault"]


@pytest.mark.parametrize("name", ["Ниигат", "Niigat", "Ниигаты"])
def test_a_city_is_found_in_either_script_and_any_case(client: TestClient, name: str) -> None:
    found = client.get("/api/places", params={"q": name, "label": "CITY"}).json()
    assert found[0]["id"] == "geonames:1855431"


@pytest.mark.parametrize(
    ("label", "text", "field", "value"),
    [
        ("DATE", "15 июля 2002 года", "value", "2002-07-15"),
        ("COUNT", "1 250 детей", "value", 1250),
        ("CITY", "Хабаровска", "entity", "geonames:2022890"),
    ],
)
def test_newly_marked_words_get_a_value(
    client: TestClient, label: str, text: str, field: str, value: object
) -> None:
    query = {"label": label, "text": text, "language": "ru", "reference": ""}
    assert client.get("/api/suggest", params=query).json()[field] == value


def test_two_annotators_who_mark_the_same_words_do_not_differ(
    client: TestClient, store: Store
) -> None:
    for name in ("Anna", "Boris"):
        after = {"id": f"m:{name}", "label": "ORGANIZATION", **span(TEXT, "Café «Привет»")}
        body = {"base": 0, "changes": [{"on": "mentions", "id": f"m:{name}", "after": after}]}
        assert (
            client.post(f"/api/version?document=report&version={name}", json=body).status_code
            == 200
        )
    query = {"document": "report", "first": "Anna", "second": "Boris"}
    assert client.get("/api/compare", params=query).json()["differences"] == []
    rows = client.get("/api/agreement", params=query).json()["rows"]
    assert next(row for row in rows if row["label"] == "all")["strict"] == 1


def test_each_thing_that_differs_is_told_with_both_sides(client: TestClient) -> None:
    client.post(VERSION, json=edit(0, value=71))
    query = {"document": "report", "first": "Anna", "second": "Boris"}
    (one,) = client.get("/api/compare", params=query).json()["differences"]
    assert (one["key"], one["fields"]) == ("mentions:m6", ["value"])
    assert (one["first"]["value"], one["second"]["value"]) == (71, 70)


def test_with_a_folder_to_write_to_a_correction_is_a_file_at_once(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    with client_of(store, folder, annotator="Anna", out=tmp_path / "gold") as client:
        client.get("/?token=secret")
        client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
        client.post(VERSION, json=edit(0, value=71))
    found = json.loads((tmp_path / "gold" / "report.json").read_text("utf-8"))
    assert next(m for m in found["mentions"] if m["id"] == "m6")["value"] == 71


def test_ctrl_c_ends_the_page_without_complaint(folder: Path) -> None:
    with running(folder) as (_, process):
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_beyond_this_machine_a_password_is_demanded(folder: Path) -> None:
    with pytest.raises(InputError, match="password"):
        serve(folder, host="0.0.0.0")


def test_the_password_opens_the_page_and_wrong_ones_are_slowed(store: Store, folder: Path) -> None:
    sessions = Sessions(None, "open sesame")
    with client_of(store, folder, sessions=sessions) as client:
        assert client.get("/").status_code == 401
        assert client.get("/?token=None").status_code == 401
        for _ in range(10):
            client.post("/login", data={"password": "guess"})
            assert client.get("/api/queue").status_code == 401
        client.post("/login", data={"password": "open sesame"})
        assert client.get("/api/queue").status_code == 401
        sessions._failures.clear()
        client.post("/login", data={"password": "open sesame"})
        assert client.get("/api/queue").status_code == 200


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("pc", False)],
)
def test_loopback_is_known(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
