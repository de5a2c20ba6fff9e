"""Our own tables: comma-separated, a header, one fact a row; and where each cell stands."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from underlabel.model import InputError, NoInputError

_RAW_LENGTH: Final = 200

Read = TypeVar("Read")


class Row(msgspec.Struct, frozen=True):
    """One row: where it stands ("file:row", rows counted from 1 with the header), its cells, and the cells as read."""

    file: str
    line: int
    cells: dict[str, str]
    raw: str
    fault: str = ""

    def __getitem__(self, column: str) -> str:
        """The cell, without blanks around it; a column the table lacks is empty."""
        return self.cells.get(column, "")

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds several, divided by |."""
        return tuple(part.strip() for part in self[column].split("|") if part.strip())

    def where(self, column: str = "") -> str:
        """The place as "file:row" or "file:row:column"."""
        return f"{self.file}:{self.line}" + (f":{column}" if column else "")

    def wrong(self, column: str, what: str, hint: str) -> InputError:
        """The error for a cell, to raise."""
        return InputError(what, where=self.where(column), hint=hint)

    def need(self, column: str, hint: str) -> str:
        """The cell. Errors: `InputError` where it is empty."""
        if not self[column]:
            raise self.wrong(column, f"the {column} is missing", hint)
        return self[column]

    def take(self, column: str, parse: Callable[[str], Read]) -> Read:
        """The cell as `parse` reads it; its `InputError` gets the place."""
        try:
            return parse(self[column])
        except InputError as error:
            raise self.wrong(column, error.what, error.hint) from error


class Table(msgspec.Struct, frozen=True):
    """A table as read: its columns, its rows and the SHA-256 of its bytes."""

    file: str
    version: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read a table whole.

    Errors: `NoInputError` where there is no file or nothing in it, `InputError` where it is no
    UTF-8 text or no table. A row with too many cells, or a quote left open, carries its `fault`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NoInputError(
            f"the table cannot be read: {error.strerror or error}", where=str(path), hint="check the path"
        ) from error
    if not data.strip():
        raise NoInputError("the table is empty", where=str(path), hint="the first line names the columns")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("this is not UTF-8 text", where=str(path), hint="save the table as CSV in UTF-8") from error
    columns, rows = _parse(path.name, text)
    return Table(path.name, hashlib.sha256(data).hexdigest(), columns, rows)


def _parse(file: str, text: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return columns, tuple(rows)
        except csv.Error as error:
            rows.append(Row(file, reader.line_num, {}, "", f"this is no row of a table: {error}"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if columns:
            rows.append(_row(file, reader.line_num, columns, cells))
        else:
            columns = tuple(cell.strip() for cell in cells)


def _row(file: str, line: int, columns: tuple[str, ...], cells: list[str]) -> Row:
    raw = ",".join(cells)[:_RAW_LENGTH]
    named = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    fault = f"{len(cells)} cells where the header names {len(columns)}" if len(cells) != len(columns) else ""
    return Row(file, line, named, raw, fault)
