"""Lists kept current, as a sysadmin's cron job calls it; how they stand, and whom a rule listed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Ask
from tests.world.making import facts, party
from tests.world.test_updating import NEW, OLD, un, uvl
from underlabel import world
from underlabel.world import adding


class Place:
    """A home, and a folder of files that stands for the official addresses."""

    def __init__(self, folder: Path, ask: Ask) -> None:
        self.mirror, self.home, self._ask = folder / "mirror", folder / "home", ask
        self.mirror.mkdir()
        self.home.mkdir()
        names = {"un_sc": "consolidated.xml", "us_bis_uvl": "unverified.xml"}
        lines = [f'[lists.{name}]\ninstead = ["{(self.mirror / file).as_uri()}"]\n' for name, file in names.items()]
        (self.home / "config.toml").write_text("".join(lines), encoding="utf-8")

    def gives(self, un_sc: bytes | None = None, us_bis_uvl: bytes | None = None) -> None:
        """Put these files at the addresses, or none."""
        for name, body in (("consolidated.xml", un_sc), ("unverified.xml", us_bis_uvl)):
            (self.mirror / name).unlink(missing_ok=True)
            if body is not None:
                (self.mirror / name).write_bytes(body)

    def __call__(self, *words: str | Path) -> Answer:
        """Call the command on this home."""
        return self._ask(*words, "--home", self.home)

    def status(self, name: str) -> dict[str, object]:
        """Tell how a list stands."""
        rows = json.loads(self("lists", "status", "-f", "json").out)
        return next(row for row in rows if row["list"] == name)


@pytest.fixture
def place(tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(adding, "starter", tuple)
    return Place(tmp_path, ask)


BOTH = ("lists", "update", "un_sc", "us_bis_uvl")


def test_an_update_tells_each_list_and_ends_well(place: Place) -> None:
    place.gives(OLD, uvl())
    given = place(*BOTH, "-f", "json")
    assert given.code == 0
    assert [(row["list"], row["outcome"], row["entries"]) for row in json.loads(given.out)] == [
        ("un_sc", "updated", 700),
        ("us_bis_uvl", "updated", 60),
    ]
    assert "building a snapshot with 2 new editions" in given.err
    again = place(*BOTH, "-f", "csv")
    assert (again.code, again.err) == (0, ""), "a quiet night"
    assert [row["outcome"] for row in csv.DictReader(again.out.splitlines())] == ["unchanged", "unchanged"]


def test_one_list_that_fails_gives_code_1_and_the_other_is_used(place: Place) -> None:
    place.gives(un("2026-03-20", 5), uvl())
    given = place(*BOTH)
    assert given.code == 1
    assert "error: un_sc refused: consolidated.xml: only 5 entries could be read" in given.err
    assert "\nhint: " in given.err
    assert [json.loads(row)["outcome"] for row in given.out.splitlines()] == ["refused", "updated"]
    assert (place.status("un_sc")["coverage"], place.status("us_bis_uvl")["coverage"]) == ("not loaded", "whole")


def test_a_refused_edition_is_told_by_status_until_a_good_one_comes(place: Place) -> None:
    place.gives(OLD)
    place("lists", "update", "un_sc")
    place.gives(un("2026-03-20", 5))
    assert [place("lists", "update", "un_sc").code for _ in range(2)] == [1, 1]
    held = place.status("un_sc")
    assert (held["edition"], held["entries"]) == ("2026-02-27", 700)
    assert "was refused: consolidated.xml: only 5 entries" in str(held["stale"])
    place.gives()
    place("lists", "update", "un_sc")
    assert "failed: " in str(place.status("un_sc")["refused"])
    place.gives(NEW)
    assert place("lists", "update", "un_sc").code == 0
    assert (place.status("un_sc")["edition"], place.status("un_sc")["refused"]) == ("2026-03-20", "")


def test_accept_lets_a_small_edition_pass_and_status_says_so(place: Place) -> None:
    place.gives(un("2026-02-27", 900))
    place("lists", "update", "un_sc")
    place.gives(un("2026-03-20", 700))
    refused = place("lists", "update", "un_sc")
    assert (refused.code, "--accept" in refused.err) == (1, True)
    assert place("lists", "update", "un_sc", "--accept").code == 0
    assert "22 % fewer" in str(place.status("un_sc")["accepted"])
    shown = place("lists", "status", "-f", "table").out
    assert "un_sc: accepted by a user: 700 entries, 22 % fewer" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("us_ndaa_889",), "no address is known from which us_ndaa_889 can be fetched"),
        (("un_sc", "us_sdn"), "there is no list 'us_sdn'"),
    ],
)
def test_a_list_that_cannot_be_updated_is_a_usage_error(place: Place, words: tuple[str, ...], said: str) -> None:
    given = place("lists", "update", *words)
    assert (given.code, given.out) == (2, "")
    assert f"error: {said}" in given.err
    assert "hint: " in given.err
    assert not (place.home / "downloads").exists()


def test_a_wrong_setting_is_told_with_its_file(place: Place) -> None:
    (place.home / "config.toml").write_text("[lists.un_sc]\nmirror = []\n", encoding="utf-8")
    given = place("lists", "update", "un_sc")
    assert given.code == 1
    assert given.err.startswith(f"error: {place.home / 'config.toml'}: the settings cannot be understood")


@pytest.mark.parametrize("width", ["80", "140"])
def test_status_fits_the_terminal_and_tells_what_matters(ask: Ask, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    lines = ask("lists", "status", "-f", "table").out.splitlines()
    assert max(map(len, lines)) <= int(width)
    rows = {line.split()[0]: line for line in lines if line.startswith(("us_", "un_", "gb_", "eu_", "ca_", "ftm"))}
    assert len(rows) == 21, "every list has one line"
    for words in ("2026-07-09", " extract ", " 46 ", " stale ", "json, xml*"):
        assert words in rows["us_bis_entity_list"]
    assert "not loaded" in rows["us_csl"]
    assert lines[-1].startswith("*: built from the published format")


def test_status_in_csv_holds_plain_words(place: Place) -> None:
    place.gives(OLD)
    place("lists", "update", "un_sc")
    place.gives(NEW)
    place("lists", "update", "un_sc")
    rows = {row["list"]: row for row in csv.DictReader(place("lists", "status", "-f", "csv").out.splitlines())}
    assert rows["un_sc"]["editions"] == "2026-02-27 2026-03-20"
    assert (rows["eu_fsf"]["forms"], rows["eu_fsf"]["unproven"]) == ("text xml", "text xml")


def test_a_build_that_takes_long_is_announced(place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place.gives(OLD)
    place("lists", "update", "un_sc")
    file = tmp_path / "unverified-2026-07-09.xml"
    file.write_bytes(uvl())
    words = ("lists", "add", file, "--as", "us_bis_uvl", "--no-activate")
    assert "takes about" not in place(*words).err
    monkeypatch.setattr("underlabel.cli.adding._A_SECOND", 100)
    assert "building a snapshot anew from 1 editions held: this takes about 14 seconds" in place(*words).err


def test_a_list_added_to_a_home_of_a_former_version_loses_nothing(place: Place, tmp_path: Path) -> None:
    held = world.home(place.home)
    row = party("Acme Works Ltd", "un_sc")
    held.activate(world.build(held.snapshots, [facts("un_sc", row, listed=(row,), form="")]))
    file = tmp_path / "unverified-2026-07-09.xml"
    file.write_bytes(uvl())
    assert place("lists", "add", file, "--as", "us_bis_uvl").code == 0
    assert (place.status("un_sc")["coverage"], place.status("us_bis_uvl")["entries"]) == ("whole", 60)
    assert json.loads(place("lists", "history", "Acme Works Ltd", "-f", "json").out)[0]["list"] == "un_sc"


def test_a_citation_gives_one_row_for_each_party_in_a_table(ask: Ask) -> None:
    given = ask("lists", "cited", "84 FR 54004", "-f", "table")
    assert given.code == 0
    assert "84 FR 54002 = 84 FR 54004: parties 28, entries 28" in given.err
    assert given.out.count("us_bis_entity_list  2019-10-09") == 28
    first = json.loads(ask("lists", "cited", "84 FR 54004", "-f", "jsonl").out.splitlines()[0])
    assert list(first) == ["party", "name", "list", "pages", "since", "record", "source", "against"]
    assert first["pages"] == ["84 FR 54002", "84 FR 54004"]


def test_a_citation_that_nobody_cites_is_facts_missing_and_no_citation_is_usage(ask: Ask) -> None:
    unknown, wrong = ask("lists", "cited", "12 FR 345"), ask("lists", "cited", "the rule of 2019")
    assert (unknown.code, wrong.code) == (4, 2)
    for given in (unknown, wrong):
        assert given.out == ""
        assert given.err.startswith("error: ")
        assert "hint: " in given.err


def test_a_long_text_of_an_event_is_cut_between_words_in_a_table_alone(ask: Ask) -> None:
    (whole,) = (
        one["text"]
        for one in json.loads(ask("lists", "history", "hikvision", "-f", "json").out)
        if one["list"] == "us_fcc_covered"
    )
    assert len(whole) > 80
    shown = " ".join(ask("lists", "history", "hikvision", "-f", "table").out.split())
    assert " …" in shown
    assert whole not in shown
