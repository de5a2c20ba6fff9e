"""Lists fetched from their addresses: what comes in, what is refused, and that the last good edition stays in use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fetch.serving import Handler, Page, Server, Site
from underlabel import fetch, lists, world
from underlabel.model import Dataset, InputError, Party, UsageError
from underlabel.world import adding, updating

TODAY = date(2026, 11, 24)
GONE = Page(status=404, body=b"gone")
BROKEN = Page(status=500, body=b"broken")


@pytest.fixture(scope="module")
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


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build without the package's facts: it takes no time."""
    monkeypatch.setattr(adding, "starter", tuple)


def un(day: str, entries: int = 700, *, first: int = 1) -> bytes:
    """Make an edition of the UN's list."""
    rows = "".join(
        f"<ENTITY><DATAID>{number}</DATAID><FIRST_NAME>EXAMPLE TRADING {number}</FIRST_NAME>"
        f"<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.{number:03}</REFERENCE_NUMBER>"
        "<LISTED_ON>2018-03-30</LISTED_ON></ENTITY>"
        for number in range(first, first + entries)
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{day}T23:00:05.233-05:00">'
    return f"{text}<INDIVIDUALS/><ENTITIES>{rows}</ENTITIES></CONSOLIDATED_LIST>".encode()


def uvl(entries: int = 60) -> bytes:
    """Make an edition of the Unverified List, which states no day of its own."""
    rows = "".join(
        f"<TR><TD>{'CHINA' if number == 0 else ''}</TD><TD>Example Optics {number} Co., Ltd., No. {number} Example "
        "Road, Wuhan, China.</TD><TD>87 FR 61977, 10/13/22.</TD></TR>"
        for number in range(entries)
    )
    head = (
        "<TR><TH>Country</TH><TH>Listed person and address</TH>"
        "<TH>Federal Register citation and date of publication</TH></TR>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><DIV9 N="Supplement No. 6 to Part 744" TYPE="APPENDIX">'
        f"<HEAD>Supplement No. 6 to Part 744—Unverified List</HEAD><TABLE><THEAD>{head}</THEAD>"
        f"<TBODY>{rows}</TBODY></TABLE></DIV9>"
    ).encode()


OLD, NEW = un("2026-02-27"), un("2026-03-20", 710)


def home(folder: Path, seconds: float = 0.3, **instead: str) -> world.Home:
    """Make a home that fetches lists from these addresses, and gives up soon."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"[fetch]\nprivate = true\nseconds = {seconds}\n"]
    lines += [f'[lists.{name}]\ninstead = ["{address}"]\n' for name, address in instead.items()]
    (folder / "config.toml").write_text("".join(lines), encoding="utf-8")
    return world.home(folder)


def updated(place: world.Home, *, accept: bool = False, today: date = TODAY) -> world.Outcome:
    """Update the UN's list alone."""
    (found,) = world.update(place, ["un_sc"], accept=accept, today=today)
    return found


def in_use(place: world.Home, name: str = "un_sc") -> Dataset:
    held = world.open_world(place).loaded(name)
    assert held is not None
    return held


def test_a_new_edition_is_fetched_read_and_used(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD, kind="text/xml"), Page(body=NEW, kind="text/xml")))
    first, second = updated(place), updated(place)
    assert (first.outcome, first.edition, first.entries) == ("updated", date(2026, 2, 27), 700)
    assert (second.outcome, second.edition, second.entries) == ("updated", date(2026, 3, 20), 710)
    assert in_use(place).edition == second.edition
    assert list(world.editions(place, "un_sc")) == ["2026-02-27", "2026-03-20"], "the one before stays as history"


@pytest.mark.parametrize(
    "again",
    [
        Page(body=OLD, etag='"a"'),
        Page(body=OLD, etag='"b"', modified="Tue, 24 Nov 2026 06:00:00 GMT"),
    ],
    ids=["304", "the same bytes anew"],
)
def test_what_has_not_changed_is_not_built_again(tmp_path: Path, site: Site, again: Page) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD, etag='"a"'), again))
    updated(place)
    found = updated(place)
    assert (found.outcome, found.edition, found.entries) == ("unchanged", date(2026, 2, 27), 700)
    assert len(world.snapshots(place)) == 1


RUINS = {
    "no entry": (un("2026-03-20", 0), "refused", "no entry could be read"),
    "far fewer than ever": (un("2026-03-20", 20), "refused", "only 20 entries"),
    "another list": (OLD.replace(b"CONSOLIDATED_LIST", b"PRICE_LIST"), "refused", "<CONSOLIDATED_LIST> was expected"),
    "cut off": (OLD[: len(OLD) // 2], "refused", "consolidated.xml"),
    "another encoding": (OLD.replace(b"UTF-8", b"UTF-16", 1), "refused", "consolidated.xml"),
    "broken letters": (OLD.replace(b"TRADING", b"TR\xc4DING"), "refused", "consolidated.xml"),
    "an entity bomb": (
        OLD.replace(b"?>", b'?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', 1),
        "refused",
        "consolidated.xml",
    ),
    "an error page": (b"<!doctype html><html><body>Down for maintenance</body></html>", "failed", "this is html"),
    "nothing": (b"", "failed", "empty"),
}


@pytest.mark.parametrize(("body", "outcome", "said"), RUINS.values(), ids=RUINS)
def test_ruin_is_refused_and_told_until_a_good_edition_comes(
    tmp_path: Path, site: Site, body: bytes, outcome: str, said: str
) -> None:
    pages = (Page(body=OLD), Page(body=body), Page(body=body), Page(body=NEW))
    place = home(tmp_path, un_sc=site.serve(*pages))
    updated(place)
    for _ in range(2):
        found = updated(place)
        assert (found.outcome, found.edition) == (outcome, date(2026, 2, 27)), "the edition still in use is named"
        assert said in found.reason
        assert found.hint
        assert in_use(place).edition == date(2026, 2, 27)
        assert updating.state(place, "un_sc").reason == found.reason
    found = updated(place)
    assert (found.outcome, in_use(place).edition) == ("updated", date(2026, 3, 20))
    assert updating.state(place, "un_sc").reason == ""


def test_an_error_page_of_a_list_that_is_a_page_is_refused(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, us_dhs_uflpa=site.serve(Page(body=b"<html><body><h1>Access denied</h1></body></html>")))
    (found,) = world.update(place, ["us_dhs_uflpa"])
    assert found.outcome == "refused"
    assert "uflpa.html" in found.reason


@pytest.mark.parametrize(("entries", "outcome"), [(640, "updated"), (639, "refused")])
def test_a_list_may_lose_a_fifth_and_no_more(tmp_path: Path, site: Site, entries: int, outcome: str) -> None:
    pages = (Page(body=un("2026-02-27", 800)), Page(body=un("2026-03-20", entries)))
    place = home(tmp_path, un_sc=site.serve(*pages))
    updated(place)
    found = updated(place)
    assert found.outcome == outcome
    if outcome == "refused":
        assert "639 entries, 20 % fewer than the edition of 2026-02-27 (800)" in found.reason
        assert "--accept" in found.hint


def test_what_is_accepted_is_used_and_says_so(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=un("2026-02-27", 900)), Page(body=un("2026-03-20", 700))))
    updated(place)
    assert updated(place).outcome == "refused"
    found = updated(place, accept=True)
    assert (found.outcome, found.edition) == ("updated", date(2026, 3, 20))
    assert "22 % fewer" in found.accepted
    assert in_use(place).accepted == found.accepted, "the manifest keeps it"
    after = updated(place)
    assert (after.outcome, in_use(place).accepted) == ("unchanged", found.accepted)


@pytest.mark.parametrize("down", [BROKEN, GONE, Page(body=OLD, cut=100)], ids=["500", "404", "cut off"])
def test_a_server_that_is_down_changes_nothing(tmp_path: Path, site: Site, down: Page) -> None:
    good = Page(body=OLD, etag='"a"')
    place = home(tmp_path, un_sc=site.serve(good, down, good))
    updated(place)
    found = updated(place)
    assert (found.outcome, found.edition, in_use(place).edition) == ("failed", date(2026, 2, 27), date(2026, 2, 27))
    assert found.reason
    assert found.hint
    again = updated(place)
    assert (again.outcome, again.reason) == ("unchanged", ""), "nothing new came, and nothing is wrong any more"
    assert len(world.snapshots(place)) == 1


def test_nobody_there_is_a_failure(tmp_path: Path) -> None:
    found = updated(home(tmp_path, un_sc="http://127.0.0.1:1/consolidated.xml"))
    assert (found.outcome, found.edition) == ("failed", None)
    assert world.snapshots(world.home(tmp_path)) == ()


def test_a_private_address_needs_leave(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD)))
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace("private = true", "private = false"), encoding="utf-8")
    assert updated(place).outcome == "failed"


def test_one_list_that_fails_keeps_no_other_back(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(GONE), us_bis_uvl=site.serve(Page(body=uvl(), kind="text/xml")))
    found = {one.list: one.outcome for one in world.update(place, ["un_sc", "us_bis_uvl"], today=TODAY)}
    assert found == {"un_sc": "failed", "us_bis_uvl": "updated"}
    assert in_use(place, "us_bis_uvl").coverage == "whole"


def test_a_list_named_twice_is_updated_once(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD)))
    (found,) = world.update(place, ["un_sc", "un_sc_sanctions"])
    assert found.list == "un_sc"


def test_all_lists_are_those_with_an_address_official_or_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> fetch.Fetched:
        raise InputError("the server is down")

    monkeypatch.setattr(fetch, "download", down)
    found = world.update(home(tmp_path, us_dod_1260h="https://example.org/1260h.json"))
    names = {one.list for one in found}
    assert {"un_sc", "us_ofac_sdn", "us_bis_entity_list", "us_dod_1260h"} <= names
    assert names.isdisjoint({"us_ndaa_889", "ftm"})


def test_a_list_without_an_address_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no address is known from which us_dod_1260h") as told:
        world.update(home(tmp_path), ["us_dod_1260h"])
    assert "lists add" in told.value.hint
    assert "config.toml" in told.value.hint


class Mirrors:
    """Addresses in place of the net: some are down, the others give a file."""

    def __init__(self, **given: bytes) -> None:
        self.given = {address.replace("_", "."): body for address, body in given.items()}
        self.asked: list[str] = []

    def __call__(self, addresses: tuple[str, ...], into: Path, **_: object) -> fetch.Fetched:
        """Fetch as `fetch.download` does."""
        for address in addresses:
            self.asked.append(address)
            for word, body in self.given.items():
                if word in address:
                    into.write_bytes(body)
                    seen = fetch.Validators(url=address, sha256=str(hash(body)), size=len(body))
                    return fetch.Fetched(
                        path=into, asked=address, url=address, form="xml", size=len(body), validators=seen
                    )
        raise InputError("none of the addresses has it", hint="look again")


def test_mirrors_are_asked_after_the_official_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    net = Mirrors(mirror_example=OLD)
    monkeypatch.setattr(fetch, "download", net)
    place = home(tmp_path)
    with (tmp_path / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[lists.un_sc]\nmirrors = ["https://other.example/un.xml", "https://mirror.example/lists/"]\n')
    assert updated(place).outcome == "updated"
    official, *mirrors = net.asked
    assert official.startswith("https://scsanctions.un.org/")
    assert mirrors == ["https://other.example/un.xml", "https://mirror.example/lists/consolidated.xml"]
    assert updating.state(place, "un_sc").confirmed is None, "a mirror may stand still: the edition may grow stale"


def test_an_address_with_a_day_in_it_is_asked_for_the_days_before_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = Mirrors(**{"2026-11-22": uvl()})
    monkeypatch.setattr(fetch, "download", net)
    (found,) = world.update(home(tmp_path), ["us_bis_uvl"], today=TODAY)
    assert [one.partition("full/")[2][:10] for one in net.asked] == ["2026-11-24", "2026-11-23", "2026-11-22"]
    assert (found.outcome, found.edition) == ("updated", date(2026, 11, 22)), "the edition is of the day that was had"
    assert updating.state(world.home(tmp_path), "us_bis_uvl").confirmed == TODAY


def test_an_edition_without_a_day_is_of_its_address_or_server_or_of_today(tmp_path: Path, site: Site) -> None:
    (tmp_path / "uvl-2026-07-09.xml").write_bytes(uvl())
    modified = "Tue, 10 Nov 2026 06:00:00 GMT"
    given = {
        (tmp_path / "uvl-2026-07-09.xml").as_uri(): date(2026, 7, 9),
        site.serve(Page(body=uvl(), modified=modified)): date(2026, 11, 10),
        site.serve(Page(body=uvl())): TODAY,
    }
    for number, (address, day) in enumerate(given.items()):
        place = home(tmp_path / str(number), us_bis_uvl=address)
        (found,) = world.update(place, ["us_bis_uvl"], today=TODAY)
        assert (found.outcome, found.edition) == ("updated", day)


def test_a_folder_of_this_computer_may_stand_in(tmp_path: Path) -> None:
    mirror = tmp_path / "lists of ours"
    mirror.mkdir()
    (mirror / "consolidated.xml").write_bytes(OLD)
    place = home(tmp_path / "home", un_sc=f"{mirror.as_uri()}/")
    assert updated(place).outcome == "updated"
    assert updated(place).outcome == "unchanged"
    (mirror / "consolidated.xml").unlink()
    assert updated(place).outcome == "failed"


def test_an_edition_that_is_no_longer_in_use_comes_back(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD, etag='"a"'), Page(body=NEW, etag='"b"')))
    updated(place)
    before = place.named()
    updated(place)
    world.use(place, str(before))
    assert in_use(place).edition == date(2026, 2, 27)
    assert updated(place).outcome == "updated"
    assert in_use(place).edition == date(2026, 3, 20)


def test_a_file_added_by_hand_is_not_built_again(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD)))
    (tmp_path / "by-hand.xml").write_bytes(OLD)
    from_file = world.add(place, [lists.read(tmp_path / "by-hand.xml", "un_sc")])
    assert updated(place).outcome == "unchanged"
    assert place.named() == from_file.id


def test_what_is_remembered_may_be_lost(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD, etag='"a"')))
    updated(place)
    (tmp_path / "downloads" / "un_sc" / "state.json").write_bytes(b"{")
    assert updated(place).outcome == "unchanged", "the same edition is in use"
    (tmp_path / "downloads" / "un_sc" / "consolidated.xml").write_bytes(b"not what was fetched")
    assert updated(place).outcome == "unchanged", "the file is fetched again"


CONFIGS = {
    "[fetch": "cannot be understood",
    "[fetch]\nprivate = 1": "private",
    "[fetch]\nseconds = 0": "no file comes in that time",
    "[fetch]\nproxy = true": "proxy",
    "[lists.us_sdn]\ninstead = []": "there is no list 'us_sdn'",
    "[lists.un_sc]\nmirror = []": "mirror",
    "[lists.un_sc]\nmirrors = 'https://example.org'": "mirrors",
    "[lists.un_sc]\ninstead = ['/srv/lists/un.xml']": "'/srv/lists/un.xml'",
    "[lists.un_sc]\n[lists.un_sc_sanctions]\n": "speak of un_sc twice",
}


@pytest.mark.parametrize(("text", "said"), CONFIGS.items(), ids=CONFIGS.values())
def test_a_wrong_setting_is_told_before_anything_is_fetched(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        updated(world.home(tmp_path))
    assert said in told.value.what
    assert told.value.where.endswith("config.toml")
    assert told.value.hint
    assert not (tmp_path / "downloads").exists()


def test_a_list_may_be_set_by_another_name_of_it(tmp_path: Path, site: Site) -> None:
    assert updated(home(tmp_path, un_sc_sanctions=site.serve(Page(body=OLD)))).outcome == "updated"


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    place = home(tmp_path, un_sc="https://example.org/un.xml")
    (tmp_path / "downloads").write_text("a file stands where the folder should be")
    with pytest.raises(InputError, match="the home folder cannot be written"):
        updated(place)


def test_two_updates_at_once_give_one_edition(tmp_path: Path, site: Site) -> None:
    go_on = threading.Event()
    place = home(tmp_path, seconds=20.0, un_sc=site.serve(Page(body=OLD, hold=go_on)))
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(updated, place) for _ in range(2)]
        time.sleep(0.2)
        go_on.set()
        found = sorted(run.result().outcome for run in runs)
    assert found == ["unchanged", "updated"]
    assert len(world.snapshots(place)) == 1


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is asked for")
def test_an_update_that_is_killed_while_it_fetches_goes_on_next_time(tmp_path: Path, site: Site) -> None:
    never = threading.Event()
    address = site.serve(Page(body=OLD, etag='"a"', hold=never), Page(body=OLD, etag='"a"'))
    place = home(tmp_path, seconds=20.0, un_sc=address)
    code = "import sys; from pathlib import Path; from underlabel import world; "
    code += "world.update(world.home(Path(sys.argv[1])), ['un_sc'])"
    run = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    part = tmp_path / "downloads" / "un_sc" / "consolidated.xml.part"
    until = time.monotonic() + 20
    while not (part.exists() and part.stat().st_size) and time.monotonic() < until:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    never.set()
    assert world.snapshots(place) == ()
    assert updated(place).outcome == "updated"
    assert "range" in site.asked[address][-1], "it asks for the rest alone"


def test_an_update_that_ends_while_it_builds_reads_the_edition_again(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(*_: object) -> None:
        raise KeyboardInterrupt

    place = home(tmp_path, un_sc=site.serve(Page(body=OLD, etag='"a"')))
    with monkeypatch.context() as patch:
        patch.setattr(adding, "build", ends)
        with pytest.raises(KeyboardInterrupt):
            updated(place)
    assert updated(place).outcome == "updated"
    assert in_use(place).edition == date(2026, 2, 27)


def test_a_party_that_left_the_list_is_still_known_to_have_stood_there(tmp_path: Path, site: Site) -> None:
    place = home(tmp_path, un_sc=site.serve(Page(body=OLD), Page(body=un("2026-03-20", 690, first=11))))
    updated(place)
    updated(place)
    held = world.open_world(place)
    assert held.starts(("un_sc",), date(2026, 2, 27)).keys() - held.starts(("un_sc",), date(2026, 3, 20)).keys() == {
        f"un_sc:KPe.{number:03}" for number in range(1, 11)
    }
    assert len(held.snapshot.rows(Party)) == 700


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["old", "new", "ruin", "down"]), max_size=5))
def test_whatever_comes_the_last_good_edition_is_in_use(days: list[str]) -> None:
    bodies = {"old": OLD, "new": NEW, "ruin": un("2026-04-01", 5)}
    dates = {"old": date(2026, 2, 27), "new": date(2026, 3, 20)}
    with TemporaryDirectory() as name:
        mirror = Path(name) / "consolidated.xml"
        place = home(Path(name) / "home", un_sc=mirror.as_uri())
        newest: date | None = None
        for came in days:
            mirror.unlink(missing_ok=True)
            if came in bodies:
                mirror.write_bytes(bodies[came])
            found = updated(place)
            assert bool(found.reason) == (came in {"ruin", "down"})
            if came in dates:
                newest = max(newest or dates[came], dates[came])
            held = place.active()
            used = [one.edition for one in held.manifest.datasets] if held else [None]
            assert max(used, key=lambda day: day or date.min) == newest
