"""Re-checks the starter facts about lists against the real lists: what we say stands there, and what we say does not.

Needs UNDERLABEL_TEST_DATA. It compares names in its own plain way, apart from the tool's matching, so that
an error there cannot hide an error here. Prints a table; ends with 1 where a list contradicts a fact.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from underlabel.lists.curated import curated_facts
from underlabel.model import Facts, Listing, Party

VARIABLE: Final = "UNDERLABEL_TEST_DATA"
_KIND: Final = re.compile(
    r"\b(?:co|company|corp|corporation|inc|incorporated|limited|llc|ltd|plc|pty|s l u|private|pvt|bv|b v)\b"
)
_REACH: Final = re.compile(r"\band subsidiaries$")
_CSL: Final = {
    "us_bis_entity_list": "Entity List",
    "us_bis_dpl": "Denied Persons List",
    "us_bis_uvl": "Unverified List",
    "us_ofac_sdn": "Specially Designated Nationals",
    "us_ofac_nscmic": "Non-SDN Chinese Military-Industrial",
    "us_state_debarred": "ITAR Debarred",
    "us_state_isn": "Nonproliferation Sanctions",
}
_JSON: Final = {
    "us_bis_entity_list": ("bis_entity_list.json.gz",),
    "us_bis_meu": ("bis_meu.json",),
    "us_bis_dpl": ("bis_dpl.json",),
    "us_state_debarred": ("state_debarred_admin.json", "state_debarred_statutory.json"),
    "us_state_isn": ("state_nonproliferation.json",),
    "us_ofac_nscmic": ("ofac_nscmic.json",),
    "us_dod_1260h": ("dow_1260h.json",),
    "us_dhs_uflpa": ("dhs_uflpa.json",),
    "us_fcc_covered": ("fcc_covered.json",),
}


class Entry(NamedTuple):
    """One entry of a real list: its names in comparable form, its days, and all its text."""

    caption: str
    names: frozenset[str]
    days: frozenset[date]
    text: str
    source: str


class Tally(NamedTuple):
    """What one list showed."""

    list: str
    listings: int
    proven: int
    absences: int
    unheld: int
    wrong: tuple[str, ...]


def plain(name: str) -> str:
    """A name without accents, marks, case and words for the kind of company."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    text = re.sub(r"[^\w]+", " ", re.sub(r"['`]", "", text.casefold().replace("&", " and "))).strip()
    text = _REACH.sub("", text).strip()
    return " ".join(_KIND.sub(" ", text).split()) or text


def names_of(texts: Iterable[str]) -> frozenset[str]:
    """The comparable forms of names, each with and without what stands in brackets at its end."""
    forms = set()
    for text in texts:
        forms |= {plain(text), plain(re.sub(r"\s*\([^()]*\)$", "", text))}
    return frozenset(forms - {""})


def days_in(text: str) -> frozenset[date]:
    """The days written in a text, as 10/9/19, 2021-08-02, 22/03/2021 or June 21, 2022."""
    found: set[date] = set()
    for pattern, form in (
        (r"\d{4}-\d\d-\d\d", "%Y-%m-%d"),
        (r"(?<!\d)\d{1,2}/\d{1,2}/\d\d(?!\d)", "%m/%d/%y"),
        (r"\d\d/\d\d/\d{4}", "%d/%m/%Y"),
        (r"[A-Z][a-z]+ \d{1,2}, \d{4}", "%B %d, %Y"),
    ):
        for day in re.findall(pattern, text):
            try:
                found.add(datetime.strptime(day, form).date())  # noqa: DTZ007 - a calendar day has no zone
            except ValueError:
                continue
    return frozenset(found)


def from_json(data: Path, list_id: str) -> Iterator[Entry]:
    """The entries of the US lists of 9 July 2026."""
    for name in _JSON.get(list_id, ()):
        path = data / "lists" / "us_2026-07-09" / name
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for row in json.loads(content)["entities"]:
            text = json.dumps(row, ensure_ascii=False)
            days = days_in(f"{row['effective_date']} {row['federal_register']}")
            yield Entry(row["name"], names_of([row["name"], *row["aliases"]]), days, text, name)


def from_csl(data: Path) -> dict[str, list[Entry]]:
    """The entries of the Consolidated Screening List of 31 July 2026, by list."""
    whole = json.loads(gzip.decompress((data / "lists/us_csl_2026-07-31/screening-list.json.gz").read_bytes()))
    titles: list[str] = whole["tables"]["sources"]
    ids = [next((key for key, start in _CSL.items() if title.startswith(start)), "") for title in titles]
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in whole["entries"]:
        entry = Entry(row["n"], names_of([row["n"], *row.get("a", ())]), frozenset(), row.get("fr", ""), "csl")
        found[ids[row["s"]]].append(entry)
    return found


def from_text(path: Path, record: str, fields: Callable[[str], list[str]]) -> list[Entry]:
    """The entries of an XML list, by plain search: only names and days are wanted."""
    content = gzip.decompress(path.read_bytes()).decode("utf-8")
    entries = []
    for body in re.findall(rf"<{record}>(.*?)</{record}>", content, re.DOTALL):
        names = fields(body)
        entries.append(Entry(names[0] if names else "", names_of(names), days_in(body), body, path.name))
    return entries


def un_names(body: str) -> list[str]:
    """The first name and the aliases of a record of the UN list."""
    parts = re.findall(r"<(?:FIRST|SECOND|THIRD|FOURTH)_NAME>([^<]+)", body)
    return [" ".join(parts), *re.findall(r"<ALIAS_NAME>([^<]+)", body)]


def ca_names(body: str) -> list[str]:
    """The name and the aliases of a record of the Canadian list."""
    given = re.findall(r"<GivenName>([^<]+)", body) + re.findall(r"<LastName>([^<]+)", body)
    entity = re.findall(r"<EntityOrShip>([^<]+)", body)
    aliases = [part for text in re.findall(r"<Aliases>([^<]+)", body) for part in re.split("[;,]", text)]
    return [*(entity or [" ".join(given)]), *aliases]


def from_uk(data: Path) -> list[Entry]:
    """The subjects of the UK Sanctions List of April 2026."""

    def rows(name: str) -> list[dict[str, str]]:
        content = gzip.decompress((data / "lists/uk_2026-04" / name).read_bytes()).decode("utf-8-sig")
        return list(csv.DictReader(content.splitlines()))

    names: dict[str, list[str]] = defaultdict(list)
    for row in rows("subject_names.csv.gz"):
        names[row["unique_id"]].append(row["full_name"])
    return [
        Entry(names[row["unique_id"]][0], names_of(names[row["unique_id"]]), days_in(row["date_designated"]), "", "uk")
        for row in rows("subjects.csv.gz")
        if names[row["unique_id"]]
    ]


def real_lists(data: Path) -> dict[str, list[Entry]]:
    """Every list held, by its id."""
    csl = from_csl(data)
    lists = {key: [*from_json(data, key), *csl.get(key, ())] for key in {*_JSON, *_CSL}}
    lists["un_sc"] = [
        entry
        for record in ("INDIVIDUAL", "ENTITY")
        for entry in from_text(data / "lists/un/un_consolidated-2026-02-27.xml.gz", record, un_names)
    ]
    lists["ca_sema"] = from_text(data / "lists/ca_sema-2025-05.xml.gz", "record", ca_names)
    lists["gb_sanctions"] = from_uk(data)
    # The five of s.889 are the first five of the Covered List, which the statute made it take over.
    five = [entry for entry in lists["us_fcc_covered"] if date(2021, 3, 12) in entry.days]
    lists["us_ndaa_889"] = [entry._replace(days=frozenset()) for entry in five]
    return lists


def named_under(entry: Entry) -> str:
    """The subsidiaries that an entry of the 1260H list names, as plain text to search in."""
    found = re.search(r"Listed together with subsidiaries:([^|]*)", entry.text)
    return f" {plain(found[1])} " if found else ""


def stands(listing: Listing, party: Party, entries: list[Entry]) -> list[Entry]:
    """The entries that bear a name of the party, or name it among their subsidiaries."""
    forms = names_of(name.text for name in party.names)
    strong = names_of(name.text for name in party.names if name.kind != "weak")
    found = [entry for entry in entries if entry.names & (strong or forms)]
    if not found and listing.programme.startswith("subsidiary"):
        found = [entry for entry in entries if any(f" {form} " in named_under(entry) for form in strong)]
    return found


def check(facts: Facts, parties: dict[str, Party], entries: list[Entry]) -> Tally:
    """Compare the listings and absences of one dataset with the entries of the real list."""
    wrong: list[str] = []
    held: set[str] = set()
    proven = 0
    categories = {category.id: category for category in facts.categories}
    for listing in facts.listings:
        if listing.subject in categories:
            found = [entry for entry in entries if plain(categories[listing.subject].text) in entry.names]
        else:
            found = stands(listing, parties[listing.subject], entries)
        held |= {entry.caption for entry in found}
        problem = contradiction(listing, found)
        proven += bool(found) and not problem
        wrong += [f"{facts.dataset.id} {listing.subject}: {problem}"] if problem else []
    for absence in facts.absences:
        names = parties[absence.subject].names
        forms, strong = names_of(n.text for n in names), names_of(n.text for n in names if n.kind != "weak")
        there = {entry.caption for entry in entries if entry.names & forms}
        there |= {entry.caption for entry in entries if any(f" {form} " in named_under(entry) for form in strong)}
        wrong += [
            f"{facts.dataset.id} {absence.subject}: said to be absent, stands as {name}" for name in sorted(there)
        ]
    unheld = sorted({entry.caption for entry in entries} - held) if facts.dataset.coverage == "whole" else []
    wrong += [f"{facts.dataset.id}: entry '{name}' is not held" for name in unheld]
    sums = (len(facts.listings), proven, len(facts.absences), len(unheld))
    return Tally(facts.dataset.id, *sums, tuple(wrong))


def contradiction(listing: Listing, found: list[Entry]) -> str:
    """What the list says against a listing, empty where nothing."""
    if listing.until is not None:
        current = [entry.caption for entry in found if entry.source != "csl"]  # the CSL keeps expired orders
        return f"said to have ended, stands as {current[0]}" if current else ""
    if not found:
        after = listing.since is not None and listing.since.latest > date(2026, 7, 9)
        return "" if after else "not found on the list"
    pages = re.findall(r"entry (?:\d+ FR )?(\d{4,6})", listing.citation)
    if unread := [page for page in pages if not any(page in entry.text for entry in found)]:
        return f"cites entry {', '.join(unread)}, which the list does not"
    days = frozenset().union(*(entry.days for entry in found))
    ours = {day.latest for day in (listing.published, listing.effective, listing.since) if day is not None}
    if listing.since is not None and listing.since.earliest < listing.since.latest:
        return ""
    if listing.list == "us_dod_1260h":  # every entry bears the day of the edition, not of its first listing
        return ""
    return f"dated {sorted(map(str, ours))}, the list has {sorted(map(str, days))}" if days and not days & ours else ""


def tallies(data: Path) -> list[tuple[str, Tally | None]]:
    """What each dataset of the starter facts shows; None where its list is not in the data."""
    facts = curated_facts()
    parties = {party.id: party for party in facts[0].parties}
    lists = real_lists(data)
    return [
        (one.dataset.id, check(one, parties, lists[one.dataset.id]) if one.dataset.id in lists else None)
        for one in facts[1:]
    ]


def main() -> int:
    """Print what each list shows. 1 where a fact is contradicted, or the data is not there."""
    folder: Any = os.environ.get(VARIABLE)
    if not folder or not Path(folder).is_dir():
        print(f"error: the real lists are not there\nhint: set {VARIABLE} to their folder")
        return 1
    wrong: list[str] = []
    print(f"{'list':<20}{'listings':>9}{'proven':>8}{'absences':>10}{'unheld':>8}{'wrong':>7}")
    for list_id, tally in tallies(Path(folder)):
        if tally is None:
            print(f"{list_id:<20}{'not in the data: not checked':>9}")
            continue
        wrong += tally.wrong
        counts = (tally.listings, tally.proven, tally.absences, tally.unheld, len(tally.wrong))
        print(f"{list_id:<20}{counts[0]:>9}{counts[1]:>8}{counts[2]:>10}{counts[3]:>8}{counts[4]:>7}")
    for line in wrong:
        print(f"contradicted: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
