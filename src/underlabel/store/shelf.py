"""A derived copy of a table, memory-mapped and sorted by a key: rows are found without reading the rest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from underlabel.model import InputError
from underlabel.store.tables import batches, from_table, schema

Noun = TypeVar("Noun", bound=msgspec.Struct)
KEY: Final = "_key"


class Shelf(Generic[Noun]):
    """The rows of one noun in the order of their keys; several rows may share one."""

    def __init__(self, table: pa.Table, noun: type[Noun]) -> None:
        """Hold a table that `lay` wrote."""
        self._table = table
        self._noun = noun
        self._keys = table.column(KEY).combine_chunks() if len(table) else pa.array([], pa.string())

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._table)

    def __contains__(self, key: object) -> bool:
        """Whether any row has this key."""
        return isinstance(key, str) and self._past(key) > self._first(key)

    def keys(self) -> Iterator[str]:
        """Every key once, in order."""
        yield from dict.fromkeys(self._keys.to_pylist())

    def of(self, key: str) -> list[Noun]:
        """The rows of one key."""
        first, past = self._first(key), self._past(key)
        return from_table(self._table.slice(first, past - first), self._noun) if past > first else []

    def all(self) -> list[Noun]:
        """Every row."""
        return from_table(self._table, self._noun)

    def saying(self, column: str, words: str) -> list[Noun]:
        """The rows that hold `words` in a column of text."""
        return from_table(self._table.filter(pc.match_substring(self._table.column(column), words)), self._noun)

    def pairs(self, column: str) -> Iterator[tuple[str, Any]]:
        """Every row's key, with what stands in one column."""
        yield from zip(self._keys.to_pylist(), self._table.column(column).to_pylist(), strict=True)

    def holding(self, column: str, field: str, word: str) -> list[Noun]:
        """The rows that hold `word`, whatever its case, in a field of any element of a list column."""
        if not len(self):
            return []
        lists = self._table.column(column).combine_chunks()
        found = pc.match_substring(pc.struct_field(lists.flatten(), field), word, ignore_case=True)
        rows = pc.unique(pc.list_parent_indices(lists).filter(found))
        return from_table(self._table.take(rows), self._noun)

    def texts(self, *path: str) -> list[str]:
        """One column of text, of every row; `path` leads into nested columns."""
        return [] if not len(self) else list(self._column(path).to_pylist())

    def days(self, *path: str, missing: int) -> npt.NDArray[np.int64]:
        """One column of days as days since 1970, of every row; `missing` where there is none."""
        if not len(self):
            return np.empty(0, dtype=np.int64)
        numbers = pc.fill_null(self._column(path).cast(pa.int32()).cast(pa.int64()), missing)
        return np.asarray(numbers.combine_chunks())

    def _column(self, path: Sequence[str]) -> Any:  # noqa: ANN401 - pyarrow is untyped
        column = self._table.column(path[0])
        return pc.struct_field(column, list(path[1:])) if len(path) > 1 else column

    def _first(self, key: str) -> int:
        return bisect_left(range(len(self)), key, key=lambda at: str(self._keys[at]))

    def _past(self, key: str) -> int:
        return bisect_right(range(len(self)), key, key=lambda at: str(self._keys[at]))


def lay(path: Path, rows: Iterable[Noun], noun: type[Noun], key: Callable[[Noun], str]) -> None:
    """Write rows as a shelf, ordered by key and then as given."""
    ordered = sorted(rows, key=key)
    held = schema(noun).append(pa.field(KEY, pa.string()))
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, held) as out:
        done = 0
        for batch in batches(ordered, noun):
            keys = pa.array([key(row) for row in ordered[done : done + len(batch)]], pa.string())
            out.write_batch(pa.RecordBatch.from_arrays([*batch.columns, keys], schema=held))
            done += len(batch)


def open_shelf(path: Path, noun: type[Noun]) -> Shelf[Noun]:
    """Open a shelf, memory-mapped. Errors: `InputError` where it is missing, damaged or of another version."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (OSError, pa.ArrowException) as error:
        raise InputError("a derived table cannot be read", where=str(path), hint="build the snapshot again") from error
    if table.schema.names != [*schema(noun).names, KEY]:
        raise InputError("a derived table is of another version", where=str(path), hint="build the snapshot again")
    return Shelf(table, noun)
