"""A folder of results, opened by one run alone and made to fit what is asked for."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from pobratim.batch import layout
from pobratim.batch.journal import Journal
from pobratim.batch.ledger import Ledger
from pobratim.batch.options import Options, Summary
from pobratim.errors import OutputError


class Results:
    """The ledger of ``place`` and this run's line in its journal.

    ``inputs`` are as the run was given them, ``names`` as they are kept. Raises
    :class:`~pobratim.errors.OutputError` where another run has the folder.
    """

    def __init__(
        self, place: Path, inputs: tuple[str, ...], names: Iterable[str], options: Options
    ) -> None:
        place.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            lock = os.open(place, os.O_RDONLY)
            opened.callback(os.close, lock)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise OutputError(f"{place} is in use by another run; wait for it") from None
            if not (place / layout.STATE).exists():
                # An earlier layout has results but no state, and is replaced.
                layout.clear_results(place)
            most = {"inputs": options.part_inputs, "size": options.part_bytes}
            self.ledger = Ledger(place, compress=options.compress, **most)
            opened.callback(self.ledger.abandon)
            if options.force:
                self.ledger.clear()
            self.ledger.configure(
                options.key(),
                compress=options.compress,
                ordered=options.ordered,
                inputs=json.dumps(list(names)),
            )
            self.journal = Journal(self.ledger.state, inputs, options)
            self._opened = opened.pop_all()

    def stopped(self, summary: Summary) -> None:
        """Keep what is done, if the disk lets us; to be called while an exception is handled."""
        kind = sys.exc_info()[0]
        failed = kind is not None and issubclass(kind, Exception)
        try:
            self.ledger.state.rollback()
            self.ledger.commit()
            self.journal.ended("failed" if failed else "stopped", summary)
        except (OSError, sqlite3.Error):
            return

    def finished(self, summary: Summary) -> None:
        """Note what the results hold, in ``summary`` too."""
        told = self.ledger.state.totals()
        summary.documents, summary.failures, summary.rows = told
        self.journal.ended("finished", summary)

    def close(self, *, whole: bool) -> None:
        """Let go of the folder; ``whole`` after a run that has finished."""
        with self._opened:
            if whole:
                self.ledger.close()
