"""Stakes: what each owner held of each asset on a day, rival statements kept as alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

import msgspec

from underlabel.model import WHOLE, Held, Link, held
from underlabel.own.chains import CAPITAL, VOTES, Statement, unrepeated

SHARES: Final = frozenset({"owns", "votes"})
TIES: Final = SHARES | {"controls", "appoints", "officer"}
_DOUBTFUL: Final = frozenset({"announced", "alleged"})
_GONE: Final = frozenset({"ended", "refuted"})
_RANK: Final = {"high": 0, "medium": 1, "low": 2}
_WEIGHED: Final = 10
"""So many joint readings of one asset are weighed against each other; more are simply added up."""


class Option(msgspec.Struct, frozen=True):
    """One statement of a stake: its link, the most it says, and all `holders` whose holdings it speaks of."""

    link: str
    high: int
    holders: frozenset[str]


class Stake(msgspec.Struct, frozen=True, kw_only=True):
    """One owner's holding of one class of one asset: `low` on the surest reading, `high` on the widest.

    `options` are its statements, surest first: alternatives, never added. Stakes of one `block`
    are surely one joint stake, of one `low`; it counts where all of `needs` are reached too.
    `bundle` joins stakes that are one stake on any reading. `attributed` ones may overlap others.
    """

    owner: str
    asset: str
    interest: str
    low: int
    options: tuple[Option, ...]
    block: str
    bundle: str
    needs: frozenset[str] = frozenset()
    attributed: bool = False

    @property
    def high(self) -> int:
        """The most that any statement says."""
        return max(option.high for option in self.options)

    @property
    def links(self) -> tuple[str, ...]:
        """The statements it rests on, surest first."""
        return tuple(option.link for option in self.options)


class Tie(msgspec.Struct, frozen=True):
    """A tie without a share: control, board appointment, office; `sure` unless only uncertain facts say so."""

    owner: str
    asset: str
    kind: str
    sure: bool
    links: tuple[str, ...]


Standing = TypeVar("Standing", Stake, Tie)


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """All that was held on one day, by asset and by owner."""

    day: date
    stakes: Mapping[str, tuple[Stake, ...]]
    ties: Mapping[str, tuple[Tie, ...]]
    assets_of: Mapping[str, tuple[str, ...]]

    def recorded(self, party: str) -> bool:
        """Whether any record says who holds or controls the party; an officer alone does not."""
        return party in self.stakes or any(tie.kind != "officer" for tie in self.ties.get(party, ()))


def on(links: Iterable[Link], day: date, *, doubted: bool = False) -> Holdings:
    """The stakes and ties that stood on `day`.

    Ended and refuted links never count, links of low confidence only when `doubted`. Announced
    and alleged links, and links whose dates leave the day open, enter `high` only. An indirect
    link is left out where a chain of others carries as much; where sure ones carry less, it
    enters `high` only.
    """
    stated = [
        Statement(link, state is Held.YES and link.status not in _DOUBTFUL)
        for link in links
        if link.kind in TIES and link.status not in _GONE and (doubted or link.confidence != "low")
        for state in (held(link.since, link.until, day),)
        if state is not Held.NO
    ]
    shares = unrepeated([one for one in stated if one.link.kind in SHARES])
    others = [one for one in stated if one.link.kind not in SHARES]
    assets: dict[str, set[str]] = defaultdict(set)
    for one in (*shares, *others):
        assets[one.link.src].add(one.link.dst)
    return Holdings(
        day=day,
        stakes=_by_asset(_stakes(shares)),
        ties=_by_asset(_ties(others)),
        assets_of={owner: tuple(sorted(held_by)) for owner, held_by in sorted(assets.items())},
    )


def least(stakes: Sequence[Stake], partners: Collection[str] = ()) -> int:
    """The least that `stakes` come to together, all of one class of one asset.

    A joint stake counts once, and only where each of its holders is here or among `partners`.
    Attributed holdings may be one and the same, so only the largest of them counts.
    """
    here = {stake.owner for stake in stakes}
    blocks = {stake.block: stake for stake in stakes if all(one in here or one in partners for one in stake.needs)}
    own = sum(stake.low for stake in blocks.values() if not stake.attributed)
    return min(WHOLE, max(own, max((stake.low for stake in blocks.values() if stake.attributed), default=0)))


def most(stakes: Sequence[Stake], siblings: Iterable[Stake]) -> int:
    """The most that `stakes` come to together, all of one class of one asset.

    `siblings` are all stakes of that class and asset: what others surely hold bounds the most,
    unless holdings are attributed or the sure parts pass 100 %.
    """
    weights: dict[frozenset[str], int] = {}
    for stake in stakes:
        for option in stake.options:
            weights[option.holders] = max(option.high, weights.get(option.holders, 0))
    high = min(WHOLE, max(_widest(weights), least(stakes)))
    everyone = {stake.block: stake for stake in siblings}.values()
    if sum(stake.low for stake in everyone) > WHOLE or any(stake.attributed for stake in everyone):
        return high
    chosen = {stake.bundle for stake in stakes}
    return min(high, WHOLE - sum(stake.low for stake in everyone if stake.bundle not in chosen))


def _widest(weights: Mapping[frozenset[str], int]) -> int:
    """The most that statements come to which speak of different holders."""
    joint = [holders for holders in weights if len(holders) > 1]
    crossed = [one for one in joint if any(one & other for other in weights if other != one)]
    if not crossed or len(joint) > _WEIGHED:
        return sum(weights.values())
    first = crossed[0]
    without = {holders: weight for holders, weight in weights.items() if holders != first}
    beside = {holders: weight for holders, weight in without.items() if not holders & first}
    return max(_widest(without), weights[first] + _widest(beside))


def _stakes(statements: Iterable[Statement]) -> Iterator[Stake]:
    classes: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        classes[one.link.dst, one.interest].append(one)
    for stated in classes.values():
        yield from _of_class(stated)


def _of_class(statements: Sequence[Statement]) -> Iterator[Stake]:
    """The stakes of one class of one asset."""
    named: dict[str, set[str]] = defaultdict(set)
    by_owner: dict[str, list[Statement]] = defaultdict(list)
    for one in sorted(statements, key=_surest):
        by_owner[one.link.src].append(one)
        if one.link.joint_group:
            named[one.link.joint_group].add(one.link.src)
    joint = {one.link.id: frozenset(named.get(one.link.joint_group, {one.link.src})) for one in statements}
    spoken = {one.link.id: joint[one.link.id] | (by_owner.keys() & set(one.rivals)) for one in statements}
    blocks = _joined(by_owner, (joint[one.link.id] for one in statements if one.sure))
    bundles = _joined(by_owner, spoken.values())
    for owner, stated in by_owner.items():
        block = [one for other in blocks[owner] for one in by_owner[other]]
        yield Stake(
            owner=owner,
            asset=stated[0].link.dst,
            interest=stated[0].interest,
            low=min((one.low for one in block if one.sure), default=0),
            options=tuple(Option(one.link.id, one.high, spoken[one.link.id]) for one in stated),
            block=min(blocks[owner]),
            bundle=min(bundles[owner]),
            needs=blocks[owner] - {owner},
            attributed=any(one.link.attributed for one in block),
        )


def _joined(owners: Iterable[str], sets: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    """Each owner with all owners it shares a set with, directly or through others."""
    joined = {owner: frozenset((owner,)) for owner in owners}
    for one in sets:
        whole = frozenset().union(*(joined[owner] for owner in one))
        joined |= dict.fromkeys(whole, whole)
    return joined


def _ties(statements: Iterable[Statement]) -> Iterator[Tie]:
    ties: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for one in sorted(statements, key=_surest):
        ties[one.link.src, one.link.dst, one.link.kind].append(one)
    for (owner, asset, kind), stated in ties.items():
        yield Tie(owner, asset, kind, any(one.sure for one in stated), tuple(one.link.id for one in stated))


def _surest(one: Statement) -> tuple[bool, int, str]:
    return not one.sure, _RANK[one.link.confidence], one.link.id


def _by_asset(found: Iterable[Standing]) -> dict[str, tuple[Standing, ...]]:
    grouped: dict[str, list[Standing]] = defaultdict(list)
    for one in found:
        grouped[one.asset].append(one)
    return {asset: tuple(sorted(ones, key=_order)) for asset, ones in sorted(grouped.items())}


def _order(one: Stake | Tie) -> tuple[str, str]:
    return one.owner, one.links[0]


__all__ = ["CAPITAL", "SHARES", "TIES", "VOTES", "Holdings", "Option", "Stake", "Tie", "least", "most", "on"]
