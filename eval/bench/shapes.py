"""Characters a second by the shape of a text, beside ordinary prose; each time must grow in proportion.

    python eval/bench/shapes.py
    python eval/bench/shapes.py --entities accurate --shape initials --shape "dates" --length 100000

A shape is a few characters repeated. The time is of a processor, one thread. *Words* is how many words
a character makes: a text of one-letter words has six times those of prose, and costs as much more.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

CORPUS = Path(__file__).parents[2] / "corpus"
PROSE = {
    "prose, Russian": "khabarovsk-report-2019-ru.txt",
    "prose, English": "khabarovsk-sister-cities-en.txt",
}
SHAPES = {
    "initials": "А.Б.", "initials, Latin": "A.B.", "initials, spaced": "А. ",
    "initials and names": "А.Б. Иванов, ", "names": "Иван Петров, ", "names, no comma": "Иван Петров ",
    "years' abbreviation": "г. ", "abbreviations": "им. ул. д. ", "capitals": "АБВГД ",
    "Capitals": "Казань Томск ", "quotes": "«» ", "open quotes": "«а ", "plain quotes": '"',
    "quoted words": "«Парк» ", "dashes": "— ", "hyphens": "-", "compounds": "а-б ",
    "hyphens at line ends": "обще-\nственный ", "digits": "1 ", "long numbers": "12345678901234567890 ",
    "groups of digits": "1 000 000, ", "percents": "17,3 % ", "money": "5 млн рублей, ",
    "measures": "730 км² ", "counts": "70 детей, ", "counts in words": "двадцать пять делегаций, ",
    "phones": "+7 (999) 123-45-67 ", "brackets": "(а) ", "open brackets": "(", "nested brackets": "([{<",
    "list marks": "1. а) б) ", "Roman numerals": "XX ", "Roman ranges": "XIX-XX вв. ",
    "dates": "15 июля 2002 года, ", "dates, English": "July 15, 2002, ",
    "dates in figures": "15.07.2002 ", "year ranges": "1993-1995 гг. ",
    "days in a list": "5, 6 и 7 мая, ", "relative dates": "в том же году ",
    "headings": "ГЛАВА ПЕРВАЯ\n\n", "one-word lines": "Казань\n", "letters as lines": "а\n\n",
    "list items": "- Казань\n", "key and value": "Мэр: Иванов\n",
    "rows of a table": "Казань | 2002 | 70\n", "wide table": "Казань | ",
    "numbered headings": "1.1. Введение\n", "mayors": "мэр ",
    "mayors of": "мэр города Казани Иван Иванов, ", "Mayor of": "Mayor of ",
    "mayors, English": "John Smith, Mayor of Kazan, ", "deputies": "заместитель председателя комитета ",
    "companies": "ООО «Ромашка», ", "companies, English": "Foo Ltd. and ",
    "departments": "отдел управления ", "ministries": "Ministry of Foreign Affairs of ",
    "universities": "университет имени ", "agreements": "соглашение между Казанью и Томском, ",
    "agreements, English": "agreement between A and B, ",
    "signed": "подписали соглашение 5 мая 2002 года в Казани ", "instruments": "соглашение ",
    "events": "фестиваль «Волна» 2019 ", "of": "of the ", "and": " и ", "commas": ",",
    "cities": "Казань, ", "cities and": "Казань и ", "districts": "г. Казань, ул. Мира, ",
    "apostrophes": "'s ", "urls": "http://a.b/c ", "addresses": "a@b.ru ", "emoji": "😀", "Chinese": "中国",
    "combining marks": "и\u0306", "spaces": "а   ", "soft hyphens": "а\u00ad\n", "zeros": "\x00а",
    "mixed": "мэр mayor ", "sentences": "Он был. ", "long word": "а",
}  # fmt: skip


def text_of(shape: str, length: int) -> str:
    """``length`` characters of a shape, or of the prose that is named so."""
    unit = SHAPES.get(shape) or (CORPUS / PROSE[shape]).read_text(encoding="utf-8")
    return (unit * (length // len(unit) + 1))[:length]


def seconds(shape: str, length: int, entities: str) -> float:
    """Seconds of a processor for a text of the shape, to its JSON."""
    import pobratim

    text = text_of(shape, length)
    began = time.process_time()
    pobratim.extract(text, entities=entities).to_json()
    return time.process_time() - began


def words(shape: str, length: int) -> int:
    """How many words the pipeline makes of a text of the shape."""
    from pobratim.stages.pipeline import build
    from pobratim.stages.workspace import workspace

    return len(workspace(build().tokenizer(text_of(shape, length))))


def main() -> None:
    """Print a row for each shape, the slowest first."""
    from rich.console import Console
    from rich.progress import track
    from rich.table import Table

    from pobratim.stages.neural.choices import DEFAULT

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=int, default=60_000, help="of the longer text of a shape")
    parser.add_argument("--entities", default=DEFAULT)
    parser.add_argument("--shape", action="append", choices=[*PROSE, *SHAPES])
    options = parser.parse_args()
    short = options.length // 4
    rows = []
    first = next(iter(PROSE))
    seconds(first, 2000, options.entities)
    for shape in track([*PROSE, *(options.shape or SHAPES)], console=Console(stderr=True)):
        few = seconds(shape, short, options.entities)
        many = seconds(shape, options.length, options.entities)
        rows.append((options.length / many, shape, words(shape, short) / short, many / few))
    usual = next(rate for rate, shape, *_ in rows if shape == first)
    table = Table("shape", "words", "characters a second", "of prose", "time for 4 times the text")
    for rate, shape, share, growth in sorted(rows):
        table.add_row(shape, f"{share:.2f}", f"{rate:,.0f}", f"{rate / usual:.2f}", f"{growth:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
