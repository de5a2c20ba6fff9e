"""`underlabel screen FILE`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from underlabel import items, report, trace, world
from underlabel.cli import options, show
from underlabel.cli.streams import note
from underlabel.model import Screened, Searched

FORMS: Final[Mapping[str, str]] = {name: form for name, form in show.REPORTS.items() if form != "html"}
WORST: Final[dict[str, int]] = {"hit": 10, "corroborated": 11, "identifier": 12}
_KINDS: Final = {"name only": 10, "corroborated": 11, "identifier": 12}
_SHOWN: Final = 60


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The verb's options as given."""

    file: Path
    column: str = ""
    schema: str = ""
    country: str = ""
    lists: tuple[str, ...] = ()
    top: int = 5
    threshold: float | None = None
    unlisted: bool = False
    as_of: date | None = None
    fail_on: str | None = None
    known_at: date | None = None
    home: Path | None = None
    form: str | None = None
    output: Path | None = None


@click.command("screen")
@click.argument("file", type=options.READ)
@click.option("--column", default="", help="The column with the names, where its heading does not say so.")
@click.option("--schema", default="", help="What the names are, where no column says: Company, Person, Vessel …")
@click.option("--country", default="", help="Their country, where no column says: a name or an ISO 3166 code.")
@click.option("--list", "lists", multiple=True, metavar="L[,L]", help="Search only these lists; may be repeated.")
@click.option("--top", type=click.IntRange(1, 1000), default=5, show_default=True, help="Parties a row may hit.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="The score a hit needs (default: the one that lets 0.5 % of invented names hit).",
)
@click.option("--all", "unlisted", is_flag=True, help="Parties that stand on no list are hits too.")
@click.option("--as-of", type=options.DAY, help="The day on which they must stand on the list (default: today).")
@click.option("--fail-on", type=click.Choice(tuple(WORST)), help="Exit 10, 11 or 12 on such a hit or a surer one.")
@options.known_at
@options.home
@options.output
def verb(**stated: Any) -> int:  # noqa: ANN401 - click gives every option by name
    """Screen the names of a table, or one name to a line, against the lists; "-" is the standard input.

    One answer to each row, in order, misses too, each with the lists and editions that were searched. A table on a
    terminal, JSON Lines when piped; -o writes .jsonl, .csv, .xlsx, .json or .txt. With --fail-on the exit code says
    what the surest hit rests on: 10 the name only, 11 a name and what corroborates it, 12 an identifier.
    """
    given = Given(**stated)
    where = show.target(given.form, given.output, (given.file,), FORMS)
    beside = items.beside(given.schema, given.country)
    facts = world.open_world(world.home(given.home), known_at=given.known_at)
    count = trace.Count()
    with items.names_asked(given.file, given.column, beside) as asking:
        screened = count.over(trace.screen(facts, asking.rows(), _terms(given)))
        _show(screened, asking.columns, where)
        notes = asking.notes()
    _say(count, notes, facts, given)
    return _code(count, given.fail_on)


def _terms(given: Given) -> trace.Terms:
    return trace.Terms(
        as_of=given.as_of or date.today(),  # noqa: DTZ011 - the user's day
        lists=tuple(name for text in given.lists for name in text.split(",") if name.strip()),
        top=given.top,
        threshold=given.threshold,
        unlisted=given.unlisted,
    )


def _show(screened: Iterator[Screened], columns: Sequence[str], where: show.Target) -> None:
    if where.form == "table":
        _table(screened, where)
    elif where.path is not None:
        report.write_screened(screened, columns, where.path, where.form)
    else:
        show.put(report.screened_texts(screened, columns, where.form), where)


def _table(screened: Iterator[Screened], where: show.Target) -> None:
    """All rows where they are few, or written to a file; else the first hits."""
    first: list[dict[str, str]] = []
    hits: list[dict[str, str]] = []
    total = found = 0
    for total, one in enumerate(screened, start=1):
        if where.path is not None or total <= _SHOWN:
            first.append(report.screened_brief(one))
        found += bool(one.hits)
        if one.hits and len(hits) < _SHOWN:
            hits.append(report.screened_brief(one))
    rows = first if total == len(first) else hits
    show.rows(rows, where, empty="no row hit anything")
    if rows is hits:
        more = f"the first {len(hits)} of {found} hits" if found > len(hits) else "hits only"
        note(f"{more}; all {total} rows: -o screened.xlsx, -o screened.csv or -f jsonl")


def _say(count: trace.Count, notes: Sequence[str], facts: world.World, given: Given) -> None:
    """The run in a few lines on stderr: the facts used, what was noted, the counts, what was rejected."""
    known = f"; known at {given.known_at}" if given.known_at else ""
    note(f"facts: {facts.label}; {_searched(count.searched)}{known}")
    for text in notes:
        note(f"note: {text}")
    rows = "1 row" if count.rows == 1 else f"{count.rows} rows"
    hits = "1 hit" if count.hits == 1 else f"{count.hits} with hits"
    note(f"{rows}: {hits}, {count.misses} without, {count.rejected} rejected")
    name = "stdin" if str(given.file) == "-" else given.file.name
    for one in count.first_rejected:
        sheet = f"[{one.asked.sheet}]" if one.asked.sheet else ""
        note(f"rejected: {name}{sheet}:{one.asked.row}: {one.rejected}")
    if count.rejected > len(count.first_rejected):
        note(f"{count.rejected} rejected in all")
    if count.cut:
        note(f"candidates were left out in {count.cut} rows: searched.cut says in which; raise --top")
    if given.output is not None:
        note(f"written: {given.output}")


def _searched(searched: Searched | None) -> str:
    if searched is None:
        return "nothing was searched"
    lists = "1 list" if len(searched.lists) == 1 else f"{len(searched.lists)} lists"
    extracts = f", of {len(searched.extracts)} only an extract" if searched.extracts else ""
    return f"{lists} searched{extracts}; as of {searched.as_of}"


def _code(count: trace.Count, fail_on: str | None) -> int:
    if fail_on is None:
        return 0
    worst = max((_KINDS[kind] for kind in count.kinds), default=0)
    return worst if worst >= WORST[fail_on] else 0
