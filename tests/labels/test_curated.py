from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from underlabel import labels
from underlabel.labels.parts import part_makers
from underlabel.model import Held, Item, Link, Making, Place

FACTS = labels.curated_facts()
LINKS = tuple(link for facts in FACTS for link in facts.links)
REGISTRY = labels.registry()
BOOK = labels.book(LINKS, REGISTRY.blocks, REGISTRY.dataset.edition)
NOW = date(2026, 11, 23)


def makers(day: date = NOW, **what: str) -> tuple[Making, ...]:
    return BOOK.makers(Item(place=Place("stock.csv", 2), **what), day)  # type: ignore[arg-type] # only the text fields


def claims() -> list[Link]:
    return [link for link in LINKS if link.kind in ("makes", "brands")]


def test_every_fact_has_a_source_a_confidence_worth_shipping_and_an_id_of_its_own() -> None:
    assert all(link.source.text and link.source.locator for link in LINKS)
    assert {link.confidence for link in claims()} <= {"high", "medium"}
    assert max(Counter(link.id for link in LINKS).values()) == 1
    assert not [link.id for link in claims() if "memory" in link.source.text]


def test_no_fact_is_known_after_its_table_was_made() -> None:
    assert all(link.known_from is None or link.known_from <= NOW for link in LINKS)


def test_at_least_two_hundred_and_twenty_makers_were_checked_against_every_list() -> None:
    checked = Counter(absence.subject for facts in FACTS for absence in facts.absences)
    parties = {party.id for facts in FACTS for party in facts.parties}
    whole = max(checked.values())
    assert checked.keys() == parties
    assert sum(count == whole for count in checked.values()) >= 220
    assert whole == 16


@pytest.mark.parametrize(("party", "name"), [("realtek", "us_bis_dpl")])
def test_a_maker_on_a_list_is_not_said_to_be_absent_from_it(party: str, name: str) -> None:
    absent = {absence.list for facts in FACTS for absence in facts.absences if absence.subject == party}
    assert len(absent) == 15
    assert name not in absent


def test_every_holder_a_source_quotes_stands_in_the_registry() -> None:
    holders = {block.holder for block in REGISTRY.blocks}
    quoted = [
        link.source.text.split("block holder '")[1].removesuffix("'")
        for link in LINKS
        if "holder '" in link.source.text
    ]
    assert len(quoted) > 200
    assert [holder for holder in quoted if holder not in holders] == []


def test_every_seller_of_network_parts_holds_a_block() -> None:
    forms = {labels.form(block.holder) for block in REGISTRY.blocks}
    assert [name for name in part_makers() if not any(f"{form} ".startswith(f"{name} ") for form in forms)] == []


def test_lorex_is_lorexs_and_said_to_be_made_by_dahua_with_two_strengths() -> None:
    def dahua(day: date) -> list[tuple[str, str, Held]]:
        found = makers(day, brand="Lorex", model="LNR6100", product_class="recorder")
        assert ("brands", "lorex") in {(making.relation, making.party) for making in found}
        assert not [making for making in found if making.party == "hikvision"]
        return [
            (making.confidence, making.link.status, making.fits)
            for making in found
            if making.party == "dahua" and making.link and making.fits is not Held.NO
        ]

    assert dahua(date(2017, 6, 1)) == [("high", "completed", Held.MAYBE)]
    assert dahua(date(2021, 10, 25)) == [("high", "completed", Held.MAYBE)]
    assert dahua(NOW) == [("medium", "alleged", Held.MAYBE)]


def test_ezviz_is_of_the_hikvision_group_and_that_it_is_dahuas_is_refuted() -> None:
    found = makers(brand="EZVIZ", model="C6N", product_class="camera")
    assert {(making.relation, making.party) for making in found} == {("brands", "ezviz"), ("makes", "ezviz")}
    assert all("refuted: that Dahua makes EZVIZ" in making.note for making in found)


@pytest.mark.parametrize(
    "brand", ["DAHUA ELECTRONICS CORPORATION", "Jorex Lorex India", "Shanghai Dahua Scale Factory"]
)
def test_a_false_friend_is_nobody_of_the_story(brand: str) -> None:
    assert makers(brand=brand) == ()
    assert makers(text=f"1 {brand} unit") == ()


def test_the_block_of_jorex_lorex_india_is_its_own() -> None:
    assert [making.name for making in makers(mac="8C:1F:64:F4:B1:23")] == ["Jorex Lorex India Private Limited"]


@pytest.mark.parametrize(
    ("brand", "model", "product_class", "party"),
    [
        ("Axis", "P3245-LVE", "camera", "axis"),
        ("Honeywell", "T6 Pro", "thermostat", "honeywell"),
        ("Panasonic", "NN-SN67", "appliance", "panasonic"),
        ("Bosch", "NBE-3502-AL", "camera", "bosch-security"),
        ("Bosch", "GSR 18V", "power", "bosch"),
        ("Philips Hue", "", "lighting", "signify"),
        ("Cisco Systems, Inc.", "C9300", "switch", "cisco"),
    ],
)
def test_an_unlisted_make_is_known_and_nobody_elses(brand: str, model: str, product_class: str, party: str) -> None:
    found = makers(brand=brand, model=model, product_class=product_class)
    assert {making.party for making in found if making.fits is Held.YES and making.relation == "makes"} == {party}
    assert not [making for making in found if making.fits is Held.MAYBE]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("4x DS-2CD2143G0-I 2.8mm dome", "hikvision"),
        ("NVR DS-7608NI-K2/8P", "hikvision"),
        ("turret IPC-HDW2831T-ZS", "dahua"),
        ("DHI-NVR4108HS", "dahua"),
    ],
)
def test_a_listed_makers_model_codes_are_recognised_without_a_brand(text: str, party: str) -> None:
    assert [(making.evidence, making.party) for making in makers(text=text)] == [("model", party)]


@pytest.mark.parametrize(
    "text",
    [
        *("crucial spare parts for pump", "Milestone 3 payment", "Axis of rotation bearing", "swann river stones"),
        *("PoE switch, not Dahua", "bracket compatible with Hikvision", "No Hikvision or Dahua equipment"),
    ],
)
def test_an_ordinary_text_names_no_maker(text: str) -> None:
    assert makers(text=text) == ()


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Hikvision and Dahua cameras", {"hikvision", "dahua"}),
        ("We removed all Hikvision cameras and fitted Axis", {"hikvision", "axis"}),
        ("the cinema where iiyama screens hung", {"mouse-computer"}),
    ],
)
def test_a_brand_named_in_prose_is_said_and_not_sure(text: str, parties: set[str]) -> None:
    found = makers(text=text, product_class="camera")
    assert {making.party for making in found} == parties
    assert {making.confidence for making in found} == {"low"}


def test_a_line_of_a_purchase_is_as_sure_as_its_code() -> None:
    found = makers(text="2x Hikvision DS-2CD2143G0-I 4MP fixed dome camera 2.8mm lens IR 30m PoE white")
    assert {(making.party, making.confidence) for making in found} == {("hikvision", "high")}


def test_a_brand_with_two_makers_keeps_both() -> None:
    parties = {making.party for making in makers(brand="TP-Link", product_class="router") if making.relation == "makes"}
    assert parties == {"tp-link-technologies", "tp-link-systems"}


def test_every_brand_of_the_camera_table_is_known(real_data: Callable[[str], Path]) -> None:
    with real_data("labels/cameras-2026-06-12.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [
        Item(place=Place("cameras.csv", at), brand=row["brand"], model=row["model"], product_class="camera")
        for at, row in enumerate(rows, start=2)
    ]
    answers = labels.makers(lines, BOOK, date(2026, 6, 12))
    assert len(lines) == 1314
    assert {row["brand"] for row, found in zip(rows, answers, strict=True) if not found} == set()
    for brand, party, lines_of_it in (("Hikvision", "hikvision", 150), ("Dahua", "dahua", 107), ("EZVIZ", "ezviz", 21)):
        reached = [
            row
            for row, found in zip(rows, answers, strict=True)
            if row["brand"] == brand and any(making.party == party and making.fits is Held.YES for making in found)
        ]
        assert len(reached) == lines_of_it


def test_a_listed_makers_own_codes_stand_under_no_other_brand(real_data: Callable[[str], Path]) -> None:
    with real_data("labels/cameras-2026-06-12.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    owners = {"hikvision": "Hikvision", "dahua": "Dahua"}
    coded = Counter(
        (row["brand"], making.party)
        for row in rows
        for making in makers(text=row["model"])
        if making.evidence == "model"
    )
    assert coded[("Hikvision", "hikvision")] == 150
    assert coded[("Dahua", "dahua")] > 80
    assert [(brand, party) for brand, party in coded if owners[party] != brand] == []
