"""Questions to the law: what holds on a day, what follows for a role, what is asked by default.

Each takes a `book` (`law.load(folder)`) where a user's own regimes count too.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from underlabel.law.book import Book, shipped
from underlabel.law.known import known, nearest
from underlabel.law.regime import Period, Regime, Row
from underlabel.model import Consequence, Ruling, Test, UsageError

UNSTATED: Final = "none recorded; ask counsel"


def regimes(book: Book | None = None) -> tuple[str, ...]:
    """The ids of all regimes, in the order they are shown."""
    return tuple(_or_shipped(book).regimes)


def roles() -> tuple[str, ...]:
    """The ids of all roles."""
    return tuple(role.id for role in known().roles)


def list_ids() -> tuple[str, ...]:
    """The ids of all lists a regime may start from."""
    return known().lists


def show(regime: str, book: Book | None = None) -> Regime:
    """The whole regime, as read from its file. Errors: `UsageError` for an unknown id."""
    return _or_shipped(book).regime(regime)


def on(regime: str, day: date, book: Book | None = None) -> Ruling:
    """The regime's status and Test on `day`: exactly one, on every day.

    `status` concerns reach by ownership and control. Named parties are bound whenever it is
    neither not_yet nor ended: a suspended or unverified rule still binds those it names. Before
    the first period it is not_yet, with a Test of named parties, a note that says when it begins,
    and that day as `since`. A Test without `lists` starts from names that no list held carries: it
    reaches nobody, and nobody is `clear` under it. Errors: `UsageError` for an unknown id.
    """
    found = _or_shipped(book).regime(regime)
    period = next((each for each in found.periods if _covers(each, day)), None)
    if period is None:
        return _before(found, day)
    return Ruling(
        regime=found.id,
        title=found.title,
        day=day,
        status=period.status,
        test=period.test,
        citation=period.citation or found.citation,
        note=_joined(period.note, found.note),
        since=period.since,
        red_flag=period.red_flag,
        rival=period.rival,
        rival_says=period.rival_says,
        products=found.products,
    )


def consequence(regime: str, role: str, day: date | None = None, book: Book | None = None) -> Consequence:
    """What follows for `role` on `day`; without a day, the last row recorded (its day may be to come).

    A pair without a cited row is `not_stated`. On days before the first row the level is `none`
    and the text says from when something follows. Errors: `UsageError` for an unknown id.
    """
    at_hand = _or_shipped(book)
    found, asker = at_hand.regime(regime), at_hand.role(role)
    if asker.always:
        return asker.always
    rows = _rows(found, role)
    if not rows:
        return Consequence(level="not_stated", text=UNSTATED, looks_at=found.looks_at)
    row = rows[-1] if day is None else next((each for each in rows if _covers(each, day)), None)
    if row is None:
        return _outside(rows, day)
    if row.consequence.level == "not_stated":
        return msgspec.structs.replace(row.consequence, text=UNSTATED)
    return row.consequence


def asked_by(role: str, book: Book | None = None) -> tuple[str, ...]:
    """The regimes asked by default for a role. Errors: `UsageError` for an unknown id."""
    return tuple(regime for regime in regimes(book) if consequence(regime, role, book=book).asked)


def also_recorded(role: str, book: Book | None = None) -> tuple[str, ...]:
    """The regimes with something on record for a role that are not asked by default."""
    answers = ((regime, consequence(regime, role, book=book)) for regime in regimes(book))
    return tuple(regime for regime, answer in answers if not answer.asked and answer.level != "not_stated")


def recorded(role: str, book: Book | None = None) -> tuple[str, ...]:
    """The regimes with something on record for a role, asked by default or not.

    Errors: `UsageError` for an unknown id.
    """
    either = {*asked_by(role, book), *also_recorded(role, book)}
    return tuple(regime for regime in regimes(book) if regime in either)


def start_lists(regime: str, book: Book | None = None) -> tuple[str, ...]:
    """Every list the regime starts from on some day; on one day it is `on(...).test.lists`."""
    found = _or_shipped(book).regime(regime)
    tests = (test for period in found.periods for test in (period.test, period.red_flag, period.rival) if test)
    return tuple(dict.fromkeys([*found.lists, *(name for test in tests for name in test.lists)]))


def of_list(name: str, book: Book | None = None) -> tuple[str, ...]:
    """The regimes a list belongs to: it starts them, or it is a compilation that carries their rows.

    Errors: `UsageError` for an unknown list.
    """
    if name not in known().lists:
        raise UsageError(f"unknown list '{name}'", hint=nearest(name, known().lists))
    return tuple(
        regime for regime in regimes(book) if name in (*start_lists(regime, book), *show(regime, book).carried_in)
    )


def _or_shipped(book: Book | None) -> Book:
    return shipped() if book is None else book


def _covers(stretch: Period | Row, day: date) -> bool:
    return (stretch.since is None or stretch.since <= day) and (stretch.until is None or day < stretch.until)


def _before(found: Regime, day: date) -> Ruling:
    first = found.periods[0]
    begins = found.before or f"Begins on {first.since}."
    return Ruling(
        regime=found.id,
        title=found.title,
        day=day,
        status="not_yet",
        test=Test(lists=found.lists, says="not in force yet: named parties only, and nothing follows"),
        citation=first.citation or found.citation,
        note=_joined(f"Not in force on {day}.", begins),
        since=first.since,
        products=found.products,
    )


def _rows(found: Regime, role: str) -> tuple[Row, ...]:
    return tuple(row for row in found.rows if row.role == role)


def _outside(rows: tuple[Row, ...], day: date | None) -> Consequence:
    first, last = rows[0], rows[-1]
    if first.since and day and day < first.since:
        text = f"Nothing on this day; from {first.since}: {first.consequence.text}"
        return msgspec.structs.replace(first.consequence, level="none", text=text)
    text = f"Nothing on this day: it ended on {last.until}."
    return msgspec.structs.replace(last.consequence, level="none", text=text)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
