"""Why a score is what it is: a waterfall in words that adds up."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match
from underlabel.match.explaining import BEGIN, CURVE, LIMIT
from underlabel.match.features import FEATURES
from underlabel.match.laying import HOWS
from underlabel.model import Hit, Query, Reason

STEPS = {BEGIN, CURVE, LIMIT}
KNOWN = {*STEPS, *HOWS, *(feature.name for feature in FEATURES)}
WORDS = """
hikvision hikvison hik vision dahua dahau technology tecnology beijing ab a b 3 ii ltd gmbh of lorex jorex li wei lu kim
polytex gornyak 杭州 海康有限公司 Ромашка
"""
NAMES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=7).map(" ".join)


def compared(left: str, right: str, schema: str = "", countries: tuple[str, str] = ("", "")) -> Hit:
    return match.compare(Query(left, schema, countries[0]), Query(right, schema, countries[1]))


def about(hit: Hit, feature: str) -> list[Reason]:
    return [reason for reason in hit.reasons if reason.feature == feature]


def adds_up(hit: Hit) -> bool:
    """Whether the reasons sum to the log-odds of the score, as far as both are rounded."""
    odds = sum(reason.weight for reason in hit.reasons)
    slack = 1e-4 * (len(hit.reasons) + 1)
    low, high = (1 / (1 + math.exp(-(odds + by))) for by in (-slack, slack))
    return low - 6e-5 <= hit.score <= high + 6e-5


@pytest.mark.parametrize(
    ("left", "right", "schema"),
    [
        ("Hangzhou Hikvision Digtal Technology", "Hangzhou Hikvision Digital Technology Co., Ltd.", "Company"),
        ("Dahua", "Zhejiang Dahua Technology Co., Ltd.", ""),
        ("Lorex GmbH", "Lorex Technology Inc.", "Company"),
        ("Skyhigh Fund II", "Skyhigh Fund III", ""),
        ("Siemens AG China", "Siemens GmbH", "Company"),
        ("J. Smith", "Jonh Smith", "Person"),
        ("Hik Vision", "Hikvision", ""),
        ("Banco Santander Chile", "Banco Santander Mexico", "Company"),
        ("Polytex " * 40, "Polytex " * 30 + "Gornyak " * 30, ""),
    ],
)
@pytest.mark.parametrize("country", ["", "cn"])
def test_the_weights_add_up_to_the_log_odds_of_the_score(left: str, right: str, schema: str, country: str) -> None:
    hit = compared(left, right, schema, (country, "us"))
    assert hit.score > 0
    assert adds_up(hit)


@given(NAMES, NAMES, st.sampled_from(["", "Company", "Person"]), st.sampled_from(["", "cn", "us"]))
@settings(max_examples=100, deadline=None)
def test_any_waterfall_adds_up_and_is_in_known_words(left: str, right: str, schema: str, country: str) -> None:
    hit = compared(left, right, schema, (country, "cn"))
    if hit.score == 0:
        assert hit.reasons == ()
        return
    assert adds_up(hit)
    assert {reason.feature for reason in hit.reasons} <= KNOWN
    assert all(reason.weight for reason in hit.reasons)


@given(NAMES, NAMES)
@settings(max_examples=50, deadline=None)
def test_the_strongest_reason_stands_first_and_the_start_last(left: str, right: str) -> None:
    hit = compared(left, right)
    strength = [abs(reason.weight) for reason in hit.reasons if reason.feature not in STEPS]
    assert strength == sorted(strength, reverse=True)
    assert all(reason.feature in STEPS for reason in hit.reasons[len(strength) :])


def test_a_hit_of_a_list_is_explained_like_a_comparison() -> None:
    text = "Hangzhou Hikvision Digital Technology Co., Ltd."
    index = match.build(
        [("hik", text, "name", "Company", "cn"), ("axis", "Axis Communications AB", "name", "Company", "se")]
    )
    asked = Query("Hangzhou Hikvison Digital", "Company", "cn")
    hit = match.find(index, [asked], threshold=0)[0].hits[0]
    assert hit.reasons == match.compare(asked, Query(text, "Company", "cn")).reasons
    assert adds_up(hit)


def test_a_nearest_candidate_that_is_no_hit_is_explained_too() -> None:
    index = match.build([("lorex", "Lorex Technology Inc.", "name", "Company", "ca")])
    nearest = match.find(index, [Query("Jorex Lorex India")], threshold=0.99)[0].nearest
    assert nearest is not None
    assert adds_up(nearest)
    assert nearest.reasons


def test_words_that_agree_are_named() -> None:
    hit = compared("Polytex Gornyak", "Polytex Gornyak")
    told = {(reason.query, reason.candidate) for reason in about(hit, "same word")}
    assert told <= {("polytex", "polytex"), ("gornyak", "gornyak")}
    assert told or about(hit, "the whole name is the same")


def test_a_name_that_many_may_bear_is_told_to_be_one() -> None:
    hit = compared("Li Wei", "Li Wei", "Person")
    assert [reason.weight < 0 for reason in about(hit, LIMIT)] == [True]
    assert adds_up(hit)


def test_left_over_words_are_named_on_their_side() -> None:
    hit = compared("Polytex Gornyak", "Polytex Dolgorukovskoye")
    told = {(r.feature, r.query, r.candidate) for r in hit.reasons if r.weight < 0}
    texts = {(query, candidate) for _, query, candidate in told}
    assert {("gornyak", ""), ("", "dolgorukovskoye"), ("gornyak", "dolgorukovskoye")} & texts
    for feature, query, candidate in told:
        if feature == "word not in the listed name":
            assert (query, candidate) == ("gornyak", "")
        if feature == "word not in the query":
            assert (query, candidate) == ("", "dolgorukovskoye")


def test_what_the_listed_name_has_more_is_named() -> None:
    hit = compared("Polytex", "Polytex Dolgorukovskoye")
    named = {reason.candidate for reason in hit.reasons if reason.weight < 0}
    assert any("dolgorukovskoye" in text for text in named)


@pytest.mark.parametrize(
    ("left", "right", "schema", "countries", "feature", "texts"),
    [
        ("Skyhigh Fund II", "Skyhigh Fund III", "", ("", ""), "different number", ("2", "3")),
        ("Siemens AG", "Siemens GmbH", "", ("", ""), "different legal person", ("ag", "gmbh")),
        ("Polytex", "Polytex", "", ("cn", "us"), "country clashes", ("cn", "us")),
        ("Polytex Chile", "Polytex Mexico", "", ("", ""), "different place", ("chile", "mexico")),
    ],
)
def test_what_parts_two_names_is_told_with_both_texts(
    left: str, right: str, schema: str, countries: tuple[str, str], feature: str, texts: tuple[str, str]
) -> None:
    told = about(compared(left, right, schema, countries), feature)
    assert [(reason.query, reason.candidate) for reason in told] == [texts]
    assert told[0].weight < 0


def test_an_agreeing_country_is_told_with_the_country() -> None:
    told = about(compared("Polytex Gornyak", "Polytex Kvantek", "", ("cn", "cn")), "country agrees")
    assert [(reason.query, reason.candidate) for reason in told] == [("cn", "cn")]
    assert told[0].weight > 0


def test_a_slip_is_shown_with_both_spellings() -> None:
    pairs = {(reason.query, reason.candidate) for reason in compared("Polytex Gornyak", "Politex Gornyak").reasons}
    assert ("polytex", "politex") in pairs


def test_a_name_of_many_words_has_a_waterfall_that_can_be_read() -> None:
    left = " ".join(f"gorn{letter}ak" for letter in "abcdefghijklmnopqrstuvwxyz")
    right = " ".join(f"polt{letter}ex" for letter in "abcdefghijklmnopqrstuvwxyz")
    hit = compared(f"Kvantek {left}", f"Kvantek {right}")
    assert adds_up(hit)
    assert len(hit.reasons) <= 60
