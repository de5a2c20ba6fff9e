"""The State Department's lists: parties debarred under the ITAR, and nonproliferation sanctions."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import dates, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Day, Facts, InputError

_BORN: Final = re.compile(r"^Date of birth: [^;]*;?\s*")
_PERSON: Final = re.compile(r"\s*\((?:[A-Z]\w+ )?individual\)$")
_AUTHORITY: Final = re.compile(
    r"Authority: (?P<authority>.*?); imposed (?P<day>[\d/]+); status: (?P<status>[^;|]*);?\s*(?P<rest>.*)"
)
_ENDED: Final = re.compile(
    r"(?:expired|lifted|terminated|waived|sanctions removed)(?: on| as of)?\s+(?P<day>\d{1,2}/\d{1,2}/\d{2,4})",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(r"/\d{2}$")
_REACH: Final = "Designation includes"
_PARTS: Final = {"state-debarred-admin": "administrative", "state-debarred-statutory": "statutory"}


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the debarred parties (statutory or administrative), or the nonproliferation table.

    The two files of debarred parties are two datasets, which stay side by side. A debarred party is
    a person where the list gives a date of birth, which is not kept. The
    nonproliferation table becomes one listing per authority, ended where its status says so; a
    day of imposition that was cut off is some day between the list's first and its publication.
    """
    return shape.read(opened, _debarred if opened.info.id == "us_state_debarred" else _sanctioned, parts=_PARTS)


def _debarred(row: Row, gather: Gather) -> None:
    entry = row.entry
    citation = " ".join((entry.federal_register or "").replace("\ufffd", " ").split())
    cited = dates.citations(citation)
    day = dates.us_day(entry.effective_date, kind="effective") if entry.effective_date else None
    clock = Clock(since=day or gather.undated(), effective=day, published=cited[0].day if cited else None)
    notes = entry.notes or ""
    part = _PARTS.get(row.file, "")
    terms = Terms(programme=f"{part} debarment" if part else "", citation=citation, policy=_BORN.sub("", notes))
    for number, one in enumerate(wording.several(entry.name)):
        aliases = entry.aliases if number == 0 else ()
        single = msgspec.structs.replace(row, entry=msgspec.structs.replace(entry, name=one, aliases=aliases))
        schema = "Person" if _BORN.match(notes) else ""
        gather.listing(
            drafting.party(single, gather, drafting.all_names(single), schema=schema), clock, terms, row.source
        )


def _sanctioned(row: Row, gather: Gather) -> None:
    entry = row.entry
    parts = (entry.notes or "").split(" | ")
    said = next((part for part in parts if part.startswith(_REACH)), "")
    name, reach = wording.reach(_PERSON.sub("", wording.clean(entry.name)))
    person = _PERSON.search(entry.name) is not None
    listed = [_listing(part, said or reach, gather) for part in parts if part.startswith("Authority: ")]
    if not listed:
        raise InputError("no authority is given for this entry", hint="the table states authority, day and status")
    named = msgspec.structs.replace(row, entry=msgspec.structs.replace(entry, name=name))
    party = drafting.party(named, gather, drafting.all_names(named), schema="Person" if person else "")
    for clock, terms in listed:
        gather.listing(party, clock, terms, row.source)


def _listing(part: str, reach: str, gather: Gather) -> tuple[Clock, Terms]:
    match = _AUTHORITY.match(part)
    if match is None:
        raise InputError(f"not understood: '{part[:80]}'", hint="expected authority, imposed day and status")
    cited = dates.citations(match["rest"])
    published = cited[0].day if cited else None
    effective = _imposed(match["day"], cited[0].volume if cited else None)
    since = effective or Day(
        gather.opened.info.begins, published.latest if published else gather.undated().latest, "published"
    )
    ended = _ENDED.search(match["status"])
    until = dates.us_day(ended["day"], not_before=since.earliest, kind="effective") if ended else None
    clock = Clock(since=since, until=until, published=published, effective=effective)
    return clock, Terms(
        programme=match["authority"], citation=match["rest"], policy=match["status"].strip(), reach=reach
    )


def _imposed(text: str, volume: int | None) -> Day | None:
    """The day of imposition; None where the file cut its year off ("12/11/201").

    A year of two digits is read against the volume of the notice.
    """
    try:
        return dates.us_day(text, kind="effective", volume=volume if _SHORT.search(text) else None)
    except InputError:
        return None
