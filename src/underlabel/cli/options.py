"""Options that verbs share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from underlabel.model import InputError, NoInputError, parse_day

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS: Final = ("table", "json", "jsonl", "csv")


class DayType(click.ParamType[date]):
    """A single day, written 2021-10-25."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's signature
        """Read the day, or fail as a usage error."""
        if isinstance(value, date):
            return value
        try:
            day = parse_day(str(value))
        except InputError as error:
            self.fail(f"{error.what}; write 2021-10-25", param, ctx)
        if day is None or day.earliest != day.latest:
            self.fail(f"'{value}' is not one day; write 2021-10-25", param, ctx)
        return day.earliest


class ReadType(click.ParamType[Path]):
    """A file to read. One that is there and may not be read is no input; what else is wrong, its reader says."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401, ARG002 - click's signature
        """Give the path. Errors: `NoInputError` where its rights forbid reading."""
        path = Path(value)
        if path.exists() and not os.access(path, os.R_OK):
            raise NoInputError("the file may not be read", where=str(path), hint=f"allow it: chmod u+r '{path}'")
        return path


DAY: Final = DayType()
READ: Final = ReadType()
FILE: Final = click.Path(path_type=Path, readable=False)

home = click.option("--home", type=FILE, help="The home folder (else UNDERLABEL_HOME, else ~/.underlabel).")
known_at = click.option("--known-at", type=DAY, help="Use only what was known on this day.")


def output(command: Command) -> Command:
    """Add -f and -o."""
    chosen = click.option(
        *("-f", "--format", "form"),
        type=click.Choice(FORMATS),
        help="How to print (default: by the suffix of -o, else a table on a terminal and JSON Lines in a pipe).",
    )
    target = click.option("-o", "--output", type=FILE, help="Write to a file instead.")
    return chosen(target(command))
