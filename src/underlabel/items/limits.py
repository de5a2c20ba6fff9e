"""How much of a file is read before it is refused: memory stays bounded whatever the file."""

from __future__ import annotations

from typing import Final

CELL: Final = 1 << 20
"""Characters in one cell."""
LINE: Final = 10 * (1 << 20)
"""Characters in one line of a text file, and in one record that runs over several lines."""
ROWS: Final = 2_000_000
"""Lines of a text file, rows of a sheet, records of a JSON file."""
COLUMNS: Final = 16_384
"""Columns of a table: what a spreadsheet can hold."""
CELLS: Final = 40_000_000
"""Cells of the rectangle that holds a sheet: the reader of workbooks allocates all of it."""
UNZIPPED: Final = 1 << 30
"""Bytes that a workbook or a JSON file may unpack to."""
PIPE: Final = 1 << 28
"""Bytes read from a pipe."""
RETRIES: Final = 1_000_000
"""Lines read a second time because a quote before them never closed."""
HEAD: Final = 40
"""Rows looked at for the header."""
SAMPLE: Final = 500
"""Rows below the header looked at to learn what a column holds."""
RAW: Final = 200
"""Characters of a rejected line that are kept."""
