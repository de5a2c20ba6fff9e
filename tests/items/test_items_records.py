"""JSON and JSON Lines: lists of objects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from underlabel import items
from underlabel.model import InputError, NoInputError

Write = Callable[..., Path]


def test_a_list_of_objects_is_an_inventory(text: Write) -> None:
    content = (
        '[{"brand": "Axis", "model": "P3245", "qty": 3, "tags": ["a", "b"], "net": {"mac": null}}, {"brand": "Bosch"}]'
    )
    reading = items.read(text(content, name="inventory.json"))
    assert [item.brand for item in reading.items] == ["Axis", "Bosch"]
    assert reading.items[0].raw == {"brand": "Axis", "model": "P3245", "qty": "3", "tags": "a; b", "net.mac": ""}
    assert reading.items[1].place.row == 2


def test_a_list_inside_an_object_is_found_and_said(text: Write) -> None:
    reading = items.read(text('{"page": 1, "devices": [{"brand": "Axis"}]}', name="inventory.json"))
    assert reading.items[0].brand == "Axis"
    assert reading.inventory.notes == ("the lines were read from 'devices'",)


def test_a_broken_line_among_good_ones_is_set_aside(text: Write) -> None:
    reading = items.read(text('{"brand": "Axis"}\n{"brand": \n[1]\n{"brand": "Bosch"}\n', name="inventory.jsonl"))
    assert [(item.brand, item.place.row) for item in reading.items] == [("Axis", 1), ("Bosch", 4)]
    assert [each.where for each in reading.rejected] == ["inventory.jsonl:2:1", "inventory.jsonl:3:1"]


@pytest.mark.parametrize("content", ['[{"brand": "Axis"}, ', "[" * 100_000, '{"a": ' * 5000])
def test_broken_json_is_refused(text: Write, content: str) -> None:
    with pytest.raises(InputError, match="the JSON is broken"):
        items.read(text(content, name="inventory.json"))


def test_an_empty_list_is_no_input(text: Write) -> None:
    with pytest.raises(NoInputError, match="the list is empty"):
        items.read(text("[]", name="inventory.json"))


def test_json_in_another_encoding_and_under_another_name_is_read(text: Write) -> None:
    reading = items.read(text('[{"brand": "Café"}]', name="inventory.csv", encoding="utf-16"))
    assert reading.items[0].brand == "Café"
    assert reading.inventory.notes == ("the name ends in .csv, the content is JSON",)
