"""XML of unknown origin: no entities, no network, no depth or length without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["MOST_XML", "child", "children", "local", "parse_xml"]

MOST_XML = 32 << 20
"""Bytes of XML that are parsed at a time; a tree takes some ten times as much memory."""


def parse_xml(data: bytes, what: str) -> _Element:
    """The root of ``data``, the part ``what`` of a document.

    Raises :class:`~pobratim.errors.InputError` where it is no XML, or declares entities, or is
    nested deeper than libxml2's 256.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if len(data) > MOST_XML:
        raise InputError(f"its part {what} is longer than {MOST_XML:,} bytes")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"damaged: {what} is no proper XML: {error}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():  # type: ignore[union-attr]  # lxml-stubs lack it
        raise InputError(f"refused: {what} declares entities, as files made to do harm do")
    return root


def local(element: _Element) -> str:
    """The name of ``element`` without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The children of this local name."""
    return (each for each in element if local(each) == name)


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of this local name."""
    return None if element is None else next(children(element, name), None)
