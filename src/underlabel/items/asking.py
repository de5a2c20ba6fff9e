"""Tables of names and of pairs of names: who is asked about, row by row, as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec

from underlabel.items import limits
from underlabel.items.asked_columns import PAIR, Columns, Understand, header, named, paired
from underlabel.items.asked_query import Beside, Reader
from underlabel.items.delimited import Delimited
from underlabel.items.headings import unique
from underlabel.items.kinds import kind
from underlabel.items.lines import sized
from underlabel.items.pipes import settled
from underlabel.items.plain import JsonLines, OneToALine
from underlabel.items.records import records
from underlabel.items.table import Broken, Row, Table
from underlabel.items.workbook import sheets
from underlabel.model import Asked, AskedPair, InputError, NoInputError, Query, UsageError

Line = TypeVar("Line")
_TABLES: Final = frozenset({".csv", ".tsv", ".tab", ".psv"})
_LONG: Final = 60
_MOST: Final = 40
_PLAIN: Final = "no heading was found: every line is read as a name"


class Place(msgspec.Struct, frozen=True):
    """A row as it stands in its file: its sheet, its number, its cells by the file's columns, why it was not read."""

    sheet: str
    row: int
    cells: tuple[str, ...]
    broken: str = ""


Make = Callable[[Columns, Row, Place], Line]


class Asking(Generic[Line]):
    """A file as it is understood: its columns in order, what they mean, and its rows, to be gone through once.

    `notes` say how it was understood; once the rows were read, also what could not be.
    """

    def __init__(self, path: Path, tables: Sequence[tuple[Table, Columns]], make: Make[Line], reader: Reader) -> None:
        self._path = path
        self._tables = tables
        self._make: Make[Line] = make
        self._reader = reader
        self.columns = tuple(dict.fromkeys(name for _, each in tables for name in each.columns))
        self.meanings = {name: means for _, each in reversed(tables) for name, means in each.meanings.items()}

    def rows(self) -> Iterator[Line]:
        """Every row below the headings, those that are blank or broken too.

        Blank lines at the end of a plain list or a sheet are none, nor are lines of a delimited file without a cell.

        Errors: `NoInputError` after the last where there was none.
        """
        none = True
        for table, columns in self._tables:
            blank: list[Row] = []
            loose = bool(table.sheet) or isinstance(table, OneToALine)
            for row in table.rows():
                if row.number <= columns.start:
                    continue
                if isinstance(row, Row) and (not row.cells or (loose and row.blank)):
                    if row.cells:
                        blank.append(Row(row.number, row.cells[: len(columns.columns)]))
                    continue
                yield from (self._line(table, columns, one) for one in blank)
                blank.clear()
                yield self._line(table, columns, row)
                none = False
        if none:
            raise NoInputError(
                "there is a header and no line", where=str(self._path), hint="give a file with at least one line"
            )

    def notes(self) -> tuple[str, ...]:
        """How the file was understood, and what in it was not."""
        found = []
        for table, columns in self._tables:
            prefix = f"sheet '{table.sheet}': " if len(self._tables) > 1 else ""
            name = columns.columns[columns.places["name"]] if "name" in columns.places else ""
            found += [
                f"{prefix}column '{other}' may hold names too: '{name}' was taken (--column says which)"
                for other in columns.others
            ]
            found += [prefix + note for note in table.notes()]
        return (*found, *self._reader.notes())

    def _line(self, table: Table, columns: Columns, row: Row | Broken) -> Line:
        if isinstance(row, Broken):
            return self._placed(table, columns, Row(row.number, [row.raw]), f"{row.reason} ({row.hint})")
        sized(row, table.sheet or "the file")
        width = len(columns.columns)
        if width == 1 and len(row.cells) > 1:  # a comma in a table of one column belongs to the name
            return self._placed(table, columns, Row(row.number, [",".join(row.cells)]), "")
        extra = any(cell.strip() for cell in row.cells[width:])
        why = f"the row has {len(row.cells)} cells, the headings {width}: quote a cell that holds the delimiter"
        return self._placed(table, columns, row, why if extra else "")

    def _placed(self, table: Table, columns: Columns, row: Row, broken: str) -> Line:
        width = len(columns.columns)
        cells = (row.cells + [""] * (width - len(row.cells)))[:width]
        if len(self._tables) > 1:
            by_name = dict(zip(columns.columns, cells, strict=True))
            theirs = tuple(by_name.get(name, "") for name in self.columns)
        else:
            theirs = tuple(cells)
        return self._make(columns, Row(row.number, cells), Place(table.sheet, row.number, theirs, broken))


@contextmanager
def names_asked(path: Path, column: str = "", beside: Beside | None = None) -> Iterator[Asking[Asked]]:
    """The rows of a table of names: CSV and the like, XLSX, XLS, ODS, JSON, JSON Lines, or one name to a line.

    The column with the names is found by its heading; `column` says it where that fails. Columns for schema,
    country and identifiers are used where there are any; `beside` is what holds where a row does not say. "-" is the
    standard input. Errors: those of `items.read`; `InputError` where no column holds names, `UsageError` where there
    is no such column.
    """
    reader = Reader(beside or Beside())

    def make(columns: Columns, row: Row, at: Place) -> Asked:
        query = Query("") if at.broken else reader.query(row, columns)
        return Asked(row=at.row, query=query, sheet=at.sheet, cells=at.cells, broken=at.broken)

    with settled(path) as regular:
        tables, notes = _understood(regular, named(column.strip()), column.strip())
        reader.said(notes)
        yield Asking(regular, tables, make, reader)


@contextmanager
def pairs_asked(path: Path, beside: Beside | None = None) -> Iterator[Asking[AskedPair]]:
    """The rows of a table of pairs, in the forms of `names_asked`: columns name1 and name2, and the rest of `PAIR`.

    Errors: as for `names_asked`.
    """
    reader = Reader(beside or Beside())

    def make(columns: Columns, row: Row, at: Place) -> AskedPair:
        first, second = (Query(""), Query("")) if at.broken else reader.pair(row, columns)
        return AskedPair(row=at.row, first=first, second=second, sheet=at.sheet, cells=at.cells, broken=at.broken)

    with settled(path) as regular:
        tables, notes = _understood(regular, paired, "")
        reader.said(notes)
        yield Asking(regular, tables, make, reader)


def _understood(path: Path, understand: Understand, wanted: str) -> tuple[list[tuple[Table, Columns]], list[str]]:
    """The tables of a file that hold names, each with its columns, and what is to be noted."""
    tables, notes = _tables(path)
    found: list[tuple[Table, Columns]] = []
    heads = [_head(table) for table in tables]
    if not any(heads):
        raise NoInputError("the file holds no line", where=str(path), hint="give a file with at least one name")
    for table, head in zip(tables, heads, strict=True):
        columns = _columns(table, head, understand)
        if columns is not None:
            found.append((table, columns))
        elif len(tables) > 1:
            notes.append(f"sheet '{table.sheet}' was not read: no column of names was found")
    if found:
        return found, notes
    if understand is paired:
        raise _no_pairs(path, _headings(tables, heads))
    if wanted:
        raise UsageError(f"there is no column '{wanted}'", where=str(path), hint="columns: " + _headings(tables, heads))
    if len(tables) == 1 and _one_to_a_line(path, tables[0], heads[0]):
        plain = _plainly(path, tables[0])
        return [(plain, Columns(columns=("name",), start=0, places={"name": 0}))], [*notes, _PLAIN]
    raise InputError(
        "no column of names was found",
        where=str(path),
        hint="say which with --column; columns: " + _headings(tables, heads),
    )


def _tables(path: Path) -> tuple[list[Table], list[str]]:
    found = kind(path)
    notes = [found.note] if found.note else []
    if found.form == "text":
        return [Delimited(path, found.encoding, packed=found.packed)], notes
    if found.form == "jsonl" or (found.form == "json" and {".jsonl", ".ndjson"} & {*path.suffixes}):
        return [JsonLines(path, found)], []
    if found.form == "json":
        return [records(path, found)], notes
    opened, skipped = sheets(path, found.form)
    return [*opened], [*notes, *skipped]


def _head(table: Table) -> list[Row]:
    return list(islice((row for row in table.rows() if isinstance(row, Row) and not row.blank), limits.HEAD))


def _columns(table: Table, head: Sequence[Row], understand: Understand) -> Columns | None:
    if table.columns:
        return understand(unique(table.columns), 0)
    found = header(head, understand)
    if found is not None or not head:
        return found
    width = max(len(row.cells) for row in head)
    return understand(unique([""] * width), 0)  # the user may have said "column 2"


def _one_to_a_line(path: Path, table: Table, head: Sequence[Row]) -> bool:
    """Whether a table without a heading for names is a plain list of them."""
    if table.columns:
        return False
    if max(sum(bool(cell.strip()) for cell in row.cells) for row in head) == 1:
        return True
    return isinstance(table, Delimited) and path.suffix.lower() not in _TABLES


def _plainly(path: Path, table: Table) -> Table:
    if not isinstance(table, Delimited):
        return table
    found = kind(path)
    return OneToALine(path, found.encoding, packed=found.packed)


def _headings(tables: Sequence[Table], heads: Sequence[Sequence[Row]]) -> str:
    columns: dict[str, None] = {}
    for table, head in zip(tables, heads, strict=True):
        columns |= dict.fromkeys(table.columns or (unique(head[0].cells) if head else ()))
    return ", ".join(column[:_LONG] for column in list(columns)[:_MOST])


def _no_pairs(path: Path, headings: str) -> InputError:
    return InputError(
        "the columns name1 and name2 were not found",
        where=str(path),
        hint=f"head them so; {', '.join(PAIR[2:])} are used where they are there; columns: {headings}",
    )
