"""What an index holds beside its names so that near ones are found without looking at the rest."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match import gaps, signature
from underlabel.match.lexicon import POWERS, Lexicon
from underlabel.match.postings import I32, I64, U64, Keyed, by_owner, keyed, spread
from underlabel.match.sheet import Sheet
from underlabel.match.strings import Strings, taken

TRIGRAMS: Final = 1 << 16
"""Codes that trigrams of letters are folded into."""
_NEAR_ABLE: Final = range(3, 25)
"""Letters of words that have near words."""
_SHORT_NAME: Final = range(3, 12)
"""Letters of a name, all its words joined, up to which two slips can spoil every word it has."""
_LEAST_SKELETON: Final = 3
_LEAST_JOINED: Final = 5
_LEAST_TRIGRAMS: Final = 6
_ARRAYS: Final = (
    "post_starts",
    "lists",
    "gap_keys",
    "gap_words",
    "bone_keys",
    "bone_words",
    "joint_keys",
    "brief_keys",
    "tri_starts",
    "tri_words",
    "word_bits",
    "bits",
    "size",
    "stem_bits",
)


class Lookups:
    """The look-up tables of one sheet.

    `lists` holds row numbers: the postings of word `w` at `post_starts[w]`, then those of joined
    neighbours by `joint`, then those of short names by `brief`. `gap` leads from a word with a letter
    left out to words, `bone` from a skeleton, `tri_words` from trigrams. `bits` are
    the signatures of the rows with their organisation types, `size` how many bits are set, `stem_bits` those without.
    """

    def __init__(self, arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Hold what `lookups` made; errors: `KeyError` if an array is missing."""
        self.arrays = {name: arrays[name] for name in _ARRAYS}
        self.post_starts: I64 = arrays["post_starts"]
        self.lists: I32 = arrays["lists"]
        self.gap = Keyed(arrays["gap_keys"], arrays["gap_words"])
        self.bone = Keyed(arrays["bone_keys"], arrays["bone_words"])
        self.joint_at = int(self.post_starts[-1])
        self.brief_at = self.joint_at + len(arrays["joint_keys"])
        self.joint = Keyed(arrays["joint_keys"], self.lists[self.joint_at : self.brief_at])
        self.brief = Keyed(arrays["brief_keys"], self.lists[self.brief_at :])
        self.tri_starts: I64 = arrays["tri_starts"]
        self.tri_words: I32 = arrays["tri_words"]
        self.word_bits: U64 = arrays["word_bits"]
        self.bits: U64 = arrays["bits"]
        self.size: npt.NDArray[np.uint8] = arrays["size"]
        self.stem_bits: U64 = arrays["stem_bits"]


def lookups(listed: Sheet) -> Lookups:
    """The look-up tables of these names."""
    words = listed.lexicon
    rows = np.repeat(np.arange(len(listed)), np.diff(listed.starts))
    post_starts, posted = by_owner(listed.words, rows, len(words))
    near = near_able(words)
    owner, left = gaps.one_less(words.texts, near)
    gap = keyed(left, owner)
    boned = np.array(
        [at for at in near.tolist() if len(names.skeleton(words.texts[at])) >= _LEAST_SKELETON], dtype=np.int64
    )
    bone = keyed(words.skeleton[boned], boned)
    joint = keyed(*neighbours(listed)[:2])
    brief = keyed(*brief_keys(listed))
    tri_starts, tri_words = by_owner(*trigrams(words.texts, long_words(words)), TRIGRAMS)
    bits = signature.of_words(listed.plain)
    return Lookups(
        {
            "post_starts": post_starts,
            "lists": np.concatenate([posted, joint.members, brief.members]),
            "gap_keys": gap.keys,
            "gap_words": gap.members,
            "bone_keys": bone.keys,
            "bone_words": bone.members,
            "joint_keys": joint.keys,
            "brief_keys": brief.keys,
            "tri_starts": tri_starts,
            "tri_words": tri_words,
            "word_bits": signature.of_words(words.texts),
            "bits": bits,
            "size": signature.counted(bits).astype(np.uint8),
            "stem_bits": signature.of_stems(listed),
        }
    )


def near_able(words: Lexicon) -> I64:
    """The words that can have near ones."""
    return np.flatnonzero((words.length >= _NEAR_ABLE.start) & (words.length < _NEAR_ABLE.stop))


def long_words(words: Lexicon) -> I64:
    """The words that trigrams can tell apart."""
    return np.flatnonzero((words.length >= _LEAST_TRIGRAMS) & (words.weight > names.COMMON))


def neighbours(given: Sheet) -> tuple[U64, I64, I64]:
    """For each two neighbouring words of a name their hash when joined, the row, and the place of the first."""
    words = given.lexicon
    rows = np.repeat(np.arange(len(given)), np.diff(given.starts))
    first = np.flatnonzero(rows[1:] == rows[:-1])
    one, other = given.words[first], given.words[first + 1]
    length = words.length[one].astype(np.int64)
    with np.errstate(over="ignore"):
        both = words.hash[one] + POWERS[np.minimum(length, len(POWERS) - 1)] * words.hash[other]
    fits = length + words.length[other] >= _LEAST_JOINED
    return both[fits], rows[first][fits], first[fits]


def brief_keys(given: Sheet, *, asked: bool = False) -> tuple[U64, I64]:
    """For each short name the hash of its letters, whole and with one and two left out, and the row.

    For each name whose stem is not all of it the hash of all its letters, since "JSCNIIP" shows no
    organisation type; for names asked in any case.
    """
    letters = np.diff(given.letters.ends)
    fits = np.flatnonzero((letters >= _SHORT_NAME.start) & (letters < _SHORT_NAME.stop))
    whole = taken(given.letters, fits)
    every = np.arange(len(fits))
    owners, found = [every], [gaps.hashes(whole)]
    for fewer, left_out in ((1, gaps.one_less), (2, gaps.two_less)):
        # One letter left of a name would say nothing.
        owner, left = left_out(whole, every[letters[fits] > fewer + 1])
        owners.append(owner)
        found.append(left)
    typed = np.flatnonzero((letters > 0) & ((np.diff(given.plain.ends) != letters) | asked))
    return (
        np.concatenate([*found, gaps.hashes(given.plain)[typed]]),
        np.concatenate([fits[np.concatenate(owners)], typed]),
    )


def trigrams(texts: Strings, which: I64) -> tuple[I64, I64]:
    """For each of these words the codes of its trigrams, with a blank before and behind, and the word."""
    data = texts.data.astype(np.uint32)
    starts, ends = texts.ends[which], texts.ends[which + 1]
    at = spread(starts, ends - starts)
    owner = np.repeat(np.arange(len(which)), ends - starts)
    before = np.where(at > starts[owner], data[np.maximum(at - 1, 0)], np.uint32(0))
    behind = np.where(at + 1 < ends[owner], data[np.minimum(at + 1, max(len(data) - 1, 0))], np.uint32(0))
    code = ((before << np.uint32(14)) | (data[at] << np.uint32(7)) | behind) * np.uint32(2_654_435_761)
    return (code >> np.uint32(16)).astype(np.int64), which[owner]
