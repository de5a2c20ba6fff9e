"""Editions come in: they are kept, joined with those held, and built into the snapshot used from then on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from underlabel import store
from underlabel.model import Facts
from underlabel.world.build import Made, build, starter
from underlabel.world.home import Home
from underlabel.world.open import curated_digest
from underlabel.world.ruin import refuse


def add(home: Home, facts: Sequence[Facts], *, activate: bool = True, accept: bool = False) -> store.Snapshot:
    """A snapshot with these facts beside all that the home uses now, and by default used from now on.

    An edition takes the place of one of the same dataset and day; editions of other days stay, older ones
    may come later. Others that add to the same home wait for this one. Errors: `InputError`
    where a list shrank beyond its bound and that is not accepted (it is then said in the manifest), or where
    another process holds the home for too long; what was stored before stays as it was.
    """
    with home.alone():
        base = home.active()
        held = base.manifest if base is not None else None
        new = [refuse(one, held.datasets if held else (), accept=accept) for one in facts]
        home.snapshots.mkdir(parents=True, exist_ok=True)
        sweep(home)
        came = [store.keep(home.editions, one) for one in new]
        stayed = tuple(_stays(held.editions if held else (), came))
        snapshot = build(
            home.snapshots,
            [*starter(), *new, *(store.kept(home.editions, name) for name in stayed)],
            Made(editions=tuple(sorted((*stayed, *came))), starter=curated_digest()),
        )
        if activate:
            home.activate(snapshot)
    return snapshot


def editions(home: Home, name: str) -> dict[str, tuple[Facts, ...]]:
    """The editions of a list that the home uses, by day ("undated" where none is stated); each may have several parts.

    Errors: `InputError` where one of them is not kept.
    """
    active = home.active()
    found: dict[str, list[Facts]] = {}
    for kept in active.manifest.editions if active is not None else ():
        dataset, _, rest = kept.partition("/")
        if unquote(dataset).partition(":")[0] == name:
            found.setdefault(rest.rpartition("-")[0], []).append(store.kept(home.editions, kept))
    return {day: tuple(parts) for day, parts in sorted(found.items())}


def sweep(home: Home) -> None:
    """Delete what builds that were killed left behind; the caller alone changes this home."""
    for left in home.snapshots.glob(f"{store.BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _stays(held: Iterable[str], came: Sequence[str]) -> Iterator[str]:
    """The editions held that none of those that came takes the place of: another dataset, or another day."""
    places = {_place(name) for name in came}
    return (name for name in held if _place(name) not in places)


def _place(name: str) -> str:
    """The dataset and day of a kept edition: its name without the content."""
    return name.rpartition("-")[0]
