"""Inventories made for a test."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

Cell = object


@pytest.fixture
def fixtures() -> Path:
    """The folder of our own small files."""
    return Path(__file__).parent / "fixtures"


@pytest.fixture
def text(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file."""

    def write(content: str, name: str = "inventory.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return path

    return write


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: sheets by name, each a list of rows."""

    def write(sheets: Mapping[str, Sequence[Sequence[Cell]]], name: str = "inventory.xlsx") -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def ods(tmp_path: Path) -> Callable[[Sequence[Sequence[str]], str], Path]:
    """Write an OpenDocument sheet; `extra` is XML after the rows."""

    def write(rows: Sequence[Sequence[str]], extra: str = "") -> Path:
        cells = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        spaces = "".join(
            f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
            for short in ("office", "table", "text")
        )
        content = (
            f'<?xml version="1.0"?><office:document-content{spaces} office:version="1.2"><office:body>'
            f'<office:spreadsheet><table:table table:name="Stock">{cells}{extra}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>"
        )
        manifest = (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        )
        path = tmp_path / "inventory.ods"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", manifest)
            archive.writestr("content.xml", content)
        return path

    return write


@pytest.fixture
def xls(tmp_path: Path) -> Callable[[Sequence[Sequence[str]]], Path]:
    """Write an Excel 97 workbook: BIFF8 records in an OLE2 file of one stream."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def write(rows: Sequence[Sequence[str]]) -> Path:
        end = record(0x0A, b"")
        begin = struct.pack("<HHHHII", 0x0600, 0x05, 0, 0, 0, 0)
        sheet = record(0x09, begin.replace(struct.pack("<H", 0x05), struct.pack("<H", 0x10), 1))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                letters = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                sheet += record(0x0204, struct.pack("<HHH", row, column, 0) + letters)
        sheet += end
        head = record(0x09, begin) + record(0x42, struct.pack("<H", 1200))
        bound = len(head) + 4 + 6 + 2 + len("Stock") + len(end)
        head += record(0x85, struct.pack("<IBB", bound, 0, 0) + bytes([5, 0]) + b"Stock") + end
        path = tmp_path / "inventory.xls"
        path.write_bytes(_ole2((head + sheet).ljust(4096, b"\0")))
        return path

    return write


def _ole2(stream: bytes) -> bytes:
    size = -(-len(stream) // 512)
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0)
    header = header.ljust(512, b"\xff")
    chain = [0xFFFFFFFD, end, *range(3, size + 2), end]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
        letters = name.encode("utf-16-le").ljust(64, b"\0")
        tail = struct.pack("<HBBIII36xIQ", 2 * len(name) + 2, kind, 1, free, free, child, start, length)
        return letters + tail

    folder = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    return header + table + folder.ljust(512, b"\0") + stream.ljust(size * 512, b"\0")
