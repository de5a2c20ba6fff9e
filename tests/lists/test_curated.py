"""The starter facts about lists, and the tables of other rooms that point at their parties."""

from __future__ import annotations

import csv
import runpy
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.lists.curated import FOLDER, curated_facts
from underlabel.model import Facts, Held, InputError, Listing, NoInputError, Party, held

ROOMS = FOLDER.parents[1]
ENTITY_LIST_RULE = date(2019, 10, 9)


@pytest.fixture(scope="module")
def starter() -> dict[str, Facts]:
    return {facts.dataset.id: facts for facts in curated_facts()}


@pytest.fixture(scope="module")
def parties(starter: dict[str, Facts]) -> dict[str, Party]:
    return {party.id: party for party in starter["starter_parties"].parties}


@pytest.fixture(scope="module")
def checker() -> dict[str, Any]:
    """The names of the evaluation's module."""
    return runpy.run_path(str(ROOMS.parents[1] / "evals" / "facts_against_lists.py"))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped tables in a folder that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "curated"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spoil(path: Path, row: int, column: str, text: str) -> None:
    """Write a text into one cell; rows are counted as editors count them, the header being 1."""
    table = rows(path)
    table[row - 2][column] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def listing(starter: dict[str, Facts], list_id: str, subject: str) -> Listing:
    (found,) = [entry for entry in starter[list_id].listings if entry.subject == subject]
    return found


def test_every_list_has_its_own_dataset_with_edition_coverage_and_version(starter: dict[str, Facts]) -> None:
    for list_id, facts in starter.items():
        assert len(facts.dataset.version) == 64
        if list_id != "starter_parties":
            assert facts.dataset.lists == (list_id,)
            assert facts.dataset.edition is not None
    whole = {list_id for list_id, facts in starter.items() if facts.dataset.coverage == "whole"}
    assert whole == {"us_ndaa_889", "us_fcc_covered", "us_ofac_nscmic", "us_dod_1260h", "us_dhs_uflpa"}


def test_every_fact_says_on_what_document_it_rests_and_how_surely(starter: dict[str, Facts]) -> None:
    for facts in starter.values():
        for fact in (*facts.parties, *facts.listings, *facts.categories, *facts.absences):
            assert fact.source.text, fact.id
            assert fact.source.locator.count(":") == 1, fact.id
            assert fact.confidence in {"high", "medium", "low"}


def test_ids_are_unique_and_every_listing_has_a_subject(starter: dict[str, Facts], parties: dict[str, Party]) -> None:
    seen: set[str] = set(parties)
    for facts in starter.values():
        known = set(parties) | {category.id for category in facts.categories}
        about = [(fact.id, fact.subject) for fact in facts.listings]
        about += [(fact.id, fact.subject) for fact in facts.absences]
        for fact_id, subject in about:
            assert fact_id not in seen
            assert subject in known
            seen.add(fact_id)


def test_exactly_28_parties_carry_the_rule_of_9_october_2019(
    starter: dict[str, Facts], parties: dict[str, Party]
) -> None:
    entries = starter["us_bis_entity_list"].listings
    of_the_rule = [e for e in entries if e.effective and e.effective.earliest == ENTITY_LIST_RULE]
    assert len({entry.subject for entry in of_the_rule}) == 28
    assert all("rule 84 FR 54002, entry 54004" in entry.citation for entry in of_the_rule)
    assert all(entry.announced and entry.announced.earliest == date(2019, 10, 7) for entry in of_the_rule)
    bureaus = [e for e in of_the_rule if parties[e.subject].caption.endswith("Public Security Bureau")]
    companies = [e for e in of_the_rule if parties[e.subject].schema == "Company"]
    assert (len(bureaus), len(companies)) == (19, 8)


def test_footnote_4_is_on_dahua_and_not_on_hikvision(starter: dict[str, Facts]) -> None:
    assert "footnote 4" in listing(starter, "us_bis_entity_list", "dahua").requirement
    assert "footnote 4" not in listing(starter, "us_bis_entity_list", "hikvision").requirement


def test_hikvision_stands_on_five_lists_and_dahua_on_four_of_them(starter: dict[str, Facts]) -> None:
    days = {
        subject: {e.list: str(e.since) for facts in starter.values() for e in facts.listings if e.subject == subject}
        for subject in ("hikvision", "dahua")
    }
    assert days["hikvision"] == {
        "us_ndaa_889": "2019-08-13",
        "us_bis_entity_list": "2019-10-09",
        "us_fcc_covered": "2021-03-12",
        "us_dod_1260h": "2021-06-03",
        "us_ofac_nscmic": "2021-08-02",
    }
    assert days["dahua"] == {
        "us_ndaa_889": "2019-08-13",
        "us_bis_entity_list": "2019-10-09",
        "us_fcc_covered": "2021-03-12",
        "us_dod_1260h": "2022-10-05",
    }


def test_the_clocks_of_an_investment_listing_are_kept_apart(starter: dict[str, Facts]) -> None:
    entry = listing(starter, "us_ofac_nscmic", "hikvision")
    assert (str(entry.announced), str(entry.published), str(entry.effective)) == (
        *("2021-06-03", "2021-06-07", "2021-08-02"),
    )


def test_section_889_limits_hikvision_to_video_and_telecom_and_huawei_to_telecom(starter: dict[str, Facts]) -> None:
    scopes = {entry.subject: entry.scope for entry in starter["us_ndaa_889"].listings}
    video = ("video", "telecom")
    assert scopes == {
        "huawei": ("telecom",),
        "zte": ("telecom",),
        "hytera": video,
        "hikvision": video,
        "dahua": video,
    }
    assert {entry.reach for entry in starter["us_ndaa_889"].listings} == {"any subsidiary or affiliate"}


def test_a_class_of_goods_is_a_category_and_never_a_party(starter: dict[str, Facts], parties: dict[str, Party]) -> None:
    texts = {category.text for category in starter["us_fcc_covered"].categories}
    assert "Routers produced in a foreign country" in texts
    assert not any("foreign country" in name.text for party in parties.values() for name in party.names)


def test_a_company_that_left_the_1260h_list_is_on_it_only_until_that_day(starter: dict[str, Facts]) -> None:
    entry = listing(starter, "us_dod_1260h", "megvii-beijing")
    assert held(entry.since, entry.until, date(2024, 6, 1)) is Held.YES
    assert held(entry.since, entry.until, date(2025, 1, 7)) is Held.NO


def test_a_listing_whose_first_day_is_not_recorded_is_uncertain_before_the_edition(starter: dict[str, Facts]) -> None:
    entry = listing(starter, "us_dod_1260h", "byd")
    assert held(entry.since, entry.until, date(2023, 1, 1)) is Held.MAYBE
    assert held(entry.since, entry.until, date(2026, 6, 8)) is Held.YES


def test_an_entrys_own_words_on_subsidiaries_are_kept(starter: dict[str, Facts]) -> None:
    reaches = {entry.reach for entry in starter["us_dhs_uflpa"].listings if entry.subject == "xpcc"}
    assert "and its subordinate and affiliated entities" in reaches
    assert listing(starter, "us_dod_1260h", "huawei").programme == "subsidiary under huawei-holding"


def test_legal_persons_of_one_brand_stay_apart(parties: dict[str, Party]) -> None:
    for group in (
        ("sensetime-beijing", "sensetime-group-limited", "sensetime-group-inc"),
        ("megvii", "megvii-limited", "megvii-beijing"),
        ("yitu", "yitu-limited", "yitu-shanghai"),
        ("dahua", "dahua-electronics"),
        ("hytera", "hytera-hk"),
        ("tp-link-technologies", "tp-link-systems"),
    ):
        strong = [{name.text.casefold() for name in parties[one].names if name.kind != "weak"} for one in group]
        assert not set.intersection(*strong)


@pytest.mark.parametrize(
    ("party", "whole", "short"),
    [
        ("hikvision", "杭州海康威视数字技术股份有限公司", "海康威视"),
        ("dahua", "浙江大华技术股份有限公司", "大华股份"),
        ("ezviz", "杭州萤石网络股份有限公司", "萤石网络"),
        ("huawei", "华为技术有限公司", "华为"),
        ("zte", "中兴通讯股份有限公司", "中兴通讯"),
        ("hytera", "海能达通信股份有限公司", "海能达"),
        ("uniview", "浙江宇视科技有限公司", "宇视科技"),
        ("tiandy", "天地伟业技术有限公司", "天地伟业"),
    ],
)
def test_the_storys_companies_bear_their_chinese_names(
    parties: dict[str, Party], party: str, whole: str, short: str
) -> None:
    kinds = {name.text: name.kind for name in parties[party].names}
    assert (kinds[whole], kinds[short]) == ("alias", "weak")


def test_dahua_electronics_was_a_denied_person_until_its_order_ran_out(starter: dict[str, Facts]) -> None:
    entry = listing(starter, "us_bis_dpl", "dahua-electronics")
    assert held(entry.since, entry.until, date(2021, 10, 25)) is Held.YES
    assert held(entry.since, entry.until, date(2026, 11, 23)) is Held.NO


def test_a_checked_negative_names_the_edition_searched(starter: dict[str, Facts]) -> None:
    (absence,) = [a for a in starter["us_ofac_nscmic"].absences if a.subject == "dahua"]
    assert absence.edition == date(2026, 7, 31)
    assert {"lorex", "ezviz"} <= {a.subject for a in starter["us_bis_entity_list"].absences}


@pytest.mark.parametrize(
    ("table", "row", "column", "text"),
    [
        ("parties.csv", 2, "schema", "Camera"),
        ("parties.csv", 3, "country", "China"),
        ("parties.csv", 3, "confidence", "medium-high"),
        ("parties.csv", 4, "source", ""),
        ("parties.csv", 5, "identifiers", "91330000733796106P"),
        ("parties.csv", 6, "url", "javascript:alert(1)"),
        ("parties.csv", 7, "id", "hikvision"),
        ("lists.csv", 2, "coverage", "some"),
        ("us_ndaa_889.csv", 3, "party", "nobody"),
        ("us_ndaa_889.csv", 3, "since", "next year"),
        ("us_ndaa_889.csv", 4, "since", ""),
        ("us_ndaa_889.csv", 4, "scope", "video|toys"),
        ("us_fcc_covered.csv", 2, "known_from", "2021-03"),
        ("absences.csv", 2, "lists", "us_bis_entity"),
        ("absences.csv", 2, "edition", ""),
    ],
)
def test_a_bad_cell_stops_the_build_and_is_named_by_file_row_and_column(
    copied: Path, table: str, row: int, column: str, text: str
) -> None:
    spoil(copied / table, row, column, text)
    with pytest.raises(InputError) as caught:
        curated_facts(copied)
    assert caught.value.where == f"{table}:{row}:{column}"
    assert caught.value.hint


def test_an_absence_that_a_listing_contradicts_is_refused(copied: Path) -> None:
    spoil(copied / "absences.csv", 2, "party", "dahua")
    spoil(copied / "absences.csv", 2, "lists", "us_bis_entity_list")
    with pytest.raises(InputError, match="dahua stands on us_bis_entity_list"):
        curated_facts(copied)


def test_a_ragged_row_and_a_wrong_header_are_refused(copied: Path) -> None:
    table = copied / "us_ndaa_889.csv"
    whole = table.read_text(encoding="utf-8")
    table.write_text(whole + "huawei,too,short\n", encoding="utf-8")
    with pytest.raises(InputError, match="the row has 3 cells"):
        curated_facts(copied)
    table.write_text(whole.replace("party,", "who,", 1), encoding="utf-8")
    with pytest.raises(InputError, match="header"):
        curated_facts(copied)


def test_a_missing_table_is_no_input(copied: Path) -> None:
    (copied / "parties.csv").unlink()
    with pytest.raises(NoInputError):
        curated_facts(copied)


def test_a_changed_table_changes_the_version_of_its_dataset_only(copied: Path) -> None:
    before = {facts.dataset.id: facts.dataset.version for facts in curated_facts(copied)}
    spoil(copied / "us_ndaa_889.csv", 2, "policy", "a note")
    after = {facts.dataset.id: facts.dataset.version for facts in curated_facts(copied)}
    assert {list_id for list_id in before if before[list_id] != after[list_id]} == {"us_ndaa_889"}


NAMES = st.text(st.characters(categories=("L", "Nd"), include_characters=" ,.&'\"-"), min_size=1).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(name=NAMES, aliases=st.lists(NAMES, max_size=4), weak=NAMES)
def test_any_name_written_into_a_table_is_read_back_with_its_kind(
    tmp_path_factory: pytest.TempPathFactory, name: str, aliases: list[str], weak: str
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path_factory.mktemp("starter") / "curated"))
    spoil(folder / "parties.csv", 2, "name", name)
    spoil(folder / "parties.csv", 2, "aliases", "|".join([*aliases, f"weak:{weak}"]))
    first = curated_facts(folder)[0].parties[0]
    expected = [(name.strip(), "name"), *((alias.strip(), "alias") for alias in aliases), (weak.strip(), "weak")]
    assert [(each.text, each.kind) for each in first.names] == expected


def test_owners_and_owned_in_the_ownership_table_are_parties(parties: dict[str, Party]) -> None:
    links = rows(ROOMS / "own" / "curated" / "links.csv")
    assert links
    assert {row[end] for row in links for end in ("owner", "owned")} <= set(parties)
    assert all(row["source"] and row["confidence"] for row in links)


def test_no_company_is_both_a_party_and_a_maker_of_the_labels_table(parties: dict[str, Party]) -> None:
    makers = {row["id"] for row in rows(ROOMS / "labels" / "curated" / "makers.csv")}
    assert not makers & set(parties)


def test_parties_of_the_curated_claims_are_parties(parties: dict[str, Party]) -> None:
    claims = rows(ROOMS / "news" / "curated" / "claims.csv")
    assert len(claims) == 36
    assert {party for row in claims for party in row["parties"].split("|")} <= set(parties)
    assert all(len(row["quote"].split()) <= 40 for row in claims)


def test_the_real_lists_contradict_no_starter_fact(real_data: Callable[[str], Path], checker: dict[str, Any]) -> None:
    found = dict(checker["tallies"](real_data("lists").parent))
    assert [line for tally in found.values() if tally for line in tally.wrong] == []
    assert found["us_ofac_nscmic"].proven == 68
    assert found["us_dhs_uflpa"].proven == 148
    assert found["eu_fsf"] is None


def test_the_check_against_a_list_sees_a_false_fact(
    checker: dict[str, Any], starter: dict[str, Facts], parties: dict[str, Party]
) -> None:
    true = starter["us_ndaa_889"]
    names = [parties[entry.subject].caption for entry in true.listings]
    entries = [checker["Entry"](name, checker["names_of"]([name]), frozenset(), "", "list") for name in names]
    assert checker["check"](true, parties, entries).wrong == ()
    moved = tuple(
        msgspec.structs.replace(e, subject="axis-of-nothing" if e.subject == "zte" else e.subject)
        for e in true.listings
    )
    stranger = msgspec.structs.replace(parties["lorex"], id="axis-of-nothing")
    absence = msgspec.structs.replace(starter["us_ofac_nscmic"].absences[0], subject="hikvision")
    false = msgspec.structs.replace(true, listings=moved, absences=(absence,))
    wrong = "\n".join(checker["check"](false, {**parties, stranger.id: stranger}, entries).wrong)
    assert "axis-of-nothing: not found on the list" in wrong
    assert "'ZTE Corporation' is not held" in wrong
    assert "hikvision: said to be absent" in wrong
