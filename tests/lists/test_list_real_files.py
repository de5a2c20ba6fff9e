"""What the real files are known to hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from underlabel import lists
from underlabel.model import Facts

RealData = Callable[[str], Path]
US = "lists/us_2026-07-09/"
EDITIONS = {
    "2021-08-18": 9_083,
    "2022-02-23": 9_121,
    "2022-02-25": 9_214,
    "2022-11-01": 10_968,
    "2023-07-11": 12_632,
    "2024-05-02": 14_973,
    "2024-05-03": 14_965,
}
TIES = {
    "2021-08-18": (3_403, 11),
    "2022-02-23": (3_559, 11),
    "2022-02-25": (3_620, 14),
    "2022-11-01": (4_342, 23),
    "2023-07-11": (5_421, 10),
    "2024-05-02": (6_372, 11),
    "2024-05-03": (6_364, 11),
}
"""Of each edition, "Linked To" remarks that name one entry of it, and those that name none or several."""
FILES = {
    "bis_entity_list.json.gz": ("us_bis_entity_list", 3_409),
    "bis_dpl.json": ("us_bis_dpl", 564),
    "bis_meu.json": ("us_bis_meu", 70),
    "fcc_covered.json": ("us_fcc_covered", 15),
    "dhs_uflpa.json": ("us_dhs_uflpa", 148),
    "ofac_nscmic.json": ("us_ofac_nscmic", 68),
    "ofac_eo14032_annex.json": ("us_ofac_nscmic", 59),
    "dow_1260h.json": ("us_dod_1260h", 80),
    "dow_1286.json": ("us_dod_1286", 134),
    "cbp_wro.json": ("us_cbp_wro", 67),
    "state_debarred_statutory.json": ("us_state_debarred", 779),
    "state_debarred_admin.json": ("us_state_debarred", 8),
    "state_nonproliferation.json": ("us_state_isn", 528),
}


def _sdn(real_data: RealData, day: str) -> Facts:
    return lists.read(real_data(f"lists/us_ofac_sdn_history/sdn-{day}.csv.gz"), "us_ofac_sdn")


def test_exactly_28_parties_carry_the_rule_of_9_october_2019(real_data: RealData) -> None:
    facts = lists.read(real_data(US + "bis_entity_list.json.gz"), "us_bis_entity_list")
    cited = [listing for listing in facts.listings if "84 FR 54004" in listing.citation]
    parties = {party.id: party for party in facts.parties}
    captions = [parties[listing.subject].caption for listing in cited]
    assert len(cited) == len({listing.subject for listing in cited}) == 28
    assert {str(listing.since) for listing in cited} == {"2019-10-09"}
    assert sum("Public Security Bureau" in caption for caption in captions) == 19
    assert sum("Police College" in caption for caption in captions) == 1
    schemas = Counter(parties[listing.subject].schema for listing in cited)
    assert schemas["PublicBody"] == 20
    assert schemas["Company"] + schemas["LegalEntity"] == 8


def test_the_entity_list_gives_names_addresses_and_days_to_the_story(real_data: RealData) -> None:
    facts = lists.read(real_data(US + "bis_entity_list.json.gz"), "us_bis_entity_list")
    (party,) = (one for one in facts.parties if one.caption.startswith("Hangzhou Hikvision"))
    assert "Hikvision" in [name.text for name in party.names]
    assert party.countries == ("cn",)
    assert len(party.addresses) == 3
    assert not facts.rejected
    assert sum(party.schema == "Address" for party in facts.parties) == 19
    unsure = [one for one in facts.listings if one.since and one.since.earliest != one.since.latest]
    assert sorted(str(one.since) for one in unsure) == ["2008", "2021"]


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_every_us_list_is_accounted_for(real_data: RealData, name: str) -> None:
    list_id, records = FILES[name]
    facts, (tally,) = lists.read_accounted(real_data(US + name), list_id)
    assert tally.accounted == tally.records == facts.dataset.records == records
    assert tally.rejected == len(facts.rejected) == 0
    begins = lists.known()[list_id].begins
    assert all(listing.since and listing.since.earliest >= begins for listing in facts.listings)


@pytest.mark.parametrize("day", EDITIONS)
def test_every_line_of_every_sdn_edition_is_accounted_for(real_data: RealData, day: str) -> None:
    facts, (tally,) = lists.read_accounted(real_data(f"lists/us_ofac_sdn_history/sdn-{day}.csv.gz"), "us_ofac_sdn")
    assert (tally.parties, tally.terminators, tally.rejected) == (EDITIONS[day], 1, 0)
    assert tally.accounted == tally.records == EDITIONS[day] + 1
    assert len(facts.parties) == EDITIONS[day]
    details = ("is linked", "is cut off at 1,000 characters", "'possibly Palestinian' is not understood")
    assert all(any(words in one.reason for words in details) for one in facts.rejected)


@pytest.mark.parametrize("day", TIES)
def test_nearly_every_tie_of_the_sdn_list_names_one_entry_of_it(real_data: RealData, day: str) -> None:
    facts = _sdn(real_data, day)
    assert (len(facts.links), sum("is linked" in one.reason for one in facts.rejected)) == TIES[day]
    assert {(one.kind, one.share) for one in facts.links} == {("linked_to", None)}
    assert {end for one in facts.links for end in (one.src, one.dst)} <= {party.id for party in facts.parties}


def test_an_entry_that_keeps_its_programmes_keeps_its_listing_in_every_edition(real_data: RealData) -> None:
    editions = [{(one.subject, one.programme): one.id for one in _sdn(real_data, day).listings} for day in EDITIONS]
    for before, after in pairwise(editions):
        assert all(after[key] == before[key] for key in before.keys() & after.keys())
        assert len(before.keys() & after.keys()) > 8_000


def test_93_were_added_in_the_days_around_24_february_2022_and_8_removed_in_may_2024(real_data: RealData) -> None:
    for first, second, added, removed in (("2022-02-23", "2022-02-25", 93, 0), ("2024-05-02", "2024-05-03", 0, 8)):
        before = {party.id for party in _sdn(real_data, first).parties}
        after = {party.id for party in _sdn(real_data, second).parties}
        assert (len(after - before), len(before - after)) == (added, removed)


def test_the_four_files_of_2019_are_read_together_and_the_stray_comments_named(real_data: RealData) -> None:
    facts, tallies = lists.read_accounted(real_data("lists/us_ofac_2019-01/sdn.csv.gz"), "us_ofac_sdn")
    assert [(one.records, one.parties, one.parts, one.terminators, one.rejected) for one in tallies] == [
        (7_379, 7_379, 0, 0, 0),
        (9_682, 0, 9_682, 0, 0),
        (11_696, 0, 11_696, 0, 0),
        (14, 0, 3, 1, 10),
    ]
    # The comments file is of a later edition: ten of its numbers stand in no entry of 2019. The others were saved
    # without the 0x1A that ends them, so the edition is no proof of absence.
    assert Counter(re.sub("'.*'|us_ofac_sdn:|\\d", "", one.reason) for one in facts.rejected) == {
        "no entry has the number ": 10,
        "the file lacks its last line, a lone xA": 3,
        "the country  is not understood": 3,
        ", to which  is linked, is the name of  entries": 2,
        ", to which  is linked, is no other entry of this file": 1,
    }
    assert facts.dataset.coverage == "extract"


def test_the_non_sdn_list_is_read_with_its_siblings(real_data: RealData) -> None:
    facts, tallies = lists.read_accounted(real_data("lists/us_ofac_2019-01/cons_prim.csv.gz"), "us_ofac_cons")
    assert [one.records for one in tallies] == [443, 1_074, 575, 11]
    assert [one.raw for one in facts.rejected] == ["HAMAS"]  # a body of the SDN list


def test_the_two_makers_of_the_story_stand_on_the_lists_they_are_known_to(real_data: RealData) -> None:
    def days(name: str, start: str) -> set[str]:
        facts = lists.read(real_data(US + name), FILES[name][0])
        named = {party.id for party in facts.parties if start.casefold() in party.caption.casefold()}
        return {str(listing.since) for listing in facts.listings if listing.subject in named}

    assert days("fcc_covered.json", "Hikvision") == days("fcc_covered.json", "Dahua Technology") == {"2021-03-12"}
    assert days("ofac_nscmic.json", "Hikvision") == {"2021-06-03"}
    assert days("ofac_nscmic.json", "Dahua") == set()
    assert days("dow_1260h.json", "Zhejiang Dahua") == {"2021-06-03..2026-06-10"}
    assert days("dhs_uflpa.json", "Hikvision") == days("dhs_uflpa.json", "Dahua") == set()
