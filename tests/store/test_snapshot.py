"""Snapshots: the same rows give the same id, and a crash leaves what was there."""

from __future__ import annotations

from pathlib import Path

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
