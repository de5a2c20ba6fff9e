"""Fetch the official files of lists, read them, and use the new editions; what is refused leaves the old one in use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, Literal

import msgspec

from underlabel import fetch, lists, store
from underlabel.lists import ListInfo
from underlabel.model import Dataset, Facts, InputError, UnderlabelError, UsageError
from underlabel.world.adding import add
from underlabel.world.home import Home
from underlabel.world.ruin import refuse
from underlabel.world.settings import ListSettings, Settings, settings

_STATE: Final = "state.json"
Told = Callable[[fetch.Progress], None]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of the last update of a list.

    `files` are the validators of each file as last fetched; `refused` and `hint` say why the last edition
    that was fetched is not in use (empty: it is), `checked_at` when that was.
    """

    files: dict[str, fetch.Validators] = {}
    edition: date | None = None
    refused: str = ""
    hint: str = ""
    checked_at: datetime | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one list: a new edition is in use, nothing changed, or the reason why it is refused."""

    list: str
    outcome: Literal["updated", "unchanged", "refused", "failed"]
    edition: date | None = None
    entries: int = 0
    reason: str = ""
    hint: str = ""


class _Came(msgspec.Struct, frozen=True, kw_only=True):
    outcome: Outcome
    facts: Facts | None = None
    files: dict[str, fetch.Validators] = {}


def state(home: Home, name: str) -> State:
    """What is remembered of the last update of a list; nothing, if there was none."""
    try:
        return msgspec.json.decode((_folder(home, name) / _STATE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError):
        return State()


def update(
    home: Home, names: Sequence[str] = (), *, accept: bool = False, told: Told | None = None, today: date | None = None
) -> tuple[Outcome, ...]:
    """Update the lists named, or all that have an address; each comes, stays or is refused for itself.

    An edition that cannot be fetched or read, or shrank beyond its bound (unless `accept`), leaves the one
    in use as it is; why is remembered for `status`. All that came is built into one snapshot.
    Errors: `UsageError` for a list without an address; `InputError` where the home cannot be written.
    """
    said = settings(home)
    wanted = [_info(name, said) for name in names] or [info for info in lists.known().values() if info.downloads]
    active = home.active()
    held = active.manifest.datasets if active is not None else ()
    day = today or datetime.now(UTC).date()
    came = [_brought(home, info, said, _Asked(held=held, accept=accept, told=told, day=day)) for info in wanted]
    new = [one.facts for one in came if one.facts is not None]
    if new:
        add(home, new, accept=accept)
    for one in came:
        _remember(home, one)
    return tuple(one.outcome for one in came)


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    held: Iterable[Dataset]
    accept: bool
    told: Told | None
    day: date


def _info(name: str, said: Settings) -> ListInfo:
    info = lists.known(readable=False)[lists.resolve(name)]
    if not info.downloads and not said.lists.get(info.id, ListSettings()).instead:
        raise UsageError(
            f"no address is known from which {info.id} can be fetched",
            hint=f"fetch it by hand from {info.url} and use lists add; or name one in config.toml, instead = […]",
        )
    return info


def _brought(home: Home, info: ListInfo, said: Settings, asked: _Asked) -> _Came:
    before = state(home, info.id)
    try:
        files = _fetched(home, info, said, asked)
        if not before.refused and files == before.files:
            return _Came(outcome=Outcome(list=info.id, outcome="unchanged", edition=before.edition), files=files)
    except UnderlabelError as error:
        return _Came(outcome=_not(info.id, "failed", error), files=before.files)
    try:
        facts = refuse(_read(home, info, files, asked), asked.held, accept=asked.accept)
    except UnderlabelError as error:
        return _Came(outcome=_not(info.id, "refused", error), files=files)
    about = facts.dataset
    outcome = Outcome(list=info.id, outcome="updated", edition=about.edition, entries=about.entries)
    return _Came(outcome=outcome, facts=facts, files=files)


def _fetched(home: Home, info: ListInfo, said: Settings, asked: _Asked) -> dict[str, fetch.Validators]:
    """The validators of every file of the list, each fetched if it changed."""
    folder, before = _folder(home, info.id), state(home, info.id).files
    _make(folder)
    bounds = fetch.Bounds(private=said.fetch.private, seconds=said.fetch.seconds, forms=tuple(info.forms))
    found = {}
    for file, addresses in _addresses(info, said.lists.get(info.id, ListSettings()), asked.day):
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
        else:
            yield file, (address.replace("{today}", day.isoformat()), *(_of(base, file) for base in said.mirrors))


def _of(base: str, file: str) -> str:
    return base + file if base.endswith("/") else base


def _read(home: Home, info: ListInfo, files: dict[str, fetch.Validators], asked: _Asked) -> Facts:
    """The facts of the main file; an edition that states no day is of the day its server says, or of today."""
    main = next(iter(files))
    path = _folder(home, info.id) / main
    facts = lists.read(path, info.id, accept_small=asked.accept)
    if facts.dataset.edition is not None:
        return facts
    return lists.read(path, info.id, _changed(files[main]) or asked.day, accept_small=asked.accept)


def _changed(validators: fetch.Validators) -> date | None:
    try:
        return parsedate_to_datetime(validators.last_modified).date()
    except ValueError:
        return None


def _not(name: str, outcome: Literal["refused", "failed"], error: UnderlabelError) -> Outcome:
    return Outcome(list=name, outcome=outcome, reason=str(error), hint=error.hint)


def _remember(home: Home, came: _Came) -> None:
    one = came.outcome
    before = state(home, one.list)
    now = State(
        files=came.files,
        edition=one.edition or before.edition,
        refused=one.reason,
        hint=one.hint,
        checked_at=datetime.now(UTC),
    )
    store.replace(_folder(home, one.list) / _STATE, msgspec.json.format(msgspec.json.encode(now)))


def _folder(home: Home, name: str) -> Path:
    return home.folder / "downloads" / name


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the home folder cannot be written: {error.strerror}",
            where=str(folder),
            hint="check its permissions, or name another with --home",
        ) from error
