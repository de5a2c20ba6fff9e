"""The index: every name of every party, ready to be asked in batches, kept as plain arrays."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match import disk, sheets
from underlabel.match.identifiers import Numbers, numbered
from underlabel.match.lookups import Lookups, lookups
from underlabel.match.sheet import Named, Sheet, laid_out
from underlabel.match.strings import pack
from underlabel.model import InputError

BUILDER: Final = 3
"""Raised whenever the arrays come to mean something else."""
KINDS: Final = ("name", "alias", "previous", "weak")
_CHUNK: Final = 20_000
_ROWS: Final = ("party_of", "kind_of", "schema_of", "country_of", "hidden")
_TEXTS: Final = ("texts", "parties", "numbers")

Row = tuple[str, str, str, str, str]
Arrays = dict[str, npt.NDArray[Any]]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What an index on disk says of itself.

    `content` is the SHA-256 of the rows it was built from, in canonical order; `skipped` counts
    rows whose text is no name; `type_sets` and `seat_sets` are those of its sheet.
    """

    builder: int
    rarity: str
    content: str
    names: int
    skipped: int
    schemas: tuple[str, ...]
    countries: tuple[str, ...]
    type_sets: tuple[tuple[str, ...], ...]
    seat_sets: tuple[tuple[str, ...], ...]


class Index:
    """Names of parties in canonical order, as a sheet, with the tables that find near ones.

    Row `i` is name `texts[i]` of party `parties[party_of[i]]`, and row `i` of `sheet`; the rows of
    a party stand together. Rows in `hidden` are not found. The order of names given leaves no trace.
    """

    def __init__(self, about: About, arrays: Arrays) -> None:
        """Hold what `build` or `load` made; errors: `KeyError` if a part is missing."""
        self.about = about
        self.arrays = arrays
        self.texts, self.parties, keys = (sheets.strung(name, arrays) for name in _TEXTS)
        self.party_of, self.hidden = arrays["party_of"], arrays["hidden"]
        self.sheet: Sheet = sheets.opened(arrays, about.type_sets, about.seat_sets)
        self.lookups = Lookups(arrays)
        self.numbers = Numbers(keys, arrays)

    def __len__(self) -> int:
        """How many names it holds."""
        return self.about.names

    @property
    def content(self) -> str:
        """The digest of the names and identifiers it was built from: compare it to know whether to rebuild."""
        return self.about.content

    @property
    def skipped(self) -> int:
        """How many rows given were no names (only punctuation, only an organisation type, too long)."""
        return self.about.skipped

    @cached_property
    def is_hidden(self) -> npt.NDArray[np.bool_]:
        """For each row whether it is hidden."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[self.hidden] = True
        return found

    def registered(self, party: str) -> frozenset[str]:
        """A party's numbers ("lei:…") in registers in which a party has only one; none for an unknown party."""
        at = self.place(party)
        return frozenset() if at is None else self.numbers.registered(at)

    def hiding(self, names_of: Iterable[tuple[str, str]]) -> Index:
        """The same index, in which these (party, text) names are not found."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for party, text in names_of:
            wanted[party].add(text)
        rows = [at for party, texts in wanted.items() for at in self.rows_of(party) if self.texts[at] in texts]
        return Index(self.about, self.arrays | {"hidden": np.array(sorted(rows), dtype=np.int64)})

    def place(self, party: str) -> int | None:
        """Where a party stands in `parties`; none if it has no name and no number."""
        low, high = 0, len(self.parties)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.parties[middle] < party else (low, middle)
        return low if low < len(self.parties) and self.parties[low] == party else None

    def rows_of(self, party: str) -> range:
        """The rows of a party's names; empty if it has none."""
        at = self.place(party)
        if at is None:
            return range(0)
        # Of the type of the array: numpy would copy it to search for others.
        first, last = np.searchsorted(self.party_of, np.array([at, at + 1], dtype=self.party_of.dtype))
        return range(int(first), int(last))

    def row(self, at: int) -> Row:
        """Party, text, kind, schema and country of one name."""
        return (
            self.parties[int(self.party_of[at])],
            self.texts[at],
            KINDS[self.arrays["kind_of"][at]],
            self.about.schemas[self.arrays["schema_of"][at]],
            self.about.countries[self.arrays["country_of"][at]],
        )

    def save(self, folder: Path) -> None:
        """Write the index: built beside `folder` and renamed into place."""
        disk.write(folder, msgspec.json.encode(self.about), self.arrays)


def build(rows: Iterable[Row], identifiers: Iterable[tuple[str, str, str]] = ()) -> Index:
    """Build an index of (party, text, kind, schema, country) rows and (party, scheme, value) identifiers.

    `kind` is name, alias, previous or weak. `country` is ISO alpha-2; several are parted by
    spaces, commas or semicolons; empty is unknown. Rows whose text is no name are counted in
    `skipped`, not indexed. The same rows in any order give the same index. Errors: `InputError`
    for an unknown kind.
    """
    given = sorted(set(rows))
    for party, text, kind, _, _ in given:
        if kind not in KINDS:
            raise InputError(f"'{kind}' is not a kind of name ('{text}' of {party})", hint=f"use {', '.join(KINDS)}")
    held = sorted(set(identifiers))
    kept: list[Row] = []
    pieces: list[Sheet] = []
    for start in range(0, len(given), _CHUNK):
        piece = [row for row in given[start : start + _CHUNK] if names.is_name(row[1], row[3])]
        pieces.append(_laid_out(piece))
        kept += piece
    sheet = sheets.merged(pieces)
    parties = sorted({row[0] for row in kept} | {party for party, _, _ in held})
    party_of = {party: at for at, party in enumerate(parties)}
    schemas, countries = sorted({row[3] for row in kept}), sorted({row[4] for row in kept})
    about = About(
        builder=BUILDER,
        rarity=names.rarity_version(),
        content=_digest(given, held),
        names=len(kept),
        skipped=len(given) - len(kept),
        schemas=tuple(schemas),
        countries=tuple(countries),
        type_sets=sheet.type_sets,
        seat_sets=tuple(tuple(sorted(one)) for one in sheet.seat_sets),
    )
    numbers = numbered(held, party_of)
    arrays: Arrays = {
        "party_of": np.fromiter((party_of[row[0]] for row in kept), dtype=np.int32, count=len(kept)),
        "kind_of": np.fromiter((KINDS.index(row[2]) for row in kept), dtype=np.uint8, count=len(kept)),
        "schema_of": _codes(schemas, kept, 3),
        "country_of": _codes(countries, kept, 4),
        "hidden": np.empty(0, dtype=np.int64),
    }
    texts = {"texts": pack([row[1] for row in kept]), "parties": pack(parties), "numbers": numbers.keys}
    for name, strings in texts.items():
        arrays |= sheets.unstrung(name, strings)
    return Index(about, arrays | sheets.arrays(sheet) | lookups(sheet).arrays | numbers.arrays)


def load(folder: Path) -> Index:
    """Open a saved index, memory-mapped. Errors: `InputError` if it is missing, stale, or damaged at first sight.

    Sizes and kinds of its files are looked at; `verify` reads every byte.
    """
    raw, arrays = disk.read(folder)
    try:
        about = msgspec.json.decode(raw, type=About)
    except msgspec.DecodeError as error:
        raise disk.unusable(folder, f"is not what this version writes ({error})") from error
    if about.builder != BUILDER or about.rarity != names.rarity_version():
        raise disk.unusable(folder, "was built by another version")
    try:
        return Index(about, arrays)
    except KeyError as error:
        raise disk.unusable(folder, f"lacks {error}") from error


def _laid_out(rows: Sequence[Row]) -> Sheet:
    forms = [names.form(row[1], row[3]) for row in rows]
    return laid_out(forms, [Named(text, schema, country, kind == "weak") for _, text, kind, schema, country in rows])


def _codes(known: list[str], rows: list[Row], field: int) -> npt.NDArray[np.uint32]:
    where = {value: at for at, value in enumerate(known)}
    return np.fromiter((where[row[field]] for row in rows), dtype=np.uint32, count=len(rows))


def _digest(given: list[Row], held: list[tuple[str, str, str]]) -> str:
    """The digest of all rows and identifiers, a stretch at a time."""
    found = hashlib.sha256()
    for part in (given, held):
        found.update(str(len(part)).encode())
        for start in range(0, len(part), _CHUNK):
            piece = part[start : start + _CHUNK]
            try:
                found.update(msgspec.json.encode(piece))
            except UnicodeEncodeError:  # half a surrogate pair is no text
                found.update(repr(piece).encode("utf-8", "backslashreplace"))
    return found.hexdigest()
