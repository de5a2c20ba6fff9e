"""Slips of the eye and of the hand: which letters are taken for which."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# The last two are keys that change places between layouts.
_LOOK_ALIKE: Final = (
    "0o 0q 0d oq 1l 1i il 1j ij 1t lt 5s 8b 6b 6g 9g 9q gq 2z 7t 4a 3e uv vy ce co nh nr mn hb rn ft fl yz wz"
)
_ROWS: Final = {
    "QWERTY": ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "QWERTZ": ("1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"),
    "AZERTY": ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"),
}
# What scanning makes of two letters.
_GROUPS: Final = (
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("ii", "u"),
    ("li", "h"),
    ("nn", "m"),
    ("iii", "m"),
    ("ri", "n"),
)
_INSIDE: Final = re.compile(r"(?<=[^\W\d_])[0158](?=[^\W\d_])")
_LETTERS: Final = {"0": "o", "5": "s", "8": "b"}
_VOWELS: Final = frozenset("aeiouyAEIOUY")
_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[0158][^\W\d_]+)+(?![^\W_])")
_SHORTEST: Final = 5
_CONFUSED: Final = 0.5
_SWAPPED: Final = 0.6


@cache
def confusable(a: str, b: str) -> bool:
    """Whether two lower-case ASCII letters or digits pass for one another: by looks, or as neighbours of a keyboard.

    Symmetric; a letter does not pass for itself. Keyboards: QWERTY, QWERTZ and AZERTY.
    """
    return frozenset((a, b)) in _pairs()


def slip_cost(one: str, other: str) -> float:
    """How far two lower-case ASCII words are apart in slips: 0 for equal ones, 1 for any letter changed or missing.

    A letter for one it passes for, and "rn" for "m", "vv" for "w", "cl" for "d", costs 0.5; two neighbours
    swapped cost 0.6; a letter written twice 0.5. Symmetric. Time grows with the product of the lengths.
    """
    rows = [[float(at) for at in range(len(other) + 1)]]
    for i in range(1, len(one) + 1):
        row = [float(i)]
        for j in range(1, len(other) + 1):
            a, b = one[i - 1], other[j - 1]
            best = min(
                rows[i - 1][j - 1] + (0.0 if a == b else _CONFUSED if confusable(a, b) else 1.0),
                rows[i - 1][j] + (_CONFUSED if i > 1 and one[i - 2] == a else 1.0),
                row[j - 1] + (_CONFUSED if j > 1 and other[j - 2] == b else 1.0),
            )
            if i > 1 and j > 1 and a != b and one[i - 2] == b and other[j - 2] == a:
                best = min(best, rows[i - 2][j - 2] + _SWAPPED)
            for first, second in _GROUPS:
                for left, right in ((first, second), (second, first)):
                    if one.endswith(left, 0, i) and other.endswith(right, 0, j):
                        best = min(best, rows[i - len(left)][j - len(right)] + _CONFUSED)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def without_digits(text: str) -> str:
    """The text, digits that stand for letters inside a word read as these: "H1kvision" is "Hikvision".

    Only a lone "0", "1", "5" or "8" between letters, of a word of five letters and more, in any case of letters: "3M",
    "B2B", "5G", "K8" and "C4ISR" keep theirs.
    """
    return _WORD.sub(_read, text) if _INSIDE.search(text) else text


def _read(found: re.Match[str]) -> str:
    word = found[0]
    if sum(map(str.isalpha, word)) < _SHORTEST:
        return word
    return _INSIDE.sub(lambda digit: _as_letter(word, digit.start()), word)


def _as_letter(word: str, at: int) -> str:
    digit, around = word[at], word[at - 1] + word[at + 1]
    letter = _LETTERS.get(digit) or ("l" if all(char in _VOWELS for char in around) else "i")
    return letter.upper() if around.isupper() else letter


@cache
def _pairs() -> frozenset[frozenset[str]]:
    found = {frozenset(pair) for pair in _LOOK_ALIKE.split()}
    for rows in _ROWS.values():
        for upper, lower in zip(rows, (*rows[1:], ""), strict=True):
            found |= {frozenset(upper[at : at + 2]) for at in range(len(upper) - 1)}
            # A row stands half a key to the right of the one above it.
            for at, key in enumerate(lower):
                found |= {frozenset((key, near)) for near in upper[at : at + 2]}
    return frozenset(found)
