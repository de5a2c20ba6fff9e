"""Profiles of OFAC's advanced XML: reference values resolved, names put together, features as statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal
from xml.etree.ElementTree import Element

from underlabel.lists.markup import text
from underlabel.lists.readers.ofac import remarks
from underlabel.lists.readers.ofac.ofac_entry import Address, Entry
from underlabel.model import InputError, Name

_STREET: Final = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
_CITY, _PROVINCE, _POSTAL = "CITY", "STATE/PROVINCE", "POSTAL CODE"
_LAST: Final = "Last Name"
_WHOLE: Final = frozenset({"Entity Name", "Vessel Name", "Aircraft Name"})
_FEATURES: Final = {
    "Vessel Call Sign": "call_sign",
    "Vessel Flag": "flag",
    "Vessel Owner": "owner",
}
_NATIONALITY: Final = ("Nationality Country", "Citizenship Country")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class References:
    """What the file defines before its parties: values by kind and id, places, documents by identity."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, tuple[str, dict[str, str]]]] = defaultdict(dict)
        self._places: dict[str, Address] = {}
        self._documents: dict[str, list[str]] = defaultdict(list)

    def __bool__(self) -> bool:
        """Whether any reference value was read."""
        return len(self._values) > 0

    def add(self, element: Element) -> None:
        """Keep reference values, a location or a document."""
        if element.tag == "Location":
            self._places[element.get("ID", "")] = self._address(element)
        elif element.tag == "IDRegDocument":
            self._documents[element.get("IdentityID", "")].append(self._document(element))
        else:
            for group in element:
                for value in group:
                    words = " ".join((value.text or "").split())
                    self._values[value.tag][value.get("ID", "")] = (words, dict(value.attrib))

    def text(self, kind: str, id_: str) -> str:
        """The words of a reference value; empty where the file has none. A legal basis by its short name."""
        words, attributes = self._values.get(kind, {}).get(id_, ("", {}))
        return attributes.get("LegalBasisShortRef") or words

    def attribute(self, kind: str, id_: str, name: str) -> str:
        """An attribute of a reference value."""
        return self._values.get(kind, {}).get(id_, ("", {}))[1].get(name, "")

    def place(self, id_: str) -> Address | None:
        """A place told before the parties."""
        return self._places.get(id_)

    def documents(self, identity: str) -> tuple[str, ...]:
        """The documents of an identity, as the statements of a remark."""
        return tuple(self._documents.get(identity, ()))

    def _address(self, location: Element) -> Address:
        parts = {
            self.text("LocPartType", part.get("LocPartTypeID", "")): text(part, "LocationPartValue/Value")
            for part in location.iterfind("LocationPart")
        }
        street = ", ".join(filter(None, (parts.get(line) for line in _STREET)))
        city, province = parts.get(_CITY, ""), parts.get(_PROVINCE, "")
        joined = (f"{city}," if city and province else city, province, parts.get(_POSTAL, ""))
        land = location.find("LocationCountry")
        country = self.text("Country", land.get("CountryID", "")) if land is not None else ""
        area = location.find("LocationAreaCode")
        if not country and area is not None:
            country = self.attribute("AreaCode", area.get("AreaCodeID", ""), "Description")
        return Address(street, " ".join(filter(None, joined)), country)

    def _document(self, document: Element) -> str:
        kind = self.text("IDRegDocType", document.get("IDRegDocTypeID", ""))
        country = self.text("Country", document.get("IssuedBy-CountryID", ""))
        words = f"{kind} {text(document, 'IDRegistrationNo')}"
        return remarks.piece(f"{words} ({country})" if country else words)


def day(element: Element) -> date | None:
    """The day of a date with `Year`, `Month` and `Day`; None where one is missing. Errors: `InputError`."""
    parts = [text(element, part) for part in ("Year", "Month", "Day")]
    if not all(parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError) as error:
        raise InputError(f"'{'-'.join(parts)}' is no day", hint="the calendar is the Gregorian one") from error


def entry(profile: Element, number: str, where: str, of: References) -> Entry:
    """A profile as an entry of the simple forms. Errors: `InputError` where it bears no primary name."""
    subtype = profile.get("PartySubTypeID", "")
    kind = of.text("PartySubType", subtype)
    if kind.casefold() not in {"vessel", "aircraft"}:
        kind = of.text("PartyType", of.attribute("PartySubType", subtype, "PartyTypeID"))
    names = _names(profile, of)
    if not names:
        raise InputError(f"the party {number} has no name", hint="look at its DocumentedName")
    features = tuple(_features(profile, of))
    identities = [one.get("ID", "") for one in profile.iterfind("Identity")]
    said = tuple(remarks.piece(f"{kind_} {words}") for kind_, words, _ in features if words)
    single = {
        field: words or (place.country if place else "")
        for kind_, words, place in features
        for field in filter(None, (_FEATURES.get(kind_),))
    }
    return Entry(
        number=number,
        name=names[0].text,
        type=kind or "?",
        programmes=(),
        said=(*(one for identity in identities for one in of.documents(identity)), *said),
        locator=f"DistinctParty[{number}]",
        where=where,
        aliases=names[1:],
        addresses=tuple(place for kind_, _, place in features if kind_ == "Location" and place),
        nationalities=tuple(
            place.country for wanted in _NATIONALITY for kind_, _, place in features if kind_ == wanted and place
        ),
        **single,
    )


def _names(profile: Element, of: References) -> tuple[Name, ...]:
    """The primary name, then the others: weak where they are of low quality, previous where f.k.a."""
    found: list[Name] = []
    for identity in profile.iterfind("Identity"):
        parts = {
            group.get("ID", ""): of.text("NamePartType", group.get("NamePartTypeID", ""))
            for group in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        for alias in identity.iterfind("Alias"):
            texts = [one for one in (_written(name, parts) for name in alias.iterfind("DocumentedName")) if one]
            if alias.get("Primary") == "true" and texts:
                found.insert(0, Name(texts.pop(0)))
            kind = _kind(alias, of)
            found += [Name(one, kind) for one in texts]
    return tuple(dict.fromkeys(found)) if found and found[0].kind == "name" else ()


def _kind(alias: Element, of: References) -> Literal["alias", "weak", "previous"]:
    if alias.get("LowQuality") == "true":
        return "weak"
    return "previous" if of.text("AliasType", alias.get("AliasTypeID", "")) == "F.K.A." else "alias"


def _written(name: Element, parts: dict[str, str]) -> str:
    """A name as the simple forms write it: "LAST, First Middle", or an entity's whole."""
    last: list[str] = []
    rest: list[str] = []
    for value in name.iterfind("DocumentedNamePart/NamePartValue"):
        words = " ".join((value.text or "").split())
        part = parts.get(value.get("NamePartGroupID", ""), "")
        (last if part == _LAST or part in _WHOLE else rest).append(words)
    return ", ".join(filter(None, (" ".join(filter(None, last)), " ".join(filter(None, rest)))))


def _features(profile: Element, of: References) -> Iterator[tuple[str, str, Address | None]]:
    """Each version of each feature: its kind, what it says in words, and the place it names."""
    for feature in profile.iterfind("Feature"):
        kind = of.text("FeatureType", feature.get("FeatureTypeID", ""))
        for version in feature.iterfind("FeatureVersion"):
            detail = version.find("VersionDetail")
            words = ""
            if detail is not None:
                words = " ".join((detail.text or "").split())
                words = words or of.text("DetailReference", detail.get("DetailReferenceID", ""))
            place = version.find("VersionLocation")
            yield (
                kind,
                words or _period(version),
                of.place(place.get("LocationID", "")) if place is not None else None,
            )


def _period(version: Element) -> str:
    """The day of a feature that is one day, as remarks write it ("03 Jun 2021")."""
    start, end = version.find("DatePeriod/Start/From"), version.find("DatePeriod/End/To")
    if start is None or end is None:
        return ""
    first = day(start)
    return f"{first.day:02d} {_MONTHS[first.month - 1]} {first.year}" if first and first == day(end) else ""
