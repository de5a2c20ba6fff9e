"""Days and citations as US lists write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.lists.dates import citations, us_day
from underlabel.model import InputError


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/22/2020", "2020-12-22"),
        ("June 21, 2022", "2022-06-21"),
        ("May 7, 2024", "2024-05-07"),
        ("03 Jun 2021", "2021-06-03"),
        ("2026-06-10", "2026-06-10"),
    ],
)
def test_each_way_of_writing_a_day_is_read_month_before_day(text: str, day: str) -> None:
    assert str(us_day(text)) == day


@pytest.mark.parametrize("text", ["", "13/1/2020", "2/30/2020", "10/9/201", "Juni 21, 2022", "soon", "2020-1-1"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        us_day(text)


def test_a_year_of_two_digits_alone_is_not_guessed() -> None:
    with pytest.raises(InputError, match="century"):
        us_day("10/9/19")


def test_the_volume_tells_the_century() -> None:
    assert str(us_day("10/9/19", volume=84)) == "2019-10-09"
    assert str(us_day("6/30/97", volume=62)) == "1997-06-30"
    assert str(us_day("9/17/81", volume=46)) == "1981-09-17"


def test_the_day_before_tells_the_century_where_there_is_no_volume() -> None:
    assert str(us_day("12/27/06", not_before=date(2004, 12, 27))) == "2006-12-27"
    assert str(us_day("1/1/04", not_before=date(1999, 3, 1))) == "2004-01-01"


def test_a_year_that_contradicts_its_volume_stays_uncertain() -> None:
    (cited,) = citations("83 FR 61541, 11/13/19")
    assert str(cited.day) == "2018-01-01..2019-11-13"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("84 FR 54004, 10/9/19.\n85 FR 44161, 7/22/20", ["2019-10-09", "2020-07-22"]),
        ("62 FR 35334, 6/30/97 66 FR 24267, 5/14/01", ["1997-06-30", "2001-05-14"]),
        ("73 FR 54508,\n9/22/08.\n74 FR 8184", ["2008-09-22", "2009"]),
        ("81 FR 61601 preview citation details, 9/7/16", ["2016-09-07"]),
        ("88 FR 71992 10/19/2023.", ["2023-10-19"]),
        ("46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81", ["1981-09-17", "1981-03-30"]),
        ("90 F.R.58546 12/17/2025", ["2025-12-17"]),
        ("58 F.R. 4982, 4983 1/19/93", ["1993-01-19"]),
        ("91 FR 35189 (June 10, 2026)", ["2026-06-10"]),
        ("Vol. 79, No. 184, 09/23/14, Federal Register", ["2014-09-23"]),
        ("Vol.89, No. 103, May 28, 2024 Federal Register", ["2024-05-28"]),
        ("Volume 59, No. 244; 12/21/94, Federal Register", ["1994-12-21"]),
        ("76 F.R. 72157, 11/22/201", ["2011"]),
        ("no citation at all, 10/9/19", []),
    ],
)
def test_citations_of_every_form_give_their_days(text: str, days: list[str]) -> None:
    assert [str(cited.day) for cited in citations(text)] == days


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2080, 12, 31)), st.booleans(), st.integers(1, 99_999))
def test_a_citation_as_the_register_writes_it_gives_back_its_day(day: date, short: bool, page: int) -> None:  # noqa: FBT001 - drawn by hypothesis
    year = f"{day.year % 100:02d}" if short else str(day.year)
    (cited,) = citations(f"{day.year - 1935} FR {page}, {day.month}/{day.day}/{year}.")
    assert (cited.day.earliest, cited.day.latest) == (day, day)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789/ FR.,JuneVol\n", max_size=60))
def test_no_citation_text_breaks_the_reading(text: str) -> None:
    for cited in citations(text):
        assert cited.day.earliest <= cited.day.latest
