"""`underlabel compare` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Ask

PAIRS = """ref,name1,note,name2,country1,country2
1,Dahua Technology,=1+1,"Dahua Technology Co., Ltd.",cn,China
2,Dahua Technology,,Dahua Electronics,,
3,Ltd.,,Dahua,,
"""


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Write a table of three pairs."""
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


def test_two_names_get_a_score_a_class_and_the_reasons_in_words(ask: Ask) -> None:
    given = ask("compare", "Dahua Technology", "Dahua Technologies Ltd", "--schema", "company", "-f", "table")
    assert given.code == 0
    assert {"score", "similarity", "class", "weight", "because"} <= set(given.out.split())
    assert "dahua" in given.out


def test_countries_and_identifiers_of_two_names_count(ask: Ask) -> None:
    words = ("compare", "Dahua Technology", "Zhejiang Dahua", "--country1", "China", "--country2", "cn")
    plain = json.loads(ask("compare", "Dahua Technology", "Zhejiang Dahua", "-f", "jsonl").out)
    placed = json.loads(ask(*words, "-f", "jsonl").out)
    same = json.loads(ask(*words, "--id1", "lei:A1B2C3", "--id2", "lei:A1B2C3", "-f", "jsonl").out)
    assert placed["first"]["country"] == "cn"
    assert placed["score"] >= plain["score"]
    assert (same["class"], same["match"]) == ("identifier", True)


def test_a_table_of_pairs_keeps_its_columns_and_gets_three(ask: Ask, pairs: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    given = ask("compare", "--pairs", pairs, "-o", target)
    assert (given.code, given.out) == (0, "")
    assert "3 pairs: " in given.err
    with target.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["ref", "name1", "note", "name2", "country1", "country2", "score", "match", "reasons"]
    assert [row[:6] for row in rows] == list(csv.reader(io.StringIO(PAIRS)))[1:]
    assert [row[7] for row in rows][::2] == ["true", "false"]
    assert float(rows[0][6]) > float(rows[1][6]) > float(rows[2][6])
    assert rows[2][8].startswith("rejected: name1: only an organisation type")
    assert rows[0][8][0].isalpha()


def test_pairs_go_through_workbooks_and_json_lines_alike(ask: Ask, pairs: Path, tmp_path: Path) -> None:
    book, rows = tmp_path / "out.xlsx", tmp_path / "out.jsonl"
    assert ask("compare", "--pairs", pairs, "-o", book).code == 0
    assert ask("compare", "--pairs", book, "-o", rows).code == 0
    found = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    sheet = list(openpyxl.load_workbook(book)["Compared"].iter_rows(values_only=True))
    assert list(found[0])[:6] == ["ref", "name1", "note", "name2", "country1", "country2"]
    assert [one["name2"] for one in found] == [row[3] for row in sheet[1:]]
    assert [one["match (2)"] for one in found][::2] == [True, False]
    assert [one["score"] for one in found] == [f"{one['score (2)']:.4f}" for one in found]


def test_identifiers_in_columns_settle_a_pair(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("name1,name2,id1,id2\nAxis,Zorblatt,A1B2C3D4,A1B2C3D4\n")
    (one,) = csv.DictReader(io.StringIO(ask("compare", "--pairs", path, "-f", "csv").out))
    assert one["match"] == "true"


def test_a_table_without_the_two_columns_is_an_error_that_names_them(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("left,right\na,b\n")
    given = ask("compare", "--pairs", path)
    assert (given.code, given.out) == (1, "")
    assert "name1 and name2" in given.err
    assert "columns: left, right" in given.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("Dahua",),
        ("a", "b", "c"),
        ("a", "b", "--schema", "Robot"),
        ("a", "b", "--country1", "Atlantis Minor"),
        ("--pairs", "PAIRS", "a", "b"),
        ("--pairs", "PAIRS", "--id1", "x"),
    ],
)
def test_a_wrong_question_is_a_usage_error(ask: Ask, pairs: Path, words: tuple[str, ...]) -> None:
    given = ask("compare", *(pairs if word == "PAIRS" else word for word in words))
    assert (given.code, given.out) == (2, "")
    assert "hint: " in given.err


def test_what_is_no_name_is_said(ask: Ask) -> None:
    given = ask("compare", "Dahua", "?!")
    assert given.code == 1
    assert "name2: no letter in it" in given.err
