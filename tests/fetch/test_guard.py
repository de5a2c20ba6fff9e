"""Which addresses are refused, before anything is sent there."""

from __future__ import annotations

import threading
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.serving import Handler, Page, Server, Site
from underlabel import fetch
from underlabel.fetch.errand import AddressFailedError
from underlabel.fetch.guard import followed, public
from underlabel.model import InputError

OPEN = fetch.Bounds(private=True)
NETWORKS = ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"]
NETWORKS += ["192.0.0.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"]
NETWORKS_SIX = ["::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "3fff::/20"]
NETWORKS_SIX += ["5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"]
PRIVATE = st.one_of([st.ip_addresses(v=4, network=network) for network in NETWORKS])
PRIVATE_SIX = st.one_of([st.ip_addresses(v=6, network=network) for network in NETWORKS_SIX])


def test_a_loopback_address_is_refused_unless_allowed(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page())
    with pytest.raises(InputError, match=r"127\.0\.0\.1 is not a public address"):
        fetch.download(url, tmp_path / "list")
    assert site.asked[url] == []


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.0.0.1", "0", "[::1]", "[::]"])
def test_other_spellings_of_the_loopback_are_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(InputError, match="not a public address"):
        fetch.download(f"http://{host}:9/", tmp_path / "list", bounds=fetch.Bounds(tries=1))


@given(PRIVATE)
@settings(max_examples=60, deadline=None)
def test_no_private_number_is_public_however_it_is_wrapped(number: IPv4Address) -> None:
    packed = number.packed
    assert not public(number)
    assert not public(IPv6Address(b"\0" * 10 + b"\xff\xff" + packed))
    assert not public(IPv6Address(b"\0\x64\xff\x9b" + b"\0" * 8 + packed))
    assert not public(IPv6Address(b"\x20\x02" + packed + b"\0" * 10))
    assert not public(IPv6Address(b"\0" * 12 + packed))


@given(PRIVATE_SIX)
@settings(max_examples=60, deadline=None)
def test_no_closed_number_of_the_new_kind_is_public(number: IPv6Address) -> None:
    assert not public(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "8.8.8.8"])
def test_a_public_number_is_public_however_it_is_wrapped(number: str) -> None:
    four = IPv4Address(number)
    assert public(four)
    assert public(IPv6Address(f"::ffff:{number}"))
    assert public(IPv6Address(f"64:ff9b::{number}"))
    assert public(IPv6Address(b"\x20\x02" + four.packed + b"\0" * 10))
    assert public(IPv6Address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))


def test_a_redirect_to_a_private_address_is_refused_though_the_first_one_was_allowed(
    site: Site, tmp_path: Path
) -> None:
    trap = Server(("127.0.0.1", 0), Handler)
    trap.site = Site(f"http://localhost:{trap.server_port}")
    secret = trap.site.serve(Page())
    thread = threading.Thread(target=trap.run)
    thread.start()
    try:
        for target in (secret, "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/"):
            url = site.serve(Page(status=302, body=b"", more={"Location": target}))
            with pytest.raises(InputError, match="not a public address"):
                fetch.download(url, tmp_path / "list", bounds=OPEN)
    finally:
        trap.shutdown()
        trap.server_close()
        thread.join()
    assert trap.site.asked[secret] == []


def test_a_redirect_loop_ends(site: Site, tmp_path: Path) -> None:
    url = site.serve(Page(status=302, body=b"", more={"Location": "list"}))
    with pytest.raises(InputError, match="more than 5 redirects"):
        fetch.download(url, tmp_path / "list", bounds=OPEN)
    assert len(site.asked[url]) == 6


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("file:///etc/hostname", "redirects to a file"),
        ("ftp://example.org/list", "only http, https and file"),
        ("http://name:word@127.0.0.1/", "name or password"),
        ("http://[", "no address"),
        ("", "without saying where"),
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_refused(site: Site, tmp_path: Path, target: str, what: str) -> None:
    url = site.serve(Page(status=302, body=b"", more={"Location": target}))
    with pytest.raises(InputError, match=what):
        fetch.download(url, tmp_path / "list", bounds=OPEN)


def test_a_redirect_never_leaves_https() -> None:
    assert followed("https://a.example/x", "y#part") == "https://a.example/y"
    assert followed("http://a.example/x", "https://b.example/") == "https://b.example/"
    for target in ("http://a.example/", "HTTP://a.example/"):
        with pytest.raises(AddressFailedError, match="from https to http"):
            followed("https://a.example/x", target)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "https://", "javascript:alert(1)", "list.csv", "file://host/x"])
def test_only_web_addresses_and_files_are_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="only http, https and file"):
        fetch.download(url, tmp_path / "list")


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        fetch.download("https://name:secret@example.org/list", tmp_path / "list")
    assert "secret" not in str(caught.value) + caught.value.hint
    assert caught.value.where == "https://***@example.org/list"


def test_a_host_without_a_number_is_said(tmp_path: Path) -> None:
    for url in ("https://list..invalid/", f"https://{'a' * 70}.invalid/"):
        with pytest.raises(InputError, match=r"no address"):
            fetch.download(url, tmp_path / "list", bounds=fetch.Bounds(tries=1))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:99999/", "http://a b/", "http://[::1", "http://a\nb/", "http://a:x/"]
)
def test_what_is_no_address_is_said(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="no address"):
        fetch.download(url, tmp_path / "list")
