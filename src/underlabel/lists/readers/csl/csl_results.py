"""The Consolidated Screening List as the official API answers, and as its bulk file holds the same results.

Built from the published format, without an official file at hand: it is unproven.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import msgspec

from underlabel.lists import wording
from underlabel.lists.readers.csl.csl_entry import LONGEST, Entry, File, Number, Record

_UNPROVEN: Final = "json of the API (unproven)"
SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "source": "source",
        "entity_number": "number",
        "type": "type",
        "name": "name",
        "federal_register_notice": "notice",
        "start_date": "start",
        "end_date": "end",
        "standard_order": "standard",
        "license_requirement": "requirement",
        "license_policy": "policy",
        "call_sign": "call_sign",
        "vessel_flag": "flag",
        "vessel_owner": "owner",
        "remarks": "remarks",
    }
)
"""The list's own fields that are one text, and those of an entry."""


class _Address(msgspec.Struct, frozen=True):
    address: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class _Id(msgspec.Struct, frozen=True):
    type: str | None = None
    number: str | None = None
    country: str | None = None


class _Result(msgspec.Struct, frozen=True):
    """One result of the API: lists may be empty or null, and so may texts."""

    source: str
    name: str
    entity_number: str | int | None = None
    type: str | None = None
    programs: list[str] | None = None
    addresses: list[_Address] | None = None
    alt_names: list[str] | None = None
    citizenships: list[str] | None = None
    nationalities: list[str] | None = None
    dates_of_birth: list[str] | None = None
    places_of_birth: list[str] | None = None
    ids: list[_Id] | None = None
    federal_register_notice: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    standard_order: str | None = None
    license_requirement: str | None = None
    license_policy: str | None = None
    call_sign: str | None = None
    vessel_flag: str | None = None
    vessel_owner: str | None = None
    remarks: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """An answer of the API, or its bulk file: the results, and how many there are in all."""

    results: list[msgspec.Raw]
    total: int | None = None
    search_performed_at: str | None = None


def answer(said: Answer) -> File:
    """The results of an answer as rows; fewer than its total are a page."""
    records = tuple(_result(raw, number) for number, raw in enumerate(said.results))
    return File(
        records,
        edition=day(said.search_performed_at),
        page=said.total is not None and said.total > len(records),
        form=_UNPROVEN,
    )


def _result(raw: msgspec.Raw, number: int) -> Record:
    locator = f"results[{number}]"
    if len(bytes(raw)) > LONGEST:
        return Record(locator, None, f"the result is longer than {LONGEST} bytes")
    try:
        said = msgspec.json.decode(raw, type=_Result)
    except (msgspec.DecodeError, RecursionError) as error:
        return Record(locator, None, f"not a result of this list: {error}")
    addresses = said.addresses or []
    written = (", ".join(texts((a.address, a.city, a.state, a.postal_code, a.country))) for a in addresses)
    persons = (said.dates_of_birth, said.places_of_birth, said.citizenships, said.nationalities)
    entry = Entry(
        programmes=texts(said.programs),
        aliases=texts(said.alt_names),
        addresses=tuple(dict.fromkeys(one for text in written for one in wording.addresses(text, ""))),
        countries=texts(one.country for one in addresses),
        nationalities=texts(said.nationalities) + texts(said.citizenships),
        person=any(persons),
        numbers=tuple(
            Number(one.type.strip(), one.number.strip(), (one.country or "").strip())
            for one in said.ids or []
            if one.type and one.number
        ),
        **{ours: single(getattr(said, theirs)) for theirs, ours in SAID.items()},
    )
    return Record(locator, entry)


def single(value: object) -> str:
    """A text with its whitespace made single; of several, all of them."""
    if isinstance(value, list):
        value = "; ".join(value)
    return " ".join(("" if value is None else str(value)).split())


def texts(values: Iterable[object] | None) -> tuple[str, ...]:
    """The texts of a list that may be null, blank ones left out."""
    return tuple(text for text in (single(value) for value in values or ()) if text)


def day(text: str | None) -> date | None:
    """The day a time stamp begins with; None where it does not."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
