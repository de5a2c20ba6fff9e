"""Names in the words that tell something, as they sound: what two spellings of one name have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec
from rapidfuzz.distance import DamerauLevenshtein

from underlabel import names
from underlabel.model import Party

_LEGAL: Final = {"ao": "jsc", "oao": "jsc", "fsue": "unitary", "fgup": "unitary", "ue": "unitary", "rue": "unitary"}
"""Russian and Belarusian legal forms before a name, which also are words elsewhere, by their family."""
_FAMILIES: Final = {
    **dict.fromkeys(("ooo", "llc", "ltd", "coltd"), "ltd"),
    **dict.fromkeys(("inc", "corp"), "inc"),
    **dict.fromkeys(("jsc", "ao", "oao", "ojsc", "pjsc", "pao", "zao", "cjsc"), "jsc"),
    "co": "",
}
"""Legal forms that lists write for one another; any other is a family of its own."""
_SPELT: Final = (("isation", "ization"), ("defence", "defense"), ("centre", "center"))
_SOUNDS: Final = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ies$", "y"),
        (r"([^s])s$", r"\1"),
        (r"iyy?|yi$|ij$|ii$", "i"),
        (r"ye|ie|yo", "e"),
        (r"y", "i"),
        (r"shch|sch", "sh"),
        (r"kh", "h"),
        (r"zh", "j"),
        (r"ph", "f"),
        (r"ck", "k"),
        (r"ks", "x"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"tz|tc", "ts"),
        (r"w", "v"),
        (r"q", "k"),
        (r"(.)\1+", r"\1"),
    )
)
"""Spellings that transliterations of Cyrillic, Arabic and Persian swap freely; plurals are singular."""
_SHORT: Final = 5
"""Words shorter than this are compared as written."""
_BRACKETS: Final = re.compile(r"\(([A-Z]{3,10})\)")
_OF_INITIALS: Final = 0.6
_ENDINGS: Final = frozenset({"al", "an", "ian", "n"})
_SLIP_FROM: Final = 6
_TWO_SLIPS_FROM: Final = 10
_MANY: Final = 4


class Worded(msgspec.Struct, frozen=True):
    """A name of a party: its words but those that tell nothing, as they sound and as written; its legal forms.

    `key` is equal for names of the same sounds in any order; `first` is the name a party is printed by.
    """

    party: str
    text: str
    sounds: tuple[str, ...]
    written: tuple[str, ...]
    legal: frozenset[str]
    key: tuple[str, ...]
    first: bool
    alias: bool

    @property
    def rare(self) -> int:
        """How many of its words are rare."""
        return sum(names.rarity(word) > names.COMMON and not word.isdigit() for word in self.written)

    @property
    def weight(self) -> float:
        """How much its words tell together."""
        return sum(map(names.rarity, self.written))


def worded(party: Party) -> tuple[Worded, ...]:
    """The names of a party in words, those that sound alike once; weak names and those that tell nothing are not."""
    found: dict[tuple[str, ...], Worded] = {}
    for name in party.names:
        if name.kind != "weak":
            sounds, words, legal = _read(name.text)
            first, alias = name == party.names[0], name.kind == "alias"
            if words:
                key = tuple(sorted(sounds))
                found.setdefault(key, Worded(party.id, name.text, sounds, words, legal, key, first, alias))
    return tuple(found.values())


@lru_cache(maxsize=1 << 17)
def _read(text: str) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """The words of a name that tell something as they sound, the same as written, and its legal forms."""
    form = names.form(_without_acronym(text))
    words = tuple(word for word in form.stem if word not in _LEGAL and names.rarity(word) > names.FUNCTION)
    legal = {_FAMILIES.get(one, one) for one in form.org_types} | {_LEGAL.get(word, "") for word in form.stem}
    return tuple(map(_sound, words)), words, frozenset(legal - {""})


def blocks(name: Worded) -> Iterator[tuple[str, ...]]:
    """Keys of which two names that are worth comparing have one in common: all words, or all but one."""
    yield from {("", "".join(name.key)): None, ("", "".join(name.sounds)): None}
    if len(name.key) > 2:  # noqa: PLR2004 - two words at least must be left
        yield from {("-", *name.key[:at], *name.key[at + 1 :]): None for at in range(len(name.key))}


def difference(one: Worded, other: Worded, *, syllables: bool) -> str | None:
    """In which word two names differ: "" in none, None where they are not alike.

    `syllables`: the names are of a language written in syllables, where another letter makes another name.
    """
    if _numbers(one.written) != _numbers(other.written):
        return None
    if one.key == other.key or "".join(one.sounds) == "".join(other.sounds):
        return None if syllables and not _spelt_alike(one.written, other.written) else ""
    here, there = Counter(one.sounds), Counter(other.sounds)
    left, right = list((here - there).elements()), list((there - here).elements())
    if len(left) != 1 or len(right) != 1:
        return None
    mine = one.written[one.sounds.index(left[0])]
    theirs = other.written[other.sounds.index(right[0])]
    loose = not syllables and _slip(mine, theirs, len(one.sounds))
    return f"'{mine}' for '{theirs}'" if loose or _shortened(mine, theirs) else None


def _shortened(one: str, other: str) -> bool:
    """Whether a word is a common word cut short ("Ind."), or one with another ending ("Crimea", "Crimean")."""
    short, long = sorted((one, other), key=len)
    rest = long[len(short) :]
    if short.isdigit() or not long.startswith(short):
        return False
    cut = len(short) > 2 and len(rest) > 1 and names.rarity(long) <= names.COMMON  # noqa: PLR2004 - "Ind", "Eng"
    return cut or (rest in _ENDINGS and len(short) >= _SLIP_FROM)


def _slip(one: str, other: str, words: int) -> bool:
    """Whether a word is the other with a slip of the pen; two known words are two words ("France", "Finance")."""
    least = min(len(one), len(other))
    if least < _SLIP_FROM - (words >= _MANY) or one[0] != other[0] or one.isdigit() or other.isdigit():
        return False
    if names.word_class(one) and names.word_class(other):
        return False
    return DamerauLevenshtein.distance(one, other) <= 1 + (least >= _TWO_SLIPS_FROM)


def _numbers(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())


def _spelt_alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether words are the same but for British spelling and plurals; in any order, or parted anyhow."""
    mine, theirs = list(map(_singular, one)), list(map(_singular, other))
    return sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs)


@lru_cache(maxsize=1 << 16)
def _singular(word: str) -> str:
    for british, american in _SPELT:
        word = word.replace(british, american)
    for written, heard in _SOUNDS[:2] if len(word) >= _SHORT else ():
        word = written.sub(heard, word)
    return word


@lru_cache(maxsize=1 << 16)
def _sound(word: str) -> str:
    if len(word) < _SHORT or word.isdigit():
        return word
    for british, american in _SPELT:
        word = word.replace(british, american)
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word


def _without_acronym(text: str) -> str:
    """A name without its own initials in brackets ("… Precision (IFP) Machinery")."""
    found = _BRACKETS.search(text)
    if found is None:
        return text
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    firsts = "".join(word[0] for word in names.form(rest).tokens)
    met, at = 0, 0
    for letter in found[1].casefold():
        found_at = firsts.find(letter, at)
        if found_at >= 0:
            met, at = met + 1, found_at + 1
    return rest if met >= _OF_INITIALS * len(found[1]) else text
