"""Editions of the UN's list that were saved one byte per character: what can still be told from them."""

from __future__ import annotations

import re
from typing import Final

_LOST: Final = "\N{REPLACEMENT CHARACTER}"
_LARGEST: Final = 32 * 1024 * 1024
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STRAY: Final = re.compile(r"<(?!\?xml\b|CONSOLIDATED_LIST\b|/?[A-Z_]{3,}[0-9]?\s*/?>|/CONSOLIDATED_LIST>)")
_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+);)")
_HALVED: Final = re.compile(r"(?!\d+$)[!-J~]{2,}")
_LATIN: Final = re.compile(r"[a-zK-Z]")


def wrong_at(content: bytes) -> tuple[int, int] | None:
    """Line and column (both from 1) of the first byte that is not UTF-8; None where all of it is.

    A file far larger than any edition is not looked at: decoded, it would stand in memory twice.
    """
    if len(content) > _LARGEST:
        return None
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line_start = content.rfind(b"\n", 0, error.start) + 1
        return content.count(b"\n", 0, error.start) + 1, error.start - line_start + 1
    return None


def mended(content: bytes) -> bytes:
    """The XML made readable again; a character that became a control code is U+FFFD.

    Of every character only the lower byte was kept, so that a Cyrillic or Arabic letter may have
    become "<" or "&": these are text again. No letter is restored.
    """
    text = _CONTROL.sub(_LOST, content.decode("latin-1"))
    return _AMPERSAND.sub("&amp;", _STRAY.sub("&lt;", text)).encode()


def whole(text: str) -> bool:
    """Whether a Latin text came through whole: nothing but ASCII is left of it to be sure of."""
    return text.isascii()


def latin(text: str) -> bool:
    """Whether a text is whole, and no halved letters of another script.

    The letters of Arabic and Cyrillic became signs, digits and A to J, never a letter behind them. A
    word of nothing else is taken for halved, though it may be an abbreviation.
    """
    words = text.split()
    return text.isascii() and bool(_LATIN.search(text)) and not any(_HALVED.fullmatch(word) for word in words)
