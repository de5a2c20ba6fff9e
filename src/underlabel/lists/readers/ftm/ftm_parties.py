"""Parties out of entities: names, seats, numbers and addresses; of a person names and countries alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import UNSET

from underlabel.lists import wording
from underlabel.lists.gather import Gather
from underlabel.lists.readers.ftm import ftm_schemata, ftm_values
from underlabel.lists.readers.ftm.ftm_entities import Entity
from underlabel.lists.readers.ftm.ftm_refused import Refused
from underlabel.model import Identifier, InputError, Name, Party, Source

PREFIX: Final = "ftm:"
_IMO: Final = "IMO"


def key(entity: Entity) -> str:
    """Our id for an entity: the one we wrote it with, or that of the file behind "ftm:"."""
    return entity.said.id if entity.said and entity.said.id else f"{PREFIX}{entity.id}"


def source(entity: Entity, gather: Gather, publisher: str = "") -> Source:
    """Where in this edition an entity stands; the datasets it is from are its text."""
    plain = gather.source(f"entity {entity.id}")
    said, url = entity.said, entity.first("sourceUrl")
    publisher = entity.first("publisher") or publisher
    if said is None:
        text = ", ".join(entity.datasets)
        return Source(plain.dataset, plain.version, plain.locator, text, url or plain.url, publisher or plain.publisher)
    return Source(
        plain.dataset,
        plain.version,
        plain.locator,
        said.text,
        said.url if said.url is not UNSET else url,
        said.publisher if said.publisher is not UNSET else publisher,
    )


def party(entity: Entity, places: Mapping[str, tuple[str, ...]], gather: Gather, refused: Refused) -> Party:
    """The party an entity describes; `places` are the texts of the file's Address entities, by id.

    Birth dates, papers, numbers and addresses of persons are not kept. Errors: `InputError` for an entity
    without a name.
    """
    said = entity.said
    schema = (said and said.schema) or ftm_schemata.party(entity.schema)
    names = said.names if said and said.names is not UNSET else _names(entity)
    if not names:
        raise InputError(f"{entity.schema} without a name", hint="an entity needs a name, a caption or an alias")
    extra = said.identifiers if said else ()
    return Party(
        id=key(entity),
        source=source(entity, gather),
        since=said.since or None if said else None,
        until=said.until or None if said else None,
        known_from=said.known_from if said else None,
        known_to=said.known_to if said else None,
        confidence=said.confidence if said else "high",
        schema=schema,
        names=names,
        countries=said.countries if said and said.countries is not UNSET else _countries(entity, refused),
        identifiers=_distinct((*(() if schema == "Person" else _identifiers(entity, schema)), *extra)),
        addresses=said.addresses if said and said.addresses is not UNSET else _addresses(entity, schema, places),
    )


def place(entity: Entity) -> tuple[str, ...]:
    """The texts of an Address entity: as written in full, else put together of its parts."""
    full = entity.all("full")
    parts = ", ".join(entity.first(name) for name in ftm_schemata.PLACE if entity.first(name))
    return full or ((parts,) if parts else ())


def _names(entity: Entity) -> tuple[Name, ...]:
    """The names, the one to print first: the caption where it is one of them."""
    found = [
        Name(text.strip(), kind) for prop, kind in ftm_schemata.NAMES.items() for text in entity.all(prop)
    ] or _nameless(entity)
    names = wording.distinct(tuple(found))
    first = next((name for name in names if name.text == entity.caption), None)
    return names if first is None else (first, *(name for name in names if name != first))


def _nameless(entity: Entity) -> list[Name]:
    if entity.schema == "Address":
        return [Name(text) for text in place(entity)[:1]]
    caption = entity.caption.strip()
    # The library captions what has no name with the name of its schema.
    return [Name(caption)] if caption and caption != entity.schema else []


def _countries(entity: Entity, refused: Refused) -> tuple[str, ...]:
    found = []
    for code in entity.all(*ftm_schemata.SEATS):
        known = ftm_values.country(code)
        if known:
            found.append(known)
        else:
            hint = "the entity is kept, without this country"
            refused.detail(f"'{code[:20]}' is the code of no country there is", entity.where, hint)
    return tuple(dict.fromkeys(found))


def _identifiers(entity: Entity, schema: str) -> Iterable[Identifier]:
    for prop, scheme in ftm_schemata.NUMBERS.items():
        for value in entity.all(prop):
            number = value.strip()
            if prop == "imoNumber":
                yield Identifier("imo" if schema == "Vessel" else "imo-company", number.removeprefix(_IMO).strip())
            elif schema == "Airplane" and prop == "registrationNumber":
                yield Identifier("tail-number", number)
            else:
                yield Identifier(scheme, number)


def _addresses(entity: Entity, schema: str, places: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if schema == "Person":
        return ()
    own = place(entity) if schema == "Address" else ()
    told = (text for other in entity.all("addressEntity") for text in places.get(other, ()))
    return tuple(dict.fromkeys(text.strip() for text in (*own, *entity.all("address"), *told)))


def _distinct(found: Iterable[Identifier]) -> tuple[Identifier, ...]:
    return tuple(dict.fromkeys(found))
