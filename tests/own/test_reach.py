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


def test_one_stake_said_alone_and_jointly_counts_once() -> None:
    links = [owns("X", "A", "30"), *(owns(who, "A", "30", joint_group="g", source_name="b") for who in "XY")]
    for starts in (("X",), ("X", "Y")):
        found = reached(links, HALF, *starts)["A"]
        assert (found.reach, found.sum_high) == ("no", 300_000)
    assert reached(links, HALF, "X", "Y")["A"].sum_low == 300_000


@pytest.mark.parametrize("groups", [("g1", "g2"), ("g", "g")])
def test_two_joint_statements_of_one_holding_are_alternatives(groups: tuple[str, str]) -> None:
    links = [
        owns(who, "A", share, joint_group=group)
        for group, share in zip(groups, ("36.56", "33.11"), strict=True)
        for who in "XY"
    ]
    found = reached(links, HALF, "X", "Y")["A"]
    assert (found.reach, found.sum_low, found.sum_high) == ("no", 331_100, 365_600)


def test_of_one_joint_stake_the_least_low_and_the_greatest_high_stand() -> None:
    links = [owns("X", "A", ("55", "80"), joint_group="g"), owns("Y", "A", ("45", "50"), joint_group="g")]
    found = reached(links, HALF, "X", "Y")["A"]
    assert (found.reach, found.sum_low, found.sum_high) == ("may", 450_000, 800_000)


def test_separate_holdings_stay_the_widest_reading_beside_a_smaller_joint_one() -> None:
    links = [owns(who, "A", "30") for who in "XY"]
    links += [owns(who, "A", "20", joint_group="g", source_name="b") for who in "XY"]
    found = reached(links, HALF, "X", "Y")["A"]
    assert (found.reach, found.sum_low, found.sum_high) == ("may", 200_000, 600_000)


def test_two_indirect_statements_of_one_chain_count_once() -> None:
    links = [owns("X", "M", "100"), owns("M", "A", "30", direct=False), owns("X", "A", "30", direct=False)]
    found = reached(links)["A"]
    assert (found.reach, found.sum_high) == ("no", 300_000)


def test_of_holders_who_hold_each_other_one_indirect_statement_stands() -> None:
    links = [owns("X", "M", "60"), owns("M", "X", "60"), *(owns(who, "A", "60", direct=False) for who in "XM")]
    found = reached(links)["A"]
    assert (found.reach, found.sum_low, found.sum_high) == ("must", 600_000, 600_000)


@pytest.mark.parametrize(
    "chain",
    [
        [owns("X", "M", "1", status="announced"), owns("M", "A", "1", status="alleged")],
        [owns("X", "M", "10", interest="votes"), owns("M", "A", "10", interest="votes")],
    ],
)
def test_a_doubtful_chain_or_one_of_votes_drops_no_sure_statement(chain: list[Link]) -> None:
    assert reached([owns("X", "A", "60", direct=False), *chain])["A"].reach == "must"


def test_a_statement_of_more_than_its_chain_carries_is_still_perhaps() -> None:
    links = [owns("X", "A", "60", direct=False), owns("X", "M", "1"), owns("M", "A", "1")]
    found = reached(links)["A"]
    assert (found.reach, found.proof) == ("may", (links[0].id,))


def test_an_indirect_band_is_an_alternative_to_its_chain() -> None:
    links = [owns("X", "M", "100"), owns("M", "A", "30"), owns("X", "A", ("25", "45"), direct=False)]
    found = reached(links)["A"]
    assert (found.reach, found.sum_low, found.sum_high) == ("no", 300_000, 450_000)


def test_an_officer_ties_only_where_a_test_names_officers() -> None:
    links = [link("officer", "X", "A")]
    caution = Test(lists=("list",), threshold=500_000, adds_up=True, control=("controls", "officer"))
    assert reached(links, caution)["A"].reach == "must"
    assert "A" not in reached(links)
    assert not own.on(links, DAY).recorded("A")


FCC = Test(
    lists=("list",),
    threshold=500_000,
    strict=True,
    interests=("capital", "votes"),
    control=("controls",),
    affiliate=100_000,
    affiliate_reach="must",
    sideways=True,
)


def test_what_an_affiliate_holds_is_perhaps_an_affiliate() -> None:
    links = [owns("X", "M", "48"), owns("M", "A", "100"), owns("A", "B", "9"), owns("A", "M", "20")]
    for test, first in ((AFFILIATE, "may"), (FCC, "must")):
        found = reached(links, test)
        assert [found[name].reach for name in "MAB"] == [first, "may", "no"]
        assert (found["A"].proof, found["A"].starts) == ((links[1].id, links[0].id), ("X",))


def test_where_affiliate_is_undefined_any_chain_is_perhaps_one() -> None:
    undefined = Test(lists=("list",), affiliate=0)
    found = reached([owns("X", "Europe", "100"), owns("Europe", "Shop", "100")], undefined)
    assert [found[name].reach for name in ("Europe", "Shop")] == ["may", "may"]


def test_votes_make_an_affiliate_where_the_test_looks_at_votes() -> None:
    links = [link("votes", "X", "A", share=owns("X", "A", "30").share)]
    assert (reached(links, FCC)["A"].reach, reached(links, FCC)["A"].via) == ("must", "affiliate")


def test_one_party_s_holdings_add_up_to_an_affiliate_but_not_two_parties() -> None:
    links = [owns("X", "M", "100"), owns("X", "A", "6"), owns("M", "A", "6")]
    assert reached(links, FCC)["A"].reach == "must"
    assert reached([owns("X", "A", "6"), owns("Y", "A", "6")], FCC, "X", "Y")["A"].reach == "no"


def test_above_a_parent_only_who_holds_it_wholly_enough_and_below_a_sibling_all() -> None:
    links = [owns("P", "X", "60"), owns("G", "P", "100"), owns("F", "P", "20"), owns("P", "S", "60")]
    links += [owns("S", "T", "100")]
    found = reached(links, FCC)
    assert {name: found[name].reach for name in "PGST"} == dict.fromkeys("PGST", "may")
    assert "F" not in found


def test_a_proof_keeps_no_stake_that_can_be_left_out() -> None:
    links = [owns("X", "A", "45", attributed=True), owns("Y", "A", "40"), owns("Z", "A", "20")]
    assert reached(links, HALF, "X", "Y", "Z")["A"].proof == (links[1].id, links[2].id)
    perhaps = [owns(who, "A", ("0", "30"), joint_group="g") for who in "XY"] + [owns("Z", "A", ("0", "25"))]
    assert reached(perhaps, HALF, "X", "Y", "Z")["A"].proof == (perhaps[0].id, perhaps[2].id)


def test_a_proof_names_the_statement_that_crosses_the_line() -> None:
    links = [owns("X", "A", "48"), owns("X", "A", "60", status="alleged")]
    assert reached(links)["A"].proof == (links[1].id,)
    sure = [owns("X", "A", "60"), owns("X", "A", "70", status="alleged")]
    found = own.reach(own.on(sure, DAY), HALF, {"X": Held.MAYBE})["A"]
    assert (found.reach, found.proof) == ("may", (sure[0].id,))


def test_listed_holders_of_one_joint_stake_act_as_one() -> None:
    links = [owns(who, "A", "60", joint_group="g") for who in "XY"]
    found = reached(links, MAJORITY, "X", "Y")["A"]
    assert (found.reach, found.starts) == ("must", ("X", "Y"))
    assert set(found.proof) == {one.id for one in links}
    assert reached(links, MAJORITY, "X")["A"].reach == "may"
    apart = [owns(who, "B", "30") for who in "XY"]
    assert reached([*links, *apart], MAJORITY, "X", "Y")["B"].reach == "no"


def test_a_company_of_a_listed_party_completes_a_joint_stake() -> None:
    links = [owns("Y", "M", "100"), *(owns(who, "A", "60", joint_group="g") for who in "XM")]
    found = reached(links, MAJORITY, "X", "Y")["A"]
    assert (found.reach, found.starts) == ("must", ("X", "Y"))


def test_a_proof_stays_within_one_person_where_persons_are_not_added() -> None:
    links = [owns("X", "N", "60"), owns("N", "M", "60"), owns("Y", "M", "60"), owns("X", "A", "30")]
    found = reached([*links, owns("M", "A", "25")], MAJORITY, "X", "Y")["A"]
    assert (found.reach, found.starts) == ("must", ("X",))


def test_only_the_registered_seat_decides_what_is_foreign() -> None:
    rule = Test(lists=("list",), threshold=500_000, adds_up=True, foreign="us")
    holdings = own.on([owns("X", "A", "60"), owns("X", "B", "60")], DAY)
    found = own.reach(holdings, rule, {"X": Held.YES}, {"A": ("cn", "us"), "B": ("us", "cn")})
    assert (found["A"].reach, found["B"].reach) == ("must", "no")


SHARES = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda ends: (str(min(ends)), str(max(ends))))
STATED = st.tuples(SHARES, st.sampled_from(["", "g", "h"]), st.booleans(), st.booleans())


@given(st.lists(STATED, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_a_further_statement_never_raises_a_stake_above_the_larger(
    rows: list[tuple[tuple[str, str], str, bool, bool]],
) -> None:
    links = [
        owns("X", "A", share, id=str(at), joint_group=group, direct=direct, status="completed" if sure else "alleged")
        for at, (share, group, direct, sure) in enumerate(rows)
    ]
    found = reached(links)["A"]
    assert found.sum_high <= max(int(row[0][1]) for row in rows) * 10_000
    assert found.sum_low <= found.sum_high


@given(
    st.lists(
        st.tuples(st.sampled_from("XYZ"), SHARES, st.sampled_from(["", "g", "h"]), st.booleans()),
        min_size=1,
        max_size=7,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=100, deadline=None)
def test_one_more_holder_never_lowers_a_sum(rows: list[tuple[str, tuple[str, str], str, bool]], random: object) -> None:
    links = [
        owns(who, "A", share, joint_group=group, status="completed" if sure else "alleged", id=str(at))
        for at, (who, share, group, sure) in enumerate(rows)
    ]
    fewer, more = (reached(links, HALF, *starts)["A"] for starts in (("X", "Y"), ("X", "Y", "Z")))
    assert (fewer.sum_low <= more.sum_low, fewer.sum_high <= more.sum_high) == (True, True)
    shuffled = list(links)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reached(shuffled, HALF, "X", "Y") == reached(links, HALF, "X", "Y")


@given(GRAPHS)
@settings(max_examples=100, deadline=None)
def test_every_proof_begins_at_a_listed_party_and_holds_nothing_idle(graph: dict[tuple[str, str], int]) -> None:
    links = [owns(owner, asset, str(share)) for (owner, asset), share in graph.items()]
    for party, found in reached(links, HALF, "X", "Y").items():
        if found.reach != "must" or found.via == "named":
            continue
        proof = [one for one in links if one.id in found.proof]
        assert set(found.starts) <= {"X", "Y"}
        assert reached(proof, HALF, *found.starts)[party].reach == "must"
        for idle in proof:
            if idle.dst == party:
                fewer = [one for one in proof if one != idle]
                left = reached(fewer, HALF, *found.starts).get(party)
                assert left is None or left.reach != "must"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NODES),
            st.sampled_from(NODES),
            SHARES,
            st.booleans(),
            st.sampled_from(["capital", "votes"]),
            st.sampled_from(["", "", "g"]),
            st.booleans(),
        ),
        max_size=16,
    ),
    st.randoms(use_true_random=False),
    st.sampled_from([HALF, MAJORITY, FCC, Test(lists=("list",), affiliate=0)]),
)
@settings(max_examples=100, deadline=None)
def test_on_any_web_the_order_never_matters_and_every_proof_begins_at_a_listed_party(
    rows: list[tuple[str, str, tuple[str, str], bool, str, str, bool]], random: object, test: Test
) -> None:
    links = [
        owns(src, dst, share, direct=direct, interest=interest, joint_group=group, id=str(at))
        if sure
        else owns(src, dst, share, direct=direct, interest=interest, status="alleged", id=str(at))
        for at, (src, dst, share, direct, interest, group, sure) in enumerate(rows)
    ]
    found = reached(links, test, "X", "Y")
    shuffled = list(links)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reached(shuffled, test, "X", "Y") == found
    ends = {one.id: one for one in links}
    for one in found.values():
        assert one.sum_low <= one.sum_high
        if one.reach in {"must", "may"}:
            assert one.starts
            assert set(one.starts) <= {"X", "Y"}
            touched = {end for name in one.proof for end in (ends[name].src, ends[name].dst)} | set(one.starts)
            assert one.party in touched
