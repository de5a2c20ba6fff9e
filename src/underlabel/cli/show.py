"""Rows on a terminal, or as JSON, JSON Lines or CSV for another program."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from underlabel.model import InputError

COLOURS: Mapping[str, str] = {
    "restricted": "bold red",
    "review": "bold yellow",
    "linked": "cyan",
    "clear": "green",
    "not_checked": "dim",
}


def rows(found: Sequence[Mapping[str, Any]], form: str | None, output: Path | None, title: str = "") -> None:
    """Show rows with the same keys: a table on a terminal, JSON Lines when piped, or as asked."""
    chosen = form or _by_place(output)
    if chosen == "table" and output is None:
        table(found, title)
        return
    text = _text(found, chosen)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", where=str(output), hint="choose another file with -o"
        ) from error


def table(found: Sequence[Mapping[str, Any]], title: str = "") -> None:
    """Print rows as a table that fits the terminal."""
    console = Console(highlight=False)
    if not found:
        console.print(f"{title}: nothing held" if title else "nothing held")
        return
    shown = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in found[0]:
        shown.add_column(name.replace("_", " "), overflow="fold")
    for row in found:
        shown.add_row(*(_cell(value) for value in row.values()))
    console.print(shown)


def note(text: str) -> None:
    """Say something about the run on stderr, away from the data."""
    sys.stderr.write(f"{text}\n")


def terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def _by_place(output: Path | None) -> str:
    if output is None:
        return "table" if terminal() else "jsonl"
    return output.suffix.lstrip(".") if output.suffix in {".json", ".csv", ".jsonl"} else "table"


def _text(found: Sequence[Mapping[str, Any]], form: str) -> str:
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n"
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, fieldnames=list(found[0]) if found else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
        return buffer.getvalue()
    if form == "table":
        console = Console(file=io.StringIO(), width=160)
        with console.capture() as captured:
            for row in found:
                console.print("  ".join(str(value) for value in row.values()), markup=False)
        return captured.get()
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in found)


def _cell(value: Any) -> str:  # noqa: ANN401 - any cell
    text = escape(str(value))
    colour = COLOURS.get(str(value))
    return f"[{colour}]{text.replace('_', ' ')}[/]" if colour else text
