"""Statements of holdings, and which indirect ones only repeat a chain of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

import msgspec

from underlabel.model import UNKNOWN, WHOLE, Link

CAPITAL: Final = "capital"
VOTES: Final = "votes"


class Statement(msgspec.Struct, frozen=True):
    """One statement of a holding; `sure` unless its day or status is in doubt.

    `rivals` are holders whose own stakes in the asset it may say over again.
    """

    link: Link
    sure: bool
    rivals: tuple[str, ...] = ()

    @property
    def interest(self) -> str:
        """The class held: votes or capital."""
        return VOTES if self.link.kind == "votes" or self.link.interest in {VOTES, "votingRights"} else CAPITAL

    @property
    def low(self) -> int:
        """The least it says, in units."""
        return (self.link.share or UNKNOWN).low

    @property
    def high(self) -> int:
        """The most it says, in units."""
        return (self.link.share or UNKNOWN).high


def unrepeated(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, without the indirect ones that a chain of others of the same class carries.

    A chain leads from the holder to one whose stake in the asset is stated too. Where sure links
    make it but carry less than the statement says, the statement is no longer sure; it stays,
    with the chain's last holders as `rivals`. A chain with a doubtful link drops doubtful
    statements only.
    """
    if all(one.link.direct for one in statements):
        return list(statements)
    return [kept for kept in _settled(statements) if kept is not None]


def _settled(statements: Sequence[Statement]) -> Iterator[Statement | None]:
    sure = _Web((one for one in statements if one.sure), widest=False)
    wide = _Web(statements, widest=True)
    for one in statements:
        if one.link.direct:
            yield one
            continue
        rivals = tuple(sorted(wide.ends(one).keys() - {one.link.src}))
        if sure.ends(one):
            carried = sure.carried(one) >= one.high
            yield None if carried else Statement(one.link, sure=False, rivals=rivals)
        elif wide.ends(one):
            carried = not one.sure and wide.carried(one) >= one.high
            yield None if carried else Statement(one.link, one.sure, rivals)
        else:
            yield one


class _Web:
    """Statements as a graph by class, from asset to owners: each link as wide as its least, or its most, statement."""

    def __init__(self, statements: Iterable[Statement], *, widest: bool) -> None:
        self._into: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        self._widths: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._widest = widest
        self._ends: dict[tuple[str, str, str], Mapping[str, int]] = {}
        for one in statements:
            src, dst = one.link.src, one.link.dst
            if src != dst:
                self._into[one.interest, dst].append(one)
                widths = self._widths[one.interest, dst]
                widths[src] = self._width(one, widths.get(src))

    def ends(self, one: Statement) -> Mapping[str, int]:
        """The last holders of the chains that an indirect statement repeats, with what each chain carries."""
        key = (one.interest, one.link.src, one.link.dst)
        if key not in self._ends:
            self._ends[key] = self._found(*key)
        return self._ends[key]

    def carried(self, one: Statement) -> int:
        """What the chains carry together; a last holder whose own statement is a repeat adds nothing."""
        asset = one.link.dst
        whole = {last: width for last, width in self.ends(one).items() if not self._repeats(one.interest, last, asset)}
        return sum(whole.values())

    def _found(self, interest: str, owner: str, asset: str) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for last in self._into.get((interest, asset), ()):
            holder = last.link.src
            if last.link.direct or self._stands_for(interest, holder, owner, asset):
                found[holder] = self._width(last, found.get(holder))
        carried = {holder: self._narrowest(interest, owner, holder, asset) for holder in found}
        return {holder: min(found[holder], width) for holder, width in carried.items() if width is not None}

    def _stands_for(self, interest: str, holder: str, owner: str, asset: str) -> bool:
        """Of two indirect statements the lower holder's stands; of holders who hold each other, one's."""
        if holder == owner:
            return False
        return holder < owner or self._narrowest(interest, holder, owner, asset) is None

    def _repeats(self, interest: str, holder: str, asset: str) -> bool:
        stated = [one for one in self._into[interest, asset] if one.link.src == holder]
        return not any(one.link.direct for one in stated) and bool(self.ends(stated[0]))

    def _narrowest(self, interest: str, owner: str, holder: str, avoid: str) -> int | None:
        """The narrowest link of the widest chain from `owner` to `holder` that does not pass `avoid`, if there is one.

        The chain is sought upwards: a company has fewer owners than an owner has companies.
        """
        seen: set[str] = set()
        todo = [(-WHOLE, holder)]
        while todo:
            width, party = heappop(todo)
            if party == owner:
                return -width
            if party in seen:
                continue
            seen.add(party)
            for above, further in self._widths.get((interest, party), {}).items():
                if above != avoid and above not in seen:
                    heappush(todo, (max(width, -further), above))
        return None

    def _width(self, one: Statement, before: int | None) -> int:
        if before is None:
            return one.high if self._widest else one.low
        return max(before, one.high) if self._widest else min(before, one.low)
