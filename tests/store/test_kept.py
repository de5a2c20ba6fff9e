"""Editions kept beside the snapshots: read again as they were, inside their folder, or said to be missing."""

from __future__ import annotations

import gzip
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from underlabel import store
from underlabel.model import (
    Article,
    Block,
    Category,
    Dataset,
    Day,
    Facts,
    InputError,
    Link,
    Listing,
    Name,
    Party,
    Rejected,
    Share,
    Source,
    exact,
)

SOURCE = Source("test", "v", "row 1", read_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


def edition(id_: str = "us_ofac_sdn", *, version: str = "9f2c41a0b3d2e4f5a6b7", day: date | None = None) -> Facts:
    about = Dataset(id=id_, kind="list", title="A list", version=version, edition=day, lists=(id_,))
    acme = Party(id="acme", schema="Company", names=(Name("Acmé"), Name("大华", "weak")), source=SOURCE)
    return Facts(
        dataset=about,
        parties=(acme,),
        categories=(Category(id="c", text="Routers made abroad", source=SOURCE),),
        listings=(Listing(id="1", subject="acme", list=id_, since=exact(date(2020, 1, 1)), source=SOURCE),),
        links=(
            Link(
                id="2",
                kind="owns",
                src="acme",
                dst="b",
                share=Share(250_001, 500_000),
                source=SOURCE,
                since=Day(date(2020, 1, 1), date(2020, 12, 31)),
            ),
        ),
        blocks=(Block("AABBCC", 24, "Acme"),),
        articles=(Article(id="p", title="t", outlet="o", text="x", source=SOURCE),),
        rejected=(Rejected(reason="broken", raw="\x00\ud7ff"),),
    )


@pytest.mark.parametrize("day", [None, date(2024, 5, 3)])
def test_an_edition_that_was_kept_is_read_again_equal(tmp_path: Path, day: date | None) -> None:
    facts = edition(day=day)
    name = store.keep(tmp_path, facts)
    assert store.kept(tmp_path, name) == facts
    assert name == f"us_ofac_sdn/{day or 'undated'}-9f2c41a0b3d2e4f5"


def test_the_same_edition_is_kept_once_and_in_the_same_bytes(tmp_path: Path) -> None:
    name = store.keep(tmp_path, edition())
    before = (tmp_path / f"{name}.json.gz").read_bytes()
    assert store.keep(tmp_path, edition()) == name
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert file.read_bytes() == before


def test_editions_of_two_days_or_two_contents_stand_beside_each_other(tmp_path: Path) -> None:
    several = (
        edition(day=date(2024, 5, 2)),
        edition(day=date(2024, 5, 3)),
        edition(day=date(2024, 5, 3), version="another"),
        edition("un_sc", day=date(2024, 5, 3)),
    )
    names = [store.keep(tmp_path, one) for one in several]
    assert len(set(names)) == 4
    assert tuple(store.kept(tmp_path, name) for name in names) == several


def missing(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def not_packed(path: Path) -> None:
    path.write_bytes(gzip.decompress(path.read_bytes()))


def one_byte_changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def of_another_form(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b'"form":1', b'"form":0')))


def without_facts(path: Path) -> None:
    path.write_bytes(gzip.compress(b'{"form":1,"parties":[]}'))


def no_text(path: Path) -> None:
    path.write_bytes(gzip.compress(b"\xff\xfe"))


@pytest.mark.parametrize(
    "damage",
    [missing, cut, empty, not_packed, one_byte_changed, of_another_form, without_facts, no_text],
    ids=lambda one: one.__name__,
)
def test_an_edition_that_is_missing_or_damaged_says_so_and_what_to_do(tmp_path: Path, damage: object) -> None:
    name = store.keep(tmp_path, edition())
    damage(tmp_path / f"{name}.json.gz")  # type: ignore[operator]
    with pytest.raises(InputError, match=f"the edition '{name}' is not kept here, or is damaged") as caught:
        store.kept(tmp_path, name)
    assert "lists add" in caught.value.hint
    assert caught.value.where == str(tmp_path)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "editions"
    blocked.write_text("a file stands where the folder should be")
    with pytest.raises(InputError, match="cannot be kept") as caught:
        store.keep(blocked, edition())
    assert "--home" in caught.value.hint


@pytest.mark.parametrize(
    "id_",
    [
        "own:table",
        "starter:us_ofac_sdn",
        "own:../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "a/../../b",
        "../x",
        "a\\b",
        "a b%2F",
        "海康" * 60,
    ],
)
def test_whatever_a_dataset_is_called_its_editions_stay_inside_the_folder(tmp_path: Path, id_: str) -> None:
    folder = tmp_path / "home" / "editions"
    facts = edition(id_)
    name = store.keep(folder, facts)
    assert store.kept(folder, name) == facts
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert file.parent.parent == folder


@given(st.text(max_size=20), st.text(max_size=20))
@example("..", "/../x")
@example(".", ".")
@example("", "")
@settings(max_examples=60, deadline=None)
def test_any_name_is_kept_two_folders_deep_and_found_again(id_: str, version: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "editions"
        facts = edition(id_, version=version)
        assert store.kept(folder, store.keep(folder, facts)) == facts
        assert [path.parent.parent for path in Path(place).rglob("*") if path.is_file()] == [folder]
