"""`underlabel lists`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from underlabel import lists, world
from underlabel.cli import options, show
from underlabel.model import Facts


@click.group("lists")
def verb() -> None:
    """Add official lists; see which are loaded."""


@verb.command("add")
@click.argument("file", type=options.FILE)
@click.option("--as", "name", required=True, help="The list's id: us_bis_entity_list, us_ofac_sdn …")
@click.option("--date", "edition", type=options.DAY, help="The day of this edition.")
@click.option("--accept", is_flag=True, help="Accept an edition far smaller than expected.")
@click.option("--no-activate", is_flag=True, help="Build the snapshot, but go on using the one in use.")
@options.home
def add(file: Path, name: str, edition: date | None, *, accept: bool, no_activate: bool, home: Path | None) -> int:
    """Read a list's official file, build a snapshot with it, and use it from now on."""
    facts = lists.read(file, lists.resolve(name), edition, accept_small=accept)
    snapshot = world.add(world.home(home), (facts,), activate=not no_activate)
    told(facts)
    show.note(f"snapshot {snapshot.id[:12]} {'built' if no_activate else 'in use'}")
    return 0


@verb.command("status")
@options.home
@options.output
def status(*, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show every list: its edition in use, whole or an extract, and where it is published."""
    facts = world.open_world(world.home(home))
    rows = []
    for name, info in sorted(lists.known(readable=False).items()):
        edition = facts.loaded(name)
        rows.append(
            {
                "list": name,
                "edition": str(edition.edition or "unknown") if edition else "",
                "coverage": edition.coverage if edition else "not loaded",
                "records": str(edition.records) if edition else "",
                "reader": "yes" if info.reader else "not yet",
                "title": info.title,
            }
        )
    show.rows(rows, form, output, f"Lists ({facts.label})")
    return 0


def told(facts: Facts) -> None:
    """Say what a reading gave."""
    held = {
        "records": facts.dataset.records,
        "parties": len(facts.parties),
        "listings": len(facts.listings),
        "categories": len(facts.categories),
        "links": len(facts.links),
        "articles": len(facts.articles),
        "rejected": len(facts.rejected),
    }
    show.note(f"{facts.dataset.id}: " + ", ".join(f"{number} {what}" for what, number in held.items() if number))
    for one in facts.rejected[:5]:
        show.note(f"rejected: {one.where}: {one.reason}")
