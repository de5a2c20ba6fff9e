"""The eCFR's XML of Part 744: the Entity List, the Unverified List, the Military End-User List."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists.gather import Tally
from underlabel.model import Facts, InputError, Listing, Party

FIXTURE = Path(__file__).parent / "fixtures" / "ecfr_part744.xml"
RealData = Callable[[str], Path]
US = "lists/us_2026-07-09/"
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
HEADS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")


@pytest.fixture(scope="module")
def read() -> tuple[Facts, tuple[Tally, ...]]:
    return lists.read_accounted(FIXTURE, "us_bis_entity_list", accept_small=True)


@pytest.fixture(scope="module")
def facts(read: tuple[Facts, tuple[Tally, ...]]) -> Facts:
    return read[0]


def _of(facts: Facts, name: str, country: str = "") -> tuple[Party, tuple[Listing, ...]]:
    (party,) = (
        one for one in facts.parties if one.caption.startswith(name) and (not country or country in one.countries)
    )
    return party, tuple(one for one in facts.listings if one.subject == party.id)


def _names(party: Party) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in party.names]


def _cell(entry: dict[str, Any], break_: str) -> str:
    """An entity as the eCFR writes it into one cell."""
    name, aliases, address = escape(entry["name"]), [escape(one) for one in entry["aliases"]], entry["address"] or ""
    if not aliases:
        return f"{name}, {escape(address)}" if address else name
    count = COUNTS[len(aliases)] if len(aliases) < len(COUNTS) else str(len(aliases))
    ends = [";"] * (len(aliases) - 2) + ["; <I>and</I>"] * (len(aliases) > 1)
    listed = [f"—{one}{end}" for one, end in zip(aliases, ends, strict=False)] + [f"—{aliases[-1].rstrip('.')}."]
    word = "alias" if len(aliases) == 1 else "aliases"
    lines = [f"{name}, a.k.a., the following {count} {word}:", *listed, escape(address)]
    return f"{break_} ".join(lines).rstrip()


def _xml(rows: Iterable[str], number: int = 4, heads: tuple[str, ...] = HEADS) -> str:
    head = "".join(f'<TH scope="col">{one}</TH>' for one in heads)
    table = f"<TABLE><THEAD><TR>{head}</TR></THEAD><TBODY>{''.join(rows)}</TBODY></TABLE>"
    title = f"Supplement No. {number} to Part 744"
    return f'<DIV9 N="{title}" TYPE="APPENDIX"><HEAD>{title}</HEAD><DIV width="100%">{table}</DIV></DIV9>'


def _row(entry: dict[str, Any], heading: str, break_: str = "<br/>") -> str:
    requirement = escape(entry["notes"] or "").replace("),3 ", "),<sup>3</sup> ")
    citation = "<br/>".join(escape(one) for one in (entry["federal_register"] or "").split("\n"))
    cells = (escape(heading), _cell(entry, break_), requirement, "Presumption of denial", f"{citation}.")
    return f"<TR>{''.join(f'<TD>{cell}</TD>' for cell in cells)}</TR>"


def _rows(entries: list[dict[str, Any]], break_: str) -> Iterable[str]:
    above = ""
    for entry in entries:
        country = entry["country"]
        heading = "CHINA, PEOPLE\u2019S REPUBLIC OF" if country == "China" else country.upper()
        yield _row(entry, heading if country != above else "", break_)
        above = country


def _write(folder: Path, xml: str) -> Path:
    path = folder / "ecfr-2026-07-09.xml"
    path.write_text(xml, "utf-8")
    return path


def test_every_row_is_accounted_for(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    _, (tally,) = read
    assert (tally.records, tally.parties, tally.parts, tally.terminators, tally.rejected) == (27, 21, 1, 3, 2)
    assert tally.accounted == tally.records


def test_a_name_ends_where_its_address_begins_and_legal_forms_belong_to_it(facts: Facts) -> None:
    party, _ = _of(facts, "Clearview", "pk")
    assert party.caption == "Clearview Optics Co., Ltd."
    assert party.addresses == ("Suite 5, Sample Complex, Lahore 54010, Pakistan",)
    assert _of(facts, "Longview")[0].caption == "Longview Company, Ltd."
    assert _of(facts, "Triangle")[0].addresses == ("Afghanistan",)


@pytest.mark.parametrize(
    "name",
    [
        "Academy of Example Medical Sciences, Institute of Basic Samples",
        "China State Sample Corporation, Limited (CSSC) 7th Research Academy",
        "Example Missile Corporation, Joint Stock Company Sample-service",
    ],
)
def test_a_part_of_an_institution_belongs_to_its_name(facts: Facts, name: str) -> None:
    assert _of(facts, name[:15])[0].caption == name


def test_aliases_are_taken_out_of_the_cell_line_by_line(facts: Facts) -> None:
    party, listings = _of(facts, "Clearview", "cn")
    assert _names(party) == [
        ("Clearview Optics Co., Ltd.", "name"),
        ("Clearview", "alias"),
        ("Clear View (HK) Limited", "alias"),
    ]
    assert party.countries == ("cn", "hk")
    assert len(party.addresses) == 3
    assert [str(one.since) for one in listings] == ["2019-10-09", "2022-10-13"]
    assert listings[0].citation == "84 FR 54004, 10/9/19. 85 FR 44161, 7/22/20"


def test_aliases_that_run_on_into_the_address_are_parted_from_it(facts: Facts) -> None:
    party, _ = _of(facts, "Running On")
    assert [text for text, _ in _names(party)[1:]] == ["ROT", "R.O. Technology Co., Ltd."]
    assert party.addresses[0].startswith("Room 12, 3/F Sample House")
    shipyard, _ = _of(facts, "OAO 'Sample")
    assert [text for text, _ in _names(shipyard)[1:]] == ["JSC Shipyard 'Sample'", "Sample Shipyard LLC"]
    assert shipyard.countries == ("ua",)


def test_an_alias_in_the_line_or_in_brackets_is_found_and_a_former_name_marked(facts: Facts) -> None:
    assert _names(_of(facts, "Inline Sample")[0])[1:] == [("ISE", "alias")]
    assert _names(_of(facts, "Example General Trading")[0])[1:] == [("Erman & Example Trading Co.", "alias")]
    assert _names(_of(facts, "Sample Flot")[0])[1] == ("Obshchestvo Sample Flot", "previous")


def test_a_dash_within_a_name_is_no_list_of_aliases(facts: Facts) -> None:
    party, _ = _of(facts, "CONTROL")
    assert [text for text, _ in _names(party)] == [
        "CONTROL—Systems—Managing Company of Sample Holding JSC",
        "CONTROL—Systems",
    ]


def test_a_note_set_high_is_no_part_of_a_name_but_stays_in_the_requirement(facts: Facts) -> None:
    party, (listing,) = _of(facts, "Northlake")
    assert party.caption == "Northlake Microelectronics"
    assert listing.requirement.endswith("of the EAR) 4")
    assert "734.9(g),3 746.8" in _of(facts, "CONTROL")[1][0].requirement


def test_the_review_policy_is_kept_beside_the_requirement(facts: Facts) -> None:
    listing = _of(facts, "Clearview", "cn")[1][0]
    assert listing.policy.startswith("Case-by-case review for ECCNs 1A004.c")
    assert listing.requirement == "For all items subject to the EAR. (See § 744.11 of the EAR)"


def test_references_to_other_headings_are_no_part_of_an_address(facts: Facts) -> None:
    assert not any("alternate" in text for party in facts.parties for text in (*party.addresses, party.caption))


def test_words_on_further_bodies_are_the_reach_of_the_listing(facts: Facts) -> None:
    party, (listing,) = _of(facts, "Example Group 14th")
    assert listing.reach.endswith("institutions: Lakeland SunSea Industry Corporation; Lakeland Institute of Radio")
    assert party.addresses[0] == "No 1 Sample Gate, Nanjing, China"
    assert _of(facts, "Ministry of Sample")[1][0].reach.startswith("including the Sample Forces")


def test_an_entry_that_is_an_address_is_a_party_of_that_kind(facts: Facts) -> None:
    party, _ = _of(facts, "Unit D")
    assert (party.schema, party.addresses) == ("Address", (party.caption,))


@pytest.mark.parametrize(("name", "country"), [("Sample Elektronik", "tr"), ("Gulf Example", "ae"), ("CONTROL", "by")])
def test_a_country_holds_until_the_next_heading(facts: Facts, name: str, country: str) -> None:
    assert _of(facts, name)[0].countries == (country,)


def test_a_row_that_cannot_be_read_is_rejected_where_it_stands(facts: Facts) -> None:
    place = "ecfr_part744.xml:DIV9[Supplement No. 4]/TR"
    assert [one.where for one in facts.rejected] == [f"{place}[17]", f"{place}[18]"]


@pytest.mark.parametrize(
    ("list_id", "captions"),
    [
        ("us_bis_uvl", ["Sample Optoelectronics Co., Ltd.", "Example Instruments Ltd."]),
        (
            "us_bis_meu",
            ["Laboratory of Sample Analysis, Institute of Example Pharmacology", "Federal Sample Center (FSC)"],
        ),
    ],
)
def test_the_other_supplements_are_read_out_of_the_same_part(list_id: str, captions: list[str]) -> None:
    facts = lists.read(FIXTURE, list_id, accept_small=True)
    assert [party.caption for party in facts.parties] == captions
    assert {one.list for one in facts.listings} == {list_id}
    assert all(one.published and one.since == one.published for one in facts.listings)


def test_all_three_forms_are_marked_unproven() -> None:
    known = lists.known()
    assert {known[one].unproven for one in ("us_bis_entity_list", "us_bis_meu", "us_bis_uvl")} == {("xml",)}


def test_the_appendix_may_come_alone_and_bulk_files_say_their_day(tmp_path: Path) -> None:
    row = "<TR><TD>CHINA</TD><TD>A Co., 1 Road, China.</TD><TD/><TD/><TD>84 FR 54004, 10/9/19.</TD></TR>"
    path = tmp_path / "title15.xml"
    path.write_text(f"<ECFR><AMDDATE>Oct. 1, 2026</AMDDATE><DIV1>{_xml([row])}</DIV1></ECFR>", "utf-8")
    assert lists.read(path, "us_bis_entity_list", accept_small=True).dataset.edition == date(2026, 10, 1)
    path.write_text(_xml([row]), "utf-8")
    alone = lists.read(path, "us_bis_entity_list", accept_small=True)
    assert alone.dataset.edition is None
    assert [party.caption for party in alone.parties] == ["A Co."]


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        (_xml([], number=6), "no Supplement No. 4 to Part 744; it holds Supplement No. 6"),
        ("<DIV5 N='744'><HEAD>PART 744</HEAD></DIV5>", "it holds no appendix"),
        (_xml(["<TR><TD>A</TD></TR>"], heads=("Country", "Name", "Citation")), "it has Country, Name, Citation"),
        (_xml([], heads=()), "no table with the columns"),
        (_xml([]) + "<", "not well formed"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]>" + _xml([]), "document type"),
    ],
)
def test_what_is_not_the_supplement_is_refused_with_what_was_seen(tmp_path: Path, xml: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        lists.read(_write(tmp_path, xml), "us_bis_entity_list", accept_small=True)
    assert caught.value.hint


@pytest.mark.parametrize(("break_", "least"), [("<br/>", 3_334), ("", 3_319)], ids=["in lines", "run on"])
def test_the_real_list_written_as_the_ecfr_writes_it_reads_as_its_json_does(
    real_data: RealData, tmp_path: Path, break_: str, least: int
) -> None:
    source = real_data(US + "bis_entity_list.json.gz")
    entries = json.loads(gzip.decompress(source.read_bytes()))["entities"]
    path = _write(tmp_path, _xml(_rows(entries, break_)))
    expected = lists.read(source, "us_bis_entity_list")
    facts, (tally,) = lists.read_accounted(path, "us_bis_entity_list")
    assert (tally.records, tally.rejected) == (3_409, 0)
    same = len(
        {_said(one, expected, stops=True) for one in expected.listings}
        & {_said(one, facts, stops=True) for one in facts.listings}
    )
    bare = len({_said(one, expected) for one in expected.listings} & {_said(one, facts) for one in facts.listings})
    # The rest of the first figure are full stops: the JSON keeps, behind "LLC" and the like, the one that ends a
    # list of aliases. The rest of the second: names run on with their address without any mark, aliases lost to
    # brackets or dashes in the JSON, and, run on, aliases with a full stop inside.
    assert same >= least >= 0.97 * len(expected.listings)
    assert bare >= 0.985 * len(expected.listings)
    # Two names of 3,406 end elsewhere: "… of Physical, Technical and …" and one of which the JSON took the street.
    assert len({one.id for one in expected.parties} - {one.id for one in facts.parties}) == 2
    assert len({one.id for one in expected.listings} - {one.id for one in facts.listings}) == 2


def _said(listing: Listing, facts: Facts, *, stops: bool = False) -> tuple[object, ...]:
    party = _index(facts)[listing.subject]
    names = frozenset(name.text if stops else name.text.rstrip(".") for name in party.names)
    days = (listing.since, listing.published, listing.citation, listing.requirement)
    return (listing.id, party.id, names, party.countries, *days)


_INDEX: dict[str, dict[str, Party]] = {}


def _index(facts: Facts) -> dict[str, Party]:
    return _INDEX.setdefault(facts.dataset.version, {party.id: party for party in facts.parties})


WORDS = st.lists(
    st.sampled_from(["Northlake", "Sample", "Optics", "Trading", "Clear", "Lake", "Micro", "Star", "Ever"]),
    min_size=1,
    max_size=4,
)
FORMS = st.sampled_from(["Co., Ltd.", "Co., Limited", "LLC", "(HK) Limited", "Corporation", "Institute", "GmbH", ""])
NAMES = st.tuples(WORDS, FORMS).map(lambda parts: " ".join([*parts[0], parts[1]]).strip())
ADDRESSES = st.lists(
    st.sampled_from(
        ["1 Sample Road, Shenzhen, China", "Room 3, 4/F Example Tower, Hong Kong", "No. 7 Lane, Beijing, China"]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)


@settings(max_examples=80, deadline=None)
@given(
    name=NAMES,
    aliases=st.lists(NAMES, max_size=4, unique=True),
    addresses=ADDRESSES,
    break_=st.sampled_from(["<br/>", "", "\n"]),
)
def test_what_is_joined_in_a_cell_comes_apart_again(
    tmp_path_factory: pytest.TempPathFactory, name: str, aliases: list[str], addresses: list[str], break_: str
) -> None:
    entry = {
        "name": name,
        "aliases": aliases,
        "address": "; and ".join(addresses) + ".",
        "notes": "All items.",
        "federal_register": "84 FR 54004, 10/9/19",
    }
    path = _write(tmp_path_factory.mktemp("ecfr"), _xml([_row(entry, "CHINA", break_)]))
    (party,) = lists.read(path, "us_bis_entity_list", accept_small=True).parties
    assert party.caption == name
    assert {one.text.rstrip(".") for one in party.names} == {one.rstrip(".") for one in (name, *aliases)}
    assert party.addresses == tuple(addresses)
