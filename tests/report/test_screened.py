"""Screened rows and compared pairs on paper: one line each, the user's columns untouched, reasons in words."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from underlabel import report
from underlabel.model import (
    Asked,
    AskedPair,
    Compared,
    Entry,
    Hit,
    ListHit,
    Nearest,
    Query,
    Reason,
    Screened,
    Searched,
    UsageError,
)

QUERY = Query("Dahua Tech", "Company", "cn", ("lei:A",))
REASONS = (
    Reason("base", -4.0, "", ""),
    Reason("number differs", -1.5, "5", "8"),
    Reason("rare words agree", 3.25, "dahua", "dahua"),
    Reason("rare words alike", 0.5, "tech", "technology"),
    Reason("word left over", -0.25, "", "zhejiang"),
)
HIT = Hit(
    query=QUERY, party="dahua", name="Zhejiang Dahua", score=0.91, similarity=0.8, kind="name only", reasons=REASONS
)
SEARCHED = Searched(
    lists=("us_fcc_covered", "us_ofac_sdn"),
    versions={"us_fcc_covered": "2026-07-28", "us_ofac_sdn": ""},
    extracts=("us_ofac_sdn",),
    as_of=date(2026, 11, 23),
    snapshot="abc",
    candidates=1352,
)
ROW = Asked(row=2, query=QUERY, cells=("7", "Dahua Tech", "=1+1"))
COLUMNS = ("No.", "Supplier", "Remark")
FOUND = Screened(
    asked=ROW, searched=SEARCHED, hits=(ListHit(party="dahua", list="us_fcc_covered", source_id="dahua", hit=HIT),)
)
MISSED = Screened(
    asked=replace(ROW, row=3),
    searched=SEARCHED,
    nearest=Nearest(party="dahua", entries=(Entry(list="us_ofac_sdn", source_id="12"),), hit=HIT, least=0.95),
)
REJECTED = Screened(asked=Asked(row=4, query=Query("x" * 5_000)), searched=SEARCHED, rejected="too long")


def written(rows: list[Screened], path: Path) -> list[list[str]]:
    report.write_screened(rows, COLUMNS, path, "csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_each_row_is_one_json_line_with_its_keys_in_order() -> None:
    found, missed, rejected = map(json.loads, report.screened_lines([FOUND, MISSED, REJECTED]))
    assert list(found) == ["row", "query", "schema", "country", "identifiers", "hits", "searched", "nearest"]
    assert found["hits"][0]["class"] == "name only"
    assert found["hits"][0]["reasons"][1] == {
        "feature": "number differs",
        "weight": -1.5,
        "query": "5",
        "candidate": "8",
    }
    assert found["searched"]["versions"] == SEARCHED.versions
    assert missed["hits"] == []
    assert missed["nearest"]["entries"] == [{"list": "us_ofac_sdn", "source_id": "12"}]
    assert (rejected["rejected"], len(rejected["query"])) == ("too long", 201)


def test_why_not_names_the_strongest_reasons_that_say_something() -> None:
    (line,) = report.screened_lines([MISSED])
    why = json.loads(line)["nearest"]["why"]
    assert why == (
        "0.91 of the 0.95 needed: number differs: '5' ≠ '8'; word left over: 'zhejiang' in the listed name only"
    )


def test_in_csv_the_users_cells_stay_and_ours_are_no_formulas(tmp_path: Path) -> None:
    hostile = replace(FOUND, hits=(replace(FOUND.hits[0], hit=replace(HIT, name="@SUM(1)")),))
    header, row, missed, rejected = written([hostile, MISSED, REJECTED], tmp_path / "a.csv")
    assert tuple(row[:3]) == ROW.cells
    assert row[header.index("underlabel:name")] == "'@SUM(1)"
    assert row[header.index("underlabel:reasons")].startswith("base (-4.00); number differs: '5' ≠ '8' (-1.50); ")
    assert [line[header.index("underlabel:verdict")] for line in (row, missed, rejected)] == [
        "hit",
        "no hit",
        "rejected",
    ]
    assert row[header.index("underlabel:searched")] == (
        "as of 2026-11-23, 1352 names: us_fcc_covered 2026-07-28; us_ofac_sdn undated (extract)"
    )


def test_a_screening_read_back_in_keeps_both_answers_apart(tmp_path: Path) -> None:
    report.write_screened([FOUND], ("underlabel:row", "b", "c"), tmp_path / "a.csv", "csv")
    with (tmp_path / "a.csv").open(newline="") as file:
        header = next(csv.reader(file))
    assert len(header) == len(set(header))
    assert "underlabel:row (2)" in header


def test_a_workbook_has_texts_only_and_every_hit(tmp_path: Path) -> None:
    report.write_screened([FOUND, MISSED], COLUMNS, tmp_path / "a.xlsx", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Screened", "Hits", "Searched"]
    assert {cell.data_type for row in book["Screened"].iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert book["Hits"].max_row == 2


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        report.write_screened([FOUND], COLUMNS, tmp_path / "a.docx", "docx")
    assert not (tmp_path / "a.docx").exists()


PAIR = Compared(
    asked=AskedPair(row=2, first=QUERY, second=Query("Zhejiang Dahua"), cells=("a", "b")), hit=HIT, match=True
)


def test_a_comparison_is_told_in_words_by_which_side_has_them() -> None:
    assert [row["because"] for row in report.waterfall(PAIR)] == [
        "base",
        "number differs: '5' ≠ '8'",
        "rare words agree: 'dahua'",
        "rare words alike: 'tech' ~ 'technology'",
        "word left over: 'zhejiang' in the second only",
    ]
    assert [row["weight"] for row in report.waterfall(PAIR)] == ["-4.00", "-1.50", "+3.25", "+0.50", "-0.25"]


def test_pairs_keep_their_columns_in_json_and_csv() -> None:
    (line,) = report.compared_texts([PAIR], ("name1", "name2"), "jsonl")
    assert list(json.loads(line)) == ["name1", "name2", "score", "match", "reasons"]
    header, row = csv.reader(report.compared_texts([PAIR], ("name1", "score"), "csv"))
    assert header == ["name1", "score", "score (2)", "match", "reasons"]
    assert row[:4] == ["a", "b", "0.9100", "true"]


@given(text=st.text(max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_cell_holds_it_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    row = replace(FOUND, asked=replace(ROW, cells=("1", text, "")))
    (_, back) = written([row], tmp_path / "a.csv")
    assert back[1] == text
    (line,) = report.screened_lines([replace(FOUND, asked=replace(ROW, query=Query(text)))])
    assert len(line.splitlines()) == 1
    assert json.loads(line)["query"] == text
