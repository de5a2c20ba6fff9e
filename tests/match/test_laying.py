"""Two names side by side: which words stand for each other, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.match.laying import HOWS, MOST, Laid, lay
from underlabel.match.sheet import Named, sheet

WORDS = """
hikvision hikvison hik vision dahua dahau technology technologies tecnology beijing a b 3 ii 52 iran iraq of lorex jorex
li wei lu kim mohammed muhammad
"""
NAMES = st.lists(st.sampled_from(WORDS.split()), max_size=7).map(" ".join)
SCHEMAS = st.sampled_from(["", "Company", "Person"])


def laid(left: str, right: str, schema: str = "") -> Laid:
    row = np.zeros(1, dtype=np.int32)
    return lay(sheet([Named(left, schema)]), sheet([Named(right, schema)]), row, row)


def ties(found: Laid) -> list[tuple[str, str, str]]:
    """Each tie in words: how, the words of the left name, those of the right one."""
    stems = [[side.lexicon.texts[word] for word in side.words.tolist()] for side in (found.left, found.right)]
    columns = (found.ties.how, found.ties.left, found.ties.left_span, found.ties.right, found.ties.right_span)
    return [
        (HOWS[how], " ".join(stems[0][i : i + wide]), " ".join(stems[1][j : j + broad]))
        for how, i, wide, j, broad in zip(*(column.tolist() for column in columns), strict=True)
    ]


def rest(found: Laid) -> tuple[list[str], list[str]]:
    left, right = (
        [side.lexicon.texts[word] for word in over.word.tolist()]
        for side, over in ((found.left, found.left_rest), (found.right, found.right_rest))
    )
    return left, right


@pytest.mark.parametrize(
    ("left", "right", "schema", "expected"),
    [
        ("Polytex", "Polytex", "", [("same word", "polytex", "polytex")]),
        ("Polytex", "Politex", "", [("similar word", "polytex", "politex")]),
        ("Hik Vision Q", "R Hikvision", "", [("joined words", "hik vision", "hikvision")]),
        ("Hikvision Q", "R Hik Vision", "", [("joined words", "hikvision", "hik vision")]),
        ("J Smith", "John Smith", "Person", [("initial", "j", "john"), ("same word", "smith", "smith")]),
        ("Hik Vision", "Hikvision", "", [("same letters", "hik vision", "hikvision")]),
        ("Hikvi Sion Camera", "Hik Vision Camera", "", [("same letters", "hikvi sion camera", "hik vision camera")]),
    ],
)  # fmt: skip
def test_each_way_in_which_words_stand_for_each_other(
    left: str, right: str, schema: str, expected: list[tuple[str, str, str]]
) -> None:
    assert ties(laid(left, right, schema)) == expected


def test_an_initial_stands_for_a_word_only_among_persons() -> None:
    assert rest(laid("J Smith", "John Smith", "Company")) == (["j"], ["john"])


def test_what_pairs_up_with_nothing_is_left_over_on_its_side() -> None:
    found = laid("Polytex Baltic Trading", "Polytex Trading Gornyak 7")
    assert rest(found) == (["baltic"], ["gornyak", "7"])


def test_numbers_and_places_pair_up_only_with_themselves() -> None:
    assert rest(laid("Skyhigh Fund 12", "Skyhigh Fund 13")) == (["12"], ["13"])
    assert rest(laid("Bank of Iran", "Bank of Iraq")) == (["iran"], ["iraq"])


def test_the_best_pairs_are_made_first_and_each_word_is_used_once() -> None:
    found = laid("Gornyaks Gornyak", "Gornyak Gornyakq")
    assert sorted(ties(found)) == [("same word", "gornyak", "gornyak"), ("similar word", "gornyaks", "gornyakq")]
    found = laid("Gornyaks", "Gornyak Gornyakqx")
    assert ties(found) == [("similar word", "gornyaks", "gornyak")]
    assert rest(found) == ([], ["gornyakqx"])


def test_a_repeated_word_pairs_up_as_often_as_the_other_name_has_it() -> None:
    assert len(ties(laid("Duran Duran", "Duran Duran"))) == 2
    found = laid("Duran Duran Duran", "Duran Duran Klub")
    assert len(ties(found)) == 2
    assert rest(found) == (["duran"], ["klub"])


def test_the_order_of_words_is_told() -> None:
    assert laid("Polytex Gornyak", "Polytex Gornyak").in_order.all()
    assert not laid("Polytex Gornyak", "Gornyak Polytex").in_order.any()


def test_similar_words_agree_less_than_equal_ones_and_differ_in_the_rest() -> None:
    equal, similar = laid("Polytex", "Polytex").ties, laid("Polytex", "Politex").ties
    assert (equal.apart.sum(), equal.slips.sum()) == (0, 0)
    assert 0 < similar.agreed.sum() < equal.agreed.sum()
    assert similar.apart.sum() > 0
    assert similar.slips.sum() == 1


def test_a_rare_word_agrees_more_than_a_common_one() -> None:
    assert laid("Polytex", "Polytex").ties.agreed.sum() > 2 * laid("Trading", "Trading").ties.agreed.sum()


def test_words_past_the_64th_are_counted_not_compared() -> None:
    words = [f"{first}{last}qu" for first in "bdfghklm" for last in "rstvwxzn"] + ["zurbarq"] * 40
    name = " ".join(words)
    assert laid(name, name).beyond.tolist() == [0]
    longer = laid(name, f"{name} extra")
    assert len(ties(longer)) == MOST
    assert longer.beyond.tolist() == [40 + 41]
    turned = laid(f"{name} extra", name)
    assert turned.beyond.tolist() == [81]


def test_names_that_are_none_have_nothing_on_either_side() -> None:
    found = laid("---", "Polytex")
    assert ties(found) == []
    assert rest(found) == ([], ["polytex"])
    assert len(lay(sheet([]), sheet([]), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))) == 0


@given(NAMES, NAMES, SCHEMAS)
@settings(max_examples=100, deadline=None)
def test_swapping_the_names_swaps_the_answer(left: str, right: str, schema: str) -> None:
    there, back = laid(left, right, schema), laid(right, left, schema)
    assert sorted(ties(there)) == sorted((how, other, one) for how, one, other in ties(back))
    assert rest(there) == rest(back)[::-1]
    assert there.ties.agreed.sum() == pytest.approx(back.ties.agreed.sum())
    assert there.ties.apart.sum() == pytest.approx(back.ties.apart.sum())
    assert there.in_order.tolist() == back.in_order.tolist()


@given(NAMES, NAMES, SCHEMAS)
@settings(max_examples=100, deadline=None)
def test_every_word_is_either_paired_once_or_left_over(left: str, right: str, schema: str) -> None:
    found = laid(left, right, schema)
    assert _held(found.ties.left, found.ties.left_span, found.left_rest.at) == list(range(len(found.left.words)))
    assert _held(found.ties.right, found.ties.right_span, found.right_rest.at) == list(range(len(found.right.words)))


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8), SCHEMAS)
@settings(max_examples=50, deadline=None)
def test_a_pair_is_laid_the_same_alone_and_among_others(pairs: Sequence[tuple[str, str]], schema: str) -> None:
    rows = np.arange(len(pairs), dtype=np.int32)
    left, right = (sheet([Named(name, schema) for name in side]) for side in zip(*pairs, strict=True))
    together = lay(left, right, rows, rows)
    agreed = together.total(together.ties.pair, together.ties.agreed)
    over = together.total(together.left_rest.pair, together.left_rest.weight)
    for at, (one, other) in enumerate(pairs):
        alone = laid(one, other, schema)
        assert agreed[at] == pytest.approx(alone.ties.agreed.sum())
        assert over[at] == pytest.approx(alone.left_rest.weight.sum())


def test_long_names_in_a_batch_do_not_change_the_short_ones() -> None:
    long = " ".join(f"{first}{last}xq" for first in "bdfghklmn" for last in "rstvwxzj")
    names = [Named("Hik Vision"), Named(long), Named("Polytex Trading")]
    others = [Named("Hikvision"), Named(long), Named("Politex Trade")]
    rows = np.arange(3, dtype=np.int32)
    together = lay(sheet(names), sheet(others), rows, rows)
    agreed = together.total(together.ties.pair, together.ties.agreed)
    for at in (0, 2):
        assert agreed[at] == pytest.approx(laid(names[at].text, others[at].text).ties.agreed.sum())


def _held(first: np.ndarray, span: np.ndarray, over: np.ndarray) -> list[int]:
    paired = [at + step for at, wide in zip(first.tolist(), span.tolist(), strict=True) for step in range(wide)]
    return sorted(paired + over.tolist())
