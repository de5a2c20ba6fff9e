"""Failures that pass, and those that do not: no test here waits for real."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fetch.serving import TEXT, FakeTime, Page, Site, left, whole
from underlabel import fetch
from underlabel.model import InputError

OPEN = fetch.Bounds(private=True)
DOWN = Page(status=500, body=b"")


def test_a_server_that_fails_once_is_asked_again(site: Site, tmp_path: Path) -> None:
    time_ = FakeTime()
    heard: list[fetch.Progress] = []
    url = site.serve(DOWN, Page())
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, told=heard.append, clock=time_.clock))
    assert (found.path.read_bytes(), time_.slept) == (TEXT, [1.0])
    assert heard[0].note == "the server answered 500; trying again in 1.0 seconds"


def test_a_server_that_fails_for_ever_is_left_alone_after_growing_waits(site: Site, tmp_path: Path) -> None:
    time_ = FakeTime()
    url = site.serve(DOWN)
    with pytest.raises(InputError, match=r"answered 500 \(tried 4 times\)"):
        fetch.download(url, tmp_path / "list", bounds=OPEN, clock=time_.clock)
    assert (len(site.asked[url]), time_.slept, left(tmp_path)) == (4, [1.0, 2.0, 4.0], [])


def test_the_waits_have_chance_in_them(site: Site, tmp_path: Path) -> None:
    time_ = FakeTime()
    clock = fetch.Clock(now=time_.now, sleep=time_.sleep, chance=lambda: 0.0)
    fetch.download(site.serve(DOWN, DOWN, Page()), tmp_path / "list", bounds=OPEN, clock=clock)
    assert time_.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    ("after", "slept"),
    [("7", 7.0), ("Tue, 14 Nov 2023 22:13:50 GMT", 30.0), ("0", 1.0), ("soon", 1.0), ("-5", 1.0)],
)
def test_a_server_says_how_long_to_wait(site: Site, tmp_path: Path, after: str, slept: float) -> None:
    time_ = FakeTime()
    url = site.serve(Page(status=429, body=b"", more={"Retry-After": after}), Page())
    whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=time_.clock))
    assert time_.slept == [slept]


def test_a_server_that_wants_too_much_patience_gives_way_to_the_mirror(site: Site, tmp_path: Path) -> None:
    time_ = FakeTime()
    busy = site.serve(Page(status=503, body=b"", more={"Retry-After": "3600"}))
    found = whole(fetch.download([busy, site.serve(Page())], tmp_path / "list", bounds=OPEN, clock=time_.clock))
    assert time_.slept == []
    assert found.failures == (f"{busy}: the server answered 503 and asks to wait 3600 seconds",)


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 404, 410, 501])
def test_a_plain_no_is_not_asked_again(site: Site, tmp_path: Path, status: int) -> None:
    url = site.serve(Page(status=status, body=b""))
    with pytest.raises(InputError, match=f"answered {status}"):
        fetch.download(url, tmp_path / "list", bounds=OPEN)
    assert len(site.asked[url]) == 1


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    time_ = FakeTime()
    with pytest.raises(InputError, match=r"cannot connect to 127\.0\.0\.1"):
        fetch.download("http://127.0.0.1:9/list", tmp_path / "list", bounds=OPEN, clock=time_.clock)
    assert len(time_.slept) == 3


def test_a_slow_body_is_given_up(site: Site, tmp_path: Path) -> None:
    time_ = FakeTime(tick=20)
    slow = Page(body=TEXT[:40], late=0.001)
    with pytest.raises(InputError, match="slower than 1024 bytes a second"):
        fetch.download(site.serve(slow), tmp_path / "list", bounds=OPEN, clock=time_.clock)


def test_a_slow_body_is_given_up_though_each_try_brings_a_little(site: Site, tmp_path: Path) -> None:
    time_ = FakeTime(tick=10)
    url = site.serve(Page(body=TEXT[:400], late=0.001, etag='"1"'))
    with pytest.raises(InputError, match=r"slower than .* \(tried 4 times\)"):
        fetch.download(url, tmp_path / "list", bounds=OPEN, clock=time_.clock)


def test_the_whole_time_is_bounded(site: Site, tmp_path: Path) -> None:
    time_ = FakeTime(tick=1)
    bounds = fetch.Bounds(private=True, seconds=20, slowest=0)
    with pytest.raises(InputError, match="took longer than 20 seconds"):
        fetch.download(site.serve(Page(late=0.001)), tmp_path / "list", bounds=bounds, clock=time_.clock)


def test_waits_do_not_outlast_the_whole_time(site: Site, tmp_path: Path) -> None:
    bounds = fetch.Bounds(private=True, seconds=5)
    busy = Page(status=503, body=b"", more={"Retry-After": "60"})
    with pytest.raises(InputError, match="5 seconds are over"):
        fetch.download(site.serve(busy), tmp_path / "list", bounds=bounds, clock=FakeTime().clock)


def test_a_server_that_never_ends_a_header_is_cut_off(site: Site, tmp_path: Path) -> None:
    # each byte comes in time, so that only the bound on the whole can end it
    begun = time.monotonic()
    with pytest.raises(InputError, match=r"0\.3 seconds are over"):
        fetch.download(site.serve(Page(endless=True)), tmp_path / "l", bounds=fetch.Bounds(private=True, seconds=0.3))
    assert time.monotonic() - begun < 3


def test_a_silent_server_is_not_waited_for(site: Site, tmp_path: Path) -> None:
    page = Page(late=0.2)
    bounds = fetch.Bounds(private=True, read=0.02, tries=1)
    with pytest.raises(InputError, match="nothing came in time"):
        fetch.download(site.serve(page), tmp_path / "list", bounds=bounds, clock=FakeTime().clock)
