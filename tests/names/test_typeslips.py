"""Slips of the pen in organisation types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from underlabel import names


@pytest.mark.parametrize(
    ("text", "stem", "org_types"),
    [
        ("TAMAS COMPAPY", ("tamas",), ("co",)),
        ("LANIT INWORPORATED", ("lanit",), ("inc",)),
        ("AXKTSIONERNOE OBSHCHESTVO LLS", ("lls",), ("ao",)),
        ("OBSHCHESTVO S OGRANLCHENNOI OTVETSTVENNOSTYU A7 AGENT", ("a7", "agent"), ("ooo",)),
        ("BENTOZER COMPANYLIMITED", ("bentozer",), ("coltd",)),
        ("JOITN SqTOCK COMPANY SEVER", ("sever",), ("jsc",)),
    ],
)
def test_a_slip_in_a_type_does_not_make_it_a_name(text: str, stem: tuple[str, ...], org_types: tuple[str, ...]) -> None:
    form = names.form(text)
    assert (form.stem, form.org_types) == (stem, org_types)


@pytest.mark.parametrize("text", ["Compania Minera", "Accompany Ltd", "Limitless Co", "Berhan Trading"])
def test_a_word_that_only_resembles_a_type_stays_in_the_name(text: str) -> None:
    first = text.split(maxsplit=1)[0].lower()
    assert first in names.form(text).stem


@given(st.sampled_from(["Limited", "Company", "Corporation", "Incorporated"]), st.integers(1, 5))
def test_a_letter_lost_inside_a_long_type_is_put_right(word: str, at: int) -> None:
    spoiled = word[:at] + word[at + 1 :]
    assert names.form(f"Zanuvia {spoiled}").stem == ("zanuvia",)
