from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from evals import matching_slips as slips
from underlabel import names

LISTED = ["Zelvar Shipping Ltd", "KARIMOV, Anton", "«Северная Звезда»", "Fund 2 Holdings", "Łódź Metal S.A."]


@pytest.mark.parametrize("name", LISTED)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_slips_stay_as_near_as_they_are_many_and_leave_a_name_of_another_form(name: str, seed: int) -> None:
    for edits in (1, 2):
        text = slips.slipped(name, edits, slips.chance("test", seed))
        # A look-alike may put two letters for one: two steps of an edit distance.
        assert 1 <= OSA.distance(text, name) <= 2 * edits
        assert names.form(text).plain != names.form(name).plain


def test_the_same_name_gets_the_same_slip_in_every_run() -> None:
    assert len({slips.slipped("Zelvar Shipping", 2, slips.chance("one", 7)) for _ in range(5)}) == 1


@given(seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_no_slip_takes_a_digit_away(seed: int) -> None:
    text = slips.slipped("Fund 28 Holdings", 1, slips.chance("digits", seed))
    assert "2" in text
    assert "8" in text


def test_a_slip_in_a_cyrillic_name_stays_in_its_alphabet() -> None:
    made = [slips.slipped("Северная Звезда", 1, slips.chance("alphabet", seed)) for seed in range(40)]
    assert all(not (letter.isascii() and letter.isalpha()) for text in made for letter in text)


def test_words_are_dropped_only_where_two_are_left() -> None:
    assert slips.word_dropped("Zelvar Shipping", slips.chance("drop")) == "Zelvar Shipping"
    assert len(slips.word_dropped("Zelvar Marine Shipping", slips.chance("drop")).split()) == 2


def test_swapping_words_keeps_them_all() -> None:
    made = slips.words_swapped("KARIMOV, Anton Ilyich", slips.chance("swap"))
    assert sorted(made.split()) == ["Anton", "Ilyich", "KARIMOV"]
    assert made != "KARIMOV Anton Ilyich"


def test_a_comma_marks_the_family_name() -> None:
    assert slips.natural_order("KARIMOV, Anton") == "Anton KARIMOV"
    assert slips.natural_order("Zelvar, Marine, Shipping") == "Zelvar, Marine, Shipping"


def test_a_changed_type_is_another_type_of_the_same_stem() -> None:
    before = names.form("Zelvar Metall GmbH")
    after = names.form(slips.type_changed("Zelvar Metall GmbH", slips.chance("type")))
    assert after.stem == before.stem
    assert after.org_types
    assert set(after.org_types).isdisjoint(before.org_types)
    assert names.form(slips.type_removed("Zelvar Metall GmbH")).org_types == ()
