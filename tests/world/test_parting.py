"""Joins undone by a user stay undone, whatever else would join; and false friends are never joined at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import facts, named, party
from underlabel import lists, match, store, world
from underlabel.model import Identifier, Link, Name, Party, Query, Source, UsageError
from underlabel.world import adding
from underlabel.world.join import clusters, joins

WHY = "two firms of one name"


def numbered(one: Party, value: str) -> Party:
    return msgspec.structs.replace(one, identifiers=(Identifier("uscc", value),))


BY_NAME = (party("Acme Works Ltd", "a"), party("Acme Works Limited", "b"))
BY_NUMBER = (numbered(party("Old Gate Mining Ltd", "a"), "1"), numbered(party("Novel Title Works Ltd", "b"), "1"))
BRIDGE = (
    party("Beta Works Ltd", "a"),
    named("c", "Beta Works Ltd", Name("Beta Holding Ltd")),
    party("Beta Holding Ltd", "b"),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> world.Home:
    """Make an empty home that builds on none of the package's facts."""
    monkeypatch.setattr(adding, "starter", tuple)
    return world.home(tmp_path)


def add(home: world.Home, *parties: Party) -> store.Snapshot:
    """Add each list that the parties are of."""
    names = sorted({one.source.dataset for one in parties})
    of = {name: [one for one in parties if one.source.dataset == name] for name in names}
    return world.add(home, [facts(name, *of[name], listed=tuple(of[name])) for name in names])


def joined(home: world.Home, one: Party, other: Party) -> bool:
    opened = world.open_world(home)
    return opened.one(one.id) == opened.one(other.id)


@pytest.mark.parametrize("pair", [BY_NAME, BY_NUMBER], ids=["by name", "by number"])
def test_two_that_were_parted_stand_apart_each_with_its_own_listing(
    home: world.Home, pair: tuple[Party, Party]
) -> None:
    one, other = pair
    add(home, *pair)
    assert joined(home, one, other)
    world.part(home, other.id, one.id, f"  {WHY} ")
    assert not joined(home, one, other)
    opened = world.open_world(home)
    for record in pair:
        assert [listing.subject for listing in opened.listings[record.id]] == [record.id]
        assert opened.parties[record.id].caption == record.caption
        (found,) = match.find(opened.index, [Query(record.caption)])
        assert record.id in {opened.one(hit.party) for hit in found.hits}
    (told,) = (link for link in opened.joins if link.status == "refuted")
    assert ({told.src, told.dst}, told.evidence, told.source.text) == ({one.id, other.id}, WHY, WHY)
    assert not [link for link in opened.joins if link.status != "refuted"]


def test_two_that_a_third_brings_together_stand_apart_and_the_third_with_one_of_them(home: world.Home) -> None:
    left, middle, right = BRIDGE
    add(home, *BRIDGE)
    assert joined(home, left, right), "each bears a name of the third"
    world.part(home, left.id, right.id, WHY)
    assert not joined(home, left, right)
    assert joined(home, middle, left) != joined(home, middle, right)


def test_two_that_were_parted_stay_so_when_more_lists_come_that_would_join_them(home: world.Home) -> None:
    left, middle, right = BRIDGE
    add(home, left, middle, right)
    world.part(home, left.id, right.id, WHY)
    more = named("d", "Beta Holding Ltd", Name("Beta Works Ltd"))
    add(home, more)
    add(home, numbered(left, "9"), numbered(right, "9"))
    assert not joined(home, left, right)
    assert joined(home, more, left) or joined(home, more, right)
    for one in (left, right):
        assert one.id in world.open_world(home).parties


def test_two_that_were_parted_stay_so_when_an_edition_that_has_one_of_them_comes_again(home: world.Home) -> None:
    one, other = BY_NAME
    add(home, one, other)
    world.part(home, one.id, other.id, WHY)
    add(home, party("Somebody Else Ltd", "b"))
    add(home, other)
    assert not joined(home, one, other)


def test_taking_it_back_gives_the_snapshot_that_was_there_before(home: world.Home) -> None:
    before = add(home, *BY_NAME, *BRIDGE)
    parted = world.part(home, BY_NAME[0].id, BY_NAME[1].id, WHY)
    assert parted.id != before.id
    after = world.rejoin(home, BY_NAME[1].id, BY_NAME[0].id)
    assert after.id == before.id
    assert joined(home, *BY_NAME)
    assert world.verify(home).id == before.id


def test_of_several_that_were_parted_one_is_taken_back(home: world.Home) -> None:
    add(home, *BY_NAME, *BY_NUMBER)
    world.part(home, BY_NUMBER[0].id, BY_NUMBER[1].id, WHY)
    alone = world.open_world(home).snapshot.id
    world.part(home, BY_NAME[0].id, BY_NAME[1].id, WHY)
    assert not joined(home, *BY_NAME)
    assert not joined(home, *BY_NUMBER)
    assert world.rejoin(home, BY_NAME[0].id, BY_NAME[1].id).id == alone
    assert joined(home, *BY_NAME)
    assert not joined(home, *BY_NUMBER)


def test_parting_twice_keeps_the_last_reason(home: world.Home) -> None:
    add(home, *BY_NAME)
    world.part(home, BY_NAME[0].id, BY_NAME[1].id, WHY)
    world.part(home, BY_NAME[1].id, BY_NAME[0].id, "another reason")
    (told,) = world.open_world(home).joins
    assert told.evidence == "another reason"


@pytest.mark.parametrize(
    ("one", "other", "why", "what"),
    [
        (BY_NAME[0].id, "b:Nobody", WHY, "there is no record 'b:Nobody'"),
        ("nobody", BY_NAME[0].id, WHY, "there is no record 'nobody'"),
        (BY_NAME[0].id, BY_NAME[0].id, WHY, "two different records"),
        (BY_NAME[0].id, BY_NAME[1].id, " ", "a reason"),
    ],
)
def test_parting_what_is_not_there_is_a_usage_error(
    home: world.Home, one: str, other: str, why: str, what: str
) -> None:
    before = add(home, *BY_NAME)
    with pytest.raises(UsageError, match=what) as caught:
        world.part(home, one, other, why)
    assert caught.value.hint
    assert world.open_world(home).snapshot.id == before.id


def test_taking_back_what_was_not_parted_is_a_usage_error(home: world.Home) -> None:
    add(home, *BY_NAME)
    with pytest.raises(UsageError, match="were not parted") as caught:
        world.rejoin(home, BY_NAME[0].id, BY_NAME[1].id)
    assert "joins list" in caught.value.hint


NAMES = st.sampled_from(["Acme Works Ltd", "Acme Holding Ltd", "Beta Mining Ltd", "Beta Works Ltd"])
RECORDS = st.lists(
    st.tuples(st.sampled_from("abcd"), NAMES, st.lists(NAMES, max_size=2), st.sampled_from("012")),
    min_size=2,
    max_size=8,
    unique_by=lambda one: one[:2],
)


@given(RECORDS, st.data())
@settings(max_examples=80, deadline=None)
def test_whatever_would_join_them_two_that_were_parted_never_come_together(
    rows: list[tuple[str, str, list[str], str]], data: st.DataObject
) -> None:
    made = [numbered(named(dataset, name, *map(Name, more)), number) for dataset, name, more, number in rows]
    pairs = data.draw(st.lists(st.sampled_from(list(combinations(made, 2))), max_size=3))
    parted = [
        Link(id=f"{one.id}|{other.id}", kind="same_as", src=one.id, dst=other.id, source=Source("parted"))
        for one, other in pairs
    ]
    found = clusters(joins(made, parted=parted))
    for one, other in pairs:
        assert found.get(one.id, one.id) != found.get(other.id, other.id)


US = {
    "bis_dpl.json": "us_bis_dpl",
    "bis_entity_list.json.gz": "us_bis_entity_list",
    "dow_1260h.json": "us_dod_1260h",
    "fcc_covered.json": "us_fcc_covered",
    "ofac_nscmic.json": "us_ofac_nscmic",
    "state_debarred_admin.json": "us_state_debarred",
    "state_debarred_statutory.json": "us_state_debarred",
}
APART = {
    "dahua": ("dahua", "dahua-electronics"),
    "sensetime": ("sensetime-beijing", "sensetime-group-limited", "sensetime-group-inc"),
    "megvii": ("megvii", "megvii-limited", "megvii-beijing"),
    "yitu": ("yitu", "yitu-limited", "yitu-shanghai"),
}
"""Parties of the package that one brand makes look alike."""
LISTED = {
    "sensetime-beijing": "us_bis_entity_list",
    "sensetime-group-limited": "us_ofac_nscmic",
    "sensetime-group-inc": "us_dod_1260h",
    "megvii": "us_bis_entity_list",
    "megvii-limited": "us_ofac_nscmic",
    "megvii-beijing": "us_dod_1260h",
    "yitu": "us_bis_entity_list",
    "yitu-limited": "us_ofac_nscmic",
    "yitu-shanghai": "us_dod_1260h",
}


@pytest.fixture(scope="module")
def real(real_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> world.World:
    """Open a home with the real lists that name them, beside the package's facts."""
    folder = real_data("lists/us_2026-07-09")
    read = [lists.read(folder / file, name, date(2026, 7, 9)) for file, name in US.items()]
    read.append(lists.read(real_data("lists/us_csl_2026-07-31/screening-list.json.gz"), "us_csl"))
    read.append(lists.read(real_data("lists/us_ofac_2019-01/dpl.txt"), "us_bis_dpl", date(2019, 1, 15)))
    home = world.home(tmp_path_factory.mktemp("real"))
    world.add(home, read)
    return world.open_world(home)


def apart(opened: world.World, ids: Iterable[str]) -> None:
    ids = list(ids)
    assert all(one in opened.parties for one in ids)
    assert [opened.one(one) for one in ids] == ids


@pytest.mark.parametrize("brand", APART)
def test_false_friends_of_the_package_stay_apart(starter: world.World, brand: str) -> None:
    apart(starter, APART[brand])


@pytest.mark.parametrize("brand", APART)
def test_false_friends_stay_apart_whatever_real_lists_are_added(real: world.World, brand: str) -> None:
    apart(real, APART[brand])


@pytest.mark.parametrize(("name", "list_id"), LISTED.items())
def test_each_of_the_companies_of_one_brand_bears_its_own_listing_and_no_others(
    real: world.World, name: str, list_id: str
) -> None:
    assert {one.list for one in real.listings[name]} == {list_id}
    official = {one.source.dataset for one in real.records(name)} - {"starter_parties"}
    assert official <= {list_id, "us_csl"}
    assert official or name in {"megvii-beijing", "sensetime-group-inc"}, (
        "of these the real lists say no more, or not so"
    )


def test_dahua_electronics_of_new_york_is_joined_with_its_own_records_alone(real: world.World) -> None:
    theirs = {one.id for one in real.records("dahua-electronics")}
    ours = {one.id for one in real.records("dahua")}
    assert not theirs & ours
    assert len(theirs) >= 2
    assert len(ours) >= 4
    captions = {one.caption.casefold() for one in real.records("dahua-electronics")}
    assert captions == {"dahua electronics corporation"}
    assert not any("electronics" in one.caption.casefold() for one in real.records("dahua"))
    assert {one.list for one in real.listings["dahua-electronics"]} <= {"us_bis_dpl", "us_state_debarred"}
    (found,) = match.find(real.index, [Query("DAHUA ELECTRONICS CORPORATION")])
    assert {real.one(hit.party) for hit in found.hits if hit.similarity == 1} == {"dahua-electronics"}
