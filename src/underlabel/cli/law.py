"""`underlabel law`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from underlabel import law
from underlabel.cli import options, show
from underlabel.model import Ruling


@click.group("law")
def verb() -> None:
    """See the regimes and what follows for a role."""


@verb.command("on")
@click.argument("day", type=options.DAY)
@options.output
def on(day: date, *, form: str | None, output: Path | None) -> int:
    """Show every regime on a day: its status, whom it reaches, and on whose word."""
    where = show.target(form, output)
    show.rows([_row(law.on(regime, day)) for regime in law.regimes()], where, f"Regimes on {day}")
    return 0


@verb.command("show")
@click.argument("regime")
@click.option("--as-of", "day", type=options.DAY, help="The day asked (default: today).")
@options.output
def show_one(regime: str, *, day: date | None, form: str | None, output: Path | None) -> int:
    """Show what follows from a regime for each role on a day."""
    where = show.target(form, output)
    asked = day or date.today()  # noqa: DTZ011 - the user's day
    rows = []
    for role in law.roles():
        follows = law.consequence(regime, role, asked)
        rows.append(
            {
                "role": role,
                "level": follows.level,
                "looks_at": follows.looks_at,
                "text": follows.text,
                "citation": follows.citation,
            }
        )
    show.rows(rows, where, f"{law.on(regime, asked).title} on {asked}")
    return 0


def _row(ruling: Ruling) -> dict[str, str]:
    return {
        "regime": ruling.regime,
        "title": ruling.title,
        "status": ruling.status,
        "reaches": ruling.test.says,
        "starts_from": " ".join(ruling.test.lists),
        "citation": ruling.citation,
    }
