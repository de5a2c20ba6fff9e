"""Text into lines of a drawing: measured without a font, so on the wide side."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]{}/\\-· \u00a0")
_WIDE: Final = frozenset("mwMW@%—…")
_BLANK: Final = re.compile(r"[^\S\u00a0]+")
_AMOUNT: Final = re.compile(r"(?<=\d) (?=%)")


def width(text: str, size: float) -> float:
    """About how wide a text is at a font size, in the size's units; seldom less than a common sans font needs."""
    return sum(map(_em, text)) * size


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """Break a text into at most `most` lines no wider than `room`; what does not fit ends in "…".

    An amount ("48 %") stays together; a word wider than a line is cut.
    """
    lines: list[str] = []
    for word in _words(text, size, room):
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = _ellipsis(lines[-1], size, room)
            break
    return lines


def _words(text: str, size: float, room: float) -> Iterator[str]:
    for word in filter(None, _BLANK.split(_AMOUNT.sub("\u00a0", text))):
        piece = ""
        for sign in word:
            if piece and width(piece + sign, size) > room:
                yield piece
                piece = ""
            piece += sign
        yield piece


def _ellipsis(line: str, size: float, room: float) -> str:
    while line and width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _em(sign: str) -> float:
    """The width of one sign in ems."""
    if sign in _NARROW:
        return 0.36
    if sign in _WIDE:
        return 0.95
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 1.0
    if sign.isupper():
        return 0.72
    return 0.59 if sign.isascii() and not sign.isdigit() else 0.65
