"""Which rows of an index are worth scoring for each of a batch of names, at bounded cost."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match import nearby, ranking, signature
from underlabel.match.index import Index
from underlabel.match.lookups import brief_keys, neighbours
from underlabel.match.nearby import EQUAL, FAR, NEAR
from underlabel.match.postings import I32, I64, bounds, part, spread
from underlabel.match.sheet import Sheet

_FIRST: Final = (4_000, 12_000, 200)
"""Rows looked at for a name: by its telling words, by those of them that are equal, by all its words."""
_AGAIN: Final = (12_000, 20_000, 8_000)
"""The same for a name whose nearest candidate is poor."""
_ONE_LIST: Final = 200_000
_POOR: Final = 0.98
"""Only a name found letter for letter makes it needless to look for what is more than a slip away."""
_DEARER: Final = np.array([1.0, 4.0, 6.0], dtype=np.float32)
_COUNTS: Final = np.array([1.0, 0.8, 0.6], dtype=np.float32)
_BRIEF: Final = 0.7
_TINY: Final = 1e-9
_HALF: Final = 0.5

F32 = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


class Near(msgspec.Struct, frozen=True):
    """The rows near each of `n` names asked: those of name `i` are `rows[starts[i]:starts[i + 1]]`, ascending.

    `likeness` is 0..1, an estimate from letters. `cut` says where rows that might have mattered were left out.
    """

    starts: I64
    rows: I32
    likeness: F32
    cut: Bools


class _Lists(msgspec.Struct, frozen=True):
    """Stretches of `Tables.lists` to look at, in order of names asked.

    `word` is the place in `asked.words` that leads there, `how` as in `Pairs`, `share` how much of
    the name's weight the words have that lead there, less for near ones.
    """

    name: I64
    word: I64
    how: I32
    starts: I64
    length: I64
    share: F32


def candidates(index: Index, asked: Sheet, depth: int, least: float = 0.0) -> Near:
    """The rows of the `depth` nearest parties of each name asked, each party with all its near names.

    Rows whose likeness is below `least` are left out, but for the nearest party. Parties of
    another kind (`Sheet.group`) and hidden rows are no candidates. Equal likeness is parted by party. What is found
    for a name does not depend on the other names asked, nor on the order of the names listed.
    """
    tells = signature.telling(asked.lexicon, asked)
    pairs = nearby.near_words(index.sheet.lexicon, index.lookups, asked.lexicon)
    lists = _sorted(
        _joined(_by_word(index, asked, pairs, tells), _by_neighbours(index, asked), _brief(index, asked)), tells
    )
    kept, cut = _within(lists, asked, tells, _FIRST)
    wanted = ranking.Wanted(signature.of_words(asked.plain), signature.of_stems(asked), asked.group, depth, least)
    first = part(lists, kept)
    found = ranking.ranked(index, wanted, _stretches(first))
    poor = found.best < _POOR
    if poor.any():
        of = np.repeat(np.arange(len(asked)), np.diff(asked.starts))
        words = np.unique(asked.words[poor[of] & tells]).astype(np.int64)
        far = nearby.far_words(index.lookups, asked.lexicon, words)
        more = _sorted(_joined(lists, _by_word(index, asked, far, tells)), tells)
        kept, cut_again = _within(more, asked, tells, _AGAIN)
        read = np.bincount(more.name, kept, minlength=len(asked)) > np.bincount(first.name, minlength=len(asked))
        again = np.flatnonzero(poor & read)
        second = part(more, kept & (poor & read)[more.name])
        found = ranking.replaced(found, ranking.ranked(index, wanted, _stretches(second)), again)
        cut[again] = cut_again[again]
    return Near(found.starts, found.rows, found.likeness, cut | found.cut)


def _by_word(index: Index, asked: Sheet, pairs: nearby.Pairs, tells: Bools) -> _Lists:
    """The postings of the words of each name, and of those near its telling words."""
    many = np.diff(pairs.starts)[asked.words]
    places = np.repeat(np.arange(len(asked.words)), many)
    at = spread(pairs.starts[asked.words], many)
    fits = tells[places] | (pairs.how[at] == EQUAL)
    places, at = places[fits], at[fits]
    words, how = pairs.words[at], pairs.how[at]
    starts = index.lookups.post_starts[words]
    name = np.repeat(np.arange(len(asked)), np.diff(asked.starts))[places]
    length = index.lookups.post_starts[words + 1] - starts
    return _Lists(name, places, how, starts, length, _shares(asked)[places] * _COUNTS[how])


def _by_neighbours(index: Index, asked: Sheet) -> _Lists:
    """The rows that write two neighbouring words as one, and those that write one as two."""
    shares = _shares(asked)
    names_of = np.repeat(np.arange(len(asked)), np.diff(asked.starts))
    places = np.flatnonzero(asked.lexicon.weight[asked.words] > names.COMMON)
    first, many = index.lookups.joint.find(asked.lexicon.hash[asked.words[places]])
    some = many > 0
    split = _of_keys(
        names_of[places[some]], places[some], first[some] + index.lookups.joint_at, many[some], shares[places[some]]
    )
    hashes, _, at = neighbours(asked)
    words = index.sheet.lexicon.find(hashes)
    places, words = at[words >= 0], words[words >= 0]
    starts = index.lookups.post_starts[words]
    joined = _of_keys(
        names_of[places],
        places,
        starts,
        index.lookups.post_starts[words + 1] - starts,
        shares[places] + shares[places + 1],
    )
    return _joined(split, joined)


def _brief(index: Index, asked: Sheet) -> _Lists:
    """The short names that become equal to a short name asked when two letters are left out."""
    hashes, name = brief_keys(asked, asked=True)
    first, many = index.lookups.brief.find(hashes)
    some = many > 0
    name, many = name[some], many[some]
    share = np.full(len(name), _BRIEF, dtype=np.float32)
    how = np.full(len(name), FAR, dtype=np.int32)
    return _Lists(name, asked.starts[name], how, first[some] + index.lookups.brief_at, many, share)


def _of_keys(name: I64, word: I64, starts: I64, length: I64, share: F32) -> _Lists:
    return _Lists(name, word, np.full(len(name), NEAR, dtype=np.int32), starts, length, share)


def _joined(*parts: _Lists) -> _Lists:
    return _Lists(*(np.concatenate([getattr(part, field) for part in parts]) for field in _Lists.__struct_fields__))


def _sorted(lists: _Lists, tells: Bools) -> _Lists:
    """For each name the cheapest lists first; those of telling words before the others."""
    price = lists.length * _DEARER[lists.how]
    return part(lists, np.lexsort((lists.starts, price, ~tells[lists.word], lists.name)))


def _stretches(lists: _Lists) -> ranking.Stretches:
    return ranking.Stretches(lists.name, lists.starts, lists.length, lists.share)


def _shares(asked: Sheet) -> F32:
    """For each word asked its share of its name's weight."""
    weight = asked.lexicon.weight[asked.words]
    of = np.repeat(np.arange(len(asked)), np.diff(asked.starts))
    found: F32 = (weight / np.maximum(np.bincount(of, weight, minlength=len(asked)), _TINY)[of]).astype(np.float32)
    return found


def _within(lists: _Lists, asked: Sheet, tells: Bools, most: tuple[int, int, int]) -> tuple[Bools, Bools]:
    """The lists that fit the bounds; and for each name whether what was left out might have mattered.

    A row that holds none of the words whose lists were read lacks their weight: where that is half
    of what the name has, it is no hit.
    """
    rows, rows_of_equal, rows_of_all = most
    total = np.append(0, np.cumsum(lists.length))
    before = total[:-1] - total[bounds(lists.name, len(asked))[:-1]][lists.name]
    running = before + lists.length
    telling = tells[lists.word]
    kept = (telling & (running <= rows)) | (running <= rows_of_all) | ((before == 0) & (running <= _ONE_LIST))
    # Of more than one word, so that a slip that makes another word does not hide the party.
    kept |= telling & (lists.how == EQUAL) & (running <= rows_of_equal)
    weight = np.where(tells, asked.lexicon.weight[asked.words], 0)
    # Where the word itself was read, other spellings of it count half.
    left = np.zeros(len(asked.words))
    left[lists.word[~kept & (lists.how == NEAR)]] = _HALF
    left[lists.word[~kept & (lists.how == EQUAL)]] = 1
    of = np.repeat(np.arange(len(asked)), np.diff(asked.starts))
    missing = np.bincount(of, weight * left, minlength=len(asked))
    return kept, missing > _HALF * np.bincount(of, weight, minlength=len(asked))
