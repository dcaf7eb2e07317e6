"""Texts through the pipeline up to the offices, written down compactly for tables.

The tables are of the rules, so the guesses are those of fixed models, not of ones trained anew.
"""

from functools import cache

from pobratim.stages.neural.choices import CLASSIC
from pobratim.stages.pipeline import build
from pobratim.stages.workspace import workspace


@cache
def _pipeline():
    return build(without=("pobratim_agreements", "pobratim_records"), entities=CLASSIC)


def read(text):
    return workspace(_pipeline()(text))


def spans(ws, label):
    return [ws.phrase(c.start, c.end) for c in ws.of(label)]


def links(ws, label):
    """``head > tail`` for every link, in text order of head and tail."""
    found = [link for link in ws.links if link.label == label]
    found.sort(key=lambda link: (link.head.start, link.tail.start))
    return [
        f"{ws.phrase(link.head.start, link.head.end)} > {ws.phrase(link.tail.start, link.tail.end)}"
        for link in found
    ]
