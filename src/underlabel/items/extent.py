"""How much a workbook holds, before it is opened: its reader allocates all it unpacks, and the whole rectangle."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

from underlabel.items import limits
from underlabel.items.kinds import damaged
from underlabel.model import InputError

_CHUNK: Final = 1 << 16
_LOCAL: Final = struct.Struct("<26xHH")
_HINT: Final = "delete stray cells far from the table and unused sheets, or export each sheet as CSV"


def check(path: Path) -> None:
    """Pass a workbook that unpacks to, and spans, no more than `limits` allow.

    Declared sizes are not believed: every part is unpacked and counted. Errors: `InputError`.
    """
    left = limits.UNZIPPED
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
            for part in archive.infolist():
                extent = _Extent(path) if part.filename.endswith(".xml") else None
                for chunk in _unpacked(stream, part):
                    left -= len(chunk)
                    if left < 0:
                        raise InputError("the workbook unpacks to more than 1 GiB", where=str(path), hint=_HINT)
                    if extent:
                        extent.feed(chunk)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError) as error:
        raise damaged(path) from error


def _unpacked(stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.flag_bits & 1:
        raise InputError(
            f"'{part.filename}' in the workbook is protected by a password",
            where=stream.name,
            hint="save it without a password",
        )
    stream.seek(part.header_offset)
    name, extra = _LOCAL.unpack(stream.read(_LOCAL.size))
    stream.seek(name + extra, 1)
    left = part.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and part.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError(part.compress_type)
    while left > 0 and (packed := stream.read(min(left, _CHUNK))):
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        while packed:
            yield inflate.decompress(packed, _CHUNK)
            packed = inflate.unconsumed_tail


class _Extent:
    """The rectangle that the filled cells of one sheet span, counted as its XML goes by."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._row = self._column = 0
        self._last_row = self._last_column = 0
        self._repeat = self._row_repeat = 1
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._broken = False

    def feed(self, chunk: bytes) -> None:
        if self._broken:
            return
        try:
            self._parser.Parse(chunk, False)  # noqa: FBT003 - the parser takes no keyword
        except expat.ExpatError:
            self._broken = True  # the reader of workbooks reports broken XML itself

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "c":
            self._column, row = _position(attributes.get("r", ""), self._column + 1, self._row)
            self._row = max(self._row, row)
        elif name in {"v", "is"}:
            self._filled(self._row, self._column)
        elif name == "row":
            self._row, self._column = int(attributes.get("r", "") or self._row + 1), 0
        elif name == "table-row":
            self._row += self._row_repeat
            self._row_repeat, self._column, self._repeat = _repeated(attributes, "rows"), 0, 1
        elif name in {"table-cell", "covered-table-cell"}:
            self._repeat = _repeated(attributes, "columns")
            self._column += self._repeat
            if any(each.endswith(" value-type") for each in attributes):
                self._filled(self._row + self._row_repeat, self._column)
        elif name == "table":
            self._row = self._column = self._last_row = self._last_column = 0
            self._row_repeat = 1

    def _filled(self, row: int, column: int) -> None:
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)
        if self._last_row * self._last_column > limits.CELLS or self._last_row > limits.ROWS:
            raise InputError(
                f"a sheet spans {self._last_row:,} rows and {self._last_column:,} columns: too many to read",
                where=str(self._path),
                hint=_HINT,
            )


def _position(reference: str, column: int, row: int) -> tuple[int, int]:
    """Column and row of "XFD1048576"; those given where there is no reference."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or not digits:
        return column, row
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(digits)


def _repeated(attributes: dict[str, str], what: str) -> int:
    text = next((value for name, value in attributes.items() if name.endswith(f" number-{what}-repeated")), "1")
    return int(text) if text.isdecimal() else 1
