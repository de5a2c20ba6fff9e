"""OFAC's own CSV files: a main file and, beside it by name, its aliases, addresses and comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened, digest, unpack
from underlabel.lists.readers.ofac import ofac_entry, ofac_lines, ofac_linked, ofac_programmes, remarks
from underlabel.lists.readers.ofac.ofac_entry import Address, Entry
from underlabel.lists.readers.ofac.ofac_lines import Lines, Record
from underlabel.lists.readers.ofac.ofac_linked import Tie
from underlabel.model import Facts, InputError, Name, NoInputError

_SIBLINGS: Final = {
    "us_ofac_sdn": ("sdn", {"alt": "alt", "add": "add", "comments": "sdn_comments"}),
    "us_ofac_cons": ("cons_prim", {"alt": "cons_alt", "add": "cons_add", "comments": "cons_comments"}),
}
_WIDTHS: Final = {"main": 12, "alt": 5, "add": 6, "comments": 2}
_HEADING: Final = re.compile(r"[A-Za-z][A-Za-z_ ]*")
_CUT: Final = 1000
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
    """Read the SDN list or the consolidated non-SDN list in OFAC's CSV form; a record is a line of a file.

    Siblings are found by name beside the main file ("alt.csv" for "sdn.csv", "alt-D.csv.gz" for
    "sdn-D.csv.gz"); without them the main file is read alone. The files state few days of listing: where
    none is stated, a listing began on some day between the list's first and this edition's. "Linked To"
    remarks are ties of their own kind, which are no holding. A person's date of birth, address, passport
    and like numbers are not kept. An edition without its last line, a lone 0x1A, is an extract: it may
    be cut off; so is one that lacks entries its siblings speak of. Every record of every file is told for
    in the tallies. Errors: `InputError` where the file has a header or other columns, is in a wrong
    encoding, or is of the other list.
    """
    files = _files(opened)
    opened = msgspec.structs.replace(opened, version=digest(*(content for _, content in files.values())))
    gather = Gather(opened, opened.edition)
    lines = {
        part: ofac_lines.read(content, path.name, _WIDTHS[part], gather) for part, (path, content) in files.items()
    }
    _check_main(lines["main"], opened)
    comments = {record.fields[0]: record for record in lines["comments"].records} if "comments" in lines else {}
    used, ties, tally = _parties(lines["main"], comments, gather)
    sums = [tally]
    if "alt" in lines:
        sums.append(_aliases(lines["alt"], gather))
    if "add" in lines:
        sums.append(_addresses(lines["add"], gather))
    if "comments" in lines:
        sums.append(_comments(lines["comments"], used, gather))
    _check_siblings(lines, gather)
    ofac_linked.tie(ties, gather)
    ofac_programmes.check_list(gather)
    whole = lines["main"].terminators > 0
    return gather.facts(sums, extract=not whole, lists=ofac_programmes.lists_of(gather)), tuple(sums)


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


def _check_main(lines: Lines, opened: Opened) -> None:
    if not lines.records and not lines.rejected:
        raise NoInputError("the file holds no record", where=opened.where, hint="fetch the file again")
    if lines.rejected > len(lines.records):
        seen = max(lines.widths, key=lambda width: lines.widths[width])
        raise InputError(
            f"most lines have {seen} columns, not the 12 columns of OFAC's main file",
            where=opened.where,
            hint="give sdn.csv or cons_prim.csv; aliases and addresses are found beside it",
        )
    first = lines.records[0]
    if _HEADING.fullmatch(first.fields[0]):
        raise InputError(
            f"the file has a header, beginning '{first.fields[0]}'; OFAC's CSV files have none",
            where=first.where,
            hint="fetch OFAC's own file: in another the columns may have other meanings",
        )


def _check_siblings(lines: Mapping[str, Lines], gather: Gather) -> None:
    """Tell of a main file that lacks entries of which its siblings speak: it lost them."""
    numbers = {record.fields[0] for record in lines["main"].records}
    for part in ("alt", "add"):
        if part in lines and any(record.fields[0] not in numbers for record in lines[part].records):
            what = f"{lines[part].file} speaks of entries that are not in {lines['main'].file}"
            gather.lose(what, where=lines["main"].file, hint="are both of one edition, and whole?")


def _parties(lines: Lines, comments: Mapping[str, Record], gather: Gather) -> tuple[set[str], tuple[Tie, ...], Tally]:
    """The entries; returned are the numbers whose comments were used, the ties stated, and the account."""
    used: set[str] = set()
    ties: list[Tie] = []
    rejected = lines.rejected
    for record in lines.records:
        row = _Main(*record.fields)
        comment = comments.get(row.number) if len(row.remarks) >= _FULL else None
        if comment is not None:
            used.add(row.number)
            row = msgspec.structs.replace(row, remarks=row.remarks + comment.fields[1])
        try:
            ties += ofac_entry.take(_entry(row, record, gather, cut=comment is None and _cut(row)), gather)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=record.where, hint=error.hint, raw=f"{row.number},{row.name}")
    return used, tuple(ties), lines.tally(parties=len(gather.parties), rejected=rejected)


def _cut(row: _Main) -> bool:
    return len(row.remarks) >= _CUT or (len(row.remarks) >= _FULL and not row.remarks.rstrip().endswith("."))


def _entry(row: _Main, record: Record, gather: Gather, *, cut: bool) -> Entry:
    said = remarks.pieces(row.remarks)
    if cut:
        said = said[:-1]
        gather.reject(
            "the remark is cut off at 1,000 characters, and no comment goes on with it",
            where=record.where,
            hint="put OFAC's comments file of the same edition beside this one; the entry is kept without the rest",
            raw=f"{row.number},{row.name}",
        )
    return Entry(
        number=row.number,
        name=row.name,
        type=row.type,
        programmes=tuple(part.strip() for part in re.split(r"\]\s*\[", row.programme) if part.strip()),
        said=said,
        locator=f"{record.file} line {record.line}",
        where=record.where,
        flag=row.flag,
        call_sign=row.call_sign,
        owner=row.owner,
    )


def _aliases(lines: Lines, gather: Gather) -> Tally:
    """Aliases, each lent to the party of its number."""
    rejected, parts = lines.rejected, 0
    for record in lines.records:
        number, _, kind, text, _ = record.fields
        party = gather.parties.get(f"{gather.opened.info.id}:{number}")
        if party is None:
            rejected += 1
            _orphan(record, gather)
            continue
        parts += 1
        name = Name(text, "previous" if kind.casefold() == "fka" else "alias")
        gather.party(msgspec.structs.replace(party, names=(name,) if text else ()))
    return lines.tally(parts=parts, rejected=rejected)


def _addresses(lines: Lines, gather: Gather) -> Tally:
    """Addresses, each lent to the party of its number."""
    rejected, parts = lines.rejected, 0
    for record in lines.records:
        number, _, street, town, country, _ = record.fields
        party = gather.parties.get(f"{gather.opened.info.id}:{number}")
        if party is None:
            rejected += 1
            _orphan(record, gather)
            continue
        parts += 1
        gather.party(ofac_entry.placed(party, Address(street, town, country), gather, record.where))
    return lines.tally(parts=parts, rejected=rejected)


def _comments(lines: Lines, used: set[str], gather: Gather) -> Tally:
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
            gather.reject("this comment goes on from no remark", where=record.where, hint=hint, raw=number)
        seen.add(number)
    return lines.tally(parts=parts, rejected=rejected)


def _orphan(record: Record, gather: Gather) -> None:
    gather.reject(
        f"no entry has the number {record.fields[0]}",
        where=record.where,
        hint="is this file of the same edition as the main file?",
        raw=record.fields[0],
    )
