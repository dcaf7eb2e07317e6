"""How far two annotation passes over the same documents agree."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from pobratim.errors import AnnotationError
from pobratim.schema import LABELS, CountMention, DateMention, Document, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"\w+|[^\w\s]")
OUTSIDE = "O"

Span = tuple[str, int, int]


class LabelAgreement(NamedTuple):
    """One label over all documents.

    ``strict`` and ``overlap`` are F1 of the mentions (same span; any shared character), ``alpha``
    Krippendorff's for "this token is in such a mention", ``values`` the share of mentions with the
    same span that also have the same entity or typed value. None where nothing can be measured.
    """

    label: str
    first: int
    second: int
    strict: float | None
    overlap: float | None
    values: float | None
    alpha: float | None


class Comparison(NamedTuple):
    """Agreement by label, over all labels (micro-averaged), and on relations."""

    documents: int
    labels: list[LabelAgreement]
    overall: LabelAgreement
    relations: LabelAgreement


def compare(first: Sequence[Document], second: Sequence[Document]) -> Comparison:
    """Compare two passes over the same documents.

    Raises :class:`~pobratim.errors.AnnotationError` if they differ in documents or texts.
    """
    pairs = _pairs(first, second)
    labels = [_label(label, pairs) for label in LABELS]
    return Comparison(
        len(pairs),
        labels,
        _label(None, pairs),
        _relations(pairs),
    )


def nominal_alpha(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha, nominal, two coders, none missing; None if only one value occurs.

    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections B and C.
    """
    coincidences = Counter(pairs)
    units = sum(coincidences.values())
    disagreed = sum(n for (a, b), n in coincidences.items() if a != b)
    totals: Counter[str] = Counter()
    for (a, b), times in coincidences.items():
        totals[a] += times
        totals[b] += times
    values = 2 * units
    expected = values * values - sum(n * n for n in totals.values())
    if expected == 0:
        return None
    return 1 - (values - 1) * 2 * disagreed / expected


def _pairs(
    first: Sequence[Document], second: Sequence[Document]
) -> list[tuple[Document, Document]]:
    left, right = {d.id: d for d in first}, {d.id: d for d in second}
    if left.keys() != right.keys():
        lone = ", ".join(sorted(left.keys() ^ right.keys()))
        raise AnnotationError(f"Only one pass has {lone}; give two passes over the same documents")
    for identity, document in left.items():
        if document.text != right[identity].text:
            raise AnnotationError(
                f"{identity}: the two passes differ in their text; rebuild both from one corpus"
            )
    return [(left[i], right[i]) for i in sorted(left)]


def _label(label: str | None, pairs: list[tuple[Document, Document]]) -> LabelAgreement:
    first = [_mentions(a, label) for a, _ in pairs]
    second = [_mentions(b, label) for _, b in pairs]
    counts = sum(map(len, first)), sum(map(len, second))
    same = [
        (a[span], b[span]) for a, b in zip(first, second, strict=True) for span in a if span in b
    ]
    touched = sum(_touching(a, b) for a, b in zip(first, second, strict=True))
    touched_back = sum(_touching(b, a) for a, b in zip(first, second, strict=True))
    equal = sum(_meaning(a) == _meaning(b) for a, b in same)
    tokens = (
        pair
        for (document, _), a, b in zip(pairs, first, second, strict=True)
        for pair in zip(_tokens(document.text, a), _tokens(document.text, b), strict=True)
    )
    return LabelAgreement(
        label or "all",
        *counts,
        strict=_f1(len(same), len(same), *counts),
        overlap=_f1(touched, touched_back, *counts),
        values=equal / len(same) if same else None,
        alpha=nominal_alpha(tokens),
    )


def _mentions(document: Document, label: str | None) -> dict[Span, Mention]:
    return {(m.label, m.start, m.end): m for m in document.mentions if label in (None, m.label)}


def _touching(spans: Iterable[Span], others: Iterable[Span]) -> int:
    """How many of ``spans`` share a character with one of ``others`` of their label."""
    by_label: dict[str, list[tuple[int, int]]] = {}
    for label, start, end in others:
        by_label.setdefault(label, []).append((start, end))
    return sum(
        any(start < stop and begin < end for begin, stop in by_label.get(label, ()))
        for label, start, end in spans
    )


def _f1(found: int, found_back: int, first: int, second: int) -> float | None:
    if not first or not second:
        return None if first == second else 0.0
    recall, precision = found / first, found_back / second
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _meaning(mention: Mention) -> Any:
    if isinstance(mention, DateMention):
        return mention.value
    if isinstance(mention, CountMention):
        fields = {"value", "minimum", "maximum", "approximate", "unit", "counted", "category"}
        return mention.model_dump(include=fields)
    if mention.label in ("CITY", "REGION", "COUNTRY"):
        return mention.entity
    return None


def _tokens(text: str, spans: Iterable[Span]) -> list[str]:
    """For each token the labels of the mentions it is in, outermost first."""
    found = [OUTSIDE] * len(text)
    for label, start, end in sorted(spans, key=lambda s: (s[1], -s[2], s[0])):
        for offset in range(start, end):
            found[offset] = label if found[offset] == OUTSIDE else f"{found[offset]}>{label}"
    return [found[match.start()] for match in _TOKEN.finditer(text)]


def _relations(pairs: list[tuple[Document, Document]]) -> LabelAgreement:
    first = [_arrows(a) for a, _ in pairs]
    second = [_arrows(b) for _, b in pairs]
    counts = sum(map(len, first)), sum(map(len, second))
    same = sum(len(a & b) for a, b in zip(first, second, strict=True))
    return LabelAgreement("relations", *counts, _f1(same, same, *counts), None, None, None)


def _arrows(document: Document) -> set[tuple[str, int, int, int, int]]:
    spans = {m.id: (m.start, m.end) for m in document.mentions}
    return {(r.label, *spans[r.head], *spans[r.tail]) for r in document.relations}
