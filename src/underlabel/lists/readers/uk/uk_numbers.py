"""Business registration numbers as the UK Sanctions List runs them together: "OGRN: 1…KPP: 7…INN: 9…"."""

from __future__ import annotations

import re
from typing import Final

from rigour.ids import INN, LEI, OGRN, USCC

from underlabel.model import Identifier

_GAP: Final = r"(?:\s*(?:Number|No\.?|Code|ID))?[\s:\u2013-]*"
_DIGITS: Final = r"(?P<value>\d{5,15})(?![\da-z-])"
_NUMBER_SHAPES: Final = (
    ("lei", re.compile(r"(?<![0-9A-Z])(?P<value>[0-9A-Z]{18}\d\d)(?![0-9A-Z])"), LEI),
    ("uscc", re.compile(r"(?<![0-9A-Z])(?P<value>[0-9A-Z]{18})(?![0-9A-Z])"), USCC),
)
"""Numbers that are known by their own check digits, whatever stands before them."""

_LABELLED: Final = (
    ("ofac-uid", re.compile(r"\bOFAC UID" + _GAP + r"(?P<value>\d{3,6})(?!\d)")),
    (
        "bic",
        re.compile(r"(?:SWIFT ?(?:/ ?BI[CN]|CODE)?|\bBIC)[\s:\u2013-]+(?P<value>[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?)\b"),
    ),
    ("vat", re.compile(r"VAT(?: Tax)? Number[\s:\u2013-]*(?P<value>(?:[A-Z]{2} ?)?\d{8,12})(?!\d)", re.IGNORECASE)),
    ("ogrn", re.compile(r"OGRN" + _GAP + _DIGITS)),
    ("inn", re.compile(r"(?:Tax Identification Number: )?INN(?:/TIN)?" + _GAP + _DIGITS)),
    ("tax", re.compile(r"(?:TIN|Tax(?:payer)? (?:ID|Identification)(?: N(?:umber|o\.))?)[\s:\u2013-]*" + _DIGITS)),
    (
        "registration",
        re.compile(
            r"(?:SRN|CRN|BRN|BIN|CR|(?:State |Company |Business )?Registration|Company|Commercial register"
            r"|Trade register|Thai business regist\w+)(?: (?:Number|No\.?))?(?: \([^()]*\))?[\s:\u2013-]*" + _DIGITS,
            re.IGNORECASE,
        ),
    ),
)
_NOT_THE_COMPANYS: Final = re.compile(r"KPP[\s:\u2013-]*\d+|SWIFT ?(?:/ ?BIC)?|Legal Entity (?:Identifier|Number)")
"""A KPP says which tax office keeps the company, and many companies share it."""


def identifiers(text: str) -> tuple[Identifier, ...]:
    """The numbers a cell holds: lei, uscc, bic, ofac-uid, vat, tax, registration.

    A Russian INN or OGRN that is labelled so and has right check digits bears its country ("tax:ru",
    "registration:ru"). A KPP alone is no number of the company. A cell of which anything with digits in it
    is left over is kept whole besides, as a registration, so that nothing is lost.
    """
    text = " ".join(text.split()).removeprefix("'")
    found: list[Identifier] = []
    rest = text
    for scheme, shape, check in _NUMBER_SHAPES:
        for match in shape.finditer(rest):
            if check.is_valid(match["value"]):
                found.append(Identifier(scheme, match["value"]))
                rest = rest.replace(match[0], " ", 1)
    for scheme, label in _LABELLED:
        found.extend(_placed(scheme, match["value"]) for match in label.finditer(rest))
        rest = label.sub(" ", rest)
    if re.search(r"\d{2}", _NOT_THE_COMPANYS.sub(" ", rest)):
        found.append(Identifier("registration", text))
    return tuple(dict.fromkeys(found))


def _placed(scheme: str, value: str) -> Identifier:
    if scheme == "inn":
        return Identifier("tax:ru" if len(value) == len("7703010220") and INN.is_valid(value) else "tax", value)
    if scheme == "ogrn":
        return Identifier("registration:ru" if OGRN.is_valid(value) else "registration", value)
    return Identifier(scheme, value)
