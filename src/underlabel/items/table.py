"""A table as read, before anything is understood: numbered rows of text, and rows that broke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class Row(NamedTuple):
    """A row of cells as text; `number` counts rows of the file or sheet from 1."""

    number: int
    cells: list[str]

    @property
    def blank(self) -> bool:
        """Whether no cell says anything."""
        return not any(cell and not cell.isspace() for cell in self.cells)


class Broken(NamedTuple):
    """A row that could not be read: where it broke (column from 1), why, what to do, its text."""

    number: int
    column: int
    reason: str
    hint: str
    raw: str


class Table(Protocol):
    """One table of a file. `columns` are its headings where the format itself names them."""

    @property
    def sheet(self) -> str:
        """The sheet's name; empty outside workbooks."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings, or nothing where one of the rows holds them."""

    def rows(self) -> Iterator[Row | Broken]:
        """All rows from the first; every call starts again."""

    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how the rows were read, after they were."""
