"""Reading the lexicon's TOML files."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from pobratim.errors import LexiconError

__all__ = ["read", "read_all"]

DATA = files("pobratim.lexicon") / "data"


def read(folder: str, name: str) -> dict[str, Any]:
    """The file ``data/<folder>/<name>.toml``.

    Raises:
        LexiconError: the file is missing or is no TOML.
    """
    path = DATA / folder / f"{name}.toml"
    if not path.is_file():
        raise LexiconError(f"no lexicon file {folder}/{name}.toml; there are {_names(folder)}")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicon file {folder}/{name}.toml: {error}") from error


def read_all(folder: str) -> dict[str, dict[str, Any]]:
    """Every TOML file of ``data/<folder>`` by its name without the ending, in name order."""
    return {name: read(folder, name) for name in _names(folder)}


def _names(folder: str) -> list[str]:
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in (DATA / folder).iterdir()
        if entry.name.endswith(".toml")
    )
