"""Of persons names and nationality are kept: nothing else, not even of what could not be read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.files import given as every_file
from evals.files import small
from tests.lists.test_list_reading import FILES, FIXTURES
from underlabel import lists
from underlabel.lists import kinds
from underlabel.model import Facts

HOME = "7 HOME ROAD, BORN 1970, PASSPORT X7"
_PRIVATE = re.compile(
    r"\bDOB\b|\bPOB\b|\bborn (?:in|on)\b|date of birth|\bpassport\b|\bSSN\b|\bINMATE\b", re.IGNORECASE
)
_PAPERS = {"passport", "national-id", "identification", "ssn"}


def _told(facts: Facts) -> list[str]:
    """Every text of an edition that speaks of a person, or of what was rejected."""
    persons = {party.id for party in facts.parties if party.schema == "Person"}
    told = [text for party in facts.parties for text in (*(one.text for one in party.names), party.source.text)]
    told += [
        text for one in facts.listings if one.subject in persons for text in (one.policy, one.requirement, one.reach)
    ]
    return told + [text for one in facts.rejected for text in (one.raw, one.reason)]


@pytest.mark.parametrize("name", FILES)
def test_no_private_word_is_kept_of_any_fixture(name: str) -> None:
    facts = lists.read(FIXTURES / name, FILES[name], accept_small=True)
    assert not [text for text in _told(facts) if _PRIVATE.search(text)]
    for party in facts.parties:
        if party.schema == "Person":
            assert party.addresses == ()
            assert not _PAPERS & {one.scheme.partition(":")[0] for one in party.identifiers}


def test_no_private_word_is_kept_of_any_real_list(real_data: Callable[[str], Path]) -> None:
    newest = {one.list: one for one in every_file(real_data("")) if one.list != "ftm"}
    for one in newest.values():
        facts = lists.read(one.path, one.list, one.day, accept_small=small(one))
        assert not [text for text in _told(facts) if _PRIVATE.search(text)], one.path
        persons = [party for party in facts.parties if party.schema == "Person"]
        assert not any(party.addresses for party in persons)
        schemes = {number.scheme for party in persons for number in party.identifiers}
        assert schemes <= {"ofac-uid", "un-ref", "un-dataid", "ofsi-group"}, "the lists' own numbers"


_CSV = ("csl/csl.csv", "uk/UK-Sanctions-List.csv", "eu/20261112-FULL-1_1.csv", "ofac/add.csv", "uk/subject_names.csv")
_MAIN = {"ofac/add.csv": "ofac/sdn.csv", "uk/subject_names.csv": "uk/subjects.csv"}


@pytest.mark.parametrize("name", [*_CSV, "dpl.txt", "ofac/sdn.csv", "uk/subjects.csv"])
def test_a_broken_row_of_a_person_is_told_without_what_it_holds(name: str, tmp_path: Path) -> None:
    main = FIXTURES / _MAIN.get(name, name)
    folder = tmp_path / "files"
    shutil.copytree(main.parent, folder, ignore=None if main.parent != FIXTURES else lambda *_: list(_all(FIXTURES)))
    shutil.copy(main, folder)
    joint = {"dpl.txt": "\t", _CSV[2]: ";"}.get(name, ",")
    path = folder / Path(name).name
    row = joint.join(["7", *[f'"{HOME}"'] * 8])
    path.write_bytes(path.read_bytes().rstrip(b"\r\n\x1a") + f"\n{row}\n".encode())
    facts = lists.read(folder / main.name, FILES[main.relative_to(FIXTURES).as_posix()], accept_small=True)
    broken = [one for one in facts.rejected if one.where.startswith(path.name)]
    assert broken
    assert not [one for one in facts.rejected if "HOME ROAD" in one.raw + one.reason + one.hint]


def _all(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


@pytest.mark.parametrize(
    ("name", "list_id", "rows"),
    [
        ("bis-dpl", "us_bis_dpl", [{"name": 5, "address": HOME}, {"name": "A. SAMPLE", "country": 5, "address": HOME}]),
        ("csl_api.json", "us_csl", [{"source": 5, "title": HOME}, {"source": "", "name": "A. SAMPLE", "title": HOME}]),
    ],
)
def test_a_broken_entry_of_a_person_is_told_by_its_name_alone(
    name: str, list_id: str, rows: list[dict[str, object]], tmp_path: Path
) -> None:
    path = tmp_path / "list.json"
    if list_id == "us_csl":
        content = json.loads((FIXTURES / "csl" / name).read_text("utf-8"))
        content |= {"results": [*content["results"], *rows], "total": len(content["results"]) + len(rows)}
    else:
        good = {"name": "EXAMPLE TRADING", "effective_date": "2020-01-02"}
        content = {"list_id": name, "count": len(rows) + 1, "entities": [good, *rows]}
    path.write_text(json.dumps(content), "utf-8")
    facts = lists.read(path, list_id, accept_small=True)
    assert {"", "A. SAMPLE"} <= {one.raw for one in facts.rejected}
    assert not [one for one in facts.rejected if "HOME ROAD" in one.raw + one.reason]


def test_where_a_list_does_not_say_who_is_a_person_only_plain_bodies_keep_their_address(tmp_path: Path) -> None:
    names = ("ADA SAMPLE", "SAMPLE AVIATION", "SAMPLE PARTS, INC.")
    rows = [{"name": name, "address": "7 HOME ROAD", "effective_date": "2020-01-02"} for name in names]
    path = tmp_path / "dpl.json"
    path.write_text(json.dumps({"list_id": "bis-dpl", "count": 3, "entities": rows}), "utf-8")
    facts = lists.read(path, "us_bis_dpl", accept_small=True)
    assert {party.caption: party.addresses for party in facts.parties} == {
        "ADA SAMPLE": (),
        "SAMPLE AVIATION": ("7 HOME ROAD",),
        "SAMPLE PARTS, INC.": ("7 HOME ROAD",),
    }


@pytest.mark.parametrize("name", ["MARIA GROUPER", "JOHN AIRD", "A. TRADER", "LI OILMAN", "SAM WORKSMITH"])
def test_a_family_name_that_begins_like_a_word_of_trade_is_no_body(name: str) -> None:
    assert not kinds.plainly_body(name)
