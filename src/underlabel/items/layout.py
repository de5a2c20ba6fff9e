"""The layout of one table: where its lines begin and what each column means."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from underlabel.items.classes import product_class
from underlabel.items.headings import NOTHING, PARTIES, currency, header, meaning, unique, words
from underlabel.items.table import Row

_MAC: Final = re.compile(
    r"(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})\b", re.IGNORECASE
)
_BARE_MAC: Final = re.compile(r"[0-9a-f]{12}", re.IGNORECASE)
_NO_ADDRESS: Final = frozenset(
    ["version", "firmware", "release", "build", "mask", "subnet", "gateway", "dns", "software"]
)
_NETWORK: Final = frozenset(["hostname", "host", "firmware", "netbios", "os", "ports"])
_MOSTLY, _HALF = 0.8, 0.5
# What a line says besides who and what: alone it does not make a table an inventory.
_BESIDE: Final = frozenset({"quantity", "value", "currency", "use", "day", "eccn", "destination"})
_MANY: Final = frozenset({"banner"})


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns of a table mean.

    `start` is the row of the headings (0 where there is none). `places` maps a meaning to its
    columns, counted from 0: one, several only for banners. `currency` is what a value's heading
    names. `shapes` says that the class column speaks of cameras, so that "box" is one.
    """

    columns: tuple[str, ...]
    start: int
    places: dict[str, tuple[int, ...]]
    currency: str = ""
    shapes: bool = False
    notes: tuple[str, ...] = ()

    @property
    def meanings(self) -> dict[str, str]:
        """Each understood column and its meaning, in the columns' order."""
        found = {place: means for means, places in self.places.items() for place in places}
        return {self.columns[place]: found[place] for place in sorted(found)}

    @property
    def useful(self) -> bool:
        """Whether a line says what or whom it is about."""
        return any(means not in _BESIDE and not means.endswith(("_country", "_address")) for means in self.places)


class Headed(msgspec.Struct, frozen=True):
    """A table's columns, the row they stand in (0 where there is none), and whether rows name them at all."""

    columns: tuple[str, ...]
    start: int
    named: bool = True


def headed(columns: tuple[str, ...], rows: Sequence[Row], wanted: Sequence[str]) -> Headed:
    """The columns of a table: given by its format, or found in its first rows.

    `wanted` are columns the user named: a row that holds them is the header.
    """
    if columns:
        return Headed(unique(columns), 0)
    row = header(rows, wanted)
    if row is None:
        width = max((len(each.cells) for each in rows), default=0)
        return Headed(unique([""] * width), 0, named=False)
    return Headed(unique(row.cells), row.number)


def column_named(columns: Sequence[str], name: str) -> str:
    """The column a user means: written the same, or the same but for case, spaces and signs; "" if none."""
    if name in columns:
        return name
    alike = [column for column in columns if words(column) == words(name)]
    return alike[0] if len(alike) == 1 and words(name) else ""


def understand(table: Headed, sample: Sequence[Row], mapping: Mapping[str, str]) -> Layout:
    """What each column means: as the user says, by its content, by its heading.

    Where two columns mean one thing, one that is at least half as well filled as the best and has
    the stronger wording wins; a note names the other.
    """
    values = [_values(sample, place) for place in range(len(table.columns))]
    forced = {table.columns.index(column): means for column, means in mapping.items() if column in table.columns}
    guessed = _guessed(table, values, forced)
    places: dict[str, tuple[int, ...]] = {}
    notes = [] if table.named else ["no row of headings was found: columns are numbered"]
    for means, candidates in guessed.items():
        owners = tuple(place for place, wanted in forced.items() if wanted == means)
        chosen = owners or _chosen(means, candidates, values, len(sample))
        places[means] = chosen
        notes += [
            f"column '{table.columns[place]}' also looks like {means}: '{table.columns[chosen[0]]}' was taken"
            for place, _ in candidates
            if place not in chosen
        ]
    vendor = next((place for place, each in enumerate(table.columns) if meaning(each)[0] == "vendor"), None)
    if vendor is not None and vendor not in forced and any(vendor in each for each in places.values()):
        notes.append(_vendor_note(table.columns[vendor], maker=vendor in places.get("maker", ())))
    classes = [value for place in places.get("product_class", ()) for value in values[place]]
    value = places.get("value", ())
    return Layout(
        columns=table.columns,
        start=table.start,
        places=places,
        currency=currency(table.columns[value[0]]) if value else "",
        shapes=any(product_class(each, "class column") in {"camera", "doorbell"} for each in classes),
        notes=tuple(notes),
    )


def _guessed(
    table: Headed, values: Sequence[Sequence[str]], forced: Mapping[int, str]
) -> dict[str, list[tuple[int, int]]]:
    """For each meaning the columns that may have it, each with how weak its wording is."""
    found: dict[str, list[tuple[int, int]]] = {}
    vendors: list[int] = []
    for place, column in enumerate(table.columns):
        if place in forced:
            means, weakness = forced[place], 0
        else:
            means, weakness = _guess(column, values[place], headed=table.named)
        if means == "vendor":
            vendors.append(place)
        elif means and means != NOTHING:
            found.setdefault(means, []).append((place, weakness))
    # Beside network columns a vendor is who made the device; beside payments it is who was paid.
    network = {"mac", "ip"} & found.keys() or any(_NETWORK & set(words(each).split()) for each in table.columns)
    for place in vendors:
        found.setdefault("maker" if network and "maker" not in found else "supplier", []).append((place, 99))
    return found


def _guess(column: str, values: Sequence[str], *, headed: bool) -> tuple[str, int]:
    tokens = set(words(column).split())
    if _share(values, _is_mac) >= _MOSTLY:
        return "mac", 0 if "mac" in tokens else 50
    if not tokens & _NO_ADDRESS and _share(values, _is_ip) >= _MOSTLY:
        return "ip", 0 if "ip" in tokens else 50
    means, weakness = meaning(column) if headed else ("", 0)
    doubtful = (
        (means == "mac" and _share(values, _BARE_MAC.fullmatch, _is_mac) < _HALF)
        or (means == "ip" and _share(values, _is_ip) < _HALF)
        or (means in {"text", "vendor", *PARTIES} and not any(map(_has_letters, values)))
        or (means == "product_class" and not any(product_class(each, "class column") for each in values))
        or means == "day"  # a line's own day only counts where the user names its column
    )
    return ("", 0) if doubtful and (values or means == "day") else (means, weakness)


def _chosen(
    means: str, candidates: Sequence[tuple[int, int]], values: Sequence[Sequence[str]], rows: int
) -> tuple[int, ...]:
    if means in _MANY:
        return tuple(place for place, _ in candidates)
    filled = {place: len(values[place]) / max(rows, 1) for place, _ in candidates}
    best = max(filled.values())
    good = [(weakness, place) for place, weakness in candidates if filled[place] >= best * _HALF]
    return (min(good)[1],)


def _vendor_note(column: str, *, maker: bool) -> str:
    taken, other = ("maker", "supplier") if maker else ("supplier", "maker")
    return f"column '{column}' was read as the {taken}: if it names the {other}, add --map '{column}={other}'"


def _values(sample: Sequence[Row], place: int) -> list[str]:
    cells = (row.cells[place].strip() for row in sample if place < len(row.cells))
    return [cell for cell in cells if cell]


def _share(values: Sequence[str], *tests: Callable[[str], object]) -> float:
    if not values:
        return 0.0
    return sum(any(test(value) for test in tests) for value in values) / len(values)


def _is_mac(value: str) -> bool:
    # Twelve digits alone may be a barcode: a bare address counts where it has a letter.
    return bool(_MAC.match(value) or (_BARE_MAC.fullmatch(value) and not value.isdigit()))


def _is_ip(value: str) -> bool:
    try:
        ipaddress.ip_interface(value)
    except ValueError:
        return False
    return "." in value or ":" in value


def _has_letters(value: str) -> bool:
    return any(mark.isalpha() for mark in value)
