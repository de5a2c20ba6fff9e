"""Every reader's facts into one snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from underlabel import labels, lists, news, own, store
from underlabel.model import Facts, Rejected
from underlabel.world import editions
from underlabel.world.candidates import candidates
from underlabel.world.derived import LABEL, derive
from underlabel.world.editions import Tables
from underlabel.world.join import DATASET as JOINS
from underlabel.world.join import joins
from underlabel.world.known import versions
from underlabel.world.naming import Naming


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a manifest says beside rows and inputs: the editions kept, and the digest of the package's facts."""

    editions: tuple[str, ...] = ()
    starter: str = ""


def starter() -> tuple[Facts, ...]:
    """The facts shipped with the package: story lists, owners, labels, claims, and the MAC registry."""
    return (
        *lists.curated_facts(),
        *own.curated_facts(),
        *labels.curated_facts(),
        labels.registry(),
        *news.curated_facts(),
    )


def build(parent: Path, facts: Iterable[Facts], made: Made | None = None) -> store.Snapshot:
    """A snapshot of `facts` below `parent`: the same facts give the same id, in whatever order they come.

    Several dated editions of a list become its history. What the package says of a list stays beside an
    official edition as "starter:LIST", and ends where that edition no longer bears it out. Parties of several datasets
    that are one are joined. A row that speaks of a party that is nowhere described is kept, and
    counted as Rejected: the World skips it until the party is there.
    """
    held = editions.gathered(facts)
    tables = held.tables
    current = versions(tables["party"], None)
    found = candidates(current)
    parted = [link for link in tables["link"] if link.kind == "same_as" and link.status == "refuted"]
    joined = joins(current, found, parted)
    editions.choose(held, Naming(current, tables["category"], found, joined))
    tables["link"].extend(joined)
    tables["rejected"].extend(_dangling(tables))
    said = made or Made()
    manifest = store.Manifest(
        id=store.identity(tables, held.datasets),
        datasets=held.datasets,
        rows={name: len(rows) for name, rows in tables.items()},
        editions=said.editions,
        tool=tool(),
        built_at=datetime.now(UTC),
        starter=said.starter,
    )
    return store.write(parent, tables, manifest, lambda folder: derive(folder, tables))


def tool() -> str:
    """The name and version of this tool."""
    try:
        return f"underlabel {version('underlabel')}"
    except PackageNotFoundError:  # run from a checkout
        return "underlabel (checkout)"


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
