"""Consonant skeletons and slips: what finds a word that is spelt otherwise."""

from __future__ import annotations

import csv
import gzip
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import names

WORD = st.text("abcdefghijklmnopqrstuvwxyz", max_size=20)


@pytest.mark.parametrize(
    "spellings",
    [
        "mohammed muhammad mohamed mhmd mohammad",
        "aleksandr alexander",
        "yusuf youssef yousef",
        "qaddafi gaddafi kadhafi qadhafi",
        "hussein husayn hossein",
        "sergei sergey serghei",
        "dmitri dmitry dzmitry dmitriy",
        "usama osama",
        "jamal djamal",
        "sheikh shaykh cheikh",
        "volkov wolkow volkoff",
        "zhukov dzhukov",
        "rodriguez rodrigues",
        "vladimirovic vladimirovich",
        "ahmed ahmad",
    ],
)
def test_romanisations_of_one_word_have_one_skeleton(spellings: str) -> None:
    assert len(set(map(names.skeleton, spellings.split()))) == 1


def test_other_words_have_other_skeletons() -> None:
    words = [
        "hikvision",
        "dahua",
        "huawei",
        "hytera",
        "lorex",
        "ezviz",
        "technology",
        "shanghai",
        "moscow",
        "ali",
        "omar",
    ]
    assert len(set(map(names.skeleton, words))) == len(words)


def test_arabic_without_vowels_has_the_skeleton_of_its_romanisation() -> None:
    arabic = names.form("\u0645\u062d\u0645\u062f \u0627\u0644\u0642\u0630\u0627\u0641\u064a", "Person").stem
    assert [*map(names.skeleton, arabic)] == [*map(names.skeleton, ("mohammed", "al", "gaddafi"))]


def test_most_romanisations_that_a_list_publishes_agree_and_few_other_words_do(
    real_data: Callable[[str], Path],
) -> None:
    """Of given names, which are written most variously, on the UN's and the SDN list's own aliases."""
    names_of: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name, column in (("sdn", 1), ("alt", 3)):
        with gzip.open(real_data(f"lists/us_ofac_2019-01/{name}.csv.gz"), "rt", encoding="latin-1", newline="") as file:
            for line in csv.reader(file):
                if len(line) > column and (name == "alt" or line[2].strip() == "individual"):
                    names_of[line[0]].add(tuple(sorted(names.form(line[column], "Person").stem)))
    pairs: set[tuple[str, str]] = set()
    words: Counter[str] = Counter()
    for forms in names_of.values():
        words.update({word for form in forms for word in form if len(word) > 4})
        for one, other in itertools.combinations(sorted(forms), 2):
            left, right = set(one) - set(other), set(other) - set(one)
            if len(one) == len(other) > 1 and len(left) == len(right) == 1:
                a, b = *left, *right
                if min(len(a), len(b)) > 3 and len(set(a) ^ set(b)) <= 3:
                    pairs.add((a, b))
    agree = sum(names.skeleton(a) == names.skeleton(b) for a, b in pairs)
    buckets = Counter(map(names.skeleton, words))
    assert len(pairs) > 500
    assert agree / len(pairs) > 0.65
    assert sum(size * size for size in buckets.values()) / len(words) < 10


@given(WORD)
@settings(max_examples=100, deadline=None)
def test_a_skeleton_is_never_longer_than_the_word_with_its_doubled_letters(word: str) -> None:
    found = names.skeleton(word)
    assert len(found) <= 2 * len(word)
    assert found.isascii()
    assert bool(found) == bool(word)


@given(WORD, st.sampled_from("aeiou"), st.sampled_from("aeiou"))
@settings(max_examples=100, deadline=None)
def test_a_vowel_inside_a_word_may_be_any_other(word: str, one: str, other: str) -> None:
    assert names.skeleton(f"b{one}n{word}") == names.skeleton(f"b{other}n{word}")


@pytest.mark.parametrize(("a", "b"), ["0o", "1l", "1i", "5s", "8b", "qa", "qw", "zy", "az", "mn", "er"])
def test_letters_that_look_alike_or_are_neighbours_on_a_keyboard_pass_for_one_another(a: str, b: str) -> None:
    assert names.confusable(a, b)
    assert names.confusable(b, a)


@pytest.mark.parametrize(("a", "b"), ["qp", "am", "zo", "aa"])
def test_other_letters_do_not(a: str, b: str) -> None:
    assert not names.confusable(a, b)


def test_usual_slips_cost_less_than_other_changes() -> None:
    assert names.slip_cost("hikvision", "hikvision") == 0
    assert names.slip_cost("hikvision", "h1kvision") == 0.5
    assert names.slip_cost("modern", "modem") == 0.5
    assert names.slip_cost("dahua", "clahua") == 0.5
    assert names.slip_cost("hikvision", "hikvisino") == pytest.approx(0.6)
    assert names.slip_cost("hikvision", "hikvizion") == 0.5
    assert names.slip_cost("hikvision", "hikvipion") == 1
    assert names.slip_cost("abc", "") == 3


@given(WORD, WORD)
@settings(max_examples=100, deadline=None)
def test_slips_cost_the_same_both_ways_and_nothing_only_for_equal_words(one: str, other: str) -> None:
    cost = names.slip_cost(one, other)
    assert cost == pytest.approx(names.slip_cost(other, one))
    assert (cost == 0) == (one == other)
    assert cost <= max(len(one), len(other))
