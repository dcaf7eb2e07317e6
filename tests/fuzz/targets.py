"""What is fuzzed, and what counts as a finding: each target takes bytes and raises :class:`Finding`.

A target is a function of bytes alone, so that what it found is found again by the same bytes,
whoever made them: a coverage-guided fuzzer, or the seeded mutations of the test suite.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from words import text_of

import pobratim
from pobratim.errors import InputError
from pobratim.exchange.check import check_document
from pobratim.reading.encoding import decode
from pobratim.reading.files import Reading
from pobratim.reading.kinds import document_kind
from pobratim.reading.members import Limits, members, read_member

NAMES = (
    "a.txt", "a.md", "a.html", "a.jsonl", "a.csv", "a.tsv", "a.bin", "a.zip", "a.tar", "a.gz",
    "a.warc", "a.warc.gz", "a.tgz", "a.parquet", "a.docx", "a.rtf",
)  # fmt: skip
LIMITS = Limits(max_members=3000, max_total=256 << 20)
SLOW = 10.0


class Finding(Exception):  # noqa: N818
    """A rule that the program promises to keep and did not."""


class Target(NamedTuple):
    """What is run on the bytes, and which seeds it begins with."""

    run: Callable[[bytes], None]
    seeds: str


def pipeline(data: bytes) -> None:
    """The records of a text: sound by the format, the same twice, and writable as JSON."""
    text = text_of(data)
    began = time.process_time()
    document = pobratim.extract(text)
    written = document.to_json()
    took = time.process_time() - began
    if took > SLOW:
        raise Finding(f"took {took:.0f} s of a processor for {len(text)} characters")
    if len(document.text) != len(text):
        raise Finding("the text is not as long as it was")
    problems = check_document(document)
    if problems:
        raise Finding("; ".join(f"{each.subject} {each.what}" for each in problems[:3]))
    json.loads(written.encode())
    if data[-1:] < b"\x20" and pobratim.extract(text).to_json() != written:
        raise Finding("another result the second time")


def reading(data: bytes) -> None:
    """A file, named by the first byte: texts or one of our own errors, for each document in it."""
    name = NAMES[data[0] % len(NAMES)] if data else "a.txt"
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder, name)
        path.write_bytes(data[1:])
        told = _told(path)
        if data[-1:] < b"\x20" and _told(path) != told:
            raise Finding("another result the second time")


def encodings(data: bytes) -> None:
    """Bytes as a text, and what kind of file they are taken for."""
    for name in ("a.txt", "a.html", "a.md"):
        document_kind(data, name)
    try:
        decoded = decode(data)
    except InputError:
        return
    decoded.text.encode()
    if decoded.damaged > len(data):
        raise Finding(f"{decoded.damaged} places of {len(data)} bytes are damaged")


def _told(path: Path) -> list[str]:
    began = time.process_time()
    told = []
    for member in members(path, path.name, LIMITS):
        member.uri.encode()
        member.name.encode()
        try:
            found = read_member(member, LIMITS)
        except InputError as error:
            if "\n" in str(error) or len(str(error)) > 2000:
                raise Finding(f"no one-line statement: {str(error)[:200]!r}") from error
            told.append(f"{member.uri} {error}")
        else:
            told.append(_sound(found))
    took = time.process_time() - began
    if took > SLOW:
        raise Finding(f"took {took:.0f} s of a processor for {path.stat().st_size} bytes")
    return told


def _sound(found: Reading) -> str:
    text, source = found.text, found.source
    if not text:
        raise Finding("an empty text, where an error is due")
    last = 0
    for part in source.parts or []:
        if not last <= part.start <= part.end <= len(text):
            raise Finding(f"part {part.start}-{part.end} after {last} in a text of {len(text)}")
        last = part.end
    notices = [each.model_dump_json() for each in found.notices]
    text.encode()
    return json.dumps([text, source.model_dump_json(), notices])


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


TARGETS = {
    "pipeline": Target(pipeline, "texts"),
    "files": Target(reading, "files"),
    "packages": Target(reading, "packages"),
    "encodings": Target(encodings, "bytes"),
}
