"""The Consolidated Screening List as JSON: the official API's results, and a column-compressed copy of them.

The compressed form ("fieldKey", "tables", "entries") is proven on an official edition. That of the API and its bulk
file ("results") was built from the published format, without an official file at hand: it is unproven.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from underlabel.lists import headed, lengths
from underlabel.lists.gather import Gather
from underlabel.lists.opening import Opened
from underlabel.lists.readers.csl import csl_results
from underlabel.lists.readers.csl.csl_entry import LONGEST, Entry, File, Record
from underlabel.lists.readers.csl.csl_results import SAID, day, single, texts
from underlabel.lists.readers.csl.csl_rows import COLUMNS
from underlabel.model import InputError

_KEY: Final = re.compile(r"(?P<field>[a-z_ ]+?)(?: \((?:index into tables\.(?P<table>\w+)|ISO-2)\))?")
_SEVERAL: Final[Mapping[str, str]] = MappingProxyType({"alt_names": "aliases", "address countries": "countries"})


class _Compressed(msgspec.Struct, frozen=True, rename="camel"):
    field_key: dict[str, str]
    tables: dict[str, list[str]]
    entries: list[msgspec.Raw]
    entry_count: int
    counts_by_source: dict[str, int] = {}
    source_generated_at: str | None = None


class _Column(msgspec.Struct, frozen=True):
    """A field of the compressed form: its name, and the table its values point into."""

    name: str
    table: list[str] | None


def objects(gather: Gather) -> File:
    """The rows of a JSON file. Errors: `InputError` where it is neither form, or does not hold what it counts."""
    opened = gather.opened
    text = headed.decoded(opened.content, opened.where)
    keys = _decode(text, dict[str, msgspec.Raw], opened)
    if "fieldKey" in keys:
        return _compressed(_decode(text, _Compressed, opened), opened)
    if "results" in keys:
        said = _decode(text, csl_results.Answer, opened)
        lengths.count(len(said.results), opened.where)
        return csl_results.answer(said)
    raise InputError(
        f"neither 'results' nor 'fieldKey' is in the file, only {', '.join(sorted(keys)[:8]) or 'nothing'}",
        where=opened.where,
        hint="give consolidated.json or consolidated.csv as trade.gov publishes them",
    )


def _decode(text: str, kind: type[Any], opened: Opened) -> Any:  # noqa: ANN401 - what comes out is what was asked for
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        raise InputError(
            f"the file is not of a known shape: {error}", where=opened.where, hint="fetch the list's own file again"
        ) from error
    except (msgspec.DecodeError, RecursionError) as error:
        hint = "give the list as a JSON file; is this one whole?"
        raise InputError(f"the file is not JSON: {error}", where=opened.where, hint=hint) from error


def _compressed(file: _Compressed, opened: Opened) -> File:
    if file.entry_count != len(file.entries):
        raise InputError(
            f"the file counts {file.entry_count} entries but holds {len(file.entries)}",
            where=opened.where,
            hint="it was cut off or edited: fetch it again",
        )
    lengths.count(len(file.entries), opened.where)
    columns = dict(_columns(file, opened))
    dated = any(column.name == "end_date" for column in columns.values())
    records = tuple(_unpacked(raw, number, columns, dated=dated) for number, raw in enumerate(file.entries))
    counts = Counter(record.entry.source for record in records if record.entry)
    short = [name for name, count in file.counts_by_source.items() if counts[name] > count]
    if file.counts_by_source and (short or sum(file.counts_by_source.values()) != len(records)):
        raise InputError(
            f"the counts by source do not fit the entries: {', '.join(short) or 'their sum differs'}",
            where=opened.where,
            hint="it was cut off or edited: fetch it again",
        )
    return File(records, edition=day(file.source_generated_at), form=opened.form)


def _columns(file: _Compressed, opened: Opened) -> Iterator[tuple[str, _Column]]:
    """What each short key means, by the file's own words."""
    names = set()
    for key, words in file.field_key.items():
        match = _KEY.fullmatch(words)
        name = match["field"] if match else ""
        table = match["table"] if match else None
        if not (name in COLUMNS or name in _SEVERAL) or (table is not None and table not in file.tables):
            raise InputError(
                f"the field key '{key}' is '{words}', which is not understood",
                where=opened.where,
                hint="the form has changed: this reader must learn what is new in it",
            )
        names.add(name)
        yield key, _Column(name, None if table is None else file.tables[table])
    if not {"source", "name"} <= names:
        raise InputError(
            "the field key names no source or no name", where=opened.where, hint="fetch the list's own file again"
        )


def _unpacked(raw: msgspec.Raw, number: int, columns: Mapping[str, _Column], *, dated: bool) -> Record:
    locator = f"entries[{number}]"
    entry: dict[str, Any] = {"end": "" if dated else None}
    if len(bytes(raw)) > LONGEST:
        return Record(locator, None, f"the entry is longer than {LONGEST} bytes")
    try:
        row = msgspec.json.decode(raw, type=dict[str, str | int | list[str]])
        for key, value in row.items():
            column = columns[key]
            text = value if column.table is None else _looked_up(column.table, value)
            if column.name in SAID:
                entry[SAID[column.name]] = single(text)
            elif column.name in _SEVERAL:
                entry[_SEVERAL[column.name]] = texts(text if isinstance(text, list) else (str(text),))
            elif column.name == "programs":
                entry["programmes"] = texts(str(text).split(";"))
        return Record(locator, msgspec.convert(entry, Entry))
    except KeyError as error:
        fault = f"the key {error} is not in the file's field key"
    except (msgspec.DecodeError, RecursionError, IndexError) as error:
        fault = f"not an entry of this list: {error}"
    return Record(locator, None, fault)


def _looked_up(table: list[str], at: str | int | list[str]) -> str:
    if not isinstance(at, int) or not 0 <= at < len(table):
        raise IndexError(f"'{at}' points to nothing in its table")
    return table[at]
