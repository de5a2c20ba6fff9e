"""What is asked of a trace: for whom, under which regimes, on which day."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from underlabel import law, lists
from underlabel.model import Item

_NEVER_AGES: Final = "fixed by statute"


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A question to put to every item.

    `as_of` is the day asked; an item with a day of its own (a ship date) is asked on that day.
    `strict` answers `not_checked` where no ownership record is held; `max_age` in days refuses
    lists older than that on the day asked.
    """

    role: str
    as_of: date
    regimes: tuple[str, ...] = ()
    strict: bool = False
    max_age: int | None = None

    def day_of(self, item: Item) -> date:
        """The day an item is asked on."""
        return item.day or self.as_of

    def too_old(self, name: str, edition: date | None, day: date) -> bool:
        """Whether an edition of a list is older than `max_age` on a day; one without a day is, a statute never is."""
        if self.max_age is None or lists.known(readable=False)[name].cadence == _NEVER_AGES:
            return False
        return edition is None or (day - edition).days > self.max_age


def ask(
    role: str, as_of: date, regimes: tuple[str, ...] = (), *, strict: bool = False, max_age: int | None = None
) -> Ask:
    """A checked question. Without `regimes`, those the law's table asks by default for the role.

    Errors: `UsageError` for an unknown role or regime.
    """
    chosen = regimes or law.asked_by(role)
    for regime in chosen:
        law.consequence(regime, role)
    return Ask(role=role, as_of=as_of, regimes=tuple(dict.fromkeys(chosen)), strict=strict, max_age=max_age)
