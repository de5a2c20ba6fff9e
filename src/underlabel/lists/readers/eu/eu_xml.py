"""The EU consolidated list as its official XML: one `sanctionEntity` per party."""

from __future__ import annotations

from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from underlabel.lists import dates, markup
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.eu import eu_entry
from underlabel.lists.readers.eu.eu_entry import Country, Entry, Number, Regulation
from underlabel.model import Facts, InputError, Name

_RECORD: Final = "sanctionEntity"
_DAY: Final = "generationDate"


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the EU's XML ("…-FULL-1_1(xsd).xml"); a record is a `sanctionEntity`.

    The same is kept as from the CSV (`eu_csv`), and which names are not strong. The edition is the user's, or
    the day in `generationDate`. An entity without number, name or type is a `Rejected`.
    """
    gather = Gather(opened, opened.edition)
    outermost, attributes = markup.root(opened)
    gather.edition = opened.edition or _generated(attributes.get(_DAY, ""), gather)
    number = rejected = 0
    for element in markup.records(opened, _RECORD):
        number += 1
        entry = _entry(element, number, opened)
        try:
            eu_entry.keep(entry, gather)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=entry.where, hint=error.hint, raw=entry.id)
    if not number:
        raise InputError(
            f"expected <export> with a <{_RECORD}> per party, saw <{outermost}> without one",
            where=opened.where,
            hint="is this the EU consolidated list? fetch it again from its publisher",
        )
    tally = Tally(file=opened.where, records=number, parties=len(gather.parties), rejected=rejected)
    return gather.facts((tally,)), (tally,)


def _generated(text: str, gather: Gather) -> date | None:
    if not text:
        return None
    try:
        return dates.day_first(text).earliest
    except InputError as error:
        gather.reject(
            f"the day of the file: {error.what}", where=f"{gather.opened.where}:export/@{_DAY}", hint=error.hint
        )
    return None


def _entry(element: Element, number: int, opened: Opened) -> Entry:
    subject = element.find("subjectType")
    kind = () if subject is None else _of(subject, "code", "classificationCode")
    id_, reference, un = _of(element, "logicalId", "euReferenceNumber", "unitedNationId")
    addresses = list(element.iterfind("address"))
    return Entry(
        id=id_,
        kind=next(filter(None, kind), ""),
        where=f"{opened.where}:{_RECORD}[{number}]",
        locator=f"{_RECORD}[{number}]",
        reference=reference,
        un=un,
        names=[_name(one) for one in element.iterfind("nameAlias")],
        regulations=[
            Regulation(*_of(one, "programme", "numberTitle", "publicationDate", "entryIntoForceDate"))
            for one in element.iterfind("regulation")
        ],
        citizenships=[_country(one) for one in element.iterfind("citizenship")],
        seats=[_country(one) for one in addresses],
        addresses=[
            eu_entry.address(_of(one, "street", "poBox", "zipCode", "city", "place", "region"), _country(one))
            for one in addresses
        ],
        numbers=[_number(one) for one in element.iterfind("identification")],
    )


def _of(element: Element, *names: str) -> tuple[str, ...]:
    return tuple(" ".join(element.get(name, "").split()) for name in names)


def _name(element: Element) -> Name:
    whole, language, strong = _of(element, "wholeName", "nameLanguage", "strong")
    return eu_entry.name(whole, _of(element, "firstName", "middleName", "lastName"), language, strong)


def _country(element: Element) -> Country:
    return Country(*_of(element, "countryIso2Code", "countryDescription"))


def _number(element: Element) -> Number:
    code, value, latin = _of(element, "identificationTypeCode", "number", "latinNumber")
    return Number(code, value or latin)
