"""Workbooks: every sheet as a table, cells as their user sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from underlabel.items import extent
from underlabel.items.kinds import Form, damaged
from underlabel.items.table import Broken, Row
from underlabel.model import InputError

Value = int | float | str | bool | date | time | timedelta

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class Sheet:
    """One sheet as a table; row numbers are those the spreadsheet shows."""

    columns: tuple[str, ...] = ()

    def __init__(self, name: str, sheet: CalamineSheet) -> None:
        self.sheet = name
        self._sheet = sheet

    def rows(self) -> Iterator[Row | Broken]:
        """All rows from the first, which may be empty."""
        for number, cells in enumerate(self._sheet.iter_rows(), start=1):
            yield Row(number, [shown(cell) for cell in cells])

    def notes(self) -> tuple[str, ...]:
        """Nothing: a sheet reads as it stands."""
        return ()


def sheets(path: Path, form: Form) -> tuple[list[Sheet], list[str]]:
    """The sheets that hold anything, in order, and a note for each that does not.

    Errors: `InputError` for a workbook that is protected by a password, damaged, or beyond `limits`.
    """
    if form == "xls" and _encrypted(path):
        raise _locked(path)
    if form != "xls":
        extent.check(path)
    found: list[Sheet] = []
    notes: list[str] = []
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for each in workbook.sheets_metadata:
                if each.typ is not SheetTypeEnum.WorkSheet:
                    notes.append(f"sheet '{each.name}' holds no cells and was skipped")
                    continue
                sheet = workbook.get_sheet_by_name(each.name)
                if sheet.start is None:
                    notes.append(f"sheet '{each.name}' is empty and was skipped")
                else:
                    found.append(Sheet(each.name, sheet))
    except PasswordError as error:
        raise _locked(path) from error
    except CalamineError as error:
        raise damaged(path) from error
    return found, notes


def shown(value: Value) -> str:
    """A cell as text: whole numbers without ".0", 15 digits as spreadsheets show, days as ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        number = Decimal(f"{value:.15g}")
        return f"{number:f}" if number.is_finite() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _encrypted(path: Path) -> bool:
    # The folder of an OLE2 file names its streams in UTF-16; an encrypted workbook has this one.
    with path.open("rb") as stream:
        before = b""
        while chunk := stream.read(1 << 20):
            if _ENCRYPTED in before + chunk:
                return True
            before = chunk[-len(_ENCRYPTED) :]
    return False


def _locked(path: Path) -> InputError:
    return InputError(
        "the workbook is protected by a password",
        where=str(path),
        hint="open it, save a copy without a password, and give that file",
    )
