"""Joins across the real lists: who must be one, who must not, and that register numbers bear the joins out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from underlabel import lists, world
from underlabel.model import Link, Party
from underlabel.world.join import clusters, joins

FILES = {
    "lists/us_2026-07-09/bis_entity_list.json.gz": "us_bis_entity_list",
    "lists/us_2026-07-09/bis_dpl.json": "us_bis_dpl",
    "lists/us_2026-07-09/dow_1260h.json": "us_dod_1260h",
    "lists/us_2026-07-09/ofac_nscmic.json": "us_ofac_nscmic",
    "lists/us_2026-07-09/fcc_covered.json": "us_fcc_covered",
    "lists/us_csl_2026-07-31/screening-list.json.gz": "us_csl",
    "lists/us_ofac_sdn_history/sdn-2024-05-03.csv.gz": "us_ofac_sdn",
    "lists/us_ofac_nonsdn_2025-03-28/ofac_nonsdn_consolidated-2025-03-28.xml.gz": "us_ofac_cons",
    "lists/uk_2026-04/subjects.csv.gz": "gb_sanctions",
    "lists/ca_sema-2025-05.xml.gz": "ca_sema",
}
DATES = {"us_csl": date(2026, 7, 31), "gb_sanctions": date(2026, 4, 30), "ca_sema": date(2025, 5, 31)}
LATE = date(2026, 7, 9)


class Joined:
    """The parties of all lists, the links between them, and who stands for whom."""

    def __init__(self, parties: list[Party]) -> None:
        self.parties = {one.id: one for one in parties}
        self.links: tuple[Link, ...] = joins(parties)
        self._stands = clusters(self.links)

    def one(self, name: str) -> str:
        return self._stands.get(name, name)

    def groups(self) -> list[list[Party]]:
        found: dict[str, list[Party]] = defaultdict(list)
        for name in self._stands:
            found[self.one(name)].append(self.parties[name])
        return list(found.values())

    def called(self, word: str) -> dict[str, set[str]]:
        """The datasets of the records whose main name holds a word, by who stands for them."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, party in self.parties.items():
            if word in party.caption.casefold():
                found[self.one(name)].add(party.source.dataset)
        return found


@pytest.fixture(scope="module")
def joined(real_data: Callable[[str], Path]) -> Joined:
    """Join the newest edition of each list with the package's own parties."""
    parties = [party for facts in world.starter() for party in facts.parties]
    for file, name in FILES.items():
        day = None if name in ("us_ofac_sdn", "us_ofac_cons") else DATES.get(name, LATE)
        parties += lists.read(real_data(file), name, day).parties
    newest = max(real_data("lists/un").iterdir(), key=lambda path: path.name)
    return Joined([*parties, *lists.read(newest, "un_sc").parties])


@pytest.mark.parametrize(
    ("name", "datasets"),
    [
        (
            "hikvision",
            {
                "us_bis_entity_list",
                "us_csl",
                "us_dod_1260h",
                "us_fcc_covered",
                "us_ofac_cons",
                "us_ofac_nscmic",
            },
        ),
        ("dahua", {"us_bis_entity_list", "us_csl", "us_dod_1260h", "us_fcc_covered"}),
        ("dahua-electronics", {"us_csl"}),
        (
            "huawei",
            {
                "us_bis_entity_list",
                "us_csl",
                "us_dod_1260h",
                "us_fcc_covered",
                "us_ofac_cons",
                "us_ofac_nscmic",
            },
        ),
        ("sensetime-beijing", {"us_bis_entity_list", "us_csl"}),
        ("sensetime-group-limited", {"us_csl", "us_ofac_cons", "us_ofac_nscmic"}),
        ("sensetime-group-inc", {"us_dod_1260h"}),
        ("megvii", {"us_bis_entity_list", "us_csl"}),
        ("megvii-limited", {"us_csl", "us_ofac_cons", "us_ofac_nscmic"}),
        ("yitu", {"us_bis_entity_list", "us_csl"}),
        ("yitu-limited", {"us_csl", "us_ofac_cons", "us_ofac_nscmic"}),
        ("yitu-shanghai", {"us_dod_1260h"}),
    ],
)
def test_the_companies_of_the_seed_story_are_one_across_just_their_lists(
    joined: Joined, name: str, datasets: set[str]
) -> None:
    records = [one for one in joined.parties if joined.one(one) == name]
    assert {joined.parties[one].source.dataset for one in records} - {"starter_parties"} == datasets


@pytest.mark.parametrize("word", ["sensetime", "megvii", "yitu", "dahua", "hikvision"])
def test_all_records_of_a_name_stand_for_curated_parties(joined: Joined, word: str) -> None:
    assert all(":" not in name for name in joined.called(word))


def test_registers_bear_out_every_join(joined: Joined) -> None:
    agree: Counter[str] = Counter()
    for group in joined.groups():
        for left, right in combinations(group, 2):
            for scheme in ("tax:ru", "registration:ru", "uscc", "lei", "imo", "un-ref"):
                ours, theirs = (
                    {one.value for one in party.identifiers if one.scheme == scheme} for party in (left, right)
                )
                if ours and theirs:
                    assert ours & theirs, (scheme, left.caption, right.caption)
                    agree[scheme] += 1
    assert min(agree["tax:ru"], agree["registration:ru"], agree["uscc"]) >= 40
    assert agree["un-ref"] >= 900, "the UK list names the UN's entry for each of its own"


def test_what_is_joined_is_in_one_place_and_of_one_kind(joined: Joined) -> None:
    for link in joined.links:
        left, right = joined.parties[link.src], joined.parties[link.dst]
        things = {one.schema for one in (left, right)} & {"Vessel", "Airplane", "Address"}
        assert not things or left.schema == right.schema
        if link.evidence.startswith("same name") and left.countries and right.countries:
            assert set(left.countries) & set(right.countries)
            assert "Person" not in (left.schema, right.schema)


def test_two_entries_of_one_list_with_their_own_numbers_are_never_one(joined: Joined) -> None:
    for group in joined.groups():
        for dataset in ("us_ofac_sdn", "us_csl", "us_ofac_cons", "un_sc"):
            for scheme in ("ofac-uid", "un-ref"):
                stated = {
                    one.value
                    for party in group
                    for one in party.identifiers
                    if party.source.dataset == dataset and one.scheme == scheme
                }
                assert len(stated) <= 1, [party.id for party in group]


def test_a_number_that_the_uk_list_quotes_wrongly_joins_nobody(joined: Joined) -> None:
    assert joined.one("gb_sanctions:HAI0012") != joined.one("un_sc:HTi.009")
    assert joined.one("gb_sanctions:INU0279") != joined.one("un_sc:IRi.012") == joined.one("gb_sanctions:INU0276")
