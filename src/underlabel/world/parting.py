"""Joins undone by a user: two records that are two bodies, kept as refuted `same_as` links with the reason."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from underlabel import store
from underlabel.model import Dataset, Facts, Link, Source, UsageError
from underlabel.world.adding import add, editions
from underlabel.world.home import Home
from underlabel.world.open import open_world

DATASET: Final = "parted"


def part(home: Home, left: str, right: str, why: str) -> store.Snapshot:
    """Undo a join: from now on the two records never stand for each other, whatever else would join them.

    Errors: `UsageError` where one of the ids names no record, or both are the same, or no reason is given.
    """
    world = open_world(home)
    if left == right or not why.strip():
        raise UsageError("two different records and a reason are needed", hint="say --why in a few words")
    for name in (left, right):
        if not any(record.id == name for record in world.records(world.one(name))):
            raise UsageError(f"there is no record '{name}'", hint="`underlabel who NAME` prints the records' ids")
    return _kept(home, {**_links(home), _key(left, right): _link(left, right, why)})


def rejoin(home: Home, left: str, right: str) -> store.Snapshot:
    """Take back `part`. Errors: `UsageError` where the two were not parted."""
    links = _links(home)
    if links.pop(_key(left, right), None) is None:
        raise UsageError(
            f"'{left}' and '{right}' were not parted", hint="`underlabel joins list` names those that were"
        )
    return _kept(home, links)


def _links(home: Home) -> dict[str, Link]:
    return {one.id: one for parts in editions(home, DATASET).values() for facts in parts for one in facts.links}


def _kept(home: Home, links: dict[str, Link]) -> store.Snapshot:
    rows = tuple(links[name] for name in sorted(links))
    version = hashlib.sha256(msgspec.json.encode(rows)).hexdigest()
    about = Dataset(
        id=DATASET, kind="parties", title="Joins undone", version=version, records=len(rows), coverage="extract"
    )
    return add(home, (Facts(dataset=about, links=rows),))


def _key(left: str, right: str) -> str:
    first, second = sorted((left, right))
    return f"{DATASET}:{first}={second}"


def _link(left: str, right: str, why: str) -> Link:
    first, second = sorted((left, right))
    return Link(
        id=_key(left, right),
        kind="same_as",
        src=first,
        dst=second,
        status="refuted",
        evidence=why.strip(),
        source=Source(DATASET, text=why.strip()),
    )
