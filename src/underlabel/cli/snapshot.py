"""`underlabel snapshot`."""

from __future__ import annotations

from pathlib import Path

import click

from underlabel import world
from underlabel.cli import options, show
from underlabel.cli.streams import note


@click.group("snapshot")
def verb() -> None:
    """See, check, choose, export and clear away snapshots."""


@verb.command("list")
@options.home
@options.output
def listed(*, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show every snapshot, the newest first."""
    where = show.target(form, output)
    place = world.home(home)
    in_use = place.named()
    found = [
        {
            "snapshot": one.id,
            "in_use": one.id == in_use,
            "built_at": one.manifest.built_at.strftime("%Y-%m-%d %H:%M UTC") if one.manifest.built_at else "",
            "editions": len(one.manifest.editions),
            "parties": one.manifest.rows.get("party", 0),
            "listings": one.manifest.rows.get("listing", 0),
            "tool": one.manifest.tool,
        }
        for one in world.snapshots(place)
    ]
    if where.form == "table":
        found = [row | {"snapshot": str(row["snapshot"])[:12]} for row in found]
    columns = ("snapshot", "in_use", "built_at", "editions", "parties", "listings", "tool")
    empty = "no snapshots: this home uses the starter facts"
    show.rows(found, where, "Snapshots", columns=columns, empty=empty, wide=("tool",))
    return 0


@verb.command("verify")
@click.argument("name", required=False, default="")
@options.home
@options.output
def verify(*, name: str, home: Path | None, form: str | None, output: Path | None) -> int:
    """Check that the rows of a snapshot (that in use, or NAME) give its id, and that nothing derived was changed."""
    where = show.target(form, output)
    found = world.verify(world.home(home), name)
    note(f"snapshot {found.id[:12]}: {sum(found.rows.values())} rows and {found.derived} derived files as written")
    show.rows([{"snapshot": found.id, **found.rows, "derived": found.derived}], where, "Verified")
    return 0


@verb.command("use")
@click.argument("name")
@options.home
@options.output
def use(*, name: str, home: Path | None, form: str | None, output: Path | None) -> int:
    """Use the snapshot whose id begins with NAME from now on."""
    where = show.target(form, output)
    found = world.use(world.home(home), name)
    note(f"snapshot {found.id[:12]} in use")
    show.rows([{"snapshot": found.id}], where, "In use")
    return 0


@verb.command("export")
@click.argument("name", required=False, default="")
@click.option("-o", "--output", type=options.FILE, required=True, help="The tar file to write: NAME.tar.gz.")
@options.home
def export(*, name: str, output: Path, home: Path | None) -> int:
    """Write a snapshot with the editions it was built from as one file, for another home."""
    found = world.export(world.home(home), output, name)
    note(f"snapshot {found.id[:12]} written to {output}")
    note(f"unpack it in the folder of another home, then: underlabel snapshot use {found.id[:12]}")
    return 0


@verb.command("gc")
@click.option("--keep", type=click.IntRange(min=0), default=5, show_default=True, help="How many of the newest stay.")
@options.home
@options.output
def gc(*, keep: int, home: Path | None, form: str | None, output: Path | None) -> int:
    """Remove old snapshots, and editions that none of those left rests on; never the one in use."""
    where = show.target(form, output)
    gone = world.gc(world.home(home), keep)
    note(f"{len(gone.snapshots)} snapshots and {len(gone.editions)} editions removed, {gone.bytes / 1e6:.1f} MB")
    rows = [{"removed": "snapshot", "name": one} for one in gone.snapshots]
    rows += [{"removed": "edition", "name": one} for one in gone.editions]
    show.rows(rows, where, "Removed", columns=("removed", "name"), empty="nothing to remove")
    return 0
