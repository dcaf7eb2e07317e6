"""What must not matter: another city's name, a banner, the kind of quotes, wrapped lines."""

import textwrap

import pytest

import pobratim

STORIES = {
    "ru": (
        "14 июня 2018 года мэр города {a} Иван Соколов подписал Соглашение о сотрудничестве с "
        "городом {b}. В составе делегации было 25 человек. С 2011 по 2018 годы в клинике «Аврора» "
        "прооперированы 40 детей.",
        [("Самара", "Турин"), ("Омск", "Дрезден"), ("Пермь", "Лион"), ("Уфа", "Осака")],
    ),
    "en": (
        "On 14 June 2018 the mayor of {a}, John Walker, signed a friendship agreement with {b}. "
        "The delegation had 25 members. Over 40 students of {a} went to {b} in 2017.",
        [("Bristol", "Porto"), ("Denver", "Osaka"), ("Leipzig", "Lyon"), ("Toronto", "Milan")],
    ),
}


def records(text):
    """All records but for places' names and ids, and offsets."""
    document = pobratim.extract(text)
    names = {city.id: f"city{n}" for n, city in enumerate(document.cities)}
    return (
        [(o.name, o.office, names.get(o.of or "", o.of), o.observed) for o in document.officials],
        [
            (a.instrument, a.purpose, a.signed, a.status, sorted(names[p.id] for p in a.parties))
            for a in document.agreements
        ],
        [
            (c.value, c.minimum, c.counted, c.period, c.cumulative, c.action)
            for c in document.counts
        ],
        [body.name for body in document.organizations],
    )


def story(language, pair=0):
    template, pairs = STORIES[language]
    return template.format(a=pairs[pair][0], b=pairs[pair][1])


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("pair", [1, 2, 3])
def test_another_pair_of_cities_changes_no_other_record(language, pair):
    assert records(story(language, pair)) == records(story(language))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_banner_in_another_language_changes_nothing(language):
    banner = {"ru": "Log in | Skip to content\n\n", "en": "Версия для слабовидящих\n\n"}[language]
    assert records(banner + story(language)) == records(story(language))


def test_the_kind_of_quotes_changes_nothing_but_the_name():
    plain = records(story("ru"))
    for opening, closing in ("“”", '""', "„“"):
        changed = records(story("ru").replace("«", opening).replace("»", closing))
        assert changed[:3] == plain[:3]
        assert [
            name.replace(opening, "«", 1).replace(closing, "»") for name in changed[3]
        ] == plain[3]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_lines_change_nothing(language, width):
    text = "\n\n".join([story(language)] * 4)
    wrapped = "\n\n".join(textwrap.fill(part, width) for part in text.split("\n\n"))
    assert records(wrapped) == records(text)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_non_breaking_spaces_change_nothing(language):
    assert records(story(language).replace(" ", "\u00a0")) == records(story(language))
