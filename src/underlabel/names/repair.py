"""Names that were read in the wrong encoding, put right."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Final, cast

# UTF-8 read as latin-1, cp1252 or a neighbour shows as an accented capital before a sign no word holds there; read as
# cp1251 as one of two Cyrillic capitals before one.
_SUSPECT: Final = re.compile(
    "[\u00c2-\u00df\u00e0-\u00ef\u0102-\u0111]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|[\u0420\u0421\u0413\u0412][\u00a0-\u00bf\u0402-\u040f\u0452-\u045f\u2013-\u203a\u20ac\u2116\u2122]"
    "|(?:[\u0420\u0421][\u0410-\u045f]){4}"
)
# The same for Windows-874: Thai itself becomes a row of pairs, an accented Latin letter "\u0e23" and another.
_SUSPECT_THAI: Final = re.compile(
    "(?:\u0e40[\u0e18\u0e19].){2}|[A-Za-z]\u0e23[\u0e01-\u0e3a\u0e3f-\u0e5b\u0080-\u00bf]"
)
_BYTES: Final = 0x100


def repaired(text: str) -> str:
    """The text as it was meant, where it is UTF-8 read as cp1252, latin-1, cp1251, cp1250 or Windows-874.

    A text that is no such thing comes back as it is, at hardly any cost.
    """
    if text.isascii():
        return text
    if _SUSPECT.search(text):
        return _fix_encoding()(text)
    return _from_thai(text) if _SUSPECT_THAI.search(text) else text


@cache
def _fix_encoding() -> Callable[[str], str]:
    # ftfy takes 20 ms to load, and hardly any name needs it.
    return cast("Callable[[str], str]", import_module("ftfy").fix_encoding)


def _from_thai(text: str) -> str:
    try:
        raw = b"".join(bytes([ord(char)]) if ord(char) < _BYTES else char.encode("cp874") for char in text)
        return raw.decode("utf-8")
    except UnicodeError:
        return text
