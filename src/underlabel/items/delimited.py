"""Delimited text: any of the usual delimiters and encodings, line by line, broken rows set aside."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from underlabel.items import limits
from underlabel.items.headings import understood
from underlabel.items.table import Broken, Row
from underlabel.model import InputError

# The csv module has one limit per process, 128 KiB by default: ours is higher, and never lowered.
csv.field_size_limit(max(csv.field_size_limit(), limits.CELL))

_DELIMITERS: Final = ",;\t|"
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
_DECLARED: Final = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
_QUOTE_HINT: Final = 'close the quote, and write a quote inside a quoted cell twice ("")'


class Delimited:
    """A text file as a table. Errors while reading: `InputError` where a limit of `limits` is passed."""

    sheet = ""
    columns: tuple[str, ...] = ()

    def __init__(self, path: Path, encoding: str, *, packed: bool) -> None:
        self._path = path
        self._encoding = encoding
        self._packed = packed
        self._mended = 0
        self._delimiter = self._sniffed()

    def rows(self) -> Iterator[Row | Broken]:
        """Rows by the number of their first line; a row whose quotes do not close gives way to the next line."""
        with self._stream() as stream:
            feed = Feed(stream, self._path)
            reader = csv.reader(feed, delimiter=self._delimiter, strict=True)
            number = 1
            try:
                while True:
                    feed.begin()
                    try:
                        cells = next(reader)
                    except StopIteration:
                        break
                    except csv.Error:
                        first = feed.retreat()
                        yield self._broken(number, first)
                        number += 1
                        continue
                    declared = number == 1 and _DECLARED.fullmatch(feed.taken[0])
                    yield Row(number, [] if declared else cells)
                    number += len(feed.taken)
            except (UnicodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise InputError(
                    f"the file is damaged after row {number}: {error}",
                    where=f"{self._path}:{number}",
                    hint="fetch it again, or save it as CSV (UTF-8)",
                ) from error
            self._mended = feed.mended

    def notes(self) -> tuple[str, ...]:
        """Which lines were not UTF-8, once the rows were read."""
        if not self._mended:
            return ()
        lines = "1 line is" if self._mended == 1 else f"{self._mended} lines are"
        return (f"{lines} not UTF-8 and read as Windows-1252: check accented letters",)

    def _stream(self) -> io.TextIOWrapper:
        raw = gzip.open(self._path) if self._packed else self._path.open("rb")  # noqa: SIM115 - the wrapper closes it
        mending = "surrogateescape" if self._encoding == "utf-8-sig" else "strict"
        return io.TextIOWrapper(raw, encoding=self._encoding, errors=mending, newline="")

    def _sniffed(self) -> str:
        with self._stream() as stream:
            try:
                lines = list(islice(Feed(stream, self._path), limits.HEAD))
            except (UnicodeError, EOFError, zlib.error, gzip.BadGzipFile):
                return ","  # rows() meets the same damage and says where
        declared = _DECLARED.fullmatch(lines[0]) if lines else None
        return declared[1] if declared else max(_DELIMITERS, key=lambda each: _fit(lines, each))

    def _broken(self, number: int, line: str) -> Broken:
        if len(line) > limits.CELL:
            raise InputError(
                f"row {number} holds a cell of more than {limits.CELL:,} characters",
                where=f"{self._path}:{number}",
                hint="a quote may be open, or this is no table: look at the row",
            )
        column = _open_quote(line, self._delimiter)
        return Broken(number, column, "a quote is broken: the row was not read", _QUOTE_HINT, line.rstrip("\r\n"))


class Feed:
    """Lines for the csv reader, with a way back to the line after the first when a record breaks."""

    def __init__(self, stream: io.TextIOWrapper, path: Path) -> None:
        """Read lines of a text; `path` is where errors say they are."""
        self._stream = stream
        self._path = path
        self._ahead: deque[str] = deque()
        self._size = 0
        self._read = 0
        self._retried = 0
        self.taken: list[str] = []
        self.mended = 0

    def __iter__(self) -> Iterator[str]:
        """The lines from here on."""
        return self

    def __next__(self) -> str:
        """The next line."""
        line = self._ahead.popleft() if self._ahead else self._next()
        self._size += len(line)
        if self.taken and self._size > limits.LINE:
            self._ahead.appendleft(line)
            raise csv.Error("a quote is open over too many lines")
        self.taken.append(line)
        return line

    def begin(self) -> None:
        """Start a record."""
        self.taken.clear()
        self._size = 0

    def retreat(self) -> str:
        """The record's first line; the lines after it will be read again."""
        first, *rest = self.taken
        self._retried += len(rest)
        if self._retried > limits.RETRIES:
            raise InputError(
                "quotes are broken all over the file", where=str(self._path), hint="save it again as CSV (UTF-8)"
            )
        self._ahead.extendleft(reversed(rest))
        return first

    def _next(self) -> str:
        line = self._stream.readline(limits.LINE + 1)
        if not line:
            raise StopIteration
        self._read += 1
        if len(line) > limits.LINE:
            raise InputError(
                f"line {self._read} is longer than {limits.LINE:,} characters",
                where=f"{self._path}:{self._read}",
                hint="this is no table, or its line ends are lost",
            )
        if self._read > limits.ROWS:
            raise InputError(
                f"the file has more than {limits.ROWS:,} lines",
                where=str(self._path),
                hint="split it and read each part",
            )
        if not line.isascii() and _NOT_UTF8.search(line):
            self.mended += 1
            return _mend(line)
        return line


def _mend(line: str) -> str:
    # Five bytes mean nothing in Windows-1252; Latin-1 keeps them as they are.
    raw = line.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _fit(lines: list[str], delimiter: str) -> tuple[int, int, int]:
    """How well a delimiter explains the first lines: headings understood, lines of one width, that width."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        rows = [row for row in reader if row]
    except csv.Error:
        rows = [line.split(delimiter) for line in lines]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0, 0
    width, agreeing = widths.most_common(1)[0]
    return max(understood(row) for row in rows), agreeing, width


def _open_quote(line: str, delimiter: str) -> int:
    """The column, from 1, of the last quoted cell that begins in a line."""
    column, found, start, quoted = 1, 1, True, False
    for mark in line:
        if quoted:
            quoted = mark != '"'
        elif mark == '"' and start:
            found, quoted = column, True
        elif mark == delimiter:
            column += 1
        start = mark == delimiter and not quoted
    return found
