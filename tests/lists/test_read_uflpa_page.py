"""The UFLPA Entity List as its own page."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists.gather import Tally
from underlabel.model import Facts, InputError, Listing, Party

FIXTURE = Path(__file__).parent / "fixtures" / "uflpa.html"
RealData = Callable[[str], Path]
US = "lists/us_2026-07-09/"


@pytest.fixture(scope="module")
def read() -> tuple[Facts, tuple[Tally, ...]]:
    return lists.read_accounted(FIXTURE, "us_dhs_uflpa", accept_small=True)


@pytest.fixture(scope="module")
def facts(read: tuple[Facts, tuple[Tally, ...]]) -> Facts:
    return read[0]


def _of(facts: Facts, name: str) -> tuple[Party, tuple[Listing, ...]]:
    (party,) = (one for one in facts.parties if one.caption.startswith(name))
    return party, tuple(one for one in facts.listings if one.subject == party.id)


def _page(*rows: str, head: str = "<th>Name of Entity</th><th>Effective Date</th>", clause: str = "i") -> str:
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<html><body><p>Section 2(d)(2)(B)({clause})</p><table><tr>{head}</tr>{body}</table></body></html>"


def test_every_row_of_the_lists_own_tables_is_accounted_for(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    _, (tally,) = read
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (11, 7, 2, 2)
    assert tally.accounted == tally.records


def test_a_listing_is_in_effect_from_the_day_its_row_gives(facts: Facts) -> None:
    _, (listing,) = _of(facts, "Example Textile")
    assert str(listing.since) == str(listing.effective) == "2024-10-03"
    assert listing.programme.startswith("UFLPA Sec. 2(d)(2)(B)(ii): ")


def test_two_clauses_with_one_day_are_one_listing_and_with_two_days_two(facts: Facts) -> None:
    _, (both,) = _of(facts, "Northlake Cotton")
    assert both.programme.count("UFLPA Sec.") == 2
    _, listings = _of(facts, "Two Days Copper")
    assert [str(one.since) for one in listings] == ["2024-08-09", "2025-01-15"]
    assert ["(B)(ii)" in one.programme for one in listings] == [True, False]
    assert ["(B)(v)" in one.programme for one in listings] == [False, True]


def test_aliases_are_parted_and_former_names_are_previous_ones(facts: Facts) -> None:
    party, _ = _of(facts, "Example Food & Sweets")
    assert [(name.text, name.kind) for name in party.names] == [
        ("Example Food & Sweets Co., Ltd", "name"),
        ("Sweet", "alias"),
        ("Sample Food Co., Ltd", "alias"),
        ("Old Food Co., Ltd", "previous"),
    ]
    hair, _ = _of(facts, "Example Hair")
    assert [name.text for name in hair.names[1:]] == ["Sample Hair Accessories", "Hollow Hair"]
    assert _of(facts, "Example Textile")[0].names[0].text == "Example Textile Co., Ltd"


@pytest.mark.parametrize(
    ("name", "reach"),
    [
        ("Example Silicon Industry (Northlake) Co., Ltd", "and subsidiaries"),
        ("Example Construction Corps", "and its subordinate and affiliated entities"),
        ("Northlake Cotton", ""),
    ],
)
def test_words_on_other_bodies_are_the_reach_and_no_part_of_the_name(facts: Facts, name: str, reach: str) -> None:
    party, (listing,) = _of(facts, name)
    assert listing.reach == reach
    assert "subsidiaries" not in party.caption
    assert "affiliated" not in listing.programme


def test_a_row_that_cannot_be_read_is_rejected_where_it_stands(facts: Facts) -> None:
    assert [one.where for one in facts.rejected] == ["uflpa.html:table[4]/tr[4]", "uflpa.html:table[4]/tr[5]"]


def test_the_edition_is_what_the_user_says_or_the_day_of_the_last_update(facts: Facts) -> None:
    assert facts.dataset.edition == date(2025, 1, 14)
    said = lists.read(FIXTURE, "us_dhs_uflpa", date(2026, 7, 9), accept_small=True)
    assert said.dataset.edition == date(2026, 7, 9)


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<html><body>Not found</body></html>", "no table of the page"),
        (
            _page("<td>A Co.</td><td>June 21, 2022</td>", head="<th>Entity</th><th>Since</th>"),
            "it has Entity \\| Since",
        ),
        ("<html><body><table><tr><th>Name of Entity</th></tr></table></body></html>", "no table of the page"),
    ],
)
def test_another_page_or_another_head_is_refused(tmp_path: Path, page: str, what: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, "utf-8")
    with pytest.raises(InputError, match=what) as caught:
        lists.read(path, "us_dhs_uflpa", accept_small=True)
    assert "page" in caught.value.hint


def test_a_clause_not_known_is_rejected_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    good = _page("<td>A Co., Ltd.</td><td>June 21, 2022</td>")
    path.write_text(good + _page("<td>B Co., Ltd.</td><td>June 21, 2022</td>", clause="vi"), "utf-8")
    facts, (tally,) = lists.read_accounted(path, "us_dhs_uflpa", accept_small=True)
    assert (tally.parties, tally.rejected) == (1, 1)
    assert "clause (vi)" in facts.rejected[0].reason


def test_the_official_page_holds_160_rows_of_148_entities(real_data: RealData) -> None:
    facts, (tally,) = lists.read_accounted(real_data(US + "source-uflpa-2026-07-09.html"), "us_dhs_uflpa")
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (160, 148, 12, 0)
    assert (facts.dataset.form, facts.dataset.coverage) == ("html", "whole")
    assert facts.dataset.edition == date(2026, 7, 9)
    assert not facts.rejected


def test_the_page_and_the_json_are_one_list(real_data: RealData) -> None:
    page = lists.read(real_data(US + "source-uflpa-2026-07-09.html"), "us_dhs_uflpa")
    json = lists.read(real_data(US + "dhs_uflpa.json"), "us_dhs_uflpa")
    parties, others = ({one.id: one for one in facts.parties} for facts in (page, json))
    assert parties.keys() == others.keys()
    for id_, party in parties.items():
        other = others[id_]
        assert (party.schema, party.countries) == (other.schema, other.countries)
        # The JSON keeps a full stop behind two aliases.
        assert {name.text.rstrip(".") for name in party.names} == {name.text.rstrip(".") for name in other.names}
    # And it forgets of seven entities that a name is a former one.
    former = [
        sum(any(name.kind == "previous" for name in one.names) for one in these.values()) for these in (parties, others)
    ]
    assert former == [15, 8]
    # One entity stands under two clauses since two days, of which the JSON keeps the earlier.
    listings, rest = ({one.id: one for one in facts.listings} for facts in (page, json))
    assert [str(rest[id_].since) for id_ in rest.keys() - listings.keys()] == ["2024-08-09"]
    added = [listings[id_] for id_ in listings.keys() - rest.keys()]
    assert sorted(str(one.since) for one in added) == ["2024-08-09", "2025-01-15"]
    assert len({one.subject for one in added}) == 1
    assert parties[added[0].subject].caption.startswith("Xinjiang Habahe Ashele Copper")


NAMES = st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=4, max_size=20).map("Co {}".format)


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(NAMES, min_size=1, max_size=8, unique_by=str.casefold),
    day=st.dates(date(2022, 6, 21), date(2040, 1, 1)),
)
def test_whatever_the_names_every_row_is_a_party_of_that_name_and_day(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], day: date
) -> None:
    written = f"{day:%B} {day.day}, {day.year}"
    path = tmp_path_factory.mktemp("uflpa") / "page.html"
    path.write_text(_page(*(f"<td>{html.escape(name)}</td><td>{written}</td>" for name in names)), "utf-8")
    facts, (tally,) = lists.read_accounted(path, "us_dhs_uflpa", accept_small=True)
    assert [party.caption for party in facts.parties] == names
    assert tally.parties == tally.records == len(names)
    assert {str(one.effective) for one in facts.listings} == {day.isoformat()}
