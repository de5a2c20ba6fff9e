"""How alike two words are held to be."""

from __future__ import annotations

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.match.lexicon import lexicon
from underlabel.match.likeness import ALLOWED, LONGEST, MOST_SLIPS, likeness, may_be_alike

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=14)
KNOWN = "technology technologies trading tradings iran iraq muhammad beijing 2024 2025 wei"


def alike(left: str, right: str) -> tuple[float, int]:
    (here, ids), (there, others) = lexicon([left, "zzz"]), lexicon([right, "aaa"])
    value, slips = likeness(
        here, there, (np.array([ids[left]], dtype=np.int32), np.array([others[right]], dtype=np.int32))
    )
    return round(float(value[0]), 4), int(slips[0])


def may_be(left: str, right: str) -> bool:
    words, ids = lexicon([left, right])
    one, other = (
        tuple(trait[[ids[word]]] for trait in (words.length, words.bag, words.skeleton)) for word in (left, right)
    )
    return bool(may_be_alike(one, other)[0])


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [
        ("hikvision", "hikvison", 1),
        ("hikvision", "hikvisiom", 1),
        ("hikvision", "hikvisionn", 1),
        ("hikvision", "hivkision", 1),
        ("hikvision", "hakvisiot", 2),
        ("dolgorukovskoye", "dolgarukobskote", 3),
    ],
)
def test_a_slip_of_the_pen_leaves_a_word_alike(left: str, right: str, slips: int) -> None:
    likeness_of, found = alike(left, right)
    assert 0.5 <= likeness_of < 1
    assert found == slips


def test_more_slips_are_less_alike_and_a_slip_in_a_longer_word_is_more_alike() -> None:
    word = "dolgorukovskoye"
    assert alike(word, "dolgorukovskoya")[0] > alike(word, "dolgorukovskaya")[0] > alike(word, "dalgorukovskaya")[0] > 0
    assert alike("dolgoruko", "dolgoruka")[0] > alike("dolgo", "dolga")[0] > alike("dol", "dal")[0] > 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("iran", "iraq"),
        ("2024", "2025"),
        ("2024", "202"),
        ("52", "54"),
        ("shipping", "shopping"),
        ("hikvision", "dahua"),
        ("lorex", "jorexx"),
        ("ab", "cd"),
    ],
)
def test_words_that_mean_something_else_are_not_alike(left: str, right: str) -> None:
    assert alike(left, right)[0] == 0


def test_a_word_of_the_table_is_alike_one_derived_from_it() -> None:
    assert alike("technology", "technologies")[0] > 0.5


@pytest.mark.parametrize(("left", "right"), [("mohammed", "muhammad"), ("gaddafi", "qaddafy"), ("yusuf", "youssef")])
def test_transliterations_that_keep_the_consonants_are_alike(left: str, right: str) -> None:
    value, slips = alike(left, right)
    assert value >= 0.5
    assert slips <= 2


def test_short_words_allow_no_slips_or_one_and_no_word_more_than_three() -> None:
    assert list(ALLOWED) == sorted(ALLOWED)
    assert ALLOWED[2] == 0
    assert ALLOWED[3] == 1
    assert ALLOWED[LONGEST] == MOST_SLIPS


def test_words_of_hundreds_of_letters_are_compared_too() -> None:
    assert alike("x" * 900, "x" * 899 + "y") == (alike("x" * LONGEST, "x" * (LONGEST - 1) + "y")[0], 1)


@given(WORDS | st.sampled_from(KNOWN.split()), WORDS | st.sampled_from(KNOWN.split()))
@settings(max_examples=100, deadline=None)
def test_likeness_is_the_same_from_either_side_and_below_one(left: str, right: str) -> None:
    assert alike(left, right) == alike(right, left)
    if left != right:
        assert 0 <= alike(left, right)[0] < 1


@given(WORDS, st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_alike_is_never_ruled_out_beforehand(word: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(word) - 1))
        letter = data.draw(st.sampled_from(["", *string.ascii_lowercase]))
        word, before = (word[:at] + letter + word[at + 1 :]) or "q", word
        if word != before and alike(before, word)[0] > 0:
            assert may_be(before, word)
