"""The eCFR's own XML of Part 744: the Entity List, the Military End-User List and the Unverified List."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

import msgspec

from underlabel.lists import dates, markup, places
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.bis import ecfr_cells, entity_list, military
from underlabel.lists.readers.shape import Entry, Row
from underlabel.model import Facts, InputError

_SUPPLEMENTS: Final = {"us_bis_entity_list": 4, "us_bis_uvl": 6, "us_bis_meu": 7}
_COLUMNS: Final = {
    "country": re.compile(r"^country", re.IGNORECASE),
    "entity": re.compile(r"^(?:entity|entities|listed person)", re.IGNORECASE),
    "requirement": re.compile(r"^license requirement", re.IGNORECASE),
    "policy": re.compile(r"^license review policy", re.IGNORECASE),
    "citation": re.compile(r"^federal register", re.IGNORECASE),
}
_NEEDED: Final = ("country", "entity", "citation")
_EXPECTED: Final = "Country, Entity and Federal Register citation"
_NOTES: Final = frozenset({"SUP", "SU", "FTREF"})
_BREAKS: Final = frozenset({"BR", "P", "FP", "DIV", "LI"})
_LONGEST: Final = 12_000
"""The most letters one entity may take: twice and more what the longest official one takes."""

_LONGEST_NAME: Final = 1_000
_SHOWN: Final = 60
_RESERVED: Final = re.compile(r"\[?\s*Reserved\.?\s*\]?", re.IGNORECASE)
_SMALL: Final = frozenset({"of", "the", "and"})
_HEADINGS: Final = {
    "china, people's republic of": "China",
    "people's republic of china": "China",
    "türkiye": "Turkey",
    "turkiye": "Turkey",
    "korea, south": "South Korea",
    "republic of korea": "South Korea",
    "russian federation": "Russia",
}
"""Headings by which a country goes, in the words of the list's other form: an id follows from them."""


class _Table(msgspec.Struct):
    """Where a walk through the tables stands: which column is which, and under which country."""

    columns: tuple[str, ...] = ()
    country: str = ""


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the supplement of Part 744 that is the list, out of the appendix, the part or the whole title.

    A record is a row of the supplement's table, its head left out; the heading of a country,
    "[Reserved]" and an empty row are terminators. Name, aliases and addresses are taken out of
    the one cell they share. The ids are those of the same rows in the JSON form, whose rules for
    names, days and addresses are used. Notes set high beside a name are dropped; in the
    requirement they stay, as there. The edition is what the user says, or the day of amendment
    the bulk XML states. Errors: `InputError` where the supplement or its table is not in the file.
    """
    number = _SUPPLEMENTS[opened.info.id]
    wanted = re.compile(rf"Supplement No\.? {number} to Part 744\b", re.IGNORECASE)
    edition, seen, gather = opened.edition, [], None
    outcomes = {"party": 0, "part": 0, "terminator": 0, "rejected": 0}
    # To the end of the file, though the supplement was found: a file that is cut off is not read at all.
    for element in markup.records(opened, "AMDDATE", "DIV9"):
        if element.tag == "AMDDATE":
            edition = opened.edition or _amended(element) or edition
            continue
        seen.append(" ".join((element.get("N") or _text(element.find("HEAD"))).split()))
        if gather is None and wanted.search(seen[-1]):
            gather = Gather(opened, edition)
            _supplement(element, number, gather, outcomes)
    if gather is None:
        raise InputError(
            f"the file holds no Supplement No. {number} to Part 744; it holds {', '.join(seen) or 'no appendix'}"[:200],
            where=opened.where,
            hint="give the eCFR's XML of 15 CFR Part 744, or of that supplement alone",
        )
    tally = Tally(
        file=opened.where,
        records=sum(outcomes.values()),
        parties=outcomes["party"],
        parts=outcomes["part"],
        terminators=outcomes["terminator"],
        rejected=outcomes["rejected"],
    )
    return gather.facts((tally,)), (tally,)


def country(heading: str) -> str:
    """A country's heading as the list's JSON form writes it: "UNITED ARAB EMIRATES" is "United Arab Emirates"."""
    words = " ".join(heading.replace("\u2019", "'").split()).rstrip(".")
    words = re.sub(r"\s*\((?:continued|con\.)\)$", "", words, flags=re.IGNORECASE)
    known = _HEADINGS.get(words.casefold().replace("\u0307", ""))  # the dot of a Turkish capital I
    if known is not None or not words.isupper():
        return known or words
    return " ".join(word.lower() if word.lower() in _SMALL else word.capitalize() for word in words.split())


def _supplement(appendix: Element, number: int, gather: Gather, outcomes: dict[str, int]) -> None:
    table = _Table()
    for row, element in enumerate(_rows(appendix, table, gather.opened.where), 1):
        outcomes[_take(element, f"DIV9[Supplement No. {number}]/TR[{row}]", table, gather)] += 1
    if not table.columns:
        raise InputError(
            f"Supplement No. {number} holds no table with the columns {_EXPECTED}",
            where=gather.opened.where,
            hint="give the eCFR's XML of the supplement; has its head changed?",
        )


def _amended(element: Element) -> date | None:
    try:
        return dates.us_day(_text(element)).latest
    except InputError:
        return None


def _rows(appendix: Element, table: _Table, where: str) -> Iterator[Element]:
    for element in appendix.iter():
        if element.tag.upper() != "TR":
            continue
        heads = [_text(cell) for cell in element if cell.tag.upper() == "TH"]
        if len(heads) > 1:
            table.columns = tuple(_column(head) for head in heads)
            if not set(_NEEDED) <= set(table.columns):
                raise InputError(
                    f"the table should have the columns {_EXPECTED}; it has {', '.join(heads)}"[:300],
                    where=where,
                    hint="give the eCFR's XML of the supplement; has its head changed?",
                )
        elif table.columns:
            yield element


def _column(head: str) -> str:
    return next((name for name, form in _COLUMNS.items() if form.search(head)), "")


def _take(element: Element, locator: str, table: _Table, gather: Gather) -> str:
    where = f"{gather.opened.where}:{locator}"
    before = len(gather.parties)
    cells = [cell for cell in element if cell.tag.upper() in ("TD", "TH")]
    try:
        row = _row(cells, table)
        if row is None:
            return "terminator"
        entry, policy, others = row
        source = gather.source(locator, entry.federal_register or "")
        made = Row(entry, source, gather.opened.info, "ecfr", where)
        if gather.opened.info.id == "us_bis_entity_list":
            entity_list.draft(made, gather, policy=policy, others=others)
        else:
            military.draft(made, gather, reach=others)
    except InputError as error:
        gather.reject(error.what, where=where, hint=error.hint, raw=" | ".join(map(_begin, cells)))
        return "rejected"
    return "party" if len(gather.parties) > before else "part"


def _begin(cell: Element) -> str:
    """How a cell begins: the address that follows a name may be a person's."""
    return _text(cell).partition(",")[0][:_SHOWN]


def _row(cells: list[Element], table: _Table) -> tuple[Entry, str, str] | None:
    """The entry of a row, its review policy and its words on other bodies; None for a row that names nobody."""
    words = [_text(cell) for cell in cells]
    filled = [text for text in words if text]
    if not filled or any(_RESERVED.fullmatch(text) for text in filled):
        table.country = country(words[0]) if filled and not _RESERVED.fullmatch(filled[0]) else table.country
        return None
    if len(filled) == 1 and words[0]:
        label = country(words[0])
        if places.country(label) is None:
            raise InputError("a row of one cell names no country", hint="look at the row on the list's own page")
        table.country = label
        return None
    # A country's cell that spans its rows stands in the first of them only.
    spanned = len(cells) == len(table.columns) - 1
    columns = tuple(name for name in table.columns if not spanned or name != "country")
    if len(cells) != len(columns):
        raise InputError(
            f"the row has {len(cells)} cells, its table {len(table.columns)}",
            hint="look at the row on the list's own page",
        )
    held = dict(zip(columns, cells, strict=True))
    stated = _text(held.get("country"))
    table.country = country(stated) if stated else table.country
    if not table.country:
        raise InputError("no country stands above this row", hint="is the beginning of the table missing?")
    lines = _lines(held["entity"])
    if sum(map(len, lines)) > _LONGEST:
        raise InputError(f"the entity is longer than {_LONGEST} letters", hint="is this the list's own file?")
    cell = ecfr_cells.parted(lines)
    if not 0 < len(cell.name) <= _LONGEST_NAME:
        raise InputError("the row names nobody", hint="look at the row on the list's own page")
    entry = Entry(
        name=cell.name,
        aliases=cell.aliases,
        country=table.country,
        address=cell.address or None,
        federal_register=_text(held["citation"]).rstrip(". ") or None,
        notes=_text(held.get("requirement")) or None,
    )
    return entry, _text(held.get("policy")), cell.others


def _lines(element: Element) -> tuple[str, ...]:
    """The text of an entity's cell, line by line, without the notes set high in it."""
    pieces: list[str] = []
    _gather_text(element, pieces, notes=False)
    return tuple(line for line in ("".join(pieces)).split("\n") if line.strip())


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    pieces: list[str] = []
    _gather_text(element, pieces, notes=True)
    return " ".join("".join(pieces).split())


def _is_note(element: Element) -> bool:
    """Whether an element is set high: "SUP", or the eCFR's emphasis of kind 51."""
    return element.tag.upper() in _NOTES or (element.tag.upper() == "E" and element.get("T") == "51")


def _gather_text(element: Element, pieces: list[str], *, notes: bool) -> None:
    # The file's own line ends are no breaks: only its elements are.
    pieces.append(re.sub(r"\s+", " ", element.text or ""))
    for child in element:
        breaks = child.tag.upper() in _BREAKS
        pieces.append("\n" if breaks else "")
        if notes or not _is_note(child):
            _gather_text(child, pieces, notes=notes)
        pieces.append("\n" if breaks and child.tag.upper() != "BR" else "")
        pieces.append(re.sub(r"\s+", " ", child.tail or ""))
