"""Organisation types that rigour does not know, or not there: a table shipped with the package."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

import msgspec

from underlabel.names.tables import rows as rows_of

# Spellings of one Arabic letter in Arabic, Persian and on keyboards of either.
_ARABIC: Final = str.maketrans("كيىٱأإآ", "کییاااا", "ـ")


class Row(msgspec.Struct, frozen=True):
    """A type in words: `place` is where in a name it is one: anywhere, at the end, at the start, at either edge."""

    words: tuple[str, ...]
    org_type: str
    place: str


def folded(word: str) -> str:
    """A word as the table has it: lower case, without dots; Latin without accents, Arabic letters in one spelling."""
    word = word.casefold().replace(".", "")
    if word.isascii():
        return word
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if unicodedata.category(char) != "Mn")
    return bare if bare.isascii() else word.translate(_ARABIC)


def listed(words: Sequence[str], at: int) -> Row | None:
    """The longest type of the table that stands at a place of the folded words, if any does."""
    for row in _table()[0].get(words[at], ()):
        if tuple(words[at : at + len(row.words)]) == row.words and _stands(row, at, len(words)):
            return row
    return None


def first_words() -> frozenset[str]:
    """The words that types of the table begin with."""
    return _starts()


def classes() -> dict[str, str]:
    """The family of each type in the table."""
    return _table()[1]


def _stands(row: Row, at: int, length: int) -> bool:
    """Whether a row may stand there, going by the start; its end is judged when all types are known."""
    if row.place == "start":
        return at == 0 and length > len(row.words)
    return True


@cache
def _starts() -> frozenset[str]:
    return frozenset(_table()[0])


@cache
def _table() -> tuple[dict[str, tuple[Row, ...]], dict[str, str]]:
    rows: dict[str, list[Row]] = {}
    kinds: dict[str, str] = {}
    for line in rows_of("orgtypes.csv"):
        words = tuple(folded(unicodedata.normalize("NFKC", word)) for word in line["words"].split())
        rows.setdefault(words[0], []).append(Row(words, line["type"], line["place"]))
        kinds[line["type"]] = line["class"]
    longest_first = {first: tuple(sorted(each, key=lambda row: -len(row.words))) for first, each in rows.items()}
    return longest_first, kinds
