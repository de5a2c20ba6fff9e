"""Any script to plain ASCII letters: what is invisible goes, what looks alike is told apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rigour.text.scripts import text_scripts
from rigour.text.translit import ascii_text

from underlabel.names.abjads import consonants

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
# Letters of other alphabets that pass for Latin ones, in words that also hold Latin letters.
_ALIKE: Final = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏζαβεηικμνορτυχАВЕКМНОРСТУХІЈЅԀԚԜҺΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abekmhopctyxijsdqwhlzabenikmvoptuxABEKMHOPCTYXIJSDQWHABEZHIKMNOPTYX",
)
_MIXES: Final = frozenset({"Cyrillic", "Greek"})
_ABJADS: Final = frozenset({"Arabic", "Hebrew"})
# Two Greek letters that are one sound at the start of a word.
_GREEK: Final = (("\u03bc\u03c0", "b"), ("\u03bd\u03c4", "d"), ("\u03b3\u03ba", "g"))
# The Armenian ligature "ev" in small letters.
_EV: Final = "\u0565\u0582"
_INHERENT: Final = re.compile(r"(?<=[^aeiou])a$")
_LAST_CONSONANT: Final = re.compile("[\u0915-\u0939\u0958-\u095f]$")
_ORDINAL: Final = str.maketrans("\u00ba\u00aa", "..")


def visible(text: str) -> str:
    """The text without zero-width, bidirectional and other invisible characters, in NFKC form."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text.translate(_ORDINAL)))


def ascii(text: str) -> str:  # noqa: A001 - the door reads `names.ascii`, no builtin is meant
    """The text in ASCII letters, case kept; a Han character becomes its Mandarin reading.

    Lossy: different names may come to the same letters. Invisible characters are dropped.
    """
    text = visible(text)
    if text.isascii():
        return text
    return " ".join(_letters(part) for part in text.split())


@lru_cache(maxsize=1 << 16)
def letters(word: str) -> str:
    """One word as lower-case ASCII letters and digits; empty where nothing of it is left."""
    if word.isascii():
        return word.lower() if word.isalnum() else _NOT_WORD.sub("", word.lower())
    return _NOT_WORD.sub("", _letters(visible(word).casefold()).lower())


@lru_cache(maxsize=1 << 14)
def scripts(text: str) -> frozenset[str]:
    """The scripts that the letters of a text are from ("Latin", "Cyrillic", "Han")."""
    return frozenset(text_scripts(_INVISIBLE.sub("", text)))


def _letters(word: str) -> str:
    if word.isascii():
        return word
    # Symbols and marks would only come out of the transliterator as noise.
    word = "".join(char for char in word if unicodedata.category(char)[0] in "LNM" or char.isascii())
    found = scripts(word)
    if "Latin" in found and found & _MIXES:
        word = word.translate(_ALIKE)
    elif found & _ABJADS:
        word = consonants(word)
    elif "Greek" in found:
        word = _greek(word)
    elif "Armenian" in found:
        word = word.replace(_EV, "ev")
    plain = ascii_text(word).replace("?", "")
    # The vowel that a Devanagari consonant carries is not spoken at the end.
    return _INHERENT.sub("", plain) if "Devanagari" in found and _LAST_CONSONANT.search(word) else plain


def _greek(word: str) -> str:
    low = word.casefold()
    for pair, sound in _GREEK:
        if low.startswith(pair):
            return (sound.upper() if word[:1].isupper() else sound) + word[2:]
    return word
