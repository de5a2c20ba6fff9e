"""Screened rows as JSON Lines, CSV, a workbook, or short rows for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from underlabel.model import Hit, ListHit, Nearest, Screened, Searched, UsageError
from underlabel.report.cells import PREFIX
from underlabel.report.placing import placed
from underlabel.report.reasons import not_enough, weighed
from underlabel.report.streaming import Sheet, beside, delimited, workbook

KEYS: Final = (
    *("row", "verdict", "score", "class", "name", "party", "list", "source_id", "similarity", "reasons", "also"),
    *("nearest", "why", "searched"),
)
"""Our columns behind the user's, in order; `verdict` is hit, no hit or rejected, `also` names the other parties hit."""
_HITS: Final = ("row", "query", "list", "source_id", "party", "name", "score", "similarity", "class", "reasons")
_BREAKS: Final = str.maketrans({"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_LONGEST: Final = 200


def screened_lines(screened: Iterable[Screened]) -> Iterator[str]:
    """One JSON object for each row, in order, without a line end.

    Keys: row, query, hits, searched, nearest; sheet, schema, country, identifiers and rejected where there are any.
    A hit has party, source_id, list, name, score, similarity, class and reasons; nearest has them too, with `entries`
    (list and source_id) and `why` it is no hit.
    """
    known: dict[int, tuple[Searched, str]] = {}
    for one in screened:
        searched = known.get(id(one.searched))
        if searched is None:  # the same for nearly all rows: told once, written often
            searched = known[id(one.searched)] = one.searched, _json(_searched(one.searched))
        hits = _json([_hit(hit) for hit in one.hits])
        nearest = _json(_nearest(one.nearest))
        tail = f', "hits": {hits}, "searched": {searched[1]}, "nearest": {nearest}}}'
        yield _json(_asked(one))[:-1] + tail


def write_screened(screened: Iterable[Screened], columns: Sequence[str], path: Path, form: str) -> None:
    """Write screened rows to a file as jsonl, json, csv or xlsx, row by row; it is put in its place whole.

    Errors: `UsageError` for another form; `InputError` where the file cannot be written.
    """
    if form == "xlsx":
        with placed(path, binary=True) as out:
            _workbook(screened, columns, out)
        return
    texts = screened_texts(screened, columns, form)
    with placed(path) as out:
        out.writelines(texts)


def screened_texts(screened: Iterable[Screened], columns: Sequence[str], form: str) -> Iterator[str]:
    """The texts of a file of screened rows: jsonl, json or csv. Errors: `UsageError` for another form."""
    if form == "jsonl":
        return (f"{line}\n" for line in screened_lines(screened))
    if form == "json":
        return array(screened_lines(screened))
    if form == "csv":
        return delimited(_rows(screened, columns))
    raise UsageError(f"'{form}' is no form of screened rows", hint="use jsonl, json, csv or xlsx")


def array(lines: Iterable[str]) -> Iterator[str]:
    """JSON objects as one array."""
    yield "["
    for count, line in enumerate(lines):
        yield f"{',' if count else ''}\n{line}"
    yield "\n]\n"


def screened_brief(one: Screened) -> dict[str, str]:
    """A row as a narrow terminal can show it."""
    hit = one.hits[0].hit if one.hits else one.nearest.hit if one.nearest else None
    if one.rejected:
        detail = one.rejected
    elif one.hits:
        names = dict.fromkeys(each.list for each in one.hits if each.party == one.hits[0].party)
        more = len({each.party for each in one.hits}) - 1
        detail = f"{', '.join(filter(None, names)) or 'on no list'}; {one.hits[0].hit.kind}"
        detail += f"; and {more} more" if more else ""
    else:
        detail = not_enough(one.nearest, most=1) if one.nearest else "nothing came near"
    return {
        "row": str(one.asked.row),
        "name": _short(one.asked.query.name),
        "verdict": verdict(one),
        "found": hit.name if hit else "",
        "score": f"{hit.score:.2f}" if hit else "",
        "detail": detail,
    }


def verdict(one: Screened) -> str:
    """What a row is: hit, no hit or rejected."""
    return "rejected" if one.rejected else "hit" if one.hits else "no hit"


def _asked(one: Screened) -> dict[str, Any]:
    query = one.asked.query
    stated: dict[str, Any] = {"schema": query.schema, "country": query.country, "identifiers": list(query.identifiers)}
    sheet = {"sheet": one.asked.sheet} if one.asked.sheet else {}
    rejected = {"rejected": one.rejected} if one.rejected else {}
    name = _short(query.name) if one.rejected else query.name
    return {
        "row": one.asked.row,
        **sheet,
        "query": name,
        **{key: said for key, said in stated.items() if said},
    } | rejected


def _hit(one: ListHit) -> dict[str, Any]:
    return {"party": one.party, "source_id": one.source_id, "list": one.list, **_scored(one.hit)}


def _scored(hit: Hit) -> dict[str, Any]:
    return {
        "name": hit.name,
        "score": hit.score,
        "similarity": hit.similarity,
        "class": hit.kind,
        "reasons": [msgspec.structs.asdict(reason) for reason in hit.reasons],
    }


def _nearest(nearest: Nearest | None) -> dict[str, Any] | None:
    if nearest is None:
        return None
    entries = [{"list": one.list, "source_id": one.source_id} for one in nearest.entries]
    return {"party": nearest.party, "entries": entries, **_scored(nearest.hit), "why": not_enough(nearest)}


def _searched(searched: Searched) -> dict[str, Any]:
    return {
        "lists": list(searched.lists),
        "versions": searched.versions,
        "extracts": list(searched.extracts),
        "candidates": searched.candidates,
        "cut": searched.cut,
        "as_of": str(searched.as_of) if searched.as_of else None,
        "known_at": str(searched.known_at) if searched.known_at else None,
        "snapshot": searched.snapshot,
    }


def _json(value: object) -> str:
    text = _ENCODE(value)
    return text if text.isascii() else text.translate(_BREAKS)


def _rows(screened: Iterable[Screened], columns: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    yield columns, beside(columns, [f"{PREFIX}{key}" for key in KEYS])
    known: dict[int, tuple[Searched, str]] = {}
    for one in screened:
        yield _theirs(one, columns), _ours(one, known)


def _theirs(one: Screened, columns: Sequence[str]) -> Sequence[str]:
    cells = one.asked.cells
    return (*cells, *[""] * (len(columns) - len(cells)))


def _ours(one: Screened, known: dict[int, tuple[Searched, str]]) -> tuple[str, ...]:
    searched = known.get(id(one.searched))
    if searched is None:
        searched = known[id(one.searched)] = one.searched, _words(one.searched)
    first = one.hits[0] if one.hits else None
    same = [each for each in one.hits if first and each.party == first.party]
    others = {each.party: each.hit for each in one.hits if first and each.party != first.party}
    nearest = one.nearest
    flat = {
        "row": str(one.asked.row),
        "verdict": verdict(one),
        "score": f"{first.hit.score:.4f}" if first else "",
        "class": first.hit.kind if first else "",
        "name": first.hit.name if first else "",
        "party": first.party if first else "",
        "list": "; ".join(each.list for each in same),
        "source_id": "; ".join(each.source_id for each in same),
        "similarity": f"{first.hit.similarity:.4f}" if first else "",
        "reasons": weighed(first.hit) if first else "",
        "also": "; ".join(f"{hit.name} ({party}, {hit.score:.4f})" for party, hit in others.items()),
        "nearest": f"{nearest.hit.name} ({nearest.party}, {nearest.hit.score:.4f})" if nearest else "",
        "why": one.rejected or (not_enough(nearest) if nearest else "" if first else "nothing came near"),
        "searched": searched[1],
    }
    return tuple(flat[key] for key in KEYS)


def _words(searched: Searched) -> str:
    """What was searched, in one cell."""
    parts = [f"{name} {searched.versions.get(name) or 'undated'}" for name in searched.lists]
    told = [
        f"{part} (extract)" if name in searched.extracts else part
        for name, part in zip(searched.lists, parts, strict=True)
    ]
    cut = "; candidates were left out" if searched.cut else ""
    return f"as of {searched.as_of}, {searched.candidates} names: {'; '.join(told)}{cut}"


def _workbook(screened: Iterable[Screened], columns: Sequence[str], out: Any) -> None:  # noqa: ANN401 - a binary file
    book = workbook(out)
    rows = Sheet(book, "Screened", (*columns, *beside(columns, [f"{PREFIX}{key}" for key in KEYS])))
    hits = Sheet(book, "Hits", _HITS)
    known: dict[int, tuple[Searched, str]] = {}
    for one in screened:
        rows.add((*_theirs(one, columns), *_ours(one, known)))
        for each in one.hits:
            found = {**_hit(each), "row": one.asked.row, "query": one.asked.query.name, "reasons": weighed(each.hit)}
            hits.add([str(found[key]) for key in _HITS])
    lists = Sheet(book, "Searched", ("list", "edition", "coverage", "as of"))
    for searched, _ in list(known.values())[:1]:
        for name in searched.lists:
            coverage = "extract" if name in searched.extracts else "whole"
            lists.add((name, searched.versions.get(name, ""), coverage, str(searched.as_of or "")))
    for sheet in (rows, hits, lists):
        sheet.close()
    book.close()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
