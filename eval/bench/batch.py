"""Speed, overhead and memory of runs, on generated collections.

    python eval/bench/batch.py [--documents 600] [--sizes 10 1000 100000] [--rounds 3] [--json FILE]

*Overhead* is what a run adds to extraction, both measured in one run as processor time, user and
system, of all processes but the nursery, which only loads the models and forks: the time within the
pipeline's function, and all the rest, that of a run over two documents taken off. It is told by
process too, that of the nursery as well. *Cores* is the wall-clock rate with two
workers against one, start-up taken off; the bare loop is the same texts without a run. *Memory* is
the peak of each kind of process over collections of different sizes, with a pipeline that costs next
to nothing, so that a hundred thousand documents are done in minutes; --real also measures it with the
real one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import collection
import processes
import timed

HERE = Path(__file__).resolve().parent
BARE = """
import sys, time, pathlib
import pobratim
from pobratim.batch.pipeline import WARM_UP
pobratim.extract(WARM_UP)
texts = [path.read_text("utf-8") for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.txt"))]
wall, cpu = time.perf_counter(), time.process_time()
for text in texts:
    pobratim.extract(text)
print(time.perf_counter() - wall, time.process_time() - cpu)
"""
RUN = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from pobratim.batch.pipeline import PipelineSpec
from pobratim.batch.log import JsonLog
from pobratim.batch.options import Options
from pobratim.batch.run import run
spec = PipelineSpec({pipeline!r}, {arguments!r})
run([sys.argv[1]], Path(sys.argv[2]), JsonLog(sys.stderr), Options(pipeline=spec, workers={workers}))
"""
REAL, TIMED, LIGHT = "pobratim:extract", "timed:extract", "light:find"
RUNS_OWN, NURSERY, READER, WORKERS = "the run", "nursery", "reader and counter", "workers"


class Spent(NamedTuple):
    """Seconds by the clock; processor seconds by kind of process, those of extraction apart; peak
    bytes by kind of process, and of all together in each quarter of the run."""

    wall: float
    cpu: dict[str, float]
    extraction: float
    peaks: dict[str, int]
    quarters: list[int]

    @property
    def rest(self) -> float:
        """Processor seconds that are not extraction, nor the loading of models and forking."""
        return sum(self.cpu.values()) - self.extraction - self.cpu.get(NURSERY, 0.0)


def bare(texts: Path) -> tuple[float, float]:
    """Seconds by the clock and of processors, for all texts without a run."""
    command = [sys.executable, "-c", BARE, str(texts)]
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
    alone = {**os.environ, **dict.fromkeys(threads, "1")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=alone)
    told = done.stdout.split()
    return float(told[0]), float(told[1])


def run(texts: Path, pipeline: str, workers: int, watch: bool = False) -> Spent:
    """One run in processes of its own; all that it writes is removed."""
    place = Path(tempfile.mkdtemp(dir=texts.parent))
    notes = place / "notes"
    notes.mkdir()
    arguments = {"notes": str(notes)} if pipeline == TIMED else {}
    code = RUN.format(here=str(HERE), pipeline=pipeline, workers=workers, arguments=arguments)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(texts), str(place / "out")], stderr=subprocess.DEVNULL
    )
    peaks: dict[str, int] = {}
    series: list[int] = []
    kinds: dict[int, str] = {}
    # The nursery's children are not waited for by this process, so their time is read as they live.
    cpu: dict[int, float] = {}
    while process.poll() is None:
        family = processes.family(process.pid)
        for at, pid in enumerate(family):
            kinds[pid] = (RUNS_OWN, NURSERY, READER)[min(at, 2)]
            cpu[pid] = max(cpu.get(pid, 0.0), processes.spent(pid))
            if watch:
                kind = (RUNS_OWN, NURSERY, "reader, counter and workers")[min(at, 2)]
                peaks[kind] = max(peaks.get(kind, 0), processes.resident(pid))
        if watch:
            whole = sum(processes.proportional(pid) for pid in family)
            series.append(whole)
            peaks["all together"] = max(series)
        time.sleep(0.02 if not watch else 0.2)
    wall = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"a run ended with {process.returncode}")
    found = timed.noted(notes)
    by_kind: Counter[str] = Counter()
    for pid, seconds in cpu.items():
        by_kind[WORKERS if pid in found else kinds[pid]] += seconds
    shutil.rmtree(place)
    quarter = -(-len(series) // 4) or 1
    quarters = [max(series[at : at + quarter]) for at in range(0, len(series), quarter)]
    extraction = sum(seconds for seconds, _ in found.values())
    return Spent(wall, dict(by_kind), extraction, peaks, quarters)


def speed(place: Path, documents: int, rounds: int) -> dict[str, Any]:
    """Rates with one worker and two, and the share of the run."""
    texts, few = place / "texts", place / "few"
    characters = collection.write(texts, documents)
    collection.write(few, 2)
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        start = run(few, TIMED, 1)
        bare_wall, bare_cpu = bare(texts)
        one, two = run(texts, TIMED, 1), run(texts, TIMED, 2)
        told = {
            "bare": characters / bare_wall,
            "one": characters / (one.wall - start.wall),
            "two": characters / (two.wall - start.wall),
            "ratio": (one.wall - start.wall) / (two.wall - start.wall),
            "bare_ms": bare_cpu / documents * 1000,
        }
        for name, each in (("one", one), ("two", two)):
            told[f"overhead_{name}"] = (each.rest - start.rest) / each.extraction
            told[f"extraction_{name}_ms"] = each.extraction / documents * 1000
            for kind in (RUNS_OWN, NURSERY, READER, WORKERS):
                less = each.extraction if kind == WORKERS else 0.0
                off = start.extraction if kind == WORKERS else 0.0
                own = each.cpu.get(kind, 0.0) - less - (start.cpu.get(kind, 0.0) - off)
                told[f"{kind}_{name}_ms"] = own / documents * 1000
        print(json.dumps({name: round(value, 3) for name, value in told.items()}), flush=True)
        for name, value in told.items():
            found.setdefault(name, []).append(value)
    return {
        "documents": documents,
        "characters": characters,
        **{name: median(values) for name, values in found.items()},
    }


def tell(told: dict[str, Any]) -> None:
    """The figures of :func:`speed` for people."""
    print(f"{told['documents']:,} documents of {told['characters']:,} characters, by the clock:")
    print(f"bare loop          {told['bare']:>10,.0f} characters a second")
    print(f"run, one worker    {told['one']:>10,.0f}")
    print(f"run, two workers   {told['two']:>10,.0f}")
    print(f"two against one    {told['ratio']:>10.2f}  (goal: at least 1.8)")
    print("processor time, milliseconds a document:   one worker    two")
    rows = [("extraction, bare loop", "bare_ms", "bare_ms")]
    for kind in ("extraction", RUNS_OWN, READER, WORKERS, NURSERY):
        name = "workers, beside extraction" if kind == WORKERS else kind
        rows.append((name, f"{kind}_one_ms", f"{kind}_two_ms"))
    for name, one, two in rows:
        print(f"  {name:<38} {told[one]:>10.2f} {told[two]:>10.2f}")
    shares = f"{told['overhead_one']:>10.1%} {told['overhead_two']:>10.1%}"
    print(f"  {'overhead (goal: under 10 %)':<38} {shares}")


def memory(
    place: Path, sizes: list[int], pipeline: str, characters: int, packed: bool
) -> list[dict[str, Any]]:
    """Peaks for collections of different sizes."""
    found = []
    for size in sizes:
        texts = place / f"{size}"
        if packed:
            collection.pack(texts, size, characters)
        else:
            collection.write(texts, size, characters)
        told = run(texts / "*.jsonl" if packed else texts, pipeline, 2, watch=True)
        shutil.rmtree(texts)
        peaks = {kind: round(peak / 2**20) for kind, peak in told.peaks.items()}
        quarters = [round(peak / 2**20) for peak in told.quarters]
        found.append({"documents": size, "seconds": told.wall, **peaks, "quarters": quarters})
        print(
            f"{size:,} documents: {told.wall:.1f} s, MB: {peaks}, by quarter: {quarters}",
            flush=True,
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=600, help="for speed and overhead")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[10, 1_000, 100_000], help="for memory"
    )
    parser.add_argument(
        "--real", type=int, nargs="*", default=[], help="sizes with the real pipeline"
    )
    parser.add_argument("--characters", type=int, default=1_000, help="a document, for memory")
    parser.add_argument("--packed", action="store_true", help="ten JSONL files, for memory")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    report: dict[str, Any] = {}
    form = (options.characters, options.packed)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if options.documents:
            told = report["speed"] = speed(place, options.documents, options.rounds)
            tell(told)
        report["memory"] = memory(place, options.sizes, LIGHT, *form)
        if options.real:
            report["memory_real"] = memory(place, options.real, REAL, *form)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
