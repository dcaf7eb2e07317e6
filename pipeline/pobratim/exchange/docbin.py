"""spaCy's DocBin (https://spacy.io/api/docbin): nothing is lost.

All mentions are in ``doc.spans["sc"]`` with their ids and entities, the outermost also in
``doc.ents`` for training; what spaCy has no place for is JSON in ``doc.user_data["pobratim"]``.
Tokens are those of spaCy's tokenizer, cut at the edges of mentions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pobratim.errors import AnnotationError
from pobratim.exchange.parts import (
    details_of,
    from_json_object,
    make_document,
    make_mention,
    make_relation,
    relation_details_of,
    rest_of,
    to_line,
)
from pobratim.exchange.tokens import blank, outermost, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from pobratim.schema import Document, Mention

SPANS = "sc"
USER_DATA = "pobratim"


def write(documents: Sequence[Document], path: Path) -> None:
    """Write all documents to one ``.spacy`` file."""
    from spacy.tokens import DocBin

    docs = [to_doc(document) for document in documents]
    DocBin(docs=docs, store_user_data=True).to_disk(path)


def to_doc(document: Document) -> Doc:
    """The spaCy document of ``document``."""
    from spacy.tokens import Doc, Span

    text = document.text
    cut = pieces(text, document.language, document.mentions)
    words = [text[start:end] for start, end, _ in cut]
    doc = Doc(blank(document.language).vocab, words=words, spaces=[space for *_, space in cut])
    first = {start: number for number, (start, _, _) in enumerate(cut)}
    last = {end: number for number, (_, end, _) in enumerate(cut, 1)}

    def span(mention: Mention) -> Span:
        ends = first[mention.start], last[mention.end]
        return Span(doc, *ends, mention.label, kb_id=mention.entity or "", span_id=mention.id)

    doc.spans[SPANS] = [span(mention) for mention in document.mentions]
    doc.set_ents([span(mention) for mention in outermost(document.mentions)])
    details = {m.id: found for m in document.mentions if (found := details_of(m))}
    relations = [
        {"id": r.id, "label": r.label, "head": r.head, "tail": r.tail} | relation_details_of(r)
        for r in document.relations
    ]
    data = {"rest": rest_of(document), "mentions": details, "relations": relations}
    doc.user_data[USER_DATA] = to_line(data)
    return doc


def read(path: Path) -> list[Document]:
    """The documents of a ``.spacy`` file, ours or with spans or entities of our labels.

    Raises :class:`~pobratim.errors.AnnotationError` with the file and the document's number.
    """
    return [_read(f"{path}: document {n}", path, doc) for n, doc in enumerate(_docs(path), 1)]


def _docs(path: Path) -> Iterator[Doc]:
    from spacy.tokens import DocBin

    try:
        found = DocBin().from_disk(path)
    except Exception as error:  # zlib's, msgpack's and spaCy's own: they share no base
        raise AnnotationError(f"{path}: is no DocBin ({error}). Write it with DocBin.") from None
    return found.get_docs(blank("xx").vocab)


def _read(where: str, path: Path, doc: Doc) -> Document:
    carried = doc.user_data.get(USER_DATA)
    data: dict[str, Any] = from_json_object(where, carried) if carried else {}
    details = data.get("mentions", {})
    spans = doc.spans.get(SPANS, doc.ents)
    mentions = []
    for number, span in enumerate(spans, 1):
        identity = span.id_ or f"m{number}"
        linked = {"entity": span.kb_id_} if span.kb_id_ else {}
        ends = span.start_char, span.end_char
        found = details.get(identity, {}) | linked
        mentions.append(make_mention(where, identity, span.label_, ends, doc.text, found))
    relations = [_relation(where, dict(one)) for one in data.get("relations", [])]
    rest = data.get("rest") or {
        "id": f"{path.stem}-{where.rpartition(' ')[2]}",
        "source": {"uri": path.name},
    }
    return make_document(where, doc.text, mentions, relations, rest)


def _relation(where: str, one: dict[str, Any]) -> Any:
    identity, label, head, tail = (str(one.pop(key)) for key in ("id", "label", "head", "tail"))
    return make_relation(where, identity, label, (head, tail), one)
