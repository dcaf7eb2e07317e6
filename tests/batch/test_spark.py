"""The example for PySpark, on a local Spark of two workers; tools/spark_env.sh makes its environment."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from runs import go

from pobratim.batch.options import Options
from pobratim.batch.results import document_lines

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("SPARK_PYTHON", "")

pytestmark = [
    pytest.mark.skipif(
        not Path(PYTHON).is_file() or shutil.which("java") is None,
        reason="SPARK_PYTHON names no Python with PySpark (tools/spark_env.sh), or java is missing",
    ),
    pytest.mark.timeout(900),
]


def test_the_example_gives_the_lines_of_a_run_and_a_row_for_what_fails(folder: Path) -> None:
    python = str(Path(PYTHON) if Path(PYTHON).is_absolute() else ROOT / PYTHON)
    Path("in/c.txt").write_text("Мэр Казани Ильсур Метшин подписал соглашение в мае 2019 года.")
    names = ("a", "b", "c")
    texts = [Path(f"in/{name}.txt").read_text() for name in names]
    uris = [f"in/{name}.txt" for name in names]
    table = pa.table({"id": [*names, "none"], "text": [*texts, " "], "uri": [*uris, "none"]})
    pq.write_table(table, "texts.parquet")
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": python,
        "PYTHONPATH": str(ROOT / "pipeline"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --driver-memory 512m pyspark-shell",
    }
    command = [python, str(ROOT / "examples" / "spark_extract.py"), "texts.parquet", "found"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = {row["id"]: row for row in pq.read_table("found").to_pylist()}
    go(pipeline=Options().pipeline)
    lines = list(document_lines(Path("out/documents.jsonl")))
    assert [found[name]["document"] for name in names] == lines
    assert found["none"]["document"] is None
    assert found["none"]["code"] == "empty"
