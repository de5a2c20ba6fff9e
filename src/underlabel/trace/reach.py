"""Law's Test and own's fixpoint, joined: whom a regime reaches on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import msgspec

from underlabel import law, own
from underlabel.model import Held, Reach, Ruling, Test
from underlabel.world import World

HALF = Test(
    lists=(),
    threshold=500_000,
    adds_up=True,
    says="a 50 % ownership test, holdings added up",
)
"""The test of the 50 % rules, for what-if answers under regimes that have none."""
TIED = Test(
    lists=(),
    threshold=1,
    adds_up=True,
    control=("controls", "appoints"),
    says="any holding or control",
)
"""The widest tie: for roles that no rule binds, who stands behind a maker is what they ask."""


class Under:
    """One regime on one day over one World: whom it reaches, and by which other readings it would.

    Each reading is worked out when first asked for, over all parties at once.
    """

    def __init__(self, world: World, regime: str, day: date, held_on: date | None = None) -> None:
        """Ask the law what holds that day; holdings are those of the same day, or of `held_on`."""
        self.world = world
        self.day = day
        self.held_on = held_on or day
        self.ruling: Ruling = law.on(regime, day)

    @cached_property
    def starts(self) -> Mapping[str, Held]:
        """The parties and categories on the rule's own lists that day."""
        return self._starts(self.ruling.test)

    @cached_property
    def reached(self) -> Mapping[str, Reach]:
        """Whom the rule reaches by its own test."""
        return self._by(self.ruling.test)

    @cached_property
    def surest(self) -> Mapping[str, Reach]:
        """The same on links of high confidence alone: what a `restricted` may rest on."""
        links = [link for link in self.world.links if link.confidence == "high"]
        return self._on(own.on(links, self.held_on), self.ruling.test)

    @cached_property
    def doubted(self) -> Mapping[str, Reach]:
        """The same when facts of low confidence are counted too."""
        return self._by(self.ruling.test, doubted=True)

    @cached_property
    def flagged(self) -> Mapping[str, Reach]:
        """Whom the rule's red flag touches, where it has one."""
        return self._by(self.ruling.red_flag) if self.ruling.red_flag else {}

    @cached_property
    def tied(self) -> Mapping[str, Reach]:
        """Whom any holding by, or control of, a party on the rule's lists touches: no law, but worth knowing."""
        return self._by(msgspec.structs.replace(TIED, lists=self.ruling.test.lists))

    @cached_property
    def rival(self) -> Mapping[str, Reach]:
        """Whom the rule reaches by its other reading, where it has one."""
        return self._by(self.ruling.rival) if self.ruling.rival else {}

    @cached_property
    def half(self) -> Mapping[str, Reach]:
        """What if a 50 % test applied from the same lists."""
        return self._by(msgspec.structs.replace(HALF, lists=self.ruling.test.lists))

    @cached_property
    def half_doubted(self) -> Mapping[str, Reach]:
        """The same what-if when facts of low confidence are counted too."""
        return self._by(msgspec.structs.replace(HALF, lists=self.ruling.test.lists), doubted=True)

    @cached_property
    def begins(self) -> Under | None:
        """The same regime on its first day in force, over what was held on the day asked, where that is earlier."""
        if self.ruling.status != "not_yet" or self.ruling.since is None:
            return None
        return Under(self.world, self.ruling.regime, self.ruling.since, held_on=self.day)

    def best(self, party: str) -> Reach | None:
        """The reach of a party, shown by high-confidence links where those suffice; None if unrecorded.

        A statement of lower confidence may only weaken it: what all links together leave open stays open.
        """
        every, sure = self.reached.get(party), self.surest.get(party)
        both = every is not None and sure is not None and every.reach == sure.reach == "must"
        return sure if both else every

    def _starts(self, test: Test) -> Mapping[str, Held]:
        wholly = self.world.starts([name for name in test.lists if name not in test.partly], self.day)
        return dict.fromkeys(self.world.starts(test.partly, self.day), Held.MAYBE) | wholly

    def _by(self, test: Test, *, doubted: bool = False) -> Mapping[str, Reach]:
        return self._on(self.world.holdings(self.held_on, doubted=doubted), test)

    def _on(self, holdings: own.Holdings, test: Test) -> Mapping[str, Reach]:
        world = self.world
        starts = self.starts if test == self.ruling.test else self._starts(test)
        return own.reach(holdings, test, starts, world.seats, world.state_bodies)


class Regimes:
    """The regimes asked, each day worked out once."""

    def __init__(self, world: World) -> None:
        """Keep the World."""
        self._world = world
        self._days: dict[tuple[str, date], Under] = {}

    def under(self, regime: str, day: date) -> Under:
        """One regime on one day."""
        if (regime, day) not in self._days:
            self._days[regime, day] = Under(self._world, regime, day)
        return self._days[regime, day]
