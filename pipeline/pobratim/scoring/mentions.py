"""Scores of mentions, of the values they carry, and of the city they are linked to."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from pobratim.schema import LABELS, CountMention, DateMention
from pobratim.scoring.matching import (
    GRADES,
    SCHEMES,
    Outcomes,
    Overlap,
    Pair,
    Scheme,
    compare,
    labelled_partial,
    match,
    outcomes,
)
from pobratim.scoring.metrics import MACRO, MICRO, Key, Tallies, Tally
from pobratim.scoring.names import normal_edtf, normal_name, scheme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pobratim.schema import Mention

FAMILY = "mentions"
VALUES = "values"
LINKING = "linking"

MENTION_KEYS = tuple(Key(FAMILY, scheme, label) for scheme in SCHEMES for label in (*LABELS, MICRO))
MENTION_MACROS = tuple(Key(FAMILY, scheme, MACRO) for scheme in SCHEMES)

DATE_VALUE = Key(VALUES, "end to end", "DATE")
DATE_ACCURACY = Key(VALUES, "accuracy", "DATE")
COUNT_VALUE = Key(VALUES, "end to end", "COUNT")
COUNT_ACCURACY = Key(VALUES, "accuracy", "COUNT")
COUNTED_VALUE = Key(VALUES, "end to end", "COUNT and what it counts")
COUNTED_ACCURACY = Key(VALUES, "accuracy", "COUNT and what it counts")
VALUE_KEYS = (
    DATE_VALUE,
    COUNT_VALUE,
    COUNTED_VALUE,
    DATE_ACCURACY,
    COUNT_ACCURACY,
    COUNTED_ACCURACY,
)
CITY_LINK = Key(LINKING, "accuracy", "CITY")


def scheme_pairs(overlaps: Sequence[Overlap]) -> dict[Scheme, list[Pair]]:
    """The best pairing under each of the four schemes, over all labels."""
    return {scheme: match(overlaps, GRADES[scheme]) for scheme in SCHEMES}


def scheme_outcomes(
    gold: Sequence[Mention], system: Sequence[Mention], pairs: dict[Scheme, list[Pair]]
) -> dict[Scheme, Outcomes]:
    """The five counts of SemEval-2013 task 9.1 under each scheme."""
    return {scheme: outcomes(len(gold), len(system), pairs[scheme]) for scheme in SCHEMES}


def score_mentions(
    gold: Sequence[Mention],
    system: Sequence[Mention],
    overlaps: Sequence[Overlap],
    pairs: dict[Scheme, list[Pair]],
) -> Tallies:
    """Tallies under the four schemes, of all mentions together and of each label by itself.

    A label's row sees the mentions of that label only, as in SemEval-2013: its ``exact`` is its
    ``strict``, and its ``partial`` asks for the label. ``micro`` sees all mentions, so that its
    ``exact`` and ``partial`` do not.
    """
    by_label = _label_credits(pairs, match(overlaps, labelled_partial))
    golds, systems = Counter(m.label for m in gold), Counter(m.label for m in system)
    tallies: Tallies = {}
    for scheme in SCHEMES:
        total = sum(pair.credit for pair in pairs[scheme])
        tallies[Key(FAMILY, scheme, MICRO)] = Tally.of(total, len(system), len(gold))
        for label in golds.keys() | systems.keys():
            credit = by_label[scheme][label]
            tallies[Key(FAMILY, scheme, label)] = Tally.of(credit, systems[label], golds[label])
    return tallies


def _label_credits(
    pairs: dict[Scheme, list[Pair]], within: Sequence[Pair]
) -> dict[Scheme, dict[str, float]]:
    def by_label(chosen: Sequence[Pair]) -> dict[str, float]:
        earned: dict[str, float] = defaultdict(float)
        for pair in chosen:
            earned[pair.gold.label] += pair.credit
        return earned

    strict = by_label(pairs["strict"])
    return {
        "strict": strict,
        "exact": strict,
        "partial": by_label(within),
        "type": by_label(pairs["type"]),
    }


def same_date(gold: Mention, system: Mention) -> bool:
    """Whether two DATE mentions have equal EDTF values; both unresolved is equal."""
    if not (isinstance(gold, DateMention) and isinstance(system, DateMention)):
        return False
    if gold.value is None or system.value is None:
        return gold.value is system.value
    return normal_edtf(gold.value) == normal_edtf(system.value)


def same_count(gold: Mention, system: Mention) -> bool:
    """Whether two COUNT mentions have the same number: value, minimum and maximum."""
    return (
        isinstance(gold, CountMention)
        and isinstance(system, CountMention)
        and (gold.value, gold.minimum, gold.maximum)
        == (system.value, system.minimum, system.maximum)
    )


def same_counted(gold: Mention, system: Mention) -> bool:
    """Whether two COUNT mentions have the same number of the same thing, in the same unit."""
    return (
        isinstance(gold, CountMention)
        and isinstance(system, CountMention)
        and same_count(gold, system)
        and gold.unit == system.unit
        and normal_name(gold.counted or "") == normal_name(system.counted or "")
    )


def score_values(gold: Sequence[Mention], system: Sequence[Mention]) -> Tallies:
    """Values end to end (the spans overlap and the values are equal), and on matched spans.

    End to end counts against a value whose span was missed; accuracy is over the pairs of spans
    that the ``type`` scheme matches, whatever their values.
    """
    tallies: Tallies = {}
    for label, same, end_to_end, accuracy in (
        ("DATE", same_date, DATE_VALUE, DATE_ACCURACY),
        ("COUNT", same_count, COUNT_VALUE, COUNT_ACCURACY),
        ("COUNT", same_counted, COUNTED_VALUE, COUNTED_ACCURACY),
    ):
        golds = [m for m in gold if m.label == label]
        systems = [m for m in system if m.label == label]
        overlaps = compare(golds, systems)
        right = match(overlaps, _value_grade(same))
        credit = sum(pair.credit for pair in right)
        tallies[end_to_end] = Tally.of(credit, len(systems), len(golds))
        spans = match(overlaps, GRADES["type"])
        hits = sum(same(pair.gold, pair.system) for pair in spans)
        tallies[accuracy] = Tally.share(hits, len(spans))
    return tallies


def _value_grade(
    same: Callable[[Mention, Mention], bool],
) -> Callable[[Overlap], NDArray[np.int64]]:
    def grade(overlap: Overlap) -> NDArray[np.int64]:
        return np.array(
            [[2 * same(g, s) for s in overlap.system] for g in overlap.gold], dtype=np.int64
        )

    return grade


def score_links(pairs: Sequence[Pair]) -> Tallies:
    """Identifier accuracy: of the matched CITY mentions that gold links, how many agree.

    ``pairs`` are those of the ``type`` scheme. Two local ids agree: both say that the gazetteer
    does not know the city.
    """
    linked = [p for p in pairs if p.gold.label == p.system.label == "CITY" and p.gold.entity]
    return {CITY_LINK: Tally.share(sum(same_link(p.gold, p.system) for p in linked), len(linked))}


def same_link(gold: Mention, system: Mention) -> bool:
    """Whether both mentions have the same global identifier, or both a local one."""
    ours, theirs = gold.entity, system.entity
    if ours is None or theirs is None:
        return False
    return ours == theirs or (scheme_of(ours) is None and scheme_of(theirs) is None)
