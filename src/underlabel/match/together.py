"""Names whose letters are nearly the same though their words are not: a space lost or added beside a slip."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from underlabel.match.lexicon import GIVEN, I32, NUMBER, U64
from underlabel.match.likeness import ALLOWED, BY_SLIPS, JOINED, LONGEST, MOST_SLIPS
from underlabel.match.postings import I64, spread
from underlabel.match.sheet import Sheet

_LEAST: Final = 0.7
"""Letters less alike than this are another name's."""
_APART: Final = 2
_LONG: Final = 16
"""Letters, of a name with its type or of words left over, from which two slips still leave no doubt."""
_TELLS: Final = np.ones(256, dtype=np.bool_)
_TELLS[sorted(frozenset(range(1, NUMBER)) - GIVEN)] = False
"""Which kinds of words tell names apart: those that the rarity table does not know, and names of persons."""

_ONCE: Final = np.uint64(~(((1 << 26) - 1) << 26) & ((1 << 64) - 1))
"""The bits of `Lexicon.bag` that say that a letter or digit occurs: those of several words can be put together."""

Places = tuple[I32, I32]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Both(msgspec.Struct, frozen=True):
    """Names of two sheets in pairs."""

    left: Sheet
    right: Sheet
    li: I32
    ri: I32


class _Over(msgspec.Struct, frozen=True):
    """What is left over of one side, for each pair: words, letters, and as bits which ones.

    Also whether a number is left over, and whether a word that tells.
    """

    words: I64
    letters: I64
    bag: U64
    number: Bools
    tells: Bools


def nearly_the_same(both: Both, rests: tuple[Places, Places]) -> tuple[I64, Floats, Floats]:
    """Pairs whose words left over have letters at most three slips apart, how alike these are, and the slips.

    Left out are pairs with one word left over on each side, which were compared as words; those in which
    a number is left over, or nothing but words that the rarity table knows: "Bank of Iran" and "Bank of
    Iraq" are a letter apart, and two banks. A name run together with its organisation type is compared whole.
    """
    rows, split, glued, letters = _may_be(both, rests)
    value, slips = _alike(
        _left_over(both.left, both.li, rests[0], rows), _left_over(both.right, both.ri, rests[1], rows)
    )
    value[~split | (slips > np.where(letters >= _LONG, 2, 1))] = 0
    found = np.flatnonzero((value < _LEAST) & glued)
    li, ri = both.li[rows[found]], both.ri[rows[found]]
    again, few = _alike(both.left.plain.many(li), both.right.plain.many(ri))
    # By the shorter name, so that it is the same from either side.
    most = np.where(np.minimum(_plain_letters(both.left, li), _plain_letters(both.right, ri)) >= _LONG, 2, 1)
    value[found], slips[found] = np.where(few <= most, again, 0), few
    kept = value >= _LEAST
    return rows[kept], value[kept], slips[kept]


def _may_be(both: Both, rests: tuple[Places, Places]) -> tuple[I64, Bools, Bools, I64]:
    """The pairs worth comparing letter by letter; whether by the words left over, and whether with their types.

    Last are the letters left over, of the side that has more.
    """
    here, there = _over(both.left, both.li, rests[0]), _over(both.right, both.ri, rests[1])
    some = here.words + there.words > 0
    # Each slip changes the number of letters by one at most, and at most two of the letters that occur.
    allowed = ALLOWED[np.minimum(np.maximum(here.letters, there.letters), LONGEST)]
    split = some & ((here.words != 1) | (there.words != 1)) & (np.abs(here.letters - there.letters) <= allowed)
    split &= np.bitwise_count(here.bag ^ there.bag) <= 2 * allowed
    plain = _plain_letters(both.left, both.li) - _plain_letters(both.right, both.ri)
    glued = (np.abs(plain) <= _APART) & _types_differ(both) & some
    rows = np.flatnonzero((split | glued) & (here.tells | there.tells) & ~(here.number | there.number))
    return rows, split[rows], glued[rows], np.maximum(here.letters, there.letters)[rows]


def _over(sheet: Sheet, rows: I32, rest: Places) -> _Over:
    pair, at = rest
    count = len(rows)
    ids = sheet.words[sheet.starts[rows[pair]] + at]
    kind = sheet.lexicon.kind[ids]
    number, tells = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    number[pair[kind == NUMBER]] = True
    tells[pair[_TELLS[kind]]] = True
    first = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])[: len(pair)])
    bag = np.zeros(count, dtype=np.uint64)
    if len(first):
        bag[pair[first]] = np.bitwise_or.reduceat(sheet.lexicon.bag[ids] & _ONCE, first)
    letters = np.bincount(pair, weights=sheet.lexicon.length[ids], minlength=count).astype(np.int64)
    return _Over(np.bincount(pair, minlength=count), letters, bag, number, tells)


def _plain_letters(sheet: Sheet, rows: I32) -> I64:
    found: I64 = sheet.plain.ends[rows + 1] - sheet.plain.ends[rows]
    return found


def _types_differ(both: Both) -> Bools:
    """Whether the two names have other organisation types: a slip in one, or a space lost beside it, can make it so."""
    code = {one: at for at, one in enumerate({*both.left.type_sets, *both.right.type_sets})}
    here, there = (
        np.array([code[one] for one in sheet.type_sets], dtype=np.int64)[sheet.types[rows]]
        for sheet, rows in ((both.left, both.li), (both.right, both.ri))
    )
    found: Bools = here != there
    return found


def _left_over(sheet: Sheet, rows: I32, rest: Places, wanted: I64) -> list[str]:
    """The words left over of some pairs, run together."""
    pair, at = rest
    starts = np.searchsorted(pair, wanted.astype(pair.dtype))
    many = np.searchsorted(pair, wanted.astype(pair.dtype), side="right") - starts
    places = spread(starts, many)
    texts = sheet.lexicon.texts.many(sheet.words[sheet.starts[rows[pair[places]]] + at[places]])
    ends = np.cumsum(many)
    bounds = zip((ends - many).tolist(), ends.tolist(), strict=True)
    return ["".join(texts[first:end]) for first, end in bounds]


def _alike(left: list[str], right: list[str]) -> tuple[Floats, Floats]:
    """How alike texts are, by slips and length; 0 where they are farther apart than counts; and the slips."""
    if not left:
        return np.zeros(0), np.zeros(0)
    slips = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=MOST_SLIPS, dtype=np.uint8)
    lengths = (np.fromiter(map(len, side), dtype=np.int64, count=len(side)) for side in (left, right))
    value = BY_SLIPS[np.minimum(slips, MOST_SLIPS + 1), np.minimum(np.maximum(*lengths), LONGEST)].astype(np.float64)
    value[slips == 0] = 1.0
    return np.minimum(value, JOINED), slips.astype(np.float64)
