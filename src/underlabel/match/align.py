"""Two names laid side by side, word by word: what pairs up, how well, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal

import msgspec
from rapidfuzz.distance import OSA

from underlabel import names

How = Literal["same word", "similar word", "joined words", "initial", "same letters"]

MOST: Final = 60
"""Words of a name that are compared with more than equality; no honest name has more."""
_JOINED: Final = 0.97
_INITIAL: Final = 0.6
_STEM: Final = 5
_MOST_SLIPS: Final = 3
_SHORTEST: Final = 3
_SHORTEST_LIKENESS: Final = 0.66
# Likeness of two words by slips (one letter wrong, missing, extra, or two swapped), from this length on.
_LIKENESS: Final = {
    1: ((8, 0.92), (6, 0.88), (5, 0.8), (4, 0.74)),
    2: ((12, 0.86), (9, 0.8), (7, 0.74)),
    3: ((12, 0.72),),
}


class Pair(msgspec.Struct, frozen=True):
    """Words that stand for each other: `likeness` 0 to 1; `agreed` and `apart` are weights."""

    left: str
    right: str
    how: How
    likeness: float
    agreed: float
    apart: float


class Alignment(msgspec.Struct, frozen=True):
    """The pairs, and the words on either side that have none, in order."""

    pairs: tuple[Pair, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    in_order: bool


class _Option(msgspec.Struct, frozen=True, order=True):
    """A possible pair; ordered best first, and the same from either side."""

    rank: float
    texts: tuple[str, str]
    left: tuple[int, ...]
    right: tuple[int, ...]
    how: How


def align(left: Sequence[str], right: Sequence[str], *, person: bool = False) -> Alignment:
    """Lay two stems side by side. Swapping them swaps the answer and changes nothing else.

    Equal words pair first; then words split or joined, slips of the pen, and for a `person`
    initials. Each word is used once.
    """
    if tuple(right) < tuple(left):
        turned = _align(right, left, person=person)
        pairs = tuple(Pair(p.right, p.left, p.how, p.likeness, p.agreed, p.apart) for p in turned.pairs)
        return Alignment(pairs, turned.right, turned.left, turned.in_order)
    return _align(left, right, person=person)


@lru_cache(maxsize=1 << 18)
def likeness(one: str, other: str, *, person: bool = False) -> float:
    """How alike two different words are: 0, or 0.7 to 0.9 for a slip or two of the pen.

    Numbers, place names and words of three letters are never alike unless equal (a `person`'s
    name of three letters is, a little); two common words only if one is derived from the other
    ("technology", "technologies").
    """
    length = max(len(one), len(other))
    if length < _SHORTEST or abs(len(one) - len(other)) > _MOST_SLIPS:
        return 0.0
    slips = OSA.distance(one, other, score_cutoff=_MOST_SLIPS)
    if length == _SHORTEST:
        value = _SHORTEST_LIKENESS if person and slips == 1 else 0.0
    else:
        value = next((value for least, value in _LIKENESS.get(slips, ()) if length >= least), 0.0)
    if not value or one.isdigit() or other.isdigit():
        return 0.0
    kinds = names.word_class(one), names.word_class(other)
    known_apart = all(kinds) and "given" not in kinds and (one[:_STEM] != other[:_STEM] or "place" in kinds)
    return 0.0 if known_apart else value


def _align(left: Sequence[str], right: Sequence[str], *, person: bool) -> Alignment:
    if left and "".join(left) == "".join(right) and tuple(left) != tuple(right):
        weight = 2 * max(sum(map(names.rarity, left)), sum(map(names.rarity, right)))
        texts = " ".join(left), " ".join(right)
        pair = Pair(*texts, "same letters", _JOINED, weight * _JOINED, weight * (1 - _JOINED))
        return Alignment((pair,), (), (), in_order=True)
    found = _equal(left, right)
    order = [at for _, at in sorted(found)]
    pairs = [_pair((left[i],), (right[j],), "same word", 1.0) for i, j in found]
    free_left = set(range(len(left))) - {i for i, _ in found}
    free_right = set(range(len(right))) - {j for _, j in found}
    for option in sorted(_options(left, right, free_left, free_right, person=person)):
        if free_left.issuperset(option.left) and free_right.issuperset(option.right):
            free_left.difference_update(option.left)
            free_right.difference_update(option.right)
            words = tuple(left[i] for i in option.left), tuple(right[j] for j in option.right)
            pairs.append(_pair(*words, option.how, -option.rank))
    return Alignment(
        tuple(pairs),
        tuple(left[i] for i in sorted(free_left)),
        tuple(right[j] for j in sorted(free_right)),
        in_order=order == sorted(order),
    )


def _equal(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for j in range(len(right) - 1, -1, -1):
        places.setdefault(right[j], []).append(j)
    return [(i, places[word].pop()) for i, word in enumerate(left) if places.get(word)]


def _options(
    left: Sequence[str], right: Sequence[str], free_left: set[int], free_right: set[int], *, person: bool
) -> Iterator[_Option]:
    some_left, some_right = sorted(free_left)[:MOST], sorted(free_right)[:MOST]
    if not some_left or not some_right:
        return
    for i in some_left:
        for j in some_right:
            one, other = left[i], right[j]
            alike = likeness(one, other, person=person)
            if alike:
                yield _option(alike, (one, other), (i,), (j,), "similar word")
            elif person and 1 in {len(one), len(other)} and one[0] == other[0]:
                yield _option(_INITIAL, (one, other), (i,), (j,), "initial")
    yield from _joints(left, right, some_left, some_right, turned=False)
    yield from _joints(right, left, some_right, some_left, turned=True)


def _joints(
    split: Sequence[str], whole: Sequence[str], some_split: list[int], some_whole: list[int], *, turned: bool
) -> Iterator[_Option]:
    """Two neighbouring words of one side that are one word of the other ("hik vision")."""
    wholes: dict[str, list[int]] = {}
    for j in some_whole:
        wholes.setdefault(whole[j], []).append(j)
    free = set(some_split)
    for i in some_split:
        if i + 1 in free:
            for j in wholes.get(split[i] + split[i + 1], ()):
                both = f"{split[i]} {split[i + 1]}"
                yield (
                    _option(_JOINED, (whole[j], both), (j,), (i, i + 1), "joined words")
                    if turned
                    else _option(_JOINED, (both, whole[j]), (i, i + 1), (j,), "joined words")
                )


def _option(alike: float, texts: tuple[str, str], left: tuple[int, ...], right: tuple[int, ...], how: How) -> _Option:
    return _Option(-alike, (min(texts), max(texts)), left, right, how)


def _pair(left: tuple[str, ...], right: tuple[str, ...], how: How, alike: float) -> Pair:
    """A pair with its weights: what agrees counts by the commoner word, what differs by the rarer."""
    weights = max(map(names.rarity, left)), max(map(names.rarity, right))
    agreed, apart = 2 * alike * min(weights), 2 * (1 - alike) * max(weights)
    return Pair(" ".join(left), " ".join(right), how, alike, agreed, apart)
