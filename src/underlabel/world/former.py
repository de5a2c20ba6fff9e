"""A snapshot of a former version kept no editions beside it: what a user had added is read back from its tables."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import msgspec

from underlabel import store
from underlabel.model import Block, Dataset, Facts, Party, Rejected
from underlabel.world.editions import FIELDS, STARTER

_FORM: Final = "snapshot"


def former(snapshot: store.Snapshot, package: frozenset[str]) -> tuple[Facts, ...]:
    """What a user added to a snapshot that names no editions, one for each dataset; nothing for one that does.

    `package` are the ids of the package's own datasets: they come anew with the package. A list is the user's
    where it describes parties; the package's own lists speak of parties of its own. Errors: `InputError` where a
    table cannot be read.
    """
    if snapshot.manifest.editions:
        return ()
    described = {party.source.dataset for party in snapshot.rows(Party)}
    own = {one.id: one for one in snapshot.manifest.datasets if _of_user(one, package, described)}
    if not own:
        return ()
    rows: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name, noun in store.TABLES.items():
        for row in snapshot.rows(noun) if noun is not Block else ():
            dataset = row.dataset if isinstance(row, Rejected) else row.source.dataset  # type: ignore[attr-defined]
            if dataset in own:
                rows[dataset][FIELDS[name]].append(row)
    return tuple(_facts(about, rows[name]) for name, about in sorted(own.items()))


def _of_user(about: Dataset, package: frozenset[str], described: set[str]) -> bool:
    if about.kind == "list":
        return about.id in described and not about.id.startswith(STARTER)
    return about.id not in package


def _facts(about: Dataset, rows: dict[str, list[Any]]) -> Facts:
    """One dataset, with what its manifest did not say yet."""
    if about.kind == "list":
        entries = len({one.subject for one in rows["listings"]})
        about = msgspec.structs.replace(about, form=about.form or _FORM, entries=about.entries or entries)
    return Facts(dataset=about, **{name: tuple(held) for name, held in rows.items()})
