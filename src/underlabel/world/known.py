"""What was known on a day: which version of a fact speaks, and rows looked up only when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from underlabel import store
from underlabel.model import Absence, Fact, Listing, Party

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
    """The version of one record that spoke on a day; a party first seen later is described as it then was."""
    ordered = sorted(records, key=lambda one: (one.known_from or date.min, one.known_to or date.max))
    spoke = [one for one in ordered if day is None or one.known_from is None or one.known_from <= day]
    return spoke[-1] if spoke else ordered[0]


def outdated(records: Iterable[Party], day: date | None) -> Iterator[tuple[str, str]]:
    """Names that only versions of a record bear which did not speak on a day: (record, name)."""
    groups: dict[str, list[Party]] = defaultdict(list)
    for one in records:
        groups[one.id].append(one)
    for name, versions in sorted(groups.items()):
        if len(versions) > 1:
            spoken = {one.text for one in version(versions, day).names}
            yield from ((name, text) for text in sorted({one.text for each in versions for one in each.names} - spoken))


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
