"""What follows a Russian head noun: genitives, «по …», places, namesakes, numbers, brands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pobratim.lexicon.morphology import is_known
from pobratim.stages.cases import cases_of, is_latin, is_number
from pobratim.stages.phrases import DASHES, Context, Options, Phrase, is_capital

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["AND", "Behind"]

LONGEST_ACRONYM = 6
YEAR = re.compile(r"(?:19|20)\d\d")
YEARS = frozenset({"год", "года", "году", "годом", "г", "гг", "годов", "годах", "и"})
"""What makes a date of the number before it."""
GENITIVE = frozenset({"gent"})
ABOUT = frozenset({"datv", "gent"})
HELPED = frozenset({"datv", "gent", "ablt"})
"""What follows «содействие» and the like."""
TOGETHER = frozenset({"ablt"})
WITH = frozenset({"с", "со"})
AND = frozenset({"и", "&"})
JOINING = DASHES | {"&", "/"}
"""What joins foreign words to one name."""


class Behind:
    """Walks from the head to the right; ``found`` grows with every complete step."""

    def __init__(self, context: Context, found: Phrase, limit: int, options: Options) -> None:
        self.context = context
        self.ws = context.ws
        self.found = found
        self.limit = limit
        self.options = options
        self.at = found.head + 1
        self.cases = GENITIVE
        self.after_place = False
        self.places_follow = False
        self.waiting = False
        self.bracketed = False

    def walk(self) -> None:
        steps = (
            self._quote,
            self._area,
            self._place,
            self._named_after,
            self._honoured,
            self._number,
            self._about,
            self._with,
            self._managed,
            self._between,
            self._where,
            self._field,
            self._stakes,
            self._year,
            self._joined,
            self._bracketed,
            self._foreign,
            self._genitive,
        )
        while self.at < self.limit and self.found.quote < 0:
            for step in steps:
                if step():
                    break
            else:
                break

    def _take(self, end: int) -> bool:
        """Move on to ``end``; what a comma began counts only once its «и» has come."""
        self.at = end
        if not self.waiting:
            self.found.end = end
        return True

    def _quote(self) -> bool:
        end = self.context.quote_end.get(self.at)
        if end is None or self.waiting:
            return False
        if (
            self.ws.lemmas[self.at - 1] in self.options.other_titles
            and self.at > self.found.head + 1
        ):
            return False
        self.found.quote = self.at
        self._take(end)
        if end + 1 < len(self.ws) and self.ws.words[end] in DASHES:
            self._year()
        return True

    def _area(self) -> bool:
        """A municipality by its quoted name: «администрация городского округа «Город Чита»»."""
        ws, at = self.ws, self.at
        if self.waiting or self.after_place:
            return False
        while at < min(self.limit, self.at + 3) and "gent" in cases_of(ws.lowers[at], True):
            at += 1
        if at >= self.limit or ws.lemmas[at] not in self.options.areas:
            return False
        end = self.context.quote_end.get(at + 1)
        if end is None or "gent" not in cases_of(ws.lowers[at], False):
            return False
        self.found.place = self.after_place = True
        self.limit = min(self.limit, end)
        return self._take(end)

    def _place_end(self, at: int) -> int | None:
        """The end of a place at ``at``, with its type word («г. Тверь», «провинции Хубэй»)."""
        if at >= self.limit:
            return None
        end = self.context.places.get(at)
        if end is not None:
            return min(end, self.limit)
        if not self._is_type(at):
            return None
        name = at + 1
        if name < self.limit and self.ws.words[name] == ".":
            name += 1
        if name >= self.limit or name in self.context.people:
            return None
        end = self.context.places.get(name)
        if end is not None:
            return min(end, self.limit)
        return name + 1 if is_capital(self.ws, name) else None

    def _place(self) -> bool:
        end = self._place_end(self.at)
        if end is None:
            return False
        if self.ws.lowers[self.at] in ("гг", "городов", "городами"):
            self.places_follow = True
        self.found.place = self.after_place = True
        return self._take(end)

    def _named_after(self) -> bool:
        ws, end = self.ws, self.at + 1
        if ws.lowers[self.at] not in self.options.named_after:
            return False
        if end < self.limit and ws.words[end] == ".":
            end += 1
        first, capitals = end, False
        known = self.context.people.get(first)
        if known is not None and known <= self.limit:
            self.found.proper = self.found.namesake = self.after_place = True
            return self._take(known)
        while end < self.limit and end - first < 8:
            word = ws.words[end]
            if word[0].isupper():
                capitals = True
            elif word == "." and len(ws.words[end - 1]) == 1:
                pass
            elif capitals or not word[0].isalnum():
                break
            end += 1
        if not capitals:
            return False
        self.found.proper = self.found.namesake = self.after_place = True
        return self._take(end)

    def _honoured(self) -> bool:
        """A person's whole name in the genitive right behind the noun: «лицей Эдмона Перье»."""
        if not self.options.honours or self.at != self.found.head + 1:
            return False
        end = self.context.people.get(self.at, 0)
        if not self.at + 1 < end <= self.limit or not self._is_owner(end):
            return False
        if self.found.start in self.context.offices:
            return False
        self.found.proper = self.found.namesake = self.after_place = True
        self.limit = end
        return self._take(end)

    def _is_owner(self, end: int) -> bool:
        """Whether the person up to ``end`` stands in the genitive, as behind «музей-квартира» always."""
        ws = self.ws
        first = self.at
        while first < end - 1 and (len(ws.words[first]) == 1):
            first += 1
        forms = [cases_of(lower, False) for lower in ws.lowers[first:end]]
        if "-" in ws.lemmas[self.found.head]:
            return "gent" in forms[-1]
        if "gent" not in forms[0]:
            return False
        nominative = "nomn" in forms[0] and is_known(ws.lowers[first])
        return not nominative or any("gent" in one and "nomn" not in one for one in forms[1:])

    def _number(self) -> bool:
        ws = self.ws
        if ws.words[self.at] not in ("№", "N", "#") or self.at + 1 >= self.limit:
            return False
        if not ws.words[self.at + 1].isdigit():
            return False
        self.found.numbered = True
        return self._take(self.at + 2)

    def _about(self) -> bool:
        if self.ws.lowers[self.at] not in self.options.about:
            return False
        end = self._nominal(self.at + 1, ABOUT)
        if end is None:
            return False
        if self.ws.lemmas[self.at + 1] in self.options.reasons:
            return False
        typed = self._is_type(end - 1) and is_capital(self.ws, self.at + 1)
        told = self.found.capital and not self.found.theme and not self.options.ruling
        if self.after_place and not (typed or told or self.options.ordinals):
            return False
        self.cases = ABOUT
        self.found.theme = True
        return self._take(end)

    def _with(self) -> bool:
        """«связям с общественностью», «дружбы с Индией», «школа с углублённым изучением языков»."""
        ws, at = self.ws, self.at
        if ws.lowers[at] not in WITH or at + 1 >= self.limit:
            return False
        studies = ws.lemmas[at + 1] in self.options.studies
        if not studies and ws.lemmas[at - 1] not in self.options.mutual:
            return False
        place = self._place_end(at + 1)
        if place is not None:
            self.found.place = self.after_place = True
            return self._take(place)
        end = self._nominal(at + 1, TOGETHER)
        if end is None:
            return False
        self.found.theme, self.after_place = True, False
        self.cases = GENITIVE if studies else TOGETHER | GENITIVE
        return self._take(end)

    def _managed(self) -> bool:
        """What stands in the ablative behind «управление»: «управление делами»."""
        ws = self.ws
        if (
            self.at != self.found.head + 1
            or ws.lemmas[self.found.head] not in self.options.managing
        ):
            return False
        end = None if ws.words[self.at][0].isupper() else self._nominal(self.at, TOGETHER)
        if end is None:
            return False
        self.found.theme = True
        return self._take(end)

    def _between(self) -> bool:
        """«между городами Хабаровском (РФ) и Харбином»: to the last place that is not in brackets."""
        if self.ws.lowers[self.at] not in self.options.between:
            return False
        at, last, count, depth = self.at + 1, 0, 0, 0
        while at < self.limit:
            word = self.ws.words[at]
            end = self._place_end(at)
            if end is not None:
                at = end
                if not depth:
                    last, count = end, count + 1
                continue
            depth += (word == "(") - (word == ")")
            if word not in "(),-–" and word not in AND and not self._is_type(at):
                break
            at += 1
        if count < 2:
            return False
        self.found.place = self.found.theme = True
        bracketed = ")" in self.ws.words[self.at : last]
        self.limit = last + 4
        self._take(self._past_bracket(last) if bracketed else last)
        self.limit = self.at
        return True

    def _is_type(self, at: int) -> bool:
        lemma = self.ws.lemmas[at]
        types = self.options.place_types
        return lemma in types or (lemma.startswith("город-") and "город" in types)

    def _where(self) -> bool:
        if not self.options.where or self.ws.lowers[self.at] not in ("в", "во"):
            return False
        end = self._place_end(self.at + 1)
        if end is None:
            return False
        self.found.place = True
        self.limit = end
        return self._take(end)

    def _field(self) -> bool:
        """«в сфере связи», where a complement came before."""
        ws, at = self.ws, self.at
        if ws.lowers[at] != "в" or at + 2 >= self.limit or not self.found.theme:
            return False
        if ws.lemmas[at + 1] not in self.options.fields:
            return False
        end = self._nominal(at + 2, GENITIVE)
        if end is None:
            return False
        self.cases = GENITIVE
        return self._take(end)

    def _stakes(self) -> bool:
        ws = self.ws
        if ws.lowers[self.at] not in self.options.for_stakes or self.at + 1 >= self.limit:
            return False
        if ws.lemmas[self.at + 1] not in self.options.stakes:
            return False
        self.found.theme = True
        self.cases, self.after_place = GENITIVE, False
        return self._take(self.at + 2)

    def _year(self) -> bool:
        """«– 2020» behind a name, and the plus of «БРИКС+»."""
        ws, at = self.ws, self.at
        if ws.words[at] == "+" and ws.starts[at] == ws.ends[at - 1]:
            return self._take(at + 1)
        if self.options.ordinal_endings and YEAR.fullmatch(ws.words[at]):
            if ws.lowers[at + 1 : at + 2] and ws.lowers[at + 1] in YEARS | DASHES:
                return False
            self.limit = at + 1
            return self._take(at + 1)
        if ws.words[at] not in DASHES or at + 1 >= len(ws):
            return False
        year = ws.words[at + 1]
        if not (year.isdigit() and len(year) in (2, 4)):
            return False
        self._take(at + 2)
        self.limit = self.at
        return True

    def _joined(self) -> bool:
        """«и», a comma or a dash, if what follows goes on with the same phrase."""
        ws, at = self.ws, self.at
        word = ws.lowers[at]
        dash = word in DASHES
        if not (dash or word in AND or word == ","):
            return False
        if at == self.found.head + 1:
            return word in AND and self._peer(at + 1)
        place = self._place_end(at + 1)
        if place is not None:
            if self.after_place and (self.options.wide or self.places_follow):
                self.waiting = word == ","
                return self._take(self._past_bracket(place) if self.bracketed else place)
            return False
        if dash and at + 1 < self.limit and self.ws.lemmas[at + 1] in self.options.apposed:
            return self._take(at + 2)
        if dash or (self.after_place and not self.options.wide):
            return False
        end = self._nominal(at + 1, self.cases)
        if end is None or self._starts_another(end - 1) or self._is_body_s(end - 1):
            return False
        self.waiting = word == ","
        self.after_place = False
        return self._take(end)

    def _peer(self, at: int) -> bool:
        """«фестиваль и выставка»: a second head in the same case."""
        ws, head = self.ws, self.found.head
        if at >= self.limit or ws.lemmas[at] not in self.options.peers:
            return False
        if not cases_of(ws.lowers[at], False) & cases_of(ws.lowers[head], False):
            return False
        self.at = at + 1
        if self._place() or self._genitive():
            return True
        self.at = head + 1
        return False

    def _starts_another(self, noun: int) -> bool:
        """Whether a coordinated noun is a further body or event of its own."""
        if self.ws.lemmas[noun] not in self.options.stop_nouns:
            return False
        return not any("plur" in r.grammemes for r in self.ws.readings[noun][:1])

    def _is_body_s(self, at: int) -> bool:
        """Whether a word is the initials of a body: «… и МЧС», but not «… и СМИ»."""
        return _is_acronym(self.ws.words[at]) and self.ws.lowers[at] not in self.options.no_bodies

    def _bracketed(self) -> bool:
        """A country in brackets in the middle of a list of places."""
        if self.ws.words[self.at] != "(" or not (self.options.wide and self.after_place):
            return False
        end = self._place_end(self.at + 1)
        if end is None or end + 2 >= self.limit or self.ws.words[end] != ")":
            return False
        joint = self.ws.lowers[end + 1]
        if joint in DASHES or joint in AND:
            place = self._place_end(end + 2)
            if place is not None:
                self.bracketed = True
                return self._take(self._past_bracket(place))
        return False

    def _past_bracket(self, at: int) -> int:
        """Behind the country in brackets after the last of several places that each have one."""
        if at + 2 >= len(self.ws) or self.ws.words[at] != "(":
            return at
        end = self._place_end(at + 1)
        closed = end is not None and end < len(self.ws) and self.ws.words[end] == ")"
        return end + 1 if closed and end is not None else at

    def _foreign(self) -> bool:
        """A run of words in Latin letters: a brand."""
        ws, end = self.ws, self.at
        while end < self.limit and (
            is_latin(ws.words[end])
            or (end > self.at and ws.words[end] in JOINING and end + 1 < self.limit
                and is_latin(ws.words[end + 1]))
        ):  # fmt: skip
            end += 1
        if end == self.at or not ws.words[self.at][0].isupper() or self.waiting:
            return False
        if self.after_place or (end == self.at + 1 and is_number(ws.words[self.at])):
            return False
        first = self.at
        self._take(end)
        self._year() if end < len(ws) else None
        if first == self.found.head + 1:
            self.found.brand = (first, self.at)
        self.limit = self.at
        self.found.proper = True
        return True

    def _genitive(self) -> bool:
        if self.after_place:
            return False
        end = self._nominal(self.at, self.cases)
        if end is None:
            return self._unknown()
        noun = end - 1
        if self._is_type(noun):
            if is_capital(self.ws, self.at) and end - self.at > 1:
                self.found.place = self.after_place = True
                return self._take(end)
            nameless = self.options.nameless_places and noun == self.at
            self.after_place = nameless
            if not nameless and not any(
                {"plur", "gent"} <= r.grammemes for r in self.ws.readings[noun][:2]
            ):
                return False
            self.places_follow = True
        elif not self._may_own(noun):
            return False
        self.found.theme = True
        if self.ws.lemmas[noun] in self.options.helping:
            self.cases = HELPED
        return self._take(end)

    def _may_own(self, noun: int) -> bool:
        """Whether a noun in the genitive goes on with the phrase: no person in lower case does, and
        a body only where the phrase may belong to one."""
        ws = self.ws
        capital = is_capital(ws, noun) or is_capital(ws, self.at)
        first = ws.readings[noun][:1]
        singular = any("sing" in reading.grammemes for reading in first)
        if ws.lemmas[noun] in self.options.stop_nouns:
            self.found.parent = self.found.parent or capital
            return self.options.parents or not singular
        animate = any("anim" in reading.grammemes for reading in first)
        return capital or noun > self.found.head + 1 or not (singular and animate)

    def _unknown(self) -> bool:
        """A capitalised word that is in no dictionary and stands in no case: a name."""
        ws, at = self.ws, self.at
        word = ws.words[at]
        if at in self.context.people or not word[0].isupper() or len(word) < 2 or self.waiting:
            return False
        initials = _is_acronym(word)
        if (is_known(ws.lowers[at]) and not initials) or is_number(word):
            return False
        if not initials and self._full_name(at):
            return False
        self.found.parent = self.found.parent or initials
        self.found.proper = True
        return self._take(at + 1)

    def _full_name(self, at: int) -> bool:
        """Whether two unknown capitalised words stand together: a person's name, most likely."""
        ws, following = self.ws, at + 1
        if not ws.words[at][0].isupper() or is_known(ws.lowers[at]) or following >= self.limit:
            return False
        word = ws.words[following]
        if following in self.context.places or following in self.context.people:
            return False
        return word[0].isupper() and len(word) > 1

    def _nominal(self, at: int, cases: frozenset[str]) -> int | None:
        """The end of adjectives and one noun in one of ``cases`` at ``at``."""
        ws, first = self.ws, at
        while at < self.limit and at - first < 7:
            form = ws.lowers[at]
            if at in self.context.people or not form[0].isalpha():
                return None
            noun = cases_of(form, False) & cases
            adjective = cases_of(form, True) & cases
            if ws.tags[at] == "NUM" and at + 1 < self.limit and _is_genitive_numeral(ws, at):
                at += 1
                continue
            if adjective and (not noun or self._goes_on(at + 1, cases)):
                at += 1
                if at + 1 < self.limit and ws.lowers[at] in ("и", ",") and (
                    cases_of(ws.lowers[at + 1], True) & cases
                ):  # fmt: skip
                    at += 1
                continue
            if noun and ws.tags[at] in ("NOUN", "PROPN", "ADJ", "X"):
                return None if self._full_name(at) else at + 1
            return at if at > first and at in self.context.quote_end else None
        return None

    def _goes_on(self, at: int, cases: frozenset[str]) -> bool:
        if at >= self.limit:
            return False
        form = self.ws.lowers[at]
        return bool((cases_of(form, False) | cases_of(form, True)) & cases)


def _is_acronym(word: str) -> bool:
    """Whether a word is initials, some letters of which may be small: «УрО», «СПбГУ»."""
    return 1 < len(word) <= LONGEST_ACRONYM and word[0].isupper() and word[-1].isupper()


def _is_genitive_numeral(ws: Workspace, at: int) -> bool:
    """Whether a numeral in words is in the genitive: «Кубок двух столиц»."""
    cases = {case for one in ws.readings[at] if one.pos == "NUM" for case in one.grammemes}
    return "gent" in cases and "nomn" not in cases
