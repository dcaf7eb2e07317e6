"""When two names, two dates, or two references to an entity are the same.

The ids of local entities (``org:1``, ``local:…``) are the writer's own, so gold and system are
compared by what the ids stand for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pobratim.schema import Document

GLOBAL_SCHEMES = frozenset({"geonames", "wikidata", "iso3166", "iso", "country", "region"})
"""Schemes of ids that mean the same in every document."""

LOCAL_CITY = "local"

_SPELLING = str.maketrans(
    {"ё": "е", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "’": "'", "–": "-", "—": "-"}
)
_TIME = re.compile(r"T00:00(?::00)?$")


def normal_name(name: str) -> str:
    """A name for comparison: NFKC, case folded, ё as е, one kind of quotes and dashes, single
    spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_SPELLING)
    return " ".join(folded.split())


def normal_edtf(value: str) -> str:
    """An EDTF string for comparison: ``?~`` as ``%``, no midnight, ``x/x`` as ``x``.

    Values that name the same days in different precision (``2016-07`` and
    ``2016-07-01/2016-07-31``) stay different: they do not say the same.
    """
    ends = [_normal_day(end) for end in value.strip().upper().split("/")]
    return ends[0] if len(set(ends)) == 1 else "/".join(ends)


def _normal_day(value: str) -> str:
    day = _TIME.sub("", value.strip())
    return day.replace("?~", "%").replace("~?", "%")


def scheme_of(identifier: str) -> str | None:
    """The scheme of a global id (``geonames`` of ``geonames:2022890``); None for a local one."""
    scheme, colon, _ = identifier.partition(":")
    return scheme if colon and scheme in GLOBAL_SCHEMES else None


@dataclass(frozen=True, slots=True)
class Entity:
    """What a reference stands for: its id, its normalised names, the spans that mention it."""

    id: str
    names: frozenset[str]
    spans: frozenset[tuple[int, int]]

    def same(self, other: Entity) -> bool:
        """Whether both stand for one thing.

        Ids of one global scheme decide alone. Otherwise a shared name does, or else a span of
        one that is a span of the other (the same words of the text).
        """
        scheme = scheme_of(self.id)
        if scheme is not None and scheme == scheme_of(other.id):
            return self.id == other.id
        return bool(self.names & other.names) or bool(self.spans & other.spans)


class EntityNames:
    """Resolves the entity and mention ids of one document.

    ``origin`` is the code-point offset that counts as 0, for a document scored in slices.
    """

    def __init__(self, document: Document, origin: int = 0) -> None:
        self._names: dict[str, set[str]] = {}
        self._spans: dict[str, set[tuple[int, int]]] = {}
        spans = {m.id: (m.start - origin, m.end - origin) for m in document.mentions}
        for mention in document.mentions:
            for key in (mention.id, mention.entity):
                if key is not None:
                    self._name(key, mention.text)
                    self._spans.setdefault(key, set()).add(spans[mention.id])
        for city in document.cities:
            self._record(city.id, (city.name_en, city.name_ru), city.mentions, spans)
        for body in document.organizations:
            self._record(body.id, (body.name, *body.aliases), body.mentions, spans)
        for official in document.officials:
            self._record(official.id, (official.name,), (), spans)
        for agreement in document.agreements:
            for party in agreement.parties:
                self._name(party.id, party.name)

    def resolve(self, reference: str) -> Entity:
        """What ``reference`` stands for; one that is no id of the document is a name itself."""
        names = self._names.get(reference)
        if names is None:
            names = {normal_name(reference.partition(":")[2] or reference)}
        return Entity(reference, frozenset(names), frozenset(self._spans.get(reference, ())))

    def _name(self, key: str, name: str | None) -> None:
        if name:
            self._names.setdefault(key, set()).add(normal_name(name))

    def _record(
        self,
        key: str,
        names: tuple[str | None, ...],
        mentions: list[str] | tuple[()],
        spans: dict[str, tuple[int, int]],
    ) -> None:
        for name in names:
            self._name(key, name)
        self._spans.setdefault(key, set()).update(spans[m] for m in mentions if m in spans)
