"""Regimes from a user's own files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import law
from underlabel.model import InputError, NoInputError, UnderlabelError

GOOD = Path(__file__).parent / "fixtures" / "shopfront.toml"


def written(folder: Path, old: str, new: str) -> Path:
    """Write the good file with one change."""
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    path = folder / GOOD.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def refused(path: Path) -> UnderlabelError:
    """Read a file that must be refused."""
    with pytest.raises(UnderlabelError) as caught:
        law.read(path)
    return caught.value


def test_a_good_file_is_read_whole() -> None:
    regime = law.read(GOOD)
    assert [one.status for one in regime.periods] == ["in_force", "unverified"]
    second = regime.periods[1]
    assert second.test.lists == ("ftm",)
    assert second.red_flag is not None
    assert second.red_flag.threshold == 1
    assert second.rival is not None
    assert second.rival.threshold is None
    assert [row.role for row in regime.rows] == ["us_retailer", "us_importer", "us_retailer"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "expected"),
    [
        ('status = "unverified"', 'status = "repealed"', 18, "repealed", "in_force, suspended, unverified, ended"),
        ("threshold = 500_000", 'threshold = "50"', 19, "threshold", "500_000 is 50 %"),
        ("threshold = 500_000", "threshold = 50_000_000", 19, "threshold of 50000000", "500_000 is 50 %"),
        ("threshold = 1\n", "threshold = 0\n", 26, "threshold of 0", "500_000 is 50 %"),
        ("threshold = 500_000", "treshold = 500_000", 19, "unknown key `treshold`", "did you mean threshold"),
        ('says = "any holding"', 'say = "any holding"', 28, "unknown key `say`", "did you mean says"),
        ('rival = { says = "named', 'rival = { sais = "named', 23, "unknown key `sais`", "did you mean says"),
        ('says = "named parties only"\n\n', "\n\n", 10, "`says` is missing", 'text in "quotes"'),
        ('looks_at = "maker"', 'looks_at = "seller"', 5, "seller", '"maker", "recipient", "parties" or "anyone"'),
        ('title = "Shopfront rule"\n', "", 1, "`title` is missing", 'text in "quotes"'),
        ('lists = ["ftm"]', 'lists = ["us_bis_entity"]', 6, "unknown list", "did you mean us_bis_entity_list"),
        ('id = "shopfront"', 'id = "shopfronts"', 2, "not the file's name", "without .toml"),
        ("from = 2021-01-01\nstatus", "from = 2021-01-02\nstatus", 17, "gap or overlap", "from = 2021-01-01"),
        ("from = 2021-01-01\nstatus", "status", 16, "gap or overlap", "from = 2021-01-01"),
        ("until = 2021-01-01\nstatus", "until = 2019-01-01\nstatus", 12, "before it begins", "after 2020-01-01"),
        ("from = 2020-01-01", 'from = "early"', 11, "`from`", "2019-08-13"),
        ("from = 2020-01-01", "from = 2020-13-01", 11, "not TOML", "key = value"),
        ('role = "us_retailer"', 'role = "us_retail"', 39, "unknown role", "did you mean us_retailer"),
        ('level = "prohibited"', 'level = "forbidden"', 41, "forbidden", "prohibited, licence"),
        ('citation = "Examples Act, s.3"\n', "", 38, "without citation", "not_stated"),
        ('citation = "Examples Act, s.3"\n', 'citation = " "\n', 43, "without citation", "not_stated"),
        ('level = "caution"', 'level = "not_stated"', 34, "not_stated, and yet", "no text and citation"),
        ("from = 2021-01-01\nlevel", "from = 2020-06-01\nlevel", 40, "rows of us_retailer", "from = 2021-01-01"),
        ('rival_says = "if it was repealed"\n', "", 22, "half of a rival", "both `rival` and `rival_says`"),
        ('status = "unverified"', 'status = "in_force"', 23, "rival reading of a rule", "unverified"),
        ("threshold = 500_000\n", "", 19, "`adds_up` without a threshold", "500_000 is 50 %"),
        ("adds_up = true", 'adds_up = true\nforeign = "USA"', 21, "'USA' is not a country", "small letters"),
        ("adds_up = true", "adds_up = true\naffiliate = 1_000_000", 21, "affiliate from 1000000", "10 %"),
        ('note = "It', 'products = ["lamps"]\nnote = "It', 8, "unknown group", "lighting"),
        ('note = "It', 'note = """\n[[period]]\nthreshold = 3\n"""\nnot = "It', 12, "unknown key `not`", "note"),
        ("[period.red_flag]", "[period.red_flag", 25, "not TOML", "key = value"),
        ("# An invented", "\x00 An invented", 1, "not TOML", "key = value"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_what_was_expected(
    tmp_path: Path, old: str, new: str, line: int, what: str, expected: str
) -> None:
    path = written(tmp_path, old, new)
    error = refused(path)
    assert isinstance(error, InputError)
    assert error.where.startswith(f"{path}:{line}"), error.where
    assert error.where.removeprefix(f"{path}:").split(":")[0] == str(line)
    assert what in error.what
    assert expected in error.hint


def test_a_regime_without_periods_is_refused(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    path = tmp_path / GOOD.name
    path.write_text(text[: text.index("[[period]]")], encoding="utf-8")
    assert "`period` is missing" in refused(path).what
    path.write_text(text[: text.index("[[period]]")] + "period = []\n", encoding="utf-8")
    assert "no period" in refused(path).what
    path.write_text(text[: text.index("[[period]]")] + "\n[period]\nfrom = 2020-01-01\n", encoding="utf-8")
    assert refused(path).where == f"{path}:11"


def test_a_last_period_that_ends_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "from = 2021-01-01\nstatus", "from = 2021-01-01\nuntil = 2022-01-01\nstatus")
    error = refused(path)
    assert error.where == f"{path}:18"
    assert "ended" in error.hint


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'id = "latin"\ntitle = "caf\xe9"\n')
    assert refused(path).where == f"{path}:2"


def test_an_absent_and_an_empty_file_are_no_input(tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_bytes(b"\n \n")
    for name in ("absent.toml", "empty.toml"):
        assert isinstance(refused(tmp_path / name), NoInputError)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path), InputError)


def test_a_file_nested_too_deep_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    path.write_text("a = " + "[" * 50_000, encoding="utf-8")
    assert isinstance(refused(path), InputError)
    path.write_text("a = 1" + "0" * 5_000, encoding="utf-8")
    assert isinstance(refused(path), InputError)
    path.write_text("#" * 1_000_001, encoding="utf-8")
    assert "too large" in refused(path).what


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_with_a_line_cut_out_is_read_or_refused_but_never_crashes(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = GOOD.read_text(encoding="utf-8").split("\n")
    gone = data.draw(st.integers(0, len(lines) - 1))
    path = tmp_path_factory.mktemp("cut") / GOOD.name
    path.write_text("\n".join([*lines[:gone], *lines[gone + 1 :]]), encoding="utf-8")
    outcome = outcome_of(path)
    assert outcome == "shopfront" or outcome.startswith(f"{path}:")


def outcome_of(path: Path) -> str:
    """The id of the regime read, or where it was refused."""
    try:
        return law.read(path).id
    except InputError as error:
        return error.where


def test_a_users_regime_stands_beside_the_shipped_ones() -> None:
    book = law.load(GOOD.parent)
    assert set(law.regimes(book)) == {*law.regimes(), "shopfront"}
    assert law.on("shopfront", date(2020, 5, 1), book).status == "in_force"
    assert law.on("shopfront", date(2019, 5, 1), book).note == "Not in force on 2019-05-01. Begins on 2020-01-01."
    assert "shopfront" in law.asked_by("us_retailer", book)
    assert "shopfront" not in law.regimes()
    assert "shopfront" in law.of_list("ftm", book)


def test_a_role_whose_row_ended_is_told_so() -> None:
    found = law.consequence("shopfront", "us_importer", date(2022, 1, 1), law.load(GOOD.parent))
    assert found.level == "none"
    assert "ended on 2021-01-01" in found.text


def test_a_users_file_of_a_shipped_id_takes_its_place(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8").replace('id = "shopfront"', 'id = "bis"')
    (tmp_path / "bis.toml").write_text(text, encoding="utf-8")
    book = law.load(tmp_path)
    assert law.show("bis", book).title == "Shopfront rule"
    assert law.show("bis").title != "Shopfront rule"
    assert law.show("bis", book).origin == "bis.toml"


def test_an_empty_folder_adds_nothing_and_an_absent_one_is_no_input(tmp_path: Path) -> None:
    assert law.regimes(law.load(tmp_path)) == law.regimes()
    with pytest.raises(NoInputError):
        law.load(tmp_path / "absent")
