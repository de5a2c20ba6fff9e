"""What holds on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import law
from underlabel.model import UsageError

ONE = timedelta(days=1)
BINDING_REGIMES = (
    *("bis", "ofac", "nscmic", "s889", "fcc", "dod1260h", "uflpa", "uk", "eu", "ukwms", "eu_833"),
    *("bis_dpl", "bis_meu", "bis_uvl", "itar", "isn", "cbp_wro", "dod1286", "un", "ca"),
)


def test_every_regime_users_may_type_is_there_and_no_other() -> None:
    assert law.regimes() == BINDING_REGIMES


@pytest.mark.parametrize(
    ("regime", "day", "before", "after"),
    [
        ("bis", date(2025, 9, 29), "in_force", "in_force"),
        ("bis", date(2025, 11, 10), "in_force", "suspended"),
        ("bis", date(2026, 11, 10), "suspended", "unverified"),
        ("ofac", date(2014, 8, 13), "unverified", "in_force"),
        ("nscmic", date(2021, 1, 11), "not_yet", "in_force"),
        ("nscmic", date(2021, 8, 2), "unverified", "in_force"),
        ("s889", date(2019, 8, 13), "not_yet", "in_force"),
        ("fcc", date(2021, 3, 12), "not_yet", "in_force"),
        ("dod1260h", date(2021, 6, 3), "not_yet", "in_force"),
        ("uflpa", date(2022, 6, 21), "not_yet", "in_force"),
        ("uk", date(2022, 3, 23), "unverified", "in_force"),
        ("ukwms", date(2022, 11, 24), "not_yet", "in_force"),
    ],
)
def test_a_status_changes_on_its_day_and_not_a_day_earlier_or_later(
    regime: str, day: date, before: str, after: str
) -> None:
    assert [law.on(regime, each).status for each in (day - ONE, day, day + ONE)] == [before, after, after]
    assert law.on(regime, day).since == day


@pytest.mark.parametrize(
    ("regime", "day", "before", "after"),
    [
        ("bis", date(2025, 9, 29), (None, False, False), (500_000, False, True)),
        ("bis", date(2025, 11, 10), (500_000, False, True), (None, False, False)),
        ("bis", date(2026, 11, 10), (None, False, False), (500_000, False, True)),
        ("ofac", date(2014, 8, 13), (500_000, False, False), (500_000, False, True)),
        ("s889", date(2019, 8, 13), (None, False, False), (500_000, True, False)),
        ("s889", date(2020, 8, 13), (500_000, True, False), (500_000, True, False)),
        ("fcc", date(2023, 2, 6), (None, False, False), (500_000, True, False)),
        ("uk", date(2022, 3, 23), (500_000, True, False), (500_000, True, False)),
        ("eu", date(2024, 7, 3), (500_000, True, False), (500_000, False, True)),
    ],
)
def test_threshold_strictness_and_adding_up_change_on_their_day(
    regime: str, day: date, before: tuple[int | None, bool, bool], after: tuple[int | None, bool, bool]
) -> None:
    tests = [law.on(regime, each).test for each in (day - ONE, day, day + ONE)]
    assert [(test.threshold, test.strict, test.adds_up) for test in tests] == [before, after, after]


def test_the_affiliates_rule_starts_from_three_lists_and_stops_at_the_us_border() -> None:
    on, off = law.on("bis", date(2025, 10, 15)), law.on("bis", date(2025, 12, 1))
    assert set(on.test.lists) == {"us_bis_entity_list", "us_bis_meu", "us_ofac_sdn"}
    assert on.test.foreign == "us"
    assert on.test.control == ()
    assert off.test.lists == ("us_bis_entity_list",)
    assert "named parties is in force" in off.note


@pytest.mark.parametrize("day", [date(2021, 10, 25), date(2025, 10, 15), date(2026, 3, 1), date(2026, 11, 23)])
def test_a_holding_by_an_entity_list_party_is_a_red_flag_on_every_day(day: date) -> None:
    flag = law.on("bis", day).red_flag
    assert flag is not None
    assert flag.threshold == 1
    assert "us_bis_entity_list" in flag.lists
    assert set(flag.control) == {"controls", "appoints"}


def test_an_unverified_affiliates_rule_gives_both_readings_and_the_headline() -> None:
    ruling = law.on("bis", date(2026, 11, 23))
    assert ruling.rival is not None
    assert ruling.rival.threshold is None
    assert ruling.rival.lists == ("us_bis_entity_list",)
    assert ruling.rival_says
    assert "Treat as in force unless you have seen an extension" in ruling.note


def test_before_a_rule_begins_its_note_says_when_it_begins() -> None:
    ruling = law.on("s889", date(2017, 6, 1))
    assert ruling.status == "not_yet"
    assert ruling.test.lists == ("us_ndaa_889",)
    assert ruling.test.threshold is None
    assert ruling.since == date(2019, 8, 13)
    assert "13 August 2019" in ruling.note
    assert "Enacted 13 August 2018" in ruling.note


def test_section_889_reads_affiliates_as_perhaps_and_the_fcc_as_surely_from_2023() -> None:
    s889, before, fcc = (
        law.on("s889", date(2026, 1, 1)).test,
        law.on("fcc", date(2022, 1, 1)).test,
        law.on("fcc", date(2026, 1, 1)).test,
    )
    assert (s889.affiliate_reach, s889.sideways) == ("may", True)
    assert s889.affiliate is not None
    assert s889.affiliate < 100_000, "a holding of exactly 10 % is to be reviewed"
    assert (before.affiliate, before.affiliate_reach) == (0, "may")
    assert (fcc.affiliate, fcc.affiliate_reach, fcc.sideways) == (100_000, "must", True)


def test_uk_counts_capital_and_votes_each_and_never_adds_up() -> None:
    test = law.on("uk", date(2026, 1, 1)).test
    assert set(test.interests) == {"capital", "votes"}
    assert (test.strict, test.adds_up) == (True, False)
    assert set(test.control) == {"controls", "appoints"}


def test_the_uk_statement_names_no_list_but_a_seat_and_only_video() -> None:
    ruling = law.on("ukwms", date(2026, 1, 1))
    assert ruling.test.lists == ()
    assert ruling.test.seat == "cn"
    assert ruling.products == ("video",)


def test_control_counts_for_1260h_contracts_once_they_are_barred() -> None:
    assert law.on("dod1260h", date(2026, 6, 29)).test.control == ()
    assert law.on("dod1260h", date(2026, 6, 30)).test.control == ("controls", "appoints")


def test_control_never_blocks_for_ofac_but_asks_for_caution() -> None:
    ruling = law.on("ofac", date(2026, 1, 1))
    assert ruling.test.control == ()
    assert ruling.red_flag is not None
    assert "controls" in ruling.red_flag.control


def test_the_sectoral_articles_do_not_start_from_asset_freezes() -> None:
    test = law.on("eu_833", date(2026, 1, 1)).test
    assert (test.threshold, test.strict) == (500_000, True)
    assert "eu_fsf" not in law.start_lists("eu_833")


@settings(max_examples=100, deadline=None)
@given(day=st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)), regime=st.sampled_from(BINDING_REGIMES))
def test_every_regime_has_exactly_one_ruling_on_every_day(day: date, regime: str) -> None:
    periods = law.show(regime).periods
    holding = [one for one in periods if (one.since or date.min) <= day < (one.until or date.max)]
    first = periods[0].since
    ruling = law.on(regime, day)
    if first is not None and day < first:
        assert holding == []
        assert ruling.status == "not_yet"
    else:
        assert len(holding) == 1
        assert (ruling.status, ruling.test) == (holding[0].status, holding[0].test)
    assert ruling.citation
    assert ruling.test.says
    assert (ruling.rival is None) == (ruling.rival_says == "")


def test_an_unknown_regime_is_refused_with_the_nearest_ids() -> None:
    with pytest.raises(UsageError) as caught:
        law.on("s.88", date(2020, 1, 1))
    assert "did you mean s889" in caught.value.hint
    assert "unknown regime 's.88'" in caught.value.what
