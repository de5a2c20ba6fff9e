"""Rows on a terminal, or as JSON, JSON Lines or CSV for another program."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.table import Table

from underlabel import report
from underlabel.cli.streams import clean, out
from underlabel.model import UsageError

COLOURS: Mapping[str, str] = {
    "restricted": "bold red",
    "review": "bold yellow",
    "linked": "cyan",
    "clear": "green",
    "not_checked": "dim",
}
SUFFIXES: Final[Mapping[str, str]] = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".txt": "table"}
REPORTS: Final[Mapping[str, str]] = {".html": "html", ".xlsx": "xlsx", **SUFFIXES}
_WHOLE: Final = 20
_ROOM: Final = 120


class Target(NamedTuple):
    """Where to show something, and in which form; `path` None is standard output."""

    form: str
    path: Path | None


def target(
    form: str | None, output: Path | None, inputs: Iterable[Path] = (), suffixes: Mapping[str, str] = SUFFIXES
) -> Target:
    """Where and how to show: by -f, else by the suffix of -o, else a table on a terminal and JSON Lines in a pipe.

    Errors: `UsageError` where -o is one of the inputs, names no form, or another one than -f.
    """
    if output is None:
        return Target(form or ("table" if sys.stdout.isatty() else "jsonl"), None)
    if any(output.exists() and one.exists() and output.samefile(one) for one in inputs):
        raise UsageError("-o names the file that is read", where=str(output), hint="choose another file with -o")
    meant = REPORTS.get(output.suffix.lower())
    if form is not None and meant not in {None, form}:
        raise UsageError(
            f"-f {form} and the name '{output.name}' do not agree", where=str(output), hint="leave -f out, or rename"
        )
    chosen = form or suffixes.get(output.suffix.lower())
    if chosen is None:
        known = " ".join(suffixes)
        raise UsageError(
            f"'{output.name}' names no form to write",
            where=str(output),
            hint=f"end the name in one of {known}, or say -f",
        )
    return Target(chosen, output)


def rows(
    found: Sequence[Mapping[str, Any]],
    where: Target,
    title: str = "",
    *,
    columns: Sequence[str] = (),
    empty: str = "",
    wide: Collection[str] = (),
) -> None:
    """Show rows with the same keys.

    `columns` heads a CSV without rows; `empty` is said in place of a table without rows; `wide` names columns
    that a table shows only where there is room.
    """
    if where.form != "table":
        put(_texts(found, where.form, columns), where)
        return
    page([table(fitting(found, where, wide), title, empty)], where)


def fitting(found: Sequence[Mapping[str, Any]], where: Target, wide: Collection[str]) -> Sequence[Mapping[str, Any]]:
    """Rows without the columns in `wide`, unless there is room for them."""
    if _console(where).width >= _ROOM:
        return found
    return [{name: value for name, value in row.items() if name not in wide} for row in found]


def page(parts: Iterable[RenderableType], where: Target) -> None:
    """Show tables and texts, one below the other."""
    console = _console(where)
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    put((captured.get(),), where)


def put(texts: Iterable[str], where: Target) -> None:
    """Write texts to standard output, or to the file, which is whole or not there."""
    if where.path is None:
        out(texts)
        return
    with report.placed(where.path) as file:
        file.writelines(texts)


def table(found: Sequence[Mapping[str, Any]], title: str = "", empty: str = "") -> RenderableType:
    """Rows as a table that fits the terminal; short cells (days, shares, verdicts) are never split."""
    if not found:
        return empty or (f"{title}: nothing held" if title else "nothing held")
    shown = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in found[0]:
        longest = max(len(_text(row[name])) for row in found)
        shown.add_column(name.replace("_", " "), overflow="fold", no_wrap=longest <= _WHOLE)
    for row in found:
        shown.add_row(*(_cell(value) for value in row.values()))
    return shown


def _console(where: Target) -> Console:
    if where.path is None:
        return Console(highlight=False)
    return Console(highlight=False, file=io.StringIO(), width=_ROOM, force_terminal=False, no_color=True)


def _texts(found: Sequence[Mapping[str, Any]], form: str, columns: Sequence[str]) -> Iterable[str]:
    if form == "json":
        return (msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n",)
    if form == "jsonl":
        return (msgspec.json.encode(row).decode() + "\n" for row in found)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(list(found[0]) if found else columns)
    writer.writerows([report.harmless(_text(value)) for value in row.values()] for row in found)
    return (buffer.getvalue(),)


def _text(value: Any) -> str:  # noqa: ANN401 - any cell
    if isinstance(value, list | tuple):
        return " ".join(map(_text, value))
    return "" if value is None else str(value)


def _cell(value: Any) -> str:  # noqa: ANN401 - any cell
    text = escape(clean(_text(value)))
    colour = COLOURS.get(text)
    return f"[{colour}]{text.replace('_', ' ')}[/]" if colour else text
