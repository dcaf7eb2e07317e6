"""Web pages: the article that trafilatura finds in one, or else all that a visitor sees."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from pobratim.errors import InputError
from pobratim.reading.blocks import Blocks, Extracted, tidy
from pobratim.reading.encoding import BOMS, decode
from pobratim.reading.flow import DROPPED, ROWS, flow, inline_text
from pobratim.reading.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["decode_html", "parse_html", "read_html"]

MOST_HTML = 16 << 20
MOST_ELEMENTS = 300_000
MOST_DEPTH = 250
MOST_COMPARED = 5000
"""Elements of a page whose article is also looked for by jusText, which takes quadratic time."""

MOST_SEARCHED = 20_000
"""Elements of a page whose article is looked for at all: the search takes quadratic time too."""

LEAST_ARTICLE = 250
FEW_LINES = 3
NEARLY_ALL = 1.3
"""By how much what a visitor sees may be longer than the article found and yet be no more than that."""
KEPT = 0.7
"""The share of the longer article that one with its tables must have."""
AROUND = frozenset("nav header footer aside form dialog".split())  # noqa: SIM905
AROUND_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar")
)
AROUND_NAMES = re.compile(r"(?i)cookie|consent|gdpr|login|log-in|sign-?in|breadcrumb|captcha|popup")
HIDDEN = re.compile(r"(?i)display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")

LONG_TAG = 2000
MOST_WORK = 100_000_000
_TAG = re.compile(r"""<[a-zA-Z](?:[^"'>]++|"[^"]*+"|'[^']*+')*+""")
_DATA = re.compile(r"""=["']data:[^"'\s]*+["']""")
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s{0,3}=\s{0,3}[\"']?([\w-]{2,30})", re.IGNORECASE)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]0*+([0-9a-fA-F]{1,6})|0*+([0-9]{1,7}));?")
_XML_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]{0,200}\?>")


def read_html(data: bytes) -> Extracted:
    """The text of a web page: its article with headings, lists and tables."""
    if len(data) > MOST_HTML:
        raise InputError(f"a web page longer than {MOST_HTML:,} bytes; save what is wanted of it")
    text = decode_html(data)
    visible = Blocks()
    root = parse_html(text)
    title = _only_heading(root)
    if sum(1 for _ in root.iter()) > MOST_SEARCHED:
        return _whole(root, visible)
    article = _article(text)
    _drop_surroundings(root)
    flow(root, visible)
    found = article.extracted()
    # A page of which trafilatura makes one paragraph is one of which it makes nothing.
    shapeless = found.text.count("\n") <= 1 and visible.lines >= FEW_LINES
    if len(article) >= max(1, min(LEAST_ARTICLE, len(visible) // 2)) and not shapeless:
        if len(visible) <= NEARLY_ALL * len(article):
            return _below(title, visible, root)
        if title and title not in found.text:
            return _with_title(text, title)
        return found
    visible.notice(
        "no-article",
        "no article was found in this web page, so all its visible text is read; some may be navigation",
    )
    return visible.extracted()


def _whole(root: _Element, visible: Blocks) -> Extracted:
    """What a very long page shows, in its only ``main`` or ``article`` where it has one."""
    _drop_surroundings(root)
    content = next(
        (all_ for name in ("main", "article") if len(all_ := [*root.iter(name)]) == 1), [root]
    )
    flow(content[0], visible)
    visible.notice(
        "no-article",
        "this web page is too long for its article to be looked for, so all its visible text is read; "
        "some may be navigation",
    )
    return visible.extracted()


def _below(title: str, visible: Blocks, root: _Element) -> Extracted:
    """What a page shows that shows little but its article: its headings and tables are whole."""
    found = visible.extracted()
    if not title or title in found.text:
        return found
    blocks = Blocks()
    blocks.heading(title)
    flow(root, blocks)
    return blocks.extracted()


def _with_title(text: str, title: str) -> Extracted:
    """The article below the page's main heading, which stood outside of it."""
    blocks = Blocks()
    blocks.heading(title)
    return _article(text, blocks).extracted()


def _article(text: str, blocks: Blocks | None = None) -> Blocks:
    """The article that is found; of two nearly as long the one that keeps the page's tables."""
    blocks = blocks or Blocks()
    root = parse_html(text)
    fast = sum(1 for _ in root.iter()) > MOST_COMPARED
    body = _body(root, fast=fast)
    if not fast and body is not None and not _rows(body) and _rows(parse_html(text)):
        quick = _body(parse_html(text), fast=True)
        if quick is not None and _rows(quick) and _length(quick) >= KEPT * _length(body):
            body = quick
    if body is not None:
        flow(body, blocks, DROPPED - {"del", "head"})
    return blocks


def _body(root: _Element, *, fast: bool) -> _Element | None:
    """What trafilatura takes for the article; ``fast`` without asking jusText as well."""
    import trafilatura

    found = trafilatura.bare_extraction(
        root,
        fast=fast,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
    )
    return getattr(found, "body", None)


def _rows(root: _Element) -> int:
    return sum(local(each) in ROWS for each in root.iter())


def _length(root: _Element) -> int:
    return sum(map(len, root.itertext()))


def decode_html(data: bytes) -> str:
    """The page's text: UTF-8 where it is that, else as it declares itself, else as it looks."""
    if not any(data.startswith(mark) for mark, _ in BOMS):
        text = data.decode("utf-8", "replace")
        if "\ufffd" not in text:
            return text
        declared = _CHARSET.search(data, 0, 8192)
        if declared is not None:
            name = declared.group(1).decode("ascii", "replace")
            if _known(name):
                return data.decode(name, "replace")
    return decode(data).text


def _known(name: str) -> bool:
    try:
        return bool(getattr(codecs.lookup(name), "_is_text_encoding", True))
    except LookupError:
        return False


def parse_html(text: str) -> _Element:
    """The tree of a page, at most 256 deep.

    Raises :class:`~pobratim.errors.InputError` if it has too many elements or is nested deeper.
    """
    from lxml import etree, html

    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    _check_tags(text)
    plain = _without_controls(_XML_DECLARATION.sub("", text, count=1))
    try:
        root: _Element = html.document_fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"not read as a web page: {error}") from error
    _check_shape(root)
    return root


def _without_controls(text: str) -> str:
    """``text`` without characters that no XML has, written out or referred to: a tree of HTML takes
    them and does not let them be moved."""
    return _REFERENCE.sub(_plain_reference, _NOT_IN_XML.sub("", text.replace("\x0c", " ")))


def _plain_reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    ok = code > 0x10FFFF or (code != 0x0C and not _NOT_IN_XML.match(chr(code)))
    return found[0] if ok else " " * (code == 0x0C)


def _check_tags(text: str) -> None:
    """Refuse a tag of very many attributes: libxml2 compares each with all."""
    work = sum(_words(tag) ** 2 for tag in _TAG.findall(text) if len(tag) > LONG_TAG)
    if work > MOST_WORK:
        raise InputError(
            "a web page with a tag of thousands of attributes; it is broken or made to harm"
        )


def _words(tag: str) -> int:
    plain = _DATA.sub("", tag)
    return len(plain.split()) + plain.count("/")


def _check_shape(root: _Element) -> None:
    depth = most = count = 0
    from lxml import etree

    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth, count = depth + 1, count + 1
            most = max(most, depth)
            if depth > MOST_DEPTH:
                raise InputError(
                    f"a web page nested more than {MOST_DEPTH} deep; it is broken or made to harm"
                )
            if count > MOST_ELEMENTS:
                raise InputError(f"a web page of more than {MOST_ELEMENTS:,} elements; split it")
        else:
            depth -= 1


def _only_heading(root: _Element) -> str:
    """The page's main heading, where it has just one."""
    headings = [tidy(inline_text(each)) for each in root.iter("h1")]
    return headings[0] if len(headings) == 1 else ""


def _drop_surroundings(root: _Element) -> None:
    """Take out what stands around a page's content, and what a visitor does not see."""
    moved: dict[tuple[_Element, str], list[str]] = {}  # joined once, as pages may have many
    for each in [*root.iter()]:
        parent = each.getparent()
        if (
            parent is not None
            and local(each) not in ("body", "main", "article")
            and _is_around(each)
        ):
            tail = each.tail
            before = each.getprevious()
            if tail:
                place = (parent, "text") if before is None else (before, "tail")
                moved.setdefault(place, [getattr(*place) or ""]).append(tail)
            parent.remove(each)
    for (element, slot), texts in moved.items():
        setattr(element, slot, " ".join(texts))


def _is_around(element: _Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
    return (
        local(element) in AROUND
        or (element.get("role") or "") in AROUND_ROLES
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(HIDDEN.search((element.get("style") or "")[:1000]))
        or bool(AROUND_NAMES.search(names))
    )
