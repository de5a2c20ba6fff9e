"""Words of postal addresses in one form: "Rm. 1605, 16/F, Ho King Ctr, Fa Yuen St." and its like, written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

# What an entry's own spelling varies in, in the lists' addresses; a word that is none of these stays as it is.
_FORMS: Final[dict[str, tuple[str, ...]]] = {
    word: tuple(written.split())
    for written, words in {
        "street": "st str strt ulitsa ul",
        "road": "rd",
        "avenue": "ave av prospekt prospect",
        "boulevard": "blvd bul bulvari",
        "lane": "ln",
        "highway": "hwy",
        "sokak": "sk sok sokagi",
        "mahallesi": "mah mahalle",
        "caddesi": "cad cd cadde",
        "building": "bldg bld",
        "centre": "center ctr cntr",
        "commercial": "comm coml",
        "industrial": "ind",
        "development": "dev",
        "district": "dist",
        "unit": "room rm flat flt office suite ste apartment apt",
        "floor": "fl flr level",
        "block": "blk",
        "hong kong": "hk hongkong hksar",
        "kowloon": "kln",
        "new territories": "nt",
        "turkey": "turkiye",
        "saint": "sankt",
    }.items()
    for word in words.split()
}
_SILENT: Final = frozenset({"no", "nr", "number", "num", "the"})
_FLOOR: Final = re.compile(r"0*(\d{1,3})f")
_TWICE: Final = ("unit", "unit")


def written_out(words: Sequence[str]) -> list[str]:
    """The words of an address, lower-case ASCII, with abbreviations written out.

    A room, a flat, an office and a suite of one number are one unit; "16/F", "16F" and "16th floor" are one floor.
    A floor that the number of the unit tells ("1605, 16/F") is left out. Numbers stay as they are:
    another unit of a building is another address.
    """
    found: list[str] = []
    for word in _floors(words):
        if word not in _SILENT:
            found.extend(_FORMS.get(word, (word,)))
    told = _told(found)
    kept = [word for at, word in enumerate(found) if at not in told]
    return [word for at, word in enumerate(kept) if tuple(kept[max(0, at - 1) : at + 1]) != _TWICE]


def _told(words: Sequence[str]) -> set[int]:
    """Where a floor stands that a unit's number begins with."""
    found: set[int] = set()
    for at, word in enumerate(words):
        for beside in (at - 1, at + 1) if word == "floor" else ():  # "16 floor", "floor 16"
            number = words[beside] if 0 <= beside < len(words) else ""
            if number.isdigit() and any(re.fullmatch(rf"{number}\d\d[a-z]?", one) for one in words):
                found.update((at, beside))
    return found


def _floors(words: Sequence[str]) -> Iterator[str]:
    """The words, in which "16 f" and "16f" are "16 floor"."""
    for at, word in enumerate(words):
        floor = _FLOOR.fullmatch(word)
        if floor:
            yield from (floor[1], "floor")
        elif word == "f" and at and words[at - 1].isdigit():
            yield "floor"
        else:
            yield word
