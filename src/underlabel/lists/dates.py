"""Days as US lists write them, and the Federal Register citations that carry them.

Month before day is the US lists' own order, day before month that of the UK and the EU (`day_first`).
Nothing is guessed: a year of two digits is read against the volume beside it (volume 84 of the Federal
Register is the year 2019), and where the two disagree the day is the interval that holds both.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

from underlabel.model import Day, DayKind, InputError, exact

_FIRST_YEAR: Final = 1935
_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS: Final = {form: number for number, name in enumerate(_NAMES, 1) for form in (name, name[:3])} | {"Sept": 9}
_NUMERIC: Final = r"\d{1,2}/\d{1,2}/\d{2,4}(?!\d)"
_SPELT: Final = r"[A-Z][a-z]+\.? \d{1,2}, \d{4}"
_PAGED: Final = re.compile(
    rf"(?P<volume>\d{{2,3}})(?:\s+|\.?(?=F\.?\s?R))(?:F\.?\s?R\.?,?\s*)?(?:[Nn]o\.\s+)?(?P<page>\d{{1,6}})"
    rf"(?:\s*,\s*\d{{1,6}}(?!\d*/|\d*\s*F\.?\s?R))*"
    rf"(?:\s+preview citation details)?(?:[,\s(]+(?P<day>{_NUMERIC}|{_SPELT}))?"
)
_NUMBERED: Final = re.compile(
    rf"Vol(?:ume)?\.?\s*(?P<volume>\d{{2,3}})[,;]?\s*No\.?\s*\d+[,;]?\s*(?:P\d+[,;]?\s*)?(?P<day>{_NUMERIC}|{_SPELT})"
)
_FORMS: Final = (
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"), False),
    (re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})"), False),
    (re.compile(r"(?P<month>[A-Z][a-z]+)\.? (?P<day>\d{1,2}), (?P<year>\d{4})"), True),
    (re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})"), True),
)
_DAY_FIRST: Final = (
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Z][a-z]+)[- ](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[T+Z].*)?"),
)
_CENTURY: Final = 100


class Citation(msgspec.Struct, frozen=True):
    """A place in the Federal Register: its volume, and the day of publication as far as given."""

    volume: int
    day: Day


def citations(text: str) -> tuple[Citation, ...]:
    """The Federal Register citations of a text, in its order.

    Reads "84 FR 54004, 10/9/19.", "46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81", "91 FR 35189
    (June 10, 2026)" and "Vol. 79, No. 184, 09/23/14, Federal Register"; line breaks may stand
    anywhere; "81.F.R. 22576" and "76 FR No. 197" are read too. A citation without a day, or with one
    cut off ("11/22/201"), is some day of its volume's year.
    """
    found = [match for pattern in (_PAGED, _NUMBERED) for match in pattern.finditer(text) if _cites(match)]
    found.sort(key=lambda match: match.start())
    return tuple(_citation(int(match["volume"]), match["day"]) for match in found)


def us_day(text: str, *, volume: int | None = None, not_before: date | None = None, kind: DayKind = "published") -> Day:
    """Read a day: "10/9/19", "12/22/2020", "June 21, 2022", "03 Jun 2021" or "2026-06-10".

    A year of two digits is that of the Federal Register `volume`, or else the first such year
    that is `not_before` a day. Errors: `InputError` where it is no day, or its century is open.
    """
    for form, spelt in _FORMS:
        match = form.fullmatch(text.strip())
        if match is None:
            continue
        month = _MONTHS.get(match["month"], 0) if spelt else int(match["month"])
        return _placed(text, match["year"], (month, int(match["day"])), (volume, not_before, kind))
    raise _unreadable(text)


def day_first(text: str, kind: DayKind = "effective") -> Day:
    """Read a day of a list that writes the day before the month: "29/06/2012", "12-Nov-2026" or ISO "2012-06-29".

    For the UK and EU lists, by their own definition. The time behind an ISO day is left out. Errors:
    `InputError` for anything else, a year of two digits too.
    """
    for form in _DAY_FIRST:
        match = form.fullmatch(text.strip())
        if match is None:
            continue
        month = match["month"]
        try:
            return exact(
                date(int(match["year"]), int(month) if month.isdigit() else _MONTHS.get(month, 0), int(match["day"])),
                kind,
            )
        except ValueError:
            break
    raise InputError(f"'{text}' is not a day", hint="this list writes 29/06/2012, 12-Nov-2026 or 2012-06-29")


def _placed(text: str, year: str, month_day: tuple[int, int], context: tuple[int | None, date | None, DayKind]) -> Day:
    volume, not_before, kind = context
    try:
        day = date(_whole_year(text, year, volume, not_before), *month_day)
    except ValueError as error:
        raise _unreadable(text) from error
    volume_year = volume + _FIRST_YEAR if volume else day.year
    if day.year == volume_year:
        return exact(day, kind)
    # The volume and the day written beside it disagree: the day lies in the stretch between.
    if day.year > volume_year:
        return Day(date(volume_year, 1, 1), day, kind)
    return Day(day, date(volume_year, 12, 31), kind)


def _whole_year(text: str, year: str, volume: int | None, not_before: date | None) -> int:
    if len(year) > len("19"):
        return int(year)
    if volume is not None:
        near = volume + _FIRST_YEAR
        centuries = (near // _CENTURY - 1, near // _CENTURY, near // _CENTURY + 1)
        return min((century * _CENTURY + int(year) for century in centuries), key=lambda one: abs(one - near))
    if not_before is not None:
        return not_before.year + (int(year) - not_before.year) % _CENTURY
    raise InputError(f"the century of '{text}' is not stated", hint="write the year with four digits")


def _cites(match: re.Match[str]) -> bool:
    # "82 FR 1" cites; a bare "82 1" does so only with a day behind it ("84 12345 3/4/19").
    return "R" in match[0] or match["day"] is not None


def _citation(volume: int, day: str | None) -> Citation:
    year = volume + _FIRST_YEAR
    some = Day(date(year, 1, 1), date(year, 12, 31), "published")
    try:
        return Citation(volume, us_day(day, volume=volume) if day else some)
    except InputError:
        return Citation(volume, some)


def _unreadable(text: str) -> InputError:
    return InputError(f"'{text}' is not a day", hint="US lists write 10/9/19, June 21, 2022 or 2026-06-10")
