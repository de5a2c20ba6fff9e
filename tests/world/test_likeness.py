"""Names alike join where something stands beside them, nothing against them, and nobody else would do."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import named
from underlabel.model import Identifier, Link, Name, Party, Source
from underlabel.world.candidates import candidates
from underlabel.world.join import clusters, joins
from underlabel.world.likeness import RANK, likenesses


def likely(*parties: Party) -> set[tuple[str, str]]:
    return {one.pair for one in likenesses(parties, candidates(parties))}


def reason(*parties: Party) -> str:
    """Give the reason of the one join by likeness among these."""
    (one,) = likenesses(parties, candidates(parties))
    assert one.rank == RANK
    return one.reason


def cited(one: Party, text: str) -> Party:
    return msgspec.structs.replace(one, source=Source(one.source.dataset, text=text))


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("Aerospace Kestrel Organisation", "Kestrel Aerospace Organization", "ir"),
        ("Kestrelski Optiko-Mekhanicheskiy Zavod", "Kestrelsky Optiko Mekhanicheskii Zavod", "ru"),
        ("Kestrel Radio-Works JSC", "Joint Stock Company Kestrel Radioworks", "ru"),
        ("Kestrel Naval Defence Industries (KNDI)", "Kestrel Naval Defense Industries", "ir"),
        ("Jiangxi Kestrel Aviation Industry Group", "Jiangxi Kestrel Aviation Ind. Group", "cn"),
        ("Behnam Kestrelari Trading House", "Behnam Kesstrelari Trading House", "ir"),
        ("Общество «Кестрелский приборный завод»", "Obshchestvo Kestrelski pribornyi zavod", "ru"),
    ],
)
def test_another_spelling_of_a_name_joins_in_one_seat(left: str, right: str, country: str) -> None:
    one, other = named("a", left, country=country), named("b", right, country=country)
    assert likely(one, other) == {(one.id, other.id)}
    elsewhere = named("b", right, country="de")
    assert not likely(one, elsewhere)


@pytest.mark.parametrize(
    ("left", "right", "country"),
    [
        ("Kestrel Research Institute 13", "Kestrel Research Institute 38", "cn"),
        ("Kestrel Marine Industries Group", "Kestrel Missile Industries Group", "ir"),
        ("Kestrel Finance Holding House", "Kestrel France Holding House", "gb"),
        ("Xi'an Kestrel Tianhui Data", "Xi'an Kestrel Tianhua Data", "cn"),
        ("Kestrel Trading LLC", "Kestrel Trading JSC", "ru"),
        ("Kestrel Aero Systems, Inc.", "Kestrel Aero System Pte. Ltd.", "us"),
        ("Kestrel Widget Works", "Kestrel Widget Works Second Branch", "us"),
        ("Kvant", "Kvants", "ru"),
    ],
)
def test_a_near_miss_does_not_join_in_one_seat(left: str, right: str, country: str) -> None:
    assert not likely(named("a", left, country=country), named("b", right, country=country))


def test_the_reason_tells_both_names_what_stands_beside_them_and_who_comes_next() -> None:
    one = named("a", "Kestrel Harbour Industries", country="ir")
    other = named("b", "Kestrel Harbour Industry", country="ir")
    third = named("b", "Kestrel Quarry", country="ir")
    assert reason(one, other, third) == (
        "names alike 0.92: 'Kestrel Harbour Industries' ~ 'Kestrel Harbour Industry'; both IR; "
        "next nearest 'Kestrel Quarry' 0.39"
    )
    assert reason(one, other).endswith("; nobody else near")


def test_two_that_would_do_as_well_join_neither() -> None:
    one = named("a", "Kestrel Harbour Industries", country="ir")
    rivals = [named("b", text, country="ir") for text in ("Kestrel Harbour Industry", "Harbour Kestrel Industry")]
    assert not likely(one, *rivals)


def test_a_list_that_holds_the_body_already_gives_no_second_record_of_it() -> None:
    one, same = (
        named("a", "Kestrel Harbour Industries", country="ir"),
        named("b", "KESTREL HARBOUR INDUSTRIES", country="ir"),
    )
    assert not likely(one, same, named("b", "Kestrel Harbour Industry", country="ir"))


def test_other_numbers_of_one_register_keep_names_alike_apart() -> None:
    one, other = (
        named("a", "Kestrel Harbour Works JSC", country="ru"),
        named("b", "JSC Harbour Kestrel Works", country="ru"),
    )
    assert likely(one, other)
    left, right = (
        msgspec.structs.replace(each, identifiers=(Identifier("tax:ru", number),))
        for each, number in ((one, "77"), (other, "78"))
    )
    assert not likely(left, right)


def test_a_seat_that_is_not_stated_is_made_good_by_a_citation_or_by_the_regulation() -> None:
    bare, seated = named("a", "Kestrel Radio", country=""), named("b", "Radio Kestrel", country="ru")
    assert not likely(bare, seated)
    assert likely(cited(bare, "87 FR 13141"), cited(seated, "87 FR 13143, 3/9/22"))
    assert not likely(cited(bare, "87 FR 13141"), cited(seated, "88 FR 13143, 3/9/23"))
    listed = msgspec.structs.replace(bare, source=Source("a", locator="Russia, Schedule 1, Part 2, item 7"))
    assert "listed under 'Russia', seat RU" in reason(listed, seated)


def test_a_body_without_a_seat_does_not_tie_two_seats_together() -> None:
    bare = named("a", "Kestrel Harbour Industries Bureau", country="")
    one = named("b", "Kestrel Harbour Industry Bureau", country="ir")
    abroad = named("c", "Harbour Industry Bureau Kestrel", country="sy")
    assert likely(bare, one)
    assert not likely(bare, one, abroad)


def test_a_seat_that_is_known_from_a_number_counts() -> None:
    bare, ours = named("a", "Kestrel Harbour Industries Bureau", country=""), named("b", "Heron Bureau", country="ir")
    bare, ours = (msgspec.structs.replace(one, identifiers=(Identifier("lei", "1"),)) for one in (bare, ours))
    abroad = named("c", "Kestrel Harbour Industry Bureau", country="sy")
    assert likely(bare, abroad)
    assert not likely(bare, ours, abroad)


def test_a_name_of_one_word_needs_more_than_a_seat_unless_it_is_long() -> None:
    short = [named(list_, text, country="ru") for list_, text in (("a", "Almaz JSC"), ("b", "PJSC Almaz"))]
    long = [
        named(list_, text, country="ru")
        for list_, text in (("a", "Kestrelmashzavod JSC"), ("b", "PJSC Kestrelmashzavod"))
    ]
    built = [named(list_, text, country="ru") for list_, text in (("a", "Radiopribor JSC"), ("b", "PJSC Radiopribor"))]
    assert not likely(*short)
    assert likely(*long)
    assert not likely(*built)


def test_an_alias_that_two_firms_of_a_group_share_joins_neither() -> None:
    one = named("a", "Kestrel Wuhan Optics", Name("Kestrel Measurement Group", "alias"), country="cn")
    other = named("b", "Heron Wuhan Data", Name("Measurement Group Kestrel", "alias"), country="cn")
    assert not likely(one, other)


@pytest.mark.parametrize("schema", ["Person", "Vessel", "Airplane", "Address"])
def test_what_is_no_body_never_joins_by_likeness(schema: str) -> None:
    one = named("a", "Kestrel Harbour Industries", country="ir", schema=schema)
    other = named("b", "Kestrel Harbour Industry", country="ir", schema=schema)
    assert not likely(one, other)


def test_a_name_that_may_be_a_persons_does_not_join() -> None:
    one, other = (
        cited(named(list_, text, country="us", schema="LegalEntity"), "89 F.R. 52852")
        for list_, text in (("a", "Kestrel, Roberta Wise"), ("b", "Roberta Wise Kestrel"))
    )
    assert not likely(one, other)
    assert likely(*(msgspec.structs.replace(each, schema="Company") for each in (one, other)))


def test_joins_by_likeness_come_last_and_can_be_undone() -> None:
    one = named("a", "Kestrel Harbour Industries", country="ir")
    other = named("b", "Kestrel Harbour Industry", country="ir")
    (link,) = joins([one, other])
    assert link.evidence.startswith("names alike 0.92")
    assert clusters([link])[other.id] == one.id
    parted = Link(id="x", kind="same_as", src=one.id, dst=other.id, status="refuted", source=Source("parted"))
    assert joins([one, other], parted=[parted]) == ()


WORDS = st.sampled_from(
    ["Kestrel", "Heron", "Harbour", "Industries", "Industry", "Organisation", "Organization", "7", "8"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.lists(WORDS, min_size=1, max_size=4)), max_size=8), st.integers())
def test_the_order_of_the_parties_leaves_no_trace_and_no_pair_is_of_one_list(
    told: list[tuple[str, list[str]]], seed: int
) -> None:
    made = [named(list_, " ".join(words), id_=f"{list_}:{at}", country="ir") for at, (list_, words) in enumerate(told)]
    shuffled = made[:]
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, no secret
    found = likenesses(made, candidates(made))
    assert likenesses(shuffled, candidates(shuffled)) == found
    lists = {each.id: each.source.dataset for each in made}
    assert all(lists[one.pair[0]] != lists[one.pair[1]] for one in found)
