"""Questions out of Arrow tables and plain lists, and answers as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from underlabel.model import Found, Hit, InputError, Mention, Query, Reason

_NAMES: Final = ("name", "names", "query", "text")
_REASON: Final = pa.struct(
    [("feature", pa.string()), ("weight", pa.float64()), ("query", pa.string()), ("candidate", pa.string())]
)
HITS: Final = pa.schema(
    [
        ("row", pa.int64()),
        ("query", pa.string()),
        ("party", pa.string()),
        ("name", pa.string()),
        ("score", pa.float64()),
        ("similarity", pa.float64()),
        ("class", pa.string()),
        ("reasons", pa.list_(_REASON)),
    ]
)
"""Columns of `hits` and `compared`: `row` counts the questions, or the pairs, from 0."""
MENTIONS: Final = pa.schema(
    [
        ("row", pa.int64()),
        ("party", pa.string()),
        ("text", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("score", pa.float64()),
    ]
)
"""Columns of `mentions`: `row` counts the texts from 0, `start` and `end` are character offsets."""


def queries(given: Any) -> list[Query]:  # noqa: ANN401 - a table, an array, or a list
    """Questions of an Arrow table, a batch, an array of texts, or a list; one each, in order.

    A table has the column name (or names, query, text) and perhaps schema, country and identifiers, the last a list of
    texts or one text parted by ";". A list holds texts, `Query`s, or mappings with the same keys. A null is a name
    that is empty. Errors: `InputError` for a table without names, or a list of something else.
    """
    if isinstance(given, pa.Table | pa.RecordBatch):
        return _of_table(given, "")
    if isinstance(given, pa.Array | pa.ChunkedArray):
        return [Query(text or "") for text in _texts(given)]
    return [_query(one) for one in given]


def pairs(given: Any) -> list[tuple[Query, Query]]:  # noqa: ANN401 - a table, or a list
    """Pairs of questions, for `compare_all`: of an Arrow table with name1 and name2, or of a list of pairs.

    A table may have schema, country1, country2, id1 and id2 too. Errors: as for `queries`.
    """
    if isinstance(given, pa.Table | pa.RecordBatch):
        return list(zip(_of_table(given, "1"), _of_table(given, "2"), strict=True))
    return [(_query(first), _query(second)) for first, second in given]


def hits(found: Iterable[Found]) -> pa.Table:
    """The hits of `find` as a table with the columns `HITS`, one row each; a question without a hit has no row."""
    return _hits((row, hit) for row, one in enumerate(found) for hit in one.hits)


def compared(found: Iterable[Hit]) -> pa.Table:
    """The answers of `compare_all` as a table with the columns `HITS`: one row for each pair."""
    return _hits(enumerate(found))


def mentions(found: Iterable[Sequence[Mention]]) -> pa.Table:
    """The answers of `spot` as a table with the columns `MENTIONS`, one row for each mention."""
    rows = [(row, one) for row, many in enumerate(found) for one in many]
    fields = {"row": [row for row, _ in rows]}
    columns = {name: [getattr(one, name) for _, one in rows] for name in MENTIONS.names[1:]}
    return pa.table(fields | columns, schema=MENTIONS)


def texts(given: Any) -> list[str]:  # noqa: ANN401 - a table, an array, or a list
    """Texts for `spot`: of an Arrow array, of the column text (or name) of a table, or a list as it is."""
    if isinstance(given, pa.Table | pa.RecordBatch):
        return [text or "" for text in _texts(given.column(_name_column(given, "")))]
    if isinstance(given, pa.Array | pa.ChunkedArray):
        return [text or "" for text in _texts(given)]
    return [str(one) for one in given]


def _hits(rows: Iterable[tuple[int, Hit]]) -> pa.Table:
    columns: dict[str, list[Any]] = {name: [] for name in HITS.names}
    for row, hit in rows:
        told = (row, hit.query.name, hit.party, hit.name, hit.score, hit.similarity, hit.kind)
        for name, value in zip(HITS.names, (*told, [_reason(one) for one in hit.reasons]), strict=True):
            columns[name].append(value)
    return pa.table(columns, schema=HITS)


def _reason(one: Reason) -> dict[str, Any]:
    return {"feature": one.feature, "weight": one.weight, "query": one.query, "candidate": one.candidate}


def _of_table(given: pa.Table | pa.RecordBatch, side: str) -> list[Query]:
    """The questions of one side of a table of pairs, or of a table of names where `side` is empty."""
    named = _texts(given.column(_name_column(given, side)))
    schemas, countries = _column(given, "schema"), _column(given, f"country{side}")
    numbers = _column(given, f"id{side}" if side else "identifiers")
    return [
        Query(name or "", schema or "", (country or "").lower(), tuple(_numbers(number)))
        for name, schema, country, number in zip(named, schemas, countries, numbers, strict=True)
    ]


def _name_column(given: pa.Table | pa.RecordBatch, side: str) -> str:
    wanted = (f"name{side}",) if side else _NAMES
    found = next((name for name in wanted if name in given.schema.names), None)
    if found is None:
        raise InputError(f"the table has no column '{wanted[0]}'", hint=f"its columns: {', '.join(given.schema.names)}")
    return found


def _column(given: pa.Table | pa.RecordBatch, name: str) -> list[Any]:
    return given.column(name).to_pylist() if name in given.schema.names else [None] * given.num_rows


def _texts(column: pa.Array | pa.ChunkedArray) -> list[str | None]:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_null(column.type)):
        raise InputError(f"names are texts, this column holds {column.type}", hint="cast it to string")
    found: list[str | None] = column.to_pylist()
    return found


def _query(one: Any) -> Query:  # noqa: ANN401 - any element of a list
    if isinstance(one, Query):
        return one
    if isinstance(one, str) or one is None:
        return Query(one or "")
    if isinstance(one, Mapping):
        name = next((one[key] for key in _NAMES if key in one), None)
        if name is not None:
            told = (str(one.get("schema") or ""), str(one.get("country") or "").lower())
            return Query(str(name), *told, tuple(_numbers(one.get("identifiers"))))
    raise InputError(f"{type(one).__name__} is no question", hint="give a text, a Query, or a mapping with a name")


def _numbers(given: Any) -> Iterator[str]:  # noqa: ANN401 - a text or a list of texts
    parts = given.split(";") if isinstance(given, str) else given or ()
    yield from (text for part in parts if (text := str(part).strip()))
