"""FollowTheMoney files: what becomes of each entity, and that our words for them are the library's."""

from __future__ import annotations

import gzip
import hashlib
import json
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model as library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists.readers.ftm import ftm_lines, ftm_schemata
from underlabel.lists.readers.ftm.ftm_delta import Applied, apply
from underlabel.lists.readers.ftm.ftm_lines import Line
from underlabel.lists.readers.ftm.ftm_values import share
from underlabel.model import Facts, InputError, Link, Listing, NoInputError, Party, Share, units

FIXTURES = Path(__file__).parent / "fixtures" / "ftm"
EXAMPLE = FIXTURES / "example.entities.ftm.json"
DELTA = FIXTURES / "example.entities.delta.json"


@pytest.fixture(scope="module")
def example() -> Facts:
    return lists.read(EXAMPLE, "ftm")


def party(facts: Facts, name: str) -> Party:
    return next(one for one in facts.parties if one.id == f"ftm:{name}")


def listing(facts: Facts, name: str) -> Listing:
    return next(one for one in facts.listings if one.id == f"ftm:{name}")


def link(facts: Facts, name: str) -> Link:
    return next(one for one in facts.links if one.id == f"ftm:{name}")


def reasons(facts: Facts) -> list[str]:
    return [one.reason for one in facts.rejected]


def entity(name: str, schema: str = "Company", **properties: list[str]) -> dict[str, Any]:
    properties = properties or {"name": [name]}
    return {"id": name, "schema": schema, "properties": properties, "datasets": ["ex"]}


def written(path: Path, rows: Iterable[object]) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


# Our words and the library's


def test_our_schemata_and_what_they_extend_are_the_librarys() -> None:
    theirs = {schema.name: {one.name for one in schema.extends} for schema in library.schemata.values()}
    assert {name: set(parents) for name, parents in ftm_schemata.PARENTS.items()} == theirs


@pytest.mark.parametrize("name", ftm_schemata.PARENTS)
def test_what_a_schema_is_a_kind_of_is_what_the_library_says(name: str) -> None:
    schema = library.get(name)
    assert schema is not None
    assert {one for one in ftm_schemata.PARENTS if ftm_schemata.is_a(name, one)} == schema.names
    near = ftm_schemata.party(name)
    assert near in schema.names or (not near and not schema.names & ftm_schemata.PARTIES)


def test_every_property_that_is_read_is_one_of_the_librarys() -> None:
    known = {prop.name for schema in library.schemata.values() for prop in schema.properties.values() if not prop.stub}
    assert known >= ftm_schemata.READ


def test_what_a_party_calls_what_names_it_is_what_the_library_says() -> None:
    stubs = {
        name: ends for schema, ends in (*ftm_schemata.TIES.items(), ("Sanction", ("entity",))) for name in [schema]
    }
    told = {}
    for name, ends in stubs.items():
        schema = library.get(name)
        assert schema is not None
        for end in ends:
            reverse = schema.properties[end].reverse
            assert reverse is not None
            told[reverse.name] = end
    assert dict(ftm_schemata.REVERSED) == told


@pytest.mark.parametrize("file", ["zala.entities.ftm.json", "parteispenden.entities.ftm.json"])
def test_names_and_seats_of_real_entities_are_those_the_library_reads(
    file: str, real_data: Callable[[str], Path]
) -> None:
    path = real_data(f"ftm/{file}")
    parties = {one.id.removeprefix("ftm:"): one for one in lists.read(path, "ftm").parties}
    seen = 0
    for line in path.read_text("utf-8").splitlines():
        proxy = library.get_proxy(json.loads(line))
        ours = parties.get(str(proxy.id))
        if ours is None:
            assert not proxy.schema.is_a("LegalEntity")
            continue
        seen += 1
        assert proxy.schema.is_a(ours.schema)
        names = {text for prop in ftm_schemata.NAMES for text in proxy.get(prop, quiet=True)}
        assert {name.text for name in ours.names} == names
        assert set(ours.countries) == {code for prop in ftm_schemata.SEATS for code in proxy.get(prop, quiet=True)}
    assert seen == len(parties) > 10


# Parties


def test_the_caption_is_the_first_name_and_every_name_has_its_kind(example: Facts) -> None:
    assert [(name.text, name.kind) for name in party(example, "ex-optics").names] == [
        ("Example Optics Ltd", "name"),
        ("Optics of Example", "name"),
        ("Beispiel Optik", "alias"),
        ("EO", "weak"),
        ("EXO", "weak"),
        ("Old Optics Ltd", "previous"),
    ]


def test_the_seat_comes_first_and_a_region_counts_to_its_country(example: Facts) -> None:
    assert party(example, "ex-optics").countries == ("gb", "cn")
    assert "'suhh' is the code of no country there is" in reasons(example)


def test_numbers_bear_the_schemes_of_other_lists(example: Facts) -> None:
    numbers = {(one.scheme, one.value) for one in party(example, "ex-optics").identifiers}
    assert numbers == {
        ("lei", "529900T8BM49AURSDO55"),
        ("registration", "SC000001"),
        ("tax:ru", "7707083893"),
        ("imo-company", "9074729"),
    }
    ship = {(one.scheme, one.value) for one in party(example, "ex-ship").identifiers}
    assert {("imo", "9074729"), ("mmsi", "123456789"), ("call-sign", "EX1")} <= ship
    plane = {(one.scheme, one.value) for one in party(example, "ex-plane-2").identifiers}
    assert plane == {("tail-number", "EX-ABD"), ("msn", "1235")}


def test_a_listing_lends_its_party_the_number_on_the_list(example: Facts) -> None:
    numbers = {(one.scheme, one.value) for one in party(example, "ex-ship").identifiers}
    assert {("ofac-uid", "12345"), ("un-ref", "QDe.001")} <= numbers


def test_addresses_come_from_the_party_and_from_address_entities(example: Facts) -> None:
    told = party(example, "ex-optics").addresses
    assert told == ("1 Example Road, Leeds", "2 Example Road, Leeds", "Example Road 2, Leeds")


def test_of_a_person_nothing_but_names_countries_and_the_number_on_a_list_is_kept(example: Facts) -> None:
    person = party(example, "ex-person")
    assert (person.schema, person.addresses) == ("Person", ())
    assert [one.scheme for one in person.identifiers] == ["ofac-uid"]
    told = repr(example)
    assert not any(private in told for private in ("1970", "P1", "Private Lane", "sibling"))


def test_an_address_that_is_listed_itself_is_a_party(example: Facts) -> None:
    depot = party(example, "ex-depot")
    assert (depot.schema, depot.caption, depot.countries) == ("Address", "9 Depot Street, Hong Kong", ("hk",))


def test_lines_of_one_id_are_one_entity_of_the_closer_schema(example: Facts) -> None:
    holding = party(example, "ex-holding")
    assert holding.schema == "Company"
    assert [name.text for name in holding.names] == ["Example Holding", "Example Holding GmbH"]


def test_the_name_of_a_schema_is_no_name(example: Facts) -> None:
    assert "Airplane without a name" in reasons(example)


# Listings


def test_a_sanction_is_a_listing_with_its_clocks_on_the_list_its_dataset_is_known_as(example: Facts) -> None:
    denied = listing(example, "s-denied")
    assert (denied.list, denied.subject) == ("us_bis_dpl", "ftm:ex-optics")
    assert (str(denied.since), str(denied.until), str(denied.effective)) == ("2023-02", "2033", "2023-02")
    assert (str(denied.published), denied.known_from) == ("2023-02-20", date(2023, 2, 20))
    assert (denied.programme, denied.requirement) == ("Denied Persons List", "No exports; No services")
    assert (denied.policy, denied.citation) == ("Export of an example", "88 FR 1")
    assert denied.source.url == "https://www.bis.gov/example"
    assert denied.source.publisher == "Bureau of Industry and Security"


def test_a_compilation_speaks_for_the_list_it_names(example: Facts) -> None:
    assert listing(example, "s-csl").list == "us_bis_entity_list"
    assert listing(example, "s-depot").list == "us_csl"


def test_a_list_that_is_not_ours_is_told_by_its_authority(example: Facts) -> None:
    other = listing(example, "s-other")
    assert (other.list, other.programme) == ("ftm", "Ministry of Examples: XX-1")


def test_two_days_are_a_stretch_and_an_end_without_a_day_is_some_day_by_this_edition(example: Facts) -> None:
    other = listing(example, "s-other")
    assert (str(other.since), str(other.until)) == ("2020-05-01..2020-06-01", "2020-05-01..2026-03-04")


def test_a_sanction_of_two_parties_or_on_two_lists_is_a_listing_of_each(example: Facts) -> None:
    assert {one.subject for one in example.listings if one.id.startswith("ftm:s-sdn/")} == {
        "ftm:ex-person",
        "ftm:ex-ship",
    }
    assert {one.list for one in example.listings if one.id.startswith("ftm:s-un/")} == {"un_sc", "us_ofac_sdn"}


def test_a_day_that_is_none_is_left_out_and_told(example: Facts) -> None:
    assert str(listing(example, "s-un/un_sc").since) == "1963-07-08..2026-03-04"
    assert "startDate 'not a day' is not a day" in reasons(example)


def test_a_topic_alone_lists_and_from_several_datasets_only_with_medium_confidence(example: Facts) -> None:
    bureau = listing(example, "ex-bureau/ftm")
    assert (bureau.confidence, str(bureau.since)) == ("high", "1963-07-08..2026-03-04")
    many = {one.list: one.confidence for one in example.listings if one.subject == "ftm:ex-many"}
    assert many == {"us_ofac_sdn": "medium", "eu_fsf": "medium"}


def test_what_is_only_linked_to_the_sanctioned_is_not_listed(example: Facts) -> None:
    assert not [one for one in example.listings if one.subject == "ftm:ex-holding"]


# Ties


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("48", "48", "48"),
        ("33.3333 %", "33.3333", "33.3333"),
        ("12,5", "12.5", "12.5"),
        ("25-50", "25", "50"),
        ("25 % \u2013 50 %", "25", "50"),
        ("75 to 100", "75", "100"),
        (">50", "50.0001", "100"),
        ("more than 25%", "25.0001", "100"),
        ("at least 25", "25", "100"),
        ("<50", "0", "49.9999"),
        ("up to 50", "0", "50"),
        ("33.333333", "33.3333", "33.3334"),
        (">33.333333", "33.3333", "100"),
    ],
)
def test_a_share_is_exact_or_the_stretch_that_holds_it(text: str, low: str, high: str) -> None:
    assert share(text) == Share(units(low), units(high))


@pytest.mark.parametrize("text", ["", "some", "101", "50-25", "-5", ">100", "<0", "1,000.5", "5 0", "12.5 shares"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        share(text)


def test_rival_percentages_are_links_of_their_own(example: Facts) -> None:
    rivals = [one for one in example.links if one.id.startswith("ftm:o-rivals/")]
    assert {one.id.rpartition("/")[2] for one in rivals} == {"48%", "51%"}
    assert {(one.kind, one.src, one.dst, str(one.since), one.note) for one in rivals} == {
        ("owns", "ftm:ex-holding", "ftm:ex-optics", "2020", "shareholder")
    }


def test_a_tie_says_votes_indirect_bands_and_status_where_the_entity_does(example: Facts) -> None:
    band, votes = link(example, "o-band"), link(example, "o-votes")
    assert (band.attributed, band.status, str(band.until)) == (True, "completed", "2021-06")
    assert (votes.kind, votes.interest, votes.share) == ("votes", "votes", Share(units("12.5"), units("12.5")))
    assert not link(example, "o-over").direct
    assert link(example, "o-thirds").status == "announced"
    assert link(example, "o-ended").status == "ended"
    assert link(example, "d-1").kind == "officer"
    assert (link(example, "c-1").kind, link(example, "c-1").note) == ("controls", "statute")


def test_a_share_that_is_not_understood_or_not_said_of_whom_is_left_out_and_told(example: Facts) -> None:
    assert link(example, "o-words").share is None
    joint = [one for one in example.links if one.id.startswith("ftm:o-joint/")]
    assert [one.share for one in joint] == [None, None]
    assert "'some' is not understood as a share" in reasons(example)
    assert "a share with several owners or assets is not said of whom" in reasons(example)


# The account


def test_every_entity_is_accounted_for_and_what_is_not_kept_says_why() -> None:
    facts, (tally,) = lists.read_accounted(EXAMPLE, "ftm")
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (42, 8, 18, 16)
    assert facts.dataset.records == tally.accounted == 42
    told = reasons(facts)
    for reason in (
        "Family ties between persons are not kept",
        "Passport identity papers are not kept",
        "Payment is no party, listing or tie",
        "RealEstate a thing that is owned is no party",
        "Employment a tie that is not ownership, control or office is not kept",
        "UnknownLink a tie that is not ownership, control or office is not kept",
        "Spaceship is no schema of FollowTheMoney",
        "an Address of persons, or of nobody in the file, is not kept",
        "the entity of this Sanction is no party of the file",
        "the asset of this Ownership is no party of the file",
        "the tie ends on 2019 before it begins on 2021",
        "the listing ends on 2019-01-01 before it begins on 2020-01-01",
        "a value holds NUL characters",
    ):
        assert reason in told
    assert all(one.hint and one.where.startswith(EXAMPLE.name) for one in facts.rejected)


def test_a_broken_line_is_rejected_with_its_place_and_reading_goes_on(example: Facts) -> None:
    broken = {one.where.rpartition(":")[2]: one for one in example.rejected if one.raw}
    assert set(broken) == {"4", "7", "8"}
    assert broken["4"].reason.startswith("not JSON")
    assert broken["7"].raw == '{"id": "ex-number", "schema": "Company", '


def test_many_broken_lines_are_told_by_their_number(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", [entity("good"), *(["[1]"] * 250)])
    facts, (tally,) = lists.read_accounted(path, "ftm")
    assert tally.rejected == 250
    assert len(facts.rejected) == 101
    assert facts.rejected[-1].reason.endswith("(150 more records)")


@pytest.mark.parametrize(
    ("file", "counts", "facts_counts"),
    [
        ("parteispenden.entities.ftm.json", (475, 96, 69, 0, 310), (96, 0, 0)),
        ("t2.entities.delta.json", (2, 2, 0, 0, 0), (2, 7, 0)),
        ("zala.entities.ftm.json", (91, 17, 68, 0, 6), (17, 63, 17)),
    ],
)
def test_every_record_of_the_real_files_is_accounted_for(
    file: str, counts: tuple[int, ...], facts_counts: tuple[int, ...], real_data: Callable[[str], Path]
) -> None:
    facts, (tally,) = lists.read_accounted(real_data(f"ftm/{file}"), "ftm")
    assert (tally.records, tally.parties, tally.parts, tally.terminators, tally.rejected) == counts
    assert tally.accounted == tally.records
    assert (len(facts.parties), len(facts.listings), len(facts.links)) == facts_counts


def test_what_is_not_kept_of_the_real_files_is_told_by_schema(real_data: Callable[[str], Path]) -> None:
    donations = lists.read(real_data("ftm/parteispenden.entities.ftm.json"), "ftm")
    assert reasons(donations) == [
        "Payment is no party, listing or tie (290 times)",
        "an Address of persons, or of nobody in the file, is not kept (20 times)",
    ]
    zala = lists.read(real_data("ftm/zala.entities.ftm.json"), "ftm")
    assert reasons(zala) == [
        "Passport identity papers are not kept",
        "Family ties between persons are not kept (4 times)",
        "an Address of persons, or of nobody in the file, is not kept",
    ]


def test_the_real_sanctions_stand_on_their_lists(real_data: Callable[[str], Path]) -> None:
    zala = lists.read(real_data("ftm/zala.entities.ftm.json"), "ftm")
    said = Counter(one.list for one in zala.listings if "/" not in one.id)
    assert said == {
        "ftm": 32,
        "us_ofac_sdn": 3,
        "eu_fsf": 2,
        "gb_sanctions": 2,
        "ca_sema": 1,
        "us_bis_entity_list": 1,
    }
    (entry,) = (one for one in zala.listings if one.list == "us_bis_entity_list")
    assert (entry.citation, str(entry.since)) == ("88 FR 76128", "2023-11-02")
    owned = [one for one in zala.links if one.kind == "owns"]
    assert sorted(str(one.share) for one in owned if one.share) == [
        *("1 %", "100 %", "100 %", "100 %", "2 %", "48 %", "49 %", "50 %", "51 %", "75 %"),
    ]


# Datasets and editions


def test_a_file_is_a_dataset_named_by_what_its_parties_name_or_by_its_own_name(tmp_path: Path) -> None:
    rows = [entity(f"c{number}") for number in range(9)]
    other = {**entity("c9"), "datasets": ["other"]}
    assert lists.read(written(tmp_path / "f.json", [*rows, other]), "ftm").dataset.id == "ftm:ex"
    two = [{**row, "datasets": ["ex", "other"]} for row in rows]
    assert lists.read(written(tmp_path / "Mine-2026-01-02.ftm.json", two), "ftm").dataset.id == "ftm:mine"


def test_the_edition_is_the_users_day_then_the_names_then_the_last_day_seen(tmp_path: Path) -> None:
    rows = [{**entity("a"), "last_seen": "2026-01-01T00:00:00"}, {**entity("b"), "last_change": "2026-02-03"}]
    path = written(tmp_path / "x.json", rows)
    assert lists.read(path, "ftm").dataset.edition == date(2026, 2, 3)
    assert lists.read(path, "ftm", date(2026, 5, 5)).dataset.edition == date(2026, 5, 5)
    named = written(tmp_path / "x-2026-03-01.json", rows)
    assert lists.read(named, "ftm").dataset.edition == date(2026, 3, 1)
    assert lists.read(written(tmp_path / "y.json", [entity("a")]), "ftm").dataset.edition is None


def test_the_version_is_the_digest_of_the_unpacked_bytes(tmp_path: Path) -> None:
    packed = tmp_path / "example.entities.ftm.json.gz"
    packed.write_bytes(gzip.compress(EXAMPLE.read_bytes()))
    facts = lists.read(packed, "ftm")
    assert facts.dataset.version == hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    assert facts.dataset == lists.read(EXAMPLE, "ftm").dataset
    assert facts.parties == lists.read(EXAMPLE, "ftm").parties


def test_a_file_of_entities_is_never_the_whole_of_a_list(example: Facts) -> None:
    assert example.dataset.coverage == "extract"
    assert example.dataset.lists[0] == "ftm"
    assert {one.list for one in example.listings} == set(example.dataset.lists)


# Nested files


def test_nested_entities_are_read_and_name_their_parent() -> None:
    facts, (tally,) = lists.read_accounted(FIXTURES / "targets.nested.json", "ftm")
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (7, 2, 5, 0)
    assert party(facts, "n-1").addresses == ("4 Chain Street, Leeds",)
    assert (listing(facts, "n-s").subject, listing(facts, "n-s").list) == ("ftm:n-1", "us_ofac_sdn")
    tie = link(facts, "n-o")
    assert (tie.src, tie.dst, tie.share) == ("ftm:n-1", "ftm:n-2", Share(units("75"), units("75")))


def test_a_broken_nested_entity_costs_its_line(tmp_path: Path) -> None:
    bad = {**entity("bad"), "properties": {"name": ["Bad"], "sanctions": [{"schema": "Sanction"}]}}
    facts, (tally,) = lists.read_accounted(written(tmp_path / "x.json", [entity("good"), bad]), "ftm")
    assert (tally.parties, tally.rejected) == (1, 1)
    assert "nested under sanctions" in facts.rejected[0].reason


# Deltas


def test_a_delta_is_applied_to_the_base_beside_it() -> None:
    facts, tallies = lists.read_accounted(DELTA, "ftm")
    assert [(one.file, one.records, one.accounted) for one in tallies] == [
        (EXAMPLE.name, 42, 42),
        (DELTA.name, 5, 5),
    ]
    assert facts.dataset.id == "ftm:example"
    assert [name.text for name in party(facts, "ex-optics").names] == ["Example Optics Ltd"]
    assert link(facts, "o-new").dst == "ftm:ex-new"
    assert not [one for one in facts.listings if one.id == "ftm:s-denied"]
    assert {"deleted by the delta", "the delta deletes what is not held"} <= set(reasons(facts))
    digests = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in (EXAMPLE, DELTA))
    assert facts.dataset.version == hashlib.sha256(digests.encode()).hexdigest()


def test_a_delta_alone_is_an_extract_beside_its_base(tmp_path: Path) -> None:
    alone = tmp_path / DELTA.name
    alone.write_bytes(DELTA.read_bytes())
    facts, (tally,) = lists.read_accounted(alone, "ftm")
    assert facts.dataset.id == "ftm:example_delta"
    assert (tally.records, tally.parties, tally.parts, tally.terminators) == (5, 2, 1, 2)
    assert "the delta deletes what is not held (2 times)" in reasons(facts)


def test_a_line_of_a_delta_that_is_none_is_rejected(tmp_path: Path) -> None:
    rows = [{"op": "ADD", "entity": entity("a")}, {"op": "PUT", "entity": entity("b")}, entity("c"), "{"]
    facts, (tally,) = lists.read_accounted(written(tmp_path / "x.entities.delta.json", rows), "ftm")
    assert (tally.parties, tally.rejected, len(facts.rejected)) == (1, 3, 3)


def _lines(rows: Iterable[object]) -> list[Line]:
    return [Line(f"x:{number}", json.dumps(row).encode()) for number, row in enumerate(rows, 1)]


_IDS = st.sampled_from("abcde")


@settings(max_examples=100, deadline=None)
@given(st.lists(_IDS, unique=True), st.lists(st.tuples(st.sampled_from(["ADD", "MOD", "DEL"]), _IDS, st.integers())))
def test_a_delta_leaves_what_its_changes_in_order_leave(base: list[str], changes: list[tuple[str, str, int]]) -> None:
    expected = dict.fromkeys(base, -1)
    for op, name, value in changes:
        expected |= {name: value}
        if op == "DEL":
            del expected[name]
    rows = [{"op": op, "entity": {"id": name, "value": value}} for op, name, value in changes]
    applied = list(apply(_lines({"id": name, "value": -1} for name in base), _lines(rows)))
    left = [json.loads(bytes(one.raw)) for one in applied if one.outcome in {"kept", "added"}]
    assert {one["id"]: one["value"] for one in left} == expected
    assert len(left) == len(expected)
    assert len(applied) == len(base) + len(changes)


def test_a_base_is_never_held_in_memory() -> None:
    read = []

    def base() -> Iterable[Line]:
        for line in _lines([{"id": "a"}, {"id": "b"}]):
            read.append(line)
            yield line

    applied = iter(apply(base(), _lines([{"op": "DEL", "entity": {"id": "z"}}])))
    assert next(applied) == Applied(read[0], "kept", read[0].raw)
    assert len(read) == 1


# Files that are none, or hostile


def test_a_gigabyte_in_one_line_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    with path.open("wb") as file:
        file.truncate(1 << 30)  # sparse: it takes no room
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="first line is longer"):
            lists.read(path, "ftm")
        assert tracemalloc.get_traced_memory()[1] < 4 * ftm_lines.LONGEST
    finally:
        tracemalloc.stop()


def test_a_line_too_long_among_good_ones_is_skipped_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    long = b"x" * (4 * ftm_lines.LONGEST)
    path.write_bytes(b"\n".join(json.dumps(entity("a")).encode() if part else long for part in (1, 0, 1)))
    tracemalloc.start()
    try:
        facts, (tally,) = lists.read_accounted(path, "ftm")
        assert tracemalloc.get_traced_memory()[1] < 4 * ftm_lines.LONGEST
    finally:
        tracemalloc.stop()
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (3, 1, 1, 1)
    assert facts.rejected[0].where == "x.json:2"
    assert facts.dataset.version == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ftm_lines, "MOST", 1000)
    path = tmp_path / "x.json.gz"
    path.write_bytes(gzip.compress(b"{}\n" * 100_000))
    with pytest.raises(InputError, match="more than 1000 bytes"):
        lists.read(path, "ftm")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n123", "not JSON"),
        ('{"id": "a"}'.encode("utf-16-le"), "NUL"),
        (b"<html></html>", "not JSON"),
        (b'["a"]', "not an entity"),
        (b'{"list_id": "x"}', "not an entity"),
        (b'{"x":' + b"[" * 100_000, "not JSON"),
        (gzip.compress(EXAMPLE.read_bytes())[:-20], "cut off"),
    ],
)
def test_what_is_no_file_of_entities_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what) as caught:
        lists.read(path, "ftm")
    assert caught.value.hint
    assert caught.value.where.startswith("x.json")


@pytest.mark.parametrize("content", [b"", b"\n \n", gzip.compress(b"")])
def test_an_empty_file_is_no_input(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(NoInputError):
        lists.read(path, "ftm")
    with pytest.raises(NoInputError):
        lists.read(tmp_path / "none.json", "ftm")
    with pytest.raises(NoInputError):
        lists.read(tmp_path, "ftm")


def test_a_file_in_which_nothing_is_kept_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no entry could be read"):
        lists.read(written(tmp_path / "x.json", [entity("p", "Payment", amount=["5"])]), "ftm")


_WORD = st.sampled_from(["", "2020-01-01", "2020", "51", "a", "b", "c", "sanction", "gb", "x" * 400]) | st.text(
    max_size=8
)
_ENTITY = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abcdef") | st.just(""),
        "schema": st.sampled_from([*ftm_schemata.PARENTS, "", "Nothing"]),
        "properties": st.dictionaries(st.sampled_from(sorted(ftm_schemata.READ)), st.lists(_WORD, max_size=3)),
    },
    optional={
        "datasets": st.lists(st.sampled_from(["us_ofac_sdn", "us_trade_csl", "zz", ""]), max_size=3),
        "caption": st.none() | _WORD,
        "last_seen": st.none() | _WORD,
        "underlabel": st.none() | _WORD | st.sampled_from(['{"id": "q"}', '{"share": {"low": 9, "high": 1}}']),
    },
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ENTITY | st.sampled_from(['{"', "[]", "3"]), max_size=12))
def test_whatever_a_line_holds_it_is_read_or_rejected_and_counted(tmp_path: Path, rows: list[Any]) -> None:
    path = written(tmp_path / "x.json", [entity("good"), *rows])
    facts, (tally,) = lists.read_accounted(path, "ftm")
    assert tally.accounted == tally.records == len(rows) + 1
    assert bool(tally.rejected) <= bool(facts.rejected)
    ids = {one.id for one in facts.parties}
    assert {one.subject for one in facts.listings} <= ids
    assert {end for one in facts.links for end in (one.src, one.dst)} <= ids
    assert all(name.text for one in facts.parties for name in one.names)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms())
def test_the_order_of_lines_changes_no_fact(tmp_path: Path, shuffle: Any) -> None:  # noqa: ANN401 - hypothesis' own Random
    rows = EXAMPLE.read_text("utf-8").splitlines()
    shuffle.shuffle(rows)

    def said(facts: Facts) -> list[object]:
        parties = sorted((one.id, one.schema, sorted(name.text for name in one.names)) for one in facts.parties)
        listed = sorted((one.id, one.subject, one.list, str(one.since), str(one.until)) for one in facts.listings)
        tied = sorted((one.id, one.src, one.dst, str(one.share)) for one in facts.links)
        return [parties, listed, tied, sorted(reasons(facts))]

    mixed = lists.read(written(tmp_path / EXAMPLE.name, rows), "ftm")
    assert said(mixed) == said(lists.read(EXAMPLE, "ftm"))
