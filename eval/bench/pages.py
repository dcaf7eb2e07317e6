"""Seconds to read a web page by its shape and size up to 10 MB, and what jusText's opinion is worth.

    python eval/bench/pages.py
    python eval/bench/pages.py --compare FOLDER     # of web pages with a <main> or <article>

The comparison reads each page with and without what trafilatura calls its fallbacks (readability and
jusText, which takes quadratic time) and scores the words against those of the page's own <main> or
<article>: precision, recall and F1, for pages above and below the limit from which they are left out.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.table import Table

from pobratim.errors import InputError
from pobratim.reading import html
from pobratim.reading.blocks import Blocks
from pobratim.reading.flow import flow

PARAGRAPH = (
    "<p>Мэр города Казани Ильсур Метшин подписал соглашение с городом Хух-Хото в мае 2019 года, "
    "<a href='/more'>подробнее</a>.</p>\n"
)
SHAPES = {
    "article": ("<nav><a href=/>Главная</a></nav><article><h1>Новость</h1>", PARAGRAPH, "</article>"),
    "nested divs": ("", f"<div><div><span>{PARAGRAPH}</span></div></div>", ""),
    "headings": ("<article>", f"<h2>Отчёт</h2>{PARAGRAPH}", "</article>"),
    "table": ("<table>", "<tr><td>Казань</td><td>2019</td><td>70 детей</td></tr>", "</table>"),
    "list": ("<article><ul>", "<li>Казань – Хух-Хото, 2019</li>", "</ul></article>"),
    "menus": ("", "<ul><li><a href='/a'>Город</a></li><li><a href='/b'>Мэр</a></li></ul>", "<p>Текст.</p>"),
    "line breaks": ("<article><p>", "Мэр Казани встретился с делегацией.<br>", "</p></article>"),
    "bold words": ("<article><p>", "<b>Мэр</b> <i>Казани</i> ", "</p></article>"),
    "short paragraphs": ("", "<p>Да</p>", ""),
    "one paragraph": ("<article><p>", "Мэр Казани встретился с делегацией. ", "</p></article>"),
    "forms": ("", "<form><input name=a><label>Имя</label></form><p>Текст</p>", ""),
    "hidden": ("", "<div style='display:none'>Нет</div>Да ", ""),
    "comments": ("<article><p>Текст.</p></article>", "<div class=comment><p>Спасибо!</p></div>", ""),
}  # fmt: skip
SIZES = (100_000, 1_000_000, 10_000_000)


def page(shape: str, size: int) -> bytes:
    """A page of about ``size`` bytes."""
    before, unit, after = SHAPES[shape]
    count = size // len(unit.encode())
    return f"<html><body>{before}{unit * count}{after}</body></html>".encode()


def sizes(console: Console) -> None:
    """The table of seconds, of a processor; *refused* is a page beyond a limit of the reader."""
    table = Table("shape", *(f"{size / 1e6:g} MB" for size in SIZES))
    html.read_html(page("article", 2000))
    for shape in SHAPES:
        row = []
        for size in SIZES:
            data = page(shape, size)
            began = time.process_time()
            try:
                html.read_html(data)
                row.append(f"{time.process_time() - began:.2f}")
            except InputError:
                row.append(f"refused in {time.process_time() - began:.2f}")
        table.add_row(shape, *row)
    console.print(table)


def compare(folder: Path, most: int, console: Console) -> None:
    """The table of scores with and without the fallbacks."""
    scores: dict[tuple[str, str], list[tuple[float, float, float, float]]] = {}
    for path in sorted(folder.rglob("*.html"), key=lambda path: path.stat().st_size)[::-1][:most]:
        data = path.read_bytes()
        text = html.decode_html(data)
        wanted = _words(_main(text))
        if len(data) > html.MOST_HTML or wanted.total() < 200:
            continue
        elements = sum(1 for _ in html.parse_html(text).iter())
        size = "above" if elements > html.MOST_COMPARED else "up to"
        for name, limit in (("without", 0), ("with", 1 << 30)):
            html.MOST_COMPARED, usual = limit, html.MOST_COMPARED
            began = time.process_time()
            found = _words(html.read_html(data).text)
            took = time.process_time() - began
            html.MOST_COMPARED = usual
            scores.setdefault((size, name), []).append((*_scored(found, wanted), took))
    table = Table("elements", "fallbacks", "pages", "precision", "recall", "F1", "seconds a page")
    for (size, name), rows in sorted(scores.items()):
        means = [mean(column) for column in zip(*rows, strict=True)]
        cells = [*(f"{each:.3f}" for each in means[:3]), f"{means[3]:.2f}"]
        table.add_row(f"{size} {html.MOST_COMPARED}", name, str(len(rows)), *cells)
    console.print(table)


def _main(text: str) -> str:
    root = html.parse_html(text)
    blocks = Blocks()
    found = next((each for each in root.iter("main", "article")), None)
    if found is not None:
        flow(found, blocks)
    return blocks.extracted().text


def _words(text: str) -> Counter[str]:
    return Counter(text.split())


def _scored(found: Counter[str], wanted: Counter[str]) -> tuple[float, float, float]:
    both = (found & wanted).total()
    precision = both / max(1, found.total())
    recall = both / wanted.total()
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """The one table or the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compare", type=Path, metavar="FOLDER")
    parser.add_argument("--most", type=int, default=100, help="pages, the largest of the folder")
    options = parser.parse_args()
    if options.compare:
        compare(options.compare, options.most, Console())
    else:
        sizes(Console())


if __name__ == "__main__":
    main()
