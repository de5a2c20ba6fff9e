"""CSV with a header, as lists publish it: columns are found by name, and a broken row spoils no other."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from underlabel.lists import lengths
from underlabel.lists.gather import Gather, Tally
from underlabel.model import InputError

_PLAIN: Final = re.compile(r"[^0-9a-z]+")
_BEFORE: Final = 3
"""The most lines that may stand before a header."""
_SHOWN: Final = 120
_STEP: Final = 1024 * 1024


class Row(NamedTuple):
    """One row: the line it begins on and its cells, as many as the header has."""

    line: int
    cells: list[str]


class Sheet:
    """The rows of one file; a column is asked for by its name, whatever its case and punctuation."""

    def __init__(self, file: str, header: list[str], preamble: tuple[str, ...]) -> None:
        """Begin with a header and no rows; `preamble` is the text of the lines before the header."""
        self.file = file
        self.width = len(header)
        self.preamble = preamble
        self.rows: list[Row] = []
        self.rejected = 0
        self._at = {plain(name): at for at, name in enumerate(header)}

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return plain(column) in self._at

    def want(self, columns: tuple[str, ...], gather: Gather) -> None:
        """Tell of columns that are missing, though the list has them: what they say of every entry is lost."""
        missing = [column for column in columns if not self.has(column)]
        if missing:
            what = f"the columns {', '.join(missing)} are missing"
            gather.lose(what, where=f"{self.file}:1", hint="if they were renamed, this reader must learn their names")

    def cell(self, row: Row, column: str) -> str:
        """The text of a cell, its whitespace made single; empty where there is no such column."""
        at = self._at.get(plain(column))
        return "" if at is None else " ".join(row.cells[at].split())

    def where(self, row: Row) -> str:
        """The place of a row, as errors print it."""
        return f"{self.file}:{row.line}"

    def tally(self, *, parties: int = 0, parts: int = 0, rejected: int = 0) -> Tally:
        """The account of this file; `rejected` counts the rows refused beyond those that were no rows."""
        return Tally(
            file=self.file,
            records=len(self.rows) + self.rejected,
            parties=parties,
            parts=parts,
            rejected=rejected + self.rejected,
        )


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """A column's name without case, blanks and punctuation: "Nationality(/ies)" is "nationalityies"."""
    return _PLAIN.sub("", name.casefold())


def check_utf8(content: bytes, file: str) -> None:
    """Nothing, for a file that is UTF-8, as its publisher says. Errors: `InputError`, with the line, for any other."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _STEP):  # by steps: the whole text would stand in memory beside the bytes
        try:
            decoder.decode(content[start : start + _STEP], final=start + _STEP >= len(content))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, start + error.start) + 1
            raise InputError(
                f"the text is not UTF-8: byte {error.object[error.start]:#04x}",
                where=f"{file}:{line}",
                hint="give the file as it was published, not as a spreadsheet saved it",
            ) from error


def decoded(content: bytes, file: str) -> str:
    """The text of a file that is UTF-8 by its publisher's word. Errors: `InputError` for any other encoding."""
    check_utf8(content, file)
    return content.decode("utf-8-sig")


def read(content: bytes, file: str, wanted: tuple[str, ...], gather: Gather, delimiter: str = ",") -> Sheet:
    """Read a CSV file in UTF-8 whose header holds the `wanted` columns, among its first lines.

    A cell may run over lines. Blank lines are no rows; a row with another number of cells than the header,
    or with quotes that do not match, is a `Rejected`, told without its words, as nobody knows which of them are
    a person's. A file whose last row is no row, or has no end of line, was cut off. Errors: `InputError` for
    another encoding, for a header without the wanted columns, for a file that ends inside a cell, as then nobody
    can tell how many rows that cell swallowed, and for more rows than any list has.
    """
    check_utf8(content, file)
    found = records(content, file, delimiter)
    sheet = _headed(found, file, wanted)
    whole = True
    for line, cells, fault in found:
        whole = not fault and len(cells) == sheet.width
        if whole:
            sheet.rows.append(Row(line, cells))
            lengths.count(len(sheet.rows), file)
            continue
        sheet.rejected += 1
        gather.reject(
            fault or f"{len(cells)} columns where {sheet.width} belong",
            where=f"{file}:{line}",
            hint="if it is the last line, the file was cut off",
        )
    if not whole:
        gather.lose("the last row is broken: the file may be cut off there", where=file)
    elif not content.endswith((b"\n", b"\r")):
        gather.lose("the last line has no end: the file may be cut off there", where=file)
    return sheet


def records(content: bytes, file: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """The records of a file that are not blank: the line each begins on, its cells, and what is wrong with it.

    Errors: `InputError` for a file that ends inside a cell.
    """
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline="")
    reader = csv.reader(_lines(text, file), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "unexpected end" in str(error) or "field limit" in str(error):
                raise InputError(
                    "a quoted cell that begins in this row has no end",
                    where=f"{file}:{line}",
                    hint="the file was cut off or edited: fetch it again",
                ) from error
            yield line, [], f"the quotes do not match: {error}"
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells, ""


def _lines(text: io.TextIOWrapper, file: str) -> Iterator[str]:
    while line := text.readline(lengths.LINE):
        if len(line) == lengths.LINE:
            raise InputError(f"a line is longer than {lengths.LINE} letters", where=file, hint="is this a list?")
        yield line


def _headed(found: Iterator[tuple[int, list[str], str]], file: str, wanted: tuple[str, ...]) -> Sheet:
    before: list[str] = []
    for _, cells, _ in found:
        names = {plain(name) for name in cells}
        if all(plain(name) in names for name in wanted):
            return Sheet(file, cells, tuple(before))
        before.append(", ".join(cell.strip() for cell in cells if cell.strip()))
        if len(before) == _BEFORE:
            break
    raise InputError(
        f"no header with the columns {', '.join(wanted)}; the file begins: {' / '.join(before)[:_SHOWN]}",
        where=f"{file}:1",
        hint="is this the list's own file? if its columns were renamed, this reader must learn them",
    )
