"""The engine for a Ray cluster: the stages of a run as a Ray Data pipeline.

    files ──► Unpacking (actors) ──► Extracting (an actor for each core) ──► here, in order ──► ledger

A lost machine's actors are started again on others and do again what it had under way; what comes
back is counted, so that nothing is lost and nothing is there twice. The results are made in a folder
here, and brought to a URL where one is given.
"""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from pobratim.batch.counter import Total
from pobratim.batch.engines.parts import lines_of, made_of
from pobratim.batch.engines.planning import Work
from pobratim.batch.engines.stages import Extracting, Unpacking, packed, unpacked
from pobratim.batch.engines.storage import Listing, Mirror, is_url
from pobratim.batch.engines.writing import Writing
from pobratim.batch.options import Options, Summary, Watcher
from pobratim.batch.tasks import PartMaking
from pobratim.errors import EngineError, OutputError

FILES_A_WAVE = 200_000
"""So many files are given to Ray at once; their names are all that is held of them here."""

FILES_A_TASK = 32
BLOCK_BYTES = 512 << 10
CORES_A_READER = 16
CORES_AN_ACTOR = 0.5
"""What an actor books; it needs one. So the actors of lost machines find a place on the others."""

INSTALL = "--engine ray needs Ray: python -m pip install 'pobratim[ray]', on every machine"


def run(
    inputs: Sequence[str],
    out: str,
    watcher: Watcher,
    options: Options | None = None,
    *,
    address: str | None = None,
) -> Summary:
    """Extract what ``inputs`` name, paths or URLs, into ``out``, a folder or a URL.

    ``address`` is that of a cluster that this machine is part of, as ``host:6379`` or ``auto``; by
    default the environment's ``RAY_ADDRESS``, or a cluster of this machine alone. Raises the errors of
    :func:`pobratim.batch.run.run`, and :class:`~pobratim.errors.EngineError` where there is no Ray, no
    cluster, or no such file system.
    """
    chosen = options or Options()
    if find_spec("ray") is None:
        raise EngineError(INSTALL)
    if not chosen.ordered:
        raise EngineError("--engine ray writes in input order; leave --unordered out")
    mirror = Mirror(out, _scratch(out)) if is_url(out) else None
    place = Path(os.path.realpath(out)) if mirror is None else _scratch(out)
    listing = Listing(inputs)
    try:
        if mirror is not None:
            mirror.restore()
        with _cluster(address) as cores:
            makers = _Makers(chosen.compress, mirror, cores)
            writing = Writing(place, watcher, chosen, makers)
            writing.open(tuple(inputs))
            try:
                _run(writing, listing, watcher, chosen, cores)
                summary = writing.finish()
            except BaseException:
                writing.stopped()
                raise
            if mirror is not None:
                mirror.finish()
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(
            f"{out} could not be written: {reason}; what is done is kept, "
            "and the same command goes on"
        ) from error
    summary.skipped = dict(listing.skipped)
    return summary


def _scratch(url: str) -> Path:
    """Where results are made that go to ``url``; a run that was stopped goes on from there."""
    from platformdirs import user_cache_path

    return user_cache_path("pobratim") / "runs" / hashlib.sha256(url.encode()).hexdigest()[:16]


def _run(
    writing: Writing, listing: Listing, watcher: Watcher, options: Options, cores: int
) -> None:
    from ray.exceptions import RayError

    files = size = 0
    works = writing.works(listing)
    watcher.loading()
    while wave := list(islice(works, FILES_A_WAVE)):
        files += len(wave)
        size += sum(work.file.stamp.size for work in wave if work.file.stamp is not None)
        watcher.total(Total(files, size, len(wave) < FILES_A_WAVE))
        writing.expect(wave)
        try:
            for table in _answers(wave, options, cores):
                writing.take(unpacked(table))
        except RayError as error:
            reason = " ".join(str(error).split())[:500]
            raise EngineError(
                f"the cluster gave up: {reason}; what is done is kept, and the same command goes on"
            ) from error
        writing.check_all_came()
    writing.check_any(listing.inputs)


def _answers(wave: list[Work], options: Options, cores: int) -> Iterator[Any]:
    """What becomes of a wave of files, as tables in the order of the files."""
    import ray.data

    context = ray.data.DataContext.get_current().copy()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.target_max_block_size = BLOCK_BYTES
    actors = options.workers or cores
    readers = max(1, cores // CORES_A_READER)
    step = max(1, min(FILES_A_TASK, len(wave) // (actors * 8)))
    tables = [packed(wave[start : start + step]) for start in range(0, len(wave), step)]
    whole: dict[str, Any] = {
        "batch_size": None,
        "batch_format": "pyarrow",
    }
    with ray.data.DataContext.current(context):
        dataset = (
            ray.data.from_arrow(tables)
            .map_batches(
                Unpacking,
                fn_constructor_args=(options,),
                compute=ray.data.ActorPoolStrategy(size=readers),
                num_cpus=0,
                **whole,
            )
            .map_batches(
                Extracting,
                fn_constructor_args=(options, options.pipeline.key()),
                compute=ray.data.ActorPoolStrategy(size=actors),
                num_cpus=CORES_AN_ACTOR,
                **whole,
            )
        )
        yield from dataset.iter_batches(batch_size=None, batch_format="pyarrow")


@contextmanager
def _cluster(address: str | None) -> Iterator[int]:
    """A cluster to work on: how many cores it has."""
    # Ray's own reports of its use go nowhere.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    if address is not None and address.startswith("ray://"):
        raise EngineError(
            f"{address}: a run has to be on a machine of the cluster; give --address auto there"
        )
    ours = not ray.is_initialized()
    handler = signal.getsignal(signal.SIGTERM)
    try:
        if ours:
            ray.init(
                address=address,
                include_dashboard=False if address is None else None,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _leave)
        resources: Any = ray.cluster_resources
        yield max(1, int(resources().get("CPU", 1)))
    except ConnectionError as error:
        raise EngineError(
            f"no Ray cluster at {address or os.environ.get('RAY_ADDRESS', '')}: start one "
            "with ray start --head, or leave --address out to use this machine alone"
        ) from error
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, handler)
        if ours:
            ray.shutdown()


def _leave(number: int, _: object) -> None:
    raise SystemExit(128 + number)


class _Makers:
    """Parts made by Ray tasks, of which a few are under way at once."""

    def __init__(self, compress: bool, mirror: Mirror | None, cores: int) -> None:
        import ray

        self._compress = compress
        self._mirror = mirror
        self._make = ray.remote(num_cpus=0, max_retries=-1, scheduling_strategy="SPREAD")(made_of)
        self._under_way: dict[int, Any] = {}
        self.most = max(2, cores // CORES_A_READER)

    def begin(self, task: PartMaking) -> None:
        """Begin with a part."""
        self._under_way[task.part] = self._make.remote(task.part, *lines_of(task), self._compress)

    def made(self, part: int, *, wait: bool) -> tuple[dict[str, int], dict[str, bytes]] | None:
        """Rows and files of a part that was begun; ``None`` if it is under way and not waited for."""
        import ray

        done, _ = ray.wait([self._under_way[part]], timeout=None if wait else 0)
        if not done:
            return None
        found: tuple[dict[str, int], dict[str, bytes]] = ray.get(self._under_way.pop(part))
        return found

    def written(self, path: Path) -> None:
        """A file is in its place."""
        if self._mirror is not None:
            self._mirror.send(path)
