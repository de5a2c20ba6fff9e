"""JSON and JSON Lines: a list of objects as a table."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from underlabel.items import limits
from underlabel.items.kinds import Kind
from underlabel.items.table import Broken, Row
from underlabel.items.workbook import shown
from underlabel.model import InputError, NoInputError

_DEEPEST: Final = 3
_HINT: Final = "give a list of objects, or JSON Lines with one object per line"


class Records:
    """Objects as rows; their keys are the columns, keys of inner objects joined by a dot."""

    sheet = ""

    def __init__(self, found: list[tuple[int, dict[str, str] | Broken]], notes: tuple[str, ...] = ()) -> None:
        self._found = found
        self._notes = notes
        keys: dict[str, None] = {}
        for _, each in found:
            if isinstance(each, dict):
                keys.update(dict.fromkeys(each))
        self.columns: tuple[str, ...] = tuple(keys)

    def rows(self) -> Iterator[Row | Broken]:
        """One row per object, numbered by its place in the list or by its line."""
        for number, each in self._found:
            if isinstance(each, Broken):
                yield each
            else:
                yield Row(number, [each.get(column, "") for column in self.columns])

    def notes(self) -> tuple[str, ...]:
        """How the list was found in the file."""
        return self._notes


def records(path: Path, found: Kind) -> Records:
    """Read a JSON or JSON Lines file. Errors: `InputError`, `NoInputError` for an empty list."""
    text = _text(path, found)
    if found.form == "jsonl":
        return Records([(number, _line(number, line)) for number, line in _lines(path, text) if line.strip()])
    try:
        whole = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"the JSON is broken: {error}", where=str(path), hint=_HINT) from error
    notes: tuple[str, ...] = ()
    if isinstance(whole, dict):
        lists = [key for key, value in whole.items() if isinstance(value, list) and value]
        if len(lists) == 1:
            notes = (f"the lines were read from '{lists[0]}'",)
            whole = whole[lists[0]]
        else:
            whole = [whole]
    if not isinstance(whole, list):
        raise InputError("the JSON holds no list of objects", where=str(path), hint=_HINT)
    if not whole:
        raise NoInputError("the list is empty", where=str(path), hint=_HINT)
    _few(path, len(whole))
    return Records([(number, _object(number, each)) for number, each in enumerate(whole, start=1)], notes)


def _text(path: Path, found: Kind) -> str:
    try:
        with gzip.open(path) if found.packed else path.open("rb") as stream:
            raw = stream.read(limits.UNZIPPED // 4 + 1)
        if len(raw) > limits.UNZIPPED // 4:
            raise InputError("the file is larger than 256 MiB", where=str(path), hint="split it")
        return raw.decode(found.encoding)
    except (UnicodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"the file is damaged: {error}", where=str(path), hint="save it as UTF-8") from error


def _lines(path: Path, text: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    _few(path, len(lines))
    return enumerate(lines, start=1)


def _few(path: Path, count: int) -> None:
    if count > limits.ROWS:
        raise InputError(f"the file has more than {limits.ROWS:,} records", where=str(path), hint="split it")


def _line(number: int, line: str) -> dict[str, str] | Broken:
    try:
        return _object(number, msgspec.json.decode(line))
    except (msgspec.DecodeError, RecursionError) as error:
        return Broken(number, 1, f"the line is broken JSON: {error}", _HINT, line[: limits.RAW])


def _object(number: int, value: object) -> dict[str, str] | Broken:
    if isinstance(value, dict):
        return dict(flat("", value, _DEEPEST))
    return Broken(number, 1, "the record is no object", _HINT, _plain(value)[: limits.RAW])


def flat(prefix: str, value: dict[str, object], depth: int) -> Iterator[tuple[str, str]]:
    """The values of nested objects by their path ("maker.name"), down to a depth; deeper ones as JSON."""
    for key, inner in value.items():
        if isinstance(inner, dict) and depth > 1:
            yield from flat(f"{prefix}{key}.", inner, depth - 1)
        else:
            yield f"{prefix}{key}", _plain(inner)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return shown(value)
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return "; ".join(_plain(each) for each in value)
    return msgspec.json.encode(value).decode()
