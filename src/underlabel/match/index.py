"""The index: every name of every party, ready to be asked in batches, kept as plain arrays."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match import disk, grams
from underlabel.match.score import group
from underlabel.match.strings import Strings, pack
from underlabel.model import InputError

BUILDER: Final = 2
"""Raised whenever the arrays come to mean something else."""
KINDS: Final = ("name", "alias", "previous", "weak")
GROUPS: Final = ("", "person", "body", "vessel", "aircraft", "address")
ONE_PER_PARTY: Final = frozenset({"lei", "imo", "uscc", "duns"})
"""Registers in which a party has one number: another number is another party."""
_CHUNK: Final = 8_000
_NOT_VALUE: Final = re.compile(r"[^0-9a-z]+")
_LEAST_VALUE: Final = 5
_ARRAYS: Final = ("party_of", "kind_of", "schema_of", "country_of", "group_of", "starts", "rows", "weights", "hidden")
_TEXTS: Final = ("texts", "parties")

Row = tuple[str, str, str, str, str]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What an index on disk says of itself.

    `content` is the SHA-256 of the rows it was built from, in canonical order; `skipped` counts
    rows whose text is no name; `identifiers` maps "scheme:value" and "value" to party numbers.
    """

    builder: int
    rarity: str
    content: str
    names: int
    skipped: int
    schemas: tuple[str, ...]
    countries: tuple[str, ...]
    identifiers: dict[str, tuple[int, ...]]


class Index:
    """Names of parties in canonical order, and the postings of their trigrams and words.

    Row `i` is name `texts[i]` of party `parties[party_of[i]]`. `starts`, `rows`, `weights` are a
    CSR matrix of features by names; rows in `hidden` are not found. The order of names given leaves no trace.
    """

    def __init__(self, about: About, arrays: dict[str, npt.NDArray[Any]], texts: dict[str, Strings]) -> None:
        """Hold what `build` or `load` made; errors: `KeyError` if a part is missing."""
        self.about = about
        self.arrays = {name: arrays[name] for name in _ARRAYS}
        self.texts, self.parties = texts["texts"], texts["parties"]
        self.party_of, self.group_of = self.arrays["party_of"], self.arrays["group_of"]
        self.hidden = self.arrays["hidden"]

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
    def postings(self) -> Any:  # noqa: ANN401 - scipy is untyped
        """The postings as a scipy CSR matrix over the same memory."""
        parts = (self.arrays["weights"], self.arrays["rows"], self.arrays["starts"])
        return grams.sparse().csr_matrix(parts, shape=(grams.FEATURES, len(self)), copy=False)

    @cached_property
    def registered(self) -> dict[str, frozenset[str]]:
        """For each party, its numbers in registers in which a party has only one."""
        found: dict[int, set[str]] = defaultdict(set)
        for key, parties in self.about.identifiers.items():
            if key.partition(":")[0] in ONE_PER_PARTY:
                for party in parties:
                    found[party].add(key)
        return {self.parties[party]: frozenset(keys) for party, keys in found.items()}

    def hiding(self, names_of: Iterable[tuple[str, str]]) -> Index:
        """The same index, in which these (party, text) names are not found."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for party, text in names_of:
            wanted[party].add(text)
        rows = [at for party, texts in wanted.items() for at in self.rows_of(party) if self.texts[at] in texts]
        hidden = {"hidden": np.array(sorted(rows), dtype=np.int64)}
        return Index(self.about, self.arrays | hidden, {"texts": self.texts, "parties": self.parties})

    def rows_of(self, party: str) -> range:
        """The rows of a party's names; empty if it has none."""
        low, high = 0, len(self.parties)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.parties[middle] < party else (low, middle)
        if low == len(self.parties) or self.parties[low] != party:
            return range(0)
        first, last = np.searchsorted(self.party_of, [low, low + 1])
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
        disk.write(folder, msgspec.json.encode(self.about), self.arrays, {"texts": self.texts, "parties": self.parties})


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
    numbers = sorted(set(identifiers))
    kept, matrix = _postings(given)
    parties = sorted({row[0] for row in kept} | {party for party, _, _ in numbers})
    party_of = {party: at for at, party in enumerate(parties)}
    schemas, countries = sorted({row[3] for row in kept}), sorted({row[4] for row in kept})
    arrays: dict[str, npt.NDArray[Any]] = {
        "party_of": np.array([party_of[row[0]] for row in kept], dtype=np.int32),
        "kind_of": np.array([KINDS.index(row[2]) for row in kept], dtype=np.uint8),
        "schema_of": _codes(schemas, (row[3] for row in kept)),
        "country_of": _codes(countries, (row[4] for row in kept)),
        "group_of": np.array([GROUPS.index(group(row[3])) for row in kept], dtype=np.uint8),
        "starts": matrix.indptr,
        "rows": matrix.indices.astype(np.int32, copy=False),
        "weights": matrix.data,
        "hidden": np.empty(0, dtype=np.int64),
    }
    about = About(
        builder=BUILDER,
        rarity=names.rarity_version(),
        content=hashlib.sha256(msgspec.json.encode([given, numbers])).hexdigest(),
        names=len(kept),
        skipped=len(given) - len(kept),
        schemas=tuple(schemas),
        countries=tuple(countries),
        identifiers=_identifiers(numbers, party_of),
    )
    return Index(about, arrays, {"texts": pack([row[1] for row in kept]), "parties": pack(parties)})


def load(folder: Path) -> Index:
    """Open a saved index, memory-mapped. Errors: `InputError` if it is missing, damaged or stale."""
    raw, arrays, texts = disk.read(folder, _ARRAYS, _TEXTS)
    try:
        about = msgspec.json.decode(raw, type=About)
    except msgspec.DecodeError as error:
        raise disk.unusable(folder, f"is not what this version writes ({error})") from error
    if about.builder != BUILDER or about.rarity != names.rarity_version():
        raise disk.unusable(folder, "was built by another version")
    return Index(about, arrays, texts)


def identifier_keys(scheme: str, value: str) -> Iterator[str]:
    """The keys an identifier is found by; without a scheme only values of five characters and more."""
    plain = _NOT_VALUE.sub("", value.casefold())
    if not plain:
        return
    if scheme:
        yield f"{scheme.strip().casefold()}:{plain}"
    if len(plain) >= _LEAST_VALUE:
        yield plain


def _postings(given: list[Row]) -> tuple[list[Row], Any]:
    """The rows that are names, and features by names; in chunks, so that the forms of one chunk are held at once."""
    kept: list[Row] = []
    blocks = []
    for start in range(0, len(given), _CHUNK):
        rows = [row for row in given[start : start + _CHUNK] if names.is_name(row[1])]
        blocks.append(grams.vectors([names.form(row[1], row[3]).stem for row in rows]))
        kept += rows
    if not kept:
        return [], grams.vectors([]).T.tocsr()
    matrix = grams.sparse().vstack(blocks).T.tocsr()
    matrix.sort_indices()
    return kept, matrix


def _codes(known: list[str], values: Iterable[str]) -> npt.NDArray[np.uint32]:
    where = {value: at for at, value in enumerate(known)}
    return np.array([where[value] for value in values], dtype=np.uint32)


def _identifiers(numbers: list[tuple[str, str, str]], party_of: dict[str, int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for party, scheme, value in numbers:
        for key in identifier_keys(scheme, value):
            found[key].add(party_of[party])
    return {key: tuple(sorted(found[key])) for key in sorted(found)}
