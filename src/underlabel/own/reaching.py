"""Reach: must on the surest reading, may on the widest, with proof, nearest miss and affiliates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from underlabel.model import Held, Miss, Reach, Test, percent
from underlabel.own.fixpoint import Crossing, Reached, Runs, Spread, controls, named, passes, self_held, sums
from underlabel.own.stakes import CAPITAL, VOTES, Holdings

Seats = Mapping[str, tuple[str, ...]]


class Affiliate(msgspec.Struct, frozen=True, kw_only=True):
    """A party read as an affiliate: `must` where one sure holding by a surely reached party makes it one."""

    party: str
    must: bool
    proof: tuple[str, ...]
    starts: tuple[str, ...]
    choice: str


def reach(
    holdings: Holdings,
    test: Test,
    starts: Mapping[str, Held],
    seats: Seats | None = None,
    state_bodies: frozenset[str] = frozenset(),
) -> dict[str, Reach]:
    """Whom `test` reaches from the listed parties `starts`, on the day of `holdings`.

    `starts` says of each listed party whether its listing held that day (YES or MAYBE). `seats`
    are countries by party, the registered seat first, for rules that stop at a border; a party
    without one may be inside. `state_bodies` never tie siblings together. Every start, and every
    party with a record of holders, has a Reach in the result; a party that is absent has none
    recorded.
    """
    sure = _surest(holdings, test, [start for start, state in starts.items() if state is Held.YES])
    wide = Runs.of(Spread(holdings=holdings, test=test, widest=True).over(one) for one in _firsts(test, starts))
    known = {party for party in (*holdings.stakes, *holdings.ties) if holdings.recorded(party)}
    parties = sorted(known | sure.trails.keys() | wide.trails.keys())
    result = {party: _reach(holdings, test, party, sure, wide) for party in parties}
    if test.affiliate is not None:
        for found in _affiliates(holdings, test, sure, wide, state_bodies):
            _add(result, found)
    if test.foreign:
        for party, one in result.items():
            result[party] = _inside(one, test.foreign, (seats or {}).get(party, ()))
    return result


def _firsts(test: Test, starts: Iterable[str]) -> list[Reached]:
    """Where the spreads begin: all together, or each alone where different persons are not added."""
    return [named(starts)] if test.adds_up else [named((start,)) for start in sorted(starts)]


def _surest(holdings: Holdings, test: Test, starts: Iterable[str]) -> Runs:
    """The surest reading; holders of one joint stake complete it for each other, however each is reached."""
    firsts = _firsts(test, starts)
    joint = not test.adds_up and any(stake.needs for stakes in holdings.stakes.values() for stake in stakes)
    partners = frozenset(party for first in firsts for party in first)
    while True:
        spread = Spread(holdings=holdings, test=test, widest=False, partners=partners)
        runs = Runs.of(spread.over(first) for first in firsts)
        if not joint or runs.trails.keys() <= partners:
            return runs
        partners = frozenset(runs.trails)


def _reach(holdings: Holdings, test: Test, party: str, sure: Runs, wide: Runs) -> Reach:
    runs = sure if party in sure.trails else wide
    crossing = runs.trails[party][party] if party in runs.trails else None
    low, high = sums(holdings, party, (crossing and crossing.interest) or CAPITAL, wide.trails)
    if crossing is None:
        return Reach(
            party=party,
            reach="no",
            sum_low=low,
            sum_high=high,
            nearest_miss=_miss(holdings, test, party, wide),
        )
    proof, begins = runs.proof(party)
    return Reach(
        party=party,
        reach="must" if runs is sure else "may",
        via=crossing.via,
        sum_low=low,
        sum_high=high,
        proof=proof,
        starts=begins,
        nearest_miss=None if runs is sure else _miss(holdings, test, party, sure),
        choices=(crossing.choice,) if crossing.choice else (),
    )


def _miss(holdings: Holdings, test: Test, party: str, runs: Runs) -> Miss | None:
    """How much more a reached set of owners would have to hold, surely, of the class that decides."""
    if test.threshold is None:
        return None
    best = max((sums(holdings, party, interest, runs.trails)[0], interest) for interest in test.interests)
    held_now, interest = best
    missing = test.threshold - held_now + (1 if test.strict else 0)
    if missing <= 0 or (held_now == 0 and sums(holdings, party, interest, runs.trails)[1] == 0):
        return None
    own = self_held(holdings, party)
    aside = f"; it holds {percent(own)} % of itself" if own else ""
    return Miss(
        held_now,
        missing,
        f"{percent(held_now)} % is held by reached parties; {percent(missing)} points more would reach it{aside}",
    )


def _inside(found: Reach, border: str, seat: tuple[str, ...]) -> Reach:
    """Apply a rule that stops at a border, by the registered seat; a named party is reached wherever it sits."""
    if found.via in {"named", ""} or found.reach not in {"must", "may"}:
        return found
    if not seat:
        choice = "the registered seat is not known; the rule is for foreign parties"
        return msgspec.structs.replace(found, reach="may", choices=(*found.choices, choice))
    if seat[0] == border:
        choice = f"seated in {border.upper()}: outside the rule"
        return msgspec.structs.replace(found, reach="no", via="", choices=(*found.choices, choice))
    return found


def _add(result: dict[str, Reach], found: Affiliate) -> None:
    """Add an affiliate where the test itself does not reach the party, or reaches it less surely."""
    now = result.get(found.party) or Reach(party=found.party, reach="no")
    if now.reach == "must" or (now.reach == "may" and not found.must):
        return
    result[found.party] = msgspec.structs.replace(
        now,
        reach="must" if found.must else "may",
        via="affiliate",
        proof=found.proof,
        starts=found.starts,
        choices=(found.choice,),
    )


def _affiliates(
    holdings: Holdings, test: Test, sure: Runs, wide: Runs, state_bodies: frozenset[str]
) -> Iterator[Affiliate]:
    """Whom `test` reaches as affiliates of those it reaches itself, the surest first.

    A sure holding above the affiliate line by surely reached parties is as sure as the test's
    `affiliate_reach`. All else is perhaps: what affiliates hold or control in their turn and,
    where the test looks sideways, owners of a listed party and what those hold; never through
    `state_bodies`.
    """
    line = test.affiliate or 0
    interests = (CAPITAL, VOTES) if VOTES in test.interests else (CAPITAL,)
    loose = msgspec.structs.replace(test, threshold=line, strict=True, interests=interests)
    says = f"a holding of more than {percent(line)} %" if line else "any holding"
    if test.affiliate_reach == "must":
        for run in sure.runs:
            for crossing in _next(holdings, loose, run, sure):
                proof, starts = sure.traced(crossing, run)
                choice = f"{says} read as an affiliate"
                yield Affiliate(party=crossing.party, must=True, proof=proof, starts=starts, choice=choice)
    widest = Spread(holdings=holdings, test=loose, widest=True)
    above = [_above(holdings, test, loose, run, state_bodies) if test.sideways else {} for run in wide.runs]
    spreads = Runs.of(widest.over(run | more) for run, more in zip(wide.runs, above, strict=True))
    parents = {parent for more in above for parent in more}
    for party, run in sorted(spreads.trails.items()):
        if party not in wide.trails:
            proof, starts = spreads.proof(party)
            choice = _choice(party, run, wide, parents, says)
            yield Affiliate(party=party, must=False, proof=proof, starts=starts, choice=choice)


def _next(holdings: Holdings, loose: Test, run: Reached, sure: Runs) -> Iterator[Crossing]:
    """One step from a sure run: the assets of which its parties surely hold more than the affiliate line."""
    spread = Spread(holdings=holdings, test=loose, widest=False, partners=sure.trails)
    touched = {asset for owner in run for asset in holdings.assets_of.get(owner, ())}
    for asset in sorted(touched - run.keys()):
        crossing = spread.crossing(asset, run)
        if crossing is not None:
            yield crossing


def _above(holdings: Holdings, test: Test, loose: Test, run: Reached, state_bodies: frozenset[str]) -> Reached:
    """The owners of the listed parties of a run, by more than the affiliate line; further up by what the test asks."""
    found: Reached = {}
    todo = [(party, loose) for party, crossing in run.items() if crossing.via == "named"]
    while todo:
        below, by = todo.pop(0)
        for parent, link in _parents(holdings, by, below):
            if parent not in run and parent not in found and parent not in state_bodies:
                found[parent] = Crossing(party=parent, via="affiliate", owners=(below,), links=(link,))
                todo.append((parent, test))
    return found


def _parents(holdings: Holdings, test: Test, party: str) -> Iterator[tuple[str, str]]:
    """Who surely holds or controls a party by itself, each with the surest link that says so."""
    ties = {tie.owner: tie.links[0] for tie in controls(holdings, test, party) if tie.sure}
    stakes = {
        stake.owner: stake.links[0]
        for stake in holdings.stakes.get(party, ())
        if stake.owner != party
        and stake.interest in test.interests
        and passes(test, sums(holdings, party, stake.interest, {stake.owner})[0])
    }
    yield from sorted((ties | stakes).items())


def _choice(party: str, run: Reached, wide: Runs, parents: set[str], says: str) -> str:
    crossing = run[party]
    if crossing.via == "affiliate":
        return "stands above a listed party: read as an affiliate"
    if all(owner in wide.trails for owner in crossing.owners):
        return f"{says} read as an affiliate" + (f" ({crossing.choice})" if crossing.choice else "")
    todo = list(crossing.owners)
    seen = set(todo)
    while todo:
        owner = todo.pop()
        if owner in parents and run[owner].via == "affiliate":
            return "stands beside a listed party under one parent: read as an affiliate"
        todo += [one for one in run[owner].owners if one not in seen]
        seen.update(todo)
    return f"held through an affiliate: {says}, or control, at each step read as an affiliate"
