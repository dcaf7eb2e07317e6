"""The flat tables: typed columns, evidence in words, lists for lists."""

import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pobratim.batch.layout import table_part
from pobratim.batch.parts import make_part
from pobratim.batch.rows import rows
from pobratim.batch.tables import COLUMNS, schema
from pobratim.schema import CountMention, Document, SourcePart


def tables(document: Document) -> dict[str, list[dict[str, Any]]]:
    return dict(rows(json.loads(document.to_json())))


def found(document: Document, table: str) -> list[dict[str, Any]]:
    return tables(document)[table]


def test_evidence_is_the_mentions_text_joined(document: Document) -> None:
    assert found(document, "agreements")[0]["evidence"] == "Соглашение … 15 июля 2002 года"
    assert found(document, "officials")[0]["evidence"] == "С.А. Кравчук … Мэр"
    assert found(document, "relations")[0]["evidence"] == "Соглашение … 15 июля 2002 года"


def test_evidence_over_a_line_end_reads_as_one_line(document: Document) -> None:
    document.mentions[2].text = "администрация\n города Пучона"
    assert found(document, "organizations")[0]["evidence"] == "администрация города Пучона"


def test_parties_are_parallel_lists(document: Document) -> None:
    row = found(document, "agreements")[0]
    assert row["parties"] == ["geonames:2022890", "geonames:1838716"]
    assert row["party_names"] == ["Хабаровск", "Пучон"]
    assert row["implied_parties"] == ["geonames:2022890"]


def test_a_date_and_a_number_have_columns_of_their_own(document: Document) -> None:
    mentions = {row["id"]: row for row in found(document, "mentions")}
    assert mentions["m6"]["date"] == "2002-07-15"
    assert mentions["m7"]["value"] == 70.0
    assert "value" not in mentions["m6"]


def test_a_mention_has_its_page_where_one_is_known(document: Document) -> None:
    assert {row.get("page") for row in found(document, "mentions")} == {None}
    line = document.text.index("\n")
    document.source.parts = [
        SourcePart(start=0, end=line, page=1),
        SourcePart(start=line, end=len(document.text), page=2),
    ]
    pages = {row["id"]: row["page"] for row in found(document, "mentions")}
    assert (pages["m1"], pages["m4"], pages["m5"], pages["m7"]) == (1, 1, 2, 2)


def test_every_row_names_its_document(document: Document) -> None:
    for each in tables(document).values():
        assert {row["document"] for row in each} == {"report"}


def test_every_value_of_a_row_has_a_column(document: Document) -> None:
    for table, each in tables(document).items():
        assert {name for row in each for name in row} <= set(COLUMNS[table])


def test_a_number_beyond_all_doubles_is_infinite_and_costs_no_other_row(
    tmp_path: Path, document: Document
) -> None:
    assert isinstance(document.mentions[6], CountMention)
    document.mentions[6].value = Decimal("1e400")
    document.counts[0].value = Decimal(2**60 + 1)
    made = parts(tmp_path, [document])
    assert pq.read_table(made["mentions"])["value"].to_pylist()[6] == math.inf
    assert pq.read_table(made["counts"])["value"].to_pylist() == [float(2**60 + 1)]


def parts(folder: Path, documents: list[Document], part: int = 0) -> dict[str, Path]:
    """The table files of one part that holds ``documents``."""
    lines = folder / "documents.jsonl"
    lines.write_text("".join(document.to_json() + "\n" for document in documents), "utf-8")
    size = lines.stat().st_size
    made = make_part(folder, part, (lines, 0, size), (folder / "errors.jsonl", 0, 0), False)
    return {name: Path(f"{table_part(folder, name, part)}.tmp") for name in made}


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_a_table_without_rows_still_has_typed_columns(tmp_path: Path, table: str) -> None:
    read = pq.read_table(parts(tmp_path, [])[table])
    assert read.num_rows == 0
    assert read.schema.equals(schema(table), check_metadata=False)


def test_a_later_part_has_no_file_without_rows(tmp_path: Path, document: Document) -> None:
    document.officials.clear()
    made = parts(tmp_path, [document], part=1)
    assert made["cities"].exists()
    assert not made["officials"].exists()


def test_numbers_are_doubles_and_lists_are_lists_of_text() -> None:
    assert COLUMNS["counts"]["value"] == pa.float64()
    assert COLUMNS["agreements"]["signatories"] == pa.list_(pa.string())


def test_the_tables_are_compressed_with_zstandard(tmp_path: Path, document: Document) -> None:
    metadata = pq.read_metadata(parts(tmp_path, [document])["mentions"])
    assert metadata.row_group(0).column(0).compression == "ZSTD"
    assert metadata.num_rows == len(document.mentions)


def test_rows_are_written_in_groups_so_that_memory_stays_bounded(
    tmp_path: Path, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pobratim.batch.parts.ROWS_A_GROUP", 10)
    assert pq.read_metadata(parts(tmp_path, [document] * 5)["mentions"]).num_row_groups == 4
