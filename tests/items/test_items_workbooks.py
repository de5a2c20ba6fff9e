"""Workbooks: all sheets, cells as their user sees them, protected and damaged ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from underlabel import items
from underlabel.items import limits
from underlabel.model import InputError, NoInputError

Write = Callable[..., Path]


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    other = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return other


def test_all_sheets_are_read_and_each_line_keeps_its_sheet_and_row(xlsx: Write) -> None:
    path = xlsx(
        {
            "Cameras": [["Camera register 2021"], [], ["Brand", "Model", "Qty"], ["Axis", "P3245", 12]],
            "Empty": [],
            "Readme": [["Prepared by the stores team"]],
            "Network": [["MAC Address", "IP"], ["00:40:8C:00:00:01", "10.0.0.1"]],
        }
    )
    reading = items.read(path)
    assert [str(item.place) for item in reading.items] == ["inventory.xlsx[Cameras]:4", "inventory.xlsx[Network]:2"]
    assert reading.items[0].quantity == "12"
    assert reading.items[1].mac == "00:40:8C:00:00:01"
    assert reading.inventory.columns == ("Brand", "Model", "Qty", "MAC Address", "IP")
    assert "sheet 'Empty' is empty and was skipped" in reading.inventory.notes
    assert "sheet 'Readme' was not read: no column could be understood" in reading.inventory.notes


def test_cells_read_as_the_spreadsheet_shows_them(xlsx: Write) -> None:
    row = [
        "Axis",
        4006381333931,
        0.1 + 0.2,
        date(2021, 10, 25),
        datetime.fromisoformat("2021-10-25T14:05"),
        True,
        None,
        1e21,
    ]
    (item,) = items.read(xlsx({"A": [["Brand", "EAN", "C", "D", "E", "F", "G", "H"], row]})).items
    assert list(item.raw.values()) == [
        *("Axis", "4006381333931", "0.3", "2021-10-25", "2021-10-25 14:05:00", "TRUE", "", "1000000000000000000000"),
    ]


def test_merged_titles_and_a_table_away_from_the_corner_are_no_obstacle(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["C3"] = "Asset register of the depot"
    sheet.merge_cells("C3:F3")
    for column, heading in zip("CDEF", ("Make", "Model", "Location", "Serial"), strict=True):
        sheet[f"{column}6"] = heading
        sheet[f"{column}7"] = heading.upper()
    book.save(tmp_path / "offset.xlsx")
    (item,) = items.read(tmp_path / "offset.xlsx").items
    assert (item.brand, item.model, item.site, item.place.row) == ("MAKE", "MODEL", "LOCATION", 7)


def test_a_workbook_named_csv_is_read_as_what_it_is(xlsx: Write) -> None:
    reading = items.read(xlsx({"A": [["Brand"], ["Axis"]]}, name="inventory.csv"))
    assert reading.items[0].brand == "Axis"
    assert reading.inventory.notes == ("the name ends in .csv, the content is an .xlsx workbook",)


def test_old_and_open_workbooks_are_read(
    xls: Callable[[list[list[str]]], Path], ods: Callable[[list[list[str]]], Path]
) -> None:
    rows = [["Brand", "Model"], ["Axis", "P3245"]]
    for path in (xls(rows), ods(rows)):
        (item,) = items.read(path).items
        assert (item.brand, item.model, item.place.sheet, item.place.row) == ("Axis", "P3245", "Stock", 2)


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.csv"])
def test_a_workbook_with_a_password_says_so(xlsx: Write, tmp_path: Path, name: str) -> None:
    plain = xlsx({"A": [["Brand"], ["Axis"]]})
    locked = tmp_path / name
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    with pytest.raises(InputError) as refused:
        items.read(locked)
    assert refused.value.what == "the workbook is protected by a password"
    assert "without a password" in refused.value.hint


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_cut_workbook_says_that_it_is_damaged(xlsx: Write, keep: float) -> None:
    path = xlsx({"A": [["Brand"], ["Axis"]]})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(InputError, match="the workbook is damaged"):
        items.read(path)


def test_a_workbook_whose_inside_is_garbled_says_that_it_is_damaged(xlsx: Write) -> None:
    path = xlsx({"A": [["Brand"], ["Axis"]]})
    changed = rewritten(path, lambda part, body: b"\x00garbage" if part.endswith("workbook.xml") else body)
    with pytest.raises(InputError, match="the workbook is damaged"):
        items.read(changed)


def test_a_workbook_of_headings_only_is_no_input(xlsx: Write) -> None:
    with pytest.raises(NoInputError, match="a header and no line"):
        items.read(xlsx({"A": [["Brand", "Model"]], "B": []}))


def test_a_workbook_of_empty_sheets_is_no_input(xlsx: Write) -> None:
    with pytest.raises(NoInputError, match="holds no line"):
        items.read(xlsx({"A": []}))


def test_two_cells_far_apart_do_not_fill_the_memory(xlsx: Write) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = xlsx({"A": [["Brand"], ["Axis"]]})
    with pytest.raises(InputError, match="spans 1,048,576 rows and 16,384 columns"):
        items.read(rewritten(path, lambda _, body: body.replace(b"</sheetData>", far)))


def test_formats_far_from_the_table_are_no_cells(xlsx: Write) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = xlsx({"A": [["Brand"], ["Axis"]]})
    assert len(items.read(rewritten(path, lambda _, body: body.replace(b"</sheetData>", far))).items) == 1


def test_repeated_cells_of_an_open_workbook_are_counted(ods: Callable[[list[list[str]], str], Path]) -> None:
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"'
        ' table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    with pytest.raises(InputError, match="too many to read"):
        items.read(ods([["Brand"], ["Axis"]], bomb))


@pytest.mark.parametrize("declared", [None, 10])
def test_a_workbook_that_unpacks_to_too_much_is_refused_whatever_it_declares(
    xlsx: Write, monkeypatch: pytest.MonkeyPatch, declared: int | None
) -> None:
    monkeypatch.setattr(limits, "UNZIPPED", 1 << 20)
    path = rewritten(
        xlsx({"A": [["Brand"], ["Axis"]]}),
        lambda part, body: body + b" " * (2 << 20) if part.endswith("sheet1.xml") else body,
    )
    if declared:
        whole = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
        path.write_bytes(whole.replace(real.to_bytes(4, "little"), declared.to_bytes(4, "little")))
    with pytest.raises(InputError, match="unpacks to more than"):
        items.read(path)
