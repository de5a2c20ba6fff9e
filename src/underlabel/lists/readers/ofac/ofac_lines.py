"""Lines of OFAC's CSV files: no header, `-0- ` for nothing, a lone 0x1A as the last line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from underlabel.lists import lengths
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.readers.ofac.ofac_text import decode

_NULL: Final = re.compile(r"-0-?\s*")
_TERMINATOR: Final = "\x1a"
_NUMBER: Final = 8


class Record(msgspec.Struct, frozen=True):
    """One record: its fields, empty for `-0- `, and where it stands.

    The last field keeps its spaces: it may be cut at one, and go on elsewhere.
    """

    fields: tuple[str, ...]
    file: str
    line: int

    @property
    def where(self) -> str:
        """The place, as errors print it."""
        return f"{self.file}:{self.line}"


class Lines(msgspec.Struct, frozen=True):
    """The records of one file, and how many lines were something else; `widths` counts the columns of those."""

    file: str
    records: tuple[Record, ...]
    terminators: int
    rejected: int
    widths: dict[int, int] = {}

    def tally(self, *, parties: int = 0, parts: int = 0, rejected: int = 0) -> Tally:
        """The account of this file; `rejected` counts the lines and records refused."""
        total = len(self.records) + self.terminators + self.rejected
        return Tally(
            file=self.file,
            records=total,
            parties=parties,
            parts=parts,
            terminators=self.terminators,
            rejected=rejected,
        )


def read(content: bytes, file: str, width: int, gather: Gather) -> Lines:
    """The records of a file of `width` columns; each stands on a line of its own.

    A line that is not one record of that width is a `Rejected`, and spoils no other line. A file without
    its terminator is told of: it may have been cut off where a line ends. Errors: `InputError` for a file
    in a wrong encoding.
    """
    records: list[Record] = []
    widths: dict[int, int] = {}
    terminators = rejected = 0
    for number, line in _lines(decode(content, file)):
        if not line.strip(" \t"):
            continue
        if line.strip() == _TERMINATOR:
            terminators += 1
            continue
        fields = _fields(line)
        if len(fields) == width:
            records.append(Record(fields, file, number))
            lengths.count(len(records), file)
            continue
        rejected += 1
        widths[len(fields)] = widths.get(len(fields), 0) + 1
        what = f"{len(fields)} columns where {width} belong" if fields else "the quotes do not match"
        hint = "if it is the last line, the file was cut off"
        # Of the words of a broken line nobody knows which are a person's: only a number at its begin is told.
        gather.reject(what, where=f"{file}:{number}", hint=hint, raw=line[:_NUMBER].partition(",")[0])
    if not terminators:
        hint = "it may be cut off, so what is not in it may still be listed: fetch it again"
        gather.reject("the file lacks its last line, a lone 0x1A", where=file, hint=hint)
    return Lines(file, tuple(records), terminators, rejected, widths)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers. Not splitlines: of the ends of line it knows, some stand inside a cell."""
    number = start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        yield number, text[start:end].removesuffix("\r")
        start = end + 1


def _fields(line: str) -> tuple[str, ...]:
    try:
        row = next(csv.reader([line], strict=True)) if len(line) <= lengths.LINE else []
    except csv.Error:
        return ()
    last = len(row) - 1
    return tuple(
        "" if _NULL.fullmatch(field) else field if at == last else field.strip() for at, field in enumerate(row)
    )
