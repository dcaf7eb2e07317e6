"""The formats of other tools, by name; docs/exchange.md says what each of them keeps."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from pobratim.errors import AnnotationError
from pobratim.exchange.check import check_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pobratim.schema import Document


class Format(NamedTuple):
    """A format: its name, its module, and whether its path is a folder or one file."""

    name: str
    module: str
    folder: bool

    def write(self, documents: Sequence[Document], path: Path) -> None:
        """Write ``documents`` to ``path``.

        Raises :class:`~pobratim.errors.AnnotationError` for a document that breaks the format of
        gold, because spans that lie cannot be carried.
        """
        problems = [str(p) for document in documents for p in check_document(document)]
        if problems:
            raise AnnotationError("\n".join(problems))
        (path if self.folder else path.parent).mkdir(parents=True, exist_ok=True)
        import_module(self.module).write(documents, path)

    def read(self, path: Path) -> list[Document]:
        """The documents at ``path``; :class:`~pobratim.errors.AnnotationError` says what is wrong."""
        if not (path.is_dir() if self.folder else path.is_file()):
            kind = "folder" if self.folder else "file"
            raise AnnotationError(f"{path}: no such {kind}; {self.name} is read from a {kind}.")
        documents: list[Document] = import_module(self.module).read(path)
        return documents


FORMATS = {
    one.name: one
    for one in (
        Format("brat", "pobratim.exchange.brat", folder=True),
        Format("label-studio", "pobratim.exchange.label_studio", folder=False),
        Format("docbin", "pobratim.exchange.docbin", folder=False),
        Format("conll", "pobratim.exchange.conll", folder=False),
        Format("webanno", "pobratim.exchange.webanno", folder=True),
    )
}
