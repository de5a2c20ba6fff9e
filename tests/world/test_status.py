"""How the lists of a home stand: in use, stale and why, refused, accepted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from tests.world.making import facts, listing, party
from underlabel import store, world
from underlabel.model import Absence, Facts, Source
from underlabel.world import adding, updating

DAY = date(2026, 3, 1)
ACME = party("Acme Works Ltd", "un_sc")


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build without the package's facts: it takes no time."""
    monkeypatch.setattr(adding, "starter", tuple)


def edition(day: date | None = DAY, name: str = "un_sc") -> Facts:
    return facts(name, ACME, listed=(ACME,), edition=day)


def told(place: world.Home, name: str = "un_sc", *, after: int = 0) -> world.ListStatus:
    """Tell how a list stands so many days after its edition."""
    found = world.status(place, world.open_world(place), DAY + timedelta(days=after))
    return next(one for one in found if one.list == name)


def remember(place: world.Home, state: updating.State, name: str = "un_sc") -> None:
    """Write down what an update would."""
    folder = place.folder / "downloads" / name
    folder.mkdir(parents=True)
    store.replace(folder / "state.json", msgspec.json.encode(state))


def test_every_list_has_a_status_and_says_what_it_can_read(starter: world.World, tmp_path: Path) -> None:
    found = {one.list: one for one in world.status(world.home(tmp_path), starter)}
    assert len(found) == 21
    assert (found["us_ndaa_889"].coverage, found["us_bis_entity_list"].coverage) == ("whole", "extract")
    assert (found["us_csl"].coverage, found["us_cbp_wro"].coverage) == ("not loaded", "absences only")
    assert (found["us_bis_entity_list"].forms, found["us_bis_entity_list"].unproven) == (("json", "xml"), ("xml",))
    assert all(one.editions == () for one in found.values()), "the package's own are no editions"


def test_an_edition_in_use_is_told_with_its_age_and_coverage(tmp_path: Path) -> None:
    place = world.home(tmp_path)
    world.add(place, [edition(), edition(DAY - timedelta(days=90))])
    found = told(place, after=14)
    assert (found.coverage, found.edition, found.days, found.entries) == ("whole", DAY, 14, 1)
    assert found.editions == ("2025-12-01", "2026-03-01")
    assert (found.stale, found.refused, found.accepted) == ("", "", "")


def test_an_edition_older_than_the_list_is_renewed_is_stale(tmp_path: Path) -> None:
    place = world.home(tmp_path)
    world.add(place, [edition()])
    assert told(place, after=15).stale == "15 days old, 14 expected"


def test_a_statute_and_an_edition_without_a_day_do_not_grow_stale(tmp_path: Path) -> None:
    place = world.home(tmp_path)
    world.add(place, [edition(name="us_ndaa_889"), edition(None)])
    assert told(place, "us_ndaa_889", after=4000).stale == ""
    assert (told(place, after=4000).stale, told(place).days, told(place).editions) == ("", None, ("undated",))


def test_an_old_edition_that_is_still_the_newest_is_not_stale(tmp_path: Path) -> None:
    place = world.home(tmp_path)
    world.add(place, [edition()])
    version = edition().dataset.version
    remember(place, updating.State(outcome="unchanged", version=version, confirmed=DAY + timedelta(days=100)))
    assert told(place, after=110).stale == ""
    assert told(place, after=110).confirmed == DAY + timedelta(days=100)
    assert told(place, after=115).stale == "115 days old, 14 expected"
    world.add(place, [edition(DAY + timedelta(days=1))])
    assert told(place, after=110).stale == "109 days old, 14 expected", "that look was at another edition"


@pytest.mark.parametrize(("outcome", "said"), [("refused", "was refused: only 3"), ("failed", "failed: only 3")])
def test_why_the_last_update_did_not_come_is_told(tmp_path: Path, outcome: updating.Became, said: str) -> None:
    place = world.home(tmp_path)
    world.add(place, [edition()])
    remember(place, updating.State(outcome=outcome, reason="only 3 entries"))
    found = told(place, after=20)
    assert found.stale.startswith("20 days old, 14 expected; ")
    assert said in found.stale
    assert said in found.refused
    assert (found.coverage, found.edition) == ("whole", DAY), "the good one stays in use"


def test_what_was_accepted_is_told(tmp_path: Path) -> None:
    place = world.home(tmp_path)
    rows = tuple(party(f"Acme {number} Ltd", "un_sc") for number in range(10))
    world.add(place, [facts("un_sc", *rows, listed=rows, edition=DAY - timedelta(days=9))])
    world.add(place, [edition()], accept=True)
    assert "1 entries, 90 % fewer" in told(place).accepted


def test_a_compilation_speaks_for_its_lists_and_says_so(tmp_path: Path) -> None:
    place = world.home(tmp_path)
    whole = edition(name="us_csl")
    about = msgspec.structs.replace(whole.dataset, lists=("us_csl", "us_ofac_sdn"))
    row = msgspec.structs.replace(listing(ACME, "us_csl"), list="us_ofac_sdn")
    world.add(place, [msgspec.structs.replace(whole, dataset=about, listings=(row,))])
    found = told(place, "us_ofac_sdn")
    assert (found.coverage, found.through, found.edition, found.records) == ("whole", "us_csl", DAY, None)
    assert told(place, "us_csl").through == ""


def test_a_party_looked_for_alone_is_no_edition(tmp_path: Path) -> None:
    place = world.home(tmp_path)
    row = Absence(id="x", source=Source("p"), subject=ACME.id, list="us_dod_1286", edition=DAY)
    world.add(place, [msgspec.structs.replace(edition(), absences=(row,))])
    found = told(place, "us_dod_1286")
    assert (found.coverage, found.edition) == ("absences only", None)
