"""The story, end to end, from the starter facts: what each line must say, for whom, on which day."""

from __future__ import annotations

import pytest

from tests.trace.asking import answer, line
from underlabel.model import Finding, Item
from underlabel.world import World

LOREX = line("8-channel recorder", "Lorex", "N842A82", product_class="recorder")
EZVIZ = line("home camera", "EZVIZ", "C6N", product_class="camera")
AXIS = line("dome camera", "Axis", "P3245-V", product_class="camera")
HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
DAHUA = "Zhejiang Dahua Technology Co., Ltd."


def through(finding: Finding) -> set[str]:
    return {step.id for path in finding.paths for step in path.steps if step.kind == "party"}


def conditions(finding: Finding) -> str:
    return " / ".join(f"{one.if_} -> {one.then}" for one in finding.would_change_if)


def test_in_2021_an_agency_may_not_buy_a_lorex_recorder_since_dahua_owned_lorex(starter: World) -> None:
    found = answer(starter, LOREX, "us_agency", "2021-10-25", "s889")
    assert (found.verdict, found.consequence.level, found.reach) == ("restricted", "prohibited", "must")
    assert {"lorex", "dahua-europe", "dahua"} <= through(found)
    best = found.paths[0]
    held = next(step for step in best.steps if step.id == "dahua-europe")
    assert held.since == "2018-02-06"
    assert held.until.startswith("2022-11-23")
    assert best.steps[-1].text == "us_ndaa_889"


def test_in_2021_the_same_recorder_is_lawful_in_a_shop_and_says_so(starter: World) -> None:
    found = answer(starter, LOREX, "us_retailer", "2021-10-25", "s889")
    assert (found.verdict, found.consequence.level) == ("linked", "reputational")


def test_in_2026_lorex_is_no_longer_held_but_a_supply_link_asks_for_review(starter: World) -> None:
    found = answer(starter, LOREX, "us_agency", "2026-11-23", "s889")
    assert found.verdict == "review"
    assert found.paths[0].confidence == "medium"
    assert "dahua-europe" not in through(found)
    assert found.subject == DAHUA


def test_in_2017_section_889_was_no_law_yet_and_the_hardware_was_said_to_be_dahuas_even_then(starter: World) -> None:
    found = answer(starter, LOREX, "us_agency", "2017-06-01", "s889")
    assert (found.verdict, found.rule_status, found.reason.code) == ("clear", "not_yet", "rule_not_in_force")
    assert any("even on 2017-06-01 the hardware was said to be made by " + DAHUA in note for note in found.notes)
    assert not any("Lorex Technology" in note for note in found.notes)


@pytest.mark.parametrize("day", ["2021-10-25", "2026-11-23"])
def test_ezviz_is_reached_by_section_889_as_a_subsidiary_on_both_days(starter: World, day: str) -> None:
    found = answer(starter, EZVIZ, "us_agency", day, "s889")
    assert found.verdict == "restricted"
    assert {"ezviz", "hikvision"} <= through(found)


def test_ezviz_in_2017_was_under_no_such_law(starter: World) -> None:
    assert answer(starter, EZVIZ, "us_agency", "2017-06-01", "s889").rule_status == "not_yet"


def test_a_half_test_of_ezviz_is_a_what_if_and_names_the_rival_figure(starter: World) -> None:
    found = answer(starter, EZVIZ, "us_agency", "2026-11-23", "s889")
    said = conditions(found)
    assert "what-if" in said
    assert "it would not reach Hangzhou EZVIZ Network Co., Ltd.: 48 % held" in said
    assert "51 %" in said
    earlier = conditions(answer(starter, EZVIZ, "us_agency", "2021-10-25", "s889"))
    assert "it would reach Hangzhou EZVIZ Network Co., Ltd.: 60 % held" in earlier


def test_the_affiliates_rule_did_not_reach_ezviz_but_would_by_the_rival_figure(starter: World) -> None:
    shipment = line("controllers", consignee="Hangzhou EZVIZ Network Co., Ltd.", country="cn")
    found = answer(starter, shipment, "exporter", "2025-10-15", "bis")
    assert (found.verdict, found.reach, found.reason.code) == ("review", "no", "red_flag")
    assert "51 %" in conditions(found)
    assert found.nearest_miss is not None
    assert found.nearest_miss.missing == 20_000


@pytest.mark.parametrize("day", ["2021-10-25", "2025-12-01", "2026-11-23"])
def test_a_shipment_to_hikvision_needs_a_licence_whatever_the_affiliates_rule_does(starter: World, day: str) -> None:
    shipment = line("FPGA board", "AMD", consignee=HIKVISION, country="cn")
    found = answer(starter, shipment, "exporter", day, "bis")
    assert (found.verdict, found.consequence.level) == ("restricted", "licence")


def test_the_same_camera_on_a_shelf_has_no_export_finding(starter: World) -> None:
    camera = line("camera", "Hikvision", "DS-2CD2143G2-I", product_class="camera")
    found = answer(starter, camera, "exporter", "2021-10-25", "bis")
    assert (found.verdict, found.reason.code) == ("not_checked", "no_recipient")
    on_shelf = answer(starter, camera, "us_retailer", "2021-10-25", "bis")
    assert (on_shelf.verdict, on_shelf.consequence.level) == ("linked", "reputational")


@pytest.mark.parametrize("day", ["2017-06-01", "2021-10-25", "2026-11-23"])
@pytest.mark.parametrize(("role", "regime"), [("us_agency", "s889"), ("us_retailer", "bis"), ("us_retailer", "fcc")])
def test_an_axis_camera_is_clear(starter: World, day: str, role: str, regime: str) -> None:
    found = answer(starter, AXIS, role, day, regime)
    assert found.verdict == "clear"
    assert found.coverage


def test_dahua_electronics_is_never_joined_to_zhejiang_dahua(starter: World) -> None:
    assert starter.one("dahua-electronics") != starter.one("dahua")
    for item in (line("test set", "DAHUA ELECTRONICS CORPORATION"), line("parts", consignee="Dahua Electronics Corp.")):
        for role, regime in (("us_agency", "s889"), ("exporter", "bis")):
            found = answer(starter, item, role, "2021-10-25", regime)
            assert "dahua" not in through(found)
            assert found.verdict != "restricted"


def test_a_line_without_a_maker_is_not_checked_and_says_why(starter: World) -> None:
    found = answer(starter, line("CCTV works"), "us_agency", "2021-10-25", "s889")
    assert (found.verdict, found.reason.code, found.consequence.level) == ("not_checked", "no_maker", "not_stated")


def test_sensetime_companies_stay_apart(starter: World) -> None:
    ids = {name for name in starter.parties if "sensetime" in name}
    assert len(ids) >= 3


def test_strict_asks_for_an_ownership_record(starter: World) -> None:
    assert answer(starter, AXIS, "us_agency", "2021-10-25", "s889", strict=True).reason.code == "no_ownership_record"


def test_what_was_reported_stands_beside_the_path(starter: World) -> None:
    found = answer(starter, LOREX, "us_agency", "2021-10-25", "s889")
    assert any(claim.quote and claim.outlet for claim in found.claims)
    assert all(len(claim.quote.split()) <= 40 for claim in found.claims)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (line("thermostat", "Honeywell", "T6 Pro", product_class="thermostat"), "clear"),
        (line("switch", "Cisco", "C9300", product_class="switch"), "clear"),
        (line("camera", "Uniview", "IPC2124LE", product_class="camera"), "clear"),
        (line("camera", "JOREX LOREX INDIA", product_class="camera"), "not_checked"),
        (line("router", "Huawei", "AR617VW", product_class="router"), "restricted"),
    ],
)
def test_other_lines_under_section_889(starter: World, item: Item, expected: str) -> None:
    assert answer(starter, item, "us_agency", "2026-11-23", "s889").verdict == expected


def test_a_mac_address_alone_leads_to_the_block_s_holder(starter: World) -> None:
    found = answer(starter, line("unlabelled camera", mac="44:19:B6:91:02:5D"), "us_agency", "2026-11-23", "s889")
    assert "hikvision" in through(found)
    assert any("holder" in note for note in found.notes)


def test_uniview_is_ndaa_compliant_but_on_the_entity_list(starter: World) -> None:
    camera = line("camera", "Uniview", "IPC2124LE", product_class="camera")
    assert answer(starter, camera, "us_retailer", "2026-11-23", "bis").verdict == "linked"
    assert answer(starter, camera, "us_retailer", "2024-12-09", "bis").verdict == "clear"
