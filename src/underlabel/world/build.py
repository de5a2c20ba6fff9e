"""Every reader's facts into one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import msgspec

from underlabel import labels, lists, match, news, own, store
from underlabel.model import (
    Absence,
    Article,
    Block,
    Category,
    Claim,
    Dataset,
    Facts,
    Link,
    Listing,
    Party,
    Rejected,
)
from underlabel.world.home import Home
from underlabel.world.join import DATASET as JOINS
from underlabel.world.join import joins

Tables = dict[str, list[Any]]
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
    home: Home, facts: Sequence[Facts], base: store.Snapshot | None, *, into: Path | None = None
) -> store.Snapshot:
    """A snapshot of `facts` on top of `base`: a dataset of the same id is replaced, all else stays.

    A whole edition of a list takes the place of the starter's extract of it. Joins are made anew. A
    listing or link of a party that is nowhere described is Rejected. Nothing stored before is changed.
    """
    datasets, tables = _kept(base, facts)
    for one in facts:
        datasets[one.dataset.id] = one.dataset
        for field, noun in _FIELDS.items():
            tables[_name(noun)].extend(getattr(one, field))
    _reject_dangling(tables)
    tables["link"].extend(joins(tables["party"]))
    about = tuple(datasets[name] for name in sorted(datasets))
    manifest = store.Manifest(
        id=store.identity(tables, about),
        datasets=about,
        rows={name: len(rows) for name, rows in tables.items()},
        tool=tool(),
        built_at=datetime.now(UTC),
    )
    return store.write(into or home.snapshots, tables, manifest, _index(tables["party"]))


def tool() -> str:
    """The name and version of this tool."""
    try:
        return f"underlabel {version('underlabel')}"
    except PackageNotFoundError:  # run from a checkout
        return "underlabel (checkout)"


def _kept(base: store.Snapshot | None, facts: Sequence[Facts]) -> tuple[dict[str, Dataset], Tables]:
    """The datasets and rows of `base` that stay."""
    tables: Tables = {name: [] for name in store.TABLES}
    if base is None:
        return {}, tables
    replaced = {one.dataset.id for one in facts} | {JOINS}
    datasets = {dataset.id: dataset for dataset in base.manifest.datasets if dataset.id not in replaced}
    for name, noun in store.TABLES.items():
        if name == "block" and not any(one.blocks for one in facts):
            tables[name] = base.rows(noun)
        elif name != "block":
            tables[name] = [row for row in base.rows(noun) if _dataset(row) not in replaced]
    return datasets, tables


def _dataset(row: Any) -> str:  # noqa: ANN401 - any fact, or what was rejected
    return row.dataset if isinstance(row, Rejected) else row.source.dataset


def _name(noun: type[msgspec.Struct]) -> str:
    return next(name for name, held in store.TABLES.items() if held is noun)


def _reject_dangling(tables: Tables) -> None:
    known = {party.id for party in tables["party"]} | {category.id for category in tables["category"]}
    for table, ends in (
        ("listing", lambda row: (row.subject,)),
        ("absence", lambda row: (row.subject,)),
        ("link", lambda row: (row.src, row.dst)),
    ):
        kept = []
        for row in tables[table]:
            missing = [end for end in ends(row) if end not in known and not end.startswith(LABEL)]
            if missing:
                tables["rejected"].append(_dangling(row, missing[0]))
            else:
                kept.append(row)
        tables[table] = kept


def _dangling(row: Any, missing: str) -> Rejected:  # noqa: ANN401 - a listing, an absence or a link
    return Rejected(
        reason=f"{row.id} speaks of '{missing}', which no party describes",
        hint="add the party, or correct its id",
        where=row.source.locator,
        dataset=row.source.dataset,
    )


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
