"""Addresses that the Entity List names without a party: whoever receives there, it is a listed recipient."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trace.asking import answer, line
from underlabel import lists, names, trace, world
from underlabel.model import Finding, Item, ItemParty, Place

RealData = Callable[[str], Path]
DAY = "2026-07-09"
ROOM = "Room 1605, Example Commercial Center, 2-16 Sample Street, Mong Kok, Kowloon, Hong Kong"
FLOOR = "7/F Sample Tower, 111 Northlake Strand, Sheung Wan, Hong Kong"
OWN = "99 Clearview Road, Binjiang District, Hangzhou"
NOBODY = "Zorblax Quimby"


def _entry(name: str, address: str, notes: str = "For all items subject to the EAR.") -> dict[str, object]:
    return {
        "name": name,
        "aliases": [],
        "country": "China",
        "address": f"{address}.",
        "status": None,
        "effective_date": None,
        "federal_register": "89 FR 51652, 6/18/24",
        "notes": notes,
    }


@pytest.fixture(scope="module")
def entities(tmp_path_factory: pytest.TempPathFactory) -> world.World:
    """Open a World with two addresses and a company on the Entity List, among many others: the list whole."""
    folder = tmp_path_factory.mktemp("addresses")
    others = [
        _entry(f"Filler Works {number} Co., Ltd.", f"{number} Filler Way, Chengdu, China") for number in range(2700)
    ]
    listed = [_entry("Address 01", ROOM), _entry("Address 02", FLOOR), _entry("Clearview Optics Co., Ltd.", OWN)]
    said = {"list_id": "bis-entity-list", "source_file": "Supplement No. 4", "extracted": DAY}
    path = folder / "entities.json"
    path.write_text(json.dumps(said | {"count": len(others) + 3, "entities": [*listed, *others]}))
    facts = lists.read(path, "us_bis_entity_list", date.fromisoformat(DAY))
    return world.World(world.build(folder, [*world.starter(), facts]), label="test")


def shipped(address: str, name: str = NOBODY) -> Item:
    party = ItemParty("ultimate_consignee", name, "hk", address)
    return Item(place=Place("ship.csv", 2), text="boards", parties=(party,), raw={})


def found(facts: world.World, address: str, name: str = NOBODY) -> Finding:
    return answer(facts, shipped(address, name), "exporter", DAY, "bis")


def kinds(one: Finding) -> set[str]:
    """What the steps of its paths are."""
    return {step.kind for path in one.paths for step in path.steps}


def test_a_listed_address_is_a_hit_whoever_receives_there(entities: world.World) -> None:
    one = found(entities, ROOM)
    assert (one.verdict, one.consequence.level) == ("restricted", "licence")
    assert "Room 1605" in one.reason.text
    assert "listing" in kinds(one)


@pytest.mark.parametrize(
    "written",
    [
        ROOM.upper(),
        ROOM.casefold(),
        ROOM.replace(",", ""),
        ROOM.replace(", ", " ; "),
        f"  {ROOM}.  ",
        ROOM.replace("2-16", "2 - 16"),
        ROOM.replace("Kowloon", "Kówloon"),
    ],
)
def test_case_and_punctuation_do_not_matter(entities: world.World, written: str) -> None:
    assert found(entities, written).verdict == "restricted"


@pytest.mark.parametrize(
    "written",
    [
        ROOM.replace("Street", "St."),
        ROOM.replace("Center", "Centre").replace("Room", "Rm"),
        ROOM.replace("Room 1605", "Unit 1605, 16/F"),
        FLOOR.replace("7/F", "7th Floor"),
        FLOOR.replace("Hong Kong", "HK"),
    ],
)
def test_usual_spellings_do_not_matter(entities: world.World, written: str) -> None:
    assert found(entities, written).verdict == "restricted"


@pytest.mark.parametrize(
    "written",
    [
        ROOM.replace("1605", "1604"),
        ROOM.replace("1605", "605"),
        ROOM.replace("2-16", "2-18"),
        FLOOR.replace("7/F", "8/F"),
        FLOOR.replace("111", "112"),
    ],
)
def test_another_unit_floor_or_house_is_another_address(entities: world.World, written: str) -> None:
    one = found(entities, written)
    assert one.verdict == "clear"
    assert "listing" not in kinds(one)


def test_an_address_inside_the_name_is_for_review(entities: world.World) -> None:
    held = found(entities, "", f"{NOBODY}, {ROOM}")
    assert held.verdict == "review"
    assert held.reason.code in {"name_holds", "name_alike"}


def test_a_town_is_no_address(entities: world.World) -> None:
    for place in ("Hong Kong", "Kowloon, Hong Kong", "Mong Kok"):
        assert found(entities, place).verdict == "clear"


def test_the_address_of_a_listed_party_alone_lists_nobody_else(entities: world.World) -> None:
    """15 CFR 744.11: a party's own entry is of that party; only entries that are addresses are of whoever is there."""
    assert found(entities, OWN).verdict == "clear"
    item = line("boards", consignee="Clearview Optics Co., Ltd.", country="cn")
    assert answer(entities, item, "exporter", DAY, "bis").verdict == "restricted"


def test_an_address_is_listed_from_its_day_on(entities: world.World) -> None:
    before = answer(entities, shipped(ROOM), "exporter", "2024-06-01", "bis")
    assert before.verdict != "restricted"
    assert answer(entities, shipped(ROOM), "exporter", "2024-06-18", "bis").verdict == "restricted"


def test_a_column_of_addresses_is_understood(entities: world.World, tmp_path: Path) -> None:
    path = tmp_path / "ship.csv"
    path.write_text(f'description,consignee,consignee address,country\nboards,{NOBODY},"{ROOM}",hk\n')
    traced = trace.inventory(path, entities, trace.ask("exporter", date.fromisoformat(DAY), ("bis",)))
    assert [one.verdict for one in traced.findings] == ["restricted"]


def test_an_address_without_a_name_is_a_recipient(entities: world.World, tmp_path: Path) -> None:
    path = tmp_path / "ship.csv"
    path.write_text(f'description,consignee,consignee address\nboards,,"{ROOM}"\nbolts,,"1 Other Rd, Hong Kong"\n')
    traced = trace.inventory(path, entities, trace.ask("exporter", date.fromisoformat(DAY), ("bis",)))
    assert [one.verdict for one in traced.findings] == ["restricted", "not_checked"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([str.upper, str.title, str.casefold, str.swapcase]), max_size=3), st.data())
def test_however_an_address_is_set_it_is_the_same(changes: list[Callable[[str], str]], data: st.DataObject) -> None:
    text = ROOM
    for change in changes:
        text = change(text)
    sign = data.draw(st.sampled_from([",", ";", " -", " /", ""]))
    assert names.form(text.replace(",", sign), "Address").stem == names.form(ROOM, "Address").stem


def test_every_address_of_the_real_list_is_a_hit(tmp_path: Path, real_data: RealData) -> None:
    facts = lists.read(
        real_data("lists/us_2026-07-09/bis_entity_list.json.gz"), "us_bis_entity_list", date.fromisoformat(DAY)
    )
    held = world.World(world.build(tmp_path, [*world.starter(), facts]), label="test")
    addresses = [one for one in facts.parties if one.schema == "Address"]
    assert len(addresses) == 19
    asked = trace.ask("exporter", date.fromisoformat(DAY), ("bis",))
    for change in (str, str.upper):
        findings = trace.run([shipped(change(one.caption)) for one in addresses], held, asked)
        assert [one.verdict for one in findings] == ["restricted"] * 19
