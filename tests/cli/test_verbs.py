"""The other verbs: who, lists, own, news, law, changes, demo."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

ENTITY = {
    "list_id": "bis-entity-list",
    "source_file": "Supplement No. 4",
    "extracted": "2026-07-09",
    "count": 1,
    "entities": [
        {
            "name": "Acme Optics Co., Ltd., a.k.a., the following one alias: Acme Vision",
            "aliases": [],
            "country": "China",
            "address": "1 Test Road, Hangzhou, China.",
            "status": None,
            "effective_date": None,
            "federal_register": "84 FR 54004, 10/9/19",
            "notes": "For all items subject to the EAR.",
        }
    ],
}


def test_help_names_every_verb(ask: Ask) -> None:
    given = ask("--help")
    assert given.code == 0
    for verb in ("trace", "who", "demo", "lists", "own", "news", "law", "changes"):
        assert verb in given.out


def test_who_prints_listings_owners_owned_labels_and_claims(ask: Ask) -> None:
    given = ask("who", "hikvision", "-f", "table")
    for words in ("us_bis_entity_list", "2019-10-07", "2019-10-09", "36.55 %", "48 %", "HiLook", "What was reported"):
        assert words in given.out


def test_who_in_a_pipe_is_json(ask: Ask) -> None:
    first = json.loads(ask("who", "dahua").out.splitlines()[0])
    assert first["party"]["id"] == "dahua"
    assert {one["list"] for one in first["listings"]} >= {"us_bis_entity_list", "us_ndaa_889"}


def test_dahua_electronics_is_another_company(ask: Ask) -> None:
    first = json.loads(ask("who", "DAHUA ELECTRONICS CORPORATION").out.splitlines()[0])
    assert first["party"]["id"] == "dahua-electronics"


def test_nobody_known_is_not_clear(ask: Ask) -> None:
    given = ask("who", "Zzyzx Quorble")
    assert given.code == 4
    assert "not the same as clear" in given.err


def test_a_list_is_added_and_used_and_the_starter_facts_stay(ask: Ask, tmp_path: Path) -> None:
    path, home = tmp_path / "entity.json", tmp_path / "home"
    path.write_text(json.dumps(ENTITY))
    refused = ask("lists", "add", path, "--as", "us_bis_entity_list", "--home", home)
    assert refused.code == 1
    assert "hint: " in refused.err
    given = ask("lists", "add", path, "--as", "us_bis_entity_list", "--accept", "--home", home)
    assert given.code == 0
    assert "in use" in given.err
    found = json.loads(ask("who", "Acme Vision", "--home", home).out.splitlines()[0])
    assert found["listings"][0]["since"]["earliest"] == "2019-10-09"
    assert json.loads(ask("who", "dahua", "--home", home).out.splitlines()[0])["party"]["id"] == "dahua"


def test_a_zero_byte_list_is_refused_and_nothing_is_lost(ask: Ask, tmp_path: Path) -> None:
    path, home = tmp_path / "entity.json", tmp_path / "home"
    path.write_text(json.dumps(ENTITY))
    ask("lists", "add", path, "--as", "us_bis_entity_list", "--accept", "--home", home)
    path.write_bytes(b"")
    given = ask("lists", "add", path, "--as", "us_bis_entity_list", "--accept", "--home", home)
    assert given.code == 3
    assert json.loads(ask("who", "Acme Vision", "--home", home).out.splitlines()[0])["listings"]


def test_an_unknown_list_is_a_usage_error(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}")
    given = ask("lists", "add", path, "--as", "us_bis_entitylist")
    assert given.code == 2
    assert "us_bis_entity_list" in given.err


def test_lists_status_shows_what_is_whole_and_what_is_missing(ask: Ask) -> None:
    rows = {row["list"]: row for row in map(json.loads, ask("lists", "status").out.splitlines())}
    assert rows["us_ndaa_889"]["coverage"] == "whole"
    assert rows["us_bis_entity_list"]["coverage"] == "extract"
    assert rows["us_csl"]["coverage"] == "not loaded"


def test_owners_are_added_and_reach(ask: Ask, tmp_path: Path) -> None:
    table, stock, home = tmp_path / "owners.csv", tmp_path / "stock.csv", tmp_path / "home"
    table.write_text(
        "owner,owner_country,owned,owned_country,low,high,confidence,source\n"
        '"Zhejiang Dahua Technology Co., Ltd.",cn,Acme Cameras Ltd,gb,60,60,high,annual report 2025\n'
        "broken,,,,x,,,\n"
    )
    stock.write_text("Item,Manufacturer\ncamera,Acme Cameras Ltd\n")
    added = ask("own", "add", table, "--home", home)
    assert added.code == 0
    assert "owners.csv:3" in added.err
    given = ask("trace", stock, "--role", "us_agency", "--home", home)
    found = json.loads(given.out)
    assert (found["verdict"], found["reach"]) == ("restricted", "must")


def test_a_page_is_added_and_quoted(ask: Ask, tmp_path: Path) -> None:
    page, stock, home = tmp_path / "page.txt", tmp_path / "stock.csv", tmp_path / "home"
    page.write_text(
        "Goto\n\nCollaborating Authors\n\nShops look at cameras again\n\nThe Test Herald\n\n"
        "Several shops said on Monday that they would look at cameras made by Hikvision again. "
        "A second sentence of this page speaks about the weather in the north.\n"
    )
    stock.write_text("Brand,Model\nHikvision,DS-2CD2143G2-I\n")
    assert ask("news", "add", page, "--home", home).code == 0
    found = json.loads(ask("trace", stock, "--role", "us_agency", "--home", home).out)
    quoted = [claim for claim in found["claims"] if claim["outlet"] == "The Test Herald"]
    assert len(quoted) == 1
    assert "made by Hikvision again" in quoted[0]["quote"]


def test_law_on_a_day_and_for_a_regime(ask: Ask) -> None:
    rows = {row["regime"]: row for row in map(json.loads, ask("law", "on", "2026-11-23").out.splitlines())}
    assert rows["bis"]["status"] == "unverified"
    assert rows["s889"]["status"] == "in_force"
    roles = {row["role"]: row for row in map(json.loads, ask("law", "show", "s889").out.splitlines())}
    assert roles["us_agency"]["level"] == "prohibited"


def test_changes_between_two_days(ask: Ask, stock: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before.jsonl", tmp_path / "after.jsonl"
    ask("trace", stock, "--role", "us_agency", "--as-of", "2021-10-25", "-o", before)
    ask("trace", stock, "--role", "us_agency", "--as-of", "2026-11-23", "-o", after)
    (change,) = (json.loads(line) for line in ask("changes", before, after).out.splitlines())
    assert (change["what"], change["before"], change["after"]) == ("better", "restricted", "review")


def test_the_demo_writes_a_report_for_each_role_and_day(ask: Ask, tmp_path: Path) -> None:
    given = ask("demo", "--into", tmp_path / "demo")
    assert given.code == 0
    assert len(list((tmp_path / "demo").glob("*.html"))) == 6
    assert "Nothing is fetched" in given.out


@pytest.mark.parametrize(
    "words", [("who", "hikvision"), ("lists", "status"), ("law", "on", "2021-10-25"), ("law", "show", "bis")]
)
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_every_verb_prints_in_every_form(ask: Ask, words: tuple[str, ...], form: str) -> None:
    given = ask(*words, "-f", form)
    assert given.code == 0
    assert len(given.out) > 40


def test_the_seed_page_is_quoted_on_findings(ask: Ask, tmp_path: Path, real_data: object) -> None:
    page = real_data("news/seed_page.txt")  # type: ignore[operator]
    stock, home = tmp_path / "stock.csv", tmp_path / "home"
    stock.write_text("Brand,Type\nLorex,NVR\nHikvision,camera\n")
    assert ask("news", "add", page, "--home", home).code == 0
    dossier = json.loads(ask("who", "lorex", "--home", home).out.splitlines()[0])
    assert "Engadget" in {claim["outlet"] for claim in dossier["claims"]}
    found = [json.loads(line) for line in ask("trace", stock, "--role", "us_agency", "--home", home).out.splitlines()]
    outlets = {claim["outlet"] for one in found for claim in one["claims"] if claim["quote"]}
    assert outlets & {"The Japan Times", "NPR Technology", "Engadget", "#artificialintelligence"}


@pytest.mark.parametrize(
    "words",
    [
        ("who", ""),
        ("who", "  "),
        ("who", "lorex", "-o", "x.xlsx"),
        ("who", "lorex", "-o", "x.html"),
        ("lists", "status", "-o", "noform"),
        ("law", "on", "2021-10-25", "-f", "csv", "-o", "x.json"),
    ],
)
def test_a_name_or_a_file_that_says_nothing_is_a_usage_error(ask: Ask, words: tuple[str, ...]) -> None:
    given = ask(*words)
    assert (given.code, given.out) == (2, "")
    assert given.err.startswith("error: ")
    assert "hint: " in given.err


def test_a_table_and_a_form_without_suffix_are_written_to_a_file(ask: Ask, tmp_path: Path) -> None:
    for words in (("-o", tmp_path / "who.txt"), ("-f", "table", "-o", tmp_path / "who"), ("-f", "table")):
        given = ask("who", "hikvision", *words)
        text = given.out or Path(words[-1]).read_text(encoding="utf-8")
        assert "36.55 % held by CETHIK Group" in text.replace("\n", " ")
        assert "msgspec" not in text
    ask("law", "show", "bis", "-f", "csv", "-o", tmp_path / "law")
    assert {"role", "looks_at"} <= set(csv.DictReader((tmp_path / "law").read_text().splitlines()).fieldnames or ())


@pytest.mark.parametrize("words", [(), ("lists",), ("law",)])
def test_a_verb_alone_prints_its_help_and_is_no_error_message(ask: Ask, words: tuple[str, ...]) -> None:
    given = ask(*words)
    assert (given.code, given.out) == (2, "")
    assert given.err.startswith("Usage: underlabel")


def test_no_key_of_a_row_holds_a_blank(ask: Ask, tmp_path: Path) -> None:
    for words in (("law", "on", "2021-10-25"), ("law", "show", "bis"), ("lists", "status")):
        for line in ask(*words).out.splitlines():
            assert not any(" " in key for key in json.loads(line))
    rows = ask("demo", "--into", tmp_path / "demo", "-f", "jsonl")
    assert {one["role"] for one in map(json.loads, rows.out.splitlines())} == {"us_agency", "us_retailer", "exporter"}
    assert "Nothing is fetched" in rows.err


def test_days_are_never_split_in_a_narrow_table(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = ask("who", "hikvision", "--most", "1", "-f", "table").out.splitlines()
    listed = next(line for line in lines if line.startswith("us_bis_entity_list"))
    assert listed.split()[1:4] == ["2019-10-07", "2019-10-09", "2019-10-09"]
    assert max(map(len, lines)) <= 80


def test_every_list_has_a_status(ask: Ask) -> None:
    rows = {row["list"]: row for row in map(json.loads, ask("lists", "status").out.splitlines())}
    assert {"ftm", "ca_sema", "us_state_isn"} <= set(rows)
    assert rows["us_csl"]["records"] is None
    assert all(row["url"].startswith("https://") for name, row in rows.items() if name != "ftm")
    assert {row["coverage"] for row in rows.values()} <= {"whole", "extract", "absences only", "not loaded"}


def test_what_was_added_is_a_row(ask: Ask, tmp_path: Path) -> None:
    table, home, target = tmp_path / "owners.csv", tmp_path / "home", tmp_path / "added.json"
    table.write_text("owner,owned,low,high,confidence,source\nAcme Holding Ltd,Acme Ltd,60,60,high,report 2025\n")
    (row,) = map(json.loads, ask("own", "add", table, "--home", home).out.splitlines())
    keys = ["dataset", "records", "parties", "listings", "links", "articles", "rejected", "snapshot"]
    assert list(row) == keys
    assert (row["links"], row["rejected"]) == (1, 0)
    assert ask("own", "add", table, "--home", home, "-o", target).out == ""
    assert json.loads(target.read_text()) == [row]
    assert ask("own", "add", table, "--home", home, "-o", table, "-f", "csv").code == 2


def test_a_record_a_party_is_joined_from_is_named_once(ask: Ask) -> None:
    out = ask("who", "hikvision", "-f", "csv", "--most", "5").out
    joined = [(row["id"], row["says"]) for row in csv.DictReader(out.splitlines()) if row["section"] == "Joined from"]
    records = [(party, says.split(";")[0]) for party, says in joined]
    assert len(records) == len(set(records))


def test_the_demo_cannot_go_into_a_file(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    given = ask("demo", "--into", file)
    assert (given.code, given.out) == (1, "")
    assert "hint: " in given.err


@pytest.mark.parametrize(
    "line", ['{"a":1}', "[]", "nonsense", '{"item":{},"role":"x","regime":"y","verdict":"bad","reason":{}}', "\xff"]
)
def test_changes_of_what_are_no_findings_names_the_line(ask: Ask, tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{line}\n", encoding="latin-1")
    given = ask("changes", path, path)
    assert given.code == 1
    assert "a.jsonl:2" in given.err
    assert "hint: " in given.err


def test_no_change_is_said_in_a_table_and_is_a_header_in_csv(ask: Ask, stock: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.jsonl"
    ask("trace", stock, "--role", "us_agency", "-o", same)
    assert ask("changes", same, same, "-f", "table").out.strip() == "no answer changed"
    assert ask("changes", same, same, "-f", "csv").out == "what,line,role,regime,before,after,why\n"
    assert ask("changes", same, same, "-o", same).code == 2
    assert same.read_text()


def test_a_file_that_may_not_be_read_is_no_input(ask: Ask, stock: Path) -> None:
    stock.chmod(0)
    if os.access(stock, os.R_OK):
        pytest.skip("this user may read everything")
    assert ask("trace", stock, "--role", "us_agency").code == 3
    assert ask("own", "add", stock).code == 3
