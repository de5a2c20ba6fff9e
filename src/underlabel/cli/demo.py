"""`underlabel demo`: a made-up inventory, three roles, two days, one report each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from underlabel import report, trace, world
from underlabel.cli import options, show
from underlabel.cli.streams import note, out
from underlabel.model import InputError

INVENTORY: Final = Path(__file__).parent / "demo.csv"
ROLES: Final = ("us_agency", "us_retailer", "exporter")
DAYS: Final = (date(2021, 10, 25), date(2026, 11, 23))


@click.command("demo")
@click.option("--into", type=options.FILE, default=Path("underlabel-demo"), show_default=True, help="Where to write.")
@options.home
@options.output
def verb(*, into: Path, home: Path | None, form: str | None, output: Path | None) -> int:
    """Trace a made-up inventory of 60 lines for three roles on two days: offline, from the starter facts."""
    # A demo is told to a person: a table and its story by default; rows for a program only when asked for.
    where = show.target("table" if output is None and form is None else form, output)
    _folder(into)
    say = _aloud if where == ("table", None) else note
    say("An inventory of 60 lines: cameras, recorders, network gear, lights; some with makers under other names.")
    facts = world.open_world(world.home(home))
    held = facts.snapshot.manifest.rows
    say(
        f"Facts: {facts.label}: {held['party']} parties, {held['listing']} listings, {held['link']} links, "
        f"{held['block']} MAC blocks. Nothing is fetched."
    )
    rows = [_traced(facts, role, day, into, say) for role in ROLES for day in DAYS]
    show.rows(rows, where, "Findings, one for each line and rule")
    say("not checked: no maker or no recipient is named, or a list is not held whole; it is never 'clear'.")
    say(f"Open {into / 'us_agency-2021-10-25.html'} in a browser; the same findings stand beside it as .xlsx.")
    return 0


def _traced(facts: world.World, role: str, day: date, into: Path, say: Callable[[str], None]) -> dict[str, Any]:
    traced = trace.inventory(INVENTORY, facts, trace.ask(role, day))
    target = into / f"{role}-{day}.html"
    for path in (target, target.with_suffix(".xlsx")):
        report.write(traced.findings, traced.run, path, traced.rejected, traced.inventory.columns)
    say(f"{role} on {day}, under {', '.join(traced.run.regimes)}: written {target}")
    found = report.summary(traced.findings).by_verdict
    asked = {"role": role, "as_of": str(day), "rules": len(traced.run.regimes)}
    return asked | {str(one): number for one, number in found.items()}


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made: {error.strerror}", where=str(path), hint="name another folder with --into"
        ) from error


def _aloud(text: str) -> None:
    out((f"{text}\n",))
