"""How much a word tells: a table shipped with the package, never counted on the loaded list."""

from __future__ import annotations

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
_SLIP: Final = 0.04
_NAMES: Final = frozenset({"given", "family"})
_LONGEST_SLIP: Final = 24
_END: Final = 3
_SLIP_COMMON: Final = 0.3
_SLIP_NAME: Final = 0.35


@lru_cache(maxsize=1 << 16)
def rarity(token: str) -> float:
    """How much a word tells of who is meant: 0.05 ("of") to 1.0 (a word the table does not hold).

    `token` is in lower-case ASCII letters. A word of the table weighs by how many names of its kind
    bear it. Numbers weigh 0.6, unknown words of three letters and fewer weigh less than 1, and one
    slip from a longer common word ("tecnology") weighs hardly more than that word. The table never
    depends on the loaded list, so no score moves with it.
    """
    known = _table().get(token)
    if known is not None:
        return known[1]
    if token.isdigit():
        return _DIGITS
    return min(_UNKNOWN.get(len(token), 1.0), round(_meant(token) + _SLIP, 2))


def shorter(token: str) -> tuple[str, ...]:
    """The word with each one of its letters left out; words one slip apart share one of these or the other itself."""
    return tuple(token[:at] + token[at + 1 :] for at in range(len(token))) if len(token) <= _LONGEST_SLIP else ()


def word_class(token: str) -> str:
    """What the table calls a word; empty for words it does not hold.

    Classes: "function", "legal", "abbreviation", "very common", "common", "word", "place", "given" and "family".
    """
    known = _table().get(token)
    return known[0] if known else ""


def rarity_version() -> str:
    """The digest of the rarity table; what was built on one edition of it is stale under another."""
    return _edition()[0]


def _table() -> dict[str, tuple[str, float]]:
    return _edition()[1]


def _meant(token: str) -> float:
    """The weight of the commonest long word that a word may be a slip of; 1.0 where there is none."""
    length = len(token)
    slips, heads, tails = _slips()
    meant = slips.get(token, 1.0)
    if length > _LONGEST_SLIP:
        return meant
    # A letter left out behind the head leaves the head as it is, and the other way round: most words end here.
    first = _END if length > _END * 2 and token[-_END:] not in tails else 0
    last = _END if length > _END * 2 and token[:_END] not in heads else length
    for at in range(first, last):
        weight = slips.get(token[:at] + token[at + 1 :])
        if weight is not None and weight < meant:
            meant = weight
    return meant


@cache
def _slips() -> tuple[dict[str, float], frozenset[str], frozenset[str]]:
    """Common words with a letter left out, and whole, with the weight of the commonest; how they begin and end."""
    found: dict[str, float] = {}
    for word, (kind, weight) in _table().items():
        if len(word) >= _slips_from(kind, weight):
            for short in (word, *shorter(word)):
                if weight < found.get(short, 1.0):
                    found[short] = weight
    return found, frozenset(word[:_END] for word in found), frozenset(word[-_END:] for word in found)


def _slips_from(kind: str, weight: float) -> int:
    """How long a word must be for its slips to count: one slip from a short or a telling word is often another word."""
    if kind in _NAMES:
        return 7 if weight <= _SLIP_NAME else _LONGEST_SLIP
    if weight <= _SLIP_COMMON:
        return 5
    return 6 if weight <= COMMON else _LONGEST_SLIP


@cache
def _edition() -> tuple[str, dict[str, tuple[str, float]]]:
    raw = files("underlabel.names").joinpath("rarity.csv").read_bytes()
    return hashlib.sha256(raw).hexdigest()[:16], _rows(raw)


def _rows(raw: bytes) -> dict[str, tuple[str, float]]:
    """The table of a file: lines of token, class and weight below a heading; "#" begins a remark."""
    shared: dict[str, tuple[str, float]] = {}
    table: dict[str, tuple[str, float]] = {}
    lines = (line for line in raw.decode("ascii").splitlines() if not line.startswith("#"))
    next(lines)
    for line in lines:
        token, _, rest = line.partition(",")
        entry = shared.get(rest)
        if entry is None:
            kind, weight, _ = rest.split(",")
            entry = shared[rest] = (kind, float(weight))
        table[token] = entry
    return table
