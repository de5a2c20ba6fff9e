"""The Consolidated Screening List: the lists of Commerce, State and the Treasury in one file."""

from __future__ import annotations

from collections import Counter
from typing import Final

import msgspec

from underlabel.lists.gather import Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.csl import csl_facts, csl_objects, csl_rows
from underlabel.lists.readers.csl.csl_entry import LISTS, Record, origin
from underlabel.lists.readers.csl.csl_facts import Compiled
from underlabel.model import Facts, InputError

_MOST_REJECTED: Final = 100
"""A source list does not speak when more than one of its rows in this many is rejected."""


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the Consolidated Screening List, from CSV or JSON.

    A record is a row of the CSV, a result of the API or an entry of the compressed form; each is a
    listing on the source list it names. A row of a party told of before (OFAC's number on two lists, a second
    notice) is a part of that party. The compressed JSON and both CSV headers are proven on official files; the
    API's JSON is not (`Dataset.form` says so), and a page of its search results is an extract.

    `Dataset.lists` are the source lists the file speaks for: a list of which a part is missing, or holds fewer
    rows than the registry's minimum for it, or of which many rows were rejected, is left out and told, as absence
    from it shows nothing. Of a file that is an extract as a whole all lists in it are named.
    """
    gather = Compiled(opened, opened.edition)
    file = csl_rows.rows(gather) if opened.form == "text" else csl_objects.objects(gather)
    gather.opened = msgspec.structs.replace(opened, form=file.form)
    gather.edition = opened.edition or file.edition
    read_: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    outcomes: Counter[str] = Counter(rejected=file.lost)
    for record in file.records:
        outcome = _take(record, gather)
        outcomes[outcome] += 1
        (refused if outcome == "rejected" else read_)[_code(record)] += 1
    tally = Tally(
        file=opened.where,
        records=len(file.records) + file.lost,
        parties=outcomes["party"],
        parts=outcomes["part"],
        categories=outcomes["category"],
        rejected=outcomes["rejected"],
    )
    small = file.page or sum(read_.values()) < opened.info.minimum[""]
    spoken = _held(read_) if small else _spoken(read_, refused, gather)
    return gather.facts((tally,), extract=file.page, lists=spoken), (tally,)


def _take(record: Record, gather: Compiled) -> str:
    where = f"{gather.opened.where}:{record.locator.removeprefix('line ')}"
    before = len(gather.parties), len(gather.categories)
    if record.entry is None:
        hint = "look at the row; it is not in the form of the others"
        gather.reject(record.fault, where=where, hint=hint)
        return "rejected"
    try:
        source = gather.source(record.locator, record.entry.notice)
        csl_facts.draft(record.entry, source, gather, where)
    except InputError as error:
        gather.reject(error.what, where=where, hint=error.hint, raw=record.entry.name)
        return "rejected"
    if len(gather.parties) > before[0]:
        return "party"
    return "category" if len(gather.categories) > before[1] else "part"


def _code(record: Record) -> str:
    """The code of the source list a row is of; empty where it cannot be told."""
    if record.entry is None:
        return ""
    try:
        return origin(record.entry.source).code
    except InputError:
        return ""


def _held(read_: Counter[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(list_id for code, list_id in LISTS.items() if read_[code]))


def _spoken(read_: Counter[str], refused: Counter[str], gather: Compiled) -> tuple[str, ...]:
    """The lists a whole edition speaks for; of every other it is told why not."""
    least = gather.opened.info.minimum
    silent: dict[str, str] = {}
    for code, list_id in LISTS.items():
        if read_[code] < least[code]:
            silent[list_id] = f"{read_[code]} entries of '{code}' could be read; an edition holds {least[code]} or more"
        elif refused[code] * _MOST_REJECTED > read_[code] + refused[code]:
            silent[list_id] = f"{refused[code]} of {read_[code] + refused[code]} entries of '{code}' were rejected"
    for list_id, why in silent.items():
        hint = f"this edition does not speak for {list_id}; add that list's own file"
        gather.reject(why, where=gather.opened.where, hint=hint)
    return tuple(dict.fromkeys(list_id for list_id in LISTS.values() if list_id not in silent))
