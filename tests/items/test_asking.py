"""Tables of names as people keep them: the column is found, the rows are all there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import items
from underlabel.model import Asked, AskedPair, InputError, NoInputError, Query, UsageError


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def asked(path: Path, column: str = "", **beside: str) -> list[Asked]:
    with items.names_asked(path, column, items.beside(**beside)) as asking:
        return list(asking.rows())


def pairs(path: Path) -> list[AskedPair]:
    with items.pairs_asked(path) as asking:
        return list(asking.rows())


def texts(path: Path, column: str = "") -> list[str]:
    return [one.query.name for one in asked(path, column)]


@pytest.mark.parametrize("heading", ["name", "Company", "Supplier name", "ENTITY", "Firma", "Vendor", "consignee"])
def test_the_column_of_names_is_found_by_what_its_heading_means(tmp_path: Path, heading: str) -> None:
    path = written(tmp_path, "a.csv", f"No.,{heading},Remark\n1,Hikvision,x\n2,Lorex,\n")
    assert texts(path) == ["Hikvision", "Lorex"]


def test_schema_country_and_identifiers_beside_a_name_are_used(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "a.csv",
        "name,schema,country,lei,identifiers\nHikvision,company,China,5493001KJTIIGC8Y1R12,uscc:91330000733796106P;x\n",
    )
    (one,) = asked(path)
    assert one.query == Query(
        "Hikvision", "Company", "cn", ("lei:5493001KJTIIGC8Y1R12", "uscc:91330000733796106P", "x")
    )


def test_what_holds_of_all_rows_gives_way_to_what_a_row_says(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "name,country,type\nA one,Germany,Ship\nB two,,\n")
    found = [one.query for one in asked(path, schema="Company", country="China")]
    assert [(one.country, one.schema) for one in found] == [("de", "Vessel"), ("cn", "Company")]


def test_a_row_number_under_id_is_not_taken_for_an_identifier(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "id,name\n30946,Hikvision\n91330000733796106P,Hikvision\n")
    with items.names_asked(path) as asking:
        found = [one.query.identifiers for one in asking.rows()]
        notes = asking.notes()
    assert found == [(), ("91330000733796106P",)]
    assert "row's own" in notes[0]


def test_a_country_or_a_schema_nobody_knows_is_left_out_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "name,country,schema\nA one,Swedn,Robot\nB two,Sweden,-0-\nC three,-,\n")
    with items.names_asked(path) as asking:
        found = [(one.query.country, one.query.schema) for one in asking.rows()]
        notes = " ".join(asking.notes())
    assert found == [("", ""), ("se", ""), ("", "")]
    assert "in 1 row (first: row 2, 'Swedn')" in notes
    assert "'Robot'" in notes


def test_one_name_to_a_line_keeps_commas_and_quotes(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", 'Dahua Technology Co., Ltd.\n\nThe "Best" Co; Ltd\n\n\n', "utf-8-sig")
    assert [(one.row, one.query.name) for one in asked(path)] == [
        (1, "Dahua Technology Co., Ltd."),
        (2, ""),
        (3, 'The "Best" Co; Ltd'),
    ]


def test_a_single_column_keeps_a_comma_nobody_quoted(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", 'name\nDahua Technology Co., Ltd.\n"Lorex, Inc."\n')
    assert texts(path) == ["Dahua Technology Co., Ltd.", "Lorex, Inc."]


def test_a_row_without_a_name_is_a_row_and_a_line_without_a_cell_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "name,country\nA one,\n\n,\nB two,\n,\n\n\n")
    assert [(one.row, one.query.name) for one in asked(path)] == [(2, "A one"), (4, ""), (5, "B two"), (6, "")]


def test_a_broken_row_says_why_and_the_rest_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "name,country\nA,b,c,d\nLorex,\n")
    broken, whole = asked(path)
    assert "4 cells" in broken.broken
    assert (whole.query.name, whole.broken) == ("Lorex", "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_read_fine(tmp_path: Path, encoding: str) -> None:
    assert texts(written(tmp_path, "a.csv", "name;country\nMüller Söhne;de\n", encoding)) == ["Müller Söhne"]


def test_json_lines_are_read_line_by_line_also_gzipped(tmp_path: Path) -> None:
    rows = [{"name": "Hikvision", "country": "CN"}, {"name": "Lorex", "identifiers": ["a1", "b2"]}]
    text = "".join(f"{json.dumps(one)}\n" for one in rows) + "{broken\n"
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(text.encode()))
    first, second, broken = asked(path)
    assert (first.query, second.query) == (Query("Hikvision", "", "cn"), Query("Lorex", "", "", ("a1", "b2")))
    assert (broken.row, "broken JSON" in broken.broken) == (3, True)


def test_every_sheet_with_names_is_read_and_its_rows_are_those_the_spreadsheet_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Our suppliers"], [], ["Supplier", "Country"], ["Hikvision", "China"], [None, None], ["Lorex", ""]):
        sheet.append(row)
    other = book.create_sheet("More")
    for row in (["Note", "Company"], ["x", "Dahua"]):
        other.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    with items.names_asked(path) as asking:
        found = list(asking.rows())
        assert asking.columns == ("Supplier", "Country", "Note", "Company")
    assert [(one.sheet, one.row, one.query.name) for one in found] == [
        ("Sheet", 4, "Hikvision"),
        ("Sheet", 5, ""),
        ("Sheet", 6, "Lorex"),
        ("More", 2, "Dahua"),
    ]
    assert found[3].cells == ("", "", "x", "Dahua")


def test_a_column_nobody_could_guess_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "alpha,beta\n1,Hikvision\n")
    assert texts(path, "Beta") == ["Hikvision"]
    with pytest.raises(InputError) as none:
        texts(path)
    assert "alpha, beta" in none.value.hint
    with pytest.raises(UsageError) as unknown:
        texts(path, "gamma")
    assert "alpha, beta" in unknown.value.hint


def test_a_file_without_a_name_is_no_input(tmp_path: Path) -> None:
    for text in ("", "\n\n", "name,country\n"):
        with pytest.raises(NoInputError):
            texts(written(tmp_path, "a.csv", text))


def test_an_unknown_schema_or_country_is_a_wrong_question() -> None:
    for said in ({"schema": "Robot"}, {"country": "Atlantis Minor"}):
        with pytest.raises(UsageError):
            items.beside(**said)


def test_pairs_have_two_names_and_what_is_known_of_each(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "a.csv",
        "ref,Name 1,name_2,schema,country1,country2,id1,id2\n7,Hikvision,Hik Vision,Company,China,cn,lei:A;B,\n",
    )
    (one,) = pairs(path)
    assert one.first == Query("Hikvision", "Company", "cn", ("lei:A", "B"))
    assert one.second == Query("Hik Vision", "Company", "cn")
    assert one.cells == ("7", "Hikvision", "Hik Vision", "Company", "China", "cn", "lei:A;B", "")
    with pytest.raises(InputError, match="name1 and name2"):
        pairs(written(tmp_path, "b.csv", "name,other\na,b\n"))


def test_a_name_that_is_also_a_heading_heads_nothing_further_down(tmp_path: Path) -> None:
    assert texts(written(tmp_path, "a.txt", "Hikvision\nPartner\nLorex\n")) == ["Hikvision", "Partner", "Lorex"]
    path = written(tmp_path, "b.csv", "Our suppliers\n\nSupplier,Place\nVessel,Country\nLorex,x\n")
    assert texts(path) == ["Vessel", "Lorex"]


NAME = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=20)


@given(names=st.lists(NAME, min_size=1, max_size=12))
@settings(max_examples=50, deadline=None)
def test_every_line_of_a_plain_file_is_a_row_in_its_place(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = written(tmp_path_factory.mktemp("names"), "a.txt", "\n".join(["a first line", *names, "the last one"]))
    assert texts(path) == ["a first line", *map(str.strip, names), "the last one"]
