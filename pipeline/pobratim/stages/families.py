"""What the labels of the models' guesses have in common, whichever model saw them.

Natasha says PER and LOC, spaCy PERSON, GPE and LOC, our own models use the labels of the schema.
The stages ask for a family, and no stage needs to know which model is in use.
"""

from __future__ import annotations

from pobratim.schema import PLACE_LABELS

__all__ = ["BODIES", "EVENTS", "NAMES", "NO_PERSONS", "PEOPLES", "PERSONS", "PLACES"]

PERSONS = frozenset({"PER", "PERSON"})
PLACES = frozenset({"LOC", "GPE"}) | PLACE_LABELS
PEOPLES = PLACES | {"NORP"}
"""Places and those who are from there: a person's name is neither."""
BODIES = frozenset({"ORG", "ORGANIZATION", "NAME"})
EVENTS = frozenset({"EVENT"})
NAMES = PERSONS | PLACES | BODIES | EVENTS
"""What our own models' spans may say to the rules; their other labels only fill gaps."""
NO_PERSONS = (
    frozenset({"DATE", "GPE", "NORP", "FAC", "LAW", "LANGUAGE"}) | PLACE_LABELS | BODIES | EVENTS
)
"""What ends a person's name where it begins. LOC is none of them: a surname is often taken for one."""
