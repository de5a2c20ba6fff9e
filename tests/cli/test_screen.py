"""`underlabel screen` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Ask

HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
NAMES = f"""No.,Supplier,Country,Remark
1,"{HIKVISION}",China,=1+1
2,Zorblatt Gartenzwerge GmbH,Germany,
3,,,nothing
4,Dahua Technology,,
"""
KEYS = {"party", "source_id", "list", "name", "score", "similarity", "class", "reasons"}
DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """Write a table of four names, one of them missing."""
    path = tmp_path / "suppliers.csv"
    path.write_text(NAMES, encoding="utf-8")
    return path


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_pipe_gets_one_json_line_for_each_row_in_order_misses_too(ask: Ask, names: Path) -> None:
    given = ask("screen", names, *DAY)
    found = lines(given.out)
    assert given.code == 0
    assert [one["row"] for one in found] == [2, 3, 4, 5]
    assert [one["query"] for one in found] == [HIKVISION, "Zorblatt Gartenzwerge GmbH", "", "Dahua Technology"]
    assert [bool(one["hits"]) for one in found] == [True, False, False, True]
    assert [one.get("country") for one in found] == ["cn", "de", None, None]
    assert found[2]["rejected"] == "the name is empty"
    assert set(found[0]["hits"][0]) == KEYS
    assert found[0]["nearest"] is None
    assert "4 rows: 2 with hits, 1 without, 1 rejected" in given.err
    assert "rejected: suppliers.csv:4: the name is empty" in given.err
    assert "starter facts" in given.err


def test_a_miss_carries_the_lists_their_editions_the_day_and_the_nearest(ask: Ask, names: Path) -> None:
    found = lines(ask("screen", names, *DAY, "--list", "us_ofac_sdn,us_bis_dpl").out)
    miss = found[0]
    assert miss["hits"] == []
    assert miss["searched"]["lists"] == ["us_bis_dpl", "us_ofac_sdn"]
    assert miss["searched"]["versions"] == {"us_bis_dpl": "2026-07-31", "us_ofac_sdn": "2026-07-31"}
    assert miss["searched"]["as_of"] == "2026-11-23"
    assert miss["searched"]["candidates"] > 500
    assert miss["searched"]["cut"] is False
    assert miss["nearest"]["party"] == "hikvision"
    assert "which was not searched" in miss["nearest"]["why"]
    assert {"list": "us_ofac_nscmic", "source_id": "30946"} in miss["nearest"]["entries"]


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "xlsx", "txt"])
def test_a_file_is_written_by_its_suffix(ask: Ask, names: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"screened.{suffix}"
    given = ask("screen", names, *DAY, "-o", target)
    assert (given.code, given.out) == (0, "")
    assert f"written: {target}" in given.err
    if suffix == "xlsx":
        book = openpyxl.load_workbook(target)
        rows = list(book["Screened"].iter_rows(values_only=True))
        assert rows[0][:4] == ("No.", "Supplier", "Country", "Remark")
        assert rows[1][3] == "=1+1"
        assert book["Screened"]["D2"].data_type == "s"
        assert len(rows) == 5
        assert {row[2] for row in book["Hits"].iter_rows(min_row=2, values_only=True)} >= {"us_bis_entity_list"}
        assert ("us_ofac_sdn", "2026-07-31", "extract", "2026-11-23") in set(
            book["Searched"].iter_rows(values_only=True)
        )
    elif suffix == "csv":
        with target.open(encoding="utf-8", newline="") as file:
            header, *body = csv.reader(file)
        assert header[:4] == ["No.", "Supplier", "Country", "Remark"]
        assert [row[:4] for row in body] == list(csv.reader(io.StringIO(NAMES)))[1:]
        assert [row[header.index("underlabel:verdict")] for row in body] == ["hit", "no hit", "rejected", "hit"]
        assert "us_ofac_nscmic" in body[0][header.index("underlabel:list")]
        assert "us_ofac_sdn 2026-07-31 (extract)" in body[1][header.index("underlabel:searched")]
    elif suffix == "txt":
        assert "no hit" in target.read_text()
    else:
        text = target.read_text(encoding="utf-8")
        assert len(json.loads(text) if suffix == "json" else lines(text)) == 4


def test_a_table_says_hit_or_why_not(ask: Ask, names: Path) -> None:
    given = ask("screen", names, *DAY, "-f", "table")
    assert {"hit", "rejected", "us_bis_entity_list,"} <= set(given.out.split())


def test_standard_input_is_read_one_name_to_a_line(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "in.txt"
    path.write_text(f"{HIKVISION}\n\nDahua Technology Co., Ltd.\n", encoding="utf-8")
    with path.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        given = ask("screen", "-", *DAY)
    found = lines(given.out)
    assert [one["query"] for one in found] == [HIKVISION, "", "Dahua Technology Co., Ltd."]
    assert "rejected: stdin:2" in given.err


def test_a_column_is_named_where_its_heading_does_not_say_it(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'alpha,beta\n1,"{HIKVISION}"\n')
    none = ask("screen", path, *DAY)
    assert (none.code, none.out) == (1, "")
    assert "no column of names was found" in none.err
    assert "columns: alpha, beta" in none.err
    assert lines(ask("screen", path, *DAY, "--column", "beta").out)[0]["hits"]


def test_only_what_passes_the_threshold_is_a_hit(ask: Ask, names: Path) -> None:
    found = lines(ask("screen", names, *DAY, "--threshold", "1").out)
    assert [one["hits"] for one in found] == [[], [], [], []]
    assert found[0]["nearest"]["score"] > 0.9


def test_parties_on_no_list_come_with_all(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Lorex Technology Inc.\n")
    assert lines(ask("screen", path, *DAY).out)[0]["hits"] == []
    (hit, *_) = lines(ask("screen", path, *DAY, "--all").out)[0]["hits"]
    assert (hit["list"], hit["source_id"]) == ("", hit["party"])


@pytest.mark.parametrize(
    ("row", "level", "code"),
    [
        ("Zorblatt Gartenzwerge GmbH,,", "hit", 0),
        ("Dahua Technology,,", "hit", 10),
        ("Dahua Technology,,", "corroborated", 0),
        ("Dahua Technology,China,", "corroborated", 11),
        ("Nothing at all,,91330000733796106P", "identifier", 12),
        ("Nothing at all,,91330000733796106P", "hit", 12),
    ],
)
def test_fail_on_gives_the_code_of_the_surest_hit(ask: Ask, tmp_path: Path, row: str, level: str, code: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"name,country,uscc\n{row}\n")
    assert ask("screen", path, *DAY, "--fail-on", level).code == code


@pytest.mark.parametrize(
    "words",
    [
        ("--list", "us_ofac_sdm"),
        ("--schema", "Robot"),
        ("--country", "Atlantis Minor"),
        ("--column", "gone"),
        ("--threshold", "2"),
        ("--top", "0"),
        ("--fail-on", "restricted"),
        ("-o", "report.html"),
    ],
)
def test_a_wrong_question_is_a_usage_error(ask: Ask, names: Path, words: tuple[str, ...]) -> None:
    given = ask("screen", names, *words)
    assert (given.code, given.out) == (2, "")
    assert given.err.startswith("error: ")
    assert "hint: " in given.err


def test_a_list_that_is_not_loaded_ends_with_4(ask: Ask, names: Path) -> None:
    given = ask("screen", names, "--list", "us_cbp_wro")
    assert (given.code, given.out) == (4, "")
    assert "hint: load it" in given.err


@pytest.mark.parametrize("text", ["", "\n\n", "name,country\n"])
def test_nothing_to_screen_is_no_input_and_writes_no_file(ask: Ask, tmp_path: Path, text: str) -> None:
    path, target = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_text(text)
    assert ask("screen", path, "-o", target).code == 3
    assert not target.exists()


def test_the_file_that_is_read_is_never_written_over(ask: Ask, names: Path) -> None:
    before = names.read_bytes()
    assert ask("screen", names, "-o", names).code == 2
    assert names.read_bytes() == before


def test_hostile_names_are_answered_or_rejected_and_never_a_crash(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    hostile = [
        "\u202eHikvision",
        "Hik\u200bvision",
        "😀😀",
        "a" * 10_000,
        "x" * 1_000_000,
        "\x00",
        "Ltd GmbH",
        "\u2028",
    ]
    path.write_text("".join(json.dumps({"name": one}) + "\n" for one in hostile))
    given = ask("screen", path, *DAY)
    assert given.code == 0
    found = [json.loads(line) for line in given.out.split("\n") if line]
    assert len(found) == len(hostile)
    assert [bool(one.get("rejected")) for one in found[2:]] == [True] * 6
    assert max(len(one["query"]) for one in found) < 300
