"""The page: nested highlights, everything escaped, nothing loaded."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pobratim.errors import OutputError
from pobratim.schema import City, Document, Mention, Source
from pobratim.showing.page import highlighted, page, write_page


class Reader(HTMLParser):
    """Collects the text of the article, and for each mention id the text inside its spans."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.spans: dict[str, str] = {}
        self.open: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(dict(attrs).get("data-m") or "")

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for key in filter(None, self.open):
            self.spans[key] = self.spans.get(key, "") + data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def mention(key: str, start: int, end: int, label: str = "CITY") -> Mention:
    return Mention.model_validate(
        {"id": key, "label": label, "start": start, "end": end, "text": "x"}
    )


def test_each_mention_is_marked_exactly_nested_ones_too(document: Document) -> None:
    reader = read(highlighted(document.text, document.mentions))
    assert reader.text == document.text
    assert reader.spans == {m.id: m.text for m in document.mentions}


@pytest.mark.parametrize(
    "spans",
    [
        {"a": (0, 4), "b": (2, 6)},
        {"a": (0, 6), "b": (0, 6), "c": (0, 3), "d": (3, 6)},
        {"a": (0, 1), "b": (1, 2), "c": (0, 6), "d": (5, 6)},
    ],
    ids=["crossing", "same span", "adjacent"],
)
def test_spans_that_cross_or_coincide_are_all_marked(spans: dict[str, tuple[int, int]]) -> None:
    text = "abcdef"
    reader = read(highlighted(text, [mention(key, *span) for key, span in spans.items()]))
    assert reader.text == text
    assert reader.spans == {key: text[start:end] for key, (start, end) in spans.items()}
    assert reader.open == []


def test_a_mention_outside_the_text_is_left_out() -> None:
    assert highlighted("ab", [mention("m", 1, 9)]) == "ab"


EVIL = "</script><script>alert(1)</script><img src=x onerror='alert(1)'>\"&\x1b[31m\u202e"


def evil_document() -> Document:
    return Document(
        id=EVIL,
        source=Source(uri=EVIL),
        text=EVIL,
        mentions=[
            Mention(id='m"1', label="CITY", start=0, end=9, text=EVIL, entity=EVIL),
        ],
        cities=[City(id=EVIL, name_en=EVIL, mentions=['m"1'])],
    )


def test_text_ids_and_values_are_always_escaped() -> None:
    html = page(evil_document())
    reader = read(html)
    assert "img" not in reader.tags
    assert reader.tags.count("script") == 1
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_the_policy_allows_only_the_pages_own_script_and_style(document: Document) -> None:
    html = page(document)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]


def test_the_page_loads_nothing_and_has_no_inline_handler_or_style(document: Document) -> None:
    html = page(document)
    assert not re.search(r"(src|href)=|\son\w+=|style=\"|url\(|@import|https?://", html)


def test_each_record_names_the_mentions_it_lights(document: Document) -> None:
    html = page(document)
    assert 'data-r="m5 m6"' in html
    assert "Хабаровск (implied) – Пучон" in html.replace("Khabarovsk", "Хабаровск")


def test_the_same_document_gives_the_same_page(document: Document) -> None:
    assert page(document) == page(document.model_copy(deep=True))


def test_the_page_replaces_a_file_whole(tmp_path: Path) -> None:
    place = tmp_path / "out.html"
    place.write_text("old")
    write_page(place, "новое")
    assert place.read_text("utf-8") == "новое"
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]


def test_a_page_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        write_page(tmp_path / "no" / "folder.html", "x")
