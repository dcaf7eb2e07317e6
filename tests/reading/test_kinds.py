"""What a file is, by what it holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pobratim.batch.discovery import Discovery
from pobratim.errors import InputError
from pobratim.reading.files import read_bytes
from pobratim.reading.kinds import FOLDER_SUFFIXES, document_kind, suffix_of


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"Kazan", "a.txt", "text"),
        (b"# Kazan", "a.md", "markdown"),
        (b"# Kazan", "README.MD", "markdown"),
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "a", "pdf"),
        (b"see %PDF-1.7 for more", "a.pdf", "text"),
        (b"{\\rtf1", "a.doc", "rtf"),
        (b"<!DOCTYPE html>", "a.txt", "html"),
        (b"\xef\xbb\xbf <!-- x -->\n<HTML lang='ru'>", "a", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "a.xml", "html"),
        ("<html>".encode("utf-16"), "a", "html"),
        (b"<p>Kazan</p>", "a.htm", "html"),
        (b"<p>Kazan</p>", "a.md", "markdown"),
        (b"<3 Kazan", "a.html", "text"),
        (b"PK\x03\x04", "a.txt", "zip"),
        (b"PAR1\x15", "a", "parquet"),
        (b"WARC/1.0\r\n", "a", "warc"),
        (b"BZh91AY&SY", "a", "bzip2"),
        (b"BZh is what the header begins with", "a.txt", "text"),
        (b'{"text": "Kazan"}', "a.jsonl", "jsonl"),
        (b'{"text": "Kazan"}', "a.txt", "text"),
        (b"text;id", "a.csv", "csv"),
        (b"\x1f\x8b\x08", "a.csv", "gzip"),
    ],
)
def test_the_content_decides_and_a_name_tells_only_texts_apart(
    head: bytes, name: str, kind: str
) -> None:
    assert document_kind(head, name) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Microsoft Office file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (b"\x7fELF" + bytes(100), "a program"),
        (b"\x1f\x8b\x08" + bytes(100), "a gzip archive, where one document is wanted"),
        (b"PAR1" + bytes(100), "a Parquet table"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_bytes(data, "a.txt", "a.txt")


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.TXT", ".txt"), ("x/.hidden", ""), ("a", ""), ("a.b/c", "")]
)
def test_the_suffix_of_a_name(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


def test_a_folder_gives_documents_and_archives_and_a_pattern_tables_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for suffix in (*FOLDER_SUFFIXES, ".jsonl", ".parquet"):
        (tmp_path / f"a{suffix}").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    discovery = Discovery(["."])
    assert {item.path.suffix for item in discovery} == FOLDER_SUFFIXES
    assert discovery.skipped == {".jsonl": 1, ".parquet": 1}
    assert [item.path.name for item in Discovery(["*.jsonl"])] == ["a.jsonl"]


def test_a_plain_text_is_read_without_loading_any_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kazan")
    program = (
        "import sys, pathlib; from pobratim.reading.members import members, read_member\n"
        f"(m,) = members(pathlib.Path({str(path)!r}), 'a.txt'); read_member(m)\n"
        "print([n for n in ('lxml', 'trafilatura', 'pypdfium2', 'pyarrow', 'tarfile',"
        " 'pobratim.reading.containers', 'pobratim.reading.documents') if n in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
