"""OFAC's own CSV files: a main file and, beside it by name, its aliases, addresses and comments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import msgspec

from underlabel.lists import places, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened, digest, unpack
from underlabel.lists.readers import ofac_lines, remarks
from underlabel.lists.readers.ofac_lines import Record
from underlabel.model import Facts, Identifier, InputError, Name, NoInputError, Party

_SIBLINGS: Final = {
    "us_ofac_sdn": ("sdn", {"alt": "alt", "add": "add", "comments": "sdn_comments"}),
    "us_ofac_cons": ("cons_prim", {"alt": "cons_alt", "add": "cons_add", "comments": "cons_comments"}),
}
_WIDTHS: Final = {"main": 12, "alt": 5, "add": 6, "comments": 2}
_SCHEMAS: Final = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "LegalEntity"}
_KINDS: Final = {"aka": "alias", "fka": "previous", "nka": "alias"}
_FULL: Final = 990
"""Remarks are cut at 1,000 characters and go on in the comments file: shorter ones were not cut."""


class _Main(msgspec.Struct, frozen=True):
    """The columns of sdn.csv and cons_prim.csv."""

    number: str
    name: str
    type: str
    programme: str
    title: str
    call_sign: str
    vessel_type: str
    tonnage: str
    gross_tonnage: str
    flag: str
    owner: str
    remarks: str


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the SDN list or the consolidated non-SDN list in OFAC's CSV form.

    Siblings are found by name beside the main file ("alt.csv" for "sdn.csv", "alt-D.csv.gz" for
    "sdn-D.csv.gz"); without them the main file is read alone. The files state no day of listing,
    so a listing began on some day between the list's first and this edition's. A person's date
    of birth, passport and like numbers are not kept; nor are "Linked To" remarks, which are no
    holding. Every record of every file is told for in the tallies.
    """
    files = _files(opened)
    opened = msgspec.structs.replace(opened, version=digest(*(content for _, content in files.values())))
    gather = Gather(opened, opened.edition)
    read_files = {
        part: ofac_lines.read(content, path.name, _WIDTHS[part], gather) for part, (path, content) in files.items()
    }
    _check_main(read_files["main"], opened)
    comments = {record.fields[0]: record for record in read_files["comments"].records} if "comments" in files else {}
    used, tally = _parties(read_files["main"], comments, gather)
    sums = [tally]
    sums += [_parts(read_files[part], part, gather) for part in ("alt", "add") if part in read_files]
    if "comments" in read_files:
        sums.append(_comments(read_files["comments"], used, gather))
    return gather.facts(sums), tuple(sums)


def _files(opened: Opened) -> dict[str, tuple[Path, bytes]]:
    main, siblings = _SIBLINGS[opened.info.id]
    files = {"main": (opened.path, opened.content)}
    name = re.fullmatch(rf"{main}(?P<rest>(?:[-_.]?\d[\d-]*)?\.csv)(?:\.gz)?", opened.path.name, re.IGNORECASE)
    if name is None:
        return files
    beside = {path.name.casefold(): path for path in sorted(opened.path.parent.iterdir())}
    for part, stem in siblings.items():
        for wanted in (f"{stem}{name['rest']}", f"{stem}{name['rest']}.gz"):
            path = beside.get(wanted.casefold())
            if path is not None:
                files.setdefault(part, (path, unpack(path)))
    return files


def _check_main(lines: ofac_lines.Lines, opened: Opened) -> None:
    if not lines.records and not lines.rejected:
        raise NoInputError("the file holds no record", where=opened.where, hint="fetch the file again")
    if lines.rejected > len(lines.records):
        raise InputError(
            "most lines do not have the 12 columns of OFAC's main file",
            where=opened.where,
            hint="give sdn.csv or cons_prim.csv; aliases and addresses are found beside it",
        )


def _parties(lines: ofac_lines.Lines, comments: dict[str, Record], gather: Gather) -> tuple[set[str], Tally]:
    used: set[str] = set()
    rejected = lines.rejected
    for record in lines.records:
        row = _Main(*record.fields)
        comment = comments.get(row.number)
        if comment is not None and _continues(row.remarks):
            row = msgspec.structs.replace(row, remarks=row.remarks + comment.fields[1])
            used.add(row.number)
        try:
            _entry(row, record, gather)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=record.where, hint=error.hint, raw=record.raw)
    parties = len(gather.parties)
    return used, lines.tally(parties=parties, rejected=rejected)


def _continues(text: str) -> bool:
    return len(text) >= _FULL


def _entry(row: _Main, record: Record, gather: Gather) -> None:
    if not row.number.isdigit() or not row.name:
        raise InputError(
            "a record without a number or a name", hint="look at the line: OFAC writes number and name first"
        )
    if row.type.casefold() not in _SCHEMAS:
        raise InputError(f"'{row.type}' is no type of this list", hint="types are individual, vessel, aircraft, -0-")
    schema = _SCHEMAS[row.type.casefold()]
    id_ = f"{gather.opened.info.id}:{row.number}"
    if id_ in gather.parties:
        raise InputError(f"the number {row.number} is used twice", hint="the first record of it is kept")
    source = gather.source(f"{record.file} line {record.line}")
    numbers = (Identifier("ofac-uid", row.number), *remarks.identifiers(row.remarks, schema))
    if row.call_sign and schema == "Vessel":
        numbers += (Identifier("call-sign", row.call_sign),)
    party = Party(
        id=id_,
        source=source,
        schema=schema,
        names=wording.distinct((Name(row.name), *remarks.weak_names(row.remarks))),
        countries=_countries(row, schema, record, gather),
        identifiers=numbers,
    )
    gather.party(party)
    programme = "; ".join(part.strip() for part in re.split(r"\]\s*\[", row.programme) if part.strip())
    gather.listing(party, Clock(since=gather.undated()), Terms(programme=programme), source)


def _countries(row: _Main, schema: str, record: Record, gather: Gather) -> tuple[str, ...]:
    if schema == "Person":
        return remarks.nationalities(row.remarks)
    return _code(row.flag, record, gather) if schema == "Vessel" else ()


def _code(label: str, record: Record, gather: Gather) -> tuple[str, ...]:
    code = places.country(label) if label else ""
    if code is None:
        hint = "the entry is kept, without this country"
        gather.reject(f"the country '{label}' is not understood", where=record.where, hint=hint, raw=record.raw)
    return (code,) if code else ()


def _parts(lines: ofac_lines.Lines, part: str, gather: Gather) -> Tally:
    """Aliases or addresses, each lent to the party of its number."""
    rejected, parts = lines.rejected, 0
    for record in lines.records:
        number = record.fields[0]
        party = gather.parties.get(f"{gather.opened.info.id}:{number}")
        if party is None:
            rejected += 1
            _orphan(record, gather)
            continue
        parts += 1
        if part == "alt":
            kind = _KINDS.get(record.fields[2].casefold(), "alias")
            name = Name(record.fields[3], "previous" if kind == "previous" else "alias")
            gather.party(msgspec.structs.replace(party, names=(name,) if name.text else ()))
        else:
            _, _, street, town, country, _ = record.fields
            written = ", ".join(filter(None, (street, town, country)))
            # A land alone is a seat, no address to compare with.
            gather.party(
                msgspec.structs.replace(
                    party,
                    addresses=(written,) if street or town else (),
                    countries=_code(country, record, gather) if party.schema == "LegalEntity" else (),
                )
            )
    return lines.tally(parts=parts, rejected=rejected)


def _comments(lines: ofac_lines.Lines, used: set[str], gather: Gather) -> Tally:
    rejected, parts = lines.rejected, 0
    seen: set[str] = set()
    for record in lines.records:
        number = record.fields[0]
        if number in used and number not in seen:
            parts += 1
        elif f"{gather.opened.info.id}:{number}" not in gather.parties:
            rejected += 1
            _orphan(record, gather)
        else:
            rejected += 1
            hint = "is the comments file of the same edition?"
            gather.reject("this comment goes on from no remark", where=record.where, hint=hint, raw=record.raw)
        seen.add(number)
    return lines.tally(parts=parts, rejected=rejected)


def _orphan(record: Record, gather: Gather) -> None:
    gather.reject(
        f"no entry has the number {record.fields[0]}",
        where=record.where,
        hint="is this file of the same edition as the main file?",
        raw=record.raw,
    )
