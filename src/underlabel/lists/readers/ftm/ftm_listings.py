"""Listings out of entities: a Sanction says whose list, since when and by what programme; a topic says that alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec
from msgspec import UNSET

from underlabel.lists.gather import Clock, Gather
from underlabel.lists.readers.csl import csl_entry
from underlabel.lists.readers.ftm import ftm_values
from underlabel.lists.readers.ftm.ftm_entities import Entity, Said
from underlabel.lists.readers.ftm.ftm_parties import key, source
from underlabel.lists.readers.ftm.ftm_refused import Refused
from underlabel.lists.registry import resolve
from underlabel.model import Day, DayKind, Identifier, InputError, Listing, Party, UsageError

TOPICS: Final = frozenset({"sanction", "export.control", "debarment"})
"""Topics that say of a party itself that it stands on a list; "sanction.linked" does not."""

_OWN: Final = "ftm"
_COMPILED: Final = "us_csl"
_IN_TITLE: Final = re.compile(r"\((?:NS-)?(?P<code>[A-Z]+)(?: List)?\)")
"""The code of a source list in its title there: "Entity List (EL) - Bureau of Industry and Security"."""

_OVER: Final = frozenset(
    {"delisted", "ended", "expired", "inactive", "lifted", "removed", "repealed", "revoked", "terminated"}
)
_NUMBER: Final = re.compile(r"\d{1,7}")


def listed(entity: Entity, subject: Party, gather: Gather, refused: Refused) -> tuple[Listing, ...]:
    """The listings a Sanction says of a party: one on each list its datasets are known as, else one on "ftm".

    `startDate` is when it took effect, `listingDate` when it was published, `date` when it was announced.
    The reason is the policy. Where the status says that it is over but not since when, it ended on some day by
    this edition. Errors: `InputError` where it ends before it begins.
    """
    lists = _lists(entity)
    name = key(entity)
    clock = _clock(entity, refused)
    if entity.said is not None:
        return (_as_said(entity, entity.said, subject, gather, clock),)
    since, until = clock.since or gather.undated(), clock.until
    if until and until.latest < since.earliest:
        raise InputError(f"the listing ends on {until} before it begins on {since}", hint="ask the file's maker")
    if until is None and any(status.casefold() in _OVER for status in entity.all("status")):
        until = Day(since.earliest, gather.undated().latest)
    known = (day.latest for day in (clock.published, clock.effective) if day and day.earliest == day.latest)
    listing = Listing(
        id=name,
        source=source(entity, gather, ", ".join(entity.all("authority"))),
        known_from=next(known, gather.edition),
        subject=subject.id,
        list=lists[0],
        **msgspec.structs.asdict(msgspec.structs.replace(clock, since=since, until=until)),
        programme=_programme(entity, lists),
        requirement="; ".join(entity.all("provisions")),
        policy=" ".join(entity.all("reason")),
        citation="; ".join(entity.all("authorityId")),
    )
    if len(lists) == 1:
        return (listing,)
    return tuple(msgspec.structs.replace(listing, id=f"{name}/{one}", list=one) for one in lists)


def topical(entity: Entity, subject: Party, gather: Gather) -> tuple[Listing, ...]:
    """The listings that topics alone say of a party no Sanction names: without day and programme.

    On the list its dataset is known as, else on "ftm". Where it is from several datasets, which of them lists it
    is not said: a listing on one of our lists is of medium confidence then.
    """
    if entity.said is not None or not TOPICS.intersection(entity.all("topics")):
        return ()
    return tuple(
        Listing(
            id=f"{key(entity)}/{name}",
            source=source(entity, gather),
            known_from=gather.edition,
            confidence="high" if name == _OWN or entity.datasets[1:] == [] else "medium",
            subject=subject.id,
            list=name,
            since=gather.undated(),
        )
        for name in _lists(entity)
    )


def numbers(entity: Entity) -> tuple[Identifier, ...]:
    """The numbers a Sanction gives its party on the list: OFAC's own, and that of the Security Council."""
    if entity.said is not None:
        return ()
    found = [Identifier("un-ref", number.strip()) for number in entity.all("unscId")]
    if _resolved(tuple(entity.datasets)) == ("us_ofac_sdn",):
        found += [Identifier("ofac-uid", text) for text in entity.all("authorityId") if _NUMBER.fullmatch(text)]
    return tuple(found)


def _as_said(entity: Entity, said: Said, subject: Party, gather: Gather, clock: Clock) -> Listing:
    """A listing as our own writer wrote it."""
    told = {name: getattr(said, name) for name in clock.__struct_fields__}
    clock = msgspec.structs.replace(clock, **{name: day for name, day in told.items() if day is not UNSET})
    if said.since is UNSET:
        clock = msgspec.structs.replace(clock, since=clock.effective or clock.published)
    return Listing(
        id=key(entity),
        source=source(entity, gather),
        known_from=said.known_from,
        known_to=said.known_to,
        confidence=said.confidence,
        subject=subject.id,
        list=_lists(entity)[0],
        **msgspec.structs.asdict(clock),
        programme=entity.first("program") if said.programme is UNSET else said.programme,
        requirement=entity.first("provisions") if said.requirement is UNSET else said.requirement,
        policy=entity.first("reason") if said.policy is UNSET else said.policy,
        citation=entity.first("authorityId") if said.citation is UNSET else said.citation,
        scope=said.classes,
        reach=said.reach,
    )


def _lists(entity: Entity) -> tuple[str, ...]:
    """The ids of the lists an entity's datasets are known as; of a compilation, the list it names."""
    found = _resolved(tuple(entity.datasets))
    if _COMPILED not in found:
        return found or (_OWN,)
    codes = (code for text in entity.all("program", "authority") for code in _IN_TITLE.findall(text))
    named = [csl_entry.LISTS[code] for code in codes if code in csl_entry.LISTS]
    others = [name for name in found if name != _COMPILED]
    return tuple(dict.fromkeys((*others, *named))) or (_COMPILED,)


@cache
def _resolved(datasets: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for name in datasets:
        try:
            found.append(resolve(name))
        except UsageError:
            continue
    return tuple(dict.fromkeys(one for one in found if one != _OWN))


def _programme(entity: Entity, lists: tuple[str, ...]) -> str:
    """The programme as named, or its id; where the list is none of ours, behind the authority whose list it is."""
    programme = "; ".join(entity.all("program") or entity.all("programId"))
    authority = ", ".join(entity.all("authority") or entity.datasets) if _OWN in lists else ""
    return ": ".join(filter(None, (authority, programme)))


def _clock(entity: Entity, refused: Refused) -> Clock:
    """The days of a Sanction; it begins when it took effect, else when it was published."""
    effective = _day(entity, "startDate", "effective", refused)
    published = _day(entity, "listingDate", "published", refused)
    return Clock(
        since=effective or published,
        until=_day(entity, "endDate", "effective", refused),
        announced=_day(entity, "date", "announced", refused),
        published=published,
        effective=effective,
    )


def _day(entity: Entity, name: str, kind: DayKind, refused: Refused) -> Day | None:
    try:
        return ftm_values.day(entity.all(name), kind)
    except InputError as error:
        refused.detail(f"{name} {error.what}", entity.where, "the fact is kept, without this day")
        return None
