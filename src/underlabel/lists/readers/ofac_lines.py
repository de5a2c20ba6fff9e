"""Lines of OFAC's CSV files: no header, `-0- ` for nothing, a lone 0x1A as the last line."""

from __future__ import annotations

import csv
import re
from typing import Final

import msgspec

from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import text

_NULL: Final = re.compile(r"-0-?\s*")
_TERMINATOR: Final = "\x1a"


class Record(msgspec.Struct, frozen=True):
    """One record: its fields, empty for `-0- `, and where it stands."""

    fields: tuple[str, ...]
    file: str
    line: int
    raw: str

    @property
    def where(self) -> str:
        """The place, as errors print it."""
        return f"{self.file}:{self.line}"


class Lines(msgspec.Struct, frozen=True):
    """The records of one file, and how many lines were something else."""

    file: str
    records: tuple[Record, ...]
    terminators: int
    rejected: int

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

    A line that is not one record of that width is a `Rejected`, and spoils no other line. A file
    may have lost its last characters (`-0` for `-0- `) or its terminator.
    """
    records: list[Record] = []
    terminators = rejected = 0
    lines = [line.removesuffix("\r") for line in text(content).split("\n")]
    for number, line in enumerate(lines, 1):
        if not line.strip(" \t"):
            continue
        if line.strip() == _TERMINATOR:
            terminators += 1
            continue
        fields = _fields(line)
        if len(fields) == width:
            records.append(Record(fields, file, number, line))
            continue
        rejected += 1
        what = f"{len(fields)} columns where {width} belong" if fields else "the quotes do not match"
        hint = "if it is the last line, the file was cut off"
        gather.reject(what, where=f"{file}:{number}", hint=hint, raw=line)
    return Lines(file, tuple(records), terminators, rejected)


def _fields(line: str) -> tuple[str, ...]:
    try:
        row = next(csv.reader([line], strict=True))
    except csv.Error:
        return ()
    return tuple("" if _NULL.fullmatch(field) else field.strip() for field in row)
