"""Ownership tables in plain CSV."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import own
from underlabel.model import InputError, NoInputError, Share


def table(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "owners.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_two_columns_are_enough_and_an_unknown_share_stays_unknown(tmp_path: Path) -> None:
    read = own.read(table(tmp_path, "owner,owned\nA Ltd,B Ltd\n"))
    (link,) = read.links
    assert (link.kind, link.share) == ("owns", Share(0, 1_000_000))
    assert len(read.parties) == 2


def test_a_row_keeps_its_share_its_days_its_source_and_its_place(tmp_path: Path) -> None:
    text = (
        "owner,owned,low,high,since,until,confidence,source\nA,B,25.0001,50,2018-02,2023-02 ± 3 months,high,register\n"
    )
    (link,) = own.read(table(tmp_path, text)).links
    assert (link.share, str(link.since), link.confidence) == (Share(250_001, 500_000), "2018-02", "high")
    assert (link.source.text, link.source.locator) == ("register", "row 2")


def test_a_name_takes_the_country_that_another_row_gives_it(tmp_path: Path) -> None:
    text = "owner,owned,owned_country,low,high\nX,A,gb,60,60\nA,B,,60,60\n"
    first, second = own.read(table(tmp_path, text)).links
    assert first.dst == second.src


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A,,owns,50,50", "owner"),
        ("A,B,owned_by,50,50", "kind"),
        ("A,B,owns,fifty,50", "low"),
        ("A,B,owns,60,50", "low"),
        ("A,B,owns,50,101", "low"),
    ],
)
def test_a_bad_row_is_rejected_with_its_place_and_the_others_are_read(tmp_path: Path, row: str, column: str) -> None:
    read = own.read(table(tmp_path, f"owner,owned,kind,low,high\n{row}\nC,D,owns,10,10\n"))
    assert len(read.links) == 1
    (rejected,) = read.rejected
    assert rejected.where == f"owners.csv:2:{column}"
    assert rejected.hint


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NoInputError),
        (b"owner,owned\n", NoInputError),
        (b"parent,child\nA,B\n", InputError),
        (b"\xff\xfeo\x00", InputError),
    ],
)
def test_what_is_no_ownership_table_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        own.read(table(tmp_path, content))


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
@settings(max_examples=60, deadline=None)
def test_every_share_is_read_back_exactly(tmp_path_factory: pytest.TempPathFactory, one: int, other: int) -> None:
    low, high = sorted((one, other))
    text = f"owner,owned,low,high\nA,B,{low / 10_000:.4f},{high / 10_000:.4f}\n"
    (link,) = own.read(table(tmp_path_factory.mktemp("t"), text)).links
    assert link.share == Share(low, high)


def test_the_shipped_table_reads_whole() -> None:
    (facts,) = own.curated_facts()
    assert facts.dataset.records == len(facts.links) > 50
    assert all(link.source.text for link in facts.links)
