"""The consonants of a word, folded so that the romanisations of one word agree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# What several letters stand for, longest first; each choice was measured on aliases that the lists publish.
_WITH_H: Final = (
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "s"),
    ("dzh", "j"),
    ("zh", "j"),
    ("sh", "s"),
    ("ch", "s"),
    ("kh", "k"),
    ("gh", "k"),
    ("ph", "f"),
    ("h", "a"),
)
_WITH_C: Final = (("ovic", "ovis"), ("ck", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"))
_OTHERS: Final = (("dj", "j"), ("dz", "d"), ("ij", "i"), ("yj", "y"), ("ts", "s"), ("tz", "s"), ("x", "ks"))
# Vowels become one vowel first, so that "mm" in "mohammed" is one letter and in "mhmd" two.
_CLASSES: Final = str.maketrans(
    {"q": "k", "g": "k", "c": "k", "z": "s", "v": "f", "w": "f"} | dict.fromkeys("eiouy", "a")
)
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = frozenset("aeiouy")


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """The consonant skeleton of a lower-case ASCII word: equal for the usual romanisations of one word.

    "mohammed", "muhammad" and "mhmd" are "mmd"; "qaddafi", "gaddafi" and "kadhafi" are "kdf". Vowels, and "y" and "h"
    past the first letter, are left out; a first vowel or "y" is "a", and a first "h" stays. Digits
    stay. Different words may share a skeleton: it finds candidates and decides nothing.
    """
    first = word[:1]
    if "h" in word:
        for pair, kind in _WITH_H:
            word = word.replace(pair, kind)
    if "c" in word:
        for pair, kind in _WITH_C:
            word = word.replace(pair, kind)
    for pair, kind in _OTHERS:
        if pair in word:
            word = word.replace(pair, kind)
    head = "a" if first in _VOWELS else "h" if first == "h" else ""
    return head + _DOUBLED.sub(r"\1", word.translate(_CLASSES)).replace("a", "")
