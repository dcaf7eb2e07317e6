"""Speed, overhead and memory of runs, on generated collections.

    python eval/bench/batch.py [--documents 600] [--sizes 10 1000 100000] [--rounds 3] [--json FILE]

*Overhead* is what a run adds to extraction: the processor time of all its processes, start-up taken
off, against that of the same texts extracted in a bare loop. *Cores* is the wall-clock rate with two
workers against one, start-up taken off. *Memory* is the peak of each kind of process over collections
of different sizes, with a pipeline that costs next to nothing, so that a hundred thousand documents
are done in minutes; --real also measures it with the real one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import collection
import processes

HERE = Path(__file__).resolve().parent
BARE = """
import sys, time, pathlib, resource
import pobratim
from pobratim.batch.pipeline import WARM_UP
pobratim.extract(WARM_UP)
def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
texts = [path.read_text("utf-8") for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.txt"))]
wall, cpu = time.perf_counter(), spent()
for text in texts:
    pobratim.extract(text)
print(time.perf_counter() - wall, spent() - cpu)
"""
RUN = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from pobratim.batch.pipeline import PipelineSpec
from pobratim.batch.log import JsonLog
from pobratim.batch.options import Options
from pobratim.batch.run import run
spec = PipelineSpec({pipeline!r})
run([sys.argv[1]], Path(sys.argv[2]), JsonLog(sys.stderr), Options(pipeline=spec, workers={workers}))
"""
REAL, LIGHT = "pobratim:extract", "light:find"


class Spent(NamedTuple):
    """Seconds by the clock and of processors, and the peak bytes of each kind of process."""

    wall: float
    cpu: float
    peaks: dict[str, int]


def bare(texts: Path) -> tuple[float, float]:
    command = [sys.executable, "-c", BARE, str(texts)]
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
    alone = {**os.environ, **dict.fromkeys(threads, "1")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=alone)
    told = done.stdout.split()
    return float(told[0]), float(told[1])


def run(texts: Path, pipeline: str, workers: int, watch: bool = False) -> Spent:
    """One run in processes of its own; all that it writes is removed."""
    out = Path(tempfile.mkdtemp(dir=texts.parent)) / "out"
    code = RUN.format(here=str(HERE), pipeline=pipeline, workers=workers)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(texts), str(out)], stderr=subprocess.DEVNULL
    )
    peaks: dict[str, int] = {}
    # The nursery's children are not waited for by this process, so their time is read as they live.
    cpu: dict[int, float] = {}
    while process.poll() is None:
        for place, pid in enumerate(processes.family(process.pid)):
            kind = ("parent", "nursery", "reader, counter and workers")[min(place, 2)]
            cpu[pid] = max(cpu.get(pid, 0.0), spent(pid))
            if watch:
                peaks[kind] = max(peaks.get(kind, 0), processes.resident(pid))
        if watch:
            whole = sum(processes.proportional(pid) for pid in processes.family(process.pid))
            peaks["all together"] = max(peaks.get("all together", 0), whole)
        time.sleep(0.05 if not watch else 0.2)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    others = sum(seconds for pid, seconds in cpu.items() if pid != process.pid)
    if process.returncode:
        raise SystemExit(f"a run ended with {process.returncode}")
    shutil.rmtree(out.parent)
    return Spent(wall, max(own, cpu.get(process.pid, 0.0) + others), peaks)


def spent(pid: int) -> float:
    """Processor seconds of one process so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def speed(place: Path, documents: int, rounds: int) -> dict[str, Any]:
    """Rates with one worker and two, and the share of the run."""
    texts, few = place / "texts", place / "few"
    characters = collection.write(texts, documents)
    collection.write(few, 2)
    found: dict[str, list[float]] = {"one": [], "two": [], "ratio": [], "overhead": [], "bare": []}
    for _ in range(rounds):
        start = run(few, REAL, 1)
        bare_wall, bare_cpu = bare(texts)
        one, two = run(texts, REAL, 1), run(texts, REAL, 2)
        found["bare"].append(characters / bare_wall)
        found["one"].append(characters / (one.wall - start.wall))
        found["two"].append(characters / (two.wall - start.wall))
        found["ratio"].append((one.wall - start.wall) / (two.wall - start.wall))
        found["overhead"].append((one.cpu - start.cpu) / bare_cpu - 1)
    return {
        "documents": documents,
        "characters": characters,
        **{name: median(values) for name, values in found.items()},
    }


def memory(place: Path, sizes: list[int], pipeline: str) -> list[dict[str, Any]]:
    """Peaks for collections of different sizes."""
    found = []
    for size in sizes:
        texts = place / f"{size}"
        collection.write(texts, size, 1_000)
        told = run(texts, pipeline, 2, watch=True)
        shutil.rmtree(texts)
        peaks = {kind: round(peak / 2**20) for kind, peak in told.peaks.items()}
        found.append({"documents": size, "seconds": told.wall, **peaks})
        print(f"{size:,} documents: {told.wall:.1f} s, MB: {peaks}", flush=True)
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
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    report: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if options.documents:
            told = report["speed"] = speed(place, options.documents, options.rounds)
            print(f"{told['documents']:,} documents of {told['characters']:,} characters")
            print(f"bare loop          {told['bare']:>10,.0f} characters a second")
            print(f"run, one worker    {told['one']:>10,.0f}")
            print(f"run, two workers   {told['two']:>10,.0f}")
            print(f"two against one    {told['ratio']:>10.2f}  (goal: at least 1.8)")
            print(f"overhead           {told['overhead']:>10.1%}  (goal: under 10 %)")
        report["memory"] = memory(place, options.sizes, LIGHT)
        if options.real:
            report["memory_real"] = memory(place, options.real, REAL)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
