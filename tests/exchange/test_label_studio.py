"""The real Label Studio, driven over its HTTP API; tools/label_studio_env.sh makes its environment."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pobratim.exchange.check import load_documents
from pobratim.exchange.formats import FORMATS
from pobratim.exchange.label_studio import configuration
from pobratim.schema import Document, Mention, Pipeline, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PROGRAM = os.environ.get("LABEL_STUDIO_BIN", "")
START_SECONDS = 240

pytestmark = pytest.mark.skipif(
    not Path(PROGRAM).is_file(),
    reason="LABEL_STUDIO_BIN names no label-studio; tools/label_studio_env.sh installs one",
)


class Server:
    """Label Studio's HTTP API, with the token of its only user."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.token = token

    def call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.address + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Token {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            pytest.fail(f"{method} {path}: {error.code} {error.read()[:500]!r}")

    def is_up(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + "/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("label-studio")
    token = secrets.token_hex(20)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    command = [PROGRAM, "start", "--no-browser", "--data-dir", str(folder)]
    command += ["--internal-host", "127.0.0.1", "--port", str(port), "--enable-legacy-api-token"]
    command += ["--username", "a@example.org", "--password", secrets.token_hex(8)]
    command += ["--user-token", token]
    quiet = {"COLLECT_ANALYTICS": "False", "SENTRY_DSN": "", "FRONTEND_SENTRY_DSN": ""}
    quiet |= {"LATEST_VERSION_CHECK": "False", "HOME": str(folder)}
    log = folder / "log.txt"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command, stdout=out, stderr=out, env={**os.environ, **quiet}, cwd=folder
        ) as process,
    ):
        found = Server(f"http://127.0.0.1:{port}", token)
        end = time.monotonic() + START_SECONDS
        while not found.is_up():
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                pytest.fail(f"Label Studio did not start:\n{log.read_text()[-2000:]}")
            time.sleep(1)
        yield found
        process.terminate()


def through(server: Server, documents: list[Document], folder: Path, edit: Any = None) -> Path:
    """Import the documents' tasks into a new project, maybe edit, and export it as JSON."""
    FORMATS["label-studio"].write(documents, folder / "tasks.json")
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    project = server.call(
        "POST", "/api/projects", {"title": "Pobratim", "label_config": configuration()}
    )["id"]
    made = server.call("POST", f"/api/projects/{project}/import", tasks)
    assert made["task_count"] == len(tasks)
    if edit is not None:
        edit(project)
    options = {"serialization_options": {"predictions": {"only_id": False}}}
    snapshot = server.call("POST", f"/api/projects/{project}/exports/", options)["id"]
    url = f"/api/projects/{project}/exports/{snapshot}"
    end = time.monotonic() + START_SECONDS
    while server.call("GET", url)["status"] != "completed" and time.monotonic() < end:
        time.sleep(0.5)
    exported = server.call("GET", f"{url}/download?exportType=JSON")
    path = folder / "export.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    return path


def by_id(documents: list[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: document.id)


@pytest.fixture
def gold() -> list[Document]:
    return [d for d in load_documents(ROOT / "annotations" / "gold" / "dev") if d.mentions]


def test_gold_comes_back_from_a_project_as_it_was(
    server: Server, gold: list[Document], tmp_path: Path
) -> None:
    back = FORMATS["label-studio"].read(through(server, gold, tmp_path))
    assert by_id(back) == by_id(gold)


def test_output_comes_back_from_predictions_as_it_was(
    server: Server, gold: list[Document], tmp_path: Path
) -> None:
    output = [d.model_copy(update={"pipeline": Pipeline(version="1.0")}) for d in gold[:3]]
    for document in output:
        document.mentions[0].score = 0.75
    back = FORMATS["label-studio"].read(through(server, output, tmp_path))
    assert by_id(back) == by_id(output)


def test_emoji_do_not_move_the_offsets(server: Server, tmp_path: Path) -> None:
    text = "😀 Хабаровск 👨‍👩‍👧 e\u0301\r\nПучон"
    mentions = [
        Mention(id=f"m{n}", label="CITY", start=start, end=start + len(name), text=name)
        for n, name in enumerate(("Хабаровск", "Пучон"), 1)
        if (start := text.index(name)) >= 0
    ]
    document = Document(id="e", source=Source(uri="e.txt"), text=text, mentions=mentions)
    assert FORMATS["label-studio"].read(through(server, [document], tmp_path)) == [document]


def test_a_region_added_in_the_project_becomes_a_mention(
    server: Server, gold: list[Document], tmp_path: Path
) -> None:
    document = next(d for d in gold if d.text.rstrip().endswith("."))
    start = len(document.text.rstrip()) - 1
    value = {"start": start, "end": start + 1, "text": document.text[start], "labels": ["ROLE"]}
    region = {"id": "Ab3_x-9", "from_name": "label", "to_name": "text", "type": "labels"}

    def add(project: int) -> None:
        found = server.call("GET", f"/api/tasks?project={project}&fields=all")["tasks"][0]
        made = found["annotations"][0]
        result = [*made["result"], {**region, "value": value}]
        server.call("PATCH", f"/api/annotations/{made['id']}", {"result": result})

    (back,) = FORMATS["label-studio"].read(through(server, [document], tmp_path, add))
    added = Mention(
        id="Ab3_x-9", label="ROLE", start=start, end=start + 1, text=document.text[start]
    )
    document.mentions.append(added)
    assert back == document
