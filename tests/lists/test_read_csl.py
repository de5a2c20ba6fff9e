"""The Consolidated Screening List: one file, many lists, four forms."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals import csl_against_ecfr
from underlabel import lists
from underlabel.lists.opening import Opened, digest, form_of
from underlabel.lists.readers.csl import csl
from underlabel.lists.readers.csl.csl_entry import LISTS
from underlabel.model import Facts, Held, InputError, Listing, Party, held

RealData = Callable[[str], Path]
FIXTURES = Path(__file__).parent / "fixtures" / "csl"
FORMS = ("csl.csv", "csl_old.csv", "csl_packed.json", "csl_api.json")
REAL = "lists/us_csl_2026-07-31/screening-list.json.gz"
SAMPLES = {"lists/csl_native_sample_2019-12.csv.gz": 115, "lists/csl_native_sample_2025-06.csv": 13}
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"


def _read(name: str) -> Facts:
    return lists.read(FIXTURES / name, "us_csl", accept_small=True)


def _of(facts: Facts, start: str) -> tuple[Party, tuple[Listing, ...]]:
    (party,) = (one for one in facts.parties if any(name.text.startswith(start) for name in one.names))
    return party, tuple(listing for listing in facts.listings if listing.subject == party.id)


def _packed(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    file = json.loads((FIXTURES / "csl_packed.json").read_text("utf-8"))
    change(file)
    path = folder / "packed.json"
    path.write_text(json.dumps(file), "utf-8")
    return path


@pytest.fixture(scope="module")
def facts() -> Facts:
    return _read("csl.csv")


def test_a_row_is_a_listing_on_the_list_it_names(facts: Facts) -> None:
    assert Counter(listing.list for listing in facts.listings) == {
        "us_ofac_sdn": 3,
        "us_ofac_cons": 2,
        "us_bis_entity_list": 5,
        "us_bis_uvl": 1,
        "us_bis_meu": 1,
        "us_bis_dpl": 3,
        "us_state_isn": 2,
        "us_state_debarred": 3,
    }
    assert facts.dataset.id == "us_csl"
    assert facts.dataset.coverage == "extract"
    assert set(facts.dataset.lists) == {listing.list for listing in facts.listings}


def test_one_number_on_two_lists_is_one_party_and_the_sub_list_stands_in_the_programme(facts: Facts) -> None:
    party, listings = _of(facts, "NORTHLAKE TRADING")
    assert party.id == "us_csl:ofac:90001"
    assert {(one.list, one.programme) for one in listings} == {
        ("us_ofac_sdn", "IFSR; SDGT"),
        ("us_ofac_cons", "SSI: IFSR; SDGT"),
    }


def test_equal_rows_have_equal_ids_in_every_form_and_edition() -> None:
    ids = {name: {party.id for party in _read(name).parties} for name in FORMS}
    shared = {"us_csl:ofac:90001", "us_csl:ofac:90002", "us_csl:ofac:90003"}
    for name in FORMS[1:]:
        assert shared <= ids[name]
        common = {_of(_read(name), start)[0].id for start in ("Clearview Optics", "Sampleware FZE", "PAT SAMPLE")}
        assert common <= ids["csl.csv"]


def test_a_body_keeps_the_numbers_addresses_and_countries_it_is_listed_with(facts: Facts) -> None:
    party, _ = _of(facts, "NORTHLAKE TRADING")
    assert {(one.scheme, one.value) for one in party.identifiers} >= {
        ("ofac-uid", "90001"),
        ("vat:dk", "DK12345678"),
    }
    assert party.countries == ("dk", "cy")
    assert party.addresses == ("12 Harbour Road, Odense, DK",)


def test_the_statements_of_the_old_form_stand_the_other_way_about() -> None:
    old, new = (_of(_read(name), "NORTHLAKE TRADING")[0] for name in ("csl_old.csv", "csl.csv"))
    assert old.identifiers == new.identifiers


def test_of_a_person_names_and_nationality_are_kept_and_nothing_else(facts: Facts) -> None:
    party, (listing,) = _of(facts, "EXAMPLE, Jo")
    assert party.schema == "Person"
    assert [name.text for name in party.names] == ["EXAMPLE, Jo", "EXAMPLE, J.", "ROE, Jo"]
    assert party.countries == ("pe", "co")
    assert party.addresses == ()
    assert [one.scheme for one in party.identifiers] == ["ofac-uid"]
    everything = msgspec.json.encode((party, listing)).decode()
    assert not [secret for secret in ("1970", "X1234567", "Lima", "Lane", "brother") if secret in everything]


def test_an_inmate_is_a_person_whose_address_is_not_kept(facts: Facts) -> None:
    party, _ = _of(facts, "PAT SAMPLE")
    assert (party.schema, party.addresses) == ("Person", ())


def test_a_vessel_has_its_flag_call_sign_and_owner(facts: Facts) -> None:
    party, (listing,) = _of(facts, "CALM SEA 7")
    assert (party.schema, party.countries) == ("Vessel", ("kp",))
    assert {(one.scheme, one.value) for one in party.identifiers} >= {("imo", "9116412"), ("call-sign", "9ABC7")}
    assert "Calm Sea Shipping Co" in listing.policy
    assert not facts.links


def test_an_alias_left_inside_a_name_becomes_an_alias_and_addresses_are_parted(facts: Facts) -> None:
    party, (listing,) = _of(facts, "Clearview Optics")
    assert [(name.text, name.kind) for name in party.names] == [
        ("Clearview Optics Co., Ltd.", "name"),
        ("Clearview", "alias"),
        ("Clear View", "alias"),
        ("CVO", "alias"),
        ("Old Optics", "previous"),
        ("Clearview Group", "alias"),
    ]
    assert party.addresses[1] == "9 Nathan Road, Kowloon, Hong Kong, CN"
    assert party.countries == ("cn", "hk")
    assert (str(listing.since), str(listing.effective), str(listing.published)) == ("2019-10-09", "2019-10-09", "2019")
    assert listing.citation == "84 FR 54002; 85 FR 44159"
    assert "744.11" in listing.requirement
    assert listing.policy == "Presumption of denial."


def test_an_entry_that_is_an_address_is_one_and_is_refused_where_the_form_has_no_addresses(facts: Facts) -> None:
    party, _ = _of(facts, "Unit 9")
    assert party.schema == "Address"
    assert [name.kind for name in party.names] == ["name", "weak"]
    refused = [one for one in _read("csl_packed.json").rejected if "is an address" in one.reason]
    assert [one.where for one in refused] == ["csl_packed.json:entries[6]"]


def test_a_class_of_plants_is_a_category(facts: Facts) -> None:
    (category,) = facts.categories
    assert category.text.endswith("Heavy water plants")
    assert [one.list for one in facts.listings if one.subject == category.id] == ["us_bis_entity_list"]


def test_a_body_named_under_another_is_told_by_its_own_name(facts: Facts) -> None:
    affiliate, _ = _of(facts, "Example Cloud")
    assert affiliate.caption == "Example Cloud Co., Ltd."
    factory, _ = _of(facts, "Example Academy")
    # As the Entity List itself writes it, so that the two can be told to be one.
    assert factory.caption == "Example Academy subordinate institution: 99 Factory"
    assert "99 Factory" in [name.text for name in factory.names]


@pytest.mark.parametrize(
    ("start", "names"),
    [
        ("DENIED WIDGETS", ["DENIED WIDGETS", "DW LTD", "D WIDGETS"]),
        ("PEARL", ["PEARL SAMPLE", "RUBY EXAMPLE"]),
        ("Lee Example", ["Lee Example", "Li Example"]),
        ("Alpha Night", ["Alpha Night Vision, S.A."]),
        ("Beta Optics", ["Beta Optics, Inc."]),
    ],
)
def test_names_run_together_are_taken_apart(facts: Facts, start: str, names: list[str]) -> None:
    assert [name.text for name in _of(facts, start)[0].names] == names


def test_names_put_together_in_the_wrong_order_are_kept_and_doubted(facts: Facts) -> None:
    party, _ = _of(facts, "Jo; a.k.a.")
    assert len(party.names) == 1
    assert any("wrong order" in one.reason and one.where == "csl.csv:20" for one in facts.rejected)


def test_words_on_further_bodies_are_the_reach_of_the_listing(facts: Facts) -> None:
    party, (listing,) = _of(facts, "Sampleware Import Company")
    assert listing.reach == "and any successor, sub-unit, or subsidiary thereof"
    assert party.caption == "Sampleware Import Company"
    assert party.countries == ("cn",)


def test_a_denial_that_has_ended_is_kept_with_its_end(facts: Facts) -> None:
    _, (listing,) = _of(facts, "PAT SAMPLE")
    assert (str(listing.since), str(listing.until), str(listing.published)) == (
        "2013-08-08",
        "2022-01-27",
        "2013-08-14",
    )
    assert held(listing.since, listing.until, date(2021, 1, 1)) is Held.YES
    assert held(listing.since, listing.until, date(2026, 1, 1)) is Held.NO


def test_notices_older_than_a_denial_are_of_other_orders(facts: Facts) -> None:
    _, (listing,) = _of(facts, "DENIED WIDGETS")
    assert (str(listing.since), str(listing.published)) == ("1981-09-10", "1981-09-17")


def test_a_form_without_end_days_cannot_say_that_a_denial_still_holds() -> None:
    _, (denial,) = _of(_read("csl_packed.json"), "PAT SAMPLE")
    assert held(denial.since, denial.until, date(2026, 7, 31)) is Held.MAYBE
    _, (entity,) = _of(_read("csl_packed.json"), "Clearview Optics")
    assert held(entity.since, entity.until, date(2026, 7, 31)) is Held.YES


def test_a_day_that_is_not_stated_is_bounded_by_its_own_list() -> None:
    _, (listing,) = _of(_read("csl_packed.json"), "Sampleware FZE")
    assert listing.list == "us_bis_uvl"
    assert str(listing.since) == "2002-06-14..2026-07-31"


def test_a_day_that_is_none_is_told_and_left_out(facts: Facts) -> None:
    _, (listing,) = _of(facts, "PEARL SAMPLE")
    assert str(listing.since) == "2017-10-20"
    assert listing.effective is None
    (told,) = (one for one in facts.rejected if "20 October 2017" in one.reason)
    assert told.where == "csl.csv:16:start_date"


def test_a_broken_row_and_an_unknown_list_are_rejected_with_their_place(facts: Facts) -> None:
    places = {one.where: one.reason for one in facts.rejected}
    assert "is no source list that is known here" in places["csl.csv:21"]
    assert "3 columns where 29 belong" in places["csl.csv:22"]


def test_marks_taken_for_another_encoding_by_the_publisher_are_mended() -> None:
    assert _of(_read("csl_old.csv"), "HA")[0].caption == "HA\u2019Sample Ltd."


def test_the_shape_of_the_api_is_read_and_said_to_be_unproven() -> None:
    api = _read("csl_api.json")
    assert "unproven" in api.dataset.form
    assert api.dataset.edition == date(2026, 7, 31)
    assert [one.where for one in api.rejected] == ["csl_api.json:results[6]"]
    assert _of(api, "Clearview Optics")[0].addresses[1] == "9 Nathan Road, Kowloon, Hong Kong, CN"
    assert _of(api, "NORTHLAKE TRADING")[0].identifiers == _of(_read("csl.csv"), "NORTHLAKE TRADING")[0].identifiers


def _opened(path: Path, minimum: dict[str, int]) -> Opened:
    info = lists.known()["us_csl"]
    content = path.read_bytes()
    info = msgspec.structs.replace(info, minimum=dict.fromkeys(info.minimum, 0) | minimum)
    return Opened(path=path, info=info, content=content, version=digest(content), form=form_of(content))


def test_a_whole_edition_speaks_for_the_lists_in_it(tmp_path: Path) -> None:
    whole = _packed(tmp_path, lambda file: None if file["entries"].pop(6) is None else _recount(file))
    facts, _ = csl.read(_opened(whole, {"": 10, "SDN": 3, "EL": 4}))
    assert facts.dataset.coverage == "whole"
    assert set(facts.dataset.lists) == set(LISTS.values())


def test_a_source_list_that_is_missing_or_shrank_is_not_spoken_for(tmp_path: Path) -> None:
    def without_uvl(file: dict[str, Any]) -> None:
        del file["entries"][6]
        at = next(number for number, name in enumerate(file["tables"]["sources"]) if "(UVL)" in name)
        file["entries"] = [row for row in file["entries"] if row["s"] != at]
        _recount(file)

    facts, _ = csl.read(_opened(_packed(tmp_path, without_uvl), {"": 10, "UVL": 1, "EL": 5, "SSI": 1}))
    assert facts.dataset.coverage == "whole"
    assert set(LISTS.values()) - set(facts.dataset.lists) == {"us_bis_uvl", "us_bis_entity_list"}
    told = [one for one in facts.rejected if "does not speak for" in one.hint]
    assert {one.reason.split("'")[1] for one in told} == {"UVL", "EL"}
    assert any(listing.list == "us_bis_entity_list" for listing in facts.listings)


def test_a_page_of_a_search_is_an_extract(tmp_path: Path) -> None:
    file = json.loads((FIXTURES / "csl_api.json").read_text("utf-8"))
    file |= {"total": 900, "results": file["results"][:6]}
    path = tmp_path / "page.json"
    path.write_text(json.dumps(file), "utf-8")
    facts, _ = csl.read(_opened(path, {}))
    assert facts.dataset.coverage == "extract"
    assert "us_state_isn" not in facts.dataset.lists


def _recount(file: dict[str, Any]) -> None:
    file["entryCount"] = len(file["entries"])
    names = file["tables"]["sources"]
    file["countsBySource"] = dict(Counter(names[row["s"]] for row in file["entries"]))


def test_a_small_file_is_refused_unless_accepted() -> None:
    with pytest.raises(InputError, match="only 19 entries could be read") as caught:
        lists.read(FIXTURES / "csl.csv", "us_csl")
    assert "--accept" in caught.value.hint


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda text: text.replace("entity_number", "entity_no", 1), "no header with the columns"),
        (lambda text: text.replace("_id,source", "_id,rank,source", 1), "the header has 30 columns"),
        (lambda text: text.partition("\n")[2], "no header with the columns"),
    ],
)
def test_a_changed_header_is_refused_with_what_was_expected(
    tmp_path: Path, change: Callable[[str], str], what: str
) -> None:
    path = tmp_path / "consolidated.csv"
    path.write_text(change((FIXTURES / "csl.csv").read_text("utf-8")), "utf-8")
    with pytest.raises(InputError, match=what) as caught:
        lists.read(path, "us_csl", accept_small=True)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["csl.csv", "csl_packed.json", "csl_api.json"])
def test_another_encoding_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((FIXTURES / name).read_text("utf-8").encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        lists.read(path, "us_csl", accept_small=True)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda file: file.pop("fieldKey"), "neither 'results' nor 'fieldKey'"),
        (lambda file: file["entries"].pop(), "counts 19 entries but holds 18"),
        (lambda file: file["entries"][0].update(s=1), "do not fit the entries"),
        (lambda file: file["fieldKey"].update(x="mood"), "field key 'x' is 'mood'"),
        (lambda file: file["fieldKey"].update(s="source (index into tables.gone)"), "not understood"),
        (lambda file: file["fieldKey"].pop("n"), "names no source or no name"),
        (lambda file: file.update(entries={}), "not of a known shape"),
    ],
)
def test_what_is_not_the_compressed_form_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], what: str
) -> None:
    with pytest.raises(InputError, match=what) as caught:
        lists.read(_packed(tmp_path, change), "us_csl", accept_small=True)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"n": "X", "s": 99}, "points to nothing"),
        ({"n": "X"}, "missing required field `source`"),
        ({"n": "X", "s": 0, "zz": 1}, "'zz' is not in the file's field key"),
        (7, "not an entry of this list"),
        ({"n": " ", "s": 0}, "a row without a name"),
        ({"n": "X", "s": 0, "t": "Ghost"}, "'Ghost' is no type"),
    ],
)
def test_a_broken_entry_is_rejected_and_reading_goes_on(tmp_path: Path, row: object, what: str) -> None:
    def change(file: dict[str, Any]) -> None:
        file["entries"].append(row)
        file["entryCount"] += 1
        file["countsBySource"] = {}

    facts, (tally,) = lists.read_accounted(_packed(tmp_path, change), "us_csl", accept_small=True)
    assert any(what in one.reason and one.where == "packed.json:entries[19]" for one in facts.rejected)
    assert (tally.rejected, tally.accounted) == (2, 20)


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "consolidated.json"
    path.write_bytes((FIXTURES / "csl_packed.json").read_bytes()[:-20])
    with pytest.raises(InputError, match="not JSON"):
        lists.read(path, "us_csl", accept_small=True)


_COLUMNS = (FIXTURES / "csl_old.csv").read_text("utf-8").partition("\n")[0].split(",")
_SOURCES = sorted({row["source"] for row in csv.DictReader(io.StringIO((FIXTURES / "csl.csv").read_text("utf-8")))})
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
_CELL = _TEXT | st.sampled_from(
    ["84 FR 54002", "2019-10-09", "2019-13-40", "X (a.k.a. ", "; ; and", "Kyiv, UA", "Entity", "[", "-AKA-", "A, B, CN"]
)
_ROW = st.fixed_dictionaries(
    {"source": st.sampled_from(_SOURCES) | _TEXT.filter(str.strip)}, optional=dict.fromkeys([*_COLUMNS[1:]], _CELL)
)


def _written(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "consolidated.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ROW, max_size=4))
def test_whatever_a_row_holds_it_is_read_or_rejected_and_counted(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    sound = {"source": ENTITY_LIST, "name": "Example Optics Ltd", "addresses": "CN"}
    facts, (tally,) = lists.read_accounted(_written(tmp_path, [sound, *rows]), "us_csl", accept_small=True)
    assert tally.accounted == tally.records == len(rows) + 1
    assert tally.rejected <= len(facts.rejected)
    subjects = {fact.id for fact in (*facts.parties, *facts.categories)}
    assert {listing.subject for listing in facts.listings} == subjects
    assert {listing.list for listing in facts.listings} == set(facts.dataset.lists)
    assert all(party.names[0].text.strip() for party in facts.parties)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(20)))
def test_the_order_of_rows_changes_no_fact(tmp_path: Path, order: list[int]) -> None:
    rows = list(csv.DictReader(io.StringIO((FIXTURES / "csl.csv").read_text("utf-8"))))[:20]
    rows = [{column: row[column] for column in _COLUMNS} for row in rows]

    def said(facts: Facts) -> tuple[object, ...]:
        listed = sorted((one.id, one.subject, one.list, str(one.since)) for one in facts.listings)
        return listed, sorted((party.id, sorted(name.text for name in party.names)) for party in facts.parties)

    plain = lists.read(_written(tmp_path, rows), "us_csl", accept_small=True)
    mixed = lists.read(_written(tmp_path, [rows[at] for at in order]), "us_csl", accept_small=True)
    assert said(mixed) == said(plain)


@pytest.fixture(scope="module")
def whole(real_data: RealData) -> tuple[Facts, tuple[lists.Tally, ...]]:
    return lists.read_accounted(real_data(REAL), "us_csl")


def test_every_entry_of_the_real_edition_is_accounted_for(whole: tuple[Facts, tuple[lists.Tally, ...]]) -> None:
    facts, (tally,) = whole
    assert tally.accounted == tally.records == facts.dataset.records == 25_921
    assert (tally.parties, tally.parts, tally.categories, tally.rejected) == (25_648, 250, 4, 19)
    assert (facts.dataset.coverage, facts.dataset.edition, facts.dataset.form) == ("whole", date(2026, 7, 31), "json")
    assert set(facts.dataset.lists) == set(LISTS.values())
    # 19 entries are addresses, which this form does not give.
    assert sum("is an address" in one.reason for one in facts.rejected) == 19


def test_the_listings_of_the_real_edition_are_those_it_counts(
    whole: tuple[Facts, tuple[lists.Tally, ...]], real_data: RealData
) -> None:
    facts, _ = whole
    counts = json.loads(gzip.decompress(real_data(REAL).read_bytes()))["countsBySource"]
    listed = Counter(listing.list for listing in facts.listings)
    assert listed["us_ofac_sdn"] == counts["Specially Designated Nationals (SDN) - Treasury Department"] == 19_181
    assert (listed["us_bis_uvl"], listed["us_bis_meu"], listed["us_ofac_nscmic"]) == (222, 70, 68)
    assert listed["us_ofac_cons"] == 286 + 78 + 51 + 1
    # Rows that say the same of one party are one listing: 4 of the Entity List, 13 denials. One debarment names four.
    assert listed["us_bis_entity_list"] == counts[ENTITY_LIST] - 19 - 4
    assert (listed["us_bis_dpl"], listed["us_state_debarred"]) == (1_596 - 13, 787 + 3)


def test_hikvision_stands_on_two_lists_and_dahua_on_one_and_its_namesake_on_another(
    whole: tuple[Facts, tuple[lists.Tally, ...]],
) -> None:
    facts, _ = whole

    def lists_of(start: str) -> dict[str, str]:
        ids = {party.id for party in facts.parties if party.caption.startswith(start)}
        return {one.list: str(one.since) for one in facts.listings if one.subject in ids}

    assert lists_of("Hangzhou Hikvision") == {
        "us_bis_entity_list": "2019",
        "us_ofac_nscmic": "2021-06-03..2026-07-31",
    }
    assert lists_of("Dahua Technology") == {"us_bis_entity_list": "2019"}
    assert lists_of("DAHUA ELECTRONICS") == {"us_bis_dpl": "2017-10-05"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_the_native_samples_is_read(real_data: RealData, name: str) -> None:
    facts, (tally,) = lists.read_accounted(real_data(name), "us_csl", accept_small=True)
    assert tally.accounted == tally.records == SAMPLES[name]
    assert not [
        one for one in facts.rejected if one.reason != "the last line has no end: the file may be cut off there"
    ]
    assert facts.dataset.coverage == "extract"


def test_the_two_native_samples_agree_on_the_ids_of_what_both_hold(real_data: RealData) -> None:
    old, new = (lists.read(real_data(name), "us_csl", accept_small=True) for name in SAMPLES)
    both = {party.id for party in old.parties} & {party.id for party in new.parties}
    assert "us_csl:ofac:9673" in both
    now = {party.id for party in lists.read(real_data(REAL), "us_csl").parties}
    lasting = [party.id for party in new.parties]
    assert sum(one in now for one in lasting) >= len(lasting) - 3


def test_the_two_official_renderings_of_the_entity_list_are_compared(real_data: RealData) -> None:
    ecfr, compiled = csl_against_ecfr.written(real_data("lists").parent)
    assert [len(one) for one in csl_against_ecfr.compared(ecfr, compiled)] == [3_044, 215, 285]
    letters = csl_against_ecfr.compared(ecfr, compiled, csl_against_ecfr.letters)
    assert [len(one) for one in letters] == [3_184, 71, 134]


def test_26_of_the_28_rows_of_one_rule_cite_its_first_page(
    whole: tuple[Facts, tuple[lists.Tally, ...]], real_data: RealData
) -> None:
    rows = [one for one in whole[0].listings if "84 FR 54002" in one.citation]
    assert len({one.subject for one in rows}) == 26
    ecfr = lists.read(real_data(csl_against_ecfr.ECFR), "us_bis_entity_list")
    left, right = csl_against_ecfr.entities(ecfr), csl_against_ecfr.entities(whole[0])
    assert len(csl_against_ecfr.unmatched(left, right)) <= 21
    assert len(csl_against_ecfr.unmatched(right, left)) <= 49
