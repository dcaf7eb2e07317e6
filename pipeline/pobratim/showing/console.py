"""One line of error, in red where the console has colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from pobratim.showing.visible import on_one_line

if TYPE_CHECKING:
    from rich.console import Console


def show_error(console: Console, message: str) -> None:
    """One red line; what is in it is text, never markup."""
    console.print(Text(f"error: {on_one_line(message)}", style="red"), soft_wrap=True)
