"""The Denied Persons List as tab-separated text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists.gather import Tally
from underlabel.model import Facts, InputError, Listing, Party

FIXTURE = Path(__file__).parent / "fixtures" / "dpl.txt"
RealData = Callable[[str], Path]
HEAD = FIXTURE.read_text("utf-8").partition("\n")[0]


@pytest.fixture(scope="module")
def read() -> tuple[Facts, tuple[Tally, ...]]:
    return lists.read_accounted(FIXTURE, "us_bis_dpl", date(2019, 1, 31), accept_small=True)


def _of(facts: Facts, name: str, country: str = "") -> tuple[Party, tuple[Listing, ...]]:
    (party,) = (
        one for one in facts.parties if one.caption.startswith(name) and (not country or country in one.countries)
    )
    return party, tuple(one for one in facts.listings if one.subject == party.id)


def test_every_line_is_accounted_for(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    _, (tally,) = read
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (12, 8, 1, 3)
    assert tally.accounted == tally.records


def test_an_order_holds_from_its_effect_to_its_expiry_month_before_day(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    party, (order,) = _of(read[0], "CLEARVIEW OPTICS, INC.")
    assert (str(order.since), str(order.effective), str(order.until)) == ("2017-10-16", "2017-10-16", "2020-10-13")
    assert str(order.published) == "2017-10-20"
    assert order.policy == "Type of denial: Standard; Expires: 2020-10-13; Action: FR NOTICE ADDED"
    assert order.citation == "82 F.R. 48792 10/20/2017"
    assert party.schema == "Company"


def test_an_order_without_expiry_has_no_end(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    _, (order,) = _of(read[0], "NORTHLAKE")
    assert order.until is None
    assert str(order.published) == "1981-09-17"


def test_an_order_that_has_run_out_is_kept_with_its_end(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    _, (order,) = _of(read[0], "EXAMPLE AIR FREIGHT", "ae")
    assert str(order.until) == "2019-12-03"


def test_a_second_address_is_a_part_and_a_second_country_another_party(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    party, orders = _of(read[0], "EXAMPLE AIR FREIGHT", "ae")
    assert party.addresses == ("P.O. BOX 28, DUBAI, AE", "P.O. BOX 29, DUBAI, AE")
    assert len(orders) == 1
    assert _of(read[0], "EXAMPLE AIR FREIGHT", "jo")[0].id != party.id


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("CLEARVIEW", ("us",)),
        ("LAKELAND", ("cn",)),
        ("SAMPLE TRADING", ()),
        ("DESERT PARTS", ()),
        ("NORTHLAKE", ("de",)),
    ],
)
def test_a_country_is_taken_from_the_line_and_never_guessed(
    read: tuple[Facts, tuple[Tally, ...]], name: str, countries: tuple[str, ...]
) -> None:
    assert _of(read[0], name)[0].countries == countries


def test_a_code_that_is_no_country_is_noted(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    assert [one.where for one in read[0].rejected if "'NM'" in one.reason] == ["dpl.txt:9"]


def test_a_prison_is_no_address(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    party, _ = _of(read[0], "SAMPLE ROE")
    assert party.addresses == ()
    assert "INMATE" not in str(read[0].parties)


def test_a_nonstandard_order_says_so(read: tuple[Facts, tuple[Tally, ...]]) -> None:
    _, (order,) = _of(read[0], "SAMPLE TRADING")
    assert order.policy.startswith("Type of denial: Non-Standard; Expires: 2032-04-03")


def test_a_day_that_is_none_an_order_the_wrong_way_round_and_a_cut_line_are_rejected_where_they_stand(
    read: tuple[Facts, tuple[Tally, ...]],
) -> None:
    broken = [(one.where, one.reason) for one in read[0].rejected if "'NM'" not in one.reason]
    assert [where for where, _ in broken] == ["dpl.txt:11", "dpl.txt:12", "dpl.txt:13", "dpl.txt"]
    assert "'31/12/2011' is not a day" in broken[0][1]
    assert "before it takes effect" in broken[1][1]
    assert "3 cells, not 12" in broken[2][1]


@pytest.mark.parametrize("head", ["Name\tAddress", HEAD.replace("\t", ","), HEAD.replace("Action", "Actions")])
def test_another_head_is_refused(tmp_path: Path, head: str) -> None:
    path = tmp_path / "dpl.txt"
    path.write_text(head + "\n", "utf-8")
    with pytest.raises(InputError, match="head should be Name, Street_Address") as caught:
        lists.read(path, "us_bis_dpl", accept_small=True)
    assert caught.value.hint


def test_a_legal_form_cut_off_into_the_address_comes_back_to_the_name(tmp_path: Path) -> None:
    row = (
        '{"name": "GHOST GROUP", "country": "United States", "address": "INC., 8 SAMPLE DRIVE, HOUSTON, TX, US, 77063"}'
    )
    path = tmp_path / "dpl.json"
    path.write_text(f'{{"list_id": "bis-dpl", "count": 1, "entities": [{row}]}}', "utf-8")
    (party,) = lists.read(path, "us_bis_dpl", date(2026, 7, 9), accept_small=True).parties
    assert (party.caption, party.schema) == ("GHOST GROUP, INC.", "Company")
    assert party.addresses == ("8 SAMPLE DRIVE, HOUSTON, TX, US, 77063",)


def test_the_text_of_2019_is_read_line_by_line(real_data: RealData) -> None:
    facts, (tally,) = lists.read_accounted(real_data("lists/us_ofac_2019-01/dpl.txt"), "us_bis_dpl", date(2019, 1, 31))
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (546, 462, 84, 0)
    assert len(facts.listings) == 477
    assert sum(one.until is not None for one in facts.listings) == 426
    # One line has a US state where its country should be; and the file, said to be of January, is of June or later.
    assert "'NM'" in facts.rejected[0].reason
    assert facts.rejected[1].reason == "8 listings were published after 2019-01-31, the last on 2019-04-01"
    assert len(facts.rejected) == 2
    assert facts.dataset.coverage == "whole"


def test_the_text_continues_the_history_of_the_json(real_data: RealData) -> None:
    old = lists.read(real_data("lists/us_ofac_2019-01/dpl.txt"), "us_bis_dpl", date(2019, 1, 31))
    new = lists.read(real_data("lists/us_2026-07-09/bis_dpl.json"), "us_bis_dpl")
    ids = {party.id for party in new.parties}
    captions = {party.caption.casefold() for party in new.parties}
    same = [party for party in old.parties if party.id in ids]
    assert len(same) == 196
    # Of the same name, seven have another id: the older file leaves their country blank.
    rest = [party for party in old.parties if party.id not in ids and party.caption.casefold() in captions]
    assert [party.countries for party in rest] == [()] * 7
    # What one order says did not change with the form: 155 are the same listing.
    assert len({one.id for one in old.listings} & {one.id for one in new.listings}) == 155


@settings(max_examples=60, deadline=None)
@given(days=st.tuples(st.dates(date(1970, 1, 1), date(2090, 1, 1)), st.dates(date(1970, 1, 1), date(2090, 1, 1))))
def test_every_day_is_read_month_first_or_the_line_is_rejected(
    tmp_path_factory: pytest.TempPathFactory, days: tuple[date, date]
) -> None:
    first, last = days
    cells = ["SAMPLE CO.", "", "", "", "US", "", first.strftime("%m/%d/%Y"), last.strftime("%m/%d/%Y"), "Y", "", "", ""]
    good = ["OTHER CO.", "", "", "", "US", "", "01/02/2000", "", "Y", "", "", ""]
    path = tmp_path_factory.mktemp("dpl") / "dpl.txt"
    path.write_text("\n".join([HEAD, "\t".join(cells), "\t".join(good)]), "utf-8")
    facts, (tally,) = lists.read_accounted(path, "us_bis_dpl", date(2026, 1, 1), accept_small=True)
    assert tally.accounted == tally.records == 2
    if last < first:
        assert tally.rejected == 1
    else:
        order = facts.listings[0]
        assert (str(order.since), str(order.until)) == (first.isoformat(), last.isoformat())
