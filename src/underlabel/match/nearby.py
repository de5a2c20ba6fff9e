"""The words of an index that are near the words asked: equal, one slip away, spoken alike."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match import gaps, signature
from underlabel.match.lexicon import Lexicon
from underlabel.match.lookups import Lookups, long_words, near_able, trigrams
from underlabel.match.postings import I32, I64, Keyed, once, spread

EQUAL: Final = 0
NEAR: Final = 1
FAR: Final = 2
_MOST: Final = 48
"""Near words of one word that are looked at: the nearest, then the rarest in the index."""
_LEAST_LONGER: Final = 2
_TRIGRAM_WORDS: Final = 2_000
_ALIKE: Final = 0.5
_MOST_ALIKE: Final = 12


class Pairs(msgspec.Struct, frozen=True):
    """Words asked and words of the index that are near them, in order of the words asked.

    `starts` marks off the stretch of each word asked; `words` are the index's, `how` is EQUAL, NEAR or FAR.
    """

    starts: I64
    words: I32
    how: I32


def near_words(listed: Lexicon, lookups: Lookups, asked: Lexicon) -> Pairs:
    """For each word asked the equal word, those one slip away and those of the same skeleton."""
    every = np.arange(len(asked))
    equal = listed.find(asked.hash)
    found = [_known(every, equal, EQUAL)]
    slips = near_able(asked)
    slips = slips[asked.weight[slips] > names.FUNCTION]
    owner, left = gaps.one_less(asked.texts, slips)
    found.append(_known(owner, listed.find(left), NEAR))
    found.append(_looked_up(lookups.gap, owner, left, NEAR))
    longer = np.flatnonzero((asked.length >= _LEAST_LONGER) & (asked.weight > names.FUNCTION))
    found.append(_looked_up(lookups.gap, longer, asked.hash[longer], NEAR))
    boned = slips[asked.skeleton[slips] != 0]
    found.append(_looked_up(lookups.bone, boned, asked.skeleton[boned], FAR))
    return _chosen(np.concatenate(found, axis=1), lookups, len(asked))


def far_words(lookups: Lookups, asked: Lexicon, which: I64) -> Pairs:
    """For the long ones of these words asked those that share many of their trigrams."""
    wanted = np.intersect1d(which, long_words(asked))
    codes, owner = trigrams(asked.texts, wanted)
    starts, length = lookups.tri_starts[codes], lookups.tri_starts[codes + 1] - lookups.tri_starts[codes]
    # The rarest trigrams of a word first, as long as they do not lead to too many words.
    order = np.lexsort((codes, length, owner))
    owner, starts, length = owner[order], starts[order], length[order]
    few = _running(owner, length) <= _TRIGRAM_WORDS
    owner, starts, length = owner[few], starts[few], length[few]
    word = lookups.tri_words[spread(starts, length)]
    owner = np.repeat(owner, length)
    both = once(owner << np.int64(32) | word)
    owner, word = both >> np.int64(32), (both & np.int64(0xFFFFFFFF)).astype(np.int32)
    asked_bits, bits = signature.of_words(asked.texts)[owner], lookups.word_bits[word]
    common = signature.counted(asked_bits & bits).astype(np.float32)
    alike = 2 * common / (signature.counted(asked_bits).astype(np.float32) + signature.counted(bits))
    kept = alike >= _ALIKE
    owner, word, alike = owner[kept], word[kept], alike[kept]
    order = np.lexsort((word, -alike, owner))
    owner, word = owner[order], word[order]
    best = _running(owner, np.ones(len(owner), dtype=np.int64)) <= _MOST_ALIKE
    return _chosen(_known(owner[best], word[best], FAR), lookups, len(asked))


def _known(owner: I64, words: I32, how: int) -> I64:
    there = words >= 0
    return np.stack([owner[there], words[there].astype(np.int64), np.full(int(there.sum()), how, dtype=np.int64)])


def _looked_up(table: Keyed, owner: I64, hashes: npt.NDArray[np.uint64], how: int) -> I64:
    first, many = table.find(hashes)
    some = np.flatnonzero(many)
    words = table.members[spread(first[some], many[some])]
    return _known(np.repeat(owner[some], many[some]), words, how)


def _chosen(found: I64, lookups: Lookups, count: int) -> Pairs:
    """Each pair once, as near as it was found, and of each word asked no more than its nearest and rarest."""
    both = once((found[0] << np.int64(32) | found[1]) << np.int64(2) | found[2])
    pair = both >> np.int64(2)
    new = np.ones(len(pair), dtype=np.bool_)
    new[1:] = pair[1:] != pair[:-1]
    both, pair = both[new], pair[new]
    owner, word, how = pair >> np.int64(32), (pair & np.int64(0xFFFFFFFF)).astype(np.int32), (both & 3).astype(np.int32)
    many = np.bincount(owner, minlength=count)
    if len(many) and many.max() > _MOST:
        rows = lookups.post_starts[word + 1] - lookups.post_starts[word]
        order = np.lexsort((word, rows, how, owner))
        owner, word, how = owner[order], word[order], how[order]
        few = _running(owner, np.ones(len(owner), dtype=np.int64)) <= _MOST
        owner, word, how = owner[few], word[few], how[few]
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=count), out=starts[1:])
    return Pairs(starts, word, how)


def _running(owner: I64, amounts: I64) -> I64:
    """For each place the sum of its owner's amounts up to it; owners stand in order."""
    total = np.cumsum(amounts)
    first = np.flatnonzero(np.append(True, owner[1:] != owner[:-1])) if len(owner) else np.zeros(0, dtype=np.int64)
    before = (total[first] - amounts[first]) if len(first) else total
    return total - np.repeat(before, np.diff(np.append(first, len(owner))))
