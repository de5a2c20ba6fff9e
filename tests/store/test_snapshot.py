"""Snapshots: the same rows give the same id, and a crash leaves what was there."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import store
from underlabel.model import Dataset, InputError, Link, Name, Party, Scope, Share, Source, parse_day

SOURCE = Source("test", "v", "row 1")
PARTIES = st.lists(
    st.builds(
        Party,
        id=st.text(min_size=1, max_size=8),
        source=st.just(SOURCE),
        schema=st.sampled_from(["Company", "Person"]),
        names=st.lists(st.builds(Name, st.text(min_size=1, max_size=12)), min_size=1, max_size=3).map(tuple),
        countries=st.lists(st.sampled_from(["cn", "us"]), max_size=2).map(tuple),
        since=st.sampled_from([None, parse_day("2015"), parse_day("2023-02 ± 3 months")]),
    ),
    max_size=6,
)


def manifest(rows: list[Party]) -> store.Manifest:
    about = (Dataset(id="test", kind="parties", title="test"),)
    return store.Manifest(id=store.identity({"party": rows}, about), datasets=about, rows={"party": len(rows)})


@given(PARTIES)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(rows: list[Party]) -> None:
    assert store.from_table(store.to_table(rows, Party), Party) == rows


@given(PARTIES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_never_changes_the_id(rows: list[Party], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert manifest(shuffled).id == manifest(rows).id


def test_a_link_keeps_its_share_its_scope_and_its_days() -> None:
    link = Link(
        id="1",
        kind="makes",
        src="label:lorex",
        dst="dahua",
        source=SOURCE,
        share=Share(250_001, 500_000),
        scope=Scope("Lorex", "wired", ("LNB*",), ("camera",)),
        since=parse_day("2012"),
    )
    assert store.from_table(store.to_table([link], Link), Link) == [link]


def test_a_snapshot_opens_again_with_its_rows(tmp_path: Path) -> None:
    rows = [Party(id="a", schema="Company", names=(Name("A"),), source=SOURCE)]
    written = store.write(tmp_path, {"party": rows}, manifest(rows))
    assert store.Snapshot(written.folder).rows(Party) == rows
    assert written.rows(Link) == []


def test_a_failed_build_leaves_nothing_behind_and_the_old_one_whole(tmp_path: Path) -> None:
    rows = [Party(id="a", schema="Company", names=(Name("A"),), source=SOURCE)]
    old = store.write(tmp_path, {"party": rows}, manifest(rows))

    def fails(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left"):
        store.write(tmp_path, {"party": []}, manifest([]), fails)
    assert [path.name for path in tmp_path.iterdir()] == [old.id]
    assert store.Snapshot(old.folder).rows(Party) == rows


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no snapshot"):
        store.Snapshot(tmp_path)


ACME = Party(id="acme", schema="Company", names=(Name("Acme Wörks"), Name("大华", "alias")), source=SOURCE)
TIE = Link(id="1", kind="owns", src="acme", dst="b", source=SOURCE, since=parse_day("2012"))


@pytest.fixture
def written(tmp_path: Path) -> store.Snapshot:
    """Write a snapshot of a party and a link."""
    about = (Dataset(id="test", kind="parties", title="test", edition=date(2024, 5, 3), version="v"),)
    tables: dict[str, list[msgspec.Struct]] = {"party": [ACME], "link": [TIE]}
    said = store.Manifest(id=store.identity(tables, about), datasets=about, rows={"party": 1, "link": 1})
    return store.write(tmp_path, tables, said)


def say(snapshot: store.Snapshot, **other: object) -> store.Snapshot:
    """Write other things into the manifest of a snapshot, and open it again."""
    said = msgspec.structs.replace(snapshot.manifest, **other)
    (snapshot.folder / "manifest.json").write_bytes(msgspec.json.encode(said))
    return store.Snapshot(snapshot.folder)


def test_a_snapshot_as_it_was_written_verifies_with_the_rows_of_every_table(written: store.Snapshot) -> None:
    assert store.verify(written) == dict.fromkeys(store.TABLES, 0) | {"party": 1, "link": 1}


@pytest.mark.parametrize("table", ["party", "link", "rejected"])
def test_a_table_that_is_gone_or_cut_off_is_named(written: store.Snapshot, table: str) -> None:
    path = written.folder / f"{table}.parquet"
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(InputError, match=f"the table '{table}' cannot be read") as caught:
        store.verify(written)
    assert caught.value.where == str(written.folder)
    path.unlink()
    with pytest.raises(InputError, match=f"the table '{table}' cannot be read"):
        store.verify(written)


def test_one_changed_byte_is_found_or_changes_no_row(written: store.Snapshot) -> None:
    path = written.folder / "party.parquet"
    whole = path.read_bytes()
    found = 0
    for at in range(0, len(whole), 41):
        changed = bytearray(whole)
        changed[at] ^= 0xFF
        path.write_bytes(bytes(changed))
        try:
            store.verify(written)
        except InputError as error:
            told = error.what
        else:
            told = ""
            assert written.rows(Party) == [ACME], f"byte {at} changes a row and is not found"
        found += bool(told)
        assert not told or "'party'" in told or f"not {written.id[:12]}" in told
    assert found > 100


def test_changed_letters_of_a_name_name_the_table(written: store.Snapshot) -> None:
    path = written.folder / "party.parquet"
    with pq.ParquetWriter(path, store.to_table([], Party).schema, compression="none") as out:
        out.write_table(store.to_table([ACME], Party))
    assert store.verify(written)
    path.write_bytes(path.read_bytes().replace("大华".encode(), b"\xff\xfe\xfd\xfc\xfb\xfa"))
    with pytest.raises(InputError, match="the table 'party' cannot be read"):
        store.verify(written)


def test_a_row_that_was_changed_and_written_well_is_found(written: store.Snapshot) -> None:
    other = msgspec.structs.replace(ACME, countries=("us",))
    pq.write_table(store.to_table([other], Party), written.folder / "party.parquet")
    with pytest.raises(InputError, match=f"the rows give the id .*, not {written.id[:12]}") as caught:
        store.verify(written)
    assert "changed after it was built" in caught.value.hint


@pytest.mark.parametrize("rows", [[], [TIE, TIE]])
def test_a_row_that_was_taken_out_or_doubled_names_the_table(written: store.Snapshot, rows: list[Link]) -> None:
    pq.write_table(store.to_table(rows, Link), written.folder / "link.parquet")
    with pytest.raises(InputError, match=f"the table 'link' holds {len(rows)} rows, the manifest says 1"):
        store.verify(written)


@pytest.mark.parametrize("count", [0, 2])
def test_a_changed_count_in_the_manifest_names_the_table(written: store.Snapshot, count: int) -> None:
    with pytest.raises(InputError, match=f"the table 'party' holds 1 rows, the manifest says {count}"):
        store.verify(say(written, rows={"party": count, "link": 1}))


def test_a_changed_id_in_the_manifest_is_found(written: store.Snapshot) -> None:
    with pytest.raises(InputError, match=f"the rows give the id {written.id[:12]}, not 000000000000"):
        store.verify(say(written, id="0" * 64))


@pytest.mark.parametrize(
    "other", [{"version": "w"}, {"edition": date(2024, 5, 4)}, {"edition": None}, {"id": "tset"}], ids=str
)
def test_a_changed_edition_in_the_manifest_is_found(written: store.Snapshot, other: dict[str, object]) -> None:
    (about,) = written.manifest.datasets
    with pytest.raises(InputError, match="the rows give the id"):
        store.verify(say(written, datasets=(msgspec.structs.replace(about, **other),)))


def test_a_folder_of_another_name_is_found(written: store.Snapshot) -> None:
    moved = written.folder.rename(written.folder.with_name("1" * 64))
    with pytest.raises(InputError, match=f"the rows give the id {written.id[:12]}, not 111111111111"):
        store.verify(store.Snapshot(moved))


def test_a_manifest_that_is_cut_off_is_no_snapshot(written: store.Snapshot) -> None:
    path = written.folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(InputError, match="no snapshot"):
        store.Snapshot(written.folder)


def test_a_file_that_is_replaced_is_the_new_one_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "active"
    for content in (b"old", b"the new one"):
        store.replace(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_replacement_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "active"
    store.replace(path, b"old")
    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(OSError, match="No space left"):
        store.replace(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_stands_where_a_folder_should_be_is_no_place_to_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="Not a directory"):
        store.replace(tmp_path / "file" / "active", b"new")
