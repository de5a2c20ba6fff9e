"""What one edition of a list says differently from another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import facts, listing, named, party
from underlabel import lists
from underlabel.model import Category, Facts, Identifier, Listing, Name, Party, Source, exact

FIRST, SECOND = date(2024, 5, 2), date(2024, 5, 3)
ACME, ZETA, BETA = (party(f"{name} Works Ltd", "l") for name in ("Acme", "Zeta", "Beta"))


def edition(day: date | None, *listed: Party, **terms: Any) -> Facts:  # noqa: ANN401 - any field of a listing
    """Make an edition that lists these, on these terms."""
    rows = tuple(msgspec.structs.replace(listing(one, "l"), **terms) for one in listed)
    return facts("l", *listed, listings=rows, edition=day)


def between(before: Party | Facts, after: Party | Facts) -> lists.Diff:
    first = before if isinstance(before, Facts) else edition(FIRST, before)
    second = after if isinstance(after, Facts) else edition(SECOND, after)
    return lists.diff("l", (first,), (second,))


def test_who_came_and_who_went_are_told_with_name_kind_seat_and_programme() -> None:
    found = lists.diff(
        "l",
        (edition(FIRST, ACME, ZETA, programme="A"),),
        (edition(SECOND, ZETA, BETA, programme="A"),),
    )
    assert (found.list, found.from_, found.to) == ("l", "2024-05-02", "2024-05-03")
    (came,), (went,) = found.added, found.removed
    assert (came.id, came.name, came.schema, came.country, came.programme) == (
        "l:Beta Works Ltd",
        "Beta Works Ltd",
        "Company",
        "cn",
        "A",
    )
    assert went.id == ACME.id
    assert (found.renamed, found.changed) == ((), ())


def test_a_party_that_is_described_but_not_listed_is_no_entry() -> None:
    found = between(edition(FIRST, ACME), facts("l", ACME, ZETA, listed=(ACME,), edition=SECOND))
    assert (found.added, found.removed) == ((), ())


def test_a_class_comes_and_goes_as_a_party_does() -> None:
    routers = Category(id="l:routers", text="Routers made abroad", source=Source("l"))
    with_class = msgspec.structs.replace(
        facts("l", ACME, listings=(listing(ACME, "l"), listing(routers, "l")), edition=SECOND), categories=(routers,)
    )
    (came,) = between(edition(FIRST, ACME), with_class).added
    assert (came.id, came.name, came.schema, came.country) == ("l:routers", "Routers made abroad", "Category", "")
    (went,) = between(with_class, edition(SECOND, ACME)).removed
    assert went == came


def entry(id_: str, *names: Name | str, number: str = "") -> Party:
    made = named("l", *names, id_=id_)
    return msgspec.structs.replace(made, identifiers=(Identifier("uscc", number),) if number else ())


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (entry("l:7", "Old Gate Ltd"), entry("l:7", "Novel Title Ltd"), "same number in the list"),
        (
            entry("l:1", "Old Gate Ltd"),
            entry("l:2", "Novel Title Ltd", Name("OLD GATE LIMITED", "previous")),
            "both bear the name",
        ),
        (
            entry("l:1", "Old Gate Ltd"),
            entry("l:2", "Novel Title Ltd", Name("Old Gate Ltd", "alias")),
            "both bear the name",
        ),
        (
            entry("l:1", "Old Gate Ltd", Name("Novel Title Ltd", "alias")),
            entry("l:2", "Novel Title Ltd"),
            "both bear the name",
        ),
        (
            entry("l:1", "Old Gate Ltd", number="91330000"),
            entry("l:2", "Novel Title Ltd", number="91330000"),
            "both hold uscc 91330000",
        ),
    ],
    ids=["same id", "previous name", "alias", "alias before", "same number"],
)
def test_an_entry_that_bears_another_name_is_renamed(before: Party, after: Party, why: str) -> None:
    found = between(before, after)
    (renamed,) = found.renamed
    assert (renamed.before.name, renamed.after.name) == ("Old Gate Ltd", "Novel Title Ltd")
    assert (renamed.before.id, renamed.after.id) == (before.id, after.id)
    assert renamed.why.startswith(why)
    assert (found.added, found.removed) == ((), ())


@pytest.mark.parametrize(
    "after",
    [
        entry("l:2", "Novel Title Ltd", Name("Old Gate Ltd", "weak")),
        entry("l:2", "Novel Title Ltd", Name("Shared Alias Ltd", "alias")),
        entry("l:2", "Novel Title Ltd", number="2"),
    ],
    ids=["weak name", "two aliases", "other number"],
)
def test_who_only_resembles_the_one_that_went_came_in_its_own_right(after: Party) -> None:
    before = entry("l:1", "Old Gate Ltd", Name("Shared Alias Ltd", "alias"), number="1")
    found = between(before, after)
    assert ([one.id for one in found.added], [one.id for one in found.removed]) == (["l:2"], ["l:1"])
    assert found.renamed == ()


def test_two_that_may_be_the_renamed_one_are_no_rename() -> None:
    after = edition(SECOND, *(entry(f"l:{number}", f"New {number} Ltd", "Old Gate Ltd") for number in (2, 3)))
    found = between(edition(FIRST, entry("l:1", "Old Gate Ltd")), after)
    assert found.renamed == ()
    assert (len(found.added), len(found.removed)) == (2, 1)


def test_each_of_two_renamed_entries_finds_its_own() -> None:
    before = edition(FIRST, entry("l:1", "Old Gate Ltd"), entry("l:2", "Far Hill Ltd", number="5"))
    after = edition(SECOND, entry("l:3", "Hill Top Ltd", number="5"), entry("l:4", "Gate Way Ltd", "Old Gate Ltd"))
    assert {(one.before.id, one.after.id) for one in between(before, after).renamed} == {
        ("l:1", "l:4"),
        ("l:2", "l:3"),
    }


OTHERWISE = {
    "aliases": (entry("l:7", "Acme Ltd", "A", "B"), entry("l:7", "Acme Ltd", "B", "C"), ("A",), ("C",)),
    "countries": (named("l", "Acme", id_="l:7"), named("l", "Acme", id_="l:7", country="us"), ("cn",), ("us",)),
    "addresses": (
        msgspec.structs.replace(ACME, addresses=("1 Old Road",)),
        msgspec.structs.replace(ACME, addresses=("1 Old Road", "2 New Road")),
        (),
        ("2 New Road",),
    ),
    "identifiers": (entry("l:7", "Acme"), entry("l:7", "Acme", number="5"), (), ("uscc 5",)),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_what_is_said_otherwise_of_a_party_is_told_with_what_is_gone_and_new(what: str) -> None:
    before, after, gone, new = OTHERWISE[what]
    found = between(before, after)
    (change,) = found.changed
    assert change.entry.id == after.id
    assert [(one.what, one.gone, one.new) for one in change.altered] == [(what, gone, new)]
    assert (found.added, found.removed, found.renamed) == ((), (), ())


@pytest.mark.parametrize(
    ("what", "old", "new", "gone", "came"),
    [
        ("policy", "Case by case", "Presumption of denial", ("Case by case",), ("Presumption of denial",)),
        ("until", None, exact(date(2024, 1, 1)), (), ("2024-01-01",)),
        ("requirement", "All items", "", ("All items",), ()),
        ("citation", "84 FR 54004", "84 FR 54004; 87 FR 62202", ("84 FR 54004",), ("84 FR 54004; 87 FR 62202",)),
        ("scope", (), ("video", "telecom"), (), ("video, telecom",)),
        ("reach", "", "and subsidiaries", (), ("and subsidiaries",)),
        ("programme", "A", "B", ("A",), ("B",)),
    ],
)
def test_terms_said_otherwise_are_told(
    what: str, old: object, new: object, gone: tuple[str, ...], came: tuple[str, ...]
) -> None:
    found = between(edition(FIRST, ACME, **{what: old}), edition(SECOND, ACME, **{what: new}))
    (change,) = found.changed
    assert [(one.what, one.gone, one.new) for one in change.altered] == [(what, gone, came)]


def test_an_entry_that_was_renamed_and_said_otherwise_is_told_as_both() -> None:
    before = msgspec.structs.replace(entry("l:1", "Old Gate Ltd", number="5"), addresses=("1 Old Road",))
    after = msgspec.structs.replace(entry("l:2", "Novel Title Ltd", number="5"), addresses=("2 New Road",))
    found = between(before, after)
    assert [one.after.id for one in found.renamed] == ["l:2"]
    (change,) = found.changed
    assert change.entry.id == "l:2"
    assert {one.what for one in change.altered} == {"addresses"}


def test_the_order_of_names_addresses_and_listings_is_no_difference() -> None:
    one = msgspec.structs.replace(entry("l:7", "Acme", "B", "C"), addresses=("x", "y"))
    other = msgspec.structs.replace(entry("l:7", "Acme", "C", "B"), addresses=("y", "x"))
    rows = [msgspec.structs.replace(listing(one, "l"), id=id_, programme=id_) for id_ in "pq"]
    first = facts("l", one, listings=tuple(rows), edition=FIRST)
    second = facts("l", other, listings=tuple(rows[::-1]), edition=SECOND)
    found = between(first, second)
    assert (found.changed, found.renamed) == ((), ())


def test_parts_of_one_list_are_one_edition() -> None:
    statutory = facts("l:statutory", ACME, listed=(ACME,), edition=FIRST)
    administrative = facts("l:administrative", ZETA, listed=(ZETA,), edition=SECOND)
    found = lists.diff("l", (statutory, administrative), (facts("l", ACME, BETA, listed=(ACME, BETA)),))
    assert [one.id for one in found.added] == [BETA.id]
    assert [one.id for one in found.removed] == [ZETA.id]
    assert (found.from_, found.to) == ("2024-05-03", "unknown")


def test_the_programmes_of_an_entry_are_told_together() -> None:
    rows = tuple(msgspec.structs.replace(listing(ACME, "l"), id=id_, programme=id_) for id_ in ("SDGT", "IRAN", "SDGT"))
    (came,) = between(edition(FIRST, ZETA), facts("l", ACME, ZETA, listings=(*rows, listing(ZETA, "l")))).added
    assert came.programme == "SDGT; IRAN"


def test_in_json_a_difference_has_just_these_seven_keys() -> None:
    after = edition(SECOND, entry("l:7", "New Ltd", "A"), BETA)
    found = between(edition(FIRST, entry("l:7", "Old Ltd"), ACME), after)
    told = msgspec.json.decode(msgspec.json.encode(found))
    assert list(told) == ["list", "from", "to", "added", "removed", "renamed", "changed"]
    assert (told["list"], told["from"], told["to"]) == ("l", "2024-05-02", "2024-05-03")
    for name in ("added", "removed"):
        assert [list(one) for one in told[name]] == [["id", "name", "schema", "country", "programme"]]
    assert [list(one) for one in told["renamed"]] == [["before", "after", "why"]]
    assert [list(one) for one in told["changed"]] == [["entry", "altered"]]
    assert told["changed"][0]["altered"] == [{"what": "aliases", "gone": [], "new": ["A"]}]
    empty = msgspec.json.decode(msgspec.json.encode(between(ACME, ACME)))
    assert [empty[name] for name in ("added", "removed", "renamed", "changed")] == [[], [], [], []]


NAMES = ("Acme Works Ltd", "Zeta Holding Ltd", "Beta Mining Ltd", "Old Gate Ltd", "Far Hill Ltd")
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["", "A", "B"]),
    ),
    max_size=6,
    unique_by=lambda one: one[0],
)
Rows = list[tuple[int, list[str], str, str]]


def made(rows: Rows, day: date) -> Facts:
    listed = [entry(f"l:{number}", *names, number=value) for number, names, value, _ in rows]
    terms = [
        msgspec.structs.replace(listing(one, "l"), programme=row[3]) for one, row in zip(listed, rows, strict=True)
    ]
    return facts("l", *listed, listings=tuple(terms), edition=day)


@given(ENTRIES)
@settings(max_examples=80, deadline=None)
def test_an_edition_differs_in_nothing_from_itself(rows: Rows) -> None:
    found = lists.diff("l", (made(rows, FIRST),), (made(rows[::-1], FIRST),))
    assert (found.added, found.removed, found.renamed, found.changed) == ((), (), (), ())


@given(ENTRIES, ENTRIES)
@settings(max_examples=80, deadline=None)
def test_every_entry_is_told_once_and_none_is_lost(left: Rows, right: Rows) -> None:
    first, second = made(left, FIRST), made(right, SECOND)
    found = between(first, second)
    before, after = ({one.id for one in facts_.parties} for facts_ in (first, second))
    moved = {(one.before.id, one.after.id) for one in found.renamed if one.before.id != one.after.id}
    went = [one.id for one in found.removed] + [old for old, _ in moved]
    came = [one.id for one in found.added] + [new for _, new in moved]
    assert sorted(went) == sorted(before - after)
    assert sorted(came) == sorted(after - before)


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
@settings(max_examples=60, deadline=None)
def test_where_no_name_is_shared_what_came_one_way_went_the_other(left: set[int], right: set[int]) -> None:
    first, second = (
        edition(day, *(entry(f"l:{one}", f"Firm {one} Ltd") for one in sorted(numbers)))
        for day, numbers in ((FIRST, left), (SECOND, right))
    )
    there, back = between(first, second), between(second, first)
    assert [one.id for one in there.added] == [one.id for one in back.removed]
    assert [one.id for one in there.removed] == [one.id for one in back.added]
    assert len(there.added) == len(right - left)
    assert there.renamed == back.renamed == ()


@pytest.mark.parametrize(
    ("first", "second", "added", "removed"),
    [("2022-02-23", "2022-02-25", 93, 0), ("2024-05-02", "2024-05-03", 0, 8)],
)
def test_real_editions_of_the_sdn_list_differ_as_is_known(
    real_data: Callable[[str], Path], first: str, second: str, added: int, removed: int
) -> None:
    folder = real_data("lists/us_ofac_sdn_history")
    before, after = (lists.read(folder / f"sdn-{day}.csv.gz", "us_ofac_sdn") for day in (first, second))
    found = lists.diff("us_ofac_sdn", (before,), (after,))
    assert (found.from_, found.to) == (first, second)
    assert (len(found.added), len(found.removed)) == (added, removed)
    assert all(one.programme and one.name and one.schema for one in (*found.added, *found.removed))
    stayed = {one.id for one in before.parties} & {one.id for one in after.parties}
    assert {one.entry.id for one in found.changed} <= stayed


def test_the_real_entity_list_differs_in_nothing_from_itself(real_data: Callable[[str], Path]) -> None:
    whole = lists.read(real_data("lists/us_2026-07-09/bis_entity_list.json.gz"), "us_bis_entity_list")
    rows: tuple[Listing, ...] = whole.listings[::-1]
    other = msgspec.structs.replace(whole, parties=whole.parties[::-1], listings=rows)
    found = lists.diff("us_bis_entity_list", (whole,), (other,))
    assert (found.added, found.removed, found.renamed, found.changed) == ((), (), (), ())
