"""Days as they are known: an interval of the calendar, and what holds on a day asked."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

import msgspec

from underlabel.model.errors import InputError

DayKind = Literal["announced", "published", "effective", "event"]

_FORM: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"(?:\s*(?:±|\+-|\+/-)\s*(?P<slack>\d{1,3})\s*(?P<unit>days?|months?|years?))?"
)


class Held(StrEnum):
    """Whether something held on a day: yes, no, or inside an uncertain stretch."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Day(msgspec.Struct, frozen=True, order=True):
    """A day as known: any day from `earliest` to `latest`, both inclusive.

    A day known exactly has `earliest == latest`.
    """

    earliest: date
    latest: date
    kind: DayKind = "event"

    def __str__(self) -> str:
        """The shortest text that says the same: "2015", "2023-02", "2018-02-06" or "a..b"."""
        first, last = self.earliest, self.latest
        if first == last:
            return first.isoformat()
        if first == date(first.year, 1, 1) and last == date(first.year, 12, 31):
            return f"{first.year:04d}"
        if first.day == 1 and last == _month_end(first.year, first.month):
            return f"{first.year:04d}-{first.month:02d}"
        return f"{first.isoformat()}..{last.isoformat()}"


def exact(day: date, kind: DayKind = "event") -> Day:
    """A day known exactly."""
    return Day(day, day, kind)


def parse_day(text: str, kind: DayKind = "event") -> Day | None:
    """Read "2018-02-06", "2023-02", "2015", "2023-02 ± 3 months" or "2022-11-23..2023-05-31".

    Blank text is None (not known). Errors: `InputError` for anything else; a day is never guessed.
    """
    text = text.strip()
    if not text:
        return None
    first, dots, last = text.partition("..")
    if dots:
        low, high = parse_day(first, kind), parse_day(last, kind)
        if low is None or high is None or low.earliest > high.latest:
            raise _unreadable(text)
        return Day(low.earliest, high.latest, kind)
    form = _FORM.fullmatch(text)
    if form is None:
        raise _unreadable(text)
    try:
        earliest, latest = _calendar(form["year"], form["month"], form["day"])
        if form["slack"]:
            earliest = _shift(earliest, -int(form["slack"]), form["unit"])
            latest = _shift(latest, int(form["slack"]), form["unit"])
    except (ValueError, OverflowError) as error:
        raise _unreadable(text) from error
    return Day(earliest, latest, kind)


def held(since: Day | None, until: Day | None, day: date) -> Held:
    """Whether a fact true from `since` (inclusive) to `until` (exclusive) held on `day`.

    An unknown `since` counts as begun, an unknown `until` as still going on.
    """
    if since is not None and day < since.earliest:
        return Held.NO
    if until is not None and day >= until.latest:
        return Held.NO
    unsure_start = since is not None and day < since.latest
    unsure_end = until is not None and day >= until.earliest
    return Held.MAYBE if unsure_start or unsure_end else Held.YES


def _calendar(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if day is None:
        return date(int(year), int(month), 1), _month_end(int(year), int(month))
    whole = date(int(year), int(month), int(day))
    return whole, whole


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _shift(day: date, amount: int, unit: str) -> date:
    if unit.startswith("day"):
        return day + timedelta(days=amount)
    months = amount * (12 if unit.startswith("year") else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _unreadable(text: str) -> InputError:
    return InputError(
        f"'{text}' is not a day",
        hint="write 2018-02-06, 2018-02, 2018, '2023-02 ± 3 months' or 2022-11-23..2023-05-31",
    )
