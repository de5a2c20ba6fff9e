"""OFAC's own CSV files: Latin-1, no header, siblings by name."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.model import Facts, InputError, Party

FOLDER = Path(__file__).parent / "fixtures" / "ofac"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return lists.read(FOLDER / "sdn.csv", "us_ofac_sdn", date(2024, 5, 3), accept_small=True)


def _party(facts: Facts, number: int) -> Party:
    (party,) = (one for one in facts.parties if one.id == f"us_ofac_sdn:{number}")
    return party


def _identifiers(party: Party) -> set[tuple[str, str]]:
    return {(one.scheme, one.value) for one in party.identifiers if one.scheme != "ofac-uid"}


def test_types_become_schemas(facts: Facts) -> None:
    assert {party.id.rpartition(":")[2]: party.schema for party in facts.parties} == {
        "36": "LegalEntity",
        "173": "LegalEntity",
        "2674": "Person",
        "9000": "Vessel",
        "9001": "Airplane",
        "12300": "LegalEntity",
    }


def test_latin_1_is_read(facts: Facts) -> None:
    assert _party(facts, 173).caption == "SOCIÉTÉ EXEMPLE, S.A."


def test_siblings_lend_aliases_and_addresses(facts: Facts) -> None:
    party = _party(facts, 173)
    assert [(name.text, name.kind) for name in party.names[1:]] == [("ANCIENNE SOCIETE EXEMPLE", "previous")]
    assert party.addresses == ("1, rue Exemple, Zurich CH-8022, Switzerland",)
    assert party.countries == ("ch", "pa")


def test_quoted_aliases_of_a_remark_are_weak(facts: Facts) -> None:
    assert [(name.text, name.kind) for name in _party(facts, 36).names] == [
        ("EXAMPLE CARIBBEAN AIRLINES", "name"),
        ("ECA", "weak"),
        ("AERO-EXAMPLE", "alias"),
    ]


def test_numbers_are_taken_where_they_leave_no_doubt(facts: Facts) -> None:
    assert _identifiers(_party(facts, 173)) == {
        ("tax:ru", "9704000001"),
        ("lei", "253400WSS48YWMBUA688"),
        ("imo-company", "5055293"),
    }
    assert _identifiers(_party(facts, 9000)) == {("imo", "9187629"), ("mmsi", "572469210"), ("call-sign", "XYZ1")}
    assert _identifiers(_party(facts, 9001)) == {("msn", "23409"), ("tail-number", "EP-EXA")}


def test_of_a_person_no_birth_and_no_number_is_kept(facts: Facts) -> None:
    person = _party(facts, 2674)
    assert _identifiers(person) == set()
    assert person.countries == ("sy",)
    assert "1950" not in str(person)


def test_a_remark_cut_at_a_thousand_characters_goes_on_in_the_comments(facts: Facts) -> None:
    assert ("uscc", "91222401MA0Y31E659") in _identifiers(_party(facts, 12300))


def test_programmes_are_listed_plainly_and_the_day_lies_before_the_edition(facts: Facts) -> None:
    (listing,) = (one for one in facts.listings if one.subject == "us_ofac_sdn:173")
    assert listing.programme == "SDGT; IFSR"
    assert listing.since is not None
    assert listing.since.latest == listing.known_from == date(2024, 5, 3)


def test_every_refused_line_says_why_and_spoils_no_other(facts: Facts) -> None:
    assert {one.where: one.reason for one in facts.rejected} == {
        "sdn.csv:7": "'spaceship' is no type of this list",
        "sdn.csv:8": "the number 36 is used twice",
        "sdn.csv:9": "the quotes do not match",
        "sdn.csv:10": "4 columns where 12 belong",
        "alt.csv:3": "no entry has the number 99999",
        "add.csv:5": "the country 'Region: Nowhere' is not understood",
        "sdn_comments.csv:2": "this comment goes on from no remark",
        "sdn_comments.csv:3": "no entry has the number 99999",
    }


def test_records_sum_to_parties_parts_terminators_and_rejected() -> None:
    _, tallies = lists.read_accounted(FOLDER / "sdn.csv", "us_ofac_sdn", accept_small=True)
    assert [(one.file, one.records, one.parties, one.parts, one.terminators, one.rejected) for one in tallies] == [
        ("sdn.csv", 11, 6, 0, 1, 4),
        ("alt.csv", 4, 0, 2, 1, 1),
        ("add.csv", 6, 0, 6, 0, 0),
        ("sdn_comments.csv", 4, 0, 1, 1, 2),
    ]


def test_a_main_file_without_siblings_is_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "sdn-2021-08-18.csv"
    shutil.copy(FOLDER / "sdn.csv", path)
    shutil.copy(FOLDER / "alt.csv", tmp_path / "alt.csv")
    facts, tallies = lists.read_accounted(path, "us_ofac_sdn", accept_small=True)
    assert [tally.file for tally in tallies] == ["sdn-2021-08-18.csv"]
    assert facts.dataset.edition == date(2021, 8, 18)


def test_siblings_are_found_by_the_same_day_and_in_any_case(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "sdn.csv", tmp_path / "SDN-2021-08-18.CSV")
    shutil.copy(FOLDER / "alt.csv", tmp_path / "alt-2021-08-18.csv")
    _, tallies = lists.read_accounted(tmp_path / "SDN-2021-08-18.CSV", "us_ofac_sdn", accept_small=True)
    assert [tally.file for tally in tallies] == ["SDN-2021-08-18.CSV", "alt-2021-08-18.csv"]


def test_the_other_list_has_its_own_siblings_and_ids() -> None:
    facts = lists.read(FOLDER / "cons_prim.csv", "us_ofac_cons", accept_small=True)
    (party,) = facts.parties
    assert party.id == "us_ofac_cons:9639"
    assert [name.text for name in party.names] == ["EXAMPLE BANK JSC", "EXAMPLE SAVINGS BANK"]
    assert _identifiers(party) == {("swift", "EXAMRUMM"), ("vat:be", "0430.033.662")}


def test_a_sibling_in_place_of_the_main_file_is_refused() -> None:
    with pytest.raises(InputError, match="12 columns"):
        lists.read(FOLDER / "alt.csv", "us_ofac_sdn", accept_small=True)


def test_the_version_follows_every_file_read(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "sdn.csv", tmp_path / "sdn.csv")
    alone = lists.read(tmp_path / "sdn.csv", "us_ofac_sdn", accept_small=True).dataset.version
    shutil.copy(FOLDER / "alt.csv", tmp_path / "alt.csv")
    both = lists.read(tmp_path / "sdn.csv", "us_ofac_sdn", accept_small=True).dataset.version
    assert alone != both


_CELL = st.text(alphabet=st.characters(codec="latin-1", exclude_characters='\n\r\x00\x1a"'), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELL, min_size=11, max_size=13), max_size=5))
def test_whatever_a_line_holds_it_is_counted_once(tmp_path: Path, rows: list[list[str]]) -> None:
    lines = [f'{number},"PARTY {number}",-0- ,"CUBA"' + ",-0- " * 8 for number in range(1, 7)]
    lines += [",".join(f'"{cell}"' for cell in row) for row in rows]
    path = tmp_path / "sdn.csv"
    path.write_bytes("".join(line + "\r\n" for line in lines).encode("latin-1") + b"\x1a")
    facts, (tally,) = lists.read_accounted(path, "us_ofac_sdn", accept_small=True)
    assert tally.accounted == tally.records == len(rows) + 7
    assert tally.parties == len(facts.parties) >= 6
