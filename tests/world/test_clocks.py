"""Two clocks over any editions, against what each edition says: nobody it lists is missed, nobody invented."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import facts, party
from underlabel import store, world
from underlabel.lists.gather import fact_id
from underlabel.model import Day, Facts, Held, Listing, Source, exact, held
from underlabel.world.history import merged

BEGAN = date(2000, 1, 1)
LISTS = ("a", "b")
# Of whom, on which list, since and until which month (None: not stated), with what terms.
Entry = tuple[str, str, int | None, int | None, str]
# Of which month (None: not stated), whole or extract, of which lists, with what entries.
Spec = tuple[int | None, str, tuple[str, ...], frozenset[Entry]]


def month(number: int) -> date:
    return date(2020, 1, 1) + timedelta(days=30 * number)


def made(spec: Spec) -> Facts:
    number, coverage, lists, entries = spec
    day = None if number is None else month(number)
    bodies = {name: party(name, "d") for name in sorted({one[0] for one in entries})}
    rows = {row.id: row for row in (listing(one, day) for one in sorted(entries, key=str))}
    one = facts("d", *bodies.values(), listings=tuple(rows.values()), edition=day)
    about = msgspec.structs.replace(one.dataset, lists=lists, coverage=coverage, version=f"{spec}")
    return msgspec.structs.replace(one, dataset=about)


def listing(entry: Entry, day: date | None) -> Listing:
    """Make a listing as readers do: a day that is not stated is no part of its id."""
    name, list_, since, until, terms = entry
    stated = None if since is None else exact(month(since))
    words = f"{terms}||{stated or ''}|None"
    return Listing(
        id=fact_id(f"d:{name}/listing/{list_}", words, ""),
        subject=f"d:{name}",
        list=list_,
        since=stated or Day(BEGAN, day or date.max, "published"),
        until=None if until is None else exact(month(until)),
        known_from=stated.latest if stated else day,
        programme=terms,
        source=Source("d"),
    )


def stood(rows: Sequence[Listing], list_: str, day: date, known_at: date | None) -> dict[str, Held]:
    """Who stood on a day, as known on another, told as plainly as can be."""
    found: dict[str, Held] = {}
    for row in rows:
        known = row.known_to is None
        if known_at is not None:
            known = (row.known_from or BEGAN) <= known_at and (row.known_to is None or known_at < row.known_to)
        state = held(row.since, row.until, day)
        if row.list == list_ and known and state is not Held.NO and found.get(row.subject) is not Held.YES:
            found[row.subject] = state
    return found


def named(spec: Spec, list_: str) -> set[str]:
    return {f"d:{name}" for name, on, *_ in spec[3] if on == list_}


UNDATED = st.tuples(
    st.integers(0, 8),
    st.sampled_from(["whole", "whole", "extract"]),
    st.sampled_from([("a",), LISTS]),
    st.frozensets(
        st.tuples(st.sampled_from("pq"), st.sampled_from(LISTS), st.none(), st.none(), st.sampled_from("XY")),
        max_size=4,
    ),
).map(lambda one: (*one[:3], frozenset(entry for entry in one[3] if entry[1] in one[2])))
HISTORIES = st.lists(UNDATED, min_size=1, max_size=5, unique_by=lambda one: one[0]).map(
    lambda specs: sorted(specs, key=lambda one: one[0])
)


@given(HISTORIES)
@settings(max_examples=100, deadline=None)
def test_on_the_day_of_a_whole_edition_just_its_entries_stand_and_between_two_what_both_say(specs: list[Spec]) -> None:
    rows = merged([made(one) for one in specs]).listings
    for number, coverage, lists, _ in specs:
        assert number is not None
        for list_ in lists:
            for known_at in (None, month(number)):
                states = stood(rows, list_, month(number), known_at)
                entries = named((number, coverage, lists, _), list_)
                assert {name for name in entries if states.get(name) is Held.YES} == entries
                assert coverage == "extract" or set(states) == entries
    if any(coverage == "extract" for _, coverage, *_ in specs):
        return
    for list_ in LISTS:
        speak = [one for one in specs if list_ in one[2]]
        for first, second in pairwise(speak):
            assert first[0] is not None
            before, after = named(first, list_), named(second, list_)
            states = stood(rows, list_, month(first[0]) + timedelta(days=1), None)
            both = dict.fromkeys(before & after, Held.YES)
            assert states == dict.fromkeys(before ^ after, Held.MAYBE) | both


@given(HISTORIES)
@settings(max_examples=60, deadline=None)
def test_what_was_known_on_a_day_is_what_the_editions_of_until_then_say(specs: list[Spec]) -> None:
    rows = merged([made(one) for one in specs]).listings
    for number, *_ in specs:
        assert number is not None
        then = merged([made(one) for one in specs if one[0] is not None and one[0] <= number]).listings
        for list_ in LISTS:
            for asked in range(-1, 10):
                for day in (month(asked), month(asked) + timedelta(days=15)):
                    assert stood(rows, list_, day, month(number)) == stood(then, list_, day, None)


STATED = st.tuples(
    st.none() | st.integers(0, 8),
    st.sampled_from(["whole", "whole", "extract"]),
    st.just(("a",)),
    st.frozensets(
        st.tuples(
            st.sampled_from("pq"),
            st.just("a"),
            st.none() | st.integers(-2, 8),
            st.none() | st.integers(0, 9),
            st.sampled_from("XY"),
        ),
        max_size=3,
    ),
)


@given(st.lists(STATED, min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_nobody_whom_an_edition_has_standing_is_missed_on_its_day_whatever_others_say(
    specs: list[Spec], order: random.Random
) -> None:
    """Several editions may be of one day, or of none; days may be stated, or stated otherwise later."""
    editions = [made(one) for one in specs]
    rows = merged(editions).listings
    order.shuffle(editions)
    assert store.digest(merged(editions).listings) == store.digest(rows)
    every = [(number, entry) for number, _, _, entries in specs for entry in entries]
    for number, entry in every:
        day = None if number is None else month(number)
        row = listing(entry, day)
        if number is None or day is None or held(row.since, row.until, day) is not Held.YES:
            continue
        same = [(of, other) for of, other in every if other[0] == entry[0]]
        # The list's own word: that it had ended by then, or was to begin only later.
        ended = any(until is not None and until <= number for _, (_, _, _, until, _) in same)
        later = any(since is not None and since > number for of, (_, _, since, _, _) in same if (of or 0) <= number)
        for known_at in (None, day):
            assert ended or later or row.subject in stood(rows, "a", day, known_at)


@given(HISTORIES)
@settings(max_examples=12, deadline=None)
def test_the_world_tells_the_same_from_its_columns(specs: list[Spec]) -> None:
    rows = merged([made(one) for one in specs]).listings
    with tempfile.TemporaryDirectory() as folder:
        snapshot = world.build(Path(folder), [made(one) for one in specs])
        for known_at in (None, *(month(number) for number, *_ in specs if number is not None)):
            opened = world.World(snapshot, label="test", known_at=known_at)
            for list_ in LISTS:
                for asked in range(-1, 10):
                    assert opened.starts((list_,), month(asked)) == stood(rows, list_, month(asked), known_at)


def spec(number: int, *entries: Entry, coverage: str = "whole") -> Facts:
    return made((number, coverage, ("a",), frozenset(entries)))


def test_editions_of_one_day_take_nobody_off_each_other() -> None:
    both = merged([spec(1, ("p", "a", None, None, "")), spec(1, ("q", "a", None, None, ""))])
    assert set(stood(both.listings, "a", month(1), None)) == {"d:p", "d:q"}
    after = merged([spec(1, ("p", "a", None, None, "")), spec(1, ("q", "a", None, None, "")), spec(2)])
    assert set(stood(after.listings, "a", month(1), month(1))) == {"d:p", "d:q"}
    assert stood(after.listings, "a", month(2), None) == {}


@pytest.mark.parametrize("terms", ["", "other terms"])
def test_a_listing_restated_with_a_later_day_did_stand_when_an_edition_had_it(terms: str) -> None:
    rows = merged([spec(2, ("p", "a", 0, None, "")), spec(6, ("p", "a", 4, None, terms))]).listings
    days = {number: stood(rows, "a", month(number), None).get("d:p") for number in (1, 2, 3, 4, 6)}
    assert days == {1: Held.YES, 2: Held.YES, 3: Held.MAYBE, 4: Held.YES, 6: Held.YES}
    assert stood(rows, "a", month(3), month(3)) == {"d:p": Held.YES}, "nobody had restated it yet"


def test_an_entry_that_is_still_to_begin_and_is_put_off_is_one_entry() -> None:
    rows = merged([spec(0, ("p", "a", 2, None, "")), spec(1, ("p", "a", 4, None, ""))]).listings
    assert stood(rows, "a", month(3), None) == {}
    assert stood(rows, "a", month(4), None) == {"d:p": Held.YES}


def test_an_extract_never_takes_the_place_of_the_whole_edition_of_its_day(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    whole = spec(1, ("p", "a", None, None, ""), ("q", "a", None, None, ""))
    for name in "rs":
        world.add(home, [spec(0, ("p", "a", None, None, "")), whole])
        snapshot = world.add(home, [spec(1, (name, "a", None, None, ""), coverage="extract")])
    opened = world.open_world(home)
    assert opened.starts(("a",), month(1)) == dict.fromkeys(("d:p", "d:q", "d:s"), Held.YES)
    speaks = opened.loaded("a")
    assert speaks is not None
    assert (speaks.edition, speaks.coverage) == (month(1), "whole")
    assert world.add(home, [whole]).id != snapshot.id, "a whole edition of the day takes the place of all"
    assert set(world.open_world(home).starts(("a",), month(1))) == {"d:p", "d:q"}
