"""The starter facts about lists: parties, listings, categories and absences, from the tables in `curated/`."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, cast, get_args

from underlabel.model import (
    CLASSES,
    Absence,
    Category,
    Confidence,
    Dataset,
    Day,
    DayKind,
    Facts,
    Identifier,
    InputError,
    Listing,
    Name,
    NoInputError,
    Party,
    Source,
    parse_day,
)

FOLDER: Final = Path(__file__).parent / "curated"

_LISTS: Final = ("id", "title", "publisher", "url", "licence", "edition", "coverage", "note")
_PARTIES: Final = ("id", "schema", "name", "aliases", "country", "identifiers", "source", "url", "confidence")
_LISTINGS: Final = (
    *("party", "category", "announced", "published", "effective", "since", "until", "programme", "scope"),
    *("reach", "requirement", "policy", "citation", "source", "url", "confidence", "known_from"),
)
_ABSENCES: Final = ("party", "lists", "edition", "source", "confidence", "note")
_SCHEMAS: Final = ("Company", "Organization", "PublicBody", "Person", "LegalEntity")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GROUPS: Final = frozenset(CLASSES) | frozenset().union(*CLASSES.values())
_WEB: Final = re.compile(r"https?://\S+")


class _Row:
    """One row of a curated table, which names its place in every error."""

    def __init__(self, file: str, number: int, cells: Mapping[str, str]) -> None:
        self.file = file
        self.number = number
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        return self._cells[column].strip()

    def wrong(self, column: str, what: str, hint: str) -> InputError:
        """The error for one cell, with file, row and column."""
        return InputError(what, where=f"{self.file}:{self.number}:{column}", hint=hint)

    def needed(self, column: str) -> str:
        """The text of a cell that may not be blank."""
        if not self[column]:
            raise self.wrong(column, "the cell is blank", f"every row states its {column}")
        return self[column]

    def many(self, column: str, separator: str = "|") -> tuple[str, ...]:
        """The parts of a cell."""
        return tuple(part.strip() for part in self[column].split(separator) if part.strip())

    def one_of(self, column: str, allowed: tuple[str, ...] | frozenset[str]) -> str:
        """A cell that holds one of a few words."""
        if self[column] not in allowed:
            raise self.wrong(
                column, f"'{self[column]}' is not known here", f"write one of {', '.join(sorted(allowed))}"
            )
        return self[column]

    def day(self, column: str, kind: DayKind = "effective") -> Day | None:
        """A day as known, None where blank."""
        try:
            return parse_day(self[column], kind)
        except InputError as error:
            raise self.wrong(column, error.what, error.hint) from error

    def exact(self, column: str) -> date | None:
        """A day that must be exact, None where blank."""
        day = self.day(column)
        if day is not None and day.earliest != day.latest:
            raise self.wrong(column, f"'{self[column]}' is not one day", "write the day as 2018-02-06")
        return day.earliest if day else None

    def confidence(self) -> Confidence:
        """How surely the row is known."""
        return cast("Confidence", self.one_of("confidence", get_args(Confidence)))

    def source(self, dataset: Dataset) -> Source:
        """The source of the row: the table it stands in, and the document it rests on."""
        if self["url"] and not _WEB.fullmatch(self["url"]):
            raise self.wrong("url", f"'{self['url']}' is not a web address", "begin it with https:// or leave it blank")
        return Source(
            dataset=dataset.id,
            version=dataset.version,
            locator=f"{self.file}:{self.number}",
            text=self.needed("source"),
            url=self["url"],
            publisher=dataset.publisher,
        )


def curated_facts(folder: Path = FOLDER) -> tuple[Facts, ...]:
    """The facts shipped with the package: one dataset of parties, then one for each list.

    The dataset of parties is "starter_parties"; the others bear the id of their list, and
    their `version` is the SHA-256 of the tables they were read from. Errors: `InputError` naming
    file, row and column of the first bad cell (nothing is built from a table with a bad row),
    `NoInputError` where a table is missing.
    """
    parties = _parties(folder)
    known = frozenset(party.id for party in parties.parties)
    lists = [(row, _dataset(row, folder)) for row in _table(folder / "lists.csv", _LISTS)]
    named = tuple(dataset.id for _, dataset in lists)
    _unique((row, "id", dataset.id) for row, dataset in lists)
    absent = [
        (row, name) for row in _table(folder / "absences.csv", _ABSENCES) for name in _searched(row, known, named)
    ]
    return (parties, *(_list(folder, dataset, known, absent) for _, dataset in lists))


def _table(path: Path, columns: tuple[str, ...]) -> Iterator[_Row]:
    """The rows of a table. Errors: `NoInputError`, or `InputError` for a wrong header or a ragged row."""
    lines = csv.reader(io.StringIO(_bytes(path).decode("utf-8")), strict=True)
    if tuple(next(lines, ())) != columns:
        raise InputError("the header is not as agreed", where=f"{path.name}:1", hint=f"write {','.join(columns)}")
    for cells in lines:
        number = lines.line_num
        if len(cells) != len(columns):
            what = f"the row has {len(cells)} cells, not {len(columns)}"
            raise InputError(what, where=f"{path.name}:{number}", hint="quote cells that hold a comma")
        yield _Row(path.name, number, dict(zip(columns, cells, strict=True)))


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise NoInputError("a table of the starter facts is missing", where=str(path), hint="install underlabel again")
    return path.read_bytes()


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(_bytes(path) for path in paths if path.is_file())).hexdigest()


def _unique(seen: Iterator[tuple[_Row, str, str]]) -> None:
    first: dict[str, int] = {}
    for row, column, key in seen:
        if key in first:
            raise row.wrong(column, f"'{key}' stands in row {first[key]} too", "keep one of the two rows")
        first[key] = row.number


def _parties(folder: Path) -> Facts:
    path = folder / "parties.csv"
    rows = tuple(_table(path, _PARTIES))
    _unique((row, "id", row["id"]) for row in rows)
    dataset = Dataset(
        id="starter_parties",
        kind="parties",
        title="Parties of the starter facts",
        version=_digest(path),
        records=len(rows),
        coverage="extract",
        publisher="Underlabel",
        licence="CC0-1.0",
    )
    return Facts(dataset=dataset, parties=tuple(_party(row, dataset) for row in rows))


def _party(row: _Row, dataset: Dataset) -> Party:
    if not _SLUG.fullmatch(row["id"]):
        raise row.wrong("id", f"'{row['id']}' is not an id", "write lower-case words joined by hyphens")
    for country in row.many("country"):
        if not re.fullmatch("[a-z]{2}", country):
            raise row.wrong("country", f"'{country}' is not a country", "write ISO 3166-1 alpha-2 in lower case")
    pairs = [text.partition(":") for text in row.many("identifiers")]
    for scheme, colon, value in pairs:
        if not (scheme and colon and value):
            raise row.wrong(
                "identifiers", f"'{scheme}{colon}{value}' is no identifier", "write scheme:value, as uscc:…"
            )
    return Party(
        id=row["id"],
        schema=row.one_of("schema", _SCHEMAS),
        names=(Name(row.needed("name")), *(_name(text) for text in row.many("aliases"))),
        countries=row.many("country"),
        identifiers=tuple(Identifier(scheme, value) for scheme, _, value in pairs),
        confidence=row.confidence(),
        source=row.source(dataset),
    )


def _name(text: str) -> Name:
    if text.startswith("weak:"):
        return Name(text.removeprefix("weak:").strip(), "weak")
    if text.startswith("previous:"):
        return Name(text.removeprefix("previous:").strip(), "previous")
    return Name(text, "alias")


def _dataset(row: _Row, folder: Path) -> Dataset:
    own = folder / f"{row.needed('id')}.csv"
    held = tuple(_table(own, _LISTINGS)) if own.is_file() else ()
    coverage = row.one_of("coverage", ("whole", "extract"))
    return Dataset(
        id=row["id"],
        kind="list",
        title=row.needed("title"),
        edition=row.exact("edition"),
        version=_digest(own, folder / "absences.csv"),
        records=len(held),
        lists=(row["id"],),
        coverage="whole" if coverage == "whole" else "extract",
        publisher=row["publisher"],
        url=row["url"],
        licence=row["licence"],
    )


def _list(folder: Path, dataset: Dataset, known: frozenset[str], absent: list[tuple[_Row, str]]) -> Facts:
    path = folder / f"{dataset.id}.csv"
    rows = tuple(_table(path, _LISTINGS)) if path.is_file() else ()
    for row in rows:
        _check_subject(row, known)
    listings = tuple(_listing(row, dataset) for row in rows)
    _unique((row, "party", listing.id) for row, listing in zip(rows, listings, strict=True))
    return Facts(
        dataset=dataset,
        categories=tuple(_category(row, dataset) for row in rows if row["category"]),
        listings=listings,
        absences=tuple(_absence(row, dataset, listings) for row, name in absent if name == dataset.id),
    )


def _check_subject(row: _Row, known: frozenset[str]) -> None:
    if bool(row["party"]) == bool(row["category"]):
        raise row.wrong("party", "a listing has one subject", "fill in either party or category")
    if row["party"] and row["party"] not in known:
        raise row.wrong("party", f"no party '{row['party']}'", "add it to parties.csv")


def _subject(row: _Row, dataset: Dataset) -> str:
    if row["party"]:
        return row["party"]
    return f"{dataset.id}:" + "-".join(re.findall(r"[a-z0-9]+", row["category"].casefold()))


def _listing(row: _Row, dataset: Dataset) -> Listing:
    subject = _subject(row, dataset)
    since = row.day("since")
    if since is None:
        raise row.wrong("since", "the listing has no start", "write the day it took effect, or an interval")
    for part in row.many("scope"):
        if part not in _GROUPS:
            raise row.wrong("scope", f"'{part}' is no product class", f"write one of {', '.join(sorted(_GROUPS))}")
    place = subject if row["party"] else subject.partition(":")[2]
    return Listing(
        id=":".join(filter(None, (dataset.id, place, str(since), row["programme"]))),
        subject=subject,
        list=dataset.id,
        programme=row["programme"],
        announced=row.day("announced", "announced"),
        published=row.day("published", "published"),
        effective=row.day("effective"),
        since=since,
        until=row.day("until"),
        scope=row.many("scope"),
        reach=row["reach"],
        requirement=row["requirement"],
        policy=row["policy"],
        citation=row.needed("citation"),
        known_from=row.exact("known_from"),
        confidence=row.confidence(),
        source=row.source(dataset),
    )


def _category(row: _Row, dataset: Dataset) -> Category:
    return Category(
        id=_subject(row, dataset),
        text=row["category"],
        purpose=row["requirement"],
        since=row.day("since"),
        until=row.day("until"),
        known_from=row.exact("known_from"),
        confidence=row.confidence(),
        source=row.source(dataset),
    )


def _searched(row: _Row, known: frozenset[str], lists: tuple[str, ...]) -> tuple[str, ...]:
    """The lists a party was looked for in."""
    if row["party"] not in known:
        raise row.wrong("party", f"no party '{row['party']}'", "add it to parties.csv")
    for name in row.many("lists", " "):
        if name not in lists:
            raise row.wrong("lists", f"no list '{name}'", f"write some of {', '.join(lists)}")
    return row.many("lists", " ")


def _absence(row: _Row, dataset: Dataset, listings: tuple[Listing, ...]) -> Absence:
    edition = row.exact("edition")
    if edition is None:
        raise row.wrong("edition", "the absence has no day", "write the day of the edition searched")
    standing = (entry.subject for entry in listings if entry.until is None or entry.until.earliest > edition)
    if row["party"] in standing:
        raise row.wrong("party", f"{row['party']} stands on {dataset.id}", "take out the absence or the listing")
    return Absence(
        id=f"{dataset.id}:not:{row['party']}:{edition}",
        subject=row["party"],
        list=dataset.id,
        edition=edition,
        confidence=row.confidence(),
        source=Source(
            dataset=dataset.id,
            version=dataset.version,
            locator=f"{row.file}:{row.number}",
            text=row.needed("source"),
            url=dataset.url,
            publisher=dataset.publisher,
        ),
    )
