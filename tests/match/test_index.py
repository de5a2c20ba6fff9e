"""What an index keeps, and what it is like on disk."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import names
from underlabel.match import disk, sheets
from underlabel.match.index import Index, build, load
from underlabel.match.sheet import Named, laid_out, sheet
from underlabel.model import InputError

Row = tuple[str, str, str, str, str]
ROWS: list[Row] = [
    ("b", "Gornyak Shipping Ltd", "name", "Company", "ru,cy"),
    ("b", "Горняк", "alias", "Company", "ru,cy"),
    ("a", "Li Wei", "weak", "Person", ""),
    ("c", "***", "name", "Company", ""),
]
NUMBERS = [("b", "lei", "3003 00PX"), ("b", "", "12"), ("d", "imo", "9187629"), ("a", "imo", "9187629")]
INDEX = build(ROWS, NUMBERS)


def kept(index: Index) -> dict[str, bytes]:
    return {name: np.ascontiguousarray(part).tobytes() for name, part in index.arrays.items()}


def test_rows_stand_by_party_and_what_is_no_name_is_counted() -> None:
    assert [INDEX.row(at)[:3] for at in range(len(INDEX))] == [
        ("a", "Li Wei", "weak"),
        ("b", "Gornyak Shipping Ltd", "name"),
        ("b", "Горняк", "alias"),
    ]
    assert INDEX.skipped == 1
    assert INDEX.rows_of("b") == range(1, 3)
    assert INDEX.rows_of("d") == INDEX.rows_of("nobody") == range(0)


def test_numbers_lead_to_the_parties_that_hold_them_and_back() -> None:
    assert [INDEX.parties[at] for at in INDEX.numbers.holders("imo:9187629")] == ["a", "d"]
    assert [INDEX.parties[at] for at in INDEX.numbers.holders("300300px")] == ["b"]
    assert INDEX.numbers.holders("12") == [], "a short number without a register is nobody's"
    assert INDEX.registered("b") == {"lei:300300px"}
    assert INDEX.registered("nobody") == frozenset()


def test_an_unknown_kind_of_name_is_refused() -> None:
    with pytest.raises(InputError, match="nickname"):
        build([("a", "Li Wei", "nickname", "Person", "")])


def test_a_saved_index_opens_as_it_was(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "names")
    opened = load(tmp_path / "names")
    assert kept(opened) == kept(INDEX)
    assert opened.about == INDEX.about
    assert [opened.row(at) for at in range(len(opened))] == [INDEX.row(at) for at in range(len(INDEX))]
    assert opened.registered("b") == {"lei:300300px"}
    assert disk.verify(tmp_path / "names") > 0


def test_an_empty_index_saves_and_opens(tmp_path: Path) -> None:
    build([]).save(tmp_path / "names")
    assert len(load(tmp_path / "names")) == 0


def test_a_file_of_another_length_is_seen_when_opening(tmp_path: Path) -> None:
    folder = tmp_path / "names"
    INDEX.save(folder)
    with (folder / "lists.npy").open("ab") as file:
        file.write(b"!")
    with pytest.raises(InputError, match=r"lists\.npy"):
        load(folder)


def test_a_changed_byte_is_seen_when_verifying(tmp_path: Path) -> None:
    folder = tmp_path / "names"
    INDEX.save(folder)
    raw = bytearray((folder / "lists.npy").read_bytes())
    raw[-1] ^= 1
    (folder / "lists.npy").write_bytes(raw)
    with pytest.raises(InputError, match=r"lists\.npy"):
        disk.verify(folder)


@pytest.mark.parametrize(("field", "value"), [("builder", 1), ("rarity", "another"), ("names", "many")])
def test_an_index_of_another_version_is_refused(tmp_path: Path, field: str, value: object) -> None:
    folder = tmp_path / "names"
    INDEX.save(folder)
    manifest = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    manifest["about"][field] = value
    (folder / "index.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(InputError, match="version"):
        load(folder)


def test_a_missing_file_or_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load(tmp_path / "nothing")
    INDEX.save(tmp_path / "names")
    (tmp_path / "names" / "bits.npy").unlink()
    with pytest.raises(InputError):
        load(tmp_path / "names")


def test_a_name_part_takes_little_room() -> None:
    chance = random.Random(4)  # noqa: S311 - the same names in every run
    parts = ["".join(chance.choices("abdefgiklmnoprstu", k=chance.randint(4, 9))) for _ in range(2_000)]
    rows: list[Row] = [(f"p{at}", " ".join(chance.sample(parts, 3)), "name", "Person", "") for at in range(5_000)]
    index = build(rows)
    assert sum(part.nbytes for part in index.arrays.values()) / len(index.sheet.words) <= 150


@settings(max_examples=60, deadline=None)
@given(st.permutations(ROWS), st.permutations(NUMBERS))
def test_the_order_of_what_is_given_leaves_no_trace(rows: list[Row], numbers: list[tuple[str, str, str]]) -> None:
    other = build(rows, numbers)
    assert kept(other) == kept(INDEX)
    assert other.content == INDEX.content


NAMES = st.lists(st.sampled_from(["Li Wei", "Gornyak Shipping Ltd", "Wei Gornyak GmbH", "Fund III", "ltd", "Горняк"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, max_size=4))
def test_sheets_put_together_are_one_sheet(parts: list[list[str]]) -> None:
    def given_as(texts: list[str]) -> list[Named]:
        return [Named(text, "Company", "cn" if "Wei" in text else "ru") for text in texts]

    together = sheets.merged([sheet(given_as(texts)) for texts in parts])
    whole = given_as([text for texts in parts for text in texts])
    once = laid_out([names.form(one.text, one.schema) for one in whole], whole)
    one, other = sheets.arrays(together), sheets.arrays(once)
    assert {name: part.tolist() for name, part in one.items()} == {name: part.tolist() for name, part in other.items()}
    assert (together.type_sets, together.seat_sets) == (once.type_sets, once.seat_sets)
