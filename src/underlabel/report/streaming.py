"""Rows into CSV and workbooks as they come: none is held longer than it takes to write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, Final

import xlsxwriter

from underlabel.report.cells import harmless
from underlabel.report.words import printable

_ROWS: Final = 1_048_576
_CELL: Final = 32_767
_CUT: Final = "cut here: a sheet holds no more rows; write .csv or .jsonl for all"
_WIDE: Final = 24


class Sheet:
    """One sheet that grows row by row: texts only, a frozen bold header, no formula."""

    def __init__(self, book: Any, title: str, columns: Sequence[str]) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Add a sheet to a book, with its header."""
        self._sheet = book.add_worksheet(title)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, max(len(columns) - 1, 0), _WIDE)
        self._width = len(columns)
        self._row = 0
        self._write(columns, book.add_format({"bold": True, "bg_color": "#1c2530", "font_color": "#ffffff"}))

    def add(self, cells: Sequence[str]) -> None:
        """Add a row; beyond what a sheet can hold, its last row says so."""
        if self._row < _ROWS - 1:
            self._write(cells)
        elif self._row == _ROWS - 1:
            self._write((_CUT,))

    def close(self) -> None:
        """Give the rows a filter."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 0), max(self._width - 1, 0))

    def _write(self, cells: Sequence[str], look: Any = None) -> None:  # noqa: ANN401 - xlsxwriter has no types
        for at, cell in enumerate(cells):
            if cell:
                self._sheet.write_string(self._row, at, _cut(cell), look)
        self._row += 1


def workbook(out: IO[bytes]) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    """A workbook written to `out` as its rows come; close it at the end."""
    return xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def delimited(rows: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Iterator[str]:
    """Lines of CSV, every cell quoted: the user's cells of a row as they came, ours so that none is a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for theirs, ours in rows:
        writer.writerow((*theirs, *map(harmless, ours)))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def beside(columns: Sequence[str], ours: Sequence[str]) -> tuple[str, ...]:
    """Our column names; one that the user's table has already gets a number."""
    taken = set(columns)
    found = []
    for name in ours:
        free, count = name, 1
        while free in taken:
            count += 1
            free = f"{name} ({count})"
        taken.add(free)
        found.append(free)
    return tuple(found)


def _cut(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _CELL else f"{text[: _CELL - 6]} (cut)"
