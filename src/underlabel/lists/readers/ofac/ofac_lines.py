"""Lines of OFAC's CSV files: no header, `-0- ` for nothing, a lone 0x1A as the last line."""

from __future__ import annotations

import csv
import re
from typing import Final

import msgspec

from underlabel.lists.gather import Gather, Tally
from underlabel.lists.readers.ofac.ofac_text import decode

_NULL: Final = re.compile(r"-0-?\s*")
_TERMINATOR: Final = "\x1a"
_PRIVATE: Final = re.compile(r"\b(?:DOB|POB|Passport|National ID|Cedula|SSN)\b.*")


class Record(msgspec.Struct, frozen=True):
    """One record: its fields, empty for `-0- `, and where it stands.

    The last field keeps its spaces: it may be cut at one, and go on elsewhere.
    """

    fields: tuple[str, ...]
    file: str
    line: int
    raw: str

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
    # Not splitlines: of the ends of line it knows, some stand inside a cell.
    for number, full in enumerate(decode(content, file).split("\n"), 1):
        line = full.removesuffix("\r")
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
        widths[len(fields)] = widths.get(len(fields), 0) + 1
        what = f"{len(fields)} columns where {width} belong" if fields else "the quotes do not match"
        hint = "if it is the last line, the file was cut off"
        gather.reject(what, where=f"{file}:{number}", hint=hint, raw=_PRIVATE.sub("…", line))
    if not terminators:
        hint = "it may be cut off, so what is not in it may still be listed: fetch it again"
        gather.reject("the file lacks its last line, a lone 0x1A", where=file, hint=hint)
    return Lines(file, tuple(records), terminators, rejected, widths)


def _fields(line: str) -> tuple[str, ...]:
    try:
        row = next(csv.reader([line], strict=True))
    except csv.Error:
        return ()
    last = len(row) - 1
    return tuple(
        "" if _NULL.fullmatch(field) else field if at == last else field.strip() for at, field in enumerate(row)
    )
