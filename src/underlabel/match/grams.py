"""Names as sparse vectors: letter trigrams and words, weighted by the shipped rarity table.

The weights never depend on the loaded list, so that a list's growth moves no candidate's rank.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from underlabel import names

_LETTERS: Final = {letter: code for code, letter in enumerate(" abcdefghijklmnopqrstuvwxyz0123456789")}
_BASE: Final = len(_LETTERS)
_WORDS: Final = 1 << 16
_SHORT: Final = range(4, 8)
_SHORTER: Final = 1.2
FEATURES: Final = _BASE**3 + _WORDS

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


def sparse() -> Any:  # noqa: ANN401 - scipy is untyped
    """`scipy.sparse`, loaded on first use: it takes a third of a second."""
    return importlib.import_module("scipy.sparse")


def vectors(stems: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - a scipy CSR matrix is untyped
    """A CSR matrix, a row of unit length per stem; a stem without words is a row of zeros."""
    features: list[Ints] = []
    weights: list[Floats] = []
    ends = np.zeros(len(stems) + 1, dtype=np.int64)
    for row, stem in enumerate(stems):
        count = 0
        for word in stem:
            where, weight = _features(word)
            features.append(where)
            weights.append(weight)
            count += len(where)
        ends[row + 1] = ends[row] + count
    columns = np.concatenate(features) if features else np.zeros(0, dtype=np.int32)
    values = np.concatenate(weights) if weights else np.zeros(0, dtype=np.float32)
    matrix = sparse().csr_matrix((values, columns, ends), shape=(len(stems), FEATURES))
    matrix.sum_duplicates()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    matrix.data = (matrix.data / np.repeat(lengths, np.diff(matrix.indptr))).astype(np.float32)
    return matrix


@lru_cache(maxsize=1 << 16)
def _features(word: str) -> tuple[Ints, Floats]:
    rarity = names.rarity(word)
    codes = [0, *(_LETTERS[letter] for letter in word), 0]
    found = [(a * _BASE + b) * _BASE + c for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)]
    found.append(_hashed(word))
    weights = [rarity] * len(found)
    if len(word) in _SHORT and rarity > names.FUNCTION:
        # A slip can leave a short word no trigram: what is left without one letter still agrees.
        kept = sorted(set(names.shorter(word)))
        found += [_hashed(part) for part in kept]
        weights += [rarity * _SHORTER] * len(kept)
    return np.array(found, dtype=np.int32), np.array(weights, dtype=np.float32)


def _hashed(text: str) -> int:
    return _BASE**3 + zlib.crc32(text.encode()) % _WORDS
