"""Screening: rows of names that are asked about, and what each one was answered."""

from __future__ import annotations

from datetime import date

import msgspec

from underlabel.model.matching import Hit, Query


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table of names, and the question it puts.

    `row` counts rows of the file or sheet from 1, headings included. `cells` are the user's, untouched, in the order
    of the table's columns. `broken` says why the row could not be read; its query is then empty.
    """

    row: int
    query: Query
    sheet: str = ""
    cells: tuple[str, ...] = ()
    broken: str = ""


class AskedPair(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table of pairs of names; its fields are those of `Asked`."""

    row: int
    first: Query
    second: Query
    sheet: str = ""
    cells: tuple[str, ...] = ()
    broken: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Where a party stands: the list, and the publisher's own id of the entry (ours, where it gives none)."""

    list: str
    source_id: str


class ListHit(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a list that a query may mean.

    `party` is the id that stands for the party and all it is joined with; `list` and `source_id` are as in `Entry`,
    `list` empty for a party that stands on none. `hit` holds the name that was found, the score and its reasons.
    """

    party: str
    list: str
    source_id: str
    hit: Hit


class Nearest(msgspec.Struct, frozen=True, kw_only=True):
    """The candidate that came nearest to being a hit, and why it is none.

    `entries` are where it stands, on any list and day. `least` is the score that a hit needs. `standing` says, of a
    candidate whose score would do, why it is none all the same: it stands on no list that was searched.
    """

    party: str
    entries: tuple[Entry, ...]
    hit: Hit
    least: float
    standing: str = ""


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """What was searched: the lists, and for each the day of its edition (empty where it states none).

    `extracts` are those of the lists of which only an extract is held: nothing follows from silence there. `as_of` is
    the day for which hits were asked, `known_at` the day the facts are known at. `candidates` counts the names
    searched, `cut` says that candidates or hits were left out.
    """

    lists: tuple[str, ...]
    versions: dict[str, str]
    extracts: tuple[str, ...] = ()
    as_of: date | None = None
    known_at: date | None = None
    snapshot: str = ""
    candidates: int = 0
    cut: bool = False


class Screened(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one row: hits that pass, best first; else the nearest candidate; else why the row is no name."""

    asked: Asked
    searched: Searched
    hits: tuple[ListHit, ...] = ()
    nearest: Nearest | None = None
    rejected: str = ""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one pair: the comparison, and whether its score makes the two names a match."""

    asked: AskedPair
    hit: Hit
    match: bool
    rejected: str = ""
