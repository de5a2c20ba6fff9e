"""The tables of brands and makers, ours and a user's, as Facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from underlabel.labels import claims, companies
from underlabel.labels.tables import Row, Table, read_table
from underlabel.model import Absence, Dataset, Facts, InputError, Link, Party, Rejected, parse_day

_CURATED: Final = resources.files("underlabel.labels") / "curated"
_BRANDS: Final = ("label_facts", "Brands and model codes, and who is said to make them")
_MAKERS: Final = ("label_makers", "Makers and brand owners, and the lists they were looked for in")
_OURS: Final = ("Underlabel", "CC0-1.0")
_RAW_LENGTH: Final = 200

Gathered = tuple[tuple[Party, ...], tuple[Link, ...], tuple[Absence, ...]]


def curated_facts() -> tuple[Facts, ...]:
    """The label facts and makers that come with the package, each row with its source.

    Errors: `InputError` naming file, row and column: a curated table has no bad row.
    """
    with resources.as_file(_CURATED) as folder:
        kept = companies.editions(read_table(folder / "editions.csv"))
        brands = read_table(folder / "brands.csv")
        named = read_table(folder / "makers.csv")
    return (
        _facts(brands, _BRANDS, lambda row: _claim(row, brands, _BRANDS[0]), edition=_latest(brands)),
        _facts(named, _MAKERS, lambda row: _maker(row, named, _MAKERS[0], kept), edition=max(kept.values())),
    )


def read(path: Path, dataset: str = "labels") -> Facts:
    """A user's table of label facts, or of makers: the header tells which (`claims.COLUMNS`, `companies.COLUMNS`).

    A row that cannot be read becomes a `Rejected`. Errors: `NoInputError` for no file or an
    empty one, `InputError` for a file that is no such table.
    """
    table = read_table(path)
    named = (dataset, f"Label facts of {table.file}")
    if set(companies.NEEDED) <= set(table.columns):
        return _facts(table, named, lambda row: _maker(row, table, dataset, {}), strict=False)
    missing = [column for column in claims.NEEDED if column not in table.columns]
    if missing:
        raise InputError(
            "this is no table of label facts: no column " + ", ".join(missing),
            where=str(path),
            hint="its header names at least " + ", ".join(claims.NEEDED),
        )
    return _facts(table, named, lambda row: _claim(row, table, dataset), strict=False)


def _claim(row: Row, table: Table, dataset: str) -> Gathered:
    return (), claims.links(row, table, dataset), ()


def _maker(row: Row, table: Table, dataset: str, kept: companies.Editions) -> Gathered:
    return (
        (companies.party(row, table, dataset),),
        companies.links(row, table, dataset),
        companies.absences(row, table, dataset, kept),
    )


def _facts(
    table: Table,
    named: tuple[str, str],
    gather: Callable[[Row], Gathered],
    *,
    edition: date | None = None,
    strict: bool = True,
) -> Facts:
    parties: list[Party] = []
    links: dict[str, Link] = {}
    absences: list[Absence] = []
    rejected: list[Rejected] = []
    taken: Counter[str] = Counter()
    for row in table.rows:
        try:
            found = _gathered(row, gather, taken)
        except InputError as error:
            if strict:
                raise
            rejected.append(_rejected(row, error, named[0]))
            continue
        parties += found[0]
        links.update((link.id, link) for link in found[1])
        absences += found[2]
    dataset = Dataset(
        id=named[0],
        kind="labels",
        title=named[1],
        edition=edition,
        version=table.version,
        records=len(table.rows) - len(rejected),
        coverage="extract",
        publisher=_OURS[0] if strict else "",
        licence=_OURS[1] if strict else "",
    )
    return Facts(
        dataset=dataset,
        parties=tuple(parties),
        links=tuple(links.values()),
        absences=tuple(absences),
        rejected=tuple(rejected),
    )


def _gathered(row: Row, gather: Callable[[Row], Gathered], taken: Counter[str]) -> Gathered:
    if row.fault:
        raise InputError(row.fault, where=row.where(), hint="put a cell that holds a comma or a quote in double quotes")
    taken[row["id"]] += 1
    if taken[row["id"]] > 1:
        raise row.wrong("id", f"the id '{row['id']}' stands twice", "give each row an id of its own")
    return gather(row)


def _rejected(row: Row, error: InputError, dataset: str) -> Rejected:
    return Rejected(reason=error.what, hint=error.hint, where=error.where, dataset=dataset, raw=row.raw[:_RAW_LENGTH])


def _latest(table: Table) -> date | None:
    days = [row.take("source_date", parse_day) for row in table.rows]
    return max((day.earliest for day in days if day is not None), default=None)
