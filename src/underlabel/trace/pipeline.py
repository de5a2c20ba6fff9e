"""The product in one page: an item goes in, a finding under each rule comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from underlabel.model import Finding, Item
from underlabel.trace.ask import Ask
from underlabel.trace.finding import finding
from underlabel.trace.mentions import Told
from underlabel.trace.reach import Regimes
from underlabel.trace.subjects import named
from underlabel.world import World

BATCH = 1_000


def run(items: Iterable[Item], world: World, ask: Ask) -> Iterator[Finding]:
    """Exactly one finding for each item and regime, in the order of the items.

    For each batch: who is under each label and who receives it (labels, match), whom each rule
    reaches on that day (law, own), what was reported of them (news), and the verdict.
    """
    regimes, told, rest = Regimes(world), Told(world), iter(items)
    while batch := list(islice(rest, BATCH)):
        days = [ask.day_of(item) for item in batch]
        for item, day, who in zip(batch, days, named(batch, days, world), strict=True):
            for regime in ask.regimes:
                yield finding(item, who, regimes.under(regime, day), ask, told, world)
