"""The table of makers: who they are, what they make, and on which editions of which lists they do not stand."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from underlabel.labels import claims, forms
from underlabel.labels.tables import Row, Table
from underlabel.model import Absence, InputError, Link, Name, Party, Scope, Source, parse_day

COLUMNS: Final = (
    "id",
    "name",
    "country",
    "relation",
    "brands",
    "aliases",
    "classes",
    "checked",
    "source",
    "url",
    "confidence",
    "note",
)
"""The columns of the table. Cells that hold several values divide them by |, `checked` by blanks.

`name` is the legal name, or the trading name where the note says so; `relation` is makes, brands
or both, and holds for every brand of the row; `classes` are the goods it speaks of (empty:
all). `checked` names the lists the maker was looked for in and does not stand on:
LIST@EDITION, or LIST alone where a table of editions is kept beside (the curated one), or * for
every list of that table, and -LIST for one left out.
"""
NEEDED: Final = ("id", "name", "relation", "source", "confidence", "checked")

_COUNTRY: Final = re.compile(r"[a-z]{2}")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Editions = dict[str, date]


def editions(table: Table) -> Editions:
    """The day of each list's edition that the makers were checked against. Errors: `InputError`."""
    return {row.need("list", "name a list"): row.take("edition", _edition) for row in table.rows}


def party(row: Row, table: Table, dataset: str) -> Party:
    """The maker itself. Errors: `InputError` naming file, row and column."""
    identity = row.need("id", "give the maker a short id")
    if not _ID.fullmatch(identity):
        raise row.wrong("id", f"'{identity}' is no id", "lower-case words joined by hyphens: march-networks")
    if row["country"] and not _COUNTRY.fullmatch(row["country"]):
        raise row.wrong("country", f"'{row['country']}' is no country code", "two letters, lower case: se")
    names = (Name(row.need("name", "write its legal name")), *(Name(alias, "alias") for alias in row.many("aliases")))
    return Party(
        id=identity,
        source=claims.source_of(row, table, dataset),
        confidence=claims.confidence(row),
        schema="Company",
        names=names,
        countries=(row["country"],) if row["country"] else (),
    )


def links(row: Row, table: Table, dataset: str) -> tuple[Link, ...]:
    """That the row's brands are this maker's, made by it, or both; its own name is a spelling of the first.

    Only a maker's name is a spelling of its brand: of a firm that has others make for it, it is not.
    """
    source, level = claims.source_of(row, table, dataset), claims.confidence(row)
    relations, classes, brands = claims.relations(row), claims.classes(row), row.many("brands")
    found = [
        Link(
            id=f"{dataset}:{row['id']}:{forms.slug(brand)}:{relation}",
            source=source,
            confidence=level,
            kind=relation,
            src=forms.label(brand),
            dst=row["id"],
            scope=Scope(brand=brand, classes=classes),
            evidence="the maker's own brand" if "makes" in relations else "the brand of its owner",
            note=row["note"],
        )
        for brand in brands
        for relation in relations
    ]
    own = {forms.form(brand) for brand in brands}
    if brands and "makes" in relations and forms.form(row["name"]) not in own:
        found.append(claims.spelling(row["name"], forms.label(brands[0]), source, dataset))
    return tuple(found)


def absences(row: Row, table: Table, dataset: str, kept: Editions) -> tuple[Absence, ...]:
    """The lists the maker was looked for in and does not stand on. Errors: `InputError`."""
    source: Source = claims.source_of(row, table, dataset)
    return tuple(
        Absence(
            id=f"{dataset}:{row['id']}:not:{name}",
            source=source,
            confidence=claims.confidence(row),
            subject=row["id"],
            list=name,
            edition=edition,
        )
        for name, edition in checked(row, kept).items()
    )


def checked(row: Row, kept: Editions) -> Editions:
    """The lists of the cell `checked`, with the edition of each. Errors: `InputError`."""
    found: Editions = {}
    for word in row["checked"].split():
        name, at, edition = word.partition("@")
        if word == "*":
            found.update(kept)
        elif word.startswith("-"):
            found.pop(_known(row, word[1:], kept), None)
        elif at:
            try:
                found[name] = _edition(edition)
            except InputError as error:
                raise row.wrong("checked", error.what, error.hint) from error
        else:
            found[name] = kept[_known(row, name, kept)]
    return found


def _known(row: Row, name: str, kept: Editions) -> str:
    if name not in kept:
        raise row.wrong(
            "checked", f"no edition of '{name}' is named", "write LIST@YYYY-MM-DD: us_fcc_covered@2026-07-09"
        )
    return name


def _edition(text: str) -> date:
    day = parse_day(text)
    if day is None or day.earliest != day.latest:
        raise InputError(f"'{text}' is no edition", hint="write the day of the edition: 2026-07-09")
    return day.earliest
