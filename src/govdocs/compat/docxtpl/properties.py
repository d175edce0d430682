"""The document's properties: title, author, subject, comments, identifier, language."""

import re
from collections.abc import Mapping
from typing import Any

import jinja2
from lxml import etree

from govdocs.compat.docxtpl.rendering import PartTemplate
from govdocs.docx.writing.slots import Slot

_NAMES = ("author", "comments", "identifier", "language", "subject", "title")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render_properties(
    document: Any, context: Mapping[str, Any], environment: jinja2.Environment
) -> None:
    """Render the properties that can hold tags; what comes out is text, not markup."""
    core = document.core_properties
    for name in _NAMES:
        text = getattr(core, name)
        root = etree.Element(name)
        root.text = text
        if text and ("{" in text or environment.variable_start_string in text):
            template = PartTemplate("docProps/core.xml", root, environment, "properties")
            text = _text_of(template.render(context, _write))
        setattr(core, name, text)


def _write(value: Any, _slot: Slot) -> str:
    from markupsafe import escape

    from govdocs.compat.docxtpl.listing import Listing

    if isinstance(value, Listing):
        value = value.text
    return str(escape(_FORBIDDEN.sub("", str(value)) if not hasattr(value, "__html__") else value))


def _text_of(xml: str) -> str:
    return "".join(str(piece) for piece in etree.fromstring(xml).itertext())
