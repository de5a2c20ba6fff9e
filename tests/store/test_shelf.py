"""Shelves: rows found by key without reading the rest, whatever the rows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import store
from underlabel.model import Day, InputError, Link, Listing, Name, Party, Source, exact

SOURCE = Source("test", "v", "row 1")
MISSING = -1


def party(id_: str, *names: str, since: Day | None = None) -> Party:
    return Party(id=id_, schema="Company", names=tuple(map(Name, names or (id_,))), source=SOURCE, since=since)


def shelf(folder: Path, *rows: Party, key: Callable[[Party], str] = lambda row: row.id) -> store.Shelf[Party]:
    store.lay(folder / "party.arrow", rows, Party, key)
    return store.open_shelf(folder / "party.arrow", Party)


def first(row: Party) -> str:
    return row.id[0]


def test_rows_stand_in_the_order_of_their_keys_and_then_as_given(tmp_path: Path) -> None:
    held = shelf(tmp_path, party("b2"), party("a9"), party("b1"), party("a1"), key=first)
    assert [row.id for row in held.all()] == ["a9", "a1", "b2", "b1"]
    assert list(held.keys()) == ["a", "b"]
    assert [(key, names[0]["text"]) for key, names in held.pairs("names")] == [
        ("a", "a9"),
        ("a", "a1"),
        ("b", "b2"),
        ("b", "b1"),
    ]
    assert len(held) == 4


def test_all_rows_of_one_key_are_given_and_none_of_its_neighbours(tmp_path: Path) -> None:
    held = shelf(tmp_path, *(party(id_) for id_ in ("a1", "b1", "b2", "b3", "c1")), key=first)
    assert [row.id for row in held.of("b")] == ["b1", "b2", "b3"]
    assert [row.id for row in held.of("c")] == ["c1"]


@pytest.mark.parametrize("key", ["", "aa", "b1 ", "zz", "\U0010ffff"])
def test_a_key_that_no_row_has_gives_nothing(tmp_path: Path, key: str) -> None:
    held = shelf(tmp_path, party("a1"), party("b1"))
    assert held.of(key) == []
    assert key not in held
    assert 7 not in held
    assert "b1" in held


def test_a_shelf_without_rows_answers_every_question_with_nothing(tmp_path: Path) -> None:
    held = shelf(tmp_path)
    assert (len(held), held.all(), held.of("a"), list(held.keys())) == (0, [], [], [])
    assert (held.holding("names", "text", "a"), held.texts("schema"), list(held.pairs("id"))) == ([], [], [])
    assert held.days("since", "earliest", missing=MISSING).tolist() == []


def test_a_word_is_found_in_any_name_whatever_its_case_and_each_row_once(tmp_path: Path) -> None:
    held = shelf(
        tmp_path,
        party("a", "Acme Works", "Optics Acme"),
        party("b", "Beta"),
        party("c", "Gamma", "ACME of old"),
        party("d", "大华股份"),
    )
    assert [row.id for row in held.holding("names", "text", "acme")] == ["a", "c"]
    assert [row.id for row in held.holding("names", "text", "大华")] == ["d"]
    assert held.holding("names", "text", "Work.") == [], "a word is no pattern"
    assert held.holding("names", "kind", "alias") == []


def test_a_row_without_any_element_holds_no_word_and_hides_no_other(tmp_path: Path) -> None:
    bare = msgspec.structs.replace(party("a"), names=())
    held = shelf(tmp_path, bare, party("b", "Acme"), msgspec.structs.replace(bare, id="c"), party("d", "Acme"))
    assert [row.id for row in held.holding("names", "text", "acme")] == ["b", "d"]


def test_days_are_numbers_and_a_missing_one_is_what_was_asked_for(tmp_path: Path) -> None:
    dated = party("b", since=Day(date(1970, 1, 3), date(1969, 12, 30)))
    held = shelf(tmp_path, party("a"), dated)
    assert held.days("since", "earliest", missing=MISSING).tolist() == [MISSING, 2]
    assert held.days("since", "latest", missing=MISSING).tolist() == [MISSING, -2]
    assert held.days("known_from", missing=MISSING).tolist() == [MISSING, MISSING]
    assert held.texts("source", "dataset") == ["test", "test"]
    assert held.texts("id") == ["a", "b"]


def test_days_and_texts_stand_beside_their_keys(tmp_path: Path) -> None:
    rows = [
        Listing(id=f"l{number}", subject=subject, list="l", since=exact(date(1970, 1, number)), source=SOURCE)
        for number, subject in ((3, "b"), (2, "a"), (5, "b"))
    ]
    store.lay(tmp_path / "listing.arrow", rows, Listing, lambda row: row.subject)
    held = store.open_shelf(tmp_path / "listing.arrow", Listing)
    days = held.days("since", "latest", missing=MISSING).tolist()
    assert list(zip(held.texts(store.KEY), days, strict=True)) == [("a", 1), ("b", 2), ("b", 4)]


def test_a_shelf_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read") as caught:
        store.open_shelf(tmp_path / "party.arrow", Party)
    assert caught.value.where == str(tmp_path / "party.arrow")
    assert caught.value.hint


@pytest.mark.parametrize("damage", ["empty", "no shelf", "cut", "without its end"])
def test_a_damaged_shelf_says_so(tmp_path: Path, damage: str) -> None:
    shelf(tmp_path, *(party(f"a{number}") for number in range(100)))
    path = tmp_path / "party.arrow"
    content = path.read_bytes()
    path.write_bytes(
        {
            "empty": b"",
            "no shelf": b"PAR1 something else",
            "cut": content[: len(content) // 2],
            "without its end": content[:-4],
        }[damage]
    )
    with pytest.raises(InputError, match="cannot be read"):
        store.open_shelf(path, Party)


def test_a_shelf_of_another_version_or_noun_says_so(tmp_path: Path) -> None:
    path = tmp_path / "party.arrow"
    shelf(tmp_path, party("a"))
    with pytest.raises(InputError, match="of another version") as caught:
        store.open_shelf(path, Link)
    assert caught.value.hint
    table = store.to_table([party("a")], Party)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as out:
        out.write_table(table)
    with pytest.raises(InputError, match="of another version"):
        store.open_shelf(path, Party)


KEYS = st.text(max_size=3)


@given(st.lists(st.tuples(KEYS, st.text(max_size=5)), max_size=30), KEYS)
@settings(max_examples=60, deadline=None)
def test_a_key_gives_exactly_its_rows_in_the_order_given(pairs: list[tuple[str, str]], other: str) -> None:
    rows = [party(key, f"{text}{number}") for number, (key, text) in enumerate(pairs)]
    with tempfile.TemporaryDirectory() as folder:
        held = shelf(Path(folder), *rows)
        for key in {key for key, _ in pairs} | {other}:
            wanted = [row for row in rows if row.id == key]
            assert held.of(key) == wanted
            assert (key in held) is bool(wanted)
        assert list(held.keys()) == sorted({key for key, _ in pairs})
        assert held.all() == sorted(rows, key=lambda row: row.id)
