"""Containers to members: what is in them, how it is addressed, and what is wrong with it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import pickle
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pobratim.reading.members import Limits, Member, members, read_member

FIXTURES = Path(__file__).parent / "fixtures"


def found(path: Path, **limits: object) -> list[Member]:
    return list(members(path, path.name, Limits(**limits)))  # type: ignore[arg-type]


def told(path: Path, **limits: object) -> list[tuple[str, str]]:
    """The address of each member, and its text or its error."""
    result = []
    for member in found(path, **limits):
        text = str(member.error) if member.error else read_member(member).text
        result.append((member.uri, text))
    return result


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def zipped(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(files: dict[str, bytes], *extra: tarfile.TarInfo) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in extra:
            archive.addfile(info)
    return stream.getvalue()


def test_a_plain_file_is_its_own_only_member(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Kazan")
    assert found(path) == [Member("a.txt", "a.txt", path=str(path), size=5)]


@pytest.mark.parametrize(
    "name", ["report-ru.docx", "report-ru.odt", "report-ru.epub", "report-ru.pdf"]
)
def test_a_document_that_is_a_zip_file_is_no_container(name: str) -> None:
    (member,) = found(FIXTURES / name)
    assert member.path == str(FIXTURES / name)


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.tar", bytes),
        ("a.tar.gz", gzip.compress),
        ("a.tgz", gzip.compress),
        ("a.tar.bz2", bz2.compress),
        ("a.tar.xz", lzma.compress),
    ],
)
def test_a_tar_archive_is_read_packed_or_not(tmp_path: Path, name: str, pack: object) -> None:
    data = tarred({"2019/a.txt": b"Kazan", "b.md": b"# Perm"})
    path = write(tmp_path / name, pack(data))  # type: ignore[operator]
    assert told(path) == [(f"{name}!/2019/a.txt", "Kazan"), (f"{name}!/b.md", "# Perm")]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress), ("a.txt.xz", lzma.compress)],
)
def test_one_packed_file_is_one_member(tmp_path: Path, name: str, pack: object) -> None:
    path = write(tmp_path / name, pack(b"Kazan"))  # type: ignore[operator]
    assert told(path) == [(f"{name}!/a.txt", "Kazan")]


def test_a_zip_holds_documents_of_every_kind_and_other_containers(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "in.zip", {"deep.txt": "Perm"}).read_bytes()
    docx = (FIXTURES / "page-en.docx").read_bytes()
    path = zipped(
        tmp_path / "a.zip",
        {
            "a.docx": docx,
            "n/in.zip": inner,
            "r.jsonl": '{"text": "Omsk"}\n',
            "logo.png": b"\x89PNG",
        },
    )
    uris = [uri for uri, _ in told(path)]
    assert uris == ["a.zip!/a.docx", "a.zip!/n/in.zip!/deep.txt", "a.zip!/r.jsonl#1"]
    assert read_member(found(path)[0]).source.media_type.endswith("wordprocessingml.document")


def test_names_that_lead_out_of_an_archive_are_only_names(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"../../a.txt": "x", "/etc/b.txt": "y", "c\nd#e%.txt": "z"})
    assert [uri for uri, _ in told(path)] == [
        "a.zip!/%2E%2E/%2E%2E/a.txt",
        "a.zip!/%2Fetc/b.txt",
        "a.zip!/c%0Ad%23e%25.txt",
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.zip"]


def test_the_folder_itself_is_no_part_of_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tarred({"./a.txt": b"x", "b/./c.txt": b"y"}))
    assert [uri for uri, _ in told(path)] == ["a.tar!/a.txt", "a.tar!/b/c.txt"]


def test_names_of_a_russian_windows_archive_are_readable(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"XXXXX.txt": "x"})
    path.write_bytes(path.read_bytes().replace(b"XXXXX", "отчёт".encode("cp866")))
    assert found(path)[0].name == "отчёт.txt"


def test_links_and_devices_in_a_tar_are_errors_and_not_followed(tmp_path: Path) -> None:
    infos = []
    for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        infos.append(info)
    path = write(tmp_path / "a.tar", tarred({"a.txt": b"x"}, *infos))
    assert [text for _, text in told(path)] == [
        "x",
        "a symbolic link, which is not followed",
        "a hard link, which is not followed",
        "a device, which is not followed",
    ]


def test_a_locked_member_is_an_error_and_the_others_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": "x", "b.txt": "y"})
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("a.txt").header_offset
    data = bytearray(path.read_bytes())
    data[at + 6] |= 1
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    path.write_bytes(data)
    assert [text for _, text in told(path)] == ["locked with a password; unpack it first", "y"]


def test_a_damaged_member_of_a_zip_is_an_error_and_the_others_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": "abc" * 100, "b.txt": "y"})
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(data)
    first, second = told(path)
    assert "damaged" in first[1]
    assert second == ("a.zip!/b.txt", "y")


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_what_stands_before_the_damage_is_read_then_an_error(tmp_path: Path, name: str) -> None:
    data = tarred({"a.txt": b"Kazan", "b.txt": b"Perm"})[:1500]
    path = write(tmp_path / name, gzip.compress(data)[:-4] if name.endswith("gz") else data)
    first, last = told(path)
    assert first == (f"{name}!/a.txt", "Kazan")
    assert last[0] == name
    assert "cut short" in last[1]


def test_a_header_that_is_damaged_is_not_taken_for_the_end(tmp_path: Path) -> None:
    data = bytearray(tarred({"a.txt": b"Kazan", "b.txt": b"Perm"}))
    data[1030] ^= 0xFF
    assert [text for _, text in told(write(tmp_path / "a.tar", data))] == [
        "Kazan",
        "a damaged TAR archive: bad checksum",
    ]


def test_an_archive_without_documents_says_so(tmp_path: Path) -> None:
    assert told(zipped(tmp_path / "a.zip", {"logo.png": "x"})) == [
        ("a.zip", "there is no document in it")
    ]


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("max_bytes", 50, "longer than 50 bytes"),
        ("max_members", 2, "more than 2 documents"),
        ("max_total", 250, "more than 250 bytes in all"),
        ("max_depth", 1, "nested more than 1 deep"),
        ("max_nested", 10, "over 10 bytes"),
    ],
)
def test_each_limit_holds(tmp_path: Path, limit: str, value: int, words: str) -> None:
    inner = zipped(tmp_path / "in.zip", {"deep.txt": "Perm"}).read_bytes()
    files: dict[str, bytes | str] = {f"{at}.txt": "k" * 100 for at in range(4)}
    path = zipped(tmp_path / "a.zip", {"in.zip": inner, **files})
    assert any(words in text for _, text in told(path, **{limit: value}))


def test_a_long_name_is_cut_in_the_address(tmp_path: Path) -> None:
    (member,) = found(zipped(tmp_path / "a.zip", {"n" * 5000 + ".txt": "x"}))
    assert len(member.uri) < 1100
    assert len(member.name) <= 1024


class TestTables:
    def test_json_lines_are_rows_and_a_broken_one_is_an_error_with_its_number(
        self, tmp_path: Path
    ) -> None:
        rows = [
            '{"text": "Kazan", "url": "http://a.org/x"}',
            "{broken",
            "",
            '{"text": 3}',
            '"Perm"',
            "[1]",
        ]
        path = write(tmp_path / "p.jsonl", "\n".join(rows))
        uris, texts = zip(*told(path), strict=True)
        assert uris == (
            "p.jsonl#1!http://a.org/x",
            "p.jsonl#2",
            "p.jsonl#4",
            "p.jsonl#5",
            "p.jsonl#6",
        )
        assert texts[0] == "Kazan"
        assert texts[1].startswith("row 2: not JSON")
        assert texts[2] == "row 4: column text has a int where a text is wanted"
        assert texts[3] == "Perm"
        assert texts[4] == "row 6: a JSON list, where an object is wanted"

    def test_columns_can_be_named(self, tmp_path: Path) -> None:
        row = {"text": "no", "leaf": "Kazan", "key": "k7"}
        path = write(tmp_path / "p.jsonl", json.dumps(row))
        (member,) = found(path, text_column="leaf", id_column="key")
        assert (member.name, member.data) == ("k7", b"Kazan")

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
    def test_csv_is_read_in_its_encoding_and_with_its_delimiter(
        self, tmp_path: Path, delimiter: str, encoding: str
    ) -> None:
        rows = [
            ["id", "text"],
            ["7", '"Мэр Казани\nподписал соглашение"'],
            ["8", "Пермь и Омск"],
            ["9"],
        ]
        text = "\r\n".join(delimiter.join(row) for row in rows)
        path = write(tmp_path / "p.csv", text.encode(encoding))
        assert told(path) == [
            ("p.csv#1", "Мэр Казани\nподписал соглашение"),
            ("p.csv#2", "Пермь и Омск"),
            ("p.csv#3", "row 3: 1 cells, where the heads are 2"),
        ]

    def test_a_table_without_a_text_is_an_error_that_names_its_columns(
        self, tmp_path: Path
    ) -> None:
        ((uri, text),) = told(write(tmp_path / "p.csv", "year,city\n2019,Perm\n"))
        assert uri == "p.csv"
        assert "no column text or content or body or html of text; it has year, city" in text

    def test_parquet_is_read_row_by_row(self, tmp_path: Path) -> None:
        path = tmp_path / "p.parquet"
        texts = [f"Kazan {number}" for number in range(200)] + [None]
        parquet.write_table(pa.table({"id": [*map(str, range(201))], "content": texts}), path)
        all_told = told(path)
        assert len(all_told) == 201
        assert all_told[150] == ("p.parquet#151", "Kazan 150")
        assert all_told[200] == (
            "p.parquet#201",
            "row 201: column content has nothing where a text is wanted",
        )

    def test_damaged_parquet_is_an_error(self, tmp_path: Path) -> None:
        path = tmp_path / "p.parquet"
        parquet.write_table(pa.table({"text": ["Kazan"] * 50}), path)
        data = path.read_bytes()
        ((_, text),) = told(write(path, data[: len(data) // 2]))
        assert "damaged Parquet" in text

    def test_one_text_of_many_rows_is_held_once(self, tmp_path: Path) -> None:
        path = tmp_path / "p.parquet"
        text = pa.array(["k" * (16 << 20)]).take(pa.array([0] * 20)).dictionary_encode()
        parquet.write_table(pa.table({"text": text}), path)
        before = pa.total_allocated_bytes()
        rows = members(path, "p.parquet")
        next(rows)
        assert pa.total_allocated_bytes() - before < 128 << 20


class TestWebArchives:
    @pytest.fixture(params=[True, False], ids=["packed", "unpacked"])
    def crawl(self, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
        path = tmp_path / ("a.warc.gz" if request.param else "a.warc")
        page = (
            b"<html><body><article><p>"
            + b"The mayor of Kazan came. " * 20
            + b"</p></article></body></html>"
        )
        with path.open("wb") as stream:
            writer = WARCWriter(stream, gzip=request.param)
            writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "x"}))
            for url, kind, body, extra in (
                ("http://a.org/one.html", "text/html; charset=utf-8", page, []),
                ("http://a.org/logo.png", "image/png", b"\x89PNG", []),
                (
                    "http://a.org/zip",
                    "text/html",
                    gzip.compress(page),
                    [("Content-Encoding", "gzip")],
                ),
                ("http://a.org/gone", "text/html", page, None),
                (
                    "http://a.org/",
                    "text/html",
                    b"4\r\n<p>K\r\n8\r\nazan</p>\r\n0\r\n\r\n",
                    "chunked",
                ),
            ):
                status = "404 Not Found" if extra is None else "200 OK"
                headers = [("Content-Type", kind)]
                headers += (
                    [("Transfer-Encoding", "chunked")] if extra == "chunked" else list(extra or [])
                )
                http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
                record = writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=http
                )
                writer.write_record(record)
            note = writer.create_warc_record(
                "http://a.org/note",
                "resource",
                payload=io.BytesIO(b"Perm"),
                warc_content_type="text/plain",
            )
            writer.write_record(note)
        return path

    def test_pages_are_read_and_nothing_else(self, crawl: Path) -> None:
        addresses = [uri.split("!")[1] for uri, _ in told(crawl)]
        assert addresses == [
            "http://a.org/one.html",
            "http://a.org/zip",
            "http://a.org/",
            "http://a.org/note",
        ]
        texts = [text for _, text in told(crawl)]
        assert "The mayor of Kazan came." in texts[0]
        assert texts[1:] == [texts[0], "Kazan\n", "Perm"]

    def test_the_offset_is_that_of_the_record_in_the_file(self, crawl: Path) -> None:
        from warcio.archiveiterator import ArchiveIterator

        with crawl.open("rb") as stream:
            records = ArchiveIterator(stream)
            offsets = {
                each.rec_headers["WARC-Target-URI"]: records.get_record_offset() for each in records
            }
        for uri, _ in told(crawl):
            place, _, url = uri.partition("!")
            assert int(place.split("#")[1]) == offsets[url]

    def test_a_cut_web_archive_gives_what_it_has_and_an_error(self, crawl: Path) -> None:
        crawl.write_bytes(crawl.read_bytes()[:-60])
        *read, last = told(crawl)
        assert len(read) == 3
        assert "cut short" in last[1]


def test_a_member_can_be_sent_to_another_process(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", '{"text": "Kazan"}\n{')
    every = found(path)
    copies = pickle.loads(pickle.dumps(every))
    assert copies[0] == every[0]
    assert str(copies[1].error) == str(every[1].error)


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 << 20)
    ((_, member),) = [(each.uri, each) for each in members(path, "a.txt")]
    from pobratim.errors import InputError

    with pytest.raises(InputError, match="longer than 67,108,864 bytes"):
        read_member(member)
