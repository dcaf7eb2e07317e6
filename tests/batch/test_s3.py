"""An S3 server on this machine (moto): inputs are listed and fetched, results brought there."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from runs import files, go, many

from pobratim.batch.engines.storage import Listing, Mirror, fetch
from pobratim.batch.layout import STATE
from pobratim.errors import EngineError, InputError

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(package) is None for package in ("s3fs", "moto", "flask")),
    reason="there is no S3 server to test with: pip install s3fs 'moto[server]'",
)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket named ``bucket``, and the environment that leads to it."""
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.mkdir("bucket")
    yield system
    system.rm("bucket", recursive=True)  # moto keeps it for as long as the process
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def put(system: Any, folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            system.put_file(str(path), f"bucket/{path.relative_to(folder.parent).as_posix()}")


def test_files_are_listed_as_in_a_folder_and_fetched(s3: Any, folder: Path) -> None:
    many(3)
    Path("in/sub").mkdir()
    Path("in/sub/deep.txt").write_text("Deep.")
    Path("in/z.bin").write_bytes(b"no document")
    put(s3, Path("in").absolute())
    listing = Listing(["s3://bucket/in"])
    found = list(listing)
    assert [file.uri for file in found] == [f"s3://bucket/{file.uri}" for file in Listing(["in"])]
    assert listing.skipped == {".bin": 1}
    for file in found:
        local = fetch(file.where, folder)
        assert local.read_bytes() == Path(file.uri.removeprefix("s3://bucket/")).read_bytes()


def test_a_file_that_was_changed_has_another_stamp(s3: Any, folder: Path) -> None:
    for text in ("One.", "Two."):
        s3.pipe_file(f"bucket/in/{text}txt", text.encode())
    first = [file.stamp for file in Listing(["s3://bucket/in"])]
    s3.pipe_file("bucket/in/Two.txt", b"New.")
    second = [file.stamp for file in Listing(["s3://bucket/in"])]
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_results_are_brought_there_and_gone_on_with(s3: Any, folder: Path) -> None:
    many(2)
    go(out="made")
    made = files("made")
    Mirror("s3://bucket/results", Path("made").absolute()).finish()
    assert not Path("made").exists()
    Mirror("s3://bucket/results", Path("back").absolute()).restore()
    assert files("back") == made
    assert Path("back", STATE).exists()


def test_a_place_with_other_files_is_refused(s3: Any, folder: Path) -> None:
    s3.pipe_file("bucket/mine/letter.txt", b"Dear all")
    with pytest.raises(EngineError, match=r"holds 'letter\.txt'"):
        Mirror("s3://bucket/mine", Path("place").absolute()).restore()
    assert s3.exists("bucket/mine/letter.txt")


@pytest.mark.parametrize("url", ["s3://bucket/none.txt", "s3://bucket/none/*.txt"])
def test_what_is_not_there_is_an_error_of_that_input(s3: Any, folder: Path, url: str) -> None:
    (file,) = Listing([url])
    assert isinstance(file.error, InputError)
    with pytest.raises(InputError, match="no such file"):
        fetch("s3://bucket/none.txt", folder)
