"""What is not certain is never clear, and never an accusation."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trace.asking import answer, line
from underlabel import law
from underlabel.model import VERDICTS, Finding, Item, ItemParty, Place
from underlabel.world import World


def made_by(name: str) -> Item:
    return Item(place=Place("stock.csv", 2), parties=(ItemParty("maker", name),), raw={"Maker": name})


def asked(starter: World, item: Item, day: str = "2021-10-25") -> Finding:
    return answer(starter, item, "us_agency", day, "s889")


@pytest.mark.parametrize(
    "name",
    [
        "Hikvision UK Limited",
        "Dahua Technology UK Limited",
        "Huawei Device Co., Ltd.",
        "Dahua / Hikvision",
        "ZTE USA Inc.",
    ],
)
def test_a_name_that_holds_a_listed_name_is_for_review(starter: World, name: str) -> None:
    found = asked(starter, made_by(name))
    assert found.verdict == "review"
    assert name in found.reason.text


@pytest.mark.parametrize("name", ["-", "123", "   ", "??"])
def test_what_is_no_name_is_nobody(starter: World, name: str) -> None:
    assert asked(starter, made_by(name)).verdict == "not_checked"
    shipment = line("parts", consignee=name)
    assert answer(starter, shipment, "exporter", "2021-10-25", "bis").verdict == "not_checked"


def test_a_name_in_a_script_nobody_indexed_is_not_clear(starter: World) -> None:
    assert asked(starter, made_by("ქართული კამერები")).verdict == "not_checked"


def test_a_likeness_to_an_unlisted_company_clears_nobody(starter: World) -> None:
    found = answer(starter, line("parts", consignee="Axis Comunications ABC"), "exporter", "2021-10-25", "bis")
    assert found.verdict == "not_checked"


def test_a_false_friend_is_not_held_inside(starter: World) -> None:
    found = asked(starter, line("controller", mac="8C:1F:64:F4:B1:02", product_class="access_control"))
    assert all(step.id != "lorex" for path in found.paths for step in path.steps)
    assert found.verdict != "review"


def test_only_the_owner_of_a_brand_being_known_clears_nothing(starter: World) -> None:
    found = asked(starter, line("camera", "ABUS", "IPCB68516", product_class="camera"))
    assert (found.verdict, found.reason.code) == ("not_checked", "maker_unknown")


@pytest.mark.parametrize("name", ["Lorex Corporation", "Dahua Technology USA Inc.", "Swann Communications"])
def test_the_company_of_a_brand_is_asked_like_the_brand(starter: World, name: str) -> None:
    assert asked(starter, made_by(name), "2026-11-23").verdict == "review"


def test_a_relabeller_named_as_maker_clears_nothing(starter: World) -> None:
    assert asked(starter, made_by("ABUS")).reason.code == "maker_unknown"


@pytest.mark.parametrize("mac", ["24:0A:C4:11:22:33", "00:E0:4C:68:00:01"])
def test_the_mac_of_a_chip_seller_clears_nothing(starter: World, mac: str) -> None:
    assert asked(starter, line("camera", mac=mac, product_class="camera")).verdict == "not_checked"


@pytest.mark.parametrize(
    "text",
    ["Replacement of Hikvision cameras with Axis P3245", "Hikvision-free CCTV system", "removal of Hikvision cameras"],
)
def test_a_text_that_speaks_of_replacing_a_brand_is_at_most_for_review(starter: World, text: str) -> None:
    assert asked(starter, line(text, product_class="camera")).verdict in {"review", "not_checked"}


def test_another_seat_than_the_record_s_is_a_doubt(starter: World) -> None:
    there = line("parts", consignee="DAHUA ELECTRONICS CORPORATION", country="cn")
    assert answer(starter, there, "exporter", "2021-10-25", "bis").verdict == "not_checked"


def test_the_mac_of_a_brand_owner_leads_to_those_said_to_make_the_brand(starter: World) -> None:
    found = asked(starter, line("recorder", mac="00:1F:54:3A:10:02", product_class="recorder"), "2026-11-23")
    assert found.verdict == "review"
    assert any(step.id == "dahua" for path in found.paths for step in path.steps)


def test_a_supplier_counts_where_the_rule_looks_at_all_parties(starter: World) -> None:
    paid = Item(
        place=Place("stock.csv", 2),
        parties=(ItemParty("supplier", "Xinjiang Production and Construction Corps", "cn"),),
        raw={"Supplier": "XPCC"},
    )
    assert answer(starter, paid, "us_agency", "2021-10-25", "ofac").verdict == "restricted"
    assert answer(starter, paid, "exporter", "2021-10-25", "bis").verdict == "not_checked"


def test_a_journalist_is_shown_whoever_the_line_names(starter: World) -> None:
    shipment = line("parts", consignee="Hangzhou Hikvision Digital Technology Co., Ltd.", country="cn")
    assert answer(starter, shipment, "journalist", "2021-10-25", "bis").verdict == "linked"


def test_a_listing_announced_but_not_yet_in_effect_says_so(starter: World) -> None:
    bonds = line("shares", "Hikvision")
    found = answer(starter, bonds, "journalist", "2021-06-20", "nscmic")
    assert (found.verdict, found.reason.code) == ("linked", "not_yet_effective")


def test_a_new_model_nobody_dated_is_for_review_under_the_fcc_s_ban(starter: World) -> None:
    camera = line("camera", "Hikvision", "DS-2CD2143G2-I", product_class="camera")
    found = answer(starter, camera, "us_retailer", "2024-01-01", "fcc")
    assert (found.verdict, found.reason.code) == ("review", "depends")


def test_an_uncertain_sale_day_is_for_review_and_says_what_would_settle_it(starter: World) -> None:
    found = asked(starter, line("recorder", "Lorex", "N842A82", product_class="recorder"), "2022-12-15")
    assert found.verdict == "review"
    ownership = answer(
        starter, line("parts", consignee="Lorex Technology Inc.", country="ca"), "exporter", "2022-12-15", "bis"
    )
    assert ownership.verdict in {"review", "not_checked"}


def test_a_listed_owner_is_shown_to_roles_no_rule_binds(starter: World) -> None:
    camera = line("camera", "EZVIZ", "C6N", product_class="camera")
    found = answer(starter, camera, "us_retailer", "2021-10-25", "dod1260h")
    assert (found.verdict, found.reason.code) == ("linked", "stands_behind")
    assert any(step.id == "hikvision" for path in found.paths for step in path.steps)


def test_the_same_question_gives_the_same_answer(starter: World) -> None:
    item = line("recorder", "Lorex", "N842A82", product_class="recorder")
    assert asked(starter, item) == asked(starter, item)


@given(
    st.text(max_size=30),
    st.text(max_size=20),
    st.sampled_from(["us_agency", "exporter", "journalist", "uk_council"]),
    st.sampled_from(law.regimes()),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2035, 1, 1)),
)
@settings(max_examples=80, deadline=None)
def test_whatever_stands_in_a_cell_there_is_exactly_one_finding(
    starter: World, brand: str, maker: str, role: str, regime: str, day: object
) -> None:
    item = Item(place=Place("stock.csv", 2), brand=brand, parties=(ItemParty("maker", maker),), raw={"Brand": brand})
    found = answer(starter, item, role, str(day), regime)
    assert found.verdict in VERDICTS
    assert found.reason.text
    assert found.regime == regime
