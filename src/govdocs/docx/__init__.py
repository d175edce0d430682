"""Floor 4: the Word engine.

It finds tags in the parsed tree of a part, lifts blocks to whole elements, compiles the part into a
program of the template language, and fills it as text.
"""

from govdocs.docx.engine import DocxEngine, Filling, compile_docx

__all__ = ["DocxEngine", "Filling", "compile_docx"]
