"""Files that a fuzzer found to break a reader, cut down to what did it."""

from __future__ import annotations

import io
import tarfile
import time
from pathlib import Path

import pytest
from hostile import docx, epub, zipped

from pobratim.errors import InputError
from pobratim.reading.files import read_bytes
from pobratim.reading.members import members, read_member


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><p>Kazan<nav>x</nav>\x00tail</p>",
        b"<html><body><nav>x</nav>\x1ftail<p>Kazan</p>",
        b"<html><body><p>Kazan<nav>x</nav>&#1;&#xFFFE;tail</p>",
        b"<html><body><p>Kazan<b>x</b>\x0btail&#x0c;</p>",
        "<html><body><p>Kazan<nav>x</nav>\uffff</p>".encode(),
    ],
)
def test_a_web_page_may_hold_characters_that_no_xml_has(page: bytes) -> None:
    assert "Kazan" in read_bytes(page, "a.html", "a.html").text


@pytest.mark.parametrize(
    "data",
    [
        epub("<p>Kazan", "<package>\x00</package>"),
        docx("<w:document>\x00\n</w:document>"),
        zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<c\x00>\n"}),
    ],
)
def test_what_is_wrong_with_xml_is_told_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "a", "a")
    assert str(caught.value).isprintable()


def test_a_long_message_is_cut() -> None:
    assert len(str(InputError("column " + "x\n" * 10_000))) <= 1000


def test_names_that_are_no_utf8_can_be_written(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(
        fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="cp1251"
    ) as archive:
        archive.addfile(tarfile.TarInfo("дела.txt"))
    (tmp_path / "a.tar").write_bytes(stream.getvalue())
    (member,) = members(tmp_path / "a.tar", "a.tar")
    assert member.name == "\\xe4\\xe5\\xeb\\xe0.txt"


def test_a_file_of_such_a_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "\udce4.txt"
    path.write_text("Казань", encoding="utf-8")
    (member,) = members(path, "a")
    assert (member.name, read_member(member).text) == ("\\xe4.txt", "Казань")


@pytest.mark.parametrize(
    "piece",
    [b"<nav>a</nav>b", b"<p>x<nav>a</nav>b</p>", b"<p>abc def", b"<ul><li>a</ul>", b"a<br>"],
)
def test_a_page_of_many_elements_takes_time_in_proportion(piece: bytes) -> None:
    """Of a processor: menus were once moved one by one, and jusText compares paragraphs with all."""

    def seconds(times: int) -> float:
        began = time.process_time()
        read_bytes(b"<html><body>" + piece * times, "a.html", "a.html")
        return time.process_time() - began

    seconds(100)
    few = max(min(seconds(6000), seconds(6000)), 0.1)
    assert seconds(24_000) < 9 * few


def test_white_space_before_a_page_takes_time_in_proportion() -> None:
    began = time.process_time()
    read_bytes(b"<p>Kazan" + b" " * 400_000, "a.html", "a.html")
    assert time.process_time() - began < 5


def test_a_zip_member_may_have_no_name(tmp_path: Path) -> None:
    data = zipped({"a": "Kazan", "b.txt": "Tomsk"}).replace(b"a", b"\x00", 1)
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02"))
    data = data[: at + 46] + b"\x00" + data[at + 47 :]
    (tmp_path / "a.zip").write_bytes(data)
    found = list(members(tmp_path / "a.zip", "a.zip"))
    assert read_member(found[-1]).text == "Tomsk"
