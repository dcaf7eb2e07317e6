"""Coverage-guided fuzzing: ``python tests/fuzz/fuzz.py TARGET --minutes 10``; see README.md here.

The minutes are of a processor (user and system, loading included), not of the clock. A finding does
not end the run: the first of each kind is kept in ``build/fuzz/TARGET/findings`` and its bytes with
it, and the fuzzer goes on. ``build/fuzz/TARGET/spent.jsonl`` tells what each process of it had.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import time
import traceback
from pathlib import Path

import atheris

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GIGABYTE = 1 << 20
"""In kilobytes, as Linux tells a process's memory."""

SLICE = 300
"""Seconds of a processor for one process, so that one that is lost costs little."""

LENGTHS = {"texts": 3000, "files": 60_000, "packages": 60_000, "bytes": 2000}


def main() -> int:
    """Run one target's fuzzer again and again until its time of a processor is used up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--inside", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside is not None:
        fuzz(options.target, options.inside)
        return 0
    folder = ROOT / "build/fuzz" / options.target
    folder.mkdir(parents=True, exist_ok=True)
    spent = 0.0
    while (left := 60 * options.minutes - spent) > 5:
        command = [sys.executable, __file__, options.target, "--inside", str(int(min(left, SLICE)))]
        began = time.time()
        code = subprocess.run(command, env=environment(), check=False).returncode
        used = of_children()
        report = {"seconds": used - spent, "clock": time.time() - began, "code": code}
        report["executions"] = executions(folder)
        with (folder / "spent.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(report) + "\n")
        spent = used
        if code:
            time.sleep(5)
            crash = {"kind": f"the process ended with {code}", "at": time.time()}
            keep(folder, crash, b"")
    found = sorted(folder.glob("findings/*.json"))
    for path in found:
        sys.stdout.write(f"{path}: {json.loads(path.read_text())['kind']}\n")
    return bool(found)


def of_children() -> float:
    """Seconds of a processor that the ended processes of this one have had."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def executions(folder: Path) -> int:
    """What the last process counted; written every hundred, so some may be missing after a crash."""
    path = folder / "counted.json"
    return int(json.loads(path.read_text())["executions"]) if path.exists() else 0


def environment() -> dict[str, str]:
    """One thread, and this checkout's own program."""
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    return {
        **os.environ,
        **threads,
        "PYTHONPATH": f"{ROOT / 'pipeline'}:{HERE}",
        "PYTHONHASHSEED": "0",
    }


def fuzz(name: str, seconds: float) -> None:
    """One process of the fuzzer, until it has had ``seconds`` of a processor."""
    with atheris.instrument_imports(include=["pobratim"]):
        load(name)
    from files import changed, mutator, repacked, seeds
    from targets import TARGETS

    target = TARGETS[name]
    folder = ROOT / "build/fuzz" / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(target.seeds):
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    change = mutator(target.seeds)
    counted = folder / "counted.json"
    counted.write_text('{"executions": 0}')
    number = 0

    def one(data: bytes) -> None:
        nonlocal number
        number += 1
        done = time.process_time() > seconds
        if done or number % 100 == 0:
            so_far = {"executions": number, "seconds": time.process_time()}
            counted.write_text(json.dumps(so_far))
        if done:
            os._exit(0)  # libFuzzer's own limit is of the clock
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            target.run(data)
        except Exception as error:
            keep(folder, told(error), data)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        if grown > GIGABYTE // 2:
            keep(folder, {"kind": f"{grown // 1024} MB of memory"}, data)

    def custom(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if target.seeds == "packages":
            return repacked(data, most, chance, guided if chance.random() < 0.5 else changed)
        if chance.random() < (0.6 if target.seeds == "texts" else 0.4):
            return change(data, most, chance)
        return bytes(atheris.Mutate(bytes(data[:most]), most))

    arguments = [
        sys.argv[0],
        f"-max_len={LENGTHS[target.seeds]}",
        "-timeout=3600",  # of the clock, on a machine that may have other work
        "-report_slow_units=3600",
        "-rss_limit_mb=4000",
        "-print_final_stats=1",
        f"-artifact_prefix={folder}/crash-",
        "-len_control=0",
        str(corpus),
    ]
    atheris.Setup(arguments, one, custom_mutator=custom)
    atheris.Fuzz()


def guided(data: bytes, most: int, chance: random.Random) -> bytes:
    """libFuzzer's own changes, of a member of a package."""
    return bytes(atheris.Mutate(bytes(data[: most - 1]), most))


def load(name: str) -> None:
    """All that the target will need, so that it is instrumented and is there while files change."""
    import importlib

    import pobratim

    parts = ["reading"] if name != "pipeline" else ["reading", "stages", "lexicon"]
    for part in parts:
        for path in sorted((ROOT / "pipeline/pobratim" / part).rglob("*.py")):
            if "neural" in path.parts:
                continue
            dotted = ".".join(path.relative_to(ROOT / "pipeline").with_suffix("").parts)
            importlib.import_module(dotted.removesuffix(".__init__"))
    import pobratim.exchange.check

    if name == "pipeline":
        pobratim.extract("Мэр Казани. Mayor of Kazan, 3 May 2019.")


def told(error: Exception) -> dict[str, object]:
    """What a finding is, and where: the last frame in the program."""
    cause = error.__cause__ or error  # what spaCy says of an error in a stage is not where
    frames = traceback.extract_tb(cause.__traceback__)
    ours = [f for f in frames if "/pobratim/" in f.filename] or frames
    at = ours[-1]
    place = f"{Path(at.filename).name}:{at.name}:{at.lineno}"
    kind = type(cause).__name__
    brief = "".join(c for c in str(error) if not c.isdigit())[:25] if kind == "Finding" else ""
    lines = "".join(traceback.format_exception(error))[-3000:]
    return {"kind": f"{kind} {brief} {place}", "message": str(error)[:500], "traceback": lines}


def keep(folder: Path, finding: dict[str, object], data: bytes) -> None:
    """The first of each kind of finding, and then the shorter ones."""
    (folder / "findings").mkdir(parents=True, exist_ok=True)
    name = hashlib.sha1(str(finding["kind"]).encode()).hexdigest()[:12]
    path = folder / "findings" / name
    if path.exists() and path.stat().st_size <= len(data):
        return
    path.write_bytes(data)
    text = json.dumps(finding, ensure_ascii=True, indent=1)
    path.with_suffix(".json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
