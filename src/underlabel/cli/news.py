"""`underlabel news`."""

from __future__ import annotations

from pathlib import Path

import click

from underlabel import news, world
from underlabel.cli import options, show
from underlabel.cli.lists import told


@click.group("news")
def verb() -> None:
    """Add pages that report on companies."""


@verb.command("add")
@click.argument("files", type=options.FILE, nargs=-1, required=True)
@options.home
def add(files: tuple[Path, ...], *, home: Path | None) -> int:
    """Read saved pages or JSON Lines of articles and quote them on findings from now on."""
    facts = tuple(news.read(file) for file in files)
    snapshot = world.add(world.home(home), facts)
    for one in facts:
        told(one)
    show.note(f"snapshot {snapshot.id[:12]} in use")
    return 0
