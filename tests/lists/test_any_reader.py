"""Whatever is done to a file on its way here: it is read with a full account, or refused with a word of advice."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lists.test_list_reading import FILES, FIXTURES
from underlabel import lists
from underlabel.lists import Tally, reading, registry
from underlabel.model import Facts, InputError, UnderlabelError

MORE = FILES | {
    "ofac_xml/sdn.xml": "us_ofac_sdn",
    "ofac_xml/consolidated.xml": "us_ofac_cons",
    "ofac_xml/sdn_advanced.xml": "us_ofac_sdn",
    "ftm/example.entities.ftm.json": "ftm",
    "ftm/example.entities.delta.json": "ftm",
    "ftm/targets.nested.json": "ftm",
}
RUN = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Read = tuple[Facts, tuple[Tally, ...]] | None
Put = Callable[[str, bytes], Path]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files be whole editions, that it shows where one should not be."""
    least = {
        name: msgspec.structs.replace(info, minimum={part: min(count, 1) for part, count in info.minimum.items()})
        for name, info in registry.known(readable=False).items()
    }
    monkeypatch.setattr(reading, "known", lambda **_: least)


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a fixture's file anew, beside the files that belong to it."""

    def write(name: str, content: bytes) -> Path:
        source = FIXTURES / name
        folder = tmp_path / name.replace("/", "_")
        if not folder.exists():
            folder.mkdir()
            for one in source.parent.iterdir() if source.parent != FIXTURES else ():
                shutil.copy(one, folder)
        path = folder / source.name
        path.write_bytes(content)
        return path

    return write


def attempt(path: Path, name: str) -> tuple[Facts, tuple[Tally, ...]] | UnderlabelError:
    """Read a file; nothing but our own errors may come out."""
    try:
        return lists.read_accounted(path, name)
    except UnderlabelError as error:
        return error


def accounted(path: Path, name: str) -> Read:
    """Read a file, or None where it is refused: every record is accounted for, and every error is one to act on."""
    found = attempt(path, name)
    if isinstance(found, UnderlabelError):
        assert found.what
        assert found.hint
        return None
    facts, tallies = found
    for tally in tallies:
        assert tally.accounted == tally.records
        assert min(msgspec.structs.astuple(tally)[1:]) >= 0
    assert facts.dataset.records == sum(tally.records for tally in tallies)
    if name != "ftm":  # which tells of what it never keeps in one line
        assert sum(tally.rejected for tally in tallies) <= len(facts.rejected)
    return facts, tallies


def whole(found: Read) -> bool:
    return found is not None and found[0].dataset.coverage == "whole"


def _ids(found: Read) -> set[str]:
    assert found is not None
    return {one.id for one in (*found[0].parties, *found[0].categories, *found[0].listings)}


_PIECES = st.sampled_from(
    [
        *(
            b'"',
            b",",
            b";",
            b"\t",
            b"\n",
            b"\r",
            b"<x>",
            b"</x>",
            b"<",
            b"&",
            b"{",
            b"]",
            b"null",
            b"\x1a",
            b"\0",
            b"\xff",
        ),
        *(b"\xe2\x80\xa8", b"\xc3\x83\xc2\xa9", b"&#0;", b"\\ud800"),
        *(piece * 600 for piece in (b"[", b"(", b" ", b"a.k.a. ")),
    ]
)


@pytest.mark.parametrize("name", MORE)
@RUN
@given(data=st.data())
def test_a_file_damaged_anywhere_is_read_with_an_account_or_refused(name: str, put: Put, data: st.DataObject) -> None:
    content = (FIXTURES / name).read_bytes()
    at = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(at, min(len(content), at + 300)))
    accounted(put(name, content[:at] + data.draw(_PIECES) + content[end:]), MORE[name])


@pytest.mark.parametrize("name", MORE)
@RUN
@given(data=st.data())
def test_a_file_that_is_cut_off_is_no_whole_edition(name: str, put: Put, data: st.DataObject) -> None:
    content = (FIXTURES / name).read_bytes().rstrip(b"\r\n")
    at = data.draw(st.integers(1, len(content) - 1))
    # Cut between two lines a CSV file is like a shorter one: then only the bounds of its size tell.
    lines = name.endswith((".csv", "dpl.txt")) and (content[at - 1 :][:1] == b"\n" or content[at:][:1] in b"\r\n")
    found = accounted(put(name, content[:at]), MORE[name])
    assert lines or not whole(found) or _ids(found) == _ids(accounted(FIXTURES / name, MORE[name]))


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


_DONE: dict[str, Callable[[bytes], bytes]] = {
    "with a mark of its encoding": lambda content: b"\xef\xbb\xbf" + content,
    "with lines of Windows": lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "with lines of old Macs": lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
    "with every line twice": lambda content: b"".join(line * 2 for line in _lines(content)),
    "upside down": lambda content: b"".join(reversed(_lines(content))),
    "without its first line": lambda content: b"".join(_lines(content)[1:]),
    "with a column more": lambda content: b"".join(b"X," + line for line in _lines(content)),
    "as one line": lambda content: content.replace(b"\n", b" "),
}


@pytest.mark.parametrize("done", _DONE)
@pytest.mark.parametrize("name", MORE)
def test_a_file_that_was_turned_about_is_read_with_an_account_or_refused(name: str, done: str, put: Put) -> None:
    accounted(put(name, _DONE[done]((FIXTURES / name).read_bytes())), MORE[name])


_SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "UTF-16": lambda content: content.decode("latin-1").encode("utf-16"),
    "UTF-16 without a mark": lambda content: content.decode("latin-1").encode("utf-16-le"),
    "a NUL byte": lambda content: content[:90] + b"\0" + content[90:],
    "a cut gzip": lambda content: gzip.compress(content)[:-9],
    "one byte": lambda content: content[:1],
    "nothing": lambda _: b"",
    "blanks": lambda _: b" \n" * 50,
    "an entity bomb": lambda content: b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>' + content,
    "an external entity": lambda content: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' + content,
}


@pytest.mark.parametrize("spoiled", _SPOILED)
@pytest.mark.parametrize("name", MORE)
def test_a_file_that_is_no_text_of_a_list_is_refused(name: str, spoiled: str, put: Put) -> None:
    found = accounted(put(name, _SPOILED[spoiled]((FIXTURES / name).read_bytes())), MORE[name])
    if MORE[name] == "ftm" and found is not None:
        assert found[1][-1].rejected, "these files are read line by line: a bad line costs itself"
    else:
        assert found is None or (name == "uflpa.html" and " entity" in spoiled), "a page's own entities mean nothing"


_FIXED = [name for name, list_ in MORE.items() if list_ != "ftm" and not name.startswith("ofac/")]
_OR_LATIN = {"dpl.txt", "uflpa.html", "s889.txt"}
"""Files that may be in Latin-1 by their publisher's word."""


@pytest.mark.parametrize("name", _FIXED)
def test_letters_that_were_decoded_wrongly_are_refused_and_not_read_as_names(name: str, put: Put) -> None:
    text = (FIXTURES / name).read_bytes().removeprefix(b"\xef\xbb\xbf").decode().replace("a", "\u00e9", 40)
    assert accounted(put(name, text.encode().decode("latin-1").encode()), MORE[name]) is None
    if name not in _OR_LATIN:
        assert accounted(put(name, text.encode("latin-1", "replace")), MORE[name]) is None


_MAY = {
    # one file of the eCFR holds all three supplements; six invented entries do not show whose list they are of
    ("ecfr_part744.xml", "us_bis_entity_list"),
    ("ecfr_part744.xml", "us_bis_meu"),
    *((f"ofac{name}", f"us_ofac_{other}") for name in ("/sdn.csv", "_xml/sdn.xml") for other in ("cons",)),
    *((f"ofac{name}", "us_ofac_sdn") for name in ("/cons_prim.csv", "_xml/consolidated.xml")),
}


@pytest.mark.parametrize("name", MORE)
def test_a_file_is_refused_as_any_other_list(name: str) -> None:
    for other in lists.known():
        if other != MORE[name] and (name, other) not in _MAY:
            assert accounted(FIXTURES / name, other) is None, other


@pytest.mark.parametrize(("name", "programme"), [("us_ofac_cons", "SDGT"), ("us_ofac_sdn", "NS-PLC")])
def test_one_ofac_list_is_not_taken_for_the_other(name: str, programme: str, tmp_path: Path) -> None:
    rows = (f'{number},"BODY {number}","entity","{programme}"' + ',""' * 8 for number in range(40))
    path = tmp_path / "list.csv"
    path.write_text("\n".join((*rows, "\x1a")), "utf-8")
    with pytest.raises(InputError, match=r"looks like us_ofac_(?:sdn|cons)"):
        lists.read(path, name)
    other = {"us_ofac_cons": "us_ofac_sdn", "us_ofac_sdn": "us_ofac_cons"}[name]
    assert whole(accounted(path, other))


_EMPTY = {
    "us_bis_entity_list": b'{"list_id": "bis-entity-list", "count": 0, "entities": []}',
    "us_csl": b'{"total": 0, "results": []}',
    "un_sc": b"<CONSOLIDATED_LIST><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>",
    "ca_sema": b"<data-set></data-set>",
    "eu_fsf": b"<export></export>",
    "us_ofac_sdn": b"<sdnList><publshInformation><Publish_Date>05/03/2024</Publish_Date>"
    b"<Record_Count>0</Record_Count></publshInformation></sdnList>",
    "us_ofac_cons": b"\x1a\n",
}
_HEADS = {"uk/UK-Sanctions-List.csv": 2, "eu/20261112-FULL-1_1.csv": 1, "csl/csl.csv": 1, "dpl.txt": 1}


def test_an_empty_list_is_refused_in_every_form(put: Put, tmp_path: Path) -> None:
    for name, content in _EMPTY.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert accounted(path, name) is None, name
    for name, lines in _HEADS.items():
        assert accounted(put(name, b"".join(_lines((FIXTURES / name).read_bytes())[:lines])), MORE[name]) is None


def test_a_table_that_lost_rows_its_siblings_speak_of_is_an_extract(put: Put) -> None:
    for name, header in (("uk/subjects.csv", 1), ("ofac/sdn.csv", 0)):
        lines = _lines((FIXTURES / name).read_bytes())
        found = accounted(put(name, b"".join(lines[:header] + lines[header + 1 :])), MORE[name])
        assert found is not None
        assert not whole(found)
        assert any("tells of subjects" in one.reason or "speaks of entries" in one.reason for one in found[0].rejected)


def test_a_page_saved_without_its_end_is_refused(put: Put) -> None:
    content = (FIXTURES / "uflpa.html").read_bytes()
    assert accounted(put("uflpa.html", content), "us_dhs_uflpa") is not None
    assert accounted(put("uflpa.html", content.replace(b"</html>", b"")), "us_dhs_uflpa") is None
