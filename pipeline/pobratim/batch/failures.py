"""What is recorded of an input that gave no document."""

from __future__ import annotations

import json

from pobratim.batch.options import Failure
from pobratim.batch.pool import Outcome
from pobratim.batch.reader import Entry
from pobratim.batch.tasks import Fault


def failure_of(outcome: Outcome, entry: Entry, id: str, sequence: int) -> Failure:
    """The row of ``errors`` for an outcome that is a fault."""
    fault: Fault = outcome.value
    told = (fault.stage, fault.code, fault.message, fault.traceback)
    return Failure(entry.member.uri, id, sequence, *told, outcome.attempts)


def line_of(failure: Failure) -> bytes:
    """The line of errors.jsonl."""
    told = json.dumps(failure._asdict(), ensure_ascii=False)
    return told.encode("utf-8", "backslashreplace") + b"\n"
