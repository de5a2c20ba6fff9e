"""The UK Sanctions List as text: the official CSV, or the five tables made of it, told apart by the header."""

from __future__ import annotations

from underlabel.lists.gather import Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.uk import uk_csv, uk_tables
from underlabel.model import Facts


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read `subjects.csv` with the tables beside it, or `UK-Sanctions-List.csv`; see `uk_tables` and `uk_csv`."""
    return uk_tables.read(opened) if uk_tables.is_main(opened.content) else uk_csv.read(opened)
