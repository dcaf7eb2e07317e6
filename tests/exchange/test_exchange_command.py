from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from pobratim.cli import app
from pobratim.exchange import brat, label_studio
from pobratim.exchange.check import check_document, load_documents
from pobratim.exchange.formats import FORMATS
from pobratim.exchange.parts import LOST_EVIDENCE
from pobratim.schema import LABELS, RELATION_LABELS

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "annotations" / "gold" / "dev"
NIIGATA = GOLD / "khabarovsk-sister-cities-en#niigata.json"
CONFIGURATIONS = [
    ("label-studio.xml", label_studio.configuration),
    ("annotation.conf", brat.configuration),
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def exported(form: str, folder: Path) -> Path:
    result = run("export", NIIGATA, "--format", form, "--out", folder / "out.x")
    assert result.exit_code == 0, result.output
    assert "wrote 1 document to" in result.output
    return folder / "out.x"


@pytest.mark.parametrize("form", FORMATS)
def test_what_export_writes_import_reads(form: str, tmp_path: Path) -> None:
    path = exported(form, tmp_path)
    result = run("import", path, "--format", form, "--out", tmp_path / "back")
    assert result.exit_code == 0, result.output
    (back,) = load_documents(tmp_path / "back")
    assert back.id == "khabarovsk-sister-cities-en#niigata"
    assert back.mentions
    assert check_document(back) == []


@pytest.mark.parametrize(("name", "made"), CONFIGURATIONS)
def test_the_committed_configuration_is_the_generated_one(name: str, made: object) -> None:
    assert callable(made)
    assert (ROOT / "annotations" / name).read_text(encoding="utf-8") == made()


def test_the_interface_of_label_studio_has_every_label_and_relation() -> None:
    view = ElementTree.fromstring(label_studio.configuration())
    assert [one.get("value") for one in view.iter("Label")] == list(LABELS)
    assert [one.get("value") for one in view.iter("Relation")] == list(RELATION_LABELS)


BROKEN = {
    "Z1\tCITY 0 1\tx": "is no T, R, A or # line",
    "T900\tCITY 1\tx": "is not of the form LABEL START END",
    "T900\tTOWN 4 11\tNiigata": "label is \"TOWN\"",
    "T900\tCITY 4 11\tKhabarov": "has the text “Khabarov”, its offsets “Niigata”",
    "T900\tCITY 4 999999\tx": "has offsets 4-999999 in a text of",
    "R900\tPARTY Arg1:T901 Arg2:T902\t": "has an end T901, which is no T line",
    "#900\tAnnotatorNotes T1\t{": "is no JSON at character 1",
    'T900\tCITY 4 11\tNiigata\n#900\tAnnotatorNotes T900\t{"entiti": "x"}': "Extra inputs are not",
}  # fmt: skip


@pytest.mark.parametrize(("line", "words"), BROKEN.items())
def test_a_broken_brat_line_is_named(line: str, words: str, tmp_path: Path) -> None:
    path = exported("brat", tmp_path)
    (marks,) = path.glob("*.ann")
    with marks.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    result = run("import", path, "--format", "brat", "--out", tmp_path / "back")
    told = " ".join(result.output.split())
    assert result.exit_code == 2
    assert words in told
    assert ".ann:" in told.replace(" ", "")
    assert not (tmp_path / "back").exists()


def test_a_region_with_a_wrong_date_is_named(tmp_path: Path) -> None:
    path = exported("label-studio", tmp_path)
    (task,) = json.loads(path.read_text(encoding="utf-8"))
    results = task["annotations"][0]["result"]
    dates = {r["id"] for r in results if r.get("value", {}).get("labels") == ["DATE"]}
    value = next(r for r in results if r.get("id") in dates and r["from_name"] == "value")
    value["value"]["text"] = ["May 1993"]
    path.write_text(json.dumps([task]), encoding="utf-8")
    result = run("import", path, "--format", "label-studio", "--out", tmp_path / "back")
    assert result.exit_code == 2
    told = " ".join(result.output.split())
    assert f"task 1, region {value['id']}: DATE has value “May 1993”" in told


@pytest.mark.parametrize(
    ("form", "old", "new", "words"),
    [
        ("conll", " O\n", " Q\n", "has label Q"),
        ("conll", "-DOCSTART-", "DOCSTART", "Restore them as exported"),
        ("webanno", "#T_SP=", "#T_SP=x.", "has other layers"),
        ("webanno", "1-1\t4-11\t", "1-1\t4-12\t", "not its length in UTF-16"),
    ],
)
def test_a_broken_line_of_columns_is_named(
    form: str, old: str, new: str, words: str, tmp_path: Path
) -> None:
    path = exported(form, tmp_path)
    file = next(path.glob("*.tsv")) if path.is_dir() else path
    text = file.read_text(encoding="utf-8")
    assert old in text
    at = text.index(old, text.index("\n") if form == "conll" and old == " O\n" else 0)
    file.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    result = run("import", path, "--format", form, "--out", tmp_path / "back")
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())


def test_records_lose_evidence_that_was_deleted(tmp_path: Path) -> None:
    path = exported("label-studio", tmp_path)
    (task,) = json.loads(path.read_text(encoding="utf-8"))
    (before,) = load_documents(NIIGATA)
    count = before.counts[0]
    made = task["annotations"][0]
    gone = set(count.mentions)
    made["result"] = [
        r for r in made["result"] if not gone & {r.get("id"), r.get("from_id"), r.get("to_id")}
    ]
    path.write_text(json.dumps([task]), encoding="utf-8")
    (back,) = FORMATS["label-studio"].read(path)
    assert count.id not in {c.id for c in back.counts}
    assert back.warnings[-1].code == LOST_EVIDENCE
    assert check_document(back) == []


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    result = run("import", tmp_path / "none", "--format", "conll", "--out", tmp_path / "back")
    assert result.exit_code == 2
    assert "no such file; conll is read from a file" in " ".join(result.output.split())
