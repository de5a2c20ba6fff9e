"""Arrow tables and plain lists in, Arrow tables out."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match
from underlabel.model import InputError, Mention, Query


def test_a_table_of_names_becomes_questions_in_order() -> None:
    table = pa.table(
        {
            "name": ["Dahua", None],
            "schema": ["Company", None],
            "country": ["CN", ""],
            "identifiers": [["lei:A"], None],
            "other": [1, 2],
        }
    )
    assert match.queries(table) == [Query("Dahua", "Company", "cn", ("lei:A",)), Query("")]
    assert match.queries(table.to_batches()[0]) == match.queries(table)


def test_arrays_and_lists_become_questions_too() -> None:
    column = pa.chunked_array([["Dahua"], ["Lorex"]])
    assert match.queries(column) == [Query("Dahua"), Query("Lorex")]
    assert match.queries(pa.array(["Dahua"]).dictionary_encode()) == [Query("Dahua")]
    mixed = ["Dahua", Query("Lorex"), {"name": "Axis", "country": "SE", "identifiers": "a1; b2"}]
    assert match.queries(mixed) == [Query("Dahua"), Query("Lorex"), Query("Axis", "", "se", ("a1", "b2"))]


def test_what_holds_no_names_is_refused() -> None:
    for nameless in (pa.table({"alpha": ["x"]}), pa.table({"name": [1]}), [3.5], [{"alpha": "x"}]):
        with pytest.raises(InputError):
            match.queries(nameless)


def test_pairs_have_one_question_for_each_side() -> None:
    table = pa.table({"name1": ["a"], "name2": ["b"], "schema": ["Company"], "country2": ["de"], "id1": ["x;y"]})
    assert match.pairs(table) == [(Query("a", "Company", "", ("x", "y")), Query("b", "Company", "de"))]
    assert match.pairs([("a", "b")]) == [(Query("a"), Query("b"))]


def test_hits_come_out_as_a_table_with_their_reasons() -> None:
    index = match.build([("dahua", "Dahua Technology", "name", "Company", "cn")])
    found = match.find(index, match.queries(["Zorblatt", "Dahua Technology"]))
    table = match.hits(found)
    assert table.column_names == ["row", "query", "party", "name", "score", "similarity", "class", "reasons"]
    (row,) = table.to_pylist()
    assert (row["row"], row["query"], row["party"]) == (1, "Dahua Technology", "dahua")
    assert row["reasons"][0]["feature"]
    assert match.hits([]).num_rows == 0


def test_comparisons_come_out_one_row_for_each_pair() -> None:
    pairs = match.pairs([("Dahua Technology", "Dahua Technology"), ("Axis", "Zorblatt")])
    table = match.compared(match.compare_all(pairs))
    assert table.column("row").to_pylist() == [0, 1]
    first, second = table.column("score").to_pylist()
    assert first > second


def test_mentions_come_out_with_their_places() -> None:
    one = Mention(party="dahua", text="Dahua", start=2, end=7, score=0.9)
    (row,) = match.mentions([(), (one,)]).to_pylist()
    assert row == {"row": 1, "party": "dahua", "text": "Dahua", "start": 2, "end": 7, "score": 0.9}
    assert match.texts(pa.table({"text": ["a", None]})) == ["a", ""]
    assert match.texts(["a"]) == ["a"]


@given(names=st.lists(st.text(max_size=20) | st.none(), max_size=20))
@settings(max_examples=50, deadline=None)
def test_a_table_and_a_list_of_the_same_names_ask_the_same(names: list[str | None]) -> None:
    table = pa.table({"name": pa.array(names, pa.string())})
    assert match.queries(table) == match.queries(names) == [Query(name or "") for name in names]
