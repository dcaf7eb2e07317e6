"""Out to another tool's format and in again: the same document, or exactly the loss of the docs."""

from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pobratim.errors import AnnotationError
from pobratim.exchange.check import check_document, load_documents
from pobratim.exchange.formats import FORMATS
from pobratim.exchange.gold.edtf import days
from pobratim.exchange.tokens import outermost
from pobratim.schema import (
    LABELS,
    RELATION_ENDS,
    City,
    Count,
    CountMention,
    DateMention,
    Document,
    Mention,
    Notice,
    Organization,
    Pipeline,
    Relation,
    Source,
)

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "annotations" / "gold" / "dev"
PIECES = (
    "Хабаровск", "70", "детей", "New-York", "😀", "👨‍👩‍👧", "e\u0301", "й", "𝒳", "]", "[3]", "|",
    "\\", "_", "*", "->", ";", "#1", "<b>", "&amp;", "-DOCSTART-", " ", "  ", "\n", "\n\n", "\t",
    "\r\n", "\xa0", "\u2028", "\x85", "\x0c", ".", "«",
)  # fmt: skip
IDS = ("report", "a/b#c", "1993", "город 😀", "%2F", "..", "x" * 60)
DATES = ("2002-07-15", "1964-21", "XXXX-05", "2002/2019", None)
NUMBERS = st.sampled_from([None, Decimal(70), Decimal("17.3"), Decimal(0), Decimal(10**12)])
WORDS = st.one_of(
    st.none(), st.sampled_from(["a|b]", "ребёнок\n😀", "\\", "*", "_", "x;y", "\x85"])
)


@st.composite
def mentions_of(draw: st.DrawFn, pieces: list[str]) -> list[Mention]:
    """Nested mentions in any order, with values of every kind; most edges between pieces."""
    text = "".join(pieces)
    found: dict[tuple[str, int, int], Mention] = {}
    odd = draw(st.booleans())
    between = [0, *accumulate(map(len, pieces))]
    edges = st.one_of(st.sampled_from(between), st.integers(0, len(text)))
    for number, (one, two) in enumerate(
        draw(st.lists(st.tuples(edges, edges), min_size=2, max_size=12)), 1
    ):
        start, end = sorted((one, two))
        surface = text[start:end]
        crosses = any(s < start < e < end or start < s < end < e for _, s, e in found)
        if surface != surface.strip() or not surface or crosses:
            continue
        label = draw(st.sampled_from(LABELS + ("AGREEMENT", "DATE", "CITY") * 3))
        entity = draw(st.sampled_from([None, "geonames:1", "local:Ё*|", "e_1[2]"]))
        score = draw(st.sampled_from([None, 0.0, 0.25, 1.0]))
        identity = f"x {number}" if odd and number % 2 else f"m{number * 3 if odd else number}"
        base: dict[str, Any] = {"id": identity, "start": start, "end": end, "text": surface}
        base |= {"entity": entity, "score": score, "why": draw(WORDS)}
        found[label, start, end] = draw(values(label, base))
    return list(found.values())


@st.composite
def values(draw: st.DrawFn, label: Any, base: dict[str, Any]) -> Mention:
    if label == "DATE":
        value = draw(st.sampled_from(DATES))
        first, last = days(value)
        return DateMention(label=label, value=value, earliest=first, latest=last, **base)
    if label != "COUNT":
        return Mention(label=label, **base)
    return CountMention(
        label=label,
        value=draw(NUMBERS),
        minimum=draw(NUMBERS),
        maximum=draw(NUMBERS),
        approximate=draw(st.booleans()),
        unit=draw(WORDS),
        counted=draw(WORDS),
        category=draw(st.sampled_from([None, "people", "other"])),
        **base,
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    pieces = draw(st.lists(st.sampled_from(PIECES), max_size=14))
    text = "".join(pieces)
    mentions = draw(mentions_of(pieces))
    arrows = [
        (label, head.id, tail.id)
        for label, (heads, tails) in RELATION_ENDS.items()
        for head in mentions
        for tail in mentions
        if head.label in heads and tail.label in tails
    ]
    chosen = draw(st.lists(st.sampled_from(arrows), unique=True, max_size=4)) if arrows else []
    cities = sorted({m.entity for m in mentions if m.label == "CITY" and m.entity})
    evidence = [m.id for m in mentions[:2]]
    records = draw(st.booleans()) and bool(evidence)
    return Document(
        id=draw(st.sampled_from(IDS)),
        source=Source(uri="corpus/a b.txt#char=0,9", sha256="0" * 64),
        text=text,
        language=draw(st.sampled_from(["ru", "en", "mul", "und"])),
        reference_period=draw(st.sampled_from([None, "2016"])),
        mentions=mentions,
        relations=[
            Relation(
                id=f"r{n}",
                label=a,
                head=b,
                tail=c,
                score=draw(st.sampled_from([None, 0.5])),
                why=draw(WORDS),
            )
            for n, (a, b, c) in enumerate(chosen, draw(st.integers(1, 3)))
        ],
        cities=[
            City(id=c, name_ru="Ё\n", mentions=[m.id for m in mentions if m.entity == c])
            for c in cities
        ],
        organizations=[Organization(id="g1", name="😀\t", mentions=evidence)] if records else [],
        counts=[Count(id="c1", value=Decimal("1.5"), mentions=evidence)] if records else [],
        warnings=draw(st.sampled_from([[], [Notice(code="a", message="б\n")]])),
        pipeline=draw(st.sampled_from([None, Pipeline(version="1", models={"a": "b"})])),
    )


def there_and_back(name: str, document: Document) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.x"
        FORMATS[name].write([document], path)
        (back,) = FORMATS[name].read(path)
    return back


def blanks(text: str, *, kept: list[Mention] = []) -> str:  # noqa: B006
    """``text`` with each run of white space as blanks, a line break first where it had one."""

    def run(found: re.Match[str]) -> str:
        inside = any(m.start < found.start() and found.end() < m.end for m in kept)
        breaks = "\n" in found[0] and not inside and found.start() > 0 and found.end() < len(text)
        return "\n" + " " * (len(found[0]) - 1) if breaks else " " * len(found[0])

    return re.sub(r"\s+", run, text)


def bare(document: Document, text: str, mentions: list[Mention], uri: str) -> Document:
    """The document of ids, labels, spans and entities alone, numbered in order."""
    kept = []
    for number, m in enumerate(mentions, 1):
        data: dict[str, Any] = {"id": f"m{number}", "label": m.label, "start": m.start}
        data |= {"end": m.end, "text": text[m.start : m.end], "entity": m.entity}
        kept.append(data)
    data = {"id": document.id, "source": {"uri": uri}, "text": text, "mentions": kept}
    return Document.model_validate(data)


some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@some
@given(document=documents())
def test_documents_of_these_tests_are_valid(document: Document) -> None:
    assert check_document(document) == []


@pytest.mark.parametrize("name", ["brat", "label-studio", "docbin"])
@some
@given(document=documents())
def test_out_and_in_again_is_the_same_document(name: str, document: Document) -> None:
    assert there_and_back(name, document) == document


@some
@given(document=documents())
def test_conll_keeps_the_outermost_spans_and_the_words(document: Document) -> None:
    flat = [m.model_copy(update={"entity": None}) for m in outermost(document.mentions)]
    back = there_and_back("conll", document)
    assert back == bare(document, blanks(document.text), flat, "out.x")
    assert check_document(back) == []


@some
@given(document=documents())
def test_webanno_keeps_nested_spans_entities_and_relations(document: Document) -> None:
    text = blanks(document.text, kept=outermost(document.mentions)).rstrip()
    back = there_and_back("webanno", document)
    expected = bare(document, text, document.mentions, back.source.uri)
    names = {old.id: new.id for old, new in zip(document.mentions, expected.mentions, strict=True)}
    starts = {m.id: m.start for m in document.mentions}
    arrows = sorted(document.relations, key=lambda r: starts[r.tail])
    expected.relations = [
        Relation(id=f"r{n}", label=r.label, head=names[r.head], tail=names[r.tail])
        for n, r in enumerate(arrows, 1)
    ]
    linked = {m.entity for m in expected.mentions if m.label == "CITY"} - {None}
    assert {city.id for city in back.cities} == linked
    assert back.model_copy(update={"cities": []}) == expected
    assert check_document(back) == []


@pytest.mark.parametrize("name", ["brat", "label-studio", "docbin"])
def test_gold_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    gold = load_documents(GOLD)
    FORMATS[name].write(gold, tmp_path / "out")
    back = FORMATS[name].read(tmp_path / "out")
    assert sorted(back, key=lambda d: d.id) == sorted(gold, key=lambda d: d.id)


def test_a_document_that_breaks_the_format_is_not_written(tmp_path: Path) -> None:
    (document, *_) = load_documents(GOLD)
    document.mentions[0].text = "other"
    with pytest.raises(AnnotationError, match="has the text “other”"):
        FORMATS["brat"].write([document], tmp_path / "out")
    assert not (tmp_path / "out").exists()


EMOJI = Document(
    id="e",
    source=Source(uri="e.txt"),
    text="😀 Пучон",
    mentions=[Mention(id="m1", label="CITY", start=2, end=7, text="Пучон")],
)


@pytest.mark.parametrize(
    ("name", "file", "told"),
    [
        ("webanno", "out/e.tsv", "1-2\t3-8\tПучон\t"),
        ("conll", "out", "Пучон 2 7 B-CITY\n"),
        ("brat", "out/e.ann", "T1\tCITY 2 7\tПучон\n"),
        ("label-studio", "out", '"start": 2,'),
    ],
)
def test_webanno_counts_utf_16_and_the_others_code_points(
    name: str, file: str, told: str, tmp_path: Path
) -> None:
    FORMATS[name].write([EMOJI], tmp_path / "out")
    assert told in (tmp_path / file).read_text(encoding="utf-8")
