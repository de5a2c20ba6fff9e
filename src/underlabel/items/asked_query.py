"""A row of a table of names to the question it puts: its schema, country and identifiers as they are understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec
from rigour.territories import lookup_territory

from underlabel.items.asked_columns import Columns
from underlabel.items.table import Row
from underlabel.model import Query, UsageError

SCHEMAS: Final = (
    *("Company", "Organization", "PublicBody", "Person", "LegalEntity", "Vessel", "Airplane", "Address"),
    "Thing",
)
"""The FollowTheMoney schemas that a question may have; "Thing" narrows nothing."""
_MEANT: Final = {
    **{schema.casefold(): schema for schema in SCHEMAS},
    **dict.fromkeys(("individual", "natural person", "people"), "Person"),
    **dict.fromkeys(("entity", "legal person", "legal entity"), "LegalEntity"),
    **dict.fromkeys(("corporation", "business", "firm"), "Company"),
    **dict.fromkeys(("organisation",), "Organization"),
    **dict.fromkeys(("public body", "government"), "PublicBody"),
    **dict.fromkeys(("ship",), "Vessel"),
    **dict.fromkeys(("aircraft",), "Airplane"),
}
_SEVERAL: Final = re.compile(r"[;|\n]+")
_ALSO: Final = re.compile(r"[;|/,]+")
_CODE: Final = 2
_COUNTER: Final = re.compile(r"\d{1,8}")


class Beside(msgspec.Struct, frozen=True):
    """What holds of every row that does not say: a schema of `SCHEMAS`, and a country as an alpha-2 code."""

    schema: str = ""
    country: str = ""


def beside(schema: str = "", country: str = "") -> Beside:
    """What a user says of all rows. Errors: `UsageError` for a schema or a country that is not known."""
    found, code = schema_of(schema), country_of(country)
    if found is None:
        raise UsageError(f"there is no schema '{schema}'", hint=f"schemas are FollowTheMoney's: {', '.join(SCHEMAS)}")
    if code is None:
        raise UsageError(f"there is no country '{country}'", hint="write its name or its ISO 3166 code: China, cn")
    return Beside(found, code)


class Reader:
    """Rows to questions; what was not understood is counted, and told once in `notes`."""

    def __init__(self, rest: Beside) -> None:
        self._rest = rest
        self._said: list[str] = []
        self._missed: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def said(self, notes: Sequence[str]) -> None:
        """Keep what was noted before any row was read."""
        self._said += notes

    def query(self, row: Row, columns: Columns) -> Query:
        """The question of one row."""
        cells = row.cells
        places = columns.places
        return Query(
            cells[places["name"]].strip(),
            self._schema(row, places.get("schema")),
            self._country(row, places.get("country")),
            tuple(dict.fromkeys(self._identifiers(row, columns.identifiers))),
        )

    def pair(self, row: Row, columns: Columns) -> tuple[Query, Query]:
        """The two questions of a pair."""
        places = columns.places
        schema = self._schema(row, places.get("schema"))
        first, second = (
            Query(
                row.cells[places[f"name{side}"]].strip(),
                schema,
                self._country(row, places.get(f"country{side}")),
                tuple(_numbers(row.cells[places[f"id{side}"]], "")) if f"id{side}" in places else (),
            )
            for side in (1, 2)
        )
        return first, second

    def notes(self) -> tuple[str, ...]:
        """What was noted of the file, and of its rows."""
        told = (
            f"{what} in {count} {'row' if count == 1 else 'rows'} (first: {self._first[what]})"
            for what, count in sorted(self._missed.items())
        )
        return (*self._said, *told)

    def _schema(self, row: Row, at: int | None) -> str:
        text = row.cells[at].strip() if at is not None else ""
        found = schema_of(text)
        if found is None:
            self._miss("a schema is not known and was left out", row, text)
        return found or self._rest.schema

    def _country(self, row: Row, at: int | None) -> str:
        text = row.cells[at].strip() if at is not None else ""
        found = country_of(text)
        if found is None:
            self._miss("a country is not understood and was left out", row, text)
        return found or self._rest.country

    def _identifiers(self, row: Row, columns: Sequence[tuple[int, str]]) -> Iterator[str]:
        for at, scheme in columns:
            for number in _numbers(row.cells[at], scheme.strip("?")):
                if scheme == "?" and _COUNTER.fullmatch(number):
                    self._miss("a short number under 'id' was taken for the row's own and not searched", row, number)
                else:
                    yield number

    def _miss(self, what: str, row: Row, text: str) -> None:
        self._missed[what] += 1
        self._first.setdefault(what, f"row {row.number}, '{text[:40]}'")


def schema_of(text: str) -> str | None:
    """A FollowTheMoney schema as it is meant ("company", "ship"); empty for none or any, None where not understood."""
    found = _MEANT.get(text.strip().casefold()) if _says(text) else ""
    return "" if found == "Thing" else found


@lru_cache(maxsize=4096)
def country_of(text: str) -> str | None:
    """A country as an ISO 3166-1 alpha-2 code in lower case; empty for none, None where it is not understood.

    Of several in one cell ("China; Hong Kong") the first that is understood.
    """
    parts = [text.strip(), *map(str.strip, _ALSO.split(text))] if _says(text) else []
    for part in filter(None, parts):
        territory = lookup_territory(part[:80])
        if territory is not None:
            code = territory.code if len(territory.code) == _CODE else (territory.ftm_country or "")
            if len(code) == _CODE:
                return code
    return None if any(parts) else ""


def _says(text: str) -> bool:
    """Whether a cell says anything: a dash, or OFAC's "-0-", does not."""
    return any(char.isalpha() for char in text)


def _numbers(cell: str, scheme: str) -> Iterator[str]:
    for part in map(str.strip, _SEVERAL.split(cell)):
        if part:
            yield f"{scheme}:{part}" if scheme else part
