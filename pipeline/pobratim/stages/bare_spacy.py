"""spaCy without its command line, which is a third of what importing spaCy costs.

``spacy/__init__.py`` takes one function, ``info``, from ``spacy.cli``, and with it come typer, weasel,
requests and jinja2. While spaCy is imported here a stand-in for that function takes their place;
afterwards ``spacy.cli`` is there for whoever imports it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["spacy"]

PACKAGE, MODULE = "spacy.cli", "spacy.cli.info"


def _import_spacy() -> Any:
    if "spacy" in sys.modules or PACKAGE in sys.modules:
        return import_module("spacy")
    stand_ins = {PACKAGE: ModuleType(PACKAGE), MODULE: ModuleType(MODULE)}
    vars(stand_ins[MODULE])["info"] = _info
    sys.modules.update(stand_ins)
    try:
        return import_module("spacy")
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _info(*arguments: Any, **named: Any) -> Any:
    """``spacy.info``, from the real module."""
    return import_module(MODULE).info(*arguments, **named)


spacy = _import_spacy()
