"""`underlabel trace` as a user meets it."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Ask

KEYS = {
    *("item", "role", "regime", "verdict", "reason", "consequence", "reach", "rule_status", "paths", "claims"),
    *("would_change_if", "run"),
}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_pipe_gets_one_json_line_for_each_line_and_regime(ask: Ask, stock: Path) -> None:
    given = ask("trace", stock, "--role", "us_agency", "--as-of", "2021-10-25")
    found = lines(given.out)
    assert given.code == 0
    assert [one["verdict"] for one in found] == ["restricted", "clear", "clear", "not_checked"]
    assert all(set(one) >= KEYS for one in found)
    assert found[0]["item"]["row"]["Brand"] == "Lorex"
    assert found[0]["consequence"]["level"] == "prohibited"
    assert "4 lines, 4 findings" in given.err
    assert "starter facts" in given.err


def test_a_shipment_and_a_shelf_under_the_entity_list(ask: Ask, stock: Path) -> None:
    given = ask("trace", stock, "--role", "exporter", "--regime", "bis", "--as-of", "2021-10-25")
    assert [one["verdict"] for one in lines(given.out)] == ["not_checked", "not_checked", "restricted", "not_checked"]


@pytest.mark.parametrize(("level", "code"), [("linked", 12), ("review", 12), ("restricted", 12)])
def test_fail_on_gives_the_code_of_the_worst_verdict(ask: Ask, stock: Path, level: str, code: int) -> None:
    given = ask("trace", stock, "--role", "us_agency", "--as-of", "2021-10-25", "--fail-on", level)
    assert given.code == code


@pytest.mark.parametrize(
    ("role", "day", "level", "code"),
    [
        ("us_retailer", "2021-10-25", "linked", 10),
        ("us_retailer", "2021-10-25", "review", 0),
        ("us_agency", "2026-11-23", "review", 11),
        ("us_agency", "2026-11-23", "restricted", 0),
    ],
)
def test_fail_on_passes_what_is_milder(ask: Ask, stock: Path, role: str, day: str, level: str, code: int) -> None:
    given = ask("trace", stock, "--role", role, "--regime", "s889", "--as-of", day, "--fail-on", level)
    assert given.code == code


def test_each_line_may_have_a_day_of_its_own(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("Brand,Type,ship_date\nLorex,NVR,2017-06-01\nLorex,NVR,2021-10-25\nLorex,NVR,2026-11-23\n")
    given = ask("trace", path, "--role", "us_agency", "--as-of-column", "ship_date")
    assert [(one["as_of"], one["verdict"]) for one in lines(given.out)] == [
        ("2017-06-01", "clear"),
        ("2021-10-25", "restricted"),
        ("2026-11-23", "review"),
    ]


def test_a_column_nobody_could_guess_is_mapped(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "lager.csv"
    path.write_text("Marke,Anzahl\nHikvision,3\nAxis,4\n")
    given = ask("trace", path, "--role", "us_agency", "--map", "Marke=brand")
    assert [one["verdict"] for one in lines(given.out)] == ["restricted", "clear"]


@pytest.mark.parametrize("suffix", ["html", "xlsx", "csv", "jsonl", "json"])
def test_a_report_is_written_by_its_suffix(ask: Ask, stock: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"report.{suffix}"
    given = ask("trace", stock, "--role", "us_agency", "--as-of", "2021-10-25", "-o", target)
    assert (given.code, given.out) == (0, "")
    if suffix == "xlsx":
        rows = list(openpyxl.load_workbook(target)["Findings"].iter_rows(values_only=True))
        assert rows[0][:2] == ("Item", "Brand")
        assert len(rows) == 5
    elif suffix == "csv":
        rows_read = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert [row["Brand"] for row in rows_read] == ["Lorex", "Axis", "AMD", ""]
        assert rows_read[0]["underlabel:verdict"] == "restricted"
    elif suffix == "html":
        text = target.read_text(encoding="utf-8")
        assert "<svg" in text
        assert "Content-Security-Policy" in text
    else:
        text = target.read_text(encoding="utf-8")
        assert len(json.loads(text) if suffix == "json" else lines(text)) == 4


def test_a_table_shows_the_worst_words(ask: Ask, stock: Path) -> None:
    given = ask("trace", stock, "--role", "us_agency", "--as-of", "2021-10-25", "-f", "table")
    assert "restricted" in given.out
    assert "not checked" in given.out


def test_lists_that_are_too_old_end_with_4_and_name_them(ask: Ask, stock: Path) -> None:
    given = ask("trace", stock, "--role", "exporter", "--as-of", "2026-11-23", "--max-age", "30")
    assert given.code == 4
    assert "us_bis_entity_list" in given.err
    assert "hint:" in given.err


def test_a_regime_none_of_whose_lists_is_loaded_ends_with_4(ask: Ask, stock: Path) -> None:
    given = ask("trace", stock, "--role", "journalist", "--regime", "cbp_wro")
    assert (given.code, given.out) == (4, "")


WRONG: dict[str, tuple[bytes, int]] = {
    "image.csv": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", 1),
    "empty.csv": (b"", 3),
    "blank.csv": (b"\n\n  \n", 3),
    "header.csv": (b"Brand,Model\n", 3),
    "broken.xlsx": (b"PK\x03\x04 and then nothing", 1),
    "nothing.csv": (b"alpha,beta\n1,2\n3,4\n", 1),
    "page.csv": (b"<!DOCTYPE html><html><body>Sign in</body></html>", 1),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_an_error_with_a_hint_and_no_traceback(ask: Ask, tmp_path: Path, name: str) -> None:
    content, code = WRONG[name]
    path = tmp_path / name
    path.write_bytes(content)
    given = ask("trace", path, "--role", "us_agency")
    assert (given.code, given.out) == (code, "")
    assert given.err.startswith("error: ")
    assert name in given.err
    assert "\nhint: " in given.err


def test_a_missing_file_is_no_input(ask: Ask, tmp_path: Path) -> None:
    assert ask("trace", tmp_path / "gone.csv", "--role", "us_agency").code == 3


def test_a_utf16_file_reads_fine(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "utf16.csv"
    path.write_bytes("Brand;Modell\nHikvision;DS-2CD2143G2-I\n".encode("utf-16"))
    given = ask("trace", path, "--role", "us_agency")
    assert (given.code, lines(given.out)[0]["verdict"]) == (0, "restricted")


def test_a_broken_row_is_rejected_and_counted_and_the_rest_is_answered(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("Brand,Model\nAxis,P3245-V\nLorex,N842,extra,cells\nHikvision,DS-2CD2143G2-I\n")
    given = ask("trace", path, "--role", "us_agency")
    assert len(lines(given.out)) == 2
    assert "rejected: ragged.csv:3" in given.err
    assert "1 rejected in all" in given.err


@pytest.mark.parametrize(
    "words",
    [
        ("--role", "us_angency"),
        ("--role", "us_agency", "--regime", "s888"),
        ("--role", "us_agency", "--as-of", "yesterday"),
        ("--role", "us_agency", "--map", "Brand"),
        ("--role", "us_agency", "--map", "Barnd=brand"),
        ("--role", "us_agency", "--as-of-column", "sold"),
        ("--role", "us_agency", "-o", "report.docx"),
        ("--role", "us_agency", "--fail-on", "clear"),
        (),
    ],
)
def test_a_wrong_question_is_a_usage_error(ask: Ask, stock: Path, words: tuple[str, ...]) -> None:
    given = ask("trace", stock, *words)
    assert given.code == 2
    assert given.err.startswith("error: ")
    assert "hint: " in given.err


def test_a_report_that_cannot_be_written_is_said(ask: Ask, stock: Path, tmp_path: Path) -> None:
    given = ask("trace", stock, "--role", "us_agency", "-o", tmp_path / "no" / "such" / "folder.html")
    assert given.code == 1
    assert "hint: " in given.err


def test_a_workbook_is_read_like_a_table(ask: Ask, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Camera register", None], [], ["Manufacturer", "MAC"], ["Dahua", "3C:EF:8C:51:09:AE"], ["Axis", ""]):
        sheet.append(row)
    path = tmp_path / "register.xlsx"
    book.save(path)
    assert zipfile.is_zipfile(path)
    given = ask("trace", path, "--role", "us_agency")
    assert [one["verdict"] for one in lines(given.out)] == ["restricted", "clear"]
    assert lines(given.out)[0]["item"]["line"] == 4


def test_the_inventory_is_never_written_over(ask: Ask, stock: Path, tmp_path: Path) -> None:
    before, link = stock.read_bytes(), tmp_path / "link.csv"
    link.symlink_to(stock)
    for target in (stock, link, stock.parent / "." / stock.name):
        given = ask("trace", stock, "--role", "us_agency", "-o", target)
        assert (given.code, stock.read_bytes()) == (2, before)


def test_a_form_names_what_the_suffix_does_not(ask: Ask, stock: Path, tmp_path: Path) -> None:
    words = ("trace", stock, "--role", "us_agency", "--as-of", "2021-10-25")
    assert ask(*words, "-f", "csv", "-o", tmp_path / "noext").code == 0
    rows = list(csv.DictReader((tmp_path / "noext").read_text().splitlines()))
    assert rows[0]["Brand"] == "Lorex"
    assert ask(*words, "-f", "table", "-o", tmp_path / "table.txt").code == 0
    assert "restricted" in (tmp_path / "table.txt").read_text()
    for form, name in (("csv", "a.json"), ("table", "a.html"), ("json", "a.jsonl")):
        assert ask(*words, "-f", form, "-o", tmp_path / name).code == 2
        assert not (tmp_path / name).exists()


def test_the_table_has_the_worst_first_and_names_brand_and_model(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("Item,Brand,Model\nwebcam,Axis,P3245-V\ncamera,Hikvision,DS-2CD2143G2-I\n")
    lines = ask("trace", path, "--role", "us_agency", "-f", "table").out.splitlines()
    assert lines[1].startswith("3 ")
    assert "Hikvision DS-2CD2143G2-I camera" in lines[1]
    assert any(line.startswith("2 ") for line in lines[2:])


def test_what_is_not_asked_by_default_says_why_and_how_to_ask(ask: Ask, stock: Path) -> None:
    given = ask("trace", stock, "--role", "us_agency", "--known-at", "2026-12-01", "--as-of", "2026-12-01")
    assert "but not asked by default (looks at " in given.err
    assert "--regime ofac" in given.err
    assert "known at 2026-12-01" in given.err


def test_a_line_without_its_day_is_counted_apart(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("Brand,Type,ship_date\nLorex,NVR,2021-10-25\nLorex,NVR,\nLorex,NVR,\n")
    given = ask("trace", path, "--role", "us_agency", "--as-of-column", "ship_date")
    assert "2 lines have no day of their own and were not asked" in given.err
    assert "rejected in all" not in given.err


def test_a_cell_of_ours_is_no_formula(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text('Item,Brand\n"=1+1",@SUM\n')
    (row,) = csv.DictReader(ask("trace", path, "--role", "us_agency", "-f", "csv").out.splitlines())
    assert row["brand"] == "'@SUM"


def test_help_names_roles_and_regimes(ask: Ask) -> None:
    given = ask("trace", "--help")
    assert given.code == 0
    assert {"us_usf_recipient", "journalist", "nscmic", "ukwms"} <= set(given.out.split())
