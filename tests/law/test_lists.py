"""Which lists a regime starts from."""

from __future__ import annotations

import pytest

from underlabel import law
from underlabel.model import UsageError

LISTS = (
    *("us_bis_entity_list", "us_bis_dpl", "us_bis_meu", "us_bis_uvl", "us_csl", "us_ofac_sdn", "us_ofac_cons"),
    *("us_ofac_nscmic", "us_fcc_covered", "us_ndaa_889", "us_dod_1260h", "us_dod_1286", "us_dhs_uflpa"),
    *("us_cbp_wro", "us_state_debarred", "us_state_isn", "un_sc", "gb_sanctions", "eu_fsf", "ca_sema", "ftm"),
)


def test_the_lists_are_those_users_may_type() -> None:
    assert law.list_ids() == LISTS


@pytest.mark.parametrize("name", LISTS)
def test_every_list_belongs_to_a_regime(name: str) -> None:
    assert law.of_list(name)


def test_a_compilation_starts_no_rule_by_itself() -> None:
    for name in ("us_csl", "us_ofac_cons", "ftm"):
        assert not any(name in law.start_lists(regime) for regime in law.regimes())


def test_start_lists_hold_those_of_every_period() -> None:
    assert law.start_lists("bis") == ("us_bis_entity_list", "us_bis_meu", "us_ofac_sdn")
    assert law.start_lists("s889") == ("us_ndaa_889",)
    assert law.start_lists("ukwms") == ()


def test_neither_denied_nor_unverified_persons_start_the_affiliates_rule() -> None:
    assert not {"us_bis_dpl", "us_bis_uvl"} & set(law.start_lists("bis"))


def test_an_unknown_list_is_refused_with_the_nearest_ids() -> None:
    with pytest.raises(UsageError) as caught:
        law.of_list("us_bis_entity")
    assert "did you mean us_bis_entity_list" in caught.value.hint
