"""Slips of the pen in the long words of organisation types: "Limitted", "OBSHCHESVTO", "COMPANYLIMITED"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from underlabel.names.rarity import word_class

# Words long enough that what is one slip away from them is hardly another word.
_WORDS: Final = [
    "limited",
    "company",
    "corporation",
    "incorporated",
    "liability",
    "aktsionernoe",
    "obshchestvo",
    "ogranichennoi",
    "ogranichennoy",
    "otvetstvennostyu",
    "publichnoe",
    "zakrytoe",
    "otkrytoe",
    "aktiengesellschaft",
    "gesellschaft",
    "haftung",
    "sirketi",
    "sociedad",
    "anonima",
    "societe",
    "anonyme",
    "unternehmergesellschaft",
    "tovarystvo",
    "vidpovidalnistyu",
    "obmezhenoyu",
    "proprietary",
]
_KNOWN: Final = frozenset(_WORDS)
_JOINT_STOCK: Final = ("joint", "stock")
_END: Final = 3
_LEAST: Final = 6
_TWO_SLIPS: Final = 11
_GLUED: Final = tuple(
    word for word in _WORDS if word in {"limited", "company", "corporation", "incorporated", "obshchestvo"}
)
_REST: Final = 4
_MOST: Final = 40


def _ends() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word in _WORDS:
        found["<" + word[:_END]].add(word)
        found[">" + word[-_END:]].add(word)
    return {end: tuple(sorted(words)) for end, words in found.items()}


_BY_END: Final = _ends()
"""Type words by their first and their last letters: one slip spoils no more than one of the two."""


def righted(words: Sequence[str]) -> list[str]:
    """The words, lower case, with slips in long words of organisation types put right, and such words cut off others.

    A word that the rarity table knows stays as it is. Linear in the letters.
    """
    found: list[str] = []
    for word in words:
        if len(word) < _LEAST or len(word) > _MOST or word in _KNOWN or not word.isascii():
            found.append(word)
        else:
            found.extend(_righted(word))
    return _joint_stock(found) if "company" in found else found


def _joint_stock(words: list[str]) -> list[str]:
    """The words, "joint stock" put right before "company": too short to be told by themselves."""
    for at, word in enumerate(words[2:]):
        if word == "company" and all(map(_near, words[at : at + 2], _JOINT_STOCK)):
            words[at : at + 2] = _JOINT_STOCK
    return words


def _near(word: str, other: str) -> bool:
    return OSA.distance(word, other, score_cutoff=1) <= 1


@lru_cache(maxsize=1 << 14)
def _righted(word: str) -> tuple[str, ...]:
    if word_class(word):
        return (word,)
    for other in (*_BY_END.get("<" + word[:_END], ()), *_BY_END.get(">" + word[-_END:], ())):
        most = 2 if len(other) >= _TWO_SLIPS else 1
        if OSA.distance(word, other, score_cutoff=most) <= most:
            return (other,)
    for other in _GLUED:
        if len(word) >= len(other) + _REST and word.endswith(other):
            return (*_righted(word[: -len(other)]), other)
        if len(word) >= len(other) + _REST and word.startswith(other):
            return (other, *_righted(word[len(other) :]))
    return (word,)
