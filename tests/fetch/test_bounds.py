"""What is too big, damaged, or not what was asked for is refused, and nothing of it stays."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path

import pytest

from tests.fetch.serving import TEXT, FakeTime, Page, Site, left, whole
from underlabel import fetch
from underlabel.model import InputError

PAGE = b"<!DOCTYPE html>\n<html><body><h1>We will be back soon</h1></body></html>"


@pytest.mark.parametrize("sized", [True, False])
def test_a_body_beyond_the_bound_is_refused(site: Site, tmp_path: Path, *, sized: bool) -> None:
    for bounds in (fetch.Bounds(private=True, most_sent=10_000), fetch.Bounds(private=True, most=10_000)):
        url = site.serve(Page(sized=sized, etag='"1"'))
        with pytest.raises(InputError, match="more than 10000"):
            fetch.download(url, tmp_path / "list", bounds=bounds)
        assert (left(tmp_path), len(site.asked[url])) == ([], 1)


def test_a_bomb_is_refused_in_bounded_memory(site: Site, tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"0" * 1_000_000) for _ in range(60)) + packer.flush()
    url = site.serve(Page(body=bomb, encoding="gzip"))
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="holds more than 50000000 bytes"):
            fetch.download(url, tmp_path / "list", bounds=fetch.Bounds(private=True, most=50_000_000))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "encoding", "what"),
    [
        (b"no gzip at all", "gzip", "gzip is damaged"),
        (gzip.compress(TEXT)[:-8] + b"12345678", "gzip", "gzip is damaged"),
        (gzip.compress(b"") * 10_001, "gzip", "more than 10000 members"),
        (TEXT, "br", "not asked for"),
        (TEXT, "gzip, gzip", "not asked for"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_refused(
    site: Site, tmp_path: Path, body: bytes, encoding: str, what: str
) -> None:
    with pytest.raises(InputError, match=what):
        fetch.download(
            site.serve(Page(body=body, encoding=encoding)), tmp_path / "l", bounds=fetch.Bounds(private=True)
        )
    assert left(tmp_path) == []


def test_a_gzip_that_ends_early_at_its_source_is_an_error(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page(body=gzip.compress(TEXT)[:500], encoding="gzip", etag='"1"'))
    with pytest.raises(InputError, match="gzip is cut off"):
        fetch.download(url, tmp_path / "l", bounds=fetch.Bounds(private=True), clock=FakeTime().clock)
    assert not (tmp_path / "l").exists()


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/csv", "application/xml"])
def test_a_page_in_place_of_a_list_is_refused_whatever_it_is_called(site: Site, tmp_path: Path, kind: str) -> None:
    bounds = fetch.Bounds(private=True, forms=("xml", "text"))
    called = kind.partition(";")[0]
    with pytest.raises(InputError, match=f"expected xml or text, and this is html, which the server calls {called}"):
        fetch.download(site.serve(Page(body=PAGE, kind=kind)), tmp_path / "list", bounds=bounds)
    assert left(tmp_path) == []


def test_a_page_in_place_of_a_list_sends_to_the_mirror(site: Site, tmp_path: Path) -> None:
    bounds = fetch.Bounds(private=True, forms=("text",))
    urls = [site.serve(Page(body=PAGE)), site.serve(Page())]
    assert whole(fetch.download(urls, tmp_path / "list", bounds=bounds)).asked == urls[1]


@pytest.mark.parametrize(
    ("body", "kind", "form"),
    [
        (TEXT, "application/octet-stream", "text"),
        (TEXT, "text/plain", "text"),
        (TEXT, "text/html", "text"),
        (b"\xef\xbb\xbf" + TEXT, "text/csv", "text"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><a/>', "text/html", "xml"),
        (b"<list><entry/></list>", "text/plain", "xml"),
        (b"<div>Sorry</div>", "text/html", "html"),
        (b"Sorry.<br>Come back.", "text/html", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html/>', "application/xhtml+xml", "html"),
        (b'{"count": 0}', "text/plain", "json"),
        (gzip.compress(b"<list/>"), "application/gzip", "xml"),
        ("<list/>".encode("utf-16"), "text/xml", "xml"),
        (b"%PDF-1.7", "application/pdf", "pdf"),
        (b"PK\x03\x04rest", "application/zip", "zip"),
        (b"a\0b", "text/plain", "binary"),
        (b"\x1f\x8bno gzip", "text/plain", "binary"),
        (b"", "text/plain", "empty"),
        (b" \n", "\x1b[31m/evil", "empty"),
    ],
)
def test_the_form_is_told_by_how_the_file_begins(site: Site, tmp_path: Path, body: bytes, kind: str, form: str) -> None:
    url = site.serve(Page(body=body, kind=kind))
    found = whole(fetch.download(url, tmp_path / "list", bounds=fetch.Bounds(private=True, forms=(form,))))
    assert (found.form, found.path.read_bytes()) == (form, body)
