"""The names of SpreadsheetML: its namespaces, and words that stand for addresses of the format.

Strict and transitional workbooks differ in namespaces only. Nothing here does anything.
"""

from typing import Final

MAIN: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
TEXT_LIMIT: Final = 32_767
"""How many characters a cell may hold."""
SHEET_NAME_LIMIT: Final = 31
STYLE_LIMIT: Final = 65_490
"""How many cell formats a workbook may have."""
