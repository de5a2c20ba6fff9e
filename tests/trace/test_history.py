"""What became of a party on the lists: when it was so, and since when that is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import facts, listing, named, party
from underlabel import lists, trace, world
from underlabel.model import Day, Facts, Party, UsageError, exact

D1, D2, D3, D4 = date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1)
ACME, ZETA = party("Acme Works Ltd", "l"), party("Zeta Works Ltd", "l")
STATED = exact(date(2020, 5, 5))
Told = list[tuple[str, str, str]]


def edition(day: date, *listed: Party, stated: Day | None = None, **terms: str) -> Facts:
    """Make a whole edition that lists these; without a day stated it is some day since 2000, by this edition."""
    rows = tuple(
        msgspec.structs.replace(
            listing(one, "l", stated or Day(date(2000, 1, 1), day, "published")),
            id=f"l:{one.id}",
            known_from=(stated and stated.latest) or day,
            **terms,
        )
        for one in listed
    )
    return facts("l", *listed, listings=rows, edition=day)


def told(folder: Path, *given: Facts, of: str = ACME.id, known_at: date | None = None) -> Told:
    opened = world.World(world.build(folder, given), label="test", known_at=known_at)
    _, events = trace.history(opened, of)
    return [(one.day, one.what, one.known) for one in events]


CLOCKS = {
    "hikvision": [
        ("us_ndaa_889", "2019-08-13", "2018-08-13", "2018-08-13", "2019-08-13", "2019-08-13"),
        ("us_bis_entity_list", "2019-10-09", "2019-10-07", "2019-10-07", "2019-10-09", "2019-10-09"),
        ("us_fcc_covered", "2021-03-12", "2021-03-12", "", "2021-03-12", "2021-03-12"),
        ("us_dod_1260h", "2021-06-03", "2021-06-03", "2021-06-03", "", ""),
        ("us_ofac_nscmic", "2021-08-02", "2021-06-03", "2021-06-03", "2021-06-07", "2021-08-02"),
    ],
    "dahua": [
        ("us_ndaa_889", "2019-08-13", "2018-08-13", "2018-08-13", "2019-08-13", "2019-08-13"),
        ("us_bis_entity_list", "2019-10-09", "2019-10-07", "2019-10-07", "2019-10-09", "2019-10-09"),
        ("us_fcc_covered", "2021-03-12", "2021-03-12", "", "2021-03-12", "2021-03-12"),
        ("us_dod_1260h", "2022-10-05", "2022-10-05", "2022-10-05", "", ""),
    ],
}


@pytest.mark.parametrize("name", CLOCKS)
def test_hikvision_and_dahua_have_their_several_clocks(starter: world.World, name: str) -> None:
    caption, events = trace.history(starter, name)
    assert name in caption.casefold()
    assert [(one.list, one.day, one.known, one.announced, one.published, one.effective) for one in events] == CLOCKS[
        name
    ]
    assert {one.what for one in events} == {"listed"}
    assert all(one.citation and one.source.startswith(one.list) and one.record == name for one in events)


def test_a_name_means_the_party_it_fits_best(starter: world.World) -> None:
    by_name = trace.history(starter, "Zhejiang Dahua Technology Co., Ltd.")
    assert by_name == trace.history(starter, "dahua")
    assert by_name != trace.history(starter, "DAHUA ELECTRONICS CORPORATION")


@pytest.mark.parametrize(
    ("day", "lists_"),
    [
        ("2018-08-12", []),
        ("2018-08-13", ["us_ndaa_889"]),
        ("2019-10-06", ["us_ndaa_889"]),
        ("2019-10-07", ["us_ndaa_889", "us_bis_entity_list"]),
        ("2021-06-03", [one[0] for one in CLOCKS["hikvision"]]),
    ],
)
def test_on_an_earlier_day_less_was_known(starter: world.World, day: str, lists_: list[str]) -> None:
    then = world.World(starter.snapshot, label="then", known_at=date.fromisoformat(day))
    _, events = trace.history(then, "hikvision")
    assert [one.list for one in events] == lists_


def test_an_end_of_the_starter_facts_is_told_once_it_was_known(starter: world.World) -> None:
    _, events = trace.history(starter, "dahua-electronics")
    assert [(one.what, one.day) for one in events] == [("listed", "2017-09-28"), ("ended", "2025-11-19")]
    then = world.World(starter.snapshot, label="then", known_at=date(2020, 1, 1))
    assert [one.what for one in trace.history(then, "dahua-electronics")[1]] == ["listed"]


def test_nobody_known_is_a_usage_error(starter: world.World) -> None:
    with pytest.raises(UsageError, match="no record is held of 'Zzyzx Quorble'") as caught:
        trace.history(starter, "Zzyzx Quorble")
    assert "underlabel who" in caught.value.hint


def test_a_party_on_no_list_has_no_event(starter: world.World) -> None:
    caption, events = trace.history(starter, "lorex")
    assert (caption, events) == ("Lorex Technology Inc.", ())


def test_who_was_taken_off_is_told_as_ended_on_a_day_between_two_editions(tmp_path: Path) -> None:
    two = (edition(D1, ACME, ZETA, stated=STATED), edition(D2, ZETA, stated=STATED))
    assert told(tmp_path, *two) == [
        ("2020-05-05", "listed", "2020-05-05"),
        ("2021-01-02..2022-01-01", "ended", "2022-01-01"),
    ]
    assert told(tmp_path, *two, known_at=date(2021, 6, 1)) == [("2020-05-05", "listed", "2020-05-05")]
    assert told(tmp_path, *two, of=ZETA.id) == [("2020-05-05", "listed", "2020-05-05")]


def test_who_came_without_a_day_is_listed_on_a_day_between_two_editions(tmp_path: Path) -> None:
    two = (edition(D1, ZETA), edition(D2, ZETA, ACME))
    assert told(tmp_path, *two) == [("2021-01-02..2022-01-01", "listed", "2022-01-01")]
    assert told(tmp_path, *two, known_at=date(2021, 6, 1)) == []


@pytest.mark.parametrize("stated", [None, STATED], ids=["no day stated", "the old day stated"])
def test_who_comes_back_is_told_as_listed_again(tmp_path: Path, stated: Day | None) -> None:
    three = (edition(D1, ACME, ZETA, stated=stated), edition(D2, ZETA), edition(D3, ACME, ZETA, stated=stated))
    found = told(tmp_path, *three)
    assert sorted((known, what) for _, what, known in found)[-2:] == [("2022-01-01", "ended"), ("2023-01-01", "listed")]
    assert [what for _, what, _ in found].count("listed") == 2
    assert len(told(tmp_path, *three, known_at=D2)) == 2


def test_a_new_name_is_told_with_both_names(tmp_path: Path) -> None:
    old, new = (named("l", text, id_="l:7") for text in ("Old Name Works Ltd", "Novel Title Works Ltd"))
    two = (edition(D1, old, stated=STATED), edition(D2, new, stated=STATED))
    opened = world.World(world.build(tmp_path, two), label="test")
    caption, events = trace.history(opened, "l:7")
    assert caption == "Novel Title Works Ltd"
    assert [(one.what, one.day, one.known, one.text, one.list, one.record) for one in events][1:] == [
        ("renamed", "2022-01-01", "2022-01-01", "Old Name Works Ltd → Novel Title Works Ltd", "l", "l:7")
    ]
    before = world.World(opened.snapshot, label="before", known_at=D1)
    caption, events = trace.history(before, "l:7")
    assert (caption, [one.what for one in events]) == ("Old Name Works Ltd", ["listed"])


def test_another_alias_is_no_new_name(tmp_path: Path) -> None:
    several = (named("l", "Acme Works Ltd", *more, id_="l:7") for more in ((), ("Acme Optics Ltd",)))
    two = [edition(day, one, stated=STATED) for day, one in zip((D1, D2), several, strict=True)]
    assert told(tmp_path, *two, of="l:7") == [("2020-05-05", "listed", "2020-05-05")]


def test_other_terms_are_told_from_the_edition_that_says_them(tmp_path: Path) -> None:
    three = (
        edition(D1, ACME, stated=STATED, policy="case by case"),
        edition(D2, ACME, stated=STATED, policy="presumption of denial"),
        edition(D3, ACME, stated=STATED, policy="presumption of denial"),
    )
    assert told(tmp_path, *three) == [
        ("2020-05-05", "listed", "2020-05-05"),
        ("2022-01-01", "said otherwise", "2022-01-01"),
    ]
    assert len(told(tmp_path, *three, known_at=D1)) == 1


def test_each_event_names_the_record_and_the_place_it_was_read(tmp_path: Path) -> None:
    row = msgspec.structs.replace(listing(ACME, "l", STATED), citation="84 FR 1")
    row = msgspec.structs.replace(
        row, source=msgspec.structs.replace(row.source, version="9f2c41a0b3d2e4f5", locator="row 12")
    )
    opened = world.World(world.build(tmp_path, [facts("l", ACME, listings=(row,))]), label="test")
    (event,) = trace.history(opened, ACME.id)[1]
    assert (event.record, event.source, event.citation) == (ACME.id, "l 9f2c41a0b3d2 row 12", "84 FR 1")


def test_a_listing_without_a_day_of_its_own_is_told_too_and_a_joined_record_as_well(tmp_path: Path) -> None:
    other = party("Acme Works Limited", "m")
    row = msgspec.structs.replace(listing(ACME, "l"), since=None, id="l:1")
    both = (facts("l", ACME, listings=(row,)), facts("m", other, listed=(other,)))
    opened = world.World(world.build(tmp_path, both), label="test")
    assert [(one.list, one.day, one.record) for one in trace.history(opened, ACME.id)[1]] == [
        ("m", "2020-01-01", other.id),
        ("l", "unknown", ACME.id),
    ]


def test_what_was_not_yet_announced_is_not_told_though_it_names_no_day_of_knowledge(tmp_path: Path) -> None:
    row = msgspec.structs.replace(listing(ACME, "l", exact(D3)), announced=exact(D2))
    opened = world.build(tmp_path, [facts("l", ACME, listings=(row,))])
    for day, count in ((D1, 0), (D2, 1)):
        then = world.World(opened, label="then", known_at=day)
        assert len(then.listings.get(ACME.id, ())) == count
        assert len(trace.history(then, ACME.id)[1]) == count


EARLY = exact(date(2005, 5, 5))
SPEC = st.lists(
    st.tuples(st.integers(0, 9), st.booleans(), st.sampled_from(["", "a", "b"])),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one[0],
)


@given(SPEC, st.one_of(st.none(), st.integers(0, 9)), st.sampled_from([None, EARLY]))
@settings(max_examples=40, deadline=None)
def test_no_event_was_known_after_the_day_asked_and_the_last_says_whether_it_stands(
    tmp_path_factory: pytest.TempPathFactory, spec: list[tuple[int, bool, str]], asked: int | None, stated: Day | None
) -> None:
    editions = [
        edition(date(2010 + year, 1, 1), *((ACME, ZETA) if there else (ZETA,)), stated=stated, policy=policy)
        for year, there, policy in spec
    ]
    known_at = None if asked is None else date(2010 + asked, 1, 1)
    snapshot = world.build(tmp_path_factory.mktemp("history"), editions)
    opened = world.World(snapshot, label="test", known_at=known_at)
    if ACME.id not in opened.parties:
        return
    _, events = trace.history(opened, ACME.id)
    assert all(known_at is None or one.known <= str(known_at) for one in events)
    known = sorted((year, there) for year, there, _ in spec if asked is None or year <= asked)
    turns = [one.what for one in sorted(events, key=lambda one: one.known) if one.what in {"listed", "ended"}]
    assert turns == ["listed", "ended"] * (len(turns) // 2) + ["listed"] * (len(turns) % 2)
    if known:
        assert bool(turns and turns[-1] == "listed") is known[-1][1]


def test_the_real_sdn_history_tells_who_was_taken_off(real_data: Callable[[str], Path], tmp_path: Path) -> None:
    folder = real_data("lists/us_ofac_sdn_history")
    editions = [lists.read(folder / f"sdn-{day}.csv.gz", "us_ofac_sdn") for day in ("2024-05-02", "2024-05-03")]
    gone = {one.id for one in editions[0].parties} - {one.id for one in editions[1].parties}
    assert len(gone) == 8
    opened = world.World(world.build(tmp_path, editions), label="sdn")
    for name in sorted(gone):
        events = trace.history(opened, name)[1]
        assert [(one.what, one.day, one.known) for one in events if one.what == "ended"] == [
            ("ended", "2024-05-03", "2024-05-03")
        ]
