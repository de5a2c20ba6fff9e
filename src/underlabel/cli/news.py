"""`underlabel news`."""

from __future__ import annotations

from pathlib import Path

import click

from underlabel import news, world
from underlabel.cli import adding, options, show


@click.group("news")
def verb() -> None:
    """Add pages that report on companies."""


@verb.command("add")
@click.argument("files", type=options.READ, nargs=-1, required=True)
@options.home
@options.output
def add(files: tuple[Path, ...], *, home: Path | None, form: str | None, output: Path | None) -> int:
    """Read saved pages or JSON Lines of articles and quote them on findings from now on."""
    where = show.target(form, output, files)
    facts = tuple(news.read(file) for file in files)
    adding.told(facts, world.add(adding.announced(world.home(home)), facts), where)
    return 0
