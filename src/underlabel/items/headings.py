"""Headings: what the words above a column mean, and which row holds them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, get_args

from underlabel.items.table import Row
from underlabel.model import PartyRole

PARTIES: Final[tuple[str, ...]] = get_args(PartyRole)
MEANINGS: Final[tuple[str, ...]] = (
    *("brand", "model", "text", "product_class", "mac", "ip", "banner", "fcc_id", "gtin", "eccn"),
    *PARTIES,
    *(f"{role}_{what}" for role in PARTIES for what in ("country", "address")),
    *("destination", "use", "site", "quantity", "value", "currency", "day"),
)
"""What a column can mean: the words of `--map column=meaning`."""
NOTHING: Final = "none"
"""The meaning a user gives to a column that is to be left alone."""

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_WORD: Final = re.compile(r"[^\W_]+")
_SIGNS: Final = str.maketrans({"&": " and ", "£": " gbp ", "€": " eur ", "#": " number "})
_LONGEST: Final = 80
# Words that narrow a heading without changing what it means ("invoice nett amount", "asset brand").
_BEFORE: Final = frozenset(
    {"actual", "asset", "camera", "cctv", "current", "device", "equipment", "full", "goods", "gross", "hardware"}
    | {"invoice", "item", "legal", "line", "main", "net", "nett", "network", "of", "order", "original", "primary"}
    | {"product", "purchased", "recorder", "registered", "security", "sum", "system", "the", "total", "unit"}
)
_AFTER: Final = frozenset({"company", "details", "gbp", "eur", "usd", "label", "name", "names", "s"})
_CURRENCIES: Final = {"gbp": "GBP", "eur": "EUR", "usd": "USD", "us$": "USD", "£": "GBP", "€": "EUR"}
_DATA: Final = re.compile(
    r"[£$€]?\s*[-+(]?\s*[£$€]?\s*\d[\d,.\s]*\)?\s*%?"  # amounts and counts
    r"|(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}"  # MAC addresses
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,20}"  # days, and the beginning of IPv4 addresses
)


def words(heading: str) -> str:
    """A heading in comparable form: "MACAddress", "mac_address:" and " Mac address " are all "mac address"."""
    text = unicodedata.normalize("NFKC", heading[:_LONGEST])
    return " ".join(_WORD.findall(_CAMEL.sub(" ", text).translate(_SIGNS).lower()))


@lru_cache(maxsize=4096)
def meaning(heading: str) -> tuple[str, int]:
    """What a heading means and how weak its wording is (0 is strongest); ("", 0) if nothing.

    "vendor" is returned as it is: it may be the maker or the supplier, the table decides.
    """
    known = _known()
    for text in (heading[:_LONGEST], _BRACKETS.sub(" ", heading[:_LONGEST])):
        tokens = words(text).split()
        while tokens:
            phrase = " ".join(tokens)
            if phrase in known:
                return known[phrase]
            attribute = _attribute(tokens)
            if attribute:
                return attribute
            if tokens[-1] in _AFTER:
                tokens.pop()
            elif tokens[0] in _BEFORE or (tokens[0] == "name" and tokens[1:2] == ["of"]):
                tokens.pop(0)
            else:
                break
    return "", 0


def understood(cells: Iterable[str]) -> int:
    """How many different meanings a row's cells name: what makes it look like a header."""
    return len({found for cell in cells if 0 < len(cell) <= _LONGEST and (found := meaning(cell)[0])})


def header(rows: Sequence[Row], named: Collection[str]) -> Row | None:
    """The row that holds the headings, or None where the table begins with data.

    The row that names most meanings wins, columns the user named count most; where no row names
    any, the first row as wide as the others and without a number, a MAC address or a day.
    """
    best, best_score = None, 0
    for row in rows:
        cells = [cell.strip() for cell in row.cells]
        mapped = len(set(cells) & set(named))
        score = understood(cells) + mapped * len(MEANINGS)
        if score > best_score and (mapped or not any(map(_is_data, cells))):
            best, best_score = row, score
    return best or _plain(rows)


def currency(heading: str) -> str:
    """The ISO 4217 code a heading names ("Value (GBP)", "Net amount £"), or nothing."""
    text = heading.lower()
    found = {code for sign, code in _CURRENCIES.items() if re.search(rf"(?<![a-z]){re.escape(sign)}(?![a-z])", text)}
    return found.pop() if len(found) == 1 else ""


def unique(headings: Iterable[str]) -> tuple[str, ...]:
    """Names for columns: headings as written, blank ones by position, repeated ones numbered."""
    names: dict[str, None] = {}
    for place, heading in enumerate(headings, start=1):
        wanted = heading.strip() or f"column {place}"
        name, count = wanted, 1
        while name in names:
            count += 1
            name = f"{wanted} ({count})"
        names[name] = None
    return tuple(names)


def _attribute(tokens: list[str]) -> tuple[str, int] | None:
    # "consignee country", "country of consignee", "supplier address"
    for what in ("country", "address"):
        if tokens[-1] == what and len(tokens) > 1:
            role = tokens[:-1]
        elif tokens[:2] == [what, "of"]:
            role = tokens[2:]
        else:
            continue
        party, weakness = _known().get(" ".join(role), ("", 0))
        if party in PARTIES:
            return f"{party}_{what}", weakness
    return None


def _is_data(cell: str) -> bool:
    return len(cell) <= _LONGEST and bool(_DATA.fullmatch(cell))


def _plain(rows: Sequence[Row]) -> Row | None:
    filled = [sum(bool(cell.strip()) for cell in row.cells) for row in rows]
    if not filled:
        return None
    for row, count in zip(rows, filled, strict=True):
        if 2 * count > max(filled):
            data = any(_is_data(cell.strip()) for cell in row.cells)
            return None if data else row
    return None


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Headings of `columns.csv` in comparable form; an earlier line of one meaning is the stronger wording."""
    known: dict[str, tuple[str, int]] = {}
    with files("underlabel.items").joinpath("columns.csv").open(encoding="utf-8") as stream:
        rows = [(words(row["heading"]), row["meaning"]) for row in csv.DictReader(stream)]
    weakness: dict[str, int] = {}
    for heading, means in rows:
        weakness[means] = weakness.get(means, -1) + 1
        known[heading] = (means, weakness[means])
    return known
