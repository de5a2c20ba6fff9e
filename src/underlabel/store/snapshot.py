"""Snapshots: a folder of Parquet tables and a manifest, built beside the old one and renamed into place."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from underlabel.model import (
    Absence,
    Article,
    Block,
    Category,
    Claim,
    Dataset,
    InputError,
    Link,
    Listing,
    Party,
    Rejected,
    Undisclosed,
)
from underlabel.store import disk
from underlabel.store.tables import batches, combined, digest, from_table, schema

Noun = TypeVar("Noun", bound=msgspec.Struct)

TABLES: Final[Mapping[str, type[msgspec.Struct]]] = {
    "party": Party,
    "category": Category,
    "listing": Listing,
    "absence": Absence,
    "link": Link,
    "undisclosed": Undisclosed,
    "block": Block,
    "article": Article,
    "claim": Claim,
    "rejected": Rejected,
}
_LATER: Final = frozenset({"undisclosed"})
"""Tables that snapshots of older versions do not have: empty there, and left out of the id while they are."""
DERIVED: Final = "derived"
BUILDING: Final = ".building-"
_MANIFEST: Final = "manifest.json"
_INPUT: Final = ("id", "edition", "version", "coverage", "lists", "entries", "accepted")
"""What of a dataset decides answers, and so belongs to the id."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot holds: its id, the editions it was built from, the rows of each table.

    `editions` names those that are kept beside the snapshots, to build the next one from. The id depends
    on rows and inputs alone; `tool` and `built_at` are outside it, as is `starter`, a digest of the
    package's facts that it was built on (empty: not stated).
    """

    id: str
    datasets: tuple[Dataset, ...]
    rows: dict[str, int]
    editions: tuple[str, ...] = ()
    tool: str = ""
    built_at: datetime | None = None
    starter: str = ""


class Snapshot:
    """One snapshot on disk, read a table at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the snapshot in `folder`. Errors: `InputError` where its manifest is missing or broken."""
        self.folder = folder
        try:
            self.manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            raise InputError(
                "this is no snapshot", where=str(folder), hint="build one again: underlabel lists add FILE --as NAME"
            ) from error

    @property
    def id(self) -> str:
        """The snapshot's id."""
        return self.manifest.id

    @property
    def derived(self) -> Path:
        """The folder of what was derived from the tables to be asked fast."""
        return self.folder / DERIVED

    def rows(self, noun: type[Noun]) -> list[Noun]:
        """All rows of one noun. Errors: `InputError` where its table cannot be read."""
        name = next(name for name, held in TABLES.items() if held is noun)
        try:
            return from_table(self.table(name), noun)
        except (ValueError, OverflowError, msgspec.ValidationError) as error:  # changed bytes that are no such rows
            raise self._unreadable(name) from error

    def table(self, name: str) -> pa.Table:
        """One table as Arrow. Errors: `InputError` where it cannot be read."""
        path = self.folder / f"{name}.parquet"
        if name in _LATER and not self.manifest.rows.get(name) and not path.exists():
            return schema(TABLES[name]).empty_table()
        try:
            return pq.read_table(path, memory_map=True)
        except (OSError, pa.ArrowException) as error:
            raise self._unreadable(name) from error

    def _unreadable(self, name: str) -> InputError:
        return InputError(f"the table '{name}' cannot be read", where=str(self.folder), hint="build the snapshot again")


def identity(tables: Mapping[str, Sequence[msgspec.Struct]], datasets: Sequence[Dataset]) -> str:
    """A snapshot's id: SHA-256 over its canonical rows and the content hashes of its inputs."""
    return _identity({name: digest(tables.get(name, ())) for name in TABLES}, datasets)


def verify(snapshot: Snapshot) -> dict[str, int]:
    """The rows of each table, when all of them are as they were written.

    Errors: `InputError` naming the first table that cannot be read, holds another number of rows
    than the manifest says, or, where the id does not follow from the rows, the snapshot.
    """
    digests, held = {}, {}
    for name, noun in TABLES.items():
        rows: list[msgspec.Struct] = snapshot.rows(noun)
        digests[name], held[name] = digest(rows), len(rows)
        said = snapshot.manifest.rows.get(name, 0)
        if len(rows) != said:
            raise InputError(
                f"the table '{name}' holds {len(rows)} rows, the manifest says {said}",
                where=str(snapshot.folder),
                hint="this snapshot was changed after it was built: build it again",
            )
    found = _identity(digests, snapshot.manifest.datasets)
    other = next((one for one in (snapshot.id, snapshot.folder.name) if one != found), None)
    if other is not None:
        raise InputError(
            f"the rows give the id {found[:12]}, not {other[:12]}",
            where=str(snapshot.folder),
            hint="this snapshot was changed after it was built: build it again",
        )
    return held


def write(
    parent: Path,
    tables: Mapping[str, Sequence[msgspec.Struct]],
    manifest: Manifest,
    derive: Callable[[Path], None] | None = None,
) -> Snapshot:
    """Write a snapshot as `parent`/ID and open it; one that is there already is kept as it is.

    It is written beside, forced to the disk and renamed into place, so a crash leaves the old ones whole.
    `derive` may add derived files below the folder it is given. Errors: `InputError` where the disk refuses.
    """
    final = parent / manifest.id
    if (final / _MANIFEST).exists():
        return Snapshot(final)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=parent))
        try:
            _fill(building, tables, manifest, derive)
            disk.settle(building)
            _place(building, final)
            disk.settle(parent, deep=False)
        except BaseException:  # an interrupt leaves nothing behind either
            shutil.rmtree(building, ignore_errors=True)
            raise
    except OSError as error:
        if (final / _MANIFEST).exists():  # another process was first, with the same rows
            return Snapshot(final)
        raise InputError(
            f"the snapshot cannot be written: {error.strerror}",
            where=str(parent),
            hint="free some space, or name another folder with --home",
        ) from error
    return Snapshot(final)


def _place(building: Path, final: Path) -> None:
    """Rename a snapshot into its place; what is left there of one half removed gives way, a whole one never."""
    try:
        building.rename(final)
    except OSError:
        if (final / _MANIFEST).exists():
            raise
        shutil.rmtree(final, ignore_errors=True)
        building.rename(final)


def _identity(digests: Mapping[str, str], datasets: Sequence[Dataset]) -> str:
    nothing = digest(())
    lines = [f"{name}:{digests[name]}" for name in TABLES if name not in _LATER or digests[name] != nothing]
    lines += [msgspec.json.encode([getattr(one, name) for name in _INPUT]).decode() for one in datasets]
    return combined(hashlib.sha256(line.encode()).digest() for line in lines)


def _fill(
    building: Path,
    tables: Mapping[str, Sequence[msgspec.Struct]],
    manifest: Manifest,
    derive: Callable[[Path], None] | None,
) -> None:
    for name, noun in TABLES.items():
        with pq.ParquetWriter(building / f"{name}.parquet", schema(noun), compression="zstd") as out:
            for batch in batches(tables.get(name, ()), noun):
                out.write_batch(batch)
    if derive is not None:
        (building / DERIVED).mkdir()
        derive(building / DERIVED)
    (building / _MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    building.chmod(0o755)
