"""One body on many lists is joined, strangers stay apart, and every link says why."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import curated, named, party
from underlabel.model import Identifier, Name, Party
from underlabel.world.join import clusters, joins


def pairs(*parties: Party) -> set[tuple[str, str]]:
    return {(link.src, link.dst) for link in joins(parties)}


def alias(text: str) -> Name:
    return Name(text, "alias")


def test_one_company_on_two_lists_is_joined_with_a_reason() -> None:
    one, other = party("Acme Works Co., Ltd.", "a"), party("ACME WORKS COMPANY LIMITED", "b")
    (link,) = joins([one, other])
    assert {link.src, link.dst} == {one.id, other.id}
    assert "same name form" in link.evidence


@pytest.mark.parametrize(
    "other",
    [
        party("Acme Works Co., Ltd.", "b", country="us"),
        named("b", Name("Acme Works Co., Ltd.", "weak")),
        party("Acme Works Co., Ltd.", "b", schema="Person"),
        party("Acme Works Co., Ltd.", "b", schema="Vessel"),
        party("Acme Works Co., Ltd.", "a"),
    ],
)
def test_another_seat_a_weak_name_a_person_a_ship_or_the_same_list_does_not_join(other: Party) -> None:
    assert joins([party("Acme Works Co., Ltd.", "a"), other]) == ()


def test_a_record_without_a_seat_joins_where_all_others_agree_on_one() -> None:
    nowhere = party("Acme Works Company", "fcc", country="")
    seated = curated("acme", "Zhejiang Acme Works Co., Ltd.", "Acme Works Company")
    assert pairs(nowhere, seated) == {("acme", nowhere.id)}
    abroad = party("Acme Works Company", "b", country="us")
    assert pairs(nowhere, seated, abroad) == set()


@pytest.mark.parametrize("schema", ["Person", "LegalEntity"])
def test_a_record_without_a_seat_that_may_be_a_person_does_not_join(schema: str) -> None:
    assert pairs(party("Wang Wei", "a", country="", schema=schema), party("Wang Wei", "b")) == set()


def test_where_nobody_states_a_seat_a_name_with_a_legal_form_joins() -> None:
    assert pairs(party("Acme Works Ltd", "a", country=""), party("ACME WORKS LIMITED", "b", country=""))
    assert not pairs(party("Acme Works", "a", country=""), party("ACME WORKS", "b", country=""))


def test_an_alias_of_one_word_never_joins() -> None:
    bureau = named("a", "Dolgy Design Bureau of Automatics", alias("Dolgy"))
    assert pairs(bureau, named("b", "Dolgy")) == set()
    assert pairs(named("a", "Dolgy Works", alias("Acme Dolgy")), named("b", "Acme Dolgy"))


def test_two_aliases_do_not_join_but_a_name_on_one_side_does() -> None:
    left = named("a", "Left Works Ltd", alias("Shared Short Name"))
    assert not pairs(left, named("b", "Right Works Ltd", alias("Shared Short Name")))
    for name in (Name("Shared Short Name", "previous"), Name("Shared Short Name", "name")):
        assert pairs(left, named("b", "Right Works Ltd", name))


def test_a_bare_name_that_may_be_a_persons_does_not_join() -> None:
    wang = named("a", "Wang Wei", alias("Jack Wang"), schema="LegalEntity")
    assert pairs(wang, named("b", "Jack Wang", schema="LegalEntity")) == set()
    assert pairs(wang, named("c", "Wang Wei", schema="LegalEntity")) == set()
    works = [named(dataset, "Ferro Enterprise", schema="LegalEntity") for dataset in "ab"]
    assert pairs(*works)


def test_two_curated_parties_never_become_one() -> None:
    mother = curated("acme-holding", "Acme Holding Co., Ltd.")
    works = curated("acme", "Acme Works Co., Ltd.")
    row = named("b", "Acme Works Co., Ltd.", alias("Acme Holding Co., Ltd."))
    assert pairs(mother, works, row) == {("acme", row.id)}


def test_two_records_of_one_list_with_different_names_never_become_one() -> None:
    works, holding = named("b", "Acme Works Co., Ltd."), named("b", "Acme Holding Co., Ltd.")
    both = named("a", "Acme Works Co., Ltd.", alias("Acme Holding Co., Ltd."))
    assert pairs(works, holding, both) == {(both.id, works.id)}


def test_one_name_with_and_without_its_initials_is_no_stranger() -> None:
    plain, with_initials = named("b", "Acme Works and Mining Corps"), named("b", "Acme Works and Mining Corps (AWMC)")
    ours = curated("awmc", "Acme Works and Mining Corps", "Acme Works and Mining Corps (AWMC)")
    found = clusters(joins([plain, with_initials, ours]))
    assert found[plain.id] == found[with_initials.id] == "awmc"


def test_a_number_joins_before_a_name_does() -> None:
    works = named("b", "Acme Works Ltd")
    other = Party(
        id="b:other",
        schema="Company",
        names=(Name("Acme Old Name Ltd"),),
        identifiers=(Identifier("uscc", "1"),),
        source=works.source,
    )
    ours = Party(
        id="acme",
        schema="Company",
        names=(Name("Acme Works Ltd"),),
        countries=("cn",),
        identifiers=(Identifier("uscc", "1"),),
        source=curated("x", "x").source,
    )
    assert pairs(works, other, ours) == {("acme", "b:other")}


NAMES = st.sampled_from(["Acme Works Ltd", "Acme Holding Ltd", "Beta Mining Ltd", "Beta Works Ltd"])
PARTIES = st.lists(
    st.tuples(st.sampled_from("abc"), NAMES, st.lists(NAMES, max_size=2), st.booleans()),
    max_size=7,
    unique_by=lambda one: one[:2],
)


@given(PARTIES, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_joins_do_not_depend_on_order_and_keep_strangers_apart(
    rows: list[tuple[str, str, list[str], bool]], order: random.Random
) -> None:
    made = [
        named(dataset, name, *map(alias, aliases), id_=f"{dataset}{name}" if ours else "")
        for dataset, name, aliases, ours in rows
    ]
    found = joins(made)
    shuffled = list(made)
    order.shuffle(shuffled)
    assert joins(shuffled) == found
    stands_for = clusters(found)
    together: dict[str, list[Party]] = {}
    for one in made:
        together.setdefault(stands_for.get(one.id, one.id), []).append(one)
    for group in together.values():
        assert sum(":" not in one.id for one in group) <= 1
        for dataset in "abc":
            assert len({one.caption for one in group if one.source.dataset == dataset}) <= 1


def test_records_of_different_lists_in_one_compilation_join_and_need_not_bear_one_main_name() -> None:
    entity = named("us_csl", "Works Bureau of the Region", "Works Bureau", id_="us_csl:el:1")
    frozen = named("us_csl", "Works Bureau", "Works Bureau of the Region", id_="us_csl:ofac:2")
    assert {(link.src, link.dst) for link in joins([entity, frozen])} == {(entity.id, frozen.id)}
    other = named("us_csl", "Works Bureau", id_="us_csl:el:3")
    assert not [link for link in joins([entity, other]) if {link.src, link.dst} == {entity.id, other.id}]
