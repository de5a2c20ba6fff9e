"""What would have been said with what was known then, by entries whose rule says when it was published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from underlabel import trace, world
from underlabel.model import FactsMissingError


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    path = tmp_path / "ship.csv"
    path.write_text("description,consignee\nboards,Hikvision\nbolts,Axis AB\n")
    return path


def test_an_entry_known_then_is_answered_though_every_edition_held_is_later(
    starter: world.World, inventory: Path
) -> None:
    then = world.World(starter.snapshot, label="then", known_at=date(2021, 10, 25))
    traced = trace.inventory(inventory, then, trace.ask("exporter", date(2021, 10, 25), ("bis",)))
    assert [one.verdict for one in traced.findings] == ["restricted", "not_checked"]
    assert traced.findings[1].reason.code == "list_missing"


def test_before_any_entry_was_known_the_facts_are_missing(starter: world.World, inventory: Path) -> None:
    then = world.World(starter.snapshot, label="then", known_at=date(1995, 1, 1))
    with pytest.raises(FactsMissingError):
        trace.inventory(inventory, then, trace.ask("exporter", date(1995, 1, 1), ("bis",)))
