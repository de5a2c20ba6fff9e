"""The World: built from every reader, joined without merging, and never losing what was stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import facts, party
from underlabel import lists, store, world
from underlabel.model import Held, InputError, Link, Listing, Party, Source
from underlabel.world.join import clusters

LINKS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8)


@given(LINKS)
@settings(max_examples=60, deadline=None)
def test_joined_parties_share_one_id_whatever_the_order(pairs: list[tuple[str, str]]) -> None:
    links = [Link(id=a + b, kind="same_as", src=a, dst=b, source=Source("t")) for a, b in pairs]
    found = clusters(links)
    assert found == clusters(list(reversed(links)))
    assert all(found[a] == found[b] for a, b in pairs)


def test_an_edition_of_the_same_day_replaces_the_one_held_and_keeps_the_rest(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    left, stays = party("Left Ltd", "a"), party("Stays Ltd", "b")
    first = world.add(home, [facts("a", left, listed=(left,)), facts("b", stays, listed=(stays,))])
    second = world.add(home, [facts("a")])
    assert {left.id, stays.id} <= {one.id for one in first.rows(Party)}
    assert left.id not in {one.id for one in second.rows(Party)}
    assert stays.id in {one.id for one in second.rows(Party)}


def test_the_same_inputs_give_the_same_id_in_any_order(tmp_path: Path) -> None:
    both = [facts("a", party("A Ltd", "a")), facts("b", party("B Ltd", "b"))]
    assert world.build(tmp_path / "1", both).id == world.build(tmp_path / "2", both[::-1]).id


def test_a_listing_of_nobody_is_rejected_and_counted(tmp_path: Path) -> None:
    ghost = party("Ghost Ltd", "a")
    snapshot = world.build(tmp_path, [facts("a", listed=(ghost,))])
    assert dict(world.World(snapshot, label="ghost").listings) == {}
    assert snapshot.manifest.rows["rejected"] == 1


def test_a_home_without_snapshots_uses_the_starter_facts_and_says_so(starter: world.World) -> None:
    assert starter.label == "starter facts of the package"
    assert starter.snapshot.manifest.rows["rejected"] == 0
    assert starter.snapshot.manifest.rows["absence"] > 200


def test_at_least_two_hundred_makers_are_on_no_list(starter: world.World) -> None:
    makers = {
        starter.one(link.dst) for link in starter.label_links if link.kind == "makes" and link.status == "completed"
    }
    unlisted = {name for name in makers if name not in starter.listings}
    assert len(unlisted) >= 200


def test_a_home_that_cannot_be_written_still_answers(tmp_path: Path) -> None:
    blocked = tmp_path / "home"
    blocked.write_text("a file stands where the folder should be")
    with pytest.raises(InputError, match="cannot be read"):
        world.open_world(world.home(blocked))


def test_what_was_known_then_is_less(starter: world.World) -> None:
    then = world.World(starter.snapshot, label="then", known_at=date(2019, 10, 1))
    assert "hikvision" not in then.starts(("us_bis_entity_list",), date(2026, 1, 1))
    assert starter.starts(("us_bis_entity_list",), date(2026, 1, 1))["hikvision"] is Held.YES


def test_adding_a_list_activates_a_snapshot_on_top_of_the_starter_facts(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    listed = party("Acme Works Co., Ltd.", "us_bis_entity_list")
    world.add(home, [facts("us_bis_entity_list", listed, listed=(listed,))])
    opened = world.open_world(home)
    assert opened.label.startswith("snapshot ")
    assert listed.id in opened.starts(("us_bis_entity_list",), date(2021, 1, 1))
    assert "dahua" in opened.parties


def test_exactly_28_parties_carry_the_rule_of_9_october_2019(real_data: Callable[[str], Path], tmp_path: Path) -> None:
    read = lists.read(real_data("lists/us_2026-07-09/bis_entity_list.json.gz"), "us_bis_entity_list", date(2026, 7, 9))
    alone = world.build(tmp_path / "alone", [read])
    carrying = {one.subject for one in alone.rows(Listing) if "84 FR 54004" in one.citation}
    assert len(carrying) == 28
    joined = world.World(world.add(world.home(tmp_path / "home"), [read]), label="joined")
    assert len({joined.one(subject) for subject in carrying}) == 28
    assert joined.one(next(one for one in carrying if joined.one(one) == "hikvision")) == "hikvision"
    started = joined.starts(("us_bis_entity_list",), date(2021, 1, 1))
    assert started["dahua"] is Held.YES
    assert joined.one("dahua-electronics") == "dahua-electronics"


def test_a_killed_build_leaves_the_old_snapshot_in_use(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    kept = party("Kept Ltd", "a")
    snapshot = world.build(home.snapshots, [facts("a", kept)])
    home.activate(snapshot)
    half = home.snapshots / ".building-half"
    half.mkdir()
    (half / "party.parquet").write_bytes(b"half")
    active = home.active()
    assert active is not None
    assert active.rows(Party) == [kept]
    assert isinstance(active, store.Snapshot)
