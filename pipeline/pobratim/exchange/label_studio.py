"""Label Studio's JSON tasks (https://labelstud.io/guide/task_format) and its configuration.

Gold goes as annotations, output of the program as predictions. Records travel in the task's data.
Label Studio counts the characters of a ``Text`` in code points, as we do (``charsToCodePoints`` in
its editor), not in UTF-16 as browsers else would.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, get_args
from xml.sax.saxutils import quoteattr

from pobratim.errors import AnnotationError
from pobratim.exchange.files import read_text, write_text
from pobratim.exchange.parts import (
    details_of,
    from_json,
    make_document,
    make_mention,
    make_relation,
    relation_details_of,
    rest_of,
)
from pobratim.schema import LABELS, RELATION_LABELS, Category, Document, Mention, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_COLOURS = {
    "CITY": "#0072B2",
    "REGION": "#56B4E9",
    "COUNTRY": "#009E73",
    "PERSON": "#D55E00",
    "ROLE": "#E69F00",
    "ORGANIZATION": "#CC79A7",
    "EVENT": "#882255",
    "DATE": "#999933",
    "COUNT": "#AA4499",
    "AGREEMENT": "#44AA99",
}
_FIELDS = {
    "entity": ("CITY", "REGION", "COUNTRY", "PERSON", "ORGANIZATION", "EVENT"),
    "value": ("DATE", "COUNT"),
    "minimum": ("COUNT",),
    "maximum": ("COUNT",),
    "unit": ("COUNT",),
    "counted": ("COUNT",),
}
"""The values that are typed in, and for which labels the interface asks for them."""
_APPROXIMATE = "approximate"
_META = ("why",)


def configuration() -> str:
    """The labelling interface: labels, relations, and the fields of each region's values."""
    lines = ["<View>", '  <Relations name="relation">']
    lines += [f"    <Relation value={quoteattr(label)}/>" for label in RELATION_LABELS]
    lines += ["  </Relations>", '  <Labels name="label" toName="text">']
    for label in LABELS:
        lines.append(f'    <Label value="{label}" background="{_COLOURS[label]}"/>')
    lines += ["  </Labels>", '  <Text name="text" value="$text" granularity="symbol"/>']
    for field, labels in _FIELDS.items():
        lines.append(
            f'  <TextArea name="{field}" toName="text" perRegion="true" maxSubmissions="1" '
            f'editable="true" placeholder="{field}" {_when(labels)}/>'
        )
    lines += _choices("category", get_args(Category)) + _choices(_APPROXIMATE, (_APPROXIMATE,))
    return "\n".join([*lines, "</View>", ""])


def _when(labels: Sequence[str]) -> str:
    return f'whenTagName="label" whenLabelValue="{",".join(labels)}"'


def _choices(name: str, values: Sequence[str]) -> list[str]:
    kind = "single-radio" if len(values) > 1 else "multiple"
    head = f'  <Choices name="{name}" toName="text" perRegion="true" choice="{kind}" '
    rows = [f'    <Choice value="{value}"/>' for value in values]
    return [f"{head}{_when(('COUNT',))}>", *rows, "  </Choices>"]


def write(documents: Sequence[Document], path: Path) -> None:
    """Write the tasks to the file ``path`` and the configuration beside it, as ``.xml``."""
    import json

    tasks = [task(document) for document in documents]
    write_text(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    write_text(path.with_suffix(".xml"), configuration())


def task(document: Document) -> dict[str, Any]:
    """The task of a document, as JSON values."""
    known = [
        {"label": r.label, "head": r.head, "tail": r.tail, "id": r.id} | relation_details_of(r)
        for r in document.relations
    ]
    data = {"text": document.text, "document": rest_of(document), "relations": known}
    regions = [result for mention in document.mentions for result in _region(mention)]
    result = [*regions, *map(_arrow, document.relations)]
    if document.pipeline is None:
        return {"data": data, "annotations": [{"result": result}]}
    version = f"{document.pipeline.name} {document.pipeline.version}"
    return {"data": data, "predictions": [{"result": result, "model_version": version}]}


def _region(mention: Mention) -> Iterator[dict[str, Any]]:
    details = details_of(mention)
    span = {"start": mention.start, "end": mention.end}
    base = {"id": mention.id, "to_name": "text"}
    region: dict[str, Any] = base | {
        "from_name": "label",
        "type": "labels",
        "value": span | {"text": mention.text, "labels": [mention.label]},
    }
    if mention.score is not None:
        region["score"] = mention.score
    meta = {field: details[field] for field in _META if field in details}
    yield region | ({"meta": meta} if meta else {})
    for field in _FIELDS:
        if field in details:
            told = [str(details[field])]
            yield base | {"from_name": field, "type": "textarea", "value": span | {"text": told}}
    for field in ("category", _APPROXIMATE):
        if field in details:
            chosen = [details[field] if field == "category" else _APPROXIMATE]
            value = span | {"choices": chosen}
            yield base | {"from_name": field, "type": "choices", "value": value}


def _arrow(relation: Relation) -> dict[str, Any]:
    return {
        "type": "relation",
        "from_id": relation.head,
        "to_id": relation.tail,
        "direction": "right",
        "labels": [relation.label],
    }


def read(path: Path) -> list[Document]:
    """The documents of a JSON export (or of tasks as :func:`write` makes them).

    Of a task's annotations the last that is not cancelled counts, without any its last prediction.
    Raises :class:`~pobratim.errors.AnnotationError` with file, task and region.
    """
    tasks = from_json(str(path), read_text(path))
    if not isinstance(tasks, list):
        raise AnnotationError(f"{path}: is no list of tasks. Export the project as JSON.")
    return [_read(f"{path}: task {n}", path, one) for n, one in enumerate(tasks, 1)]


def _read(where: str, path: Path, one: Any) -> Document:
    data = one.get("data") if isinstance(one, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise AnnotationError(
            f"{where}: has no data.text. Export the project as JSON, not JSON-MIN."
        )
    text = data["text"]
    regions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    arrows = []
    for result in _results(where, one):
        if result.get("type") == "relation":
            arrows.append(result)
        else:
            regions[str(result.get("id"))].append(result)
    mentions = [_mention(f"{where}, region {r}", r, regions[r], text) for r in regions]
    relations = _relations(where, arrows, data.get("relations") or [])
    identity = f"{path.stem}-{one.get('id', where.rpartition(' ')[2])}"
    rest = data.get("document") or {"id": identity, "source": {"uri": path.name}}
    return make_document(where, text, mentions, relations, rest)


def _results(where: str, one: dict[str, Any]) -> list[dict[str, Any]]:
    annotations = [a for a in one.get("annotations") or [] if isinstance(a, dict)]
    made = [a for a in annotations if not a.get("was_cancelled")]
    made = made or one.get("predictions") or []
    if not made or not isinstance(made[-1], dict):
        raise AnnotationError(
            f"{where}: nobody has annotated it, and no prediction is with it. Submit it, leave it "
            'out, or export a snapshot with {"predictions": {"only_id": false}}.'
        )
    results = made[-1].get("result")
    if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
        raise AnnotationError(
            f"{where}: its result is no list of regions. Export it again as JSON."
        )
    return results


def _mention(where: str, identity: str, results: list[dict[str, Any]], text: str) -> Mention:
    details: dict[str, Any] = {}
    label: tuple[str, int, int] | None = None
    for result in results:
        value = result.get("value")
        if not isinstance(value, dict):
            raise AnnotationError(f"{where}: has no value. Export it again as JSON.")
        if result.get("type") == "labels":
            label = _labelled(where, value)
            meta = result.get("meta")
            details |= {k: meta[k] for k in _META if isinstance(meta, dict) and k in meta}
            details |= {} if result.get("score") is None else {"score": result["score"]}
        else:
            details |= _field(where, str(result.get("from_name")), value)
    if label is None:
        raise AnnotationError(f"{where}: has values but no label. Give it a label, or delete it.")
    name, start, end = label
    return make_mention(where, identity, name, (start, end), text, details)


def _labelled(where: str, value: dict[str, Any]) -> tuple[str, int, int]:
    labels, start, end = value.get("labels"), value.get("start"), value.get("end")
    if not isinstance(labels, list) or len(labels) != 1:
        raise AnnotationError(f"{where}: has labels {labels}. Give it one label, or delete it.")
    if not isinstance(start, int) or not isinstance(end, int):
        raise AnnotationError(f"{where}: has offsets {start}-{end}, which are no whole numbers.")
    return str(labels[0]), start, end


def _field(where: str, name: str, value: dict[str, Any]) -> dict[str, Any]:
    told = value.get("choices") if "choices" in value else value.get("text")
    told = [told] if isinstance(told, str) else told
    if not isinstance(told, list) or len(told) > 1:
        raise AnnotationError(f"{where}: has {name} {told}. Leave one value.")
    if not told:
        return {}
    return {name: True if name == _APPROXIMATE else told[0]}


def _relations(
    where: str, arrows: list[dict[str, Any]], known: list[dict[str, Any]]
) -> Iterator[Relation]:
    details = {(r.get("label"), r.get("head"), r.get("tail")): r for r in known}
    taken = {r.get("id") for r in known}
    number = 0
    for arrow in arrows:
        ends = str(arrow.get("from_id")), str(arrow.get("to_id"))
        head, tail = ends[::-1] if arrow.get("direction") == "left" else ends
        labels = arrow.get("labels") or []
        if len(labels) != 1:
            raise AnnotationError(
                f"{where}: the relation {head} → {tail} has labels {labels}. Give it one."
            )
        found = dict(details.get((labels[0], head, tail), {}))
        extra: dict[str, Any] = {key: found[key] for key in ("score", "why") if key in found}
        while not found and f"r{(number := number + 1)}" in taken:
            pass
        identity = found.get("id", f"r{number}")
        yield make_relation(f"{where}, relation", identity, labels[0], (head, tail), extra)
