"""Kills real `underlabel lists add` processes of the real SDN list at random times, and looks at what they leave.

After each the snapshot in use is the old one or the new one, whole, and tells who is listed; after every 25th an
add that nobody disturbs gives the id it would have given, and sweeps out what was left.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

from underlabel import store, world
from underlabel.model import Held, UnderlabelError

SEED, KILLS, EVERY = 20191009, 50, 25
LIST = "us_ofac_sdn"
EDITIONS = {date(2021, 8, 18): 9_083, date(2022, 2, 23): 9_121}
"""Two editions of one list, and how many entries each has."""
OLD, NEW = EDITIONS


class Known(NamedTuple):
    """A home that holds the old edition, and one to which the new one was added: their ids, and how long that took."""

    folder: Path
    old: str
    new: str
    files: int
    seconds: float


def adding(home: Path, day: date) -> list[str]:
    """The command that adds an edition to a home."""
    file = Path(os.environ["UNDERLABEL_TEST_DATA"]) / f"lists/us_ofac_sdn_history/sdn-{day}.csv.gz"
    command = Path(sys.executable).with_name("underlabel")
    return [str(command), "lists", "add", str(file), "--as", LIST, "--home", str(home)]


def added(home: Path, day: date) -> str:
    """Add an edition with nobody disturbing; the id of the snapshot that is then in use."""
    subprocess.run(adding(home, day), check=True, capture_output=True)
    return world.home(home).named() or ""


def killed(home: Path, seconds: float) -> bool:
    """Kill a process that adds the new edition after so many seconds; whether it was still at it."""
    with subprocess.Popen(adding(home, NEW), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def prepared(folder: Path) -> Known:
    """Make both homes."""
    base, after = folder / "base", folder / "after"
    old = added(base, OLD)
    shutil.copytree(base, after)
    began = time.perf_counter()
    new = added(after, NEW)
    return Known(base, old, new, files(after), time.perf_counter() - began)


def files(home: Path) -> int:
    """How many files and folders a home has."""
    return sum(1 for _ in home.rglob("*"))


def wrong(home: Path, known: Known) -> str:
    """What is wrong with the snapshot in use; empty where it is whole and tells who is listed."""
    place = world.home(home)
    used = place.named() or ""
    if used not in {known.old, known.new}:
        return f"'{used[:12]}' is in use, neither the old snapshot nor the new one"
    day = OLD if used == known.old else NEW
    try:
        world.verify(place)
        states = world.open_world(place).starts((LIST,), day)
    except UnderlabelError as error:
        return str(error)
    count = sum(state is Held.YES for state in states.values())
    return "" if count >= EDITIONS[day] else f"{count} are listed on {day}, the edition has {EDITIONS[day]}"


def goes_on(home: Path, known: Known) -> str:
    """What is wrong with the next add; empty where it gives what it would have given and leaves nothing else."""
    if (found := added(home, NEW)) != known.new:
        return f"the next add gives {found[:12]}, undisturbed it gave {known.new[:12]}"
    left = files(home) - known.files
    return f"{left} files were left behind" if left else wrong(home, known)


def main() -> int:
    """Print how many were killed when, and what was wrong; 1 where anything was."""
    chance = random.Random(SEED)  # noqa: S311 - the moments to be killed at are no secret
    problems: list[str] = []
    done = building = activated = 0
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        known = prepared(Path(folder))
        home = Path(folder) / "home"
        shutil.copytree(known.folder, home)
        while done < KILLS:
            if not killed(home, seconds := chance.uniform(0, known.seconds)):
                shutil.rmtree(home)
                shutil.copytree(known.folder, home)
                continue
            done += 1
            building += any(world.home(home).snapshots.glob(f"{store.BUILDING}*"))
            said = wrong(home, known)
            new = world.home(home).named() == known.new
            activated += new
            said = said or (goes_on(home, known) if done % EVERY == 0 else "")
            problems += [f"killed after {seconds:.2f} s: {said}"] if said else []
            if said or new or done % EVERY == 0:
                shutil.rmtree(home)
                shutil.copytree(known.folder, home)
    print(f"{done} adds of {EDITIONS[NEW]} entries killed at random within {known.seconds:.1f} s: {building} left a")
    print(f"  half-built snapshot, {activated} had the new one in use; {len(problems)} left anything broken")
    print(f"  ({time.perf_counter() - began:.0f} s)")
    for one in problems:
        print(f"wrong: {one}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
