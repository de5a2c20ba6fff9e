"""Section 889: the text of the statute is the list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.model import Facts, InputError, Listing

FIXTURE = Path(__file__).parent / "fixtures" / "s889.txt"
PRODUCERS = {
    "Huawei Technologies Company": ("A", ("telecom",)),
    "ZTE Corporation": ("A", ("telecom",)),
    "Hytera Communications Corporation": ("B", ("video", "telecom")),
    "Hangzhou Hikvision Digital Technology Company": ("B", ("video", "telecom")),
    "Dahua Technology Company": ("B", ("video", "telecom")),
}


def _read(text: str, folder: Path) -> Facts:
    path = folder / "s889.txt"
    path.write_text(text, "utf-8")
    return lists.read(path, "us_ndaa_889")


def _by_name(facts: Facts) -> dict[str, Listing]:
    captions = {party.id: party.caption for party in facts.parties}
    return {captions[one.subject]: one for one in facts.listings if one.subject in captions}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return lists.read(FIXTURE, "us_ndaa_889")


def test_the_statute_names_five_producers_each_for_its_own_equipment(facts: Facts) -> None:
    assert {name: (one.programme[-2], one.scope) for name, one in _by_name(facts).items()} == PRODUCERS
    assert not facts.rejected
    assert facts.dataset.coverage == "whole"


def test_every_entry_reaches_subsidiaries_and_affiliates_in_the_statutes_words(facts: Facts) -> None:
    assert {one.reach for one in _by_name(facts).values()} == {"or any subsidiary or affiliate of such entities"}


def test_only_the_video_clause_is_limited_to_purposes(facts: Facts) -> None:
    listings = _by_name(facts)
    assert listings["ZTE Corporation"].requirement == "Telecommunications equipment"
    hikvision = listings["Hangzhou Hikvision Digital Technology Company"].requirement
    assert hikvision.startswith("For the purpose of public safety, security of government facilities")
    assert hikvision.endswith("video surveillance and telecommunications equipment")


def test_the_days_are_those_of_the_statute(facts: Facts) -> None:
    for one in facts.listings:
        assert (str(one.announced), str(one.published)) == ("2018-08-13", "2018-08-13")
        assert str(one.since) == str(one.effective) == "2019-08-13"
        assert one.known_from == date(2018, 8, 13)


def test_services_and_those_the_secretary_believes_to_be_tied_are_classes(facts: Facts) -> None:
    services, believed = facts.categories
    assert services.text.startswith("Telecommunications or video surveillance services provided by such entities")
    assert "reasonably believes" in believed.text
    assert believed.text.endswith("covered foreign country")
    # A class that limits itself to no kind of product must not put every product under review.
    assert {one.scope for one in facts.listings if one.subject in {services.id, believed.id}} == {()}


def test_the_regulation_that_restates_the_clause_with_numbers_reads_the_same(tmp_path: Path, facts: Facts) -> None:
    text = FIXTURE.read_text("utf-8").partition("term ``")[2].partition("    (g)")[0]
    for number, letter in enumerate("ABCD", 1):
        text = text.replace(f"({letter})", f"({number})")
    again = _read(text, tmp_path)
    assert [party.id for party in again.parties] == [party.id for party in facts.parties]
    assert [one.id for one in again.listings] == [one.id for one in facts.listings]


def test_a_statute_never_goes_stale_and_its_reader_is_unproven() -> None:
    info = lists.known()["us_ndaa_889"]
    assert info.days == 0
    assert info.unproven == ("text",)


def test_a_clause_that_names_no_producer_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    text = FIXTURE.read_text("utf-8").replace("equipment produced by Huawei", "equipment made at Huawei")
    path = tmp_path / "s889.txt"
    path.write_text(text, "utf-8")
    facts, (tally,) = lists.read_accounted(path, "us_ndaa_889", accept_small=True)
    assert (tally.parties, tally.categories, tally.rejected) == (3, 2, 1)
    assert tally.accounted == tally.records
    (rejected,) = facts.rejected
    assert rejected.where.endswith("(f)(3)(A)")
    assert facts.dataset.coverage == "extract"


@pytest.mark.parametrize(
    "text", ["Be it enacted.", "covered telecommunications equipment or services means (A) (B) (C)"]
)
def test_another_text_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="does not define") as caught:
        _read(text, tmp_path)
    assert "889(f)(3)" in caught.value.hint


@settings(max_examples=40, deadline=None)
@given(
    breaks=st.lists(
        st.sampled_from([" ", "\n", "\r\n   ", "\t", "\n[[Page 132 STAT. 1919]]\n"]), min_size=1, max_size=9
    )
)
def test_where_the_lines_break_does_not_change_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, facts: Facts, breaks: list[str]
) -> None:
    words = FIXTURE.read_text("utf-8").replace("telecommuni-\n                cations", "telecommunications").split()
    text = "".join(word + breaks[number % len(breaks)] for number, word in enumerate(words))
    again = _read(text, tmp_path_factory.mktemp("s889"))
    assert [one.id for one in again.listings] == [one.id for one in facts.listings]
