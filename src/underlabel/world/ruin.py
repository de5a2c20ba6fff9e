"""Refuse ruin: an edition far smaller than the one before it does not take its place unasked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from underlabel import lists
from underlabel.model import Dataset, Facts, InputError


def refuse(facts: Facts, held: Iterable[Dataset], *, accept: bool = False) -> Facts:
    """The facts as they are, if their edition is not far smaller than the one before it, of those held.

    The bound is the list's own (`shrinks`, in per cent of the entries). An edition that is accepted all the
    same says so in its dataset (`accepted`), and with it the manifest. Errors: `InputError` with both counts.
    """
    about = facts.dataset
    before = _before(about, held)
    info = lists.known().get(about.id.partition(":")[0])
    if before is None or before.entries <= 0 or info is None:
        return facts
    lost = 100 * (before.entries - about.entries) / before.entries
    if lost <= info.shrinks:
        return facts
    said = (
        f"{about.entries} entries, {lost:.0f} % fewer than the edition of {before.edition or 'an unknown day'} "
        f"({before.entries}); at most {info.shrinks} % fewer are expected"
    )
    if not accept:
        raise InputError(
            f"{about.id} holds {said}",
            where=about.id,
            hint=f"the edition of {before.edition or 'before'} stays in use; if the list did shrink, say --accept",
        )
    return msgspec.structs.replace(facts, dataset=msgspec.structs.replace(about, accepted=said))


def _before(about: Dataset, held: Iterable[Dataset]) -> Dataset | None:
    """The newest whole edition of the same list that is not newer than this one."""
    day = about.edition or date.max
    older = [
        one
        for one in held
        if one.id == about.id and one.form and one.coverage == "whole" and (one.edition or date.min) <= day
    ]
    return max(older, key=lambda one: one.edition or date.min, default=None)
