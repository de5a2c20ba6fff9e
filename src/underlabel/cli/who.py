"""`underlabel who NAME`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from underlabel import trace, world
from underlabel.cli import options, show
from underlabel.model import Day, Dossier, FactsMissingError, Link


@click.command("who")
@click.argument("name")
@click.option("--most", type=click.IntRange(1, 100), default=3, show_default=True, help="How many parties to print.")
@options.known_at
@options.home
@options.output
def verb(
    name: str, *, most: int, known_at: date | None, home: Path | None, form: str | None, output: Path | None
) -> int:
    """Print listings with their clocks, owners, owned, labels and dated claims of a party."""
    facts = world.open_world(world.home(home), known_at=known_at)
    found = trace.who(facts, name, most=most)
    if not found:
        raise FactsMissingError(
            f"no record is held of '{name}'; that is not the same as clear",
            hint="load more lists: underlabel lists add FILE --as NAME --date DAY",
        )
    chosen = form or (None if show.terminal() or output else "jsonl")
    if chosen in {None, "table"} and output is None:
        for dossier in found:
            _print(dossier)
        show.note(f"facts: {facts.label}")
        return 0
    rows: list[dict[str, Any]]
    if chosen == "csv" or (output and output.suffix == ".csv"):
        rows = [row for dossier in found for row in _flat(dossier)]
    else:
        rows = [msgspec.to_builtins(dossier) for dossier in found]
    show.rows(rows, chosen, output)
    return 0


def _print(dossier: Dossier) -> None:
    party = dossier.party
    places = ", ".join(one.upper() for one in party.countries) or "country not known"
    show.table([{"party": party.caption, "id": party.id, "schema": party.schema, "seat": places}])
    others = [name.text for name in party.names[1:]]
    if others:
        show.table([{"also known as": text} for text in others[:12]])
    for title, rows in _sections(dossier):
        show.table(rows, f"\n{title}")


def _sections(dossier: Dossier) -> Iterator[tuple[str, list[dict[str, str]]]]:
    yield (
        "Listings",
        [
            {
                "list": one.list,
                "announced": _day(one.announced),
                "published": _day(one.published),
                "effective": _day(one.effective),
                "until": _day(one.until),
                "citation": one.citation or one.source.text,
            }
            for one in dossier.listings
        ],
    )
    yield "Held by", [_tie(one, one.src, dossier) for one in dossier.owners]
    yield "Holds", [_tie(one, one.dst, dossier) for one in dossier.owned]
    yield "Labels", [_label(one) for one in dossier.labels]
    if dossier.absences:
        yield "Looked for and not listed", [{"list": one.list, "edition": str(one.edition)} for one in dossier.absences]
    yield (
        "What was reported",
        [
            {
                "when": _day(one.day or one.published),
                "outlet": one.outlet,
                "says": f"{one.subject} {one.relation} {one.object}".strip(),
                "quote": one.quote,
            }
            for one in dossier.claims
        ],
    )
    if dossier.records:
        yield "Joined from", [{"record": one.dst, "because": one.evidence} for one in dossier.records]


def _tie(link: Link, other: str, dossier: Dossier) -> dict[str, str]:
    return {
        "party": dossier.captions.get(other, other),
        "tie": link.kind,
        "share": str(link.share) if link.share else "",
        "since": _day(link.since),
        "until": _day(link.until),
        "status": link.status,
        "confidence": link.confidence,
        "source": link.source.text,
    }


def _label(link: Link) -> dict[str, str]:
    scope = link.scope
    return {
        "label": scope.brand if scope else link.src,
        "tie": "made by" if link.kind == "makes" else "brand of",
        "line": scope.line if scope else "",
        "models": " ".join(scope.models) if scope else "",
        "since": _day(link.since),
        "until": _day(link.until),
        "status": link.status,
        "confidence": link.confidence,
        "source": link.source.text,
    }


def _flat(dossier: Dossier) -> Iterator[dict[str, str]]:
    for title, rows in _sections(dossier):
        for row in rows:
            says = "; ".join(f"{name}: {value}" for name, value in row.items() if value)
            yield {"party": dossier.party.caption, "id": dossier.party.id, "section": title, "says": says}


def _day(day: Day | None) -> str:
    return str(day) if day is not None else ""
