"""`underlabel own`."""

from __future__ import annotations

from pathlib import Path

import click

from underlabel import own, world
from underlabel.cli import adding, options, show


@click.group("own")
def verb() -> None:
    """Add ownership tables."""


@verb.command("add")
@click.argument("file", type=options.READ)
@click.option("--name", default="", help="A name for this table (default: the file's).")
@options.home
@options.output
def add(file: Path, *, name: str, home: Path | None, form: str | None, output: Path | None) -> int:
    """Read an ownership table in plain CSV and use it from now on."""
    where = show.target(form, output, (file,))
    facts = own.read(file, f"own:{name}" if name else "")
    adding.told((facts,), world.add(adding.announced(world.home(home)), (facts,)), where)
    return 0
