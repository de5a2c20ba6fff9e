"""The UK Sanctions List: five tables, the official CSV, the official XML."""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists.dates import day_first
from underlabel.lists.readers.uk import uk_numbers
from underlabel.model import Facts, Identifier, InputError, Name, Party

FIXTURES = Path(__file__).parent / "fixtures" / "uk"
OFFICIAL = ("UK-Sanctions-List.csv", "UK-Sanctions-List.xml")
TABLES = {
    "subjects": 6_046,
    "subject_names": 15_050,
    "subject_countries": 88_029,
    "subject_identifiers": 22_787,
    "subject_dobs": 3_538,
}
RUN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _read(path: Path) -> Facts:
    return lists.read(path, "gb_sanctions", accept_small=True)


def _party(facts: Facts, number: str) -> Party:
    return next(party for party in facts.parties if party.id == f"gb_sanctions:{number}")


def _days(facts: Facts) -> dict[str, str]:
    return {listing.subject.partition(":")[2]: str(listing.since) for listing in facts.listings}


def test_the_real_tables_are_read_to_the_last_row_within_five_seconds(real_data: Callable[[str], Path]) -> None:
    path = real_data("lists/uk_2026-04/subjects.csv.gz")
    begun = time.process_time()
    facts, tallies = lists.read_accounted(path, "gb_sanctions")
    assert time.process_time() - begun < 5
    assert {tally.file.partition(".")[0]: tally.records for tally in tallies} == TABLES
    assert all(tally.accounted == tally.records and tally.rejected == 0 for tally in tallies)
    assert facts.rejected == ()
    assert (facts.dataset.records, facts.dataset.entries, facts.dataset.coverage) == (135_450, 6_046, "whole")
    assert facts.dataset.edition == date(2026, 4, 29)


def test_the_real_tables_give_persons_ships_and_bodies_with_days_and_numbers(real_data: Callable[[str], Path]) -> None:
    facts = lists.read(real_data("lists/uk_2026-04/subjects.csv.gz"), "gb_sanctions")
    schemas = Counter(party.schema for party in facts.parties)
    assert (schemas["Person"], schemas["Vessel"]) == (3_883, 632)
    assert sum(schemas.values()) - schemas["Person"] - schemas["Vessel"] == 1_531
    assert len(facts.listings) == 6_046
    assert all(one.since and one.since.earliest == one.since.latest for one in facts.listings)
    assert min(_days(facts).values()) == "2000-04-12"
    numbers = Counter(one.scheme for party in facts.parties for one in party.identifiers)
    assert (numbers["imo"], numbers["lei"], numbers["uscc"], numbers["un-ref"]) == (631, 4, 20, 1_002)
    assert numbers["ofsi-group"] == 6_046 - 898
    assert Counter(name.kind for party in facts.parties for name in party.names)["weak"] == 605


def test_the_public_security_bureau_of_the_story_stands_on_it_since_2021(real_data: Callable[[str], Path]) -> None:
    facts = lists.read(real_data("lists/uk_2026-04/subjects.csv.gz"), "gb_sanctions")
    bureau = _party(facts, "GHR0079")
    assert bureau.caption == "Xinjiang Production and Construction Corps Public Security Bureau"
    assert bureau.schema == "PublicBody"
    assert Name("XPCC PSB", "alias") in bureau.names
    assert Identifier("ofsi-group", "14079") in bureau.identifiers
    assert _days(facts)["GHR0079"] == "2021-03-22"


def test_of_persons_no_number_and_no_address_is_kept(real_data: Callable[[str], Path]) -> None:
    facts = lists.read(real_data("lists/uk_2026-04/subjects.csv.gz"), "gb_sanctions")
    persons = [party for party in facts.parties if party.schema == "Person"]
    assert {one.scheme for party in persons for one in party.identifiers} == {"un-ref", "ofsi-group"}
    assert not any(party.addresses for party in persons)


def test_tables_are_found_beside_the_subjects_and_packed_or_not_are_one_edition(tmp_path: Path) -> None:
    for path in FIXTURES.glob("subject*.csv"):
        shutil.copy(path, tmp_path / f"{path.stem}-2026-05-01.csv")
    facts = _read(tmp_path / "subjects-2026-05-01.csv")
    assert facts.dataset.edition == date(2026, 5, 1)
    assert facts.dataset.version == _read(FIXTURES / "subjects.csv").dataset.version
    assert [party.names for party in facts.parties] == [
        party.names for party in _read(FIXTURES / "subjects.csv").parties
    ]


def test_subjects_without_their_names_are_refused_by_the_name_of_the_missing_file(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "subjects.csv", tmp_path)
    with pytest.raises(InputError, match=r"subject_names\.csv") as caught:
        _read(tmp_path / "subjects.csv")
    assert caught.value.hint


def test_subjects_without_another_table_are_read_and_it_is_said_which_is_missing(tmp_path: Path) -> None:
    for name in ("subjects", "subject_names"):
        shutil.copy(FIXTURES / f"{name}.csv", tmp_path)
    facts = _read(tmp_path / "subjects.csv")
    missing = [one.reason for one in facts.rejected if "is not beside" in one.reason]
    assert [reason.split()[0] for reason in missing] == [f"{name}.csv" for name in list(TABLES)[2:]]
    assert _party(facts, "EXA0001").countries == ()


def test_primary_names_come_first_and_low_quality_aliases_are_weak() -> None:
    facts = _read(FIXTURES / "subjects.csv")
    assert _party(facts, "EXA0001").names == (
        Name("Example Optics \u2013 Research Company Limited"),
        Name("Example Optics Works", "alias"),
        Name("EXO", "weak"),
        Name("Example Optics, Research", "alias"),
    )
    assert [name.kind for name in _party(facts, "EXB0001").names] == ["name", "name"]
    assert _party(facts, "EXA0002").caption == "SAMPLE Imaginary"


def test_a_body_is_seated_where_its_addresses_are_and_a_person_has_its_nationality_only() -> None:
    facts = _read(FIXTURES / "subjects.csv")
    assert _party(facts, "EXA0001").countries == ("ru", "xk")
    assert _party(facts, "EXA0002").countries == ("by",)


def test_a_reference_of_the_un_is_written_as_the_un_writes_it() -> None:
    assert Identifier("un-ref", "QDe.901") in _party(_read(FIXTURES / "subjects.csv"), "EXA0001").identifiers


def test_what_cannot_be_read_in_the_tables_is_told_with_its_place() -> None:
    facts, tallies = lists.read_accounted(FIXTURES / "subjects.csv", "gb_sanctions", accept_small=True)
    assert {tally.file: tally.rejected for tally in tallies} == {
        "subjects.csv": 4,
        "subject_names.csv": 2,
        "subject_countries.csv": 1,
        "subject_identifiers.csv": 1,
        "subject_dobs.csv": 0,
    }
    said = {one.where: one.reason for one in facts.rejected if "EXB0001" not in one.reason}
    assert "'submarine'" in said["subjects.csv:7"]
    assert "EXB0002 has no name" in said["subjects.csv:6"]
    assert "5 columns where 6 belong" in said["subjects.csv:9"]
    assert "EXZ0009" in said["subject_identifiers.csv:9"]
    assert not any("X0000001" in one.raw or "1901" in one.raw for one in facts.rejected)


def test_a_day_that_is_none_leaves_the_entry_without_it_and_is_noted() -> None:
    facts = _read(FIXTURES / "subjects.csv")
    assert _days(facts)["EXB0001"] == "1990-08-06..2026-04-14"
    assert any("31/02/2021" in one.reason and one.where == "subjects.csv:5" for one in facts.rejected)


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_official_forms_give_names_places_and_numbers(name: str) -> None:
    facts = _read(FIXTURES / name)
    optics, person, ship = (_party(facts, number) for number in ("EXA0001", "EXA0002", "EXA0003"))
    assert facts.dataset.edition == date(2026, 11, 12)
    assert optics.names == (
        Name("Example Optics \u2013 Research Company Limited"),
        Name("Example Optics Works", "alias"),
        Name("EXO", "weak"),
        Name("Пример Оптика", "alias", "ru"),
    )
    assert optics.schema == "Company"
    assert optics.addresses == ("1 Example Street, Sampletown, 000001, Russia",)
    assert optics.countries == ("ru", "xk")
    assert optics.identifiers == (
        *(Identifier("un-ref", "QDe.901"), Identifier("ofsi-group", "90001")),
        *(Identifier("registration:ru", "1027700132195"), Identifier("tax:ru", "7707083893")),
    )
    assert (person.caption, person.schema, person.countries) == ("Imaginary SAMPLE", "Person", ("sy",))
    assert person.addresses == ()
    assert person.identifiers == (Identifier("ofsi-group", "90002"),)
    assert (ship.schema, ship.countries, ship.identifiers) == ("Vessel", ("pa",), (Identifier("imo", "9074729"),))
    listing = next(one for one in facts.listings if one.subject == optics.id)
    assert (str(listing.since), str(listing.effective)) == ("2012-06-29", "2012-06-29")
    assert (listing.programme, listing.policy) == ("EXA", "The Example (Sanctions) (EU Exit) Regulations 2020")
    assert listing.requirement == "Asset freeze|Arms embargo"


def test_every_form_gives_a_party_the_same_id() -> None:
    ids = [{party.id for party in _read(FIXTURES / name).parties} for name in ("subjects.csv", *OFFICIAL)]
    assert {f"gb_sanctions:EXA000{number}" for number in (1, 2, 3)} == ids[1] == ids[2] < ids[0]


def test_every_form_gives_an_entry_the_same_listing() -> None:
    facts = [_read(FIXTURES / name) for name in ("subjects.csv", *OFFICIAL)]
    told = [{one.subject: (one.id, one.programme) for one in edition.listings} for edition in facts]
    assert told[1] == told[2]
    assert told[0].items() >= told[1].items()


def test_rows_of_the_official_csv_are_parties_parts_or_rejected() -> None:
    facts, (tally,) = lists.read_accounted(FIXTURES / OFFICIAL[0], "gb_sanctions", accept_small=True)
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (10, 3, 5, 2)
    places = [one.where for one in facts.rejected]
    assert places == ["UK-Sanctions-List.csv:17", "UK-Sanctions-List.csv", "UK-Sanctions-List.csv:16"]
    assert "the last row is broken" in facts.rejected[1].reason


def test_a_csv_without_days_of_designation_is_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text((FIXTURES / OFFICIAL[0]).read_text("utf-8-sig").replace("Date Designated", "Designated"), "utf-8")
    facts = _read(path)
    assert {str(one.since) for one in facts.listings} == {"1990-08-06..2026-11-12"}
    assert any("columns Date Designated are missing" in one.reason for one in facts.rejected)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"Report Date: 12-Nov-2026\nLast Updated,Unique ID,Name\n1,2,3\n", "no header with the columns Unique ID"),
        (b"\xef\xbb\xbfname,country\nExample,Russia\n", "the file begins: name, country"),
        ("Unique ID,Name 6\nEXA0001,Müller\n".encode("latin-1"), "not UTF-8: byte 0xfc"),
        (b'unique_id,subject_type,date\nEXA0001,"entity\n', "subject_names"),
        (b"<Designations><Designation>", "not well formed"),
        (b"<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>", "saw <CONSOLIDATED_LIST>"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><Designations>&b;</Designations>', "document type or entities"),
        (b'{"list_id": "gb"}', "this is JSON"),
    ],
)
def test_what_is_not_the_uk_list_is_refused_with_what_was_seen(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what) as caught:
        _read(path)
    assert caught.value.where.startswith("list")
    assert caught.value.hint


def test_a_csv_that_ends_inside_a_cell_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    content = (FIXTURES / OFFICIAL[0]).read_bytes()
    path.write_bytes(content[: content.index(b"made")])
    with pytest.raises(InputError, match="no end"):
        _read(path)


@pytest.mark.parametrize("name", OFFICIAL)
def test_a_few_parties_in_many_rows_are_no_whole_list(name: str) -> None:
    with pytest.raises(InputError, match="only 3 entries could be read; an edition of gb_sanctions holds 3000"):
        lists.read(FIXTURES / name, "gb_sanctions")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("156387282", {"registration": "156387282"}),
        ("'0105565079999", {"registration": "0105565079999"}),
        (
            "OGRN: 1027700132195KPP: 770701001INN: 7707083893",
            {"registration:ru": "1027700132195", "tax:ru": "7707083893"},
        ),
        ("OGRN \u2013 1027700132190", {"registration": "1027700132190"}),
        ("INN: 302358199", {"tax": "302358199"}),
        ("KPP: 770701001", {}),
        ("Legal Entity Identifier: 253400V1H6ART1UQ0N98", {"lei": "253400V1H6ART1UQ0N98"}),
        ("SWIFT/BIC - EXAMRUMM", {"bic": "EXAMRUMM"}),
        ("USA OFAC UID Number - 99999", {"ofac-uid": "99999"}),
        ("Register of Samples: A-17/42", {"registration": "Register of Samples: A-17/42"}),
    ],
)
def test_numbers_run_together_are_told_apart_and_none_is_lost(text: str, numbers: dict[str, str]) -> None:
    assert {one.scheme: one.value for one in uk_numbers.identifiers(text)} == numbers


@given(st.text(alphabet="0123456789ABCINOGRKP:-/ \u2013é.", max_size=60))
@settings(max_examples=100, deadline=None)
def test_whatever_a_cell_of_numbers_holds_its_digits_are_kept(text: str) -> None:
    found = " ".join(one.value for one in uk_numbers.identifiers(text))
    for run in "".join(char if char.isdigit() else " " for char in text.replace("KPP", " ")).split():
        assert run in found or len(run) == 1 or "KPP" in text


@pytest.mark.parametrize("text", ["29/06/2012", "29-Jun-2012", "29 June 2012", "2012-06-29", "2012-06-29T10:00:00"])
def test_the_day_comes_before_the_month_in_every_way_of_writing(text: str) -> None:
    assert str(day_first(text)) == "2012-06-29"


@pytest.mark.parametrize("text", ["", "06/29/2012", "31/02/2021", "29/06/12", "dd/mm/1968", "29-Juno-2012", "2012"])
def test_a_day_that_is_none_is_never_guessed(text: str) -> None:
    with pytest.raises(InputError, match="is not a day"):
        day_first(text)


_CELL = st.sampled_from(["", "EXA0001", "entity", "primary", "passport", "29/06/2012", 'a "b", c']) | st.text(
    alphabet="abÄ ,;\"'-1", max_size=8
)


@RUN
@given(st.lists(st.lists(_CELL, max_size=12), max_size=5))
def test_whatever_a_row_of_a_table_holds_it_is_read_or_rejected_and_counted(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    for path in FIXTURES.glob("subject*.csv"):
        out = io.StringIO()
        csv.writer(out).writerows(row for row in rows if any(cell.strip() for cell in row))
        (tmp_path / path.name).write_bytes(path.read_bytes() + out.getvalue().encode())
    _, tallies = lists.read_accounted(tmp_path / "subjects.csv", "gb_sanctions", accept_small=True)
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert [tally.records for tally in tallies] == [count + filled for count in (8, 11, 9, 8, 2)]
    assert all(tally.accounted == tally.records for tally in tallies)
