"""Delta files: what changed between two editions, line by line; no edition of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from underlabel.lists.readers.ftm import ftm_entities
from underlabel.lists.readers.ftm.ftm_lines import Line
from underlabel.model import InputError

_NAME: Final = re.compile(r"(?P<stem>.+)\.entities\.delta\.json(?:\.gz)?", re.IGNORECASE)


class Applied(msgspec.Struct, frozen=True):
    """One line of a base with a delta applied to it, and what became of it.

    `kept` and `added` lines hold an entity as it is from then on. The others hold none: a line of the base that was
    `replaced` or `deleted`, a `deletion` of the delta (`missed`: of what the base does not hold), a `broken` one with
    its `error`.
    """

    line: Line
    outcome: Literal["kept", "added", "replaced", "deleted", "deletion", "missed", "broken"]
    raw: bytes | msgspec.Raw = b""
    error: InputError | None = None


def apply(base: Iterable[Line], delta: Iterable[Line]) -> Iterator[Applied]:
    """Every line of a base and then of a delta, with what the delta did to it.

    The base is streamed, the delta held in memory. The last change of an id counts; one that changes or
    adds gives the entity whole, whether the base held it or not.
    """
    changes: dict[str, tuple[Line, ftm_entities.Change]] = {}
    others: list[Applied] = []
    for line in delta:
        try:
            change = ftm_entities.change(line)
            name = ftm_entities.id_of(change.entity, line)
        except InputError as error:
            others.append(Applied(line, "broken", error=error))
            continue
        if name in changes:
            others.append(Applied(changes[name][0], "replaced"))
        changes[name] = line, change
    held = set()
    for line in base:
        try:
            name = ftm_entities.id_of(line.raw, line)
        except InputError as error:
            yield Applied(line, "broken", error=error)
            continue
        if name in changes:
            held.add(name)
            yield Applied(line, "deleted" if changes[name][1].op == "DEL" else "replaced")
        else:
            yield Applied(line, "kept", line.raw)
    yield from others
    for name, (line, change) in changes.items():
        if change.op == "DEL":
            yield Applied(line, "deletion" if name in held else "missed")
        else:
            yield Applied(line, "added", change.entity)


def base(path: Path) -> Path | None:
    """The file a delta belongs to, where it stands beside it: `X.entities.ftm.json` for `X.entities.delta.json`."""
    name = _NAME.fullmatch(path.name)
    if name is None:
        return None
    beside = (path.with_name(f"{name['stem']}.entities.ftm.json{end}") for end in ("", ".gz"))
    return next((one for one in beside if one.is_file()), None)
