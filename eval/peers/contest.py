"""One text collection, several systems: their lines, our leads, and how both are written down."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table as RichTable

from peers.scores import GROUPS, Lead, Line, best_peers, leads, lines, table
from peers.systems import POBRATIM
from pobratim.scoring.wording import ABSENT, interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peers.systems import System
    from pobratim.schema import Mention

    Sections = Sequence[tuple[Sequence[Mention], Sequence[Mention]]]


@dataclass(frozen=True, slots=True)
class Contest:
    """``systems`` maps a system's name to its lines; ``leads`` a group to ours over the best peer."""

    title: str
    sections: int
    systems: dict[str, dict[str, Line]]
    leads: dict[str, Lead]

    def gold(self, group: str) -> int:
        """How many items of the group the gold has."""
        return next(
            line.gold for each in self.systems.values() for g, line in each.items() if g == group
        )

    def groups(self) -> list[str]:
        """The groups with a score, in the order of a table."""
        return [g for g in GROUPS if any(g in each for each in self.systems.values())]


def contest(
    title: str, answers: Mapping[System, Sections], scheme: str, wanted: frozenset[str]
) -> Contest:
    """Score what each system answered on the same sections, for the groups in ``wanted``."""
    tables = {system: table(sections, scheme) for system, sections in answers.items()}
    scored = {s.name: lines(t, s.groups & wanted) for s, t in tables.items()}
    own = {system.name for system in tables if system.own}
    peers = {name: each for name, each in scored.items() if name not in own}
    by_name = {system.name: each for system, each in tables.items()}
    found = leads(by_name[POBRATIM.name], by_name, best_peers(peers))
    return Contest(title, len(next(iter(answers.values()))), scored, found)


def to_terminal(one: Contest) -> RichTable:
    """The contest as a table for a terminal."""
    shown = RichTable(title=f"{one.title}: F1 in per cent (95 %), {one.sections} texts")
    header, rows = _cells(one)
    for name in header:
        shown.add_column(name, justify="left" if name == header[0] else "right")
    for row in rows:
        shown.add_row(*row)
    return shown


def to_markdown(one: Contest) -> str:
    """The contest as a Markdown table under its title."""
    header, rows = _cells(one)
    marks = ["---", *["---:"] * (len(header) - 1)]
    table_lines = ["| " + " | ".join(row) + " |" for row in (header, marks, *rows)]
    return "\n".join([f"**{one.title}** ({one.sections} texts)", "", *table_lines])


def to_json(one: Contest) -> dict[str, Any]:
    """The contest with precision, recall and intervals, as plain data."""
    return {
        "title": one.title,
        "sections": one.sections,
        "systems": {
            name: {group: _line(line) for group, line in each.items()}
            for name, each in one.systems.items()
        },
        "leads": {
            group: {**asdict(lead), "difference": lead.difference.model_dump(exclude_none=True)}
            for group, lead in one.leads.items()
        },
    }


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "f1": line.f1.model_dump(exclude_none=True)}


def _cells(one: Contest) -> tuple[list[str], list[list[str]]]:
    header = ["", "in gold", *one.systems, "lead over the best peer"]
    rows = []
    for group in one.groups():
        cells = [
            interval(each[group].f1) if group in each else ABSENT for each in one.systems.values()
        ]
        lead = one.leads.get(group)
        shown = ABSENT if lead is None else f"{interval(lead.difference, signed=True)}"
        rows.append([group, str(one.gold(group)), *cells, shown])
    return header, rows
