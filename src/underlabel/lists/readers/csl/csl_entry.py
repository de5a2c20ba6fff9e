"""One row of the Consolidated Screening List in whatever form it came, and the source list it speaks of."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

from underlabel.lists.registry import ListInfo, known
from underlabel.model import InputError

LISTS: Final = {
    "SDN": "us_ofac_sdn",
    "EL": "us_bis_entity_list",
    "DPL": "us_bis_dpl",
    "MEU": "us_bis_meu",
    "UVL": "us_bis_uvl",
    "CMIC": "us_ofac_nscmic",
    "SSI": "us_ofac_cons",
    "FSE": "us_ofac_cons",
    "PLC": "us_ofac_cons",
    "CAP": "us_ofac_cons",
    "MBS": "us_ofac_cons",
    "ISN": "us_state_isn",
    "DTC": "us_state_debarred",
}
"""The codes of the source lists and our ids of them; several are parts of the non-SDN list."""

LONGEST: Final = 60_000
"""The most letters of a cell, and bytes of a result: addresses, aliases and numbers are run together in them."""

_CODE: Final = re.compile(r"\((?:NS-)?(?P<code>[A-Z]+)(?: List)?\)")
_TREASURY: Final = frozenset({"SDN", "CMIC", "SSI", "FSE", "PLC", "CAP", "MBS"})


class Origin(msgspec.Struct, frozen=True):
    """A source list: its code in the compilation, and what is known of the list it is or is part of."""

    code: str
    info: ListInfo

    @property
    def treasury(self) -> bool:
        """Whether it is OFAC's: its entries bear OFAC's own numbers and kinds."""
        return self.code in _TREASURY


class Number(msgspec.Struct, frozen=True):
    """A statement of the `ids` field: what it is ("Tax ID No."), its value and, where given, its country."""

    label: str
    value: str
    country: str = ""

    def __str__(self) -> str:
        """The statement as OFAC's remarks write it: "Tax ID No. 7706061801 (RU)"."""
        text = f"{self.label} {self.value}"
        return f"{text} ({self.country})" if self.country else text


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one row says; empty is "not stated".

    `countries` are those of the addresses, as written. `end` is None in a form that has no end days at all.
    `person` is true where the row states what only persons have (a birth, a citizenship).
    """

    source: str
    name: str
    number: str = ""
    type: str = ""
    programmes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    person: bool = False
    numbers: tuple[Number, ...] = ()
    notice: str = ""
    start: str = ""
    end: str | None = None
    standard: str = ""
    requirement: str = ""
    policy: str = ""
    remarks: str = ""
    flag: str = ""
    call_sign: str = ""
    owner: str = ""


class Record(msgspec.Struct, frozen=True):
    """One row in its place: the entry, or why it could not be read (`fault`)."""

    locator: str
    entry: Entry | None
    fault: str = ""


class File(msgspec.Struct, frozen=True):
    """A file of the list: its rows, the day it states, and whether it is only a page of a search.

    `lost` counts rows that were rejected before they could be told from others.
    """

    records: tuple[Record, ...]
    edition: date | None = None
    page: bool = False
    lost: int = 0
    form: str = ""


def origin(source: str) -> Origin:
    """The source list that a row names ("Entity List (EL) - Bureau of Industry and Security").

    Errors: `InputError` for a list that is not one of those compiled when this reader was made.
    """
    match = _CODE.search(source)
    code = match["code"] if match else ""
    if code not in LISTS:
        raise InputError(
            f"'{source[:100]}' is no source list that is known here",
            hint=f"known are {', '.join(LISTS)}; a list new to the compilation must be added to the reader",
        )
    return Origin(code, known(readable=False)[LISTS[code]])
