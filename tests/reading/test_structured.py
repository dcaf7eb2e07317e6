"""Real files of every format, as LibreOffice, Chromium and pandoc write them, to the same text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import pobratim
from pobratim.errors import InputError
from pobratim.reading.blocks import Blocks
from pobratim.reading.files import Reading, read_bytes, read_file
from pobratim.reading.html import MOST_SEARCHED
from pobratim.reading.pdf_layout import Page, Run, add_pages
from pobratim.schema import Document, Source, SourcePart

FIXTURES = Path(__file__).parent / "fixtures"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    ".docx": WORD,
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".epub": "application/epub+zip",
    ".html": "text/html",
    ".pdf": "application/pdf",
}
TEXTS = ("report-ru", "page-en")
FILES = [
    f"{name}{rest}"
    for name in TEXTS
    for rest in (".docx", "-pandoc.docx", ".odt", ".rtf", ".epub", ".html", ".pdf", "-browser.pdf")
]
NO_BULLETS = {"report-ru-browser.pdf", "page-en-browser.pdf"}
"""Chromium draws bullets as discs, which are no text."""

KEY = {
    "report-ru": {
        ("CITY", "Вологды"), ("CITY", "Коувола"), ("CITY", "Зволле"), ("CITY", "Далянь"),
        ("PERSON", "Сергей Воропанов"), ("PERSON", "Хенк Мейер"), ("PERSON", "Андрей Смирнов"),
        ("DATE", "15 мая 2018 года"), ("DATE", "3 июня 2011 года"), ("COUNT", "18 студентов"),
        ("ROLE", "Начальник отдела"), ("COUNTRY", "Финляндия"),
    },
    "page-en": {
        ("CITY", "Duluth"), ("CITY", "Växjö"), ("CITY", "Petrozavodsk"), ("CITY", "Thunder Bay"),
        ("PERSON", "Emily Larson"), ("PERSON", "Anna Tenje"), ("PERSON", "Andrew Miller"),
        ("DATE", "May 12, 2017"), ("DATE", "July 8, 1990"), ("COUNT", "18 students"),
        ("COUNTRY", "Sweden"),
    },
}  # fmt: skip


def read(name: str) -> Reading:
    return read_file(FIXTURES / name, name)


def plain(name: str) -> str:
    return read(f"{'report-ru' if name.startswith('report-ru') else 'page-en'}.txt").text


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".pdf")])
def test_every_format_gives_the_lines_of_the_text_in_their_order(name: str) -> None:
    assert lines(read(name).text) == lines(plain(name))


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".pdf")])
def test_a_pdf_gives_the_words_of_the_text_in_their_order(name: str) -> None:
    """Columns after each other, cut words whole, no running head and no page number."""
    text = plain(name)
    if name in NO_BULLETS:
        text = re.sub("^- ", "", text, flags=re.MULTILINE)
    assert read(name).text.split() == text.split()


@pytest.mark.parametrize("name", FILES)
def test_headings_stand_between_blank_lines_and_tables_are_rows(name: str) -> None:
    text = read(name).text
    heading, row = (
        ("Города-партнёры", "Зволле | Нидерланды | 1998 | Протокол о намерениях")
        if name.startswith("report-ru")
        else ("Partner cities", "Isumi | Japan | 1990 | Memorandum of understanding")
    )
    assert f"\n\n{heading}\n\n" in text
    assert f"\n{row}\n" in text


@pytest.mark.parametrize("name", FILES)
def test_the_media_type_is_that_of_the_content(name: str) -> None:
    source = read(name).source
    assert source.media_type == TYPES[Path(name).suffix]
    renamed = read_bytes((FIXTURES / name).read_bytes(), "a.txt", "a.txt").source
    assert (renamed.media_type, renamed.parts) == (source.media_type, source.parts)


@pytest.mark.parametrize("name", FILES)
def test_parts_are_in_order_and_lead_to_tables_and_headings(name: str) -> None:
    reading = read(name)
    parts = reading.source.parts or []
    assert all(before.end <= after.start for before, after in pairwise(parts))
    assert all(reading.text[part.start : part.end].strip() for part in parts)
    in_table = reading.text.index("1976" if name.startswith("report-ru") else "1987")
    part = reading.source.part_at(in_table)
    assert part is not None
    assert part.element is not None
    assert part.element.endswith(" > table 1")


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("report-ru.pdf", "15 мая 2018", "Ольга Иванова"),
        ("report-ru-browser.pdf", "15 мая 2018", "Ольга Иванова"),
        ("page-en.pdf", "May 12, 2017", "Mary Johnson"),
        ("page-en-browser.pdf", "May 12, 2017", "Mary Johnson"),
    ],
)
def test_a_pdf_tells_the_page_of_every_place(name: str, first: str, second: str) -> None:
    reading = read(name)
    pages = [reading.source.part_at(reading.text.index(words)) for words in (first, second)]
    assert [part.page for part in pages if part is not None] == [1, 2]


def test_a_paragraph_that_goes_on_overleaf_is_one_line_on_two_pages() -> None:
    def page(number: int, *texts: str) -> Page:
        runs = [
            Run(text, 50, 50 + 5 * len(text), 700 - 14 * at, 11) for at, text in enumerate(texts)
        ]
        return Page(number, 600, 800, runs)

    blocks = Blocks()
    before = page(1, "The mayors met in the house of", "the city council and then trans-")
    after = page(2, "ferred the gifts to the museum.", "They left the next day at noon.")
    add_pages([before, after], blocks)
    text, parts, _ = blocks.extracted()
    assert "council and then transferred the gifts" in text
    assert [(text[part.start :][:5], part.page) for part in parts] == [("The m", 1), ("ferre", 2)]


@pytest.fixture(scope="module")
def labelled() -> dict[str, set[tuple[str, str]]]:
    """For each file, the labels and words of its mentions."""
    found = {}
    for name in [*FILES, *(f"{text}.txt" for text in TEXTS)]:
        reading = read(name)
        document = pobratim.extract(reading.text, id=name, source=reading.source)
        found[name] = {(mention.label, mention.text) for mention in document.mentions}
    return found


@pytest.mark.parametrize("name", FILES)
def test_extraction_finds_from_every_format_what_it_finds_in_the_text(
    name: str, labelled: dict[str, set[tuple[str, str]]]
) -> None:
    text = "report-ru" if name.startswith("report-ru") else "page-en"
    assert KEY[text] <= labelled[f"{text}.txt"]
    assert KEY[text] <= labelled[name]
    common = labelled[name] & labelled[f"{text}.txt"]
    assert len(common) >= 0.95 * len(labelled[f"{text}.txt"])


def test_a_pdf_of_scans_alone_says_so() -> None:
    with pytest.raises(InputError, match="scanned pages without a text layer"):
        read("scanned.pdf")


def test_scanned_pages_among_others_are_told_in_a_notice(tmp_path: Path) -> None:
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    for name in ("page-en.pdf", "scanned.pdf"):
        made.import_pages(pypdfium2.PdfDocument(FIXTURES / name))
    made.save(tmp_path / "a.pdf")
    reading = read_file(tmp_path / "a.pdf", "a.pdf")
    assert [notice.code for notice in reading.notices] == ["scanned"]
    assert "pages 3-4 of 4" in reading.notices[0].message
    assert "Sister Cities of Duluth" in reading.text


def test_what_stands_around_an_article_is_dropped() -> None:
    for name, words in (
        (
            "report-ru.html",
            ("cookie", "Пароль", "Карта сайта", "каток", "счётчик", "права защищены"),
        ),
        (
            "page-en.html",
            ("cookies", "Password", "Site map", "Skating", "tracker", "rights reserved"),
        ),
    ):
        text = read(name).text
        assert [word for word in words if word in text] == []


def test_a_page_without_an_article_is_read_whole_and_that_is_told() -> None:
    page = (
        b"<html><body><nav>Menu</nav><div class=login>Password</div><h1>Partners</h1>"
        b"<ul><li>Kouvola<ul><li>since 1968</ul><li>Zwolle</ul></body></html>"
    )
    reading = read_bytes(page, "a")
    assert reading.text == "Partners\n\n- Kouvola\n  - since 1968\n- Zwolle\n"
    assert [notice.code for notice in reading.notices] == ["no-article"]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    page = (
        "<!DOCTYPE html><html><body><table><tr><td><a href=/>Home</a></td><td><h2>News</h2><p>"
        + "On May 3, 2019 the mayor of Perm signed an agreement with the city of Oxford. " * 5
        + "</p><table><tr><th>City</th><th>Year</th></tr><tr><td>Oxford</td><td>1995</td></tr></table>"
        "</td></tr></table></body></html>"
    )
    text = read_bytes(page.encode(), "a").text
    assert "\n\nNews\n\nOn May 3, 2019" in text
    assert "\nCity | Year\nOxford | 1995\n" in text


@pytest.mark.parametrize(
    ("encoding", "declared"), [("cp1251", "windows-1251"), ("koi8-r", "koi8-r"), ("utf-16", "")]
)
def test_a_page_is_decoded_as_it_declares_itself(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' * bool(
        declared
    )
    words = "Мэр Вологды подписал соглашение с Коуволой о дружбе и сотрудничестве. " * 8
    page = f"<html><head>{meta}</head><body><article><p>{words}</p></article></body></html>"
    assert words.strip() in read_bytes(page.encode(encoding), "a").text


@pytest.mark.parametrize("sections", [True, False])
def test_a_short_page_keeps_its_headings_and_the_rows_of_its_table(sections):
    head, body = ("<thead>{}</thead>", "<tbody>{}</tbody>") if sections else ("{}", "{}")
    rows = "".join(
        f"<tr><td>{city}</td><td>{year}</td><td>Sister-city agreement</td></tr>"
        for city, year in (("Imabari", 1995), ("Richmond Hill", 2010), ("Balti", 2008))
    )
    page = (
        "<html><body><nav><ul><li>Home</li><li>Residents</li></ul></nav><h1>Sister Cities</h1>"
        "<p>The City of Lakeland has formal sister-city relationships with three cities.</p><table>"
        + head.format("<tr><th>City</th><th>Since</th><th>Type</th></tr>")
        + body.format(rows)
        + "</table><h2>News</h2><h3>Students return from Imabari</h3><p>July 22, 2019</p>"
        "<p>Eight Lakeland students returned last week after a stay with host families.</p>"
        "<footer>City of Lakeland, 228 S. Massachusetts Ave.</footer></body></html>"
    )
    text = read_bytes(page.encode(), "a.html", "a.html").text
    assert "Imabari | 1995 | Sister-city agreement\nRichmond Hill | 2010" in text
    assert "\n\nNews\n\nStudents return from Imabari\n" in text
    assert "Home" not in text
    assert "Massachusetts" not in text


def test_a_fragment_is_a_page_only_where_its_name_or_type_says_so() -> None:
    fragment = b"<p>Kazan and <b>Niigata</b></p>"
    assert read_bytes(fragment, "a.txt", "a.txt").text == fragment.decode()
    assert read_bytes(fragment, "a.html", "a.html").text == "Kazan and Niigata\n"
    assert read_bytes(fragment, "a", "a", media_type="text/html").source.media_type == "text/html"


def test_rich_text_of_old_word_in_windows_1251_keeps_its_letters_and_drops_what_is_hidden() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Arial;}}{\header \'c2\'e5\'f0\'f5}"
        rb"{\stylesheet{\s1 heading 1;}}\pard\s1 \'cc\'fd\'f0\par\pard\plain\f0 "
        rb"{\v secret}\u1058?\u1086?\u1084?ck {\*\unknown junk}\'ab\'e4\'e0\'bb\par"
        rb"\trowd\intbl a\cell b\cell\row}"
    )
    assert read_bytes(data, "a").text == "Мэр\n\nТомck «да»\n\na | b\n"


def test_a_plain_text_has_no_parts_and_its_json_stays_as_it_was() -> None:
    source = read("page-en.txt").source
    assert source.parts is None
    assert "parts" not in Document(id="a", source=source, text="a").to_json()
    assert Source.model_validate_json('{"uri": "a", "sha256": "", "media_type": "x"}').parts is None


def test_the_part_of_an_offset_is_found_at_its_edges_and_nowhere_else() -> None:
    source = Source(
        uri="a",
        parts=[
            SourcePart(start=0, end=3, page=1),
            SourcePart(start=5, end=9, page=2, element="table 1"),
        ],
    )
    places = [part.place if (part := source.part_at(at)) else None for at in (0, 2, 3, 4, 5, 8, 9)]
    assert places == ["page 1", "page 1", None, None, "page 2, table 1", "page 2, table 1", None]


def test_of_a_page_too_long_to_be_searched_the_main_part_is_read_without_its_menus() -> None:
    items = "<li>Казань – Хух-Хото</li>" * (MOST_SEARCHED + 1)
    page = f"<body><nav>Меню</nav><div>Реклама</div><main><h1>Связи</h1><ul>{items}</ul></main>"
    reading = read_bytes(page.encode(), "a.html", "a.html")
    assert reading.text.startswith("Связи\n\n- Казань – Хух-Хото\n- Казань")
    assert "Меню" not in reading.text
    assert "Реклама" not in reading.text
    assert [notice.code for notice in reading.notices] == ["no-article"]
