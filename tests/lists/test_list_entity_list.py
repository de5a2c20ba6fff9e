"""The Entity List: citation histories, two countries, addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from underlabel import lists
from underlabel.model import Facts, Listing, Party

FIXTURE = Path(__file__).parent / "fixtures" / "entity_list.json"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return lists.read(FIXTURE, "us_bis_entity_list", accept_small=True)


def _of(facts: Facts, name: str, country: str = "") -> tuple[Party, tuple[Listing, ...]]:
    (party,) = (
        one for one in facts.parties if one.caption.startswith(name) and (not country or country in one.countries)
    )
    return party, tuple(listing for listing in facts.listings if listing.subject == party.id)


def test_a_listing_dates_from_its_first_citation_and_keeps_the_history(facts: Facts) -> None:
    _, (listing,) = _of(facts, "Northlake Prefecture")
    assert str(listing.since) == str(listing.published) == "2019-10-09"
    assert listing.since is not None
    assert listing.since.kind == "published"
    assert listing.known_from == listing.since.earliest
    assert listing.citation == "84 FR 54004, 10/9/19. 85 FR 44161, 7/22/20"
    assert listing.effective is None
    assert "744.11" in listing.requirement


def test_a_citation_without_a_day_gives_its_year(facts: Facts) -> None:
    _, (listing,) = _of(facts, "Neftprom")
    assert str(listing.since) == "2008"


def test_the_same_name_under_two_countries_is_two_parties(facts: Facts) -> None:
    china, _ = _of(facts, "Clearview Optics", "cn")
    pakistan, _ = _of(facts, "Clearview Optics", "pk")
    assert china.id != pakistan.id
    assert china.id.startswith("us_bis_entity_list:")


def test_two_rows_of_one_name_and_country_are_one_party_with_two_listings(facts: Facts) -> None:
    party, listings = _of(facts, "Clearview Optics", "cn")
    assert [name.text for name in party.names] == ["Clearview Optics Co., Ltd.", "Clearview", "Clear View"]
    assert [str(listing.since) for listing in listings] == ["1997-06-30", "2012-04-27"]


def test_addresses_are_parted_and_hong_kong_is_seen(facts: Facts) -> None:
    party, _ = _of(facts, "Clearview Optics", "cn")
    assert len(party.addresses) == 3
    assert party.countries == ("cn", "hk")


def test_an_entry_that_is_an_address_is_a_party_of_that_kind(facts: Facts) -> None:
    party, (listing,) = _of(facts, "Unit 9")
    assert party.schema == "Address"
    assert party.addresses == (party.caption,)
    assert ("Address 01", "weak") in [(name.text, name.kind) for name in party.names]
    assert str(listing.since) == "2024-06-18"


def test_an_address_swallowed_by_the_last_alias_is_found(facts: Facts) -> None:
    party, _ = _of(facts, "Vostok Most OOO")
    assert [(name.text, name.kind) for name in party.names[1:]] == [
        ("Obshchestvo Vostok Most", "previous"),
        ("SGV-Bridge", "alias"),
        ("VM-Most, LLC.", "alias"),
    ]
    assert party.addresses == ("D. 10 korp. 3 ul. Primernaya, Moscow 121170, Russia",)


def test_words_on_further_bodies_are_kept_as_the_reach_of_the_listing(facts: Facts) -> None:
    _, (listing,) = _of(facts, "Southern Nuclear Centre")
    assert listing.reach.startswith("and any nuclear-related entities")


def test_a_country_not_understood_keeps_the_entry_and_says_so(facts: Facts) -> None:
    party, listings = _of(facts, "Lakeland Institute")
    assert party.countries == ()
    assert listings
    assert any("Atlantis" in one.reason for one in facts.rejected)


def test_bureaus_and_police_colleges_are_public_bodies(facts: Facts) -> None:
    assert _of(facts, "Northlake Prefecture")[0].schema == "PublicBody"
    assert _of(facts, "Northlake Police College")[0].schema == "PublicBody"
    assert _of(facts, "Lakeland Institute")[0].schema == "Organization"
