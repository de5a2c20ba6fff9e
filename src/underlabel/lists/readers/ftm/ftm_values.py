"""Days, shares and countries as FollowTheMoney writes them: as text, often more than one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from underlabel.model import WHOLE, Day, DayKind, InputError, Share, parse_day

_DATE: Final = len("2018-02-06")
_NUMBER: Final = r"(\d{1,3}(?:[.,]\d+)?)\s*%?"
_ONE: Final = re.compile(_NUMBER)
_RANGE: Final = re.compile(rf"{_NUMBER}\s*(?:-|\u2013|\.\.|to)\s*{_NUMBER}")
_ABOVE: Final = re.compile(rf"(>=|≥|>|at least|more than|over)\s*{_NUMBER}", re.IGNORECASE)
_BELOW: Final = re.compile(rf"(<=|≤|<|at most|up to|less than|under)\s*{_NUMBER}", re.IGNORECASE)
_OPEN: Final = frozenset({">", "more than", "over", "<", "less than", "under"})
_ALPHA_2: Final = 2
_NOWHERE: Final = frozenset({"zz", "eu"})
_UNITS: Final = 10_000


def day(texts: Iterable[str], kind: DayKind) -> Day | None:
    """The day a property states: from the earliest to the latest where it states several; None for none.

    Clock times are left out. Errors: `InputError` for text that is no day.
    """
    days = [one for one in (parse_day(text[:_DATE], kind) for text in texts) if one is not None]
    if not days:
        return None
    return Day(min(one.earliest for one in days), max(one.latest for one in days), kind)


def share(text: str) -> Share:
    """A share: "48", "33,5 %", "25-50", ">50", "at least 25%".

    More decimals than four are the stretch between the two shares they lie between. Errors: `InputError`
    for anything else, and for more than 100 %.
    """
    text = " ".join(text.split())
    one, pair = _ONE.fullmatch(text), _RANGE.fullmatch(text)
    above, below = _ABOVE.fullmatch(text), _BELOW.fullmatch(text)
    if one:
        low, high = _bounds(one[1])
    elif pair:
        low, high = _bounds(pair[1])[0], _bounds(pair[2])[1]
    elif above:
        low, high = _bounds(above[2], above[1])[0], WHOLE
    elif below:
        low, high = 0, _bounds(below[2], below[1])[1]
    else:
        raise InputError(f"'{text[:80]}' is not understood as a share", hint="expected 48, 25-50 or >50")
    return Share(low, high)


def country(code: str) -> str:
    """An ISO country, as its code; of a region, the country ISO counts it to; empty where the code is of none."""
    whole, _, _ = code.strip().casefold().partition("-")
    return whole if len(whole) == _ALPHA_2 and whole.isascii() and whole.isalpha() and whole not in _NOWHERE else ""


def _bounds(text: str, word: str = "") -> tuple[int, int]:
    """The units around a number; an end that is open by the word before it is one unit inward."""
    amount = Decimal(text.replace(",", ".")) * _UNITS
    low = int(amount)
    if low != amount:
        return low, low + 1
    inward = word.casefold() in _OPEN
    return low + inward, low - inward
