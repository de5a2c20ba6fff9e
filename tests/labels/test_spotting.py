from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.labels.forms import form
from underlabel.labels.spotting import spotter

KNOWN = {
    "kestrel": {"label:kestrel"},
    "kestrel kites": {"label:kestrel-kites"},
    "plover": {"label:plover"},
    "cp plus": {"label:cp-plus"},
    "hp": {"label:hp"},
    "ring": {"label:ring"},
    "i wren": {"label:i-wren"},
    "axis": {"label:axis"},
    "crucial": {"label:crucial"},
    "燕子机电": {"label:yan"},
}


STYLED = ("Kestrel", "Kestrel Kites", "Plover", "CP Plus", "HP", "Ring", "i-Wren", "Axis")
SPOTTER = spotter(KNOWN, STYLED)


def spotted(text: str) -> tuple[set[str], str]:
    found = SPOTTER.spot(text)
    assert len(found) < 2
    return (set(found[0].labels), found[0].text) if found else (set(), "")


def known(text: str) -> set[str]:
    return KNOWN[form(text)]


def named(text: str) -> list[str]:
    return [one.text for one in SPOTTER.spot(text)]


def test_a_brand_is_found_as_a_whole_word_and_shown_as_written() -> None:
    assert spotted("4x KESTREL dome 2.8mm") == ({"label:kestrel"}, "KESTREL")
    assert spotted("kestrels on a wire") == (set(), "")


def test_a_longer_name_hides_the_shorter_one_in_it() -> None:
    assert spotted("Kestrel Kites, red") == ({"label:kestrel-kites"}, "Kestrel Kites")


def test_punctuation_does_not_hide_a_brand() -> None:
    assert spotted("CP-PLUS: recorder") == ({"label:cp-plus"}, "CP PLUS")


def test_two_brands_are_both_found_and_one_said_twice_once() -> None:
    assert named("Kestrel and Plover cameras") == ["Kestrel", "Plover"]
    assert named("We removed all Kestrel cameras and fitted Plover") == ["Kestrel", "Plover"]
    assert named("Kestrel camera (KESTREL)") == ["Kestrel"]


def test_a_brand_begins_with_a_capital_or_is_written_as_it_is_styled() -> None:
    assert spotted("a kestrel over the field") == (set(), "")
    assert spotted("i-Wren intercom") == ({"label:i-wren"}, "i Wren")
    assert spotted("i-wren intercom") == (set(), "")
    assert spotted("燕子机电 camera") == ({"label:yan"}, "燕子机电")


def test_a_word_before_of_is_the_word() -> None:
    assert spotted("Axis of rotation bearing") == (set(), "")
    assert spotted("Axis P3245 camera") == ({"label:axis"}, "Axis")


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("2 x Kestrel 4K NVR", False),
        ("Kestrel NVR with eight channels and two disks", False),
        ("Kestrel NVR with eight channels and two disks - black one", True),
        ("supply and install Kestrel cameras", True),
    ],
)
def test_a_long_text_or_a_brand_far_from_its_start_is_prose(text: str, *, prose: bool) -> None:
    assert [one.prose for one in SPOTTER.spot(text)] == [prose]


@pytest.mark.parametrize(
    "text",
    [
        *("case for Kestrel", "mount, fits Kestrel", "works with Kestrel", "replaces Kestrel"),
        *(
            "compatible with Kestrel and Plover",
            "No Kestrel, Plover or Axis equipment",
            "bracket for all Kestrel domes",
        ),
        *("not Kestrel", "camera, not made by Kestrel", "non-Kestrel recorder", "without any Kestrel parts"),
    ],
)
def test_what_a_thing_is_meant_for_is_not_its_brand(text: str) -> None:
    assert spotted(text) == (set(), "")


def test_an_ordinary_word_is_never_read_out_of_a_text() -> None:
    assert spotted("Ring main unit") == (set(), "")
    assert spotted("Crucial spare parts") == (set(), "")


def test_a_name_of_two_letters_counts_first_and_in_capitals_only() -> None:
    assert spotted("HP laptop 15") == ({"label:hp"}, "HP")
    assert spotted("motor 5 HP") == (set(), "")
    assert spotted("hp 5 motor") == (set(), "")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_brand_between_other_signs_is_never_taken_for_another(before: str, after: str) -> None:
    found = SPOTTER.spot(f"{before} Plover {after}")
    assert {"label:plover"} in [set(one.labels) for one in found] or not any(one.text == "Plover" for one in found)
    assert all(known(one.text) & one.labels for one in found)
