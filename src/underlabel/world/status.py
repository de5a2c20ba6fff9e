"""How the lists of a home stand: which editions are in use, how old they are, and what was refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from underlabel import lists
from underlabel.model import Absence, Dataset
from underlabel.world.facts import World
from underlabel.world.home import Home
from underlabel.world.updating import State, state


class ListStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One list: the edition in use and its coverage, all editions held, and whether it is stale, with the reason.

    `coverage` is whole, extract, "absences only" or "not loaded"; `through` the compilation that speaks for the
    list, if it is not its own file; `days` the age of the edition (None: its day is not known), `expected` after
    how many a list is stale (0: never). `checked` is the day of the last update, `confirmed` the last day an
    address gave the edition in use: an old edition that is still the newest is not stale. `refused` says why
    the last update was refused or failed, `accepted` what a user let pass. `forms` are the forms of file
    that can be read, `unproven` those never tried on an official file.
    """

    list: str
    title: str
    coverage: str
    edition: date | None = None
    editions: tuple[str, ...] = ()
    through: str = ""
    records: int | None = None
    entries: int | None = None
    version: str = ""
    days: int | None = None
    expected: int = 0
    checked: date | None = None
    confirmed: date | None = None
    stale: str = ""
    refused: str = ""
    accepted: str = ""
    forms: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()
    url: str = ""


def status(home: Home, world: World, today: date | None = None) -> tuple[ListStatus, ...]:
    """The status of every list that has an id."""
    day = today or datetime.now(UTC).date()
    searched = {one.list for one in world.snapshot.rows(Absence)}
    return tuple(_one(home, world, name, day, searched) for name in sorted(lists.known(readable=False)))


def _one(home: Home, world: World, name: str, day: date, searched: set[str]) -> ListStatus:
    info, last = lists.known(readable=False)[name], state(home, name)
    held = [one for one in world.datasets if (name in one.lists or one.id.partition(":")[0] == name) and one.form]
    used = world.loaded(name) or max(held, key=lambda one: one.edition or date.min, default=None)
    through = "" if used is None or used.id.rpartition("starter:")[2].partition(":")[0] == name else used.id
    age = (day - used.edition).days if used is not None and used.edition is not None else None
    confirmed = _confirmed(home, used)
    refused = _refused(last)
    return ListStatus(
        list=name,
        title=info.title,
        coverage=used.coverage if used else "absences only" if name in searched else "not loaded",
        edition=used.edition if used else None,
        editions=tuple(dict.fromkeys(sorted(str(one.edition or "undated") for one in held))),
        through=through,
        records=used.records if used and not through else None,
        entries=(used.entries or None) if used and not through else None,
        version=used.version if used else "",
        days=age,
        expected=info.days,
        checked=last.checked_at.date() if last.checked_at else None,
        confirmed=confirmed,
        stale="; ".join(filter(None, (_old(used, age, info.days, confirmed, day), refused))),
        refused=refused,
        accepted=used.accepted if used else "",
        forms=tuple(info.forms),
        unproven=info.unproven,
        url=info.url,
    )


def _confirmed(home: Home, used: Dataset | None) -> date | None:
    """The last day on which the address of the list that was read gave the edition in use."""
    if used is None or not used.form:
        return None
    last = state(home, used.id.partition(":")[0])
    return last.confirmed if last.version == used.version else None


def _refused(last: State) -> str:
    if not last.reason:
        return ""
    when = f" of {last.checked_at.date()}" if last.checked_at else ""
    return f"the update{when} {'failed' if last.outcome == 'failed' else 'was refused'}: {last.reason}"


def _old(used: Dataset | None, age: int | None, days: int, confirmed: date | None, today: date) -> str:
    """Why the edition is stale by its age: neither it nor a look at its address is young enough."""
    if used is None or not days or age is None or age <= days:
        return ""
    if confirmed is not None and (today - confirmed).days <= days:
        return ""
    return f"{age} days old, {days} expected"
