"""The tables of a statutory form, and the prose that stands around them in its report.

Reads the form's own definition, so that labels, keys and units stand in one place only.
"""

from dataclasses import dataclass

from govdocs.forms import Table, load_form
from tools.make_templates.lines import Line, read_lines


@dataclass(frozen=True, slots=True)
class Form:
    """What the templates of a form need to know of it."""

    id: str
    title: str
    tables: tuple[Table, ...]
    lines: tuple[Line, ...]


def read_form(form_id: str) -> Form:
    """Read a form and the prose of its report."""
    form = load_form(form_id)
    return Form(form.id, form.title, form.tables, tuple(read_lines(form_id)))
