"""For PySpark: a function for ``DataFrame.mapInPandas``, with the limits and faults of a run.

    from pobratim.batch.engines.spark import SCHEMA, extract_partition
    texts.mapInPandas(extract_partition, SCHEMA)

``texts`` has the columns ``id`` and ``text``, and may have ``uri``. What comes out has a row for each:
``document`` as JSON, a line of documents.jsonl, or ``code`` and ``message`` of what failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pobratim.batch.engines.stages import Done, Extracting
from pobratim.batch.options import Options
from pobratim.batch.reader import Entry
from pobratim.batch.tasks import Written, renamed
from pobratim.reading.members import Member

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "id string, document string, code string, message string"
TEXT = "text/plain"


def extractor(
    options: Options | None = None,
) -> Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]:
    """A function like :func:`extract_partition`, of another pipeline or with other limits."""
    chosen = options or Options()

    def extract(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        extracting = Extracting(chosen, chosen.pipeline.key())
        try:
            for frame in frames:
                yield _extracted(extracting, frame)
        finally:
            extracting.close()

    return extract


def extract_partition(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The documents of one partition; the models are loaded once for it."""
    yield from extractor()(frames)


def _extracted(extracting: Extracting, frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    uris = frame["uri"] if "uri" in frame else frame["id"]
    told = zip(frame["id"], frame["text"], uris, strict=True)
    rows = [_row(extracting, str(id), str(text), str(uri)) for id, text, uri in told]
    return pd.DataFrame(rows, columns=["id", "document", "code", "message"])


def _row(
    extracting: Extracting, id: str, text: str, uri: str
) -> tuple[str, str | None, str | None, str | None]:
    data = text.encode("utf-8", "replace")
    entry = Entry(0, 0, Member(uri, id, data=data, media_type=TEXT), "", None, None, 0)
    (answer,) = extracting.answers([entry])
    if not isinstance(answer, Done):
        return id, None, "model", getattr(answer, "message", "")
    value = answer.outcome.value
    if not isinstance(value, Written):
        return id, None, value.code, value.message
    line = renamed(value.line, uri, id).line
    return id, line.decode().rstrip("\n"), None, None
