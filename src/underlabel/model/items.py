"""Items: the lines of an inventory or a shipment, and who is said to have made them."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from underlabel.model.days import Held
from underlabel.model.facts import Confidence, Link

PartyRole = Literal[
    "maker",
    "supplier",
    "purchaser",
    "intermediate_consignee",
    "ultimate_consignee",
    "end_user",
    "bank",
]


class Place(msgspec.Struct, frozen=True):
    """Where a line stands: file, sheet (empty outside workbooks) and row, counted from 1."""

    file: str
    row: int
    sheet: str = ""

    def __str__(self) -> str:
        """The place as "file:row" or "file[sheet]:row"."""
        return f"{self.file}[{self.sheet}]:{self.row}" if self.sheet else f"{self.file}:{self.row}"


class ItemParty(msgspec.Struct, frozen=True):
    """A party the line names, in the role it has there."""

    role: PartyRole
    name: str
    country: str = ""
    address: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an inventory or a shipment; empty text is "not stated".

    `raw` is the user's row, column by column, untouched. `mac` is as written.
    `day` is the line's own day (a ship date), where a column gives one.
    """

    place: Place
    text: str = ""
    brand: str = ""
    model: str = ""
    product_class: str = ""
    parties: tuple[ItemParty, ...] = ()
    mac: str = ""
    ip: str = ""
    banners: tuple[str, ...] = ()
    fcc_id: str = ""
    gtin: str = ""
    eccn: str = ""
    destination: str = ""
    use: str = ""
    site: str = ""
    quantity: str = ""
    value: str = ""
    currency: str = ""
    day: date | None = None
    raw: dict[str, str] = {}

    def named(self, *roles: PartyRole) -> tuple[ItemParty, ...]:
        """The parties the line names in any of `roles`."""
        return tuple(party for party in self.parties if party.role in roles)


class Making(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to stand behind an item, and on what evidence.

    `party` is a party's id, or empty where only `name` is known (a maker column, the holder of
    a MAC block). `relation` is makes, brands or named. `evidence` ranks: fingerprint, fcc_id,
    mac, model, brand, named. `held` says whether the fact held on the day asked; `fits` is "no"
    where the fact's scope excludes the item and "maybe" where line or model could not be compared.
    """

    relation: Literal["makes", "brands", "named"]
    evidence: Literal["fingerprint", "fcc_id", "mac", "model", "brand", "named"]
    text: str
    party: str = ""
    name: str = ""
    link: Link | None = None
    held: Held = Held.YES
    fits: Held = Held.YES
    confidence: Confidence = "high"
    note: str = ""


class Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """An inventory as read: its columns in order, what each was taken to mean, and its digest.

    `meanings` maps a column to a meaning ("brand", "mac" …); columns without one are absent.
    """

    file: str
    version: str
    columns: tuple[str, ...]
    meanings: dict[str, str]
    lines: int = 0
    notes: tuple[str, ...] = ()
