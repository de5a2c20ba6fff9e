"""Homes of a former version, which kept no editions: nothing a user added is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.world.making import curated, facts, listing, party
from underlabel import store, world
from underlabel.model import Article, Dataset, Facts, Held, InputError, Link, Source
from underlabel.world import adding

EARLY, LATE = date(2026, 6, 1), date(2026, 7, 9)
ACME = curated("acme", "Acme Works Co., Ltd.")
ROWS = tuple(party(f"Acme {number} Works Ltd", "un_sc") for number in range(10))
OWNED = party("Zeta Works Ltd", "own:holdings")
HELD = Link(id="own:1", kind="owns", src="acme", dst=OWNED.id, source=Source("own:holdings"))
PAGE = Article(id="page:1", source=Source("page"), title="Acme named", outlet="Example Gazette", text="Acme is named.")
THEIRS = (
    facts("un_sc", *ROWS, listed=ROWS, edition=EARLY),
    Facts(dataset=Dataset(id="own:holdings", kind="ownership", title="holdings"), parties=(OWNED,), links=(HELD,)),
    Facts(dataset=Dataset(id="page", kind="news", title="page"), articles=(PAGE,)),
)


def package() -> tuple[Facts, ...]:
    """Make what the package ships: a party, and a list that speaks of it."""
    about = Dataset(id="starter_parties", kind="parties", title="parties")
    return Facts(dataset=about, parties=(ACME,)), facts("l", listings=(listing(ACME, "l"),), edition=EARLY, form="")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> world.Home:
    """Make a home whose snapshot says neither editions, nor forms, nor counts of entries."""
    monkeypatch.setattr(adding, "starter", package)
    home = world.home(tmp_path)
    home.activate(world.build(home.snapshots, [*package(), *map(_unsaid, THEIRS)]))
    return home


def _unsaid(one: Facts) -> Facts:
    return msgspec.structs.replace(one, dataset=msgspec.structs.replace(one.dataset, form="", entries=0))


def texts(rows: Iterable[object]) -> set[str]:
    return {repr(row) for row in rows}


def test_it_opens_as_it_is(place: world.Home) -> None:
    held = world.open_world(place)
    assert held.starts(("un_sc",), LATE).keys() == {row.id for row in ROWS}
    assert held.starts(("l",), LATE) == {"acme": Held.YES}


def test_a_list_added_to_it_leaves_all_that_was_there(place: world.Home) -> None:
    before = place.active()
    new = party("New Works Ltd", "us_bis_uvl")
    world.add(place, [facts("us_bis_uvl", new, listed=(new,), edition=LATE)])
    after = place.active()
    assert before is not None
    assert after is not None
    for noun in (Link, Article):
        assert texts(before.rows(noun)) <= texts(after.rows(noun))
    held = world.open_world(place)
    assert held.starts(("un_sc",), LATE).keys() == {row.id for row in ROWS}
    assert held.starts(("us_bis_uvl",), LATE).keys() == {new.id}
    assert [one.id for one in held.articles] == [PAGE.id]
    assert [one.id for one in held.links] == [HELD.id]
    assert held.starts(("l",), LATE) == {"acme": Held.YES}, "the package's own come with the package"
    assert sorted(name.partition("/")[0] for name in after.manifest.editions) == [
        "own%3Aholdings",
        "page",
        "un_sc",
        "us_bis_uvl",
    ]
    assert world.verify(place).id == after.id


def test_a_newer_edition_of_a_list_in_it_makes_history(place: world.Home) -> None:
    world.add(place, [facts("un_sc", *ROWS[1:], listed=ROWS[1:], edition=LATE)])
    held = world.open_world(place)
    assert list(world.editions(place, "un_sc")) == ["2026-06-01", "2026-07-09"]
    assert held.starts(("un_sc",), EARLY).keys() == {row.id for row in ROWS}
    assert held.starts(("un_sc",), LATE).keys() == {row.id for row in ROWS[1:]}


def test_the_edition_of_the_same_day_takes_its_place(place: world.Home) -> None:
    world.add(place, [facts("un_sc", *ROWS[:9], listed=ROWS[:9], edition=EARLY)])
    (parts,) = world.editions(place, "un_sc").values()
    assert [len(one.parties) for one in parts] == [9]


def test_ruin_is_refused_there_too(place: world.Home) -> None:
    with pytest.raises(InputError, match=r"3 entries, 70 % fewer than the edition of 2026-06-01 \(10\)"):
        world.add(place, [facts("un_sc", *ROWS[:3], listed=ROWS[:3], edition=LATE)])
    assert len(world.open_world(place).starts(("un_sc",), LATE)) == 10


def test_an_update_of_such_a_home_refuses_ruin_and_keeps_the_rest(place: world.Home) -> None:
    mirror = place.folder / "consolidated.xml"
    mirror.write_bytes(b"<CONSOLIDATED_LIST/>")
    (place.folder / "config.toml").write_text(f'[lists.un_sc]\ninstead = ["{mirror.as_uri()}"]\n', encoding="utf-8")
    (told,) = world.update(place, ["un_sc"])
    assert told.outcome == "refused"
    assert len(world.open_world(place).starts(("un_sc",), LATE)) == 10


def test_a_home_that_holds_the_package_alone_has_nothing_to_bring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "starter", package)
    home = world.home(tmp_path)
    made: store.Snapshot = world.build(home.snapshots, package())
    home.activate(made)
    assert world.add(home, ()).id == made.id
    assert list(home.folder.glob("editions/*/*")) == []
