"""What FollowTheMoney takes as it stands: texts, days, countries, numbers and addresses in its own clean form."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from rigour.ids import get_identifier_format
from rigour.territories import get_territory
from rigour.urls import clean_url

from underlabel.model import Day, DayKind, Identifier

NAME: Final = 384
ADDRESS: Final = 250
STRING: Final = 1024
TEXT: Final = 65_000
SHORT: Final = 64
"""The most characters of a name, an address, a string, a text, and an identifier."""

_URL: Final = 4096
_ENTITY: Final = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.\-]{0,190}[0-9a-zA-Z])?")
_PREFIX: Final = "ftm:"
_QUOTED: Final = re.compile(r"[\"'].*[\"']")
_BROKEN: Final = re.compile(r"<br/?>|\besq[.,]|;|,\s?[,.]", re.IGNORECASE)
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_NOWHERE: Final = frozenset({"zz", "eu"})
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 2999
"""Outside these years there is no day for FollowTheMoney."""

_LEGAL: Final = frozenset({"LegalEntity", "Person", "Organization", "PublicBody", "Company"})
_BODIES: Final = frozenset({"Organization", "PublicBody", "Company"})


class _Number(NamedTuple):
    """The property for a kind of number: which schemata have it, its form, and its most characters."""

    name: str
    schemata: frozenset[str]
    form: str = ""
    most: int = 32
    before: str = ""


NUMBERS: Final[Mapping[str, tuple[_Number, ...]]] = MappingProxyType(
    {
        "lei": (_Number("leiCode", _LEGAL, "lei"),),
        "uscc": (_Number("uscCode", _LEGAL, "uscc"),),
        "bic": (_Number("swiftBic", _LEGAL, "bic", 16),),
        "registration": (_Number("registrationNumber", _LEGAL | {"Vessel"}, "", 64),),
        "registration:ru": (_Number("ogrnCode", _LEGAL, "ogrn"),),
        "tax": (_Number("taxNumber", _LEGAL, "", 64),),
        "tax:ru": (_Number("innCode", _LEGAL, "inn"),),
        "vat": (_Number("vatCode", _LEGAL),),
        "duns": (_Number("dunsCode", _LEGAL, "", 16),),
        "cik": (_Number("cikCode", frozenset({"Company"}), "", 64),),
        "permid": (_Number("permId", _BODIES, "", 16),),
        "uei": (_Number("uniqueEntityId", _LEGAL, "uei"),),
        "cage": (_Number("cageCode", _BODIES, "", 16),),
        "wikidata": (_Number("wikidataId", _LEGAL | {"Vessel", "Airplane", "Address"}, "wikidata"),),
        "imo": (_Number("imoNumber", frozenset({"Vessel"}), "imo", 16, "IMO"),),
        "imo-company": (_Number("imoNumber", _BODIES, "imo", 16, "IMO"),),
        "mmsi": (_Number("mmsi", frozenset({"Vessel"}), "", 16),),
        "call-sign": (_Number("callSign", frozenset({"Vessel"}), "", 64),),
        "tail-number": (_Number("registrationNumber", frozenset({"Airplane"}), "", 64),),
        "msn": (_Number("serialNumber", frozenset({"Airplane"}), "", 64),),
    }
)
"""Our schemes and the properties for them; a number of any other scheme is carried beside the entity."""


def key(name: str) -> str:
    """The id of the entity for one of ours: that of the file it came from, else one made of the id's digest."""
    given = name.removeprefix(_PREFIX)
    if given != name and _ENTITY.fullmatch(given):
        return given
    return f"ul-{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def slug(name: str) -> str:
    """A dataset's name as FollowTheMoney writes it."""
    return _OTHER.sub("_", name.casefold().removeprefix(_PREFIX)).strip("_") or "underlabel"


def fits(text: str, most: int = STRING) -> bool:
    """Whether a text is clean: composed, without control characters, its blanks single, and not too long."""
    return (
        0 < len(text) <= most
        and text == " ".join(text.split())
        and unicodedata.is_normalized("NFC", text)
        and not any(unicodedata.category(letter)[0] in "CZ" for letter in text if letter != " ")
    )


def name_fits(text: str) -> bool:
    """Whether a name is clean: no quotes around the whole."""
    return fits(text, NAME) and not _QUOTED.fullmatch(text)


def address_fits(text: str) -> bool:
    """Whether an address is clean: no semicolons, which become commas there."""
    return fits(text, ADDRESS) and not _BROKEN.search(text)


def url_fits(text: str) -> bool:
    """Whether an address on the web is clean."""
    return fits(text, _URL) and clean_url(text) == text


def country_fits(code: str) -> bool:
    """Whether a country's code is one of theirs, and of a country."""
    territory = get_territory(code)
    return territory is not None and territory.ftm_country == code and len(code) == len("cn") and code not in _NOWHERE


def days(day: Day, kind: DayKind) -> list[str] | None:
    """A day as theirs: one text, or the two ends of a stretch; None where they cannot say it as of this kind."""
    if day.kind != kind or day.earliest.year < _FIRST_YEAR or day.latest.year > _LAST_YEAR:
        return None
    return str(day).split("..")


def number(identifier: Identifier, schema: str) -> tuple[str, str] | None:
    """The property and value for a number of a party; None where there is none, or the number is not valid there."""
    for one in NUMBERS.get(identifier.scheme, ()):
        value = f"{one.before}{identifier.value}"
        form = get_identifier_format(one.form) if one.form else None
        valid = form is None or form.normalize(value) == value
        if schema in one.schemata and fits(value, one.most) and valid:
            return one.name, value
    return None
