"""The curated makers are absent from the lists they are said to be absent from.

Every name and alias of every maker is compared with every name and alias on the editions named
in `labels/curated/editions.csv`, as the real files hold them: letters and digits only, folded,
organisation types and blanks off. An equal name on a list the maker is said to be absent from fails. Near
misses (the same first word, or nearly the same letters) are printed, to be looked at by eye:
`--near` prints all of them.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from underlabel import labels

FOLDER = "UNDERLABEL_TEST_DATA"
_TYPES = (
    "a ab ag aktiengesellschaft aps as asa bhd bv co company corp corporation enterprise gmbh group holding "
    "holdings inc incorporated kg kk lc limited llc lp ltd mbh nv ohg oy oyj plc private pt pte pty "
    "pvt s sa sas sdn se sia sl spa srl the uab ulc "
)
ORGANISATION_TYPES = frozenset(_TYPES.split())
NEAR = 90.0
SHORT = 4
WORD = re.compile(r"[^\W_]+")

Listed = tuple[str, bool]
"""A name on a list, and whether it is a person's."""


def plain(name: str) -> str:
    """A name as it is compared: folded, without accents, punctuation and organisation types."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    words = WORD.findall("".join(sign for sign in folded if not unicodedata.combining(sign)))
    return " ".join(word for word in words if word not in ORGANISATION_TYPES)


def squeezed(form: str) -> str:
    """A form without blanks ("semi conductor"), where that leaves enough letters to mean something."""
    joined = form.replace(" ", "")
    return joined if len(joined) > SHORT else form


def entities(*files: str) -> Callable[[Path], Iterator[Listed]]:
    """Names in the files of one shape: {"entities": [{"name", "aliases"}]}."""

    def read(folder: Path) -> Iterator[Listed]:
        for file in files:
            for entity in load(folder / "us_2026-07-09" / file)["entities"]:
                for name in (entity["name"], *entity["aliases"]):
                    yield name, False

    return read


def screening(*sources: str) -> Callable[[Path], Iterator[Listed]]:
    """Names in the Consolidated Screening List under sources that begin so."""

    def read(folder: Path) -> Iterator[Listed]:
        whole = load(folder / "us_csl_2026-07-31" / "screening-list.json.gz")
        titles: list[str] = whole["tables"]["sources"]
        for entry in whole["entries"]:
            if titles[entry["s"]].startswith(sources):
                for name in (entry["n"], *entry.get("a", ())):
                    yield name, entry.get("t") == "Individual"

    return read


def united_nations(folder: Path) -> Iterator[Listed]:
    """Names in the Security Council's consolidated list."""
    with gzip.open(folder / "un" / "un_consolidated-2026-02-27.xml.gz") as file:
        root = ET.parse(file).getroot()  # noqa: S314 - the official file, checked in with the test data
    for person in root.iter("INDIVIDUAL"):
        yield " ".join(person.findtext(f"{part}_NAME") or "" for part in ("FIRST", "SECOND", "THIRD")), True
    for tag in ("ENTITY/FIRST_NAME", "ENTITY/ENTITY_ALIAS/ALIAS_NAME"):
        for node in root.iterfind(f".//{tag}"):
            yield node.text or "", False


def united_kingdom(folder: Path) -> Iterator[Listed]:
    """Names in the UK Sanctions List."""
    with gzip.open(folder / "uk_2026-04" / "subjects.csv.gz", "rt", encoding="utf-8", newline="") as file:
        kinds = {row["unique_id"]: row["subject_type"] for row in csv.DictReader(file)}
    with gzip.open(folder / "uk_2026-04" / "subject_names.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["full_name"], kinds.get(row["unique_id"]) == "individual"


def canada(folder: Path) -> Iterator[Listed]:
    """Names in Canada's autonomous sanctions list."""
    with gzip.open(folder / "ca_sema-2025-05.xml.gz") as file:
        root = ET.parse(file).getroot()  # noqa: S314 - the official file, checked in with the test data
    for record in root.iter("record"):
        entity = record.findtext("EntityOrShip") or ""
        person = f"{record.findtext('GivenName') or ''} {record.findtext('LastName') or ''}"
        yield entity or person, not entity
        for alias in re.split(r"[;\n]", record.findtext("Aliases") or ""):
            yield alias, not entity


READERS: dict[str, tuple[Callable[[Path], Iterator[Listed]], ...]] = {
    "us_bis_entity_list": (entities("bis_entity_list.json.gz"), screening("Entity List")),
    "us_bis_dpl": (entities("bis_dpl.json"), screening("Denied Persons")),
    "us_bis_meu": (entities("bis_meu.json"), screening("Military End User")),
    "us_bis_uvl": (screening("Unverified List"),),
    "us_ofac_sdn": (screening("Specially Designated Nationals"),),
    "us_ofac_nscmic": (entities("ofac_nscmic.json", "ofac_eo14032_annex.json"), screening("Non-SDN Chinese")),
    "us_dod_1260h": (entities("dow_1260h.json"),),
    "us_dod_1286": (entities("dow_1286.json"),),
    "us_dhs_uflpa": (entities("dhs_uflpa.json"),),
    "us_fcc_covered": (entities("fcc_covered.json"),),
    "us_cbp_wro": (entities("cbp_wro.json"),),
    "us_state_debarred": (
        entities("state_debarred_admin.json", "state_debarred_statutory.json"),
        screening("ITAR Debarred"),
    ),
    "us_state_isn": (entities("state_nonproliferation.json"), screening("Nonproliferation")),
    "un_sc": (united_nations,),
    "gb_sanctions": (united_kingdom,),
    "ca_sema": (canada,),
}


def load(path: Path) -> Any:  # noqa: ANN401 - foreign JSON of many shapes
    """Read a JSON file, packed or not."""
    data = path.read_bytes()
    return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)


def makers() -> tuple[dict[str, tuple[str, ...]], dict[str, set[str]]]:
    """Names by maker, and by list the makers said to be absent from it."""
    facts = labels.curated_facts()
    names = {party.id: tuple(name.text for name in party.names) for part in facts for party in part.parties}
    absent: dict[str, set[str]] = {}
    for part in facts:
        for absence in part.absences:
            absent.setdefault(absence.list, set()).add(absence.subject)
    return names, absent


def near(names: dict[str, tuple[str, ...]], listed: dict[str, Listed]) -> Iterator[tuple[str, str]]:
    """Pairs of a maker's and a listed organisation's name that are nearly equal, or share a first word."""
    organisations = [form for form, (_, person) in listed.items() if not person]
    firsts: dict[str, list[str]] = {}
    for form in organisations:
        firsts.setdefault(form.split()[0], []).append(form)
    for own in names.values():
        for name in own:
            form = plain(name)
            found = {hit for hit, _, _ in process.extract(form, organisations, scorer=fuzz.ratio, score_cutoff=NEAR)}
            found.update(firsts.get(form.split()[0], ()))
            for hit in sorted(found - {form}):
                yield name, listed[hit][0]


def main() -> int:
    """Compare, print the counts and the near misses, and fail on a contradiction."""
    if not os.environ.get(FOLDER):
        print(f"real data not found: set {FOLDER}")
        return 1
    folder = Path(os.environ[FOLDER]) / "lists"
    names, absent = makers()
    wrong: list[str] = [f"{name}: no reader for this list" for name in absent.keys() - READERS.keys()]
    misses: set[tuple[str, str, str]] = set()
    for list_id, readers in READERS.items():
        listed = {plain(name): (name, person) for read in readers for name, person in read(folder) if plain(name)}
        joined = {squeezed(form): name for form, (name, _) in listed.items()}
        claimed = {party: names[party] for party in absent.get(list_id, ())}
        for party, own in claimed.items():
            found = {joined[key] for name in own if (key := squeezed(plain(name))) in joined}
            wrong += [f"{party}: '{name}' stands on {list_id}" for name in sorted(found)]
        misses.update((list_id, *pair) for pair in near(claimed, listed))
        print(f"{list_id:20} {len(listed):6} names, {len(claimed)} makers said to be absent")
    print(f"makers {len(names)}, near misses {len(misses)}, contradictions {len(wrong)}")
    if "--near" in sys.argv:
        print(*sorted(misses), sep="\n")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
