"""Columns of a table of names: which holds the names, and what the ones beside it say of them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from underlabel.items.headings import PARTIES, meaning, unique, words
from underlabel.items.layout import column_named
from underlabel.items.table import Row

PAIR: Final[tuple[str, ...]] = ("name1", "name2", "schema", "country1", "country2", "id1", "id2")
"""The headings of a table of pairs, as they are written; spaces, case and underscores do not count."""
_UNSURE: Final = "?"
_WEAK: Final = 1_000
_WEAKEST: Final = 2_000
_LONGEST: Final = 80


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """A table's columns: the row that holds them (0: none), and which have a meaning.

    `places` maps name, schema and country (or the words of `PAIR`) to columns counted from 0; `identifiers` are
    columns with the scheme of their numbers: empty where numbers are of any, "?" where they may be none at all.
    """

    columns: tuple[str, ...]
    start: int
    places: dict[str, int]
    identifiers: tuple[tuple[int, str], ...] = ()
    others: tuple[str, ...] = ()

    @property
    def meanings(self) -> dict[str, str]:
        """Each understood column and its meaning."""
        found = {self.columns[at]: means for means, at in self.places.items()}
        return found | {self.columns[at]: "identifier" for at, _ in self.identifiers}


Understand = Callable[[tuple[str, ...], int], Columns | None]


def named(wanted: str) -> Understand:
    """How a table of names is understood; `wanted` is the column the user says holds them, or empty."""

    def understand(columns: tuple[str, ...], start: int) -> Columns | None:
        said = [_meaning(column) for column in columns]
        chosen = column_named(columns, wanted) if wanted else _strongest(columns, said)
        if not chosen:
            return None
        at = columns.index(chosen)
        others = [column for column, (means, _, _) in zip(columns, said, strict=True) if means == "name"]
        beside = {means: _beside(columns, said, means, at) for means in ("schema", "country")}
        return Columns(
            columns=columns,
            start=start,
            places={"name": at} | {means: place for means, place in beside.items() if place is not None},
            identifiers=tuple(
                (place, scheme)
                for place, (means, _, scheme) in enumerate(said)
                if means == "identifier" and place != at
            ),
            others=() if wanted else tuple(column for column in others if column != chosen),
        )

    return understand


def paired(columns: tuple[str, ...], start: int) -> Columns | None:
    """How a table of pairs is understood: by the headings of `PAIR`, of which both names must be there."""
    plain = [words(column).replace(" ", "") for column in columns]
    places = {means: plain.index(means) for means in PAIR if means in plain}
    if not {"name1", "name2"} <= places.keys():
        return None
    return Columns(columns=columns, start=start, places=places)


def header(rows: Sequence[Row], understand: Understand) -> Columns | None:
    """The columns by the row of headings that is understood best, the first of equals; None where there is none.

    Rows above it are titles: each has fewer filled cells. So a name that is also a heading ("Partner") heads nothing.
    """
    best: Columns | None = None
    best_fit, most = (0, 0), 0
    for row in rows:
        filled = sum(bool(cell.strip()) for cell in row.cells)
        if filled > most and all(len(cell) <= _LONGEST for cell in row.cells):
            found = understand(unique(row.cells), row.number)
            fit = (len(found.meanings), filled) if found is not None else (0, 0)
            if fit > best_fit:
                best, best_fit = found, fit
        most = max(most, filled)
    return best


def _strongest(columns: Sequence[str], said: Sequence[tuple[str, int, str]]) -> str:
    names = [(weak, at) for at, (means, weak, _) in enumerate(said) if means == "name"]
    return columns[min(names)[1]] if names else ""


def _beside(columns: Sequence[str], said: Sequence[tuple[str, int, str]], means: str, name: int) -> int | None:
    """The column of a meaning that is worded best; of several parties' countries, the one of the party asked about."""
    found = [(weak, at) for at, (known, weak, _) in enumerate(said) if known == means and at != name]
    if means == "country":
        role = meaning(columns[name])[0]
        found += [(_WEAK, at) for at, column in enumerate(columns) if role and meaning(column)[0] == f"{role}_country"]
    return min(found)[1] if found else None


def _meaning(heading: str) -> tuple[str, int, str]:
    """What a heading means in a table of names, how weak its wording is, and the scheme of an identifier."""
    if len(heading) > _LONGEST:
        return "", 0, ""
    known = _known().get(words(heading))
    if known is not None:
        return known
    means, weakness = meaning(heading)
    if means in PARTIES:
        return "name", _WEAK + weakness, ""
    return ("name", _WEAKEST, "") if means == "vendor" else ("", 0, "")


@cache
def _known() -> Mapping[str, tuple[str, int, str]]:
    with files("underlabel.items").joinpath("asked.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return {words(row["heading"]): (row["meaning"], at, row["scheme"]) for at, row in enumerate(rows)}
