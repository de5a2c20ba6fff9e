"""OFAC's remarks: the numbers and weak aliases in them that leave no doubt; nothing of private life."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from underlabel.lists import places
from underlabel.model import Identifier, Name

_PLACED: Final = {
    "Tax ID No.": "tax",
    "Registration Number": "registration",
    "Registration ID": "registration",
    "Business Registration Number": "registration",
    "Company Number": "registration",
    "Commercial Registry Number": "registration",
    "Chamber of Commerce Number": "registration",
    "C.R. No.": "registration",
    "V.A.T. Number": "vat",
    "R.F.C.": "tax",
    "Government Gazette Number": "gazette",
}
"""Numbers that mean something only with their country: the scheme becomes "tax:ru"."""

_ALONE: Final = (
    ("imo", re.compile(r"(?:Vessel Registration Identification|Identification Number) IMO (\d{7})")),
    ("imo-company", re.compile(r"Company Number IMO (\d{7})")),
    ("mmsi", re.compile(r"MMSI (\d{9})")),
    ("lei", re.compile(r"(?:Legal Entity Number|LEI) ([0-9A-Z]{18}\d{2})")),
    ("uscc", re.compile(r"Unified Social Credit Code \(USCC\) ([0-9A-Z]{18})")),
    ("duns", re.compile(r"D-U-N-S Number (\d{9})")),
    ("swift", re.compile(r"SWIFT/BIC ([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)")),
    ("tail-number", re.compile(r"Aircraft Tail Number ([A-Z0-9-]+)")),
    ("msn", re.compile(r"Aircraft Manufacturer's Serial Number \(MSN\) ([A-Z0-9/-]+)")),
)
_BODY: Final = frozenset({"lei", "uscc", "duns", "swift", "imo-company", "tax", "registration", "vat", "gazette"})
_COUNTRY: Final = re.compile(r" (?P<value>[^()]+?) \((?P<country>[^()]+)\)$")
_WEAK: Final = re.compile(r"a\.k\.a\. '(?P<name>.+)'$")
_NATIONALITY: Final = re.compile(r"(?:alt\. )?nationality (?P<country>.+)$")


def pieces(remarks: str) -> Iterator[str]:
    """The statements of a remark, which are parted by "; " and end with a full stop."""
    for piece in remarks.removesuffix(".").split("; "):
        yield piece.strip().removesuffix(".").removeprefix("alt. ") if not piece.endswith("Inc.") else piece.strip()


def identifiers(remarks: str, schema: str) -> tuple[Identifier, ...]:
    """The register numbers in a remark, of bodies, vessels and aircraft; of persons none is taken.

    A number that is one only within its country is taken where the country stands beside it.
    """
    if schema == "Person":
        return ()
    found: list[Identifier] = []
    for piece in pieces(remarks):
        identifier = _alone(piece, schema) or _placed(piece)
        if identifier is not None and identifier not in found:
            found.append(identifier)
    return tuple(found)


def weak_names(remarks: str) -> tuple[Name, ...]:
    """The aliases a remark quotes ("a.k.a. 'BNC'."): OFAC's weak ones, too common to rest on."""
    matches = (_WEAK.match(piece) for piece in pieces(remarks))
    return tuple(Name(match["name"].strip(), "weak") for match in matches if match)


def nationalities(remarks: str) -> tuple[str, ...]:
    """The countries whose nationality a remark states, in its order."""
    matches = (_NATIONALITY.match(piece) for piece in pieces(remarks))
    codes = (places.country(match["country"]) for match in matches if match)
    return tuple(dict.fromkeys(code for code in codes if code))


def _alone(piece: str, schema: str) -> Identifier | None:
    for scheme, form in _ALONE:
        match = form.fullmatch(piece)
        if match is None:
            continue
        if scheme == "imo" and schema != "Vessel":
            return Identifier("imo-company", match[1])
        return Identifier(scheme, match[1]) if scheme not in _BODY or schema == "LegalEntity" else None
    return None


def _placed(piece: str) -> Identifier | None:
    for label, scheme in _PLACED.items():
        if not piece.startswith(label):
            continue
        match = _COUNTRY.fullmatch(piece.removeprefix(label))
        code = places.country(match["country"]) if match else None
        return Identifier(f"{scheme}:{code}", match["value"]) if match and code else None
    return None
