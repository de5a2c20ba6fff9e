"""`underlabel lists diff` and `lists history`: what editions say differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from underlabel import lists, trace, world
from underlabel.cli import options, show
from underlabel.cli.streams import note
from underlabel.lists import Diff
from underlabel.model import Facts, FactsMissingError, UsageError

_LONGEST: Final = 80


@click.command("diff")
@click.argument("name")
@click.argument("first", type=options.DAY)
@click.argument("second", type=options.DAY)
@options.home
@options.output
def diff(*, name: str, first: date, second: date, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show what list NAME says differently in its edition of one day and of another: added, removed, renamed, changed.

    A day between two editions means the one in force then: the last not after it.
    """
    where = show.target(form, output)
    list_id = lists.resolve(name)
    held = world.editions(world.home(home), list_id)
    found = lists.diff(list_id, _edition(held, first, list_id), _edition(held, second, list_id))
    parts = {what: len(getattr(found, what)) for what in ("added", "removed", "renamed", "changed")}
    note(f"{list_id} {found.from_} → {found.to}: " + ", ".join(f"{count} {what}" for what, count in parts.items()))
    if where.form == "json":
        show.put((msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n",), where)
    else:
        columns = ("what", "id", "name", "detail")
        show.rows(list(_rows(found)), where, f"{list_id}", columns=columns, empty="no difference")
    return 0


@click.command("history")
@click.argument("party")
@options.known_at
@options.home
@options.output
def history(*, party: str, known_at: date | None, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show what became of PARTY (an id or a name) on every list: listed, changed, renamed, ended, with its clocks."""
    where = show.target(form, output)
    facts = world.open_world(world.home(home), known_at=known_at)
    caption, events = trace.history(facts, party)
    rows = [_told(one) if where.form == "table" else msgspec.structs.asdict(one) for one in events]
    columns = trace.Event.__struct_fields__
    show.rows(rows, where, f"{caption} ({facts.label})", columns=columns, empty=f"{caption}: on no list held")
    return 0


@click.command("cited")
@click.argument("citation")
@options.known_at
@options.home
@options.output
def cited(*, citation: str, known_at: date | None, home: Path | None, form: str | None, output: Path | None) -> int:
    """Show the parties that the rule CITATION ("84 FR 54004") listed, by whichever of its pages they cite it."""
    where = show.target(form, output)
    facts = world.open_world(world.home(home), known_at=known_at)
    found = trace.cited(facts, citation)
    if not found.entries:
        raise FactsMissingError(
            f"no entry that is held cites {found.pages[0]}",
            hint="cite the rule's page or the entry's; to load more lists: underlabel lists add FILE --as NAME",
        )
    note(f"{' = '.join(found.pages)}: parties {len(found.parties)}, entries {len(found.entries)}")
    if found.doubted:
        note(f"and {len(found.doubted)} more of which another source of the same list cites another rule ('but …')")
    if where.form == "table":
        show.rows(list(_bodies(found)), where, f"{citation} ({facts.label})")
    else:
        show.rows([msgspec.structs.asdict(one) for one in found.entries], where)
    return 0


def _bodies(found: trace.Cited) -> Iterator[dict[str, str]]:
    """One row for each party and list, with all its sources."""
    groups: dict[tuple[str, str], list[trace.CitedEntry]] = defaultdict(list)
    for one in found.entries:
        groups[one.party, one.list].append(one)
    for (_, listed), entries in groups.items():
        sources = [f"{' '.join(one.pages)} ({_read_in(one.source)})" for one in entries]
        against = [f"but {one.against}" for one in entries if one.against]
        yield {
            "name": entries[0].name,
            "list": listed,
            "since": entries[0].since,
            "cited as": "; ".join((*sources, *against)),
        }


def _read_in(source: str) -> str:
    """The dataset of a source, in words."""
    dataset = source.partition(" ")[0]
    return "starter facts" if dataset.startswith("starter:") else dataset


def _told(event: trace.Event) -> dict[str, str]:
    """An event as a narrow terminal can show it."""
    clocks = [f"{name} {day}" for name in ("announced", "published", "effective") if (day := getattr(event, name))]
    known = f"known {event.known}" if event.known and event.known != event.day else ""
    dataset = _read_in(event.source)
    read = "" if dataset == event.list else f"read in {dataset}"
    detail = "; ".join(filter(None, (", ".join(clocks), known, event.citation, _short(event.text), read)))
    return {"day": event.day, "list": event.list, "event": event.what, "detail": detail}


def _short(text: str) -> str:
    """A text cut between two words; the other forms have it whole."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _edition(held: Mapping[str, tuple[Facts, ...]], day: date, name: str) -> tuple[Facts, ...]:
    in_force = [edition for edition in held if edition <= day.isoformat()]
    if not in_force:
        known = ", ".join(held) or "none"
        raise UsageError(
            f"no edition of {name} of {day} or before is held", hint=f"editions held: {known}; add more with lists add"
        )
    return held[max(in_force)]


def _rows(found: Diff) -> Iterator[dict[str, Any]]:
    for what in ("added", "removed"):
        for one in getattr(found, what):
            yield {"what": what, "id": one.id, "name": one.name, "detail": one.programme}
    for one in found.renamed:
        yield {
            "what": "renamed",
            "id": one.after.id,
            "name": one.after.name,
            "detail": f"was {one.before.name}; {one.why}",
        }
    for change in found.changed:
        for each in change.altered:
            detail = "; ".join(filter(None, (_said("gone", each.gone), _said("new", each.new))))
            yield {"what": f"changed {each.what}", "id": change.entry.id, "name": change.entry.name, "detail": detail}


def _said(word: str, texts: tuple[str, ...]) -> str:
    return f"{word}: {' | '.join(texts)}" if texts else ""
