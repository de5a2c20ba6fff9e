"""What is derived from a snapshot's rows so that it opens at once: names, rows by party, who stands for whom."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from underlabel import match, names, store
from underlabel.model import Absence, Category, InputError, Link, Listing, Party
from underlabel.world.join import clusters

BUILDER: Final = 3
"""Raised whenever the derived files come to mean something else."""
LABEL: Final = "label:"
TIES: Final = ""
"""The key of all links but those of parties that hold nothing, which bear their kind."""
_ABOUT: Final = "about.json"
_INDEX: Final = "names"
_STANDS: Final = "stands.json"


class About(msgspec.Struct, frozen=True):
    """Which version derived the files, and the SHA-256 of each."""

    builder: int
    files: dict[str, str]


class Derived:
    """The derived files of one snapshot, opened memory-mapped and made anew where they are of another version."""

    def __init__(self, snapshot: store.Snapshot) -> None:
        """Open them. Errors: `InputError` where the snapshot's own tables cannot be read."""
        self.folder = _sound(snapshot)
        stands = msgspec.json.decode((self.folder / _STANDS).read_bytes(), type=dict[str, str])
        self.stands_for: Mapping[str, str] = stands
        self.party = store.open_shelf(self.folder / "party.arrow", Party)
        self.category = store.open_shelf(self.folder / "category.arrow", Category)
        self.listing = store.open_shelf(self.folder / "listing.arrow", Listing)
        self.absence = store.open_shelf(self.folder / "absence.arrow", Absence)
        self.link = store.open_shelf(self.folder / "link.arrow", Link)

    def index(self) -> match.Index:
        """All names, to be searched: those that no newest edition bears, too."""
        try:
            return match.load(self.folder / _INDEX)
        except InputError:  # made by another version: the names are at hand, so it is made again
            return index(self.party.all())


def derive(folder: Path, tables: Mapping[str, Sequence[Any]]) -> None:
    """Write the derived files of these rows into a folder. Rows that speak of nobody described are left out."""
    parties, classes = tables["party"], tables["category"]
    stands = _stands(classes, tables["link"])
    known = {one.id for rows in (parties, classes) for one in rows}

    def one(name: str) -> str:
        return stands.get(name, name)

    def described(row: Link) -> bool:
        return all(end in known or end.startswith(LABEL) for end in (row.src, row.dst))

    store.lay(folder / "party.arrow", parties, Party, lambda row: one(row.id))
    store.lay(folder / "category.arrow", classes, Category, lambda row: one(row.id))
    for name, noun in (("listing", Listing), ("absence", Absence)):
        rows = [row for row in tables[name] if row.subject in known]
        store.lay(folder / f"{name}.arrow", rows, noun, lambda row: one(row.subject))
    links = [row for row in tables["link"] if described(row)]
    store.lay(folder / "link.arrow", links, Link, _apart)
    (folder / _STANDS).write_bytes(msgspec.json.encode(stands, order="sorted"))
    index(parties).save(folder / _INDEX)
    (folder / _ABOUT).write_bytes(msgspec.json.encode(About(BUILDER, _hashes(folder)), order="sorted"))


def verify(snapshot: store.Snapshot) -> int:
    """How many derived files there are, all as they were written. Errors: `InputError` for the first that is not."""
    about, found = _about(snapshot.derived), _hashes(snapshot.derived)
    files = about.files if about is not None else {}
    for name in sorted(files.keys() | found.keys()):
        if files.get(name) != found.get(name):
            raise InputError(
                f"the derived file '{name}' is not as it was written",
                where=str(snapshot.folder),
                hint=f"delete the folder '{store.DERIVED}' in it: it is made anew from the tables",
            )
    return len(files)


def index(parties: Iterable[Party]) -> match.Index:
    """The name index of parties, with every name that any version of a record bears."""
    rows = list(parties)
    return match.build(
        (
            (party.id, name.text, name.kind, party.schema, " ".join(party.countries))
            for party in rows
            for name in party.names
        ),
        ((party.id, one.scheme, one.value) for party in rows for one in party.identifiers),
    )


def _apart(link: Link) -> str:
    """The key of a link."""
    holds_nothing = link.kind in {"same_as", "linked_to"} and not link.src.startswith(LABEL)
    return link.kind if holds_nothing else TIES


def _stands(classes: Iterable[Category], links: Iterable[Link]) -> dict[str, str]:
    """The id that stands for each joined party, and for each class that another has the same words as."""
    first: dict[str, str] = {}
    ordered = sorted(classes, key=lambda one: (":" in one.source.dataset, one.id))
    same = {one.id: first.setdefault(names.key(one.text) or one.id, one.id) for one in ordered}
    joined = clusters(link for link in links if not link.src.startswith(LABEL))
    return {name: stands for name, stands in sorted((same | joined).items()) if name != stands}


def _sound(snapshot: store.Snapshot) -> Path:
    """The folder of derived files of this version, made anew if need be; beside the snapshot if it can be written."""
    if _current(snapshot.derived):
        return snapshot.derived
    building = Path(tempfile.mkdtemp(prefix=".deriving-", dir=_writable(snapshot.folder)))
    try:
        derive(building, {name: snapshot.rows(noun) for name, noun in store.TABLES.items()})
        building.chmod(0o755)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    for _ in range(2):
        try:
            return building.rename(snapshot.derived)
        except OSError:
            if _current(snapshot.derived):  # another process was first
                shutil.rmtree(building, ignore_errors=True)
                return snapshot.derived
            shutil.rmtree(snapshot.derived, ignore_errors=True)
    atexit.register(shutil.rmtree, building, ignore_errors=True)  # not ours to write: this process uses its own
    return building


def _current(folder: Path) -> bool:
    about = _about(folder)
    return about is not None and about.builder == BUILDER


def _writable(folder: Path) -> Path | None:
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return None
    return folder


def _about(folder: Path) -> About | None:
    try:
        return msgspec.json.decode((folder / _ABOUT).read_bytes(), type=About)
    except (OSError, msgspec.DecodeError):
        return None


def _hashes(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _ABOUT)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
