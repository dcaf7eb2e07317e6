"""The records: what one document becomes, whoever wrote it.

Gold, system output and corrected output are all a :class:`Document`. Offsets are half-open
Python code-point offsets into ``Document.text``. Dates are EDTF strings (ISO 8601-2, levels 0 to 2);
``earliest`` and ``latest`` are proleptic Gregorian days, ``YYYY-MM-DD`` with a sign for years BC.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    SerializeAsAny,
    Tag,
)

SCHEMA_VERSION = "1.0"

Language = Literal["ru", "en", "mul", "und"]
PlainLabel = Literal[
    "CITY", "REGION", "COUNTRY", "PERSON", "ROLE", "ORGANIZATION", "EVENT", "AGREEMENT"
]
RelationLabel = Literal[
    "PARTY",
    "SIGNED_ON",
    "SIGNED_IN",
    "SIGNED_BY",
    "HOLDS",
    "OFFICE_OF",
    "COUNTED_ON",
    "COUNTED_IN",
]
Office = Literal[
    "mayor",
    "vice_mayor",
    "acting_mayor",
    "deputy_mayor",
    "governor",
    "president",
    "ambassador",
    "consul",
    "chair",
    "head",
    "deputy_head",
    "director",
    "other",
]
Instrument = Literal[
    "agreement", "treaty", "memorandum", "protocol", "plan", "communique", "declaration", "other"
]
Purpose = Literal["twinning", "friendship", "partnership", "cooperation", "exchange", "other"]
Status = Literal["signed", "planned", "in_force", "ended", "mentioned"]
Category = Literal[
    "people",
    "organizations",
    "delegations",
    "events",
    "area",
    "population",
    "money",
    "share",
    "other",
]

PLAIN_LABELS: tuple[str, ...] = get_args(PlainLabel)
LABELS: tuple[str, ...] = (*PLAIN_LABELS[:7], "DATE", "COUNT", "AGREEMENT")
PLACE_LABELS = frozenset({"CITY", "REGION", "COUNTRY"})
RELATION_LABELS: tuple[str, ...] = get_args(RelationLabel)

RELATION_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "PARTY": (frozenset({"AGREEMENT"}), PLACE_LABELS | {"ORGANIZATION"}),
    "SIGNED_ON": (frozenset({"AGREEMENT"}), frozenset({"DATE"})),
    "SIGNED_IN": (frozenset({"AGREEMENT"}), frozenset({"CITY", "ORGANIZATION", "EVENT"})),
    "SIGNED_BY": (frozenset({"AGREEMENT"}), frozenset({"PERSON"})),
    "HOLDS": (frozenset({"PERSON"}), frozenset({"ROLE"})),
    "OFFICE_OF": (frozenset({"ROLE"}), PLACE_LABELS | {"ORGANIZATION"}),
    "COUNTED_ON": (frozenset({"COUNT"}), frozenset({"DATE"})),
    "COUNTED_IN": (
        frozenset({"COUNT"}),
        frozenset({"CITY", "COUNTRY", "ORGANIZATION", "EVENT"}),
    ),
}
"""For each relation, the labels that its head and its tail may have."""


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(_number, return_type=int | float, when_used="json")]
"""A decimal; in JSON a plain number."""

Score = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    """The base of every record: unknown fields are an error, so that a misspelt one is seen."""

    model_config = ConfigDict(extra="forbid")


class SourcePart(Record):
    """A piece of a document's text and where in its source it stands.

    ``start`` and ``end`` are half-open code-point offsets into ``Document.text``; ``page`` counts
    from 1; ``element`` names a place that a reader finds: ``table 2``, the headings above
    (``Partners > Projects``), a chapter.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = Field(default=None, ge=1)
    element: str | None = None

    @property
    def place(self) -> str:
        """The place, for people: ``page 3``, ``table 2``."""
        page = f"page {self.page}" if self.page is not None else ""
        return ", ".join(filter(None, (page, self.element)))


class Source(Record):
    """Where a document came from. ``sha256`` is of the bytes as read, before decoding.

    ``parts`` leads from the text to pages or elements of a structured file, in the text's order and
    without overlaps; a plain text has none.
    """

    uri: str
    sha256: str = ""
    media_type: str = "text/plain"
    parts: list[SourcePart] | None = None

    def part_at(self, offset: int) -> SourcePart | None:
        """The part in which the character at ``offset`` of the text stands, where one is known."""
        parts = self.parts or []
        at = bisect_right(parts, offset, key=lambda part: part.start) - 1
        return parts[at] if at >= 0 and offset < parts[at].end else None


class Pipeline(Record):
    """What made a document's records: the program and every model and lexicon it read."""

    name: str = "pobratim"
    version: str
    models: dict[str, str] = Field(default_factory=dict)


class Notice(Record):
    """Something a reader should know: ``code`` is stable, ``message`` is for people."""

    code: str
    message: str


class Mention(Record):
    """A span of the text with a label. ``score`` is absent in gold; ``why`` names the rule or model."""

    id: str
    label: PlainLabel
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    score: Score | None = None
    entity: str | None = None
    why: str | None = None


class DateMention(Mention):
    """A calendar point or interval. ``value`` is EDTF; ``earliest``/``latest`` its first and last day."""

    label: Literal["DATE"]  # type: ignore[assignment]
    value: str | None = None
    earliest: str | None = None
    latest: str | None = None


class CountMention(Mention):
    """A number with what it counts.

    ``unit`` is a UCUM code, an ISO 4217 currency or ``%``; ``counted`` the lemma of the head noun.
    """

    label: Literal["COUNT"]  # type: ignore[assignment]
    value: Number | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    approximate: bool = False
    unit: str | None = None
    counted: str | None = None
    category: Category | None = None


def _kind(value: Any) -> str:
    label = value.get("label") if isinstance(value, dict) else getattr(value, "label", None)
    return label if label in ("DATE", "COUNT") else "plain"


AnyMention = Annotated[
    Annotated[Mention, Tag("plain")]
    | Annotated[DateMention, Tag("DATE")]
    | Annotated[CountMention, Tag("COUNT")],
    Discriminator(_kind),
]


class Relation(Record):
    """A labelled arrow between two mentions; :data:`RELATION_ENDS` says which labels it may join."""

    id: str
    label: RelationLabel
    head: str
    tail: str
    score: Score | None = None
    why: str | None = None


class EvidencedRecord(Record):
    """A record with the ids of the mentions that support it."""

    id: str
    mentions: list[str] = Field(default_factory=list)
    score: Score | None = None


class City(EvidencedRecord):
    """A populated place; ``id`` is ``geonames:<id>`` or ``local:<name>`` where unknown."""

    name_en: str | None = None
    name_ru: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Official(EvidencedRecord):
    """A person in an office. ``name`` is nominative, ``title`` as written, ``observed`` EDTF."""

    name: str
    office: Office
    title: str
    of: str | None = None
    observed: str | None = None


class Organization(EvidencedRecord):
    """A named body; ``name`` is nominative, ``aliases`` the other forms met.

    ``key`` is the same for one body in every document, language, case and usual spelling, where its
    name tells it from others (``hospital sejon``). Bodies of one key in different cities may be two.
    """

    name: str
    aliases: list[str] = Field(default_factory=list)
    city: str | None = None
    key: str | None = None


class Party(Record):
    """One side of an agreement; ``implied`` where only the layout or the page's owner tells it."""

    id: str
    name: str
    implied: bool = False


class Agreement(EvidencedRecord):
    """Who signed what with whom, when and where; ``signed`` is EDTF."""

    instrument: Instrument
    purpose: Purpose = "other"
    parties: list[Party] = Field(default_factory=list)
    subject: str | None = None
    signed: str | None = None
    place: str | None = None
    signatories: list[str] = Field(default_factory=list)
    status: Status = "mentioned"


class Count(EvidencedRecord):
    """A figure with its circumstances: ``action`` is a verb's lemma, ``period`` EDTF."""

    value: Number | None = None
    minimum: Number | None = None
    maximum: Number | None = None
    approximate: bool = False
    unit: str | None = None
    counted: str | None = None
    category: Category | None = None
    action: str | None = None
    place: str | None = None
    period: str | None = None
    cumulative: bool = False


class Document(Record):
    """One input document and everything found in it."""

    RECORD_TYPES: ClassVar[tuple[str, ...]] = (
        "cities",
        "officials",
        "organizations",
        "agreements",
        "counts",
    )

    schema_version: str = SCHEMA_VERSION
    id: str
    source: Source
    text: str
    language: Language = "und"
    reference_period: str | None = None
    # Each is written as what it is, which spares asking for its kind again.
    mentions: list[SerializeAsAny[AnyMention]] = Field(default_factory=list)
    relations: list[Relation] = Field(default_factory=list)
    cities: list[City] = Field(default_factory=list)
    officials: list[Official] = Field(default_factory=list)
    organizations: list[Organization] = Field(default_factory=list)
    agreements: list[Agreement] = Field(default_factory=list)
    counts: list[Count] = Field(default_factory=list)
    warnings: list[Notice] = Field(default_factory=list)
    pipeline: Pipeline | None = None

    def to_json(self) -> str:
        """The document as one line of JSON; absent values are left out."""
        return self.to_bytes().decode()

    def to_bytes(self) -> bytes:
        """The same in UTF-8."""
        return self.__pydantic_serializer__.to_json(self, exclude_none=True)
