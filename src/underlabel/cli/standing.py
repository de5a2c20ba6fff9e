"""How lists stand, as a narrow terminal can show it: a short table, and below it what needs more words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from underlabel.world import ListStatus

WIDE: Final = ("confirmed", "title")
"""Columns for which a narrow terminal has no room."""


def rows(found: Sequence[ListStatus]) -> list[dict[str, Any]]:
    """A row for each list; a star marks a form that was not, or not in all its kinds, tried on an official file."""
    return [
        {
            "list": one.list,
            "edition": str(one.edition or ("unknown" if one.version else "")),
            "days": one.days,
            "coverage": one.coverage,
            "entries": one.entries or one.records,
            "confirmed": one.confirmed,
            "state": ", ".join(_state(one)),
            "reads": ", ".join(f"{form}*" if form in _starred(one) else form for form in one.forms) or "not yet",
            "title": one.title,
        }
        for one in found
    ]


def _starred(one: ListStatus) -> set[str]:
    return {said.partition(": ")[0] for said in one.unproven}


def _state(one: ListStatus) -> Iterator[str]:
    if one.stale and one.stale != one.refused:
        yield "stale"
    if one.refused:
        yield "refused" if " was refused" in one.refused else "failed"
    if one.accepted:
        yield "accepted"


def remarks(found: Collection[ListStatus]) -> Iterator[str]:
    """What the table says in one word, in more."""
    for one in found:
        if one.refused:
            yield f"{one.list}: {one.refused}"
        if one.accepted:
            yield f"{one.list}: accepted by a user: {one.accepted}"
    through: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if one.through:
            through[one.through].append(one.list)
    for name, spoken_for in sorted(through.items()):
        yield f"in use as part of {name}: {', '.join(spoken_for)}"
    if any(one.stale and one.stale != one.refused for one in found):
        yield "stale: older than the list is renewed; -f json says how many days are expected"
    yield from _unproven(found)


def _unproven(found: Collection[ListStatus]) -> Iterator[str]:
    for one in found:
        for form, joint, kind in (said.partition(": ") for said in one.unproven):
            if joint:
                yield f"the star of {one.list} {form} is for {kind}"
    if any(one.unproven for one in found):
        yield "*: built from the published format, never tried on an official file of the list"
