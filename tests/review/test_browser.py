"""The page in a real browser: what an annotator does, from the first look to scored gold."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from review_browser import Annotator, at
from review_builders import HOSTILE, TEXT, hostile, report, results, running
from typer.testing import CliRunner

from pobratim.cli import app
from pobratim.exchange.check import check_document
from pobratim.review.changes import applied, document_of
from pobratim.review.store import FILE, Store


@pytest.fixture
def page(chromium: Any, folder: Path) -> Iterator[Annotator]:
    """Anna at the desk with the report open."""
    with running(folder, "--annotator", "Anna") as (address, _), at(chromium, address) as anna:
        anna.open()
        yield anna


def kept(folder: Path, version: str = "Anna") -> dict[str, Any]:
    """What the store has of a version of the report."""
    store = Store(folder / FILE)
    content = store.version("report", version).content
    store.close()
    return content


def mention(folder: Path, text: str, version: str = "Anna") -> dict[str, Any]:
    found = kept(folder, version)["mentions"].values()
    return next(one for one in found if one["text"] == text)


@pytest.mark.parametrize(
    ("words", "key", "label"),
    [
        ("Портленд", "c", "CITY"),
        ("Café «Привет»", "o", "ORGANIZATION"),
        ("👩‍👩‍👧", "e", "EVENT"),
        ("Café", "p", "PERSON"),
    ],
)
def test_selected_words_and_a_key_make_a_mention_in_code_points(
    page: Annotator, folder: Path, words: str, key: str, label: str
) -> None:
    page.select(words)
    page.press(key)
    page.page.locator(f"mark.{label}", has_text=words).wait_for()
    page.saved()
    made = mention(folder, words)
    assert made["label"] == label
    assert TEXT[made["start"] : made["end"]] == words


def test_a_city_that_is_marked_is_linked_and_has_its_record(page: Annotator, folder: Path) -> None:
    page.select("Пучоне")
    page.press("c")
    page.saved()
    assert mention(folder, "Пучоне")["entity"] == "geonames:1838716"
    assert kept(folder)["cities"]["geonames:1838716"]["name_en"] == "Bucheon"


def test_a_label_s_key_works_in_a_russian_layout(page: Annotator, folder: Path) -> None:
    page.select("Портленд")
    page.page.evaluate(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'с', code: 'KeyC', bubbles: true}))"
    )
    page.saved()
    assert mention(folder, "Портленд")["label"] == "CITY"


def test_a_slot_takes_the_words_selected_while_it_is_active(page: Annotator, folder: Path) -> None:
    page.card("agreement").locator(".open").click()
    page.page.locator('[data-slot="signed"] .pick').click()
    page.mark("15 июля").click()
    page.page.locator('[data-slot="place"] .pick').click()
    page.select("Пучоне")
    page.press("Enter")
    page.saved()
    content = kept(folder)
    agreement = content["agreements"]["agreement:1"]
    assert agreement["signed"] == "2002-06-15"
    assert agreement["place"] == "geonames:1838716"
    assert {"m4", "m5"} < set(agreement["mentions"])
    assert {r["label"] for r in content["relations"].values()} == {"SIGNED_ON", "SIGNED_IN"}


def test_a_date_is_checked_as_typed_and_its_days_are_shown(page: Annotator, folder: Path) -> None:
    page.mark("15 июля").click()
    field = page.page.locator("input.edtf")
    field.fill("2002-07-32")
    page.page.locator(".fault", has_text="no day 32").wait_for()
    field.press("Enter")
    page.saved()
    assert "m5" in kept(folder)["mentions"]
    assert mention(folder, "15 июля 2002 года")["value"] == "2002-06-15"
    field.fill("2002-07-15/2002-07-17")
    page.page.locator(".means", has_text="2002-07-15 … 2002-07-17").wait_for()
    field.press("Enter")
    page.saved()
    made = mention(folder, "15 июля 2002 года")
    assert (made["value"], made["latest"]) == ("2002-07-15/2002-07-17", "2002-07-17")
    assert "score" not in made


@pytest.mark.parametrize("typed", ["Portland", "Портленд"])
def test_a_city_is_chosen_by_search_in_either_script(
    page: Annotator, folder: Path, typed: str
) -> None:
    page.mark("Ниигата").click()
    page.page.locator("input.place").fill(typed)
    page.page.locator('[role="option"]', has_text="Portland").first.wait_for()
    page.press("Enter")
    page.saved()
    content = kept(folder)
    assert mention(folder, "Ниигата")["entity"] == "geonames:5746545"
    assert "geonames:1855431" not in content["cities"]
    assert content["cities"]["geonames:5746545"]["mentions"] == ["m3"]


def test_undo_and_redo_go_on_after_a_reload(page: Annotator, folder: Path) -> None:
    page.mark("70 детей").click()
    page.press("Delete")
    page.saved()
    assert "m6" not in kept(folder)["mentions"]
    assert kept(folder)["counts"] == {}
    page.press("Control+z")
    page.saved()
    assert kept(folder)["counts"]["count:1"]["mentions"] == ["m6"]
    page.page.reload()
    page.mark("70 детей").wait_for()
    page.press("Control+Shift+z")
    page.saved()
    assert "m6" not in kept(folder)["mentions"]
    page.press("Control+z", "Control+z", "Control+z")
    page.saved()
    content = kept(folder)
    assert content["settings"]["state"]["value"] == "new"
    assert content["mentions"]["m6"]["score"] == 0.95
    with sqlite3.connect(folder / FILE) as direct:
        kinds = [row[0] for row in direct.execute("SELECT kind FROM events ORDER BY seq")]
    assert kinds == ["edit", "undo", "redo", "undo"]


KEYS = [
    *"crkptoednaugm.,[]",
    *("Delete", "Enter", "Escape", "ArrowRight", "ArrowDown", "Shift+ArrowRight"),
    *("Shift+[", "Shift+]", "Alt+]", "Control+z", "Control+Shift+z"),
]


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_is_taken_and_undone_to_the_last(
    page: Annotator, folder: Path, seed: int
) -> None:
    before = kept(folder, "nobody")
    chance = random.Random(seed)
    for _ in range(120):
        if chance.random() < 0.15:
            mark = page.page.locator("mark").nth(chance.randrange(4))
            mark.evaluate("e => e.click()")
        page.press(chance.choice(KEYS))
        assert page.page.locator(".saving.refused").filter(has_text="load").count() == 0
    page.press("Escape")
    page.page.wait_for_timeout(200)
    undo = page.page.get_by_role("button", name="↶ Undo")
    while undo.is_enabled():
        undo.click()
    page.saved()
    assert kept(folder) == before
    store = Store(folder / FILE)
    content = before
    for event in store.history("report", "Anna"):
        content = applied(content, event.changes)
        assert check_document(document_of(store.original("report"), content)) == []
    assert len(store.history("report", "Anna")) > 60
    store.close()


def test_a_border_is_dragged_and_moved_by_keys(page: Annotator, folder: Path) -> None:
    page.mark("70 детей").click()
    _, top, right, bottom = page.rects("70 детей прооперированы")[-1]
    handle = page.page.locator(".handle.end").bounding_box()
    mouse = page.page.mouse
    mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    mouse.down()
    mouse.move(right - 20, (top + bottom) / 2, steps=4)
    mouse.move(right, (top + bottom) / 2)
    mouse.up()
    page.saved()
    assert mention(folder, "70 детей прооперированы")["id"] == "m6"
    page.press("Shift+BracketRight")
    page.saved()
    assert mention(folder, "70 детей")["id"] == "m6"


def test_a_mention_is_relabelled_and_what_rested_on_it_goes(page: Annotator, folder: Path) -> None:
    page.mark("70 детей").click()
    page.press("e")
    page.saved()
    assert mention(folder, "70 детей") == {
        "id": "m6", "label": "EVENT", "text": "70 детей",
        "start": TEXT.index("70"), "end": TEXT.index("70") + 8,
    }  # fmt: skip
    assert kept(folder)["counts"] == {}


def test_relations_are_drawn_by_key_and_by_mouse(page: Annotator, folder: Path) -> None:
    page.mark("С.А. Кравчук").click()
    page.press("g")
    page.mark("Мэр").click()
    page.saved()
    page.page.keyboard.down("Alt")
    page.mark("Мэр").hover()
    page.page.mouse.down()
    page.mark("Хабаровска").hover()
    page.page.mouse.up()
    page.page.keyboard.up("Alt")
    page.saved()
    content = kept(folder)
    drawn = {(r["label"], r["head"], r["tail"]) for r in content["relations"].values()}
    assert drawn == {("HOLDS", "m2", "m7"), ("OFFICE_OF", "m7", "m1")}
    (official,) = content["officials"].values()
    assert (official["name"], official["of"]) == ("С.А. Кравчук", "geonames:2022890")


def test_uncertain_ones_come_first_and_are_accepted(page: Annotator, folder: Path) -> None:
    page.press("u", "Enter")
    page.saved()
    content = kept(folder)
    assert "score" not in content["mentions"]["m5"]
    assert "score" in content["mentions"]["m4"]
    page.page.get_by_label("Accept all from score").locator("visible=true").last.fill("0.95")
    page.page.get_by_role("button", name="Accept all from score").click()
    page.saved()
    waiting = {m["id"] for m in kept(folder)["mentions"].values() if "score" in m}
    assert waiting == {"m2", "m4"}
    page.press("Shift+X")
    page.saved()
    assert not any("score" in m for m in kept(folder)["mentions"].values())
    assert "score" not in kept(folder)["agreements"]["agreement:1"]


def test_a_slot_lights_its_words_and_words_their_records(page: Annotator) -> None:
    page.page.locator('.card [data-slot="counted"]').hover()
    page.page.locator("mark.lit", has_text="70 детей").wait_for()
    page.mark("Соглашение").hover()
    page.page.locator('.card.lit[data-record="agreement:1"]').wait_for()


def test_the_keyboard_alone_is_enough(chromium: Any, folder: Path) -> None:
    with running(folder) as (address, _), at(chromium, address) as anna:
        anna.page.get_by_role("textbox").wait_for()
        anna.page.keyboard.type("Анна")
        anna.press("Enter")
        anna.page.locator('[data-document="report"] a').wait_for()
        anna.press("Tab", "Enter")
        anna.page.wait_for_timeout(100)
        link = anna.page.locator('[data-document="report"] th a')
        for _ in range(30):
            if link.evaluate("e => e === document.activeElement"):
                break
            anna.press("Tab")
        anna.press("Enter")
        anna.mark("Мэр").wait_for()
        anna.press("F6", "F6")
        assert anna.page.locator("#text").evaluate("e => e === document.activeElement")
        for _ in range(40):
            if anna.page.evaluate("getSelection().toString()") == "Портленд":
                break
            anna.press("ArrowRight")
        anna.press("c")
        anna.saved()
        assert mention(folder, "Портленд", "Анна")["label"] == "CITY"


def test_two_browsers_that_change_the_same_thing_keep_both(chromium: Any, folder: Path) -> None:
    with (
        running(folder, "--annotator", "Anna") as (address, _),
        at(chromium, address) as one,
        at(chromium, address) as two,
    ):
        for window in (one, two):
            window.open()
            window.mark("15 июля").click()
        one.page.locator("input.edtf").fill("2002-07-15")
        one.press("Enter")
        one.saved()
        two.page.locator("input.edtf").fill("2002-07")
        two.press("Enter")
        two.page.get_by_role("dialog", name="Somebody changed the same thing").wait_for()
        assert mention(folder, "15 июля 2002 года")["value"] == "2002-07-15"
        assert mention(folder, "15 июля 2002 года", "Anna~2")["value"] == "2002-07"
        two.page.get_by_role("button", name="See the differences").click()
        two.page.locator(".differs", has_text="2002-07").first.wait_for()
        two.press("ArrowRight")
        two.saved()
        assert mention(folder, "15 июля 2002 года")["value"] == "2002-07"


def correct(anna: Annotator, date: str) -> None:
    anna.mark("15 июля").click()
    anna.page.locator("input.edtf").fill(date)
    anna.press("Enter")
    anna.saved()


def test_from_two_annotators_to_scored_gold(chromium: Any, folder: Path, tmp_path: Path) -> None:
    with running(folder, "--out", str(tmp_path / "live")) as (address, _):
        base = address.split("?")[0]
        for name, date in (("Anna", "2002-07-15"), ("Boris", "2002-07")):
            context = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")
            someone = Annotator(context.new_page(), address)
            someone.page.get_by_role("textbox").fill(name)
            someone.press("Enter")
            someone.open()
            correct(someone, date)
            if name == "Boris":
                someone.select("Портленд")
                someone.press("c")
                someone.saved()
            someone.page.get_by_role("button", name="✓ Done").click()
            someone.saved()
            assert someone.faults == []
            someone.page.goto(f"{base}#/agreement")
            context.close()
        with at(chromium, address) as vera:
            vera.page.get_by_role("textbox").fill("Vera")
            vera.press("Enter")
            row = vera.page.locator('[data-document="report"]')
            row.get_by_text("Anna", exact=True).first.wait_for()
            vera.page.get_by_role("link", name="Agreement").click()
            vera.page.locator("th", has_text="all").wait_for()
            vera.page.get_by_role("link", name="Documents").click()
            row.get_by_role("button", name="Compare").click()
            total = vera.page.locator(".steps li")
            total.first.wait_for()
            count = total.count()
            vera.press("ArrowLeft", *["ArrowRight"] * (count - 1))
            vera.saved()
            vera.page.get_by_role("button", name="All decided").click()
            row.locator(".state.done", has_text="done").first.wait_for()
    made = mention(folder, "15 июля 2002 года", "adjudicated")
    assert "Портленд" in {m["text"] for m in kept(folder, "adjudicated")["mentions"].values()}
    run = CliRunner()
    out = tmp_path / "gold"
    exported = run.invoke(app, ["review", str(folder), "--export", str(out)])
    assert exported.exit_code == 0, exported.output
    assert (tmp_path / "live" / "report.json").read_bytes() == (out / "report.json").read_bytes()
    checked = run.invoke(app, ["annotations", "check", str(out)])
    assert checked.exit_code == 0, checked.output
    summary = tmp_path / "summary.json"
    args = ["evaluate", "--gold", str(out), "--system", str(folder), "--json", str(summary)]
    scored = run.invoke(app, args)
    assert scored.exit_code == 0, scored.output
    assert made["value"] == "2002-07-15"
    assert json.loads(summary.read_text("utf-8"))


def test_a_document_that_tries_is_only_text(chromium: Any, tmp_path: Path) -> None:
    folder = results(tmp_path / "evil", hostile())
    with running(folder, "--annotator", "Anna") as (address, _), at(chromium, address) as anna:
        anna.page.locator("tbody th a").click()
        anna.page.locator("article .line").first.wait_for()
        anna.mark("Псков").click()
        shown = anna.page.locator("article").inner_text()
        assert shown.startswith("<script>window.harmed = 1</script><img src=x onerror=")
        assert len(anna.page.locator("article .line").all()) == HOSTILE.count("\n") + 1
        assert not {"\u202e", "\x1b", "\x07"} & set(shown)
        assert anna.page.evaluate("window.harmed") is None
        assert anna.page.locator("article img, article script, article b").count() == 0


def test_the_page_speaks_russian_and_has_landmarks(page: Annotator) -> None:
    page.page.get_by_role("button", name="Русский").click()
    page.page.get_by_role("button", name="Готово").wait_for()
    assert page.page.evaluate("document.documentElement.lang") == "ru"
    for role in ("banner", "navigation", "main", "complementary"):
        assert page.page.get_by_role(role).count() == 1, role
    page.press("?")
    page.page.get_by_role("dialog").get_by_text(
        "Следующее, в чём программа уверена меньше всего"
    ).wait_for()


def test_a_password_lets_annotators_in(chromium: Any, folder: Path) -> None:
    options = ("--host", "0.0.0.0", "--password", "open sesame")
    with running(folder, *options) as (address, _):
        context = chromium.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(address.replace("0.0.0.0", "127.0.0.1"))
        page.locator("input[name=password]").fill("guess")
        page.keyboard.press("Enter")
        page.locator("input[name=password]").fill("open sesame")
        page.keyboard.press("Enter")
        page.get_by_role("dialog", name="Who are you?").wait_for()
        context.close()


def test_edits_wait_while_the_session_is_gone(chromium: Any, folder: Path) -> None:
    with running(folder, "--annotator", "Anna") as (address, _), at(chromium, address) as anna:
        anna.open()
        anna.page.context.clear_cookies()
        anna.mark("70 детей").click()
        anna.press("Delete")
        anna.page.locator(".saving.signedOut").wait_for()
        assert "m6" in kept(folder)["mentions"]
        again = anna.page.context.new_page()
        again.goto(address)
        anna.saved()
        assert "m6" not in kept(folder)["mentions"]
        anna.faults.clear()


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_over_the_side_of_the_window(
    chromium: Any, folder: Path, width: int, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    with (
        running(folder, "--annotator", "Анна") as (address, _),
        at(chromium, address, locale="ru-RU", **options) as anna,
    ):
        overflow = "document.documentElement.scrollWidth - innerWidth"
        assert anna.page.evaluate(overflow) <= 0
        anna.open()
        anna.mark("15 июля").click()
        anna.card("соглашение").locator(".open").click()
        assert anna.page.evaluate(overflow) <= 0


def test_what_was_not_saved_while_the_program_was_away_is_told(chromium: Any, folder: Path) -> None:
    with (
        running(folder, "--annotator", "Anna") as (address, process),
        at(chromium, address) as anna,
    ):
        anna.open()
        process.kill()
        process.wait(10)
        anna.mark("70 детей").click()
        anna.press("Delete")
        anna.page.locator(".saving.offline").wait_for()
        assert anna.page.locator("mark", has_text="70 детей").count() == 0
        anna.faults.clear()
        anna.page.on("dialog", lambda dialog: dialog.accept())


def test_a_document_of_60000_characters_opens_and_answers_without_lag(
    chromium: Any, tmp_path: Path
) -> None:
    small = report()
    times = 60_000 // len(TEXT) + 1
    shifted = [
        one.model_copy(
            update={
                "id": f"{one.id}-{n}",
                "start": one.start + n * len(TEXT),
                "end": one.end + n * len(TEXT),
            }
        )
        for n in range(times)
        for one in small.mentions
    ]
    cities = [
        city.model_copy(update={"mentions": [f"{city.mentions[0]}-{n}" for n in range(times)]})
        for city in small.cities
    ]
    large = small.model_copy(
        update={
            "text": TEXT * times,
            "mentions": shifted,
            "cities": cities,
            "agreements": [],
            "counts": [],
        }
    )
    folder = results(tmp_path / "large", large)
    with running(folder, "--annotator", "Anna") as (address, _), at(chromium, address) as anna:
        anna.page.locator('[data-document="report"] th a').wait_for()
        opened = anna.page.evaluate(
            """() => new Promise((resolve) => {
              const begun = performance.now();
              document.querySelector('[data-document="report"] th a').click();
              const look = () => document.querySelector("article mark")
                ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)))
                : requestAnimationFrame(look);
              look();
            })"""
        )
        assert opened < 1000
        anna.mark("Хабаровска").click()
        took = anna.page.evaluate(
            """async () => {
              const times = [];
              const frame = () => new Promise((f) => requestAnimationFrame(() => setTimeout(f)));
              const keys = ["Period", "Enter", "Period", "Enter", "Period", "Delete", "Period", "KeyZ"];
              for (const code of keys) {
                const begun = performance.now();
                const told = { code, key: code, ctrlKey: code === "KeyZ", bubbles: true };
                document.querySelector("#text").dispatchEvent(new KeyboardEvent("keydown", told));
                document.body.offsetHeight;
                times.push(performance.now() - begun);
                await frame();
              }
              return times;
            }"""
        )
        assert sorted(took)[len(took) // 2] < 50, took
        anna.saved()
