"""Many editions of many datasets as one set of rows: histories, and the package's own facts beside official lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from underlabel import store
from underlabel.model import Dataset, Facts, Listing, Rejected
from underlabel.world.history import merged
from underlabel.world.join import DATASET as JOINS

Tables = dict[str, list[Any]]
STARTER: Final = "starter:"
"""Before the id of a list: what the package says of it, kept beside an official edition."""
FIELDS: Final = {
    "party": "parties",
    "category": "categories",
    "listing": "listings",
    "absence": "absences",
    "link": "links",
    "article": "articles",
    "claim": "claims",
    "rejected": "rejected",
}


class Held(msgspec.Struct, frozen=True):
    """The rows of all datasets, the editions they came from, and lists of which the package speaks too.

    `beside` pairs what the package says of a list with the newest official edition of it.
    """

    tables: Tables
    datasets: tuple[Dataset, ...]
    beside: tuple[tuple[Facts, Facts], ...]


def gathered(facts: Iterable[Facts]) -> Held:
    """All facts by table, whatever order they are given in.

    Several editions of a list become its history; of other datasets, and of MAC registries, the newest speaks.
    Where an official edition of a list is there, what the package says of it bears the dataset "starter:LIST".
    """
    official: dict[str, list[Facts]] = defaultdict(list)
    ours: dict[str, Facts] = {}
    for one in facts:
        if of_package(one):
            ours[one.dataset.id] = one
        else:
            official[one.dataset.id].append(one)
    tables: Tables = {name: [] for name in store.TABLES}
    datasets: list[Dataset] = []
    for _, editions in sorted(official.items()):
        one, told = _spoken(editions)
        _pour(one, tables)
        datasets.extend(told)
    aside = {name: _aside(one) if name in official else one for name, one in sorted(ours.items())}
    for one in aside.values():
        _pour(one, tables)
        datasets.append(one.dataset)
    registries = [one for editions in official.values() for one in editions if one.blocks]
    tables["block"] = list(max(registries, key=_newest).blocks) if registries else []
    beside = tuple((aside[name], max(official[name], key=_newest)) for name in ours if name in official)
    return Held(tables, tuple(sorted(datasets, key=_told)), beside)


def of_package(facts: Facts) -> bool:
    """Whether these are the package's own rows on a list: they describe no party, but speak of `starter_parties`."""
    return facts.dataset.kind == "list" and not facts.parties and not facts.dataset.form


def choose(held: Held, named: Callable[[Facts], frozenset[str]]) -> tuple[Dataset, ...]:
    """Take out the package's listings that the newest whole edition beside them no longer bears out; say which.

    A listing stays if the edition still names its party or class (`named` gives their ids), or if it had ended
    by then. All stay where the edition is an extract, has no day, or is older than the package's facts.
    Absences always stay: they speak of their day. The datasets are returned as they then are.
    """
    datasets = {one.id: one for one in held.datasets if one.id.startswith(STARTER)}
    for ours, edition in held.beside:
        lost = []
        if _decides(edition.dataset, ours.dataset):
            still = named(edition)
            lost = [row for row in ours.listings if row.subject not in still and not _ended(row, edition.dataset)]
        ids, subjects = {row.id for row in lost}, {row.subject for row in lost}
        held.tables["listing"][:] = [row for row in held.tables["listing"] if row.id not in ids]
        held.tables["category"][:] = [row for row in held.tables["category"] if row.id not in subjects]
        held.tables["rejected"].extend(_no_longer(row, edition.dataset) for row in lost)
        kept = len(ours.listings) - len(lost)
        if kept or ours.absences:
            datasets[ours.dataset.id] = msgspec.structs.replace(ours.dataset, records=kept)
        else:
            del datasets[ours.dataset.id]
    rest = (one for one in held.datasets if not one.id.startswith(STARTER))
    return tuple(sorted((*rest, *datasets.values()), key=_told))


def _spoken(editions: Sequence[Facts]) -> tuple[Facts, list[Dataset]]:
    """One dataset's rows, and the editions they rest on."""
    if editions[0].dataset.kind == "list":
        return merged(editions), [one.dataset for one in editions]
    newest = max(editions, key=_newest)
    return newest, [newest.dataset]


def _pour(facts: Facts, tables: Tables) -> None:
    for name, field in FIELDS.items():
        tables[name].extend(getattr(facts, field))


def _newest(facts: Facts) -> tuple[date, str]:
    return facts.dataset.edition or date.min, facts.dataset.version


def _told(dataset: Dataset) -> tuple[str, date, str]:
    return dataset.id, dataset.edition or date.max, dataset.version


def _decides(edition: Dataset, ours: Dataset) -> bool:
    """Whether an edition tells who is off its list since the package's facts were made."""
    day = edition.edition
    return edition.coverage == "whole" and day is not None and (ours.edition is None or ours.edition <= day)


def _ended(row: Listing, edition: Dataset) -> bool:
    return row.until is not None and edition.edition is not None and row.until.latest <= edition.edition


def _aside(facts: Facts) -> Facts:
    """The package's facts on a list, under a name of their own."""
    about = facts.dataset
    name = STARTER + about.id
    return msgspec.structs.replace(
        facts,
        dataset=msgspec.structs.replace(about, id=name, title=f"{about.title} (starter facts)", coverage="extract"),
        listings=tuple(_renamed(row, name) for row in facts.listings),
        absences=tuple(_renamed(row, name) for row in facts.absences),
        categories=tuple(_renamed(row, name) for row in facts.categories),
    )


def _renamed(row: Any, dataset: str) -> Any:  # noqa: ANN401 - any fact, and the same noun again
    return msgspec.structs.replace(row, source=msgspec.structs.replace(row.source, dataset=dataset))


def _no_longer(row: Listing, dataset: Dataset) -> Rejected:
    return Rejected(
        reason=f"{dataset.id} of {dataset.edition} no longer names '{row.subject}', so {row.id} was left out",
        hint="if the edition means the same party by another name, report the name that is missing",
        where=f"{row.source.dataset} {row.source.locator}",
        dataset=JOINS,
    )
