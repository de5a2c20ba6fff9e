"""Every reader's facts into one snapshot."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import msgspec

from underlabel import labels, lists, match, news, own, store
from underlabel.model import (
    Absence,
    Article,
    Block,
    Category,
    Claim,
    Facts,
    Link,
    Listing,
    Party,
    Rejected,
)
from underlabel.world import editions
from underlabel.world.editions import Tables
from underlabel.world.home import Home
from underlabel.world.join import DATASET as JOINS
from underlabel.world.join import candidates, joins
from underlabel.world.naming import Naming

INDEX: Final = "names"
_FIELDS: Final[Mapping[str, type[msgspec.Struct]]] = {
    "parties": Party,
    "categories": Category,
    "listings": Listing,
    "absences": Absence,
    "links": Link,
    "blocks": Block,
    "articles": Article,
    "claims": Claim,
    "rejected": Rejected,
}
LABEL: Final = "label:"
_STALE: Final = 3600.0  # seconds; no build takes so long


def starter() -> tuple[Facts, ...]:
    """The facts shipped with the package: story lists, owners, labels, claims, and the MAC registry."""
    return (
        *lists.curated_facts(),
        *own.curated_facts(),
        *labels.curated_facts(),
        labels.registry(),
        *news.curated_facts(),
    )


def build(
    home: Home, facts: Sequence[Facts], base: store.Snapshot | None, *, into: Path | None = None, starter: str = ""
) -> store.Snapshot:
    """A snapshot of `facts` on top of `base`: a dataset of the same id is replaced, all else stays.

    What the package says of a list that is replaced stays beside the official edition, as "starter:LIST",
    unless that edition no longer bears it out. Joins are made anew. A row that speaks of a party that is
    nowhere described is kept, and counted as Rejected: the World skips it until the party is there.
    Nothing stored before is changed. `starter` is the digest of the package's facts, if they are these.
    """
    parent = into or home.snapshots
    _sweep(parent)
    held = editions.stays(base, facts)
    tables = held.tables
    for one in facts:
        held.datasets[one.dataset.id] = one.dataset
        for field, noun in _FIELDS.items():
            tables[_name(noun)].extend(getattr(one, field))
    found = candidates(tables["party"])
    joined = joins(tables["party"], found)
    gone = editions.choose(held, facts, Naming(tables["party"], tables["category"], found, joined))
    tables["link"].extend(joined)
    about = tuple(held.datasets[name] for name in sorted(held.datasets))
    # What this build refuses follows from the facts, so the id does not depend on it.
    identity = store.identity(tables, about)
    tables["rejected"].extend([*gone, *_dangling(tables)])
    manifest = store.Manifest(
        id=identity,
        datasets=about,
        rows={name: len(rows) for name, rows in tables.items()},
        tool=tool(),
        built_at=datetime.now(UTC),
        starter=starter or (base.manifest.starter if base is not None else ""),
    )
    return store.write(parent, tables, manifest, _index(tables["party"]))


def tool() -> str:
    """The name and version of this tool."""
    try:
        return f"underlabel {version('underlabel')}"
    except PackageNotFoundError:  # run from a checkout
        return "underlabel (checkout)"


def _sweep(parent: Path) -> None:
    """Delete what builds that were killed left behind."""
    for left in parent.glob(".building-*"):
        try:
            if time.time() - left.stat().st_mtime > _STALE:
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:  # its builder was faster
            continue


def _name(noun: type[msgspec.Struct]) -> str:
    return next(name for name, held in store.TABLES.items() if held is noun)


def _dangling(tables: Tables) -> list[Rejected]:
    """One for each row that speaks of a party or class that is nowhere described."""
    known = {party.id for party in tables["party"]} | {category.id for category in tables["category"]}
    found = []
    for table, ends in (
        ("listing", lambda row: (row.subject,)),
        ("absence", lambda row: (row.subject,)),
        ("link", lambda row: (row.src, row.dst)),
    ):
        for row in tables[table]:
            missing = next((end for end in ends(row) if end not in known and not end.startswith(LABEL)), "")
            if missing:
                found.append(
                    Rejected(
                        reason=f"{row.id} speaks of '{missing}', which no party describes",
                        hint="add the party, or correct its id",
                        where=f"{row.source.dataset} {row.source.locator}".rstrip(),
                        dataset=JOINS,
                    )
                )
    return found


def _index(parties: Iterable[Party]) -> Callable[[Path], None]:
    rows = list(parties)

    def derive(folder: Path) -> None:
        index(rows).save(folder / INDEX)

    return derive


def index(parties: Sequence[Party]) -> match.Index:
    """The name index of parties."""
    return match.build(
        (
            (party.id, name.text, name.kind, party.schema, party.countries[0] if party.countries else "")
            for party in parties
            for name in party.names
        ),
        ((party.id, one.scheme, one.value) for party in parties for one in party.identifiers),
    )
