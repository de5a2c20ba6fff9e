"""Compared pairs behind the user's own columns: CSV, a workbook, JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from underlabel.model import Compared, UsageError
from underlabel.report.placing import placed
from underlabel.report.reasons import PAIR, weighed, worded
from underlabel.report.screened import array
from underlabel.report.streaming import Sheet, beside, delimited, workbook

KEYS: Final = ("score", "match", "reasons")
"""What a comparison adds to a table of pairs; a pair that is none has its reason in `reasons`."""
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_BREAKS: Final = str.maketrans({"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write_compared(compared: Iterable[Compared], columns: Sequence[str], path: Path, form: str) -> None:
    """Write compared pairs to a file as csv, xlsx, jsonl or json, row by row; it is put in its place whole.

    Errors: `UsageError` for another form; `InputError` where the file cannot be written.
    """
    if form == "xlsx":
        with placed(path, binary=True) as out:
            book = workbook(out)
            sheet = Sheet(book, "Compared", (*columns, *beside(columns, KEYS)))
            for one in compared:
                sheet.add((*_theirs(one, columns), *_ours(one)))
            sheet.close()
            book.close()
        return
    texts = compared_texts(compared, columns, form)
    with placed(path) as out:
        out.writelines(texts)


def compared_texts(compared: Iterable[Compared], columns: Sequence[str], form: str) -> Iterator[str]:
    """The texts of a file of compared pairs: jsonl, json or csv. Errors: `UsageError` for another form."""
    if form == "csv":
        return delimited(_rows(compared, columns))
    if form in {"jsonl", "json"}:
        names = beside(columns, KEYS)
        lines = (_json(_record(one, columns, names)) for one in compared)
        return (f"{line}\n" for line in lines) if form == "jsonl" else array(lines)
    raise UsageError(f"'{form}' is no form of compared pairs", hint="use csv, xlsx, jsonl or json")


def compared_brief(one: Compared) -> dict[str, str]:
    """A pair as a narrow terminal can show it."""
    return {
        "row": str(one.asked.row),
        "name1": one.asked.first.name[:200],
        "name2": one.asked.second.name[:200],
        "score": f"{one.hit.score:.4f}",
        "match": _said(one),
        "reasons": _why(one),
    }


def waterfall(one: Compared) -> list[dict[str, str]]:
    """The reasons of one comparison, a row each: its signed weight, and what was compared, in words."""
    return [{"weight": f"{reason.weight:+.2f}", "because": worded(reason, PAIR)} for reason in one.hit.reasons]


def comparison(one: Compared) -> dict[str, Any]:
    """One comparison as plain JSON values: score, similarity, class, match, reasons, and what was compared."""
    return {
        "first": msgspec.to_builtins(one.asked.first),
        "second": msgspec.to_builtins(one.asked.second),
        "score": one.hit.score,
        "similarity": one.hit.similarity,
        "class": one.hit.kind,
        "match": one.match,
        "rejected": one.rejected,
        "reasons": [msgspec.structs.asdict(reason) for reason in one.hit.reasons],
    }


def _rows(compared: Iterable[Compared], columns: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    yield columns, beside(columns, KEYS)
    for one in compared:
        yield _theirs(one, columns), _ours(one)


def _theirs(one: Compared, columns: Sequence[str]) -> Sequence[str]:
    cells = one.asked.cells
    return (*cells, *[""] * (len(columns) - len(cells)))


def _ours(one: Compared) -> tuple[str, ...]:
    return f"{one.hit.score:.4f}", _said(one), _why(one)


def _record(one: Compared, columns: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    theirs = dict(zip(columns, _theirs(one, columns), strict=True))
    return theirs | dict(zip(names, (one.hit.score, one.match, _why(one)), strict=True))


def _said(one: Compared) -> str:
    return "true" if one.match else "false"


def _why(one: Compared) -> str:
    return f"rejected: {one.rejected}" if one.rejected else weighed(one.hit, PAIR)


def _json(value: object) -> str:
    text = _ENCODE(value)
    return text if text.isascii() else text.translate(_BREAKS)
