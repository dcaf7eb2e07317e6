"""A short fuzz: every target on its seeds and on seeded mutations of them, the same every time."""

from __future__ import annotations

import random
import time
from itertools import count

import pytest
from files import mutator, seeds
from targets import TARGETS

SECONDS = 2.5
"""Of a processor, for the mutations of each target."""

LEAST = 10
MOST = 30_000


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_seeds_give_texts_records_or_our_own_errors(name: str) -> None:
    target = TARGETS[name]
    change = mutator(target.seeds)
    begun = [each for each in seeds(target.seeds) if len(each) < MOST]
    ends = time.process_time() + SECONDS
    for number in count():
        if number >= LEAST and time.process_time() > ends:
            break
        chance = random.Random(number)
        data = change(chance.choice(begun), MOST, chance)
        try:
            target.run(data)
        except Exception as error:
            pytest.fail(f"mutation {number} of {name}: {type(error).__name__}: {error}")
