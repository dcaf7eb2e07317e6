from pobratim.reading.layout import segments


def blocks(text: str) -> list[tuple[str, str]]:
    return [(s.kind, " ".join(text[s.start : s.end].split())) for s in segments(text)]


WRAPPED = """РАЗВИТИЕ ТУРИЗМА
В целях развития сотрудничества в области въездного туризма и укрепления
туристических связей в отчётном году организованы приёмы представителей
средств массовой информации из нескольких городов-партнёров в рамках общей

программы, рассчитанной на три года. Осуществлён приём делегаций с целью
участия в культурных мероприятиях города. Представителям делегаций вручена
сувенирная продукция и материалы о туристических ресурсах города.

Какие задачи стоят перед городом?
- обмен опытом в реализации проектов международного сотрудничества и
поиск новых партнёров;
- обучение служащих.
Телефон: 12-34
"""


def test_a_wrapped_report_becomes_paragraphs_across_line_and_page_ends():
    found = blocks(WRAPPED)
    assert found[0] == ("heading", "РАЗВИТИЕ ТУРИЗМА")
    assert found[1][0] == "paragraph"
    assert found[1][1].startswith("В целях")
    assert found[1][1].endswith("ресурсах города.")
    assert found[2] == ("heading", "Какие задачи стоят перед городом?")
    assert [kind for kind, _ in found[3:]] == ["item", "item", "field"]
    assert found[3][1].endswith("поиск новых партнёров;")


def test_a_page_with_a_paragraph_a_line_keeps_its_lines():
    text = (
        "Partner cities\n\n  • Lahti (Finland)\n  Document: Agreement (1998)\n  Population: 120\n"
        + "The city lies on a lake and is known for skiing and for its concert hall. " * 4
        + "\nIt was founded in 1905.\n"
    )
    assert [kind for kind, _ in blocks(text)] == [
        "heading", "heading", "field", "field", "paragraph", "paragraph",
    ]  # fmt: skip


def test_a_line_that_goes_on_in_lower_case_belongs_to_the_one_before():
    assert blocks("The city arranges festivals\nwhere students take part.") == [
        ("paragraph", "The city arranges festivals where students take part.")
    ]


def test_a_city_and_country_with_a_full_stop_is_a_heading():
    assert blocks("Lahti, Finland.\nThe city is twinned with ours since 1998 and trades.")[0] == (
        "heading",
        "Lahti, Finland.",
    )


def test_a_web_address_is_no_field():
    assert blocks("See http://example.org for the full programme of the whole festival.")[0][0] == (
        "paragraph"
    )


def test_site_furniture_is_marked():
    found = segments("Сбросить пароль\n\nМэр города посетил выставку и открыл её.")
    assert [s.boilerplate for s in found] == [True, False]
