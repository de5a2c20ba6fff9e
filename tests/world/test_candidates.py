"""Numbers and seats decide who is joined: what is unique joins, what differs keeps apart, slips join nobody."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import curated, named
from underlabel.model import Identifier, Party
from underlabel.world.join import clusters, joins


def numbered(dataset: str, name: str, *numbers: str, country: str = "", schema: str = "Company") -> Party:
    """Make a party with numbers, written "scheme value"."""
    told = "-".join((name, *numbers)).replace(":", " ")
    made = named(dataset, name, country=country, schema=schema, id_=f"{dataset}:{told}")
    identifiers = tuple(Identifier(*one.split(" ")) for one in numbers)
    return msgspec.structs.replace(made, identifiers=identifiers)


def seated(dataset: str, name: str, *countries: str) -> Party:
    return msgspec.structs.replace(
        named(dataset, name, id_=f"{dataset}:{name}{countries}", country=""), countries=countries
    )


def together(*parties: Party) -> bool:
    """Whether all of them are joined into one."""
    stands = clusters(joins(parties))
    return len({stands.get(one.id, one.id) for one in parties}) == 1


def test_a_number_of_a_register_joins_whatever_the_name() -> None:
    for number in ("registration:ru 1026801010994", "tax:ru 7726531639", "lei 5493001KJTIIGC8Y1R12"):
        assert together(
            numbered("a", "Tambovskii Porokhovoi Zavod", number), numbered("b", "Gunpowder Works of T.", number)
        )


def test_the_same_number_in_the_registers_of_two_countries_does_not_join() -> None:
    one, other = (numbered(list_, "Acme", number) for list_, number in (("a", "tax:ru 77"), ("b", "tax:by 77")))
    assert not together(one, other)


@pytest.mark.parametrize("scheme", ["un-ref", "registration:ae", "tax:co"])
def test_a_number_that_lists_get_wrong_now_and_then_needs_a_word_of_a_name(scheme: str) -> None:
    kempes = numbered("un", "KEMPES SANON", f"{scheme} HTi.009", schema="Person")
    assert not together(kempes, numbered("uk", "Dimitri Herard", f"{scheme} HTi.009", schema="Person"))
    assert together(kempes, numbered("uk", "Sanon Kempes Jr", f"{scheme} HTi.009", schema="Person"))


def test_a_number_that_two_records_of_one_list_bear_needs_a_whole_name() -> None:
    bank, branch = numbered("a", "Development Bank", "tax:ru 1"), numbered("a", "Belbank", "tax:ru 1")
    ours = numbered("b", "Development Bank", "tax:ru 1")
    stands = clusters(joins([bank, branch, ours]))
    assert stands[bank.id] == stands[ours.id]
    assert branch.id not in stands


def test_the_number_of_a_shipping_company_is_no_ships() -> None:
    assert not together(
        numbered("un", "Koti Corp", "imo 5982254"), numbered("uk", "Koti", "imo 5982254", schema="Vessel")
    )
    ship = numbered("un", "Old Name", "imo 9216298", schema="Vessel")
    assert together(ship, numbered("uk", "New Name", "imo 9216298", schema="Vessel")), "ships are renamed"


@pytest.mark.parametrize("scheme", ["lei", "uscc", "tax:ru", "registration:ru"])
def test_one_name_and_different_numbers_are_different_companies(scheme: str) -> None:
    one, other = (numbered(list_, "Zvezda JSC", f"{scheme} {list_}", country="ru") for list_ in "ab")
    assert not together(one, other)
    nameless = numbered("c", "Zvezda JSC", country="ru")
    assert not together(one, other, nameless), "nor do they come together by a third"


def test_two_entries_of_one_list_that_bear_one_name_and_their_own_numbers_stay_apart() -> None:
    first, second = (numbered("sdn", "Legion Komplekt LLC", f"ofac-uid {uid}") for uid in (45946, 50427))
    copies = [numbered("csl", "Legion Komplekt LLC", f"ofac-uid {uid}", country="ru") for uid in (45946, 50427)]
    stands = clusters(joins([first, second, *copies]))
    assert stands[first.id] == stands[copies[0].id] != stands[second.id] == stands[copies[1].id]


def test_records_that_state_a_country_in_common_have_one_seat() -> None:
    assert together(seated("a", "Acme Works Ltd", "hk", "cn"), seated("b", "Acme Works Ltd", "cn"))
    assert not together(seated("a", "Acme Works Ltd", "hk"), seated("b", "Acme Works Ltd", "cn"))


def test_addresses_in_two_countries_do_not_keep_a_record_without_a_seat_away() -> None:
    ours = curated("huawei", "Huawei Works Co., Ltd.")
    theirs, nowhere = seated("csl", "Huawei Works Co., Ltd.", "hk", "cn"), seated("dod", "Huawei Works Co., Ltd.")
    assert together(ours, theirs, nowhere)
    assert not together(ours, theirs, nowhere, seated("el", "Huawei Works Co., Ltd.", "ar"))


def test_a_record_without_a_seat_is_where_the_record_of_its_number_is() -> None:
    plain = numbered("sdn", "Spacetime S.A.", "ofac-uid 40478")
    abroad = numbered("csl", "Spacetime Luxembourg", "ofac-uid 40478", country="lu")
    parent = named("el", "Spacetime S.A.", country="cn")
    assert together(plain, parent), "as far as is known"
    stands = clusters(joins([plain, abroad, parent]))
    assert stands[plain.id] == stands[abroad.id]
    assert parent.id not in stands


def test_a_name_that_many_records_of_one_list_bear_joins_nothing() -> None:
    many = [seated("a", "General Trading LLC", "ae", *"x" * bool(at), f"c{at}") for at in range(9)]
    assert joins([*many, seated("b", "General Trading LLC", "ae")]) == ()
    assert joins([*many[:8], seated("b", "General Trading LLC", "ae")])


NUMBERS = st.lists(st.sampled_from(["lei 1", "lei 2", "un-ref 1", "tax:ru 1", "ofac-uid 1", "ofac-uid 2"]), max_size=2)
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["Acme Works Ltd", "Acme Holding Ltd", "Beta Mining Ltd"]),
        NUMBERS,
        st.lists(st.sampled_from(["cn", "hk", "ru"]), max_size=2, unique=True),
    ),
    max_size=7,
)


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_numbers_and_seats_join_alike_in_any_order_and_keep_different_numbers_apart(
    rows: list[tuple[str, str, list[str], list[str]]], order: random.Random
) -> None:
    made = [
        msgspec.structs.replace(numbered(list_, name, *numbers), id=f"{list_}:{at}", countries=tuple(countries))
        for at, (list_, name, numbers, countries) in enumerate(rows)
    ]
    found = joins(made)
    shuffled = list(made)
    order.shuffle(shuffled)
    assert joins(shuffled) == found
    stands = clusters(found)
    by_group: dict[str, list[Party]] = {}
    for one in made:
        by_group.setdefault(stands.get(one.id, one.id), []).append(one)
    for group in by_group.values():
        for list_ in "abc":
            assert len({one.caption for one in group if one.id.startswith(list_)}) <= 1
        # A record that states two numbers itself lets both in; without one, no two different ones come together.
        stated = [{n.value for n in one.identifiers if n.scheme == "lei"} for one in group]
        if all(len(one) < 2 for one in stated):
            assert len(set().union(*stated)) <= 1
