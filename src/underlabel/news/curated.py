"""Claims restated by hand, with their documents: the packaged table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeAlias

from underlabel.model import Claim, Dataset, Day, Facts, FactsMissingError, InputError, Source, parse_day
from underlabel.news.quotes import LIMIT, words

DATASET: Final = "starter_claims"
_COLUMNS: Final = (
    "id",
    "subject",
    "relation",
    "object",
    "value",
    "parties",
    "day",
    "until",
    "published",
    "outlet",
    "title",
    "url",
    "attributed_to",
    "hedge",
    "polarity",
    "quote",
    "confidence",
    "known_from",
    "note",
)
_NEEDED: Final = ("id", "subject", "relation", "outlet", "confidence")
_Row: TypeAlias = Mapping[str | Any, str | Any]
_ID: Final = re.compile(r"[\w:.-]+")
_CONFIDENCE: Final = ("high", "medium", "low")


def curated_facts() -> tuple[Facts, ...]:
    """The packaged claims as one edition. Errors: as `claims`, and `FactsMissingError` if the package lost them."""
    table = files("underlabel.news").joinpath("curated", "claims.csv")
    if not table.is_file():
        raise FactsMissingError(
            "the packaged claims are missing", where="news/curated/claims.csv", hint="install underlabel again"
        )
    return (claims(table),)


def claims(table: Traversable) -> Facts:
    """The claims of a table with the columns named above; a day is as `parse_day` reads it.

    `parties` are ids with "|" between them. `known_from` is the last day of `published` where the
    column is empty. A confidence other than high is told in the note, as a claim has no place for it.
    Errors: `InputError` at file:row:column (row 1 is the header) for a row that is not whole: our
    own table has no row to lose.
    """
    data = table.read_bytes()
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise InputError(
            f"no column '{missing[0]}'",
            where=f"{table.name}:1:{missing[0]}",
            hint=f"the columns are {', '.join(_COLUMNS)}",
        )
    version = sha256(data).hexdigest()
    found: dict[str, Claim] = {}
    for number, row in _rows(rows, table.name):
        claim = _claim(row, f"{table.name}:{number}", version)
        if claim.id in found:
            raise InputError(
                f"'{claim.id}' is there twice", where=f"{table.name}:{number}:id", hint="give it an id of its own"
            )
        found[claim.id] = claim
    return Facts(
        dataset=Dataset(
            id=DATASET,
            kind="news",
            title="Starter claims: what documents say of the parties in the starter facts",
            version=version,
            records=len(found),
            coverage="extract",
            publisher="Underlabel",
            licence="CC0-1.0",
        ),
        claims=tuple(found.values()),
    )


def _rows(rows: csv.DictReader[str], name: str) -> Iterator[tuple[int, _Row]]:
    try:
        yield from enumerate(rows, start=2)
    except csv.Error as error:
        raise InputError(
            f"a broken row ({error})", where=f"{name}:{rows.line_num}:1", hint="close every quote"
        ) from error


def _claim(row: _Row, where: str, version: str) -> Claim:
    cells = _checked(row, where)
    published = _day(cells, "published", where)
    known = _day(cells, "known_from", where)
    sure = cells["confidence"]
    return Claim(
        id=cells["id"],
        subject=cells["subject"],
        relation=cells["relation"],
        outlet=cells["outlet"],
        source=Source(
            dataset=DATASET,
            version=version,
            locator=f"row {where.rpartition(':')[2]}",
            text=cells["title"],
            url=cells["url"],
            publisher=cells["outlet"],
        ),
        object=cells["object"],
        value=cells["value"],
        parties=tuple(filter(None, (party.strip() for party in cells["parties"].split("|")))),
        day=_day(cells, "day", where),
        until=_day(cells, "until", where),
        published=published,
        hedge=cells["hedge"],
        attributed_to=cells["attributed_to"],
        polarity="denies" if cells["polarity"] == "denies" else "affirms",
        quote=cells["quote"],
        title=cells["title"],
        note="; ".join(filter(None, (cells["note"], "" if sure == "high" else f"{sure} confidence"))),
        known_from=known.latest if known else published.latest if published else None,
    )


def _checked(row: _Row, where: str) -> dict[str, str]:
    """The cells, stripped, after every check that needs no calendar."""
    if None in row or None in row.values():
        raise InputError(
            "a row with too many or too few cells", where=f"{where}:{_COLUMNS[-1]}", hint="quote commas in text"
        )
    cells = {column: str(row[column]).strip() for column in _COLUMNS}
    for column in _NEEDED:
        if not cells[column]:
            raise InputError(f"no {column}", where=f"{where}:{column}", hint="every claim has one")
    for column, allowed in (("confidence", _CONFIDENCE), ("polarity", ("", "affirms", "denies"))):
        if cells[column] not in allowed:
            choices = ", ".join(filter(None, allowed))
            raise InputError(f"'{cells[column]}' is no {column}", where=f"{where}:{column}", hint=f"write {choices}")
    if cells["url"] and not cells["url"].startswith(("https://", "http://")):
        raise InputError(f"'{cells['url']}' is no web address", where=f"{where}:url", hint="write https:// in full")
    for party in filter(None, cells["parties"].split("|")):
        if not _ID.fullmatch(party.strip()):
            raise InputError(
                f"'{party}' is no id of a party", where=f"{where}:parties", hint='write ids with "|" between them'
            )
    if words(cells["quote"]) > LIMIT:
        raise InputError(
            f"a quote of {words(cells['quote'])} words", where=f"{where}:quote", hint=f"quote {LIMIT} at most"
        )
    return cells


def _day(cells: dict[str, str], column: str, where: str) -> Day | None:
    try:
        return parse_day(cells[column], "published" if column == "published" else "event")
    except InputError as error:
        raise InputError(error.what, where=f"{where}:{column}", hint=error.hint) from error
