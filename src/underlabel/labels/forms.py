"""Text of a label as it is compared: letters and digits in words, nothing else."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of `text`: compatibility forms unified, case folded, punctuation dropped."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def spans(text: str) -> tuple[tuple[str, str, int], ...]:
    """The words of `text`, each as it is written there and in which piece between blanks: ("hik", "HIK", 0)."""
    pieces = [found for piece in unicodedata.normalize("NFKC", text).split() if (found := _WORD.findall(piece))]
    return tuple((word.casefold(), word, at) for at, found in enumerate(pieces) for word in found)


def form(text: str) -> str:
    """The comparable form of a brand: "CP-Plus" and "CP PLUS" are both "cp plus".

    Forms are compared whole: "dahua electronics" is not "dahua".
    """
    return " ".join(words(text))


def slug(text: str) -> str:
    """The form as an id: "CP Plus" is "cp-plus"."""
    return "-".join(words(text))


def label(text: str) -> str:
    """The id of a label: "label:cp-plus"."""
    return f"label:{slug(text)}"
