"""Names laid side by side, many pairs at once: which words pair up, how well, and what is left over."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel.match import options
from underlabel.match.lexicon import I32
from underlabel.match.likeness import JOINED
from underlabel.match.options import SPACE
from underlabel.match.postings import I64, part, split_up
from underlabel.match.sheet import Sheet
from underlabel.match.ties import (
    BY_INITIAL,
    HOWS,
    LETTERS,
    SAME,
    SIMILAR,
    TOGETHER,
    Bools,
    Floats,
    Tied,
    end_to_end,
    tied,
)
from underlabel.match.together import Both, nearly_the_same

__all__ = [
    "BY_INITIAL",
    "HOWS",
    "LETTERS",
    "MOST",
    "SAME",
    "SIMILAR",
    "TOGETHER",
    "Bools",
    "Floats",
    "Laid",
    "Rest",
    "Ties",
    "lay",
    "remembered",
]

T = TypeVar("T")

MOST: Final = 64
"""Words of a name that are compared; no honest name has more."""
_CELLS: Final = 1 << 18
"""Pairs of words looked at together: few enough that they stay near the processor."""


class Ties(msgspec.Struct, frozen=True):
    """Words that stand for each other, as columns, in order of pair and of left word.

    `left` and `right` are the first words' places in their names, `left_span` and `right_span` how
    many words each side has. `likeness` is 0 to 1, `slips` how many slips of the pen part them;
    `agreed` and `apart` are weights.
    """

    pair: I32
    left: I32
    right: I32
    left_span: I32
    right_span: I32
    how: npt.NDArray[np.uint8]
    likeness: Floats
    slips: Floats
    agreed: Floats
    apart: Floats


class Rest(msgspec.Struct, frozen=True):
    """Words of one side that have no partner, as columns, in order of pair and place."""

    pair: I32
    at: I32
    word: I32
    weight: Floats
    kind: npt.NDArray[np.uint8]


class Laid(msgspec.Struct, frozen=True):
    """Pairs of names, `li[k]` of the left sheet beside `ri[k]` of the right one.

    `in_order` is whether the words that pair up stand in the same order. `beyond` counts the words past the 64th.
    """

    left: Sheet
    right: Sheet
    li: I32
    ri: I32
    ties: Ties
    left_rest: Rest
    right_rest: Rest
    in_order: Bools
    beyond: Floats
    known: dict[str, Any] = {}
    """What functions that are `remembered` found out about these pairs."""

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.li)

    def total(self, pair: I32, values: Floats) -> Floats:
        """The sum of values for each pair; `pair` says whose each one is."""
        return np.bincount(pair, weights=values, minlength=len(self)).astype(np.float64)


def remembered(value: Callable[[Laid], T]) -> Callable[[Laid], T]:
    """The same function, working out what it says of the same pairs only once. What it gives is not to be changed."""

    @wraps(value)
    def found(laid: Laid) -> T:
        if value.__qualname__ not in laid.known:
            laid.known[value.__qualname__] = value(laid)
        known: T = laid.known[value.__qualname__]
        return known

    return found


class _Parted(msgspec.Struct, frozen=True):
    """Ties by pair, `left` and `right` being places in the names; the words of both sides left over: pair and place."""

    pair: I64
    ties: Tied
    left: tuple[I32, I32]
    right: tuple[I32, I32]


def lay(left: Sheet, right: Sheet, li: I32, ri: I32) -> Laid:
    """Lay names of two sheets side by side; swapping the sheets swaps the answer and changes nothing else.

    Equal words pair first; then words split or joined, slips of the pen, and where one side is a
    person, initials. Each word is used once.
    """
    both = Both(left, right, li, ri)
    meet = np.arange(len(left.lexicon), dtype=np.int32)
    if left.lexicon is not right.lexicon:
        meet = right.lexicon.find(left.lexicon.hash)
    counts = _counts(left, li), _counts(right, ri)
    size = np.minimum(counts[0], MOST) * np.minimum(counts[1], MOST) + 1
    found = _end_to_end([_parted(both, slice(*some), meet) for some in split_up(size, _CELLS)])
    pairs, alike, slips = nearly_the_same(both, (found.left, found.right))
    if len(pairs):
        spans = np.minimum(counts[0][pairs], MOST), np.minimum(counts[1][pairs], MOST)
        found = _as_wholes(found, pairs, spans, (alike, slips + SPACE))
    return Laid(
        left=left,
        right=right,
        li=li,
        ri=ri,
        ties=_weighed(both, found.pair, found.ties),
        left_rest=_rest(left, li, *found.left),
        right_rest=_rest(right, ri, *found.right),
        in_order=_in_order(len(li), found.pair, found.ties),
        beyond=np.where(left.stem[li] == right.stem[ri], 0.0, sum(np.maximum(n - MOST, 0) for n in counts)),
    )


def _counts(sheet: Sheet, rows: I32) -> I64:
    found: I64 = sheet.starts[rows + 1] - sheet.starts[rows]
    return found


def _parted(both: Both, some: slice, meet: I32) -> _Parted:
    """Some of the pairs, parted into words that pair up and words left over."""
    left, right, li, ri = both.left, both.right, both.li[some], both.ri[some]
    stems = left.stem[li], right.stem[ri]
    here, there = options.side(left, li, MOST), options.side(right, ri, MOST)
    among = options.cells(here, there)
    same = options.equal(here, there, among, meet)
    # The same letters in other words ("hik vision", "hikvision") are one tie of all words.
    letters = (left.whole[li] == right.whole[ri]) & (stems[0] != stems[1]) & (np.diff(here.starts) > 0)
    for one, at in ((here, same.left), (there, same.right)):
        one.free[at] = False
        one.free[letters[one.pair]] = False
    same = part(same, ~letters[here.pair[same.left]])
    more = options.chosen(here, there, among, (options.persons(left, right, li, ri), stems[0] > stems[1]))
    whole = np.flatnonzero(letters)
    spans = np.diff(here.starts)[whole], np.diff(there.starts)[whole]
    wholes = tied((here.starts[whole], there.starts[whole]), spans, LETTERS, (JOINED, SPACE))
    found = end_to_end([same, wholes, more])
    found = part(found, np.argsort(found.left, kind="stable"))
    pair = here.pair[found.left]
    places = msgspec.structs.replace(found, left=here.at[found.left], right=there.at[found.right])
    return _Parted(pair + some.start, places, _left_over(here, some.start), _left_over(there, some.start))


def _left_over(side: options.Side, first: int) -> tuple[I32, I32]:
    rest = np.flatnonzero(side.free)
    return (side.pair[rest] + first).astype(np.int32), side.at[rest].astype(np.int32)


def _end_to_end(parts: list[_Parted]) -> _Parted:
    none = np.zeros(0, dtype=np.int64)
    nobody = none.astype(np.int32)
    left, right = (
        (np.concatenate([nobody, *(one[0] for one in of)]), np.concatenate([nobody, *(one[1] for one in of)]))
        for of in ([one.left for one in parts], [one.right for one in parts])
    )
    ties = end_to_end([tied((none, none), (1, 1), SAME, (1.0, 0.0)), *(one.ties for one in parts)])
    return _Parted(np.concatenate([none, *(one.pair for one in parts)]), ties, left, right)


def _as_wholes(found: _Parted, pairs: I64, spans: tuple[I64, I64], value: tuple[Floats, Floats]) -> _Parted:
    """The same, in which these pairs are tied as a whole, by their letters, and nothing of them is left over."""
    kept = ~np.isin(found.pair, pairs)
    none = np.zeros(len(pairs), dtype=np.int64)
    ties = end_to_end([part(found.ties, kept), tied((none, none), spans, LETTERS, value)])
    pair = np.append(found.pair[kept], pairs)
    order = np.argsort(pair, kind="stable")
    rests = [(of[~np.isin(of, pairs)], at[~np.isin(of, pairs)]) for of, at in (found.left, found.right)]
    return _Parted(pair[order], part(ties, order), rests[0], rests[1])


def _in_order(count: int, pair: I64, ties: Tied) -> Bools:
    """Whether the words that pair up stand in the same order on both sides."""
    found = np.ones(count, dtype=np.bool_)
    turned = (pair[1:] == pair[:-1]) & (ties.right[1:] < ties.right[:-1])
    found[pair[1:][turned]] = False
    return found


def _weighed(both: Both, pair: I64, ties: Tied) -> Ties:
    """The ties with their weights: what agrees counts by the commoner side, what differs by the rarer."""
    whole = ties.how == LETTERS
    weights = (
        _weight(both.left, both.li[pair], (ties.left, ties.left_span), whole),
        _weight(both.right, both.ri[pair], (ties.right, ties.right_span), whole),
    )
    return Ties(
        pair=pair.astype(np.int32),
        left=ties.left.astype(np.int32),
        right=ties.right.astype(np.int32),
        left_span=ties.left_span.astype(np.int32),
        right_span=ties.right_span.astype(np.int32),
        how=ties.how,
        likeness=ties.likeness,
        slips=ties.slips,
        agreed=2 * ties.likeness * np.minimum(*weights),
        apart=2 * (1 - ties.likeness) * np.maximum(*weights),
    )


def _weight(sheet: Sheet, rows: I32, stretch: tuple[I64, I64], whole: Bools) -> Floats:
    """What words weigh: the rarest of a stretch, or, where it is a `whole` name, all together."""
    at, span = stretch
    first = sheet.starts[rows] + at
    found: Floats = sheet.lexicon.weight[sheet.words[first]].astype(np.float64)
    for step in range(1, int(span.max(initial=1))):
        wide = np.flatnonzero(span > step)
        more = sheet.lexicon.weight[sheet.words[first[wide] + step]]
        found[wide] = np.where(whole[wide], found[wide] + more, np.maximum(found[wide], more))
    return found


def _rest(sheet: Sheet, rows: I32, pair: I32, at: I32) -> Rest:
    words = sheet.words[sheet.starts[rows[pair]] + at]
    return Rest(pair, at, words, sheet.lexicon.weight[words].astype(np.float64), sheet.lexicon.kind[words])
