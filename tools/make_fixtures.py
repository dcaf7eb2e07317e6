"""Make the documents of tests/reading/fixtures with the programs that make such files in the world.

    python tools/make_fixtures.py

Needs LibreOffice (``soffice``), Chromium, pandoc and the hyphenation patterns of both languages:

    apt-get install libreoffice-writer-nogui chromium pandoc hyphen-ru hyphen-en-us fonts-dejavu-core

The two texts, a Russian city hall's report and an English page of a partner city, are written for this
purpose; what they tell is made up.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "tests" / "reading" / "fixtures"
CHROMIUM = ("chromium", "--headless=new", "--no-sandbox", "--disable-gpu")
Block = dict[str, Any]


def main() -> None:
    """Write every fixture anew."""
    texts = tomllib.loads((HERE / "fixture_texts.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for name, page in texts.items():
            make(name, page, Path(folder))


def make(name: str, page: dict[str, Any], folder: Path) -> None:
    """All formats of one text."""
    blocks: list[Block] = page["blocks"]
    (TARGET / f"{name}.txt").write_text("\n".join(as_text(blocks)) + "\n", "utf-8")
    (TARGET / f"{name}.html").write_text(as_site(page), "utf-8")
    flat = folder / f"{name}.fodt"
    flat.write_text(as_flat_odt(page), "utf-8")
    for kind in ("odt", "docx", "rtf", "pdf"):
        office(flat, kind, folder)
    print_page = folder / f"{name}-print.html"
    print_page.write_text(as_print(page), "utf-8")
    run(*CHROMIUM, f"--print-to-pdf={TARGET / f'{name}-browser.pdf'}", print_page.as_uri())
    article = folder / f"{name}-article.html"
    article.write_text(as_article(page), "utf-8")
    for kind in ("epub", "docx"):
        target = TARGET / f"{name}{'-pandoc' * (kind == 'docx')}.{kind}"
        run(
            "pandoc",
            "-f",
            "html",
            str(article),
            "-o",
            str(target),
            "--metadata",
            f"lang={page['lang']}",
        )
    if name == "report-ru":
        run(
            "pdftoppm",
            "-r",
            "60",
            "-gray",
            "-jpeg",
            str(TARGET / f"{name}.pdf"),
            str(folder / "scan"),
        )
        save_scan(sorted(folder.glob("scan*.jpg")), TARGET / "scanned.pdf")


def save_scan(pictures: list[Path], target: Path) -> None:
    """A PDF of pictures of pages, as a scanner makes it."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for picture in pictures:
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(picture)
        width, height = image.get_px_size()
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page = document.new_page(width, height)
        page.insert_obj(image)
        page.gen_content()
    document.save(target)


def run(*command: str) -> None:
    """Run ``command``, which must succeed."""
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603  # its own


def office(flat: Path, kind: str, folder: Path) -> None:
    """Have LibreOffice write ``flat`` as ``kind``."""
    run("soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", kind, "--outdir", str(folder / "out"), str(flat))  # fmt: skip
    made = folder / "out" / f"{flat.stem}.{kind}"
    shutil.copy(made, TARGET / made.name)


def as_text(blocks: list[Block]) -> Iterator[str]:
    """The text as a careful person would type it."""
    for block in blocks:
        if "h" in block:
            yield from ("", block["h"], "")
        elif "list" in block:
            for number, item in enumerate(block["list"], 1):
                yield f"{f'{number}.' if block.get('ordered') else '-'} {item}"
        elif "table" in block:
            yield from (" | ".join(row) for row in block["table"])
            yield ""
        else:
            yield block.get("title") or block["p"]
            if "title" in block:
                yield ""


def as_html(blocks: list[Block]) -> Iterator[str]:
    """The blocks as HTML; those of a row that are marked so in two columns."""
    inside = False
    for block in blocks:
        if bool(block.get("columns")) != inside:
            inside = not inside
            yield "<div class='columns'>" if inside else "</div>"
        if "title" in block:
            yield f"<h1>{html.escape(block['title'])}</h1>"
        elif "h" in block:
            yield f"<h2>{html.escape(block['h'])}</h2>"
        elif "list" in block:
            tag = "ol" if block.get("ordered") else "ul"
            items = "".join(f"<li>{html.escape(item)}</li>" for item in block["list"])
            yield f"<{tag}>{items}</{tag}>"
        elif "table" in block:
            head, *rows = block["table"]
            cells = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
            yield f"<table><thead><tr>{cells}</tr></thead><tbody>"
            for row in rows:
                yield "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            yield "</tbody></table>"
        else:
            yield f"<p>{html.escape(block['p'])}</p>"
    if inside:
        yield "</div>"


def as_article(page: dict[str, Any]) -> str:
    """A bare page."""
    body = "\n".join(as_html(page["blocks"]))
    title = html.escape(page["blocks"][0]["title"])
    return f"<!DOCTYPE html><html lang='{page['lang']}'><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"  # noqa: E501


def as_print(page: dict[str, Any]) -> str:
    """A page to be printed: two columns where marked, hyphens where the browser has patterns."""
    style = (
        "<style>body{font:11pt 'DejaVu Serif',serif;hyphens:auto;text-align:justify}"
        ".columns{columns:2;column-gap:8mm}table{border-collapse:collapse;width:100%}"
        "td,th{border:1px solid;padding:2mm;text-align:left;vertical-align:top}</style>"
    )
    return as_article(page).replace("</head>", style + "</head>")


def as_site(page: dict[str, Any]) -> str:
    """A page of a site with all that stands around its article."""
    words = page["site"]
    menu = "".join(
        f"<li><a href='/{at}'>{html.escape(each)}</a></li>" for at, each in enumerate(words["menu"])
    )
    title = html.escape(page["blocks"][0]["title"])
    body = "\n".join(as_html(page["blocks"]))
    return f"""<!DOCTYPE html>
<html lang="{page["lang"]}"><head><meta charset="utf-8"><title>{title}</title>
<script>var tracker = "{words["script"]}";</script><style>.hidden {{ display: none }}</style></head>
<body>
<div id="cookie-banner" class="cookie-consent" role="dialog"><p>{words["cookies"]}</p>
<button>OK</button></div>
<header><nav class="main-menu"><ul>{menu}</ul></nav>
<form class="login-form" action="/login"><label>{words["login"]} <input name="user"></label>
<label>{words["password"]} <input type="password"></label><button>{words["enter"]}</button></form></header>
<main><article class="content">{body}</article></main>
<aside class="sidebar"><h3>{words["aside"]}</h3><ul><li><a href="/n1">{words["news"]}</a></li></ul></aside>
<footer><p>{words["footer"]}</p></footer>
</body></html>
"""


NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def as_flat_odt(page: dict[str, Any]) -> str:
    """The text for LibreOffice: a running head, page numbers, two columns, hyphens."""
    language, country = ("ru", "RU") if page["lang"] == "ru" else ("en", "US")
    levels = '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    numbers = (
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph">
<style:paragraph-properties fo:text-align="justify" fo:margin-bottom="0.15cm" style:hyphenation-ladder-count="no-limit"/>
<style:text-properties style:font-name="DejaVu Serif" fo:font-family="'DejaVu Serif'" fo:font-size="12pt"
 fo:language="{language}" fo:country="{country}" fo:hyphenate="true" fo:hyphenation-remain-char-count="2"
 fo:hyphenation-push-char-count="2"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-size="20pt" fo:hyphenate="false"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard" style:default-outline-level="1">
<style:text-properties fo:font-size="15pt" fo:font-weight="bold" fo:hyphenate="false"/></style:style>
<text:list-style style:name="Bullets">{levels}</text:list-style>
<text:list-style style:name="Numbers">{numbers}</text:list-style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style>
</style:page-layout>
<style:style style:name="Two" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties></style:style>
<style:style style:name="Cell" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:header><text:p text:style-name="Standard">{html.escape(page["head"])}</text:p></style:header>
<style:footer><text:p text:style-name="Standard">— <text:page-number text:select-page="current">1</text:page-number> —</text:p>
</style:footer></style:master-page></office:master-styles>
<office:body><office:text>{"".join(as_odt_blocks(page["blocks"]))}</office:text></office:body>
</office:document>"""  # noqa: E501


def as_odt_blocks(blocks: list[Block]) -> Iterator[str]:
    """The blocks in OpenDocument's words."""
    inside = False
    for number, block in enumerate(blocks):
        if bool(block.get("columns")) != inside:
            inside = not inside
            yield (
                f'<text:section text:style-name="Two" text:name="S{number}">'
                if inside
                else "</text:section>"
            )
        if "title" in block:
            yield f'<text:p text:style-name="Title">{html.escape(block["title"])}</text:p>'
        elif "h" in block:
            text = html.escape(block["h"])
            yield f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{text}</text:h>'
        elif "list" in block:
            style = "Numbers" if block.get("ordered") else "Bullets"
            yield f'<text:list text:style-name="{style}">'
            for item in block["list"]:
                yield f'<text:list-item><text:p text:style-name="Standard">{html.escape(item)}</text:p></text:list-item>'  # noqa: E501
            yield "</text:list>"
        elif "table" in block:
            yield f'<table:table table:name="T{number}">'
            yield f'<table:table-column table:number-columns-repeated="{len(block["table"][0])}"/>'
            for row in block["table"]:
                yield "<table:table-row>"
                for cell in row:
                    yield '<table:table-cell table:style-name="Cell" office:value-type="string">'
                    yield f'<text:p text:style-name="Standard">{html.escape(cell)}</text:p>'
                    yield "</table:table-cell>"
                yield "</table:table-row>"
            yield "</table:table>"
        else:
            yield f'<text:p text:style-name="Standard">{html.escape(block["p"])}</text:p>'
    if inside:
        yield "</text:section>"


if __name__ == "__main__":
    main()
