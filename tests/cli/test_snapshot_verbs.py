"""Snapshots, joins and what editions say differently, as a user calls them."""

from __future__ import annotations

import csv
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Ask

LIST = "us_bis_entity_list"
HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
FIRST, SECOND = "2026-07-09", "2026-07-20"
Say = Callable[..., Answer]


def row(name: str, **said: object) -> dict[str, object]:
    return {
        "name": name,
        "aliases": [],
        "country": "China",
        "address": "1 Test Road, Hangzhou, China.",
        "status": None,
        "effective_date": None,
        "federal_register": "84 FR 54004, 10/9/19",
        "notes": "For all items subject to the EAR.",
        **said,
    }


EDITIONS = {
    FIRST: [row("Acme Optics Co., Ltd.", aliases=["Acme Vision"]), row("Beta Mining Co., Ltd."), row(HIKVISION)],
    SECOND: [
        row("Acme Optics Co., Ltd.", aliases=["Acme Sight"]),
        row("Zeta Works Co., Ltd.", federal_register="90 FR 1, 7/18/26"),
        row(HIKVISION),
    ],
}


def added(ask: Ask, home: Path, day: str) -> Answer:
    path = home.parent / f"entity-{day}.json"
    said = {"list_id": "bis-entity-list", "source_file": "Supplement No. 4", "extracted": day}
    path.write_text(json.dumps(said | {"count": len(EDITIONS[day]), "entities": EDITIONS[day]}))
    return ask("lists", "add", path, "--as", LIST, "--date", day, "--accept", "--home", home)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made") / "home"


@pytest.fixture
def own(ask: Ask, made: Path, tmp_path: Path) -> Path:
    """Give each test a home of its own with two editions of one list, built once."""
    if not made.exists():
        assert [added(ask, made, day).code for day in EDITIONS] == [0, 0]
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def say(ask: Ask, own: Path) -> Say:
    """Call the command on that home."""

    def call(*words: str | Path) -> Answer:
        return ask(*words, "--home", own)

    return call


def told(answer: Answer) -> Any:  # noqa: ANN401 - whatever was printed
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def refused(answer: Answer, code: int, *words: str) -> None:
    """Check that nothing was printed but an error and what to do."""
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("error: ")
    assert "hint: " in answer.err
    for word in words:
        assert word in answer.err


def test_snapshots_are_listed_the_newest_first(say: Say) -> None:
    newest, oldest = told(say("snapshot", "list", "-f", "json"))
    assert list(newest) == ["snapshot", "in_use", "built_at", "editions", "parties", "listings", "tool"]
    assert (newest["in_use"], oldest["in_use"]) == (True, False)
    assert (newest["editions"], oldest["editions"]) == (2, 1)
    assert newest["listings"] > oldest["listings"] > 300
    shown = say("snapshot", "list", "-f", "table").out
    assert newest["snapshot"][:12] in shown
    assert newest["snapshot"] not in shown


def test_a_home_without_snapshots_says_that_it_uses_the_starter_facts(ask: Ask, tmp_path: Path) -> None:
    empty = ("--home", tmp_path / "none")
    assert told(ask("snapshot", "list", "-f", "json", *empty)) == []
    assert "uses the starter facts" in ask("snapshot", "list", "-f", "table", *empty).out
    for words in (("verify",), ("export", "-o", tmp_path / "x.tar.gz")):
        refused(ask("snapshot", *words, *empty), 2, "no snapshot of its own", "lists add")
    assert not (tmp_path / "x.tar.gz").exists()


def test_a_snapshot_is_verified_and_one_that_was_changed_is_named(say: Say, own: Path) -> None:
    (found,) = told(say("snapshot", "verify", "-f", "json"))
    assert found["party"] > 300
    assert found["derived"] > 10
    folder = own / "snapshots" / found["snapshot"]
    assert "rows" in say("snapshot", "verify", found["snapshot"][:9]).err
    (folder / "derived" / "party.arrow").write_bytes(b"")
    refused(say("snapshot", "verify"), 1, "the derived file 'party.arrow'", "delete the folder 'derived'")
    shutil.rmtree(folder / "derived")
    (folder / "listing.parquet").write_bytes(b"")
    refused(say("snapshot", "verify"), 1, "the table 'listing'", str(folder))


def test_another_snapshot_is_used_and_the_first_again(say: Say) -> None:
    newest, oldest = (one["snapshot"] for one in told(say("snapshot", "list", "-f", "json")))
    assert told(say("snapshot", "use", oldest[:12], "-f", "json")) == [{"snapshot": oldest}]
    assert say("who", "Zeta Works Co., Ltd.").code == 4
    assert [one["in_use"] for one in told(say("snapshot", "list", "-f", "json"))] == [False, True]
    used = say("snapshot", "use", newest)
    assert f"snapshot {newest[:12]} in use" in used.err
    assert say("who", "Zeta Works Co., Ltd.").code == 0


def test_an_id_that_means_no_snapshot_or_several_is_a_usage_error(say: Say) -> None:
    refused(say("snapshot", "use", "zz"), 2, "no snapshot begin with 'zz'", "snapshot list")
    refused(say("snapshot", "verify", "zz"), 2, "no snapshot begin with 'zz'")
    refused(say("snapshot", "use"), 2, "NAME")


def test_an_export_is_used_in_another_home(say: Say, ask: Ask, tmp_path: Path) -> None:
    target, other = tmp_path / "world.tar.gz", tmp_path / "other"
    given = say("snapshot", "export", "-o", target)
    assert (given.code, given.out) == (0, "")
    used = told(say("snapshot", "list", "-f", "json"))[0]["snapshot"]
    assert f"underlabel snapshot use {used[:12]}" in given.err
    with tarfile.open(target) as tar:
        tar.extractall(other, filter="data")
    there = ("-f", "json", "--home", other)
    assert told(ask("snapshot", "use", used[:12], *there)) == [{"snapshot": used}]
    assert told(ask("snapshot", "verify", *there))[0]["snapshot"] == used
    assert told(ask("lists", "diff", LIST, FIRST, SECOND, *there))["added"]
    refused(say("snapshot", "export"), 2, "-o")
    refused(say("snapshot", "export", "-o", tmp_path / "none" / "x.tar.gz"), 1, "cannot be exported")


def test_old_snapshots_and_what_only_they_need_are_removed(say: Say, own: Path) -> None:
    newest, oldest = (one["snapshot"] for one in told(say("snapshot", "list", "-f", "json")))
    assert told(say("snapshot", "gc", "-f", "json")) == []
    assert "nothing to remove" in say("snapshot", "gc", "-f", "table").out
    given = say("snapshot", "gc", "--keep", "0", "-f", "json")
    assert told(given) == [{"removed": "snapshot", "name": oldest}]
    assert "1 snapshots and 0 editions removed" in given.err
    assert [one["snapshot"] for one in told(say("snapshot", "list", "-f", "json"))] == [newest]
    assert len(list((own / "editions").rglob("*.json.gz"))) == 2
    refused(say("snapshot", "gc", "--keep", "-1"), 2, "--keep")


def test_a_home_whose_snapshot_in_use_is_lost_says_what_to_do_and_can_be_mended(say: Say, own: Path) -> None:
    newest, oldest = (one["snapshot"] for one in told(say("snapshot", "list", "-f", "json")))
    shutil.rmtree(own / "snapshots" / newest)
    refused(say("who", "hikvision"), 1, "the snapshot in use is lost", "snapshot use ID")
    assert [one["snapshot"] for one in told(say("snapshot", "list", "-f", "json"))] == [oldest]
    assert say("snapshot", "use", oldest).code == 0
    assert say("who", "hikvision").code == 0


def in_use(say: Say) -> str:
    (found,) = (one["snapshot"] for one in told(say("snapshot", "list", "-f", "json")) if one["in_use"])
    return str(found)


def joins(say: Say, *party: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = told(say("joins", "list", *party, "-f", "json"))
    return found


def test_joins_are_listed_undone_and_redone(say: Say) -> None:
    before = in_use(say)
    (one,) = (join for join in joins(say, "hikvision") if join["other"].startswith(LIST))
    assert (one["one"], one["state"]) == ("hikvision", "joined")
    assert "same name form" in one["why"]
    assert one in joins(say)
    ends = one["one"], one["other"]
    undone = say("joins", "undo", *ends, "--why", "two firms of one name", "-f", "json")
    assert told(undone) == [
        {"one": ends[0], "other": ends[1], "state": "undone", "why": "two firms of one name"},
    ]
    assert "stand apart" in undone.err
    (now,) = (join for join in joins(say, "hikvision") if join["other"].startswith(LIST))
    assert (now["state"], now["why"]) == ("undone", "two firms of one name")
    records = {json.loads(line)["party"]["id"] for line in say("who", HIKVISION).out.splitlines()}
    assert set(ends) <= records
    assert told(say("joins", "redo", *ends, "-f", "json"))[0]["state"] == "as the facts say"
    assert one in joins(say, "hikvision")
    assert in_use(say) == before


def test_what_cannot_be_parted_or_taken_back_is_a_usage_error(say: Say) -> None:
    refused(say("joins", "undo", "hikvision", "nobody", "--why", "x"), 2, "there is no record 'nobody'")
    refused(say("joins", "undo", "hikvision", "hikvision", "--why", "x"), 2, "two different records")
    refused(say("joins", "undo", "hikvision", "dahua", "--why", " "), 2, "a reason")
    refused(say("joins", "undo", "hikvision", "dahua"), 2, "--why")
    refused(say("joins", "redo", "hikvision", "dahua"), 2, "were not parted", "joins list")
    assert len(told(say("snapshot", "list", "-f", "json"))) == 2


def test_nobody_has_no_joins(say: Say) -> None:
    assert joins(say, "Zzyzx Quorble") == []
    assert "no joins" in say("joins", "list", "Zzyzx Quorble", "-f", "table").out


def test_the_difference_of_two_editions_is_told_in_json(say: Say) -> None:
    given = say("lists", "diff", LIST, FIRST, SECOND, "-f", "json")
    found = told(given)
    assert list(found) == ["list", "from", "to", "added", "removed", "renamed", "changed"]
    assert (found["list"], found["from"], found["to"]) == (LIST, FIRST, SECOND)
    assert [one["name"] for one in found["added"]] == ["Zeta Works Co., Ltd."]
    assert [one["name"] for one in found["removed"]] == ["Beta Mining Co., Ltd."]
    assert found["renamed"] == []
    (change,) = found["changed"]
    assert change["entry"]["name"] == "Acme Optics Co., Ltd."
    assert change["altered"] == [{"what": "aliases", "gone": ["Acme Vision"], "new": ["Acme Sight"]}]
    assert f"{FIRST} → {SECOND}: 1 added, 1 removed, 0 renamed, 1 changed" in given.err


def test_the_difference_of_two_editions_is_told_in_rows(say: Say) -> None:
    given = say("lists", "diff", LIST, FIRST, SECOND, "-f", "csv")
    rows = list(csv.DictReader(given.out.splitlines()))
    assert [(one["what"], one["name"]) for one in rows] == [
        ("added", "Zeta Works Co., Ltd."),
        ("removed", "Beta Mining Co., Ltd."),
        ("changed aliases", "Acme Optics Co., Ltd."),
    ]
    assert rows[2]["detail"] == "gone: Acme Vision; new: Acme Sight"
    assert "no difference" in say("lists", "diff", LIST, FIRST, FIRST, "-f", "table").out
    assert say("lists", "diff", LIST, FIRST, FIRST, "-f", "csv").out == "what,id,name,detail\n"


def test_a_day_between_two_editions_means_the_one_in_force_then(say: Say) -> None:
    found = told(say("lists", "diff", LIST, "2026-07-15", "2027-01-01", "-f", "json"))
    assert (found["from"], found["to"], len(found["added"])) == (FIRST, SECOND, 1)


def test_an_edition_that_is_not_held_is_a_usage_error(say: Say) -> None:
    refused(say("lists", "diff", LIST, "2026-07-08", SECOND), 2, "of 2026-07-08 or before", f"{FIRST}, {SECOND}")
    refused(say("lists", "diff", "us_ofac_sdn", FIRST, SECOND), 2, "no edition of us_ofac_sdn", "lists add")
    refused(say("lists", "diff", "us_bis_entitylist", FIRST, SECOND), 2, LIST)
    refused(say("lists", "diff", LIST, "July", SECOND), 2, "is not a day")


def test_the_history_of_a_party_is_told_with_its_clocks(say: Say) -> None:
    events = told(say("lists", "history", "dahua", "-f", "json"))
    assert [(one["list"], one["what"], one["day"]) for one in events] == [
        ("us_ndaa_889", "listed", "2019-08-13"),
        (LIST, "listed", "2019-10-09"),
        ("us_fcc_covered", "listed", "2021-03-12"),
        ("us_dod_1260h", "listed", "2022-10-05"),
    ]
    assert events[0]["announced"] == events[0]["known"] == "2018-08-13"
    keys = ["list", "what", "day", "known", "text", "announced", "published", "effective", "citation", "record"]
    assert list(events[0]) == [*keys, "source"]
    then = told(say("lists", "history", "dahua", "--known-at", "2019-01-01", "-f", "json"))
    assert [one["list"] for one in then] == ["us_ndaa_889"]
    shown = say("lists", "history", "dahua", "-f", "table").out
    assert "announced 2019-10-07" in shown
    assert "2022-10-05" in shown


def test_the_history_of_a_joined_party_tells_of_every_record(say: Say) -> None:
    events = told(say("lists", "history", "hikvision", "-f", "json"))
    listed = [(one["record"], one["day"]) for one in events if one["list"] == LIST]
    assert ("hikvision", "2019-10-09") in listed
    assert {day for _, day in listed} == {"2019-10-09"}
    assert len(listed) == 2


def test_the_history_of_nobody_is_a_usage_error(say: Say) -> None:
    refused(say("lists", "history", "Zzyzx Quorble"), 2, "no record is held", "underlabel who")
    assert told(say("lists", "history", "lorex", "-f", "json")) == []
    assert "on no list held" in say("lists", "history", "lorex", "-f", "table").out


@pytest.mark.parametrize("verb", ["snapshot", "joins"])
def test_a_verb_alone_names_what_it_can_do(ask: Ask, verb: str) -> None:
    given = ask(verb)
    assert (given.code, given.out) == (2, "")
    for word in ("list", "use", "gc") if verb == "snapshot" else ("list", "undo", "redo"):
        assert word in given.err
