"""Draw the README's picture: the path from a Lorex recorder to the list of section 889, as of 2021-10-25.

Run it after the starter facts or the drawing changed: `.venv/bin/python tools/finding.py`.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from underlabel import report, trace, world
from underlabel.model import Item, Place

TARGET = Path(__file__).parents[1] / "docs" / "finding.svg"


def picture() -> str:
    """Give the drawing of the finding's first path."""
    recorder = Item(
        place=Place("stock.csv", 2), text="8-channel recorder", brand="Lorex", model="N842A82", product_class="recorder"
    )
    with tempfile.TemporaryDirectory() as folder:
        facts = world.open_world(world.home(Path(folder)))
        (found,) = trace.run([recorder], facts, trace.ask("us_agency", date(2021, 10, 25)))
    return report.svg(found.paths[0])


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
