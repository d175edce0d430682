"""Word: the report of 2018, a long report with few tags, tables of many rows."""

import io
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import docx
import docxtpl
import jinja2
from docxtpl import DocxTemplate

import govdocs
import govdocs.compat.docxtpl as moved
from bench.clock import Row, median
from govdocs.data import load_data
from govdocs.language import Rendering
from govdocs.language.filters import OWN
from govdocs.opc import deflate

ROOT = Path(__file__).resolve().parent.parent


def report() -> list[Row]:
    """The official report with the sample's content; docxtpl reads the same template."""
    source = (ROOT / "templates/disclosure-2014/report.docx").read_bytes()
    data = load_data(ROOT / "samples/helan-2018.yaml")
    return _against_docxtpl(source, data, wanted=40, repeat=20)


def letter() -> list[Row]:
    """A letter of ten variables."""
    document = docx.Document()
    for index in range(10):
        document.add_paragraph(f"第{index}项：{{{{ v{index} }}}}。")
    data = {f"v{index}": f"值{index}" for index in range(10)}
    return _against_docxtpl(_saved(document), data, repeat=50)


def long_report() -> list[Row]:
    """3,000 paragraphs, 10 tags."""
    document = docx.Document()
    for index in range(3000):
        tag = f"{{{{ v{index // 300} }}}}" if index % 300 == 0 else ""
        document.add_paragraph(f"这是第{index}段正文，用来占据篇幅，没有什么要填的。{tag}")
    data = {f"v{index}": f"值{index}" for index in range(10)}
    return _against_docxtpl(_saved(document), data, wanted=60)


def table_2000() -> list[Row]:
    """A table of 2,000 rows and 6 columns."""
    source, data = _table_template(), _table_data(2000)
    return [*_against_docxtpl(source, data, wanted=7), _bound(source, data)]


def _bound(source: bytes, data: Mapping[str, Any]) -> Row:
    """What cannot be saved: to render the compiled part and to deflate it, and nothing else."""
    engine: Any = govdocs.Template(source)._engine  # noqa: SLF001 - its insides are measured
    (program,) = engine.programs
    slots = engine.fill(data, "error").renderings[0].engine

    def render() -> None:
        state = Rendering("error", program, data, slots)
        deflate(program.render(data, state).encode())

    return Row("bound: render the compiled part, deflate it", median(render, 9), 1 / 1.5)


def table_growth() -> list[Row]:
    """Ours only: 20,000 rows against 2,000; linear growth is tenfold."""
    template = govdocs.Template(_table_template())
    return [
        Row(f"govdocs, {count} rows", median(partial(template.fill, _table_data(count))))
        for count in (2000, 20000)
    ]


def moved_program() -> list[Row]:
    """A program written for docxtpl, with its import changed: 1,500 tags, first and again."""
    document = docx.Document()
    for index in range(500):
        document.add_paragraph(f"第{index}段{{{{ v0 }}}}正文{{% if v1 %}}a{{% endif %}}")
    source, data = _saved(document), {"v0": "值", "v1": 1}

    def first(module: Any) -> float:
        return median(lambda: _run(module.DocxTemplate(io.BytesIO(source)), data))

    def again(module: Any) -> float:
        return median(partial(_run, module.DocxTemplate(io.BytesIO(source)), data))

    return [
        Row("govdocs.compat.docxtpl: render again, save", again(moved)),
        Row("docxtpl: render again, save", again(docxtpl)),
        Row("govdocs.compat.docxtpl: open, render, save", first(moved)),
        Row("docxtpl: open, render, save", first(docxtpl)),
    ]


def _run(template: Any, data: Mapping[str, Any]) -> None:
    template.render(dict(data))
    template.save(io.BytesIO())


def _table_template() -> bytes:
    document = docx.Document()
    table = document.add_table(4, 6)
    for column in range(6):
        table.cell(0, column).text = f"列{column}"
        table.cell(2, column).text = f"{{{{ row.c{column} }}}}"
    table.cell(1, 0).text = "{%tr for row in rows %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    return _saved(document)


def _table_data(count: int) -> dict[str, Any]:
    return {"rows": [{f"c{c}": f"{r}行{c}" for c in range(6)} for r in range(count)]}


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _against_docxtpl(
    source: bytes, data: Mapping[str, Any], wanted: float = 0, repeat: int = 1
) -> list[Row]:
    template = govdocs.Template(source)
    environment = jinja2.Environment(autoescape=False)
    environment.filters.update(OWN)

    def peer() -> None:
        theirs = DocxTemplate(io.BytesIO(source))
        theirs.render(dict(data), environment)
        theirs.save(io.BytesIO())

    return [
        Row("govdocs, compiled: fill to bytes", median(lambda: template.fill(data), repeat=repeat)),
        Row("docxtpl: open, render, save", median(peer), wanted),
        Row("govdocs: open, compile, fill", median(lambda: govdocs.Template(source).fill(data))),
    ]


WORKLOADS: Mapping[str, Callable[[], list[Row]]] = {
    "report": report,
    "letter": letter,
    "long report": long_report,
    "table of 2,000 rows": table_2000,
    "growth of a table": table_growth,
    "a program for docxtpl": moved_program,
}
