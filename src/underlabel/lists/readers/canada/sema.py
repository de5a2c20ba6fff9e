"""Canada's consolidated list of autonomous sanctions, in its own XML."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from underlabel.lists import kinds, markup, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms, fact_id
from underlabel.lists.opening import Opened
from underlabel.lists.readers.canada import sema_names
from underlabel.model import Day, Facts, Identifier, InputError, Name, Party, exact

_ROOT: Final = "data-set"
_FIELDS: Final = frozenset(
    {
        *("Country", "LastName", "GivenName", "EntityOrShip", "Entity", "TitleOrShip", "Title", "Aliases"),
        *("DateOfBirthOrShipBuildDate", "DateOfBirth", "ShipIMONumber", "Schedule", "Item", "DateOfListing"),
    }
)
_IMO: Final = re.compile(r"\d{7}")
_LONGEST: Final = 2_000
"""The most characters of a field; the longest in the list has some 500."""


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the list as Global Affairs Canada publishes it; a record is a `record`.

    The list has no numbers of its own that stay: an id follows from name and regulation, of a ship
    from its IMO number. A name under two schedules of one regulation is one party with two
    listings; its second record is a part. `Country` names the regulation, not the seat or
    nationality of the party, so parties have no country. Dates of birth, titles and a ship's type and age are not kept.
    Errors: `InputError` where the file is not this list, or its records hold fields they never did.
    """
    root, _ = markup.root(opened)
    if root not in ("", _ROOT):
        raise InputError(
            f"the outermost element is <{root}>; <{_ROOT}> was expected",
            where=opened.where,
            hint=f"give the list's own file: {opened.info.url}",
        )
    gather = Gather(opened, opened.edition)
    records = parties = parts = rejected = 0
    for record in markup.records(opened, "record"):
        records += 1
        where = f"{opened.where}:record[{records}]"
        _check_fields(record, where, opened)
        before = len(gather.parties)
        try:
            _entry(record, where, gather)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=where, hint=error.hint, raw=_raw(record))
            continue
        new = len(gather.parties) - before
        parties, parts = parties + new, parts + 1 - new
    tally = Tally(file=opened.where, records=records, parties=parties, parts=parts, rejected=rejected)
    return gather.facts((tally,)), (tally,)


def _check_fields(record: Element, where: str, opened: Opened) -> None:
    new = {field.tag for field in record} - _FIELDS
    if new and not opened.accept_small:
        raise InputError(
            f"a record holds <{min(new)}>; known are {', '.join(sorted(_FIELDS))}",
            where=where,
            hint="the list has changed its form; with --accept it is read without what is new",
        )


def _entry(record: Element, where: str, gather: Gather) -> None:
    regulation = markup.text(record, "Country")
    if not regulation:
        raise InputError("a record without a regulation", hint="<Country> names it")
    if any(len(field.text or "") > _LONGEST for field in record):
        raise InputError(f"a field is longer than {_LONGEST} characters", hint="look at the record in the list's file")
    names, person = _names(record)
    others, bare = sema_names.aliases(markup.text(record, "Aliases"), person=person)
    imo = markup.text(record, "ShipIMONumber")
    if imo and not _IMO.fullmatch(imo):
        raise InputError(f"'{imo}' is no IMO number", hint="a ship's IMO number has seven digits")
    schedule = re.sub(r",\s*", ", ", markup.text(record, "Schedule"))
    place = ", ".join(filter(None, (_english(regulation), _schedule(schedule))))
    source = gather.source(f"{place}, item {markup.text(record, 'Item') or 'not stated'}")
    list_id = gather.opened.info.id
    party = Party(
        id=f"{list_id}:imo-{imo}" if imo else fact_id(list_id, names[0].text, _english(regulation)),
        source=source,
        schema="Person" if person else "Vessel" if imo else kinds.schema(names[0].text),
        names=wording.distinct((*names, *others)),
        identifiers=(Identifier("imo", imo),) if imo else (),
    )
    day = _listed(record, where, gather)
    for form in bare:
        gather.reject(f"the alias '{form}' is a legal form alone", where=where, hint="the entry is kept without it")
    gather.party(party)
    gather.listing(party, Clock(since=day or gather.undated(), effective=day), Terms(programme=place), source)


def _names(record: Element) -> tuple[tuple[Name, ...], bool]:
    body = markup.text(record, "EntityOrShip") or markup.text(record, "Entity")
    person = " ".join(filter(None, (markup.text(record, "GivenName"), markup.text(record, "LastName"))))
    if bool(body) == bool(person):
        what = "both a person and a body" if body else "neither a person nor a body"
        raise InputError(f"a record names {what}", hint="a record has LastName and GivenName, or EntityOrShip")
    names = (Name(person),) if person else sema_names.entity(body)
    if not names:
        raise InputError(f"no name can be read from '{body[:80]}'", hint="look at the record in the list's own file")
    return names, bool(person)


def _listed(record: Element, where: str, gather: Gather) -> Day | None:
    text = markup.text(record, "DateOfListing")
    try:
        return exact(date.fromisoformat(text), "effective")
    except ValueError:
        if text:
            hint = "the entry is kept, as listed on a day not known; the list writes 2021-03-21"
            gather.reject(f"DateOfListing '{text}' is no day", where=where, hint=hint)
        return None


def _english(regulation: str) -> str:
    return regulation.partition(" / ")[0]


def _schedule(schedule: str) -> str:
    return f"Schedule {schedule}" if schedule[:1].isdigit() else schedule


def _raw(record: Element) -> str:
    # A person's record holds more than may be kept: only what names it is told.
    fields = ("Country", "EntityOrShip", "Entity", "LastName", "GivenName", "Schedule", "Item")
    return " ".join(filter(None, (markup.text(record, field) for field in fields)))
