"""Several editions of one list become one history, with two clocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import facts, listing, named, party
from underlabel import lists, match, store, world
from underlabel.model import Day, Facts, Held, InputError, Listing, Name, Party, Query, exact
from underlabel.world.history import merged

D1, D2, D3, D4 = date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1)
ACME, ZETA = party("Acme Works Ltd", "l"), party("Zeta Works Ltd", "l")
STATED = exact(date(2020, 5, 5))


def edition(day: date, *listed: Party, stated: Day | None = STATED, coverage: str = "whole") -> Facts:
    """Make an edition that lists these; a day that is not stated is some day since 2000, by this edition."""
    since = stated or Day(date(2000, 1, 1), day, "published")
    rows = [
        msgspec.structs.replace(
            listing(one, "l", since), id=f"l:{one.id}", known_from=(stated and stated.latest) or day
        )
        for one in listed
    ]
    made = facts("l", *listed, listings=tuple(rows), edition=day)
    return msgspec.structs.replace(made, dataset=msgspec.structs.replace(made.dataset, coverage=coverage))


def opened(folder: Path, *given: Facts, known_at: date | None = None) -> world.World:
    return world.World(world.build(folder, given), label="test", known_at=known_at)


def listed(opened: world.World, day: date) -> dict[str, Held]:
    return opened.starts(("l",), day)


def test_who_is_taken_off_stood_until_a_day_between_two_editions(tmp_path: Path) -> None:
    two = (edition(D1, ACME, ZETA), edition(D2, ZETA))
    now = opened(tmp_path, *two)
    assert listed(now, D1)[ACME.id] is Held.YES
    assert listed(now, date(2021, 6, 1))[ACME.id] is Held.MAYBE
    assert ACME.id not in listed(now, D2)
    then = opened(tmp_path, *two, known_at=date(2021, 6, 1))
    assert listed(then, date(2021, 6, 1))[ACME.id] is Held.YES, "nobody knew yet that it would be taken off"
    assert listed(then, D3)[ACME.id] is Held.YES


def test_who_comes_without_a_day_came_after_the_last_edition_without_it(tmp_path: Path) -> None:
    two = (edition(D1, ZETA, stated=None), edition(D2, ZETA, ACME, stated=None))
    now = opened(tmp_path, *two)
    assert ACME.id not in listed(now, D1)
    assert listed(now, date(2021, 6, 1))[ACME.id] is Held.MAYBE
    assert listed(now, D2)[ACME.id] is Held.YES
    assert ACME.id not in listed(opened(tmp_path, *two, known_at=date(2021, 6, 1)), D2)
    assert listed(now, D1)[ZETA.id] is Held.YES, "the first edition that has it says by when it was listed"


def test_a_day_that_the_list_states_is_its_own(tmp_path: Path) -> None:
    now = opened(tmp_path, edition(D1, ZETA), edition(D2, ZETA, ACME))
    assert listed(now, STATED.latest)[ACME.id] is Held.YES
    then = opened(tmp_path, edition(D1, ZETA), edition(D2, ZETA, ACME), known_at=D1)
    assert ACME.id not in listed(then, D2), "the edition held of that day did not have it"


def test_an_extract_takes_nobody_off(tmp_path: Path) -> None:
    now = opened(tmp_path, edition(D1, ACME, ZETA), edition(D2, ZETA, coverage="extract"))
    assert listed(now, D3)[ACME.id] is Held.YES


def test_an_edition_that_does_not_speak_for_a_list_takes_nobody_off_it(tmp_path: Path) -> None:
    after = edition(D2, ZETA)
    elsewhere = [msgspec.structs.replace(one, list="m") for one in after.listings]
    about = msgspec.structs.replace(after.dataset, lists=("m",))
    after = msgspec.structs.replace(after, dataset=about, listings=tuple(elsewhere))
    now = opened(tmp_path, edition(D1, ACME, ZETA), after)
    assert listed(now, D3)[ACME.id] is Held.YES


def test_who_comes_back_stands_again(tmp_path: Path) -> None:
    now = opened(
        tmp_path, edition(D1, ACME, stated=None), edition(D2, ZETA, stated=None), edition(D3, ACME, stated=None)
    )
    assert [listed(now, day).get(ACME.id) for day in (D1, D2, D3)] == [Held.YES, None, Held.YES]
    assert len(now.listings[ACME.id]) == 2


def test_a_new_name_speaks_from_the_edition_that_gives_it(tmp_path: Path) -> None:
    old, new = (named("l", text, id_="l:7") for text in ("Old Name Works Ltd", "Novel Title Works Ltd"))
    two = (edition(D1, old), edition(D2, new))
    now, then = opened(tmp_path, *two), opened(tmp_path, *two, known_at=D1)
    assert (then.parties["l:7"].caption, now.parties["l:7"].caption) == ("Old Name Works Ltd", "Novel Title Works Ltd")
    for opened_, called, found in ((now, new, True), (now, old, True), (then, old, True), (then, new, False)):
        (answer,) = match.find(opened_.index, [Query(called.caption)], threshold=0.95)
        assert [hit.party for hit in answer.hits] == ["l:7"] * found
    assert Name(old.caption, "previous") in now.parties["l:7"].names, "it may still stand on an invoice"


def test_an_edition_without_its_file_of_aliases_loses_no_alias(tmp_path: Path) -> None:
    full = named("l", "Acme Works Ltd", Name("Gizmo Novelties", "alias"), Name("GN", "weak"), id_="l:7")
    bare = named("l", "Acme Works Ltd", id_="l:7", country="")
    now = opened(tmp_path, edition(D1, full), edition(D2, bare))
    (answer,) = match.find(now.index, [Query("Gizmo Novelties")], threshold=0.95)
    assert [hit.party for hit in answer.hits] == ["l:7"]
    assert now.parties["l:7"].names == full.names
    assert now.parties["l:7"].countries == ("cn",)


def test_a_record_that_a_list_renames_stays_joined_by_its_former_name(tmp_path: Path) -> None:
    ours = party("Acme Works Ltd", "m")
    old, new = (named("l", text, id_="l:7") for text in ("Acme Works Ltd", "Novel Title Works Ltd"))
    now = opened(tmp_path, facts("m", ours), edition(D1, old), edition(D2, new))
    assert now.one("l:7") == now.one(ours.id)
    assert listed(now, D2)[now.one(ours.id)] is Held.YES


def test_an_older_edition_may_come_later_and_gives_the_same_snapshot(tmp_path: Path) -> None:
    older, newer = edition(D1, ACME, ZETA), edition(D2, ZETA)
    one, other = world.home(tmp_path / "1"), world.home(tmp_path / "2")
    world.add(one, [older])
    world.add(other, [newer])
    assert world.add(one, [newer]).id == world.add(other, [older]).id
    assert world.open_world(other).loaded("l") == newer.dataset


def test_new_terms_make_no_new_listing(tmp_path: Path) -> None:
    before, after = edition(D1, ACME, ZETA, stated=None), edition(D3, ACME, ZETA, stated=None)
    row = msgspec.structs.replace(after.listings[0], id="l:otherwise", programme="ANOTHER", citation="87 FR 1")
    after = msgspec.structs.replace(after, listings=(row, *after.listings[1:]))
    now = opened(tmp_path, before, after)
    assert listed(now, D2)[ACME.id] is Held.YES, "it stood all the time"
    assert [one.programme for one in now.listings[ACME.id]] == ["ANOTHER"]
    then = opened(tmp_path, before, after, known_at=D2)
    assert [one.programme for one in then.listings[ACME.id]] == [""]


def test_a_corrected_name_is_the_same_body_and_stood_all_the_time(tmp_path: Path) -> None:
    wrong, right = party("Acme Wroks of Harbin Ltd", "l"), party("Acme Works of Harbin Ltd", "l")
    now = opened(tmp_path, edition(D1, wrong, ZETA, stated=None), edition(D3, right, ZETA, stated=None))
    assert listed(now, D2)[wrong.id] is Held.YES
    assert now.parties[wrong.id].caption == "Acme Works of Harbin Ltd"
    for asked in ("Acme Wroks of Harbin Ltd", "Acme Works of Harbin Ltd"):
        (found,) = match.find(now.index, [Query(asked)])
        assert [hit.party for hit in found.hits] == [wrong.id]


def test_a_body_that_came_as_another_went_is_another(tmp_path: Path) -> None:
    north, south = party("Harbin North Prison Works", "l"), party("Harbin South Prison Works", "l")
    now = opened(tmp_path, edition(D1, north, ZETA, stated=None), edition(D3, south, ZETA, stated=None))
    assert listed(now, D3) == {south.id: Held.YES, ZETA.id: Held.YES}
    assert south.id not in listed(now, D1)


EDITIONS = st.lists(
    st.tuples(st.integers(0, 9), st.sets(st.sampled_from("abcd"))), min_size=1, max_size=5, unique_by=lambda one: one[0]
)


def made(spec: Sequence[tuple[int, set[str]]]) -> list[Facts]:
    return [
        edition(date(2010 + year, 1, 1), *(party(f"{name} Works Ltd", "l") for name in sorted(names)), stated=None)
        for year, names in spec
    ]


@given(EDITIONS, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_on_the_day_of_an_edition_just_its_entries_stand(spec: list[tuple[int, set[str]]], random: object) -> None:
    shuffled = list(spec)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    rows = merged(made(shuffled)).listings
    assert store.digest(rows) == store.digest(merged(made(spec)).listings)
    for year, names in spec:
        day = date(2010 + year, 1, 1)
        standing = {one.subject for one in rows if one.known_to is None and _stood(one, day)}
        assert standing == {f"l:{name} Works Ltd" for name in names}
        known = {one.subject for one in rows if _known(one, day) and _stood(one, day)}
        assert known == standing


def _stood(one: Listing, day: date) -> bool:
    return (one.since is None or one.since.latest <= day) and (one.until is None or day < one.until.earliest)


def _known(one: Listing, day: date) -> bool:
    return (one.known_from is None or one.known_from <= day) and (one.known_to is None or day < one.known_to)


def test_a_list_that_shrank_beyond_its_bound_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    home = world.home(tmp_path)
    many = [named("us_bis_dpl", f"Firm {number} Ltd", id_=f"us_bis_dpl:{number}") for number in range(10)]
    whole = facts("us_bis_dpl", *many, listed=tuple(many), edition=D1)
    before = world.add(home, [whole])
    few = facts("us_bis_dpl", *many[:5], listed=tuple(many[:5]), edition=D2)
    with pytest.raises(InputError, match="5 entries, 50 % fewer than the edition of 2021-01-01"):
        world.add(home, [few])
    active = home.active()
    assert active is not None
    assert active.id == before.id
    after = world.add(home, [few], accept=True)
    accepted = {one.edition: one.accepted for one in after.manifest.datasets if one.id == "us_bis_dpl"}
    assert accepted[D1] == ""
    assert accepted[D2].startswith("5 entries, 50 % fewer")


@pytest.fixture(scope="module")
def sdn(real_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> store.Snapshot:
    """Build seven dated editions of the SDN list into one history."""
    folder = real_data("lists/us_ofac_sdn_history")
    return world.build(
        tmp_path_factory.mktemp("sdn"), [lists.read(path, "us_ofac_sdn") for path in sorted(folder.glob("*.gz"))]
    )


@pytest.mark.parametrize(
    ("day", "count"), [("2021-08-18", 9083), ("2022-02-25", 9214), ("2024-05-02", 14973), ("2024-05-03", 14965)]
)
def test_each_real_edition_is_told_again_from_the_history(sdn: store.Snapshot, day: str, count: int) -> None:
    asked = date.fromisoformat(day)
    for known_at in (None, asked):
        opened = world.World(sdn, label="sdn", known_at=known_at)
        states = opened.starts(("us_ofac_sdn",), asked)
        assert sum(state is Held.YES for state in states.values()) == count


def test_names_that_the_real_history_changed_are_told_by_day(sdn: store.Snapshot) -> None:
    rows = [one for one in sdn.rows(Party) if one.known_to is not None]
    assert rows
    now = world.World(sdn, label="now")
    renamed = next(one for one in rows if now.parties[one.id].caption != one.caption)
    assert renamed.known_to is not None
    then = world.World(sdn, label="then", known_at=date(2021, 8, 18))
    assert then.parties[renamed.id].caption != now.parties[renamed.id].caption
    assert Name(renamed.caption) not in now.parties[renamed.id].names[:1]
