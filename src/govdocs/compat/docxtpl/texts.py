"""Parts as texts, for programs that reach between docxtpl's steps: ``patch_xml`` and its like.

A part that was made into a Jinja template and not changed since is rendered from its tree, see
:mod:`.rendering`; this module renders what a subclass has changed, as the text that it is.
"""

import re
from collections.abc import Mapping
from typing import Any, Self

import jinja2
import jinja2.meta
from jinja2 import Undefined
from markupsafe import Markup

from govdocs.compat.docxtpl.rendering import PartTemplate
from govdocs.compat.docxtpl.source import TEXTS, slot_at
from govdocs.compat.docxtpl.values import unescape_once
from govdocs.docx.tree.anchors import CLOSE, OPEN
from govdocs.docx.writing.slots import write_text
from govdocs.language import unescape
from govdocs.opc import parse_xml

_ILLEGAL = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HIDDEN = str.maketrans({"\a": "\ufdd2", "\f": "\ufdd3"})
_SHOWN = str.maketrans({"\ufdd2": "\a", "\ufdd3": "\f"})
_CONTEXT_LINES = 7


class PartText(str):
    """The text of a part as a Jinja template, with the template itself."""

    __slots__ = ("template",)
    template: PartTemplate

    def __new__(cls, template: PartTemplate) -> Self:
        """Write the text in the delimiters of the template's environment."""
        made = super().__new__(cls, template.plain_text())
        made.template = template
        return made


def names_in(text: str, environment: jinja2.Environment) -> set[str]:
    """Name what a part asks for."""
    if isinstance(text, PartText):
        return text.template.names()
    return set(jinja2.meta.find_undeclared_variables(environment.parse(text)))


def render_text(
    text: str, environment: jinja2.Environment, context: Mapping[str, Any], *, escaped: bool
) -> str:
    """Render markup with tags in it; texts are escaped, what says that it is markup is not.

    Raises:
        jinja2.TemplateError: with ``docx_context``, the texts around the tag.
    """
    made = environment.overlay(autoescape=True, cache_size=0)
    finalize = environment.finalize or (lambda value: value)
    made.finalize = lambda value: _printed(finalize(value), escaped=escaped)
    lined = re.sub(r"<w:p(?=[ >])", "\n<w:p", text)
    try:
        rendered = made.from_string(lined).render(context)
    except jinja2.TemplateError as error:
        error.docx_context = _texts_near(lined, getattr(error, "lineno", None))  # type: ignore[attr-defined]
        raise
    return unescape(_ILLEGAL.sub("", re.sub(r"\n<w:p(?=[ >])", "<w:p", rendered)))


def _printed(value: Any, *, escaped: bool) -> Any:
    if hasattr(value, "__html__"):
        return Markup(value.__html__())  # noqa: S704 - its giver says so
    if isinstance(value, Undefined):
        return value
    return str(value) if escaped else unescape_once(str(value))


def _texts_near(text: str, line: int | None) -> list[str]:
    first = max((line or 0) - 4, 0)
    lines = text.splitlines()[first : first + _CONTEXT_LINES]
    return [re.sub(r"<[^>]+>", "", one) for one in lines]


def resolve_breaks(xml: str) -> str:
    r"""Write lines, tabs, paragraphs and pages in the texts of a part as Word has them.

    before: <w:t>a\nb</w:t>      after: <w:t>a</w:t><w:br/><w:t xml:space="preserve">b</w:t>
    """
    if not re.search("[\t\n\a\f]", xml):
        return xml
    from lxml import etree

    root = parse_xml(xml.translate(_HIDDEN).encode())
    written: list[str] = []
    for t in root.iter(*TEXTS):
        text = (t.text or "").translate(_SHOWN)
        slot = slot_at(t) if re.search("[\t\n\a\f]", text) else None
        if slot is not None:
            t.text = f"{OPEN}{len(written)}{CLOSE}"
            written.append(write_text(text, slot))
    whole = etree.tostring(root, encoding="unicode")
    return re.sub(f"{OPEN}(\\d+){CLOSE}", lambda found: written[int(found[1])], whole)
