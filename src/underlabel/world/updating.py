"""Fetch the official files of lists, read them, and use the new editions; what is refused leaves the old one in use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from underlabel import fetch, lists, store
from underlabel.lists import ListInfo
from underlabel.model import Dataset, Facts, InputError, UnderlabelError, UsageError
from underlabel.world.adding import add
from underlabel.world.build import starter, tool
from underlabel.world.former import former
from underlabel.world.home import Home
from underlabel.world.ruin import refuse
from underlabel.world.settings import ListSettings, Settings, settings

_STATE: Final = "state.json"
_DOWNLOADS: Final = "downloads"
_TODAY: Final = "{today}"
_BACK: Final = (0, 1, 2, 4)
"""Days before today that an address with a day in it is asked for: what is published daily may lag over a weekend."""
_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
Told = Callable[[fetch.Progress], None]
Became = Literal["updated", "unchanged", "refused", "failed"]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of the updates of a list.

    `files` are the validators of each file as last fetched; `edition`, `version` and `hashes` (of its files) are of
    the edition that came last and was taken, `confirmed` is the last day its official address still gave it: a
    mirror may stand still. `outcome` is that of the last update, at `checked_at`; where it was refused or
    failed, `reason` and `hint` say why.
    """

    files: dict[str, fetch.Validators] = {}
    edition: date | None = None
    version: str = ""
    hashes: dict[str, str] = {}
    confirmed: date | None = None
    outcome: Became | None = None
    reason: str = ""
    hint: str = ""
    checked_at: datetime | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one list: a new edition is in use, nothing changed, or the reason why not."""

    list: str
    outcome: Became
    edition: date | None = None
    entries: int | None = None
    accepted: str = ""
    reason: str = ""
    hint: str = ""


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What all lists of one update share; `held` are the editions in use, as this version of the tool read them."""

    said: Settings
    held: tuple[Dataset, ...]
    current: bool
    accept: bool
    told: Told | None
    day: date

    def holds(self, version: str) -> bool:
        """Whether the edition of this content is in use, read by this version of the tool."""
        return self.current and any(one.version == version for one in self.held)


class _Came(msgspec.Struct, frozen=True, kw_only=True):
    outcome: Outcome
    state: State
    facts: Facts | None = None


def state(home: Home, name: str) -> State:
    """What is remembered of the updates of a list; nothing, if there was none."""
    try:
        return msgspec.json.decode((_folder(home, name) / _STATE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError):
        return State()


def update(
    home: Home, names: Sequence[str] = (), *, accept: bool = False, told: Told | None = None, today: date | None = None
) -> tuple[Outcome, ...]:
    """Update the lists named, or all that have an address; each comes, stays or is refused for itself.

    An edition that cannot be fetched or read, or shrank beyond its bound (unless `accept`), leaves the one
    in use as it is; why is remembered for `status`, and told again until a good one comes. All that came is
    built into one snapshot. One update of a home waits for another.
    Errors: `UsageError` for a list without an address; `InputError` where the settings cannot be read or the
    home cannot be written, or another update takes too long.
    """
    said = settings(home)
    wanted = [_info(name, said) for name in dict.fromkeys(map(lists.resolve, names))] or _all(said)
    with Home(home.folder / _DOWNLOADS).alone():
        active = home.active()
        asked = _Asked(
            said=said,
            held=_held(active),
            current=active is not None and active.manifest.tool == tool(),
            accept=accept,
            told=told,
            day=today or datetime.now(UTC).date(),
        )
        came = [_brought(home, info, asked) for info in wanted]
        new = [one for one in came if one.facts is not None]
        for one in came:
            if one.facts is None:
                _remember(home, one)
        if new:
            if told is not None:
                told(fetch.Progress(url=str(home.folder), note=f"building a snapshot with {len(new)} new editions"))
            add(home, [one.facts for one in new if one.facts is not None], accept=accept)
        for one in new:  # only now: a run that is killed while it builds reads them again
            _remember(home, one)
    return tuple(one.outcome for one in came)


def _held(active: store.Snapshot | None) -> tuple[Dataset, ...]:
    """The editions in use; a snapshot of a former version does not say of them all that it should."""
    if active is None or active.manifest.editions:
        return active.manifest.datasets if active is not None else ()
    package = frozenset(one.dataset.id for one in starter())
    return (*active.manifest.datasets, *(one.dataset for one in former(active, package)))


def _all(said: Settings) -> list[ListInfo]:
    every = lists.known(readable=False)
    return [info for name, info in every.items() if info.downloads or said.of(name).instead]


def _info(name: str, said: Settings) -> ListInfo:
    info = lists.known(readable=False)[name]
    if not info.downloads and not said.of(name).instead:
        raise UsageError(
            f"no address is known from which {name} can be fetched",
            hint=f"fetch it by hand from {info.url} and use lists add; or name one in config.toml: instead = […]",
        )
    return info


def _brought(home: Home, info: ListInfo, asked: _Asked) -> _Came:
    before = msgspec.structs.replace(state(home, info.id), checked_at=datetime.now(UTC))
    try:
        files = _fetched(home, info, asked)
    except UnderlabelError as error:
        return _not(info.id, "failed", before, error)
    fetched = msgspec.structs.replace(before, files=files)
    hashes = {name: one.sha256 for name, one in files.items()}
    if hashes == before.hashes and asked.holds(before.version):
        return _good(info, "unchanged", fetched, asked)
    try:
        facts = refuse(_read(home, info, files, asked), asked.held, accept=asked.accept)
    except UnderlabelError as error:
        return _not(info.id, "refused", fetched, error)
    about = facts.dataset
    taken = msgspec.structs.replace(fetched, edition=about.edition, version=about.version, hashes=hashes)
    if asked.holds(about.version) and any(_same(one, about) for one in asked.held):
        return _good(info, "unchanged", taken, asked)
    return _good(info, "updated", taken, asked, facts)


def _same(held: Dataset, about: Dataset) -> bool:
    return (held.id, held.edition, held.version) == (about.id, about.edition, about.version)


def _good(info: ListInfo, outcome: Became, after: State, asked: _Asked, facts: Facts | None = None) -> _Came:
    about = facts.dataset if facts is not None else next(one for one in asked.held if one.version == after.version)
    told = Outcome(list=info.id, outcome=outcome, edition=about.edition, entries=about.entries, accepted=about.accepted)
    confirmed = asked.day if _official(info, after) else None
    good = msgspec.structs.replace(after, outcome=outcome, reason="", hint="", confirmed=confirmed)
    return _Came(outcome=told, state=good, facts=facts)


def _official(info: ListInfo, after: State) -> bool:
    """Whether every file came from where the list is published."""
    hosts = {urlsplit(address).netloc for address in info.downloads.values()}
    return all(urlsplit(one.url).netloc in hosts for one in after.files.values())


def _not(name: str, outcome: Became, after: State, error: UnderlabelError) -> _Came:
    told = Outcome(list=name, outcome=outcome, edition=after.edition, reason=str(error), hint=error.hint)
    return _Came(
        outcome=told, state=msgspec.structs.replace(after, outcome=outcome, reason=told.reason, hint=told.hint)
    )


def _fetched(home: Home, info: ListInfo, asked: _Asked) -> dict[str, fetch.Validators]:
    """The validators of every file of the list, each fetched if it changed."""
    folder, before = _folder(home, info.id), state(home, info.id).files
    _make(folder)
    said = asked.said.fetch
    bounds = fetch.Bounds(private=said.private, seconds=said.seconds, forms=tuple(info.forms))
    found = {}
    for file, addresses in _addresses(info, asked.said.of(info.id), asked.day):
        into = folder / file
        seen = before.get(file) if _holds(into, before.get(file)) else None
        found[file] = fetch.download(addresses, into, bounds=bounds, seen=seen, told=asked.told).validators
    return found


def _holds(path: Path, seen: fetch.Validators | None) -> bool:
    """Whether a file is still the one fetched last: an update that broke off may have replaced it."""
    if seen is None or not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == seen.sha256


def _addresses(info: ListInfo, said: ListSettings, day: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The files of a list, the main one first, each with its addresses."""
    official = info.downloads or {said.instead[0].rstrip("/").rpartition("/")[2] or "list": ""}
    for file, address in official.items():
        if said.instead:
            yield file, tuple(_of(base, file) for base in said.instead)
            continue
        back = _BACK if _TODAY in address else (0,)
        days = ((day - timedelta(days=one)).isoformat() for one in back)
        yield file, (*(address.replace(_TODAY, one) for one in days), *(_of(base, file) for base in said.mirrors))


def _of(base: str, file: str) -> str:
    return base + file if base.endswith("/") else base


def _read(home: Home, info: ListInfo, files: dict[str, fetch.Validators], asked: _Asked) -> Facts:
    """The facts of the main file.

    One that states no day is of the day in its address, else of the day its server says, else of today.
    """
    main = next(iter(files))
    path = _folder(home, info.id) / main
    facts = lists.read(path, info.id, accept_small=asked.accept)
    if facts.dataset.edition is not None:
        return facts
    day = _named(files[main].url) or _changed(files[main]) or asked.day
    return lists.read(path, info.id, day, accept_small=asked.accept)


def _named(address: str) -> date | None:
    """The day an address carries, if it carries just one."""
    found = set(_DAY.findall(urlsplit(address).path))
    try:
        return date.fromisoformat(found.pop()) if len(found) == 1 else None
    except ValueError:
        return None


def _changed(validators: fetch.Validators) -> date | None:
    try:
        return parsedate_to_datetime(validators.last_modified).date()
    except ValueError:
        return None


def _remember(home: Home, came: _Came) -> None:
    folder = _folder(home, came.outcome.list)
    try:
        store.replace(folder / _STATE, msgspec.json.format(msgspec.json.encode(came.state)))
    except OSError as error:
        raise _unwritable(folder, error) from error


def _folder(home: Home, name: str) -> Path:
    return home.folder / _DOWNLOADS / name


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"the home folder cannot be written: {error.strerror}",
        where=str(folder),
        hint="check its permissions, or name another with --home",
    )
