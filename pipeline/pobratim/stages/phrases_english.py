"""English noun phrases: capitals and modifiers before the head, "of …" and names behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.names import name_lexicon
from pobratim.stages.cases import is_latin
from pobratim.stages.phrases import DASHES, Context, Options, Phrase, is_capital, is_initial

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["phrase", "shortened"]

LONGEST = 40
PLAIN = 5
POSSESSIVE = frozenset({"'s", "’s"})
ARTICLES = frozenset({"the", "a", "an"})
LINKS = frozenset({"of", "for", "de", "da", "di", "del", "der", "des", "du", "la", "&", "and"})
AND = frozenset({"and", "&"})
FOLLOWED = frozenset({"of", "for"})
WITH = frozenset({"with"})
MEETING = frozenset({"of", "for", "from", "with", "on", "between"})
NUMBER = frozenset({"no", "№", "#", "number"})
NUMBERED = frozenset({"school", "gymnasium", "lyceum", "kindergarten"})
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


def phrase(context: Context, head: int, options: Options) -> Phrase:
    """The phrase of the noun at ``head``: where it begins and ends and what it holds."""
    ws = context.ws
    low, high = context.bounds(head)
    found = Phrase(head, head + 1, head, initial=is_initial(ws, head))
    found.capital = is_capital(ws, head) and not found.initial
    _before(context, found, low, options)
    _behind(context, found, min(high, head + 1 + LONGEST), options)
    return found


def _before(context: Context, found: Phrase, low: int, options: Options) -> None:
    """Take in the words before the head back to the leftmost capital, ordinal or quotation."""
    ws = context.ws
    at, plain, kinds = found.head, 0, True
    if at - 1 >= low and ws.words[at - 1] == "-" and at - 2 >= low:
        at -= 2
        found.start = at
    while at > low:
        before = at - 1
        word = ws.words[before]
        if word == "." and before - 1 >= low and shortened(ws.words[before - 1]):
            before -= 1
            word = ws.words[before]
        number = _number_before(ws, before, low)
        if number is not None:
            found.start, found.numbered, at = number, True, number
            continue
        if before in context.dated:
            break
        opening = context.quote_start.get(at)
        if opening is not None and opening >= low:
            found.quote = found.start = opening
            return
        if ws.lowers[before] in POSSESSIVE or _plural_owner(ws, before, low):
            before -= 1
            if before < low or not _owns(context, before, at, found.head, plain, options):
                break
            word = ws.words[before]
        if (
            word in DASHES
            and before - 1 >= low
            and (ws.ends[before - 1] == ws.starts[before] or _pair(context, before))
        ):
            before -= 1
            word = ws.words[before]
        joined = _conjunct(context, before, at, low, options)
        if joined is not None:
            before = joined
            word = ws.words[before]
        elif ws.lowers[before] in AND:
            break
        if before in context.people and context.people[before] < at and not word[0].isupper():
            break
        lower = ws.lowers[before]
        if lower in options.ordinals:
            found.start, found.ordinal, found.modified = before, True, True
        elif _names(context, before, options):
            found.start, found.modified = before, True
            if before in context.placed:
                found.place = True
                found.theme = found.theme or plain > 0
            elif lower in options.common_adjectives:
                found.capital = found.capital or not is_initial(ws, before)
            else:
                found.specific = True
                if ws.tags[before] != "ADJ" or found.capital:
                    found.proper = found.capital = True
        elif word.isdigit() and len(word) == 4 and options.ordinal_endings:
            if before > low and ws.lowers[before - 1] in ARTICLES:
                found.start, found.modified = before, True
        elif not is_latin(word):
            break
        elif ws.tags[before] in NOMINAL and lower not in options.descriptive and plain < PLAIN:
            if _precedes(ws, found, before, options):
                break
            if kinds and lower in options.kind_adjectives:
                found.start = before
            else:
                kinds = False
            plain += 1
        else:
            break
        at = before
    _numeral(ws, found, low, options)


def _precedes(ws: Workspace, found: Phrase, at: int, options: Options) -> bool:
    """Whether a plain noun before a name in capitals is none of it: "the reform Turku Council"."""
    if not (found.capital and found.modified) or ws.tags[at] != "NOUN":
        return False
    return found.start == at + 1 and ws.lowers[at] not in options.kind_adjectives


def shortened(word: str) -> bool:
    """Whether a full stop behind ``word`` ends no sentence: "St.", an initial."""
    return word in ("St", "Mt", "Ft") or (len(word) == 1 and word.isupper())


def _pair(context: Context, dash: int) -> bool:
    """Whether a dash with spaces stands between two places: "Tacoma - Kitakyushu"."""
    return dash in context.place_ends and dash + 1 in context.places


def _number_before(ws: Workspace, at: int, low: int) -> int | None:
    """Where "No. 2" begins that ends with word ``at``."""
    if not ws.words[at].isdigit() or at - 1 < low:
        return None
    first = at - 2 if ws.words[at - 1] == "." else at - 1
    return first if first >= low and ws.lowers[first] in NUMBER else None


def _plural_owner(ws: Workspace, at: int, low: int) -> bool:
    """Whether an apostrophe makes an owner of a plural: "Mayors' Forum"."""
    if ws.words[at] not in ("'", "’") or at <= low:
        return False
    return ws.lowers[at - 1].endswith("s") and ws.ends[at - 1] == ws.starts[at]


def _owns(context: Context, owner: int, at: int, head: int, plain: int, options: Options) -> bool:
    """Whether what stands before "'s" is part of the name: "Turku's municipality", "People's Party",
    "St. Mary's Hospital", but no person's "office" and nobody's "next government"."""
    ws = context.ws
    if ws.lowers[owner] in options.owners:
        return True
    saint = owner - 2 if ws.words[owner - 1 : owner] == ["."] else owner - 1
    if ws.words[saint : saint + 1] in (["St"], ["Saint"]):
        return True
    if owner in context.placed:
        if head + 1 in context.quote_end:
            return False
        if ws.words[head][0].isupper():
            return plain == 0 and context.placed.isdisjoint(range(owner + 1, head))
        return plain == 0 or ws.lowers[at] in options.kind_adjectives
    return at == head and ws.words[head][0].isupper() and ws.words[owner][0].isupper()


def _names(context: Context, at: int, options: Options) -> bool:
    """Whether a word before the head can be part of a name for its capital."""
    ws = context.ws
    lower = ws.lowers[at]
    if is_initial(ws, at) and ws.tags[at] != "PROPN" and at not in context.placed:
        return lower in options.common_adjectives
    if not is_latin(ws.words[at]) or _acts(ws, at, options):
        return False
    if not ws.words[at][0].isupper() or ws.tags[at] in ("DET", "PRON", "ADP", "AUX", "VERB", "ADV"):
        return False
    if lower in options.months and ws.tags[at] == "PROPN" and ws.words[at + 1][0].islower():
        return False
    return not (lower in options.descriptive and (is_initial(ws, at) or lower in ARTICLES))


def _acts(ws: Workspace, at: int, options: Options) -> bool:
    """Whether a verb begins a line of a programme: "14:30 – Visit Nara University"."""
    return ws.lowers[at] in options.acts and not (at and ws.words[at - 1][0].isupper())


def _conjunct(context: Context, before: int, at: int, low: int, options: Options) -> int | None:
    """Where "Lewis and" begins, unless it joins two places or two phrases."""
    ws = context.ws
    if ws.lowers[before] not in AND or before - 1 < low or not ws.words[at][0].isalpha():
        return None
    first = before - 1
    if ws.lowers[first] in options.forms or _completes(context, first, low, options):
        return None
    if ws.lowers[first] in options.stop_nouns and ws.lowers[first] not in options.shared:
        return None
    noun = first > low and ws.lowers[first - 1] in options.stop_nouns
    if noun and ws.words[first - 1][0].isupper() and ws.words[first][0].isupper():
        return None
    if first in context.placed and first > low and ws.lowers[first - 1] in ("in", "at", "from"):
        return None
    both_capital = ws.words[first][0].isupper() and ws.words[at][0].isupper()
    both_plain = ws.words[first][0].islower() and ws.words[at][0].islower()
    if both_plain and ws.tags[first] in NOMINAL and ws.tags[at] in NOMINAL:
        return first
    if not both_capital or at in context.places:
        return None
    return first


def _completes(context: Context, at: int, low: int, options: Options) -> bool:
    """Whether the word at ``at`` belongs to an earlier name: "University of Oulu and …"."""
    ws, before = context.ws, at - 1
    while before > low and ws.words[before][0].isupper():
        before -= 1
    if ws.lowers[before] in ARTICLES:
        before -= 1
    if before - 1 < low or ws.lowers[before] not in FOLLOWED:
        return False
    return ws.lowers[before - 1] in options.stop_nouns and ws.words[before - 1][0].isupper()


def _numeral(ws: Workspace, found: Phrase, low: int, options: Options) -> None:
    """ "3rd", "XXVII-th" or "XI" before everything."""
    before = found.start - 1
    while before > low and found.head - before < PLAIN and ws.tags[before] in NOMINAL:
        if not ws.words[before].islower() or ws.lowers[before] in options.ordinal_endings:
            break
        before -= 1
    if not options.ordinal_endings or before < low:
        return
    if ws.lowers[before] in options.ordinal_endings and before - 1 >= low:
        number = before - 2 if ws.words[before - 1] in DASHES else before - 1
        if number >= low and (ws.words[number].isdigit() or _roman(ws.words[number])):
            found.start, found.ordinal, found.modified = number, True, True
    elif _roman(ws.words[before]) and ws.words[before] != "I":
        found.start, found.ordinal, found.modified = before, True, True


def _roman(word: str) -> bool:
    return len(word) < 8 and all(letter in "IVXLC" for letter in word)


def _behind(context: Context, found: Phrase, limit: int, options: Options) -> None:
    ws = context.ws
    at = found.head + 1
    if at < limit and at in context.quote_end and found.quote < 0:
        found.quote, found.end = at, context.quote_end[at]
        return
    at = _number(ws, found, at, limit)
    if found.quote < 0:
        at = _apposed(context, found, at, limit, options)
        at = _complements(context, found, at, limit, options)
        _number(ws, found, at, limit)
        _namesake(context, found, limit, options)
    _year(ws, found, limit)


def _number(ws: Workspace, found: Phrase, at: int, limit: int) -> int:
    """ "#4", "No. 4" or "4" behind a school."""
    bare = ws.words[at : at + 1]
    if ws.words[at + 1 : at + 2] == [":"]:
        return at
    if bare and bare[0].isdigit() and len(bare[0]) < 4 and ws.lowers[found.head] in NUMBERED:
        found.numbered, found.end = ws.words[found.head][0].isupper(), at + 1
        return at + 1
    digits = at + 2 if ws.lowers[at : at + 2] == ["no", "."] else at + 1
    if digits >= limit or not ws.words[digits].isdigit():
        return at
    if ws.words[at] in ("#", "№") or ws.lowers[at] == "no":
        found.numbered = True
        found.end = digits + 1
        return digits + 1
    return at


def _namesake(context: Context, found: Phrase, limit: int, options: Options) -> None:
    """ "named after A. S. Popov": a name and the initials before it."""
    ws, at = context.ws, found.end
    if at + 2 >= limit or ws.lowers[at] not in options.named_after or ws.lowers[at + 1] != "after":
        return
    first = end = at + 2
    while end < limit and (ws.words[end][0].isupper() or (
        ws.words[end] == "." and len(ws.words[end - 1]) == 1
    )):  # fmt: skip
        end += 1
    if end > first:
        found.proper = found.namesake = True
        found.end = end


def _year(ws: Workspace, found: Phrase, limit: int) -> None:
    at = found.end
    if at < limit and ws.words[at].isdigit() and len(ws.words[at]) == 4:
        if not (at + 2 < len(ws) and ws.words[at + 1] in DASHES and ws.words[at + 2].isdigit()):
            found.end = at + 1
    elif at + 1 < limit and ws.words[at] in DASHES and ws.words[at + 1].isdigit():
        found.end = at + 2


def _apposed(context: Context, found: Phrase, at: int, limit: int, options: Options) -> int:
    """A name right behind the head: "hospital Sejong", "association Pskov-Lahti"."""
    ws, end = context.ws, at
    while end < limit and context.people.get(end, end) <= end + 1 and (
        (ws.words[end][0].isupper() and ws.tags[end] not in ("DET", "PRON", "ADP", "AUX", "CCONJ"))
        or (end > at and end + 1 < limit and _joins_names(context, end, limit, options))
    ):  # fmt: skip
        end += 1
    if end == at or context.people.get(at, at) > at + 1:
        return at
    if end < limit and ws.tags[end] == "NOUN" and ws.words[end][0].islower():
        return at
    if all(ws.tags[word] == "ADJ" for word in range(at, end)):
        return at
    if ws.lowers[end : end + 1] and ws.lowers[end] in POSSESSIVE and at in context.places:
        return at
    kinds = [word for word in range(at, end) if ws.lowers[word] in options.stop_nouns]
    if kinds:
        end = kinds[-1] + 1
    elif found.modified and ws.words[found.head][0].isupper():
        placed = context.places.get(at, 0)
        club = ws.lowers[found.head - 1] in options.clubs and end == at + 1
        if not (options.seated and placed == end) and not club:
            return at
        found.place, found.end = True, end
        return end
    found.brand, found.proper, found.end = (at, end), True, end
    return end


def _joins_names(context: Context, at: int, limit: int, options: Options) -> bool:
    """Whether an ampersand, or a dash within one name, stands before a capital."""
    ws = context.ws
    if not ws.words[at + 1][0].isupper():
        return False
    tight = ws.starts[at] == ws.ends[at - 1]
    dash = ws.words[at] in DASHES
    return ws.words[at] == "&" or (dash and (tight or not _another(ws, at + 1, limit, options)))


def _complements(context: Context, found: Phrase, at: int, limit: int, options: Options) -> int:
    """ "of the …", "for …", in meetings "from …" and "with …", each with its noun phrase."""
    ws = context.ws
    links = FOLLOWED | options.about | options.between
    if options.between:
        links |= WITH
    if options.ordinal_endings:
        links = MEETING
    named = found.capital or found.ordinal or found.modified
    while at + 1 < limit:
        link = ws.lowers[at]
        where = options.where and link == "in" and at + 1 in context.places
        if link not in links and not where:
            break
        first = at + 1
        if link in options.about and (_pointing(ws, first) or _told(ws, found, link, first)):
            break
        if options.ruling and link == "for" and ws.words[first][0].islower():
            break
        if ws.lowers[first] in ARTICLES and first + 1 < limit:
            first += 1
        if first in context.dated or ws.lowers[first] in options.weekdays:
            break
        if link == "on" and _is_street(ws, first, limit, options):
            break
        if link == "between":
            end, capital = _between(context, first, limit), True
        else:
            end, capital = _nominal(context, first, limit, options)
        if end == first or (link in ("from", "with") and not capital):
            break
        quoted = context.quote_end.get(end)
        if quoted is not None and end < limit:
            found.quote, found.end = end, quoted
            return quoted
        if not (named or capital):
            _number(ws, found, end, limit)
            break
        if capital:
            found.proper = True
            if any(word in context.places for word in range(first, end)):
                found.place = True
        found.theme = True
        if capital and end in context.place_ends and ws.lowers[end : end + 1]:
            end = _with_type(context, end, limit, options)
        found.end = at = end
    return at


def _with_type(context: Context, end: int, limit: int, options: Options) -> int:
    """The end with the type word of a place, or the body of it: "Administration of Samara city
    district", "Department of external relations of the Kirov city administration"."""
    ws, at = context.ws, end
    while at < limit and ws.lowers[at] in options.place_types and ws.words[at].islower():
        at += 1
    return at + 1 if at < limit and at > end and ws.lowers[at] in options.stop_nouns else at


def _is_street(ws: Workspace, at: int, limit: int, options: Options) -> bool:
    """Whether capitals lead to a street or the like, where something is: "on Le Loi street"."""
    while at < limit and ws.words[at][0].isupper() and ws.lowers[at] not in options.sites:
        at += 1
    return at < limit and ws.lowers[at] in options.sites


def _pointing(ws: Workspace, at: int) -> bool:
    """Whether an article and a word in lower case follow: "on the first anniversary"."""
    if ws.lowers[at] not in ARTICLES:
        return False
    return ws.lowers[at] != "the" or not any(
        word[0].isupper() for word in ws.words[at + 1 : at + 2]
    )


def _told(ws: Workspace, found: Phrase, link: str, at: int) -> bool:
    """Whether the name was over with its place: "Akimat of Aktobe on cross-border cooperation"."""
    return link == "on" and found.place and ws.words[at][0].islower()


def _between(context: Context, at: int, limit: int) -> int:
    """The end of the second of two places."""
    ws, count, last = context.ws, 0, at
    while at < limit:
        if at in context.places:
            at = last = min(context.places[at], limit)
            count += 1
            if count > 1 and (at >= limit or ws.lowers[at] not in (",", "and")):
                break
        elif ws.lowers[at] in AND or ws.words[at] == "," or ws.words[at] == "the":
            at += 1
        else:
            break
    return last


def _nominal(context: Context, at: int, limit: int, options: Options) -> tuple[int, bool]:
    """The end of a noun phrase at ``at`` and whether it has a capital.

    After a capital only capitals go on, joined by "and", "of" and the like; without one, plain
    nouns and adjectives do.
    """
    ws, end, capital = context.ws, at, False
    if at + 1 < limit and ws.words[at].endswith("ing") and ws.tags[at + 1] in ("NOUN", "PROPN"):
        at += 1
    while at < limit:
        word = ws.words[at]
        if context.people.get(at, 0) > at + 1 and context.places.get(at) is None:
            break
        if capital and _addressed(ws, at):
            break
        if word[0].isupper() and ws.tags[at] not in ("DET", "PRON", "AUX", "ADV"):
            capital = True
            at = end = context.places.get(at, at + 1)
        elif ws.tags[at] in NOMINAL and (not capital or _short_tail(context, at, limit)):
            at = end = at + 1
        elif (
            _links(context, at, limit, capital, options)
            or _hyphen(ws, at, limit)
            or (ws.words[at] in DASHES and _pair(context, at))
            or (capital and _owner(ws, at, limit))
        ):
            at += 1
        else:
            break
    return min(end, limit), capital


def _addressed(ws: Workspace, at: int) -> bool:
    """Whether a courtesy begins a person's name: "Administration of Pskov Mrs. Price"."""
    courtesy = name_lexicon()["en"].honorifics.get(ws.lowers[at])
    return courtesy is not None and not courtesy.noble and ws.words[at][0].isupper()


def _owner(ws: Workspace, at: int, limit: int) -> bool:
    """Whether "'s" stands before a further capital: "Harbin People's Government"."""
    owner = ws.lowers[at] in POSSESSIVE or _plural_owner(ws, at, 0)
    return owner and at + 1 < limit and ws.words[at + 1][0].isupper()


def _hyphen(ws: Workspace, at: int, limit: int) -> bool:
    """Whether a hyphen at ``at`` stands right between two words."""
    return ws.words[at] == "-" and at + 1 < limit and ws.starts[at] == ws.ends[at - 1]


def _short_tail(context: Context, at: int, limit: int) -> bool:
    """A plain noun right before further capitals: "Cities and local Governments"."""
    ws = context.ws
    return at + 1 < limit and ws.words[at + 1][0].isupper() and ws.tags[at] == "ADJ"


def _links(context: Context, at: int, limit: int, capital: bool, options: Options) -> bool:
    """Whether the word at ``at`` joins what stands before it with what follows."""
    ws = context.ws
    if at + 1 >= limit:
        return False
    word, after = ws.lowers[at], ws.words[at + 1]
    if word in AND or word == ",":
        goes_on = after[0].isupper() if capital else ws.tags[at + 1] in NOMINAL
        if not goes_on or context.people.get(at + 1, 0) > at + 2:
            return False
        noun = ws.lowers[at + 1] in options.stop_nouns - options.shared
        if noun and after[0].isupper():
            return False
        if capital and _another(ws, at + 1, limit, options):
            return False
        if context.place_ends.get(at) is not None:
            after_place = context.places.get(at + 1)
            if not options.wide or after_place is None:
                return False
            return after_place >= limit or not ws.words[after_place][0].isupper()
        return word != "," or _list_ends(ws, at + 1, limit, capital)
    if not capital or word not in LINKS or (not options.wide and ws.words[at - 1][0].islower()):
        return False
    if after == "the":
        return at + 2 < limit and ws.words[at + 2][0].isupper()
    return after[0].isupper()


def _another(ws: Workspace, at: int, limit: int, options: Options) -> bool:
    """Whether the capitals from ``at`` on are a name of their own, with a noun that says of what."""
    while at < limit and ws.words[at][0].isupper():
        if ws.lowers[at] in options.stop_nouns:
            return True
        at += 1
    return False


def _list_ends(ws: Workspace, at: int, limit: int, capital: bool) -> bool:
    """Whether an enumeration that goes on at ``at`` comes to an "and" soon."""
    for index in range(at, min(limit, at + 8)):
        if ws.lowers[index] in AND:
            return True
        if ws.words[index] != "," and capital and not ws.words[index][0].isupper():
            return False
    return False
