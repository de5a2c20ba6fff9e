"""What would change an answer: doubted facts, near misses, other readings, and what-ifs said to be such."""

from __future__ import annotations

from collections.abc import Iterator

from underlabel.model import Change, Held, Link, Reach, held
from underlabel.trace.reach import HALF, Under
from underlabel.trace.subjects import Subject
from underlabel.world import World

_REACHED = {"must", "may"}


def would_change_if(subject: Subject, under: Under, world: World) -> tuple[Change, ...]:
    """Each fact or reading that would turn the answer for this subject, with what it would turn to."""
    return tuple(dict.fromkeys(_changes(subject, under, world)))


def _changes(subject: Subject, under: Under, world: World) -> Iterator[Change]:
    now = under.reached.get(subject.party)
    yield from _doubted(subject, now, under.doubted.get(subject.party), under, world)
    if now is not None and now.reach not in _REACHED and now.nearest_miss is not None:
        yield Change(now.nearest_miss.text, f"{under.ruling.title} would reach {subject.name}")
    if now is not None and now.reach == "may":
        yield from _uncertain(subject, now, under, world)
    yield from _rival(subject, now, under)
    yield from _what_if(subject, under, world)
    for doubt in subject.doubts:
        if doubt.code == "some_lines":
            yield Change("the item is shown not to be of the lines in question", "this path falls away")


def _doubted(
    subject: Subject, now: Reach | None, doubted: Reach | None, under: Under, world: World
) -> Iterator[Change]:
    before = now.reach if now else "unknown"
    if doubted is None or doubted.reach == before or doubted.reach not in _REACHED:
        return
    for link in _only_doubted(subject.party, under, world):
        yield Change(_if_right(link, world), f"{under.ruling.title} would reach {subject.name} ({doubted.reach})")


def _uncertain(subject: Subject, now: Reach, under: Under, world: World) -> Iterator[Change]:
    """Each link of a `may` that only its date, or its being announced or alleged, leaves open."""
    for name in now.proof:
        link = world.link_by_id.get(name)
        if link is None:
            continue
        if held(link.since, link.until, under.day) is Held.MAYBE:
            what = f"the record shows that {_holding(link, world)} still stood on {under.day}"
            yield Change(what, f"the reach of {subject.name} would be 'must'")
        elif link.status in {"announced", "alleged"}:
            yield Change(
                f"{_holding(link, world)}, so far {link.status}, is shown", f"{subject.name} would be reached surely"
            )


def _rival(subject: Subject, now: Reach | None, under: Under) -> Iterator[Change]:
    ruling = under.ruling
    if ruling.rival is None:
        return
    other = under.rival.get(subject.party)
    mine, its = (now.reach if now else "unknown"), (other.reach if other else "unknown")
    if mine != its:
        says = ruling.rival_says or "the other reading of the rule holds"
        yield Change(says, f"the reach of {subject.name} would be '{its}' instead of '{mine}'")


def _what_if(subject: Subject, under: Under, world: World) -> Iterator[Change]:
    """The 50 % what-if, where somebody listed surely or perhaps holds a share and the rule has no such test."""
    test = under.ruling.test
    half = under.half.get(subject.party)
    if half is None or half.via == "named" or half.sum_high == 0:
        return
    if test.threshold == HALF.threshold and not test.strict and test.adds_up:
        return
    now = under.best(subject.party)
    if now is not None and now.via == "ownership" and now.reach == half.reach:
        return
    condition = (
        f"a 50 % ownership test applied, holdings added up (a what-if: {under.ruling.title} has a test of its own)"
    )
    outcome = {
        "must": f"it would reach {subject.name}",
        "may": f"it might reach {subject.name}",
    }.get(half.reach, f"it would not reach {subject.name}")
    held = _share(half)
    yield Change(condition, f"{outcome}: {held} held by reached parties")
    doubted = under.half_doubted.get(subject.party)
    if doubted is not None and doubted.reach != half.reach:
        for link in _only_doubted(subject.party, under, world):
            yield Change(
                f"a 50 % ownership test applied and {_if_right(link, world)}", f"it would reach {subject.name}"
            )


def _share(reach: Reach) -> str:
    low, high = reach.sum_low / 10_000, reach.sum_high / 10_000
    return f"{low:g} %" if low == high else f"{low:g} to {high:g} %"


def _only_doubted(party: str, under: Under, world: World) -> list[Link]:
    """The links of low confidence into a party: those that `doubted` counts and the answer does not."""
    standing = {one for stake in world.holdings(under.day, doubted=True).stakes.get(party, ()) for one in stake.links}
    return [link for link in world.links if link.dst == party and link.confidence == "low" and link.id in standing]


def _if_right(link: Link, world: World) -> str:
    return f"one source's {_holding(link, world)} is right ({link.source.text})"


def _holding(link: Link, world: World) -> str:
    owner = world.parties[link.src].caption if link.src in world.parties else link.src
    return f"{link.share} held by {owner}" if link.share is not None else f"tie to {owner}"
