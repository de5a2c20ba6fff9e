"""One entry of OFAC's lists, whatever form it was read from, as a party with its listings and ties."""

from __future__ import annotations

from typing import Final

import msgspec

from underlabel.lists import places, wording
from underlabel.lists.gather import Gather
from underlabel.lists.readers.ofac import ofac_programmes, remarks
from underlabel.lists.readers.ofac.ofac_linked import Tie
from underlabel.lists.readers.ofac.ofac_programmes import Programmes
from underlabel.model import Identifier, InputError, Name, Party

_SCHEMAS: Final = {
    "individual": "Person",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    "entity": "LegalEntity",
    "": "LegalEntity",
}


class Address(msgspec.Struct, frozen=True):
    """An address as written: street, town with province and postal code, country."""

    street: str
    town: str
    country: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry: `said` are the statements of its remarks, with those the XML keeps as ids.

    `nationalities` are countries as written, nationality before citizenship; `locator` is the place in the
    file, `where` the same with the file's name.
    """

    number: str
    name: str
    type: str
    programmes: tuple[str, ...]
    said: tuple[str, ...]
    locator: str
    where: str
    aliases: tuple[Name, ...] = ()
    addresses: tuple[Address, ...] = ()
    nationalities: tuple[str, ...] = ()
    flag: str = ""
    call_sign: str = ""
    owner: str = ""


def take(entry: Entry, gather: Gather) -> tuple[Tie, ...]:
    """Gather the party of an entry and its listings; returned are the ties it states. Errors: as of `party`."""
    made = party(entry, gather)
    said = entry.said + owner(entry)
    ofac_programmes.listings(made, Programmes(codes=entry.programmes, said=said), gather, made.source, entry.where)
    return tuple(Tie(made.id, name, made.source, entry.where) for name in remarks.linked(entry.said))


def party(entry: Entry, gather: Gather) -> Party:
    """Gather the party of an entry.

    Of a person names and nationality are kept, no number, birth or address. Errors: `InputError`, before
    anything is gathered, for an entry without number or name, of unknown type, or with a number used before.
    """
    if not entry.number.isdigit() or not entry.name:
        raise InputError(
            "a record without a number or a name", hint="look at the line: OFAC writes number and name first"
        )
    if entry.type.casefold() not in _SCHEMAS:
        raise InputError(
            f"'{entry.type}' is no type of this list", hint="types are individual, vessel, aircraft, entity, -0-"
        )
    schema = _SCHEMAS[entry.type.casefold()]
    id_ = f"{gather.opened.info.id}:{entry.number}"
    if id_ in gather.parties:
        raise InputError(f"the number {entry.number} is used twice", hint="the first record of it is kept")
    weak = tuple(name for name in entry.aliases if name.kind == "weak")
    strong = tuple(name for name in entry.aliases if name.kind != "weak")
    made = Party(
        id=id_,
        source=gather.source(entry.locator),
        schema=schema,
        names=wording.distinct((Name(entry.name), *weak, *remarks.weak_names(entry.said), *strong)),
        countries=_countries(entry, schema, gather),
        identifiers=_numbers(entry, schema),
    )
    for address in entry.addresses:
        made = placed(made, address, gather, entry.where)
    gather.party(made)
    return made


def owner(entry: Entry) -> tuple[str, ...]:
    """What the entry says of a vessel's owner: words beside the listing, as no day and no share is stated."""
    return (f"Vessel owner: {entry.owner}",) if entry.owner else ()


def placed(party: Party, address: Address, gather: Gather, where: str) -> Party:
    """A party with one more address; of a person none is kept.

    A land alone is a seat, no address to compare with. The countries of a body are those of its addresses.
    """
    if party.schema == "Person":
        return party
    written = ", ".join(filter(None, (address.street, address.town, address.country)))
    more = (written,) if address.street or address.town else ()
    codes = _codes((address.country,), gather, where) if party.schema == "LegalEntity" else ()
    return msgspec.structs.replace(
        party,
        addresses=tuple(dict.fromkeys(party.addresses + more)),
        countries=tuple(dict.fromkeys(party.countries + codes)),
    )


def _numbers(entry: Entry, schema: str) -> tuple[Identifier, ...]:
    """OFAC's own number, then all others in one order, whatever order a form of the list has them in."""
    found = set(remarks.identifiers(entry.said, schema))
    if entry.call_sign and schema == "Vessel":
        found.add(Identifier("call-sign", entry.call_sign))
    return (Identifier("ofac-uid", entry.number), *sorted(found, key=lambda one: (one.scheme, one.value)))


def _countries(entry: Entry, schema: str, gather: Gather) -> tuple[str, ...]:
    labels: tuple[str, ...] = ()
    if schema == "Person":
        labels = entry.nationalities + remarks.nationalities(entry.said)
    elif schema == "LegalEntity":
        labels = remarks.seats(entry.said)
    elif schema == "Vessel":
        labels = (entry.flag,)
    return _codes(labels, gather, entry.where)


def _codes(labels: tuple[str, ...], gather: Gather, where: str) -> tuple[str, ...]:
    """The codes of countries as written; one that is not understood is told, and left out."""
    codes: dict[str, None] = {}
    for label in filter(None, labels):
        code = places.country(label)
        if code is None:
            hint = "the entry is kept, without this country"
            gather.reject(f"the country '{label}' is not understood", where=where, hint=hint, raw=label)
        elif code:
            codes.setdefault(code)
    return tuple(codes)
