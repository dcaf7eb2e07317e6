"""Events: kept for ever, applied in order, safe against a crash and against each other."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from review_builders import TEXT, changed, report, results, span

from pobratim.errors import AnnotationError, InputError
from pobratim.exchange.check import check_document
from pobratim.review.changes import Change, document_of
from pobratim.review.folder import documents_in, export, file_name
from pobratim.review.overview import overall, preferred, queue
from pobratim.review.store import FILE, Conflict, Store


def state(store: Store, value: str, version: str = "anna") -> Change:
    return changed(store, "settings", "state", version, value=value)


def test_an_edit_has_author_time_before_and_after(store: Store) -> None:
    change = changed(store, "mentions", "m5", value="2002-07-15")
    event, missed = store.commit("report", "anna", 0, "Anna", [change])
    assert (event.revision, event.author, missed) == (1, "Anna", [])
    (kept,) = store.history("report", "anna")
    assert kept.changes[0].before["value"] == "2002-06-15"
    assert kept.changes[0].after["value"] == "2002-07-15"
    assert kept.at.endswith("+00:00")


def test_events_cannot_be_changed_or_deleted(store: Store, folder: Path) -> None:
    store.commit("report", "anna", 0, "Anna", [state(store, "work")])
    with sqlite3.connect(folder / FILE) as direct:
        for statement in ("UPDATE events SET author = 'x'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                direct.execute(statement)


def test_the_store_is_in_wal_mode(store: Store, folder: Path) -> None:
    with sqlite3.connect(folder / FILE) as direct:
        assert direct.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_was_committed_survives_a_kill(folder: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from pobratim.review.store import Store; from pobratim.review.changes import Change\n"
        "store = Store(Path(sys.argv[1]))\n"
        "state = lambda v: {'id': 'state', 'value': v}\n"
        "for n, (a, b) in enumerate([('new', 'work'), ('work', 'done')]):\n"
        "    c = Change(on='settings', id='state', before=state(a), after=state(b))\n"
        "    store.commit('report', 'anna', n, 'Anna', [c])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = folder / FILE
    first = Store(path)
    first.add_documents([report()])
    first.close()
    ended = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    again = Store(path)
    assert again.version("report", "anna").content["settings"]["state"]["value"] == "done"
    again.close()


def test_edits_of_different_things_are_both_taken(store: Store) -> None:
    mine = changed(store, "mentions", "m5", value="2002-07-15")
    theirs = changed(store, "mentions", "m6", value=71)
    store.commit("report", "anna", 0, "Boris", [theirs])
    event, missed = store.commit("report", "anna", 0, "Anna", [mine])
    assert event.revision == 2
    assert [one.author for one in missed] == ["Boris"]
    content = store.version("report", "anna").content
    assert content["mentions"]["m5"]["value"] == "2002-07-15"
    assert content["mentions"]["m6"]["value"] == 71


def test_edits_of_the_same_thing_are_a_conflict_and_both_are_kept(store: Store) -> None:
    mine = changed(store, "mentions", "m5", value="2002-07-15")
    theirs = changed(store, "mentions", "m5", value="2002-07")
    store.commit("report", "anna", 0, "Boris", [theirs])
    with pytest.raises(Conflict) as caught:
        store.commit("report", "anna", 0, "Anna", [mine])
    fork = caught.value.fork
    assert fork == "anna~2"
    assert store.version("report", "anna").content["mentions"]["m5"]["value"] == "2002-07"
    kept = store.version("report", fork)
    assert kept.content["mentions"]["m5"]["value"] == "2002-07-15"
    assert kept.revision == caught.value.revision
    versions = [store.version("report", name) for name in store.names("report")]
    assert overall(versions) == "disputed"


def test_two_stores_on_one_file_see_each_other(store: Store, folder: Path) -> None:
    other = Store(folder / FILE)
    other.version("report", "anna")
    store.commit("report", "anna", 0, "Anna", [changed(store, "mentions", "m6", value=71)])
    assert other.version("report", "anna").content["mentions"]["m6"]["value"] == 71
    other.close()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"start": 0, "end": 3, "text": "Мэр"}, "code points"),
        ({**span(TEXT, " 70 детей")}, "white space"),
        ({**span(TEXT, "детей прооперированы"), "label": "EVENT"}, "crosses COUNT"),
        ({**span(TEXT, "Мэр"), "label": "ROLE"}, "already"),
        ({**span(TEXT, "Café"), "label": "PLACE"}, "label"),
        ({**span(TEXT, "Café"), "colour": "red"}, "colour"),
    ],
)
def test_an_unsound_mention_is_not_taken(
    store: Store, fields: dict[str, object], message: str
) -> None:
    after = {"id": "new", "label": "EVENT", **fields}
    with pytest.raises(AnnotationError, match=message):
        store.commit("report", "anna", 0, "Anna", [Change(on="mentions", id="new", after=after)])
    assert store.names("report") == []


def test_a_mention_that_evidence_rests_on_is_not_removed_alone(store: Store) -> None:
    before = store.version("report", "anna").content["mentions"]["m6"]
    change = Change(on="mentions", id="m6", before=before)
    with pytest.raises(AnnotationError, match="cites 'm6'"):
        store.commit("report", "anna", 0, "Anna", [change])


def test_what_was_added_without_its_defaults_is_the_same_for_every_reader(
    store: Store, folder: Path
) -> None:
    body = {"id": "org:1", "mentions": ["m3"], "name": "Ниигата"}
    store.commit("report", "anna", 0, "Anna", [Change(on="organizations", id="org:1", after=body)])
    other = Store(folder / FILE)
    removal = Change(on="organizations", id="org:1", before=body)
    other.commit("report", "anna", 1, "Anna", [removal])
    assert store.version("report", "anna").content["organizations"] == {}
    other.close()


def test_offsets_are_code_points_after_an_emoji(store: Store) -> None:
    after = {"id": "new", "label": "ORGANIZATION", **span(TEXT, "Café «Привет»")}
    store.commit("report", "anna", 0, "Anna", [Change(on="mentions", id="new", after=after)])
    found = document_of(store.original("report"), store.version("report", "anna").content)
    kept = next(m for m in found.mentions if m.id == "new")
    assert found.text[kept.start : kept.end] == "Café «Привет»"


def test_a_done_document_is_gold_and_passes_the_check(store: Store, tmp_path: Path) -> None:
    store.commit("report", "anna", 0, "Anna", [state(store, "done")])
    written, left_out = export(store, tmp_path / "gold")
    assert left_out == []
    (found,) = documents_in(tmp_path / "gold")
    assert [path.name for path in written] == ["report.json"]
    assert check_document(found) == []
    assert all(m.score is None for m in found.mentions)
    assert all(record.score is None for record in found.agreements)


def test_a_document_with_faults_is_left_out_of_the_export_and_named(
    store: Store, tmp_path: Path
) -> None:
    change = changed(store, "agreements", "agreement:1", signed="15 July")
    store.commit("report", "anna", 0, "Anna", [change])
    written, (told,) = export(store, tmp_path / "gold")
    assert written == []
    assert "signed “15 July”" in told


def test_the_adjudicated_version_is_handed_back_before_others(store: Store) -> None:
    store.commit("report", "anna", 0, "Anna", [state(store, "done")])
    store.commit("report", "boris", 0, "Boris", [state(store, "done", "boris")])
    store.fork("report", "anna", "adjudicated", "adjudicated", "Vera")
    assert preferred(store, "report") == "adjudicated"
    row = next(row for row in queue(store) if row["id"] == "report")
    assert row["state"] == "work"
    assert row["versions"][0]["authors"] == {"Anna": 1}


def test_a_folder_extracted_anew_does_not_replace_what_was_corrected(store: Store) -> None:
    store.commit("report", "anna", 0, "Anna", [state(store, "work")])
    newer = report().model_copy(update={"warnings": [], "reference_period": "2002"})
    assert store.add_documents([newer]) == ["report"]
    assert store.original("report").reference_period is None


@pytest.mark.parametrize(
    "identity", ["../../etc/passwd", "a/b", "..", ".hidden", "C:\\x", "", "\x00", "я" * 500]
)
def test_no_id_leads_a_file_out_of_its_folder(identity: str, tmp_path: Path) -> None:
    path = tmp_path / file_name(identity)
    assert path.resolve().parent == tmp_path.resolve()
    assert len(path.name.encode()) < 256


def test_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    results(tmp_path / "elsewhere", report())
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "documents.jsonl").symlink_to(tmp_path / "elsewhere" / "documents.jsonl")
    with pytest.raises(InputError, match="leads out"):
        documents_in(inside)
