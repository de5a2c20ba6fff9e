"""`underlabel joins`."""

from __future__ import annotations

from pathlib import Path

import click

from underlabel import trace, world
from underlabel.cli import adding, options, show
from underlabel.cli.streams import note


@click.group("joins")
def verb() -> None:
    """See which records of different lists are taken for one body, and why; undo a join."""


@verb.command("list")
@click.argument("party", required=False)
@options.home
@options.output
def listed(*, party: str | None, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show the joins, all or those of PARTY (an id or a name), with those that were undone."""
    where = show.target(form, output)
    facts = world.open_world(world.home(home))
    wanted = {one.party.id for one in trace.who(facts, party, most=1)} if party else set()
    found = [
        {
            "one": link.src,
            "other": link.dst,
            "state": "undone" if link.status == "refuted" else "joined",
            "why": link.evidence,
        }
        for link in facts.joins
        if not party or wanted & {facts.one(link.src), facts.one(link.dst)}
    ]
    show.rows(found, where, "Joins", columns=("one", "other", "state", "why"), empty="no joins")
    return 0


@verb.command("undo")
@click.argument("one")
@click.argument("other")
@click.option("--why", required=True, help="Why the two records are two bodies; kept with the facts.")
@options.home
@options.output
def undo(*, one: str, other: str, why: str, home: Path | None, form: str | None, output: Path | None) -> int:
    """Take the records ONE and OTHER for two bodies from now on."""
    where = show.target(form, output)
    snapshot = world.part(adding.announced(world.home(home)), one, other, why)
    note(f"{one} and {other} stand apart; snapshot {snapshot.id[:12]} in use")
    show.rows([{"one": one, "other": other, "state": "undone", "why": why}], where, "Undone")
    return 0


@verb.command("redo")
@click.argument("one")
@click.argument("other")
@options.home
@options.output
def redo(*, one: str, other: str, home: Path | None, form: str | None, output: Path | None) -> int:
    """Take back what `undo` did."""
    where = show.target(form, output)
    snapshot = world.rejoin(adding.announced(world.home(home)), one, other)
    note(f"{one} and {other} are joined as the facts say; snapshot {snapshot.id[:12]} in use")
    show.rows([{"one": one, "other": other, "state": "as the facts say"}], where, "Taken back")
    return 0
