"""Whom a test reaches: the readings of the 50 % rules, and an oracle of twenty lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.own.making import DAY, link, owns
from underlabel import own
from underlabel.model import Held, Link, Reach, Test

HALF = Test(lists=("list",), threshold=500_000, adds_up=True)
MAJORITY = Test(lists=("list",), threshold=500_000, strict=True, control=("controls", "appoints"))
AFFILIATE = Test(
    lists=("list",), threshold=500_000, strict=True, control=("controls",), affiliate=100_000, sideways=True
)


def reached(links: list[Link], test: Test = HALF, *starts: str, day: date = DAY) -> Mapping[str, Reach]:
    listed = dict.fromkeys(starts or ("X",), Held.YES)
    return own.reach(own.on(links, day), test, listed)


def test_a_reached_owner_passes_on_its_whole_holding() -> None:
    found = reached([owns("X", "A", "50"), owns("A", "B", "50")])
    assert found["B"].reach == "must"


def test_two_companies_do_not_hold_each_other_into_the_set() -> None:
    found = reached([owns("X", "A", "40"), owns("B", "A", "20"), owns("A", "B", "60")])
    assert (found["A"].reach, found["B"].reach) == ("no", "no")


def test_a_third_and_a_sixth_make_exactly_half() -> None:
    found = reached([owns("X", "A", "33.3333"), owns("Y", "A", "16.6667")], HALF, "X", "Y")
    assert found["A"].reach == "must"


def test_a_proof_is_minimal_and_begins_at_a_listed_party() -> None:
    links = [owns("X", "A", "30"), owns("Y", "A", "25"), owns("Z", "A", "5")]
    found = reached(links, HALF, "X", "Y", "Z")["A"]
    assert found.proof == (links[0].id, links[1].id)
    assert set(found.starts) == {"X", "Y"}


def test_a_company_below_the_line_has_a_nearest_miss() -> None:
    found = reached([owns("Hikvision", "EZVIZ", "48")], HALF, "Hikvision")["EZVIZ"]
    assert found.reach == "no"
    assert found.nearest_miss is not None
    assert found.nearest_miss.missing == 20_000


def test_rival_figures_of_one_stake_are_never_added() -> None:
    rivals = [owns("X", "A", "48", source_name="prospectus"), owns("X", "A", "51", source_name="press")]
    found = reached(rivals)["A"]
    assert (found.reach, found.sum_low, found.sum_high) == ("may", 480_000, 510_000)


def test_a_figure_of_low_confidence_counts_only_when_asked_for() -> None:
    links = [owns("X", "A", "48"), owns("X", "A", "51", source_name="rumour", confidence="low")]
    assert reached(links)["A"].reach == "no"
    doubted = own.reach(own.on(links, DAY, doubted=True), HALF, {"X": Held.YES})
    assert doubted["A"].reach == "may"


def test_an_announced_purchase_reaches_only_perhaps() -> None:
    assert reached([owns("X", "A", "60", status="announced")])["A"].reach == "may"


def test_a_day_inside_an_uncertain_sale_reaches_only_perhaps() -> None:
    sold = [owns("X", "A", "100", since="2018-02-06", until="2022-11-23..2023-05-31")]
    days = (date(2018, 2, 5), date(2018, 2, 6), date(2022, 12, 1), date(2023, 5, 31))
    answers = [reached(sold, HALF, "X", day=day).get("A") for day in days]
    assert [found.reach if found else "unknown" for found in answers] == ["unknown", "must", "may", "unknown"]


def test_persons_are_not_added_where_the_regime_does_not_add() -> None:
    links = [owns("X", "A", "30"), owns("Y", "A", "30")]
    assert reached(links, MAJORITY, "X", "Y")["A"].reach == "no"


def test_one_person_s_direct_and_indirect_holdings_are_added() -> None:
    links = [owns("X", "A", "30"), owns("X", "B", "100"), owns("B", "A", "30")]
    assert reached(links, MAJORITY)["A"].reach == "must"


def test_control_reaches_only_where_the_regime_counts_it() -> None:
    links = [owns("X", "A", "30"), link("controls", "X", "A")]
    assert reached(links)["A"].reach == "no"
    assert (reached(links, MAJORITY)["A"].reach, reached(links, MAJORITY)["A"].via) == ("must", "control")


def test_an_indirect_statement_is_not_counted_beside_its_chain() -> None:
    links = [owns("X", "A", "100"), owns("A", "B", "30"), owns("X", "B", "30", direct=False)]
    found = reached(links)["B"]
    assert (found.reach, found.sum_low) == ("no", 300_000)


def test_an_affiliate_above_ten_percent_is_a_matter_for_review() -> None:
    found = reached([owns("X", "A", "48")], AFFILIATE)["A"]
    assert (found.reach, found.via) == ("may", "affiliate")
    assert reached([owns("X", "A", "10")], AFFILIATE)["A"].reach == "no"


def test_a_parent_and_a_sibling_are_affiliates_but_not_through_the_state() -> None:
    links = [owns("P", "X", "36.55"), owns("P", "S", "100")]
    found = reached(links, AFFILIATE)
    assert (found["P"].reach, found["S"].reach) == ("may", "may")
    state = own.reach(own.on(links, DAY), AFFILIATE, {"X": Held.YES}, state_bodies=frozenset({"P"}))
    assert "P" not in state
    assert state["S"].reach == "no"


def test_joint_holders_reach_surely_only_when_all_of_them_are_reached() -> None:
    joint = [owns("X", "A", "60", joint_group="g"), owns("Y", "A", "60", joint_group="g")]
    assert reached(joint)["A"].reach == "may"
    assert reached(joint, HALF, "X", "Y")["A"].reach == "must"
    assert reached(joint, HALF, "X", "Y")["A"].sum_low == 600_000


def test_a_foreign_rule_stops_at_the_border_and_doubts_an_unknown_seat() -> None:
    rule = Test(lists=("list",), threshold=500_000, adds_up=True, foreign="us")
    links = [owns("X", seat, "100") for seat in ("home", "abroad", "nowhere")]
    seats = {"home": ("us",), "abroad": ("cn",)}
    found = own.reach(own.on(links, DAY), rule, {"X": Held.YES}, seats)
    assert [found[name].reach for name in ("home", "abroad", "nowhere")] == ["no", "must", "may"]


def test_what_others_surely_hold_bounds_an_unknown_share() -> None:
    found = reached([owns("X", "A", None), owns("Z", "A", "60")])["A"]
    assert (found.reach, found.sum_high) == ("no", 400_000)


NODES = "XYABCDE"
GRAPHS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES[2:]), st.integers(1, 100)), max_size=14).map(
    lambda rows: {(owner, asset): share for owner, asset, share in rows if owner != asset}
)


def oracle(graph: Mapping[tuple[str, str], int], listed: set[str], threshold: int = 50) -> set[str]:
    """The 50 % cascade, written out: add until nothing is added."""
    blocked = set(listed)
    while True:
        more = {
            asset
            for asset in NODES
            if sum(share for (owner, held), share in graph.items() if held == asset and owner in blocked) >= threshold
        }
        if more <= blocked:
            return blocked
        blocked |= more


@given(GRAPHS)
@settings(max_examples=200, deadline=None)
def test_the_cascade_agrees_with_the_oracle(graph: dict[tuple[str, str], int]) -> None:
    links = [owns(owner, asset, str(share)) for (owner, asset), share in graph.items()]
    found = reached(links, HALF, "X", "Y")
    assert {party for party, one in found.items() if one.reach == "must"} == oracle(graph, {"X", "Y"})


@given(GRAPHS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_links_never_matters(graph: dict[tuple[str, str], int], random: object) -> None:
    links = [owns(owner, asset, str(share)) for (owner, asset), share in graph.items()]
    shuffled = list(links)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reached(links) == reached(shuffled)


@given(GRAPHS)
@settings(max_examples=50, deadline=None)
def test_listing_one_more_party_never_frees_another(graph: dict[tuple[str, str], int]) -> None:
    links = [owns(owner, asset, str(share)) for (owner, asset), share in graph.items()]
    fewer = {party for party, one in reached(links, HALF, "X").items() if one.reach == "must"}
    more = {party for party, one in reached(links, HALF, "X", "Y").items() if one.reach == "must"}
    assert fewer <= more


@pytest.mark.parametrize("share", [(("25", "50"), "may"), (("0", "49.9999"), "no"), (None, "may")])
def test_an_interval_reaches_perhaps_when_its_upper_end_does(share: tuple[tuple[str, str] | None, str]) -> None:
    ends, expected = share
    assert reached([owns("X", "A", ends)])["A"].reach == expected
