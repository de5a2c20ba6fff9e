"""Ownership tables: one row per link, in plain CSV."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, cast, get_args

import msgspec

from underlabel import names
from underlabel.model import (
    WHOLE,
    Confidence,
    Dataset,
    Day,
    Facts,
    InputError,
    Link,
    LinkKind,
    Name,
    NoInputError,
    Party,
    Rejected,
    Share,
    Source,
    Status,
    UnderlabelError,
    parse_day,
    units,
)

COLUMNS: Final = (
    *("id", "owner", "owned", "kind", "interest", "low", "high", "direct", "joint_group", "attributed"),
    *("since", "until", "status", "confidence", "source", "url", "known_from", "note"),
)
NEEDED: Final = ("owner", "owned")
KINDS: Final[Mapping[str, tuple[LinkKind, str]]] = {
    "owns": ("owns", "capital"),
    "shareholding": ("owns", "capital"),
    "joint": ("owns", "capital"),
    "votes": ("votes", "votes"),
    "votingRights": ("votes", "votes"),
    "controls": ("controls", ""),
    "control": ("controls", ""),
    "appoints": ("appoints", "board"),
    "appoints_board_majority": ("appoints", "board"),
    "officer": ("officer", ""),
    "supplies": ("supplies", ""),
}
_CURATED: Final = Path(__file__).parent / "curated" / "links.csv"
_DEPENDABLE: Final = "medium"


def read(path: Path, dataset: str = "") -> Facts:
    """Read a user's ownership table; owners and owned are names, each a Party of this table.

    Columns: `owner` and `owned`, and any of those in `COLUMNS`; `owner_country` and
    `owned_country` (alpha-2) too. Low and high are percentages, both inclusive; blank is
    unknown. A row that cannot be read is Rejected. Errors: `InputError` where no table is found,
    `NoInputError` where it is empty.
    """
    name = dataset or f"own:{path.stem}"
    content = _bytes(path)
    links: list[Link] = []
    rejected: list[Rejected] = []
    parties: dict[str, Party] = {}
    rows = list(_rows(content, path.name))
    seats = _seats(row for _, row in rows)
    for number, row in rows:
        try:
            ends = [_party(row, end, name, f"row {number}", seats) for end in NEEDED]
            link = _link(row, (ends[0].id, ends[1].id), Place(name, content, path.name, number))
        except UnderlabelError as error:
            where = error.where or f"{path.name}:{number}"
            raw = ",".join(row.values())[:200]
            rejected.append(Rejected(reason=error.what, hint=error.hint, where=where, dataset=name, raw=raw))
            continue
        links.append(link)
        parties.update({party.id: party for party in ends})
    if not rows:
        raise NoInputError("the table has no row", where=path.name, hint="add one row per holding under the header")
    return Facts(
        dataset=Dataset(id=name, kind="ownership", title=path.name, version=_digest(content), records=len(rows)),
        parties=tuple(parties.values()),
        links=tuple(links),
        rejected=tuple(rejected),
    )


def curated_facts(path: Path = _CURATED) -> tuple[Facts, ...]:
    """The ownership facts shipped with the package; owners and owned are ids of curated parties.

    Errors: `InputError` naming file, row and column of the first bad row.
    """
    content = _bytes(path)
    dataset = "starter_ownership"
    links = tuple(
        _link(row, (row["owner"], row["owned"]), Place(dataset, content, path.name, number))
        for number, row in _rows(content, path.name)
    )
    about = Dataset(
        id=dataset,
        kind="ownership",
        title="Ownership facts curated by Underlabel",
        version=_digest(content),
        records=len(links),
        coverage="extract",
        publisher="Underlabel",
        licence="CC0-1.0",
    )
    return (Facts(dataset=about, links=links),)


class Place(msgspec.Struct, frozen=True):
    """Where a row stands: its dataset, the file's bytes and name, and its physical row."""

    dataset: str
    content: bytes
    file: str
    row: int

    def at(self, column: str) -> str:
        """The place of one cell."""
        return f"{self.file}:{self.row}:{column}"


def _link(row: Mapping[str, str], ends: tuple[str, str], place: Place) -> Link:
    kind, interest = _kind(row, place)
    if not all(ends):
        raise InputError("an owner or an owned party is missing", where=place.at("owner"), hint="name both ends")
    return Link(
        id=row.get("id") or f"{place.dataset}:{place.row}",
        kind=kind,
        src=ends[0],
        dst=ends[1],
        share=_share(row, place) if kind in {"owns", "votes"} else None,
        interest=row.get("interest") or interest,
        direct=_flag(row, "direct", place, default=True),
        joint_group=row.get("joint_group", ""),
        attributed=_flag(row, "attributed", place, default=False),
        since=_day(row, "since", place),
        until=_day(row, "until", place),
        status=cast("Status", _one_of(row, "status", get_args(Status), "completed", place)),
        confidence=cast("Confidence", _one_of(row, "confidence", get_args(Confidence), _DEPENDABLE, place)),
        known_from=_known(row, place),
        evidence="ownership record",
        note=row.get("note", ""),
        source=Source(
            dataset=place.dataset,
            version=_digest(place.content),
            locator=f"row {place.row}",
            text=row.get("source", "") or place.file,
            url=row.get("url", ""),
        ),
    )


def _kind(row: Mapping[str, str], place: Place) -> tuple[LinkKind, str]:
    stated = row.get("kind") or "owns"
    if stated not in KINDS:
        raise InputError(
            f"'{stated}' is no kind of link", where=place.at("kind"), hint=f"one of: {', '.join(sorted(KINDS))}"
        )
    return KINDS[stated]


def _share(row: Mapping[str, str], place: Place) -> Share:
    low, high = row.get("low", ""), row.get("high", "")
    try:
        return Share(units(low) if low else 0, units(high) if high else WHOLE)
    except InputError as error:
        raise InputError(error.what, where=place.at("low"), hint=error.hint) from error


def _day(row: Mapping[str, str], column: str, place: Place) -> Day | None:
    try:
        return parse_day(row.get(column, ""))
    except InputError as error:
        raise InputError(error.what, where=place.at(column), hint=error.hint) from error


def _known(row: Mapping[str, str], place: Place) -> date | None:
    day = _day(row, "known_from", place)
    return day.latest if day else None


def _flag(row: Mapping[str, str], column: str, place: Place, *, default: bool) -> bool:
    stated = row.get(column, "").lower()
    if not stated:
        return default
    known = {"yes": True, "true": True, "direct": True, "no": False, "false": False, "indirect": False, "n/a": default}
    if stated not in known:
        raise InputError(f"'{stated}' is neither yes nor no", where=place.at(column), hint="write yes or no")
    return known[stated]


def _one_of(row: Mapping[str, str], column: str, allowed: tuple[str, ...], default: str, place: Place) -> str:
    stated = row.get(column) or default
    if stated not in allowed:
        raise InputError(f"'{stated}' is no {column}", where=place.at(column), hint=f"one of: {', '.join(allowed)}")
    return stated


def _seats(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The country of each name that one row states and no other row contradicts."""
    stated: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for end in NEEDED:
            country = row.get(f"{end}_country", "").lower()
            if country:
                stated[names.key(row.get(end, ""))].add(country)
    return {key: countries.pop() for key, countries in stated.items() if len(countries) == 1}


def _party(row: Mapping[str, str], end: str, dataset: str, locator: str, seats: Mapping[str, str]) -> Party:
    """The party at one end of a row; a name without a country takes the one other rows give it."""
    text = row.get(end, "")
    key = names.key(text)
    country = row.get(f"{end}_country", "").lower() or seats.get(key, "")
    return Party(
        id=f"{dataset}:{key}{'@' + country if country else ''}" if key else "",
        schema="LegalEntity",
        names=(Name(text),),
        countries=(country,) if country else (),
        source=Source(dataset=dataset, locator=locator),
    )


def _rows(content: bytes, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the table is not UTF-8 text", where=file, hint="save it as CSV UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise InputError(
            f"no column {' and no column '.join(missing)}",
            where=f"{file}:1",
            hint=f"an ownership table has the columns {', '.join(COLUMNS)}; only owner and owned must be there",
        )
    reader.fieldnames = header
    for row in reader:
        yield reader.line_num, {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}


def _bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NoInputError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check the path and its permissions"
        ) from error
    if not content.strip():
        raise NoInputError("the file is empty", where=str(path), hint="give a table with a header and rows")
    return content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
