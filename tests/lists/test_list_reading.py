"""Files in, facts out: what is read, what is refused, and the account of both."""

from __future__ import annotations

import gzip
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists import opening, reading
from underlabel.model import Facts, InputError, NoInputError, UsageError

FIXTURES = Path(__file__).parent / "fixtures"
FILES = {
    "entity_list.json": "us_bis_entity_list",
    "bis_dpl.json": "us_bis_dpl",
    "bis_meu.json": "us_bis_meu",
    "fcc_covered.json": "us_fcc_covered",
    "dhs_uflpa.json": "us_dhs_uflpa",
    "ofac_nscmic.json": "us_ofac_nscmic",
    "ofac_eo14032_annex.json": "us_ofac_nscmic",
    "dow_1260h.json": "us_dod_1260h",
    "dow_1286.json": "us_dod_1286",
    "cbp_wro.json": "us_cbp_wro",
    "state_debarred_statutory.json": "us_state_debarred",
    "state_debarred_admin.json": "us_state_debarred",
    "state_nonproliferation.json": "us_state_isn",
    "ofac/sdn.csv": "us_ofac_sdn",
    "ofac/cons_prim.csv": "us_ofac_cons",
    "ecfr_part744.xml": "us_bis_uvl",
    "dpl.txt": "us_bis_dpl",
    "uflpa.html": "us_dhs_uflpa",
    "s889.txt": "us_ndaa_889",
    "un/un.xml": "un_sc",
    "sema/sema.xml": "ca_sema",
    "csl/csl.csv": "us_csl",
    "csl/csl_old.csv": "us_csl",
    "csl/csl_packed.json": "us_csl",
    "csl/csl_api.json": "us_csl",
    "uk/subjects.csv": "gb_sanctions",
    "uk/UK-Sanctions-List.csv": "gb_sanctions",
    "uk/UK-Sanctions-List.xml": "gb_sanctions",
    "eu/20261112-FULL-1_1.csv": "eu_fsf",
    "eu/20261112-FULL-1_1.xml": "eu_fsf",
    "ftm/listed.jsonl": "ftm",
}


def _write(folder: Path, entities: list[Any], **change: object) -> Path:
    path = folder / "list.json"
    file = {"list_id": "bis-entity-list", "count": len(entities), "entities": entities} | change
    path.write_text(json.dumps(file), "utf-8")
    return path


def test_every_readable_list_has_a_fixture() -> None:
    assert set(FILES.values()) == set(lists.known())


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_accounted_for(name: str) -> None:
    facts, tallies = lists.read_accounted(FIXTURES / name, FILES[name], accept_small=True)
    assert [tally.accounted for tally in tallies] == [tally.records for tally in tallies]
    assert facts.dataset.records == sum(tally.records for tally in tallies) > 0


@pytest.mark.parametrize("name", FILES)
def test_facts_hang_together(name: str) -> None:
    facts = lists.read(FIXTURES / name, FILES[name], accept_small=True)
    subjects = {fact.id for fact in (*facts.parties, *facts.categories)}
    assert {listing.subject for listing in facts.listings} == subjects
    ids = [fact.id for fact in (*facts.parties, *facts.categories, *facts.listings, *facts.links)]
    assert len(ids) == len(set(ids))
    assert all(party.names[0].text for party in facts.parties)
    assert {listing.list for listing in facts.listings} == set(facts.dataset.lists)
    assert {fact.source.dataset for fact in (*facts.listings, *facts.parties)} <= {facts.dataset.id}
    assert all(len(code) == 2 for party in facts.parties for code in party.countries)
    assert {link.src for link in facts.links} | {link.dst for link in facts.links} <= subjects


@pytest.mark.parametrize("name", FILES)
def test_no_listing_is_older_than_its_list_or_held_to_be_of_unknown_age(name: str) -> None:
    facts = lists.read(FIXTURES / name, FILES[name], accept_small=True)
    begins = lists.known()[FILES[name]].begins
    assert all(listing.since and listing.since.earliest >= begins for listing in facts.listings)


def test_a_gzip_is_read_directly_and_is_the_same_edition(tmp_path: Path) -> None:
    packed = tmp_path / "anything.gz"
    packed.write_bytes(gzip.compress((FIXTURES / "entity_list.json").read_bytes()))
    plain = lists.read(FIXTURES / "entity_list.json", "us_bis_entity_list", accept_small=True)
    again = lists.read(packed, "us_bis_entity_list", accept_small=True)
    assert again.dataset == plain.dataset
    assert again.parties == plain.parties


def test_an_edition_is_what_the_user_says_then_the_files_name_then_the_files_word(tmp_path: Path) -> None:
    path = FIXTURES / "bis_meu.json"
    assert lists.read(path, "us_bis_meu", accept_small=True).dataset.edition == date(2026, 7, 9)
    named = tmp_path / "meu-2026-08-01.json"
    named.write_bytes(path.read_bytes())
    assert lists.read(named, "us_bis_meu", accept_small=True).dataset.edition == date(2026, 8, 1)
    said = lists.read(named, "us_bis_meu", date(2026, 9, 1), accept_small=True)
    assert said.dataset.edition == date(2026, 9, 1)


def test_other_names_of_a_list_read_it_too() -> None:
    assert lists.read(FIXTURES / "bis_dpl.json", "us_bis_denied", accept_small=True).dataset.id == "us_bis_dpl"


def test_a_list_far_below_its_size_is_refused_unless_accepted() -> None:
    with pytest.raises(InputError, match="only 11 entries") as caught:
        lists.read(FIXTURES / "entity_list.json", "us_bis_entity_list")
    assert "accept" in caught.value.hint


@pytest.mark.parametrize("entities", [[], [3, {"name": " "}]])
def test_an_edition_without_an_entry_is_refused_even_when_accepted(tmp_path: Path, entities: list[Any]) -> None:
    with pytest.raises(InputError, match="no entry could be read") as caught:
        lists.read(_write(tmp_path, entities), "us_bis_entity_list", accept_small=True)
    assert caught.value.hint


def _drones(count: int) -> list[Any]:
    return [{"name": f"Example Drone {number} Ltd", "country": "China"} for number in range(count)]


@pytest.mark.parametrize(
    ("good", "broken", "coverage"), [(99, 1, "whole"), (98, 2, "extract"), (49, 0, "extract"), (50, 0, "whole")]
)
def test_only_an_edition_of_full_size_with_hardly_a_record_rejected_is_whole(
    tmp_path: Path, good: int, broken: int, coverage: str
) -> None:
    path = _write(tmp_path, [*_drones(good), *([3] * broken)], list_id="bis-meu")
    facts = lists.read(path, "us_bis_meu", date(2026, 7, 9), accept_small=True)
    assert (len(facts.listings), facts.dataset.coverage) == (good, coverage)


def test_a_list_out_of_a_pipe_is_read(tmp_path: Path) -> None:
    end, start = os.pipe()
    os.write(start, gzip.compress(_write(tmp_path, _drones(50), list_id="bis-meu").read_bytes()))
    os.close(start)
    try:
        facts = lists.read(Path(f"/dev/fd/{end}"), "us_bis_meu", date(2026, 7, 9))
    finally:
        os.close(end)
    assert len(facts.parties) == 50


def test_a_list_without_a_reader_says_which_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    known = lists.known()
    bare = {"un_sc": msgspec.structs.replace(known["un_sc"], forms={})}
    monkeypatch.setattr(reading, "known", lambda *, readable=True: known if readable else bare)
    with pytest.raises(UsageError) as caught:
        lists.read(FIXTURES / "bis_meu.json", "un_sc")
    assert "us_ofac_sdn" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n123", "image"),
        (b"\xff\xd8\xff\xe0123", "image"),
        (b"%PDF-1.7", "PDF"),
        ('{"list_id": 1}'.encode("utf-16"), "UTF-16"),
        ('{"list_id": 1}'.encode("utf-16-le"), "NUL"),
        (b"  <!DOCTYPE html><html></html>", "web page"),
        (b'{"list_id": "bis-entity-list", "count": 1, "entities": [', "not JSON"),
        (b'["a"]', "not of the shape"),
        (b'{"list_id": "bis-entity-list", "entities": []}', "not of the shape"),
        (b'{"list_id": "bis-entity-list", "count": 3, "entities": [{"name": "X"}]}', "counts 3 entries but holds 1"),
        (b'{"list_id": "bis-dpl", "count": 0, "entities": []}', "'bis-dpl', not us_bis_entity_list"),
        (gzip.compress(b'{"list_id": "bis-entity-list"}' * 99)[:-20], "cut off"),
    ],
)
def test_what_is_not_this_list_is_refused_with_what_and_where(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what) as caught:
        lists.read(path, "us_bis_entity_list", accept_small=True)
    assert caught.value.where.endswith("list.json")
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"", b" \n", gzip.compress(b"")])
def test_an_empty_file_is_no_input(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(content)
    with pytest.raises(NoInputError):
        lists.read(path, "us_bis_entity_list")


def test_a_missing_file_and_a_folder_are_no_input(tmp_path: Path) -> None:
    with pytest.raises(NoInputError):
        lists.read(tmp_path / "none.json", "us_bis_entity_list")
    with pytest.raises(NoInputError, match="is a folder"):
        lists.read(tmp_path, "us_bis_entity_list")


def test_a_file_that_unpacks_without_end_is_refused_in_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LIMIT", 1000)
    path = tmp_path / "bomb.json.gz"
    path.write_bytes(gzip.compress(b" x" * 100_000))
    with pytest.raises(InputError, match="more than 1000 bytes"):
        lists.read(path, "us_bis_entity_list")


def test_a_broken_record_is_rejected_and_the_rest_is_read() -> None:
    facts = lists.read(FIXTURES / "entity_list.json", "us_bis_entity_list", accept_small=True)
    broken = [one for one in facts.rejected if "not an entry" in one.reason]
    assert [one.where for one in broken] == ["entity_list.json:entities[11]", "entity_list.json:entities[12]"]
    assert all(one.hint and one.dataset == "us_bis_entity_list" for one in broken)
    assert len(facts.listings) == 11


_FIELD = (
    st.none() | st.text(max_size=40) | st.sampled_from(["84 FR 54004, 10/9/19", "China", "a.k.a. (", "1/1/99", "; and"])
)
_ENTRY = st.fixed_dictionaries(
    {"name": _FIELD},
    optional={
        "aliases": st.lists(_FIELD, max_size=3),
        "country": st.none() | st.sampled_from(["China", "Nowhere", ""]),
        "address": _FIELD,
        "status": _FIELD,
        "effective_date": _FIELD,
        "federal_register": _FIELD,
        "notes": _FIELD,
    },
)
_GIVEN = {
    "country": "China",
    "federal_register": "84 FR 54004, 10/9/19",
    "effective_date": "10/09/2019",
    "notes": "Authority: Example Act; imposed 10/09/2019; status: Active; 84 FR 54004",
}
_NAMED = [(id_, file) for id_, info in lists.known().items() for file in info.files]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ENTRY, max_size=4), st.sampled_from(_NAMED))
def test_whatever_a_row_holds_it_is_read_or_rejected_and_counted(
    tmp_path: Path, entities: list[dict[str, object]], named: tuple[str, str]
) -> None:
    # an edition without a single entry is refused as a whole
    path = _write(tmp_path, [*entities, {"name": "Example Optics Ltd", **_GIVEN}], list_id=named[1])
    facts, (tally,) = lists.read_accounted(path, named[0], accept_small=True)
    assert tally.accounted == tally.records == len(entities) + 1
    assert tally.rejected <= len(facts.rejected)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(11)))
def test_the_order_of_rows_changes_no_fact(tmp_path: Path, order: list[int]) -> None:
    entities = json.loads((FIXTURES / "entity_list.json").read_text("utf-8"))["entities"]

    def said(facts: Facts) -> tuple[object, ...]:
        listed = sorted((one.id, one.subject, str(one.since), one.citation) for one in facts.listings)
        return listed, sorted((party.id, sorted(name.text for name in party.names)) for party in facts.parties)

    plain = lists.read(_write(tmp_path, entities[:11]), "us_bis_entity_list", accept_small=True)
    mixed = lists.read(_write(tmp_path, [entities[at] for at in order]), "us_bis_entity_list", accept_small=True)
    assert said(mixed) == said(plain)
