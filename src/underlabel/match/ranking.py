"""Rows ranked by their signatures: the nearest parties of each name asked."""

from __future__ import annotations

from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel.match import signature
from underlabel.match.index import Index
from underlabel.match.postings import I32, I64, U64, bounds, part, split_up, spread

_ROWS: Final = 1 << 17
"""Rows ranked at once: few enough that their numbers stay near the processor."""
_NAMES: Final = 1 << 14
_LEVELS: Final = 64
_ROWS_A_PARTY: Final = 4
_FIRST_SHARE: Final = np.float32(0.6)
"""What one shared word counts beside the letters when rows are sifted; and all shared words, when they are ranked."""
_SHARES: Final = np.float32(0.4)
_FINE: Final = 65_535
_SHARE: Final = 255
_LOST: Final = 0.5
"""A party that is left out because of `depth` might have mattered if it is at least so like."""

F32 = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


class Wanted(msgspec.Struct, frozen=True):
    """The names asked: signatures with organisation types and without, groups, how many parties, the least likeness."""

    bits: U64
    stem_bits: U64
    group: npt.NDArray[np.uint8]
    depth: int
    least: float


class Stretches(msgspec.Struct, frozen=True):
    """Stretches of `Lookups.lists` to rank, in order of the names asked.

    `share` 0..1 is how much of its name the word is that led there.
    """

    name: I64
    starts: I64
    length: I64
    share: F32


class Ranked(msgspec.Struct, frozen=True):
    """Rows of each name asked as stretches, ascending, with their likeness; `best` is the nearest's, or 0.

    `cut` says where a party was left out that was near enough to matter.
    """

    starts: I64
    rows: I32
    likeness: F32
    best: F32
    cut: Bools


class _Gathered(msgspec.Struct, frozen=True):
    """Rows to choose from: name asked (ascending), row, share as above, and sifting level (-1: never)."""

    name: I32
    rows: I32
    share: F32
    level: I32


def ranked(index: Index, wanted: Wanted, lists: Stretches) -> Ranked:
    """The nearest rows among those in these stretches of the index's lists."""
    count = len(wanted.group)
    total = np.bincount(lists.name, lists.length, minlength=count) + _ROWS / _NAMES
    at = bounds(lists.name, count)
    parts = []
    for first, last in split_up(total, _ROWS):
        some = part(lists, slice(at[first], at[last]))
        those = slice(first, last)
        bits = wanted.bits[those], wanted.stem_bits[those]
        asked = Wanted(*bits, wanted.group[those], wanted.depth, wanted.least)
        parts.append(_best(index, asked, _gathered(index, asked, Stretches(some.name - first, *_rest(some)))))
    return _end_to_end(parts)


def replaced(old: Ranked, new: Ranked, which: I64) -> Ranked:
    """The same, with the stretches of the names in `which` from another ranking."""
    take = np.zeros(len(old.best), dtype=np.bool_)
    take[which] = True
    length = np.where(take, np.diff(new.starts), np.diff(old.starts))
    places = spread(np.where(take, new.starts[:-1] + len(old.rows), old.starts[:-1]), length)
    return Ranked(
        np.append(0, np.cumsum(length)),
        np.append(old.rows, new.rows)[places],
        np.append(old.likeness, new.likeness)[places],
        np.where(take, new.best, old.best),
        np.where(take, new.cut, old.cut),
    )


def _gathered(index: Index, wanted: Wanted, lists: Stretches) -> _Gathered:
    """All rows of the lists, sifted by their letters and the word they share."""
    rows = index.lookups.lists.take(spread(lists.starts, lists.length))
    name = np.repeat(lists.name.astype(np.int32), lists.length)
    share = np.repeat(lists.share, lists.length)
    likeness = _FIRST_SHARE * share + (1 - _FIRST_SHARE) * _letters(index, wanted, name, rows)
    level = (likeness * (_LEVELS - 1)).astype(np.int32)
    if wanted.group.any():
        groups, own = index.sheet.group.take(rows), wanted.group.take(name)
        level[(groups != own) & (groups != 0) & (own != 0)] = -1
    if len(index.hidden):
        level[index.is_hidden[rows]] = -1
    return _Gathered(name, rows, share, level)


def _best(index: Index, wanted: Wanted, found: _Gathered) -> Ranked:
    """The rows of the nearest parties; of names whose parties have many rows more are looked at."""
    count = len(wanted.group)
    fits = found.level >= 0
    heights = np.bincount(found.name[fits] * _LEVELS + found.level[fits], minlength=count * _LEVELS)
    above = heights.reshape(count, _LEVELS)[:, ::-1].cumsum(axis=1)[:, ::-1]
    enough = wanted.depth * _ROWS_A_PARTY
    cutoff = _cutoff(above, enough)
    best, few = _chosen(index, wanted, part(found, found.level >= cutoff[found.name]))
    again = np.flatnonzero(few & (cutoff > 0))
    while len(again):
        enough *= 4
        cutoff = np.full(count, _LEVELS)
        cutoff[again] = _cutoff(above[again], enough)
        more, few = _chosen(index, wanted, part(found, found.level >= cutoff[found.name]))
        best = replaced(best, more, again)
        again = again[(few & (cutoff > 0))[again]]
    return best


def _cutoff(above: npt.NDArray[Any], enough: int) -> I64:
    """For each name the highest level that, with all above it, holds enough rows; the lowest if none does."""
    found: I64 = np.maximum((above >= enough).sum(axis=1) - 1, 0)
    return found


def _chosen(index: Index, wanted: Wanted, found: _Gathered) -> tuple[Ranked, Bools]:
    """The rows of the `depth` nearest parties among these, and for which names there were fewer parties."""
    count = len(wanted.group)
    name, rows, shares = _distinct(found)
    letters = np.maximum(_letters(index, wanted, name, rows), _stems(index, wanted, name, rows))
    alike = _SHARES * shares + (1 - _SHARES) * letters
    party = index.party_of[rows]
    changes = np.ones(len(rows), dtype=np.bool_)
    changes[1:] = (name[1:] != name[:-1]) | (party[1:] != party[:-1])
    first = np.flatnonzero(changes)
    names_of, many = name[first], np.diff(np.append(first, len(rows)))
    top = np.maximum.reduceat(alike, first) if len(first) else alike
    # Name, likeness and party share one number, so that one sort ranks all, ties by party.
    key = names_of.astype(np.int64) << 48 | (_FINE - (top * _FINE).astype(np.int64)) << 32 | party[first]
    order = np.append(np.sort(key), np.iinfo(np.int64).max)
    at = bounds(names_of, count)
    some = np.diff(at) > 0
    nearest, last = order[at[:-1]], order[np.minimum(at[:-1] + wanted.depth, at[1:]) - 1]
    kept = (key == nearest[names_of]) | ((key <= last[names_of]) & (top >= wanted.least))
    lost = (key > last[names_of]) & (top >= max(wanted.least, _LOST))
    keep = np.repeat(kept, many) & ((alike >= wanted.least) | (alike == np.repeat(top, many)))
    best = np.zeros(count, dtype=np.float32)
    best[some] = np.maximum.reduceat(top, at[:-1][some]) if len(top) else 0
    cut = np.bincount(names_of, lost, minlength=count) > 0
    chosen = Ranked(bounds(name[keep], count), rows[keep], alike[keep], best, cut)
    return chosen, np.diff(at) < wanted.depth


def _distinct(found: _Gathered) -> tuple[I32, I32, F32]:
    """Each name and row once, with the shares of all words that led there."""
    key = found.name.astype(np.int64) << 40 | found.rows.astype(np.int64) << 8 | (found.share * _SHARE).astype(np.int64)
    key.sort()
    pair = key >> 8
    first = np.flatnonzero(np.append(np.ones(min(1, len(pair)), dtype=np.bool_), pair[1:] != pair[:-1]))
    shares = np.add.reduceat(key & _SHARE, first) if len(first) else key
    pair = pair[first]
    name, rows = (pair >> 32).astype(np.int32), (pair & 0xFFFFFFFF).astype(np.int32)
    return name, rows, np.minimum(shares.astype(np.float32) / _SHARE, 1)


def _letters(index: Index, wanted: Wanted, name: I32, rows: I32) -> F32:
    """How like the letters of names asked and rows are, as Dice counts pairs of them: 0..1."""
    shared = signature.counted(signature.picked(wanted.bits, name) & signature.picked(index.lookups.bits, rows))
    both = np.maximum(signature.counted(wanted.bits), 1).take(name) + index.lookups.size.take(rows)
    found: F32 = np.divide(shared, both, dtype=np.float32) * np.float32(2)
    return found


def _stems(index: Index, wanted: Wanted, name: I32, rows: I32) -> F32:
    """The same without organisation types."""
    asked = signature.picked(wanted.stem_bits, name)
    listed = signature.picked(index.lookups.stem_bits, rows)
    both = np.maximum(signature.counted(asked) + signature.counted(listed), 1)
    found: F32 = np.divide(signature.counted(asked & listed), both, dtype=np.float32) * np.float32(2)
    return found


def _rest(lists: Stretches) -> tuple[I64, I64, F32]:
    return lists.starts, lists.length, lists.share


def _end_to_end(parts: list[Ranked]) -> Ranked:
    if not parts:
        nothing = np.zeros(0, dtype=np.float32)
        return Ranked(np.zeros(1, dtype=np.int64), nothing.astype(np.int32), nothing, nothing, nothing.astype(np.bool_))
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    fields = Ranked.__struct_fields__[1:]
    return Ranked(
        np.append(0, np.cumsum(lengths)),
        *(np.concatenate([getattr(part, field) for part in parts]) for field in fields),
    )
