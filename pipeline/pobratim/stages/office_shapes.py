"""What may stand between a title, its holder and what it is of: patterns over shapes of words."""

from __future__ import annotations

import re

__all__ = [
    "AHEAD",
    "AHEAD_APART",
    "AHEAD_COMMA",
    "AHEAD_FIELD",
    "AHEAD_SEVERAL",
    "AHEAD_TWICE",
    "BEHIND",
    "BETWEEN_OWNERS",
    "COMPLETED",
    "LISTED",
    "MARKS",
    "NAMED_AFTER",
    "NAMED_BEFORE",
    "NAMING_TAGS",
    "NEXT_HOLDER",
    "OWNED",
    "OWNED_ENGLISH",
    "OWNED_FAR",
    "SHAPES",
    "TO_NEXT",
]

SHAPES = """\
C  a mention that an office can be of      G  a type word: «города», "city"
N  another noun, adjective or numeral      P  a preposition inside what an office is of
V  a verb of office: «назначен»            A  what goes with it: «был», "as"
H  a courtesy word: «г-н», "Mr"            X  anything else, and other titles and persons
&  «и», "and"; comma, colon, brackets and dash stand for themselves; articles, periods and quotes
for nothing."""

AHEAD = re.compile(r"(?:[GCNP]|(?<=N)&(?=N)|(?<=C)&(?=[GC])|(?<=N),(?=N)|\([CGN,]{1,5}\))*H*")
"""A title's owner and field before its holder: «Мэр [города Казани] Иван Петров»."""
AHEAD_COMMA = re.compile(r"P?[GCN-]{0,24}(?:P[GCN-]{0,24})?(?:\([CGN,]{1,5}\))?,H*")
""""Mayor of Khabarovsk, Sergei Petrov"."""
AHEAD_SEVERAL = re.compile(r"[GCNP&]{0,8},H*")
"""«главы двух городов, Иван Петров и Ли Мин»."""
AHEAD_FIELD = re.compile(r"[GCNPA]{0,6}(?:\([GCNP]{1,6}\))?[:-]H*")
""""Mayor: Anna Virtanen", «Мэр Пскова – Иван Петров»."""
AHEAD_APART = re.compile(r"[GCN]{0,4},H*")
"""«Глава города, Иван Петров, …»: where a comma follows the holder too."""
AHEAD_TWICE = re.compile(r"\)H*")
""""Mayor (Oberbürgermeister) Ulrich Mädge"."""
BEHIND = re.compile(r"[,(-]A{0,2}C?G?N{0,2}H*")
"""«Сунь Чжэ, мэр Харбина», "Anna Berg, Lund's mayor", "Sun Zhe (mayor of Harbin)", "Jo Hill, then mayor".
"""
NEXT_HOLDER = re.compile(r"(?:\([CGNP]{1,6}\))?(?:&|,|,&)H*")
"""Between the holders of a plural: "Gennady Dorofeyev (Magadan), Tom Fink"."""
NAMED_AFTER = re.compile(r"(?:A*|,A+)V[APNV]{0,6}")
"""«Шэн Юечунь [был назначен] Мэром», "Anna Berg, [who was] Mayor"."""
NAMED_BEFORE = re.compile(r"[GCNP]*A*V[APNV]{0,4}H*")
"""«генеральным консулом [РФ в Ухане назначен] Иван Петров»."""
TO_NEXT = re.compile(r"(?:[GCNP]|&(?=N))*[,-]|\(|")
"""Between offices of one holder: «Вице-мэр г. Лахти, главный архитектор г. Лахти Иван Петров»,
«Президент Союза – мэр Лахти Иван Петров»."""
LISTED = re.compile(r"[GCNP]*(?:,|&)")
BETWEEN_OWNERS = re.compile(r"[,&][GP]*")
OWNED = re.compile(r"(?:N{0,3}G+)?")
OWNED_ENGLISH = re.compile(r"P(?:N{0,3}G+P)?N{0,3}")
OWNED_FAR = re.compile(r"N{1,4}G*")
COMPLETED = frozenset({"chair", "head", "deputy_head", "director", "president", "other"})
"""Offices of bodies, which stand between the title and a place: «Председатель городского совета Лахти»."""
MARKS = {
    ",": ",",
    ":": ":",
    "(": "(",
    ")": ")",
    "-": "-",
    "–": "-",
    "—": "-",
    "и": "&",
    "and": "&",
    "&": "&",
    ".": "",
    "«": "",
    "»": "",
    '"': "",
    "“": "",
    "”": "",
    "'s": "",
    "’s": "",
    "the": "",
    "a": "",
    "an": "",
}
NAMING_TAGS = frozenset({"NOUN", "ADJ", "PROPN", "NUM", "DET"})
