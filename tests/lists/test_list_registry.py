"""The lists users can name."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.model import UsageError

IDS = {
    *("us_bis_entity_list", "us_bis_dpl", "us_bis_meu", "us_bis_uvl", "us_csl", "us_ofac_sdn", "us_ofac_cons"),
    *("us_ofac_nscmic", "us_fcc_covered", "us_ndaa_889", "us_dod_1260h", "us_dod_1286", "us_dhs_uflpa", "us_cbp_wro"),
    *("us_state_debarred", "us_state_isn", "un_sc", "gb_sanctions", "eu_fsf", "ca_sema", "ftm"),
}


def test_every_list_has_a_data_file_and_an_id_of_its_own() -> None:
    assert set(lists.known(readable=False)) == IDS
    assert set(lists.known()) <= IDS


@pytest.mark.parametrize("info", lists.known(readable=False).values(), ids=lambda info: info.id)
def test_a_list_says_who_publishes_it_what_it_means_and_who_reads_it(info: lists.ListInfo) -> None:
    assert info.title
    assert info.means.endswith(".")
    assert info.url.startswith("https://")
    assert bool(info.forms) == (info.id in lists.known())
    unproven = [one.partition(": ") for one in info.unproven]
    assert {form for form, _, _ in unproven} <= set(info.forms)
    assert len({form for form, _, _ in unproven}) == len(unproven), "a form is unproven as a whole, or in a part"
    assert all(what or not joint for _, joint, what in unproven)
    for reader in info.forms.values():
        assert callable(importlib.import_module(f"underlabel.lists.readers.{reader}").read)
        # a list that compiles others has a least count for each of them too
        assert set(info.minimum) >= set(info.files or [""])


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("us_bis_denied", "us_bis_dpl"),
        ("us_trade_csl", "us_csl"),
        ("us_dod_chinese_milcorps", "us_dod_1260h"),
        ("us_fcc_covered_list", "us_fcc_covered"),
        ("un_sc_sanctions", "un_sc"),
        ("gb_fcdo_sanctions", "gb_sanctions"),
        ("bis-entity-list", "us_bis_entity_list"),
        (" US_OFAC_SDN ", "us_ofac_sdn"),
    ],
)
def test_other_tools_names_lead_to_our_id(name: str, id_: str) -> None:
    assert lists.resolve(name) == id_


def test_no_two_lists_share_a_name() -> None:
    names = [name for info in lists.known(readable=False).values() for name in (info.id, *info.files, *info.aliases)]
    assert len(names) == len(set(names))


def test_an_unknown_list_names_its_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        lists.resolve("us_bis_entity_lst")
    assert "us_bis_entity_list" in caught.value.hint


@pytest.mark.parametrize("name", ["nolist", "entity_lst", "us_bis_entty_list", "ofac", "zzz", ""])
def test_an_unknown_list_is_offered_ids_only_or_where_they_stand(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        lists.resolve(name)
    offered = caught.value.hint.removeprefix("did you mean ").removesuffix("?").split(", ")
    assert set(offered) <= IDS or "underlabel lists status" in caught.value.hint


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_a_name_is_a_list_or_an_error_that_helps(name: str) -> None:
    try:
        found, hint = lists.resolve(name), ""
    except UsageError as error:
        found, hint = "", error.hint
    assert found in IDS or hint
