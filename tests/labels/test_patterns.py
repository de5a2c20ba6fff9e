from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.labels import patterns


def test_codes_are_found_in_brackets_and_behind_slashes() -> None:
    assert patterns.codes("UltraHD Turret (IP5M-T1179E) C800/I91BM") == (
        "ULTRAHD",
        "TURRET",
        "IP5M-T1179E",
        "C800/I91BM",
        "C800",
        "I91BM",
    )


def test_the_code_of_what_a_thing_is_meant_for_is_left_out() -> None:
    assert "DS-2CD2143" not in patterns.codes("wall bracket for DS-2CD2143")


def test_words_and_measures_are_no_model_codes_to_compare() -> None:
    assert not patterns.comparable(patterns.codes("4K Bullet 1080P 2.8MM"))
    assert patterns.comparable(patterns.codes("Bullet LNR6100"))


def test_a_pattern_matches_a_whole_token_only() -> None:
    assert patterns.first_match(["IPC-HFW*"], ("XIPC-HFW1", "IPC-HFW2831T")) == "IPC-HFW2831T"
    assert patterns.first_match(["KN??B"], ("KN12BX",)) == ""


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="AB*", min_size=1, max_size=12), st.integers(1, 400))
def test_no_pattern_and_no_text_make_matching_slow(tail: str, length: int) -> None:
    start = time.perf_counter()
    patterns.first_match([f"AAA{tail}C"], ("A" * length,))
    assert time.perf_counter() - start < 0.5
