"""A whole inventory traced: the file read, every line asked, and the run it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from underlabel import items, law
from underlabel.model import FactsMissingError, Finding, Inventory, NoInputError, Rejected, Run
from underlabel.trace.ask import Ask
from underlabel.trace.pipeline import run
from underlabel.world import World, tool


class Traced(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of a run, the inventory as it was understood, and what was rejected.

    `stale` says in words which start lists are older than the question allows.
    """

    run: Run
    findings: tuple[Finding, ...]
    inventory: Inventory
    rejected: tuple[Rejected, ...] = ()
    stale: tuple[str, ...] = ()


def inventory(
    path: Path, world: World, ask: Ask, mapping: Mapping[str, str] | None = None, day_column: str = ""
) -> Traced:
    """Trace every line of a file.

    `mapping` says what columns mean where guessing fails, `day_column` names the column with
    each line's own day. Errors: `FactsMissingError` where no start list of any asked regime is loaded;
    those of `items.read` for the file.
    """
    _need_some_list(world, ask)
    reading = items.read(path, mapping, day_column)
    if not reading.items and reading.rejected:
        first = reading.rejected[0]
        raise NoInputError(
            f"no line could be read: all {len(reading.rejected)} were rejected, the first since {first.reason}",
            where=first.where,
            hint=first.hint or "correct the lines named",
        )
    about = _run(reading.inventory, world, ask)
    findings = tuple(msgspec.structs.replace(one, run=about.id) for one in run(reading.items, world, ask))
    return Traced(
        run=about,
        findings=findings,
        inventory=reading.inventory,
        rejected=reading.rejected,
        stale=tuple(_stale(world, ask)),
    )


def _need_some_list(world: World, ask: Ask) -> None:
    needed = {name for regime in ask.regimes for name in law.start_lists(regime)}
    if needed and not any(world.loaded(name) for name in needed) and not world.starts(needed, ask.as_of):
        raise FactsMissingError(
            f"none of the lists these regimes start from is loaded: {', '.join(sorted(needed))}",
            hint="load one: underlabel lists add FILE --as NAME --date DAY",
        )


def _stale(world: World, ask: Ask) -> Iterator[str]:
    if ask.max_age is None:
        return
    for name in sorted({name for regime in ask.regimes for name in law.start_lists(regime)}):
        edition = world.loaded(name)
        if edition is None:
            yield f"{name} is not loaded"
        elif ask.too_old(name, edition.edition, ask.as_of):
            yield f"{name} is of {edition.edition or 'an unknown day'}"


def _run(read: Inventory, world: World, ask: Ask) -> Run:
    """The run's record; its id follows from what was asked of which facts, not from the clock."""
    asked = msgspec.json.encode((world.snapshot.id, world.known_at, read.version, ask), order="sorted")
    return Run(
        id=hashlib.sha256(asked).hexdigest()[:16],
        snapshot=world.snapshot.id,
        facts=world.label,
        role=ask.role,
        regimes=ask.regimes,
        not_asked=tuple(one for one in law.recorded(ask.role) if one not in ask.regimes),
        as_of=ask.as_of,
        known_at=world.known_at,
        inventory=read.file,
        input_version=read.version,
        tool=tool(),
        datasets=world.datasets,
        asked_at=datetime.now(UTC).replace(microsecond=0),
    )
