"""Documents, changes and running pages for the tests of the annotators' page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pobratim.review.changes import Change
from pobratim.review.store import Store
from pobratim.schema import (
    Agreement,
    City,
    Count,
    CountMention,
    DateMention,
    Document,
    Mention,
    Party,
    Source,
)

TEXT = (
    "🏙 Мэр Хабаровска С.А. Кравчук принял делегацию города Ниигата.\n"
    "Соглашение подписано 15 июля 2002 года в Пучоне, 70 детей прооперированы.\n"
    "Café «Привет» 👩‍👩‍👧 и город Портленд.\n"
)
HOSTILE = (
    '<script>window.harmed = 1</script><img src=x onerror="window.harmed = 1">\n'
    "</p><b>Псков</b> &amp; \u202eевтсдор\u202c \x1b[31m\x07 javascript:alert(1)\n"
)


def span(text: str, surface: str) -> dict[str, Any]:
    start = text.index(surface)
    return {"start": start, "end": start + len(surface), "text": surface}


def report(identity: str = "report") -> Document:
    """What the program might have made of :data:`TEXT`; some of it wrong."""
    return Document(
        id=identity,
        source=Source(uri=f"in/{identity}.txt", sha256="0" * 64),
        text=TEXT,
        language="ru",
        mentions=[
            Mention(
                id="m1",
                label="CITY",
                entity="geonames:2022890",
                score=0.98,
                **span(TEXT, "Хабаровска"),
            ),
            Mention(id="m2", label="PERSON", score=0.9, **span(TEXT, "С.А. Кравчук")),
            Mention(
                id="m3",
                label="CITY",
                entity="geonames:1855431",
                score=0.97,
                **span(TEXT, "Ниигата"),
            ),
            Mention(id="m4", label="AGREEMENT", score=0.8, **span(TEXT, "Соглашение")),
            DateMention(
                id="m5",
                label="DATE",
                score=0.6,
                value="2002-06-15",
                earliest="2002-06-15",
                latest="2002-06-15",
                **span(TEXT, "15 июля 2002 года"),
            ),
            CountMention(
                id="m6",
                label="COUNT",
                score=0.95,
                value=70,
                counted="ребёнок",
                category="people",
                **span(TEXT, "70 детей"),
            ),
            Mention(id="m7", label="ROLE", score=0.99, **span(TEXT, "Мэр")),
        ],
        cities=[
            City(
                id="geonames:2022890",
                name_en="Khabarovsk",
                name_ru="Хабаровск",
                country="RU",
                mentions=["m1"],
                score=0.98,
            ),
            City(
                id="geonames:1855431",
                name_en="Niigata",
                name_ru="Ниигата",
                country="JP",
                mentions=["m3"],
                score=0.97,
            ),
        ],
        agreements=[
            Agreement(
                id="agreement:1",
                instrument="agreement",
                mentions=["m4"],
                score=0.8,
                parties=[Party(id="geonames:2022890", name="Хабаровск", implied=True)],
            )
        ],
        counts=[
            Count(
                id="count:1",
                value=70,
                counted="ребёнок",
                category="people",
                mentions=["m6"],
                score=0.95,
            )
        ],
    )


def hostile() -> Document:
    return Document(
        id='../<b onmouseover="x">"evil"',
        source=Source(uri="evil.txt", sha256="0" * 64),
        text=HOSTILE,
        language="ru",
        mentions=[Mention(id='"><script>', label="CITY", score=0.5, **span(HOSTILE, "Псков"))],
    )


def results(folder: Path, *documents: Document) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(document.to_json() + "\n" for document in documents)
    (folder / "documents.jsonl").write_text(lines, encoding="utf-8")
    return folder


def changed(store: Store, on: str, identity: str, version: str = "anna", **fields: Any) -> Change:
    """A change of some fields of an object as it is in a version; None removes a field."""
    before = store.version("report", version).content[on].get(identity)
    after = {k: v for k, v in {**(before or {}), **fields}.items() if v is not None}
    return Change(on=on, id=identity, before=before, after=after)


@contextmanager
def running(folder: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The page over ``folder`` as a user starts it: its address and process."""
    command = [sys.executable, "-m", "pobratim.review", str(folder), "--no-browser", *options]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield _address(process), process
    finally:
        process.terminate()
        process.wait(10)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    assert process.stderr is not None
    pytest.fail(process.stderr.read())
