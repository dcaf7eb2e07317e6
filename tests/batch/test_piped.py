"""Standard input in a file, within limits."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from pobratim.batch.piped import keep
from pobratim.errors import InputError

PACKED = gzip.compress(bytes(range(256)) * 4, compresslevel=0)


class Pipe(io.BytesIO):
    """Gives a few bytes at a time, as pipes do."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7 if size is None or size > 7 else size)


def test_a_document_is_kept_whole(tmp_path: Path) -> None:
    keep(Pipe(b"text" * 2000), tmp_path / "kept", max_bytes=10_000)
    assert (tmp_path / "kept").read_bytes() == b"text" * 2000


def test_of_a_document_that_is_too_long_one_byte_more_is_kept(tmp_path: Path) -> None:
    keep(Pipe(b"text" * 100), tmp_path / "kept", max_bytes=10)
    assert (tmp_path / "kept").read_bytes() == b"texttexttex"


def test_a_container_may_be_longer_than_a_document(tmp_path: Path) -> None:
    keep(Pipe(PACKED), tmp_path / "kept", max_bytes=10)
    assert (tmp_path / "kept").read_bytes() == PACKED


def test_a_container_that_is_too_long_is_refused_and_not_left_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a container of more than 500 bytes on standard input"):
        keep(Pipe(PACKED), tmp_path / "kept", max_bytes=10, most=500)
    assert not (tmp_path / "kept").exists()
