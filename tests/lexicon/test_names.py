"""The nominative of Russian names, by dictionary and by declension."""

import pytest

from pobratim.lexicon.names import declined_alike, gender_of, name_lexicon, nominative


@pytest.mark.parametrize(
    ("name", "case", "gender", "listed"),
    [
        ("Сергея Воропанова", "gent", None, "Сергей Воропанов"),
        ("Ольгой Достоевской", "ablt", None, "Ольга Достоевская"),
        ("Раисы Петровны Лебедевой", "gent", None, "Раиса Петровна Лебедева"),
        ("Алексею Толстому", "datv", None, "Алексей Толстой"),
        ("Никиты Хрущёва", "gent", None, "Никита Хрущёв"),
        ("Юрия Лужкова", "gent", None, "Юрий Лужков"),
        ("Эммануэля Макрона", "gent", None, "Эммануэль Макрон"),
        ("Анны Виртанен", "gent", None, "Анна Виртанен"),
        ("Жан-Клодом Юнкером", "ablt", None, "Жан-Клод Юнкер"),
        ("Петтери Пароненом", "ablt", "masc", "Петтери Паронен"),
        ("Реджепа Тайипа Эрдогана", "gent", None, "Реджеп Тайип Эрдоган"),
        ("Эсой Сирвиё", "ablt", None, "Эса Сирвиё"),
        ("Нарендры Моди", "gent", None, "Нарендра Моди"),
        ("Мао Цзэдуном", "ablt", None, "Мао Цзэдун"),
        ("Ли Либинем", "ablt", "masc", "Ли Либинь"),
        ("Лю Сяня", "gent", "masc", "Лю Сянь"),
        ("Ким Чен Ына", "gent", None, "Ким Чен Ын"),
        ("Пак Мён Хуном", "ablt", "masc", "Пак Мён Хун"),
        ("Фам Минь Тиня", "gent", None, "Фам Минь Тинь"),
        ("Виктором Емцом", "ablt", None, "Виктор Емец"),
        ("Олафом Шольцем", "ablt", None, "Олаф Шольц"),
    ],
)  # fmt: skip
def test_a_name_goes_back_to_the_nominative(name, case, gender, listed):
    assert " ".join(nominative(name.split(), [case], gender)) == listed


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Мориту Кэндзи", "Морита Кэндзи"),
        ("Хосе Мануэля Гарсию", "Хосе Мануэль Гарсия"),
        ("Мори Масару", "Мори Масару"),
        ("Чжу Дэфу", "Чжу Дэфу"),
        ("Олафа Шольца", "Олаф Шольц"),
    ],
)
def test_an_accusative_that_is_no_genitive_is_of_a_name_in_a(name, listed):
    assert " ".join(nominative(name.split(), ["gent", "accs"], "masc")) == listed


@pytest.mark.parametrize(
    ("name", "case", "gender"),
    [
        ("Ду Липин", "ablt", "femn"),
        ("Синдзо Абэ", "ablt", None),
        ("Сарой Лю", "nomn", "femn"),
        ("Мехмет Озхасеки", "ablt", None),
        ("Махшид Тагихани", "datv", "femn"),
        ("Валерия Власова", "nomn", None),
        ("Ма Ин", "gent", None),
        ("Кан Ён Чжу", "ablt", "masc"),
    ],
)
def test_a_name_that_does_not_decline_or_is_nominative_stays(name, case, gender):
    assert " ".join(nominative(name.split(), [case], gender)) == name


def test_an_unknown_case_leaves_foreign_names_alone():
    assert nominative(["Тайсира", "Абу", "Снение"]) == ["Тайсира", "Абу", "Снение"]


def test_known_given_names_tell_the_case():
    assert nominative(["Владимира", "Познера"]) == ["Владимир", "Познер"]


def test_a_form_that_the_document_attests_is_not_cut():
    assert nominative(["Голамреза"], ["gent"]) == ["Голамрез"]
    assert nominative(["Голамреза"], ["gent"], None, {"голамреза"}) == ["Голамреза"]


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Иван Петров", "masc"),
        ("Раиса Андреевна Крюк", "femn"),
        ("Виртанен", None),
    ],
)
def test_gender_comes_from_given_name_and_patronymic(name, gender):
    assert gender_of(name.split()) == gender


def test_forms_of_one_surname_are_alike_and_other_surnames_are_not():
    assert declined_alike("воропановым", "воропанов")
    assert not declined_alike("воропанов", "воронов")


def test_courtesy_words_know_their_case_and_gender():
    honorific = name_lexicon()["ru"].honorifics["госпожой"]
    assert (honorific.gender, honorific.cases) == ("femn", {"ablt"})
