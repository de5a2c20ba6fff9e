"""Names that look alike and are not, and names that look different and are."""

from __future__ import annotations

import pytest

from underlabel import match
from underlabel.model import Query

T = match.DEFAULT_THRESHOLD


def score(left: str, right: str, schema: str = "", **of_both: str) -> float:
    return match.compare(Query(left, schema, **of_both), Query(right, schema, **of_both)).score  # type: ignore[arg-type]


def alike(left: str, right: str, schema: str = "") -> float:
    return match.compare(Query(left, schema), Query(right, schema)).similarity


@pytest.mark.parametrize("schema", ["", "Company"])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Banco Santander Chile", "Banco Santander Mexico"),
        ("Skyhigh Fund II", "Skyhigh Fund III"),
        ("Skyhigh Fund 2", "Skyhigh Fund Three"),
        ("52nd Research Institute", "54th Research Institute"),
        ("CETC No. 52 Research Institute", "CETC No. 54 Research Institute"),
        ("Bank of Iran", "Bank of Iraq"),
        ("Xinjiang Public Security Bureau", "Tibet Public Security Bureau"),
        ("Institute of Physics", "Institute of Chemistry"),
        ("Polytex Shipping Company", "Gornyak Shipping Company"),
        ("Hangzhou Digital Technology", "Hangzhou Hikvision Digital Technology"),
        ("Trading Company", "Polytex Trading Company"),
        ("Apple", "Apple Valley Trading"),
    ],
)
def test_different_bodies_are_no_match(left: str, right: str, schema: str) -> None:
    assert score(left, right, schema) < T
    assert score(right, left, schema) < T


def test_another_legal_person_of_one_brand_is_less_likely_than_the_same_one() -> None:
    same, bare, other = (
        score("Siemens AG", name, "Company") for name in ("Siemens Aktiengesellschaft", "Siemens", "Siemens GmbH")
    )
    assert same >= bare > other
    assert alike("Siemens AG", "Siemens Aktiengesellschaft") == 1
    assert alike("Siemens AG", "Siemens GmbH") < 1


def test_another_legal_person_of_one_brand_is_no_match() -> None:
    assert score("Siemens AG", "Siemens GmbH", "Company") < T


@pytest.mark.parametrize(("few", "many"), [("Kvantek", "Kvantek Fund"), ("Skyhigh Fund", "Skyhigh Fund II")])
def test_a_number_or_word_on_one_side_lowers(few: str, many: str) -> None:
    assert score(few, many) < score(many, many)
    assert score(many, few) < score(many, many)


@pytest.mark.parametrize("query_lacks", [True, False])
def test_a_missing_rare_word_weighs_more_than_a_missing_common_one(query_lacks: bool) -> None:  # noqa: FBT001 - a column
    whole = "Kvantek Dolgorukovskoye Trading"

    def without(word: str) -> float:
        less = " ".join(one for one in whole.split() if one != word)
        return score(less, whole) if query_lacks else score(whole, less)

    assert without("Dolgorukovskoye") < without("Trading") <= score(whole, whole)
    assert alike("Kvantek Trading", whole) < alike("Kvantek Dolgorukovskoye", whole) < 1


@pytest.mark.parametrize("name", ["Apple", "Trading", "Technology", "Star", "Ocean"])
def test_one_common_word_is_weak_evidence(name: str) -> None:
    assert score(name, name) < score("Hangzhou Hikvision", "Hangzhou Hikvision")
    assert alike(name, name) == 1


@pytest.mark.parametrize(
    ("word", "longer"),
    [
        ("Trading", "Polytex Trading LLC"),
        ("Technology", "Zhejiang Dahua Technology Co., Ltd."),
        ("Digital Technology", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("Wei", "Li Wei"),
        ("Bank", "Bank of Iran"),
        ("Hangzhou", "Hangzhou Hikvision Digital Technology Co., Ltd."),
    ],
)
def test_a_common_part_of_a_longer_name_is_no_match(word: str, longer: str) -> None:
    assert score(word, longer) < T
    assert score(longer, word) < T


def test_the_more_a_name_tells_the_higher_equal_names_score() -> None:
    rising = [score(name, name) for name in ("AB", "Kvantek", "Hangzhou Hikvision Kvantek")]
    assert rising == sorted(rising)
    assert rising[0] < rising[-1]


def test_li_wei_is_weaker_evidence_than_hangzhou_hikvision_at_equal_form() -> None:
    assert score("Li Wei", "Li Wei", "Person") < score("Hangzhou Hikvision", "Hangzhou Hikvision", "Company")
    assert score("Li Wei", "Li Wei", "Person") < score("Semyon Dolgorukov", "Semyon Dolgorukov", "Person")
    assert alike("Li Wei", "Li Wei") == alike("Hangzhou Hikvision", "Hangzhou Hikvision") == 1


@pytest.mark.parametrize(("left", "right"), [("ZTE", "ZTF"), ("AB", "AC"), ("ICL", "ICI"), ("Omron", "Micron")])
def test_a_slip_in_a_short_name_makes_another_name(left: str, right: str) -> None:
    assert score(left, right) < T


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("Роснефть", "Rosneft"),
        ("Газпром нефть", "Gazprom Neft"),
        ("\u041e\u041e\u041e Ромашка Кубань", "Romashka Kuban OOO"),
        ("Δημόσια Επιχείρηση Ηλεκτρισμού", "Dimosia Epicheirisi Ilektrismou"),
        ("海康威视", "Haikang Weishi"),
        ("中国石油天然气集团", "Zhongguo Shiyou Tianranqi Jituan"),
        ("საქართველოს რკინიგზა", "Sakartvelos Rkinigza"),
        ("삼성", "Samseong"),
    ],
)
def test_a_name_in_another_script_is_its_transliteration(native: str, latin: str) -> None:
    assert score(native, latin) >= T
    assert score(latin, native) >= T


@pytest.mark.parametrize(
    ("native", "latin"),
    [("بغداد", "Baghdad"), ("서울", "Seoul"), ("北京", "Beijing"), ("Αθήνα", "Athina"), ("Москва", "Moskva")],
)
def test_a_city_in_another_script_is_alike(native: str, latin: str) -> None:
    assert alike(native, latin) >= 0.8
    assert alike(native, latin) == alike(latin, native)


@pytest.mark.parametrize("native", ["Роснефть", "海康威视", "삼성", "بغداد"])
def test_a_name_in_its_own_script_is_the_same_as_itself(native: str) -> None:
    assert alike(native, native) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hik Vision Digital", "Hikvision Digital"),
        ("HikVision Digital", "Hikvision Digital"),
        ("Hangzhou Hik-Vision", "Hangzhou Hikvision"),
        ("SiemensAG", "Siemens AG"),
        ("Gazprom Neft Shelf", "Gazpromneft Shelf"),
        ("Polytex Gornyak Kvantek", "PolytexGornyak Kvantek"),
    ],
)
def test_joined_and_split_words_are_the_same_name(one: str, other: str) -> None:
    assert score(one, other) >= T
    assert score(other, one) >= T
    assert alike(one, other) >= 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gornyak OOO", "Gornyak Limited Liability Company"),
        ("Gornyak LLC", "\u041e\u041e\u041e Горняк"),
        ("Kvantek Gesellschaft mit beschränkter Haftung", "Kvantek GmbH"),
        ("Polytex Co., Ltd.", "Polytex Company Limited"),
        ("海康有限公司", "Haikang Co., Ltd."),
        ("Kvantek Aktsionernoye Obshchestvo", "\u0410\u041e Квантек"),
    ],
)
def test_organisation_types_of_one_meaning_part_no_names(one: str, other: str) -> None:
    assert score(one, other) >= T
    assert alike(one, other) >= 0.95


def test_initials_stand_for_given_names_of_persons_as_weaker_evidence() -> None:
    full = score("Semyon Dolgorukov", "Semyon Dolgorukov", "Person")
    initial = score("S. Dolgorukov", "Semyon Dolgorukov", "Person")
    other = score("K. Dolgorukov", "Semyon Dolgorukov", "Person")
    assert full > initial > other
    assert initial >= score("Dolgorukov", "Semyon Dolgorukov", "Person")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dolgorukov, Semyon", "Semyon Dolgorukov"),
        ("Dr. Semyon Dolgorukov", "Semyon Dolgorukov"),
        ("Semion Dolgorukow", "Semyon Dolgorukov"),
        ("Семён Долгоруков", "Semyon Dolgorukov"),
    ],
)
def test_a_person_is_the_same_however_written(one: str, other: str) -> None:
    assert score(one, other, "Person") >= T


def test_a_place_stands_for_another_body_of_the_brand() -> None:
    whole = "Banco Santander"
    assert score(f"{whole} Chile", whole) < score(f"{whole} Chile", f"{whole} Chile")
    assert score(f"{whole} Chile", f"{whole} Mexico") < score(f"{whole} Chile", whole)
