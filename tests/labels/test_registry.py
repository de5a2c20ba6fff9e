from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from underlabel import labels
from underlabel.model import Block, FactsMissingError

FIXTURES = Path(__file__).parent / "fixtures"


def test_blocks_carry_prefix_length_and_the_long_name() -> None:
    facts = labels.registry(FIXTURES / "manuf.txt", date(2026, 1, 1))
    assert Block("9002A9", 24, "Norrskog Optik AB") in facts.blocks
    assert Block("3446632", 28, "Plover Technologies") in facts.blocks
    assert Block("8C1F64F4B", 36, "Jorkestrel India Private Limited") in facts.blocks
    assert facts.dataset.edition == date(2026, 1, 1)


def test_a_line_that_is_no_block_is_rejected_with_its_place() -> None:
    facts = labels.registry(FIXTURES / "manuf.txt")
    assert [(refused.where, refused.raw) for refused in facts.rejected] == [
        ("manuf.txt:10", "00:00:5E:00:53/40\tSomebody"),
        ("manuf.txt:11", "44:00:02"),
        ("manuf.txt:12", "not a line at all"),
    ]
    assert facts.dataset.records == len(facts.blocks) == 8


def test_a_registry_that_is_not_there_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FactsMissingError) as caught:
        labels.registry(tmp_path / "manuf.txt")
    assert "pymanuf" in caught.value.hint


def test_the_packaged_registry_is_whole_dated_and_read_fast() -> None:
    start = time.perf_counter()
    facts = labels.registry()
    assert time.perf_counter() - start < 1
    assert facts.dataset.edition == date(2026, 10, 1)
    assert len(facts.blocks) > 50_000
    assert not facts.rejected
    assert "pymanuf" not in sys.modules


def test_the_packaged_registry_knows_the_makers_of_the_story() -> None:
    held = Counter(block.holder.casefold() for block in labels.registry().blocks)
    assert held["hangzhou hikvision digital technology co.,ltd."] == 84
    assert held["hangzhou ezviz software co.,ltd."] == 15
    assert sum(count for holder, count in held.items() if holder.startswith("zhejiang dahua technology")) == 31


def test_every_known_surveillance_block_resolves_to_its_holder(real_data: Callable[[str], Path]) -> None:
    with real_data("facts/oui.csv").open(encoding="utf-8", newline="") as file:
        expected = [row for row in csv.DictReader(file) if row["in_ieee_2026_10"] == "y"]
    found = {(block.prefix, block.bits): block.holder for block in labels.registry().blocks}
    wrong = [
        row for row in expected if found.get((row["hex"].upper(), int(row["bits"]))) != row["registrant_as_registered"]
    ]
    assert len(expected) == 227
    assert wrong == []
