"""Delimited text: encodings, delimiters, quotes, rows that break."""

from __future__ import annotations

import csv
import gzip
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import items
from underlabel.model import InputError

Write = Callable[..., Path]

SIMPLE = "Brand,Model\nAxis,P3245\nCafé Vision,Ü-1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_encoding_makes_no_difference(text: Write, encoding: str) -> None:
    wide = "Brand,Model\nAxis,P3245\nCafé Vision,Ü-1\n"
    reading = items.read(text(wide, encoding=encoding))
    assert [(item.brand, item.model) for item in reading.items] == [("Axis", "P3245"), ("Café Vision", "Ü-1")]
    assert reading.inventory.notes == ()


def test_windows_1252_is_read_line_by_line_and_said(fixtures: Path) -> None:
    reading = items.read(fixtures / "spending_windows_1252.csv")
    names = [item.named("supplier")[0].name for item in reading.items]
    assert names == ["Café René Ltd", "Plain Ltd", "Пример Ltd"]
    assert reading.inventory.notes == ("1 line is not UTF-8 and read as Windows-1252: check accented letters",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(text: Write, delimiter: str, ending: str) -> None:
    rows = [["Supplier", "Amount", "Description"], ["Smith, Jones & Co", "1,200", "Dome"], ["Vale; Ltd", "2,5", "Lamp"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    reading = items.read(text(out.getvalue()))
    assert [list(item.raw.values()) for item in reading.items] == rows[1:]
    assert [item.place.row for item in reading.items] == [2, 3]


def test_a_delimiter_declared_for_spreadsheets_is_taken(text: Write) -> None:
    (item,) = items.read(text("sep=;\nBrand;Model\nAxis;P3245\n")).items
    assert (item.brand, item.place.row) == ("Axis", 3)


def test_a_gzipped_file_is_read_directly(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv.gz"
    path.write_bytes(gzip.compress(SIMPLE.encode()))
    assert len(items.read(path).items) == 2


def test_a_header_may_stand_below_title_rows_and_blank_rows(fixtures: Path) -> None:
    reading = items.read(fixtures / "payments_header_row_10.csv")
    assert reading.inventory.meanings == {
        "Body": "purchaser",
        "Supplier Name": "supplier",
        "Invoice Nett Amount": "value",
        "Subj Description": "text",
    }
    assert [item.place.row for item in reading.items] == [11, 12, 13, 14, 16]
    assert reading.items[3].raw["Subj Description"] == ""
    assert reading.items[2].value == "12,000.00"


def test_a_pivot_export_has_its_header_below_the_name_of_its_sum(fixtures: Path) -> None:
    reading = items.read(fixtures / "payments_pivot.csv")
    assert reading.inventory.meanings == {"Supplier Name": "supplier", "Total": "value"}
    assert (len(reading.items), len(reading.rejected)) == (2, 1)


def test_text_columns_of_a_ledger_are_told_from_its_codes(fixtures: Path) -> None:
    reading = items.read(fixtures / "ledger_text_columns.csv")
    assert reading.inventory.meanings == {"Cipfsubs(T)": "text", "Supplier ID(T)": "supplier", "Amount": "value"}


def test_a_row_with_too_many_cells_is_set_aside_and_reading_goes_on(text: Write) -> None:
    reading = items.read(text("Brand,Model\nAxis,P3245\nBosch,NBN,50022\nHanwha,PNM\nSony,X,,\n"))
    assert [item.brand for item in reading.items] == ["Axis", "Hanwha", "Sony"]
    (refused,) = reading.rejected
    assert refused.where == "inventory.csv:3:3"
    assert refused.reason == "the row has 3 cells, the header 2"
    assert refused.raw == "Bosch | NBN | 50022"
    assert refused.hint


@pytest.mark.parametrize(
    ("broken", "column"),
    [('Bosch,"NBN 50022', 2), ('"Bosch" GmbH,NBN', 1), ('Bosch,"2.8" lens"', 2)],
)
def test_a_broken_quote_costs_one_row_only(text: Write, broken: str, column: int) -> None:
    reading = items.read(text(f'Brand,Model\nAxis,P3245\n{broken}\nHanwha,PNM\n"Sony","X"\n'))
    assert [(item.brand, item.place.row) for item in reading.items] == [("Axis", 2), ("Hanwha", 4), ("Sony", 5)]
    (refused,) = reading.rejected
    assert refused.where == f"inventory.csv:3:{column}"
    assert refused.reason == "a quote is broken: the row was not read"


def test_inch_marks_are_no_quotes(text: Write) -> None:
    (item,) = items.read(text('Description,Qty\n2.8" lens for dome,4\n')).items
    assert item.text == '2.8" lens for dome'


def test_a_cell_over_several_lines_counts_its_first_line(text: Write) -> None:
    reading = items.read(text('Brand,Note\nAxis,"one\ntwo\nthree"\nBosch,x\n'))
    assert [(item.place.row, item.raw["Note"]) for item in reading.items] == [(2, "one\ntwo\nthree"), (5, "x")]


def test_text_that_is_a_workbook_by_name_is_read_as_text_and_said(text: Write) -> None:
    reading = items.read(text(SIMPLE, name="inventory.xlsx"))
    assert len(reading.items) == 2
    assert reading.inventory.notes == ("the name ends in .xlsx, the content is delimited text",)


def test_a_damaged_gzip_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv.gz"
    body = "".join(f"Axis,{number * 7919 % 100_003}\n" for number in range(60_000))
    path.write_bytes(gzip.compress(f"Brand,Model\n{body}".encode())[:-3000])
    with pytest.raises(InputError, match="the file is damaged after row"):
        items.read(path)


cell = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(cell, min_size=2, max_size=2), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_is_in_a_table_comes_back_in_the_users_row(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    table = [["Brand", "Description", "Note", "Ref"], *([f"b{n}", "Dome", *row] for n, row in enumerate(rows))]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        reading = items.read(path)
    assert [list(item.raw.values()) for item in reading.items] == table[1:]
    assert reading.rejected == ()
