"""Pipelines for the tests of runs: what a text says first is what befalls the one that reads it."""

import ctypes
import os
import time
from pathlib import Path
from typing import Any

from pobratim.schema import City, Document, Mention, Source


def find(text: str, *, id: str, source: Source, log: str = "", **_: Any) -> Document:
    """Finds one city, the first word; ``log`` is a file that gets a line for each text."""
    if log and id != "warm-up":
        with Path(log).open("a") as stream:
            stream.write(f"{source.uri}\n")
    command, _, rest = text.partition(" ")
    act = ACTS.get(command)
    if act is not None:
        act(rest.strip())
    word = text.split()[0]
    start = text.index(word)
    mention = Mention(id="m1", label="CITY", start=start, end=start + len(word), text=word)
    city = City(id=f"local:{word}", name_en=word, mentions=["m1"])
    return Document(id=id, source=source, text=text, mentions=[mention], cities=[city])


def no_models(text: str, *, id: str, source: Source) -> Document:
    """A pipeline that cannot be loaded."""
    raise OSError("no such model")


def fail(_: str) -> None:
    """An error of the program."""
    raise RecursionError("too deep\nin there")


def fail_within(_: str) -> None:
    """An error that another one wraps."""
    try:
        raise KeyError("ag")
    except KeyError as error:
        raise ValueError("component could not be run") from error


def crash(_: str) -> None:
    """As a fault in a native library."""
    ctypes.string_at(0)


def leave(_: str) -> None:
    """As a library that ends the process."""
    os._exit(3)


def crash_once(mark: str) -> None:
    """Dies only if ``mark`` is not there, and puts it there."""
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)


def hang(_: str) -> None:
    """Never ends."""
    while True:
        pass


def sleep(seconds: str) -> None:
    """Takes its time."""
    time.sleep(float(seconds))


def eat(_: str) -> None:
    """Takes all memory there is."""
    held = []
    while True:
        held.append(bytearray(32 << 20))


ACTS = {
    "FAIL": fail,
    "WRAPPED": fail_within,
    "CRASH": crash,
    "LEAVE": leave,
    "ONCE": crash_once,
    "HANG": hang,
    "SLEEP": sleep,
    "EAT": eat,
}
