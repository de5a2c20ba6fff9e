"""Several editions of one list as one history: what was added, changed and taken off, and since when that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final, TypeVar

import msgspec

from underlabel.model import Day, Fact, Facts, Held, Link, Listing, Party, Source, held
from underlabel.world.continuing import continued

Said = TypeVar("Said", bound=Fact)
_NOWHERE: Final = Source("")
_DAY: Final = timedelta(days=1)


class _Edition(msgspec.Struct, frozen=True):
    """One edition and what it says, by id; `lists` are those of which it is the whole."""

    day: date | None
    lists: tuple[str, ...]
    rows: Mapping[str, Fact]

    def lacks(self, row: Fact) -> bool:
        """Whether silence of this edition says that a row no longer holds."""
        if isinstance(row, Listing):
            return row.list in self.lists
        return isinstance(row, Link) and bool(self.lists)


def merged(editions: Sequence[Facts]) -> Facts:
    """The editions of one dataset as one, whatever order they came in.

    A row that a later edition says otherwise is kept with the day that one made it out of date (`known_to`);
    a listing or tie that a later whole edition leaves out ends on a day between the two, and is known to
    have ended from the later one on. A listing without a day of its own began after the last edition
    that did not have it; one of a day later than an edition that had it already is another listing. Extracts
    add, but take nobody off; nor do editions of one day from each other. The newest is the dataset that is told.
    """
    return told(editions)[0]


def told(editions: Sequence[Facts]) -> tuple[Facts, Facts | None]:
    """The editions `merged`, and the newest whole one of them with the ids that bodies bear in the history."""
    days = [_of_one_day(list(same)) for _, same in groupby(sorted(editions, key=_order), key=_day)]
    ordered = continued(days) if len(days) > 1 else days
    whole = next((one for one in reversed(ordered) if one.dataset.coverage == "whole"), None)
    if len(ordered) == 1:
        return ordered[0], whole
    history = msgspec.structs.replace(
        ordered[-1],
        parties=tuple(_histories(ordered, lambda facts: facts.parties)),
        categories=tuple(_histories(ordered, lambda facts: facts.categories)),
        listings=tuple(_histories(ordered, lambda facts: facts.listings)),
        links=tuple(_histories(ordered, lambda facts: facts.links)),
        rejected=tuple(one for facts in ordered for one in facts.rejected),
    )
    return history, whole


def undated(row: Fact, edition: date | None) -> bool:
    """Whether a row's own day is only "by this edition": some day since the list began."""
    since = row.since
    return since is not None and since.earliest < since.latest == (edition or date.max) and since.kind == "published"


def ended(row: Fact, said_in: date, missing: date) -> list[Fact]:
    """A row that an edition no longer has: as it was known until then, and as ended."""
    if not isinstance(row, Listing | Link) or (row.until and row.until.latest <= missing):
        return [row]
    until = Day(min(said_in + _DAY, missing), missing, "published")
    return [
        msgspec.structs.replace(row, known_to=missing),
        msgspec.structs.replace(row, until=until, known_from=missing),
    ]


def _day(facts: Facts) -> date:
    return facts.dataset.edition or date.max


def _order(facts: Facts) -> tuple[date, bool, str]:
    return _day(facts), facts.dataset.coverage == "whole", facts.dataset.version


def _of_one_day(same: Sequence[Facts]) -> Facts:
    """Editions of one day as one that says what any of them says; the whole of the lists that any is the whole of."""
    if len(same) == 1:
        return same[0]
    last = same[-1]
    whole = dict.fromkeys(name for one in same if one.dataset.coverage == "whole" for name in one.dataset.lists)
    return msgspec.structs.replace(
        last,
        dataset=msgspec.structs.replace(last.dataset, lists=tuple(whole) or last.dataset.lists),
        parties=_any_of(one.parties for one in same),
        categories=_any_of(one.categories for one in same),
        listings=_any_of(one.listings for one in same),
        links=_any_of(one.links for one in same),
        rejected=tuple(one for facts in same for one in facts.rejected),
    )


def _any_of(rows: Iterable[Iterable[Said]]) -> tuple[Said, ...]:
    """All rows once by id, the last said; a party keeps every name it is given."""
    found: dict[str, Said] = {}
    for row in (one for each in rows for one in each):
        before = found.get(row.id)
        if isinstance(row, Party) and isinstance(before, Party):
            texts = {name.text for name in row.names}
            names = (*row.names, *(name for name in before.names if name.text not in texts))
            row = msgspec.structs.replace(row, names=names)  # noqa: PLW2901 - the same row, more of it
        found[row.id] = row
    return tuple(found.values())


def _histories(ordered: Sequence[Facts], rows: Callable[[Facts], Sequence[Said]]) -> list[Said]:
    editions = [
        _Edition(
            facts.dataset.edition,
            facts.dataset.lists if facts.dataset.coverage == "whole" and facts.dataset.edition is not None else (),
            {row.id: row for row in rows(facts)},
        )
        for facts in ordered
    ]
    ids = dict.fromkeys(name for edition in editions for name in edition.rows)
    told: list[Said] = []
    for name in ids:
        told.extend(_history(name, editions))  # type: ignore[arg-type]  # rows of one noun give rows of it
    return told


def _history(name: str, editions: Sequence[_Edition]) -> list[Fact]:
    """The versions of one row."""
    told: list[Fact] = []
    current: Fact | None = None
    said_in: date | None = None
    lacking: date | None = None
    sample = next(edition.rows[name] for edition in editions if name in edition.rows)
    for edition in editions:
        row = edition.rows.get(name)
        if row is None:
            if edition.day is not None and edition.lacks(sample):
                if current is not None and said_in is not None:
                    told += ended(current, said_in, edition.day)
                    current = None
                lacking = edition.day
        elif current is None:
            current, said_in = _begun(row, lacking, edition.day), edition.day
        elif said_in is not None and edition.day is not None and _anew(current, row, said_in):
            told += ended(current, said_in, edition.day)
            current, said_in = msgspec.structs.replace(row, known_from=edition.day), edition.day
        else:
            before, current = current, _following(current, row, edition.day)
            if current.known_from != before.known_from:
                told.append(msgspec.structs.replace(before, known_to=edition.day))
            said_in = edition.day
    return told if current is None else [*told, current]


def _begun(row: Fact, lacking: date | None, day: date | None) -> Fact:
    """A row that an edition says and the one before, of the day `lacking`, did not."""
    if lacking is None or day is None:
        return row
    known = row.known_from if row.known_from and row.known_from > lacking else day
    since = Day(min(lacking + _DAY, day), day, "published") if undated(row, day) else row.since
    return msgspec.structs.replace(row, since=since, known_from=known)


def _anew(current: Fact, row: Fact, said_in: date) -> bool:
    """Whether a listing began after a day on which an edition had it already: then it is another one."""
    began = isinstance(row, Listing) and row.since is not None and row.since.earliest > said_in
    return began and held(current.since, current.until, said_in) is not Held.NO


def _following(current: Fact, row: Fact, day: date | None) -> Fact:
    """What a later edition says of a row: the same, on its own word, or something else from its day on."""
    since = current.since if undated(row, day) else row.since
    row = msgspec.structs.replace(row, since=since, known_from=current.known_from)
    if _words(row) == _words(current):
        return row
    return msgspec.structs.replace(row, known_from=day)


def _words(row: Fact) -> Fact:
    """A row without where it was read: what it says."""
    return msgspec.structs.replace(row, source=_NOWHERE)
