"""How alike two different words are: slips of the pen, and the consonants that transliterations keep."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from underlabel import names
from underlabel.match.lexicon import GIVEN, I32, NUMBER, PLACE, Lexicon

MOST_SLIPS: Final = 3
JOINED: Final = 0.97
INITIAL: Final = 0.6
LONGEST: Final = 40
_ROOT: Final = 4
"""Words of the table are forms of one word where they begin with so many equal letters, or two thirds."""
_SKELETON: Final = (0.0, 0.0, 0.0, 0.66, 0.76, 0.8)
"""Likeness of words with the same consonants, by how many these are; from five on, the last."""
_SOUNDS: Final = 3
"""So many consonants make two spellings one word as heard ("Mohammed", "Muhammad"): one slip, however many letters."""
_HARDLY: Final = 0.34
_OTHERS: Final = 0.45
_VOWELS: Final = frozenset("aeiouy")
BY_SOUND: Final = 3
"""Slips that words of the same consonants count for, where they are more apart by letters."""
_KNOWN: Final = frozenset(range(1, NUMBER)) - GIVEN


def _by_slips() -> npt.NDArray[np.float32]:
    """Likeness by slips (one letter wrong, missing, extra, or two swapped) and by the longer word's letters."""
    steps = {
        1: ((3, 0.5), (4, 0.74), (5, 0.8), (6, 0.88), (8, 0.92)),
        2: ((7, 0.74), (9, 0.8), (12, 0.86)),
        3: ((12, 0.72),),
    }
    table = np.zeros((MOST_SLIPS + 2, LONGEST + 1), dtype=np.float32)
    for slips, levels in steps.items():
        for least, value in levels:
            table[slips, least:] = value
    return table


BY_SLIPS: Final = _by_slips()
ALLOWED: Final = np.array(
    [max((s for s in range(MOST_SLIPS + 1) if s and BY_SLIPS[s, n] > 0), default=0) for n in range(LONGEST + 1)],
    dtype=np.uint8,
)
"""How many slips two words may be apart, by the letters of the longer one."""


def may_be_alike(
    left: tuple[npt.NDArray[np.integer], ...], right: tuple[npt.NDArray[np.integer], ...]
) -> npt.NDArray[np.bool_]:
    """Whether words with these (length, bag, skeleton) can be alike at all; cheap, never false for words that are.

    The arrays broadcast against each other.
    """
    longer = np.minimum(np.maximum(left[0], right[0]), LONGEST)
    allowed = ALLOWED[longer]
    apart = np.abs(left[0].astype(np.int16) - right[0].astype(np.int16))
    found: npt.NDArray[np.bool_] = (apart <= allowed) & (np.bitwise_count(left[1] ^ right[1]) <= 2 * allowed)
    found |= (left[2] == right[2]) & (left[2] != 0)
    return found


def likeness(
    left: Lexicon, right: Lexicon, ids: tuple[I32, I32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """How alike pairs of different words are: 0, or 0.5 to 0.92; and how many slips apart. Symmetric.

    `ids` are the words of either lexicon. Numbers and place names are never alike unless equal; two
    words of the rarity table only if one is derived from the other ("technology", "technologies"),
    or both are people's names.
    """
    here, there = ids
    texts = left.texts.many(here), right.texts.many(there)
    slips = process.cpdist(*texts, scorer=OSA.distance, score_cutoff=MOST_SLIPS, dtype=np.uint8)
    longer = np.minimum(np.maximum(left.length[here], right.length[there]), LONGEST)
    value = BY_SLIPS[np.minimum(slips, MOST_SLIPS + 1), longer]
    slips = np.minimum(slips, BY_SOUND)
    same = np.flatnonzero((left.skeleton[here] == right.skeleton[there]) & (left.skeleton[here] != 0))
    if len(same):
        alike, few = _as_heard([texts[0][at] for at in same.tolist()], [texts[1][at] for at in same.tolist()])
        value[same] = np.maximum(value[same], alike)
        slips[same] = np.minimum(slips[same], few)
    kinds = left.kind[here], right.kind[there]
    value[(kinds[0] == NUMBER) | (kinds[1] == NUMBER)] = 0
    known = np.flatnonzero(np.isin(kinds[0], _KNOWN_CODES) & np.isin(kinds[1], _KNOWN_CODES))
    for at in known.tolist():
        one, other = texts[0][at], texts[1][at]
        root = max(_ROOT, min(len(one), len(other)) * 2 // 3)
        if PLACE in (kinds[0][at], kinds[1][at]) or one[:root] != other[:root]:
            value[at] = 0
    return value, slips


def _as_heard(left: list[str], right: list[str]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """How alike words of the same consonants are, and the slips they count for: one, if hardly more than vowels differ.

    Words whose letters differ more than that by half are others, unless one is written without vowels.
    """
    apart = process.cpdist(left, right, scorer=OSA.distance, dtype=np.uint8)
    longer = np.fromiter((max(len(one), len(other)) for one, other in zip(left, right, strict=True)), dtype=np.int64)
    bones = np.fromiter((len(names.skeleton(one)) for one in left), dtype=np.int64)
    bare = np.fromiter((_bare(one) or _bare(other) for one, other in zip(left, right, strict=True)), dtype=np.bool_)
    alike = np.array(_SKELETON, dtype=np.float32)[np.minimum(bones, len(_SKELETON) - 1)]
    alike[(apart > _OTHERS * longer) & ~bare] = 0
    slips = np.where((apart <= _HARDLY * longer) | bare, 1, BY_SOUND - 1).astype(np.uint8)
    return alike, np.where(bones >= _SOUNDS, slips, BY_SOUND).astype(np.uint8)


def _bare(word: str) -> bool:
    """Whether a word is written without vowels."""
    return not _VOWELS.intersection(word)


_KNOWN_CODES: Final = np.array(sorted(_KNOWN), dtype=np.uint8)
