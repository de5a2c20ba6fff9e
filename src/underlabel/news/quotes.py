"""Short quotes: the words around a mention, verbatim."""

from __future__ import annotations

import re
from typing import Final

from underlabel.model import InputError

LIMIT: Final = 40
"""The most words of a document that are ever shown."""

CUT: Final = "…"

# Scripts without spaces: each letter with its marks counts as a word, or a page would be one word.
_UNSPACED: Final = "\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_WORD: Final = re.compile(
    rf"[{_UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*|[^\s{_UNSPACED}]+", flags=re.UNICODE
)


def quote(text: str, start: int, end: int, limit: int = LIMIT) -> str:
    """The words around `text[start:end]`, at most `limit` of them, verbatim.

    Cut at word borders, with "…" set against the words where something was cut. What lies around
    the mention is shared out evenly; a mention longer than the limit is itself cut at its end.
    Offsets are characters, `end` exclusive. Errors: `InputError` for a span outside the text or a limit below 1.
    """
    if not 0 <= start <= end <= len(text) or limit < 1:
        raise InputError(
            f"characters {start} to {end} cannot be quoted from a text of {len(text)} in {limit} words",
            hint="give offsets inside the text and at least one word",
        )
    words = [found.span() for found in _WORD.finditer(text)]
    if not words:
        return ""
    first = next((place for place, word in enumerate(words) if word[1] > start), len(words) - 1)
    last = max((place for place, word in enumerate(words) if word[0] < end), default=0)
    first, last = _widened(first, max(first, last), len(words), limit)
    shown = text[words[first][0] : words[last][1]]
    return f"{CUT if first else ''}{shown}{CUT if last < len(words) - 1 else ''}"


def words(text: str) -> int:
    """How many words a quote has, counted as `quote` counts them."""
    return sum(1 for _ in _WORD.finditer(text))


def _widened(first: int, last: int, count: int, limit: int) -> tuple[int, int]:
    """The places of the first and last word to show: the mention's, and as many around it as fit."""
    last = min(last, first + limit - 1)
    spare = limit - (last - first + 1)
    before = min(first, max(spare // 2, spare - (count - 1 - last)))
    return first - before, min(count - 1, last + spare - before)
