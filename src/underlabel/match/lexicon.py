"""Words as numbers: what comparing two words needs of each, as plain arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match.strings import Strings, pack

KINDS: Final = (
    "",
    "function",
    "legal",
    "very common",
    "common",
    "word",
    "place",
    "given",
    "family",
    "abbreviation",
    "number",
)
"""What a word is, by its code in `Lexicon.kind`: the rarity table's classes, and numbers."""
NUMBER: Final = KINDS.index("number")
PLACE: Final = KINDS.index("place")
GIVEN: Final = frozenset({KINDS.index("given"), KINDS.index("family")})

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_LONGEST: Final = 1_001
_TWICE: Final = 26
_DIGITS: Final = 52
_ARRAYS: Final = ("hash", "length", "first", "weight", "kind", "bag", "skeleton")

U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]


def _powers() -> U64:
    found = np.empty(_LONGEST, dtype=np.uint64)
    found[0] = 1
    with np.errstate(over="ignore"):
        for at in range(1, _LONGEST):
            found[at] = found[at - 1] * _BASE
    return found


POWERS: Final = _powers()
"""`POWERS[n]` is the base to the n, modulo 2 to the 64."""


class Lexicon:
    """Distinct words; word `i` is the one with the `i`-th smallest `hash`.

    `hash` is a polynomial hash modulo 2^64 over the letters: `hash(a + b)` is `hash(a) +
    POWERS[len(a)] * hash(b)`. `bag` has a bit for each letter that occurs, one for each that occurs
    twice, one for each digit: one slip of the pen changes at most two bits. `weight` is the word's
    rarity, `kind` its code in `KINDS`, `first` its first letter, `skeleton` the hash of its
    consonants (0 where there are none).
    """

    def __init__(self, texts: Strings, arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Hold the arrays that `lexicon` or `arrays` made; errors: `KeyError` if one is missing."""
        self.texts = texts
        self.arrays = {name: arrays[name] for name in _ARRAYS}
        self.hash: U64 = arrays["hash"]
        self.length: npt.NDArray[np.uint16] = arrays["length"]
        self.first: npt.NDArray[np.uint8] = arrays["first"]
        self.weight: npt.NDArray[np.float32] = arrays["weight"]
        self.kind: npt.NDArray[np.uint8] = arrays["kind"]
        self.bag: U64 = arrays["bag"]
        self.skeleton: U64 = arrays["skeleton"]

    def __len__(self) -> int:
        """How many words it holds."""
        return len(self.hash)

    def find(self, hashes: U64) -> I32:
        """The ids of words by their hashes; -1 where it does not hold one."""
        if not len(self):
            return np.full(len(hashes), -1, dtype=np.int32)
        at = np.minimum(np.searchsorted(self.hash, hashes), len(self) - 1)
        return np.where(self.hash[at] == hashes, at, -1).astype(np.int32)


def lexicon(words: Iterable[str]) -> tuple[Lexicon, dict[str, int]]:
    """The lexicon of these words, in lower-case ASCII letters and digits, and the id of each."""
    distinct = sorted(set(words))
    hashes = hashed(distinct)
    order = np.argsort(hashes, kind="stable")
    ordered = [distinct[at] for at in order.tolist()]
    skeletons = hashed([names.skeleton(word) for word in ordered])
    arrays: dict[str, npt.NDArray[Any]] = {
        "hash": hashes[order],
        "length": np.array([len(word) for word in ordered], dtype=np.uint16),
        "first": np.array([ord(word[0]) if word else 0 for word in ordered], dtype=np.uint8),
        "weight": np.array([names.rarity(word) for word in ordered], dtype=np.float32),
        "kind": np.array([_kind(word) for word in ordered], dtype=np.uint8),
        "bag": _bags(ordered),
        "skeleton": skeletons,
    }
    return Lexicon(pack(ordered), arrays), {word: at for at, word in enumerate(ordered)}


def hashed(words: Sequence[str]) -> U64:
    """The polynomial hashes of words in ASCII; an empty word is 0."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    letters = np.frombuffer("".join(words).encode("ascii"), dtype=np.uint8)
    starts = np.cumsum(lengths) - lengths
    place = np.arange(len(letters)) - np.repeat(starts, lengths)
    with np.errstate(over="ignore"):
        terms = _mixed(letters.astype(np.uint64)) * POWERS[place % _LONGEST]
    return summed(terms, lengths)


def summed(terms: U64, lengths: npt.NDArray[np.int64]) -> U64:
    """The sums, modulo 2^64, of consecutive stretches of terms with these lengths."""
    total = np.zeros(len(terms) + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        np.cumsum(terms, out=total[1:])
        ends = np.cumsum(lengths)
        found: U64 = total[ends] - total[ends - lengths]
    return found


def _mixed(letters: U64) -> U64:
    """Letters spread over 64 bits, so that words of few letters do not lie close together."""
    with np.errstate(over="ignore"):
        spread = (letters + np.uint64(1)) * np.uint64(0xBF58476D1CE4E5B9)
        return spread ^ (spread >> np.uint64(29))


def _kind(word: str) -> int:
    if word.isdigit():
        return NUMBER
    known = names.word_class(word)
    return KINDS.index(known) if known in KINDS else 0


def _bags(words: Sequence[str]) -> U64:
    return np.fromiter((_bag(word) for word in words), dtype=np.uint64, count=len(words))


def _bag(word: str) -> int:
    once = twice = 0
    for letter in word:
        code = ord(letter)
        bit = 1 << (code - 97 if code >= 97 else _DIGITS + code - 48)  # noqa: PLR2004 - "a", and digits below it
        twice |= once & bit
        once |= bit
    return once | (twice & ((1 << _TWICE) - 1)) << _TWICE
