"""The Entity List twice: as the eCFR prints it and as the Consolidated Screening List compiles it.

Four comparisons of the names, each fairer than the one before: as written; their letters and digits; the first
names of the parties as the tool reads them; and a party of one list found on the other by any of its
names. Then the citations of one rule, which the two cite by different pages. Needs UNDERLABEL_TEST_DATA; ends
with 1 where a figure known of the editions of July 2026 is not reproduced.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from underlabel import lists, names
from underlabel.model import Facts, Party

VARIABLE: Final = "UNDERLABEL_TEST_DATA"
ECFR: Final = "lists/us_2026-07-09/bis_entity_list.json.gz"
CSL: Final = "lists/us_csl_2026-07-31/screening-list.json.gz"
LIST: Final = "us_bis_entity_list"
KNOWN: Final = (3_184, 71, 134)
"""How many names agree in letters and digits, stand only in the eCFR, only in the compilation."""
RULE: Final = ("84 FR 54004", 28, "84 FR 54002", 26)
"""One rule of 9 October 2019: the page and number of rows in the eCFR, and in the compilation."""

MOST: Final = (21, 49)
"""How many parties of either list may be without a match on the other, when names are taken apart."""

_SIGNS: Final = re.compile(r"[^a-z0-9]")


class Compared(NamedTuple):
    """How two sets of names stand to each other: in both, only in the first, only in the second."""

    both: frozenset[str]
    first: frozenset[str]
    second: frozenset[str]

    def __str__(self) -> str:
        """The three counts."""
        return f"{len(self.both):>6}{len(self.first):>6}{len(self.second):>6}"


def compared(first: Iterable[str], second: Iterable[str], form: Callable[[str], str] = str) -> Compared:
    """Two collections of names as sets of their forms."""
    left, right = {form(name) for name in first}, {form(name) for name in second}
    return Compared(frozenset(left & right), frozenset(left - right), frozenset(right - left))


def letters(name: str) -> str:
    """The letters and digits of a name: "Xi'an, Ltd." is "xianltd"."""
    return _SIGNS.sub("", name.casefold())


def written(data: Path) -> tuple[list[str], list[str]]:
    """The names of both lists as their files write them, row by row."""
    ecfr = json.loads(gzip.decompress((data / ECFR).read_bytes()))["entities"]
    csl = json.loads(gzip.decompress((data / CSL).read_bytes()))
    sources = csl["tables"]["sources"]
    return (
        [row["name"] for row in ecfr],
        [row["n"] for row in csl["entries"] if sources[row["s"]].startswith("Entity List")],
    )


def entities(facts: Facts) -> dict[str, Party]:
    """The bodies that stand on the Entity List, by id; entries that are addresses alone are left out."""
    listed = {listing.subject for listing in facts.listings if listing.list == LIST}
    return {party.id: party for party in facts.parties if party.id in listed and party.schema != "Address"}


def unmatched(first: Mapping[str, Party], second: Mapping[str, Party]) -> list[Party]:
    """The parties of the first that share no name with any of the second, weak names apart."""
    forms = {form for party in second.values() for form in _forms(party)}
    return [party for party in first.values() if not _forms(party) & forms]


def _forms(party: Party) -> frozenset[str]:
    """The comparable forms of a name, with and without what stands in brackets at its end."""
    texts = [name.text for name in party.names if name.kind != "weak"]
    texts += [re.sub(r"\s*\([^()]*\)$", "", text) for text in texts]
    return frozenset(key for text in texts if (key := names.key(text)))


def main() -> int:
    """Print the comparisons; 1 where a known figure is not reproduced, or the data is not there."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        print(f"error: the real lists are not there\nhint: set {VARIABLE} to their folder")
        return 1
    data = Path(folder)
    ecfr_names, csl_names = written(data)
    ecfr, csl = lists.read(data / ECFR, LIST), lists.read(data / CSL, "us_csl")
    left, right = entities(ecfr), entities(csl)
    by_letters = compared(ecfr_names, csl_names, letters)
    first_names = compared(
        (party.caption for party in left.values()), (party.caption for party in right.values()), letters
    )
    only_left, only_right = unmatched(left, right), unmatched(right, left)
    print(f"{'names of the Entity List':<44}{'both':>6}{'eCFR':>6}{'CSL':>6}")
    print(f"{'as written':<44}{compared(ecfr_names, csl_names)}")
    print(f"{'letters and digits':<44}{by_letters}")
    print(f"{'letters and digits, names taken apart':<44}{first_names}")
    by_party = (len(left) - len(only_left), len(only_left), len(only_right))
    print(f"{'any name of a party, weak ones apart':<44}" + "".join(f"{count:>6}" for count in by_party))
    for party in sorted((*only_left, *only_right), key=lambda party: party.caption):
        print(f"  only in {'the eCFR' if party.id in left else 'the CSL':<9}{party.caption[:90]}")
    wrong = _rule(ecfr, csl)
    if (counts := tuple(map(len, by_letters))) != KNOWN:
        wrong.append(f"names in letters and digits: {counts}, known are {KNOWN}")
    if any(apart > most for apart, most in zip(by_party[1:], MOST, strict=True)):
        wrong.append(f"parties without a match: {by_party[1:]}, at most {MOST} are known to be apart")
    for one in wrong:
        print(f"wrong: {one}")
    return 1 if wrong else 0


def _rule(ecfr: Facts, csl: Facts) -> list[str]:
    """The rows of one rule, told by its page in each list; what differs from the known counts."""
    page, rows, first_page, compiled = RULE
    told = {cited: _citing(facts, cited) for facts, cited in ((ecfr, page), (csl, first_page))}
    ours, theirs = told[page], told[first_page]
    same = unmatched(theirs, ours)
    print(f"one rule: {len(ours)} rows cite {page} in the eCFR, {len(theirs)} cite {first_page} in the CSL;", end=" ")
    print(f"{len(theirs) - len(same)} of these are among the {len(ours)}")
    found = (len(ours), len(theirs), len(same))
    return [] if found == (rows, compiled, 0) else [f"rows of one rule: {found}, known are {(rows, compiled, 0)}"]


def _citing(facts: Facts, page: str) -> dict[str, Party]:
    cited = {one.subject for one in facts.listings if one.list == LIST and page in one.citation}
    return {party.id: party for party in facts.parties if party.id in cited}


if __name__ == "__main__":
    sys.exit(main())
