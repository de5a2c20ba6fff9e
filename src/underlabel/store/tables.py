"""Nouns to Arrow tables and back: one column per field, nested as the nouns are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Final, TypeVar

import msgspec
import pyarrow as pa

Noun = TypeVar("Noun", bound=msgspec.Struct)

_info: Final = msgspec.inspect
_SCALARS: Final[dict[type[msgspec.inspect.Type], pa.DataType]] = {
    _info.StrType: pa.string(),
    _info.LiteralType: pa.string(),
    _info.EnumType: pa.string(),
    _info.IntType: pa.int64(),
    _info.FloatType: pa.float64(),
    _info.BoolType: pa.bool_(),
    _info.DateType: pa.date32(),
    _info.DateTimeType: pa.timestamp("us", tz="UTC"),
}
_BATCH: Final = 8_192


@cache
def schema(noun: type[msgspec.Struct]) -> pa.Schema:
    """The Arrow schema of a noun: text, whole numbers, days and truths, nested structs and lists."""
    kind = _info.type_info(noun)
    assert isinstance(kind, _info.StructType)  # noqa: S101 - a Struct's type info is nothing else
    return pa.schema(_fields(kind))


def batches(rows: Sequence[msgspec.Struct], noun: type[msgspec.Struct]) -> Iterator[pa.RecordBatch]:
    """Rows of one noun as record batches, so that no more than one batch is held twice."""
    for start in range(0, len(rows), _BATCH):
        plain = [msgspec.to_builtins(row, builtin_types=(date, datetime)) for row in rows[start : start + _BATCH]]
        yield pa.RecordBatch.from_pylist(plain, schema=schema(noun))


def to_table(rows: Sequence[msgspec.Struct], noun: type[msgspec.Struct]) -> pa.Table:
    """Rows of one noun as a table; an empty sequence gives an empty table of the same schema."""
    return pa.Table.from_batches(batches(rows, noun), schema=schema(noun))


def from_table(table: pa.Table, noun: type[Noun]) -> list[Noun]:
    """The nouns a table holds, in its order; columns the noun does not have are left out."""
    return msgspec.convert(table.to_pylist(), list[noun])  # type: ignore[valid-type]


def digest(rows: Iterable[msgspec.Struct]) -> str:
    """SHA-256 over the digests of the rows in canonical form (JSON with sorted keys), sorted: order never matters."""
    return combined(hashlib.sha256(msgspec.json.encode(row, order="sorted")).digest() for row in rows)


def combined(digests: Iterable[bytes]) -> str:
    """SHA-256 over digests, sorted."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def _fields(kind: msgspec.inspect.StructType) -> list[pa.Field]:
    return [pa.field(field.encode_name, _arrow(field.type)) for field in kind.fields]


def _arrow(kind: msgspec.inspect.Type) -> pa.DataType:
    match kind:
        case _info.UnionType():
            return _arrow(next(one for one in kind.types if not isinstance(one, _info.NoneType)))
        case _info.StructType():
            return pa.struct(_fields(kind))
        case _info.VarTupleType():
            return pa.list_(_arrow(kind.item_type))
        case _:
            return _SCALARS[type(kind)]
