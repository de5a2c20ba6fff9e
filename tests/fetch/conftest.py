"""The site every test of fetching may use."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.fetch.serving import Handler, Server, Site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Serve on a free port of the loopback."""
    serving = Server(("127.0.0.1", 0), Handler)
    serving.site = Site(f"http://127.0.0.1:{serving.server_port}")
    thread = threading.Thread(target=serving.run)
    thread.start()
    yield serving.site
    serving.shutdown()
    serving.server_close()
    thread.join()
