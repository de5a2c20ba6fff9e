"""What was known on a day: which version of a fact speaks, and rows looked up only when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from underlabel import store
from underlabel.model import Absence, Fact, Listing, Name, Party

Row = TypeVar("Row", bound=msgspec.Struct)
Told = TypeVar("Told")
Known = TypeVar("Known", bound=Fact)


class Lookup(Mapping[str, Told]):
    """Answers by id, made from a shelf's rows when first asked for; an id for which nothing is known is not in it."""

    def __init__(self, shelf: store.Shelf[Row], make: Callable[[str, list[Row]], Told | None]) -> None:
        """Look in `shelf`; `make` turns an id's rows into the answer, or None."""
        self._shelf = shelf
        self._make = make
        self._made: dict[str, Told | None] = {}

    def __getitem__(self, name: str) -> Told:
        """The answer for an id; `KeyError` if there is none."""
        if name not in self._made:
            rows = self._shelf.of(name)
            self._made[name] = self._make(name, rows) if rows else None
        answer = self._made[name]
        if answer is None:
            raise KeyError(name)
        return answer

    def __iter__(self) -> Iterator[str]:
        """Every id that has an answer, in order."""
        return (name for name in self._shelf.keys() if name in self)  # noqa: SIM118 - a shelf is no mapping

    def __len__(self) -> int:
        """How many ids have an answer."""
        return sum(1 for _ in self)


def known(facts: Iterable[Known], day: date | None) -> Iterator[Known]:
    """The facts known on a day; with None, those that nothing has made out of date."""
    for fact in facts:
        if (fact.known_to is None) if day is None else _was_known(fact, day):
            yield fact


def version(records: Iterable[Party], day: date | None) -> Party:
    """One record as it was known on a day: as the newest version then says, with the names of those before it.

    A name that an edition no longer has goes on being searched: what a list once called a body may still stand on
    an invoice, and an edition may come without the file of its aliases, or of its addresses: where it has none, those
    before it stay. A party first seen later is described as it then was.
    """
    spoken, *before = _spoken(records, day)
    if not before:
        return spoken
    texts = {one.text for one in spoken.names}
    former = {one.text: one for each in reversed(before) for one in each.names if one.text not in texts}
    return msgspec.structs.replace(
        spoken,
        names=(*spoken.names, *map(_former, former.values())),
        countries=next((one.countries for one in (spoken, *before) if one.countries), ()),
        identifiers=next((one.identifiers for one in (spoken, *before) if one.identifiers), ()),
        addresses=next((one.addresses for one in (spoken, *before) if one.addresses), ()),
    )


def versions(records: Iterable[Party], day: date | None) -> list[Party]:
    """Every record as it was known on a day."""
    groups: dict[str, list[Party]] = defaultdict(list)
    for one in records:
        groups[one.id].append(one)
    return [version(each, day) for each in groups.values()]


def unknown(records: Iterable[Party], day: date) -> Iterator[tuple[str, str]]:
    """Names that only versions of a record bear which were not known yet on a day: (record, name)."""
    groups: dict[str, list[Party]] = defaultdict(list)
    for one in records:
        groups[one.id].append(one)
    for name, versions in sorted(groups.items()):
        if len(versions) > 1:
            known_ = {one.text for each in _spoken(versions, day) for one in each.names}
            yield from ((name, text) for text in sorted({one.text for each in versions for one in each.names} - known_))


def _spoken(records: Iterable[Party], day: date | None) -> list[Party]:
    """The versions of one record known by a day, the newest first; the first of all where none was known yet."""
    ordered = sorted(records, key=lambda one: (one.known_from or date.min, one.known_to or date.max))
    spoke = [one for one in ordered if day is None or one.known_from is None or one.known_from <= day]
    return spoke[::-1] or ordered[:1]


def _former(name: Name) -> Name:
    """A name that the newest version no longer bears."""
    return msgspec.structs.replace(name, kind="previous") if name.kind == "name" else name


def known_from(fact: Fact) -> date:
    """Since when a fact was known: as it says, or once it was announced, published or true."""
    if fact.known_from is not None:
        return fact.known_from
    if isinstance(fact, Absence):
        return fact.edition
    if isinstance(fact, Listing) and (fact.announced or fact.published):
        said = fact.announced or fact.published
        return said.latest if said else date.min
    return fact.since.latest if fact.since else date.min


def _was_known(fact: Fact, day: date) -> bool:
    return known_from(fact) <= day and (fact.known_to is None or day < fact.known_to)
