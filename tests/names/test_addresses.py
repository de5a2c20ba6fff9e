"""Addresses in comparable form: abbreviations written out, numbers as they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import names

ROOM = "Room 1605, Example Commercial Center, 2-16 Sample Street, Mong Kok, Kowloon, Hong Kong"


def stem(text: str) -> tuple[str, ...]:
    return names.form(text, "Address").stem


@pytest.mark.parametrize(
    "written",
    [
        "RM 1605 EXAMPLE COMMERCIAL CENTRE, 2-16 SAMPLE ST., MONG KOK, KLN, HK",
        "Flat/Rm 1605, Example Comm. Ctr, No. 2-16 Sample Str, Mong Kok, Kowloon, Hongkong",
        "Unit 1605, 16/F, Example Commercial Center, 2-16 Sample Street, Mong Kok, Kowloon, Hong Kong",
        "Suite 1605, 16th Floor, Example Commercial Centre, 2 - 16 Sample Street, Mong Kok, Kowloon, Hong Kong",
        "Office 1605, Floor 16, Example Commercial Centre, 2 - 16 Sample Street, Mong Kok, Kowloon, Hong Kong",
    ],
)
def test_usual_spellings_of_an_address_are_one(written: str) -> None:
    assert stem(written) == stem(ROOM)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7/F Sample Tower", "8/F Sample Tower"),
        ("Room 1605, Sample Tower", "Room 1604, Sample Tower"),
        ("Room 1605A, Sample Tower", "Room 1605, Sample Tower"),
        ("12 Sample Road", "12 Sample Street"),
        ("Tower 1, 12 Sample Road", "Tower 2, 12 Sample Road"),
    ],
)
def test_another_number_or_kind_of_street_is_another_address(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_turkish_addresses_are_read_as_written() -> None:
    assert stem("No: 52 Hasat Sk., Merkez Mah., Şişli, İstanbul, Türkiye") == stem(
        "No 52 Hasat Sokak, Merkez Mahallesi, Sisli, Istanbul, Turkey"
    )


def test_names_of_companies_keep_their_words() -> None:
    assert names.form("Street Office St. Rm", "Company").stem == names.form("street office st rm").stem
    assert "street" not in names.form("St. Petersburg Works").stem


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_writing_out_twice_changes_nothing(text: str) -> None:
    assert stem(" ".join(stem(text))) == stem(text)
