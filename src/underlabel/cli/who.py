"""`underlabel who NAME`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import click
import msgspec
from rich.console import RenderableType

from underlabel import report, trace, world
from underlabel.cli import options, show
from underlabel.cli.streams import note
from underlabel.model import Day, Dossier, FactsMissingError, Link, UsageError

_NAMES: Final = 12
_TIES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Held by": {
        "owns": ("{share} held by", ""),
        "votes": ("{share} of the votes held by", ""),
        "controls": ("is reported as a subsidiary or controlled company of", ""),
        "appoints": ("has its board appointed by", ""),
        "officer": ("has as an officer", ""),
        "supplies": ("is supplied by", ""),
    },
    "Holds": {
        "owns": ("holds {share} of", ""),
        "votes": ("holds {share} of the votes of", ""),
        "controls": ("", "is reported as its subsidiary or controlled company"),
        "appoints": ("appoints the board of", ""),
        "officer": ("is an officer of", ""),
        "supplies": ("supplies", ""),
    },
}


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
    if not name.strip():
        raise UsageError("the name is empty", hint="underlabel who 'Lorex'")
    where = show.target(form, output)
    facts = world.open_world(world.home(home), known_at=known_at)
    found = trace.who(facts, name, most=most)
    if not found:
        raise FactsMissingError(
            f"no record is held of '{name}'; that is not the same as clear",
            hint="load more lists: underlabel lists add FILE --as NAME --date DAY",
        )
    if where.form == "table":
        show.page((part for dossier in found for part in _page(dossier)), where)
        note(f"facts: {facts.label}")
    elif where.form == "csv":
        show.rows([row for dossier in found for row in _flat(dossier)], where)
    else:
        show.rows([msgspec.to_builtins(dossier) for dossier in found], where)
    return 0


def _page(dossier: Dossier) -> Iterator[RenderableType]:
    party = dossier.party
    places = ", ".join(one.upper() for one in party.countries) or "country not known"
    yield show.table([{"party": party.caption, "id": party.id, "schema": party.schema, "seat": places}])
    others = [name.text for name in party.names[1:]]
    if others:
        yield show.table([{"also known as": text} for text in others[:_NAMES]])
    if len(others) > _NAMES:
        yield f"… and {len(others) - _NAMES} more names"
    for title, rows in _sections(dossier):
        yield show.table(_narrow(title, rows), f"\n{title}")
    yield ""


def _narrow(title: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of a section as a narrow terminal can show them: ties as sentences, no column without a word."""
    if title in {"Held by", "Holds", "Labels"}:
        return [{"tie": _sentence(title, row), "source": row["source"]} for row in rows]
    if title == "What was reported":
        return [{"when": row["when"], "reported": _reported(row)} for row in rows]
    filled = {name for row in rows for name, value in row.items() if value}
    return [{name: value for name, value in row.items() if name in filled} for row in rows]


def _sentence(title: str, row: dict[str, str]) -> str:
    """A tie in words that say no more than the record does."""
    if title == "Labels":
        of = " ".join(part for part in (row["line"], row["models"]) if part)
        verb = "is a brand" if row["tie"] == "brand of" else "is said to be made here"
        text = f"{row['label']}{f' ({of})' if of else ''} {verb}"
    else:
        before, after = _TIES[title].get(row["tie"], ("is tied to", ""))
        share = row["share"] or "share unknown"
        text = f"{before.format(share=share)} {row['party']} {after}".strip()
    days = [f"{word} {row[word]}" for word in ("since", "until") if row[word]]
    doubted = f"{row['status']}: " if row["status"] != "completed" else ""
    return f"{doubted}{', '.join((text, *days))} ({row['confidence']} confidence)"


def _reported(row: dict[str, str]) -> str:
    said = "" if row["says"].startswith(row["outlet"]) else row["says"]
    quote = f"“{row['quote']}”" if row["quote"] else ""
    return f"{row['outlet'] or 'outlet not stated'}: {'. '.join(part for part in (said or row['says'], quote) if part)}"


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
                "says": report.said(one),
                "quote": one.quote,
            }
            for one in dossier.claims
        ],
    )
    if dossier.linked:
        yield "Linked by a list, which says no more", [_linked(one, dossier) for one in dossier.linked]
    joined = _joined(dossier)
    if joined:
        yield "Joined from", [{"record": record, "because": why} for record, why in joined.items()]


def _joined(dossier: Dossier) -> dict[str, str]:
    """Every record the party is joined from, once, with the first reason."""
    joined: dict[str, str] = {}
    for link in (one for one in dossier.records if one.status != "refuted"):
        for record in (link.dst, link.src):
            if record != dossier.party.id:
                joined.setdefault(record, link.evidence)
    return joined


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


def _linked(link: Link, dossier: Dossier) -> dict[str, str]:
    said, about = (dossier.captions.get(end, end) for end in (link.dst, link.src))
    return {"entry": said, "is linked to": about, "list": link.source.dataset, "until": _day(link.until)}


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
