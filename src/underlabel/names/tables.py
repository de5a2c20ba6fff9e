"""Tables of words that are shipped with the package."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, by the heads of their columns; `name` is a CSV file beside this module."""
    text = files("underlabel.names").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def column(name: str, key: str, value: str, **where: str) -> dict[str, str]:
    """One column of a table by another, of the rows whose other columns hold what `where` says."""
    return {row[key]: row[value] for row in rows(name) if all(row[head] == said for head, said in where.items())}
