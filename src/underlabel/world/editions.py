"""What stays of the facts held when a newer edition of one of their datasets comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec

from underlabel import store
from underlabel.model import Absence, Category, Dataset, Facts, InputError, Listing, Party, Rejected
from underlabel.world.join import DATASET as JOINS

Tables = dict[str, list[Any]]
STARTER: Final = "starter:"
"""Before the id of a list: what the package says of it, kept beside an official edition."""
_KEPT: Final = ("listing", "absence", "category")


class Held(msgspec.Struct):
    """What stays of a snapshot: its datasets and rows, and what the package says of lists that were replaced."""

    datasets: dict[str, Dataset]
    tables: Tables
    history: dict[str, Dataset]


def stays(base: store.Snapshot | None, facts: Sequence[Facts]) -> Held:
    """The rows of `base` whose dataset `facts` do not replace, and the package's own rows on replaced lists.

    The latter bear the dataset "starter:LIST" from now on. `choose` then takes out what is out of date.
    """
    tables: Tables = {name: [] for name in store.TABLES}
    if base is None:
        return Held({}, tables, {})
    replaced = {one.dataset.id for one in facts}
    own = curated(base) & replaced
    for name, noun in store.TABLES.items():
        if name == "block":
            tables[name] = [] if any(one.blocks for one in facts) else base.rows(noun)
            continue
        rows: list[Any] = base.rows(noun)
        for row in rows:
            dataset = row.dataset if isinstance(row, Rejected) else row.source.dataset
            if dataset in own and name in _KEPT:
                tables[name].append(_renamed(row, STARTER + dataset))
            elif dataset not in replaced and dataset != JOINS:
                tables[name].append(row)
    held = {one.id: one for one in base.manifest.datasets}
    history = {STARTER + name: _aside(held[name]) for name in own}
    history |= {STARTER + name: held[STARTER + name] for name in replaced if STARTER + name in held}
    datasets = {name: one for name, one in held.items() if name not in replaced and name not in history}
    return Held(datasets, tables, history)


def curated(base: store.Snapshot) -> frozenset[str]:
    """The lists of a snapshot that are the package's own: they describe no party, but speak of `starter_parties`."""
    described = {party.source.dataset for party in base.rows(Party)}
    return frozenset(one.id for one in base.manifest.datasets if one.kind == "list" and one.id not in described)


def refuse_older(base: store.Snapshot, facts: Iterable[Facts]) -> None:
    """Let no edition take the place of a newer one. The package's own facts stand in nobody's way.

    Errors: `InputError` for the first edition that is older than the one held.
    """
    own = curated(base)
    held = {one.id: one.edition for one in base.manifest.datasets if one.id not in own}
    for one in facts:
        name, edition, newer = one.dataset.id, one.dataset.edition, held.get(one.dataset.id)
        if edition and newer and edition < newer:
            raise InputError(
                f"{name} of {edition} is older than the edition held, of {newer}",
                where=name,
                hint=f"the edition of {newer} stays in use; to ask about {edition}, add this one to another home",
            )


def choose(held: Held, facts: Iterable[Facts], named: Callable[[Facts], frozenset[str]]) -> list[Rejected]:
    """Take out the package's listings that the whole edition in their place no longer bears out; say which.

    A listing stays if the edition still names its party or class (`named` gives their ids), or if it had ended
    by then. All stay where the edition is an extract, has no day, or is older than the package's facts.
    Absences always stay: they speak of their day.
    """
    gone: list[Rejected] = []
    for one in facts:
        name = STARTER + one.dataset.id
        if name not in held.history:
            continue
        rows = [row for row in held.tables["listing"] if row.source.dataset == name]
        lost = []
        if _decides(one.dataset, held.history[name]):
            still = named(one)
            lost = [row for row in rows if row.subject not in still and not _ended(row, one.dataset)]
        ids, subjects = {row.id for row in lost}, {row.subject for row in lost}
        held.tables["listing"] = [row for row in held.tables["listing"] if row.id not in ids]
        held.tables["category"] = [row for row in held.tables["category"] if row.id not in subjects]
        gone.extend(_no_longer(row, one.dataset) for row in lost)
        if any(row.source.dataset == name for table in _KEPT for row in held.tables[table]):
            held.datasets[name] = msgspec.structs.replace(held.history[name], records=len(rows) - len(lost))
    return gone


def _decides(edition: Dataset, ours: Dataset) -> bool:
    """Whether an edition tells who is off its list since the package's facts were made."""
    day = edition.edition
    return edition.coverage == "whole" and day is not None and (ours.edition is None or ours.edition <= day)


def _ended(row: Listing, edition: Dataset) -> bool:
    return row.until is not None and edition.edition is not None and row.until.latest <= edition.edition


def _renamed(row: Listing | Absence | Category, dataset: str) -> Listing | Absence | Category:
    return msgspec.structs.replace(row, source=msgspec.structs.replace(row.source, dataset=dataset))


def _aside(dataset: Dataset) -> Dataset:
    title = f"{dataset.title} (starter facts)"
    return msgspec.structs.replace(dataset, id=STARTER + dataset.id, title=title, coverage="extract")


def _no_longer(row: Listing, dataset: Dataset) -> Rejected:
    return Rejected(
        reason=f"{dataset.id} of {dataset.edition} no longer names '{row.subject}', so {row.id} was left out",
        hint="if the edition means the same party by another name, report the name that is missing",
        where=f"{row.source.dataset} {row.source.locator}",
        dataset=JOINS,
    )
