# ruff: noqa: RUF001 - typographic signs are what is tested
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.news.mojibake import lost, repair


def as_windows_874(text: str) -> str:
    """UTF-8 read as Windows-874, undefined bytes as control characters."""
    return "".join(bytes((byte,)).decode("cp874", "ignore") or chr(byte) for byte in text.encode())


def as_western(text: str) -> str:
    """UTF-8 read as Windows-1252, undefined bytes as control characters."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("meant", ["–", "—", "‘", "’", "“", "”", "…", "•", "€", "™", "😀", "→"])
def test_a_sign_read_as_windows_874_comes_back(meant: str) -> None:
    assert repair(f"before {as_windows_874(meant)} after{as_windows_874(meant)}.") == f"before {meant} after{meant}."


@pytest.mark.parametrize(
    "meant",
    ["a café in Zürich", "£350,000 a year", "20°C", "Lens® of 2019", "© 2021 the paper", "§ 744.11", "naïve élan"],
)
def test_a_latin_letter_or_sign_read_as_windows_874_comes_back_where_it_stands_beside_latin(meant: str) -> None:
    assert repair(as_windows_874(meant)) == meant


@pytest.mark.parametrize("meant", ["ความลับของบริษัท", "камеры города", "海康威视数字技术", "監視カメラ"])
def test_whole_words_of_other_scripts_read_as_windows_874_come_back(meant: str) -> None:
    assert repair(as_windows_874(meant)) == meant


@pytest.mark.parametrize("meant", ["a – b", "the town’s “list”…", "café", "£350", "ΑΒΓ – δ", "тест"])
def test_text_read_as_windows_1252_comes_back(meant: str) -> None:
    assert repair(as_western(meant)) == meant


def test_text_that_was_misread_twice_comes_back() -> None:
    assert repair(as_windows_874(as_windows_874("one – two"))) == "one – two"
    assert repair(as_western(as_windows_874("one – two"))) == "one – two"


@pytest.mark.parametrize(
    "thai",
    [
        "รถยนต์ 4 คัน – ราคาถูก…",
        "“การ”",
        "เธอ",
        "รถ",
        "เขาพูดว่า “ใช่” แล้วก็ไป…",
        "โรงแรม • ห้อง ๑๒๓",
        "บริษัท Hikvision จำกัด ลดราคา รถ4WD",
        "The sign reads ยก and รถ in Thai.",
    ],
)
def test_true_thai_is_left_alone(thai: str) -> None:
    assert repair(thai) == thai


def test_damage_between_true_thai_comes_back_and_the_thai_stays() -> None:
    assert repair(f"บริษัท {as_windows_874('–')} จำกัด") == "บริษัท – จำกัด"
    assert repair("รถยนต์โ€“ราคา") == "รถยนต์–ราคา"


@pytest.mark.parametrize(
    "hurt",
    [
        'so it was โ€" they said',  # the quote that carried the byte was straightened
        "so it was โ€\ufffd they said",  # the byte was replaced
        "so it was โ€ they said",  # the byte was dropped
        "so it was โ",  # two bytes were dropped
        "so it was â€ they said",
        "so it was â€\ufffd they said",
        "it was Ã la carte",  # a space took the place of a byte
    ],
)
def test_a_sequence_that_lost_a_byte_stays_as_it_is(hurt: str) -> None:
    assert repair(hurt) == hurt


def test_whole_sequences_come_back_beside_one_that_lost_a_byte() -> None:
    text = repair('one โ€“ two โ€" three â€\ufffd four â€“ five')
    assert text == 'one – two โ€" three â€\ufffd four – five'
    assert [text[place] for place in lost(text)] == ["โ", "â", "\ufffd"]


def test_nothing_is_called_lost_in_a_text_that_is_whole() -> None:
    assert lost("โรงแรม – “การ” costs €5 à la carte") == ()


WORDS = (
    st.sampled_from(
        [
            "Lorex",
            "the",
            "U.S.",
            "café",
            "Zürich",
            "Ångström",
            "naïve",
            "l’été",
            "São",
            "100",
            "£5",
            "3.5 %",
            "§ 744",
            "¿Qué?",
        ]
    )
    | st.sampled_from(
        [
            "“yes”",
            "–",
            "—",
            "…",
            "€9",
            "•",
            "‘no’",
            "™",
            "©",
            "камера",
            "海康威视",
            "監視",
            "😀",
            "Ł",
            "(",
            ")",
            "-",
            '"',
            "'",
        ]
    )
    | st.sampled_from(
        ["รถยนต์", "โรงแรม", "“การ”", "ราคา…", "เธอ", "และ", "ที่", "บริษัท", "๑๒๓", "ไม่", "ใช่”", "ร–", "\n", "\t"]
    )
)
PLAIN = st.text(alphabet=st.characters(min_codepoint=9, max_codepoint=0x7E), max_size=80)


@settings(max_examples=100, deadline=None)
@given(st.one_of(PLAIN, st.lists(WORDS, max_size=30).map(" ".join)))
def test_a_text_without_damage_is_never_changed(text: str) -> None:
    assert repair(text) == text


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["list", "Co.", "–", "“", "”", "…", "’", "28", "café", "Zürich"]), min_size=1).map(
        " ".join
    )
)
def test_what_was_misread_comes_back_whole(text: str) -> None:
    assert repair(as_windows_874(text)) == text
    assert repair(as_western(text)) == text
