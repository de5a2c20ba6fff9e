"""Arabic and Hebrew letters in ASCII: vowels are not written, so that only skeletons of them can be compared."""

from __future__ import annotations

import unicodedata
from typing import Final

from underlabel.names.tables import column

_LETTERS: Final = column("letters.csv", "letter", "sound")
_TATWEEL: Final = "\u0640"
_AIN: Final = frozenset("\u0639\u05e2")
_WAW: Final = "\u0648"
_YA: Final = frozenset("\u064a\u06cc")
_ALEPH: Final = frozenset("\u0627\u0622")
_VOWELS: Final = frozenset("\u0627\u0622\u0623\u0625\u064a\u06cc\u0649\u0648\u05d0\u05d5\u05d9")
_VAV, _YOD, _HE, _BET, _PE = "\u05d5", "\u05d9", "\u05d4", "\u05d1", "\u05e4"
_BY_PLACE: Final = frozenset({_VAV, _YOD, _HE, _BET, _PE})
_ARTICLE: Final = "\u0627\u0644"
_LONG_ENOUGH: Final = 5


def consonants(word: str) -> str:
    """A word of Arabic or Hebrew letters in lower-case ASCII; other characters stay as they are.

    Waw and ya are vowels between consonants and consonants beside a vowel ("جواد" is "jwad", "نور" is
    "nur"). Ta marbuta is "a". A Hebrew pe is "p" at the start only, a bet "b" at the start and behind a consonant.
    """
    bare = "".join(
        char for char in unicodedata.normalize("NFC", word) if unicodedata.category(char) != "Mn" and char != _TATWEEL
    )
    return "".join(_letter(bare, at) for at in range(len(bare)))


def without_article(word: str) -> list[str]:
    """The word, its Arabic article a word of its own, as romanised lists write it: "القذافي" is two words."""
    if word.startswith(_ARTICLE) and len(word) >= _LONG_ENOUGH:
        return [_ARTICLE, word[len(_ARTICLE) :]]
    return [word]


def _letter(word: str, at: int) -> str:
    char = word[at]
    before, after = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
    if char in _AIN:
        return "" if before else "a"
    if char == _WAW:
        return "w" if not before or after in _VOWELS or before in _ALEPH else "u"
    if char in _YA:
        return "y" if not before or after in _ALEPH or after == _WAW else "i"
    return _by_place(char, before, after) if char in _BY_PLACE else _LETTERS.get(char, char)


def _by_place(char: str, before: str, after: str) -> str:
    """A Hebrew letter that sounds by its place."""
    if char == _VAV:
        doubled = "" if before == _VAV else "o"
        return "v" if not before or after == _VAV else doubled
    if char == _YOD:
        return "i" if before else "y"
    if char == _HE:
        return "h" if after else "a"
    if char == _PE:
        return "f" if before else "p"
    return "v" if before and (not after or before in _VOWELS) else "b"
