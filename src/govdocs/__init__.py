"""govdocs fills official Word reports and Excel statistics sheets from a Python dict.

The public face: what is named here is public, everything else is not. Nothing is imported before it
is used, so that ``import govdocs`` stays cheap.

    >>> import govdocs
    >>> template = govdocs.Template("report.docx")          # doctest: +SKIP
    >>> template.fill({"year": 2018}).save("filled.docx")   # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govdocs.binding import OfficeForm, ReadData, form
    from govdocs.data import load_data
    from govdocs.errors import (
        DataError,
        FormError,
        GovdocsError,
        PackageError,
        Place,
        Problem,
        TemplateError,
        UsageError,
    )
    from govdocs.forms.findings import Finding
    from govdocs.language.fields import Field
    from govdocs.opc import Limits
    from govdocs.template import Document, Template, fill, fill_all
    from govdocs.values.charts import Chart
    from govdocs.values.documents import Subdocument
    from govdocs.values.pictures import Image, Seal
    from govdocs.values.prose import Html, Markdown
    from govdocs.values.rich import Break, Link, Listing, RichText, RichTextParagraph

_HOMES = {
    "govdocs.binding": ("OfficeForm", "ReadData", "form"),
    "govdocs.data": ("load_data",),
    "govdocs.errors": (
        "DataError",
        "FormError",
        "GovdocsError",
        "PackageError",
        "Place",
        "Problem",
        "TemplateError",
        "UsageError",
    ),
    "govdocs.forms.findings": ("Finding",),
    "govdocs.language.fields": ("Field",),
    "govdocs.opc": ("Limits",),
    "govdocs.template": ("Document", "Template", "fill", "fill_all"),
    "govdocs.values.charts": ("Chart",),
    "govdocs.values.documents": ("Subdocument",),
    "govdocs.values.pictures": ("Image", "Seal"),
    "govdocs.values.prose": ("Html", "Markdown"),
    "govdocs.values.rich": ("Break", "Link", "Listing", "RichText", "RichTextParagraph"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Break",
    "Chart",
    "DataError",
    "Document",
    "Field",
    "Finding",
    "FormError",
    "GovdocsError",
    "Html",
    "Image",
    "Limits",
    "Link",
    "Listing",
    "Markdown",
    "OfficeForm",
    "PackageError",
    "Place",
    "Problem",
    "ReadData",
    "RichText",
    "RichTextParagraph",
    "Seal",
    "Subdocument",
    "Template",
    "TemplateError",
    "UsageError",
    "fill",
    "fill_all",
    "form",
    "load_data",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'govdocs' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
