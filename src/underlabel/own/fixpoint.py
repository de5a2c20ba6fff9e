"""The least fixpoint: whom a Test reaches from the parties that are listed.

B := listed; repeat B + {a : Σ share(o, a) over o in B passes the test}. A reached owner passes on
its whole holding (OFAC FAQ 401; 15 CFR part 744 Supp. 8). It is no product of shares along a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from underlabel.model import WHOLE, Held, Test
from underlabel.own.stakes import CAPITAL, VOTES, Holdings, Stake, total

Rung = Literal["named", "ownership", "control"]


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


def spread(holdings: Holdings, test: Test, starts: Iterable[str], *, widest: bool) -> Reached:
    """All parties `test` reaches from `starts`, each with its crossing, in rounds from 0.

    On the surest reading of every stake, or on the `widest`. Holders are summed; call it once per
    start where a regime does not add up different persons.
    """
    reached: Reached = {start: Crossing(party=start, via="named") for start in sorted(set(starts))}
    frontier = list(reached)
    number = 0
    while frontier:
        number += 1
        touched = sorted({asset for owner in frontier for asset in holdings.assets_of.get(owner, ())})
        entered = [
            crossing
            for asset in touched
            if asset not in reached
            for crossing in (_crossing(holdings, test, asset, reached, number, widest=widest),)
            if crossing is not None
        ]
        reached.update({crossing.party: crossing for crossing in entered})
        frontier = [crossing.party for crossing in entered]
    return reached


def passes(test: Test, amount: int) -> bool:
    """Whether a sum of units meets the test's threshold; a test without one is met by no sum."""
    if test.threshold is None:
        return False
    return amount > test.threshold if test.strict else amount >= test.threshold


def counted(
    holdings: Holdings, asset: str, interest: str, owners: Mapping[str, object], *, all_of: bool
) -> list[Stake]:
    """The stakes of one class of an asset that reached owners hold.

    A joint stake counts where any of its holders is reached, or only where all are (`all_of`).
    """
    stakes = [stake for stake in holdings.stakes.get(asset, ()) if stake.interest == interest and stake.owner != asset]
    if not all_of:
        return [stake for stake in stakes if stake.owner in owners]
    outside = {stake.group for stake in stakes if stake.group and stake.owner not in owners}
    return [stake for stake in stakes if stake.owner in owners and stake.group not in outside - {""}]


def sums(holdings: Holdings, asset: str, interest: str, owners: Mapping[str, object]) -> tuple[int, int]:
    """The least and most of one class of an asset that `owners` hold together."""
    siblings = [stake for stake in holdings.stakes.get(asset, ()) if stake.interest == interest]
    low = total(counted(holdings, asset, interest, owners, all_of=True), siblings)[0]
    high = total(counted(holdings, asset, interest, owners, all_of=False), siblings)[1]
    return low, high


def self_held(holdings: Holdings, asset: str) -> int:
    """The most of its own capital that a party holds itself, in units."""
    return max(
        (s.high for s in holdings.stakes.get(asset, ()) if s.owner == asset and s.interest == CAPITAL), default=0
    )


def _crossing(
    holdings: Holdings, test: Test, asset: str, reached: Reached, number: int, *, widest: bool
) -> Crossing | None:
    classes = (CAPITAL, VOTES) if widest else test.interests
    for interest in classes:
        low, high = sums(holdings, asset, interest, reached)
        if not passes(test, high if widest else low):
            continue
        chosen = _minimal(holdings, test, asset, interest, reached, widest=widest)
        choice = "" if interest in test.interests else f"{interest} counted; which class decides is not published"
        return _made(asset, "ownership", chosen, number, interest, choice)
    if widest:
        crossing = _by_self_holding(holdings, test, asset, reached, number)
        if crossing:
            return crossing
    ties = [
        tie
        for tie in holdings.ties.get(asset, ())
        if tie.kind in test.control and tie.owner in reached and (tie.sure or widest)
    ]
    if ties:
        best = min(ties, key=lambda tie: (not tie.sure, tie.owner))
        return Crossing(party=asset, via="control", owners=(best.owner,), links=best.links[:1], round=number)
    return None


def _by_self_holding(holdings: Holdings, test: Test, asset: str, reached: Reached, number: int) -> Crossing | None:
    """Own shares may count as not outstanding: no authority has published a text, so it is a choice."""
    own = self_held(holdings, asset)
    high = sums(holdings, asset, CAPITAL, reached)[1]
    if not 0 < own < WHOLE or test.threshold is None:
        return None
    scaled, line = high * WHOLE, test.threshold * (WHOLE - own)
    if not (scaled > line if test.strict else scaled >= line):
        return None
    chosen = counted(holdings, asset, CAPITAL, reached, all_of=False)
    return _made(asset, "ownership", chosen, number, CAPITAL, "shares a company holds in itself left out of the whole")


def _minimal(
    holdings: Holdings, test: Test, asset: str, interest: str, reached: Reached, *, widest: bool
) -> list[Stake]:
    """Largest first until the line is crossed: no stake of the result can be left out."""
    stakes = counted(holdings, asset, interest, reached, all_of=not widest)
    siblings = [stake for stake in holdings.stakes.get(asset, ()) if stake.interest == interest]
    stakes.sort(key=lambda stake: (-(stake.high if widest else stake.low), stake.owner))
    for count in range(1, len(stakes) + 1):
        low, high = total(stakes[:count], siblings)
        if passes(test, high if widest else low):
            return stakes[:count]
    return stakes


def _made(asset: str, via: Rung, stakes: list[Stake], number: int, interest: str, choice: str) -> Crossing:
    return Crossing(
        party=asset,
        via=via,
        interest=interest,
        owners=tuple(stake.owner for stake in stakes),
        links=tuple(stake.links[0] for stake in stakes),
        round=number,
        choice=choice,
    )


def certain(starts: Mapping[str, Held]) -> list[str]:
    """The starts whose listing held beyond doubt on the day."""
    return [party for party, state in starts.items() if state is Held.YES]
