"""`underlabel own`."""

from __future__ import annotations

from pathlib import Path

import click

from underlabel import own, world
from underlabel.cli import options, show
from underlabel.cli.lists import told


@click.group("own")
def verb() -> None:
    """Add ownership tables."""


@verb.command("add")
@click.argument("file", type=options.FILE)
@click.option("--name", default="", help="A name for this table (default: the file's).")
@options.home
def add(file: Path, *, name: str, home: Path | None) -> int:
    """Read an ownership table in plain CSV and use it from now on."""
    facts = own.read(file, f"own:{name}" if name else "")
    snapshot = world.add(world.home(home), (facts,))
    told(facts)
    show.note(f"snapshot {snapshot.id[:12]} in use")
    return 0
