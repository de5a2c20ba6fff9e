"""What words of names in pairs may stand for each other, and which of that is chosen, each word once."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel.match.lexicon import I32, POWERS, U64, Lexicon
from underlabel.match.likeness import INITIAL, JOINED, likeness, may_be_alike
from underlabel.match.postings import I64, part, spread
from underlabel.match.sheet import GROUPS, Sheet
from underlabel.match.ties import BY_INITIAL, SAME, SIMILAR, TOGETHER, Bools, Floats, Tied, end_to_end, tied

SPACE: Final = 0.5
"""Slips that a space lost or added counts for."""
_PERSON: Final = GROUPS.index("person")
_Column = npt.NDArray[Any]


class Side(msgspec.Struct, frozen=True):
    """The words of one side's names, end to end: whose pair, the place in the name, and which are still `free`.

    The words of pair `k` are those from `starts[k]` to before `starts[k + 1]`.
    """

    lexicon: Lexicon
    starts: I64
    pair: I64
    at: I64
    word: I32
    nth: npt.NDArray[np.uint8]
    free: Bools


def side(sheet: Sheet, rows: I32, most: int) -> Side:
    """The first `most` words of each of these names."""
    many = np.minimum(sheet.starts[rows + 1] - sheet.starts[rows], most)
    places = spread(sheet.starts[rows], many)
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(many, out=starts[1:])
    pair = np.repeat(np.arange(len(rows)), many)
    at = np.arange(len(pair)) - starts[pair]
    free = np.ones(len(pair), dtype=np.bool_)
    return Side(sheet.lexicon, starts, pair, at, sheet.words[places], sheet.nth[places], free)


class Cells(msgspec.Struct, frozen=True):
    """Every word of the left name beside every word of the right one, for all pairs: places in the two `Side`s."""

    left: I64
    right: I64


def cells(left: Side, right: Side) -> Cells:
    """All cells, in order of pair, of left word, of right word."""
    wide = np.diff(right.starts)[left.pair]
    return Cells(np.repeat(np.arange(len(left.pair)), wide), spread(right.starts[left.pair], wide))


def equal(left: Side, right: Side, among: Cells, meet: I32) -> Tied:
    """The words that both names have, the first with the first; `meet` leads from left words to the right's."""
    same = np.flatnonzero(meet[left.word][among.left] == right.word[among.right])
    here, there = among.left[same], among.right[same]
    kept = left.nth[here] == right.nth[there]
    return tied((here[kept], there[kept]), (1, 1), SAME, (1.0, 0.0))


def chosen(left: Side, right: Side, among: Cells, about: tuple[Bools, Bools]) -> Tied:
    """Ties among free words, the best first; what is chosen is no longer free.

    `about` says of each pair whether it is of persons, and whether its sides are to be looked at the other way
    round, so that equally good ones are taken in the same order from either side.
    """
    persons, turn = about
    open_ones = left.free[among.left] & right.free[among.right]
    options = _options(left, right, part(among, open_ones), persons)
    hashes = left.lexicon.hash[left.word[options.left]], right.lexicon.hash[right.word[options.right]]
    pair = left.pair[options.left]
    turned = turn[pair]
    first, second = np.where(turned, options.right, options.left), np.where(turned, options.left, options.right)
    order = np.lexsort((second, first, np.maximum(*hashes), np.minimum(*hashes), -options.likeness, pair))
    options, pair = part(options, order), pair[order]
    taken: list[Tied] = [part(options, slice(0, 0))]
    while len(options):
        best = np.ones(len(pair), dtype=np.bool_)
        best[1:] = pair[1:] != pair[:-1]
        taken.append(part(options, best))
        for free, at, span in _ends(left, right, taken[-1]):
            free[at] = False
            free[at + span - 1] = False
        usable = ~best
        for free, at, span in _ends(left, right, options):
            usable &= free[at] & free[at + span - 1]
        options, pair = part(options, usable), pair[usable]
    return end_to_end(taken)


def _ends(left: Side, right: Side, of: Tied) -> tuple[tuple[Bools, I64, I64], tuple[Bools, I64, I64]]:
    return (left.free, of.left, of.left_span), (right.free, of.right, of.right_span)


def _options(left: Side, right: Side, among: Cells, persons: Bools) -> Tied:
    """What free words may stand for each other, those of all kinds."""
    words = left.word[among.left], right.word[among.right]
    here, there = left.lexicon, right.lexicon
    near = np.flatnonzero(
        may_be_alike(
            (here.length[words[0]], here.bag[words[0]], here.skeleton[words[0]]),
            (there.length[words[1]], there.bag[words[1]], there.skeleton[words[1]]),
        )
    )
    value, slips = _likeness_of(here, there, words[0][near], words[1][near])
    kept = value > 0
    alike = part(among, near[kept])
    found = [tied((alike.left, alike.right), (1, 1), SIMILAR, (value[kept], slips[kept]))]
    if persons.any():
        short = (here.length[words[0]] == 1) | (there.length[words[1]] == 1)
        short &= here.first[words[0]] == there.first[words[1]]
        some = part(among, short & persons[left.pair[among.left]])
        found.append(tied((some.left, some.right), (1, 1), BY_INITIAL, (INITIAL, 0.0)))
    split, whole = _joints(left, (among.left, there.hash[words[1]]))
    found.append(tied((split, among.right[whole]), (2, 1), TOGETHER, (JOINED, SPACE)))
    split, whole = _joints(right, (among.right, here.hash[words[0]]))
    found.append(tied((among.left[whole], split), (1, 2), TOGETHER, (JOINED, SPACE)))
    return end_to_end(found)


def _joints(of: Side, beside: tuple[I64, U64]) -> tuple[I64, I64]:
    """Words that with the next one are one word of the other side ("hik vision"), and in which cells.

    `beside` has for each cell the word here, and the hash of the word there.
    """
    places, other = beside
    hashes, length = of.lexicon.hash[of.word], of.lexicon.length[of.word]
    two = np.zeros(len(hashes), dtype=np.uint64)
    with np.errstate(over="ignore"):
        two[:-1] = hashes[:-1] + POWERS[np.minimum(length[:-1], len(POWERS) - 1)] * hashes[1:]
    both = np.zeros(len(hashes), dtype=np.bool_)
    both[:-1] = of.free[:-1] & of.free[1:] & (of.pair[:-1] == of.pair[1:])
    found = np.flatnonzero((two[places] == other) & both[places])
    return places[found], found


def _likeness_of(here: Lexicon, there: Lexicon, left: I32, right: I32) -> tuple[Floats, Floats]:
    """The likeness of words in pairs, and the slips between; each two different words are compared once."""
    codes = left.astype(np.int64) * max(1, len(there)) + right
    distinct, back = np.unique(codes, return_inverse=True)
    if not len(distinct):
        return np.zeros(0), np.zeros(0)
    ids = np.divmod(distinct, max(1, len(there)))
    value, slips = likeness(here, there, (ids[0].astype(np.int32), ids[1].astype(np.int32)))
    return value[back].astype(np.float64), slips[back].astype(np.float64)


def persons(left: Sheet, right: Sheet, li: I32, ri: I32) -> Bools:
    """Whether either side is known to be a person."""
    found: Bools = (left.group[li] == _PERSON) | (right.group[ri] == _PERSON)
    return found
