"""CSV and XLSX: the user's columns untouched, ours behind them, no formula."""

from __future__ import annotations

import csv
from pathlib import Path as File

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from underlabel import report
from underlabel.model import Finding, Rejected, Run, Why

COLUMNS = ("Item no.", "Brand", "Qty", "Remark")


def read_csv(path: File) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def read_sheet(path: File, title: str) -> list[list[str]]:
    book = openpyxl.load_workbook(path)
    return [["" if cell is None else str(cell) for cell in row] for row in book[title].iter_rows(values_only=True)]


def test_the_csv_has_the_users_columns_first_in_their_order_and_as_they_were(
    findings: tuple[Finding, ...], run: Run, tmp_path: File
) -> None:
    report.write(findings, run, tmp_path / "out.csv", columns=COLUMNS)
    header, first, *rest = read_csv(tmp_path / "out.csv")
    assert tuple(header[:4]) == COLUMNS
    assert all(name.startswith("underlabel:") for name in header[4:])
    assert first[:4] == ["N843A8", "Lorex", "3", "=1+1, müde"]
    assert first[header.index("underlabel:verdict")] == "restricted"
    assert len(rest) == 3
    assert rest[1][:4] == ["", "", "", "-5 % später"]


def test_in_csv_our_own_cells_cannot_be_formulas(lorex: Finding, run: Run, tmp_path: File) -> None:
    hostile = replace(lorex, reason=Why("x", '=HYPERLINK("http://a")'), item=replace(lorex.item, brand="@SUM(1)"))
    report.write((hostile,), run, tmp_path / "out.csv")
    header, row = read_csv(tmp_path / "out.csv")
    assert row[header.index("underlabel:reason")] == '\'=HYPERLINK("http://a")'
    assert row[header.index("underlabel:brand")] == "'@SUM(1)"


def test_a_report_read_back_in_keeps_both_answers_apart(lorex: Finding, run: Run, tmp_path: File) -> None:
    again = replace(lorex, item=replace(lorex.item, raw={"underlabel:verdict": "clear"}))
    report.write((again,), run, tmp_path / "out.csv")
    header, row = read_csv(tmp_path / "out.csv")
    assert len(header) == len(set(header))
    assert row[header.index("underlabel:verdict")] == "clear"
    assert row[header.index("underlabel:verdict (2)")] == "restricted"


def test_rows_say_the_path_in_short(findings: tuple[Finding, ...]) -> None:
    rows = report.rows(findings)
    assert list(rows[0]) == [
        *("line", "item", "brand", "model", "role", "regime", "as_of", "verdict", "consequence", "reason"),
        *("through", "citation", "would_change_if"),
    ]
    assert rows[0]["through"] == (
        "Lorex → Lorex Technology Inc. ← 100 % Dahua Europe B.V. ← 100 % Zhejiang Dahua Technology Co., Ltd. "
        "↠ NDAA section 889 (+1 more)"
    )
    assert rows[0]["would_change_if"] == "if the sale had closed before 25 October 2021: review"
    assert rows[1]["through"] == ""
    assert [row["line"] for row in rows] == ["2", "3", "4", "5"]


def test_the_workbook_has_its_five_sheets_with_frozen_header_and_filter(
    findings: tuple[Finding, ...], run: Run, rejected: tuple[Rejected, ...], tmp_path: File
) -> None:
    report.write(findings, run, tmp_path / "out.xlsx", rejected, COLUMNS)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Findings", "Evidence", "Claims", "Run", "Not checked"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    header, first, *_ = read_sheet(tmp_path / "out.xlsx", "Findings")
    assert tuple(header[:4]) == COLUMNS
    assert first[:4] == ["N843A8", "Lorex", "3", "=1+1, müde"]
    verdict = book["Findings"].cell(2, header.index("underlabel:verdict") + 1)
    assert verdict.value == "restricted"
    assert verdict.fill.fgColor.rgb != book["Findings"].cell(3, verdict.column).fill.fgColor.rgb


def test_no_cell_of_the_workbook_is_a_formula(lorex: Finding, run: Run, tmp_path: File) -> None:
    hostile = replace(lorex, reason=Why("x", "=1+1"), item=replace(lorex.item, raw={"=A1": "=cmd()", "u": "http://a/"}))
    report.write((hostile,), run, tmp_path / "out.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["Findings"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    assert "=cmd()" in {cell.value for cell in cells}


def test_evidence_has_a_row_for_each_step_and_findings_point_to_it(
    findings: tuple[Finding, ...], run: Run, tmp_path: File
) -> None:
    report.write(findings, run, tmp_path / "out.xlsx")
    header, *evidence = read_sheet(tmp_path / "out.xlsx", "Evidence")
    assert len(evidence) == 6 + 4
    owner = dict(zip(header, evidence[3], strict=True))
    assert (owner["text"], owner["edge"], owner["since"]) == ("Dahua Europe B.V.", "100 % held by", "2018-02-06")
    head, *rows = read_sheet(tmp_path / "out.xlsx", "Findings")
    at = head.index("underlabel:answer")
    assert rows[0][at] == rows[3][at] == owner["answer"]


def test_what_was_not_checked_and_what_was_not_read_stand_together(
    findings: tuple[Finding, ...], run: Run, rejected: tuple[Rejected, ...], tmp_path: File
) -> None:
    report.write(findings, run, tmp_path / "out.xlsx", rejected)
    _, *rows = read_sheet(tmp_path / "out.xlsx", "Not checked")
    assert [row[0] for row in rows] == ["stock.csv:6", "stock.csv:4"]
    assert "cannot be told from this source" in rows[1][3]


def test_a_cell_too_long_for_a_sheet_is_cut_and_says_so(lorex: Finding, run: Run, tmp_path: File) -> None:
    long = replace(lorex, item=replace(lorex.item, raw={"Remark": "x" * 40_000}))
    report.write((long,), run, tmp_path / "out.xlsx")
    _, row = read_sheet(tmp_path / "out.xlsx", "Findings")
    assert len(row[0]) == 32_767
    assert row[0].endswith(" (cut)")


def test_no_findings_still_make_a_table_with_a_header(run: Run, tmp_path: File) -> None:
    for name in ("out.csv", "out.xlsx"):
        report.write((), run, tmp_path / name, columns=COLUMNS)
    assert len(read_csv(tmp_path / "out.csv")) == 1
    assert len(read_sheet(tmp_path / "out.xlsx", "Findings")) == 1


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Cf")), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.dictionaries(TEXT, TEXT, min_size=1, max_size=4))
def test_any_row_of_the_users_comes_back_from_both_tables(
    lorex: Finding, run: Run, tmp_path: File, raw: dict[str, str]
) -> None:
    mine = replace(lorex, item=replace(lorex.item, raw=raw))
    columns = tuple(raw)
    report.write((mine,), run, tmp_path / "out.csv", columns=columns)
    report.write((mine,), run, tmp_path / "out.xlsx", columns=columns)
    for header, row in (read_csv(tmp_path / "out.csv"), read_sheet(tmp_path / "out.xlsx", "Findings")):
        assert dict(zip(header[: len(raw)], row, strict=False)) == raw
