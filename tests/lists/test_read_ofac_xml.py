"""OFAC's XML: the simple form of the old site and the new, and the advanced one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists, own
from underlabel.model import Facts, InputError, Listing, Party

RealData = Callable[[str], Path]
FOLDER = Path(__file__).parent / "fixtures"
REAL_XML = "lists/us_ofac_nonsdn_2025-03-28/ofac_nonsdn_consolidated-2025-03-28.xml.gz"
REAL_CSV = "lists/us_ofac_2019-01/cons_prim.csv.gz"


@pytest.fixture(scope="module")
def consolidated() -> Facts:
    return lists.read(FOLDER / "ofac_xml" / "consolidated.xml", "us_ofac_cons", accept_small=True)


@pytest.fixture(scope="module")
def advanced() -> Facts:
    return lists.read(FOLDER / "ofac_xml" / "sdn_advanced.xml", "us_ofac_sdn", accept_small=True)


def _party(facts: Facts, number: int) -> Party:
    (party,) = (one for one in facts.parties if one.id.endswith(f":{number}"))
    return party


def _listings(facts: Facts, number: int) -> dict[str, Listing]:
    return {one.programme: one for one in facts.listings if one.subject.endswith(f":{number}")}


def _numbers(party: Party) -> dict[str, str]:
    return {one.scheme: one.value for one in party.identifiers if one.scheme != "ofac-uid"}


def _changed(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = (FOLDER / "ofac_xml" / name).read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_the_edition_is_of_the_day_of_publication_month_before_day(consolidated: Facts) -> None:
    assert consolidated.dataset.edition == date(2025, 3, 4)


def test_strong_aliases_weak_ones_and_former_names_are_told_apart(consolidated: Facts) -> None:
    assert [(name.text, name.kind) for name in _party(consolidated, 900001).names] == [
        ("EXAMPLE CAMERA CO., LTD.", "name"),
        ("EXC", "weak"),
        ("EXAMPLE CAMERA", "alias"),
        ("EXAMPLE OPTICS WORKS", "previous"),
    ]


def test_numbers_and_addresses_of_a_company_are_kept(consolidated: Facts) -> None:
    camera, bank = _party(consolidated, 900001), _party(consolidated, 900002)
    assert _numbers(camera) == {
        "uscc": "91330000000000106P",
        "isin": "CNE000000AA1",
        "ticker": "000001 CN",
        "website": "www.example.com",
    }
    assert camera.addresses == ("1 Example Road, Binjiang District, Hangzhou, Zhejiang 310051, China",)
    assert _numbers(bank) == {
        "bic": "EXAMRUMM",
        "lei": "253400WSS48YWMBUA688",
        "registration:ru": "1026303117642",
    }
    assert bank.countries == ("cy", "ru")
    assert bank.addresses == ()


def test_of_a_person_names_nationality_and_citizenship_are_kept_and_no_more(consolidated: Facts) -> None:
    person = _party(consolidated, 900004)
    assert [(name.text, name.kind) for name in person.names] == [
        ("EXAMPLE, Person One", "name"),
        ("ONE, Example", "weak"),
    ]
    assert person.countries == ("sy", "ht")
    assert (_numbers(person), person.addresses) == ({}, ())
    assert not any(word in str(consolidated) for word in ("1950", "X0000001", "Example Street", "Deputy"))


def test_a_military_industrial_company_is_listed_on_its_own_list_with_both_days(consolidated: Facts) -> None:
    (listing,) = _listings(consolidated, 900001).values()
    assert listing.list == "us_ofac_nscmic"
    assert str(listing.since) == str(listing.published) == "2021-06-03"
    assert str(listing.effective) == "2021-08-02"
    assert listing.known_from == date(2021, 6, 3)
    assert listing.policy == "Purchase/Sales For Divestment Date (CMIC) 03 Jun 2022"
    assert consolidated.dataset.lists == ("us_ofac_cons", "us_ofac_nscmic")


def test_a_file_without_such_companies_speaks_for_its_own_list_only() -> None:
    facts = lists.read(FOLDER / "ofac" / "cons_prim.csv", "us_ofac_cons", accept_small=True)
    assert facts.dataset.lists == ("us_ofac_cons",)


def test_each_dated_directive_is_a_listing_and_lends_its_day_to_no_other(consolidated: Facts) -> None:
    found = _listings(consolidated, 900002)
    assert {name: (str(one.published), str(one.effective), one.requirement[:22]) for name, one in found.items()} == {
        "RUSSIA-EO14024 Directive 3": ("2022-02-24", "2022-03-26", "Subject to Directive 3"),
        "RUSSIA-EO14024 Directive 4": ("None", "None", "Subject to Directive 4"),
        "UKRAINE-EO13662": ("None", "None", "Subject to Directive 1"),
    }
    assert {one.list for one in found.values()} == {"us_ofac_cons"}
    assert {one.reach for one in found.values()} == {"All offices worldwide"}


def test_days_of_directives_are_no_days_of_the_sdn_list(tmp_path: Path) -> None:
    path = _changed(tmp_path, "consolidated.xml")
    facts = lists.read(path, "us_ofac_sdn", accept_small=True)
    (listing,) = _listings(facts, 900002).values()
    assert listing.programme == "RUSSIA-EO14024; UKRAINE-EO13662"
    assert (listing.published, listing.effective) == (None, None)


def test_linked_to_is_a_tie_from_the_entry_named_without_a_share(consolidated: Facts) -> None:
    (link,) = consolidated.links
    assert (link.kind, link.src, link.dst) == ("linked_to", "us_ofac_cons:900003", "us_ofac_cons:900002")
    assert (link.share, link.evidence, link.known_from) == (None, "Linked To: Example Holding", date(2025, 3, 4))


def test_no_tie_is_ever_a_holding_or_control(consolidated: Facts, advanced: Facts) -> None:
    holdings = own.on((*consolidated.links, *advanced.links), date(2025, 3, 28), doubted=True)
    assert not holdings.stakes
    assert not holdings.ties
    assert not holdings.recorded("us_ofac_cons:900002")


def test_what_could_not_be_read_says_why(consolidated: Facts) -> None:
    assert {(one.where.rpartition(":")[2], one.reason) for one in consolidated.rejected} == {
        ("sdnEntry[5]", "a record without a number or a name"),
        ("sdnEntry[6]", "'Spaceship' is no type of this list"),
        ("sdnEntry[7]", "'33 Jun 2021' is not a day"),
        ("sdnEntry[7]", "'novelty' is no part of an entry that is known; it is not read"),
        ("sdnEntry[4]", "'NOBODY AT ALL', to which us_ofac_cons:900004 is linked, is no other entry of this file"),
    }


def test_every_entry_is_accounted_for() -> None:
    _, (tally,) = lists.read_accounted(FOLDER / "ofac_xml" / "consolidated.xml", "us_ofac_cons", accept_small=True)
    assert (tally.records, tally.parties, tally.rejected) == (7, 5, 2)
    assert tally.accounted == tally.records


def test_both_forms_of_a_list_say_the_same() -> None:
    csv = lists.read(FOLDER / "ofac" / "sdn.csv", "us_ofac_sdn", date(2024, 5, 3), accept_small=True)
    xml = lists.read(FOLDER / "ofac_xml" / "sdn.xml", "us_ofac_sdn", accept_small=True)

    def said(facts: Facts) -> set[tuple[object, ...]]:
        ids = {one.id for one in xml.parties}
        told: set[tuple[object, ...]] = {
            (one.id, one.schema, one.names, one.countries, one.identifiers, one.addresses)
            for one in facts.parties
            if one.id in ids
        }
        told |= {(one.id, one.programme, one.since, one.policy) for one in facts.listings if one.subject in ids}
        return told | {(one.id, one.src, one.dst, one.evidence, one.known_from) for one in facts.links}

    assert said(csv) == said(xml)
    assert len(xml.parties) == 5


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ([("<Record_Count>7<", "<Record_Count>8<")], "counts 8 entries but holds 7"),
        ([("<Record_Count>7</Record_Count>", "")], "publshInformation and its Record_Count"),
        ([("publshInformation", "publication")], "publshInformation and its Record_Count"),
        ([("sdnList", "sanctionsData")], "begins with 'sanctionsData'"),
        ([("EXAMPLE LENS", "EXAMPLE L\u00c3\u0089NS")], "wrong encoding"),
        ([("EXAMPLE LENS", "EXAMPLE L\ufffdNS")], "wrong encoding"),
    ],
)
def test_a_file_that_is_not_the_lists_own_is_refused(tmp_path: Path, changes: list[tuple[str, str]], what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        lists.read(_changed(tmp_path, "consolidated.xml", *changes), "us_ofac_cons", accept_small=True)
    assert caught.value.where.startswith("consolidated.xml")
    assert caught.value.hint


def test_a_day_of_publication_that_cannot_be_read_is_told_and_not_guessed(tmp_path: Path) -> None:
    facts = lists.read(
        _changed(tmp_path, "consolidated.xml", ("03/04/2025", "28/03/2025")), "us_ofac_cons", accept_small=True
    )
    assert facts.dataset.edition is None
    assert any(one.reason.startswith("Publish_Date: '28/03/2025'") for one in facts.rejected)


def test_a_day_given_against_the_files_own_is_used_and_told(tmp_path: Path) -> None:
    path = _changed(tmp_path, "consolidated.xml")
    facts = lists.read(path, "us_ofac_cons", date(2019, 1, 15), accept_small=True)
    assert facts.dataset.edition == date(2019, 1, 15)
    told = [one.reason for one in facts.rejected]
    assert "the file says it is of 2025-03-04; it is taken to be of 2019-01-15" in told
    assert "2 listings were published after 2019-01-15, the last on 2022-02-24" in told


def test_the_advanced_form_gives_listings_their_days_and_legal_basis(advanced: Facts) -> None:
    assert advanced.dataset.edition == date(2024, 5, 3)
    (cuba,) = _listings(advanced, 36).values()
    assert (cuba.programme, str(cuba.since), cuba.citation) == (
        "CUBA",
        "1986-12-10",
        "Executive Order 13224 (Terrorism)",
    )
    (vessel,) = _listings(advanced, 9000).values()
    assert str(vessel.since) == "1963-07-08..2024-05-03"


def test_the_advanced_form_gives_the_parties_of_the_simple_ones(advanced: Facts) -> None:
    company, person, vessel = (_party(advanced, number) for number in (36, 2674, 9000))
    assert [(name.text, name.kind) for name in company.names] == [
        ("EXAMPLE CARIBBEAN AIRLINES", "name"),
        ("ECA", "weak"),
        ("AERO-EXAMPLE", "previous"),
    ]
    assert company.addresses == ("3 Calle Ejemplo, Havana, Cuba",)
    assert _numbers(company) == {"tax:ru": "9704000001", "bic": "EXAMCUHH"}
    assert (person.caption, person.schema, person.countries) == ("EXAMPLE, Person One", "Person", ("sy",))
    assert _numbers(person) == {}
    assert (vessel.schema, vessel.countries) == ("Vessel", ("ir",))
    assert _numbers(vessel) == {"imo": "9187629", "call-sign": "XYZ1"}


def test_relations_of_the_advanced_form_are_ties_in_its_own_words(advanced: Facts) -> None:
    assert {(one.src, one.dst, one.evidence, one.status) for one in advanced.links} == {
        (
            "us_ofac_sdn:36",
            "us_ofac_sdn:9000",
            "Owned or Controlled By EXAMPLE CARIBBEAN AIRLINES; Acting for or on behalf of EXAMPLE CARIBBEAN AIRLINES",
            "completed",
        ),
        ("us_ofac_sdn:36", "us_ofac_sdn:2674", "Acting for or on behalf of EXAMPLE CARIBBEAN AIRLINES", "ended"),
    }
    assert {one.kind for one in advanced.links} == {"linked_to"}
    assert {one.reason for one in advanced.rejected} == {
        "the party 9100 has no name",
        "no party that could be read has the profile '9100'",
    }


def test_every_record_of_the_advanced_form_is_accounted_for() -> None:
    _, (tally,) = lists.read_accounted(FOLDER / "ofac_xml" / "sdn_advanced.xml", "us_ofac_sdn", accept_small=True)
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (11, 3, 6, 2)
    assert tally.accounted == tally.records


def test_the_advanced_form_of_another_list_is_refused() -> None:
    with pytest.raises(InputError, match="of the 'SDN List', not of us_ofac_cons"):
        lists.read(FOLDER / "ofac_xml" / "sdn_advanced.xml", "us_ofac_cons", accept_small=True)


def test_an_advanced_form_without_reference_values_is_refused(tmp_path: Path) -> None:
    path = _changed(tmp_path, "sdn_advanced.xml", ("ReferenceValueSets", "Values"))
    with pytest.raises(InputError, match="no ReferenceValueSets"):
        lists.read(path, "us_ofac_sdn", accept_small=True)


_WORDS = st.text(
    alphabet=st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufffd\xc2\xc3"
    ),
    max_size=12,
)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["Entity", "Individual", "Vessel", "?"]), _WORDS, _WORDS), max_size=6))
def test_whatever_an_entry_holds_it_is_counted_once(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    entries = [("Entity", "EXAMPLE ONE", ""), *rows]
    body = "".join(
        f"<sdnEntry><uid>{number % 5}</uid><lastName>{_escaped(name)}</lastName><sdnType>{kind}</sdnType>"
        f"<remarks>{_escaped(said)}; (Linked To: {_escaped(name)})</remarks></sdnEntry>"
        for number, (kind, name, said) in enumerate(entries)
    )
    head = f"<Publish_Date>03/28/2025</Publish_Date><Record_Count>{len(entries)}</Record_Count>"
    path = tmp_path / "sdn.xml"
    path.write_text(f"<sdnList><publshInformation>{head}</publshInformation>{body}</sdnList>", "utf-8")
    facts, (tally,) = lists.read_accounted(path, "us_ofac_sdn", accept_small=True)
    assert tally.accounted == tally.records == len(entries)
    assert tally.parties == len(facts.parties) == len(facts.listings) >= 1
    assert all(link.src != link.dst for link in facts.links)


def test_the_real_consolidated_file_is_read_whole(real_data: RealData) -> None:
    facts, (tally,) = lists.read_accounted(real_data(REAL_XML), "us_ofac_cons")
    assert (tally.records, tally.parties, tally.rejected) == (443, 443, 0)
    assert (facts.dataset.edition, facts.dataset.coverage) == (date(2025, 3, 28), "whole")
    assert facts.dataset.lists == ("us_ofac_cons", "us_ofac_nscmic")
    assert Counter(one.list for one in facts.listings) == {"us_ofac_cons": 398, "us_ofac_nscmic": 68}
    assert Counter(party.schema for party in facts.parties) == {"LegalEntity": 363, "Person": 80}
    # Of 283 ties one names a body of the SDN list (HAMAS).
    assert len(facts.links) == 282
    assert [one.raw for one in facts.rejected] == ["HAMAS"]


def test_hikvision_stands_on_the_real_file_with_its_two_days_and_its_number(real_data: RealData) -> None:
    facts = lists.read(real_data(REAL_XML), "us_ofac_cons")
    party = _party(facts, 30946)
    assert "HIKVISION" in [name.text for name in party.names]
    assert _numbers(party)["uscc"] == "91330000733796106P"
    (listing,) = _listings(facts, 30946).values()
    assert (listing.list, str(listing.published), str(listing.effective)) == (
        "us_ofac_nscmic",
        "2021-06-03",
        "2021-08-02",
    )
    assert not any("DAHUA" in name.text.upper() for one in facts.parties for name in one.names)


def test_the_real_files_of_both_forms_differ_only_where_the_editions_do(real_data: RealData) -> None:
    # The CSV is some months older: 441 of its 442 entries bear the same name, 453 of 465 listings are the same.
    csv, xml = lists.read(real_data(REAL_CSV), "us_ofac_cons"), lists.read(real_data(REAL_XML), "us_ofac_cons")
    old, new = ({party.id: party for party in facts.parties} for facts in (csv, xml))
    assert (len(old), len(old.keys() & new.keys())) == (442, 442)
    same = Counter(
        field
        for id_, party in old.items()
        for field in ("schema", "countries", "names", "identifiers", "addresses")
        if getattr(party, field) == getattr(new[id_], field)
    )
    assert same == {"schema": 442, "countries": 442, "names": 436, "identifiers": 432, "addresses": 437}
    assert len({one.id for one in csv.listings} & {one.id for one in xml.listings}) == 453
    assert {one.id for one in csv.links} == {one.id for one in xml.links}
