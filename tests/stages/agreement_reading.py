"""Texts through the whole pipeline, with what the arrows of agreements lead to, for tables.

The tables are of the rules, so the guesses are those of fixed models, not of ones trained anew.
"""

from functools import partial

import pobratim
from pobratim.stages.neural.choices import CLASSIC

extract = partial(pobratim.extract, entities=CLASSIC)


def related(text, label):
    """The tails of the arrows with one label, as written, in text order."""
    document = extract(text)
    mentions = {mention.id: mention for mention in document.mentions}
    tails = {mentions[one.tail].start: mentions[one.tail].text for one in document.relations
             if one.label == label}  # fmt: skip
    return [tails[start] for start in sorted(tails)]


def told(text):
    """Each agreement as ``instrument purpose status signed: party + (implied party)``."""
    found = []
    for one in extract(text).agreements:
        parties = " + ".join(f"({p.name})" if p.implied else p.name for p in one.parties)
        found.append(
            f"{one.instrument} {one.purpose} {one.status} {one.signed or '-'}: {parties}".strip()
        )
    return found
