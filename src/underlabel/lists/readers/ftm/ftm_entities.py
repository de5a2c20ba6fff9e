"""Entities out of lines: decoded, their nested ones taken out, and joined where one id stands on several lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal, TypeVar

import msgspec

from underlabel.lists.readers.ftm import ftm_schemata
from underlabel.lists.readers.ftm.ftm_lines import Line
from underlabel.model import Confidence, Day, Identifier, InputError, LinkKind, Name, Scope, Share, Status

_ENTITY: Final = "an entity is an object with id, schema and properties, each property a list of texts"
_REREAD: Final = "give one entity per line, as JSON in UTF-8"
_UNSET: Final = msgspec.UNSET
_NUL: Final = "\0"

T = TypeVar("T")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What our own writer says beside an entity, of what FollowTheMoney has no word for (`report/ftm.py`).

    A field that is set wins over the properties; one that is not is read from them.
    """

    id: str = ""
    schema: str = ""
    names: tuple[Name, ...] | msgspec.UnsetType = _UNSET
    countries: tuple[str, ...] | msgspec.UnsetType = _UNSET
    addresses: tuple[str, ...] | msgspec.UnsetType = _UNSET
    identifiers: tuple[Identifier, ...] = ()
    since: Day | msgspec.UnsetType | None = _UNSET
    until: Day | msgspec.UnsetType | None = _UNSET
    announced: Day | msgspec.UnsetType | None = _UNSET
    published: Day | msgspec.UnsetType | None = _UNSET
    effective: Day | msgspec.UnsetType | None = _UNSET
    known_from: date | None = None
    known_to: date | None = None
    confidence: Confidence = "high"
    text: str = ""
    url: str | msgspec.UnsetType = _UNSET
    publisher: str | msgspec.UnsetType = _UNSET
    programme: str | msgspec.UnsetType = _UNSET
    citation: str | msgspec.UnsetType = _UNSET
    policy: str | msgspec.UnsetType = _UNSET
    requirement: str | msgspec.UnsetType = _UNSET
    classes: tuple[str, ...] = ()
    reach: str = ""
    kind: LinkKind | msgspec.UnsetType = _UNSET
    share: Share | msgspec.UnsetType | None = _UNSET
    interest: str = ""
    direct: bool = True
    component_of: str = ""
    joint_group: str = ""
    attributed: bool = False
    status: Status = "completed"
    scope: Scope | None = None
    evidence: str = ""
    note: str | msgspec.UnsetType = _UNSET


class Entity(msgspec.Struct, kw_only=True):
    """One entity: its properties as texts in order, each once (an entity nested in it is its id).

    `seen` is the last day its source was read; `said` is None unless our own writer wrote the entity.
    """

    id: str
    schema: str
    where: str
    properties: dict[str, dict[str, None]]
    caption: str = ""
    datasets: list[str] = []
    seen: str = ""
    said: Said | None = None
    unsaid: bool = False

    def all(self, *names: str) -> tuple[str, ...]:
        """The values of some properties in this order, each once, blank ones left out."""
        found = (text for name in names for text in self.properties.get(name, ()))
        return tuple(dict.fromkeys(text for text in found if text.strip()))

    def first(self, name: str) -> str:
        """The first value of a property, or empty."""
        return next(iter(self.all(name)), "")


class _Nested(msgspec.Struct, frozen=True):
    id: str
    schema: str
    properties: dict[str, list[str | dict[str, Any]]] = {}
    caption: str | None = None
    datasets: list[str] = []
    last_seen: str | None = None
    last_change: str | None = None
    underlabel: Any = None


class Change(msgspec.Struct, frozen=True):
    """One line of a delta file: what is done, and the entity as it is from then on (of a deleted one, its id)."""

    op: Literal["ADD", "MOD", "DEL"]
    entity: msgspec.Raw


class Id(msgspec.Struct, frozen=True):
    """The id of an entity, and nothing else of it."""

    id: str


def change(line: Line) -> Change:
    """A line of a delta. Errors: `InputError` for one that is none."""
    return _decoded(line.raw, Change, line)


def id_of(raw: bytes | msgspec.Raw, line: Line) -> str:
    """The id in an entity. Errors: `InputError` where there is none."""
    return _decoded(raw, Id, line).id


def is_delta(line: Line) -> bool:
    """Whether a line is one of a delta file."""
    try:
        return not line.problem and bool(msgspec.json.decode(line.raw, type=Change).op)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def entities(raw: bytes | msgspec.Raw, line: Line) -> Iterator[Entity]:
    """The entity of a line, and then each that is nested in it.

    One nested under the parent's name for it ("sanctions") names its parent where it does not say so itself.
    Errors: `InputError` for what is no entity; none is given then.
    """
    waiting = [_decoded(raw, _Nested, line)]
    found = []
    while waiting:
        one = waiting.pop()
        inside: list[_Nested] = []
        found.append(_entity(one, line, inside))
        waiting.extend(reversed(inside))
    yield from found


def join(held: Entity, other: Entity) -> None:
    """Lend an entity the values, sources and last day of another line with its id."""
    for name, values in other.properties.items():
        held.properties.setdefault(name, {}).update(values)
    if ftm_schemata.is_a(other.schema, held.schema):
        held.schema = other.schema
    held.datasets = list(dict.fromkeys((*held.datasets, *other.datasets)))
    held.caption = held.caption or other.caption
    held.seen = max(held.seen, other.seen)
    held.said = held.said or other.said


def _entity(one: _Nested, line: Line, inside: list[_Nested]) -> Entity:
    if not one.id.strip() or _NUL in one.id:
        raise InputError("the entity has no id", hint=_ENTITY)
    properties: dict[str, dict[str, None]] = {}
    for name, values in one.properties.items():
        kept: dict[str, None] = {}
        for value in values:
            if isinstance(value, dict):
                nested = _nested(value, name, one.id, line)
                inside.append(nested)
                kept[nested.id] = None
            elif _NUL in value:
                raise InputError("a value holds NUL characters", hint=_REREAD)
            else:
                kept[value] = None
        if name in ftm_schemata.READ:
            properties[name] = kept
    said = _said(one.underlabel)
    return Entity(
        id=one.id,
        schema=one.schema,
        where=line.where,
        properties=properties,
        caption=one.caption or "",
        datasets=one.datasets,
        seen=one.last_seen or one.last_change or "",
        said=said,
        unsaid=said is None and one.underlabel is not None,
    )


def _nested(value: dict[str, Any], name: str, parent: str, line: Line) -> _Nested:
    try:
        nested = msgspec.convert(value, _Nested)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InputError(f"not an entity, nested under {name}: {error}", where=line.where, hint=_ENTITY) from error
    back = ftm_schemata.REVERSED.get(name)
    if back and back not in nested.properties:
        return msgspec.structs.replace(nested, properties=nested.properties | {back: [parent]})
    return nested


def _said(value: object) -> Said | None:
    """Our own words beside an entity: a text that holds JSON, so that other tools can carry and merge it."""
    if not isinstance(value, str):
        return None
    try:
        return msgspec.json.decode(value, type=Said)
    except (msgspec.DecodeError, InputError):
        return None


def _decoded(raw: bytes | msgspec.Raw, kind: type[T], line: Line) -> T:
    if line.problem:
        raise InputError(line.problem, hint=_REREAD)
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise InputError(f"not an entity: {error}", hint=_ENTITY) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"not JSON: {error}", hint=_REREAD) from error
