"""Reach: must on the surest reading, may on the widest, with proof, nearest miss and affiliates."""

from __future__ import annotations

from collections.abc import Mapping

from underlabel.model import Held, Miss, Reach, Test, Via, percent
from underlabel.own.fixpoint import Crossing, Reached, certain, passes, self_held, spread, sums
from underlabel.own.stakes import CAPITAL, Holdings

Seats = Mapping[str, tuple[str, ...]]


def reach(
    holdings: Holdings,
    test: Test,
    starts: Mapping[str, Held],
    seats: Seats | None = None,
    state_bodies: frozenset[str] = frozenset(),
) -> dict[str, Reach]:
    """Whom `test` reaches from the listed parties `starts`, on the day of `holdings`.

    `starts` says of each listed party whether its listing held that day (YES or MAYBE). `seats`
    are countries by party, for rules that stop at a border; a party without one may be inside.
    `state_bodies` never tie siblings together. Every start, and every party with a record of
    holders, has a Reach in the result; a party that is absent has none recorded.
    """
    sure, wide = _both(holdings, test, starts)
    known = set(holdings.stakes) | set(holdings.ties)
    result = {party: _reach(holdings, test, party, sure, wide) for party in sorted(known | set(sure) | set(wide))}
    if test.affiliate is not None:
        _add_affiliates(result, holdings, test, sure, wide, state_bodies)
    if test.foreign:
        for party, found in result.items():
            result[party] = _inside(found, test.foreign, (seats or {}).get(party, ()))
    return result


def _both(holdings: Holdings, test: Test, starts: Mapping[str, Held]) -> tuple[Reached, Reached]:
    if test.adds_up:
        return spread(holdings, test, certain(starts), widest=False), spread(holdings, test, starts, widest=True)
    sure: Reached = {}
    wide: Reached = {}
    for start, state in sorted(starts.items()):
        # Different persons are not added: each start spreads alone.
        if state is Held.YES:
            _merge(sure, spread(holdings, test, (start,), widest=False))
        _merge(wide, spread(holdings, test, (start,), widest=True))
    return sure, wide


def _merge(into: Reached, more: Reached) -> None:
    for party, crossing in more.items():
        if party not in into or crossing.round < into[party].round:
            into[party] = crossing


def _reach(holdings: Holdings, test: Test, party: str, sure: Reached, wide: Reached) -> Reach:
    crossing = sure.get(party) or wide.get(party)
    low, high = sums(holdings, party, crossing.interest if crossing and crossing.interest else CAPITAL, wide)
    if crossing is None:
        return Reach(
            party=party,
            reach="no",
            sum_low=low,
            sum_high=high,
            nearest_miss=_miss(holdings, test, party, wide),
        )
    origin = sure if party in sure else wide
    proof, begins = _proof(party, origin)
    return Reach(
        party=party,
        reach="must" if party in sure else "may",
        via=crossing.via,
        sum_low=low,
        sum_high=high,
        proof=proof,
        starts=begins,
        nearest_miss=None if party in sure else _miss(holdings, test, party, sure),
        choices=(crossing.choice,) if crossing.choice else (),
    )


def _proof(party: str, reached: Reached) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The links that crossed the line for `party`, then those that carried their owners, and the starts."""
    links: list[str] = []
    begins: list[str] = []
    todo, seen = [party], {party}
    while todo:
        crossing: Crossing = reached[todo.pop(0)]
        if crossing.via == "named":
            begins.append(crossing.party)
        links.extend(link for link in crossing.links if link not in links)
        for owner in crossing.owners:
            if owner not in seen:
                seen.add(owner)
                todo.append(owner)
    return tuple(links), tuple(begins)


def _miss(holdings: Holdings, test: Test, party: str, reached: Reached) -> Miss | None:
    """How much more a reached set of owners would have to hold, surely, of the class that decides."""
    if test.threshold is None:
        return None
    best = max((sums(holdings, party, interest, reached)[0], interest) for interest in test.interests)
    held_now, interest = best
    missing = test.threshold - held_now + (1 if test.strict else 0)
    if missing <= 0 or (held_now == 0 and sums(holdings, party, interest, reached)[1] == 0):
        return None
    own = self_held(holdings, party)
    aside = f"; it holds {percent(own)} % of itself" if own else ""
    return Miss(
        held_now,
        missing,
        f"{percent(held_now)} % is held by reached parties; {percent(missing)} points more would reach it{aside}",
    )


def _inside(found: Reach, border: str, seat: tuple[str, ...]) -> Reach:
    """Apply a rule that stops at a border; a named party is reached wherever it sits."""
    if found.via in {"named", ""} or found.reach not in {"must", "may"}:
        return found
    if border in seat:
        return _changed(found, "no", f"seated in {border.upper()}: outside the rule")
    if not seat:
        return _changed(found, "may", "the registered seat is not known; the rule is for foreign parties")
    return found


def _changed(found: Reach, to: str, choice: str) -> Reach:
    return Reach(
        party=found.party,
        reach="no" if to == "no" else "may",
        via=found.via if to != "no" else "",
        sum_low=found.sum_low,
        sum_high=found.sum_high,
        proof=found.proof,
        starts=found.starts,
        nearest_miss=found.nearest_miss,
        choices=(*found.choices, choice),
    )


def _add_affiliates(
    result: dict[str, Reach],
    holdings: Holdings,
    test: Test,
    sure: Reached,
    wide: Reached,
    state_bodies: frozenset[str],
) -> None:
    """One layer of affiliates around the reached set: below it and, where the rule says so, above and beside."""
    for owner in sorted(wide):
        for asset in holdings.assets_of.get(owner, ()):
            _affiliate(result, holdings, test, (owner, asset), sure, wide)
    if not test.sideways:
        return
    for party in sorted(wide):
        if wide[party].via != "named":
            continue
        parents = _parents(holdings, test, party) - state_bodies
        for parent, links in sorted((p, _links(holdings, p, party)) for p in parents):
            _beside(result, parent, (party,), links, "stands above a listed party")
            for sibling in holdings.assets_of.get(parent, ()):
                if sibling != party and _tied(holdings, test, parent, sibling):
                    path = (*_links(holdings, parent, sibling), *links)
                    _beside(result, sibling, (party,), path, "stands beside a listed party under one parent")


def _affiliate(
    result: dict[str, Reach],
    holdings: Holdings,
    test: Test,
    pair: tuple[str, str],
    sure: Reached,
    wide: Reached,
) -> None:
    owner, asset = pair
    low, high = sums(holdings, asset, CAPITAL, {owner: None})
    line = test.affiliate or 0
    if high <= line or result[asset].reach == "must":
        return
    must = low > line and owner in sure and test.affiliate_reach == "must"
    if result[asset].reach == "may" and not must:
        return
    proof, begins = _proof(owner, sure if owner in sure else wide)
    result[asset] = Reach(
        party=asset,
        reach="must" if must else "may",
        via="affiliate",
        sum_low=result[asset].sum_low,
        sum_high=result[asset].sum_high,
        proof=(*_links(holdings, owner, asset), *proof),
        starts=begins,
        nearest_miss=result[asset].nearest_miss,
        choices=(f"{f'a holding of more than {percent(line)} %' if line else 'any holding'} read as an affiliate",),
    )


def _beside(result: dict[str, Reach], party: str, starts: tuple[str, ...], links: tuple[str, ...], how: str) -> None:
    now = result.get(party)
    if now is not None and now.reach in {"must", "may"}:
        return
    via: Via = "affiliate"
    result[party] = Reach(
        party=party, reach="may", via=via, proof=links, starts=starts, choices=(f"{how}: read as an affiliate",)
    )


def _parents(holdings: Holdings, test: Test, party: str) -> set[str]:
    owners = {stake.owner for stake in holdings.stakes.get(party, ())}
    owners |= {tie.owner for tie in holdings.ties.get(party, ())}
    return {owner for owner in owners if owner != party and _tied(holdings, test, owner, party)}


def _tied(holdings: Holdings, test: Test, owner: str, asset: str) -> bool:
    """Whether an owner surely holds more than the affiliate line of an asset, or controls it."""
    low, _ = sums(holdings, asset, CAPITAL, {owner: None})
    controls = any(tie.owner == owner and tie.sure and tie.kind in test.control for tie in holdings.ties.get(asset, ()))
    return low > (test.affiliate or 0) or controls


def _links(holdings: Holdings, owner: str, asset: str) -> tuple[str, ...]:
    stakes = [stake.links[0] for stake in holdings.stakes.get(asset, ()) if stake.owner == owner]
    ties = [tie.links[0] for tie in holdings.ties.get(asset, ()) if tie.owner == owner]
    return tuple((stakes or ties)[:1])


__all__ = ["passes", "reach"]
