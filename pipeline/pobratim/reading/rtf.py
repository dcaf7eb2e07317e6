"""Rich text (RTF 1.9): paragraphs, headings, lists, tables and footnotes, in one pass."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from pobratim.errors import InputError
from pobratim.reading.blocks import Blocks, Extracted

__all__ = ["read_rtf"]

TOKEN = re.compile(
    r"\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})?[ ]?"
    r"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
MOST_GROUPS = 5000
MOST_STYLES = 10_000
HEADING_NAME = re.compile(r"(?i)(?:heading|заголовок) ?([1-9])\Z")
BODY_LEVEL = 9

SKIPPED = frozenset((
    "fonttbl", "colortbl", "info", "pict", "object", "header", "headerl", "headerr", "headerf",
    "footer", "footerl", "footerr", "footerf", "fldinst", "listtable", "listoverridetable", "revtbl",
    "rsidtbl", "generator", "themedata", "colorschememapping", "latentstyles", "datastore",
    "xmlnstbl", "bkmkstart", "bkmkend", "xe", "tc", "tcn", "rxe", "annotation", "atnid", "atnauthor",
    "atnref", "atntime", "template", "filetbl", "pgdsctbl", "nonshppict", "nonesttables",
    "background", "sp", "sn", "sv", "shpinst-properties", "objdata", "objclass", "docvar",
    "userprops", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "mmathPr", "pgptbl", "wgrffmtfilter",
))  # fmt: skip
SHOWN_WHERE_STARRED = frozenset(("shpinst", "shptxt", "nesttableprops"))
SIGN_WORDS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
SIGNS = {"~": "\u00a0", "-": "\u00ad", "_": "-", "{": "{", "}": "}", "\\": "\\"}
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 134: "gbk",
    136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip


@dataclass(slots=True)
class _State:
    """What braces save and restore."""

    skipped: bool = False
    into: str = ""
    hidden: bool = False
    uc: int = 1
    encoding: str = ""
    outline: int = BODY_LEVEL
    style: int = -1
    in_table: bool = False


@dataclass(slots=True)
class _Rtf:
    """The reader: tokens in, blocks out."""

    blocks: Blocks = field(default_factory=Blocks)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    levels: dict[int, int] = field(default_factory=dict)
    name: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    mark: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    to_skip: int = 0

    def read(self, data: str) -> Extracted:
        """The text of ``data``, bytes as Latin-1."""
        at = 0
        while found := TOKEN.match(data, at):
            at = found.end()
            kind = found.lastgroup
            if found["hex"] is not None:
                self._byte(int(found["hex"], 16))
                continue
            if kind == "text":
                self._raw(found["text"])
                continue
            self._decode()
            if kind == "brace":
                self._brace(found["brace"])
            elif found["word"] is not None:
                number = int(found["number"]) if found["number"] else None
                if found["word"] == "bin":
                    at += max(0, number or 0)
                else:
                    self._word(found["word"], number)
            elif kind == "sign":
                self._sign(found["sign"])
        self._decode()
        self._paragraph()
        self._table()
        for note in self.notes:
            self.blocks.paragraph(note)
        return self.blocks.extracted()

    def _byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.pending.append(value)

    def _raw(self, text: str) -> None:
        skipped = min(self.to_skip, len(text))
        self.to_skip -= skipped
        self.pending += text[skipped:].encode("latin-1")

    def _decode(self) -> None:
        if self.pending:
            text = self.pending.decode(self.state.encoding or self.page, "replace")
            self.pending.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        state = self.state
        if state.into == "stylesheet":
            self.name.append(text)
        elif state.into == "font" or state.skipped or state.hidden:
            return
        elif state.into == "mark":
            self.mark.append(text)
        elif state.into == "note":
            self.note.append(text)
        else:
            self.words.append(text)

    def _brace(self, brace: str) -> None:
        self.to_skip = 0
        if brace == "{":
            if len(self.stack) >= MOST_GROUPS:
                raise InputError(f"groups nested more than {MOST_GROUPS:,} deep; it is broken")
            self.stack.append(replace(self.state))
        elif self.stack:
            left, self.state = self.state, self.stack.pop()
            if left.into == "stylesheet":
                self._learn(left)
            if left.into == "note" and self.state.into != "note":
                self.notes.append(_paired("".join(self.note)))
                self.note.clear()

    def _learn(self, left: _State) -> None:
        """A style's name and level, at the end of its group."""
        name = "".join(self.name).strip().rstrip(";").strip()
        self.name.clear()
        found = HEADING_NAME.match(name)
        level = int(found.group(1)) - 1 if found else left.outline
        if name.casefold() in ("title", "название"):
            level = -1
        if level < BODY_LEVEL and left.style >= 0 and len(self.levels) < MOST_STYLES:
            self.levels[left.style] = level

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.state.into = self.state.into or "starred"
        elif sign in "\r\n":
            self._paragraph_end()
        elif sign in SIGNS:
            self._character(SIGNS[sign])

    def _character(self, text: str) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self._put(text)

    def _word(self, word: str, number: int | None) -> None:
        state = self.state
        if state.into == "starred":
            state.into = ""
            if word not in SHOWN_WHERE_STARRED:
                state.skipped = True
        if word == "u" and number is not None:
            self._put(chr(number % 0x10000))
            self.to_skip = state.uc
            return
        self.to_skip = max(0, self.to_skip - 1)
        if word in SIGN_WORDS:
            self._put(SIGN_WORDS[word])
        elif word == "fonttbl":
            state.into = "font"
        elif word == "stylesheet":
            state.into = "stylesheet"
            self.name.clear()
        elif word in SKIPPED:
            state.skipped = True
        elif word in ("listtext", "pntext"):
            state.into = "mark"
            self.mark.clear()
        elif word == "footnote":
            state.into = "note"
        elif word in ("par", "sect", "page", "column"):
            self._paragraph_end()
        elif word in ("cell", "nestcell", "row", "nestrow") and not state.skipped:
            self._cell(word)
        else:
            self._set(word, number)

    def _set(self, word: str, number: int | None) -> None:
        """Properties of characters, paragraphs and fonts."""
        state = self.state
        if word == "uc":
            state.uc = min(max(0, number or 0), 10)
        elif word == "ansicpg" and number and _known(f"cp{number}"):
            self.page = f"cp{number}"
        elif word == "mac":
            self.page = "mac_roman"
        elif word == "f" and number is not None:
            self.font = number
            state.encoding = self.fonts.get(number, "") if state.into != "font" else ""
        elif word == "fcharset" and state.into == "font" and len(self.fonts) < MOST_STYLES:
            if number in CHARSETS and number != 0:
                self.fonts[self.font] = CHARSETS[number]
        elif word == "v":
            state.hidden = number != 0
        elif word == "plain":
            state.hidden, state.encoding = False, ""
        elif word == "pard":
            state.outline, state.style, state.in_table = BODY_LEVEL, -1, False
        elif word == "intbl":
            state.in_table = True
        elif word == "outlinelevel" and number is not None:
            state.outline = number
        elif word == "s" and number is not None:
            state.style = number

    def _paragraph_end(self) -> None:
        if self.state.skipped or self.state.into in ("stylesheet", "font"):
            return
        if self.state.into == "note":
            self.note.append("\n")
        elif self.state.in_table:
            self.words.append(" ")
        else:
            self._paragraph()

    def _cell(self, word: str) -> None:
        if word.endswith("cell"):
            mark = self._taken(self.mark).strip()
            text = self._taken(self.words)
            self.cells.append(f"{mark} {text}".strip())
        else:
            self.rows.append(self.cells)
            self.cells = []

    def _table(self) -> None:
        if self.cells:
            self.rows.append(self.cells)
            self.cells = []
        if self.rows:
            self.blocks.table(self.rows)
            self.rows = []

    def _paragraph(self) -> None:
        mark = self._taken(self.mark).strip()
        text = self._taken(self.words)
        if not text.strip():
            return
        self._table()
        level = min(self.state.outline, self.levels.get(self.state.style, BODY_LEVEL))
        if level < BODY_LEVEL:
            self.blocks.heading(f"{mark} {text}" if mark else text, level + 1)
        elif mark:
            self.blocks.item(text, mark if any(map(str.isalnum, mark)) else "-")
        else:
            self.blocks.paragraph(text)

    def _taken(self, words: list[str]) -> str:
        text = _paired("".join(words))
        words.clear()
        return text


def _known(name: str) -> bool:
    try:
        return bool(codecs.lookup(name))
    except LookupError:
        return False


def _paired(text: str) -> str:
    """``text`` with the two halves of a character beyond the BMP put together."""
    if not any("\ud800" <= ch <= "\udfff" for ch in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_rtf(data: bytes) -> Extracted:
    """The text of a rich text file; heads and feet of pages, pictures, comments and hidden text are
    left out."""
    return _Rtf().read(data.decode("latin-1"))
