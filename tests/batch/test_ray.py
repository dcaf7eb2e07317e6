"""A real Ray cluster of three nodes on this machine; one of them is killed while it works."""

from __future__ import annotations

import importlib.util
import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from runs import OPTIONS, Silent, errors, files, go, many

from pobratim.batch.engines.storage import Listing
from pobratim.batch.layout import STATE
from pobratim.batch.options import Options, Summary
from pobratim.batch.state import State
from pobratim.errors import EngineError, InputError, ModelError

if importlib.util.find_spec("ray") is None:
    pytest.skip("Ray is not installed: pip install 'pobratim[ray]'", allow_module_level=True)

from pobratim.batch.engines import ray as engine

HERE = Path(__file__).parent
STORE = 120 << 20
TWO_ACTORS = replace(OPTIONS, workers=2)

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head without work to do and two workers, all ended at the end."""
    import ray
    from ray.cluster_utils import Cluster

    before = os.environ.get("PYTHONPATH", "")
    paths = [str(HERE), str(HERE.parents[1] / "pipeline"), before]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    made = Cluster(
        initialize_head=True,
        head_node_args={
            "num_cpus": 0,
            "object_store_memory": STORE,
            "include_dashboard": False,
        },
    )
    ray.init(address=made.address, log_to_driver=False)
    workers = [made.add_node(num_cpus=1, object_store_memory=STORE) for _ in range(2)]
    made.wait_for_nodes()
    yield made, workers
    ray.shutdown()
    made.shutdown()
    os.environ["PYTHONPATH"] = before


def inputs() -> None:
    """Plain files, a twin of a name, a container, and three that fail, each in its own way."""
    many(40)
    Path("in/bad.txt").write_text("FAIL now")
    Path("in/crash.txt").write_text("CRASH it")
    Path("in/empty.txt").write_text("")
    Path("in/sub").mkdir()
    Path("in/sub/0001.txt").write_text("Another of that name.")
    with zipfile.ZipFile("in/z.zip", "w") as archive:
        for number in range(150):
            archive.writestr(f"pages/{number}.txt", f"Page{number} is here.")


def on_ray(*names: str, out: str = "ray", options: Options = TWO_ACTORS) -> Summary:
    return engine.run(names or ("in",), out, Silent(), options)


class Killer(Silent):
    """Kills a node once some documents are done."""

    def __init__(self, node: Any, after: int) -> None:
        super().__init__()
        self._node = node
        self._left = after
        self.killed = threading.Event()

    def done(self, id: str, characters: int, size: int, *, reused: bool) -> None:
        self._left -= 1
        if self._left == 0:
            from ray._private.ray_constants import PROCESS_TYPE_RAYLET

            (raylet,) = self._node.all_processes[PROCESS_TYPE_RAYLET]
            os.kill(raylet.process.pid, signal.SIGKILL)
            self.killed.set()


@pytest.mark.usefixtures("cluster")
def test_results_have_the_bytes_of_a_run_on_one_machine(folder: Path) -> None:
    inputs()
    small = replace(TWO_ACTORS, part_inputs=60, compress=True)
    go(part_inputs=60, compress=True)
    told = on_ray(options=small)
    assert files("ray") == files("out")
    assert (told.documents, told.failures) == (193, 3)
    assert [row["code"] for row in errors("ray")] == ["internal", "crash", "empty"]


@pytest.mark.usefixtures("cluster")
def test_a_run_goes_on_where_one_was_stopped_and_takes_changes_in(folder: Path) -> None:
    many(30)

    class Stopping(Silent):
        def done(self, id: str, characters: int, size: int, *, reused: bool) -> None:
            if id == "0011":
                raise KeyboardInterrupt

    options = replace(TWO_ACTORS, part_inputs=5)
    with pytest.raises(KeyboardInterrupt):
        engine.run(("in",), "ray", Stopping(), options)
    told = on_ray(options=options)
    assert (told.kept, told.extracted) == (12, 20)
    Path("in/0022.txt").write_text("Changed since.")
    told = on_ray(options=options)
    assert (told.kept, told.extracted) == (20, 12)
    go(part_inputs=5)
    assert files("ray") == files("out")


@pytest.mark.usefixtures("cluster")
def test_urls_are_read_and_written(folder: Path) -> None:
    import fsspec

    many(3)
    url = (folder / "in").as_uri()
    memory = fsspec.filesystem("memory")
    go()
    on_ray("in", out="memory://results")
    brought = {
        name.removeprefix("/results/"): memory.cat_file(name) for name in memory.find("/results")
    }
    own = {"run.sqlite", "results.duckdb"}
    assert {name: data for name, data in brought.items() if name not in own} == files("out")
    assert own <= set(brought)
    assert on_ray("in", out="memory://results").kept == 5
    assert on_ray(url, out=(folder / "by-url").as_uri()).documents == 5
    assert (folder / "by-url" / STATE).exists()


@pytest.mark.usefixtures("cluster")
def test_models_that_cannot_be_loaded_end_the_run(folder: Path) -> None:
    many(2)
    spec = replace(OPTIONS.pipeline, extract="extractors:no_models")
    with pytest.raises(ModelError, match="no such model"):
        on_ray(options=replace(TWO_ACTORS, pipeline=spec))


def test_a_node_killed_mid_run_costs_no_document(cluster: Any, folder: Path) -> None:
    for number in range(80):
        Path("in", f"{number:03}.txt").write_text(f"SLEEP 0.1{number:03}")
    _, workers = cluster
    killer = Killer(workers[1], after=12)
    began = time.monotonic()
    told = engine.run(("in",), "ray", killer, replace(TWO_ACTORS, part_inputs=20))
    assert killer.killed.is_set(), time.monotonic() - began
    assert (told.documents, told.failures) == (82, 0)
    go(part_inputs=20)
    assert files("ray") == files("out")


@pytest.mark.parametrize(
    ("names", "out", "options", "error", "message"),
    [
        (["-"], "ray", {}, EngineError, "standard input"),
        (["in"], "ray", {"ordered": False}, EngineError, "leave --unordered out"),
        (["in"], "nosuch://bucket", {}, EngineError, "nosuch"),
        (["nosuch://bucket"], "ray", {}, EngineError, "nosuch"),
    ],
)
@pytest.mark.usefixtures("cluster")
def test_what_cannot_be_done_is_said(
    folder: Path,
    names: list[str],
    out: str,
    options: dict[str, Any],
    error: type[Exception],
    message: str,
) -> None:
    with pytest.raises(error, match=message):
        on_ray(*names, out=out, options=replace(TWO_ACTORS, **options))


@pytest.mark.usefixtures("cluster")
def test_nothing_to_read_is_an_error(folder: Path) -> None:
    Path("none").mkdir()
    with pytest.raises(InputError, match="nothing to read in none"):
        on_ray("none")


def test_urls_and_paths_are_listed_in_the_same_order(folder: Path) -> None:
    for name in ("b/x.txt", "b.txt", "a b/y.txt", "b/.hidden.txt", "b/z.bin", "ä.txt"):
        Path("in", name).parent.mkdir(exist_ok=True)
        Path("in", name).touch()
    plain = Listing(["in"])
    by_url = Listing([(folder / "in").as_uri()])
    assert [file.where for file in plain] == [file.where for file in by_url]
    assert plain.skipped == by_url.skipped == {".bin": 1}


def test_no_state_is_left_open(folder: Path) -> None:
    many(2)
    go()
    state = State(Path("out"))
    assert [part.status for part in state.parts()] == ["made"]
    assert state.closed(5) == []
    state.close()
