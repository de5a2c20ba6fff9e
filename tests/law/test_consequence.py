"""What follows for a role."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import law
from underlabel.model import BINDING, UsageError

TODAY = date(2026, 11, 23)
US = ("us_agency", "us_dod", "us_contractor", "us_grantee", "us_usf_recipient", "us_importer", "us_retailer")
ROLES = (
    *("exporter", *US, "us_investor"),
    *("uk_department", "uk_council", "eu_operator", "ca_department", "journalist"),
)
CITED = {
    "exporter": {"bis", "ofac", "bis_dpl", "bis_meu", "bis_uvl"},
    "us_agency": {"s889", "ofac"},
    "us_dod": {"s889", "dod1260h", "ofac"},
    "us_contractor": {"bis", "s889", "dod1260h", "ofac"},
    "us_grantee": {"s889", "ofac"},
    "us_usf_recipient": {"fcc", "ofac"},
    "us_importer": {"bis", "s889", "fcc", "dod1260h", "uflpa", "ofac"},
    "us_retailer": {"bis", "s889", "fcc", "dod1260h", "uflpa", "ofac"},
    "us_investor": {"nscmic", "ofac"},
    "uk_department": {"ukwms", "uk"},
    "uk_council": {"ukwms", "bis", "s889", "uk"},
    "eu_operator": {"eu"},
    "ca_department": {"ca"},
    "journalist": set(law.regimes()),
}
"""The pairs the reading notes speak of: all others are not stated."""


def test_roles_are_those_users_may_type() -> None:
    assert law.roles() == ROLES


@pytest.mark.parametrize("role", ROLES)
def test_a_pair_without_a_citation_is_not_stated_and_never_none(role: str) -> None:
    for regime in law.regimes():
        found = law.consequence(regime, role, TODAY)
        if regime in CITED[role]:
            assert found.level != "not_stated", (role, regime)
            assert found.citation, (role, regime)
        else:
            assert (found.level, found.citation, found.asked) == ("not_stated", "", False), (role, regime)
            assert found.text == "none recorded; ask counsel"


@settings(max_examples=100, deadline=None)
@given(
    role=st.sampled_from(ROLES),
    regime=st.sampled_from(law.regimes()),
    day=st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)),
)
def test_on_no_day_does_a_consequence_stand_without_its_citation(role: str, regime: str, day: date) -> None:
    found = law.consequence(regime, role, day)
    assert found.text
    assert bool(found.citation) == (found.level != "not_stated")
    if law.on(regime, day).status == "not_yet":
        assert found.level not in BINDING


@pytest.mark.parametrize(
    ("role", "regime", "day", "level"),
    [
        ("us_agency", "s889", date(2019, 8, 12), "none"),
        ("us_agency", "s889", date(2019, 8, 13), "prohibited"),
        ("us_agency", "s889", date(2021, 10, 25), "prohibited"),
        ("us_contractor", "s889", date(2020, 8, 13), "prohibited"),
        ("us_grantee", "s889", date(2020, 8, 12), "none"),
        ("us_grantee", "s889", date(2020, 8, 13), "prohibited"),
        ("us_retailer", "s889", date(2021, 10, 25), "reputational"),
        ("us_retailer", "bis", date(2021, 10, 25), "reputational"),
        ("us_retailer", "fcc", date(2023, 2, 5), "reputational"),
        ("us_retailer", "fcc", date(2023, 2, 6), "prohibited"),
        ("us_importer", "fcc", date(2021, 10, 25), "reputational"),
        ("us_usf_recipient", "fcc", date(2021, 3, 11), "none"),
        ("us_usf_recipient", "fcc", date(2021, 10, 25), "prohibited"),
        ("us_dod", "dod1260h", date(2026, 6, 29), "caution"),
        ("us_dod", "dod1260h", date(2026, 6, 30), "prohibited"),
        ("us_contractor", "dod1260h", date(2027, 6, 29), "caution"),
        ("us_contractor", "dod1260h", date(2027, 6, 30), "prohibited"),
        ("us_importer", "uflpa", date(2022, 6, 20), "none"),
        ("us_importer", "uflpa", date(2022, 6, 21), "detention"),
        ("us_investor", "nscmic", date(2021, 1, 10), "none"),
        ("us_investor", "nscmic", date(2021, 1, 11), "prohibited"),
        ("us_investor", "nscmic", date(2021, 7, 1), "caution"),
        ("us_investor", "nscmic", date(2021, 8, 2), "prohibited"),
        ("exporter", "bis", date(2021, 10, 25), "licence"),
        ("uk_department", "ukwms", date(2022, 11, 24), "prohibited"),
        ("uk_council", "ukwms", TODAY, "reputational"),
        ("uk_council", "bis", TODAY, "reputational"),
        ("eu_operator", "eu", TODAY, "prohibited"),
        ("ca_department", "ca", date(2025, 6, 26), "not_stated"),
        ("ca_department", "ca", date(2025, 6, 27), "caution"),
    ],
)
def test_what_follows_changes_on_its_day(role: str, regime: str, day: date, level: str) -> None:
    assert law.consequence(regime, role, day).level == level


def test_before_its_first_row_a_pair_says_from_when_something_follows() -> None:
    found = law.consequence("s889", "us_agency", date(2017, 6, 1))
    assert found.text.startswith("Nothing on this day; from 2019-08-13:")


def test_the_end_of_imports_is_said_to_be_unverified() -> None:
    assert "Unverified" not in law.consequence("fcc", "us_importer", date(2026, 6, 30)).text
    assert "Unverified" in law.consequence("fcc", "us_importer", date(2026, 7, 1)).text


def test_an_agency_reads_part_b_once_it_holds() -> None:
    assert "part B" not in law.consequence("s889", "us_agency", date(2020, 8, 12)).text
    assert "part B" in law.consequence("s889", "us_agency", date(2020, 8, 13)).text


def test_a_council_reads_the_procurement_act_from_the_day_it_holds() -> None:
    assert "Procurement Act" not in law.consequence("ukwms", "uk_council", date(2025, 2, 23)).text
    assert "Procurement Act" in law.consequence("ukwms", "uk_council", date(2025, 2, 24)).text


def test_the_entity_list_looks_at_the_recipient_for_an_exporter_and_at_the_maker_for_a_shop() -> None:
    assert law.consequence("bis", "exporter", TODAY).looks_at == "recipient"
    for role in ("us_retailer", "us_importer", "uk_council"):
        assert law.consequence("bis", role, TODAY).looks_at == "maker"


def test_a_journalist_is_shown_every_regime_and_told_of_no_consequence() -> None:
    assert law.asked_by("journalist") == law.regimes()
    for regime in law.regimes():
        found = law.consequence(regime, "journalist", date(2017, 6, 1))
        assert (found.level, found.looks_at) == ("none", "anyone")


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("us_agency", {"s889"}),
        ("us_dod", {"s889", "dod1260h"}),
        ("us_contractor", {"s889"}),
        ("us_grantee", {"s889"}),
        ("us_usf_recipient", {"fcc"}),
        ("us_importer", {"s889", "fcc", "uflpa", "bis", "dod1260h"}),
        ("us_retailer", {"s889", "fcc", "uflpa", "bis", "dod1260h"}),
        ("us_investor", {"nscmic"}),
        ("exporter", {"bis", "ofac", "bis_dpl", "bis_meu", "bis_uvl"}),
        ("uk_department", {"ukwms"}),
        ("uk_council", {"ukwms", "bis", "s889"}),
        ("eu_operator", {"eu"}),
        ("ca_department", {"ca"}),
    ],
)
def test_a_role_is_asked_what_concerns_it(role: str, asked: set[str]) -> None:
    assert set(law.asked_by(role)) == asked


def test_ofac_is_on_record_for_every_us_role_but_asked_only_of_the_exporter() -> None:
    for role in (*US, "us_investor"):
        assert law.consequence("ofac", role, TODAY).level == "prohibited"
        assert "ofac" in law.also_recorded(role)
        assert "ofac" not in law.asked_by(role)
    assert "ofac" in law.asked_by("exporter")


@pytest.mark.parametrize("role", ROLES)
def test_what_is_on_record_is_what_is_asked_and_what_is_not(role: str) -> None:
    asked, also = set(law.asked_by(role)), set(law.also_recorded(role))
    assert not asked & also
    assert set(law.recorded(role)) == asked | also


def test_without_a_day_the_last_row_speaks() -> None:
    assert law.consequence("dod1260h", "us_contractor").level == "prohibited"


@pytest.mark.parametrize("ask", [law.asked_by, law.also_recorded, law.recorded])
def test_an_unknown_role_is_refused_with_the_nearest_ids(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UsageError) as caught:
        ask("us-retail")
    assert "did you mean us_retailer" in caught.value.hint
