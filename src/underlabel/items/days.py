"""A line's own day: written plainly, or the whole column proves the order of day and month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

import msgspec

Order = Literal["day first", "month first", "not known"]

_NAMES: Final = "january february march april may june july august september october november december"
_MONTHS: Final = {name[:3]: number for number, name in enumerate(re.findall(r"\w+", _NAMES), start=1)}
_TIME: Final = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[AaPp][Mm]|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}|(\d{{4}})(\d{{2}})(\d{{2}})")
_WORDED: Final = re.compile(
    r"(?:[A-Za-z]+day,?\s+|[A-Za-z]{3},?\s+)?"
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?[\s\-.]+([A-Za-z]+)\.?,?[\s\-]+(\d{{4}})"
    rf"|([A-Za-z]+)\.?[\s\-]+(\d{{1,2}})(?:st|nd|rd|th)?,?[\s\-]+(\d{{4}})){_TIME}"
)
_NUMBERS: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_YEAR: Final = 12  # months
_FIRST_YEAR: Final = 1900
_LONGEST: Final = 60
_HINT: Final = "write days as 2021-10-25"


class Unread(msgspec.Struct, frozen=True):
    """Why a text is no day, and what to write instead."""

    reason: str
    hint: str


class Evidence(msgspec.Struct, frozen=True):
    """What a whole column says of the order of day and month, and the value that proves it."""

    order: Order = "not known"
    example: str = ""


def order_of(values: Iterable[str]) -> Evidence:
    """The order of day and month in a column: proved by a number above 12, and by none on the other side."""
    first = second = ""
    for value in values:
        form = _NUMBERS.fullmatch(value.strip()) if len(value) <= _LONGEST else None
        if form is None:
            continue
        left, right = int(form[1]), int(form[3])
        if left > _YEAR >= right:
            first = first or value.strip()
        elif right > _YEAR >= left:
            second = second or value.strip()
    if bool(first) == bool(second):
        return Evidence()
    return Evidence("day first", first) if first else Evidence("month first", second)


def read_day(value: str, evidence: Evidence) -> date | Unread:
    """The day a text names: ISO, "25 Oct 2021", "October 25, 2021", 25/10/2021; never a guess."""
    text = value.strip()
    if not text:
        return Unread("the line has no day of its own", "fill the day in, or ask for one day for all lines")
    parts = _parts(text, evidence) if len(text) <= _LONGEST else Unread("a long text cannot be read as a day", _HINT)
    if isinstance(parts, Unread):
        return parts
    year, month, day = parts
    try:
        found = date(year, month, day)
    except ValueError:
        return Unread(f"'{text[:40]}' is no day of the calendar", _HINT)
    return found if year >= _FIRST_YEAR else Unread(f"'{text[:40]}' is before {_FIRST_YEAR}", _HINT)


def _parts(text: str, evidence: Evidence) -> tuple[int, int, int] | Unread:
    form = _YEAR_FIRST.fullmatch(text)
    if form:
        year, month, day = (form[1], form[3], form[4]) if form[1] else (form[5], form[6], form[7])
        return int(year), int(month), int(day)
    form = _WORDED.fullmatch(text)
    if form:
        day, name, year = (form[1], form[2], form[3]) if form[1] else (form[5], form[4], form[6])
        number = _month(name.lower())
        return (int(year), number, int(day)) if number else Unread(f"'{text[:40]}' cannot be read as a day", _HINT)
    form = _NUMBERS.fullmatch(text)
    if not form:
        return Unread(f"'{text[:40]}' cannot be read as a day", _HINT)
    return _ordered(text, int(form[1]), int(form[3]), int(form[4]), evidence)


def _month(name: str) -> int:
    """A month's number by its name, whole or cut to three letters or more; 0 if it is none."""
    number = _MONTHS.get(name[:3], 0)
    return number if number and re.findall(r"\w+", _NAMES)[number - 1].startswith(name) else 0


def _ordered(text: str, left: int, right: int, year: int, evidence: Evidence) -> tuple[int, int, int] | Unread:
    if left > _YEAR or left == right or evidence.order == "day first":
        return year, right, left
    if right > _YEAR or evidence.order == "month first":
        return year, left, right
    return Unread(f"'{text[:40]}' may be day first or month first, and the column does not say", _HINT)
