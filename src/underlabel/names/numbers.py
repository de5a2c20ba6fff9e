"""Numbers in names: "III", "3rd", "third", "No. 3", "dritte" and "03" are one number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from underlabel.names.tables import column

_DIGITS: Final = re.compile(r"0*(\d+)(?:st|nd|rd|th|er|ere|eme|ieme|ste|ter|go|oi|ii|yi|ya|aya|oe|oye|yy)?")
# Cyrillic endings behind digits ("3-\u0439").
_ENDINGS: Final = re.compile(
    r"(?<=\d)-?(?:\u0439|\u044f|\u0435|\u0433\u043e|\u044b\u0439|\u043e\u0439|\u0430\u044f|\u043e\u0435|\u043c\u0443|\u043c\u0438|\u0445)\b"
)
_NUMBERED: Final = re.compile(r"(?:no|nr|n)0*(\d+)")
# Ordinals in English, German, French, Spanish, Italian, Portuguese, Russian and Turkish, without words that are
# rather names ("Premier", "Prima", "Primo", "Nona").
_ORDINALS: Final = column("numbers.csv", "word", "value", kind="ordinal")
_ROMAN: Final = column("numbers.csv", "word", "value", kind="roman")
# Counting words are numbers only behind a word that is counted: "Fund Two", but "Seven Seas"; so is a lone letter.
_CARDINALS: Final = column("numbers.csv", "word", "value", kind="cardinal")
_COUNTED: Final = frozenset(column("numbers.csv", "word", "value", kind="counted"))
_SIGNS: Final = frozenset(column("numbers.csv", "word", "value", kind="sign"))


def number(token: str, before: str = "") -> str:
    """The number a word stands for, in digits without leading zeros; empty where it is none.

    `token` and the word `before` it are lower-case ASCII letters. Ordinals count in English, German, French,
    Spanish, Italian, Portuguese, Russian and Turkish. "i", "v" and "x", and "two", count only behind a word such
    as "fund"; roman numbers only behind another word. "no5" is 5.
    """
    if token in _ORDINALS:
        return _ORDINALS[token]
    if token[:1].isdigit():
        digits = _DIGITS.fullmatch(token)
        return digits[1] if digits else ""
    if before and token in _ROMAN and (len(token) > 1 or before in _COUNTED):
        return _ROMAN[token]
    if before in _COUNTED and token in _CARDINALS:
        return _CARDINALS[token]
    if token[0:1] == "n" and token[-1:].isdigit():
        numbered = _NUMBERED.fullmatch(token)
        return numbered[1] if numbered else ""
    return ""


def without_endings(text: str) -> str:
    """The text, Cyrillic endings behind digits left out: "3-й" is "3"."""
    return _ENDINGS.sub("", text)


def without_signs(words: Sequence[str]) -> list[str]:
    """The words without "No." and its like before a number: "Plant No. 5" is "Plant 5"."""
    return [
        word for at, word in enumerate(words) if word not in _SIGNS or not "".join(words[at + 1 : at + 2]).isdigit()
    ]
