# ruff: noqa: E501 - a case fits on a line
"""Programs written for docxtpl give, part by part, what docxtpl gives."""

import datetime as dt
import decimal
import inspect
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import docxtpl
import jinja2
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Mm

import govdocs.compat.docxtpl as ours
from tests.compat.samples import NAMESPACES, cell, make, paragraph, render, save, table
from tests.support.packages import diff_packages
from tests.values.pictures import png

BOLD = "<w:rPr><w:b/></w:rPr>"
RIGHT = '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>a {{ x }} b</w:t></w:r></w:p>'
CONTROLS = "l1\nl2\tz\aq\fend"
NOTES = (
    f'<w:footnotes {NAMESPACES}><w:footnote w:id="1"><w:p><w:r><w:t>note {{{{ a }}}}.</w:t></w:r>'
    "</w:p></w:footnote></w:footnotes>"
)


@dataclass(frozen=True)
class Case:
    """A program: what it opens, what it renders."""

    name: str
    body: str
    context: Any = field(default_factory=dict)
    header: str = ""
    change: Any = None
    options: dict[str, Any] = field(default_factory=dict)


def _rich(module: Any, _template: Any) -> dict[str, Any]:
    rich = module.RichText("粗", bold=True, italic=True)
    rich.add("\n行\t制\a段\f页 & <")
    rich.add(module.RichText("套", underline=True, color="#ff0000", size=20))
    rich.add("右", rtl=True, lang="ar-DZ", bold=True)
    return {"x": rich}


def _linked(module: Any, template: Any) -> dict[str, Any]:
    rich = module.RichText("见 ")
    rich.add("网站", url_id=template.build_url_id("http://example.org/?a=1&b=2"))
    return {"x": rich}


def _paragraphs(module: Any, _template: Any) -> dict[str, Any]:
    rich = module.RichTextParagraph("题", parastyle="Heading1")
    rich.add(module.RichText("文", bold=True))
    return {"x": rich}


def _pictures(module: Any, template: Any) -> dict[str, Any]:
    image = module.InlineImage(template, io.BytesIO(png(40, 20)), width=Mm(20))
    other = module.InlineImage(template, io.BytesIO(png(8, 8)), Mm(3), Mm(4), anchor="http://x.org")
    return {"image": image, "other": other}


def _subdocument(_module: Any, template: Any) -> dict[str, Any]:
    made = template.new_subdoc()
    made.add_heading("标题", 1)
    made.add_paragraph("正文").add_run().add_picture(io.BytesIO(png(40, 20)), width=Mm(5))
    made.add_table(1, 2).cell(0, 0).text = "格"
    return {"x": made}


def _existing(_module: Any, template: Any) -> dict[str, Any]:
    return {"x": template.new_subdoc(io.BytesIO(_file())), "y": template.new_subdoc(_stream())}


def _stream() -> io.BytesIO:
    return io.BytesIO(_file())


def _file() -> bytes:
    document = docx.Document()
    document.add_heading("Heading", 1)
    for style in ("List Number", "List Number", "List Bullet"):
        document.add_paragraph("item", style=style)
    document.styles.add_style("OurOwn", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("styled", style="OurOwn")
    document.add_picture(io.BytesIO(png(9, 5)), width=Mm(9))
    document.add_table(2, 2, style="Table Grid").cell(0, 0).text = "x"
    link = document.part.relate_to(
        "http://example.org",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    held = f'<w:hyperlink {NAMESPACES} r:id="{link}"><w:r><w:t>L</w:t></w:r></w:hyperlink>'
    document.add_paragraph("to ")._p.append(parse_xml(held))
    return save(document)


def _with_notes(document: Any) -> None:
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        NOTES.encode(),
        document.part.package,
    )
    document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )


def _with_properties(document: Any) -> None:
    core = document.core_properties
    core.title, core.author, core.comments = "T {{ x }}", "{{ x }}", "{{ y }}"
    core.subject, core.identifier = "{% if x %}z{% endif %}", "{{ x }}"
    core.language, core.keywords = "{{ x }}", "k"


def _with_footer(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].text = "{% for i in l %}{{ i }},{% endfor %}"
    document.add_paragraph("{{ a }}").add_run().add_picture(io.BytesIO(png()))


def _environment(**options: Any) -> jinja2.Environment:
    made = jinja2.Environment(**options)
    made.filters["times"] = lambda value, by=2: value * by
    made.globals["seven"] = lambda: 7
    made.tests["nice"] = lambda _value: True
    return made


LOOP = ("{%tr for i in x %}", ""), ("{{ i }}", "b"), ("{%tr endfor %}", "")
FIELD = (
    '<w:p><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> '
    'HYPERLINK "{{ u }}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>{{ t }}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
CUT = paragraph("{{", "x", "}}", "{", "% if y %}Y{% endif %", "}")
SPLIT = (
    '<w:p><w:r w:rsidR="00A1"><w:t>{{ na</w:t></w:r><w:proofErr w:type="spellStart"/>'
    '<w:r w:rsidR="00B2"><w:t>me</w:t></w:r><w:r><w:t xml:space="preserve"> }} tail</w:t></w:r></w:p>'
)
HOUSE = [
    paragraph(one)
    for one in ("My house", "{%- if l -%}", " urban", "{%- else -%}", "rural", "{%- endif -%}", "!")
]
BRACKETS = {
    "variable_start_string": "[[",
    "variable_end_string": "]]",
    "block_start_string": "[%",
    "block_end_string": "%]",
}

CASES = [
    Case("text", paragraph("a {{ x }} b", properties=BOLD), {"x": "值"}),
    Case("control characters", paragraph("a {{ x }} b", properties=BOLD), {"x": CONTROLS}),
    Case("control characters in a styled paragraph", RIGHT, {"x": CONTROLS}),
    Case("many breaks", paragraph("{{ x }}"), {"x": "  a \n\n\t\t b\a\ac"}),
    Case("only a new paragraph", paragraph("{{ x }}"), {"x": "\a"}),
    Case("two values in a run", paragraph("{{ x }}{{ y }}"), {"x": "a\tb", "y": "d\ne"}),
    Case("a tag cut by revisions and spelling", SPLIT, {"name": "张三"}),
    Case("runs of a condition", paragraph("a", "{% if x %}", "y", "{% endif %}"), {"x": 1}),
    Case("a condition over paragraphs", paragraph("{% if x %}A") + paragraph("B{% endif %}D")),
    Case("run tags", paragraph("{%r if x %}", "in", "{%r endif %}", "out"), {"x": 1}),
    Case("run tags amid text", paragraph("a {%r if x %} b", "c{%r endif %}d"), {"x": 1}),
    Case(
        "paragraph tags",
        "".join(map(paragraph, ("{%p if x %}", "in", "{%p else %}", "no", "{%p endif %}"))),
        {"x": 1},
    ),
    Case(
        "a loop over paragraphs",
        "".join(map(paragraph, ("{%p for i in x %}", "{{ i }}", "{%p endfor %}"))),
        {"x": [1, 2, 3]},
    ),
    Case("comments", "".join(map(paragraph, ("{# c #}k", "{#p gone #}", "e")))),
    Case("comments of rows and cells", table(("{#tr gone #}", ""), ("{#tc gone #}", "b", "c"))),
    Case("escaped delimiters", paragraph("{_{ x }_} {_% a %_}")),
    Case("raw", paragraph("{% raw %}{{ z }}{% endraw %} {{ a }}"), {"a": 1.50}),
    Case("joined lines", "".join(HOUSE), {"l": 1}),
    Case("joined lines, other branch", "".join(HOUSE), {"l": 0}),
    Case("curly quotes", paragraph("“{{ x[‘a’] }}” {% if y == “z” %}ok{% endif %}"), {"x": {"a": 1}, "y": "z"}),
    Case("None, True, missing", paragraph("{{ n }} {{ t }} {{ u }}"), {"n": None, "t": True}),
    Case("numbers and lists", paragraph("{{ f }} {{ l }} {{ d }}"), {"f": 1.0, "l": [1], "d": {"q": 1}}),
    Case("escaped by filter", paragraph("{{ x|e }}"), {"x": "<&>"}),
    Case("escaped by the program", paragraph("{{ x }}"), {"x": "&lt;b&gt; &amp; &#39;c&#x27; &quot;"}, header="{{ x }}"),
    Case("escaped twice where both ask for it", paragraph("{{ x }}"), {"x": "&lt;b&gt;"}, options={"autoescape": True}),
    Case("safe", paragraph("{{ x|safe }}"), {"x": "a &amp; b"}),
    Case("autoescape", paragraph("{{ x }}"), {"x": "<&>"}, options={"autoescape": True}),
    Case("set, loop variables", paragraph("{% set q = 5 %}{{ q }}{% for i in 'ab' %}{{ loop.index }}{{ i }}{% endfor %}")),
    Case(
        "namespace, filters, calls",
        paragraph(
            "{% set ns = namespace(t=0) %}{% for i in l %}{% set ns.t = ns.t + i %}{% endfor %}"
            '{{ ns.t }}{{ l|join(", ") }}{{ "%.2f"|format(3.14159) }}{{ d.items()|list|length }}'
            '{{ x|default("q") }}'
        ),
        {"l": [1, 2], "d": {"k": "v"}},
    ),
    Case("macro", paragraph("{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(1) }}{{ m('q') }}")),
    Case("own filters", paragraph("{{ a|times(3) }}{{ seven() }}{{ a is nice }}"), {"a": 3}, options={"jinja_env": _environment()}),
    Case("own delimiters", paragraph("[[ x ]] {{ x }} [% if x %]y[% endif %]"), {"x": 1}, options={"jinja_env": _environment(**BRACKETS)}),
    Case("row loop", table(*LOOP), {"x": [1, 2]}),
    Case("row loop with zebra", table(LOOP[0], ("{{ i }}{% if loop.first %}f{% endif %}", "b"), LOOP[2]), {"x": [1, 2]}),
    Case("row condition", table(("{%tr if x %}", ""), ("a", "b"), ("{%tr endif %}", ""), ("c", "d"))),
    Case("column loop of like width", table(("{%tc for i in x %}", "{{ i }}", "{%tc endfor %}"), grid=(1000, 1000, 1000)), {"x": [1, 2, 3]}),
    Case("column loop beside static rows", table(("{%tc for i in x %}", "{{ i }}", "{%tc endfor %}"), ("a", "b", "c"), grid=(1, 2, 3)), {"x": [1, 2]}),
    Case("colspan", table((cell("{% colspan n %}{{ t }}", properties='<w:gridSpan w:val="3"/>'), "b")), {"n": 2, "t": "T"}),
    Case("cell background", table((cell("{% cellbg c %}{{ t }}", properties='<w:shd w:val="clear" w:fill="123456"/>'), "b")), {"c": "ff0000", "t": "T"}),
    Case("vertical merge", table(LOOP[0], ("{% vm %}v", "{{ i }}"), LOOP[2]), {"x": [1, 2, 3]}),
    Case("horizontal merge", table(("{%tc for i in x %}", "{% hm %}v", "{%tc endfor %}"), grid=(1000, 1000, 1000)), {"x": [1, 2, 3]}),
    Case("paragraphs of text in a cell", table(("{{ x }}", "b")), {"x": "a\ab"}),
    Case("listing", paragraph("{{ x }}"), lambda m, _t: {"x": m.Listing("a & <\nb\ac\fd")}),
    Case("rich text", paragraph("a {{r x }}"), _rich),
    Case("rich text in a cell", table(("{{r x }}", "b")), _rich),
    Case("rich text in a header", paragraph("q"), lambda m, _t: {"x": m.R("z", bold=True)}, header="{{r x }}"),
    Case("link", paragraph("{{r x }}"), _linked),
    Case("rich paragraphs", paragraph("{{p x }}") + paragraph("z"), _paragraphs),
    Case("pictures", paragraph("{{ image }}") + paragraph("{{ other }}x"), _pictures, header="H {{ image }}"),
    Case("subdocument", paragraph("{{p x }}") + paragraph("z"), _subdocument),
    Case("existing files as subdocuments", paragraph("{{p x }}") + paragraph("{{p y }}"), _existing),
    Case("header and footer", "", {"a": 1, "l": [1, 2]}, header="{{ a }}", change=_with_footer),
    Case("footnotes", paragraph("{{ a }}"), {"a": "l\nm"}, change=_with_notes),
    Case("properties", paragraph("a"), {"x": "X<&", "y": "y"}, change=_with_properties),
    Case("dates, decimals, methods", paragraph("{{ d }} {{ d.year }} {{ n * 2 }} {{ s.split(',')[0] }}"), {"d": dt.date(2019, 1, 24), "n": decimal.Decimal("1.50"), "s": "a,b"}),
    Case("a tag around a tab", "<w:p><w:r><w:t>{{ x</w:t></w:r><w:r><w:tab/><w:t>}} z</w:t></w:r></w:p>", {"x": "v"}),
    Case("a loop over a line break", "<w:p><w:r><w:t>{% for i in l %}</w:t><w:br/><w:t>{{ i }}</w:t></w:r><w:r><w:t>{% endfor %}</w:t></w:r></w:p>", {"l": [1, 2]}),
    Case("a loop that joins lines", "".join(map(paragraph, ("{% for i in l -%}", "{{ i }}", "{%- endfor %}", "x"))), {"l": [1, 2]}),
    Case("joins inside a line", paragraph("a {% if x -%} b {%- else -%} c {%- endif %} d"), {"x": 1}),
    Case("nested loops over paragraphs", "".join(map(paragraph, ("{%p for i in l %}", "{{ i.n }}", "{%p for j in i.s %}", "- {{ j }}", "{%p endfor %}", "{%p endfor %}"))), {"l": [{"n": "A", "s": [1, 2]}, {"n": "B", "s": []}]}),
    Case("rows of columns", table(("{%tr for r in x %}", "", ""), ("{%tc for c in r %}", "{{ c }}", "{%tc endfor %}"), ("{%tr endfor %}", "", ""), grid=(1, 1, 1)), {"x": [[1, 2, 3], [4, 5, 6]]}),
    Case("a table under a condition", paragraph("{%p if a %}") + table(("x", "{{ a }}")) + paragraph("{%p endif %}"), {"a": 5}),
    Case("a field's code and result", FIELD, {"u": "http://a", "t": "T"}),
    Case("a content control", f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('{{ x }}')}</w:sdtContent></w:sdt>", {"x": "v"}),
    Case("filters", paragraph("{{ y|upper }}{{ z|default('-') }}{{ l|join('; ') }}{{ l|sum }}{{ x is defined }}"), {"x": 1, "y": "ab", "l": [1, 2]}),
    Case("with and filter blocks", paragraph("{% with a=1 %}{{ a }}{% endwith %}{% filter upper %}abc {{ x }}{% endfilter %}"), {"x": "q"}),
    Case("a captured text", paragraph("{% set x %}&lt;b&gt;{{ y }}{% endset %}{{ x }}"), {"y": "q"}),
    Case("markup characters in a header", "", {"x": "v"}, header="a < {{ x }} & b"),
    Case("braces cut from each other", CUT, {"x": 1, "y": 2}),
    Case("texts that do not keep spaces", "<w:p><w:r><w:t>plain</w:t></w:r></w:p>" + paragraph("{{ x }}") + "<w:p><w:r><w:t>after</w:t></w:r></w:p>" + paragraph("{# c #}"), {"x": 1}),
    Case("remarks in the markup", "<!-- one\n two --><w:p><!-- x\n --><w:r><w:t>{{ x }}</w:t></w:r></w:p>", {"x": 1}),
    Case("ids that the template itself repeats", 2 * '<w:p><w:bookmarkStart w:id="1" w:name="b"/><w:r><w:t>{{ x }}</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>', {"x": 1}),
    Case("no tags at all", paragraph("静态") + table(("a", "b"))),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_program_gives_what_docxtpl_gives(case: Case) -> None:
    """Every part is the same canonical XML, every other part the same bytes."""
    template = make(case.body, case.header, case.change)
    theirs = render(docxtpl, template, case.context, **case.options)
    assert diff_packages(render(ours, template, case.context, **case.options), theirs) == ""


def _replacing(module: Any, change: Any) -> bytes:
    def pictures(document: Any) -> None:
        document.add_picture(io.BytesIO(png(4, 2)))
        document.add_picture(io.BytesIO(png(6, 2)))

    template = module.DocxTemplate(io.BytesIO(make("", change=pictures)))
    change(template)
    template.render({})
    return save(template)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace_media(io.BytesIO(png(4, 2)), io.BytesIO(png(9, 9))),
        lambda t: t.replace_zipname("word/media/image2.png", __file__),
        lambda t: t.replace_pic("image.png", io.BytesIO(png(9, 9))),
    ],
    ids=["media", "zipname", "picture"],
)
def test_replaced_files_are_those_that_docxtpl_replaces(change: Any) -> None:
    """Media are found by content, by name of entry and by name of picture."""
    assert diff_packages(_replacing(ours, change), _replacing(docxtpl, change)) == ""


def test_template_rendered_again_starts_from_the_file() -> None:
    """Each rendering gives what docxtpl's gives, with nothing of the one before."""
    content = make(paragraph("{{ a }}"), "{{ a }}")
    mine = ours.DocxTemplate(io.BytesIO(content))
    theirs = docxtpl.DocxTemplate(io.BytesIO(content))
    for number in range(3):
        mine.render({"a": number})
        theirs.render({"a": number})
        assert diff_packages(save(mine), save(theirs)) == ""


def test_undeclared_variables_are_docxtpls() -> None:
    """Names of body and headers, less those of a context."""
    content = make(paragraph("{{ a.b }}{% for i in c %}{{ i }}{% endfor %}"), "{{ h }}")
    for module in (ours, docxtpl):
        template = module.DocxTemplate(io.BytesIO(content))
        assert template.get_undeclared_template_variables() == {"a", "c", "h"}
        assert template.get_undeclared_template_variables(context={"a": 1}) == {"c", "h"}


def test_every_public_name_and_method_of_docxtpl_is_there() -> None:
    """A program that uses any of docxtpl's names finds it."""
    for name in ("DocxTemplate", "RichText", "R", "RichTextParagraph", "RP", "Listing", "InlineImage", "Subdoc"):  # fmt: skip
        wanted = {one for one in dir(getattr(docxtpl, name)) if not one.startswith("_")}
        assert wanted <= set(dir(getattr(ours, name))), name
    theirs, mine = docxtpl.DocxTemplate("none.docx"), ours.DocxTemplate("none.docx")
    assert set(vars(theirs)) <= set(vars(mine))


def _parameters(function: Any) -> list[tuple[str, Any, Any]]:
    found = inspect.signature(function).parameters.values()
    return [(one.name, one.default, one.kind) for one in found]


@pytest.mark.parametrize("name", ["DocxTemplate", "RichText", "RichTextParagraph", "Listing", "InlineImage", "Subdoc"])  # fmt: skip
def test_every_method_takes_what_docxtpls_takes(name: str) -> None:
    """By position and by name, with the same defaults."""
    theirs, mine = getattr(docxtpl, name), getattr(ours, name)
    for method, function in vars(theirs).items():
        if inspect.isfunction(function) and (method == "__init__" or not method.startswith("_")):
            assert _parameters(getattr(mine, method)) == _parameters(function), method


def test_saved_file_is_the_template_with_its_tags_filled(tmp_path: Path) -> None:
    """Saving to a path and to a buffer gives the same document."""
    template = ours.DocxTemplate(io.BytesIO(make(paragraph("{{ a }}"))))
    template.render({"a": "值"})
    template.save(tmp_path / "out.docx")
    assert template.is_saved
    assert docx.Document(str(tmp_path / "out.docx")).paragraphs[0].text == "值"
    assert diff_packages(tmp_path / "out.docx", save(template)) == ""
