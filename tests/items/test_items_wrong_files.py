"""A wrong file is refused in words: what it is, where, and what to do."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from underlabel import items
from underlabel.items import limits
from underlabel.model import InputError, NoInputError

Write = Callable[..., Path]

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PNG, "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a JPEG image"),
        (b"BM" + bytes(40), "a BMP image"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"<!DOCTYPE html><html><table></table></html>", "a web page"),
        (b'<?xml version="1.0"?><nmaprun/>', "XML"),
        (b"PK\x05\x06" + bytes(18), "an empty zip archive"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "inventory.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        items.read(path)
    assert refused.value.what == f"this is {words}, not an inventory"
    assert refused.value.where == str(path)
    assert refused.value.hint == "export it as CSV (UTF-8) or .xlsx and give that file"


def test_nul_bytes_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    path.write_bytes(b"\x01\x02brand\x00\x00\x00,model\x00\n")
    with pytest.raises(InputError, match="NUL bytes"):
        items.read(path)


def test_a_nul_byte_further_down_costs_its_row(tmp_path: Path) -> None:
    path = tmp_path / "inventory.csv"
    path.write_bytes(b"Brand,Model\n" + b"Axis,P3245\n" * 9000 + b"Bo\x00sch,NBN\nHanwha,PNM\n")
    reading = items.read(path)
    assert len(reading.items) == 9001
    assert [each.where for each in reading.rejected] == ["inventory.csv:9002:1"]


def test_a_file_that_is_not_there_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(NoInputError, match="there is no such file"):
        items.read(tmp_path / "missing.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoInputError, match="is a folder"):
        items.read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", gzip.compress(b"")])
def test_an_empty_file_is_no_input(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "inventory.csv"
    path.write_bytes(content)
    with pytest.raises(NoInputError, match="the file is empty"):
        items.read(path)


def test_a_header_alone_is_no_input(text: Write) -> None:
    with pytest.raises(NoInputError, match="there is a header and no line"):
        items.read(text("Brand,Model,MAC,Type\n"))


def test_a_zip_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "inventory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "Brand\nAxis\n")
    with pytest.raises(InputError, match="this is a zip archive"):
        items.read(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive at all", b"PK\x03\x04" + bytes(500)])
def test_a_damaged_archive_named_xlsx_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "inventory.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="the workbook is damaged"):
        items.read(path)


def test_an_old_office_file_that_is_no_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "inventory.xls"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    with pytest.raises(InputError, match="the workbook is damaged"):
        items.read(path)


def test_a_cell_of_more_than_a_mebibyte_is_refused(text: Write) -> None:
    with pytest.raises(InputError, match=r"row 2 holds a cell of more than 1,048,576 characters"):
        items.read(text(f"Brand,Model\nAxis,{'x' * (limits.CELL + 1)}\n"))


def test_a_line_of_more_than_ten_mebibytes_is_refused(text: Write) -> None:
    with pytest.raises(InputError, match="line 2 is longer than"):
        items.read(text(f"Brand,Model\n{'x,' * (limits.LINE // 2 + 1)}\n"))


def test_a_small_gzip_file_of_one_endless_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"x" * (64 << 20)))
    with pytest.raises(InputError, match="is longer than"):
        items.read(path)


def test_a_row_wider_than_any_spreadsheet_is_refused(text: Write) -> None:
    with pytest.raises(InputError, match="more than a spreadsheet can hold"):
        items.read(text(f"Brand{',x' * 200_000}\nAxis\n"))


def test_too_many_lines_are_refused(text: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 100)
    with pytest.raises(InputError, match="more than 100 lines"):
        items.read(text("Brand\n" + "Axis\n" * 100))


def test_quotes_made_to_be_read_again_and_again_are_refused(text: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RETRIES", 10_000)
    with pytest.raises(InputError, match="quotes are broken all over the file"):
        items.read(text("Brand,Model,Qty\n" + 'x",y,"z\n' * 2000))
