"""Stakes: what each owner held of each asset on a day, rival statements kept as alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

import msgspec

from underlabel.model import UNKNOWN, WHOLE, Held, Link, held

CAPITAL: Final = "capital"
VOTES: Final = "votes"
TIES: Final = frozenset({"owns", "votes", "controls", "appoints"})
_DOUBTFUL: Final = frozenset({"announced", "alleged"})
_GONE: Final = frozenset({"ended", "refuted"})


class Stake(msgspec.Struct, frozen=True, kw_only=True):
    """One owner's holding of one class of one asset: `low` on the surest reading, `high` on the widest.

    `links` are the statements it rests on, surest first. `group` joins holders of one joint
    stake; `attributed` holdings may overlap one another.
    """

    owner: str
    asset: str
    interest: str
    low: int
    high: int
    links: tuple[str, ...]
    group: str = ""
    attributed: bool = False


class Tie(msgspec.Struct, frozen=True):
    """A tie without a share: control or board appointment; `sure` unless only uncertain facts say so."""

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
        """Whether any record says who holds or controls the party."""
        return party in self.stakes or party in self.ties


def on(links: Iterable[Link], day: date, *, doubted: bool = False) -> Holdings:
    """The stakes and ties that stood on `day`.

    Ended and refuted links never count, links of low confidence only when `doubted`. Announced
    and alleged links, and links whose dates leave the day open, enter `high` only. An indirect
    link is left out where a chain of direct ones ties the same two parties.
    """
    stated = [
        (link, state)
        for link in links
        if link.kind in TIES and link.status not in _GONE and (doubted or link.confidence != "low")
        for state in (held(link.since, link.until, day),)
        if state is not Held.NO
    ]
    standing = _without_repeated_chains(stated)
    shares: dict[tuple[str, str, str, str], list[tuple[Link, bool]]] = defaultdict(list)
    others: dict[tuple[str, str, str], list[tuple[Link, bool]]] = defaultdict(list)
    for link, state in standing:
        sure = state is Held.YES and link.status not in _DOUBTFUL
        if link.kind in {"owns", "votes"}:
            shares[link.src, link.dst, _interest(link), link.joint_group].append((link, sure))
        else:
            others[link.src, link.dst, link.kind].append((link, sure))
    stakes = _by_asset(_stake(key, stated) for key, stated in shares.items())
    ties = _by_asset(
        Tie(owner, asset, kind, any(sure for _, sure in stated), _surest(stated))
        for (owner, asset, kind), stated in others.items()
    )
    assets: dict[str, set[str]] = defaultdict(set)
    for link, _ in standing:
        assets[link.src].add(link.dst)
    return Holdings(
        day=day,
        stakes=stakes,
        ties=ties,
        assets_of={owner: tuple(sorted(held_by)) for owner, held_by in sorted(assets.items())},
    )


def total(stakes: Iterable[Stake], siblings: Iterable[Stake]) -> tuple[int, int]:
    """The least and most that `stakes` come to together, all of one class of one asset.

    `siblings` are all stakes of that class and asset: what others surely hold bounds the most,
    unless holdings are attributed or the sure parts pass 100 %. Attributed holdings may be one
    and the same, so only the largest of them counts toward the least.
    """
    chosen = _one_per_group(stakes)
    everyone = _one_per_group(siblings)
    sure = sum(stake.low for stake in everyone)
    own = sum(stake.low for stake in chosen if not stake.attributed)
    low = max(own, max((stake.low for stake in chosen if stake.attributed), default=0))
    high = sum(stake.high for stake in chosen)
    if sure <= WHOLE and not any(stake.attributed for stake in everyone):
        high = min(high, WHOLE - (sure - sum(stake.low for stake in chosen)))
    return min(low, WHOLE), min(high, WHOLE)


def _one_per_group(stakes: Iterable[Stake]) -> list[Stake]:
    """Joint holders state one and the same stake: the widest statement stands for all."""
    alone: list[Stake] = []
    groups: dict[str, Stake] = {}
    for stake in stakes:
        if not stake.group:
            alone.append(stake)
        elif stake.group not in groups or stake.high > groups[stake.group].high:
            groups[stake.group] = stake
    return [*alone, *groups.values()]


def _interest(link: Link) -> str:
    if link.kind == "votes" or link.interest in {VOTES, "votingRights"}:
        return VOTES
    return CAPITAL


def _stake(key: tuple[str, str, str, str], stated: list[tuple[Link, bool]]) -> Stake:
    owner, asset, interest, group = key
    sure = [link.share or UNKNOWN for link, certain in stated if certain]
    every = [link.share or UNKNOWN for link, _ in stated]
    return Stake(
        owner=owner,
        asset=asset,
        interest=interest,
        low=min((share.low for share in sure), default=0),
        high=max(share.high for share in every),
        links=_surest(stated),
        group=group,
        attributed=any(link.attributed for link, _ in stated),
    )


def _surest(stated: list[tuple[Link, bool]]) -> tuple[str, ...]:
    rank = {"high": 0, "medium": 1, "low": 2}
    ordered = sorted(stated, key=lambda pair: (not pair[1], rank[pair[0].confidence], pair[0].id))
    return tuple(link.id for link, _ in ordered)


def _by_asset(found: Iterable[Standing]) -> dict[str, tuple[Standing, ...]]:
    grouped: dict[str, list[Standing]] = defaultdict(list)
    for one in found:
        grouped[one.asset].append(one)
    return {asset: tuple(sorted(ones, key=_order)) for asset, ones in sorted(grouped.items())}


def _order(one: Stake | Tie) -> tuple[str, str]:
    return one.owner, one.links[0]


def _without_repeated_chains(standing: Sequence[tuple[Link, Held]]) -> list[tuple[Link, Held]]:
    direct: dict[str, set[str]] = defaultdict(set)
    for link, _ in standing:
        if link.direct and link.kind in {"owns", "votes"}:
            direct[link.src].add(link.dst)

    def chained(src: str, dst: str) -> bool:
        seen, todo = {src}, [src]
        while todo:
            for asset in direct.get(todo.pop(), ()):
                if asset == dst:
                    return True
                if asset not in seen:
                    seen.add(asset)
                    todo.append(asset)
        return False

    return [
        (link, state)
        for link, state in standing
        if link.direct or link.kind not in {"owns", "votes"} or not chained(link.src, link.dst)
    ]
