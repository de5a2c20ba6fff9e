"""Going on where a fetch stopped: never a short file, never one made of two editions."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.serving import TEXT, FakeTime, Page, Site, left, whole
from underlabel import fetch
from underlabel.model import InputError

OPEN = fetch.Bounds(private=True)
WHEN = "Tue, 03 Mar 2020 10:00:00 GMT"


def ranges(site: Site, url: str) -> list[str]:
    """The ranges an address was asked for."""
    return [headers.get("range", "") for headers in site.asked[url]]


@pytest.mark.parametrize("edition", [{"etag": '"1"'}, {"modified": WHEN}])
def test_a_body_cut_off_is_gone_on_with(site: Site, tmp_path: Path, edition: dict[str, str]) -> None:
    page = msgspec.convert(edition, Page)
    url = site.serve(msgspec.structs.replace(page, cut=1000), msgspec.structs.replace(page, cut=500), page)
    heard: list[fetch.Progress] = []
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, told=heard.append, clock=FakeTime().clock))
    assert found.path.read_bytes() == TEXT
    assert ranges(site, url) == ["", "bytes=1000-", "bytes=1500-"]
    assert site.asked[url][1]["if-range"] in edition.values()
    assert "going on after 1000 bytes" in [one.note for one in heard]
    assert left(tmp_path) == ["list"]


def test_a_body_cut_off_for_ever_is_an_error_and_what_came_is_kept(site: Site, tmp_path: Path) -> None:
    page = Page(etag='"1"', cut=1000)
    url = site.serve(page, msgspec.structs.replace(page, cut=0))
    with pytest.raises(InputError, match=f"cut off after 1000 of {len(TEXT)} bytes"):
        fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock)
    assert left(tmp_path) == ["list.part", "list.part.json"]
    assert (tmp_path / "list.part").read_bytes() == TEXT[:1000]


def test_a_server_without_ranges_starts_again(site: Site, tmp_path: Path) -> None:
    page = Page(etag='"1"', ranges=False)
    url = site.serve(msgspec.structs.replace(page, cut=1000), page)
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert (found.path.read_bytes(), ranges(site, url)) == (TEXT, ["", "bytes=1000-"])


@pytest.mark.parametrize("page", [Page(etag='W/"1"'), Page(), Page(modified="Tue, 03 Mar 2099 10:00:00 GMT")])
def test_what_cannot_be_told_apart_is_not_gone_on_with(site: Site, tmp_path: Path, page: Page) -> None:
    url = site.serve(msgspec.structs.replace(page, cut=1000), page)
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert (found.path.read_bytes(), ranges(site, url)) == (TEXT, ["", ""])


def test_a_new_edition_in_between_starts_again(site: Site, tmp_path: Path) -> None:
    new = TEXT.replace(b"Example", b"Another")
    url = site.serve(Page(etag='"1"', cut=1000), Page(etag='"2"', body=new))
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert (found.path.read_bytes(), found.validators.etag) == (new, '"2"')


@pytest.mark.parametrize(
    "rest",
    [
        {"ETag": '"2"', "Content-Range": f"bytes 1000-{len(TEXT) - 1}/{len(TEXT)}"},
        {"ETag": '"1"', "Content-Range": f"bytes 999-{len(TEXT) - 1}/{len(TEXT)}"},
        {"ETag": '"1"', "Content-Range": f"bytes 1000-{len(TEXT)}/{len(TEXT) + 1}"},
        {"ETag": '"1"', "Content-Range": f"bytes 1000-{len(TEXT) - 1}/{len(TEXT)}", "Content-Encoding": "gzip"},
        {"ETag": '"1"'},
    ],
)
def test_the_rest_of_something_else_is_not_joined_on(site: Site, tmp_path: Path, rest: dict[str, str]) -> None:
    page = Page(etag='"1"')
    wrong = Page(status=206, body=b"x" * (len(TEXT) - 1000), more=rest)
    url = site.serve(msgspec.structs.replace(page, cut=1000), wrong, page)
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert (found.path.read_bytes(), ranges(site, url)) == (TEXT, ["", "bytes=1000-", ""])


def test_a_rest_sent_in_pieces_is_taken_piece_by_piece(site: Site, tmp_path: Path) -> None:
    page = Page(etag='"1"')
    ends = [1999, len(TEXT) - 1]
    rests = [
        Page(
            status=206, body=TEXT[at : end + 1], etag='"1"', sized=False, more={"Content-Range": f"bytes {at}-{end}/*"}
        )
        for at, end in zip([1000, 2000], ends, strict=True)
    ]
    url = site.serve(msgspec.structs.replace(page, cut=1000), *rests)
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert (found.path.read_bytes(), ranges(site, url)) == (TEXT, ["", "bytes=1000-", "bytes=2000-"])


def test_a_packed_body_is_gone_on_with_packed(site: Site, tmp_path: Path) -> None:
    packed = Page(body=gzip.compress(TEXT), encoding="gzip", etag='"1"')
    url = site.serve(msgspec.structs.replace(packed, cut=1000), packed)
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert found.path.read_bytes() == TEXT
    assert [(one.get("range"), one["accept-encoding"]) for one in site.asked[url]] == [
        (None, "gzip"),
        ("bytes=1000-", "gzip"),
    ]


def test_a_packed_body_of_no_stated_length_is_never_taken_for_whole(site: Site, tmp_path: Path) -> None:
    packed = Page(body=gzip.compress(TEXT), encoding="gzip", sized=False)
    url = site.serve(msgspec.structs.replace(packed, cut=1000), packed)
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert (found.path.read_bytes(), len(site.asked[url])) == (TEXT, 2)


def test_a_plain_part_is_gone_on_with_plain(site: Site, tmp_path: Path) -> None:
    page = Page(etag='"1"')
    url = site.serve(msgspec.structs.replace(page, cut=1000), page)
    fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock)
    assert [one["accept-encoding"] for one in site.asked[url]] == ["gzip", "identity"]


def test_what_a_killed_run_left_is_used(site: Site, tmp_path: Path) -> None:
    hold = threading.Event()
    url = site.serve(Page(etag='"1"', hold=hold), Page(etag='"1"'))
    code = (
        "import sys; from pathlib import Path; from underlabel import fetch; "
        "fetch.download(sys.argv[1], Path(sys.argv[2]), bounds=fetch.Bounds(private=True), "
        "told=lambda p: print(p.received, flush=True))"
    )
    command = [sys.executable, "-c", code, url, str(tmp_path / "list")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if int(line) >= len(TEXT) // 2:
                break
        run.send_signal(signal.SIGKILL)
    hold.set()
    part = (tmp_path / "list.part").read_bytes()
    assert TEXT.startswith(part)
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN))
    assert found.path.read_bytes() == TEXT
    assert ranges(site, url) == ["", f"bytes={len(part)}-" if part else ""]
    assert left(tmp_path) == ["list"]


def test_a_part_that_was_whole_when_the_run_was_killed_becomes_the_file(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page(etag='"1"'))
    leave(tmp_path, url, TEXT)
    assert whole(fetch.download(url, tmp_path / "list", bounds=OPEN)).path.read_bytes() == TEXT
    assert ranges(site, url) == [f"bytes={len(TEXT) - 1}-"]


@pytest.mark.parametrize("about", [b"", b"{", b'{"url": 3}', None])
def test_a_part_of_which_nothing_is_known_is_not_used(site: Site, tmp_path: Path, about: bytes | None) -> None:
    url = site.serve(Page(etag='"1"'))
    (tmp_path / "list.part").write_bytes(b"of another file")
    if about is not None:
        (tmp_path / "list.part.json").write_bytes(about)
    assert whole(fetch.download(url, tmp_path / "list", bounds=OPEN)).path.read_bytes() == TEXT
    assert (ranges(site, url), left(tmp_path)) == ([""], ["list"])


def test_a_part_of_another_address_is_not_used_and_not_lost_before_a_body_comes(site: Site, tmp_path: Path) -> None:
    official, mirror = site.serve(Page(status=404)), site.serve(Page(etag='"1"'))
    leave(tmp_path, mirror, TEXT[:700])
    found = whole(fetch.download([official, mirror], tmp_path / "list", bounds=OPEN))
    assert found.path.read_bytes() == TEXT
    assert (ranges(site, official), ranges(site, mirror)) == ([""], ["bytes=700-"])


def test_a_part_longer_than_the_file_is_now_starts_again(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page(etag='"1"', body=TEXT[:500]))
    about = {"url": url, "etag": '"1"'}
    (tmp_path / "list.part").write_bytes(TEXT[:900])
    (tmp_path / "list.part.json").write_bytes(msgspec.json.encode(about))
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert (found.path.read_bytes(), ranges(site, url)) == (TEXT[:500], ["bytes=900-", ""])


def test_a_part_that_is_a_link_is_not_followed(site: Site, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"precious")
    (tmp_path / "list.part").symlink_to(tmp_path / "mine")
    with pytest.raises(InputError, match="cannot be written"):
        fetch.download(site.serve(Page()), tmp_path / "list", bounds=OPEN)
    assert (tmp_path / "mine").read_bytes() == b"precious"


CUTS = st.lists(st.integers(0, 3000), max_size=12)


@given(
    cuts=CUTS,
    ranged=st.booleans(),
    packed=st.booleans(),
    etag=st.sampled_from(["", '"1"', 'W/"1"']),
    turns=st.sampled_from([None, 1, 3]),
)
@settings(max_examples=60, deadline=None)
def test_however_the_body_is_cut_the_file_is_the_one_served(
    *, site: Site, cuts: list[int], ranged: bool, packed: bool, etag: str, turns: int | None
) -> None:
    """`turns`: after so many answers a new edition is served."""
    editions = [TEXT[:6000], TEXT[3000:9000]]
    pages = []
    for number, cut in enumerate([*cuts, None]):
        new = turns is not None and number >= turns
        body = editions[new]
        pages.append(
            Page(
                body=gzip.compress(body, mtime=0) if packed else body,
                encoding="gzip" if packed else "",
                etag=etag.replace("1", "2") if new else etag,
                ranges=ranged,
                cut=cut,
            )
        )
    url = site.serve(*pages)
    bounds = fetch.Bounds(private=True, tries=len(pages), seconds=10_000)
    with tempfile.TemporaryDirectory() as folder:
        found = whole(fetch.download(url, Path(folder) / "list", bounds=bounds, clock=FakeTime().clock))
        last = min(len(site.asked[url]), len(pages)) - 1
        assert found.path.read_bytes() == editions[turns is not None and last >= turns]
        assert left(Path(folder)) == ["list"]


def leave(folder: Path, url: str, content: bytes) -> None:
    """Leave a part as a killed run does."""
    about = {"url": url, "etag": '"1"', "total": len(TEXT)}
    (folder / "list.part").write_bytes(content)
    (folder / "list.part.json").write_bytes(msgspec.json.encode(about))
