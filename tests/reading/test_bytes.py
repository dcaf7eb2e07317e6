"""Bytes to text: encodings, damage, and bytes that are no text."""

import codecs
import hashlib
import random
from pathlib import Path

import pytest

from pobratim.errors import EmptyInputError, InputError
from pobratim.reading.encoding import decode
from pobratim.reading.files import read_file
from pobratim.schema import Source

LONG = (
    "В Харбине подписано Соглашение об установлении побратимских связей. Мэр города Хабаровска "
    "и вице-мэр Ниигаты обсудили обмен делегациями школьников, медиков и спортсменов.\r\n"
    "За 2019 год город посетили 40 делегаций из стран Азиатско-Тихоокеанского региона: Японии, "
    "Китая, Республики Корея. Её участники остались довольны приёмом."
)
SHORT = "Мэры городов Хабаровска и Пучона подписали новое Соглашение."
PARAGRAPHS = {
    "long": LONG,
    "short": SHORT,
    "capitals": "АДМИНИСТРАЦИЯ ГОРОДА ТОМСКА. ОТДЕЛ ВНЕШНИХ СВЯЗЕЙ И ТУРИЗМА",
    "lower case": "переговоры о сотрудничестве с делегацией города ульсан прошли вчера",
    "few Cyrillic words": "Contact: Ivanov A.A. <a@example.org>, г. Казань, ул. Кремлёвская, 1",
    "field lines": "Документ: Договор о сотрудничестве (2001г.)\nНаселение: 6,8 млн.чел.\n",
}
RUSSIAN = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")


@pytest.mark.parametrize("encoding", RUSSIAN)
@pytest.mark.parametrize("kind", ["long", "short", "lower case", "few Cyrillic words"])
def test_a_russian_single_byte_text_is_read_in_its_encoding(kind: str, encoding: str) -> None:
    text = PARAGRAPHS[kind]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize("kind", ["capitals", "field lines"])
def test_capitals_and_short_lines_do_not_mislead(kind: str, encoding: str) -> None:
    text = PARAGRAPHS[kind]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize("mark", [True, False], ids=["with mark", "without mark"])
@pytest.mark.parametrize("text", [LONG, SHORT, "The sister-city agreement was signed in 1993.\n"])
def test_unicode_is_read_with_and_without_a_mark(text: str, mark: bool, encoding: str) -> None:
    data = ("\ufeff" * mark + text).encode(encoding)
    assert decode(data).text == text


@pytest.mark.parametrize("words", [("", ""), ("Kazan", "Leipzig\n"), ("Kazan\x04", "Leipzig")])
def test_a_text_that_is_mostly_spaces_is_no_utf_16(words: tuple[str, str]) -> None:
    text = f"{words[0]:200}{words[1]}"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "text",
    [
        "The mayor’s café in Besançon “reopened” – at last, for £5.",
        "Die Städtepartnerschaft wurde in München für beide Städte begründet.",
    ],
)
def test_western_letters_in_windows_1252_are_not_taken_for_cyrillic(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


def test_ukrainian_windows_1251_keeps_its_letters() -> None:
    text = "Київ і Харків підписали угоду про співробітництво між містами, її мета – обмін."
    assert decode(text.encode("cp1251")).text == text


def test_japanese_shift_jis_is_read() -> None:
    text = "新潟市とハバロフスク市は姉妹都市である。両市の市長が協定に署名した。" * 5
    assert decode(text.encode("shift_jis")).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028"])
def test_line_ends_stay_as_they_are(end: str) -> None:
    text = f"Ниигата{end}Харбин{end}"
    assert decode(text.encode()).text == text


def test_a_truncated_utf8_text_is_read_and_the_damage_counted() -> None:
    decoded = decode(LONG.encode()[:-1] + b"\xd0")
    assert decoded.text.startswith("В Харбине подписано")
    assert decoded.damaged > 0


def test_a_replacement_character_of_the_text_itself_is_no_damage() -> None:
    assert decode("ду\ufffdб".encode()).damaged == 0


def test_half_utf8_half_windows_1251_is_an_error_that_says_so() -> None:
    with pytest.raises(InputError, match="mixes UTF-8"):
        decode(LONG.encode() + LONG[:150].encode("cp1251"))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "JPEG image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF file"),
        (b"PK\x03\x04" + bytes(30), "ZIP archive"),
        (b"plain text with a \x00 byte in its middle", "zero byte at offset 18"),
        (bytes(range(1, 32)) * 40, "control characters"),
    ],
)
def test_bytes_that_are_no_text_are_named(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        decode(data)


@pytest.mark.parametrize("size", [300, 5000, 100_000])
def test_noise_is_no_text(size: int) -> None:
    noise = random.Random(size).randbytes(size)
    with pytest.raises(InputError, match="not a text"):
        decode(noise)


def test_a_long_line_is_decoded_in_linear_time() -> None:
    text = "Делегация города Ниигаты посетила Хабаровск. " * 100_000
    assert decode(text.encode("koi8-r")).text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff".encode(), "\xa0\u3000\n".encode()])
def test_nothing_but_white_space_is_an_empty_input(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(EmptyInputError):
        read_file(path, "a.txt")


def test_the_hash_is_of_the_bytes_and_the_mark_is_not_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(codecs.BOM_UTF8 + b"Kazan")
    reading = read_file(path, "x/a.md")
    assert reading.text == "Kazan"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert reading.source == Source(uri="x/a.md", sha256=digest, media_type="text/markdown")


def test_a_guessed_encoding_is_told_in_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(LONG.encode("koi8-r"))
    (notice,) = read_file(path, "a.txt").notices
    assert notice.code == "encoding"
    assert "koi8-r" in notice.message


def test_damage_is_told_in_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(LONG.encode() + b"\xff")
    (notice,) = read_file(path, "a.txt").notices
    assert notice.code == "damaged"


@pytest.mark.parametrize("name", ["a.pdf", "a.HTML", "a.docx"])
def test_a_text_is_read_as_one_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Kazan and Niigata")
    reading = read_file(tmp_path / name, name)
    assert (reading.text, reading.source.media_type) == ("Kazan and Niigata", "text/plain")


def test_a_file_over_the_limit_is_an_error_and_one_at_it_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kazan")
    assert read_file(path, "a.txt", max_bytes=5).text == "Kazan"
    with pytest.raises(InputError, match="longer than 4 bytes"):
        read_file(path, "a.txt", max_bytes=4)
