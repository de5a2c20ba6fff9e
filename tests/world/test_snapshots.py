"""The snapshots of a home: listed, checked, chosen, carried to another home, cleared away."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.world.making import facts, party
from underlabel import match, store, world
from underlabel.model import Facts, Held, InputError, Party, Query, UsageError
from underlabel.world import adding, derived

ACME, ZETA = party("Acme Works Ltd", "l"), party("Zeta Works Ltd", "l")
DAYS = (date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1))


def edition(day: date, *listed: Party) -> Facts:
    return facts("l", *listed, listed=listed, edition=day)


EDITIONS = tuple(edition(day, *listed) for day, listed in zip(DAYS, ((ACME,), (ACME, ZETA), (ZETA,)), strict=True))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> world.Home:
    """Make a home of three snapshots, without the facts of the package: it is built in no time."""
    monkeypatch.setattr(adding, "starter", tuple)
    made = world.home(tmp_path / "home")
    for one in EDITIONS:
        world.add(made, [one])
    return made


def in_use(home: world.Home) -> str:
    active = home.active()
    assert active is not None
    return active.id


def ids(home: world.Home) -> list[str]:
    return [one.id for one in world.snapshots(home)]


def answers(home: world.Home) -> tuple[object, ...]:
    opened = world.open_world(home)
    (found,) = match.find(opened.index, [Query("Acme Works Limited")])
    return (
        dict(opened.parties),
        dict(opened.listings),
        [opened.starts(("l",), day) for day in DAYS],
        [hit.party for hit in found.hits],
        opened.holding("zeta"),
    )


def test_snapshots_are_told_the_newest_first_and_the_last_one_added_is_in_use(home: world.Home) -> None:
    found = world.snapshots(home)
    built = [str(one.manifest.built_at) for one in found]
    assert built == sorted(built, reverse=True)
    assert [len(one.manifest.editions) for one in found] == [3, 2, 1]
    assert in_use(home) == found[0].id


def test_what_is_half_built_or_broken_is_no_snapshot(home: world.Home) -> None:
    newest, *rest = world.snapshots(home)
    shutil.copytree(newest.folder, home.snapshots / ".building-half")
    (rest[0].folder / "manifest.json").write_bytes(b"{")
    (rest[1].folder / "manifest.json").unlink()
    assert ids(home) == [newest.id]


def test_a_home_without_snapshots_has_none_to_tell_or_check(tmp_path: Path) -> None:
    empty = world.home(tmp_path / "none")
    assert world.snapshots(empty) == ()
    for act in (lambda: world.verify(empty), lambda: world.export(empty, tmp_path / "x.tar.gz")):
        with pytest.raises(UsageError, match="no snapshot of its own") as caught:
            act()
        assert "lists add" in caught.value.hint
    assert not (tmp_path / "x.tar.gz").exists()


def test_a_snapshot_as_it_was_built_is_verified(home: world.Home) -> None:
    found = world.verify(home)
    assert (found.id, found.rows["party"]) == (in_use(home), 2)
    assert found.derived == len(list((home.snapshots / found.id / "derived").rglob("*.*"))) - 1
    assert world.verify(home, ids(home)[-1][:10]).id == ids(home)[-1]


@pytest.mark.parametrize("name", ["party.arrow", "stands.json", "names/party_of.npy"])
def test_a_derived_file_that_was_changed_is_named(home: world.Home, name: str) -> None:
    path = home.snapshots / in_use(home) / "derived" / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(InputError, match=f"the derived file '{name}' is not as it was written") as caught:
        world.verify(home)
    assert "'derived'" in caught.value.hint
    path.unlink()
    with pytest.raises(InputError, match=f"'{name}'"):
        world.verify(home)


def test_a_derived_file_that_nobody_wrote_is_named(home: world.Home) -> None:
    (home.snapshots / in_use(home) / "derived" / "more.arrow").write_bytes(b"")
    with pytest.raises(InputError, match=r"'more\.arrow'"):
        world.verify(home)


def test_what_is_derived_is_made_anew_when_it_is_gone_and_answers_the_same(home: world.Home) -> None:
    before, whole = answers(home), world.verify(home)
    folder = home.snapshots / in_use(home) / "derived"
    rights = folder.stat().st_mode
    shutil.rmtree(folder)
    assert world.verify(home) == msgspec.structs.replace(whole, derived=0)
    assert answers(home) == before
    assert world.verify(home) == whole
    assert folder.stat().st_mode == rights, "others who share the home may read it as before"
    assert sorted(path.name for path in folder.parent.iterdir()) == sorted(
        [*(f"{name}.parquet" for name in store.TABLES), "derived", "manifest.json"]
    )


def test_several_who_make_anew_what_is_derived_at_once_all_answer(home: world.Home) -> None:
    before, whole = answers(home), world.verify(home)
    folder = home.snapshots / in_use(home)
    for _ in range(5):
        shutil.rmtree(folder / "derived")
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(answers, [home] * 4)) == [before] * 4
        assert world.verify(home) == whole
        assert not list(folder.glob(".*"))


def test_what_another_version_derived_is_made_anew(home: world.Home) -> None:
    before, whole = answers(home), world.verify(home)
    folder = home.snapshots / in_use(home) / "derived"
    (folder / "party.arrow").write_bytes(b"of another version")
    (folder / "about.json").write_bytes(b'{"builder":0,"files":{}}')
    assert answers(home) == before
    assert world.verify(home) == whole


def test_another_snapshot_is_used_by_the_beginning_of_its_id(home: world.Home) -> None:
    newest, middle, oldest = ids(home)
    assert world.use(home, oldest[:12]).id == oldest
    assert in_use(home) == oldest
    assert ZETA.id not in world.open_world(home).parties
    world.use(home, middle)
    assert world.open_world(home).starts(("l",), DAYS[1]) == {ACME.id: Held.YES, ZETA.id: Held.YES}
    assert ids(home) == [newest, middle, oldest]


def test_the_next_list_is_added_to_the_snapshot_in_use(home: world.Home) -> None:
    newest, *_, oldest = ids(home)
    world.use(home, oldest)
    assert world.add(home, [EDITIONS[2]]).manifest.editions == tuple(
        name for name in store.Snapshot(home.snapshots / newest).manifest.editions if "2022" not in name
    )


@pytest.mark.parametrize(
    ("name", "what"), [("0123456789abcdef", "no snapshot begin"), ("x", "no snapshot"), ("..", "no snapshot")]
)
def test_an_id_that_no_snapshot_has_is_a_usage_error(home: world.Home, name: str, what: str) -> None:
    before = in_use(home)
    for act in (world.use, world.verify):
        with pytest.raises(UsageError, match=what) as caught:
            act(home, name)
        assert "snapshot list" in caught.value.hint
    assert in_use(home) == before


def test_a_beginning_that_several_share_is_a_usage_error(home: world.Home) -> None:
    one = world.snapshots(home)[1]
    twin = home.snapshots / f"{one.id[:12]}{'0' * 52}"
    shutil.copytree(one.folder, twin)
    said = msgspec.structs.replace(one.manifest, id=twin.name)
    (twin / "manifest.json").write_bytes(msgspec.json.encode(said))
    with pytest.raises(UsageError, match="2 snapshots"):
        world.use(home, one.id[:12])
    assert world.use(home, one.id).id == one.id


def test_a_snapshot_that_was_changed_is_not_used(home: world.Home) -> None:
    newest, middle, _ = world.snapshots(home)
    shutil.copy(newest.folder / "listing.parquet", middle.folder / "listing.parquet")
    with pytest.raises(InputError, match="the table 'listing' holds 3 rows, the manifest says 2"):
        world.use(home, middle.id)
    assert in_use(home) == newest.id


def test_two_exports_of_one_snapshot_are_equal_byte_for_byte(home: world.Home, tmp_path: Path) -> None:
    one, other = tmp_path / "one.tar.gz", tmp_path / "other.tar.gz"
    assert world.export(home, one).id == in_use(home)
    for path in (home.snapshots / in_use(home)).glob("*.parquet"):
        path.touch()
    shutil.rmtree(home.snapshots / in_use(home) / "derived")
    world.export(home, other)
    assert one.read_bytes() == other.read_bytes()
    with tarfile.open(one) as tar:
        members = tar.getmembers()
    assert {(one.mtime, one.uid, one.gid, one.uname, one.mode) for one in members} == {(0, 0, 0, "", 0o644)}
    names = {one.name for one in members}
    assert len(names) == len(members) == len(store.TABLES) + 1 + 3
    assert not any("derived" in name or ".lock" in name or name.startswith(("/", "..")) for name in names)


def test_an_export_is_verified_used_and_added_to_in_another_home(home: world.Home, tmp_path: Path) -> None:
    exported = world.export(home, tmp_path / "x.tar.gz", ids(home)[1][:8])
    other = world.home(tmp_path / "other")
    with tarfile.open(tmp_path / "x.tar.gz") as tar:
        tar.extractall(other.folder, filter="data")
    assert world.verify(other, exported.id).id == exported.id
    world.use(other, exported.id[:12])
    world.use(home, exported.id)
    assert answers(other) == answers(home)
    assert world.add(other, [EDITIONS[2]]).id == world.add(home, [EDITIONS[2]]).id
    assert world.editions(other, "l") == world.editions(home, "l")


def test_an_export_without_one_of_its_editions_fails_and_leaves_what_stood_there(
    home: world.Home, tmp_path: Path
) -> None:
    target = tmp_path / "export" / "x.tar.gz"
    target.parent.mkdir()
    world.export(home, target)
    before = target.read_bytes()
    (home.editions / f"{store.Snapshot(home.snapshots / in_use(home)).manifest.editions[0]}.json.gz").unlink()
    with pytest.raises(InputError, match="cannot be exported"):
        world.export(home, target)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_an_export_into_no_folder_says_so(home: world.Home, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in ("nowhere", "file"):
        with pytest.raises(InputError, match="cannot be exported") as caught:
            world.export(home, tmp_path / folder / "x.tar.gz")
        assert caught.value.hint
    with pytest.raises(InputError, match="cannot be exported"):
        world.export(home, tmp_path)


def kept(home: world.Home) -> set[str]:
    return {path.relative_to(home.editions).as_posix() for path in home.editions.rglob("*.json.gz")}


def test_clearing_keeps_the_newest_and_the_one_in_use(home: world.Home) -> None:
    newest, middle, oldest = ids(home)
    world.use(home, oldest)
    gone = world.gc(home, 1)
    assert gone.snapshots == (middle,)
    assert ids(home) == [newest, oldest]
    gone = world.gc(home, 0)
    assert gone.snapshots == (newest,)
    assert ids(home) == [oldest] == [in_use(home)]
    assert gone.bytes > 10_000
    assert world.verify(home).id == oldest
    assert world.gc(home, 0) == world.Removed(snapshots=(), editions=(), bytes=0)


def test_clearing_keeps_the_editions_that_the_rest_needs(home: world.Home) -> None:
    every = kept(home)
    assert len(every) == 3
    assert world.gc(home, 1).editions == ()
    assert kept(home) == every
    world.use(home, ids(home)[0])
    replaced = msgspec.structs.replace(
        EDITIONS[2], dataset=msgspec.structs.replace(EDITIONS[2].dataset, version="other")
    )
    world.add(home, [replaced])
    gone = world.gc(home, 1)
    assert gone.editions == ("l/2023-01-01-l20230101",)
    assert {f"{one}.json.gz" for one in gone.editions} == every - kept(home)
    assert answers(home)


def test_after_clearing_the_next_list_is_added_as_before(home: world.Home, tmp_path: Path) -> None:
    other = world.home(tmp_path / "other")
    shutil.copytree(home.folder, other.folder)
    world.use(home, ids(home)[-1])
    world.use(other, ids(other)[-1])
    assert len(world.gc(home, 0).editions) == 2
    for one in EDITIONS[1:]:
        assert world.add(home, [one]).id == world.add(other, [one]).id
    assert answers(home) == answers(other)


def test_clearing_sweeps_out_what_was_left_half_done(home: world.Home) -> None:
    left = home.snapshots / f"{store.BUILDING}left"
    shutil.copytree(home.snapshots / in_use(home), left)
    gone = world.gc(home, 5)
    assert not left.exists()
    assert gone.snapshots == ()
    assert len(ids(home)) == 3


def test_a_snapshot_half_removed_does_not_stand_in_the_way_of_building_it_again(home: world.Home) -> None:
    newest, *_ = ids(home)
    world.use(home, ids(home)[1])
    (home.snapshots / newest / "manifest.json").unlink()  # what a clearing that was killed leaves
    assert world.add(home, [EDITIONS[2]]).id == newest
    assert world.verify(home).id == newest


def test_a_home_whose_snapshot_in_use_is_lost_can_still_be_told_and_mended(home: world.Home) -> None:
    newest, middle, _ = ids(home)
    shutil.rmtree(home.snapshots / newest)
    for act in (lambda: world.open_world(home), lambda: world.add(home, [EDITIONS[0]]), lambda: world.gc(home, 0)):
        with pytest.raises(InputError, match="the snapshot in use is lost") as caught:
            act()
        assert "snapshot use" in caught.value.hint
    assert home.named() == newest
    world.use(home, middle)
    assert in_use(home) == middle


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"0000"])
def test_a_home_that_names_no_whole_snapshot_is_not_taken_for_a_new_one(home: world.Home, content: bytes) -> None:
    (home.folder / "active").write_bytes(content)
    with pytest.raises(InputError, match="the snapshot in use is lost"):
        world.open_world(home)
    with pytest.raises(InputError, match="the snapshot in use is lost"):
        world.add(home, [EDITIONS[0]])


def test_what_another_process_derived_first_is_used(home: world.Home, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home.snapshots / in_use(home)
    whole, before = world.verify(home), answers(home)
    shutil.move(folder / "derived", folder.parent / "theirs")
    made = derived.derive

    def late(into: Path, tables: Mapping[str, Sequence[object]]) -> None:
        made(into, tables)
        shutil.move(folder.parent / "theirs", folder / "derived")

    monkeypatch.setattr(derived, "derive", late)
    assert answers(home) == before
    assert world.verify(home) == whole
    assert not list(folder.glob(".*"))


def test_a_derived_folder_that_cannot_be_replaced_leaves_nothing_behind(
    home: world.Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home.snapshots / in_use(home)
    shutil.rmtree(folder / "derived")
    before = set(Path(tempfile.gettempdir()).iterdir())

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "lay", failing)
    with pytest.raises(OSError, match="No space left"):
        world.open_world(home)
    assert set(Path(tempfile.gettempdir()).iterdir()) <= before
    assert not list(folder.glob(".*"))
