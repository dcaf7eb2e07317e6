"""Offices that the layout gives: names listed under a title, fields of an entry that a city begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.offices import OfficeUse, office_lexicon
from pobratim.stages.office_meant import is_group_of, is_municipal
from pobratim.stages.workspace import Candidate, Link, Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["entry_of", "listed_under", "owned_by_heading", "signed", "signed_above", "signed_below"]

LONGEST_TITLE = 14
"""How many words the line above a list of holders has at most."""
MOST_MARKS = 3
SHORT_SIDE = 5
"""How many words «От г. Пскова:» has at most."""
LONGEST_LIST = 40
INDENT = 2
"""How many words (a bullet, a number) may stand before the first of a line."""


def listed_under(ws: Workspace) -> list[Link]:
    """HOLDS of the persons whose lines follow a line with a title and no person: «Главы города»."""
    roles = _first_of_block(ws, ws.of("ROLE"))
    persons = ws.of("PERSON")
    leading = _first_of_block(ws, persons)
    peopled = {ws.block_of[person.start] for person in persons}
    links: list[Link] = []
    held = {id(link.head) for link in ws.links if link.label == "HOLDS"}
    title: Candidate | None = None
    for index, block in enumerate(ws.blocks):
        if index in leading:
            person = leading[index]
            if title is not None and id(person) not in held:
                links.append(Link("HOLDS", person, title, 0.8, "offices:listed-under"))
            continue
        title = None
        short = block.end - block.start <= LONGEST_TITLE
        role = roles.get(index)
        if role is not None and short and index not in peopled and not _is_former(role):
            title = role
    return links


def owned_by_heading(ws: Workspace) -> list[Link]:
    """OFFICE_OF of the city's offices that a list has, from the line that tells whose the list is.

    «Состав делегации г. Лахти:» above its members, or a title «Кто руководил Элистой» above lists.
    """
    owned = {id(link.head) for link in ws.links if link.label == "OFFICE_OF"}
    held = {id(link.tail): link for link in ws.links if link.label == "HOLDS"}
    roles = [role for role in ws.of("ROLE") if id(role) in held and id(role) not in owned]
    if not roles:
        return []
    cities = ws.of("CITY")
    headed = _delegations(ws, cities)
    title = _title_owner(ws, cities)
    links: list[Link] = []
    for role in roles:
        use = role.data
        if not isinstance(use, OfficeUse) or use.former or not is_municipal(ws, role):
            continue
        city = headed.get(ws.block_of[role.start])
        if city is None and held[id(role)].why == "offices:listed-under":
            city = title
        if city is not None:
            links.append(Link("OFFICE_OF", role, city, 0.7, "offices:list-of"))
    return links


def _delegations(ws: Workspace, cities: list[Candidate]) -> dict[int, Candidate]:
    """For each line of a list of members the city whose delegation they are."""
    by_block: dict[int, list[Candidate]] = {}
    for city in cities:
        by_block.setdefault(ws.block_of[city.start], []).append(city)
    found: dict[int, Candidate] = {}
    for index, here in by_block.items():
        block = ws.blocks[index]
        lexicon = office_lexicon().get(block.language)
        opens = ws.words[block.end - 1] == ":" or block.kind == "heading"
        if lexicon is None or not opens or len({city.entity for city in here}) > 1:
            continue
        side = block.end - block.start <= SHORT_SIDE and ws.lowers[block.start] in lexicon.origins
        if not side and not is_group_of(ws, lexicon, here[0], block.start, block.end):
            continue
        found.update(dict.fromkeys(_lines_below(ws, index), here[0]))
    return found


def _lines_below(ws: Workspace, index: int) -> list[int]:
    """The lines of a list up to the next blank one, or the items behind it."""
    found: list[int] = []
    for below in range(index + 1, min(len(ws.blocks), index + LONGEST_LIST)):
        gap = not _is_close(ws, below)
        if gap and (below > index + 1 or ws.blocks[below].kind != "item"):
            break
        found.append(below)
    return found


def _title_owner(ws: Workspace, cities: list[Candidate]) -> Candidate | None:
    """The one city in the text's first line."""
    end = ws.blocks[0].end if ws.blocks else 0
    titled = [city for city in cities if city.start < end]
    short = end <= LONGEST_TITLE
    return titled[0] if short and len({city.entity for city in titled}) == 1 else None


def signed_above(ws: Workspace) -> list[Link]:
    """HOLDS of a signature whose title stands alone in the line below the name."""
    held = {id(link.head) for link in ws.links if link.label == "HOLDS"}
    taken = {id(link.tail) for link in ws.links if link.label == "HOLDS"}
    persons = {ws.block_of[one.start]: one for one in ws.of("PERSON") if _is_alone(ws, one)}
    links: list[Link] = []
    for role in ws.of("ROLE") if persons else ():
        index = ws.block_of[role.start]
        person = persons.get(index - 1)
        fits = isinstance(role.data, OfficeUse) and not role.data.plural and not role.data.former
        if person is None or id(person) in held or id(role) in taken or not fits:
            continue
        block = ws.blocks[index]
        if role.start == block.start and block.end - block.start <= LONGEST_TITLE:
            links.append(Link("HOLDS", person, role, 0.8, "offices:signed-above"))
    return links


def signed(ws: Workspace) -> list[Link]:
    """HOLDS of a name alone in its line, below one that ends with a title and what it is of:
    «С уважением, глава города Пскова» above «Иван Петров»."""
    held = {id(link.head) for link in ws.links if link.label == "HOLDS"}
    taken = {id(link.tail) for link in ws.links if link.label == "HOLDS"}
    peopled = {ws.block_of[person.start] for person in ws.of("PERSON")}
    ends = {link.head.start: link.tail.end for link in ws.links if link.label == "OFFICE_OF"}
    last = {ws.block_of[role.start]: role for role in ws.of("ROLE")}
    links: list[Link] = []
    for person in ws.of("PERSON"):
        index = ws.block_of[person.start] - 1
        role = last.get(index)
        if role is None or index in peopled or id(role) in taken or id(person) in held:
            continue
        end = max(role.end, ends.get(role.start, 0))
        block = ws.blocks[index]
        short = block.end - block.start <= LONGEST_TITLE and block.end - end <= 1
        if short and _is_alone(ws, person) and _is_close(ws, index + 1) and not _is_former(role):
            links.append(Link("HOLDS", person, role, 0.8, "offices:signed"))
    return links


def _is_close(ws: Workspace, index: int) -> bool:
    """Whether no blank line stands before a block."""
    start = ws.blocks[index].start
    return ws.text.count("\n", ws.ends[start - 1], ws.starts[start]) == 1


def signed_below(ws: Workspace) -> list[Link]:
    """OFFICE_OF of a title alone in its line, above that of the body it is of."""
    owned = {id(link.head) for link in ws.links if link.label == "OFFICE_OF"}
    bodies = {ws.block_of[one.start]: one for one in ws.of("ORGANIZATION") if _is_alone(ws, one)}
    return [
        Link("OFFICE_OF", role, bodies[index], 0.75, "offices:signed-below")
        for role in (ws.of("ROLE") if bodies else ())
        if (index := ws.block_of[role.start] + 1) in bodies
        and id(role) not in owned
        and _closes_block(ws, role)
    ]


def _is_alone(ws: Workspace, one: Candidate) -> bool:
    """Whether nothing else that has letters stands in the line."""
    block = ws.blocks[ws.block_of[one.start]]
    if block.end - block.start > one.end - one.start + MOST_MARKS:
        return False
    rest = (*range(block.start, one.start), *range(one.end, block.end))
    return not any(ws.words[at][0].isalpha() for at in rest)


def _closes_block(ws: Workspace, role: Candidate) -> bool:
    """Whether a title is the end of a short line."""
    block = ws.blocks[ws.block_of[role.start]]
    return role.end == block.end and block.end - block.start <= LONGEST_TITLE


def _first_of_block(ws: Workspace, found: list[Candidate]) -> dict[int, Candidate]:
    """For each block that begins with one of ``found``, that one."""
    first: dict[int, Candidate] = {}
    for candidate in found:
        index = ws.block_of[candidate.start]
        if candidate.start - ws.blocks[index].start <= INDENT:
            first.setdefault(index, candidate)
    return first


def _is_former(role: Candidate) -> bool:
    return isinstance(role.data, OfficeUse) and role.data.former


def entry_of(ws: Workspace, at: int, cities: Mapping[int, Candidate]) -> Candidate | None:
    """The city that begins the paragraph of word ``at``, as the entries of a list of partners do."""
    start = ws.blocks[ws.block_of[at]].start
    for first in range(start, start + INDENT + 1):
        city = cities.get(first)
        if city is None or city.end >= len(ws):
            continue
        return (
            city
            if city.start <= at and ws.words[city.end] in (",", ".", "(", ":", "–", "—", "-")
            else None
        )
    return None
