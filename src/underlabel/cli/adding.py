"""What the verbs that add facts say of what they read."""

from __future__ import annotations

from collections.abc import Sequence

from underlabel import store
from underlabel.cli import show
from underlabel.cli.streams import note
from underlabel.model import Facts
from underlabel.world import Home

_FEW = 5
_A_SECOND = 8_000
"""Rows built in a second, on two cores of 2026."""
_LONG = 5


def announced(home: Home) -> Home:
    """Say beforehand that a build will take a while, where the home holds much."""
    active = home.active()
    if active is not None:
        held = active.manifest.rows
        seconds = (sum(held.values()) - held.get("block", 0)) / _A_SECOND
        if seconds >= _LONG:
            editions = len(active.manifest.editions)
            note(f"building a snapshot anew from {editions} editions held: this takes about {seconds:.0f} seconds")
    return home


def told(added: Sequence[Facts], snapshot: store.Snapshot, where: show.Target, *, in_use: bool = True) -> None:
    """Say what each reading gave: a row each as asked, and the notes on stderr."""
    for facts in added:
        held = {name: number for name, number in _counts(facts).items() if number}
        note(f"{facts.dataset.id}: " + ", ".join(f"{number} {what}" for what, number in held.items()))
        for one in facts.rejected[:_FEW]:
            note(f"rejected: {one.where}: {one.reason}")
        if len(facts.rejected) > _FEW:
            note(f"{len(facts.rejected)} rejected in all")
    note(f"snapshot {snapshot.id[:12]} {'in use' if in_use else 'built'}")
    rows = [{"dataset": one.dataset.id, **_counts(one), "snapshot": snapshot.id[:12]} for one in added]
    show.rows([{name: row[name] for name in row if name != "categories"} for row in rows], where, "Added")


def _counts(facts: Facts) -> dict[str, int]:
    return {
        "records": facts.dataset.records,
        "parties": len(facts.parties),
        "listings": len(facts.listings),
        "categories": len(facts.categories),
        "links": len(facts.links),
        "articles": len(facts.articles),
        "rejected": len(facts.rejected),
    }
