"""Names as bits: which pairs of letters their words hold, so that likeness is a count of bits."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match.lexicon import Lexicon
from underlabel.match.postings import I64, U64
from underlabel.match.sheet import Sheet
from underlabel.match.strings import Strings

_CODES: Final = 64
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_ONE: Final = np.uint64(1)

Bits = npt.NDArray[np.uint8]


def of_words(texts: Strings) -> U64:
    """Two numbers a word: a bit for each pair of letters, the first letter counting as a pair."""
    letters = np.asarray(texts.data).astype(np.uint64)
    before = np.zeros_like(letters)
    before[1:] = letters[:-1]
    starts = texts.ends[:-1]
    before[starts[starts < len(letters)]] = 0
    with np.errstate(over="ignore"):
        code = ((before * np.uint64(128) + letters + _ONE) * _SPREAD) >> np.uint64(57)
    bit = _ONE << (code & np.uint64(63))
    upper = code >= np.uint64(_CODES)
    return np.stack(
        [
            _merged(np.where(upper, np.uint64(0), bit), texts.ends),
            _merged(np.where(upper, bit, np.uint64(0)), texts.ends),
        ],
        axis=1,
    )


def telling(words: Lexicon, sheet: Sheet) -> npt.NDArray[np.bool_]:
    """For each word of the sheet whether it tells who is meant; all words of a name do where none does."""
    tells = (words.weight > names.COMMON)[sheet.words]
    many = np.diff(sheet.starts)
    some = _merged(tells.astype(np.uint64), sheet.starts) > 0
    return tells | np.repeat(~some, many)


def of_stems(sheet: Sheet) -> U64:
    """Two numbers a name, from the words of its stem."""
    each = of_words(sheet.lexicon.texts)[sheet.words]
    return np.stack([_merged(np.ascontiguousarray(each[:, at]), sheet.starts) for at in (0, 1)], axis=1)


def counted(signatures: U64) -> npt.NDArray[np.uint16]:
    """How many bits are set in each pair of numbers."""
    # The two counts side by side are one number of 16 bits; times 257 its upper half is their sum.
    both = np.bitwise_count(signatures).view(np.uint16).ravel()
    found: npt.NDArray[np.uint16] = (both * np.uint16(257)) >> np.uint16(8)
    return found


def picked(signatures: U64, which: npt.NDArray[Any]) -> U64:
    """The pairs of numbers at these places."""
    # Sixteen bytes as one item: numpy takes those several times quicker than rows of two.
    found: U64 = signatures.view(np.complex128).ravel().take(which).view(np.uint64).reshape(-1, 2)
    return found


def _merged(bits: U64, ends: I64 | npt.NDArray[Any]) -> U64:
    """The bits of consecutive stretches, merged; an empty stretch has none."""
    if len(ends) < 2:  # noqa: PLR2004 - no stretch at all
        return np.zeros(0, dtype=np.uint64)
    found = np.bitwise_or.reduceat(np.append(bits, np.uint64(0)), ends[:-1])
    found[ends[:-1] == ends[1:]] = 0
    return found
