"""Each feature of a comparison: two names in, a figure out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel.match.features import FEATURES, similarity, values
from underlabel.match.laying import Laid, lay
from underlabel.match.sheet import Named, sheet

BY_NAME = {feature.name: at for at, feature in enumerate(FEATURES)}
PERSON, BODY, SHIP = "Person", "Company", "Vessel"
ANY = "any"
"""More than nothing: the figure hangs on the rarity table."""
VOCABULARY = "hikvision hik vision dahua technology beijing 3 ii 52 iran iraq of lorex li wei gmbh ag ltd"
NAMES = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=6).map(" ".join)
SCHEMAS = st.sampled_from(["", "Company", "Person"])


def laid(left: Named, right: Named) -> Laid:
    row = np.zeros(1, dtype=np.int32)
    return lay(sheet([left]), sheet([right]), row, row)


def value(feature: str, left: Named | str, right: Named | str) -> float:
    one, other = (Named(name) if isinstance(name, str) else name for name in (left, right))
    return float(values(laid(one, other))[0, BY_NAME[feature]])


CASES: list[tuple[str, Named | str, Named | str, float | str]] = [
    ("what agrees, up to a word", "Trading", "Trading", ANY),
    ("what agrees, up to a word", "Polytex", "Polytex", 0.5),
    ("what agrees, up to a word", "Polytex", "Gornyak", 0),
    ("what agrees, up to a rare word", "Polytex", "Polytex", 0.5),
    ("what agrees, up to a rare word", "Trading", "Trading", 0),
    ("what agrees, up to two", "Polytex Gornyak", "Polytex Gornyak", 1),
    ("what agrees, up to two", "Polytex", "Polytex", 0),
    ("what agrees beyond", "Polytex Gornyak Kvantek", "Polytex Gornyak Kvantek", 1),
    ("what agrees beyond", "Polytex Gornyak", "Polytex Gornyak", 0),
    ("the whole name is the same", "Polytex Ltd", "POLYTEX LLC", 1),
    ("the whole name is the same", "Polytex", "Polytex Trading", 0),
    ("the whole name is the same", "Polytex", "Politex", 0),
    ("every telling word pairs up", "Polytex Gornyak", "Politex of Gornyak", 1),
    ("every telling word pairs up", "Polytex Gornyak", "Polytex", 0),
    ("every rare word pairs up", "Polytex Trading", "Politex", ANY),
    ("every rare word pairs up", "Polytex Gornyak", "Polytex", 0),
    ("every rare word pairs up", "Polytex", "Polytex Gornyak", 0),
    ("every rare word of the query pairs up", "Polytex", "Polytex Gornyak", 1),
    ("every rare word of the query pairs up", "Polytex Gornyak", "Polytex", 0),
    ("spelling", "Polytex", "Politex", ANY),
    ("a slip of the pen", "Polytex", "Politex", 1),
    ("a slip of the pen", "Hik Vision", "Hikvision", 0.5),
    ("a second slip", "Polytex", "Politex", 0),
    ("a second slip", "Polytex Gornyak", "Politex Gornyk", 1),
    ("more slips", "Polytex Gornyak", "Politex Gornyk", 0),
    ("more slips", "Polytex Gornyak Kvantek", "Politex Gornyk Kvantec", 1),
    ("slips for the name's length", "Polytex Gornyak", "Politex Gornyak", 1 / 14),
    ("slips for the name's length", "Polytex", "Polytex", 0),
    ("slips in a short name", "Kvantz", "Kvanz", ANY),
    ("slips in a short name", "Polytex Gornyak", "Politex Gornyak", 0),
    ("slips for the word's length", "Polytex Dolgorukovskoye", "Politex Dolgorukovskoye", 1 / 7),
    ("slips for the word's length", "Hik Vision", "Hikvision", 0),
    ("slips in a short word", "Kvaz Dolgorukovskoye", "Kvaj Dolgorukovskoye", ANY),
    ("slips in a short word", "Polytex Dolgorukovskoye", "Politex Dolgorukovskoye", 0),
    ("two words written differently", "Polytex Gornyak", "Politex Gornyk", 1),
    ("two words written differently", "Polytex Gornyak", "Politex Gornyak", 0),
    ("little that is rare", "Trading", "Trading", 1),
    ("little that is rare", "Polytex", "Polytex", 1 / 8),
    ("little that is rare", "Polytexa", "Polytexa", 0),
    ("rare word not in the listed name", "Polytex Gornyak", "Polytex", 1),
    ("rare word not in the listed name", "Polytex", "Polytex Gornyak", 0),
    ("rare word not in the listed name", "Polytex Trading", "Polytex", 0),
    ("rare words not in the listed name", "Polytex Gornyak Kvantek", "Polytex", 1),
    ("rare words not in the listed name", "Polytex Gornyak", "Polytex", 0),
    ("word not in the listed name", "Polytex Trading", "Polytex", ANY),
    ("word not in the listed name", "Polytex Gornyak", "Polytex", 0),
    ("share of the query left over", "Polytex Gornyak", "Polytex", 0.5),
    ("share of the query left over", "Polytex", "Polytex Gornyak", 0),
    ("rare word not in the query", "Polytex", "Polytex Gornyak", 1),
    ("rare word not in the query", "Polytex Gornyak", "Polytex", 0),
    ("rare words not in the query", "Polytex", "Polytex Gornyak Kvantek", 1),
    ("rare words not in the query", "Polytex", "Polytex Gornyak", 0),
    ("word not in the query", "Polytex", "Polytex Trading", ANY),
    ("word not in the query", "Polytex", "Polytex Gornyak", 0),
    ("share of the listed name left over", "Polytex", "Polytex Gornyak", 0.5),
    ("share of the listed name left over", "Polytex Gornyak", "Polytex", 0),
    ("words that differ", "Polytex Gornyak", "Polytex Kvantek", 1),
    ("words that differ", "Polytex Gornyak", "Polytex", 0),
    ("each name has a word that the other lacks", "Polytex Gornyak", "Polytex Kvantek", 1),
    ("each name has a word that the other lacks", "Polytex Gornyak", "Polytex of", 0),
    ("slips of the pen beside words left over", "Polytex Gornyak", "Politex", 1),
    ("slips of the pen beside words left over", "Polytex Gornyak", "Politex Gornyak", 0),
    ("slips of the pen beside words left over", "Polytex Gornyak", "Polytex", 0),
    ("one word of a longer name", "Polytex", "Polytex Gornyak", 1),
    ("one word of a longer name", "Polytex", "Polytex of", 0),
    ("one word of a longer name", "Polytex Gornyak", "Polytex Gornyak Kvantek", 0),
    ("adds to a listed name of one word", "Polytex Gornyak", "Polytex", 1),
    ("adds to a listed name of one word", "Polytex", "Polytex Gornyak", 0),
    ("place not in the listed name", "Polytex Chile", "Polytex", 1),
    ("place not in the listed name", "Polytex", "Polytex Chile", 0),
    ("place not in the query", "Polytex", "Polytex Chile", 1),
    ("place not in the query", "Polytex Chile", "Polytex Mexico", 0),
    ("different place", "Polytex Chile", "Polytex Mexico", 1),
    ("different place", "Polytex Chile", "Polytex", 0),
    ("different number", "Skyhigh Fund II", "Skyhigh Fund III", 1),
    ("different number", "Skyhigh Fund 3", "Skyhigh Fund III", 0),
    ("number on one side only", "Skyhigh Fund II", "Skyhigh Fund", 1),
    ("number on one side only", "Skyhigh Fund", "Skyhigh Fund II", 1),
    ("number on one side only", "Skyhigh Fund II", "Skyhigh Fund III", 0),
    ("initial", Named("J Smith", PERSON), Named("John Smith", PERSON), 1),
    ("initial", Named("J R Smith", PERSON), Named("John Robert Smith", PERSON), 2),
    ("word order", "Polytex Gornyak", "Gornyak Polytex", 1),
    ("word order", Named("Smith John", PERSON), Named("John Smith", PERSON), 0),
    ("organisation type on one side only", "Siemens AG", "Siemens", 1),
    ("organisation type on one side only", "Siemens", "Siemens AG", 1),
    ("organisation type differs", "Siemens AG", "Siemens GmbH", 0),
    ("organisation type differs", "Siemens GmbH", "Siemens Limited", ANY),
    ("different legal person", "Siemens AG", "Siemens GmbH", 1),
    ("different legal person", "Siemens AG", "Siemens Aktiengesellschaft", 0),
    ("organisation type beside a person", "Polytex Ltd", Named("Polytex", PERSON), 1),
    ("organisation type beside a person", "Polytex Ltd", Named("Polytex", BODY), 0),
    ("other kind of party", Named("Polytex", SHIP), Named("Polytex", BODY), 1),
    ("other kind of party", Named("Polytex", "LegalEntity"), Named("Polytex", BODY), 0),
    ("weak alias", "Polytex", Named("Polytex", weak=True), 1),
    ("weak alias", "Polytex", "Polytex", 0),
    ("weak alias hit in part", "Polytex Gornyak", Named("Polytex", weak=True), ANY),
    ("weak alias hit in part", "Polytex", Named("Polytex", weak=True), 0),
    ("country agrees", Named("Polytex", country="cn"), Named("Polytex", country="us;cn"), 1),
    ("country agrees", Named("Polytex", country="cn"), Named("Polytex", country="us"), 0),
    ("country clashes", Named("Polytex", country="cn"), Named("Polytex", country="us"), 1),
    ("country clashes", Named("Polytex", country="cn"), Named("Polytex"), 0),
]


@pytest.mark.parametrize(("feature", "left", "right", "expected"), CASES)
def test_a_feature_says_what_its_name_says(
    feature: str, left: Named | str, right: Named | str, expected: float | str
) -> None:
    found = value(feature, left, right)
    if expected == ANY:
        assert found > 0
    else:
        assert found == pytest.approx(expected, abs=1e-6)


def test_every_feature_has_a_case_in_which_it_speaks() -> None:
    assert {name for name, _, _, expected in CASES if expected != 0} == set(BY_NAME)


def test_names_are_told_apart_by_name_and_speak_for_or_against() -> None:
    assert len(BY_NAME) == len(FEATURES)
    assert {feature.sign for feature in FEATURES} == {1, -1}


@pytest.mark.parametrize(
    "name",
    [
        Named("Hangzhou Hikvision Digital Technology Co., Ltd.", BODY, "cn"),
        Named("Semyon Dolgorukov", PERSON),
        Named("Dolgorukovskoye Kvantek 3 Siemens AG", BODY, "de"),
    ],
)
def test_nothing_speaks_against_a_name_in_full_beside_itself(name: Named) -> None:
    found = values(laid(name, name))[0]
    against = {feature.name for at, feature in enumerate(FEATURES) if feature.sign < 0 and found[at] > 0}
    # A given and a family name of the table tell little, alone or together: that is said of them.
    assert against <= {"little that is rare"}


@given(NAMES, NAMES, SCHEMAS, st.sampled_from(["", "cn", "us", "cn;us"]))
@settings(max_examples=100, deadline=None)
def test_no_feature_is_below_zero_or_no_number(left: str, right: str, schema: str, country: str) -> None:
    found = values(laid(Named(left, schema, country), Named(right, schema, "cn")))
    assert found.shape == (1, len(FEATURES))
    assert np.isfinite(found).all()
    assert (found >= 0).all()


@given(NAMES, NAMES, SCHEMAS)
@settings(max_examples=100, deadline=None)
def test_similarity_is_symmetric_and_one_for_the_same_words(left: str, right: str, schema: str) -> None:
    one, other = Named(left, schema), Named(right, schema)
    there, back = (float(similarity(pair)[0]) for pair in (laid(one, other), laid(other, one)))
    assert there == back
    assert 0 <= there <= 1
    assert similarity(laid(one, one)).tolist() == [1]
