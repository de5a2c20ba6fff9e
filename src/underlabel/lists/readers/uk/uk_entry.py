"""One designation of the UK Sanctions List, whatever form it was read from, as facts."""

from __future__ import annotations

import re
from typing import Final, Literal

import msgspec

from underlabel.lists import dates, kinds, places, wording
from underlabel.lists.gather import Clock, Gather, Terms
from underlabel.lists.readers.uk import uk_numbers
from underlabel.model import Day, Identifier, InputError, Name, Party

_SCHEMAS: Final = {"individual": "Person", "entity": "", "ship": "Vessel"}
_UN: Final = re.compile(r"(?P<committee>[A-Z]{2})(?P<kind>[EI])(?P<rest>\.\d+)")
_PROGRAMME: Final = re.compile(r"[A-Z]{3}(?=\d)")
_IMO: Final = re.compile(r"(?:IMO\s*)?(\d{7})", re.IGNORECASE)
_LANGUAGES: Final = {
    "arabic": "ar",
    "belarusian": "be",
    "burmese": "my",
    "chinese": "zh",
    "dari": "prs",
    "farsi": "fa",
    "georgian": "ka",
    "hebrew": "he",
    "japanese": "ja",
    "korean": "ko",
    "pashto": "ps",
    "persian": "fa",
    "russian": "ru",
    "serbian": "sr",
    "ukrainian": "uk",
    "urdu": "ur",
    "uzbek": "uz",
}


class Entry(msgspec.Struct, kw_only=True):
    """One designation, its fields as written; texts that repeat are kept once when it is told.

    `kind` is individual, entity or ship; `regime` the name of the regime, where the form has it; `scripts` are
    names in other scripts than Latin; `nationalities` and `seats` are countries in words, `numbers` the business
    registration numbers. A person's addresses and a body's nationality are not told.
    """

    id: str
    kind: str
    where: str
    locator: str
    names: list[Name] = []
    scripts: list[Name] = []
    regime: str = ""
    requirement: str = ""
    designated: str = ""
    un: str = ""
    group: str = ""
    nationalities: list[str] = []
    seats: list[str] = []
    flags: list[str] = []
    addresses: list[str] = []
    numbers: list[str] = []
    imos: list[str] = []


def name(text: str, kind: str, strength: str) -> Name:
    """A name; its kind by the list's own words ("Primary Name", "Primary Name Variation", "Low quality a.k.a")."""
    kind, strength = kind.casefold().replace("_", " "), strength.casefold()
    text = " ".join(text.split())
    if kind.startswith("primary") and "variation" not in kind:
        return Name(text)
    if strength.startswith("low"):
        return Name(text, "weak")
    former: Literal["previous", "alias"] = "previous" if re.search(r"previous|former|f\.?k\.?a", kind) else "alias"
    return Name(text, former)


def script_name(text: str, language: str) -> Name:
    """A name in a script that is not Latin, with its language as a code where it is one we know."""
    word = " ".join(language.split()).casefold()
    return Name(" ".join(text.split()), "alias", _LANGUAGES.get(word, word))


def address(lines: tuple[str, ...], postcode: str, country: str) -> str:
    """An address in one line; empty where only the country is given, which is a seat and no address."""
    written = [part for part in (*lines, postcode) if part]
    return ", ".join(filter(None, (*written, country))) if written else ""


def check(entry: Entry) -> None:
    """Errors: `InputError` for an entry without an id, or of a type the list does not have."""
    if not entry.id or any(blank.isspace() for blank in entry.id):
        raise InputError("an entry without a unique id", hint="the list writes one like RUS0001 in every entry")
    if entry.kind.casefold() not in _SCHEMAS:
        raise InputError(f"'{entry.kind}' is no type of this list", hint="types are individual, entity and ship")


def keep(entry: Entry, gather: Gather) -> None:
    """Gather the party and the listing of an entry.

    The programme is the three letters its unique id begins with ("RUS"), the policy its regime's name.
    A day, a country or a number that is not understood is left out and noted. Errors: `InputError`, with
    nothing gathered, for an entry that `check` refuses, without a name, or told before.
    """
    check(entry)
    latin = sorted(entry.names, key=lambda one: one.kind != "name")
    names = wording.distinct(tuple(one for one in (*latin, *entry.scripts) if one.text))
    if not names:
        raise InputError(f"the entry {entry.id} has no name", hint="the list names every party it designates")
    id_ = f"{gather.opened.info.id}:{entry.id}"
    if id_ in gather.parties:
        raise InputError(f"the unique id {entry.id} is used twice", hint="the first entry of it is kept")
    schema = _SCHEMAS[entry.kind.casefold()] or kinds.schema(names[0].text)
    source = gather.source(entry.locator, f"UK Sanctions List {entry.id}")
    party = Party(
        id=id_,
        source=source,
        schema=schema,
        names=names,
        countries=_countries(entry, schema, gather),
        identifiers=_identifiers(entry, schema, gather),
        addresses=tuple(dict.fromkeys(filter(None, entry.addresses))) if schema != "Person" else (),
    )
    gather.party(party)
    day = _designated(entry, gather)
    # The letters of the id in every form; the tables do not name the regime.
    programme = _PROGRAMME.match(entry.id)
    terms = Terms(programme=programme[0] if programme else "", requirement=entry.requirement, policy=entry.regime)
    gather.listing(party, Clock(since=day or gather.undated(), effective=day), terms, source)


def _designated(entry: Entry, gather: Gather) -> Day | None:
    if not entry.designated:
        return None
    try:
        day = dates.day_first(entry.designated)
    except InputError as error:
        _left_out(f"the date designated of {entry.id}: {error.what}", entry, gather)
        return None
    if day.earliest < gather.opened.info.begins:
        _left_out(f"the date designated of {entry.id}, {day}, is older than any list of the UK", entry, gather)
        return None
    return day


def _countries(entry: Entry, schema: str, gather: Gather) -> tuple[str, ...]:
    labels = {"Person": entry.nationalities, "Vessel": entry.flags}.get(schema, entry.seats)
    codes: dict[str, None] = {}
    for label in dict.fromkeys(filter(None, labels)):
        code = places.country(label)
        if code is None:
            _left_out(f"the country '{label}' of {entry.id} is not understood", entry, gather)
        elif code:
            codes[code] = None
    return tuple(codes)


def _identifiers(entry: Entry, schema: str, gather: Gather) -> tuple[Identifier, ...]:
    found = []
    if entry.un:
        un = _UN.fullmatch(entry.un)  # the UN writes "QDe.145", this list now and then "QDE.145"
        value = f"{un['committee']}{un['kind'].casefold()}{un['rest']}" if un else entry.un
        found.append(Identifier("un-ref", value))
    if entry.group:
        found.append(Identifier("ofsi-group", entry.group))
    if schema == "Person":
        return tuple(found)
    for text in dict.fromkeys(filter(None, entry.numbers)):
        found += uk_numbers.identifiers(text)
    for text in dict.fromkeys(filter(None, entry.imos)):
        number = _IMO.fullmatch(text.strip())
        if number:
            found.append(Identifier("imo", number[1]))
        else:
            _left_out(f"'{text}' of {entry.id} is no IMO number", entry, gather)
    return tuple(dict.fromkeys(found))


def _left_out(reason: str, entry: Entry, gather: Gather) -> None:
    gather.reject(reason, where=entry.where, hint="the entry is kept, without this", raw=entry.id)
