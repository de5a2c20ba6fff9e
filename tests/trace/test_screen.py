"""Screening: every row has its answer, and a miss says what was searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists, match, trace, world
from underlabel.model import (
    Asked,
    AskedPair,
    Facts,
    FactsMissingError,
    Identifier,
    Listing,
    Name,
    Party,
    Query,
    Screened,
    Source,
    UsageError,
    exact,
)
from underlabel.model import Dataset as Edition

TODAY = date(2026, 11, 23)
HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."


def screened(facts: world.World, *rows: Asked | Query | str, **more: object) -> list[Screened]:
    terms = trace.Terms(**{"as_of": TODAY, **more})  # type: ignore[arg-type]
    return list(trace.screen(facts, rows, terms))


def test_a_party_on_several_lists_gives_one_hit_for_each_with_one_score(starter: world.World) -> None:
    (one,) = screened(starter, HIKVISION)
    assert [hit.list for hit in one.hits] == [
        "us_bis_entity_list",
        "us_dod_1260h",
        "us_fcc_covered",
        "us_ndaa_889",
        "us_ofac_nscmic",
    ]
    assert {hit.party for hit in one.hits} == {"hikvision"}
    assert len({hit.hit.score for hit in one.hits}) == 1
    assert one.hits[0].hit.score >= match.DEFAULT_THRESHOLD
    assert one.hits[0].hit.reasons
    assert one.nearest is None


def test_the_source_id_is_the_publishers_own_where_it_gives_one(starter: world.World) -> None:
    (one,) = screened(starter, HIKVISION)
    by_list = {hit.list: hit.source_id for hit in one.hits}
    assert by_list["us_ofac_nscmic"] == "30946"
    assert by_list["us_bis_entity_list"] == "hikvision"


def test_only_the_lists_asked_for_are_searched(starter: world.World) -> None:
    (one,) = screened(starter, HIKVISION, lists=("us_fcc_covered_list", "us_ofac_nscmic"))
    assert [hit.list for hit in one.hits] == ["us_fcc_covered", "us_ofac_nscmic"]
    assert one.searched.lists == ("us_fcc_covered", "us_ofac_nscmic")


def test_a_miss_says_what_was_searched_and_what_came_nearest(starter: world.World) -> None:
    (one,) = screened(starter, HIKVISION, lists=("us_ofac_sdn",))
    assert one.hits == ()
    assert one.searched.versions == {"us_ofac_sdn": "2026-07-31"}
    assert one.searched.extracts == ("us_ofac_sdn",)
    assert one.searched.as_of == TODAY
    assert one.searched.candidates > 500
    assert one.nearest is not None
    assert one.nearest.party == "hikvision"
    assert "which was not searched" in one.nearest.standing
    assert "us_bis_entity_list" in one.nearest.standing


def test_before_it_was_listed_a_party_is_no_hit(starter: world.World) -> None:
    (one,) = screened(starter, HIKVISION, as_of=date(2019, 1, 1), lists=("us_bis_entity_list",))
    assert one.hits == ()
    assert one.nearest is not None
    assert one.nearest.standing.endswith("on 2019-01-01 (listed since 2019-10-09)")


def test_a_party_on_no_list_is_a_hit_only_when_asked_for(starter: world.World) -> None:
    (plain,) = screened(starter, "Lorex Technology Inc.")
    (whole,) = screened(starter, "Lorex Technology Inc.", unlisted=True)
    assert "lorex" not in {hit.party.partition("-")[0] for hit in plain.hits}
    assert whole.hits[0].party.startswith("lorex")
    assert whole.hits[0].list == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("?!...", "no letter"),
        ("Co., Ltd.", "organisation type"),
        ("\u200b\u202e", "no letter"),
        ("Hikvision " * 2_000, "too long"),
    ],
)
def test_what_is_no_name_is_rejected_with_the_reason(starter: world.World, text: str, why: str) -> None:
    (one,) = screened(starter, text)
    assert why in one.rejected
    assert one.hits == ()


def test_an_identifier_finds_a_party_whose_name_says_nothing(starter: world.World) -> None:
    (one,) = screened(starter, Query("???", identifiers=("uscc:91330000733796106P",)))
    assert {hit.party for hit in one.hits} == {"hikvision"}
    assert one.hits[0].hit.kind == "identifier"


def test_a_row_that_could_not_be_read_keeps_its_place(starter: world.World) -> None:
    broken = Asked(row=3, query=Query(""), broken="a quote is broken")
    first, second, third = screened(starter, "Dahua Technology", broken, HIKVISION)
    assert (second.asked.row, second.rejected) == (3, "a quote is broken")
    assert first.hits
    assert third.hits


def test_rows_stream_through_in_batches_and_are_never_all_held(starter: world.World) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "Axis Communications AB"

    answers = list(islice(trace.screen(starter, endless(), trace.Terms(as_of=TODAY)), 1_500))
    assert len(answers) == 1_500
    assert taken <= 4_000


def test_no_more_parties_than_asked_for_and_it_is_said(starter: world.World) -> None:
    (wide,) = screened(starter, "Public Security Bureau", threshold=0.05, top=50)
    (one,) = screened(starter, "Public Security Bureau", threshold=0.05, top=1)
    assert len({hit.party for hit in wide.hits}) > 1
    assert len({hit.party for hit in one.hits}) == 1
    assert one.searched.cut


def test_an_unknown_list_and_one_not_loaded_are_errors(starter: world.World) -> None:
    with pytest.raises(UsageError, match="no list 'us_ofac_sdm'"):
        screened(starter, HIKVISION, lists=("us_ofac_sdm",))
    with pytest.raises(FactsMissingError, match="us_cbp_wro is not loaded"):
        screened(starter, HIKVISION, lists=("us_cbp_wro",))


def test_counting_says_what_the_surest_hit_rests_on(starter: world.World) -> None:
    count = trace.Count()
    rows: list[str | Query] = [
        HIKVISION,
        "",
        Query("???", identifiers=("uscc:91330000733796106P",)),
        "Zorblatt Gartenzwerge",
    ]
    list(count.over(trace.screen(starter, rows, trace.Terms(as_of=TODAY))))
    assert (count.rows, count.hits, count.misses, count.rejected) == (4, 2, 1, 1)
    assert count.kinds == {"name only": 1, "identifier": 1}


SOURCE = Source(dataset="test")
DAY = exact(date(2020, 1, 1))


def made(folder: object, parties: list[Party], list_id: str) -> world.World:
    """Build a World of one list."""
    listings = tuple(
        Listing(id=f"{one.id}/{list_id}", source=SOURCE, subject=one.id, list=list_id, since=DAY) for one in parties
    )
    edition = Edition(id=list_id, kind="list", title=list_id, edition=date(2026, 1, 1), lists=(list_id,))
    facts = Facts(dataset=edition, parties=tuple(parties), listings=listings)
    snapshot = world.build(folder, (facts,))  # type: ignore[arg-type]
    return world.World(snapshot, label="test")


@pytest.mark.parametrize(
    ("list_id", "party", "identifiers", "expected"),
    [
        ("us_ofac_sdn", "us_ofac_sdn:12345", (("ofac-uid", "12345"), ("imo", "9000000")), "12345"),
        ("us_ofac_sdn", "us_csl:ofac:777", (("ofac-uid", "777"),), "777"),
        ("un_sc", "un_sc:KPe.001", (("un-ref", "KPe.001"), ("un-dataid", "1")), "KPe.001"),
        ("gb_sanctions", "gb_sanctions:RUS0001", (("ofsi-group", "14079"),), "RUS0001"),
        ("eu_fsf", "eu_fsf:13", (("eu-ref", "EU.27.28"),), "EU.27.28"),
        ("eu_fsf", "eu_fsf:13", (), "13"),
        ("us_bis_entity_list", "us_bis_entity_list:0123456789ab", (), "us_bis_entity_list:0123456789ab"),
        ("ftm", "ftm:NK-abc", (), "NK-abc"),
    ],
)
def test_each_publishers_own_id_is_found_where_its_list_keeps_it(
    tmp_path_factory: pytest.TempPathFactory,
    list_id: str,
    party: str,
    identifiers: tuple[tuple[str, str], ...],
    expected: str,
) -> None:
    one = Party(
        id=party,
        source=SOURCE,
        schema="Company",
        names=(Name("Zorblatt Gartenzwerge GmbH"),),
        identifiers=tuple(Identifier(*pair) for pair in identifiers),
    )
    facts = made(tmp_path_factory.mktemp("made"), [one], list_id)
    (found,) = screened(facts, "Zorblatt Gartenzwerge GmbH")
    assert [(hit.list, hit.source_id) for hit in found.hits] == [(list_id, expected)]


@given(rows=st.lists(st.sampled_from([HIKVISION, "", "Dahua Technology", "Lorex", "..."]), max_size=8))
@settings(max_examples=30, deadline=None)
def test_a_row_is_answered_alike_alone_and_among_others(starter: world.World, rows: list[str]) -> None:
    together = screened(starter, *rows)
    alone = [screened(starter, row)[0] for row in rows]
    assert [(one.hits, one.nearest, one.rejected) for one in together] == [
        (one.hits, one.nearest, one.rejected) for one in alone
    ]


def test_pairs_are_compared_in_order_and_what_is_no_name_is_rejected() -> None:
    names = [("Dahua Technology", "Dahua Technology"), ("Dahua Technology", "Ltd."), ("Axis", "Zorblatt")]
    rows = [AskedPair(row=at, first=Query(a), second=Query(b)) for at, (a, b) in enumerate(names, start=2)]
    same, broken, other = trace.compare(rows)
    assert (same.match, same.rejected) == (True, "")
    assert (broken.match, broken.rejected) == (False, "name2: only an organisation type, no name")
    assert (other.match, other.asked.row) == (False, 4)
    assert [one.match for one in trace.compare(rows[:1], threshold=1.0)] == [False]


def test_on_an_official_file_every_name_leads_to_its_own_number(
    real_data: Callable[[str], Path], tmp_path: Path
) -> None:
    (path,) = real_data("lists/us_ofac_nonsdn_2025-03-28").glob("*.xml*")
    facts = lists.read(path, "us_ofac_cons")
    opened = world.World(world.build(tmp_path, (facts,)), label="test")
    bodies = [one for one in facts.parties if one.schema != "Person"]
    answers = screened(opened, *(Query(one.caption, one.schema) for one in bodies))
    for one, answer in zip(bodies, answers, strict=True):
        (number,) = [each.value for each in one.identifiers if each.scheme == "ofac-uid"]
        assert number in {hit.source_id for hit in answer.hits}, one.caption
