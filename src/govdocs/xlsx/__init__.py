"""Floor 4: the Excel engine.

It finds tags in the cells of a sheet, lifts blocks to whole rows, compiles the sheet into a program
of the template language, and fills it as text. A sheet may have 50 MB and is never a tree.
"""

from govdocs.xlsx.engine import XlsxEngine, compile_xlsx
from govdocs.xlsx.slots.filling import Filling

__all__ = ["Filling", "XlsxEngine", "compile_xlsx"]
