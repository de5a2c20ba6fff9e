"""OFAC's remarks, statement by statement: numbers, weak aliases, seats, ties; nothing of private life."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import places
from underlabel.model import Identifier, Name

_PLACED: Final = {
    "Tax ID No.": "tax",
    "R.F.C.": "tax",
    "R.F.C. #": "tax",
    "RFC": "tax",
    "RUC #": "tax",
    "NIT #": "tax",
    "RIF #": "tax",
    "RTN": "tax",
    "C.U.I.T.": "tax",
    "C.I.F.": "tax",
    "Numero Unico de Identificacao Tributaria (NUIT)": "tax",
    "Paraguayan tax identification number": "tax",
    "V.A.T. Number": "vat",
    "Registration Number": "registration",
    "Registration ID": "registration",
    "Business Registration Number": "registration",
    "Business Registration Document #": "registration",
    "Business Number": "registration",
    "Company Number": "registration",
    "UK Company Number": "registration",
    "Commercial Registry Number": "registration",
    "Chamber of Commerce Number": "registration",
    "C.R. No.": "registration",
    "Romanian C.R.": "registration",
    "Public Registration Number": "registration",
    "Certificate of Incorporation Number": "registration",
    "Enterprise Number": "registration",
    "Folio Mercantil No.": "registration",
    "Matricula Mercantil No": "registration",
    "Economic Register Number (CBLS)": "registration",
    "Central Registration System Number": "registration",
    "Vessel Registration Identification": "registration",
    "Government Gazette Number": "gazette",
    "Trade License No.": "trade-licence",
    "License": "licence",
    "Istanbul Chamber of Comm. No.": "chamber",
    "Dubai Chamber of Commerce Membership No.": "chamber",
    "Registered Charity No.": "charity",
    "National ID No.": "national-id",
    "Identification Number": "identification",
    "Organization Code": "organization-code",
}
"""Numbers that mean something only with their country: the scheme becomes "tax:ru"."""

_WITH_COUNTRY: Final = re.compile(
    rf"(?P<label>{'|'.join(re.escape(label) for label in sorted(_PLACED, key=len, reverse=True))})"
    r" (?P<value>.+?) \((?P<country>[^()]+)\)(?: (?:issued|expires) .*)?"
)
_PLACE: Final = r"(?: \([^()]+\))?"
_ALONE: Final = tuple(
    (scheme, re.compile(form))
    for scheme, form in (
        ("imo", r"(?:Vessel Registration Identification|Identification Number) IMO (\d{7})"),
        ("imo-company", r"Company Number IMO (\d{7})"),
        ("mmsi", r"MMSI (\d{9})"),
        ("lei", rf"(?:Legal Entity Number|LEI) ([0-9A-Z]{{18}}\d{{2}}){_PLACE}"),
        ("uscc", rf"Unified Social Credit Code \(USCC\) ([0-9A-Z]{{18}}){_PLACE}"),
        ("uscc", rf"United Social Credit Code Certificate \(USCCC\) ([0-9A-Z]{{18}}){_PLACE}"),
        ("duns", rf"D-U-N-S Number (\d{{2}}-?\d{{3}}-?\d{{4}}){_PLACE}"),
        ("bic", rf"SWIFT/BIC ([A-Z]{{6}}[A-Z0-9]{{2}}(?:[A-Z0-9]{{3}})?){_PLACE}"),
        ("bik", r"BIK \(RU\) (\d{9})"),
        ("isin", r"ISIN ([A-Z]{2}[A-Z0-9]{9}\d)"),
        ("ticker", r"Equity Ticker ([A-Z0-9./-]+ [A-Z]{2})"),
        ("website", r"Website (\S+)"),
        ("call-sign", r"(?:Other )?Vessel Call Sign ([A-Z0-9]+)"),
        ("tail-number", r"Aircraft Tail Number ([A-Z0-9-]+)"),
        ("msn", r"Aircraft Manufacturer's Serial Number \(MSN\) ([A-Z0-9/-]+)"),
        ("mode-s", r"Aircraft Mode S Transponder Code ([0-9A-F]{6})"),
    )
)
_FIRST_WORDS: Final = frozenset(
    {
        *("Vessel", "Identification", "Company", "MMSI", "Legal", "LEI", "Unified", "United", "D-U-N-S", "SWIFT/BIC"),
        *("BIK", "ISIN", "Equity", "Website", "Other", "Aircraft"),
    }
)
_THINGS: Final = frozenset({"imo", "mmsi", "call-sign", "tail-number", "msn", "mode-s", "website"})
"""Schemes of vessels and aircraft; the others are of bodies."""

_WEAK: Final = re.compile(r"[afn]\.k\.a\. '(?P<name>.+)'$")
_NATIONALITY: Final = re.compile(r"nationality (?P<country>[^;]+)")
_CITIZENSHIP: Final = re.compile(r"citizen (?P<country>[^;]+)")
_SEAT: Final = re.compile(r"Nationality of Registration (?P<country>[^;]+)")
_LINKED: Final = "Linked To:"


def pieces(remarks: str) -> tuple[str, ...]:
    """The statements of a remark, which are parted by "; " and end with a full stop, each as `piece` has it."""
    return tuple(one for one in map(piece, remarks.split("; ")) if one)


def piece(text: str) -> str:
    """One statement without the "alt. " before it, brackets around it, or the stop behind it."""
    text = " ".join(text.split()).removeprefix("alt. ")
    if text.startswith("(") and text.endswith((")", ").")):
        text = text.removesuffix(".")[1:-1]
    return text.removesuffix(".")


def identifiers(said: tuple[str, ...], schema: str) -> tuple[Identifier, ...]:
    """The register numbers among the statements of a body, vessel or aircraft; of persons none is taken.

    A number that is one only within its country is taken where the country stands beside it.
    """
    if schema == "Person":
        return ()
    found: dict[Identifier, None] = {}
    for one in said:
        identifier = _alone(one, schema) or _placed(one)
        if identifier is not None:
            found.setdefault(identifier)
    return tuple(found)


def weak_names(said: tuple[str, ...]) -> tuple[Name, ...]:
    """The aliases a remark quotes ("a.k.a. 'BNC'"): OFAC's weak ones, too common to rest on."""
    matches = (_WEAK.match(one) for one in said)
    return tuple(Name(match["name"].strip(), "weak") for match in matches if match)


def nationalities(said: tuple[str, ...]) -> tuple[str, ...]:
    """The countries, as written, whose nationality is stated, then those of which one is a citizen."""
    return _countries(said, _NATIONALITY) + _countries(said, _CITIZENSHIP)


def seats(said: tuple[str, ...]) -> tuple[str, ...]:
    """The countries, as written, in which a body is registered."""
    return _countries(said, _SEAT)


def linked(said: tuple[str, ...]) -> tuple[str, ...]:
    """The names that follow "Linked To:", one in each statement."""
    return tuple(one.removeprefix(_LINKED).strip() for one in said if one.startswith(_LINKED))


def _countries(said: tuple[str, ...], form: re.Pattern[str]) -> tuple[str, ...]:
    matches = (form.match(one) for one in said)
    return tuple(match["country"].strip() for match in matches if match)


def _alone(said: str, schema: str) -> Identifier | None:
    if said.partition(" ")[0] not in _FIRST_WORDS:
        return None
    for scheme, form in _ALONE:
        match = form.fullmatch(said)
        if match is None:
            continue
        if scheme == "imo" and schema != "Vessel":
            return Identifier("imo-company", match[1])
        value = match[1].replace("-", "") if scheme == "duns" else match[1]
        return Identifier(scheme, value) if scheme in _THINGS or schema == "LegalEntity" else None
    return None


def _placed(said: str) -> Identifier | None:
    match = _WITH_COUNTRY.fullmatch(said)
    code = places.country(match["country"]) if match else None
    return Identifier(f"{_PLACED[match['label']]}:{code}", match["value"]) if match and code else None
