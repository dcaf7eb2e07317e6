"""``--max-memory``: less than the models hold is refused, and what wants more costs itself."""

from __future__ import annotations

import re

import pytest
from runs import go

from pobratim.batch.options import Options
from pobratim.batch.tasks import fault
from pobratim.errors import ModelError

pytestmark = pytest.mark.usefixtures("folder")


def test_a_limit_below_what_the_models_hold_is_refused_with_both_figures() -> None:
    with pytest.raises(ModelError, match=r"they hold \d+ MB, .* but --max-memory is 8;") as told:
        go(max_memory=8 << 20)
    enough = re.search(r"give it (\d+) or more", str(told.value))
    assert enough
    assert go(max_memory=int(enough.group(1)) << 20, timeout=600).documents == 2


def test_a_limit_that_only_the_real_models_exceed_is_refused_too() -> None:
    with pytest.raises(ModelError, match=r"they hold \d{3,} MB, .* but --max-memory is 100;"):
        go(pipeline=Options().pipeline, max_memory=100 << 20, timeout=600)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("std::bad_alloc"),
        RuntimeError(
            "[ONNXRuntimeError] : 1 : FAIL : Failed to allocate memory for requested buffer"
        ),
    ],
)
def test_want_of_memory_is_known_from_a_librarys_own_error(error: Exception) -> None:
    assert fault(error, "extracting").code == "memory"
