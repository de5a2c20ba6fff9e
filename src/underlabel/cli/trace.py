"""`underlabel trace INVENTORY`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from underlabel import report, trace, world
from underlabel.cli import options, show
from underlabel.model import Finding, UsageError

WORST: Final[dict[str, int]] = {"linked": 10, "review": 11, "restricted": 12}
_SHOWN: Final = 60
_STALE: Final = 4


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The verb's options as given."""

    inventory: Path
    role: str
    regimes: tuple[str, ...] = ()
    as_of: date | None = None
    as_of_column: str = ""
    mapping: tuple[str, ...] = ()
    strict: bool = False
    max_age: int | None = None
    fail_on: str | None = None
    known_at: date | None = None
    home: Path | None = None
    form: str | None = None
    output: Path | None = None


@click.command("trace")
@click.argument("inventory", type=options.FILE)
@click.option("--role", required=True, help="Who you are: us_agency, us_retailer, exporter, uk_council, journalist …")
@click.option("--regime", "regimes", multiple=True, help="Ask only these regimes; may be repeated.")
@click.option("--as-of", type=options.DAY, help="The day asked (default: today).")
@click.option("--as-of-column", default="", help="The column with each line's own day (ship_date).")
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=MEANING", help="What a column means; may be repeated.")
@click.option("--strict", is_flag=True, help="not_checked where no ownership record is held.")
@click.option("--max-age", type=click.IntRange(min=0), help="Refuse lists older than so many days.")
@click.option("--fail-on", type=click.Choice(tuple(WORST)), help="Exit 10, 11 or 12 on this verdict or worse.")
@options.known_at
@options.home
@options.output
def verb(**stated: Any) -> int:  # noqa: ANN401 - click gives every option by name
    """Trace an inventory: one finding for each line and regime.

    A table on a terminal, JSON Lines when piped; -o writes .html, .xlsx, .csv, .jsonl or .json.
    """
    given = Given(**stated)
    day = given.as_of or date.today()  # noqa: DTZ011 - the user's day
    ask = trace.ask(given.role, day, given.regimes, strict=given.strict, max_age=given.max_age)
    facts = world.open_world(world.home(given.home), known_at=given.known_at)
    traced = trace.inventory(given.inventory, facts, ask, _mapping(given.mapping), given.as_of_column)
    if given.output is not None:
        report.write(traced.findings, traced.run, given.output, traced.rejected, traced.inventory.columns)
    else:
        _print(traced, given.form)
    _say(traced, given.output)
    if traced.stale:
        show.note(f"error: facts missing or too old: {'; '.join(traced.stale)}")
        show.note("hint: load a newer edition: underlabel lists add FILE --as NAME --date DAY")
        return _STALE
    return _code(traced.findings, given.fail_on)


def _mapping(stated: tuple[str, ...]) -> dict[str, str]:
    mapping = {}
    for pair in stated:
        column, equals, meaning = pair.rpartition("=")
        if not equals or not column or not meaning:
            raise UsageError(f"--map '{pair}' is not COLUMN=MEANING", hint="for example --map 'Hersteller=maker'")
        mapping[column] = meaning
    return mapping


def _print(traced: trace.Traced, form: str | None) -> None:
    chosen = form or ("table" if show.terminal() else "jsonl")
    if chosen == "jsonl":
        sys.stdout.writelines(f"{line}\n" for line in report.lines(traced.findings, traced.run))
        return
    if chosen == "json":
        sys.stdout.write("[\n" + ",\n".join(report.lines(traced.findings, traced.run)) + "\n]\n")
        return
    rows = report.rows(traced.findings)
    if chosen == "csv":
        show.rows(rows, "csv", None)
        return
    wanted = ("line", "item", "regime", "verdict", "consequence", "reason")
    show.table([{name: row[name] for name in wanted} for row in rows[:_SHOWN]])
    if len(rows) > _SHOWN:
        show.note(f"… and {len(rows) - _SHOWN} more; all of them: -o report.html, -o findings.xlsx or -f jsonl")


def _say(traced: trace.Traced, output: Path | None) -> None:
    """The run in a few lines on stderr: the facts used, the counts, what was rejected or not asked."""
    run = traced.run
    show.note(f"facts: {run.facts}; role {run.role}; regimes {', '.join(run.regimes)}; as of {run.as_of}")
    if run.not_asked:
        show.note(f"not asked, though recorded for this role: {', '.join(run.not_asked)} (--regime)")
    for remark in traced.inventory.notes:
        show.note(f"note: {remark}")
    show.note(f"{traced.inventory.lines} lines, {len(traced.findings)} findings: {counts(traced.findings)}")
    for one in traced.rejected[:5]:
        show.note(f"rejected: {one.where}: {one.reason}{f' ({one.hint})' if one.hint else ''}")
    if traced.rejected:
        show.note(f"{len(traced.rejected)} rejected in all")
    if output is not None:
        show.note(f"written: {output}")


def counts(findings: tuple[Finding, ...]) -> str:
    """How many findings of each verdict, the worst first."""
    found = report.summary(findings)
    return ", ".join(f"{number} {verdict.replace('_', ' ')}" for verdict, number in found.by_verdict.items() if number)


def _code(findings: tuple[Finding, ...], fail_on: str | None) -> int:
    if fail_on is None:
        return 0
    worst = max((WORST.get(one.verdict, 0) for one in findings), default=0)
    return worst if worst >= WORST[fail_on] else 0
