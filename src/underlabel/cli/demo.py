"""`underlabel demo`: a made-up inventory, three roles, two days, one report each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click

from underlabel import report, trace, world
from underlabel.cli import options, show

INVENTORY: Final = Path(__file__).parent / "demo.csv"
ROLES: Final = ("us_agency", "us_retailer", "exporter")
DAYS: Final = (date(2021, 10, 25), date(2026, 11, 23))


@click.command("demo")
@click.option("--into", type=options.FILE, default=Path("underlabel-demo"), show_default=True, help="Where to write.")
@options.home
def verb(*, into: Path, home: Path | None) -> int:
    """Trace a made-up inventory of 60 lines for three roles on two days: offline, from the starter facts."""
    click.echo(
        "An inventory of 60 lines: cameras, recorders, network gear, lights; some with makers under other names."
    )
    facts = world.open_world(world.home(home))
    held = facts.snapshot.manifest.rows
    click.echo(
        f"Facts: {facts.label}: {held['party']} parties, {held['listing']} listings, {held['link']} links, "
        f"{held['block']} MAC blocks. Nothing is fetched."
    )
    rows = []
    into.mkdir(parents=True, exist_ok=True)
    for role in ROLES:
        for day in DAYS:
            traced = trace.inventory(INVENTORY, facts, trace.ask(role, day))
            target = into / f"{role}-{day}.html"
            report.write(traced.findings, traced.run, target, traced.rejected, traced.inventory.columns)
            report.write(
                traced.findings, traced.run, target.with_suffix(".xlsx"), traced.rejected, traced.inventory.columns
            )
            found = report.summary(traced.findings).by_verdict
            numbers = {verdict: str(number) for verdict, number in found.items()}
            rows.append({"role": role, "as of": str(day), "rules": str(len(traced.run.regimes))} | numbers)
            click.echo(f"{role} on {day}, under {', '.join(traced.run.regimes)}: written {target}")
    show.table(rows, "Findings, one for each line and rule")
    click.echo("not checked: no maker or no recipient is named, or a list is not held whole; it is never 'clear'.")
    click.echo(f"Open {into / 'us_agency-2021-10-25.html'} in a browser; the same findings stand beside it as .xlsx.")
    return 0
