"""What of a system's answer is judged, where a corpus tells less than our gold would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.mapping import settle_places, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from external.corpora import Suite, Text
    from pobratim.schema import Mention


def judged(answer: Sequence[Mention], suite: Suite, text: Text) -> list[Mention]:
    """The mentions of ``answer`` that the corpus can judge.

    Left out are labels that it does not annotate, answers inside others where it nests nothing, and
    what overlaps a span that it is unsure of but no gold mention of the same label. A place takes
    the gold's label where the gold allows its own.
    """
    kept = [one for one in answer if one.label in suite.scored]
    if suite.flat:
        kept = outermost(kept)
    settled = settle_places(kept, text.gold, text.kinds)
    return [one for one in settled if _tellable(one, text)]


def outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that lie within no longer one."""
    kept: list[Mention] = []
    reach = -1
    for one in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if one.end > reach or (kept and (kept[-1].start, kept[-1].end) == (one.start, one.end)):
            kept.append(one)
            reach = max(reach, one.end)
    return kept


def _tellable(mention: Mention, text: Text) -> bool:
    unsure = any(mention.start < end and start < mention.end for start, end in text.unsure)
    return not unsure or any(
        one.label == mention.label and shared(one, mention) > 0 for one in text.gold
    )
