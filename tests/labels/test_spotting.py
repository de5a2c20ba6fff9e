from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.labels.spotting import spotter

KNOWN = {
    "kestrel": {"label:kestrel"},
    "kestrel kites": {"label:kestrel-kites"},
    "plover": {"label:plover"},
    "cp plus": {"label:cp-plus"},
    "hp": {"label:hp"},
    "ring": {"label:ring"},
}


def spotted(text: str) -> tuple[set[str], str]:
    found = spotter(KNOWN).spot(text)
    return (set(found.labels), found.text) if found else (set(), "")


def test_a_brand_is_found_as_a_whole_word_and_shown_as_written() -> None:
    assert spotted("4x KESTREL dome 2.8mm") == ({"label:kestrel"}, "KESTREL")
    assert spotted("kestrels on a wire") == (set(), "")


def test_a_longer_name_hides_the_shorter_one_in_it() -> None:
    assert spotted("Kestrel Kites, red") == ({"label:kestrel-kites"}, "Kestrel Kites")


def test_punctuation_does_not_hide_a_brand() -> None:
    assert spotted("CP-PLUS: recorder") == ({"label:cp-plus"}, "CP PLUS")


def test_two_brands_are_none() -> None:
    assert spotted("Kestrel and Plover cameras") == (set(), "")
    assert spotted("Kestrel camera (kestrel)") == ({"label:kestrel"}, "Kestrel")


@pytest.mark.parametrize("text", ["case for Kestrel", "mount, fits Kestrel", "works with Kestrel", "replaces Kestrel"])
def test_what_a_thing_is_meant_for_is_not_its_brand(text: str) -> None:
    assert spotted(text) == (set(), "")


def test_an_ordinary_word_is_never_read_out_of_a_text() -> None:
    assert spotted("Ring main unit") == (set(), "")


def test_a_name_of_two_letters_counts_first_and_in_capitals_only() -> None:
    assert spotted("HP laptop 15") == ({"label:hp"}, "HP")
    assert spotted("motor 5 HP") == (set(), "")
    assert spotted("hp 5 motor") == (set(), "")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_brand_between_other_signs_is_never_taken_for_another(before: str, after: str) -> None:
    labels, _ = spotted(f"{before} plover {after}")
    assert labels in ({"label:plover"}, set())
