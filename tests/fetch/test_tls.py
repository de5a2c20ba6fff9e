"""Over TLS: the connection goes to the number that was checked, and the server must prove the name that was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.fetch.serving import TEXT, FakeTime, Handler, Page, Server, Site, whole
from underlabel import fetch
from underlabel.model import InputError

OPEN = fetch.Bounds(private=True, tries=1)


def certificate(folder: Path) -> Path:
    """Make a certificate for "localhost" and no other name, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the server's certificate and key."""
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def safe(pem: Path) -> Iterator[Site]:
    """Serve over TLS on a free port of the loopback."""
    serving = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    serving.socket = context.wrap_socket(serving.socket, server_side=True, do_handshake_on_connect=False)
    serving.site = Site(f"https://localhost:{serving.server_port}")
    thread = threading.Thread(target=serving.run)
    thread.start()
    yield serving.site
    serving.shutdown()
    serving.server_close()
    thread.join()


@pytest.fixture
def trusted(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the server's certificate, as a user does who has an authority of their own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))


@pytest.mark.usefixtures("trusted")
def test_a_file_comes_over_tls_though_cut_off(safe: Site, tmp_path: Path) -> None:
    url = safe.serve(Page(cut=1000, etag='"1"'), Page(etag='"1"'))
    found = whole(fetch.download(url, tmp_path / "list", bounds=OPEN, clock=FakeTime().clock))
    assert found.path.read_bytes() == TEXT
    assert safe.asked[url][0]["host"] == safe.root.removeprefix("https://")


@pytest.mark.usefixtures("trusted")
def test_a_server_must_prove_the_name_that_was_asked(safe: Site, tmp_path: Path) -> None:
    url = safe.serve(Page())
    with pytest.raises(InputError, match=r"127\.0\.0\.1 cannot prove who it is"):
        fetch.download(url.replace("localhost", "127.0.0.1"), tmp_path / "list", bounds=OPEN)


def test_a_certificate_that_no_one_vouches_for_is_refused(safe: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot prove who it is"):
        fetch.download(safe.serve(Page()), tmp_path / "list", bounds=OPEN)


@pytest.mark.usefixtures("trusted")
def test_a_redirect_out_of_tls_is_refused(safe: Site, site: Site, tmp_path: Path) -> None:
    bare = site.serve(Page())  # named as a mirror too, so that only its scheme can be at fault
    url = safe.serve(Page(status=302, body=b"", more={"Location": bare}))
    with pytest.raises(InputError, match="redirects from https to http"):
        fetch.download([url, bare], tmp_path / "list", bounds=fetch.Bounds(private=True, forms=("xml",)))
    assert len(site.asked[bare]) == 1
