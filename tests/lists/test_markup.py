"""XML as it may come: streamed record by record, and refused where it would harm or mislead."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.lists import markup, opening
from underlabel.lists.opening import Opened
from underlabel.model import InputError, NoInputError

MEGABYTE = 1024 * 1024
LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))


def _opened(content: bytes) -> Opened:
    info = lists.known(readable=False)["un_sc"]
    return Opened(path=Path("list.xml"), info=info, content=content, version="", form="xml")


def _texts(content: str | bytes, *tags: str) -> list[str]:
    content = content.encode() if isinstance(content, str) else content
    return ["".join(one.itertext()) for one in markup.records(_opened(content), *(tags or ("rec",)))]


def _refused(content: str | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        _texts(content)
    assert caught.value.hint
    assert caught.value.where.startswith("list.xml")
    return caught.value


def test_records_are_given_whole_and_in_order() -> None:
    content = "<r><x>no</x><rec>1<a>2</a></rec><deep><rec>3</rec></deep><rec/>tail</r>"
    assert _texts(content) == ["12", "3", ""]


def test_several_names_may_be_asked_for_and_none_is_looked_for_inside_one() -> None:
    content = "<r><b>1</b><a>2<b>3</b></a><b>4</b></r>"
    assert _texts(content, "a", "b") == ["1", "23", "4"]


def test_a_record_is_emptied_when_the_next_is_asked_for() -> None:
    given_ = list(markup.records(_opened(b"<r><rec><a/></rec><rec><a/></rec></r>"), "rec"))
    assert [len(one) for one in given_] == [0, 0]


def test_namespaces_are_set_aside_in_elements_and_attributes() -> None:
    content = b'<p:r xmlns:p="urn:x" xmlns="urn:y"><p:rec p:day="1" kind="2"><a>3</a></p:rec></p:r>'
    (record,) = [(one.tag, dict(one.attrib), markup.text(one, "a")) for one in markup.records(_opened(content), "rec")]
    assert record == ("rec", {"day": "1", "kind": "2"}, "3")


def test_texts_are_told_once_with_single_spaces() -> None:
    (found,) = [
        (markup.text(one, "a"), markup.texts(one, "a"), markup.text(one, "b"))
        for one in markup.records(_opened(b"<r><rec><a> x\n  y </a><a/><a>x y</a><a>z</a></rec></r>"), "rec")
    ]
    assert found == ("x y", ("x y", "z"), "")


def test_the_outermost_element_is_told_with_its_attributes() -> None:
    assert markup.root(_opened(b'\xef\xbb\xbf<x:r xmlns:x="urn:x" x:day="1" n="2"><rec/>')) == (
        "r",
        {"day": "1", "n": "2"},
    )


@pytest.mark.parametrize(
    "content", [b"", b"words", b'<!DOCTYPE r><r a="1"/>', b'<?xml version="1.0" encoding="x"?><r/>']
)
def test_of_what_cannot_be_read_no_outermost_element_is_told(content: bytes) -> None:
    assert markup.root(_opened(content)) == ("", {})


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE r><r><rec/></r>",
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><r><rec/></r>',
        f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]><r><rec>&a9;</rec></r>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><rec>&x;</rec></r>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><r><rec>&x;</rec></r>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><r><rec/></r>',
        "<!DOCTYPE r [<!ENTITY % p \"<!ENTITY x 'y'>\"> %p;]><r><rec>&x;</rec></r>",
        '<!DOCTYPE r [<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "x.bin" NDATA n>]><r><rec/></r>',
        f"<!DOCTYPE r [<!ENTITY x '{'x' * 100_000}'>]><r><rec>{'&x;' * 1000}</rec></r>",
    ],
    ids=["dtd", "dtd outside", "laughs", "file", "http", "parameter outside", "parameter", "unparsed", "blowup"],
)
def test_document_types_and_entities_are_refused(content: str) -> None:
    began = time.monotonic()
    assert "document type or entities" in _refused(content).what
    assert time.monotonic() - began < 2


def test_an_entity_that_nobody_declared_is_not_well_formed() -> None:
    assert "not well formed: undefined entity" in _refused("<r><rec>&x;</rec></r>").what


def test_the_five_entities_of_xml_itself_are_text() -> None:
    assert _texts("<r><rec>&lt;&amp;&gt;&quot;&apos;&#233;&#xe9;</rec></r>") == ["<&>\"'éé"]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("<r>\n <rec>1</rec>\n <rec>2", "list.xml:3:8"),
        ("<r>\n <rec>1</rec>\n</q>", "list.xml:3:3"),
        ("<r><rec>1</rec></r><r/>", "list.xml:1:20"),
        ("<r><rec>a & b</rec></r>", "list.xml:1:12"),
        ("", "list.xml:1:1"),
        ("<r><rec>\0</rec></r>", "list.xml:1:9"),
        ("<r><rec>\x19</rec></r>", "list.xml:1:9"),
    ],
)
def test_xml_that_is_cut_off_or_broken_is_refused_with_line_and_column(content: str, where: str) -> None:
    error = _refused(content)
    assert "not well formed" in error.what
    assert error.where == where


def test_records_before_the_break_are_given_and_then_the_break_is_told() -> None:
    found = (markup.text(one, ".") for one in markup.records(_opened(b"<r><rec>1</rec><rec>2</rec><rec>"), "rec"))
    assert [next(found), next(found)] == ["1", "2"]
    with pytest.raises(InputError, match="not well formed"):
        next(found)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?><r><rec>é</rec></r>'.encode(), "says it is in ISO-8859-1"),
        (b"<?xml version='1.0' encoding='windows-1252'?><r/>", "says it is in windows-1252"),
        (b'<?xml version="1.0" encoding="utf-16"?><r/>', "says it is in utf-16"),
        (b'<?xml version="1.0" encoding="none-such"?><r/>', "says it is in none-such"),
        (b'<?xml version="1.0"' + b" " * 2000 + b'encoding="shift_jis"?><r/>', "cannot be decoded"),
        ('<?xml version="1.0" encoding="UTF-8"?><r><rec>é</rec></r>'.encode("latin-1"), "not well formed"),
    ],
)
def test_a_wrong_encoding_is_refused_and_never_becomes_wrong_letters(content: bytes, what: str) -> None:
    assert what in _refused(content).what


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>'])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_read_with_or_without_being_told(declared: str, mark: bytes) -> None:
    assert _texts(mark + f"{declared}<r><rec>é 海 😀</rec></r>".encode()) == ["é 海 😀"]


def test_elements_may_nest_but_not_without_end() -> None:
    assert _texts("<a>" * 63 + "<rec/>" + "</a>" * 63) == [""]
    assert "nest more than 64 deep" in _refused("<a>" * 64 + "<rec/>" + "</a>" * 64).what
    assert "nest more than 64 deep" in _refused("<a>" * 200_000).what


@pytest.mark.parametrize(
    ("name", "limit", "content", "what"),
    [
        ("_SILENT", 20_000, "<r><rec>" + "x" * 99_000 + "</rec></r>", "more than 20000 bytes stand between"),
        ("_SILENT", 20_000, "<r><!--" + "x" * 99_000 + "--></r>", "more than 20000 bytes stand between"),
        ("_SILENT", 20_000, '<r><rec a="' + "x" * 99_000 + '"/></r>', "more than 20000 bytes stand between"),
        ("_WIDEST", 20_000, "<r><rec>" + "<a>x</a>" * 12_000 + "</rec></r>", "record is longer than 20000 bytes"),
        ("_FULLEST", 1_000, "<r><rec>" + "<a/>" * 1_001 + "</rec></r>", "record holds more than 1000 elements"),
        ("_KINDS", 1_000, "<r>" + "".join(f"<a{at}/>" for at in range(1_000)) + "</r>", "more than 1000 names"),
    ],
    ids=["text", "comment", "attribute", "record", "elements", "names"],
)
def test_what_would_have_to_be_held_at_once_is_bounded(
    monkeypatch: pytest.MonkeyPatch, name: str, limit: int, content: str, what: str
) -> None:
    monkeypatch.setattr(markup, name, limit)
    assert what in _refused(content).what


def test_bounds_are_for_one_record_and_not_for_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_SILENT", "_WIDEST", "_FULLEST"):
        monkeypatch.setattr(markup, name, 40_000)
    assert len(_texts("<r>" + "<rec><a>some words</a></rec>" * 9_000 + "</r>")) == 9_000


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_large_file_on_a_single_line_is_streamed_in_little_memory() -> None:
    record = b"<rec><a>" + b"x" * 30_000 + b"</a></rec>"
    opened = _opened(b"<r>" + record * (50 * MEGABYTE // len(record)) + b"</r>")
    assert b"\n" not in opened.content
    assert _peak(lambda: [None for _ in markup.records(opened, "rec")]) < 2 * MEGABYTE


def test_a_large_file_of_a_single_text_is_refused_in_little_memory() -> None:
    opened = _opened(b"<r><rec>" + b"x" * (50 * MEGABYTE) + b"</rec></r>")

    def refuse() -> None:
        with pytest.raises(InputError, match="stand between two elements"):
            list(markup.records(opened, "rec"))

    assert _peak(refuse) < 16 * MEGABYTE


def test_many_small_elements_outside_records_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        opened = _opened(b"<r>" + b"<a/>" * count + b"</r>")
        began = time.process_time()
        assert list(markup.records(opened, "rec")) == []
        return time.process_time() - began

    seconds(1_000)
    assert seconds(80_000) < 30 * seconds(8_000) + 0.2


def test_a_gzip_bomb_is_refused_in_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LIMIT", MEGABYTE)
    path = tmp_path / "list.xml.gz"
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(40):
            file.write(b"<a/>" * (MEGABYTE // 4))
    path.write_bytes(packed.getvalue())

    def refuse() -> None:
        with pytest.raises(InputError, match=f"more than {MEGABYTE} bytes"):
            lists.read(path, "un_sc")

    assert _peak(refuse) < 5 * MEGABYTE


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LIMIT", MEGABYTE)
    path = tmp_path / "list.xml"
    with path.open("wb") as file:
        file.write(b"<CONSOLIDATED_LIST>")
        file.truncate(1024 * MEGABYTE)

    def refuse() -> None:
        with pytest.raises(InputError, match=f"more than {MEGABYTE} bytes"):
            lists.read(path, "un_sc")

    assert _peak(refuse) < 5 * MEGABYTE


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<CONSOLIDATED_LIST><ENTITIES>\0</ENTITIES></CONSOLIDATED_LIST>", "NUL"),
        ("<CONSOLIDATED_LIST/>".encode("utf-16"), "UTF-16"),
        (b"<!DOCTYPE html><html/>", "web page"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><CONSOLIDATED_LIST/>", "document type or entities"),
        (b"<CONSOLIDATED_LIST><ENTITIES>", "not well formed"),
    ],
)
def test_a_reader_of_xml_refuses_them_too(tmp_path: Path, content: bytes, error: str) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=error):
        lists.read(path, "un_sc", accept_small=True)


_WORD = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&"), max_size=20)
_PIECE = st.sampled_from(
    ["<rec>", "</rec>", "<a b='c'>", "</a>", "<r>", "</r>", "<rec/>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_WORD, max_size=8))
def test_what_was_written_is_what_is_read(words: list[str]) -> None:
    assert _texts("<r>" + "".join(f"<rec>{word}</rec>" for word in words) + "</r>") == words


@settings(max_examples=100, deadline=None)
@given(st.lists(_PIECE | _WORD, max_size=12), st.binary(max_size=4))
def test_any_bytes_are_records_or_an_error_that_says_where(pieces: list[str], more: bytes) -> None:
    outcome: list[str] | InputError
    try:
        outcome = _texts("".join(["<r>", *pieces, "</r>"]).encode() + more)
    except InputError as error:
        outcome = error
    assert isinstance(outcome, list) or (outcome.hint and outcome.where.startswith("list.xml"))


def test_an_empty_file_is_no_input(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(b" \n")
    with pytest.raises(NoInputError):
        lists.read(path, "un_sc")
