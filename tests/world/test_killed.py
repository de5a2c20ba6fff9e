"""Kill -9 at any moment leaves the old snapshot whole, and what comes next works as if nothing had been."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import msgspec
import pytest

from tests.world import dying
from underlabel import match, world
from underlabel.model import Held, Query
from underlabel.world import adding

SEED = 20191009
EVENTS, TIMES, FIRST = 45, 16, 10
ASKED = dying.DAYS[1]


class Known(msgspec.Struct, frozen=True):
    """A home before and after an undisturbed act: its snapshots' ids and its files."""

    folder: Path
    old: str
    new: str
    files: frozenset[str]


def chance() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - the moments to be killed at are no secret


def files(folder: Path) -> frozenset[str]:
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def in_use(folder: Path) -> str:
    return world.home(folder).named() or ""


@pytest.fixture(scope="module", autouse=True)
def quick() -> object:
    """Build on none of the package's facts, as the processes that are killed do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "starter", dying.nothing)
        yield


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Make a home with the old edition, and learn what adding the new one to it gives."""
    folder = tmp_path_factory.mktemp("known") / "home"
    old = world.add(world.home(folder), [dying.OLD]).id
    after = copied(folder, folder.with_name("after"))
    dying.add(after)
    return Known(folder, old, in_use(after), files(after))


def copied(folder: Path, into: Path) -> Path:
    if folder.exists():
        shutil.copytree(folder, into)
    return into


def listed(folder: Path) -> set[str]:
    """Who stands on the list by the snapshot in use, asked in every way a user asks."""
    opened = world.open_world(world.home(folder))
    found = {one for one, state in opened.starts(("l",), ASKED).items() if state is Held.YES}
    assert set(opened.parties) == set(opened.listings) == found
    (hits,) = match.find(opened.index, [Query("Acme Works Limited")])
    assert [hit.party for hit in hits.hits] == [dying.ACME.id]
    return found


def whole(folder: Path, known: Known) -> None:
    """Check that the snapshot in use is the old one or the new one, and as it was built."""
    used = in_use(folder)
    assert used in {known.old, known.new}
    assert world.verify(world.home(folder)).id == used
    assert listed(folder) == ({dying.ACME.id} if used == known.old else {dying.ACME.id, dying.ZETA.id})
    assert used in {one.id for one in world.snapshots(world.home(folder))}


def goes_on(folder: Path, known: Known) -> None:
    """Check that the next add works, gives what it would have given, and sweeps out what was left."""
    dying.add(folder)
    assert in_use(folder) == known.new
    assert world.verify(world.home(folder)).id == known.new
    assert listed(folder) == {dying.ACME.id, dying.ZETA.id}
    assert files(folder) == known.files


def test_killed_at_any_event_of_the_file_system_a_build_leaves_the_old_snapshot_whole(
    known: Known, tmp_path: Path
) -> None:
    every = dying.events(dying.add, copied(known.folder, tmp_path / "undisturbed"))
    assert files(tmp_path / "undisturbed") == known.files
    assert {"open", "os.rename", "os.mkdir"} <= set(every)
    assert len(every) > EVENTS
    last_rename = len(every) - every[::-1].index("os.rename")
    points = {*chance().sample(range(1, len(every) + 1), EVENTS), 1, last_rename, last_rename + 1}
    found = set()
    for point in sorted(points):
        folder = copied(known.folder, tmp_path / str(point))
        assert dying.killed_at(dying.add, folder, point), f"it never came to event {point}"
        whole(folder, known)
        found.add(in_use(folder))
        goes_on(folder, known)
    assert found == {known.old, known.new}, "it was killed before and after the new one came into use"


def test_killed_at_any_time_a_build_leaves_the_old_snapshot_whole(known: Known, tmp_path: Path) -> None:
    moments, killed = chance(), 0
    lasting = dying.lasting(dying.add, copied(known.folder, tmp_path / "undisturbed"))
    for number in range(5 * TIMES):
        folder = copied(known.folder, tmp_path / str(number))
        killed += dying.killed_after(dying.add, folder, moments.uniform(0, lasting))
        whole(folder, known)
        goes_on(folder, known)
        if killed == TIMES:
            break
    assert killed == TIMES


def test_killed_while_it_builds_the_first_snapshot_a_home_stays_without_one_or_has_it_whole(
    known: Known, tmp_path: Path
) -> None:
    undisturbed = tmp_path / "undisturbed"
    every = dying.events(dying.add, undisturbed)
    for point in chance().sample(range(1, len(every) + 1), FIRST):
        folder = tmp_path / str(point)
        assert dying.killed_at(dying.add, folder, point)
        assert in_use(folder) in {"", in_use(undisturbed)}
        dying.add(folder)
        assert in_use(folder) == in_use(undisturbed) != known.new
        assert files(folder) == files(undisturbed)


def test_killed_while_it_clears_a_home_keeps_what_is_in_use_and_builds_again_what_went(
    known: Known, tmp_path: Path
) -> None:
    base = copied(known.folder, tmp_path / "base")
    dying.add(base)
    world.use(world.home(base), known.old)
    every = dying.events(dying.clear, copied(base, tmp_path / "undisturbed"))
    assert set(every) >= {"os.rename", "os.remove", "os.rmdir"}
    for point in range(1, len(every) + 1, 2):
        folder = copied(base, tmp_path / str(point))
        assert dying.killed_at(dying.clear, folder, point)
        assert in_use(folder) == known.old
        whole(folder, known)
        again = copied(folder, tmp_path / f"{point} again")
        goes_on(folder, known)
        dying.clear(again)
        assert files(again) == files(tmp_path / "undisturbed")
