"""What a user may rely on of names in comparable form."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import names

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hikvision Co., Ltd.", "Hikvision Company Limited"),
        ("Hikvision CO.LTD", "HIKVISION CO LTD"),
        ("Siemens Aktiengesellschaft", "Siemens AG"),
        ("Petrobras S/A", "Petrobras S.A."),
        ("ООО Ромашка", "Общество с ограниченной ответственностью «Ромашка»"),  # noqa: RUF001 - Cyrillic is meant
        ("Acme L.L.C.", "ACME Limited Liability Company"),
    ],
)
def test_an_organisation_type_is_one_thing_however_it_is_written(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


def test_an_organisation_type_in_the_middle_is_found_and_the_words_around_it_stay() -> None:
    form = names.form("HIKVISION DIGITAL TECHNOLOGY CO LTD HANGZHOU")
    assert form.stem == ("hikvision", "digital", "technology", "hangzhou")
    assert form.org_types == ("coltd",)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("As Salam", ("as", "salam")),
        ("Al-Qaida in Iraq", ("al", "qaida", "in", "iraq")),
        ("AT&T Inc.", ("at", "t")),
        ("The Limited Stores Inc", ("the", "limited", "stores")),
    ],
)
def test_a_word_that_only_looks_like_an_organisation_type_stays_in_the_name(text: str, stem: tuple[str, ...]) -> None:
    assert names.form(text).stem == stem


def test_a_person_has_no_organisation_type() -> None:
    assert names.form("Ali SA", "Person").stem == ("ali", "sa")


@pytest.mark.parametrize(
    "text",
    [
        "Hik\u200bvision",
        "\u202eHikvision\u202c",
        "\u041dikvision",
        "😀 Hikvision 😀",
        "\uff28ikvision",
        "Hik\u00advision",
    ],
)
def test_what_cannot_be_seen_does_not_count(text: str) -> None:
    assert names.form(text).stem == ("hikvision",)


def test_numbers_are_one_number_in_digits_roman_letters_and_words() -> None:
    assert names.form("Fund III").numbers == names.form("Fund 03").numbers == names.form("Third Fund").numbers == ("3",)
    assert names.form("Malcolm X").numbers == ()


def test_han_names_that_sound_alike_have_different_keys() -> None:
    assert names.form("海康").stem == names.form("海糠").stem
    assert names.key("海康") != names.key("海糠")


@pytest.mark.parametrize("text", ["", " ", "---", "…", "Co., Ltd.", "GmbH & Co. KG", "12345", "\u200f", "x" * 1001])
def test_what_is_no_name_is_told(text: str) -> None:
    assert not names.is_name(text)


@pytest.mark.parametrize("text", ["3M", "Third", "华为", "U.S. Steel", "x" * 1000])
def test_what_is_a_name_is_told(text: str) -> None:
    assert names.is_name(text)


def test_rarity_tells_a_rare_word_from_a_common_one_and_from_a_slip_of_it() -> None:
    assert names.rarity("hikvision") == 1.0
    assert names.rarity("of") < names.rarity("technology") < names.rarity("shanghai") < names.rarity("hikvision")
    assert names.rarity("technology") < names.rarity("tecnology") < names.COMMON
    assert names.word_class("shanghai") == "place"


def test_words_keep_their_places_in_the_text() -> None:
    text = "«Hik\u200bvision», U.S. O'Brien"
    assert [(text[word.start : word.end], word.letters) for word in names.words(text)] == [
        ("Hik\u200bvision", "hikvision"),
        ("U.S.", "us"),
        ("O'Brien", "obrien"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "a." * 5_000,
        "a'" * 5_000,
        "co ltd " * 1_500,
        "杭" * 10_000,
        "\u200f" * 10_000,
        "😀" * 10_000,
        "e\u0301" * 5_000,
        "ع" * 10_000,
        "第三 " * 3_000,
        "x" * 1_000_000,
    ],
)
def test_hostile_input_takes_bounded_time(text: str) -> None:
    start = time.perf_counter()
    names.form(text)
    names.key(text)
    names.is_name(text)
    names.words(text[:10_000])
    assert time.perf_counter() - start < 2


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_a_form_is_always_ascii_and_reading_it_again_changes_nothing(text: str) -> None:
    form = names.form(text, "Person")
    assert form.plain.isascii()
    assert form.plain == " ".join(form.tokens)
    assert names.form(form.plain, "Person").tokens == form.tokens


@given(st.text("abcdefg hijkl", max_size=40))
@settings(max_examples=50, deadline=None)
def test_capitals_do_not_change_a_key(text: str) -> None:
    assert names.key(text.upper()) == names.key(text) == names.key(text.title())


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_words_stand_where_they_say(text: str) -> None:
    last = 0
    for word in names.words(text):
        assert last <= word.start < word.end <= len(text)
        assert word.letters == names.words(text[word.start : word.end])[0].letters
        last = word.end
