"""The UFLPA Entity List as its own page shows it: one table for each clause of the act."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Final

import msgspec

from underlabel.lists import dates, opening
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.agencies import uflpa
from underlabel.lists.readers.shape import Entry, Row
from underlabel.model import Facts, InputError

_HEADS: Final = (("name of entity", "effective date"), ("entity name", "effective date"))
_CLAUSE: Final = re.compile(r"Section 2\(d\)\(2\)\(B\)\((?P<number>[ivx]+)\)")
_CLAUSES: Final = {
    "i": "mines, produces, or manufactures goods in Xinjiang with forced labor",
    "ii": "works with the XUAR government to recruit or transfer forced labor",
    "v": "sources material from Xinjiang via government labor schemes",
}
"""What the clauses of the act say, in the short words the list's JSON form has for them."""

_UPDATED: Final = re.compile(r"Last Updated:\s*(\d{1,2}/\d{1,2}/\d{4})")
_OTHER_NAMES: Final = re.compile(
    r"\s*\((?P<inner>(?:also known as|formerly known as|(?:including|and) \w+ alias).*)\)(?P<tail>[^()]*)$"
)
_KIND: Final = re.compile(
    r"[;,]?\s*(?:and\s+)?\b(?P<kind>also known as|formerly known as|(?:including|and) \w+ alias(?:es)?:)\s*"
)
_AFFILIATES: Final = re.compile(r",?\s+(?P<words>and its subordinate and affiliated entities)\.?$")
_LONGEST: Final = 2_000
"""The most letters the cell of a name may hold; the longest official one holds a fifth of them."""

_LARGEST: Final = 8 * 1024 * 1024
"""The most bytes of the page; the official one has a fiftieth of them."""

_COUNTRY: Final = "China"


class _Line(msgspec.Struct, frozen=True):
    """A row of one of the page's tables, and the number of the clause above that table."""

    cells: tuple[str, ...]
    clause: str
    place: str


class _Page(HTMLParser):
    """The rows of every table of a page, each with the clause named last between its table and the one before."""

    def __init__(self) -> None:
        """Begin at the top of the page."""
        super().__init__(convert_charrefs=True)
        self.lines: list[_Line] = []
        self.words: list[str] = []
        self.above: list[str] = []
        self.clause = ""
        self.cells: list[list[str]] | None = None
        self.tables = self.rows = 0
        self.ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        del attrs
        if tag == "table":
            self._close_row()
            self.tables, self.rows = self.tables + 1, 0
            clauses = _CLAUSE.findall("".join(self.above))
            self.clause, self.above = clauses[-1] if clauses else "", []
        elif tag == "tr":
            self._close_row()
            self.cells, self.rows = [], self.rows + 1
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append([])

    def handle_endtag(self, tag: str) -> None:
        """End a row."""
        if tag in ("tr", "table"):
            self._close_row()
        self.ended = self.ended or tag == "html"

    def handle_data(self, data: str) -> None:
        """Keep text: a cell's in the cell, all else as what the page says."""
        if self.cells is None:
            self.words.append(data)
            self.above.append(data)
        elif self.cells:
            self.cells[-1].append(data)

    def text(self) -> str:
        """What the page says outside its tables."""
        return " ".join("".join(self.words).split())

    def _close_row(self) -> None:
        if self.cells is None:
            return
        cells = tuple(" ".join("".join(cell).split()) for cell in self.cells)
        self.lines.append(_Line(cells, self.clause, f"table[{self.tables}]/tr[{self.rows}]"))
        self.cells = None


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the page of the UFLPA Entity List.

    A record is a row of one of its tables, heads left out. An entity that stands under several
    clauses with one day is one listing that names them all, as in the JSON form, whose ids it
    shares; its further rows are parts. With several days it has a listing for each. The full stop
    that ends a name is left out, as there. The page states no country; each entity is taken to be
    of China, as the notices that add them say and the JSON form has it. The edition is what the
    user says, or the day the page gives as its last update. Errors: `InputError` where no table stands
    under a clause of the act, or one has other columns than "Name of Entity" and "Effective Date", and where the
    page has no end.
    """
    page = _Page()
    if len(opened.content) <= _LARGEST:
        page.feed(opening.text(opened.content))
        page.close()
    if not page.ended:
        raise InputError(
            f"the page is larger than {_LARGEST} bytes" if not page.words else "the page has no end: it was cut off",
            where=opened.where,
            hint=f"save the page {opened.info.url} once more, whole",
        )
    lines = _entries(page, opened)
    gather = Gather(opened, opened.edition or _updated(page.text()))
    groups: dict[tuple[str, str], list[_Line]] = {}
    for line in lines:
        name, day = (*line.cells, "")[:2]
        bare = name if len(name) > _LONGEST else _OTHER_NAMES.sub(r"\g<tail>", name)
        groups.setdefault((bare.casefold().removesuffix("."), day), []).append(line)
    outcomes = {"party": 0, "part": 0, "rejected": 0}
    for group in groups.values():
        outcome = _take(group, gather)
        outcomes[outcome] += 1
        outcomes["rejected" if outcome == "rejected" else "part"] += len(group) - 1
    tally = Tally(
        file=opened.where,
        records=len(lines),
        parties=outcomes["party"],
        parts=outcomes["part"],
        rejected=outcomes["rejected"],
    )
    return gather.facts((tally,), opened.info.files[0]), (tally,)


def _entries(page: _Page, opened: Opened) -> list[_Line]:
    """The rows of the tables that stand under a clause of the act; the page's other tables are none of the list."""
    entries = []
    for line in page.lines:
        if not line.clause:
            continue
        if not line.place.endswith("/tr[1]"):
            entries += [line] if any(line.cells) else []
        elif tuple(cell.casefold() for cell in line.cells) not in _HEADS:
            raise InputError(
                f"a table should have the columns Name of Entity and Effective Date; it has {' | '.join(line.cells)}"[
                    :200
                ],
                where=f"{opened.where}:{line.place}",
                hint=f"save the page {opened.info.url}; has it changed?",
            )
    if not entries:
        raise InputError(
            "no table of the page stands under a clause of section 2(d)(2)(B)",
            where=opened.where,
            hint=f"save the page {opened.info.url}; has it changed?",
        )
    return entries


def _take(group: list[_Line], gather: Gather) -> str:
    first = group[0]
    where = f"{gather.opened.where}:{first.place}"
    before = len(gather.parties)
    try:
        entry = _entry(first, [line.clause for line in group])
        source = gather.source(", ".join(line.place for line in group))
        uflpa.draft(Row(entry, source, gather.opened.info, "page", where), gather)
    except InputError as error:
        for line in group:
            place = f"{gather.opened.where}:{line.place}"
            gather.reject(error.what, where=place, hint=error.hint, raw=" | ".join(line.cells))
        return "rejected"
    return "party" if len(gather.parties) > before else "part"


def _entry(line: _Line, clauses: list[str]) -> Entry:
    if len(line.cells) != len(_HEADS[0]) or not 0 < len(line.cells[0]) <= _LONGEST:
        raise InputError("not a row of name and effective day", hint="look at the row on the list's own page")
    for clause in clauses:
        if clause not in _CLAUSES:
            raise InputError(
                f"the table stands under clause ({clause or 'none'}) of the act, which is not known",
                hint="has the page a new section?",
            )
    text, day = line.cells
    notes = [f"UFLPA Sec. 2(d)(2)(B)({clause}): {_CLAUSES[clause]}" for clause in dict.fromkeys(clauses)]
    aliases: list[str] = []
    other = _OTHER_NAMES.search(text)
    if other:
        text = text[: other.start()].removesuffix(".") + other["tail"]
        aliases = _aliases(other["inner"])
    affiliates = _AFFILIATES.search(text)
    if affiliates:
        text = text[: affiliates.start()]
        notes.append(affiliates["words"])
    return Entry(
        name=text.strip().removesuffix("."),
        aliases=tuple(aliases),
        country=_COUNTRY,
        effective_date=day,
        notes="; ".join(notes),
    )


def _aliases(inner: str) -> list[str]:
    """The other names in a bracket; former ones are marked so."""
    found = []
    pieces = _KIND.split(inner)
    for kind, text in zip(pieces[1::2], pieces[2::2], strict=True):
        mark = "f.k.a. " if kind.startswith("formerly") else ""
        parts = (part.strip().removesuffix(".") for part in re.split(r";\s*(?:and\s+)?", text))
        found += [mark + part for part in parts if part]
    return found


def _updated(text: str) -> date | None:
    stated = _UPDATED.search(text)
    try:
        return dates.us_day(stated[1]).latest if stated else None
    except InputError:
        return None
