"""The JSON shape many US lists are kept in: `list_id, count, entities[]`, one entity per row."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Final

import msgspec

from underlabel.lists import headed, lengths
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened
from underlabel.lists.registry import ListInfo
from underlabel.model import Facts, InputError, Source


class Entry(msgspec.Struct, frozen=True):
    """One row, its fields as written. Errors: `InputError` for one longer than any row of a list."""

    name: Annotated[str, msgspec.Meta(pattern=r"\S")]
    aliases: tuple[str, ...] = ()
    country: str | None = None
    address: str | None = None
    status: str | None = None
    effective_date: str | None = None
    federal_register: str | None = None
    notes: str | None = None

    def __post_init__(self) -> None:
        """Every field is of a length that can be read; `lengths` says which."""
        texts = (self.address, self.status, self.effective_date, self.federal_register, self.notes)
        lengths.check((self.name, *self.aliases, self.country or ""), texts)


class Row(msgspec.Struct, frozen=True):
    """One row in its place: `file` is the file's own name for itself ("bis-dpl")."""

    entry: Entry
    source: Source
    info: ListInfo
    file: str
    where: str


_NO_PARTS: Final[Mapping[str, str]] = MappingProxyType({})
_ENTRY: Final = "an entry is an object with a name, and texts for all else"

Draft = Callable[[Row, Gather], None]
"""Gathers the facts of one row; raises `InputError`, before it gathers any, for a row it cannot read."""


class _Named(msgspec.Struct, frozen=True):
    name: str


class _File(msgspec.Struct, frozen=True):
    list_id: str
    count: int
    entities: list[msgspec.Raw]
    extracted: date | None = None


def read(
    opened: Opened, draft: Draft, *, extract: tuple[str, ...] = (), parts: Mapping[str, str] = _NO_PARTS
) -> tuple[Facts, tuple[Tally, ...]]:
    """Read a file of this shape, row by row.

    `extract` names files that never hold the whole list; `parts` says which part of the list a
    file is, where the list comes in several that do not replace each other. Errors: `InputError` where the file is
    not of the shape, is of another list, or does not hold the rows it counts; a broken row is
    a `Rejected`.
    """
    file = _decode(opened)
    gather = Gather(opened, opened.edition or file.extracted, parts.get(file.list_id, ""))
    outcomes = {"party": 0, "part": 0, "category": 0, "rejected": 0}
    for number, raw in enumerate(file.entities):
        outcomes[_take(raw, number, file.list_id, draft, gather)] += 1
    tally = Tally(
        file=opened.where,
        records=len(file.entities),
        parties=outcomes["party"],
        parts=outcomes["part"],
        categories=outcomes["category"],
        rejected=outcomes["rejected"],
    )
    return gather.facts((tally,), file.list_id, extract=file.list_id in extract), (tally,)


def _take(raw: msgspec.Raw, number: int, file: str, draft: Draft, gather: Gather) -> str:
    where = f"{gather.opened.where}:entities[{number}]"
    before = len(gather.parties), len(gather.categories)
    try:
        entry = msgspec.json.decode(raw, type=Entry)
        citation = " ".join((entry.federal_register or "").split())
        row = Row(entry, gather.source(f"entities[{number}]", citation), gather.opened.info, file, where)
        draft(row, gather)
    except (msgspec.DecodeError, RecursionError) as error:
        gather.reject(f"not an entry of this list: {error}", where=where, hint=_ENTRY, raw=_name(raw))
        return "rejected"
    except InputError as error:
        gather.reject(error.what, where=where, hint=error.hint, raw=_name(raw))
        return "rejected"
    if len(gather.parties) > before[0]:
        return "party"
    return "category" if len(gather.categories) > before[1] else "part"


def _name(raw: msgspec.Raw) -> str:
    """The name in an entry, as far as it can be told: the rest of it may tell of a person."""
    try:
        return msgspec.json.decode(raw, type=_Named).name
    except (msgspec.DecodeError, RecursionError):
        return ""


def _decode(opened: Opened) -> _File:
    headed.check_utf8(opened.content, opened.where)
    try:
        file = msgspec.json.decode(opened.content.removeprefix(codecs.BOM_UTF8), type=_File)
    except msgspec.ValidationError as error:
        raise InputError(
            f"the file is not of the shape list_id, count, entities[]: {error}",
            where=opened.where,
            hint="give the JSON file of the list itself, one entry per row",
        ) from error
    except (msgspec.DecodeError, RecursionError) as error:
        hint = "give the list as a JSON file in UTF-8; is this one whole?"
        raise InputError(f"the file is not JSON: {error}", where=opened.where, hint=hint) from error
    lengths.count(len(file.entities), opened.where)
    if file.list_id not in (*opened.info.files, opened.info.id):
        raise InputError(
            f"the file says it is '{file.list_id}', not {opened.info.id}",
            where=opened.where,
            hint="name the list the file is of",
        )
    if file.count != len(file.entities):
        raise InputError(
            f"the file counts {file.count} entries but holds {len(file.entities)}",
            where=opened.where,
            hint="it was cut off or edited: fetch it again",
        )
    return file
