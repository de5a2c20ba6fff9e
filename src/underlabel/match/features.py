"""What speaks for and against two names being one party's: each feature a small pure function of names side by side.

Every feature is 0 or more for each pair, and its sign is fixed: what speaks `for` can only raise a
score, what speaks `against` only lower it, whatever weights are fitted.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec
import numpy as np

from underlabel import names
from underlabel.match.beside import (
    Value,
    country,
    flags,
    other_kind,
    person,
    type_beside_person,
    type_codes,
    types,
    weak,
)
from underlabel.match.laying import BY_INITIAL, LETTERS, SIMILAR, Bools, Floats, Laid, Rest, remembered
from underlabel.match.lexicon import I32, NUMBER, PLACE
from underlabel.match.sheet import Sheet

Spread = Literal["ties", "slips", "left", "right", "rest", "numbers", "places", "initials", "types", "seats", "names"]

RARE: Final = 0.8
_SHORT: Final = 8
_BY_TYPES: Final = np.array([1.0, 0.99, 0.98, 0.85])
"""What the similarity is multiplied by, by how the organisation types compare."""


class Feature(msgspec.Struct, frozen=True):
    """A feature: what it is called in a waterfall, whether it speaks for or against, and on which words it is spread.

    What stands `beside` the words (countries, kinds, legal persons) weighs as much for sure names as for doubtful ones.
    """

    name: str
    sign: Literal[1, -1]
    value: Value
    spread: Spread = "names"
    beside: bool = False


@remembered
def agreed(laid: Laid) -> Floats:
    """How much rarity pairs up: the weights of paired words, by their likeness."""
    return laid.total(laid.ties.pair, laid.ties.agreed) / 2


@remembered
def slips(laid: Laid) -> Floats:
    """How much of the paired words' rarity differs."""
    return laid.total(laid.ties.pair, laid.ties.apart) / 2


@remembered
def rest(laid: Laid) -> Floats:
    """How much rarity is left over on both sides together, and what was too long to be looked at."""
    return _sum(laid, laid.left_rest) + _sum(laid, laid.right_rest) + laid.beyond / 2


def between(low: float, high: float, value: Value) -> Value:
    """The part of a value between two bounds: a straight line in the middle, flat outside."""
    return lambda laid: np.clip(value(laid) - low, 0.0, high - low)


def rest_of(side: Literal["left", "right"], least: float, most: float) -> Value:
    """The rarity left over on one side, of words that weigh from `least` to below `most`."""

    def value(laid: Laid) -> Floats:
        found = laid.left_rest if side == "left" else laid.right_rest
        return _sum(laid, found, (found.weight >= least) & (found.weight < most))

    return value


def share_of(side: Literal["left", "right"]) -> Value:
    """The share of one name's rarity that has no partner."""

    def value(laid: Laid) -> Floats:
        over = _sum(laid, laid.left_rest if side == "left" else laid.right_rest)
        return over / np.maximum(over + agreed(laid), 1e-9)

    return value


@remembered
def conflict(laid: Laid) -> Floats:
    """How rare the rarest words are that each side has and the other lacks; 0 where only one side has any."""
    return np.minimum(_left_most(laid), _right_most(laid))


@remembered
def slip_count(laid: Laid) -> Floats:
    """How many slips of the pen part the words that pair up."""
    return laid.total(laid.ties.pair, laid.ties.slips)


@remembered
def slips_in_letters(laid: Laid) -> Floats:
    """Slips as a share of the letters of the shorter name, a half at most."""
    fewer = np.minimum(_letters(laid.left, laid.li), _letters(laid.right, laid.ri))
    return np.minimum(slip_count(laid) / np.maximum(fewer, 1), 0.5)


@remembered
def worst_word(laid: Laid) -> Floats:
    """The largest share of its letters that any one word differs in."""
    ties = laid.ties
    first = laid.left.starts[laid.li[ties.pair]] + ties.left
    length = laid.left.lexicon.length[laid.left.words[first]] if len(first) else np.zeros(0)
    most = np.zeros(len(laid))
    single = ties.how == SIMILAR
    np.maximum.at(most, ties.pair[single], (ties.slips / np.maximum(length, 1))[single])
    return np.minimum(most, 1.0)


def two_words_differ(laid: Laid) -> Floats:
    """Whether two words or more pair up though they are written differently."""
    return (laid.total(laid.ties.pair, (laid.ties.how == SIMILAR).astype(np.float64)) > 1).astype(np.float64)


def letters(laid: Laid) -> Floats:
    """How many letters pair up in words that tell something."""
    ties = laid.ties
    here = _telling(laid.left, laid.li[ties.pair], ties.left, ties.left_span)
    there = _telling(laid.right, laid.ri[ties.pair], ties.right, ties.right_span)
    return laid.total(ties.pair, np.minimum(here, there))


def _telling(sheet: Sheet, rows: I32, at: I32, span: I32) -> Floats:
    """How many letters stretches of words have in words that tell something."""
    first, found = sheet.starts[rows] + at, np.zeros(len(at))
    for step in range(int(span.max(initial=0))):
        wide = np.flatnonzero(span > step)
        words = sheet.words[first[wide] + step]
        found[wide] += np.where(sheet.lexicon.weight[words] > names.COMMON, sheet.lexicon.length[words], 0)
    return found


def few_letters(laid: Laid) -> Floats:
    """How far the telling letters that pair up fall short of eight, as a share."""
    return np.maximum(0.0, _SHORT - letters(laid)) / _SHORT


def all_pair_up(laid: Laid) -> Floats:
    """How much pairs up, a rare word at most, where no telling word of either name is left over."""
    return np.where(rest(laid) <= names.FUNCTION, np.minimum(agreed(laid), 1.0), 0.0)


def rare_pair_up(laid: Laid) -> Floats:
    """How much pairs up, a rare word at most, where all that is left over on either side are common words."""
    left = _left_most(laid)
    right = _right_most(laid)
    return np.where(np.maximum(left, right) <= names.COMMON, np.minimum(agreed(laid), 1.0), 0.0)


def query_pairs_up(laid: Laid) -> Floats:
    """How much pairs up, a rare word at most, where no rare word of the query is left over."""
    return np.where(_left_most(laid) <= names.COMMON, np.minimum(agreed(laid), 1.0), 0.0)


def slips_and_rest(laid: Laid) -> Floats:
    """How much there is of both: slips of the pen, and words left over."""
    return np.minimum(slip_count(laid), 2.0) * np.minimum(rest(laid), 1.0)


def each_lacks(laid: Laid) -> Floats:
    """Whether each name has a telling word that the other lacks."""
    return (conflict(laid) > names.FUNCTION).astype(np.float64)


def whole(laid: Laid) -> Floats:
    """Where nothing differs and nothing is left over: 0.6, and up to 1 the rarer the name is."""
    same = (slips(laid) == 0) & (rest(laid) == 0)
    return np.where(same, 0.6 + 0.4 * np.minimum(agreed(laid), 1.0), 0.0)


def initials(laid: Laid) -> Floats:
    """How many words pair up by an initial alone."""
    return laid.total(laid.ties.pair, (laid.ties.how == BY_INITIAL).astype(np.float64))


@remembered
def out_of_order(laid: Laid) -> Floats:
    """Whether words stand in another order; among persons' names that is nothing."""
    return (~laid.in_order & ~person(laid)).astype(np.float64)


def one_word(laid: Laid) -> Floats:
    """Whether one word alone pairs up, and more is left over."""
    pairs = laid.total(laid.ties.pair, (laid.ties.how != LETTERS).astype(np.float64))
    return flags((pairs == 1) & (rest(laid) > names.FUNCTION))


def adds_to_one_word(laid: Laid) -> Floats:
    """How much the query adds to a listed name of one word."""
    single = _words(laid.right, laid.ri) == 1
    return np.where(single, np.minimum(_sum(laid, laid.left_rest, laid.left_rest.weight > names.FUNCTION), 1.0), 0.0)


def places(side: Literal["left", "right", "both"]) -> Value:
    """Whether a place name stands in one name alone ("Banco Santander Chile"), or a different one in each."""

    def value(laid: Laid) -> Floats:
        here, there = (_sum(laid, one, one.kind == PLACE) > 0 for one in (laid.left_rest, laid.right_rest))
        wanted = {"left": here & ~there, "right": there & ~here, "both": here & there}[side]
        return wanted.astype(np.float64)

    return value


def numbers(*, both: bool) -> Value:
    """Whether numbers differ: a different one on both sides, or one on one side only."""

    def value(laid: Laid) -> Floats:
        here, there = (_count(laid, one, one.kind == NUMBER) > 0 for one in (laid.left_rest, laid.right_rest))
        return (here & there if both else here ^ there).astype(np.float64)

    return value


def weak_in_part(laid: Laid) -> Floats:
    """Whether the listed name is a weak alias, and more than it is asked for, or less."""
    return weak(laid) * (rest(laid) > names.FUNCTION)


def similarity(laid: Laid) -> Floats:
    """How alike the names are by themselves: 1 for equal forms, and the same from either side."""
    both = 2 * agreed(laid)
    whole_of = both + 2 * slips(laid) + rest(laid)
    likeness = _BY_TYPES[type_codes(laid)] * np.where(out_of_order(laid) > 0, 0.98, 1.0)
    found = np.where(whole_of > 0, both / np.maximum(whole_of, 1e-9), 0.0) * likeness
    equal = laid.left.stem[laid.li] == laid.right.stem[laid.ri]
    return np.where(equal, likeness, np.minimum(found, 0.999999)).round(6).astype(np.float64)


def _sum(laid: Laid, found: Rest, kept: Bools | None = None) -> Floats:
    return laid.total(found.pair, found.weight if kept is None else found.weight * kept)


def _count(laid: Laid, found: Rest, kept: Bools) -> Floats:
    return laid.total(found.pair, kept.astype(np.float64))


@remembered
def _left_most(laid: Laid) -> Floats:
    return _most(laid, laid.left_rest)


@remembered
def _right_most(laid: Laid) -> Floats:
    return _most(laid, laid.right_rest)


def _most(laid: Laid, found: Rest) -> Floats:
    most = np.zeros(len(laid))
    np.maximum.at(most, found.pair, found.weight)
    return most


def _letters(sheet: Sheet, rows: I32) -> Floats:
    ends = sheet.letters.ends
    return (ends[rows + 1] - ends[rows]).astype(np.float64)


def _words(sheet: Sheet, rows: I32) -> I32:
    return (sheet.starts[rows + 1] - sheet.starts[rows]).astype(np.int32)


FEATURES: Final = (
    Feature("what agrees, up to a word", 1, between(0.0, 0.5, agreed), "ties"),
    Feature("what agrees, up to a rare word", 1, between(0.5, 1.0, agreed), "ties"),
    Feature("what agrees, up to two", 1, between(1.0, 2.0, agreed), "ties"),
    Feature("what agrees beyond", 1, between(2.0, 4.0, agreed), "ties"),
    Feature("the whole name is the same", 1, whole),
    Feature("every telling word pairs up", 1, all_pair_up, "ties"),
    Feature("every rare word pairs up", 1, rare_pair_up, "ties"),
    Feature("every rare word of the query pairs up", 1, query_pairs_up, "ties"),
    Feature("spelling", -1, slips, "slips"),
    Feature("a slip of the pen", -1, between(0.0, 1.0, slip_count), "slips"),
    Feature("a second slip", -1, between(1.0, 2.0, slip_count), "slips"),
    Feature("more slips", -1, between(2.0, 5.0, slip_count), "slips"),
    Feature("slips for the name's length", -1, between(0.0, 0.12, slips_in_letters), "slips"),
    Feature("slips in a short name", -1, between(0.12, 0.5, slips_in_letters), "slips"),
    Feature("slips for the word's length", -1, between(0.0, 0.2, worst_word), "slips"),
    Feature("slips in a short word", -1, between(0.2, 1.0, worst_word), "slips"),
    Feature("two words written differently", -1, two_words_differ, "slips"),
    Feature("little that is rare", -1, few_letters),
    Feature("rare word not in the listed name", -1, between(0.0, 1.0, rest_of("left", RARE, 2.0)), "left"),
    Feature("rare words not in the listed name", -1, between(1.0, 3.0, rest_of("left", RARE, 2.0)), "left"),
    Feature("word not in the listed name", -1, rest_of("left", 0.0, RARE), "left"),
    Feature("share of the query left over", -1, share_of("left"), "left"),
    Feature("rare word not in the query", -1, between(0.0, 1.0, rest_of("right", RARE, 2.0)), "right"),
    Feature("rare words not in the query", -1, between(1.0, 3.0, rest_of("right", RARE, 2.0)), "right"),
    Feature("word not in the query", -1, rest_of("right", 0.0, RARE), "right"),
    Feature("share of the listed name left over", -1, share_of("right"), "right"),
    Feature("words that differ", -1, conflict, "rest"),
    Feature("each name has a word that the other lacks", -1, each_lacks, "rest"),
    Feature("slips of the pen beside words left over", -1, slips_and_rest, "rest"),
    Feature("one word of a longer name", -1, one_word),
    Feature("adds to a listed name of one word", -1, adds_to_one_word, "left"),
    Feature("place not in the listed name", -1, places("left"), "places"),
    Feature("place not in the query", -1, places("right"), "places"),
    Feature("different place", -1, places("both"), "places"),
    Feature("different number", -1, numbers(both=True), "numbers"),
    Feature("number on one side only", -1, numbers(both=False), "numbers"),
    Feature("initial", -1, initials, "initials"),
    Feature("word order", -1, out_of_order),
    Feature("organisation type on one side only", -1, types("missing"), "types"),
    Feature("organisation type differs", -1, types("differs"), "types"),
    Feature("different legal person", -1, types("other"), "types", beside=True),
    Feature("organisation type beside a person", -1, type_beside_person, "types", beside=True),
    Feature("other kind of party", -1, other_kind, beside=True),
    Feature("weak alias", -1, weak, beside=True),
    Feature("weak alias hit in part", -1, weak_in_part),
    Feature("country agrees", 1, country(agrees=True), "seats", beside=True),
    Feature("country clashes", -1, country(agrees=False), "seats", beside=True),
)
"""All features, in the order of the columns of `values`."""


def values(laid: Laid) -> Floats:
    """A row for each pair, a column for each of `FEATURES`."""
    return (
        np.stack([feature.value(laid) for feature in FEATURES], axis=1) if len(laid) else np.zeros((0, len(FEATURES)))
    )
