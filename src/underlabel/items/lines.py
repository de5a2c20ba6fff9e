"""One row to one Item, or to a Rejected that says why not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, cast

import msgspec
from rigour.territories import lookup_territory

from underlabel.items import limits
from underlabel.items.classes import product_class
from underlabel.items.days import Evidence, Unread, read_day
from underlabel.items.headings import PARTIES
from underlabel.items.layout import Layout
from underlabel.items.table import Broken, Row
from underlabel.model import InputError, Item, ItemParty, PartyRole, Place, Rejected

NO_DAY: Final = "no day:"
"""How the reason of a line begins that was set aside only because it has no day of its own."""
_PLAIN: Final = ("text", "mac", "ip", "fcc_id", "gtin", "eccn", "destination", "use", "site", "quantity", "value")
_TOTALS: Final = frozenset({"total", "totals", "grand total", "sub total", "subtotal", "overall total"})
_AMOUNT: Final = re.compile(r"[£$€]?\s*[-+(]?\s*[£$€]?\s*\d[\d,.\s]*\)?")
_LONG: Final = 40
# How people write that they do not know; in a destination "NA" is Namibia, so codes are exempt.
_BLANKS: Final = frozenset(
    {"-", "--", "?", "n/a", "na", "#n/a", "n/k", "nk", "nil", "none", "null", "unknown", "not known", "not recorded"}
    | {"not stated", "not available", "not applicable", "tbc", "tbd", "no data", "unspecified"}
    | {"various", "various makes", "mixed", "assorted", "generic", "oem", "unbranded", "no brand", "other", "misc"}
)
_CODES: Final = frozenset({"destination", "currency", "eccn"})


class Origin(msgspec.Struct, frozen=True):
    """Where the lines come from: the file's name and the sheet."""

    file: str
    sheet: str = ""

    def at(self, row: int, column: int = 0) -> str:
        """The place as "file:row:column"."""
        place = str(Place(self.file, row, self.sheet))
        return f"{place}:{column}" if column else place


class Lines:
    """Rows of one layout to Items. `evidence` is what the day column says of its own order."""

    def __init__(self, origin: Origin, layout: Layout, evidence: Evidence) -> None:
        self._origin = origin
        self._layout = layout
        self._evidence = evidence
        self._width = len(layout.columns)
        self._places = {means: places[0] for means, places in layout.places.items()}
        self._banners = layout.places.get("banner", ())

    def read(self, row: Row | Broken) -> Item | Rejected | None:
        """The Item of a row; a Rejected; None for a row that is blank or stands before the lines."""
        if isinstance(row, Broken):
            return self._refused(row.number, row.column, row.reason, row.hint, row.raw)
        if row.number <= self._layout.start or row.blank:
            return None
        cells = row.cells
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        fault = self._fault(cells)
        if fault:
            return self._refused(row.number, *fault, _raw(cells))
        return self._item(row.number, cells[: self._width])

    def _fault(self, cells: list[str]) -> tuple[int, str, str] | None:
        """The column, the reason and the hint for a row that is no line."""
        for place in range(self._width, len(cells)):
            if cells[place].strip():
                hint = "quote a cell that holds the delimiter, or give the extra column a heading"
                return place + 1, f"the row has {len(cells)} cells, the header {self._width}", hint
        for place, cell in enumerate(cells):
            if "\x00" in cell:
                return place + 1, "the row holds a NUL byte", "save the file again as CSV (UTF-8)"
        filled = [text for cell in cells if (text := cell.strip())]
        if filled[0].lower() in _TOTALS and all(len(cell) < _LONG and _AMOUNT.fullmatch(cell) for cell in filled[1:]):
            return 1, "the row is a total of others, not a line", "nothing need be done"
        if len(filled) > 1 and tuple(cell.strip() for cell in cells) == self._layout.columns:
            return 1, "the headings again, not a line", "nothing need be done"
        return None

    def _item(self, number: int, cells: list[str]) -> Item | Rejected:
        day = None
        if "day" in self._places:
            place = self._places["day"]
            found = read_day(cells[place], self._evidence)
            if isinstance(found, Unread):
                return self._refused(number, place + 1, f"{NO_DAY} {found.reason}", found.hint, _raw(cells))
            day = found
        said = {means: _said(means, cells[place]) for means, place in self._places.items()}
        where = "class column of cameras" if self._layout.shapes else "class column"
        value = said.get("value", "")
        return Item(
            place=Place(self._origin.file, number, self._origin.sheet),
            brand=said.get("brand", ""),
            model=said.get("model", ""),
            product_class=product_class(said.get("product_class", ""), where)
            or product_class(said.get("text", ""))
            or product_class(said.get("model", "")),
            parties=_parties(said),
            banners=tuple(cell for place in self._banners if (cell := _said("banner", cells[place]))),
            currency=said.get("currency", "") or (self._layout.currency if value else ""),
            day=day,
            raw=dict(zip(self._layout.columns, cells, strict=True)),
            **{means: said[means] for means in _PLAIN if means in said},
        )

    def _refused(self, number: int, column: int, reason: str, hint: str, raw: str) -> Rejected:
        return Rejected(reason=reason, hint=hint, where=self._origin.at(number, column), raw=raw[: limits.RAW])


def sized(row: Row, where: str) -> Row:
    """The same row. Errors: `InputError` where a cell or the row passes a limit of `limits`."""
    if len(row.cells) > limits.COLUMNS and any(row.cells[limits.COLUMNS :]):
        raise InputError(
            f"row {row.number} has {len(row.cells):,} columns, more than a spreadsheet can hold",
            where=f"{where}:{row.number}",
            hint="this is no table, or its line ends are lost",
        )
    if max(map(len, row.cells), default=0) > limits.CELL:
        raise InputError(
            f"row {row.number} holds a cell of more than {limits.CELL:,} characters",
            where=f"{where}:{row.number}",
            hint="a quote may be open, or this is no table: look at the row",
        )
    return row


def _raw(cells: list[str]) -> str:
    return " | ".join(cells)[: limits.RAW]


def _said(means: str, cell: str) -> str:
    text = cell.strip()
    return "" if text.lower() in _BLANKS and means not in _CODES else text


def _parties(said: dict[str, str]) -> tuple[ItemParty, ...]:
    return tuple(
        ItemParty(
            cast("PartyRole", role),
            said.get(role, ""),
            _country(said.get(f"{role}_country", "")),
            said.get(f"{role}_address", ""),
        )
        for role in PARTIES
        if said.get(role) or said.get(f"{role}_address")
    )


@lru_cache(maxsize=1024)
def _country(text: str) -> str:
    """ISO 3166 alpha-2 in lower case; a country that is not recognised stays as written."""
    territory = lookup_territory(text) if text else None
    return (territory.ftm_country or territory.code) if territory else text
