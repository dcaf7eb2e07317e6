"""What a person does in the page, for the end-to-end tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SAVED = re.compile("^(Saved|Сохранено)$")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
"""Switches that keep Chromium from the network and the sandbox that root cannot have."""
RECTS = """([words, nth]) => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const nodes = []; let text = "";
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    nodes.push([n, text.length]);
    text += n.nodeValue;
  }
  let at = -1;
  for (let i = 0; i <= nth; i++) at = text.indexOf(words, at + 1);
  const place = (offset, last) => {
    const [node, start] = nodes.findLast(([, s]) => last ? s < offset : s <= offset);
    return [node, offset - start];
  };
  const range = document.createRange();
  range.setStart(...place(at, false)); range.setEnd(...place(at + words.length, true));
  const pane = document.querySelector(".reading").getBoundingClientRect();
  const box = range.getBoundingClientRect();
  if (box.top < pane.top + 10 || box.bottom > Math.min(pane.bottom, innerHeight) - 10) {
    document.querySelector(".reading").scrollTop += box.top - pane.top - 60;
  }
  return [...range.getClientRects()].filter((r) => r.width).map((r) => [r.left, r.top, r.right, r.bottom]);
}"""


class Annotator:
    """One person at one browser window."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.faults: list[str] = []
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._console)
        page.goto(address)

    def _console(self, message: Any) -> None:
        if message.type == "error" and "409" not in message.text:
            self.faults.append(message.text)

    def open(self, document: str = "report") -> None:
        self.page.locator(f'[data-document="{document}"] th a').click()
        self.page.locator("article .line").first.wait_for()

    def rects(self, words: str, nth: int = 0) -> list[list[float]]:
        found: list[list[float]] = self.page.evaluate(RECTS, [words, nth])
        return found

    def select(self, words: str, nth: int = 0) -> None:
        """Select words with the mouse, as a person does."""
        rects = self.rects(words, nth)
        (left, top, _, bottom), (_, above, right, below) = rects[0], rects[-1]
        mouse = self.page.mouse
        mouse.move(left + 0.5, (top + bottom) / 2)
        mouse.down()
        mouse.move(right + 3, (above + below) / 2, steps=3)
        mouse.move(right - 0.5, (above + below) / 2)
        mouse.up()

    def mark(self, words: str) -> Any:
        return self.page.locator("mark", has_text=words).first

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        """Wait until everything is on the disk."""
        self.page.wait_for_timeout(60)
        self.page.locator(".saving", has_text=SAVED).wait_for()

    def card(self, words: str) -> Any:
        return self.page.locator(".card", has_text=words).first


@contextmanager
def at(chromium: Any, address: str, **options: Any) -> Iterator[Annotator]:
    """A new window with cookies of its own; an error of the page fails the test."""
    context = chromium.new_context(
        **{"viewport": {"width": 1400, "height": 900}, "locale": "en-GB", **options}
    )
    annotator = Annotator(context.new_page(), address)
    yield annotator
    context.close()
    assert annotator.faults == []
