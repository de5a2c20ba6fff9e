"""The snapshots of a home: which there are, which is in use, and which may go."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from underlabel import store
from underlabel.model import InputError, UsageError
from underlabel.world import derived
from underlabel.world.adding import sweep
from underlabel.world.home import Home

_LEVEL: Final = 6


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot whose rows give its id: rows by table, and how many derived files are as they were written."""

    id: str
    rows: dict[str, int]
    derived: int


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """What was removed: snapshots and kept editions by name, and the bytes they took."""

    snapshots: tuple[str, ...]
    editions: tuple[str, ...]
    bytes: int


def snapshots(home: Home) -> tuple[store.Snapshot, ...]:
    """Every whole snapshot of a home, the newest first; one whose manifest is broken is left out."""
    found = []
    for manifest in home.snapshots.glob("[!.]*/manifest.json"):
        try:
            found.append(store.Snapshot(manifest.parent))
        except InputError:
            continue
    return tuple(sorted(found, key=lambda one: (str(one.manifest.built_at or ""), one.id), reverse=True))


def snapshot(home: Home, name: str = "") -> store.Snapshot:
    """The snapshot whose id begins with `name`; without one, that in use. Errors: `UsageError` if there is none."""
    if not name:
        active = home.active()
        if active is None:
            raise UsageError(
                "this home has no snapshot of its own: it uses the starter facts",
                hint="add a list first: underlabel lists add FILE --as NAME",
            )
        return active
    found = [one for one in snapshots(home) if one.id.startswith(name)]
    if len(found) != 1:
        what = "no snapshot" if not found else f"{len(found)} snapshots"
        raise UsageError(f"{what} begin with '{name}'", hint="`underlabel snapshot list` names them")
    return found[0]


def use(home: Home, name: str) -> store.Snapshot:
    """Use another snapshot from now on: it is verified first. Errors: as `snapshot` and `verify`."""
    with home.alone():
        found = snapshot(home, name)
        store.verify(found)
        home.activate(found)
    return found


def verify(home: Home, name: str = "") -> Verified:
    """Check a snapshot to the last row. Errors: `InputError` for the first table or file that was changed."""
    found = snapshot(home, name)
    return Verified(id=found.id, rows=store.verify(found), derived=derived.verify(found))


def export(home: Home, into: Path, name: str = "") -> store.Snapshot:
    """Write a snapshot and the editions it was built from as a tar file; the same snapshot gives the same bytes.

    Unpacked into the folder of another home it can be used there (`snapshot use ID`). What is derived is left out:
    it is made anew. Errors: `InputError` where it cannot be written, or where a part is missing: what stood at
    `into` then stays.
    """
    found = snapshot(home, name)
    special = into.exists() and not into.is_file()
    beside = into if special else into.with_name(f".{into.name}-{os.getpid()}")
    try:
        with (
            beside.open("wb") as raw,
            gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            for path in sorted(_parts(home, found)):
                tar.addfile(_plain(tar.gettarinfo(path, path.relative_to(home.folder).as_posix())), _read(path))
        if not special:
            beside.replace(into)
    except OSError as error:
        raise InputError(
            f"the snapshot cannot be exported: {error.strerror or error}",
            where=str(into),
            hint="check the room left on the disk and the rights of the folder",
        ) from error
    finally:
        if not special:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    return found


def gc(home: Home, keep: int) -> Removed:
    """Remove all but the `keep` newest snapshots and the one in use, and editions that none of those left rests on."""
    with home.alone():
        sweep(home)
        active = home.active()
        every = snapshots(home)
        stay = {one.id for one in every[:keep]} | ({active.id} if active is not None else set())
        names = {name for one in every if one.id in stay for name in one.manifest.editions}
        gone = [one.folder for one in every if one.id not in stay]
        left = [path for path in home.editions.glob("*/*.json.gz") if _edition(home, path) not in names]
        size = sum(_size(path) for path in (*gone, *left))
        for folder in gone:  # half removed it is no snapshot: the next to change this home sweeps it out
            shutil.rmtree(folder.rename(folder.with_name(f"{store.BUILDING}{folder.name}")))
        for path in left:
            path.unlink()
    return Removed(
        snapshots=tuple(sorted(path.name for path in gone)),
        editions=tuple(sorted(_edition(home, path) for path in left)),
        bytes=size,
    )


def _parts(home: Home, found: store.Snapshot) -> Iterator[Path]:
    yield from (path for path in found.folder.iterdir() if path.is_file())
    yield from (home.editions / f"{name}.json.gz" for name in found.manifest.editions)


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member without clock and owner."""
    info.mtime, info.uid, info.gid, info.uname, info.gname, info.mode = 0, 0, 0, "", "", 0o644
    return info


def _read(path: Path) -> io.BytesIO:
    return io.BytesIO(path.read_bytes())


def _edition(home: Home, path: Path) -> str:
    return path.relative_to(home.editions).as_posix().removesuffix(".json.gz")


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in (path.rglob("*") if path.is_dir() else (path,)) if one.is_file())
