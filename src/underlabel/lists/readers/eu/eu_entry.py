"""One entity of the EU consolidated list, whatever form it was read from, as facts."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import msgspec
from rigour.ids import LEI

from underlabel.lists import dates, kinds, places, wording
from underlabel.lists.gather import Clock, Gather, Terms
from underlabel.model import Day, DayKind, Identifier, InputError, Name, Party

_PERSON: Final = frozenset({"person", "p"})
_BODY: Final = frozenset({"enterprise", "e"})
_UNKNOWN: Final = frozenset({"", "00", "UNKNOWN"})
_SCHEMES: Final = {
    "regnumber": "registration",
    "fiscalcode": "tax",
    "swiftbic": "bic",
    "vat": "vat",
}
_IMO: Final = re.compile(r"(?:IMO\W*)?(\d{7})", re.IGNORECASE)
_LEI: Final = re.compile(r"(?:LEI\W*)?([0-9A-Z]{18}\d\d)", re.IGNORECASE)


class Regulation(NamedTuple):
    """The act an entity is listed by, its fields as written; the days are those of publication and entry into force."""

    programme: str
    title: str
    published: str
    effective: str


class Number(NamedTuple):
    """A number of an entity: the code of its type ("regnumber") and the value."""

    code: str
    value: str


class Country(NamedTuple):
    """A country as the list writes it: two letters ("00" is none) and words."""

    code: str
    words: str


class Entry(msgspec.Struct, kw_only=True):
    """One entity, its fields as written; what repeats is kept once when it is told.

    `names` are texts with their language and whether they are `strong`; a person's addresses and numbers
    are not told, nor is a body's citizenship.
    """

    id: str
    kind: str
    where: str
    locator: str
    reference: str = ""
    un: str = ""
    names: list[Name] = []
    regulations: list[Regulation] = []
    citizenships: list[Country] = []
    seats: list[Country] = []
    addresses: list[str] = []
    numbers: list[Number] = []


def name(whole: str, parts: tuple[str, ...], language: str, strong: str) -> Name:
    """A name by its whole text, or else by its first, middle and last; one the list calls not strong is weak."""
    text = " ".join((whole or " ".join(parts)).split())
    return Name(text, "weak" if strong.casefold() in {"false", "0", "no"} else "name", language.strip().casefold())


def address(parts: tuple[str, ...], country: Country) -> str:
    """An address in one line; empty where only the country is given, which is a seat and no address."""
    written = [part for part in parts if part]
    named = country.words if country.words not in _UNKNOWN else ""
    return ", ".join(filter(None, (*written, named))) if written else ""


def check(entry: Entry) -> None:
    """Errors: `InputError` for an entity without a number, or of a type the list does not have."""
    if not entry.id.isdigit():
        raise InputError(f"'{entry.id}' is no logical id", hint="the list gives every entity a number")
    if entry.kind.casefold() not in _PERSON | _BODY:
        raise InputError(f"'{entry.kind}' is no type of this list", hint="types are person and enterprise")


def keep(entry: Entry, gather: Gather) -> None:
    """Gather the party of an entity and a listing for each of its regulations.

    The name to print is the first strong one in English or without a language, else the first. A listing
    holds from the entry into force of the act the list gives, which need not be the act that first listed
    the entity. A day or a country that is not understood is left out and noted. Errors: `InputError`, with
    nothing gathered, for an entity that `check` refuses, without a name, or told before.
    """
    check(entry)
    names = _names(entry)
    if not names:
        raise InputError(f"the entity {entry.id} has no name", hint="the list names every entity")
    id_ = f"{gather.opened.info.id}:{entry.id}"
    if id_ in gather.parties:
        raise InputError(f"the logical id {entry.id} is used twice", hint="the first entity of it is kept")
    person = entry.kind.casefold() in _PERSON
    regulations = tuple(dict.fromkeys(entry.regulations)) or (Regulation("", "", "", ""),)
    party = Party(
        id=id_,
        source=gather.source(entry.locator, regulations[0].title),
        schema="Person" if person else kinds.schema(names[0].text),
        names=names,
        countries=_countries(entry, entry.citizenships if person else entry.seats, gather),
        identifiers=_identifiers(entry, person=person),
        addresses=() if person else tuple(dict.fromkeys(filter(None, entry.addresses))),
    )
    gather.party(party)
    for regulation in regulations:
        effective = _day(regulation.effective, "effective", entry, gather)
        clock = Clock(
            since=effective or gather.undated(),
            effective=effective,
            published=_day(regulation.published, "published", entry, gather),
        )
        terms = Terms(programme=regulation.programme, citation=regulation.title)
        gather.listing(party, clock, terms, gather.source(entry.locator, regulation.title))


def _names(entry: Entry) -> tuple[Name, ...]:
    strong_first = sorted((one for one in entry.names if one.text), key=lambda one: one.kind != "name")
    found = wording.distinct(tuple(strong_first))
    main = next(
        (one for one in found if one.kind == "name" and one.language in {"", "en"}),
        next((one for one in found if one.kind == "name"), None),
    )
    if main is None:
        return found
    others = (Name(one.text, "weak" if one.kind == "weak" else "alias", one.language) for one in found if one != main)
    return (main, *others)


def _day(text: str, kind: DayKind, entry: Entry, gather: Gather) -> Day | None:
    if not text:
        return None
    try:
        day = dates.day_first(text, kind)
    except InputError as error:
        _left_out(f"a day of entity {entry.id}: {error.what}", entry, gather)
        return None
    if day.earliest < gather.opened.info.begins:
        _left_out(f"a day of entity {entry.id}, {day}, is older than any list of the EU", entry, gather)
        return None
    return day


def _countries(entry: Entry, written: list[Country], gather: Gather) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for country in dict.fromkeys(written):
        label = country.code if country.code not in _UNKNOWN else country.words
        code = "" if label in _UNKNOWN else places.country(label)
        if code is None:
            _left_out(f"the country '{label}' of entity {entry.id} is not understood", entry, gather)
        elif code:
            codes[code] = None
    return tuple(codes)


def _identifiers(entry: Entry, *, person: bool) -> tuple[Identifier, ...]:
    references = (Identifier("eu-ref", entry.reference), Identifier("un-ref", entry.un))
    found = [one for one in references if one.value]
    if person:
        return tuple(found)
    for code, value in dict.fromkeys(number for number in entry.numbers if number.value):
        lei = _LEI.fullmatch(value)
        plain = code.casefold()
        if lei and LEI.is_valid(lei[1].upper()):
            found.append(Identifier("lei", lei[1].upper()))
        elif plain == "imo" and (imo := _IMO.fullmatch(value)):
            found.append(Identifier("imo", imo[1]))
        elif plain in _SCHEMES:
            found.append(Identifier(_SCHEMES[plain], value))
        else:
            # Of another type, or not of its type's shape: the list's own word for it meets no other list's by chance.
            found.append(Identifier(f"eu-{plain or 'other'}", value))
    return tuple(dict.fromkeys(found))


def _left_out(reason: str, entry: Entry, gather: Gather) -> None:
    gather.reject(reason, where=entry.where, hint="the entity is kept, without this", raw=entry.id)
