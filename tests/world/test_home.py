"""The home folder: two who add at once, a home that cannot be written, builds that were broken off."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from tests.world.making import facts, party
from underlabel import store, world
from underlabel.model import InputError


def added(folder: Path, name: str) -> str:
    one = party(f"{name} Works Ltd", name)
    return world.add(world.home(folder), [facts(name, one, listed=(one,))]).id


def started(folder: Path) -> str:
    return world.open_world(world.home(folder)).snapshot.id


def test_two_who_add_at_once_both_stay(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(added, [tmp_path] * 3, ["x", "y", "z"]))
    held = {one.id for one in world.open_world(world.home(tmp_path)).datasets}
    assert {"x", "y", "z"} <= held


def test_a_home_that_another_changes_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    with home.alone(), pytest.raises(InputError, match="another process"), home.alone(wait=0.1):
        pass
    with home.alone(wait=0.1):
        pass


def test_two_first_uses_at_once_both_answer(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        first, second = pool.map(started, [tmp_path] * 2)
    assert first == second


def test_a_half_built_starter_snapshot_is_not_opened(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    whole = world.starter_snapshot(home)
    half = whole.folder.parent / ".building-half"
    half.mkdir()
    (half / "manifest.json").write_bytes((whole.folder / "manifest.json").read_bytes())
    assert world.starter_snapshot(home).folder == whole.folder


def test_an_unwritable_home_leaves_nothing_in_the_temporary_folder(tmp_path: Path) -> None:
    blocked, temporary = tmp_path / "home", tmp_path / "tmp"
    blocked.mkdir()
    temporary.mkdir()
    (blocked / "starter").write_text("a file stands where the folder should be")
    code = "import sys; from pathlib import Path; from underlabel import world;"
    code += "print(world.open_world(world.home(Path(sys.argv[1]))).label)"
    env = os.environ | {"TMPDIR": str(temporary)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(blocked)], env=env, capture_output=True, text=True, check=True
    )
    assert "starter facts" in done.stdout
    assert list(temporary.iterdir()) == []


def test_an_interrupt_leaves_no_half_built_folder(tmp_path: Path) -> None:
    def interrupted(_: Path) -> None:
        raise KeyboardInterrupt

    manifest = store.Manifest(id="1" * 64, datasets=(), rows={})
    with pytest.raises(KeyboardInterrupt):
        store.write(tmp_path, {}, manifest, interrupted)
    assert list(tmp_path.iterdir()) == []


def test_adding_sweeps_out_what_a_killed_build_left(tmp_path: Path) -> None:
    left = world.home(tmp_path).snapshots / ".building-left"
    left.mkdir(parents=True)
    added(tmp_path, "x")
    assert not left.exists()


def test_a_snapshot_on_older_starter_facts_says_so(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    added(tmp_path, "x")
    assert "older" not in world.open_world(home).label
    snapshot = home.active()
    assert snapshot is not None
    manifest = msgspec.structs.replace(snapshot.manifest, starter="of an earlier release")
    (snapshot.folder / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    assert world.open_world(home).label.endswith(", built on older starter facts")
