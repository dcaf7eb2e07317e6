"""Time left: by bytes, and only once there is something to tell it by."""

import pytest

from pobratim.batch import rate
from pobratim.batch.counter import Total


class Clock:
    """The time, as the test says."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(rate, "time", clock)
    return clock


def test_time_left_goes_by_bytes_and_leaves_out_the_loading_of_models(clock: Clock) -> None:
    told = rate.Rate()
    told.total = Total(files=11, size=1100, final=True)
    clock.now += 60
    told.add(100, 100)
    clock.now += 10
    for _ in range(5):
        told.add(100, 100)
    assert told.seconds_left == 10


def test_the_first_tiny_documents_foretell_nothing(clock: Clock) -> None:
    told = rate.Rate()
    told.total = Total(files=1000, size=1_000_000, final=True)
    clock.now += 60
    told.add(0, 1)
    told.add(0, 1)
    clock.now += 1
    assert told.seconds_left is None
    assert "left" not in told.told()


def test_without_a_whole_count_nothing_is_foretold(clock: Clock) -> None:
    told = rate.Rate()
    told.total = Total(files=10, size=1000, final=False)
    told.add(100, 100)
    clock.now += 60
    told.add(100, 100)
    assert told.seconds_left is None
