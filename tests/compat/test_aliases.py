"""A program that says ``import docxtpl`` runs unchanged."""

import subprocess
import sys
from pathlib import Path

import docx
import docxtpl

import govdocs.compat.docxtpl as ours
from tests.compat.samples import make, paragraph, render
from tests.support.packages import diff_packages

PROGRAM = """
import docxtpl.template
from docxtpl import DocxTemplate, RichText
from docxtpl.richtext import RichText as Same
from docxtpl.subdoc import Subdoc

assert Same is RichText and docxtpl.template.DocxTemplate is DocxTemplate
template = DocxTemplate("template.docx")
rich = RichText("R&")
rich.add(Same("D"))
template.render({"x": rich, "y": "A&B"})
template.save("out.docx")
"""
START = (
    "import runpy, sys\n{0}\nrunpy.run_path('program.py')\n"
    "assert not [one for one in sys.modules.values() if 'site-packages/docxtpl' in "
    "(getattr(one, '__file__', None) or '')]"
)


def run(place: Path, first: str) -> list[str]:
    """Run the program after a first line; return the paragraphs of what it makes."""
    (place / "template.docx").write_bytes(make(paragraph("{{r x }}") + paragraph("{{ y }}")))
    (place / "program.py").write_text(PROGRAM)
    code = START.format(first)
    subprocess.run([sys.executable, "-c", code], cwd=place, check=True, timeout=60)
    return [one.text for one in docx.Document(str(place / "out.docx")).paragraphs]


def test_program_runs_unchanged_after_install(tmp_path: Path) -> None:
    """Its modules are one and the same under docxtpl's names; docxtpl itself is not loaded."""
    first = "import govdocs.compat.docxtpl; govdocs.compat.docxtpl.install()"
    assert run(tmp_path, first) == ["R&D", "A&B"]


def test_rich_text_of_docxtpl_itself_is_taken() -> None:
    """A program may have changed one of its imports only."""
    rich = ours.RichText("a ")
    rich.add(docxtpl.RichText("b", bold=True))
    content = render(ours, make(paragraph("{{r x }}")), {"x": rich})
    theirs = docxtpl.RichText("a ")
    theirs.add(docxtpl.RichText("b", bold=True))
    expected = render(ours, make(paragraph("{{r x }}")), {"x": theirs})
    assert diff_packages(content, expected) == ""
