"""Canada's consolidated list of autonomous sanctions."""

# Its names are in Cyrillic too, where letters look Latin:
# ruff: noqa: RUF001

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists.readers.canada import sema_names
from underlabel.model import Facts, InputError, Party

RealData = Callable[[str], Path]
FIXTURE = Path(__file__).parent / "fixtures" / "sema" / "sema.xml"
REAL = "lists/ca_sema-2025-05.xml.gz"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return lists.read(FIXTURE, "ca_sema", date(2025, 5, 31), accept_small=True)


def _party(facts: Facts, caption: str) -> Party:
    (party,) = (one for one in facts.parties if one.caption == caption)
    return party


def _names(party: Party, kind: str) -> list[str]:
    return [name.text for name in party.names if name.kind == kind]


def _write(folder: Path, *records: dict[str, str]) -> Path:
    path = folder / "sema.xml"
    rows = (
        "<record>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in record.items()) + "</record>"
        for record in records
    )
    path.write_text(f"<data-set>{''.join(rows)}</data-set>", "utf-8")
    return path


def _aliases(text: str, *, person: bool = False) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in sema_names.aliases(text, person=person)[0]]


def test_persons_bodies_and_ships_are_told_apart(facts: Facts) -> None:
    assert {party.caption: party.schema for party in facts.parties} == {
        "Sample Samplovich EXAMPLE": "Person",
        "Listed TWICE": "Person",
        "Example Industries Organization (EIO)": "Organization",
        "Example Plant JSC": "Company",
        "Example Star": "Vessel",
        "Example Holdings": "LegalEntity",
        "Example News": "LegalEntity",
    }


def test_the_country_of_a_regulation_is_not_taken_for_that_of_the_party(facts: Facts) -> None:
    assert {party.countries for party in facts.parties} == {()}
    assert {listing.programme for listing in facts.listings} == {
        "Belarus, Schedule 1, Part 1",
        "Russia, Schedule 1, Part 1",
        "Russia, Schedule 1, Part 1.1",
        "Russia, Schedule 1, Part 2",
        "Russia, Schedule 1.1",
        "Iran, Schedule 1, Part 2",
        "Zimbabwe",
        "Ukraine, Part 2",
    }


def test_a_name_in_english_and_french_is_two_names_of_one_body(facts: Facts) -> None:
    names = _party(facts, "Example Industries Organization (EIO)").names
    assert [(name.text, name.language) for name in names[1:]] == [("Organisation des industries exemplaires", "fr")]


def test_what_a_body_is_also_known_as_becomes_aliases(facts: Facts) -> None:
    assert _names(_party(facts, "Example Plant JSC"), "alias") == [
        "PO Example",
        "Example Machine-Building Works and Example Plant, JSC",
        "Акционерное общество «Жёлтый лист»",
        "Жёлтый лист, АО",
        "НПП «Жёлтый лист»",
    ]


def test_a_ship_is_known_by_its_imo_number_whatever_its_name(facts: Facts, tmp_path: Path) -> None:
    ship = _party(facts, "Example Star")
    assert ship.id == "ca_sema:imo-9999999"
    assert [(one.scheme, one.value) for one in ship.identifiers] == [("imo", "9999999")]
    renamed = {"Country": "Russia", "EntityOrShip": "Sample Star", "ShipIMONumber": "9999999"}
    (again,) = lists.read(_write(tmp_path, renamed), "ca_sema", accept_small=True).parties
    assert again.id == ship.id


def test_a_party_under_two_schedules_is_one_party_with_two_listings(facts: Facts) -> None:
    party = _party(facts, "Listed TWICE")
    listed = [(one.programme, str(one.since)) for one in facts.listings if one.subject == party.id]
    assert listed == [("Russia, Schedule 1, Part 1", "2014-05-12"), ("Russia, Schedule 1, Part 1.1", "2021-03-21")]


def test_an_id_does_not_follow_the_number_of_an_item(tmp_path: Path) -> None:
    record = {"Country": "Iran", "EntityOrShip": "Example", "Schedule": "1, Part 2", "DateOfListing": "2010-07-22"}
    first = lists.read(_write(tmp_path, {**record, "Item": "7"}), "ca_sema", accept_small=True)
    later = lists.read(_write(tmp_path, {**record, "Item": "6"}), "ca_sema", accept_small=True)
    assert [one.id for one in first.parties] == [one.id for one in later.parties]
    assert [one.id for one in first.listings] == [one.id for one in later.listings]


def test_no_birth_date_or_title_is_kept(facts: Facts) -> None:
    kept = repr((facts.parties, facts.listings, facts.rejected))
    assert not [word for word in ("1903", "1904", "Brigadier") if word in kept]


def test_languages_named_in_front_of_an_alias_are_its_languages(facts: Facts) -> None:
    names = _party(facts, "Sample Samplovich EXAMPLE").names
    assert [(name.text, name.language) for name in names[1:]] == [
        ("Sampel Exampel", ""),
        ("Sampil Exampil", ""),
        ("Жёлты Ліст", "be"),
        ("Жёлтый Лист", "ru"),
    ]


def test_a_day_that_is_not_told_or_not_understood_is_not_guessed(facts: Facts) -> None:
    for caption in ("Example Holdings", "Example News"):
        (listing,) = (one for one in facts.listings if one.subject == _party(facts, caption).id)
        assert listing.effective is None
        assert str(listing.since) == "1992-06-04..2025-05-31"


def test_broken_records_are_rejected_with_their_place(facts: Facts) -> None:
    assert [(one.where, one.reason) for one in facts.rejected] == [
        ("sema.xml:record[7]", "DateOfListing '04/09/2008' is no day"),
        ("sema.xml:record[8]", "the alias 'Общество c oграниченной oтветственностью (ООО)' is a legal form alone"),
        ("sema.xml:record[9]", "a record names neither a person nor a body"),
        ("sema.xml:record[10]", "'99' is no IMO number"),
    ]
    assert all(one.hint for one in facts.rejected)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"EntityOrShip": "Example"}, "a record without a regulation"),
        ({"Country": "Iran", "EntityOrShip": "Example", "LastName": "Example"}, "both a person and a body"),
        ({"Country": "Iran", "EntityOrShip": "Example", "Aliases": "x" * 3000}, "longer than 2000"),
    ],
)
def test_a_record_that_cannot_be_one_is_rejected(tmp_path: Path, record: dict[str, str], reason: str) -> None:
    path = _write(tmp_path, {"Country": "Iran", "EntityOrShip": "Good Example"}, record)
    facts = lists.read(path, "ca_sema", accept_small=True)
    assert [reason in one.reason for one in facts.rejected] == [True]
    assert len(facts.parties) == 1


def test_a_field_the_list_never_had_stops_the_update_unless_accepted(tmp_path: Path) -> None:
    path = _write(tmp_path, {"Country": "Iran", "EntityOrShip": "Example", "Name": "Sample"})
    with pytest.raises(InputError, match="holds <Name>") as caught:
        lists.read(path, "ca_sema")
    assert "EntityOrShip" in caught.value.what
    assert caught.value.where == "sema.xml:record[1]"
    assert lists.read(path, "ca_sema", accept_small=True).parties


def test_another_list_is_refused_by_its_outermost_element(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text("<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>", "utf-8")
    with pytest.raises(InputError, match="<CONSOLIDATED_LIST>; <data-set> was expected"):
        lists.read(path, "ca_sema", accept_small=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BSZ, BSW, Example Metal Holding", [("BSZ", "weak"), ("BSW", "weak"), ("Example Metal Holding", "alias")]),
        ("Example Bank GPB (JSC), Sample", [("Example Bank GPB (JSC)", "alias"), ("Sample", "alias")]),
        ("Rembaza, AO", [("Rembaza, AO", "alias")]),
        ("Public “A, B and C” Company; D/E", [("Public “A, B and C” Company", "alias"), ("D", "weak"), ("E", "weak")]),
        ('Plant "Big, Bigger" Named After "X", LLC', [('Plant "Big, Bigger" Named After "X", LLC', "alias")]),
        ("Ministry of Youth, sport and music", [("Ministry of Youth, sport and music", "alias")]),
        ("Sample of Examples, the Sample", [("Sample of Examples", "alias"), ("the Sample", "alias")]),
        ("Ministry of Examples;, or Minex AKA", [("Ministry of Examples", "alias"), ("Minex", "weak")]),
        ("Bank of Youth and Music", [("Bank of Youth and Music", "alias")]),
        ("新全電子(香港)有限公司", [("新全電子(香港)有限公司", "alias")]),
        ("", []),
    ],
)
def test_aliases_of_a_body_are_parted_where_that_is_safe(text: str, expected: list[tuple[str, str]]) -> None:
    assert _aliases(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Baranov, Oleg Olegovich", [("Baranov, Oleg Olegovich", "alias")]),
        ("Batya, Kazak", [("Batya", "weak"), ("Kazak", "weak")]),
        ("also Sam Example; Sammy", [("Sam Example", "alias"), ("Sammy", "weak")]),
        ("Nick or Nik / Sam or Sem Example", [("Nick or Nik / Sam or Sem Example", "weak")]),
        ("Жёлтый Лист / Жёлты Ліст", [("Жёлтый Лист", "alias"), ("Жёлты Ліст", "alias")]),
        ("Ali Example Arabic: مثال علي", [("Ali Example", "alias"), ("مثال علي", "alias")]),
    ],
)
def test_aliases_of_a_person_are_parted_where_that_is_safe(text: str, expected: list[tuple[str, str]]) -> None:
    assert _aliases(text, person=True) == expected


def test_a_slash_inside_brackets_or_between_single_words_parts_nothing() -> None:
    for name in ("Example Mills (Hmaw/Pyi/Ywama)", "A/S Example", "Example J/V Corporation"):
        assert [one.text for one in sema_names.entity(name)] == [name]


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(';,/"«»() '), max_size=40)


@settings(max_examples=100, deadline=None)
@given(_TEXT, st.booleans())
def test_no_letter_of_an_alias_is_lost_or_made_up(text: str, person: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    found, bare = sema_names.aliases(text, person=person)
    told = " ".join([*(name.text for name in found), *bare])
    joints = {"and", "or", "also", "AKA", "Russian", "Belarusian", "Belarussian", "Ukrainian", "Arabic"}
    letters = {sign for sign in text if sign.isalnum()}
    assert {sign for sign in told if sign.isalnum()} <= letters
    assert letters <= set(told) | set("".join(joints))
    assert all(name.text.strip() == name.text for name in found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "Country": _TEXT,
                "EntityOrShip": _TEXT,
                "LastName": _TEXT,
                "Aliases": _TEXT,
                "ShipIMONumber": st.sampled_from(["9999998", "99", ""]),
                "Schedule": st.sampled_from(["1, Part 1", "Part 2"]),
                "DateOfListing": st.sampled_from(["2021-03-21", "21/03/2021", ""]),
            },
        ),
        max_size=5,
    )
)
def test_whatever_a_record_holds_it_is_a_party_a_part_or_rejected(
    tmp_path: Path, records: list[dict[str, str]]
) -> None:
    path = _write(tmp_path, {"Country": "Iran", "EntityOrShip": "Example Optics"}, *records)
    facts, (tally,) = lists.read_accounted(path, "ca_sema", accept_small=True)
    assert tally.accounted == tally.records == len(records) + 1
    assert tally.parties == len(facts.parties)
    assert tally.rejected <= len(facts.rejected)
    assert all(name.text.strip() for party in facts.parties for name in party.names)


def test_every_record_of_the_real_file_is_told_for(real_data: RealData) -> None:
    facts, (tally,) = lists.read_accounted(real_data(REAL), "ca_sema")
    assert tally.accounted == tally.records == 4759
    assert (tally.parties, tally.parts, tally.rejected) == (4758, 1, 0)
    assert len(facts.listings) == 4759
    assert facts.dataset.coverage == "whole"
    assert facts.dataset.edition is None
    assert all(one.effective for one in facts.listings)
    assert Counter("legal form alone" in one.reason for one in facts.rejected) == {True: 4}
    schemas = Counter(party.schema for party in facts.parties)
    assert (schemas["Person"], schemas["Vessel"]) == (3333, 109)


def test_the_public_security_bureau_of_the_story_stands_on_the_real_list(real_data: RealData) -> None:
    facts = lists.read(real_data(REAL), "ca_sema")
    party = _party(facts, "Xinjiang Production and Construction Corps Public Security Bureau")
    (listing,) = (one for one in facts.listings if one.subject == party.id)
    assert (party.schema, listing.programme, str(listing.since)) == ("PublicBody", "China, Part 2", "2021-03-21")


def test_38_slashes_of_the_real_list_are_37_names_in_two_languages(real_data: RealData) -> None:
    facts = lists.read(real_data(REAL), "ca_sema")
    french = [name.text for party in facts.parties for name in party.names if name.language == "fr"]
    assert len(french) == 37
    assert "Banque centrale de Syrie" in french
    assert _party(facts, "MEC Steel Mills (Hmaw Bi/Pyi/Ywama)")
