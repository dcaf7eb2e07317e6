import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from scoring_builders import document, mention

from pobratim.errors import EvaluationError, OutputError
from pobratim.schema import City, Source
from pobratim.scoring import assignment
from pobratim.scoring.alignment import align
from pobratim.scoring.evaluation import evaluate
from pobratim.scoring.report import page
from pobratim.scoring.report.write import write_report

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> $\\alpha$ -->"


class Tags(HTMLParser):
    """The tags and the attributes of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def result(sections=6):
    text = f"Мэр {HOSTILE} города 1993"
    golds, systems = [], []
    for number in range(sections):
        source = Source(uri="c/x.txt")
        spans = [(0, 3), (4, 4 + len(HOSTILE))]
        gold = [
            mention("CITY", *spans[0], text, id="a"),
            mention("PERSON", *spans[1], text, id="b"),
        ]
        found = [
            mention("CITY", *spans[0], text, id="a", score=0.8, why=HOSTILE),
            mention("EVENT", *spans[1], text, id="b", score=0.4),
        ]
        city = City(id="local:1", name_ru=HOSTILE, mentions=["a"])
        name = f"{HOSTILE}#{number}"
        golds.append(document(name, text=text, source=source, mentions=gold, cities=[city]))
        systems.append(document(name, text=text, source=source, mentions=found))
    return evaluate(
        align(golds, systems),
        gold_name=HOSTILE,
        system_name=HOSTILE,
        other=(HOSTILE, align(golds, golds)),
    )


@pytest.fixture(scope="module")
def html():
    return page.render(result())


def parsed(html):
    tags = Tags()
    tags.feed(html)
    return tags.found


def test_hostile_text_stays_text(html):
    tags = parsed(html)
    assert sum(tag == "script" for tag, _ in tags) == 1
    assert not any(tag in ("img", "iframe", "object", "embed", "base") for tag, _ in tags)
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 20


def test_the_page_asks_for_nothing_else(html):
    for tag, attributes in parsed(html):
        for name in ("src", "href", "xlink:href", "data", "action"):
            address = attributes.get(name)
            assert address is None or address.startswith("#"), (tag, attributes)
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", html)


def test_only_the_page_s_own_script_may_run(html):
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(
        attributes["content"]
        for tag, attributes in parsed(html)
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_charts_take_their_colours_from_the_page(html):
    drawn = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    assert "var(--accent)" in drawn
    assert not re.search(r"#[0-9a-f]{6}\b", drawn)
    names = re.findall(r'\bid="([^"]+)"', drawn)
    assert len(names) == len(set(names))


def test_the_same_result_gives_the_same_page(html):
    assert page.render(result()) == html


def test_every_mistake_can_be_filtered_by_kind_label_and_language(html):
    articles = [attributes for tag, attributes in parsed(html) if tag == "article"]
    assert len(articles) == 12
    assert {one["data-kind"] for one in articles} == {"label", "record"}
    assert {one["data-label"] for one in articles} == {"PERSON", "cities"}
    assert all(one["data-language"] == "und" for one in articles)


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "MOST_MISTAKES", 5)
    found = write_report(result(), tmp_path / "report")
    assert found.read_text(encoding="utf-8").count("<article") == 5
    assert "7 more are in mistakes.jsonl" in found.read_text(encoding="utf-8")
    lines = (tmp_path / "report" / "mistakes.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 12
    assert {path.name for path in (tmp_path / "report").iterdir()} == {
        "index.html",
        "summary.json",
        "summary.md",
        "mistakes.jsonl",
    }


def test_a_library_that_is_missing_is_named_with_its_extra(monkeypatch):
    monkeypatch.setattr(assignment, "find_spec", lambda name: None)
    with pytest.raises(EvaluationError, match=r"scipy.*pip install 'pobratim\[evaluate\]'"):
        assignment.require_extra("scipy")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_report(result(), tmp_path / "file" / "report")
