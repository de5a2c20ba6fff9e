"""An inventory file to its Items: what it is, what its columns mean, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import msgspec

from underlabel.items import limits
from underlabel.items.days import Evidence, order_of
from underlabel.items.delimited import Delimited
from underlabel.items.headings import MEANINGS, NOTHING, meaning
from underlabel.items.kinds import kind
from underlabel.items.layout import Headed, Layout, column_named, headed, understand
from underlabel.items.lines import Lines, Origin, sized
from underlabel.items.pipes import settled
from underlabel.items.records import records
from underlabel.items.table import Broken, Row, Table
from underlabel.items.workbook import sheets
from underlabel.model import InputError, Inventory, Item, NoInputError, Rejected, UsageError


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """An inventory as read: its columns and their meanings, its lines, and what could not be read."""

    inventory: Inventory
    items: tuple[Item, ...] = ()
    rejected: tuple[Rejected, ...] = ()


class _Opened(msgspec.Struct, frozen=True):
    """A table with its first rows and its columns."""

    table: Table
    head: tuple[Row, ...]
    headed: Headed


def read(path: Path, mapping: Mapping[str, str] | None = None, day_column: str = "") -> Reading:
    """Read an inventory: CSV and the like in any usual encoding, XLSX, XLS, ODS, JSON, JSON Lines; text also gzipped.

    `mapping` says what columns mean ({"Firma": "maker"}; "none" leaves a column alone) where
    their headings do not; `day_column` names the column that gives each line its own day. Blank
    rows and rows above the headings are no lines; a row that cannot be read is in `rejected`,
    its reason beginning "no day:" where it lacks nothing but its day. A pipe is read whole first
    (at most `limits.PIPE` bytes); "-" is the standard input.

    Errors: `NoInputError` (no file, a folder, nothing in it), `InputError` (no table, protected, damaged,
    beyond `limits`, no column understood), `UsageError` (a column or meaning there is not).
    """
    asked = _asked(mapping or {}, day_column)
    with settled(path) as regular:
        return _file(regular, asked)


def _file(path: Path, asked: dict[str, str]) -> Reading:
    found = kind(path)
    notes = [found.note] if found.note else []
    tables: list[Table] = []
    if found.form == "text":
        tables = [Delimited(path, found.encoding, packed=found.packed)]
    elif found.form in {"json", "jsonl"}:
        tables = [records(path, found)]
    else:
        opened_sheets, skipped = sheets(path, found.form)
        tables.extend(opened_sheets)
        notes += skipped
    opened = [_open(table, list(asked), path) for table in tables]
    wanted = _resolved(asked, opened, path)
    layouts = [(each, understand(each.headed, _sample(each), wanted)) for each in opened]
    return _read(path, layouts, notes, bool(asked))


def _read(path: Path, layouts: list[tuple[_Opened, Layout]], notes: list[str], asked: bool) -> Reading:  # noqa: FBT001
    useful = [(each, layout) for each, layout in layouts if layout.useful or (asked and layout.places)]
    if not useful:
        raise _not_understood(path, layouts)
    items: list[Item] = []
    rejected: list[Rejected] = []
    for each, layout in layouts:
        if (each, layout) not in useful:
            notes.append(f"sheet '{each.table.sheet}' was not read: no column could be understood")
            continue
        evidence = _evidence(each.table, layout)
        lines = Lines(Origin(path.name, each.table.sheet), layout, evidence)
        for row in _rows(each.table, path):
            line = lines.read(row)
            if isinstance(line, Item):
                items.append(line)
            elif line is not None:
                rejected.append(line)
        prefix = f"sheet '{each.table.sheet}': " if len(layouts) > 1 else ""
        said = (*layout.notes, *_day_notes(layout, evidence), *each.table.notes())
        notes += [prefix + note for note in said]
    if not items and not rejected:
        raise NoInputError("there is a header and no line", where=str(path), hint="give a file with at least one line")
    inventory = Inventory(
        file=path.name,
        version=_digest(path),
        columns=tuple(dict.fromkeys(column for _, layout in useful for column in layout.columns)),
        meanings={column: means for _, layout in reversed(useful) for column, means in layout.meanings.items()},
        lines=len(items) + len(rejected),
        notes=tuple(notes),
    )
    return Reading(inventory=inventory, items=tuple(items), rejected=tuple(rejected))


def _asked(mapping: Mapping[str, str], day_column: str) -> dict[str, str]:
    """Columns as the user wrote them, each with a meaning that exists."""
    asked: dict[str, str] = {}
    for column, means in mapping.items():
        wanted = means.strip().lower()
        if wanted not in MEANINGS and wanted != NOTHING:
            wanted = meaning(means)[0]
        if wanted not in MEANINGS and wanted != NOTHING:
            raise UsageError(
                f"'{means}' is not something a column can mean",
                hint=_nearest(means, (*MEANINGS, NOTHING)) + "meanings: " + ", ".join((*MEANINGS, NOTHING)),
            )
        asked[column.strip()] = wanted
    if day_column.strip():
        asked[day_column.strip()] = "day"
    return asked


def _resolved(asked: Mapping[str, str], opened: list[_Opened], path: Path) -> dict[str, str]:
    """The same by the columns' real names. Errors: `UsageError` for a column there is not, or two with one meaning."""
    resolved: dict[str, str] = {}
    for column, means in asked.items():
        real = {name for each in opened if (name := column_named(each.headed.columns, column))}
        if not real:
            columns = list(dict.fromkeys(name for each in opened for name in each.headed.columns))
            raise UsageError(
                f"there is no column '{column}'",
                where=str(path),
                hint=_nearest(column, columns) + "columns: " + ", ".join(columns),
            )
        resolved |= dict.fromkeys(real, means)
    for each in opened:
        taken = [resolved[column] for column in each.headed.columns if column in resolved]
        twice = next((means for means in taken if means not in {NOTHING, "banner"} and taken.count(means) > 1), "")
        if twice:
            raise UsageError(f"two columns are mapped to {twice}", where=str(path), hint="map one of them")
    return resolved


def _open(table: Table, wanted: list[str], path: Path) -> _Opened:
    rows = (row for row in _rows(table, path) if isinstance(row, Row) and not row.blank)
    head = tuple(islice(rows, limits.HEAD + limits.SAMPLE))
    return _Opened(table, head, headed(table.columns, head[: limits.HEAD], wanted))


def _sample(opened: _Opened) -> list[Row]:
    return [row for row in opened.head if row.number > opened.headed.start]


def _rows(table: Table, path: Path) -> Iterator[Row | Broken]:
    for row in table.rows():
        yield row if isinstance(row, Broken) else sized(row, str(path))


def _evidence(table: Table, layout: Layout) -> Evidence:
    places = layout.places.get("day")
    if not places:
        return Evidence()
    rows = (row for row in table.rows() if isinstance(row, Row) and row.number > layout.start)
    return order_of(row.cells[places[0]] for row in rows if len(row.cells) > places[0])


def _day_notes(layout: Layout, evidence: Evidence) -> tuple[str, ...]:
    if evidence.order == "not known":
        return ()
    column = layout.columns[layout.places["day"][0]]
    return (f"days in '{column}' are read {evidence.order}: '{evidence.example}' stands among them",)


def _not_understood(path: Path, layouts: list[tuple[_Opened, Layout]]) -> InputError | NoInputError:
    if not any(each.head for each, _ in layouts):
        return NoInputError("the file holds no line", where=str(path), hint="give a file with at least one line")
    columns = dict.fromkeys(column[:60] for _, layout in layouts for column in layout.columns[:40])
    return InputError(
        "no column could be understood",
        where=str(path),
        hint="say what they mean with --map column=meaning (brand, model, maker …); columns: " + ", ".join(columns),
    )


def _nearest(word: str, known: tuple[str, ...] | list[str]) -> str:
    by_form = {each.lower(): each for each in known}
    near = get_close_matches(word.lower(), by_form, n=1)
    return f"did you mean '{by_form[near[0]]}'? " if near else ""


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
