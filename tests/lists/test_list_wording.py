"""Names and addresses that lists run together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.lists import kinds, places, wording
from underlabel.model import Name


def test_an_alias_left_inside_a_name_becomes_an_alias() -> None:
    assert wording.names("Neftprom (a.k.a. Neftprom OAO") == (Name("Neftprom"), Name("Neftprom OAO", "alias"))


def test_a_former_name_is_a_previous_name() -> None:
    found = wording.names("Vostok OOO (f.k.a., Obshchestvo Vostok)")
    assert found == (Name("Vostok OOO"), Name("Obshchestvo Vostok", "previous"))


def test_several_aliases_behind_one_announcement_are_parted() -> None:
    found = wording.names("Alpha Works, a.k.a., the following two aliases: Beta Works; and Gamma Works")
    assert [name.text for name in found] == ["Alpha Works", "Beta Works", "Gamma Works"]


def test_a_name_that_only_sounds_like_an_announcement_stays_whole() -> None:
    assert wording.names("Aka Kawasaki Ltd.") == (Name("Aka Kawasaki Ltd."),)


def test_an_unfinished_announcement_leaves_one_name() -> None:
    assert wording.names("Sabanex Company (a.k.a.") == (Name("Sabanex Company"),)


def test_a_pointer_to_another_country_is_no_part_of_the_name() -> None:
    assert wording.names("Example Trader (See alternate address under Singapore)") == (Name("Example Trader"),)


def test_the_joint_of_a_list_is_no_part_of_an_alias() -> None:
    assert wording.aliases(("Beta Works; and",)) == (Name("Beta Works", "alias"),)


def test_a_class_of_things_is_a_weak_alias() -> None:
    assert wording.aliases(("Heavy water production facilities",)) == (
        Name("Heavy water production facilities", "weak"),
    )


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Alpha Co., Ltd and subsidiaries", ("Alpha Co., Ltd", "and subsidiaries")),
        ("Alpha Co., Ltd., and Subsidiaries", ("Alpha Co., Ltd.", "and Subsidiaries")),
        ("Alpha (APC) and its subordinates", ("Alpha (APC)", "and its subordinates")),
        ("Alpha, and its sub-units and successors", ("Alpha", "and its sub-units and successors")),
        ("Alpha and Beta Co., Ltd.", ("Alpha and Beta Co., Ltd.", "")),
    ],
)
def test_words_on_owned_companies_leave_the_name(text: str, split: tuple[str, str]) -> None:
    assert wording.reach(text) == split


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "A Design and Wisdom Co., Ltd., B Inc., and C (USA) LLC",
            ("A Design and Wisdom Co., Ltd.", "B Inc.", "C (USA) LLC"),
        ),
        ("Agro Uno S.A. de C.V. and Horta Due S.A. de C.V.", ("Agro Uno S.A. de C.V.", "Horta Due S.A. de C.V.")),
        ("Example Cotton and Linen Co., Ltd.", ("Example Cotton and Linen Co., Ltd.",)),
        ("14th Research Institute, B Inc.", ()),
        ("A America Corporation Shanghai Design Co., Ltd., B Inc.", ()),
    ],
)
def test_companies_are_parted_only_where_each_ends_with_a_legal_form(text: str, names: tuple[str, ...]) -> None:
    assert wording.companies(text) == names


def test_a_town_behind_a_semicolon_is_not_a_party() -> None:
    assert wording.several("Example Carpet Works; Exampleville.") == ("Example Carpet Works; Exampleville.",)


@pytest.mark.parametrize(
    ("alias", "parted"),
    [
        (
            "Transex Oy Ltd., 20 Esimerkki, Vantaa, Finland 01740",
            ("Transex Oy Ltd.", "20 Esimerkki, Vantaa, Finland 01740"),
        ),
        ("Baikex. 8 Primer Str., Vantaa, Finland", ("Baikex", "8 Primer Str., Vantaa, Finland")),
        ("Elex Import, Gmunder Str. 25, Vantaa, Germany", ("Elex Import, Gmunder Str. 25, Vantaa, Germany", "")),
        ("Research Institute, Vantaa Branch", ("Research Institute, Vantaa Branch", "")),
    ],
)
def test_an_address_is_taken_out_of_an_alias_where_it_names_the_country(alias: str, parted: tuple[str, str]) -> None:
    assert wording.address_in_alias(alias, "Finland", last=True) == parted


def test_addresses_are_parted_where_the_list_joins_them() -> None:
    text = "1 A Road, Dubai, U.A.E.; and 2 B Road, Dubai, U.A.E., and 3 C and D Road, Dubai, U.A.E."
    text += " (See also addresses under Iran)."
    assert wording.addresses(text, "United Arab Emirates") == (
        "1 A Road, Dubai, U.A.E.",
        "2 B Road, Dubai, U.A.E.",
        "3 C and D Road, Dubai, U.A.E.",
    )


def test_no_address_is_none() -> None:
    assert wording.addresses(None, "China") == ()


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("Northlake Prefecture Public Security Bureau", "PublicBody"),
        ("Northlake Police College", "PublicBody"),
        ("Ministry of Examples", "PublicBody"),
        ("Example University of Technology", "Organization"),
        ("13th Research Institute", "Organization"),
        ("Example Police Equipment Co., Ltd.", "Company"),
        ("Example Optics GmbH (EO)", "Company"),
        ("OOO Primer", "Company"),
        ("Example Technologies", "LegalEntity"),
        ("HELENE EXAMPLE", "LegalEntity"),
    ],
)
def test_a_kind_is_told_by_plain_words_and_never_a_person(name: str, schema: str) -> None:
    assert kinds.schema(name) == schema


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("China", "cn"),
        ("Crimea Region of Ukraine", "ua"),
        ("Burma", "mm"),
        ("North Korea (DPRK)", "kp"),
        ("Korea, North", "kp"),
        ("Region: Gaza", "ps"),
        ("undetermined", ""),
        ("Atlantis", None),
    ],
)
def test_countries_as_the_lists_write_them(label: str, code: str | None) -> None:
    assert places.country(label) == code


def test_an_entry_under_china_with_an_address_in_hong_kong_is_of_both() -> None:
    assert places.with_hong_kong("cn", ("1 Road, Kowloon, Hong Kong",)) == ("cn", "hk")
    assert places.with_hong_kong("sg", ("1 Hong Kong Street, Singapore",)) == ("sg",)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcAK .;,()'“”&-1", max_size=60))
def test_taking_words_apart_never_invents_any(text: str) -> None:
    for name in (*wording.names(text), *wording.aliases((text,))):
        assert name.text in " ".join(text.split())
