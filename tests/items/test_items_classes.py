"""The class of a thing is what its line says it is, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import items
from underlabel.items.classes import product_class
from underlabel.model import CLASSES

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("4x Hikvision DS-2CD2143G0-I 2.8mm dome", "camera"),
        ("Bullet Camera", "camera"),
        ("PTZ", "camera"),
        ("Turret", "camera"),
        ("8-channel NVR", "recorder"),
        ("Network Video Recorder with 4 cameras", "recorder"),
        ("DVR, 4 channel", "recorder"),
        ("Video Doorbell", "doorbell"),
        ("Video intercom indoor station", "intercom"),
        ("Thermal camera", "thermal_camera"),
        ("Thermal printer", "printer"),
        ("Network Interface Card", "nic"),
        ("USB Wi-Fi adapter", "nic"),
        ("Wireless router", "router"),
        ("24-port PoE switch for cameras", "switch"),
        ("Light switch", "lighting"),
        ("IP phone", "phone"),
        ("Two-way radio", "radio"),
        ("LED luminaire", "lighting"),
        ("Smart bulbs", "lighting"),
        ("Laptop", "computer"),
        ("27in monitor", "display"),
        ("Smart thermostat", "thermostat"),
        ("Drone", "drone"),
        ("VMS camera licence", "software"),
        ("Camera power supply", "power"),
        ("Microwave oven", "appliance"),
        ("Dome camera bracket", "component"),
        ("Case for Swann doorbell", "component"),
        ("Sunshade for dome camera", ""),
        ("CCTV maintenance", "service"),
        ("Box of envelopes", ""),
        ("", ""),
    ],
)
def test_a_class_is_told_by_the_thing_that_is_named(said: str, found: str) -> None:
    assert product_class(said) == found


def test_shapes_are_cameras_only_where_the_column_speaks_of_cameras(fixtures: Path, text: Write) -> None:
    cameras = items.read(fixtures / "cameras.csv").items
    assert [item.product_class for item in cameras] == ["camera", "camera", "doorbell", "camera", "camera", "camera"]
    goods = items.read(text("Product,Type\nLamp,Lighting\nEnvelopes,Box\n")).items
    assert [item.product_class for item in goods] == ["lighting", ""]


def test_the_class_column_goes_before_the_words_of_the_line(text: Write) -> None:
    (item,) = items.read(text("Description,Category\nOptical set with dome,Lighting\n")).items
    assert item.product_class == "lighting"


def test_a_column_of_categories_that_are_no_classes_is_left_alone(text: Write) -> None:
    reading = items.read(text("Supplier,Type\nExample Ltd,Revenue\n"))
    assert "product_class" not in reading.inventory.meanings.values()


def test_every_class_in_the_table_exists() -> None:
    table = Path(items.__file__).with_name("classes.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split(",")[1] for line in table} == set(CLASSES)
    assert len({line.split(",")[0] for line in table}) == len(table)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_known_class_or_none(text: str) -> None:
    assert product_class(text) in {*CLASSES, ""}
