"""Sheets put together from pieces, and kept as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from underlabel.match.lexicon import Lexicon
from underlabel.match.sheet import Sheet, laid_out
from underlabel.match.strings import Strings, chained, taken

_SHEET: Final = "sheet_"
_WORD: Final = "word_"
_WORDS: Final = "words"
_ATTRIBUTES: Final = ("hash", "length", "first", "weight", "kind", "bag", "skeleton")
_APART: Final = ("lexicon", "type_sets", "seat_sets")
_RECKONED: Final = ("starts", "words", "types", "seats")

T = TypeVar("T")
Arrays = dict[str, npt.NDArray[Any]]


def arrays(sheet: Sheet) -> Arrays:
    """The arrays of a sheet and its lexicon, by name; `opened` makes the sheet of them again."""
    found: Arrays = {f"{_WORD}{name}": sheet.lexicon.arrays[name] for name in _ATTRIBUTES}
    found |= unstrung(_WORDS, sheet.lexicon.texts)
    for name in Sheet.__struct_fields__:
        field = getattr(sheet, name)
        if isinstance(field, Strings):
            found |= unstrung(f"{_SHEET}{name}", field)
        elif name not in _APART:
            found[f"{_SHEET}{name}"] = field
    return found


def opened(arrays: Arrays, type_sets: Sequence[tuple[str, ...]], seat_sets: Sequence[tuple[str, ...]]) -> Sheet:
    """The sheet of arrays that `arrays` made. Errors: `KeyError` if one is missing."""
    fields: dict[str, Any] = {}
    for name in Sheet.__struct_fields__:
        if name not in _APART:
            key = f"{_SHEET}{name}"
            fields[name] = strung(key, arrays) if f"{key}.data" in arrays else arrays[key]
    words = Lexicon(strung(_WORDS, arrays), {name: arrays[f"{_WORD}{name}"] for name in _ATTRIBUTES})
    return Sheet(lexicon=words, type_sets=tuple(type_sets), seat_sets=tuple(map(frozenset, seat_sets)), **fields)


def unstrung(name: str, texts: Strings) -> Arrays:
    """The two arrays of texts, by name."""
    return {f"{name}.data": texts.data, f"{name}.ends": texts.ends}


def strung(name: str, arrays: Arrays) -> Strings:
    """The texts of two arrays. Errors: `KeyError` if one is missing."""
    return Strings(arrays[f"{name}.data"], arrays[f"{name}.ends"])


def merged(sheets: Sequence[Sheet]) -> Sheet:
    """The rows of all sheets, in order, over one lexicon: what one sheet of all names would be."""
    if not sheets:
        return laid_out([], [])
    if len(sheets) == 1:
        return sheets[0]
    lexicon, moved = _one_lexicon([one.lexicon for one in sheets])
    types, type_sets = _recoded([(one.types, one.type_sets) for one in sheets])
    seats, seat_sets = _recoded([(one.seats, one.seat_sets) for one in sheets])
    lengths = np.concatenate([np.diff(one.starts) for one in sheets])
    fields: dict[str, Any] = {
        name: _end_to_end([getattr(one, name) for one in sheets])
        for name in Sheet.__struct_fields__
        if name not in (*_APART, *_RECKONED)
    }
    return Sheet(
        lexicon=lexicon,
        starts=np.append(0, np.cumsum(lengths)),
        words=np.concatenate([to[one.words] for one, to in zip(sheets, moved, strict=True)]),
        types=types,
        seats=seats,
        type_sets=type_sets,
        seat_sets=seat_sets,
        **fields,
    )


def _end_to_end(parts: list[Any]) -> Any:  # noqa: ANN401 - arrays or texts, as the field is
    return chained(parts) if isinstance(parts[0], Strings) else np.concatenate(parts)


def _one_lexicon(parts: list[Lexicon]) -> tuple[Lexicon, list[npt.NDArray[np.int32]]]:
    """All words, and where each part's words went."""
    hashes, first = np.unique(np.concatenate([part.hash for part in parts]), return_index=True)
    found = {name: np.concatenate([part.arrays[name] for part in parts])[first] for name in _ATTRIBUTES}
    made = Lexicon(taken(chained([part.texts for part in parts]), first), found)
    return made, [np.searchsorted(hashes, part.hash).astype(np.int32) for part in parts]


def _recoded(parts: list[tuple[npt.NDArray[Any], tuple[T, ...]]]) -> tuple[npt.NDArray[np.int32], tuple[T, ...]]:
    """Codes of all parts in the tuple of distinct values, in order of first use."""
    where: dict[T, int] = {}
    codes = []
    for code, values in parts:
        moved = np.array([where.setdefault(value, len(where)) for value in values], dtype=np.int32)
        codes.append(moved[code])
    return np.concatenate(codes), tuple(where)
