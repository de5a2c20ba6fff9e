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
)
from underlabel.store.tables import digest, from_table, to_table

Noun = TypeVar("Noun", bound=msgspec.Struct)

TABLES: Final[Mapping[str, type[msgspec.Struct]]] = {
    "party": Party,
    "category": Category,
    "listing": Listing,
    "absence": Absence,
    "link": Link,
    "block": Block,
    "article": Article,
    "claim": Claim,
    "rejected": Rejected,
}
DERIVED: Final = "derived"
_MANIFEST: Final = "manifest.json"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot holds: its id, the datasets it was built from, the rows of each table.

    The id depends on rows and inputs alone; `tool` and `built_at` are outside it, as is `starter`, a digest
    of the package's facts that it was built on (empty: not stated).
    """

    id: str
    datasets: tuple[Dataset, ...]
    rows: dict[str, int]
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

    def rows(self, noun: type[Noun]) -> list[Noun]:
        """All rows of one noun."""
        name = next(name for name, held in TABLES.items() if held is noun)
        return from_table(self.table(name), noun)

    def table(self, name: str) -> pa.Table:
        """One table as Arrow."""
        try:
            return pq.read_table(self.folder / f"{name}.parquet", memory_map=True)
        except (OSError, pa.ArrowException) as error:
            raise InputError(
                f"the table '{name}' cannot be read", where=str(self.folder), hint="build the snapshot again"
            ) from error


def identity(tables: Mapping[str, Sequence[msgspec.Struct]], datasets: Sequence[Dataset]) -> str:
    """A snapshot's id: SHA-256 over its canonical rows and the content hashes of its inputs."""
    sha = hashlib.sha256()
    for name in TABLES:
        sha.update(f"{name}:{digest(tables.get(name, ()))}\n".encode())
    for dataset in sorted(datasets, key=lambda one: one.id):
        sha.update(f"{dataset.id}:{dataset.version}\n".encode())
    return sha.hexdigest()


def write(
    parent: Path,
    tables: Mapping[str, Sequence[msgspec.Struct]],
    manifest: Manifest,
    derive: Callable[[Path], None] | None = None,
) -> Snapshot:
    """Write a snapshot as `parent`/ID and open it; one that is there already is kept as it is.

    It is written beside and renamed into place, so a crash leaves the old ones whole. `derive` may
    add derived files below the folder it is given. Errors: `InputError` where the disk refuses.
    """
    final = parent / manifest.id
    if (final / _MANIFEST).exists():
        return Snapshot(final)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".building-", dir=parent))
        try:
            _fill(building, tables, manifest, derive)
            building.rename(final)
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


def _fill(
    building: Path,
    tables: Mapping[str, Sequence[msgspec.Struct]],
    manifest: Manifest,
    derive: Callable[[Path], None] | None,
) -> None:
    for name, noun in TABLES.items():
        pq.write_table(to_table(tables.get(name, ()), noun), building / f"{name}.parquet", compression="zstd")
    if derive is not None:
        (building / DERIVED).mkdir()
        derive(building / DERIVED)
    (building / _MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    building.chmod(0o755)
