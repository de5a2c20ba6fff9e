"""What a user may rely on when names are spotted in a text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match

NAMES = [
    ("hik", "Hangzhou Hikvision Digital Technology Co., Ltd.", "name"),
    ("hik", "Hikvision", "weak"),
    ("dahua", "Zhejiang Dahua Technology Co., Ltd.", "name"),
    ("dahua", "Dahua", "weak"),
    ("megvii", "Megvii Technology Limited", "name"),
    ("sensetime", "SenseTime Group Limited", "name"),
    ("lorex", "Lorex Technology Inc.", "name"),
    ("lorex", "Lorex", "alias"),
    ("ezviz", "EZVIZ", "name"),
    ("ring", "Ring", "name"),
    ("nest", "Nest", "weak"),
    ("apple", "Apple Inc.", "name"),
]
SPOTTER = match.spotter(NAMES)


def spotted(text: str) -> list[tuple[str, str]]:
    mentions = match.spot(SPOTTER, [text])[0]
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    return [(mention.party, mention.text) for mention in mentions]


def test_the_longest_name_is_told_with_its_organisation_type() -> None:
    text = (
        "Firms such as SenseTime Group Ltd., Megvii Technology Ltd., backed by others, and Hikvision, formally "
        "Hangzhou Hikvision Digital Technology Co. Ltd., Zhejiang Dahua Technology, were named."
    )
    assert spotted(text) == [
        ("sensetime", "SenseTime Group Ltd"),
        ("megvii", "Megvii Technology Ltd"),
        ("hik", "Hikvision"),
        ("hik", "Hangzhou Hikvision Digital Technology Co. Ltd"),
        ("dahua", "Zhejiang Dahua Technology"),
    ]


@pytest.mark.parametrize(
    ("text", "party", "name"),
    [
        ("products from Lorex and others", "lorex", "Lorex"),
        ("and Ezviz, while", "ezviz", "Ezviz"),
        ("parent companies Dahua and", "dahua", "Dahua"),
        ("made by Zhejiang Dahua Technology Co., China's second-largest", "dahua", "Zhejiang Dahua Technology Co"),
        ("Dahua Technology Co.'s cameras", "dahua", "Dahua Technology Co"),
        ("Hik\u200bvision cameras", "hik", "Hik\u200bvision"),
        ("HIKVISION DIGITAL: Hikvision.\nCo-founders", "hik", "HIKVISION"),
    ],
)
def test_a_name_is_told_as_it_stands(text: str, party: str, name: str) -> None:
    assert spotted(text)[0] == (party, name)


@pytest.mark.parametrize(
    "text",
    [
        "Dahua Electronics Corporation is a US firm",
        "Dahuan and Hikvisions",
        "the ring rang; Ring the bell. Ring it",
        "I ate an apple in Apple Valley",
        "a Nest thermostat",
        "SenseTime. Group Limited",
    ],
)
def test_what_is_another_name_or_no_name_is_not_told(text: str) -> None:
    assert spotted(text) == []


def test_a_common_word_is_a_name_inside_a_sentence_with_its_capital_but_a_weaker_one() -> None:
    ring, lorex = match.spot(SPOTTER, ["a Ring doorbell beside a Lorex camera"])[0]
    assert (ring.party, lorex.party) == ("ring", "lorex")
    assert ring.score < lorex.score


def test_a_weak_alias_and_small_letters_score_lower() -> None:
    scores = [
        mentions[0].score for mentions in match.spot(SPOTTER, ["a Lorex", "a lorex", "a Hikvision", "a hikvision"])
    ]
    assert scores[0] > scores[1] > scores[3]
    assert scores[0] > scores[2] > scores[3]


def test_a_name_of_two_parties_is_told_for_both() -> None:
    spotter = match.spotter([("b", "Acmetron", "name"), ("a", "Acmetron Ltd", "name")])
    assert [mention.party for mention in match.spot(spotter, ["of Acmetron"])[0]] == ["a", "b"]


def test_the_order_of_names_does_not_matter() -> None:
    text = ["Hikvision, Lorex and Zhejiang Dahua Technology Co."]
    assert match.spot(match.spotter(reversed(NAMES)), text) == match.spot(SPOTTER, text)


@pytest.mark.parametrize(
    "text", ["Hikvision " * 20_000, "Hangzhou " * 20_000, "\u200f" * 100_000, "Zhejiang Dahua " * 10_000]
)
def test_long_texts_take_bounded_time(text: str) -> None:
    start = time.perf_counter()
    match.spot(SPOTTER, [text])
    assert time.perf_counter() - start < 5


@given(
    st.lists(
        st.sampled_from([*(name for _, name, _ in NAMES), "the", ".", ",", "\n", "Co.", "Ltd", "杭", "😀"]), max_size=15
    )
)
@settings(max_examples=100, deadline=None)
def test_mentions_stand_where_they_say_and_do_not_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    last = 0
    for mention in match.spot(SPOTTER, [text])[0]:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        assert 0 < mention.score < 1
        last = mention.end


def test_the_makers_of_the_story_are_told_in_the_page_as_saved(real_data: Callable[[str], Path]) -> None:
    page = real_data("news/seed_page.txt").read_text(encoding="utf-8", errors="replace")
    found = {party for party, _ in spotted(page)}
    assert {"hik", "dahua", "megvii", "sensetime", "lorex", "ezviz"} == found
