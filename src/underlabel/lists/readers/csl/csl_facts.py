"""A row of the Consolidated Screening List as a party and its listing on the source list it names."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

from underlabel.lists import dates, kinds, lengths, places, wording
from underlabel.lists.gather import Clock, Gather, Terms, fact_id
from underlabel.lists.opening import Opened
from underlabel.lists.readers.bis import entity_list
from underlabel.lists.readers.csl import csl_names
from underlabel.lists.readers.csl.csl_entry import Entry, Origin, origin
from underlabel.lists.readers.csl.csl_names import Said
from underlabel.lists.readers.ofac import remarks
from underlabel.model import Day, Identifier, InputError, Party, Source, exact

_SCHEMAS: Final = {"individual": "Person", "entity": "", "vessel": "Vessel", "aircraft": "Airplane", "": ""}
_SUBLISTS: Final = frozenset({"CMIC", "SSI", "FSE", "PLC", "CAP", "MBS"})
_UNTOLD: Final = frozenset({"DPL", "DTC", "ISN"})
"""Source lists of orders, most of them against persons, that do not say who is one."""

_KEEPS_ENDED: Final = frozenset({"DPL", "ISN"})
"""Source lists of which the compilation keeps entries after their end."""

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INMATE: Final = re.compile(r"INMATE\b", re.IGNORECASE)
_REGION: Final = re.compile(r"^REGION:\s*", re.IGNORECASE)
_UNDER_CHINA: Final = {"hk": "cn", "mo": "cn"}
"""The Entity List has had no heading for Hong Kong since 23 December 2020 (85 FR 83765): older editions do."""


class Compiled(Gather):
    """Gathers listings of several lists: a day that is not stated is bounded by the list of the row at hand."""

    def __init__(self, opened: Opened, edition: date | None) -> None:
        """Begin with nothing gathered."""
        super().__init__(opened, edition)
        self.begins = opened.info.begins

    def undated(self) -> Day:
        """Some day since the list of the row at hand began, by this edition."""
        return Day(self.begins, self.edition or date.max, "published")


def draft(entry: Entry, source: Source, gather: Compiled, where: str) -> None:
    """Gather the facts of one row.

    An entry of OFAC's has the id of its number, others one that follows from source list, first name and the country
    of the first address. Errors: `InputError`, before anything is gathered, for a row that cannot be read.
    """
    listed = origin(entry.source)
    texts = (*entry.addresses, entry.notice, entry.requirement, entry.policy, entry.remarks)
    lengths.check((entry.name, *entry.aliases, *entry.countries, *entry.nationalities, entry.flag), texts)
    gather.begins = listed.info.begins
    if any(re.search(pattern, entry.name) for pattern in gather.opened.info.categories):
        terms = _terms(entry, listed, "")
        category = gather.category(entry.name, source)
        gather.listing(category, _clock(entry, listed, gather, where), terms, source, name=listed.info.id)
        return
    schema = _schema(entry)
    found = csl_names.said(entry.name, entry.aliases, listed.code)
    if not found or not all(one.names for one in found):
        raise InputError("a row without a name", hint="look at the entry on its own list")
    parties = [(_party(one, entry, listed, schema, source), one) for one in found]
    clock = _clock(entry, listed, gather, where)
    for party, one in parties:
        coded = msgspec.structs.replace(party, countries=_countries(party, one, entry, gather, where))
        gather.party(coded)
        gather.listing(coded, clock, _terms(entry, listed, one.reach), source, name=listed.info.id)
        if one.doubt:
            hint = "kept as it stands; the source list's own file has them in order"
            gather.reject(one.doubt, where=where, hint=hint, raw=entry.name)


def _schema(entry: Entry) -> str:
    """The kind a row states; empty where it states none."""
    if entry.type.casefold() not in _SCHEMAS:
        raise InputError(
            f"'{entry.type}' is no type of this list", hint="types are Entity, Individual, Vessel, Aircraft"
        )
    if not entry.type and (entry.person or any(_INMATE.match(address) for address in entry.addresses)):
        return "Person"
    return _SCHEMAS[entry.type.casefold()]


def _party(said: Said, entry: Entry, listed: Origin, schema: str, source: Source) -> Party:
    """The party without its countries. Errors: `InputError` for an entry that is an address, without the address."""
    names = wording.distinct(said.names)
    if entity_list.ADDRESS_ONLY.fullmatch(entry.name):
        names, schema = entity_list.address_names(entry.name, entry.addresses), "Address"
    schema = "Person" if said.person else schema or kinds.schema(names[0].text)
    where = next((code for code in map(_code, entry.countries) if code), "")
    id_ = fact_id(f"us_csl:{listed.code.casefold()}", names[0].text, _UNDER_CHINA.get(where, where))
    numbers: tuple[Identifier, ...] = ()
    if listed.treasury and entry.number.isdigit():
        id_ = f"us_csl:ofac:{entry.number}"
        body = schema if schema in {"Person", "Vessel", "Airplane"} else "LegalEntity"
        stated = remarks.identifiers(tuple(map(str, entry.numbers)), body)
        numbers = (Identifier("ofac-uid", entry.number), *stated)
    if entry.call_sign and schema == "Vessel":
        numbers += (Identifier("call-sign", entry.call_sign),)
    return Party(
        id=id_,
        source=source,
        schema=schema,
        names=names,
        identifiers=tuple(dict.fromkeys(numbers)),
        addresses=_addresses(entry, listed, schema, names[0].text),
    )


def _addresses(entry: Entry, listed: Origin, schema: str, name: str) -> tuple[str, ...]:
    """The addresses of a body. A land alone is a seat, no address to compare with; a person's address is not kept.

    Lists of orders do not say who of them is a person: there only what is plainly a body keeps its addresses.
    """
    if schema == "Person" or (listed.code in _UNTOLD and not entry.type and not kinds.plainly_body(name)):
        return ()
    lands = set(entry.countries)
    return tuple(one for one in entry.addresses if one not in lands)


def _countries(party: Party, said: Said, entry: Entry, gather: Gather, where: str) -> tuple[str, ...]:
    """The codes of a person's nationality, a vessel's flag, or a body's addresses; what is not understood is told."""
    labels = entry.countries
    if party.schema in {"Person", "Vessel"}:
        labels = entry.nationalities if party.schema == "Person" else (entry.flag,)
    codes: dict[str, None] = {}
    for label in filter(None, (*labels, said.seat)):
        code = _code(label)
        if code is None:
            hint = "the entry is kept, without this country"
            gather.reject(f"the country '{label}' is not understood", where=where, hint=hint, raw=entry.name)
            continue
        codes |= dict.fromkeys(places.with_hong_kong(code, party.addresses))
    return tuple(codes)


def _code(label: str) -> str | None:
    """The code of a country; a region is one only where it is known to lie in one ("REGION: RUSSIA")."""
    code = places.country(label)
    region = _REGION.sub("", label)
    return (places.country(region) or "") if code is None and region != label else code


def _clock(entry: Entry, listed: Origin, gather: Compiled, where: str) -> Clock:
    """The days of a listing.

    It is published on the day of its earliest notice, and holds from its start day, else from that one. The
    compilation keeps denials and nonproliferation sanctions that have ended: in a form without end days such
    a listing may have ended on any day since it began.
    """
    effective = _day(entry.start, "start_date", entry, gather, where)
    published = _published(entry, listed, effective)
    if published is not None and published.earliest < gather.begins <= published.latest:
        published = Day(gather.begins, published.latest, published.kind)
    since = effective or published or gather.undated()
    until = _day(entry.end or "", "end_date", entry, gather, where)
    if entry.end is None and listed.code in _KEEPS_ENDED:
        until = Day(since.earliest, date.max, "effective")
    return Clock(since=since, until=until, published=published, effective=effective)


def _published(entry: Entry, listed: Origin, effective: Day | None) -> Day | None:
    """The day of the earliest notice; of a denial the earliest since its start, as those before are of other orders."""
    cited = sorted((one.day for one in dates.citations(entry.notice)), key=lambda day: (day.earliest, day.latest))
    own = [day for day in cited if listed.code == "DPL" and effective and day.latest >= effective.earliest]
    return next(iter(own or cited), None)


def _day(text: str, field: str, entry: Entry, gather: Gather, where: str) -> Day | None:
    if not text:
        return None
    try:
        if _ISO.fullmatch(text):
            return exact(date.fromisoformat(text), "effective")
    except ValueError:
        pass  # 2019-02-30 has the form of a day, and is told below
    hint = "the list writes 2019-10-09; the entry is kept, without this day"
    gather.reject(f"'{text}' is not a day", where=f"{where}:{field}", hint=hint, raw=entry.name)
    return None


def _terms(entry: Entry, listed: Origin, reach: str) -> Terms:
    """The words of a listing. The remarks on a person are not kept: they may tell of private life."""
    programme = "; ".join(sorted(set(entry.programmes)))
    if listed.code in _SUBLISTS:
        programme = f"{listed.code}: {programme}".removesuffix(": ")
    policy = (
        entry.policy,
        f"standard order: {entry.standard}" if entry.standard else "",
        f"vessel owner: {entry.owner}" if entry.owner else "",
        "" if entry.person or entry.type.casefold() == "individual" else entry.remarks,
    )
    return Terms(
        programme=programme,
        reach=reach,
        requirement=entry.requirement,
        policy="; ".join(filter(None, policy)),
        citation=entry.notice,
    )
