"""Text that is no table: one name to a line, or one JSON object to a line, read as it comes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from underlabel.items import limits
from underlabel.items.delimited import Delimited, Feed
from underlabel.items.kinds import Kind
from underlabel.items.records import flat
from underlabel.items.table import Broken, Row
from underlabel.model import InputError

NAME = "name"
_DEEPEST = 3
_HINT = "write one JSON object per line"


class OneToALine(Delimited):
    """A text file each line of which is one cell: commas and quotes belong to the name."""

    columns = (NAME,)

    def rows(self) -> Iterator[Row | Broken]:
        """Every line, blank ones too."""
        with self._stream() as stream:
            feed = Feed(stream, self._path)
            number = 0
            try:
                for number, line in enumerate(feed, start=1):
                    feed.begin()
                    yield Row(number, [line.rstrip("\r\n")])
            except (UnicodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise InputError(
                    f"the file is damaged after line {number}: {error}",
                    where=f"{self._path}:{number}",
                    hint="fetch it again, or save it as text (UTF-8)",
                ) from error
            self._mended = feed.mended


class JsonLines:
    """JSON Lines as a table; the file is gone through twice, and never held. Its columns are all keys of its objects.

    Errors: `InputError` where a limit of `limits` is passed, or the text is damaged.
    """

    sheet = ""

    def __init__(self, path: Path, found: Kind) -> None:
        self._path = path
        self._found = found
        keys: dict[str, None] = {}
        for _, each in self._objects():
            if isinstance(each, dict):
                keys.update(dict.fromkeys(each))
        self.columns = tuple(keys)

    def rows(self) -> Iterator[Row | Broken]:
        """One row per object, numbered by its line."""
        for number, each in self._objects():
            if isinstance(each, Broken):
                yield each
            else:
                yield Row(number, [each.get(column, "") for column in self.columns])

    def notes(self) -> tuple[str, ...]:
        """Nothing: lines are read as they stand."""
        return ()

    def _objects(self) -> Iterator[tuple[int, dict[str, str] | Broken]]:
        number = 0
        try:
            with gzip.open(self._path) if self._found.packed else self._path.open("rb") as raw:
                # Line by line in its own encoding: JSON has no line end inside a string.
                wide = self._found.encoding.startswith(("utf-16", "utf-32"))
                lines = raw.read(limits.PIPE).decode(self._found.encoding).split("\n") if wide else _lines(raw)
                for number, line in enumerate(lines, start=1):
                    self._few(number, line)
                    if line.strip():
                        yield number, _object(number, line)
        except (UnicodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(
                f"the file is damaged: {error}", where=f"{self._path}:{number + 1}", hint="save it as UTF-8"
            ) from error

    def _few(self, number: int, line: str) -> None:
        if number > limits.ROWS or len(line) > limits.LINE:
            raise InputError(
                f"the file has more than {limits.ROWS:,} lines, or one longer than {limits.LINE:,} characters",
                where=f"{self._path}:{number}",
                hint="split it",
            )


def _lines(raw: Iterator[bytes]) -> Iterator[str]:
    read = raw.readline  # type: ignore[attr-defined] # both kinds of file have it, their common type does not
    first = True
    while line := read(limits.LINE + 1):
        yield line.decode("utf-8-sig" if first else "utf-8")
        first = False


def _object(number: int, line: str) -> dict[str, str] | Broken:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        return Broken(number, 1, f"the line is broken JSON: {error}", _HINT, line[: limits.RAW])
    if isinstance(value, dict):
        return dict(flat("", value, _DEEPEST))
    if isinstance(value, str):
        return {NAME: value}
    return Broken(number, 1, "the record is no object", _HINT, line[: limits.RAW])
