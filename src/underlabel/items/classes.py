"""Product classes: said by the class column, or by the words of the line."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

Where = Literal["class column", "class column of cameras", "text"]

_WORD: Final = re.compile(r"[^\W_]+")
# What follows these words is beside the thing itself: "case for Swann", "recorder with 4 cameras".
_BESIDE: Final = re.compile(
    r"\b(?:for|with|without|incl|including|includes|compatible|fits|works)\b|\bw/", re.IGNORECASE
)
_PARTS: Final = re.compile(r"[,;:()\[\]|+]|\s[-\u2013]\s|\b(?:by|from)\b")
_LONGEST: Final = 200
_ALLOWED: Final[dict[Where, frozenset[str]]] = {
    "text": frozenset({"anywhere"}),
    "class column": frozenset({"anywhere", "in the class column"}),
    "class column of cameras": frozenset({"anywhere", "in the class column", "beside cameras"}),
}


@lru_cache(maxsize=65536)
def product_class(text: str, where: Where = "text") -> str:
    """The class a text names (a key of `model.CLASSES`), or nothing.

    The first part of the text that names one counts, and in it the last thing named: a "camera
    bracket" is a bracket. Nothing after "for" or "with" counts, and texts over 200 characters say nothing.
    """
    if len(text) > _LONGEST:
        return ""
    for part in _PARTS.split(_BESIDE.split(text.lower(), maxsplit=1)[0]):
        found = _last(_WORD.findall(part), _ALLOWED[where])
        if found:
            return found
    return ""


def _last(tokens: list[str], allowed: frozenset[str]) -> str:
    known, longest = _phrases()
    for end in range(len(tokens), 0, -1):
        for start in range(max(0, end - longest), end):
            found, said = known.get(" ".join(tokens[start:end]), ("", ""))
            if said in allowed:
                return found
    return ""


@cache
def _phrases() -> tuple[dict[str, tuple[str, str]], int]:
    with files("underlabel.items").joinpath("classes.csv").open(encoding="utf-8") as stream:
        known = {row["phrase"]: (row["class"], row["said"]) for row in csv.DictReader(stream)}
    return known, max(len(phrase.split()) for phrase in known)
