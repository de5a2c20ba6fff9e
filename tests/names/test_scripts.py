"""Well-known names in many scripts, and names that are broken: what they come to."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import names

FIXTURES = Path(__file__).parent / "fixtures"


def rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows("scripts.csv"), ids=lambda row: row["stem"])
def test_a_name_in_any_script_comes_to_words_in_ascii_without_its_organisation_type(row: dict[str, str]) -> None:
    form = names.form(row["text"])
    assert " ".join(form.stem) == row["stem"]
    assert " ".join(form.org_types) == row["org_types"]
    assert form.script == row["script"]
    assert form.plain.isascii()


@pytest.mark.parametrize("row", rows("equals.csv"), ids=lambda row: row["one"])
def test_spellings_of_one_name_have_one_stem_and_types_of_one_family(row: dict[str, str]) -> None:
    one, other = names.form(row["one"]), names.form(row["other"])
    assert one.stem == other.stem
    assert {*map(names.org_class, one.org_types)} == {*map(names.org_class, other.org_types)}


@pytest.mark.parametrize("row", rows("numbers.csv"), ids=lambda row: row["text"])
def test_numbers_are_digits_however_they_are_written(row: dict[str, str]) -> None:
    assert " ".join(names.form(row["text"]).stem) == row["stem"]


@pytest.mark.parametrize("row", rows("persons.csv"), ids=lambda row: row["text"])
def test_a_person_is_given_name_first_and_without_titles(row: dict[str, str]) -> None:
    form = names.form(row["text"], "Person")
    assert (" ".join(form.stem), " ".join(form.titles)) == (row["stem"], row["titles"])


def test_titles_and_commas_of_companies_stay() -> None:
    assert names.form("Dr. Oetker").stem == ("dr", "oetker")
    assert names.form("Smith, Jones and Co").stem == ("smith", "jones", "and")


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("A.O. Smith Corporation", ("ao", "smith")),
        ("PT Technology Asia Limited", ("pt", "technology", "asia")),
        ("EST", ("est",)),
        ("OSK OAO", ("osk",)),
        ("NPO Romashka", ("npo", "romashka")),
        ("VEB.RF", ("veb", "rf")),
        ("Is'Vision", ("isvision",)),
        ("Siemens AG Trading", ("siemens", "ag", "trading")),
        ("LinkedIn", ("linkedin",)),
        ("Hik-Vision", ("hik", "vision")),
        ("Sri Lanka Airlines", ("sri", "lanka", "airlines")),
        ("Aka Trading", ("aka", "trading")),
        ("Doing Business As Usual", ("doing", "business", "as", "usual")),
    ],
)
def test_what_only_looks_like_a_type_or_a_mark_stays_in_the_name(text: str, stem: tuple[str, ...]) -> None:
    assert names.form(text).stem == stem


def test_umlauts_written_in_two_ways_are_one_letter_apart_and_have_one_skeleton() -> None:
    assert names.form("M\u00fcller").stem == names.form("Muller").stem == ("muller",)
    assert names.skeleton("mueller") == names.skeleton("muller")
    assert names.slip_cost("mueller", "muller") == 1


def test_all_names_that_a_text_holds_are_told_apart() -> None:
    assert names.parted("Acme Corp., f/k/a Beta LLC; a.k.a. Gamma") == ("Acme Corp.", "Beta LLC", "Gamma")
    assert names.form("Acme (a.k.a. Beta)").others == ("Beta",)
    assert names.parted("Plain Name") == ("Plain Name",)


def test_acronyms_are_made_of_three_words_and_more_without_function_words() -> None:
    assert names.acronym(names.form("Islamic Republic of Iran Shipping Lines")) == "irisl"
    assert names.acronym(names.form("China Mobile Ltd")) == ""


def test_thai_read_in_its_old_code_page_is_repaired() -> None:
    meant = "\u0e18\u0e19\u0e32\u0e04\u0e32\u0e23\u0e01\u0e2a\u0e34\u0e01\u0e23\u0e44\u0e17\u0e22"
    read = "".join(bytes([byte]).decode("cp874", "ignore") or chr(byte) for byte in meant.encode())
    assert names.form(read).stem == names.form(meant).stem != ()


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "Ltd. " * 2_000,
        ", " * 5_000,
        "Dr. " * 2_500,
        "J." * 5_000,
        "a.k.a. " * 1_400,
        "/" + " " * 9_000,
        "also" + " " * 9_000 + "k.a",
        "a1" * 5_000,
        "AoAo" * 2_500,
        "\u00c3\u00a9" * 5_000,
        "\u0420\u0421" * 5_000,
        "\u0e40\u0e18" * 5_000,
        "\u4e00" * 10_000,
        "\u7b2c" * 10_000,
        "\u0e01" * 10_000,
        "\u0627\u0644" * 5_000,
        "\u65e5\u7acb\u30a2" * 3_000,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 2_000,
        "A\u0416\u4e2d\u0639" * 2_500,
        "known as " * 120_000,
    ],
    ids=lambda text: ascii(text[:4]),
)
@pytest.mark.parametrize("schema", ["", "Person", "Address"])
def test_hostile_names_take_bounded_time(text: str, schema: str) -> None:
    start = time.perf_counter()
    names.form(text, schema)
    names.key(text)
    assert time.perf_counter() - start < 2


TEXT = st.text(st.characters(codec=None), max_size=60)


@given(TEXT, st.sampled_from(["", "Person", "Company", "Vessel", "Address"]))
@settings(max_examples=100, deadline=None)
def test_a_form_never_fails_and_is_ascii(text: str, schema: str) -> None:
    form = names.form(text, schema)
    assert all(word.isascii() and word for word in (*form.stem, *form.tokens))
    assert names.form(text, schema) == form


@given(st.lists(st.sampled_from(["Ali", "Omar", "Zahra", "Hikmat", "Sergei"]), min_size=2, max_size=4, unique=True))
@settings(max_examples=50, deadline=None)
def test_surname_first_with_a_comma_is_the_name_itself(words: list[str]) -> None:
    *given_names, surname = words
    written = f"{surname.upper()}, {' '.join(given_names)}"
    assert names.form(written, "Person").stem == names.form(" ".join(words), "Person").stem
