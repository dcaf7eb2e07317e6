"""The day a text was written: finding it, and counting from it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pobratim.lexicon.calendar import WORD_CLASSES, calendar_lexicon
from pobratim.stages.calendar import edtf

if TYPE_CHECKING:
    from pobratim.stages.calendar.finder import DateMatch

__all__ = [
    "counted",
    "day_of",
    "in_month",
    "is_all",
    "is_brief",
    "is_dateline",
    "is_masthead",
    "last_day_of",
    "later",
    "nearest_year",
    "on_weekday",
    "weekday_within",
]

LONGEST = 160
"""How many characters a line has that tells where and when a text was written."""
LONGEST_BRIEF = 100
"""How many a line has that may do so: "12 March 2019 · 3 min read"."""
PLACE = 40
"""How many the place takes that a news agency's dateline begins with."""
LONGEST_NEWS = timedelta(31)
"""How long a time may be of which a page's head says that its news are."""
CLOSING = ' \n)].»"”'
OPENING = " \n(["
EDGES = " |·,–—-"
ALL = 0.6
"""The part of a block's characters that makes a date all that it says; the rest may be the hour."""
SATURDAY = 5
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AHEAD = 4
"""How many months ahead a date without a year may lie in a sentence that does not speak of the future."""
LAST_AHEAD = 10
"""How many months ahead it may lie in one that does."""
TIME = re.compile(r"^[ ,|]{0,3}(?:at |в )?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\b\.?)?")
AGENCY = re.compile(
    r"/[^/\n]{2,40}/|[,. ]{0,2}(?:[(/]?(?P<agency>[A-ZА-ЯЁ]{2,12})[)/]?[. ]{0,2})?[—–:-]"
)
"""What follows a news agency's dateline: its own name perhaps, and a dash or colon."""
STOPPED = re.compile(r"\. ?[^\W\d_a-zа-яё]")
"""A full stop may follow a dateline too: "Manizales, 14 September 2021. The council …"."""
NUMBERED = re.compile(r" (?:№|no\.) ?[0-9]{1,6}$")
BYLINE = re.compile(r"[Bb]y (?:admin|[A-ZА-ЯЁ][\w.'-]{1,30}(?: [A-ZА-ЯЁ][\w.'-]{0,30}){0,3})")
HEADS = re.compile(r" ?[.:–—)] ?[^\W\d_a-zа-яё]")
PLACE_NAME = re.compile(r"[^\W\d_a-zа-яё][\w.'-]{1,30}(?: [^\W\d_a-zа-яё][\w.'-]{1,30}){0,2}")


def day_of(match: DateMatch, *, own: bool = False) -> date | None:
    """The day that a date names with its year; None for others.

    A date of a document tells nothing of when others happened, but when the text itself is that
    document (``own``).
    """
    value = match.value.edtf
    told = own or not match.documentary
    return date.fromisoformat(value) if DAY.fullmatch(value) and told else None


def last_day_of(match: DateMatch) -> date | None:
    """The day that a date names, or the last of a few days; None for others."""
    first, slash, last = match.value.edtf.partition("/")
    if not slash or not DAY.fullmatch(first) or not DAY.fullmatch(last):
        return day_of(match)
    end = date.fromisoformat(last)
    return end if end - date.fromisoformat(first) <= LONGEST_NEWS else None


def is_all(text: str, match: DateMatch) -> bool:
    """Whether a date, with an hour or a place before it, is all that a block says."""
    length = match.end - match.start
    rest = TIME.sub("", text[match.end : match.end + LONGEST])
    if length + len(rest) + match.start > LONGEST:
        return False
    before = text[: match.start].rstrip()
    placed = before.endswith(",") and PLACE_NAME.fullmatch(before[:-1]) is not None
    return length >= ALL * (length + len(rest) + (0 if placed else match.start))


def is_brief(text: str, match: DateMatch, language: str) -> bool:
    """Whether a line is short, no sentence, and no word of it dates a signing or founding.

    One with the date at its end may be longer: "Speech by the mayor at the reception, 5 May 2018".
    """
    closed = not text[match.end :].strip(CLOSING) and text[: match.start].rstrip().endswith(",")
    if len(text) > (LONGEST if closed else LONGEST_BRIEF) or text.endswith("."):
        return False
    words = calendar_lexicon(language).words
    told = (words.get(word) for word in re.findall(r"[^\W\d_]+", text.lower()))
    return all(word is None or word.symbol != WORD_CLASSES["date_word"] for word in told)


def is_masthead(text: str, match: DateMatch, language: str) -> bool:
    """Whether a line is of a paper's issue, the date at its end: "No. 12 · May 2019"."""
    if len(text) > LONGEST_BRIEF or text[match.end :].strip(CLOSING):
        return False
    before = f" {text[: match.start].lower()}"
    return any(f" {word}" in before for word in calendar_lexicon(language).issue_words)


def is_dateline(
    text: str,
    match: DateMatch,
    language: str,
    *,
    opens: bool,
    closes: bool,
    first: bool = True,
) -> bool:
    """Whether a date in a paragraph tells when the document was written.

    Args:
        text: the paragraph.
        match: the date, with offsets into ``text``.
        language: of the paragraph.
        opens: the paragraph is one of the first of the document.
        closes: it is one of the last.
        first: no date stands before it in the document.
    """
    before = text[: match.start].strip(OPENING)
    if match.documentary:
        return opens and _is_release(before, language) and day_of(match, own=True) is not None
    if day_of(match) is None or not (opens or closes):
        return False
    after = TIME.sub("", text[match.end : match.end + LONGEST]).strip(CLOSING)
    if opens and (_agency(before, after, len(text)) or (first and _heads(text, match))):
        return True
    if opens and first and len(text) > LONGEST and STOPPED.match(text, match.end):
        return before.endswith(",") and PLACE_NAME.fullmatch(before[:-1]) is not None
    if len(text) > LONGEST:
        return False
    rest = f"{before} {after}".lower()
    if any(word in rest for word in calendar_lexicon(language).dateline_words):
        return True
    if opens and rest.strip(EDGES).startswith(calendar_lexicon(language).dateline_starts):
        return True
    if opens and BYLINE.fullmatch(f"{before} {after}".strip(EDGES)):
        return True
    if before and after:
        return False
    if opens and rest.strip() in calendar_lexicon(language).dateline_fields:
        return True
    if opens and (before.endswith(("/", "|")) or (not before and after.startswith(("/", "|")))):
        return True
    return closes and text.startswith(("—", "–", "(")) and not after and before.endswith(",")


def _is_release(before: str, language: str) -> bool:
    """Whether what is dated is the text itself: «Пресс-релиз № 5 от …»."""
    told = NUMBERED.sub("", before.lower().rpartition(" ")[0]).split()
    return bool(told) and told[-1] in calendar_lexicon(language).release_words


def _agency(before: str, after: str, length: int) -> bool:
    """ "PSKOV, May 12, 2016 — The mayor…", "Kumasi, Aug. 11, 2022, GNA – The…"."""
    place, told = before.rstrip(" ,."), AGENCY.match(after)
    if not place or len(place) > PLACE or not told:
        return False
    running = length > LONGEST or told["agency"] is not None or after.startswith("/")
    named = running and before.endswith(",") and PLACE_NAME.fullmatch(place) is not None
    return named or place.isupper()


def _heads(text: str, match: DateMatch) -> bool:
    """ "14.12.2010. The mayor…", at the head of running text."""
    running = len(text) > LONGEST and not text[: match.start].strip(OPENING)
    return running and HEADS.match(text, match.end) is not None


def counted(kind: str, number: int, written: date, *, future: bool) -> str:
    """The EDTF value of a day told from the day of writing (:attr:`.parts.Found.relative`).

    A weekday is the last one, of the day of writing too, or the next one where the sentence speaks
    of the future.
    """
    if kind == "day":
        return (written + timedelta(number)).isoformat()
    if kind == "month":
        months = written.year * 12 + written.month - 1 + number
        return edtf.month(months // 12, months % 12 + 1)
    if kind == "week":
        monday = written + timedelta(7 * number - written.weekday())
        return edtf.interval(monday.isoformat(), (monday + timedelta(6)).isoformat())
    if kind == "weekend":
        weekday = written.weekday()
        back = weekday - SATURDAY if weekday < SATURDAY else weekday - SATURDAY + 7
        saturday = written + timedelta(SATURDAY - weekday if number > 0 else -(back % 7 or 7))
        return edtf.interval(saturday.isoformat(), (saturday + timedelta(1)).isoformat())
    if future or kind == "next_weekday":
        return (written + timedelta((number - 1 - written.weekday()) % 7 or 7)).isoformat()
    return (written - timedelta((written.weekday() - number + 1) % 7)).isoformat()


def weekday_within(number: int, told: str) -> str | None:
    """The one day of an interval of days that is the weekday (1 to 7); None if none or more are."""
    first, _, last = told.partition("/")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    day = start + timedelta((number - 1 - start.weekday()) % 7)
    return day.isoformat() if last and day <= end < day + timedelta(7) else None


def later(told: str, days: int) -> str:
    """The day that lies so many days after the last one told."""
    return (date.fromisoformat(told.rpartition("/")[2]) + timedelta(days)).isoformat()


def nearest_year(value: str, written: date, *, future: bool = False) -> int:
    """The year that brings a value without one nearest to the day of writing.

    What is not told as future lies rather behind than far ahead.
    """
    found = edtf.bounds(value.split("/")[0].replace(edtf.UNKNOWN, f"{written.year:04d}", 1))
    if found is None:
        return written.year
    first, last = (int(side[5:7]) for side in found)
    over = 12 if found[1][:4] != found[0][:4] else 0
    apart = (first + last + over) / 2 - written.month
    if future:
        return written.year + (apart < 0 and apart <= -AHEAD) - (apart > LAST_AHEAD)
    return written.year + (apart <= AHEAD - 12) - (apart > AHEAD)


def on_weekday(value: str, weekday: int, near: int) -> int | None:
    """The year about ``near`` in which the day of a value without a year is that weekday (1 to 7)."""
    for year in (near, near - 1, near + 1, near - 2, near + 2):
        day = value.replace(edtf.UNKNOWN, f"{year:04d}", 1)
        if edtf.exists(day) and date.fromisoformat(day).isoweekday() == weekday:
            return year
    return None


def in_month(number: int, written: date) -> str | None:
    """The last day of that number before, or on, the day of writing."""
    back = number > written.day
    months = written.year * 12 + written.month - 1 - back
    return edtf.day(months // 12, months % 12 + 1, number)
