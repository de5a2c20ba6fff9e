"""The other US lists of the same shape: each one's own quirks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from underlabel import lists
from underlabel.model import Facts, Held, Listing, held

FIXTURES = Path(__file__).parent / "fixtures"


def _read(name: str, list_id: str) -> Facts:
    return lists.read(FIXTURES / f"{name}.json", list_id, accept_small=True)


def _listings(facts: Facts, name: str) -> list[Listing]:
    named = {party.id for party in facts.parties if party.caption.startswith(name)}
    named |= {category.id for category in facts.categories if category.text.startswith(name)}
    return [listing for listing in facts.listings if listing.subject in named]


def test_a_denial_holds_from_its_day_of_effect_to_its_expiry() -> None:
    facts = _read("bis_dpl", "us_bis_dpl")
    (listing,) = _listings(facts, "SAMPLE PHOTOMASK")
    assert (str(listing.since), str(listing.until), str(listing.published)) == (
        "2025-12-15",
        "2032-08-01",
        "2025-12-17",
    )
    assert held(listing.since, listing.until, date(2032, 8, 1)) is Held.NO


def test_rows_of_one_denied_party_are_its_addresses() -> None:
    facts = _read("bis_dpl", "us_bis_dpl")
    (party,) = (one for one in facts.parties if one.caption.startswith("SAMPLE"))
    assert party.addresses == ("1 SAMPLE ROAD, GB", "2 SAMPLE ROAD, GB")


def test_a_cut_off_citation_does_not_cost_the_entry() -> None:
    (listing,) = _listings(_read("bis_dpl", "us_bis_dpl"), "CUT SHORT")
    assert (str(listing.since), str(listing.published)) == ("2011-11-15", "2011")


def test_a_day_that_is_none_is_rejected() -> None:
    (rejected,) = _read("bis_dpl", "us_bis_dpl").rejected
    assert "2011-13-45" in rejected.reason


def test_military_end_users_keep_the_word_on_their_parent() -> None:
    (listing,) = _listings(_read("bis_meu", "us_bis_meu"), "AECX")
    assert str(listing.published) == "2020-12-23"
    assert listing.policy.startswith("Subordinate institution of")


def test_a_covered_class_is_a_category_and_never_a_party() -> None:
    facts = _read("fcc_covered", "us_fcc_covered")
    (category,) = facts.categories
    assert category.text == "Routers produced in a foreign country"
    assert not any("outers" in party.caption for party in facts.parties)
    assert len(_listings(facts, "Routers")) == 1


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("Huaxing", ("telecom",)),
        ("Clearview", ("video", "telecom")),
        ("AO Example Lab", ("software", "service")),
        ("Example Mobile", ("service",)),
    ],
)
def test_a_covered_producer_is_listed_for_what_the_entry_opens_with(name: str, scope: tuple[str, ...]) -> None:
    (listing,) = _listings(_read("fcc_covered", "us_fcc_covered"), name)
    assert listing.scope == scope


def test_the_covered_list_states_no_country_so_none_is_kept() -> None:
    assert {party.countries for party in _read("fcc_covered", "us_fcc_covered").parties} == {()}


def test_words_on_subsidiaries_are_kept_as_reach() -> None:
    (lab,) = _listings(_read("fcc_covered", "us_fcc_covered"), "AO Example Lab")
    assert lab.reach.endswith("subsidiaries, or affiliates")
    (silicon,) = _listings(_read("dhs_uflpa", "us_dhs_uflpa"), "Example Silicon Industry (Northlake) Co., Ltd.")
    assert silicon.reach == "and Subsidiaries"
    assert str(silicon.effective) == "2022-06-21"


def test_two_aliases_in_one_field_are_two() -> None:
    facts = _read("dhs_uflpa", "us_dhs_uflpa")
    names = [name.text for name in facts.parties[1].names]
    assert names[1:] == ["Example Transport Co.", "Sample United Transport Co"]


def test_a_security_is_listed_on_one_day_and_barred_on_another() -> None:
    facts = _read("ofac_nscmic", "us_ofac_nscmic")
    (listing,) = _listings(facts, "Clearview")
    assert (str(listing.since), str(listing.effective)) == ("2021-06-03", "2021-08-02")
    assert [(one.scheme, one.value) for one in facts.parties[0].identifiers] == [("uscc", "91330000000000000P")]


def test_the_annex_is_an_extract_of_its_list() -> None:
    facts = _read("ofac_eo14032_annex", "us_ofac_nscmic")
    assert facts.dataset.coverage == "extract"
    assert str(facts.listings[0].since) == "2021-06-07"


def test_a_list_restated_whole_does_not_date_its_entries() -> None:
    (listing,) = _listings(_read("dow_1260h", "us_dod_1260h"), "Example Drone")
    assert str(listing.since) == "2021-06-03..2026-06-10"
    assert held(listing.since, listing.until, date(2020, 1, 1)) is Held.NO
    assert held(listing.since, listing.until, date(2023, 1, 1)) is Held.MAYBE
    assert held(listing.since, listing.until, date(2026, 6, 10)) is Held.YES


def test_subsidiaries_named_safely_are_listed_and_tied_to_their_company() -> None:
    facts = _read("dow_1260h", "us_dod_1260h")
    captions = {party.id: party.caption for party in facts.parties}
    assert {(captions[link.src], link.kind, captions[link.dst]) for link in facts.links} == {
        ("Northlake Dahu Technology Co., Ltd.", "controls", "Chengdu Dahu Design and Wisdom Co., Ltd."),
        ("Northlake Dahu Technology Co., Ltd.", "controls", "Dahu (USA) Inc."),
        ("Northlake Dahu Technology Co., Ltd.", "controls", "Dahu Holdings Limited"),
    }
    assert all(link.share is None and link.confidence == "medium" for link in facts.links)
    assert _listings(facts, "Dahu (USA)")


def test_subsidiaries_that_cannot_be_told_apart_stay_words() -> None:
    facts = _read("dow_1260h", "us_dod_1260h")
    (listing,) = _listings(facts, "Example Electronics")
    assert "14th Research Institute of EEG" in listing.reach
    assert not any("14th" in party.caption for party in facts.parties)


def test_a_talent_programme_is_a_category() -> None:
    facts = _read("dow_1286", "us_dod_1286")
    assert [category.text for category in facts.categories] == ["Example Talents Plan"]
    assert [party.schema for party in facts.parties] == ["Organization"]


def test_orders_name_goods_vessels_and_several_producers() -> None:
    facts = _read("cbp_wro", "us_cbp_wro")
    assert [category.text for category in facts.categories] == ["Tobacco produced in Example Land"]
    assert {party.caption: party.schema for party in facts.parties} == {
        "State Penitentiary, Example City": "PublicBody",
        "Example Prison": "PublicBody",
        "Sample Kogyo Co., Ltd.": "Company",
        "Agro Uno S.A. de C.V.": "Company",
        "Horta Due S.A. de C.V.": "Company",
        "Da Example": "Vessel",
        "Example Aluminio S.R.L.": "Company",
    }
    (order,) = _listings(facts, "Agro Uno")
    assert (order.programme, order.requirement, order.reach) == (
        "WRO",
        "Merchandise: Fresh Tomatoes",
        "and their subsidiaries",
    )


def test_an_order_no_longer_active_ended_on_a_day_not_given() -> None:
    (order,) = _listings(_read("cbp_wro", "us_cbp_wro"), "Example Aluminio")
    assert str(order.until) == "2024-12-04..2026-07-09"
    assert order.policy.startswith("Inactive-Pending Litigation")


def test_a_debarred_party_is_a_person_only_where_the_list_says_so_and_the_birth_is_not_kept() -> None:
    facts = _read("state_debarred_statutory", "us_state_debarred")
    assert [party.schema for party in facts.parties] == ["Person", "Company"]
    assert "1975" not in str(facts)
    assert {listing.programme for listing in facts.listings} == {"statutory debarment"}


def test_one_file_of_the_debarred_is_never_the_whole_list() -> None:
    assert _read("state_debarred_admin", "us_state_debarred").dataset.coverage == "extract"


def test_the_two_files_of_the_debarred_do_not_replace_each_other() -> None:
    both = [_read(f"state_debarred_{part}", "us_state_debarred").dataset for part in ("admin", "statutory")]
    assert [one.id for one in both] == ["us_state_debarred:administrative", "us_state_debarred:statutory"]
    assert {one.lists for one in both} == {("us_state_debarred",)}
    assert {one.coverage for one in both} == {"extract"}


def test_sanctions_end_as_their_status_says() -> None:
    facts = _read("state_nonproliferation", "us_state_isn")
    expired, active = _listings(facts, "Example Chemet")
    assert (str(expired.since), str(expired.until)) == ("2004-12-27", "2006-12-27")
    assert (str(active.since), active.until) == ("2009-01-09", None)
    assert active.reach == "and its sub-units and successors"


def test_a_cut_off_day_of_imposition_lies_before_its_publication() -> None:
    (listing,) = _listings(_read("state_nonproliferation", "us_state_isn"), "Example Technic")
    assert listing.since is not None
    assert listing.since.latest == date(2014, 9, 23)
    assert listing.effective is None


def test_the_table_says_who_is_a_person() -> None:
    facts = _read("state_nonproliferation", "us_state_isn")
    assert {party.caption: party.schema for party in facts.parties}["Sample Roe"] == "Person"
