from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from evals import matching_invented as invented
from evals import matching_near as near
from evals import matching_pairs
from evals.matching_bodies import Body, bodies


def body(number: int, *texts: str, list_: str = "us_ofac_sdn", same: int | None = None) -> Body:
    same = number if same is None else same
    return Body(f"us_csl:{number}", "Company", texts, (), ("ir",), (), (list_,), same, same, "fit")


def couples(*given: Body) -> set[tuple[str, str]]:
    # Every name is asked often enough that each of these few is asked: the sample is of copies.
    return {
        (draft.name, draft.listed)
        for copy in range(12)
        for draft in near.others([*given, *(body(100 + at, f"Filler {at} Ostrava") for at in range(copy * 3))])
    }


def test_the_nearest_text_by_rare_trigrams_comes_first() -> None:
    index = near.Near(["zelvar shipping", "zelvar trading", "northern star"])
    assert [row.tolist()[0] for row in index.nearest(["zelvarr shiping", "nothern star"], 2)] == [0, 2]
    assert np.array_equal(next(index.nearest(["qqq"], 2)), [])


def test_two_bodies_of_one_list_are_a_negative_and_the_same_body_never_is() -> None:
    one, other = body(1, "Zelvar Marine Shipping"), body(2, "Zelvar Marine Trading")
    assert ("Zelvar Marine Shipping", "Zelvar Marine Trading") in couples(one, other)
    twin = body(3, "Zelvar Marine Trading", same=1)
    assert not {pair for pair in couples(one, twin) if "Zelvar" in pair[0] and "Zelvar" in pair[1]}


def test_bodies_of_two_lists_are_no_negative_since_they_may_be_one() -> None:
    one, other = body(1, "Zelvar Marine Shipping"), body(2, "Zelvar Marine Shiping Co", list_="us_bis_dpl")
    assert not {pair for pair in couples(one, other) if "Zelvar" in pair[0] and "Zelvar" in pair[1]}


def test_one_stem_with_two_legal_forms_is_two_bodies_only_where_the_publisher_numbers_them() -> None:
    for list_, told in (("us_ofac_sdn", True), ("us_bis_entity_list", False)):
        given = body(1, "Zelvar Marine LLC", list_=list_), body(2, "Zelvar Marine GmbH", list_=list_)
        assert (("Zelvar Marine LLC", "Zelvar Marine GmbH") in couples(*given)) is told


def test_a_body_stands_on_one_side_of_the_split_with_all_its_entries(real_data: Callable[[str], Path]) -> None:
    side: dict[int, str] = {}
    held = bodies(real_data("lists").parent)
    for one in held:
        assert side.setdefault(one.kin, one.split) == one.split
    shares = {split: sum(one.split == split for one in held) / len(held) for split in ("fit", "calibrate", "held-out")}
    assert abs(shares["fit"] - 0.5) < 0.03
    assert abs(shares["held-out"] - 0.3) < 0.03


def test_a_question_keeps_the_listed_side_as_it_is_listed() -> None:
    draft = near.Draft("one slip", "Zelvra Marine LLC", "", body(1, "Zelvar Marine LLC"), "Zelvar Marine LLC")
    left, right = matching_pairs.asked(draft)
    assert (right.name, right.schema, right.country) == ("Zelvar Marine LLC", "Company", "ir")
    assert left.name.casefold() == "zelvra marine llc"
    assert matching_pairs.asked(draft) == (left, right)


def test_a_name_with_the_words_of_a_listed_one_is_not_invented() -> None:
    listed = invented.stems(["KARIMOV, Anton", "Zelvar Shipping LLC"])
    assert invented.stems(["Anton Karimov", "Shipping Zelvar Ltd"]) == listed
