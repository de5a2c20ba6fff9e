"""A new edition of a list: what it replaces, what stays beside it, and what may not be replaced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.world.making import curated, facts, listing, package, party
from underlabel import lists, match, world
from underlabel.model import (
    Article,
    Category,
    Day,
    Facts,
    Held,
    Link,
    Listing,
    Query,
    Rejected,
    Source,
    exact,
)

ACME = curated("acme", "Acme Works Co., Ltd.", "Acme Works Company")
DAY = date(2023, 6, 1)
LATE = date(2026, 7, 9)
UNDATED = Day(date(2019, 1, 1), LATE)


def based(*more: Listing, edition: date = date(2026, 6, 1)) -> list[Facts]:
    """Say what the package says: Acme is on list "l" since 2020."""
    return [package(ACME), facts("l", listings=(listing(ACME, "l"), *more), edition=edition, form="")]


def opened(folder: Path, *given: Facts) -> world.World:
    return world.World(world.build(folder, given), label="test")


def test_the_package_stays_beside_an_edition_that_still_names_the_party(tmp_path: Path) -> None:
    row = party("Acme Works Company", "l", country="")
    after = opened(tmp_path, *based(), facts("l", row, listings=(listing(row, "l", UNDATED),), edition=LATE))
    assert after.starts(("l",), DAY) == {"acme": Held.YES}
    assert after.starts(("l",), date(2019, 6, 1)) == {}, "the undated entry takes the package's day"
    sources = {one.source.dataset for one in after.listings["acme"]}
    assert sources == {"l", "starter:l"}
    assert sources <= {one.id for one in after.datasets}
    spoken_for = after.loaded("l")
    assert spoken_for is not None
    assert (spoken_for.id, spoken_for.coverage) == ("l", "whole")


def test_who_is_no_longer_named_is_taken_off_and_told_of(tmp_path: Path) -> None:
    row = party("Somebody Else Ltd", "l")
    given = (*based(), facts("l", row, listed=(row,), edition=LATE))
    after = opened(tmp_path, *given)
    assert after.starts(("l",), LATE) == {row.id: Held.YES}
    (told,) = after.snapshot.rows(Rejected)
    assert "no longer names 'acme'" in told.reason


def test_who_is_no_longer_named_stood_until_a_day_between_the_package_and_the_edition(tmp_path: Path) -> None:
    row = party("Somebody Else Ltd", "l")
    snapshot = world.build(tmp_path, [*based(), facts("l", row, listed=(row,), edition=LATE)])
    now = world.World(snapshot, label="now")
    assert now.starts(("l",), DAY)["acme"] is Held.YES, "an edition of 2026 says nothing of 2023"
    assert now.starts(("l",), date(2026, 6, 15))["acme"] is Held.MAYBE
    then = world.World(snapshot, label="then", known_at=date(2026, 6, 15))
    assert then.starts(("l",), LATE)["acme"] is Held.YES, "nobody knew yet"


def test_an_extract_after_a_whole_edition_lets_the_whole_one_decide(tmp_path: Path) -> None:
    row = party("Somebody Else Ltd", "l")
    extract = facts("l", row, listed=(row,), edition=date(2026, 7, 20))
    extract = msgspec.structs.replace(extract, dataset=msgspec.structs.replace(extract.dataset, coverage="extract"))
    after = opened(tmp_path, *based(), facts("l", row, listed=(row,), edition=LATE), extract)
    assert "acme" not in after.starts(("l",), LATE)


def test_an_entry_that_ended_before_the_edition_stays_as_history(tmp_path: Path) -> None:
    gone = listing(ACME, "l", exact(date(2015, 1, 1)), exact(date(2016, 1, 1)))
    row = party("Somebody Else Ltd", "l")
    after = opened(tmp_path, *based(gone), facts("l", row, listed=(row,), edition=LATE))
    assert after.starts(("l",), date(2015, 6, 1))["acme"] is Held.YES
    assert "acme" not in after.starts(("l",), date(2018, 6, 1))
    assert "acme" not in after.starts(("l",), LATE)


def test_a_party_that_only_the_words_of_an_entry_name_stays(tmp_path: Path) -> None:
    mother = party("Mother Holding Ltd", "l")
    entry = msgspec.structs.replace(listing(mother, "l"), reach="and subsidiaries: Acme Works Co., Ltd., and others")
    after = opened(tmp_path, *based(), facts("l", mother, listings=(entry,), edition=LATE))
    assert after.starts(("l",), DAY)["acme"] is Held.YES


def test_an_older_whole_edition_takes_nobody_off_that_the_package_lists(tmp_path: Path) -> None:
    row = party("Somebody Else Ltd", "l")
    after = opened(tmp_path, *based(), facts("l", row, listed=(row,), edition=date(2019, 1, 1)))
    assert after.starts(("l",), DAY) == {"acme": Held.YES, row.id: Held.YES}


def test_adding_one_edition_twice_is_adding_it_once(tmp_path: Path) -> None:
    home, row = world.home(tmp_path), party("Acme Works Company", "l")
    edition = facts("l", row, listed=(row,), edition=LATE)
    assert world.add(home, [edition]).id == world.add(home, [edition]).id


def test_a_class_that_both_name_is_one_class(tmp_path: Path) -> None:
    ours, theirs = (Category(id=id_, text="Routers made abroad", source=Source("l")) for id_ in ("l:routers", "l:1"))
    base = msgspec.structs.replace(facts("l", listings=(listing(ours, "l"),), form=""), categories=(ours,))
    row = party("Acme Works Company", "l")
    new = msgspec.structs.replace(
        facts("l", row, listings=(listing(theirs, "l"), listing(row, "l")), edition=LATE), categories=(theirs,)
    )
    after = opened(tmp_path, base, new)
    assert set(after.categories) == {"l:1"}
    assert len(after.listings["l:1"]) == 2


def test_a_link_to_a_party_that_is_not_described_comes_back_with_it(tmp_path: Path) -> None:
    owner, asset = party("Owner Ltd", "a"), party("Asset Ltd", "b")
    tie = Link(id="b:tie", kind="owns", src=owner.id, dst=asset.id, source=Source("b"))
    ours, theirs = facts("a", owner), msgspec.structs.replace(facts("b", asset), links=(tie,))
    without = opened(tmp_path, theirs)
    assert without.links == ()
    assert without.snapshot.manifest.rows["rejected"] == 1
    back = opened(tmp_path, theirs, ours)
    assert [link.id for link in back.links] == [tie.id]
    assert back.snapshot.manifest.rows["rejected"] == 0


def test_only_editions_and_pages_known_by_then_speak(tmp_path: Path) -> None:
    snapshot = world.build(tmp_path, based())
    then = world.World(snapshot, label="then", known_at=date(2021, 1, 1))
    assert then.loaded("l") is None
    assert [one.id for one in then.datasets] == ["starter_parties"]
    assert world.World(snapshot, label="now", known_at=LATE).loaded("l") is not None


def test_a_page_published_later_was_not_known(tmp_path: Path) -> None:
    pages = tuple(
        Article(id=id_, title=id_, outlet="o", text="t", source=Source("l"), published=day)
        for id_, day in (("early", exact(date(2020, 1, 1))), ("late", exact(LATE)), ("undated", None))
    )
    told = msgspec.structs.replace(facts("l"), articles=pages)
    snapshot = world.build(tmp_path, [told])
    then = world.World(snapshot, label="then", known_at=date(2021, 1, 1))
    assert {one.id for one in then.articles} == {"early", "undated"}


def test_an_absence_is_known_from_its_edition_on(starter: world.World) -> None:
    one = next(one for one in starter.absences_of("hikvision") if one.list == "us_bis_meu")
    then = world.World(starter.snapshot, label="then", known_at=date(2019, 10, 1))
    after = world.World(starter.snapshot, label="after", known_at=one.edition)
    assert then.absence("hikvision", one.list) is None
    assert after.absence("hikvision", one.list) == one


REAL = {
    "bis_dpl.json": "us_bis_dpl",
    "bis_entity_list.json.gz": "us_bis_entity_list",
    "bis_meu.json": "us_bis_meu",
    "cbp_wro.json": "us_cbp_wro",
    "dhs_uflpa.json": "us_dhs_uflpa",
    "dow_1260h.json": "us_dod_1260h",
    "dow_1286.json": "us_dod_1286",
    "fcc_covered.json": "us_fcc_covered",
    "ofac_nscmic.json": "us_ofac_nscmic",
    "state_debarred_admin.json": "us_state_debarred",
    "state_nonproliferation.json": "us_state_isn",
}


@pytest.fixture(scope="module")
def loaded(real_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> world.World:
    """Open a home to which every real list of one day was added."""
    home = world.home(tmp_path_factory.mktemp("real"))
    folder = real_data("lists/us_2026-07-09")
    added = [lists.read(folder / file, name, LATE) for file, name in REAL.items()]
    added.append(lists.read(real_data("lists/us_ofac_2019-01/sdn.csv.gz"), "us_ofac_sdn", date(2019, 1, 15)))
    return world.World(world.add(home, added), label="real")


def test_the_real_lists_take_nobody_off_whom_the_package_lists(loaded: world.World, starter: world.World) -> None:
    for name in (*REAL.values(), "us_ofac_sdn"):
        before = {one for one, state in starter.starts((name,), LATE).items() if state is Held.YES}
        assert {loaded.one(one) for one in before} <= set(loaded.starts((name,), LATE)), name
    assert loaded.starts(("us_fcc_covered",), DAY)["hikvision"] is Held.YES
    assert loaded.starts(("us_ofac_sdn",), LATE)["xpcc"] is Held.YES


def test_the_real_lists_keep_the_narrow_day_of_1260h(loaded: world.World, starter: world.World) -> None:
    for day in (date(2021, 1, 1), DAY, date(2025, 6, 1)):
        before, after = (one.starts(("us_dod_1260h",), day) for one in (starter, loaded))
        assert after.get("hikvision") == before.get("hikvision")
        assert after.get("dahua") == before.get("dahua")


def test_a_full_name_means_one_party_after_the_real_lists_are_added(loaded: world.World) -> None:
    (found,) = match.find(loaded.index, [Query("Hangzhou Hikvision Digital Technology Co., Ltd.")])
    best = [hit for hit in found.hits if hit.similarity == 1]
    assert {loaded.one(hit.party) for hit in best} == {"hikvision"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("huawei", "huawei-holding"),
        ("china-telecom", "china-telecommunications"),
        ("cethik", "cetc-52"),
    ],
)
def test_different_companies_of_the_real_lists_stay_apart(loaded: world.World, one: str, other: str) -> None:
    assert (loaded.one(one), loaded.one(other)) == (one, other)


def test_a_party_that_the_newest_edition_renames_is_named_still(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    old, new = (
        msgspec.structs.replace(party(name, "us_dod_1260h"), addresses=("1 Binan Road",))
        for name in ("Dahua Technology", "Novel Title Ltd")
    )
    rest = tuple(party(f"Firm {number} Ltd", "us_dod_1260h") for number in range(3))
    reason = {"citation": "90 FR 1234", "programme": "video"}
    for one, day in ((old, date(2026, 7, 20)), (new, date(2026, 8, 20))):
        rows = [msgspec.structs.replace(listing(each, "us_dod_1260h", UNDATED), **reason) for each in (one, *rest)]
        added = facts("us_dod_1260h", one, *rest, listings=tuple(rows), edition=day)
        snapshot = world.add(home, [added], accept=True)
    now = world.World(snapshot, label="now")
    assert now.one(old.id) == "dahua"
    assert new.caption in {name.text for name in now.parties["dahua"].names}
    assert not [one for one in snapshot.rows(Rejected) if "'dahua'" in one.reason]
