"""The pairs checked by hand are what they are said to be, and the figures over them count as they should."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.same_company import Figures, Pair, figures, kind, pairs, report
from tests.world.making import facts, party
from underlabel import world

CHECKED = pairs()
ENDS = sorted({end for pair in CHECKED for end in (pair.left_id, pair.right_id)})


def test_three_hundred_pairs_and_more_are_checked_and_half_of_them_are_near_misses() -> None:
    same = Counter(pair.same for pair in CHECKED)
    assert len(CHECKED) >= 300
    assert same[False] >= same[True] >= 150


def test_every_pair_is_of_two_lists_stands_once_and_says_why() -> None:
    assert all(pair.left_list != pair.right_list for pair in CHECKED)
    assert all(pair.left and pair.right and pair.why for pair in CHECKED)
    assert len({frozenset((pair.left_id, pair.right_id)) for pair in CHECKED}) == len(CHECKED)


def test_the_halves_are_about_equal_and_do_not_hang_on_the_order_of_the_ends() -> None:
    halves = Counter(pair.half for pair in CHECKED)
    assert min(halves["A"], halves["B"]) > len(CHECKED) * 0.4
    turned = [pair._replace(left_id=pair.right_id, right_id=pair.left_id) for pair in CHECKED]
    assert [pair.half for pair in turned] == [pair.half for pair in CHECKED]


def test_joining_nobody_is_right_and_joining_all_is_right_for_those_that_are_one() -> None:
    one = sum(pair.same for pair in CHECKED)
    assert figures(CHECKED, lambda name: name) == Figures(0, 0, one)
    assert figures(CHECKED, lambda _: "all") == Figures(len(CHECKED), one, one)


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(ENDS)))
def test_more_joined_is_never_less_found(together: set[str]) -> None:
    found = figures(CHECKED, lambda name: "one" if name in together else name)
    assert 0 <= found.right <= found.same
    assert found.right <= found.joined
    assert 0 <= found.recall <= 1
    assert 0 <= found.precision <= 1


@pytest.mark.parametrize(
    ("reason", "by"),
    [
        ("same lei 5493001KJTIIGC8Y1R12", "number"),
        ("same name form 'acme ~llc' in RU", "equal name"),
        ("names alike 0.98: 'Acme Works' ~ 'Acme Work'; both CN; nobody else near", "likeness"),
        ("", "others between"),
    ],
)
def test_a_join_is_told_by_its_reason(reason: str, by: str) -> None:
    assert kind(reason) == by


def test_a_wrong_join_and_a_record_that_is_gone_fail_the_evaluation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = party("Harbour Tools Co., Ltd.", "a"), party("Harbour Tools Company Limited", "b")
    home = world.home(tmp_path)
    world.add(home, [facts(each.source.dataset, each, listed=(each,)) for each in (one, other)])
    opened = world.open_world(home)
    right = Pair("a", one.id, "", "", "b", other.id, "", "", same=True, why="one firm")
    assert report([right], opened)
    assert not report([right._replace(same=False)], opened)
    assert not report([right._replace(left_id="nobody")], opened)
    assert "no record: nobody" in capsys.readouterr().out
