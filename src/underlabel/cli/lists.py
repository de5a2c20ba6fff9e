"""`underlabel lists`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from underlabel import lists, world
from underlabel.cli import adding, editions, options, show
from underlabel.model import Absence


@click.group("lists")
def verb() -> None:
    """Add official lists; see which are loaded."""


class Adding(msgspec.Struct, frozen=True, kw_only=True):
    """The options of `lists add` as given."""

    file: Path
    name: str
    edition: date | None
    accept: bool
    no_activate: bool
    home: Path | None
    form: str | None
    output: Path | None


@verb.command("add")
@click.argument("file", type=options.READ)
@click.option("--as", "name", required=True, help="The list's id: us_bis_entity_list, us_ofac_sdn …")
@click.option("--date", "edition", type=options.DAY, help="The day of this edition.")
@click.option("--accept", is_flag=True, help="Accept an edition far smaller than expected.")
@click.option("--no-activate", is_flag=True, help="Build the snapshot, but go on using the one in use.")
@options.home
@options.output
def add(**stated: Any) -> int:  # noqa: ANN401 - click gives every option by name
    """Read a list's official file, build a snapshot with it, and use it from now on."""
    given = Adding(**stated)
    where = show.target(given.form, given.output, (given.file,))
    facts = lists.read(given.file, lists.resolve(given.name), given.edition, accept_small=given.accept)
    snapshot = world.add(world.home(given.home), (facts,), activate=not given.no_activate, accept=given.accept)
    adding.told((facts,), snapshot, where, in_use=not given.no_activate)
    return 0


verb.add_command(editions.diff)
verb.add_command(editions.history)


@verb.command("status")
@options.home
@options.output
def status(*, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show every list: its edition in use, whole or an extract, and where it is published."""
    where = show.target(form, output)
    facts = world.open_world(world.home(home))
    searched = {one.list for one in facts.snapshot.rows(Absence)}
    rows = []
    for name, info in sorted(lists.known(readable=False).items()):
        edition = facts.loaded(name)
        coverage = "absences only" if name in searched else "not loaded"
        rows.append(
            {
                "list": name,
                "edition": str(edition.edition or "unknown") if edition else "",
                "coverage": edition.coverage if edition else coverage,
                "records": edition.records if edition else None,
                "reader": ", ".join(info.forms) or "not yet",
                "url": info.url,
                "title": info.title,
            }
        )
    show.rows(rows, where, f"Lists ({facts.label})", wide=("url",))
    return 0
