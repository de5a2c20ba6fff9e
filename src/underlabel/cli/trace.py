"""`underlabel trace INVENTORY`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from underlabel import law, report, trace, world
from underlabel.cli import options, show
from underlabel.cli.streams import note
from underlabel.model import VERDICTS, Finding, LooksAt, UsageError

WORST: Final[dict[str, int]] = {"linked": 10, "review": 11, "restricted": 12}
_SHOWN: Final = 60
_STALE: Final = 4
_FEW: Final = 5
_REASON: Final = 180
_NO_DAY: Final = "no day:"
_SENTENCE: Final = re.compile(r"(?<=[a-z0-9)”'\"]{2})(?<!\bLtd)(?<!\bCo)(?<!\bInc)(?<!\bCorp)(?<!\bNo)\. (?=[A-Z])")
_LOOKS_AT: Final[dict[LooksAt, str]] = {
    "maker": "the maker",
    "recipient": "the recipient",
    "parties": "parties to the transaction",
    "anyone": "anyone the line names",
}


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


class Asking(click.Command):
    """The verb; its help names the roles and regimes of the law at hand."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the roles and regimes below the options."""
        with formatter.section("Roles"):
            formatter.write_text(" ".join(law.roles()))
        with formatter.section("Regimes"):
            formatter.write_text(" ".join(law.regimes()))
        with formatter.indentation():
            formatter.write_text("What each is and what follows: underlabel law on DAY; underlabel law show REGIME.")


@click.command("trace", cls=Asking)
@click.argument("inventory", type=options.READ)
@click.option("--role", required=True, help="Who you are: us_agency, us_retailer, exporter … (all are named below).")
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

    A table on a terminal, JSON Lines when piped; -o writes .html, .xlsx, .csv, .jsonl, .json or .txt.
    """
    given = Given(**stated)
    where = show.target(given.form, given.output, (given.inventory,), show.REPORTS)
    day = given.as_of or date.today()  # noqa: DTZ011 - the user's day
    ask = trace.ask(given.role, day, given.regimes, strict=given.strict, max_age=given.max_age)
    facts = world.open_world(world.home(given.home), known_at=given.known_at)
    traced = trace.inventory(given.inventory, facts, ask, _mapping(given.mapping), given.as_of_column)
    if where.path is not None and where.form != "table":
        report.write(traced.findings, traced.run, where.path, traced.rejected, traced.inventory.columns, where.form)
    else:
        _print(traced, where)
    _say(traced, given.output)
    if traced.stale:
        note(f"error: facts missing or too old: {'; '.join(traced.stale)}")
        note("hint: load a newer edition: underlabel lists add FILE --as NAME --date DAY")
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


def _print(traced: trace.Traced, where: show.Target) -> None:
    if where.form == "jsonl":
        show.put((f"{line}\n" for line in report.lines(traced.findings, traced.run)), where)
    elif where.form == "json":
        show.put(_array(report.lines(traced.findings, traced.run)), where)
    elif where.form == "csv":
        show.rows(report.rows(traced.findings), where, columns=report.COLUMNS)
    else:
        rows = sorted(report.rows(traced.findings), key=lambda row: VERDICTS.index(row["verdict"]))
        most = len(rows) if where.path else _SHOWN
        show.rows([_brief(row) for row in rows[:most]], where, empty="no line could be asked")
        if len(rows) > most:
            note(f"… and {len(rows) - most} more; all of them: -o report.html, -o findings.xlsx or -f jsonl")


def _array(lines: Iterator[str]) -> Iterator[str]:
    yield "["
    for count, line in enumerate(lines):
        yield f"{',' if count else ''}\n{line}"
    yield "\n]\n"


def _brief(row: dict[str, str]) -> dict[str, str]:
    """A row as a narrow terminal can show it: what the thing is in one cell, the reason in its first sentence."""
    text = row["item"].casefold()
    named = [part for part in (row["brand"], row["model"]) if part and part.casefold() not in text]
    reason = _SENTENCE.split(row["reason"], maxsplit=1)[0]
    if len(reason) > _REASON:
        reason = f"{reason[:_REASON].rsplit(' ', 1)[0]} …"
    wanted = {name: row[name] for name in ("line", "item", "regime", "verdict", "consequence")}
    return {**wanted, "item": " ".join((*named, row["item"])), "reason": reason}


def _say(traced: trace.Traced, output: Path | None) -> None:
    """The run in a few lines on stderr: the facts used, the counts, what was rejected or not asked."""
    run = traced.run
    known = f"; known at {run.known_at}" if run.known_at else ""
    note(f"facts: {run.facts}; role {run.role}; regimes {', '.join(run.regimes)}; as of {run.as_of}{known}")
    for text in _not_asked(run.role, run.not_asked):
        note(text)
    for remark in traced.inventory.notes:
        note(f"note: {remark}")
    note(f"{traced.inventory.lines} lines, {len(traced.findings)} findings: {counts(traced.findings)}")
    broken = [one for one in traced.rejected if not one.reason.startswith(_NO_DAY)]
    dayless = len(traced.rejected) - len(broken)
    if dayless:
        first = next(one.where for one in traced.rejected if one.reason.startswith(_NO_DAY))
        lines = (
            "1 line has no day of its own and was"
            if dayless == 1
            else f"{dayless} lines have no day of their own and were"
        )
        note(f"{lines} not asked (first: {first})")
    for one in broken[:_FEW]:
        note(f"rejected: {one.where}: {one.reason}{f' ({one.hint})' if one.hint else ''}")
    if broken:
        note(f"{len(broken)} rejected in all")
    if output is not None:
        note(f"written: {output}")


def _not_asked(role: str, regimes: tuple[str, ...]) -> Iterator[str]:
    """Which regimes recorded for the role were not asked, and why: by default, or left out by --regime."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in regimes:
        follows = law.consequence(one, role)
        why = "left out by --regime" if follows.asked else _LOOKS_AT[follows.looks_at]
        groups[why].append(one)
    for why, found in groups.items():
        if why == "left out by --regime":
            yield f"recorded for this role and {why}: {', '.join(found)}"
        else:
            ask = " ".join(f"--regime {one}" for one in found)
            named = ", ".join(found)
            yield f"recorded for this role but not asked by default (looks at {why}): {named}; ask with {ask}"


def counts(findings: tuple[Finding, ...]) -> str:
    """How many findings of each verdict, the worst first."""
    found = report.summary(findings)
    return ", ".join(f"{number} {verdict.replace('_', ' ')}" for verdict, number in found.by_verdict.items() if number)


def _code(findings: tuple[Finding, ...], fail_on: str | None) -> int:
    if fail_on is None:
        return 0
    worst = max((WORST.get(one.verdict, 0) for one in findings), default=0)
    return worst if worst >= WORST[fail_on] else 0
