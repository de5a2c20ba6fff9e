"""The case: one item on its day, under one regime, for one role; what its judges share."""

from __future__ import annotations

import msgspec

from underlabel.model import Consequence, Item, Listing
from underlabel.trace.ask import Ask
from underlabel.trace.paths import standing
from underlabel.trace.reach import Under
from underlabel.world import World


class Case(msgspec.Struct, frozen=True):
    """One item on its day, under one regime, for one role."""

    item: Item
    under: Under
    consequence: Consequence
    ask: Ask
    world: World


def nothing(case: Case, why: str) -> Consequence:
    """Nothing follows, and why; the citation stays."""
    return msgspec.structs.replace(case.consequence, level="none", text=why)


def not_known(case: Case) -> Consequence:
    """What follows is not known, since nothing was checked."""
    return msgspec.structs.replace(case.consequence, level="not_stated", text="Not known: this was not checked.")


def entries(case: Case, start: str) -> list[Listing]:
    """The entries of a party on the rule's lists that stood on the day asked."""
    return standing(case.world.listings.get(start, ()), case.under.ruling.test.lists, case.under.day)
