"""What lists say of parents, ends and classes: s.1260H, customs orders, the Covered List."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.model import WHOLE, Facts, Listing, Share

RealData = Callable[[str], Path]
US = "lists/us_2026-07-09/"
FILES = {"us_dod_1260h": "dow-1260h", "us_cbp_wro": "cbp-wro", "us_fcc_covered": "fcc-covered"}


def _read(folder: Path, list_id: str, *entities: dict[str, Any]) -> Facts:
    path = folder / "list.json"
    file = {"list_id": FILES[list_id], "count": len(entities), "entities": entities}
    path.write_text(json.dumps(file), "utf-8")
    return lists.read(path, list_id, date(2026, 7, 9), accept_small=True)


def _military(name: str, **fields: str) -> dict[str, Any]:
    return {"name": name, "country": "China", "federal_register": "91 FR 35189 (June 10, 2026)"} | fields


def _captions(facts: Facts) -> dict[str, str]:
    return {party.id: party.caption for party in facts.parties}


def _held(facts: Facts) -> list[str]:
    captions = _captions(facts)
    return [captions[link.dst] for link in facts.links]


def _of(facts: Facts, name: str) -> tuple[Listing, ...]:
    captions = _captions(facts)
    return tuple(one for one in facts.listings if captions.get(one.subject) == name)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("A Parts Co., Ltd., B Institute, and C (USA), Inc.", ["A Parts Co., Ltd.", "B Institute", "C (USA), Inc."]),
        ("A Design Institute, 15th Institute of A", ["A Design Institute", "15th Institute of A"]),
        ("A Co., Ltd. (formerly B Company Limited (BCL)), C Ltd.", ["A Co., Ltd.", "C Ltd."]),
        ("Forensic Sample (FSI), A Co., Ltd.", ["Forensic Sample", "A Co., Ltd."]),
        ("A Group Corporation No. 59 Institute Co., Ltd.", ["A Group Corporation No. 59 Institute Co., Ltd."]),
        ("A Co., Ltd., ABCD, Americas.", ["A Co., Ltd."]),
        ("A America Corporation Northlake Design Co., Ltd.", []),
        ("A Co., Ltd. . B Inc., C Ltd.", []),
        ("A Co., Ltd., B...", []),
    ],
)
def test_subsidiaries_are_told_where_their_names_end_and_else_stay_words(
    tmp_path: Path, words: str, told: list[str]
) -> None:
    notes = f"Listed together with subsidiaries: {words} | It is owned by the state."
    facts = _read(tmp_path, "us_dod_1260h", _military("Head Corporation", notes=notes))
    assert _held(facts) == told
    (head,) = _of(facts, "Head Corporation")
    assert head.reach.endswith(words.strip())
    assert head.policy == "It is owned by the state."


def test_a_tie_to_a_subsidiary_is_control_without_a_share(tmp_path: Path) -> None:
    notes = "Listed together with subsidiaries: A Co., Ltd. (formerly Old A Co., Ltd.)."
    facts = _read(tmp_path, "us_dod_1260h", _military("Head Corporation", notes=notes))
    (link,) = facts.links
    assert (link.kind, link.share, link.confidence, link.status) == ("controls", None, "medium", "completed")
    child = facts.parties[1]
    assert [(name.text, name.kind) for name in child.names] == [
        ("A Co., Ltd.", "name"),
        ("Old A Co., Ltd.", "previous"),
    ]
    assert child.countries == ()
    assert _of(facts, "A Co., Ltd.")[0].policy == "named with Head Corporation"


@pytest.mark.parametrize(
    ("status", "notes", "until"),
    [
        (None, "Affiliated with a ministry; removed on a Monday.", "None"),
        ("Active", "", "None"),
        ("Removed 2025-01-07", "", "2025-01-07"),
        ("Removed", "Deleted by 90 FR 1105 on January 7, 2025", "2025-01-07"),
        ("Removed", "", "2021-06-03..2026-07-09"),
    ],
)
def test_an_entry_that_was_removed_is_kept_with_its_end(
    tmp_path: Path, status: str | None, notes: str, until: str
) -> None:
    facts = _read(tmp_path, "us_dod_1260h", _military("Head Corporation") | {"status": status, "notes": notes})
    assert str(_of(facts, "Head Corporation")[0].until) == until


def test_an_end_that_is_no_day_is_rejected(tmp_path: Path) -> None:
    good = _military("Other Corporation")
    facts = _read(tmp_path, "us_dod_1260h", good, _military("Head Corporation", status="Removed 2025-02-31"))
    assert ["2025-02-31" in one.reason for one in facts.rejected] == [True]
    assert list(_captions(facts).values()) == ["Other Corporation"]


def test_1260h_names_94_of_its_subsidiaries_apart(real_data: RealData) -> None:
    facts = lists.read(real_data(US + "dow_1260h.json"), "us_dod_1260h")
    assert len(facts.links) == 94
    assert len(facts.parties) == len(facts.listings) == 80 + 94
    held = _held(facts)
    assert {"Chengdu Dahua Wisdom Information Technology Co., Ltd.", "Shenyang Aircraft Design Institute"} <= set(held)
    # Two rows lost a comma or a stop between names, and stay words; so do two pieces without a form of their own.
    wordy = [one for one in facts.listings if one.reach and one.subject not in {link.src for link in facts.links}]
    captions = _captions(facts)
    assert sorted(captions[one.subject] for one in wordy) == [
        "China North Industries Group Corporation Limited",
        "Commercial Aircraft Corporation of China Limited",
    ]
    assert not {"SMIC", "Americas", "Shanghai Ship and Shipping Research"} & set(held)
    assert {one.until for one in facts.listings} == {None}


def test_an_order_lifted_for_some_producers_ends_for_them_alone(tmp_path: Path) -> None:
    entry = {
        "name": "Alpha Carpet Pvt., Ltd., Beta Carpet, Gamma Carpet, and Delta Industries; Sampletown.",
        "country": "Nepal",
        "status": "Partially Modified",
        "effective_date": "1998-07-21",
        "notes": "WRO; Merchandise: Carpets; Remarks: removed from the order that are produced by the following: "
        "Beta Carpet removed from the order, 7/23/2021Delta Industries; and Alpha Carpet Pvt., Ltd. removed from the "
        "order, 10/6/1998",
    }
    facts = _read(tmp_path, "us_cbp_wro", entry)
    captions = _captions(facts)
    assert {captions[one.subject]: str(one.until) for one in facts.listings} == {
        "Alpha Carpet Pvt., Ltd.": "1998-10-06",
        "Beta Carpet": "2021-07-23",
        "Gamma Carpet": "None",
        "Delta Industries": "1998-10-06",
    }


@pytest.mark.parametrize(
    ("status", "until"),
    [("Revoked 3/1/2021", "2021-03-01"), ("Inactive", "2019-09-30..2026-07-09"), ("Active", "None")],
)
def test_a_revoked_order_is_kept_with_its_end(tmp_path: Path, status: str, until: str) -> None:
    entry = {"name": "Alpha Mine Ltd.", "status": status, "effective_date": "2019-09-30", "notes": "WRO"}
    (order,) = _of(_read(tmp_path, "us_cbp_wro", entry), "Alpha Mine Ltd.")
    assert (str(order.since), str(order.until)) == ("2019-09-30", until)


def test_subsidiaries_an_order_names_are_under_it_too(tmp_path: Path) -> None:
    entry = {
        "name": "Alpha Gloves Company, Limited and its two subsidiaries from China, Beta (Nantong) Co. Limited and "
        "Gamma (HK) Limited.",
        "country": "China",
        "effective_date": "2024-04-10",
        "notes": "WRO; Merchandise: Gloves",
    }
    facts = _read(tmp_path, "us_cbp_wro", entry)
    assert _held(facts) == ["Beta (Nantong) Co. Limited", "Gamma (HK) Limited"]
    assert {one.requirement for one in facts.listings} == {"Merchandise: Gloves"}


def test_a_producer_elsewhere_is_not_of_the_rows_country(tmp_path: Path) -> None:
    entry = {"name": "Alpha Tea Farm; Beta Tea Co., Ltd. (of Nagoya, Japan)", "country": "China", "notes": "WRO"}
    facts = _read(tmp_path, "us_cbp_wro", entry)
    assert {party.caption: party.countries for party in facts.parties} == {
        "Alpha Tea Farm": ("cn",),
        "Beta Tea Co., Ltd.": ("jp",),
    }


def test_of_the_real_orders_five_entries_have_ended(real_data: RealData) -> None:
    facts = lists.read(real_data(US + "cbp_wro.json"), "us_cbp_wro")
    captions = _captions(facts)
    assert {captions[one.subject]: str(one.until) for one in facts.listings if one.until} == {
        "Annapurna Carpet": "2021-07-23",
        "Everest Carpet": "1998-10-06",
        "K.K. Carpet Industries": "1998-10-06",
        "Norsang Carpet Industries Pvt., Ltd.": "1998-10-06",
        "Kingtom Aluminio S.R.L.": "2024-12-04..2026-07-09",
    }
    assert len(facts.links) == 2


def test_a_covered_class_is_limited_to_its_kind_of_product(real_data: RealData) -> None:
    facts = lists.read(real_data(US + "fcc_covered.json"), "us_fcc_covered")
    classes = {one.id for one in facts.categories}
    listings = [one for one in facts.listings if one.subject in classes]
    assert [one.scope for one in listings] == [("drone",), ("router",)]
    assert not any("Category listing" in one.requirement for one in facts.listings)


def test_a_wholly_owned_subsidiary_is_tied_where_both_are_covered(real_data: RealData) -> None:
    facts = lists.read(real_data(US + "fcc_covered.json"), "us_fcc_covered")
    captions = _captions(facts)
    (link,) = facts.links
    assert (captions[link.src], link.kind, captions[link.dst]) == ("Pacific Networks Corp.", "owns", "ComNet (USA) LLC")
    assert (link.share, str(link.since)) == (Share(WHOLE, WHOLE), "2022-09-20")


NAMES = st.lists(st.sampled_from(["Lake", "Star", "Hill", "Sample", "Micro"]), min_size=1, max_size=3, unique=True)
COMPANIES = st.tuples(NAMES, st.sampled_from(["Co., Ltd.", "Inc.", "Institute", "LLC", "Corporation"])).map(
    lambda parts: " ".join([*parts[0], parts[1]])
)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(COMPANIES, min_size=1, max_size=6, unique=True), last=st.sampled_from([", and ", ", ", " and "]))
def test_whatever_companies_a_row_names_all_of_them_are_told(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], last: str
) -> None:
    named = names if last != " and " else [name for name in names if not name.endswith("Institute")] or ["Lake LLC"]
    words = last.join(filter(None, (", ".join(named[:-1]), named[-1])))
    entry = _military("Head Corporation", notes=f"Listed together with subsidiaries: {words}.")
    assert _held(_read(tmp_path_factory.mktemp("held"), "us_dod_1260h", entry)) == named
