"""Words with letters left out: two words one slip apart share a word with a letter left out."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from underlabel.match.lexicon import POWERS, hashed
from underlabel.match.postings import I64, U64, spread
from underlabel.match.strings import Strings

_LETTERS: Final[U64] = hashed([chr(code) for code in range(128)])
_BACK: Final = np.uint64(pow(int(POWERS[1]), -1, 1 << 64))
_LONGEST: Final = len(POWERS)


def hashes(texts: Strings) -> U64:
    """The hashes of texts in ASCII, as `lexicon.hashed` makes them."""
    total = _sums(texts)
    with np.errstate(over="ignore"):
        return total[texts.ends[1:]] - total[texts.ends[:-1]]


def one_less(texts: Strings, which: npt.NDArray[Any]) -> tuple[I64, U64]:
    """Whose (numbers of `texts`, of those in `which`) and the hash, for each letter left out."""
    total, (first, length) = _sums(texts), _stretches(texts, which)
    at = spread(first, length)
    owner = np.repeat(which, length)
    start, end = texts.ends[owner], texts.ends[owner + 1]
    with np.errstate(over="ignore"):
        left = (total[at] - total[start]) + (total[end] - total[at + 1]) * _BACK
    return owner, left


def two_less(texts: Strings, which: npt.NDArray[Any]) -> tuple[I64, U64]:
    """The same for each pair of letters left out."""
    total, (first, length) = _sums(texts), _stretches(texts, which)
    one = spread(first, length)
    owner = np.repeat(which, length)
    behind = texts.ends[owner + 1] - one - 1
    other = spread(one + 1, behind)
    one, owner = np.repeat(one, behind), np.repeat(owner, behind)
    start, end = texts.ends[owner], texts.ends[owner + 1]
    with np.errstate(over="ignore"):
        between = (total[other] - total[one + 1]) * _BACK
        left = (total[one] - total[start]) + between + (total[end] - total[other + 1]) * _BACK * _BACK
    return owner, left


def _sums(texts: Strings) -> U64:
    """The terms of the polynomial, added up letter by letter over all texts."""
    lengths = np.diff(texts.ends)
    place = np.arange(int(texts.ends[-1])) - np.repeat(texts.ends[:-1], lengths)
    total = np.zeros(len(place) + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        np.cumsum(_LETTERS[texts.data] * POWERS[place % _LONGEST], out=total[1:])
    return total


def _stretches(texts: Strings, which: npt.NDArray[Any]) -> tuple[I64, I64]:
    first = texts.ends[which]
    return first, texts.ends[np.asarray(which) + 1] - first
