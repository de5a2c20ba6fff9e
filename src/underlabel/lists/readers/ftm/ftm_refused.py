"""What was not read of a FollowTheMoney file: broken lines one by one, what is never kept by its number."""

from __future__ import annotations

from typing import Final

import msgspec

from underlabel.lists.gather import Gather

_RAW: Final = 200
_TOLD: Final = 100
"""So many broken records of one reason are told one by one; the rest of them by their number."""


class _Alike(msgspec.Struct):
    """Refusals for one reason: how many, the first of them with their texts, and what to do."""

    hint: str
    count: int = 0
    told: list[tuple[str, str]] = []


class Refused:
    """Gathers refusals in bounded memory; `records` counts those that cost a whole record."""

    def __init__(self) -> None:
        """Nothing is refused yet."""
        self.records = 0
        self._alone: dict[str, _Alike] = {}
        self._summed: dict[str, _Alike] = {}

    def broken(self, reason: str, where: str, hint: str, raw: str = "") -> None:
        """A record could not be read: each is told alone."""
        self.records += 1
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
        alike = kinds.setdefault(reason, _Alike(hint))
        alike.count += 1
        if len(alike.told) < _TOLD:
            alike.told.append((where, raw[:_RAW]))
