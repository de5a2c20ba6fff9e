"""The consolidated list of the UN Security Council."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists import Tally
from underlabel.lists.readers.un import un_mended, un_names
from underlabel.model import Facts, InputError, Party

RealData = Callable[[str], Path]
FIXTURE = Path(__file__).parent / "fixtures" / "un" / "un.xml"
BEGINS = lists.known()["un_sc"].begins
COUNTS = {"2020-11-30": (713, 305), "2025-04-19": (684, 193), "2026-02-27": (730, 273)}
DAMAGED = "2025-08-16"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return lists.read(FIXTURE, "un_sc", accept_small=True)


def _party(facts: Facts, number: str) -> Party:
    (party,) = (one for one in facts.parties if one.id == f"un_sc:{number}")
    return party


def _names(party: Party, kind: str) -> list[str]:
    return [name.text for name in party.names if name.kind == kind]


def _real(real_data: RealData, day: str) -> tuple[Facts, tuple[Tally, ...]]:
    path = real_data(f"lists/un/un_consolidated-{day}.xml.gz")
    return lists.read_accounted(path, "un_sc", accept_small=day == DAMAGED)


def _write(folder: Path, *records: str, dated: str = "2026-03-01T00:00:00Z") -> Path:
    path = folder / "un.xml"
    entities = "".join(records)
    path.write_text(
        f'<CONSOLIDATED_LIST dateGenerated="{dated}"><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>', "utf-8"
    )
    return path


def _entity(number: str, *more: str, name: str = "EXAMPLE") -> str:
    return (
        f"<ENTITY><FIRST_NAME>{escape(name)}</FIRST_NAME><REFERENCE_NUMBER>{escape(number)}</REFERENCE_NUMBER>"
        f"<LISTED_ON>2018-03-30</LISTED_ON>{''.join(more)}</ENTITY>"
    )


def test_an_entry_is_known_by_its_permanent_reference_number(facts: Facts) -> None:
    assert [party.id for party in facts.parties] == ["un_sc:QDi.901", "un_sc:KPe.903", "un_sc:CDe.904"]
    numbers = {(one.scheme, one.value) for one in _party(facts, "KPe.903").identifiers}
    assert {("un-ref", "KPe.903"), ("un-dataid", "9900003"), ("imo", "5999999"), ("bic", "EXMPKPPY")} == numbers


def test_the_edition_is_the_day_the_file_was_made(facts: Facts) -> None:
    assert facts.dataset.edition == date(2026, 3, 1)


def test_a_person_keeps_names_and_nationality_and_nothing_else(facts: Facts) -> None:
    person = _party(facts, "QDi.901")
    assert (person.schema, person.caption, person.countries, person.addresses) == (
        "Person",
        "SAMPLE EXAMPLE",
        ("jo",),
        (),
    )
    kept = repr((facts.parties[0], [one for one in facts.listings if one.subject == person.id], facts.rejected))
    assert not [word for word in ("1903", "1904", "0123456", "Private", "Nobody", "Treasurer") if word in kept]


def test_the_quality_of_an_alias_says_how_much_rests_on_it(facts: Facts) -> None:
    person = _party(facts, "QDi.901")
    assert _names(person, "alias") == [
        "Sampel Exampel",
        "Sampil Exampil",
        "Simpel Exempel",
        "Samuel Example",
        "مثال",
    ]
    assert _names(person, "weak") == ["Abu Example", "Жёлтый Лист"]
    assert _names(person, "previous") == ["Sam Example", "Old Example"]


def test_names_written_into_one_alias_are_taken_apart(facts: Facts) -> None:
    company = _party(facts, "KPe.903")
    assert _names(company, "alias") == [
        "Example (Hong Kong) Shipping Limited",
        "شركة مثال",
        "Sharikat Mithal",
        "Sharika Mithal",
    ]
    assert _names(company, "previous") == ["EXAMPLE SEA"]


def test_two_companies_named_in_one_entry_are_both_found(facts: Facts) -> None:
    assert [name.text for name in _party(facts, "CDe.904").names][:2] == [
        "EXAMPLE AIRLINES (EXA)",
        "SAMPLE AIRLINES (SAA)",
    ]


def test_addresses_of_bodies_are_kept_branch_by_branch(facts: Facts) -> None:
    company = _party(facts, "KPe.903")
    assert company.schema == "Company"
    assert company.countries == ("kp", "cn")
    assert company.addresses == (
        "Example-dong, Central District, Pyongyang, Democratic People's Republic of Korea",
        "Shop 1, Example Road",
        "Shop 2, Example Road",
        "Room 3, Example House, Example Road, Karachi, Pakistan",
    )


def test_a_listing_tells_its_day_committee_number_and_comments(facts: Facts) -> None:
    (listing,) = (one for one in facts.listings if one.subject == "un_sc:KPe.903")
    assert str(listing.since) == str(listing.effective) == "2018-03-30"
    assert listing.programme == "DPRK: resolution 1718 (2006)"
    assert listing.citation == "KPe.903"
    assert "associated with Example Bank" in listing.policy
    assert "INTERPOL" not in listing.policy
    assert "http" not in listing.policy
    assert listing.reach == ""
    assert not facts.links


def test_the_day_of_listing_may_carry_a_time_zone(facts: Facts) -> None:
    (listing,) = (one for one in facts.listings if one.subject == "un_sc:QDi.901")
    assert str(listing.since) == "2017-06-05"
    assert listing.source.text == "QDi.901, last updated 2020-11-24"


def test_a_day_of_another_order_is_not_guessed(facts: Facts) -> None:
    (listing,) = (one for one in facts.listings if one.subject == "un_sc:CDe.904")
    assert listing.effective is None
    assert listing.since is not None
    assert (listing.since.earliest, listing.since.latest) == (BEGINS, date(2026, 3, 1))
    assert listing.programme == "Atlantis"


def test_broken_records_are_rejected_with_their_place_and_no_more_of_them_than_a_name(facts: Facts) -> None:
    told = [(one.where, one.reason) for one in facts.rejected]
    assert told == [
        ("un.xml:INDIVIDUAL[1]", "the country 'Kuwaiti citizenship withdrawn in 2002' is not understood"),
        ("un.xml:INDIVIDUAL[2]", "a record without a name"),
        ("un.xml:ENTITY[2]", "'Middling' is no quality of an alias"),
        ("un.xml:ENTITY[2]", "LISTED_ON '30/03/2018' is no day"),
        ("un.xml:ENTITY[3]", "the number KPe.903 is used twice"),
        ("un.xml:ENTITY[4]", "'' is no reference number"),
    ]
    assert all(one.hint for one in facts.rejected)
    assert facts.rejected[1].raw == "CDi.902"


def test_an_unknown_quality_makes_a_weak_alias(facts: Facts) -> None:
    assert _names(_party(facts, "CDe.904"), "weak") == ["Exa Air"]


def test_another_list_is_refused_by_its_outermost_element(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text("<sdnList><sdnEntry/></sdnList>", "utf-8")
    with pytest.raises(InputError, match="<sdnList>; <CONSOLIDATED_LIST> was expected") as caught:
        lists.read(path, "un_sc", accept_small=True)
    assert "scsanctions.un.org" in caught.value.hint


def test_a_text_beyond_measure_is_rejected(tmp_path: Path) -> None:
    long = "<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>" + "(" * 5000 + "</ALIAS_NAME></ENTITY_ALIAS>"
    facts = lists.read(_write(tmp_path, _entity("KPe.001"), _entity("KPe.002", long)), "un_sc", accept_small=True)
    assert [one.reason for one in facts.rejected] == ["<ALIAS_NAME> is longer than 2000 characters"]
    assert len(facts.parties) == 1


@pytest.mark.parametrize(
    ("text", "note", "expected"),
    [
        ("Jin Example (金铁三)", "", ["Jin Example", "金铁三"]),
        ("Ansar Example (AAS)", "", ["Ansar Example (AAS)"]),
        ("Khalfan, Example", "", ["Khalfan, Example"]),
        (") Example Name", "", ["Example Name"]),
        ("Sample Example born in 1963", "", ["Sample Example"]),
        ("Sample Example (false identity, number 6910275240086)", "", ["Sample Example"]),
        ("El Example (COMBAT NAME)", "", ["El Example"]),
        ("Laskar 99", "", ["Laskar 99"]),
        ("Example", "Previously listed as. In Arabic: مثال", ["Example", "مثال"]),
        ("Example", "in Baghdad, Iraq, passport no. 123456", ["Example"]),
    ],
)
def test_an_alias_holds_names_and_nothing_else(text: str, note: str, expected: list[str]) -> None:
    assert [name.text for name in un_names.aliases(text, note, "alias")] == expected


def _halved(text: str) -> bytes:
    return bytes(ord(sign) & 0xFF for sign in text)


def _damage(folder: Path) -> Path:
    """Save the fixture as some tools do: one byte per character, the rest of it lost."""
    path = folder / "un.xml"
    text = FIXTURE.read_text("utf-8").replace("SECOND_NAME>EXAMPLE", "SECOND_NAME>AL-EXAMPL\u00c9")
    path.write_bytes(_halved(text.replace("Example Bank", "the Workers\u2019 Example Bank")))
    return path


def test_an_edition_that_lost_its_letters_is_refused_where_it_first_shows(tmp_path: Path) -> None:
    path = _damage(tmp_path)
    with pytest.raises(InputError, match="not in UTF-8") as caught:
        lists.read(path, "un_sc")
    assert caught.value.where == "un.xml:8:29"
    assert "--accept" in caught.value.hint


def test_of_an_accepted_damaged_edition_only_what_came_through_whole_is_kept(tmp_path: Path) -> None:
    facts, (tally,) = lists.read_accounted(_damage(tmp_path), "un_sc", accept_small=True)
    assert tally.accounted == tally.records == 6
    assert [party.id for party in facts.parties] == ["un_sc:KPe.903", "un_sc:CDe.904"]
    assert facts.dataset.coverage == "extract"
    company = _party(facts, "KPe.903")
    assert _names(company, "alias") == ["Example (Hong Kong) Shipping Limited", "Sharika Mithal"]
    (listing,) = (one for one in facts.listings if one.subject == company.id)
    assert listing.policy == ""
    reasons = [one.reason for one in facts.rejected]
    assert "the file lost letters of this name" in reasons
    assert reasons[-1] == "2 names, addresses and comments are left out: the file lost their letters"


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x064A, categories=["Lo"]), min_size=2, max_size=12))
def test_halved_arabic_letters_never_pass_for_a_latin_name(word: str) -> None:
    halved = _halved(word).decode("ascii")
    assert not un_mended.latin(halved)
    assert un_mended.latin("Example 99")
    assert un_mended.latin(f"Example {halved}") == halved.isdigit()


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
_MORE = st.builds(
    "<ENTITY_ALIAS><QUALITY>{}</QUALITY><ALIAS_NAME>{}</ALIAS_NAME><NOTE>{}</NOTE></ENTITY_ALIAS>".format,
    st.sampled_from(["Good", "Low", "a.k.a.", "", "?"]),
    _TEXT.map(escape),
    _TEXT.map(escape),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            lambda number, name, more: _entity(number, *more, name=name),
            st.from_regex(r"[A-Z]{2}e\.[0-9]{3}", fullmatch=True) | _TEXT,
            _TEXT,
            st.lists(_MORE, max_size=3),
        ),
        max_size=4,
    )
)
def test_whatever_a_record_holds_it_is_a_party_or_rejected(tmp_path: Path, records: list[str]) -> None:
    path = _write(tmp_path, _entity("ZZe.000"), *records)
    facts, (tally,) = lists.read_accounted(path, "un_sc", accept_small=True)
    assert tally.accounted == tally.records == len(records) + 1
    assert tally.parties == len(facts.parties) == len(facts.listings)
    assert all(name.text.strip() for party in facts.parties for name in party.names)


@pytest.mark.parametrize("day", COUNTS)
def test_every_record_of_a_real_edition_is_a_party(real_data: RealData, day: str) -> None:
    facts, (tally,) = _real(real_data, day)
    schemas = Counter("Person" if party.schema == "Person" else "body" for party in facts.parties)
    assert (schemas["Person"], schemas["body"]) == COUNTS[day]
    assert tally.accounted == tally.records == len(facts.parties) == len(facts.listings)
    assert str(facts.dataset.edition) == day
    assert facts.dataset.coverage == "whole"
    assert all(one.effective for one in facts.listings)
    assert {one.reason[:11] for one in facts.rejected} == {"the country"}
    assert not [one for one in facts.parties for name in one.names if "born" in name.text or "passport" in name.text]


def test_the_real_edition_that_lost_its_letters_is_refused_or_read_in_part(real_data: RealData) -> None:
    path = real_data(f"lists/un/un_consolidated-{DAMAGED}.xml.gz")
    with pytest.raises(InputError, match="not in UTF-8"):
        lists.read(path, "un_sc")
    facts, (tally,) = _real(real_data, DAMAGED)
    assert (tally.records, tally.parties, tally.rejected) == (879, 848, 31)
    assert facts.dataset.coverage == "extract"
    assert {party.id for party in facts.parties} <= {
        party.id for day in COUNTS for party in _real(real_data, day)[0].parties
    } | {"un_sc:HTe.003", "un_sc:HTe.004"}


def test_reference_numbers_tell_what_came_and_went_between_editions(real_data: RealData) -> None:
    first, second, third = ({party.id for party in _real(real_data, day)[0].parties} for day in COUNTS)
    assert (len(second - first), len(first - second)) == (45, 186)
    assert (len(third - second), len(second - third)) == (130, 4)
    # Iran's part was ended in 2023 and is back, under the same numbers.
    assert len([one for one in first & third if one not in second and one.startswith("un_sc:IR")]) == 84


def test_a_party_renamed_between_editions_stays_one_party(real_data: RealData) -> None:
    captions = [_party(_real(real_data, day)[0], "KPe.029").caption for day in COUNTS]
    assert captions[0] == "NATIONAL AEROSPACE DEVELOPMENT ADMINISTRATION"
    assert captions[-1] == "NATIONAL AEROSPACE TECHNOLOGY ADMINISTRATION"


def test_a_listing_has_one_id_in_every_edition(real_data: RealData) -> None:
    by_day = [{one.subject: (one.id, one.since) for one in _real(real_data, day)[0].listings} for day in COUNTS]
    for before, after in pairwise(by_day):
        assert all(after[subject] == before[subject] for subject in before.keys() & after.keys())
