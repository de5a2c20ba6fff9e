"""A text cut into words, each with its place and its comparable letters."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.names.latin import letters

_INSIDE: Final = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
)
_INSIDE_INDIC: Final = "\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u135d-\u135f"
# "S.p.A.", "o.o." and "U.S." are one word each; so is "O'Brien", with any of three apostrophes.
_WORD: Final = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
    r"|(?<![^\W_])[^\W\d_]\.[^\W\d_]{1,2}\.[^\W\d_]\.?(?![^\W_])"
    rf"|[^\W_](?:[^\W_{_INSIDE}]|[{_INSIDE}{_INSIDE_INDIC}]|['\u2019\u02bc](?=[^\W_]))*"
)


class Word(msgspec.Struct, frozen=True):
    """A word of a text: `text[start:end]` as written, `letters` in lower-case ASCII."""

    start: int
    end: int
    letters: str


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order, with character offsets; one pass, linear in its length."""
    found = ((match.start(), match.end(), letters(match.group())) for match in _WORD.finditer(text))
    return tuple(Word(start, end, plain) for start, end, plain in found if plain)


def split(text: str) -> list[str]:
    """The words of a text as written."""
    return _WORD.findall(text)
