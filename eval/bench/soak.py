"""A run killed again and again, at random: nothing may be lost, nothing be there twice.

    python eval/bench/soak.py [--kills 200] [--documents 4000] [--seed 0] [--real]

A run over a generated collection is started, a process of it killed with SIGKILL after a random while,
and the same command given again where the run ended by it; after the last kill it may finish. Half the
time it is the first process, else the one that forks, or a reader or worker. The while is measured in
processor time, so that a busy machine sees the same kills as an idle one. The results must then have
the same bytes as those of a run that was left alone. A document whose worker was killed twice is an
error by rule, so a last run has --retry-failed; how many there were is told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import collection
import processes

from pobratim.batch.results import document_lines, results_file

HERE = Path(__file__).resolve().parent
RUN = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from pobratim.batch.pipeline import PipelineSpec
from pobratim.batch.log import JsonLog
from pobratim.batch.options import Options
from pobratim.batch.run import run
options = Options(pipeline=PipelineSpec({pipeline!r}, {arguments!r}), workers=2, part_inputs=500,
                  retry_failed={retry!r}, compress={compress!r})
run([{texts!r}], Path({out!r}), JsonLog(open({log!r}, "a")), options)
"""
STARTING = 0.6


class Soak:
    """One collection and two folders of results."""

    def __init__(self, place: Path, options: argparse.Namespace) -> None:
        self.place = place
        self.texts = place / "texts"
        self.pipeline = "pobratim:extract" if options.real else "light:find"
        self.arguments = {} if options.real else {"pause": options.pause}
        self.compress = options.compress
        collection.write(self.texts, options.documents, 500, options.seed)

    def start(self, out: str, retry: bool = False) -> subprocess.Popen[bytes]:
        code = RUN.format(
            here=str(HERE),
            pipeline=self.pipeline,
            arguments=self.arguments,
            retry=retry,
            compress=self.compress,
            texts=str(self.texts),
            out=str(self.place / out),
            log=str(self.place / f"{out}.log"),
        )
        return subprocess.Popen([sys.executable, "-c", code])

    def files(self, out: str) -> dict[str, bytes]:
        root = self.place / out
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.name not in {"run.sqlite", "results.duckdb"}
        }


def victim(process: subprocess.Popen[bytes], chance: random.Random) -> tuple[str, int]:
    """The process to kill, and what it is."""
    family = processes.family(process.pid)
    if len(family) < 3 or chance.random() < 0.5:
        return "run", process.pid
    place = chance.randrange(1, len(family))
    return ("nursery" if place == 1 else "reader or worker"), family[place]


def work(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Let a run go on for so much processor time of all its processes, or to its end."""
    before: dict[int, float] = {}
    spent: dict[int, float] = {}
    while process.poll() is None:
        first = not spent
        for pid in processes.family(process.pid):
            now = processes.spent(pid)
            # A process that began since then has done all of it since then.
            before.setdefault(pid, now if first else 0.0)
            spent[pid] = max(now, spent.get(pid, 0.0))
        if sum(spent.values()) - sum(before.values()) >= seconds:
            return
        time.sleep(0.01)


def soak(place: Path, options: argparse.Namespace) -> bool:
    chance = random.Random(options.seed)
    test = Soak(place, options)
    if test.start("whole").wait():
        raise SystemExit("the run that was left alone failed")
    killed: Counter[str] = Counter()
    process = test.start("out")
    finished = 0
    while killed.total() < options.kills:
        work(process, STARTING * chance.random() + options.between * chance.random())
        if process.poll() is not None:
            # It was done before it was killed: begin anew, so that every kill hits work.
            finished += process.returncode == 0
            if process.returncode == 0:
                done = place / f"done-{finished}"
                (place / "out").rename(done)
                if test.files(done.name) != test.files("whole"):
                    print(f"differs after {killed.total()} kills")
                    return False
            process = test.start("out")
            continue
        kind, pid = victim(process, chance)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        killed[kind] += 1
        if kind == "run":
            process.wait()
            process = test.start("out")
        if not killed.total() % 20:
            print(f"{killed.total()} kills: {dict(killed)}, {finished} runs finished", flush=True)
    status = process.wait()
    while status:
        status = test.start("out").wait()
    errors = place / "out" / "errors.jsonl"
    twice = len(errors.read_bytes().splitlines()) if errors.exists() else 0
    if twice:
        test.start("out", retry=True).wait()
    same = test.files("out") == test.files("whole")
    lines = document_lines(results_file(place / "out") or place)
    uris = Counter(json.loads(line)["source"]["uri"] for line in lines)
    print(f"{killed.total()} kills: {dict(killed)}; {finished} runs finished in between")
    print(f"documents {len(uris):,}, twice {sum(n > 1 for n in uris.values())}, ", end="")
    print(f"errors from two kills at one document {twice}, bytes the same: {same}")
    return same


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--documents", type=int, default=4_000)
    parser.add_argument("--pause", type=float, default=0.01, help="seconds that a document takes")
    parser.add_argument(
        "--between", type=float, default=1.0, help="processor seconds between kills, most"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", action="store_true", help="the real pipeline; takes longer")
    parser.add_argument("--compress", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if soak(Path(folder), options) else 1)


if __name__ == "__main__":
    main()
