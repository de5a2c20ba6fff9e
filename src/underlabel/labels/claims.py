"""The table of label facts: who makes, and who owns, what stands under a brand or a model code."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal, TypeVar, get_args

from underlabel.labels import forms, patterns
from underlabel.labels.tables import Row, Table
from underlabel.model import CLASSES, Confidence, InputError, Link, Scope, Source, Status, parse_day

Relation = Literal["makes", "brands"]
Word = TypeVar("Word")

COLUMNS: Final = (
    "id",
    "brand",
    "aliases",
    "relation",
    "party",
    "line",
    "models",
    "classes",
    "since",
    "until",
    "known_from",
    "status",
    "evidence",
    "source",
    "url",
    "source_date",
    "confidence",
    "note",
)
"""The columns of the table. Cells that hold several values divide them by |.

`relation` is makes, brands, or both; `since`, `until` and `source_date` are days as
`model.parse_day` reads them, `known_from` a full date (empty: known all along); `status` is
completed where empty; aliases are other spellings of the brand, compared whole.
"""
NEEDED: Final = ("id", "brand", "relation", "party", "source", "confidence")

_GROUPS: Final = frozenset(CLASSES) | frozenset(group for groups in CLASSES.values() for group in groups)
_ID: Final = re.compile(r"\S+")
_RELATIONS: Final[dict[str, Relation]] = {"makes": "makes", "brands": "brands"}
_STATUSES: Final[dict[str, Status]] = {status: status for status in get_args(Status)}
_LEVELS: Final[dict[str, Confidence]] = {level: level for level in get_args(Confidence)}


def links(row: Row, table: Table, dataset: str) -> tuple[Link, ...]:
    """The facts of one row: one link a relation, and a same_as link for each other spelling of the brand.

    Errors: `InputError` naming file, row and column.
    """
    name, scope = row["brand"], _scope(row)
    identity, party = row.need("id", "give the fact a short id of its own"), row.need("party", "name the party's id")
    if not _ID.fullmatch(party):
        raise row.wrong("party", f"'{party}' is no party's id", "write the id without blanks: aditya-infotech")
    status = status_of(row)
    if status == "refuted" and not row["note"]:
        raise row.wrong("note", "a refuted claim does not say what refutes it", "say it in the note")
    since, until = row.take("since", parse_day), row.take("until", parse_day)
    if since is not None and until is not None and since.earliest >= until.latest:
        raise row.wrong("until", f"the fact ends ({until}) before it begins ({since})", "put the earlier day in since")
    source, known, level = source_of(row, table, dataset), row.take("known_from", _date), confidence(row)
    row.take("source_date", parse_day)
    label = forms.label(name or scope.models[0])
    found = [
        Link(
            id=f"{dataset}:{identity}:{relation}",
            source=source,
            since=since,
            until=until,
            known_from=known,
            confidence=level,
            kind=relation,
            src=label,
            dst=party,
            status=status,
            scope=scope,
            evidence=row["evidence"],
            note=row["note"],
        )
        for relation in relations(row)
    ]
    return (*found, *(spelling(alias, label, source, dataset) for alias in row.many("aliases")))


def spelling(alias: str, label: str, source: Source, dataset: str) -> Link:
    """That a spelling means a label: a same_as link between two labels."""
    other = forms.label(alias)
    return Link(
        id=f"{dataset}:{other}={label}",
        source=source,
        kind="same_as",
        src=other,
        dst=label,
        scope=Scope(brand=alias),
        evidence="spelling",
    )


def relations(row: Row) -> tuple[Relation, ...]:
    """What the row says of brand and party. Errors: `InputError`."""
    row.need("relation", "write makes, brands or brands|makes")
    return tuple(dict.fromkeys(_choice(row, "relation", part, _RELATIONS) for part in row.many("relation")))


def classes(row: Row) -> tuple[str, ...]:
    """The product classes the row speaks of. Errors: `InputError` for a word that is none."""
    for part in row.many("classes"):
        if part not in _GROUPS:
            raise row.wrong("classes", f"'{part}' is no product class", "one of: " + ", ".join(sorted(_GROUPS)))
    return row.many("classes")


def confidence(row: Row) -> Confidence:
    """How sure the row is. Errors: `InputError` for another word than high, medium and low."""
    return _choice(row, "confidence", row.need("confidence", "write high, medium or low"), _LEVELS)


def status_of(row: Row) -> Status:
    """The status, completed where empty. Errors: `InputError`."""
    return _choice(row, "status", row["status"] or "completed", _STATUSES)


def source_of(row: Row, table: Table, dataset: str) -> Source:
    """Where the row stands and what it rests on. Errors: `InputError` without a source or with a wrong address."""
    url = row["url"]
    if url and not url.startswith(("https://", "http://")):
        raise row.wrong("url", f"'{url}' is no web address", "write https://…, or leave it empty")
    text = row.need("source", "name the document the fact rests on")
    return Source(dataset=dataset, version=table.version, locator=f"row {row.line}", text=text, url=url)


def _scope(row: Row) -> Scope:
    models = tuple(_pattern(row, part) for part in row.many("models"))
    if not row["brand"] and not models:
        raise row.wrong("brand", "neither a brand nor a model pattern", "name what the fact speaks of")
    if row["brand"] and not forms.form(row["brand"]):
        raise row.wrong(
            "brand", f"'{row['brand']}' has no letter or digit", "write the brand as it stands on the thing"
        )
    return Scope(brand=row["brand"], line=row["line"], models=models, classes=classes(row))


def _pattern(row: Row, text: str) -> str:
    try:
        return patterns.check(text, branded=bool(row["brand"]))
    except InputError as error:
        raise row.wrong("models", error.what, error.hint) from error


def _date(text: str) -> date | None:
    day = parse_day(text)
    if day is not None and day.earliest != day.latest:
        raise InputError(f"'{text}' is not one day", hint="write a full date: 2021-10-25")
    return day.earliest if day is not None else None


def _choice(row: Row, column: str, text: str, words: dict[str, Word]) -> Word:
    if text not in words:
        raise row.wrong(column, f"'{text}' is no {column}", "one of: " + ", ".join(words))
    return words[text]
