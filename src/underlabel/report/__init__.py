"""Finding to page.

In: Findings and the Run they belong to.
Out: table, CSV, XLSX, JSON Lines, HTML, SVG.
May import: model.
Not here: how a finding came about.
Start at: writing.py.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from underlabel.report.cells import harmless
from underlabel.report.drawing import svg
from underlabel.report.flat import COLUMNS, rows
from underlabel.report.jsonlines import lines
from underlabel.report.placing import placed
from underlabel.report.summary import Summary, summary
from underlabel.report.words import said

if TYPE_CHECKING:
    from underlabel.report.writing import write

__all__ = ["COLUMNS", "Summary", "harmless", "lines", "placed", "rows", "said", "summary", "svg", "write"]


def __getattr__(name: str) -> object:
    """Load `write` when it is asked for: it brings the template and workbook libraries."""
    if name == "write":
        return import_module("underlabel.report.writing").write
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
