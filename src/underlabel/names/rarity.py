"""How much a word tells: a table shipped with the package, never counted on the loaded list."""

from __future__ import annotations

import csv
import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

COMMON: Final = 0.5
"""Words that weigh this much or less are too common to carry a name alone."""

FUNCTION: Final = 0.1
"""Words that weigh this much or less ("of", "and", "Ltd") tell nothing."""

_UNKNOWN: Final = {1: 0.2, 2: 0.5, 3: 0.8}
_DIGITS: Final = 0.6
_SLIP_FROM: Final = 6
_SLIP_FROM_EARLIER: Final = 5
_EARLIER: Final = frozenset({"legal", "very common", "place"})
_SLIP: Final = 0.04
_LONGEST_SLIP: Final = 24


@lru_cache(maxsize=1 << 16)
def rarity(token: str) -> float:
    """How much a word tells of who is meant: 0.05 ("of") to 1.0 (a word the table does not hold).

    `token` is in lower-case ASCII letters. Numbers weigh 0.6, unknown words of three letters and
    fewer weigh less than 1, and one slip from a longer common word ("tecnology")
    weighs hardly more than that word. The table never depends on the loaded list, so no score
    moves with it.
    """
    known = _table().get(token)
    if known is not None:
        return known[1]
    if token.isdigit():
        return _DIGITS
    meant = min((_slips()[short] for short in (token, *shorter(token)) if short in _slips()), default=1.0)
    return min(_UNKNOWN.get(len(token), 1.0), meant + _SLIP)


def shorter(token: str) -> tuple[str, ...]:
    """The word with each one of its letters left out; words one slip apart share one of these or the other itself."""
    return tuple(token[:at] + token[at + 1 :] for at in range(len(token))) if len(token) <= _LONGEST_SLIP else ()


def word_class(token: str) -> str:
    """What the table calls a word: "place", "given", "common", "word" …; empty for words it does not hold."""
    known = _table().get(token)
    return known[0] if known else ""


def rarity_version() -> str:
    """The digest of the rarity table; what was built on one edition of it is stale under another."""
    return _edition()[0]


def _table() -> dict[str, tuple[str, float]]:
    return _edition()[1]


@cache
def _slips() -> dict[str, float]:
    """Common words with a letter left out, and whole, with the weight of the commonest they stand for."""
    found: dict[str, float] = {}
    for word, (kind, weight) in _table().items():
        if len(word) >= (_SLIP_FROM_EARLIER if kind in _EARLIER else _SLIP_FROM):
            for short in (word, *shorter(word)):
                found[short] = min(weight, found.get(short, 1.0))
    return found


@cache
def _edition() -> tuple[str, dict[str, tuple[str, float]]]:
    raw = files("underlabel.names").joinpath("rarity.csv").read_bytes()
    rows = csv.DictReader(raw.decode("ascii").splitlines())
    return hashlib.sha256(raw).hexdigest()[:16], {row["token"]: (row["class"], float(row["weight"])) for row in rows}
