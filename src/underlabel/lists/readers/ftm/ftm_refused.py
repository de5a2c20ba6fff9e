"""What was not read of a FollowTheMoney file: broken lines one by one, what is never kept by its number."""

from __future__ import annotations

from typing import Final

import msgspec

from underlabel.lists.gather import Gather
from underlabel.model import InputError

_RAW: Final = 200
_TOLD: Final = 100
"""So many broken records of one reason are told one by one; the rest of them by their number."""

_REASONS: Final = 500
"""So many reasons are told apart; further ones, where each names another value, are told together."""

_MOST: Final = 10_000
"""More broken records than this are no file of this form with faults in it, but another file."""


class _Alike(msgspec.Struct):
    """Refusals for one reason: how many, the first of them with their texts, and what to do."""

    hint: str
    count: int = 0
    told: list[tuple[str, str]] = []


class Refused:
    """Gathers refusals in bounded memory; `records` counts those that cost a whole record."""

    def __init__(self) -> None:
        """Nothing is refused yet."""
        self.records = self._broken = 0
        self._alone: dict[str, _Alike] = {}
        self._summed: dict[str, _Alike] = {}

    def broken(self, reason: str, where: str, hint: str, raw: str = "") -> None:
        """A record could not be read: each is told alone. Errors: `InputError` where nearly none can be read."""
        self.records += 1
        self._broken += 1
        if self._broken > _MOST:
            what = f"more than {_MOST} records are broken: this is no file of this form; the last: {reason}"
            raise InputError(what, where=where, hint=hint)
        self._add(self._alone, reason, where, hint, raw)

    def unkept(self, reason: str, where: str, hint: str = "") -> None:
        """A record is of a sort that is not kept: all of one reason are told together."""
        self.records += 1
        self._add(self._summed, reason, where, hint)

    def detail(self, reason: str, where: str, hint: str) -> None:
        """A detail of a record was left out, the rest of it kept: all of one reason are told together."""
        self._add(self._summed, reason, where, hint)

    def into(self, gather: Gather) -> None:
        """Note all of it in an edition."""
        for reason, alike in self._alone.items():
            for where, raw in alike.told:
                gather.reject(reason, where=where, hint=alike.hint, raw=raw)
            if alike.count > len(alike.told):
                more = f"{reason} ({alike.count - len(alike.told)} more records)"
                gather.reject(more, where=gather.opened.where, hint=alike.hint)
        for reason, alike in self._summed.items():
            times = f" ({alike.count} times)" if alike.count > 1 else ""
            gather.reject(f"{reason}{times}", where=alike.told[0][0], hint=alike.hint)

    @property
    def first(self) -> str:
        """The first reason for which a record could not be read; empty where all could."""
        return next(iter(self._alone), "")

    def _add(self, kinds: dict[str, _Alike], reason: str, where: str, hint: str, raw: str = "") -> None:
        reason = reason if reason in kinds or len(kinds) < _REASONS else "refused for yet other reasons"
        alike = kinds.setdefault(reason, _Alike(hint))
        alike.count += 1
        if len(alike.told) < _TOLD:
            alike.told.append((where, raw[:_RAW]))
