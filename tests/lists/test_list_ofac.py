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
    assert listing.programme == "IFSR; SDGT"
    assert listing.since is not None
    assert listing.since.latest == listing.known_from == date(2024, 5, 3)


def test_every_refused_line_says_why_and_spoils_no_other(facts: Facts) -> None:
    assert {one.where: one.reason for one in facts.rejected if "is linked" not in one.reason} == {
        "sdn.csv": "alt.csv speaks of entries that are not in sdn.csv",
        "sdn.csv:7": "'spaceship' is no type of this list",
        "sdn.csv:8": "the number 36 is used twice",
        "sdn.csv:9": "the quotes do not match",
        "sdn.csv:10": "4 columns where 12 belong",
        "alt.csv:3": "no entry has the number 99999",
        "add.csv": "the file lacks its last line, a lone 0x1A",
        "add.csv:5": "the country 'Region: Nowhere' is not understood",
        "sdn_comments.csv:2": "this comment goes on from no remark",
        "sdn_comments.csv:3": "no entry has the number 99999",
    }


def test_linked_to_is_a_tie_of_two_entries_and_no_more(facts: Facts) -> None:
    (link,) = facts.links
    assert (link.kind, link.src, link.dst, link.share) == ("linked_to", "us_ofac_sdn:36", "us_ofac_sdn:173", None)
    assert (link.evidence, link.known_from) == ("Linked To: EXAMPLE CARIBBEAN AIRLINES", date(2024, 5, 3))


def test_a_tie_to_nobody_in_the_file_is_told_also_when_the_comments_go_on_with_it(facts: Facts) -> None:
    told = [one for one in facts.rejected if "is linked" in one.reason]
    assert {one.where for one in told} == {"sdn.csv:6"}
    assert {"EXAMPLE HOLDING 000 LIMITED", "EXAMPLE HOLDING THE LAST"} <= {one.raw for one in told}


def _line(number: int, name: str, kind: str = "-0- ", said: str = "-0- ") -> str:
    return f'{number},"{name}","{kind}","CUBA"' + ",-0- " * 7 + f',"{said}"\r\n'


def _read(tmp_path: Path, *lines: str, end: str = "\x1a") -> Facts:
    path = tmp_path / "sdn.csv"
    path.write_bytes(("".join(lines) + end).encode("latin-1"))
    return lists.read(path, "us_ofac_sdn", date(2024, 5, 3), accept_small=True)


def test_a_name_after_linked_to_is_found_by_its_strongest_bearer_and_in_either_order(tmp_path: Path) -> None:
    facts = _read(
        tmp_path,
        _line(1, "EXAMPLE GROUP S.A."),
        _line(2, "OTHER", said="a.k.a. 'EXAMPLE GROUP S.A'; f.k.a. 'OLD OTHER'."),
        _line(3, "DOE, Jane", "individual", "Linked To: Example  Group S.A.; Linked To: OLD OTHER."),
        _line(4, "DOE TRADING", said="alt. Linked To: DOE, Jane; Linked To: JANE DOE."),
    )
    assert sorted((one.src[-1], one.dst[-1]) for one in facts.links) == [("1", "3"), ("2", "3"), ("3", "4")]
    assert not facts.rejected


def test_a_name_of_two_entries_ties_nobody_but_a_namesake_is_not_oneself(tmp_path: Path) -> None:
    facts = _read(
        tmp_path,
        _line(1, "MINISTRY"),
        _line(2, "MINISTRY", said="Linked To: MINISTRY."),
        _line(3, "OTHER", said="Linked To: MINISTRY."),
        _line(4, "LONE", said="Linked To: LONE."),
    )
    assert [(one.src[-1], one.dst[-1]) for one in facts.links] == [("1", "2")]
    assert [one.reason for one in facts.rejected] == [
        "'MINISTRY', to which us_ofac_sdn:3 is linked, is the name of 2 entries",
        "'LONE', to which us_ofac_sdn:4 is linked, is no other entry of this file",
    ]


def test_numbers_stand_with_their_country_and_without_days_of_issue(tmp_path: Path) -> None:
    said = (
        "Unified Social Credit Code (USCC) 9113100033607322XK (China); Legal Entity Number 253400WSS48YWMBUA688 "
        "(Russia); Folio Mercantil No. 343997 (Mexico) issued 14 Dec 2005; Registration Number HRA 738077 (Stuttgart) "
        "(Germany); alt. Website www.example.com; D-U-N-S Number 53-400-5656; Nationality of Registration Korea, North."
    )
    (party,) = _read(tmp_path, _line(1, "EXAMPLE", said=said)).parties
    assert _identifiers(party) == {
        ("uscc", "9113100033607322XK"),
        ("lei", "253400WSS48YWMBUA688"),
        ("registration:mx", "343997"),
        ("registration:de", "HRA 738077 (Stuttgart)"),
        ("website", "www.example.com"),
        ("duns", "534005656"),
    }
    assert party.countries == ("kp",)


def test_the_order_of_programmes_and_numbers_changes_nothing(tmp_path: Path) -> None:
    first = _read(tmp_path, _line(1, "A", said="MMSI 572469210; ISIN RU000A0HHK26.").replace("CUBA", "B1] [A1"))
    second = _read(tmp_path, _line(1, "A", said="ISIN RU000A0HHK26; MMSI 572469210.").replace("CUBA", "A1] [B1"))
    assert [one.id for one in first.listings] == [one.id for one in second.listings]
    assert [one.identifiers for one in first.parties] == [one.identifiers for one in second.parties]


def test_a_listing_without_a_day_keeps_its_id_in_every_edition() -> None:
    ids = [
        {one.id for one in lists.read(FOLDER / "sdn.csv", "us_ofac_sdn", date(year, 5, 3), accept_small=True).listings}
        for year in (2022, 2024)
    ]
    assert ids[0] == ids[1]


def test_a_remark_cut_off_without_comments_loses_its_last_statement_and_says_so(tmp_path: Path) -> None:
    said = "Website www.example.com; Linked To: OTHER; " + "x" * 950 + "; Website www.exam"
    facts = _read(tmp_path, _line(1, "EXAMPLE", said=said.ljust(1000, "p")[:1000]), _line(2, "OTHER"))
    (told,) = facts.rejected
    assert told.reason == "the remark is cut off at 1,000 characters, and no comment goes on with it"
    assert _identifiers(facts.parties[0]) == {("website", "www.example.com")}
    assert len(facts.links) == 1


def test_a_remark_cut_at_a_space_is_joined_with_it(tmp_path: Path) -> None:
    said = ("y" * 970 + "; Tax ID No. 12345678 (Russia").ljust(1000)
    (tmp_path / "sdn_comments.csv").write_bytes(b'1,"); Linked To: OTHER."\r\n\x1a')
    facts = _read(tmp_path, _line(1, "EXAMPLE", said=said.replace("(Russia ", "(Russia")), _line(2, "OTHER"))
    assert len(facts.links) == 1
    assert not facts.rejected


def test_a_file_without_its_last_line_may_be_cut_off_and_takes_nobody_off_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "whole"
    folder.mkdir()
    many = [_line(number, f"EXAMPLE {number}") for number in range(1, 5002)]
    cut, whole = _read(tmp_path, *many, end=""), _read(folder, *many)
    assert (cut.dataset.coverage, whole.dataset.coverage) == ("extract", "whole")
    assert [one.reason for one in cut.rejected] == ["the file lacks its last line, a lone 0x1A"]
    assert not whole.rejected


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('ent_num,"SDN_Name","type","program"' + ",x" * 8 + "\r\n" + _line(1, "EXAMPLE"), "has a header"),
        (_line(1, "EXAMPLE").replace("\r\n", ',"more"\r\n') * 3, "most lines have 13 columns"),
        (_line(1, "SOCI\u00c3\u00a9T\u00e9"), "wrong encoding"),
        (_line(1, "SOCI\x90T"), "neither UTF-8 nor Latin-1: byte 0x90"),
    ],
)
def test_a_file_of_another_layout_or_encoding_is_refused(tmp_path: Path, content: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        _read(tmp_path, content)
    assert caught.value.where.startswith("sdn.csv")
    assert caught.value.hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_letters_are_read_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sdn.csv"
    path.write_bytes((_line(1, "SOCIÉTÉ EXEMPLE") + "\x1a").encode(encoding))
    (party,) = lists.read(path, "us_ofac_sdn", accept_small=True).parties
    assert party.caption == "SOCIÉTÉ EXEMPLE"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sdn.csv"
    path.write_bytes((_line(1, "SOCIÉTÉ EXEMPLE") + "\x1a").encode(encoding))
    with pytest.raises(InputError, match=r"UTF-16|NUL"):
        lists.read(path, "us_ofac_sdn", accept_small=True)


def test_letters_spoiled_before_are_refused_though_the_file_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "sdn.csv"
    path.write_bytes(_line(1, "SOCIÉTÉ").encode("utf-8").decode("cp1252", "replace").encode("utf-8"))
    with pytest.raises(InputError, match="wrong encoding") as caught:
        lists.read(path, "us_ofac_sdn", accept_small=True)
    assert caught.value.where.startswith("sdn.csv:1:")


def test_nothing_of_a_persons_life_is_left_even_in_what_was_refused(tmp_path: Path) -> None:
    person = _line(
        1, "DOE, Jane", "individual", "DOB 01 Jan 1950; Passport X0001 (Syria); citizen Syria; nationality Iran."
    )
    (tmp_path / "add.csv").write_bytes(b'1,2,"1 Example Street","Damascus","Syria",-0- \r\n\x1a')
    facts = _read(tmp_path, person, person, person.replace('"CUBA"', '"CUBA","x"'))
    assert facts.parties[0].countries == ("ir", "sy")
    assert len(facts.rejected) == 2
    assert not any(word in str(facts) for word in ("1950", "X0001", "Example Street"))


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
    assert _identifiers(party) == {("bic", "EXAMRUMM"), ("vat:be", "0430.033.662")}


def test_a_sibling_in_place_of_the_main_file_is_refused() -> None:
    with pytest.raises(InputError, match="12 columns"):
        lists.read(FOLDER / "alt.csv", "us_ofac_sdn", accept_small=True)


def test_the_version_follows_every_file_read(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "sdn.csv", tmp_path / "sdn.csv")
    alone = lists.read(tmp_path / "sdn.csv", "us_ofac_sdn", accept_small=True).dataset.version
    shutil.copy(FOLDER / "alt.csv", tmp_path / "alt.csv")
    both = lists.read(tmp_path / "sdn.csv", "us_ofac_sdn", accept_small=True).dataset.version
    assert alone != both


_CELL = st.text(
    alphabet=st.characters(codec="latin-1", exclude_characters='\n\r\x00\x1a"ÂÃ', exclude_categories=["Cc"]),
    max_size=12,
)


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
