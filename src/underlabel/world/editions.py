"""Many editions of many datasets as one set of rows: histories, and the package's own facts beside official lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

import msgspec

from underlabel import store
from underlabel.model import Dataset, Facts, Listing, Rejected
from underlabel.world.history import ended, told
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
    "undisclosed": "undisclosed",
    "article": "articles",
    "claim": "claims",
    "rejected": "rejected",
}


class Held(msgspec.Struct, frozen=True):
    """The rows of all datasets, the editions they came from, and lists of which the package speaks too.

    `beside` pairs what the package says of a list with the newest whole official edition of it.
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
    whole: dict[str, Facts] = {}
    for name, editions in sorted(official.items()):
        heard = editions if editions[0].dataset.kind == "list" else [max(editions, key=_newest)]
        history, newest = told(heard)
        _pour(history, tables)
        datasets.extend(one.dataset for one in heard)
        if newest is not None:
            whole[name] = newest
    aside = {name: _aside(one) if name in official else one for name, one in sorted(ours.items())}
    for one in aside.values():
        _pour(one, tables)
        datasets.append(one.dataset)
    registries = [one for editions in official.values() for one in editions if one.blocks]
    tables["block"] = list(max(registries, key=_newest).blocks) if registries else []
    beside = tuple((aside[name], whole[name]) for name in sorted(ours) if name in whole)
    return Held(tables, tuple(sorted(datasets, key=_told)), beside)


def of_package(facts: Facts) -> bool:
    """Whether these are the package's own rows on a list: they describe no party, but speak of `starter_parties`."""
    return facts.dataset.kind == "list" and not facts.parties and not facts.dataset.form


def choose(held: Held, named: Callable[[Facts], frozenset[str]]) -> None:
    """End the package's listings that the newest whole edition beside them no longer bears out; say which.

    They ended on a day between the package's facts and that edition, and are known to have ended from it on. A
    listing goes on if the edition still names its party or class (`named` gives their ids). All go on where the
    edition has no day, or is older than the package's facts.
    """
    for ours, edition in held.beside:
        day = edition.dataset.edition
        if day is None or not _decides(edition.dataset, ours.dataset):
            continue
        still = named(edition)
        lost = {row.id: row for row in ours.listings if row.subject not in still and not _ended(row, edition.dataset)}
        rows = held.tables["listing"]
        rows[:] = [
            each for row in rows for each in ([row] if row.id not in lost else ended(row, _said(row, ours), day))
        ]
        held.tables["rejected"].extend(_no_longer(row, edition.dataset) for row in lost.values())


def _said(row: Listing, ours: Facts) -> date:
    """The last day for which the package says that a listing holds."""
    return ours.dataset.edition or (row.since.latest if row.since else date.min)


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
    return day is not None and (ours.edition is None or ours.edition <= day)


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
        reason=f"{dataset.id} of {dataset.edition} no longer names '{row.subject}', so {row.id} ended by then",
        hint="if the edition means the same party by another name, report the name that is missing",
        where=f"{row.source.dataset} {row.source.locator}",
        dataset=JOINS,
    )
