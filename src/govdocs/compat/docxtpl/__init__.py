"""docxtpl's names and methods on govdocs' engine.

``from govdocs.compat.docxtpl import DocxTemplate, RichText, InlineImage`` in place of
``from docxtpl import ...``. What a program gets is what docxtpl 0.20.2 makes, part by part, but for
its faults; ``docs/reference/docxtpl.md`` lists each difference.
"""

from govdocs.compat.docxtpl.aliases import install as install
from govdocs.compat.docxtpl.faults import TemplateSyntaxError
from govdocs.compat.docxtpl.inline_image import InlineImage
from govdocs.compat.docxtpl.listing import Listing
from govdocs.compat.docxtpl.richtext import RP, R, RichText, RichTextParagraph
from govdocs.compat.docxtpl.subdoc import Subdoc
from govdocs.compat.docxtpl.template import DocxTemplate

__version__ = "0.20.2"

__all__ = [
    "RP",
    "DocxTemplate",
    "InlineImage",
    "Listing",
    "R",
    "RichText",
    "RichTextParagraph",
    "Subdoc",
    "TemplateSyntaxError",
]
