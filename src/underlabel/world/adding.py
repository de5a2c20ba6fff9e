"""Editions come in: they are kept, joined with those held, and built into the snapshot used from then on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

import msgspec

from underlabel import store
from underlabel.model import Dataset, Facts
from underlabel.world.build import Made, build, starter
from underlabel.world.former import former
from underlabel.world.home import Home
from underlabel.world.open import curated_digest
from underlabel.world.ruin import refuse


def add(home: Home, facts: Sequence[Facts], *, activate: bool = True, accept: bool = False) -> store.Snapshot:
    """A snapshot with these facts beside all that the home uses now, and by default used from now on.

    An edition takes the place of one of the same dataset and day; an extract of a list adds to a whole one of its day,
    and takes the place of extracts alone. Editions of other days stay, older ones may come later. Others that add to
    the same home wait for this one. Errors: `InputError` where a list shrank beyond its bound and that is not
    accepted (it is then said in the manifest), or where another process holds the home for too long; what was
    stored before stays as it was. What a snapshot of a former version holds, which kept no editions, becomes
    editions now.
    """
    with home.alone():
        base = home.active()
        held = base.manifest if base is not None else None
        package = starter()
        old = former(base, frozenset(one.dataset.id for one in package)) if base is not None else ()
        known = (*(held.datasets if held else ()), *(one.dataset for one in old))
        new = [refuse(one, known, accept=accept) for one in facts]
        home.snapshots.mkdir(parents=True, exist_ok=True)
        sweep(home)
        stays = _staying(known, [one.dataset for one in new])
        stayed = tuple(filter(stays, held.editions if held else ()))
        new = [one for one in new if not _silent(one)]
        new += [one for one in old if stays(store.named(one))]
        came = [store.keep(home.editions, one) for one in new]
        snapshot = build(
            home.snapshots,
            [*package, *new, *(store.kept(home.editions, name) for name in stayed)],
            Made(editions=tuple(sorted((*stayed, *came))), starter=curated_digest()),
        )
        if activate:
            home.activate(snapshot)
    return snapshot


class Kept(Mapping[str, tuple[Facts, ...]]):
    """Editions by day, each read when it is asked for."""

    def __init__(self, folder: Path, named: Mapping[str, Sequence[str]]) -> None:
        """Hold the names of the parts of each edition."""
        self._folder, self._named = folder, named

    def __getitem__(self, day: str) -> tuple[Facts, ...]:
        """Read one edition. Errors: `InputError` where a part of it is not kept."""
        return tuple(store.kept(self._folder, name) for name in self._named[day])

    def __iter__(self) -> Iterator[str]:
        """Every day, in order."""
        return iter(self._named)

    def __len__(self) -> int:
        """How many editions there are."""
        return len(self._named)


def editions(home: Home, name: str) -> Kept:
    """The editions of a list that the home uses, by day ("undated" where none is stated); each may come in parts."""
    active = home.active()
    found: dict[str, list[str]] = {}
    for kept in active.manifest.editions if active is not None else ():
        dataset, _, rest = kept.partition("/")
        if unquote(dataset).partition(":")[0] == name:
            found.setdefault(rest.rpartition("-")[0], []).append(kept)
    return Kept(home.editions, dict(sorted(found.items())))


def sweep(home: Home) -> None:
    """Delete what builds that were killed left behind; the caller alone changes this home."""
    for left in home.snapshots.glob(f"{store.BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)
    for half in (*home.folder.glob(f".active{store.BESIDE}"), *home.editions.glob(f"*/.*.json.gz{store.BESIDE}")):
        half.unlink(missing_ok=True)


def _silent(facts: Facts) -> bool:
    """Whether these say nothing at all: an extract without a row only takes away the one before it."""
    _, *rows = msgspec.structs.astuple(facts)
    return facts.dataset.coverage == "extract" and not any(rows)


def _staying(held: Iterable[Dataset], came: Iterable[Dataset]) -> Callable[[str], bool]:
    """Whether an edition held, by its name, stays when others come."""
    replaced: dict[str, bool] = {}
    for one in came:
        place = _place(_name(one))
        replaced[place] = replaced.get(place, False) or not _adds(one)
    whole = {_name(one) for one in held if not _adds(one)}

    def stays(name: str) -> bool:
        place = _place(name)
        # Were an extract to take the place of a whole edition, what stands in that alone would be missed.
        return place not in replaced or (name in whole and not replaced[place])

    return stays


def _adds(about: Dataset) -> bool:
    """Whether an edition only adds to what is held of its list and day."""
    return about.kind == "list" and about.coverage == "extract"


def _name(about: Dataset) -> str:
    return store.named(Facts(dataset=about))


def _place(name: str) -> str:
    """The dataset and day of a kept edition: its name without the content."""
    return name.rpartition("-")[0]
