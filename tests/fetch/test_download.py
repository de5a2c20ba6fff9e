"""Fetching files, against a server on the loopback."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.fetch.serving import TEXT, FakeTime, Page, Site, left, whole
from underlabel import fetch
from underlabel.model import InputError, UsageError

OPEN = fetch.Bounds(private=True)
REAL = {
    "lists/us_ofac_sdn_history/sdn-2024-05-03.csv.gz": "text",
    "lists/un/un_consolidated-2026-02-27.xml.gz": "xml",
    "lists/us_2026-07-09/bis_dpl.json": "json",
    "lists/us_2026-07-09/source-uflpa-2026-07-09.html": "html",
    "lists/us_ofac_2019-01/dpl.txt": "text",
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_list_comes_whole_though_cut_off_on_its_way(
    site: Site, tmp_path: Path, real_data: Callable[[str], Path], name: str
) -> None:
    served = real_data(name).read_bytes()
    page = Page(body=served, etag='"1"', kind="application/octet-stream")
    url = site.serve(msgspec.structs.replace(page, cut=len(served) // 3), page)
    bounds = msgspec.structs.replace(OPEN, forms=(REAL[name],))
    found = whole(fetch.download(url, tmp_path / "list", bounds=bounds, clock=FakeTime().clock))
    assert found.path.read_bytes() == served
    assert (found.form, found.size, left(tmp_path)) == (REAL[name], len(served), ["list"])


def test_a_file_comes_with_where_it_came_from_and_what_it_is(site: Site, tmp_path: Path) -> None:
    end = site.serve(Page(etag='"7"', modified="Tue, 03 Mar 2026 10:00:00 GMT"))
    url = site.serve(Page(status=301, body=b"", more={"Location": end}))
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN))
    assert found.path.read_bytes() == TEXT
    assert (found.asked, found.url, found.content_type, found.form) == (url, end, "text/csv", "text")
    assert (found.validators.etag, found.validators.url, found.validators.size) == ('"7"', url, len(TEXT))


def test_an_honest_name_is_given_to_the_server(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page())
    fetch.download(url, tmp_path / "list", bounds=OPEN)
    assert site.asked[url][0]["user-agent"].startswith("underlabel")


def test_what_has_not_changed_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page(etag='"7"', modified="Tue, 03 Mar 2026 10:00:00 GMT"))
    first = whole(fetch.download(url, tmp_path / "list", bounds=OPEN))
    kept = msgspec.json.decode(msgspec.json.encode(first.validators), type=fetch.Validators)
    again = fetch.download(url, tmp_path / "other", bounds=OPEN, seen=kept)
    assert isinstance(again, fetch.Unchanged)
    assert again.validators == first.validators
    asked = site.asked[url][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"7"', "Tue, 03 Mar 2026 10:00:00 GMT")
    assert left(tmp_path) == ["list"]


def test_a_date_alone_tells_what_has_not_changed(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page(modified="Tue, 03 Mar 2026 10:00:00 GMT"))
    first = whole(fetch.download(url, tmp_path / "list", bounds=OPEN))
    assert isinstance(fetch.download(url, tmp_path / "list", bounds=OPEN, seen=first.validators), fetch.Unchanged)


def test_the_same_content_is_no_new_edition_where_the_server_states_none(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page(), Page(), Page(body=TEXT + b"one more\n"))
    first = whole(fetch.download(url, tmp_path / "list", bounds=OPEN))
    assert isinstance(fetch.download(url, tmp_path / "list", bounds=OPEN, seen=first.validators), fetch.Unchanged)
    third = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, seen=first.validators))
    assert third.size == first.size + 9
    assert left(tmp_path) == ["list"]


def test_one_address_is_not_asked_with_the_validators_of_another(site: Site, tmp_path: Path) -> None:
    first = whole(fetch.download(site.serve(Page(etag='"1"')), tmp_path / "list", bounds=OPEN))
    other = site.serve(Page(body=b"quite another file\n", etag='"1"'))
    found = whole(fetch.download(other, tmp_path / "list", bounds=OPEN, seen=first.validators))
    assert found.path.read_bytes() == b"quite another file\n"


def test_a_mirror_is_asked_after_a_failure_and_the_failure_is_told(site: Site, tmp_path: Path) -> None:
    official, mirror = site.serve(Page(status=404, body=b"")), site.serve(Page())
    heard: list[fetch.Progress] = []
    found = whole(fetch.download([official, mirror], tmp_path / "list", bounds=OPEN, told=heard.append))
    assert (found.asked, found.failures) == (mirror, (f"{official}: the server answered 404",))
    assert (official, "the server answered 404") in [(one.url, one.note) for one in heard]


def test_the_error_at_the_end_names_every_address_tried(site: Site, tmp_path: Path) -> None:
    asked = [site.serve(Page(status=404)), site.serve(Page(status=403)), (tmp_path / "none").as_uri()]
    with pytest.raises(InputError) as caught:
        fetch.download(asked, tmp_path / "list", bounds=OPEN)
    assert all(address in caught.value.what for address in asked)
    assert (caught.value.where, "moved" in caught.value.hint) == (asked[0], True)


def test_progress_counts_up_to_the_whole(site: Site, tmp_path: Path) -> None:
    heard: list[fetch.Progress] = []
    fetch.download(site.serve(Page()), tmp_path / "list", bounds=OPEN, told=heard.append)
    counts = [one.received for one in heard]
    assert counts == sorted(counts)
    assert (heard[0].received, heard[-1].received, heard[-1].total) == (0, len(TEXT), len(TEXT))


def test_a_packed_body_is_unpacked(site: Site, tmp_path: Path) -> None:
    members = gzip.compress(TEXT[:1000]) + b"\0" * 200_000 + gzip.compress(TEXT[1000:]) + b"\0" * 9
    found = whole(fetch.download(site.serve(Page(body=members, encoding="gzip")), tmp_path / "list", bounds=OPEN))
    assert (found.path.read_bytes(), left(tmp_path)) == (TEXT, ["list"])


def test_a_body_without_a_stated_length_is_told_of(site: Site, tmp_path: Path) -> None:
    heard: list[fetch.Progress] = []
    found = whole(fetch.download(site.serve(Page(sized=False)), tmp_path / "list", bounds=OPEN, told=heard.append))
    assert (found.path.read_bytes(), found.framed) == (TEXT, False)
    assert any("states no length" in one.note for one in heard)


def test_the_old_file_stays_until_the_new_one_is_whole(site: Site, tmp_path: Path) -> None:
    target = tmp_path / "list"
    target.write_bytes(b"old\n")
    with pytest.raises(InputError, match="cut off"):
        fetch.download(site.serve(Page(cut=500)), target, bounds=OPEN, clock=FakeTime().clock)
    assert (target.read_bytes(), left(tmp_path)) == (b"old\n", ["list"])


def test_bytes_come_without_a_file(site: Site) -> None:
    assert fetch.get(site.serve(Page()), OPEN) == TEXT


def test_a_file_of_this_computer_is_copied(tmp_path: Path) -> None:
    source = tmp_path / "a list, ünnamed.csv"
    source.write_bytes(TEXT)
    found = whole(fetch.download(source.as_uri(), tmp_path / "list"))
    assert (found.path.read_bytes(), found.form) == (TEXT, "text")
    again = fetch.download(source.as_uri(), tmp_path / "list", seen=found.validators)
    assert isinstance(again, fetch.Unchanged)
    assert left(tmp_path) == [source.name, "list"]


def test_only_a_regular_file_within_bounds_is_copied(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big").write_bytes(TEXT)
    for name, what in {
        "pipe": "no regular file",
        ".": "no regular file",
        "big": "more than 9",
        "none": "No such",
    }.items():
        with pytest.raises(InputError, match=what):
            fetch.download(f"file://{tmp_path}/{name}", tmp_path / "list", bounds=fetch.Bounds(most=9))
    with pytest.raises(InputError, match="no regular file"):
        fetch.download("file:///dev/zero", tmp_path / "list")


def test_a_folder_that_is_not_there_is_said(site: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: No such file"):
        fetch.download(site.serve(Page()), tmp_path / "none" / "list", bounds=OPEN)


def test_no_address_at_all_is_a_wrong_question(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no address"):
        fetch.download([], tmp_path / "list")


def test_two_runs_do_not_write_one_file(site: Site, tmp_path: Path) -> None:
    def second(_: fetch.Progress) -> None:
        fetch.download(site.serve(Page()), tmp_path / "list", bounds=OPEN)

    with pytest.raises(InputError, match="another run is fetching"):
        fetch.download(site.serve(Page()), tmp_path / "list", bounds=OPEN, told=second)


def test_the_door_alone_needs_no_other_room() -> None:
    code = "import sys, underlabel.fetch; print(*{m.split('.')[1] for m in sys.modules if m[:11] == 'underlabel.'})"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(answer.stdout.split()) == {"fetch", "model"}
