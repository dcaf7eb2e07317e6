"""The lexicons of bodies and events: complete, consistent, and clear about what is wrong."""

from __future__ import annotations

import pytest

from pobratim.errors import LexiconError
from pobratim.lexicon import bodies, events
from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.events import event_lexicons


def test_both_languages_have_both_lexicons() -> None:
    assert body_lexicons().keys() == event_lexicons().keys() == {"en", "ru"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_words_are_lower_case_and_forms_begin_with_a_capital(language: str) -> None:
    lexicon = body_lexicons()[language]
    assert all(noun == noun.lower() for noun in lexicon.kinds)
    assert all(form[0].isupper() or form == "plc" for form in lexicon.legal | lexicon.leading)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_noun_that_needs_an_adjective_is_a_noun_of_the_lexicon(language: str) -> None:
    bodies_, events_ = body_lexicons()[language], event_lexicons()[language]
    assert bodies_.needs_adjective.keys() <= bodies_.kinds.keys()
    nouns = events_.strong | events_.weak | events_.days
    assert events_.needs_adjective.keys() <= nouns
    assert events_.quoted_only <= nouns


def test_an_unknown_kind_is_named_with_the_choices() -> None:
    data = {"kinds": {"clubs": ["club"]}, "heads": {}, "forms": {}, "words": {}}
    with pytest.raises(LexiconError, match=r"xx.*clubs.*government, department"):
        bodies._lexicon("xx", data)


def test_a_missing_table_is_named() -> None:
    with pytest.raises(LexiconError, match=r"events/xx.*words"):
        events._lexicon("xx", {"nouns": {}})
