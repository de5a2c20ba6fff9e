"""`underlabel lists`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from underlabel import lists, world
from underlabel.cli import adding, editions, options, progress, show, standing
from underlabel.cli.streams import note


@click.group("lists")
def verb() -> None:
    """Update or add official lists; see which are loaded and what changed."""


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
    place = adding.announced(world.home(given.home))
    snapshot = world.add(place, (facts,), activate=not given.no_activate, accept=given.accept)
    adding.told((facts,), snapshot, where, in_use=not given.no_activate)
    return 0


verb.add_command(editions.diff)
verb.add_command(editions.history)
verb.add_command(editions.cited)


@verb.command("update")
@click.argument("names", nargs=-1)
@click.option("--accept", is_flag=True, help="Accept editions far smaller than expected; the manifest says so.")
@options.home
@options.output
def update(*, names: tuple[str, ...], accept: bool, home: Path | None, form: str | None, output: Path | None) -> int:
    """Fetch the official files of the lists NAMES, or of all that have an address, and use what is new.

    An edition that is refused leaves the one in use as it is. Exit code 1 if any was.
    """
    where = show.target(form, output)
    outcomes = world.update(world.home(home), names, accept=accept, told=progress.told)
    for one in outcomes:
        if one.reason:
            note(f"error: {one.list} {one.outcome}: {one.reason}")
            note(f"hint: {one.hint}")
    wide = ("accepted", "reason", "hint")
    show.rows([msgspec.to_builtins(one) for one in outcomes], where, "Updated", wide=wide)
    return int(any(one.reason for one in outcomes))


@verb.command("status")
@options.home
@options.output
def status(*, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show every list: the edition in use, whole or an extract, how old, stale or refused and why, what can be read."""
    where = show.target(form, output)
    place = world.home(home)
    facts = world.open_world(place)
    found = world.status(place, facts)
    title = f"Lists ({facts.label})"
    if where.form == "table":
        shown = show.fitting(standing.rows(found), where, standing.WIDE)
        show.page((show.table(shown, title), "", *standing.remarks(found)), where)
    else:
        show.rows([msgspec.to_builtins(one) for one in found], where, title)
    return 0
