"""Holdings as exact integers: 1 unit is 1/10,000 of a percent, so 100 % is 1,000,000 units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import msgspec

from underlabel.model.errors import InputError

WHOLE: Final = 1_000_000
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,4})?")


class Share(msgspec.Struct, frozen=True, order=True):
    """A holding known to lie between `low` and `high` units, both inclusive.

    An open end is moved one unit inward: more than 25 % is `low = 250_001`.
    """

    low: int = 0
    high: int = WHOLE

    def __post_init__(self) -> None:
        """Errors: `InputError` unless 0 <= low <= high <= 100 %."""
        if not 0 <= self.low <= self.high <= WHOLE:
            raise InputError(
                f"a share of {percent(self.low)} to {percent(self.high)} cannot be",
                hint="a share lies between 0 % and 100 %, the lower end first",
            )

    def __str__(self) -> str:
        """The share in words: "48 %", "25.0001-50 %" or "share unknown"."""
        if self == UNKNOWN:
            return "share unknown"
        if self.low == self.high:
            return f"{percent(self.low)} %"
        return f"{percent(self.low)}-{percent(self.high)} %"


UNKNOWN: Final = Share(0, WHOLE)


def units(text: str) -> int:
    """Percent as text ("33.3333") in exact units. Errors: `InputError` if it is no percentage."""
    text = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(text):
        raise InputError(f"'{text}' is not a percentage", hint="write 48 or 33.3333: four decimals at most")
    return int(Decimal(text) * 10_000)


def percent(amount: int) -> str:
    """Units as the shortest decimal percentage: 480000 is "48", 327321 is "32.7321"."""
    return f"{Decimal(amount) / 10_000:f}".rstrip("0").rstrip(".") if amount % 10_000 else str(amount // 10_000)
