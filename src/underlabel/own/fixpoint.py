"""The least fixpoint: whom a Test reaches from the parties that are listed.

B := listed; repeat B + {a : Σ share(o, a) over o in B passes the test}. A reached owner passes on
its whole holding (OFAC FAQ 401; 15 CFR part 744 Supp. 8). It is no product of shares along a path.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Literal

import msgspec

from underlabel.model import WHOLE, Test
from underlabel.own.stakes import CAPITAL, VOTES, Holdings, Stake, Tie, least, most

Rung = Literal["named", "ownership", "control", "affiliate"]
Enough = Callable[[Sequence[Stake]], bool]


class Crossing(msgspec.Struct, frozen=True, kw_only=True):
    """How one party entered the set: by which means, from which owners, with what sum, in which round."""

    party: str
    via: Rung
    interest: str = ""
    owners: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    round: int = 0
    choice: str = ""


Reached = dict[str, Crossing]


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a Test over holdings: on the surest reading of every stake, or on the `widest`.

    `partners` are parties known to be reached otherwise: they complete a joint stake, but what
    they hold alone is not added.
    """

    holdings: Holdings
    test: Test
    widest: bool
    partners: Collection[str] = frozenset()

    def over(self, first: Reached) -> Reached:
        """All parties the test reaches from the `first` ones, each with its crossing, in rounds from theirs on.

        Holders are summed; call it once per start where a regime does not add up different persons.
        """
        reached = dict(first)
        frontier = sorted(reached)
        number = max((crossing.round for crossing in reached.values()), default=0)
        while frontier:
            number += 1
            touched = sorted({asset for owner in frontier for asset in self.holdings.assets_of.get(owner, ())})
            entered = [
                crossing
                for asset in touched
                if asset not in reached
                for crossing in (self.crossing(asset, reached, number),)
                if crossing is not None
            ]
            reached.update({crossing.party: crossing for crossing in entered})
            frontier = [crossing.party for crossing in entered]
        return reached

    def crossing(self, asset: str, reached: Reached, number: int = 0) -> Crossing | None:
        """How `asset` is reached in round `number` from those reached before; None if it is not."""
        for interest in (CAPITAL, VOTES) if self.widest else self.test.interests:
            stakes, siblings = counted(self.holdings, asset, interest, reached)
            if stakes and self._enough(stakes, siblings):
                choice = "" if interest in self.test.interests else f"{interest} counted; {_UNPUBLISHED}"
                chosen = self._named(stakes, partial(self._enough, siblings=siblings))
                return self._made(chosen, siblings, number, choice)
        return (self._by_self_holding(asset, reached, number) if self.widest else None) or self._by_tie(
            asset, reached, number
        )

    def _enough(self, stakes: Sequence[Stake], siblings: Sequence[Stake]) -> bool:
        return passes(self.test, most(stakes, siblings) if self.widest else least(stakes, self.partners))

    def _named(self, stakes: Sequence[Stake], enough: Enough) -> list[Stake]:
        """Stakes none of which can be left out, largest first, each resting on its surest statement that will do."""
        rank = sorted(stakes, key=lambda one: (-(one.high if self.widest else one.low), one.block, one.owner))
        chosen = next(rank[:count] for count in range(1, len(rank) + 1) if enough(rank[:count]))
        for stake in reversed(chosen):
            fewer = [one for one in chosen if one != stake]
            if fewer and enough(fewer):
                chosen = fewer
        if not self.widest:
            return chosen
        for at, stake in enumerate(chosen):
            alone = (msgspec.structs.replace(stake, options=(option,)) for option in stake.options)
            trials = ([*chosen[:at], one, *chosen[at + 1 :]] for one in alone)
            chosen = next(trial for trial in trials if enough(trial))
        return chosen

    def _made(self, chosen: Sequence[Stake], siblings: Iterable[Stake], number: int, choice: str) -> Crossing:
        if not self.widest:
            owners = {stake.owner for stake in chosen}
            needed = {need for stake in chosen for need in stake.needs} - owners
            chosen = [*chosen, *(stake for stake in siblings if stake.owner in needed)]
        return Crossing(
            party=chosen[0].asset,
            via="ownership",
            interest=chosen[0].interest,
            owners=tuple(stake.owner for stake in chosen),
            links=tuple(stake.links[0] for stake in chosen),
            round=number,
            choice=choice,
        )

    def _by_self_holding(self, asset: str, reached: Reached, number: int) -> Crossing | None:
        """Own shares may count as not outstanding: no authority has published a text, so it is a choice."""
        own = self_held(self.holdings, asset)
        stakes, siblings = counted(self.holdings, asset, CAPITAL, reached)
        threshold = self.test.threshold
        if not stakes or not 0 < own < WHOLE or threshold is None:
            return None

        def enough(some: Sequence[Stake]) -> bool:
            scaled, line = most(some, siblings) * WHOLE, threshold * (WHOLE - own)
            return scaled > line if self.test.strict else scaled >= line

        if not enough(stakes):
            return None
        choice = "shares a company holds in itself left out of the whole"
        return self._made(self._named(stakes, enough), siblings, number, choice)

    def _by_tie(self, asset: str, reached: Reached, number: int) -> Crossing | None:
        ties = [tie for tie in controls(self.holdings, self.test, asset) if tie.owner in reached]
        best = min(ties, key=lambda tie: (not tie.sure, tie.owner), default=None)
        if best is None or not (best.sure or self.widest):
            return None
        return Crossing(party=asset, via="control", owners=(best.owner,), links=best.links[:1], round=number)


class Runs(msgspec.Struct, frozen=True):
    """The spreads of one reading, and for each party the one that reached it in the fewest rounds."""

    runs: tuple[Reached, ...]
    trails: Mapping[str, Reached]

    @classmethod
    def of(cls, spreads: Iterable[Reached]) -> Runs:
        """Bring spreads together; the first of equals stands."""
        runs = tuple(spreads)
        trails: dict[str, Reached] = {}
        for run in runs:
            for party, crossing in run.items():
                if party not in trails or crossing.round < trails[party][party].round:
                    trails[party] = run
        return cls(runs, trails)

    def proof(self, party: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The links that crossed the line for `party`, then those that carried their owners, and the starts."""
        return self.traced(self.trails[party][party], self.trails[party])

    def traced(self, crossing: Crossing, run: Reached) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The same for a crossing out of one of the spreads; a partner of a joint stake has its own."""
        links: list[str] = []
        begins: list[str] = []
        todo, seen = [crossing], {crossing.party}
        while todo:
            now = todo.pop(0)
            if now.via == "named":
                begins.append(now.party)
            links.extend(link for link in now.links if link not in links)
            for owner in now.owners:
                if owner not in seen:
                    seen.add(owner)
                    todo.append(run[owner] if owner in run else self.trails[owner][owner])
        return tuple(links), tuple(begins)


def named(starts: Iterable[str]) -> Reached:
    """The listed parties, reached by name."""
    return {start: Crossing(party=start, via="named") for start in sorted(set(starts))}


def passes(test: Test, amount: int) -> bool:
    """Whether a sum of units meets the test's threshold; a test without one is met by no sum."""
    if test.threshold is None:
        return False
    return amount > test.threshold if test.strict else amount >= test.threshold


def counted(
    holdings: Holdings, asset: str, interest: str, owners: Collection[str]
) -> tuple[list[Stake], tuple[Stake, ...]]:
    """The stakes of one class of an asset that reached owners hold, and all of that class."""
    siblings = tuple(stake for stake in holdings.stakes.get(asset, ()) if stake.interest == interest)
    return [stake for stake in siblings if stake.owner in owners and stake.owner != asset], siblings


def sums(holdings: Holdings, asset: str, interest: str, owners: Collection[str]) -> tuple[int, int]:
    """The least and most of one class of an asset that `owners` hold together."""
    stakes, siblings = counted(holdings, asset, interest, owners)
    return least(stakes), most(stakes, siblings)


def controls(holdings: Holdings, test: Test, asset: str) -> list[Tie]:
    """The ties into an asset that reach without a share."""
    return [tie for tie in holdings.ties.get(asset, ()) if tie.kind in test.control and tie.owner != asset]


def self_held(holdings: Holdings, asset: str) -> int:
    """The most of its own capital that a party holds itself, in units."""
    return max(
        (s.high for s in holdings.stakes.get(asset, ()) if s.owner == asset and s.interest == CAPITAL), default=0
    )


_UNPUBLISHED = "which class decides is not published"
