"""Numbers in names: "III", "3rd", "third" and "03" are one number."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = re.compile(r"0*(\d+)(?:st|nd|rd|th)?")
_ROMAN: Final = dict(
    zip(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi"),
        map(str, range(1, 17)),
        strict=True,
    )
)
_WORDS: Final = dict(
    zip(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        map(str, range(1, 11)),
        strict=True,
    )
)
# A lone letter is a number only behind a word that is counted.
_COUNTED: Final = frozenset(
    {"fund", "phase", "series", "part", "class", "unit", "no", "number", "trust", "block", "stage", "tranche", "spv"}
)


def number(token: str, before: str = "") -> str:
    """The number a word stands for, in digits without leading zeros; empty where it is none.

    `token` and the word `before` it are lower-case ASCII letters. "i", "v" and "x" count only
    behind a word such as "fund"; roman numbers only behind another word.
    """
    digits = _DIGITS.fullmatch(token)
    if digits is not None:
        return digits[1]
    if token in _WORDS:
        return _WORDS[token]
    if before and token in _ROMAN and (len(token) > 1 or before in _COUNTED):
        return _ROMAN[token]
    return ""
