"""A folder of results, a store over it, and a browser where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from review_browser import QUIET
from review_builders import hostile, report, results

from pobratim.review.store import FILE, Store

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return results(tmp_path / "results", report(), hostile())


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store(folder / FILE)
    opened.add_documents([report(), report("other")])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless browser; the test is skipped, and says so, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.is_file():
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET.split())
        yield browser
        browser.close()
