"""Days and citations as US lists write them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists.dates import citations, day_first, us_day
from underlabel.model import Day, Facts, InputError, exact

FIXTURES = Path(__file__).parent / "fixtures"
WRITTEN: dict[str, tuple[str, str, Callable[[date], str]]] = {
    # file: the list, a day that stands in its fixture once or more, and how its publisher writes a day
    "dpl.txt": ("us_bis_dpl", "09/10/1981", lambda day: f"{day:%m/%d/%Y}"),
    "uflpa.html": ("us_dhs_uflpa", "October 3, 2024", lambda day: f"{day:%B} {day.day}, {day.year}"),
    "uk/UK-Sanctions-List.csv": ("gb_sanctions", "29/06/2012", lambda day: f"{day:%d/%m/%Y}"),
    "uk/UK-Sanctions-List.xml": ("gb_sanctions", "29/06/2012", lambda day: f"{day:%d/%m/%Y}"),
    "uk/subjects.csv": ("gb_sanctions", "29/06/2012", lambda day: f"{day:%d/%m/%Y}"),
    "eu/20261112-FULL-1_1.xml": ("eu_fsf", "2021-03-22", lambda day: f"{day:%Y-%m-%d}"),
    "sema/sema.xml": ("ca_sema", "2021-03-21", lambda day: f"{day:%Y-%m-%d}"),
    "csl/csl.csv": ("us_csl", "2019-10-09", lambda day: f"{day:%Y-%m-%d}"),
    "bis_dpl.json": ("us_bis_dpl", "1981-09-10", lambda day: f"{day:%Y-%m-%d}"),
}


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/06/2012", "2012-06-29"),
        ("04/03/2022", "2022-03-04"),
        ("4/3/2022", "2022-03-04"),
        ("12-Nov-2026", "2026-11-12"),
        ("12 November 2026", "2026-11-12"),
        ("2012-06-29", "2012-06-29"),
        ("2012-06-29T00:00:00.000+02:00", "2012-06-29"),
        ("2012-06-29Z", "2012-06-29"),
    ],
)
def test_the_uk_and_the_eu_write_the_day_before_the_month(text: str, day: str) -> None:
    assert str(day_first(text)) == day


@pytest.mark.parametrize(
    "text",
    ["", "06/29/2012", "29/06/12", "29/6", "06/2012", "2012", "00/00/1970", "dd/mm/2009", "14/04/016", "29.6.2012"],
)
def test_a_day_of_the_uk_or_the_eu_that_is_partial_or_in_another_order_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        day_first(text)


def _days(facts: Facts) -> set[Day]:
    return {day for one in facts.listings for day in (one.since, one.effective, one.published) if day}


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(min_value=date(1994, 1, 1), max_value=date(2031, 12, 31)))
def test_a_day_as_its_publisher_writes_it_is_that_day_in_every_form(name: str, day: date, tmp_path: Path) -> None:
    list_id, stands, write = WRITTEN[name]
    source = FIXTURES / name
    assert stands in source.read_text("utf-8-sig")
    for one in source.parent.iterdir() if source.parent != FIXTURES else ():
        (tmp_path / one.name).write_bytes(one.read_bytes())
    path = tmp_path / source.name
    path.write_text(source.read_text("utf-8-sig").replace(stands, write(day)), "utf-8")
    facts = lists.read(path, list_id, accept_small=True)
    assert {exact(day, "effective"), exact(day, "published")} & _days(facts)
    turned = day.replace(month=day.day, day=day.month) if day.day <= 12 else day
    if turned != day and str(turned) not in source.read_text("utf-8-sig"):
        assert not {exact(turned, "effective"), exact(turned, "published")} & _days(facts)


def _unpacked(path: Path) -> str:
    return (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()


def test_every_day_of_the_real_uk_list_is_day_month_year(real_data: Callable[[str], Path]) -> None:
    path = real_data("lists/uk_2026-04/subjects.csv.gz")
    rows = list(csv.DictReader(io.StringIO(_unpacked(path))))
    days = {f"gb_sanctions:{row['unique_id']}": row["date_designated"].split("/")[::-1] for row in rows}
    assert any(int(day) > 12 for _, _, day in days.values())
    found = {one.subject: str(one.effective) for one in lists.read(path, "gb_sanctions").listings}
    assert found == {subject: "-".join(parts) for subject, parts in days.items()}


def test_every_day_of_the_real_denied_persons_text_is_month_day_year(real_data: Callable[[str], Path]) -> None:
    path = real_data("lists/us_ofac_2019-01/dpl.txt")
    rows = csv.DictReader(io.StringIO(_unpacked(path)), delimiter="\t")
    written = {tuple(row["Effective_Date"].split("/")) for row in rows if row["Effective_Date"]}
    assert any(int(day) > 12 for _, day, _ in written)
    found = {str(one.effective) for one in lists.read(path, "us_bis_dpl").listings if one.effective}
    assert found == {f"{year}-{month}-{day}" for month, day, year in written}


@pytest.mark.parametrize(
    ("name", "list_id", "tag"),
    [
        ("un/un_consolidated-2026-02-27.xml.gz", "un_sc", "LISTED_ON"),
        ("ca_sema-2025-05.xml.gz", "ca_sema", "DateOfListing"),
    ],
)
def test_every_iso_day_of_a_real_list_is_kept_without_its_zone(
    name: str, list_id: str, tag: str, real_data: Callable[[str], Path]
) -> None:
    path = real_data(f"lists/{name}")
    written = re.findall(rf"<{tag}>([^<]+)</{tag}>", _unpacked(path))
    facts = lists.read(path, list_id)
    assert {str(one.effective) for one in facts.listings} == {text[:10] for text in written}
    assert len(facts.listings) == len(written)


def test_a_year_of_two_digits_in_a_real_citation_is_that_of_its_volume(real_data: Callable[[str], Path]) -> None:
    path = real_data("lists/us_2026-07-09/bis_entity_list.json.gz")
    rows = json.loads(gzip.decompress(path.read_bytes()))["entities"]
    cited = [one for row in rows for one in citations(row["federal_register"] or "")]
    assert len(cited) > 3_700
    for one in cited:
        year = one.volume + 1935
        if one.day.earliest == one.day.latest:
            assert one.day.earliest.year == year
        else:
            assert one.day.earliest <= date(year, 12, 31)
            assert date(year, 1, 1) <= one.day.latest


def test_a_day_cut_off_in_a_real_table_stays_uncertain(real_data: Callable[[str], Path]) -> None:
    path = real_data("lists/us_2026-07-09/state_nonproliferation.json")
    cut = re.findall(r"imposed \d{1,2}/\d{1,2}/\d{3};", _unpacked(path))
    facts = lists.read(path, "us_state_isn")
    unsure = [one for one in facts.listings if one.effective is None]
    assert len(unsure) == len(cut) == 17
    assert all(one.since and one.since.earliest < one.since.latest for one in unsure)
